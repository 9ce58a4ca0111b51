"""# heading-mismatch（标题与正文不符）

## 是什么

标题（或小标题）预告一件事，下面的正文说的却相反或是另一件事：“办理流程（以跨省为例）”下面写着须在同省参保；标题写“无需备案”，
正文写“需先备案”；标题是2024年的标准，正文是2025年的；标题问甲病，正文答乙病；说是本地的医院，列的是外地的。

## 为什么要紧

读者按标题找内容，很多人只看标题。

## 例子

- 小标题：跨省共济办理流程。正文：双方须在同一省份参保。
- 标题：异地就医无需备案。正文：出发前需要备案。

## 怎么办

1. 让标题说正文所说的事。
2. 正文写错的，改正文。
3. 正文只说了标题的一部分的，在标题里写明。

## 级别

警告。

# heading-mismatch

## What it is

A heading or title announces one thing and what stands below says the opposite, or something else: “how to do it (across
provinces)” over a body that requires one province; “no registration needed” over “register first”; the rates of 2024
over those of 2025; one complaint in the title and another in the text; hospitals “of our city” that are elsewhere.

## Why it matters

Readers find their way by headings, and many read nothing else.

## Example

- Heading: 跨省共济办理流程. Body: 双方须在同一省份参保。
- Title: 异地就医无需备案. Body: 出发前需要备案。

## How to resolve it

1. Let the heading say what the body says.
2. If the body is wrong, correct that.
3. If the body covers only part of it, say so in the heading.

## Severity

Warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.linters.announcements import is_reported, said_by, section
from audit.linters.later import later
from audit.linters.modals import clauses_about, modals_of, set_apart
from audit.linters.page import Page, Piece, sentence_at, words
from audit.model import Defect, DefectCode, Quote
from audit.verdict import judge
from claims.language.gazetteer import lies_in
from claims.language.places import PlaceHit
from claims.language.places import find as find_places
from claims.model import Claim
from claims.reading import BlockReading

CODE: DefectCode = "heading-mismatch"

_OPPOSITE = frozenset(("self-contradiction", "contradiction"))
_OPEN = later(
    r"情形|情况|条件|哪些|什么|怎么|如何|范围|项目|人员|费用|注意|区别|吗|[?？]|是否|能否|可否|误区|谣言|的$|"
    r"(?P<yes>[\u4e00-\u9fff]{1,2})[不没](?P=yes)"
)
_CASES = later(
    r"(?:不能|不可以?|不予|不得|可以|能|可|需要?|无需)[\u4e00-\u9fff]{2,6}的|哪些[\u4e00-\u9fff]{1,8}(?:不?可以|不?能|不予)"
)
_EVERY = later(r"都|均|一律|全部|下列|以下")
_WAY = later(
    r"(?P<what>[\u4e00-\u9fff]{1,4}(?:办理|缴费|绑定|查询|报销|申请|备案|支付|参保))的?(?:流程|步骤|方法|方式|办法|渠道|入口|指南)"
)
_DENIED = later(r"(?:不支持|不能|无法|不可以?|未开通|尚未|没有?开通|取消了?|关闭了?|停止了?)[^,。;]{0,5}$")
_BUT = later(r"除|例外|特殊|但|如果|若|的话|仅限|部分|个别|以前|此前|原来|过去|以外|之外")
_TAIL = later(
    r"(?:去|到|找|看|推荐)?(?:哪家|哪个|哪里|哪些|什么|怎么|如何|怎样|多少|几|吗|能不能|是否|好不好|为什么).*$"
)
_STOP = later(r"症状|问题|情况|的|时|后|,|。|:|!|怎么|如何|建议|患者|是|推荐|为|可|应|属|通常|一般|较|有|和|与")
_YEAR = later(r"(?P<y>20\d\d)年度?(?P<noun>[\u4e00-\u9fff]{4,})")
_NEARBY = later(r"地区|周边|附近|邻近|外地|转诊|省内|全国|省会|异地|远程")
_HOSPITALS = later(r"(?:有|的)[^,。;:]{0,12}?(?:医院|机构|药店|门诊部)[^。;:]{0,40}:")
_HOSPITAL = later(r"(?:^|(?<=[。:;、,)]))(?P<name>[\u4e00-\u9fff]{4,24}?(?:医院|卫生院|中心|门诊部))")


def check(page: Page) -> Iterator[Defect]:
    for block in page.blocks:
        if block.block.kind in ("title", "heading"):
            yield from _claimed(page, block)
            yield from _opposed(page, block)
            yield from _other_year(page, block)
        yield from _elsewhere(page, block)
    if page.title is not None:
        yield from _other_thing(page, page.title)


# What the heading says as claims, against those below it.


def _claimed(page: Page, heading: BlockReading) -> Iterator[Defect]:
    below = section(page, heading)
    if not below:
        return
    spans = [b.block.text for b in below if b.block.text.chars]
    body = [
        c for c in page.claims
        if c.value is not None and any(t.starts[0] <= c.start and c.end <= t.ends[-1] for t in spans)
    ]  # fmt: skip
    if not body:
        return
    for said, (start, end) in said_by(page, heading):
        topic = page.domain.topics.get(said.topic)
        if topic is None:
            continue
        on_it = [c for c in body if c.topic == said.topic]
        against = [c for c in on_it if judge(said, c, topic).kind in _OPPOSITE and c.hedged != "maybe"]
        if not against or any(_agrees(said, c) for c in on_it):
            continue
        yield page.defect(
            CODE, _words(page, heading, start, end), [page.of_claim(c) for c in against], topic=said.topic,
            heading=heading.block.text.chars[start:end],
        )  # fmt: skip


def _agrees(said: Claim, claim: Claim) -> bool:
    return claim.value == said.value


def _words(page: Page, heading: BlockReading, start: int, end: int) -> Quote:
    """A span of a heading's own text, not folded."""
    origin = heading.folded.origin
    inside = [i for i, o in enumerate(origin) if start <= o < end]
    return page.quote((heading, inside[0], inside[-1] + 1))


