"""What a heading says, as claims: in so many words, or by what it announces (跨省办理流程: it can be done)."""

from __future__ import annotations

from msgspec.structs import replace

from audit.linters.later import later
from audit.linters.page import Page
from claims.article import Block, Part, Text
from claims.extraction import claims_of, read_parts
from claims.model import Claim
from claims.reading import BlockReading

_ORDINAL = r"[一二三四五六七八九十\d]{1,3}"
_NUMBERING = later(rf"\s*(?:第?{_ORDINAL}[、.．)）:：步章节]|[(（]{_ORDINAL}[)）]|[#*\-])\s*")
_NOUNS = r"流程|步骤|方法|方式|办法|指南|攻略|教程|操作|渠道|入口|途径|手续|指引|全攻略|全流程"
_HOW = later(
    r"(?P<x>[^,，。;；:：!！?？()（）]{2,20}?)的?(?:具体|详细|线上|线下|办理|操作|申请|完整|两种|几种)*的?"
    rf"(?:{_NOUNS})$"
)
_HOW_DONE = later(
    r"(?P<x>[^,，。;；:：!！?？()（）]{2,20}?)(?:(?:怎么|如何|怎样)(?:办理|操作|申请|弄)|(?<=共济|绑定|缴费|代缴|报销|备案|使用)怎么办)[?？]?$"
)
_HOW_ASKED = later(r"(?:怎么|如何|怎样|咋)(?P<x>[^,，。;；:：!！?？()（）]{2,20}?)[?？]?$")
_TEACHES = (
    r"(?:一步步|一步一步|手把手|分步|逐步)?(?:教你|教会你|教大家|带你|跟我学|跟着做|照着做|图解|详解|攻略|教程|"
    r"[一二两三四五六\d]步(?:走|搞定|完成|办好|学会|到位)|一看就会|一学就会)"
)
_HOW_TAUGHT = later(
    r"(?P<x>[^,，。;；:：!！?？()（）]{2,20}?)(?:怎么|如何|怎样|咋)(?P<v>绑定?|添加|加|办理?|用|使用|开通|共济|花|缴费?|报销)"
    rf"[?？,，!！:：— ]*{_TEACHES}"
)
_TAUGHT_TO = later(rf"{_TEACHES}(?P<x>[^,，。;；:：!！?？()（）]{{2,20}}?)[!！~]?$")
_TAUGHT = later(rf"(?P<x>[^,，。;；:：!！?？()（）]{{2,20}}?)[,，:： ]*{_TEACHES}[!！~]?$")
_AS_EXAMPLE = later(r"以(?P<x>[^,，。;；:：()（）]{2,16})为例")
_NOT_SAID = later(r"不|无法|未|没|能否|可否|是否|吗|限制|禁止|取消|暂停|区别|[?？]$")
_ASKED = later(
    r"能否|可否|是否|吗|[?？]$|几|多少|哪|谁|什么|怎|如何|还是|[能会可要行有用]不[能会可要行有用]|没有?$|呢$|"
    r"(?P<yes>[\u4e00-\u9fff]{1,2})[不没](?P=yes)"  # 跨不跨省, 参没参保
)
_MYTHS = later(
    r"误区|误解|谣言|流言|传言|传闻|听说|网传|真假|辟谣|真相|这些说法|几种说法|别信|错误|纠错|澄清|靠谱"
)


def section(page: Page, heading: BlockReading) -> list[BlockReading]:
    """The blocks below a heading, with those below its own subheadings; of the part's title, all."""
    if heading.block.kind == "title":
        return [b for b in page.blocks if b.index > heading.index]
    return [b for b in page.blocks if heading.index in b.block.headings]


def said_by(page: Page, heading: BlockReading) -> list[tuple[Claim, tuple[int, int]]]:
    """The claims that a heading makes or takes for granted, each with the span of the heading's own text that does.

    A heading is no assertion where it is read in its place; here its words are read as a sentence below the title.
    """
    if is_reported(page, heading):
        return []
    text = heading.block.text
    number = _NUMBERING.match(text.chars)
    start = number.end() if number else 0
    if start >= len(text.chars):
        return []
    whole = text.slice(start, len(text.chars))
    found: list[tuple[Claim, tuple[int, int]]] = []
    if not _ASKED.search(whole.chars):
        found += [(c, (start, len(text.chars))) for c in _read(page, heading, whole)]
    if found:
        return found
    for pattern in (_AS_EXAMPLE, _HOW_DONE, _HOW_TAUGHT, _TAUGHT_TO, _TAUGHT, _HOW_ASKED, _HOW):
        m = pattern.search(whole.chars)
        if m is None or _NOT_SAID.search(m["x"]):
            continue
        span = (start + m.start("x"), start + m.end("x"))
        announced = text.slice(*span)
        # 跨省亲人怎么绑 takes for granted 跨省亲人可以绑.
        asked = [("", f"可以{m['v']}")] if pattern is _HOW_TAUGHT else [("可以", ""), ("可以", "办理")]
        for before, after in asked:
            claims = _read(page, heading, _sentence(before, announced, after))
            if claims:
                return [(c, (start + m.start(), start + m.end())) for c in claims]
    return []


def is_reported(page: Page, heading: BlockReading) -> bool:
    """A heading in quotation marks, among myths, or denied by the first words below it: what others say."""
    text = heading.folded.chars
    if any(end - start >= len(text) - 4 for start, end in heading.folded.quoted):
        return True
    above = (*page.headings(heading), heading, *([page.title] if page.title is not None else []))
    if any(_MYTHS.search(h.folded.chars) for h in above):
        return True
    below = next((b for b in page.blocks[heading.index + 1 :] if b.spans), None)
    if below is None:
        return False
    first = below.spans[0]
    return first.grammars[0].denies or first.sentence.end - first.sentence.start <= 6


def _sentence(before: str, text: Text, after: str) -> Text:
    """Words put round a text stand where it begins and ends."""
    first, last = text.starts[0], text.ends[-1]
    return Text(
        before + text.chars + after,
        (first,) * len(before) + text.starts + (last,) * len(after),
        (first,) * len(before) + text.ends + (last,) * len(after),
    )


def _read(page: Page, heading: BlockReading, text: Text) -> list[Claim]:
    """The claims of a text that stands alone below the part's title."""
    blocks = [Block("paragraph", text)]
    title = None
    if page.title is not None and page.title is not heading:
        blocks.insert(0, page.title.block)
        title = 0
    part = Part(page.reading.part.name, tuple(blocks), title, page.reading.part.date)
    article = replace(page.article, parts=(part,))
    return [c for c in claims_of(article, read_parts(article, page.domain), page.domain) if c.value is not None]
