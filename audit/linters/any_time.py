"""Allowed at any time, forbidden for a time (随时可以解绑 / 未满一年不能解绑); forbidden in all cases, allowed in one
(一律不予补报 / 可以到窗口补报)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from msgspec.structs import replace

from audit.linters.assertions import Assertion, assertions
from audit.linters.cases import left_over
from audit.linters.enumerations import NUMBER
from audit.linters.later import later
from audit.linters.page import Page
from audit.linters.permits import NO, YES, Rule, act_of, firm, rule
from audit.linters.told import judged

_SPAN = rf"(?:{NUMBER}|半|几|多少)(?:个?(?:自然|工作|结算|缴费)?(?:年度?|月|季度|星期|周|天|日)|个?半年)"
_SINCE = (
    r"(?:(?:自|从|在)?(?:首次|成功)?(?:绑定|办理|签约|签订|开通|参保|登记|备案|缴费|设立|建立|生效|授权|开户|选定|变更)(?:成功|之日|当日|关系)*"
    r"(?:起算?|之?后|以来|时间|时长)?的?)?"
)
_ANY_TIME = later(
    r"随时(?:随地)?|任何时候|任何时间|任意时间|什么时候|何时|不限(?:时间|次数)|不受(?:时间|次数)(?:的)?限制|(?:没有|无)(?:时间|次数)限制|"
    r"想.{1,6}?就(?=能|可)|想(?P<act>[\u4e00-\u9fff])(?:就|[就都]?(?:随时|什么时候|啥时候|何时)[都就]?(?:能|可以)?)(?P=act)"
)
_FOR_A_TIME = later(
    rf"{_SINCE}(?:未满|不满|不到|不足|没满|没到|未到){_SPAN}|{_SINCE}满?{_SPAN}(?:之?前|之?内|以内|期间|期满前)"
)
# 满一年才能解绑, 一年只能改一次: what is not yet so, or not again, is forbidden.
_ONLY_THEN = later(
    rf"{_SINCE}(?:须|需|要|必须|应)?{_SINCE}满{_SPAN}(?:之?后|以上)?,?(?:才|方|始)(?:可以?|能够?|允许|准)"
    rf"|(?:每|{_SPAN}(?:之?内)?)(?:个?(?:自然|结算)?(?:年度?|月|季度))?(?:只|仅|最多只?|至多)(?:能够?|可以?|允许)"
)
_ALL_CASES = later(r"(?:一律|一概|统统|概|任何情况下?都?|无论[^,。;]{1,8}都|绝对|全都)$")
_TERM = later(rf"(?:{_FOR_A_TIME.pattern})的?")
_BARE_TERM = later(rf"(?:{_FOR_A_TIME.pattern})(?:的|者|时)?")
_IF = later(r"如果?(?!何)|若|假如|一旦|凡是?")
_ONCE_MORE = later(r"[一1][次回]")
_CASE = later(
    r"职工|居民|灵活就业|新农合|在职|退休|失业|学生|儿童|新生儿|婴儿|大病|慢特病|慢性病|门诊|住院|药店|异地|跨省|省内|省外|外省|本地|本市|"
    r"市内|单位|企业|公司|线上|线下|窗口(?!补)|家属|家人|亲属|使用人|被共济人|被授权人|军人|农民工|低保|特困|离职|死亡|去世|离婚|出国|"
    r"[\u4e00-\u9fff]{2,3}(?:省|市|州)|20\d\d"
)
_EXCEPTIONAL = later(
    r"但|(?<![解免开删排])除(?!名)|例外|特殊|特别情况|批准|同意的|审批|原因|不可抗力|另有|者$|"
    r"(?:的|人员|情形)(?:,|$)"
)
_ASIDE = later(
    r"那(?:[几些]个?|段)?(?:年|月|日子|时间|时候)?|这(?:[几些]个?|段)?(?:年|月|日子|时间|时候)?|期间|时段|自己|自行|个人|本人|"
    r"先行|垫付|垫的?|掏的?|产生|发生|花的?|费用?|钱|发票|票据|单据|账单|清单|部分|一律|一概|统统|概|任何情况下?|绝对|全|[人您你我]"
)


def at_any_time(page: Page) -> Iterator[tuple[Rule, Rule]]:
    """Every rule that allows an act at any time, with each that forbids it for a time."""
    free: list[tuple[Rule, str]] = []
    bound: list[tuple[Rule, str]] = []
    for said in assertions(page):
        words = _with_term(said)
        any_time, only = _ANY_TIME.search(words), _ONLY_THEN.search(words)
        for_a_time = _FOR_A_TIME.search(words)
        # The term is a condition of its own, and the one that is meant.
        grammar = replace(said.grammar, condition=False) if only or for_a_time else said.grammar
        if said.block.block.kind == "cell" or not firm(grammar) or _IF.search(words):
            continue
        if only is not None:
            act, _ = act_of(_ONCE_MORE.sub("", words[only.end() :]))
            if act is not None:
                bound.append((rule(page, said, False, act, words[: only.start()]), words[: only.start()]))
            continue
        if any_time is not None and any_time["act"] and for_a_time is None:
            rest = words[: any_time.start()]  # 想解就解
            free.append((rule(page, said, True, any_time["act"], rest), rest))
            continue
        m = _modal(words, NO if for_a_time is not None else YES)
        if m is None or (for_a_time is None) == (any_time is None):
            continue
        act, moved = act_of(_ANY_TIME.sub("", words[m.end() :]))
        cut = for_a_time or any_time
        if act is None or cut is None or (for_a_time is not None and cut.start() > m.start()):
            continue
        rest = _ANY_TIME.sub("", _FOR_A_TIME.sub("", words[: m.start()]))
        (free if for_a_time is None else bound).append((rule(page, said, for_a_time is None, act, rest + moved), rest))
    for (yes, of_yes), (no, of_no) in product(free, bound):
        one = not _own(of_yes, no) or not _own(of_no, yes)
        if one and _one_act(yes.act, no.act) and _one_case(yes, no) and judged(page, yes.piece, no.piece) is None:
            yield yes, no


def _with_term(said: Assertion) -> str:
    """The words of a clause, with the clause before where that is no more than a term (未满一年的,不得解绑)."""
    if said.at == 0:
        return said.words
    before = said.span.sentence.clauses[said.at - 1]
    words = said.block.folded.chars[before.start : before.end]
    return words + said.words if _BARE_TERM.fullmatch(words) else said.words


def in_no_case(page: Page) -> Iterator[tuple[Rule, Rule]]:
    """Every rule that allows an act of a thing, with each that forbids it of that thing without exception."""
    never: list[Rule] = []
    allowed: list[Rule] = []
    for said in assertions(page):
        words = said.words
        if said.block.block.kind == "cell" or said.grammar.asks:
            continue
        denied, granted = _modal(words, NO), _modal(words, YES)
        if denied is not None and _ALL_CASES.search(words, 0, denied.start()):
            act, _ = act_of(words[denied.end() :])
            if act is not None and len(act) <= 4 and firm(said.grammar):
                never.append(rule(page, said, False, act, words[: denied.start()]))
        elif denied is None and granted is not None and not said.grammar.unsure:
            act, _ = act_of(words[granted.end() :])
            if act is not None:
                allowed.append(rule(page, said, True, act, words[: granted.start()]))
    for yes, no in product(allowed, never):
        if yes.span is no.span or not yes.act.endswith(no.act) or len(yes.act) == len(no.act):
            continue
        told = yes.block.folded.chars[yes.span.sentence.start : yes.span.sentence.end]
        if _EXCEPTIONAL.search(told) or _cases(no) - _cases(yes) or yes.contrast:
            continue
        whole = ",".join((told, yes.around, yes.common))
        if _shared(no.context, whole) < 2 or _ASIDE.sub("", left_over(_ASIDE.sub(",", no.context), whole)):
            continue
        if judged(page, yes.piece, no.piece) is None:
            yield yes, no


def _modal(words: str, way: re.Pattern[str]) -> re.Match[str] | None:
    """The last of the words that allow, or forbid."""
    return next(iter(reversed(list(way.finditer(words)))), None)


def _one_act(a: str, b: str) -> bool:
    """解约 and 解约手续: one begins or ends with the other."""
    short, long = sorted((a, b), key=len)
    return long.startswith(short) or long.endswith(short) or (len(short) == 1 and short in long and len(long) <= _VERB)


_VERB = 4
"""Characters of an act that is a verb with hardly more."""


def _own(words: str, other: Rule) -> str:
    """What a clause names (密码随时可以改) that the other rule (手机号一年内不得改) does not."""
    sentence = other.span.sentence
    whole = ",".join((other.block.folded.chars[sentence.start : sentence.end], other.around, other.common))
    return _ASIDE.sub("", left_over(_ASIDE.sub(",", words), whole))


def _cases(one: Rule) -> set[str]:
    sentence = one.block.folded.chars[one.span.sentence.start : one.span.sentence.end]
    return set(_CASE.findall(",".join((sentence, one.around, one.common))))


def _one_case(yes: Rule, no: Rule) -> bool:
    """Whether neither names a scheme, a place or people that the other does not, nor an exception."""
    sentences = [_TERM.sub("", r.sentence) for r in (yes, no)]
    if any(_EXCEPTIONAL.search(s) for s in sentences) or yes.contrast or yes.span is no.span:
        return False
    return _cases(yes) == _cases(no)


def _shared(words: str, others: str) -> int:
    """How many pairs of characters of `words` that say something stand in `others` too, those overlapping once."""
    n = at = 0
    plain = _ASIDE.sub(",", words)
    while at < len(plain) - 1:
        pair = plain[at : at + 2]
        if "," not in pair and "的" not in pair and pair in others:
            n, at = n + 1, at + 2
        else:
            at += 1
    return n
