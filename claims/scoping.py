"""For where, whom and when a claim holds: its scope facets and its exceptions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.context import PartReading
from claims.domain import Domain, ScopeWords
from claims.language.dates import years
from claims.language.places import lies_in, place
from claims.matching import Match
from claims.model import EVERYWHERE, Measure, Scope, scope_of
from claims.reading import EXCEPTION, BlockReading, Unit

_NATIONWIDE = re.compile(
    r"(?<![接连并加融]入)(?<![接连并加融]入了)全国(?!统一的?平台|(?:医保)?平台)|各地"
    r"|(?<![待等])国家(?!医保服务平台|医保局|医疗保障|医保|统一平台|平台|跨省|(?:跨省)?共济"
    r"|(?:层面)?的?(?:统一)?(?:部署|安排|通知|批复|推进|系统|要求))|各省|每个省|全国各地|哪个省"
)
"""待国家统一部署 says who opens it, and not where it holds."""
_THE_REST = re.compile(
    r"(?<![省市州区]内)(?<!全省)(?:其余|其他|剩下的?|别的)(?:的)?(?:各?省份?|各?地区?|地方|城市|各?[市州地盟]|[区县])"
)
"""其他省份还在等待: the places named before are just not these."""
_LINKED = re.compile(r"之间|(?:互|打|联|连|贯|接)通|通了")
"""湖北省内各市之间已经互通: the places are linked with each other."""
_KIN_AT = re.compile(
    r"在(?P<where>[^,。;:在]{2,24}?)(?:参保|参加|参的保|交医保|缴费)的?(?P<kin>(?:近?亲|家[人属里]|父|母|爸|妈|子女|孩子|儿|女儿|老人))?"
)
_ELSEWHERE = re.compile(r"(?:其他|外|别的?|另外的?)(?:省|市|州|县|地)")
"""在天水、酒泉等其他市州参保的没问题: where the relatives are enrolled, and not where it holds."""
_EXCEPT_AFTER = re.compile(r"(?P<what>[^,。;:]{1,16}?)(?:除外|例外|不在此列|另有规定|另行规定)")


def scope_of_unit(unit: Unit, match: Match, reading: PartReading, domain: Domain) -> tuple[Scope, bool]:
    """The scope of a claim, and whether the unit itself names its region (then it holds in all of it, reading 6)."""
    facets: dict[str, tuple[str, ...]] = dict(match.pattern.scope.items())
    regions, named = _regions(unit, match, reading, domain)
    if match.pattern.topic.endswith("province_count"):
        regions = ()
    if regions:
        facets["region"] = regions
    _add_said(facets, unit, match, reading, domain)
    return scope_of(facets), named


def scope_about(unit: Unit, match: Match, reading: PartReading, domain: Domain, facet: str, name: str) -> Scope:
    """The scope of a claim about one thing, whose name is the member of `facet`; no region beside it."""
    facets: dict[str, tuple[str, ...]] = {**match.pattern.scope, facet: (name,)}
    _add_said(facets, unit, match, reading, domain)
    return scope_of(facets)


def _add_said(
    facets: dict[str, tuple[str, ...]], unit: Unit, match: Match, reading: PartReading, domain: Domain
) -> None:
    """Add what the unit, its table's headers or the whole part say of the domain's facets."""
    for facet, words in domain.scopes.items():
        if not words.narrows(match.pattern.topic) or facet in facets:
            continue
        members = _year(unit, reading) if words.years else _said(unit, words)
        if not members and words.part:
            members = tuple({words.said[h.concept] for b in reading.blocks for h in b.hits if h.concept in words.said})
        if len(members) == 1:
            facets[facet] = members


def _said(unit: Unit, words: ScopeWords) -> tuple[str, ...]:
    """The members of a facet that the unit names; in a table also those of its row's label and its column's header."""
    if words.zone:
        found = [m for c, m in words.said.items() if c in unit.zones[words.zone]]
    else:
        found = [
            m for c, m in words.said.items()
            if c in unit.zones["unit"] or any(h.start < unit.head.start for h in unit.zones["sentence"].get(c, ()))
        ]  # fmt: skip
    if not found and unit.reading.block.cell is not None:
        found = [m for c, m in words.rows.items() if c in unit.row_concepts]
        found += [m for c, m in words.columns.items() if c in unit.column_concepts]
    return tuple(dict.fromkeys(found))


def _year(unit: Unit, reading: PartReading) -> tuple[str, ...]:
    """The one year that the sentence so far names, else the stem, a heading or the title."""
    block = unit.reading.block
    above = [i for i in (block.stem, *reversed(block.headings), reading.part.title) if i is not None]
    named = _years(unit.reading, unit.sentence.start, unit.head.end)
    for i in above:
        named = named or _years(reading.blocks[i], 0, 1 << 30)
    return tuple(named)


def _years(block: BlockReading, start: int, end: int) -> set[str]:
    """The years that a piece of a block names, those of dates among them (2023年末)."""
    named = {year for _, _, year in years(block.folded.chars[start:end])}
    dated = {d.first[:4] for d in block.dates if start <= d.start and d.end <= end and d.first[:1].isdigit()}
    return named | dated


def _regions(unit: Unit, match: Match, reading: PartReading, domain: Domain) -> tuple[tuple[str, ...], bool]:
    text = unit.reading.folded.chars
    levels = {c for table in domain.levels.values() for c in table.values()}
    limits = [(h.start, h.end) for hs in unit.zones["sentence"].values() for h in hs if h.concept in levels]
    excepted = [m.span("what") for m in EXCEPTION.finditer(text)]
    start, end = unit.clauses[0].start, unit.head.end
    home = reading.region or reading.block_regions[unit.reading.index]
    enrolled: list[tuple[int, int]] = []
    if home and unit.reading.places:
        enrolled = [
            m.span("where") for m in _KIN_AT.finditer(text, unit.sentence.start, end)
            if m["kin"] or _ELSEWHERE.search(m["where"])
        ]  # fmt: skip
        limits += enrolled
    names: list[str] = []
    for p in unit.reading.places:
        if not (start <= p.start and p.end <= end):
            continue
        if any(a <= p.start and p.end <= b for a, b in limits + excepted):
            continue
        names += p.names
    reached = [] if names else _reached(unit, match, excepted)
    if reached and (not home or _LINKED.search(text, unit.sentence.start, end)):
        # 在湖北省内参保的都能绑 only limits where the page is about a place of its own.
        names = reached
    if not names:
        names = _listed_after(unit, text) or _row_regions(unit, reading)
    if names:
        return tuple(dict.fromkeys(names)), True
    rest = _THE_REST.search(text, start, end)
    if rest is not None and not any(a <= rest.start() and rest.end() <= b for a, b in enrolled):
        return (() if "省" in rest[0] else _round(_rest_of(unit), home)), False
    sentence = text[unit.sentence.start : unit.sentence.end]
    if _NATIONWIDE.search(sentence):
        return (), False
    # The places named earlier in the sentence are its topic: 河北、吉林等地,亲属在外省也能用.
    earlier = [
        n for p in unit.reading.places
        if unit.sentence.start <= p.start < start and not any(a <= p.start and p.end <= b for a, b in limits + excepted)
        for n in p.names
    ]  # fmt: skip
    if earlier:
        return tuple(dict.fromkeys(earlier)), True
    heading = reading.block_regions[unit.reading.index]
    if heading:
        return heading, False
    return reading.region, False


def _rest_of(unit: Unit) -> list[str]:
    """The places whose rest a clause speaks of (成都可以跨省,其余市州不行): those named before it in its sentence,
    else in the sentence before."""
    text = unit.reading.folded.chars
    began = unit.sentence.start
    until = unit.clauses[0].start
    before = text.rfind("。", 0, max(0, began - 1)) + 1
    for first, last in ((began, until), (before, began)):
        named = [n for p in unit.reading.places if first <= p.start and p.end <= last for n in p.names]
        if named:
            return named
    return []


def _round(places: Sequence[str], home: Sequence[str]) -> tuple[str, ...]:
    """The region that all of some places lie in: the one that the text is about, else the province of cities, or the
    prefecture of counties; none round provinces, or where there are none."""
    parents = {known.parent for name in places if (known := place(name)) is not None}
    if not places or None in parents:
        return ()
    if len(home) == 1 and all(lies_in(name, home[0]) and name != home[0] for name in places):
        return (home[0],)
    return (next(iter(parents)) or "",) if len(parents) == 1 else ()


def _reached(unit: Unit, match: Match, excepted: list[tuple[int, int]]) -> list[str]:
    """湖北省内各市之间已经互通: the region of the very level that something reaches is where it holds."""
    low = match.value.low if isinstance(match.value, Measure) else None
    until = unit.head.end
    said = [p for p in unit.reading.places if unit.sentence.start <= p.start and p.end <= until]
    found = [
        n for p in said if not any(a <= p.start and p.end <= b for a, b in excepted)
        for n in p.names if (known := place(n)) is not None and known.level == low
    ]  # fmt: skip
    return found if len(set(found)) == 1 else []


def only_places(unit: Unit) -> tuple[list[str], list[str]] | None:
    """仅A开通: the places that an "only" stands directly before, and the region round them (named, or one above)."""
    ends = {h.end for h in unit.zones["clause"].get("g.ONLY", ())}
    text = unit.reading.folded.chars
    inside = [p for p in unit.reading.places if unit.head.start <= p.start and p.end <= unit.head.end]
    chosen = [p for p in inside if any(0 <= p.start - e <= 1 for e in ends)]
    if not chosen:
        return None
    first = chosen[0]
    # 仅浙江、江苏两省: the list goes on.
    for p in inside:
        if p.start > chosen[-1].end and re.fullmatch(r"[、和及与]|以及", text[chosen[-1].end : p.start]):
            chosen.append(p)
    names = [n for p in chosen for n in p.names]
    before = [n for p in inside if p.end <= first.start for n in p.names]
    known = place(names[0])
    above = before or ([known.parent] if known is not None and known.parent else [])
    return names, above


_LIST_REST = re.compile(r"[、,和及以及与等个省份市区县兵团(地)共的:为]*")


def _listed_after(unit: Unit, text: str) -> list[str]:
    """The places of a bare list later in the sentence: 11个省份开通,…:吉林、江苏、浙江."""
    names: list[str] = []
    for clause in unit.sentence.clauses:
        if clause.start < unit.head.end:
            continue
        inside = [p for p in unit.reading.places if clause.start <= p.start and p.end <= clause.end]
        rest = text[clause.start : clause.end]
        for p in reversed(inside):
            rest = rest[: p.start - clause.start] + rest[p.end - clause.start :]
        if len(inside) >= 2 and _LIST_REST.fullmatch(rest):
            names += [n for p in inside for n in p.names]
    return names


def _row_regions(unit: Unit, reading: PartReading) -> list[str]:
    """The region that a table row's label or a column's header names."""
    cell = unit.reading.block.cell
    if cell is None:
        return []
    for headers in (cell.row_headers, cell.column_headers):
        named = [n for i in headers for n in reading.block_places[i]]
        if named:
            return named
    return []


def except_of(unit: Unit, scope: Scope) -> Scope:
    """What the sentence itself takes out: 除武汉外, or after it 但武汉除外."""
    text = unit.reading.folded.chars
    spans = [m.span() for m in EXCEPTION.finditer(text, unit.sentence.start, unit.sentence.end)]
    spans += [m.span("what") for m in _EXCEPT_AFTER.finditer(text, unit.head.end, unit.sentence.end)]
    names = [n for a, b in spans for p in unit.reading.places if a <= p.start and p.end <= b for n in p.names]
    if not names and _THE_REST.search(text, unit.clauses[0].start, unit.head.end):
        names = _rest_of(unit)
        region = scope.get("region")
        if len(region) != 1 or any(name in region or not lies_in(name, region[0]) for name in names):
            names = []
    return scope_of({"region": names}) if names else EVERYWHERE
