"""# identity-mismatch（同异不一）

## 是什么

一处说两个名称是一回事（甲即乙、甲就是乙、甲又称乙），另一处说是两回事（甲和乙是两种不同的服务、甲不等于乙、两者不能混同）。

## 为什么要紧

两样东西的条件、额度、办理入口往往不同；读者把它们当成一样，就会照着错的一套去办。

## 例子

- 亲情账户即家庭共济。……亲情账户与家庭共济是两种不同的服务。
- 医保卡就是社保卡。……医保卡和社保卡不是一回事。

## 怎么办

1. 查明两个名称指的是不是同一样东西。
2. 是一回事的，选一个名称，另一个在第一次出现时注明。
3. 是两回事的，删去“即”“就是”，写明区别在哪里。

## 级别

警告。

# identity-mismatch

## What it is

Two names mean one thing in one place (甲即乙, 甲就是乙, 甲又称乙) and two things in another (甲和乙是两种不同的服务,
甲不等于乙, 不能混同).

## Why it matters

Conditions, amounts and the way to apply often differ; whoever takes the two for one goes by the wrong set.

## Example

- 亲情账户即家庭共济。 … 亲情账户与家庭共济是两种不同的服务。
- 医保卡就是社保卡。 … 医保卡和社保卡不是一回事。

## How to resolve it

1. Find out whether the two names mean the same thing.
2. If they do, choose one, and name the other where the first appears.
3. If they do not, drop 即 and 就是, and say where they differ.

## Severity

Warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import msgspec

from audit.linters.assertions import believed
from audit.linters.later import later
from audit.linters.page import Page, Piece
from audit.model import Defect, DefectCode
from claims.reading import BlockReading, Span, is_question

CODE: DefectCode = "identity-mismatch"

_NAME = r"(?:(?![的和与跟同及是不把将在等并])[\u4e00-\u9fffa-z0-9]){2,16}?"
_AND = r"(?:和|与|跟|同|及)"
_END = r"(?=[,。;:!?)\n]|$)"
_WELL = (
    r"(?:其实|实际上|实质上|本质上|根本上|说白了|通俗地讲|简单说|一般|通常|也|又|就|还|都|,|则|确实|完全|根本|并|分别|各|"
    r"明显)*"
)
_IT = "它"
"""What the entry is about that says so (亲情账户: 它与家庭共济是两项服务)."""
_ALIAS = (
    r"(?:(?:指|说)的就是|即(?![可使便时将刻日])(?:是|为)?|(?<![不非])就是|也叫|又叫|叫做|又?称作?为?|亦称|也称|俗称|别称|等同于|"
    r"(?<!不)等于)"
)
_KIND = (
    r"(?:医保|医疗|保险|性质|类型)*(?:的)?(?:服务|功能|事情?|制度|账户|东西|概念|业务|险种|政策|系统|产品|卡|机制|保险|项目|"
    r"待遇|渠道|方式|凭证)?"
)
_SO_CALLED = r"(?:所谓的?|大家说的|常说的|人们说的|俗称的|原来的?|过去的?|以前的?|此前的?|从前的?)?"
# 甲(即乙); 甲就是乙; 甲和乙是一回事.
_ONE = later(
    rf"(?P<a>{_NAME})\({_WELL}{_ALIAS}{_SO_CALLED}(?P<b>{_NAME})\)"
    rf"|(?P<a2>{_NAME}){_WELL}(?<![立当随]){_ALIAS}{_SO_CALLED}(?P<b2>{_NAME}|{_IT}){_END}"
    rf"|(?P<a3>{_NAME}){_AND}(?P<b3>{_NAME}){_WELL}(?:是一回事|是一码事|是同一(?:个|种|样|项|类|回)[^,。;]{{0,8}}?|"
    rf"是一样的(?:东西)?|(?:没有?|无)(?:什么|任何|本质)?区别|意思(?:是)?(?:一样|相同)|是一个意思|是相同的{_KIND}|只是(?:名称|叫法|说法)不同){_END}"
)
# 甲和乙是两种不同的服务; 甲不等于乙; 两者不能混为一谈.
_TWO = later(
    rf"(?:(?P<a>{_NAME}|{_IT}){_AND}(?P<b>{_NAME})(?:,?这?[两二]者)?|(?P<both>[两二]者|它们)){_WELL}"
    rf"(?:(?:是|属于|为|算)?(?:两|二|2)(?:种|个|类|项|套|码|样|回|张)(?:完全|截然|相互|彼此)?(?:不同|独立|不一样)?(?:的)?{_KIND}"
    r"|(?:不|并?不是|并非|不算|不属于|绝非)(?:是)?(?:一回事|一码事|同一(?:个|种|样|项|类|回)[^,。;]{0,8}?|一样的东西)"
    r"|(?:有|存在|有着)(?:本质|明显|根本|很大|较大|所)*(?:的|上的|性的)?(?:区别|不同|差异|差别)"
    rf"|(?:是)?(?:完全|截然|根本|并)?不(?:相)?同(?:的)?{_KIND}"
    rf"|不(?:能|可|要|得|应)(?:以)?(?:混为一谈|混淆|混同|等同|划等号|画等号|混着用)){_END}"
    rf"|(?P<a2>{_NAME}){_WELL}(?:不等于|不等同于|不同于|有别于|不就是|不是|并非|不能等同于?)(?P<b2>{_NAME}){_END}"
    rf"|(?:别|莫|勿|切勿|切莫|不要|不能|不可|不得|不应)(?:再)?(?:把|将)(?P<taken>{_NAME})(?:误)?(?:当成|当作|当做|看成|看作|视为|等同于?)(?:了|是)?"
    rf"(?P<for>{_NAME}){_END}"
)
# Every way says one of these: a name may begin anywhere, so it is tried only where there is reason to.
_SIGNS = {
    _ONE: later(r"[即叫称]|就是|等于|等同于|一回事|一码事|是同一|是一样的|区别|意思|是相同的|只是"),
    _TWO: later(
        r"[两二2][种个类项套码样回张者]|它们|一回事|一码事|同一|一样的东西|区别|不同|不相同|差异|差别|不等于|等同|有别于|不就是|不是|并非|"
        r"混为一谈|混淆|混同|划等号|画等号|混着用|当[成作做]|看[成作]|视为"
    ),
}
# …甲,其实这就是乙; …甲、乙…,叫法不同罢了: the other name stands before.
_THAT_IS = later(
    rf"(?:^|(?<=[,;:]))(?:其实|实际上|说白了|本质上|说到底|实质上|换句话说|也)*(?:这|那|它|前者|后者)个?(?:其实|实际上|也|就|不过)*"
    rf"(?<!不)(?:就是|即是|也叫|叫做?|等于|等同于|即){_SO_CALLED}(?P<b>{_NAME}){_END}"
)
_ONE_IN_SHORT = later(
    rf"(?:^|(?<=[,;:]))(?:其实|实际上|说白了|本质上|说到底|都|就|[两二]者|它们|这俩|这[两二][个者样种]|只是|仅仅?是?|不过是?|无非)*"
    rf"(?:(?:是|说的是)(?:一回事|一码事|同一[个种样项类回][^,。;]{{0,6}}?)|(?:叫法|名称|名字|说法|称呼)(?:上)?(?:有所|略有|各自)?不(?:同|一样)"
    rf"|换了?个(?:叫法|名称|名字|说法|称呼))(?:而已|罢了|的?)?{_END}"
    rf"|(?<!不)(?:只是|不过是?)?(?<!不只是)(?<!不仅是)(?<!不只)(?<!不仅)(?<!不光)(?<!不光是)(?:叫法|名称|名字|说法|称呼)(?:上)?不(?:同|一样)(?:而已|罢了){_END}"
)
_YES = later(r"(?:答:|答案:)?(?:是的?|对的?|没错|正确)(?=[,。;!]|$)")
_NO = later(r"(?:答:|答案:)?(?:不是|并不是|并非|不对|否|错)")
_PAIRS = (("a", "b"), ("a2", "b2"), ("a3", "b3"), ("taken", "for"))
# What names of quite different things end in.
_TAIL = later(r"(?:功能|服务|账户|制度|业务|政策|机制|号|卡)$")


class _Said(msgspec.Struct, frozen=True):
    """Two names, and the words that say that they are one thing or two."""

    one: str
    other: str
    piece: Piece


def check(page: Page) -> Iterator[Defect]:
    same: list[_Said] = []
    apart: list[_Said] = []
    for block in page.blocks:
        for n, span in enumerate(block.spans):
            if is_question(span, block.folded.chars):
                answer = _answer(page, block, n)
                if answer is not None:
                    agreed, piece = answer
                    (same if agreed else apart).extend(_names(page, block, span, _ONE, piece))
                continue
            same += _names(page, block, span, _ONE)
            apart += _names(page, block, span, _TWO)
    if apart:
        same += [s for block in page.blocks for span in block.spans for s in _pointed(page, block, span, apart)]
    if same:
        apart += [s for block in page.blocks for span in block.spans for s in _both(page, block, span, same)]
    for a, b in product(_once(same), _once(apart)):
        if _alike(a, b) and a.piece != b.piece:
            yield page.defect(CODE, a.piece, b.piece, one=a.one, other=a.other)


def _once(said: list[_Said]) -> list[_Said]:
    """The first of those that name the same two."""
    return list({(s.one, s.other): s for s in reversed(said)}.values())


def _names(
    page: Page, block: BlockReading, span: Span, way: re.Pattern[str], piece: Piece | None = None
) -> Iterator[_Said]:
    """The pairs of names that a sentence calls one thing, or two. `piece`: where that is said, if it only asks."""
    text = block.folded.chars
    if not _SIGNS[way].search(text, span.sentence.start, span.sentence.end):
        return
    words = text[span.sentence.start : span.sentence.end]
    if piece is not None:
        words = re.sub(r"[吗么呢吧]$", "", words).replace("是不是", "是").replace("是否", "")
    for m in way.finditer(words):
        pair = next(((m[a], m[b]) for a, b in _PAIRS if a in way.groupindex and m[a]), None)
        if pair is None:
            continue
        start, end = span.sentence.start + m.start(), span.sentence.start + m.end()
        clause = next((c for c in span.sentence.clauses if c.start <= start < c.end), None)
        n = span.sentence.clauses.index(clause) if clause is not None else 0
        # 别把甲当成乙 tells of a belief, and denies it.
        told = pair[0] != m.groupdict().get("taken") and _told(page, block, span, way, n)
        if piece is None and (clause is None or told or span.grammars[n].condition):
            continue
        one, other = (_entry(page, block) if name == _IT else name for name in pair)
        if one and other:
            yield _Said(one, other, piece or (block, start, end))


def _entry(page: Page, block: BlockReading) -> str:
    """The name of what a block is about: the term or the heading that it stands below."""
    above = page.blocks[block.index - 1] if block.index else None
    if block.block.headings:
        above = page.blocks[block.block.headings[-1]]
    if block.block.kind == "definition" and block.block.stem is not None:
        above = page.blocks[block.block.stem]
    name = above.folded.chars if above is not None and above.block.kind in ("term", "heading") else ""
    return name if _LEAST <= len(name) <= _LONGEST else ""


def _told(page: Page, block: BlockReading, span: Span, way: re.Pattern[str], n: int) -> bool:
    """Whether a clause tells a belief. 不能混为一谈 says itself that a belief is wrong."""
    told = believed(page, block, span.sentence.clauses[n])
    return told and (way is _ONE or any(g.believes is not None for g in span.grammars))


def _both(page: Page, block: BlockReading, span: Span, same: list[_Said]) -> Iterator[_Said]:
    """两者是两回事: said of the two that the sentence before, or this one up to there, has named."""
    text, sentence = block.folded.chars, span.sentence
    m = _TWO.search(text, sentence.start, sentence.end)
    if m is None or not m["both"] or is_question(span, text):
        return
    n = block.spans.index(span)
    before = text[block.spans[n - 1].sentence.start if n else sentence.start : m.start()]
    if not n and block.index:
        before = page.blocks[block.index - 1].folded.chars + before
    for s in same:
        if _core(s.one) in before and _core(s.other) in before and not _told(page, block, span, _TWO, 0):
            yield _Said(s.one, s.other, (block, m.start(), m.end()))


def _pointed(page: Page, block: BlockReading, span: Span, apart: list[_Said]) -> Iterator[_Said]:
    """其实这就是乙: said of the name that its sentence, up to there, ends with, or else the one before; 叫法不同罢了:
    of the two that are named there. Only the names that another place tells apart are looked for."""
    text, sentence = block.folded.chars, span.sentence
    if is_question(span, text):
        return
    n = block.spans.index(span)
    for way in (_THAT_IS, _ONE_IN_SHORT):
        # The beginning of a sentence counts as one for the words.
        m = way.search(text[sentence.start : sentence.end])
        if m is None:
            continue
        start, end = sentence.start + m.start(), sentence.start + m.end()
        clause = next((c for c in sentence.clauses if c.start <= start < c.end), None)
        if clause is None or _told(page, block, span, _ONE, sentence.clauses.index(clause)):
            continue
        before = text[sentence.start : start]
        if len(before) < _LEAST and n:
            before = text[block.spans[n - 1].sentence.start : start]
        for s in apart:
            for one, other in ((s.one, s.other), (s.other, s.one)):
                named = _same(m["b"], other) if way is _THAT_IS else _core(other) in before
                at = before.rfind(_core(one))
                if named and at >= 0 and (way is _ONE_IN_SHORT or not re.search(r"[,。;]", before[at:].rstrip(",。;"))):
                    yield _Said(one, other, (block, start, end))
                    return


def _answer(page: Page, block: BlockReading, n: int) -> tuple[bool, Piece] | None:
    """What the sentence after a question answers, yes or no."""
    if n + 1 < len(block.spans):
        where, span = block, block.spans[n + 1]
    elif block.index + 1 < len(page.blocks) and page.blocks[block.index + 1].spans:
        where = page.blocks[block.index + 1]
        span = where.spans[0]
    else:
        return None
    clause = span.sentence.clauses[0]
    text = where.folded.chars
    for agreed, words in ((True, _YES), (False, _NO)):
        if words.match(text, clause.start, clause.end):
            return agreed, (where, clause.start, clause.end)
    return None


def _alike(a: _Said, b: _Said) -> bool:
    """Whether both speak of the same two things."""
    return (_same(a.one, b.one) and _same(a.other, b.other)) or (_same(a.one, b.other) and _same(a.other, b.one))


def _same(a: str, b: str) -> bool:
    """Whether two names are of one thing: equal but for words before them (医保亲情账户) or a tail that says little
    (家庭共济功能)."""
    if a == b:
        return True
    ways = product({a, _core(a)}, {b, _core(b)})
    return any(min(len(x), len(y)) >= _LEAST and (x.endswith(y) or y.endswith(x)) for x, y in ways)


_LONGEST = 16
"""A longer heading is no name (characters)."""
_LEAST = 3
"""A shorter name ends too many others (characters)."""


def _core(name: str) -> str:
    """A name without a tail that says little, unless hardly anything would be left."""
    cut = _TAIL.sub("", name)
    return cut if len(cut) > _LEAST else name
