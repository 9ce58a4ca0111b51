"""A sentence as a row of marks: the numbers that may be figures, the cues that call them, the words of facets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from claims.figures.rules import Figures, Members
from claims.language import dates
from claims.language.lexicon import Hit
from claims.language.numerals import numeral
from claims.language.quantities import Quantity
from claims.language.spans import inside
from claims.reading import EXCEPTION, BlockReading, Span

_NATIONWIDE = re.compile(r"全国|各地|国家(?:规定|层面|标准|统一|要求)|各省")
_BEGINS = re.compile(r"起(?!至|到)|开始|启动|以?后|印发|发布|实施|施行|执行")
"""After a day: it begins something, and is no end."""


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """What may be a figure: a number with its unit, a date, or a concept that says one (`concept`).

    `[start, end)` covers the words of the number with comparators and 每人每年. `low`, `high` are the number as
    written (equal for a point; dates as ISO text).
    """

    start: int
    end: int
    unit: str = ""
    low: Decimal | str | None = None
    high: Decimal | str | None = None
    bound: str | None = None
    strict: bool = False
    approx: bool = False
    symbol: bool = False
    explicit: bool = False
    "The limit is said of the number itself."
    per: tuple[str, ...] = ()
    concept: str = ""
    when: str = ""


class Word(msgspec.Struct, frozen=True):
    """A word at `[start, end)` that names members of a facet; no members: it ends what an earlier word said."""

    start: int
    end: int
    facet: str
    members: tuple[str, ...]


class Stretch(msgspec.Struct, frozen=True):
    """`[start, end)` of a block, with the hits inside it."""

    reading: BlockReading
    start: int
    end: int
    hits: Sequence[Hit]


def stretch(reading: BlockReading, start: int, end: int) -> Stretch:
    return Stretch(reading, start, end, inside(reading.hits, start, end))


def whole(reading: BlockReading) -> Stretch:
    return Stretch(reading, 0, len(reading.folded.chars), reading.hits)


def anchors(s: Stretch, figures: Figures) -> list[Anchor]:
    """Every possible figure of a stretch, in order."""
    reading, start, end = s.reading, s.start, s.end
    text = reading.folded.chars
    found = [
        Anchor(start=d.start, end=d.end, unit="date", low=d.first, high=d.last, when=d.relative or "")
        for d in inside(reading.dates, start, end)
        if d.precision != "year" and not _BEGINS.match(text, d.end)
    ]
    for q in inside(reading.quantities, start, end):
        explicit = q.bound is not None and _explicit(text, q)
        reaches = not explicit and _REACHES.search(text, q.whole_start, q.start)
        found.append(
            Anchor(
                start=max(start, q.whole_start), end=min(end, q.whole_end), unit=q.unit, low=q.low, high=q.high,
                bound=None if reaches else q.bound, strict=q.strict, explicit=explicit, approx=q.approx,
                symbol=text[q.whole_start] in "<>≤≥", per=q.per,
            )
        )  # fmt: skip
    found += _unitless(s, figures)
    found += _halves(text, start, end)
    found += [Anchor(start=h.start, end=h.end, concept=h.concept) for h in s.hits if h.concept in figures.fixed]
    return sorted(found, key=lambda a: (a.start, a.end, a.concept))


_HALF = re.compile(r"(?:就|只|也|是|仅|报|有|才){0,2}(一半|对半)(?=[,。;、!)]|$)")


def _halves(text: str, start: int, end: int) -> Iterator[Anchor]:
    """三级医院:一半: a share that is all that stands behind a label, or in a cell."""
    if text.find("半", start, end) < 0:
        return
    labels = [i + 1 for i in range(start, end) if text[i] == ":"]
    for at in [start, *labels]:
        if m := _HALF.match(text, at, end):
            yield Anchor(start=m.start(1), end=m.end(1), unit="percent", low=Decimal(50), high=Decimal(50))


_GLOSSED = re.compile(
    r"(?<![\d.,/-])(?<![拨电热][打话线])(?!123[3469]\d\()(?P<digits>\d{2,6})\((?P<gloss>[^()\d]{2,12})\)"
)
"""400(个人缴费)、670(财政补助): digits without a unit, and in a bracket what they are."""
_DIGITS = re.compile(r"(?P<is>[只也就都才仅则是为要得有需]{0,2})(?P<digits>\d{2,6})(?=[,。;、)]|$)")


_LOOSE = re.compile(r"\d{2}(?=[,。;、)]|$)")
"""What digits without a unit end with."""


def _unitless(s: Stretch, figures: Figures) -> Iterator[Anchor]:
    """门槛费150,: digits without a unit right behind a cue, and nothing after them; or behind the words of a facet that
    a label with a cue is divided by: 门槛费:三级800,二级500."""
    text = s.reading.folded.chars
    seen: set[int] = set()
    for told in _GLOSSED.finditer(text, s.start, s.end) if text.find("(", s.start, s.end) >= 0 else ():
        first, last = told.span("digits")
        if any(h.concept in figures.cues for h in inside(s.hits, *told.span("gloss"))):
            seen.add(first)
            value = Decimal(told["digits"])
            yield Anchor(start=first, end=last, unit="number", low=value, high=value)
    if not _LOOSE.search(text, s.start, s.end):
        return
    label = text.find(":", s.start, s.end)
    labelled = label >= 0 and any(h.concept in figures.cues and h.end <= label for h in s.hits)
    for h in s.hits:
        parted = labelled and h.start > label and h.concept in figures.members
        m = _DIGITS.match(text, h.end) if h.concept in figures.cues or parted else None
        if m is None or m.end() > s.end or m.start("digits") in seen or (parted and m["is"]):
            continue
        first, last, value = m.start("digits"), m.end(), Decimal(m["digits"])
        if not any(q.start < last and first < q.end for q in s.reading.quantities):
            seen.add(first)
            yield Anchor(start=first, end=last, unit="number", low=value, high=value)


_BARE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_NIL = frozenset(("不设", "无", "没有", "不设置", "免", "不收", "取消"))
_HEADED = re.compile(r"\(?(?:单位:?)?(?P<unit>万元|元|%|个月|月|年)(?:[/·][^)]{1,4})*\)?$")
_HEADED_UNITS = {
    "元": ("yuan", 1), "万元": ("yuan", 10_000), "%": ("percent", 1), "年": ("year", 1), "月": ("month", 1),
    "个月": ("month", 1),
}  # fmt: skip


_TENS_OF_THOUSANDS = re.compile(r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百]+)万")


def headed(reading: BlockReading, headers: Sequence[BlockReading], figures: Figures) -> list[Anchor]:
    """The number of a cell whose unit stands in a header (200 below 起付线(元)), 20万 of what a header names an amount
    of (一年封顶), or 不设 of what a header names."""
    text = reading.folded.chars
    if not headers:
        return []
    if text in _NIL:
        return [Anchor(start=0, end=len(text), unit="nil")]
    if headers and text.endswith("万") and _TENS_OF_THOUSANDS.fullmatch(text):
        number = numeral(text, 0)
        if number is not None and any(h.concept in figures.amounts for header in headers for h in header.hits):
            return [Anchor(start=0, end=len(text), unit="yuan", low=number.value, high=number.value)]
    if not _BARE.fullmatch(text):
        return []
    for header in reversed(headers):
        m = _HEADED.search(header.folded.chars)
        if m:
            unit, times = _HEADED_UNITS[m["unit"]]
            value = Decimal(text.replace(",", "")) * times
            return [Anchor(start=0, end=len(text), unit=unit, low=value, high=value)]
    return []


_UP_TO_DIGIT = re.compile(r".*\d", re.DOTALL)


def last_number(reading: BlockReading, figures: Figures) -> int:
    """No number behind this place can be a figure; -1 where the block holds none. Most blocks are done with so."""
    text = reading.folded.chars
    if text in _NIL:
        return len(text)
    digit = _UP_TO_DIGIT.match(text)
    starts = [digit.end() - 1 if digit is not None else -1]
    if reading.quantities:
        starts.append(reading.quantities[-1].start)
    starts.append(max(text.rfind("一半"), text.rfind("对半")))
    if reading.dates:
        starts.append(reading.dates[-1].start)
    starts += (h.start for h in reading.hits if h.concept in figures.fixed)
    return max(starts)


_EDITION = re.compile(r"(20[0-4]\d)(?:新|最新)?版")
_YEAR_ON = re.compile(r"(20[0-4]\d)年度?起(?![至到草])")
_YEAR = re.compile(r"(20[0-4]\d)年")
"""2025年退休的25年;2030年起,男满30年: decided for that year (section 7, 14), and set against another."""
_YEAR_FIRST = re.compile(r"20[0-4]\d(?=[\u4e00-\u9fff])(?![年元人个多余万亿名家例次月号米岁])")
"""2025洛阳医保报销比例: the year that begins a title."""
_REACHES = re.compile(r"[达满足]到?$")
"""封顶线达到20万元 is no limit from below."""
_LIMITS = re.compile(r"不|≥|≤|<|>|未|少于|多于|高于|低于|大于|小于|超")
_LIMITED = re.compile(r"(?:及|\(含\)|含)?以|\(含\)以|起$")


def _explicit(text: str, q: Quantity) -> bool:
    """Whether a limit is said of the number itself (不低于, ≤, 以内), not by what it is (最高, 封顶, 满)."""
    return bool(_LIMITS.search(text[q.whole_start : q.start]) or _LIMITED.match(text[q.end : q.whole_end]))


_TOO = re.compile(r"\((?:也|还)?(?:不?包?含|不?包括|除)[^()]*$")
"""住院12万元(含门诊慢特病): what is in it too, or not, is not what the figure is of."""
_FAR = 20
_THAN = re.compile(r"(?:比|较)$")
_THEN = re.compile(r"[^,。;:(]{0,4}[高低多少优长短贵]")
_ABOVE = re.compile(r"(?:高于|低于|优于|不如|好于|多于|少于)$")
_SHORT = 4
"""No word of these two is longer, with a line break behind it (characters)."""
_NO_MORE = re.compile(r"[^,。;:(]{0,4}(?:[,。;]|$)")
_TAKES_OUT = re.compile(r"[除(比较于如]")
"""Without one of these every facet word says what figures are of: 除…外, (不含…), and what is held against another."""


def _is_measure(text: str, start: int, word: Word) -> bool:
    """Whether a figure is only held against what the word names: 比在职职工低, 高于居民医保。 Not where figures of that
    follow in a bracket."""
    if _THAN.search(text, max(start, word.start - _SHORT), word.start):
        return bool(_THEN.match(text, word.end))
    return bool(_ABOVE.search(text, max(start, word.start - _SHORT), word.start) and _NO_MORE.match(text, word.end))


def words(s: Stretch, figures: Figures) -> list[Word]:
    """The facet words of a stretch, in order; regions and years among them. What 除…外 takes out is none."""
    reading, start, end = s.reading, s.start, s.end
    text = reading.folded.chars
    found = _named(s, figures.members)
    found += [Word(p.start, p.end, "region", p.names) for p in inside(reading.places, start, end)]
    found += [Word(m.start(), m.end(), "region", ()) for m in _NATIONWIDE.finditer(text, start, end)]
    found += [Word(start + a, start + b, "year", named) for a, b, named in dates.coverage(text[start:end])]
    found += [Word(m.start(), m.end(), "year", (m[1],)) for m in _EDITION.finditer(text, start, end)]
    for on in _YEAR_ON.finditer(text, start, end) if text.find("起", start, end) >= 0 else ():
        if any(y[1] != on[1] for y in _YEAR.finditer(text, 0, on.start())):
            found.append(Word(on.start(), on.end(), "year", (on[1],)))
    if start == 0 and reading.block.kind in ("title", "heading") and (m := _YEAR_FIRST.match(text)):
        found.append(Word(m.start(), m.end(), "year", (m[0],)))
    return _speaking(text, start, end, found)


def words_of(s: Stretch, members: Members) -> list[Word]:
    """The words of a stretch that concepts name, in order, as :func:`words` has them: `members` are those of one facet,
    as :class:`Figures` has them."""
    return _speaking(s.reading.folded.chars, s.start, s.end, _named(s, members))


def _named(s: Stretch, members: Members) -> list[Word]:
    # 男性60周岁及以上: a class of age, not of sex.
    aged = {q.whole_start for q in inside(s.reading.quantities, s.start, s.end) if q.unit == "age"}
    return [
        Word(h.start, h.end, *members[h.concept]) for h in s.hits if h.concept in members and h.end not in aged
    ]  # fmt: skip


def _speaking(text: str, start: int, end: int, found: Sequence[Word]) -> list[Word]:
    """Those that say what figures are of: not what 除…外 takes out, nor what one is only held against."""
    if not found:
        return []
    ordered = sorted(found, key=lambda w: (w.start, -w.end, w.facet, w.members))
    if not _TAKES_OUT.search(text, start, end):
        return _longest(ordered)
    excepted = [m.span("what") for m in EXCEPTION.finditer(text, start, end)]
    return _longest([
        w for w in ordered
        if not any(a <= w.start and w.end <= b for a, b in excepted)
        and not _is_measure(text, start, w) and not _TOO.search(text, max(start, w.start - _FAR), w.start)
    ])  # fmt: skip


def aside(text: str, start: int, end: int, quantities: Sequence[Quantity]) -> list[tuple[int, int]]:
    """The brackets that hold a figure: 400元(2024年度为380元) says what is in them of that one only."""
    return [(a, b) for a, b in brackets(text, start, end) if inside(quantities, a, b)]


def _longest(found: list[Word]) -> list[Word]:
    """Of the words of one facet that overlap, the longest: 门诊 in 门诊慢特病 is none."""
    kept: list[Word] = []
    reach: dict[str, int] = {}
    for w in found:
        if w.end > reach.get(w.facet, -1):
            reach[w.facet] = w.end
            kept.append(w)
    return kept


def cues(s: Stretch, figures: Figures) -> list[Hit]:
    """The cues of a stretch."""
    return [h for h in s.hits if h.concept in figures.cues]


def brackets(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans inside round brackets, without the brackets; one that does not close ends with the text."""
    found: list[tuple[int, int]] = []
    if text.find("(", start, end) < 0:
        return found
    opened: list[int] = []
    for i in range(start, end):
        if text[i] == "(":
            opened.append(i + 1)
        elif text[i] == ")" and opened:
            found.append((opened.pop(), i))
    found += [(o, end) for o in opened]
    return sorted(found)


def clause_at(span: Span, at: int) -> int:
    """The number of the clause that holds `at`."""
    for i, c in enumerate(span.sentence.clauses):
        if c.start <= at < c.end:
            return i
    return len(span.sentence.clauses) - 1