# 无需备案 over 需要备案: the same act, the opposite duty or leave.


def _opposed(page: Page, heading: BlockReading) -> Iterator[Defect]:
    text = heading.folded.chars
    cases = _CASES.search(text) is not None
    if len(text) > 30 or "," in text or (_OPEN.search(text) and not cases) or is_reported(page, heading):
        return
    body = [b for b in section(page, heading) if b.block.kind in ("paragraph", "list_item")][:3]
    for said in modals_of(text):
        opposite: list[Piece] = []
        agrees = False
        for piece, same, grammar in clauses_about(said, body):
            clause = words(piece)
            agrees = agrees or same
            unsure = grammar.asks or grammar.condition or grammar.contrast or grammar.believes is not None
            if same or unsure or grammar.past or _BUT.search(clause) or set_apart(text, clause):
                continue
            if not cases or _EVERY.search(clause):
                opposite.append(piece)
        if opposite and not agrees:
            yield page.defect(CODE, (heading, said.start, len(text)), opposite[0], heading=text[said.start :])
            return
    yield from _announced(page, heading, body)


def _announced(page: Page, heading: BlockReading, body: Sequence[BlockReading]) -> Iterator[Defect]:
    """线上办理方式 over 暂不支持线上办理."""
    text = heading.folded.chars
    m = _WAY.search(text)
    if m is None or not body:
        return
    denied: Piece | None = None
    for block in body[:2]:
        for at in re.finditer(re.escape(m["what"]), block.folded.chars):
            lead = block.folded.chars[max(0, at.start() - 10) : at.start()]
            if not _DENIED.search(lead):
                return
            span = sentence_at(block, at.start())
            clause = next((c for c in span.sentence.clauses if c.start <= at.start() < c.end), None) if span else None
            if clause is not None and denied is None:
                denied = (block, clause.start, clause.end)
    if denied is not None:
        yield page.defect(CODE, (heading, m.start(), m.end()), denied, heading=m[0])


