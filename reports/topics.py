"""A domain's topics, as text: all of them in a table, or one in full."""

from __future__ import annotations

from collections.abc import Iterator

from claims.domain import Domain
from claims.recording import FIGURES
from claims.topics import Topic
from claims.wording import Names, Tongues, said
from reports.width import columns, cut, pad, safe
from reports.wording.phrases import unit
from reports.wording.terms import Lang, Pair, listed, pick

_KINDS: dict[str, Pair] = {
    "flag": ("是非", "flag"), "measure": ("数值", "measure"), "set": ("集合", "set"), "choice": ("单选", "choice"),
}  # fmt: skip
_HEADS: tuple[Pair, ...] = (
    ("主题", "topic"), ("名称", "name"), ("类型", "kind"), ("单位或取值", "unit or members"), ("模式", "patterns"),
)  # fmt: skip
_WIDEST = (40, 36, 10, 60, 8)
_LABELS: dict[str, Pair] = {
    "title": ("名称", "name"),
    "says": ("说的是", "says"),
    "kind": ("类型", "kind"),
    "unit": ("单位", "unit"),
    "members": ("取值", "members"),
    "core": ("核心主题", "core topic"),
    "patterns": ("识别模式", "patterns"),
}
_TITLE: Pair = (
    "{name}（{title}）：{topics} 个主题，{patterns} 个识别模式",
    "{name} ({title}): topics {topics}, patterns {patterns}",
)  # fmt: skip


def overview(domain: Domain, lang: Lang) -> str:
    """The topics of a domain, one a line."""
    title = said(domain.title, lang, domain.name)
    patterns = _patterns(domain)
    head = pick(_TITLE, lang).format(
        name=domain.name, title=title, topics=len(domain.topics), patterns=len(patterns)
    )
    rows = [[pick(head, lang) for head in _HEADS]]
    for topic in domain.topics.values():
        count = sum(of == topic.id for _, of, _ in patterns)
        rows.append(
            [topic.id, topic.name(lang), pick(_KINDS[topic.kind], lang), _values(domain, topic, lang), str(count)]
        )
    rows = [[cut(safe(cell), most) for cell, most in zip(row, _WIDEST, strict=True)] for row in rows]
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(pad(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join([head, *lines]) + "\n"


def topic_page(domain: Domain, topic_id: str, lang: Lang) -> str:
    """All that a domain says of a topic, its names in both languages."""
    topic, words = domain.topics[topic_id], domain.words[topic_id]
    lines = [topic_id, *_field("title", _both(words.title), lang)]
    lines += _field("says", _both(words.says), lang)
    lines += _field("kind", pick(_KINDS[topic.kind], lang), lang)
    if topic.core:
        lines += _field("core", "✓", lang)
    if topic.unit:
        lines += _field("unit", _unit(domain, topic, lang), lang)
    members: Names = tuple(_members(domain, topic))
    if members:
        lines += _field("members", "", lang)
        lines += [f"    {key}  {_both(names)}".rstrip() for key, names in members]
    patterns = [p for p in _patterns(domain) if p[1] == topic_id]
    lines += _field("patterns", str(len(patterns)), lang)
    for name, _, says in patterns:
        example = next((e for e in says if isinstance(e, str)), "")
        lines.append(f"    {name}  {example}".rstrip())
    return "\n".join(map(safe, lines)) + "\n"


def _patterns(domain: Domain) -> list[tuple[str, str, tuple[object, ...]]]:
    """(id, topic, examples) of every pattern and rule of figures, as records name them."""
    rules = domain.figures.rules if domain.figures is not None else ()
    return [
        *((p.id, p.topic, p.says) for p in domain.patterns),
        *((FIGURES + r.id, r.topic, r.says) for r in rules),
    ]


def _field(key: str, value: str, lang: Lang) -> list[str]:
    return [f"  {pick(_LABELS[key], lang)}: {value}".rstrip()]


def _both(called: Tongues) -> str:
    return " / ".join(text for _, text in sorted(called, reverse=True))


def _unit(domain: Domain, topic: Topic, lang: Lang) -> str:
    own = dict(domain.words[topic.id].units).get(topic.unit or "")
    return said(own, lang, topic.unit or "") if own else unit("", topic.unit, lang).strip()


def _values(domain: Domain, topic: Topic, lang: Lang) -> str:
    if topic.unit:
        return _unit(domain, topic, lang)
    return listed([said(names, lang, key) for key, names in _members(domain, topic)], lang)


def _members(domain: Domain, topic: Topic) -> Iterator[tuple[str, Tongues]]:
    """The members or levels of a topic, or its two values, with their names."""
    words = domain.words[topic.id]
    if topic.kind == "flag":
        yield from (("true", words.true), ("false", words.false))
    elif topic.scale:
        yield from ((level, dict(words.scale).get(level, ())) for level in topic.scale)
    else:
        yield from ((member, dict(words.members).get(member, ())) for member in topic.members)
