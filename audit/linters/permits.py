"""What a sentence allows or forbids: an act, and what is said of when and for whom. Two of them speak of one thing only
where neither names a condition, a person or a place that the other does not."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from audit.linters.assertions import Assertion, assertions
from audit.linters.later import later
from audit.linters.page import Page, Piece
from claims.groups import dependent
from claims.language.grammar import Grammar
from claims.reading import BlockReading, Span

_NOT_BEFORE = r"(?<![功性智职才只仅方可许认])"
NO = later(
    r"不可以|不可(?![抗避或分靠])|不能够?(?!不)|不得(?![不以已])|不允许|不准(?!确)|不许|禁止|严禁|无法|没法|不支持|"
    r"不再允许|不再支持|不予|不接受|谢绝"
)
YES = later(
    rf"{_NOT_BEFORE}(?:可以(?!不)|可(?![能靠是见惜观持谓否以支]|不可)|能够?(?![力源否不耗效])|允许|准许|容许|有权|"
    r"准予|支持|接受)"
)
_MODAL = later(rf"(?P<no>{NO.pattern})|(?P<yes>{YES.pattern})")
_PREDICATE = later(
    rf"{_MODAL.pattern}|必须|务必|不用|无需|不必|由(?=[\u4e00-\u9fff]{{1,8}}(?:代|发|办|负责|承担|支付))"
)
_ASKS_FOR = later(r"(?:绑定|办理|操作|缴费)?(?:之?前|之?后|时)?(?:请|敬请|建议|记得|别忘|务必)")
_DOUBT = later(
    r"(?:是否|能否|可否|并非|不是|绝非|未必|不一定|难道|谁说|误?以为|会不会|无论|不管|不论|假如|如果|除非|只有)$"
)
_PHRASE = later(r"^(?:在|于|自)[^,]{0,12}?(?:内|前|后|中|时|期间|线上|网上|手机上|平台上?|窗口|现场|大厅)")
_ADVERBS = later(
    r"^(?:先|首先|事先|提前|直接|继续|再次?|自行|及时|随时|同时|一并|正常|依法|按规定|按时|申请|办理|进行|提出|予以|给予|被|"
    r"去|来|到|前往|自己|亲自|事后|马上|立即|也|都|就)+(?=.{2})"
)
_UNIVERSAL = later(r"一律|任何|所有|全部|绝对|坚决|统统")
_EVER = later(r"随时|任何时候|什么时候都|无论何时")
_UNDO = later(
    r"^(?:解除|取消|撤销|解开)(?:共济|家庭共济)?(?:(?:绑定|授权)(?:关系)?|关系)$|^(?:解除|解绑)(?:关系)?$"
)
_AFTER = later(r"(?:的|了|哦|呢|吧|啊)$")
# 可以补缴的人员 names those who may; it says nothing of an act.
_NAMES = later(
    r"的(?:人员|人群|人|情形|情况|情景|条件|地区|地方|城市|省份|对象|原因|时候|材料|渠道|方式|项目|病种|药品|费用)$"
)
_SAME_ACT = (
    ("补交", "补缴"), ("补费", "补缴"), ("提取现金", "提现"), ("取现", "提现"), ("套取现金", "套现"), ("缴纳", "缴"),
    ("交纳", "缴"),
)  # fmt: skip


class Rule(msgspec.Struct, frozen=True):
    """`allowed` of `act`; `context` is what the sentence says before it, `around` what its headings and stem say.
    `common` is the title, which every rule of a part stands under. `universal`: said of every case (一律, 任何);
    `ever`: of every time (随时)."""

    allowed: bool
    act: str
    context: str
    around: str
    common: str
    piece: Piece
    block: BlockReading
    span: Span
    at: int
    contrast: bool = False
    universal: bool = False
    ever: bool = False

    @property
    def sentence(self) -> str:
        return self.block.folded.chars[self.span.sentence.start : self.span.sentence.end]


def rules(page: Page) -> Iterator[Rule]:
    """All that a part allows or forbids outright, the same words once."""
    seen: set[tuple[bool, str, str, str, bool]] = set()
    for said in assertions(page):
        if said.block.block.kind == "cell" or not firm(said.grammar):
            continue
        found = _rule(page, said)
        if found is None:
            continue
        key = found.allowed, found.act, found.context, found.around, found.contrast
        if key not in seen:
            seen.add(key)
            yield found


def rule(page: Page, said: Assertion, allowed: bool, act: str, context: str) -> Rule:
    """The rule that an assertion states; `context` is what its clause says besides the act."""
    return Rule(
        allowed=allowed,
        act=act,
        context=_earlier(said) + context,
        around=around(page, said.block),
        common=title_of(page),
        piece=said.piece,
        block=said.block,
        span=said.span,
        at=said.at,
        contrast=said.grammar.contrast or said.span.grammars[0].contrast,
        universal=bool(_UNIVERSAL.search(said.words)),
        ever=bool(_EVER.search(said.words)),
    )


def _earlier(said: Assertion) -> str:
    """What the clauses before one in its sentence say of its case; of one with a rule of its own, the subject."""
    text = said.block.folded.chars
    kept: list[str] = []
    for clause, grammar in zip(said.span.sentence.clauses[: said.at], said.span.grammars, strict=False):
        words = text[clause.start : clause.end]
        if grammar.irrelevant or _ASKS_FOR.match(words):
            continue  # 绑错了也不打紧; 请考虑清楚
        m = _PREDICATE.search(words)
        kept.append(words[: m.start()] if m and not dependent(text, clause, grammar) else words)
    return ",".join([*kept, ""])


def firm(grammar: Grammar) -> bool:
    """Said of now and of every case: not usually, perhaps, somewhere, one day or once."""
    unfirm = grammar.usual or grammar.maybe or grammar.some or grammar.unsure or grammar.future or grammar.condition
    return not (unfirm or grammar.concession or grammar.asks or (grammar.past and not grammar.now))


def _rule(page: Page, said: Assertion) -> Rule | None:
    text, clause = said.block.folded.chars, said.clause
    modals = list(_MODAL.finditer(text, clause.start, clause.end))
    if not modals:
        return None
    m = modals[-1]
    act, moved = act_of(text[m.end() : clause.end])
    before = text[clause.start : m.start()]
    if act is None or _DOUBT.search(before) or (clause.closed_by == ":" and ("的" in act or _lists(said))):
        return None
    return rule(page, said, m["yes"] is not None, act, before + moved)


def _lists(said: Assertion) -> bool:
    """Whether a label only announces what is listed: 可以支付:门诊、住院. One that is explained says what it says."""
    clauses, grammars = said.span.sentence.clauses, said.span.grammars
    if said.at + 1 >= len(clauses):
        return True
    after, grammar = clauses[said.at + 1], grammars[said.at + 1]
    text = said.block.folded.chars
    return not (dependent(text, after, grammar) or grammar.sign or grammar.must)


def act_of(words: str) -> tuple[str | None, str]:
    """The act that stands behind 可以 or 不得, without what may stand before any act; and a time or place (在期限内)
    that stands there. The act is None where there is none."""
    words = re.sub(r"\([^()]*\)", "", words)
    moved = ""
    while True:
        plain = _ADVERBS.sub("", words)
        phrase = _PHRASE.match(plain)
        if phrase is None:
            break
        moved, words = moved + phrase[0], plain[phrase.end() :]
    act = _UNDO.sub("解绑", _AFTER.sub("", plain))
    if len(act) < 2 or act[0] in "不没未" or _NAMES.search(act):
        return None, moved
    for one, other in _SAME_ACT:
        act = act.replace(one, other)
    return act, moved


def title_of(page: Page) -> str:
    return page.title.folded.chars if page.title is not None else ""


def around(page: Page, block: BlockReading) -> str:
    """The headings above a block and the stem of its list."""
    stem = page.stem(block)
    if stem is not None and len(stem.folded.chars) < _SHORTEST_STEM:
        stem = None  # 能: an answer over the list of its reasons
    blocks = [b for b in (*page.headings(block), *([stem] if stem is not None else [])) if b is not page.title]
    return ",".join(dict.fromkeys(b.folded.chars for b in blocks))


_SHORTEST_STEM = 4
"""Characters; what is shorter introduces nothing."""