# 2024年…标准 over 2025年…标准.


def _other_year(page: Page, heading: BlockReading) -> Iterator[Defect]:
    m = _YEAR.search(heading.folded.chars)
    if m is None or len(set(re.findall(r"20\d\d", heading.folded.chars))) != 1:
        return
    below = section(page, heading)
    if any(m["y"] in b.folded.chars or f"{m['y'][2:]}年" in b.folded.chars for b in below):
        return
    for block in below[:3]:
        for other in _YEAR.finditer(block.folded.chars):
            if other["noun"][:4] == m["noun"][:4] and block.quantities:
                yield page.defect(
                    CODE, (heading, m.start(), m.end()), (block, other.start(), min(other.end(), other.start() + 24)),
                    reason="heading-year", a=m["y"], b=other["y"],
                )  # fmt: skip
                return


# The title's words taken up and then led elsewhere.


def _other_thing(page: Page, title: BlockReading) -> Iterator[Defect]:
    asked = _TAIL.sub("", title.folded.chars)
    lead = next((b for b in page.blocks if b.index > title.index and b.block.kind == "paragraph"), None)
    if lead is None or len(asked) < 12 or not lead.spans:
        return
    first = lead.folded.chars[: lead.spans[0].sentence.end]
    shared = next((asked[:n] for n in range(len(asked), 9, -1) if asked[:n] in first), None)
    if shared is None:
        return
    at = first.index(shared) + len(shared)
    ours = asked[len(shared) :]
    stop = _STOP.search(first, at)
    theirs = first[at : stop.start() if stop else len(first)]
    everything = "".join(b.folded.chars for b in page.blocks if b is not title)
    if not (3 <= len(ours) <= 12 and 2 <= len(theirs) <= 12) or ours in everything or set(ours) & set(theirs):
        return
    end = at + len(theirs)
    yield page.defect(
        CODE, (title, 0, len(asked)), (lead, first.index(shared), end), reason="heading-thing", a=ours, b=theirs
    )


# 本市有多家医院: hospitals of another city.


def _elsewhere(page: Page, block: BlockReading) -> Iterator[Defect]:
    text = block.folded.chars
    m = _HOSPITALS.search(text)
    if m is None:
        return
    announced = [p for p in find_places(text) if p.end <= m.start() + 1 and m.start() - p.end <= 4]
    if len(announced) != 1 or len(announced[0].names) != 1 or _NEARBY.search(text, announced[0].end, m.end()):
        return
    [here] = announced
    wrong: list[Piece] = []
    for where, start in [(block, m.end()), *((b, 0) for b in page.blocks if b.block.stem == block.index)]:
        chars = where.folded.chars
        starts = {start, *where.folded.gaps}
        for name in _HOSPITAL.finditer(chars, start):
            if name.start() not in starts and chars[name.start() - 1 : name.start()] not in ("", "。", ":", ";", "、"):
                continue
            places = [p for p in find_places(name["name"]) if len(p.names) == 1]
            if places and places[0].start == 0 and _apart(places, here):
                wrong.append((where, name.start(), name.end()))
    if wrong:
        yield page.defect(
            CODE, (block, here.start, m.end() - 1), wrong, reason="heading-place", place=text[here.start : here.end],
            listed="、".join(b.folded.chars[s:e] for b, s, e in wrong),
        )  # fmt: skip


def _apart(places: Sequence[PlaceHit], here: PlaceHit) -> bool:
    """Whether all places of a name lie outside, and none round, the one announced."""
    [home] = here.names
    return all(not lies_in(p.names[0], home) and not lies_in(home, p.names[0]) for p in places)
