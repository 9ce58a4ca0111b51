"""What must be so of everything in a list: kinds of places (直辖市, 城市), a grade named above (三级医院), 其中."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from audit.linters.enumerations import items_of
from audit.linters.later import later
from audit.linters.page import Page, Piece, prose
from claims.language.gazetteer import MUNICIPALITIES, lies_in, place
from claims.language.places import PlaceHit
from claims.reading import BlockReading

_KIND = later(
    r"(?P<kind>直辖市|自治区|省份|城市|地级市|自治州)(?:(?:(?:分别)?(?:有|是|为|包括|如下))?:|\((?:如|例如|比如|包括)?|,?(?:例如|比如|如|包括|分别是|分别为))"
)
_JOINTS = frozenset("、,和及与或")
_OF_THEM = later(r"(?:,|。|;)其中(?:的)?")
_SO_MANY = later(r"[两三四五六七八九十\d]{1,2}(?:省|市|个|地|区)")
_GRADES: Sequence[str] = (r"[一二三]级", r"[甲乙丙]类", r"[一二三四]类", r"公立|民营|私立", r"[一二三]档")
_INTRODUCES = later(r"如下|以下|下列|:$|名单|包括|有")


class Stranger(msgspec.Struct, frozen=True):
    """Words that say what is in a list, and what is in it though it is not so. `reason` is a code of
    reports.wording.defects; `what` and `kind` fill its blanks."""

    stated: Piece
    strange: tuple[Piece, ...]
    reason: str
    what: str
    kind: str


def strangers(page: Page) -> Iterator[Stranger]:
    for block in page.blocks:
        yield from _wrong_kind(block)
        yield from _not_of_them(block)
        yield from _wrong_grade(page, block)


def run_of_places(block: BlockReading, at: int, slack: int = 2) -> list[PlaceHit]:
    """The places named one after the other from `at` on."""
    text = block.folded.chars
    found: list[PlaceHit] = []
    for one in block.places:
        if one.start < at:
            continue
        end = found[-1].end if found else at
        between = text[end : one.start]
        if (found and not set(between) <= _JOINTS) or (not found and len(between) > slack):
            break
        found.append(one)
    return found


def _wrong_kind(block: BlockReading) -> Iterator[Stranger]:
    """直辖市:北京、河北."""
    text = block.folded.chars
    for m in _KIND.finditer(text):
        if text[m.start() - 1 : m.start()] in ("非", "不"):
            continue
        wrong = [p for p in run_of_places(block, m.end()) if len(p.names) == 1 and not _is(p.names[0], m["kind"])]
        if wrong:
            yield Stranger(
                (block, *m.span("kind")), tuple((block, p.start, p.end) for p in wrong), "list-kind",
                "、".join(text[p.start : p.end] for p in wrong), m["kind"],
            )  # fmt: skip


def _is(name: str, kind: str) -> bool:
    at = place(name)
    if at is None:
        return True
    if kind == "直辖市":
        return name in MUNICIPALITIES
    if kind == "自治区":
        return name.endswith("自治区")
    if kind == "自治州":
        return name.endswith("自治州")
    if kind == "省份":
        return at.level == "province"
    if kind == "地级市":
        return at.level == "prefecture" and name.endswith("市")
    return at.level != "province" or name in MUNICIPALITIES


def _not_of_them(block: BlockReading) -> Iterator[Stranger]:
    """包括甲、乙、丙三省,其中甲、丁已开通."""
    text = block.folded.chars
    for m in _OF_THEM.finditer(text):
        start = max(text.rfind(c, 0, m.start()) for c in "。;\n") + 1
        rows: list[list[PlaceHit]] = [[]]
        for one in (p for p in block.places if start <= p.start and p.end <= m.start()):
            if rows[-1] and text[rows[-1][-1].end : one.start] != "、":
                rows.append([])
            rows[-1].append(one)
        known = max(rows, key=len)
        named = run_of_places(block, m.end())
        # The list must be all there is: a number of them follows it.
        if len(known) < 3 or len(named) < 2 or not _SO_MANY.match(text, known[-1].end):
            continue
        strange = [p for p in named if not any(_within(p, k) for k in known)]
        if strange:
            yield Stranger(
                (block, known[0].start, known[-1].end), tuple((block, p.start, p.end) for p in strange), "list-of-them",
                "、".join(text[p.start : p.end] for p in strange), text[known[0].start : known[-1].end],
            )  # fmt: skip


def _within(one: PlaceHit, other: PlaceHit) -> bool:
    return any(lies_in(a, b) for a in one.names for b in other.names)


def _wrong_grade(page: Page, block: BlockReading) -> Iterator[Stranger]:
    """三级医院如下:…某医院(一级)."""
    if not block.spans:
        return
    last = block.spans[-1].sentence
    text = block.folded.chars
    items = [(i, 0, len(i.folded.chars)) for i in items_of(page, block)]
    for grades in _GRADES:
        for span in prose(block):
            colon = text.find(":", span.sentence.start)
            head = text[span.sentence.start : colon if 0 <= colon <= span.sentence.end else span.sentence.end]
            of = r"(?=(?:甲等|乙等)?(?:医院|医疗机构|药品|地区|机构|药))"
            named = {m[0] for m in re.finditer(rf"(?:{grades}){of}", head)}
            if len(named) != 1 or not _INTRODUCES.search(head + (":" if colon >= 0 else "")):
                continue
            [grade] = named
            pieces = items if span.sentence is last else []
            if 0 <= colon < span.sentence.end:
                pieces = [*pieces, (block, colon + 1, span.sentence.end)]
            strange = [
                (b, start + m.start(), start + m.end())
                for b, start, end in pieces
                for m in re.finditer(rf"[^、,;()]{{2,16}}\((?:{grades})[甲乙丙]?等?\)", b.folded.chars[start:end])
                if grade not in m[0].rpartition("(")[2]
            ]
            if strange:
                at = span.sentence.start
                yield Stranger(
                    (block, at, at + len(head)), tuple(strange), "list-kind",
                    "、".join(b.folded.chars[s:e] for b, s, e in strange), grade,
                )  # fmt: skip
