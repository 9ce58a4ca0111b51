"""The table of a scoring: precision, recall and F1 by topic, for the core topics, by group of topics and overall."""

from __future__ import annotations

from collections.abc import Iterable

from claims.scoring import Score, Tally, total
from claims.topics import Topic
from reports.width import columns, pad, safe
from reports.wording.terms import Lang, Pair, pick

_HEADS: tuple[Pair, ...] = (
    ("主题", "topic"), ("读对", "found"), ("多读", "extra"), ("漏读", "missed"),
    ("精确率", "prec"), ("召回率", "recall"), ("F1", "F1"),
)  # fmt: skip
_WIDTHS = (32, 6, 7, 8, 8, 8, 8)
_CORE: Pair = ("核心主题", "core topics")
_ALL: Pair = ("全部", "all")
_RIGHT: Pair = ("读对的说法里：{list}", "of the found: {list}")
_EACH: Pair = ("{name} 对 {right}/{asked}", "{name} right {right}/{asked}")


def render(tally: Tally, topics: Iterable[Topic], *, misses: bool, lang: Lang) -> str:
    """The table, in its one layout; `topics` are those of the domains that were scored."""
    known = {topic.id: topic for topic in topics}
    found = sorted(tally.scores.items())
    rows = list(found)
    if any(topic.core for topic in known.values()):
        rows.append((pick(_CORE, lang), total((t, s) for t, s in found if t in known and known[t].core)))
    for group in sorted({t.partition(".")[0] for t in (*known, *tally.scores)}):
        rows.append((f"{group}.*", total(found, group + ".")))
    rows.append((pick(_ALL, lang), total(found)))
    lines = sorted(map(safe, tally.misses)) if misses else []
    lines.append(_line([pick(head, lang) for head in _HEADS]))
    lines += [_line([name, *_figures(score)]) for name, score in rows]
    each = [
        pick(_EACH, lang).format(name=name, right=tally.right[name], asked=tally.asked[name])
        for name in sorted(tally.asked)
    ]
    lines.append(pick(_RIGHT, lang).format(list=("，" if lang == "zh" else ", ").join(each)))
    return "\n".join(lines) + "\n"


def _figures(s: Score) -> list[str]:
    weights = [f"{x:.1f}" for x in (s.found, s.extra, s.missed)]
    return [*weights, *(f"{x:.3f}" for x in (s.precision, s.recall, s.f1))]


def _line(cells: list[str]) -> str:
    first, *rest = cells
    return pad(first, _WIDTHS[0]) + "".join(_right(cell, width) for cell, width in zip(rest, _WIDTHS[1:], strict=True))


def _right(cell: str, width: int) -> str:
    return pad("", width - columns(cell)) + cell
