"""Whether what is allowed in one sentence and forbidden in another is one thing: the same act in the same case."""

from __future__ import annotations

import re

import msgspec

from audit.linters.later import later
from audit.linters.permits import Rule

_EXCEPTION = later(
    r"特殊|确[因需有]|经.{0,6}(?:批准|同意|审核)|因|除|例外|符合|满足|条件|如|若|的[,话]|的$|不|未|没|无|只要|只有"
)
# What says nothing of a case.
_NEUTRAL = later(
    r"具体|详细|小?贴士|温馨|友情|(?:需要?)?(?:注意|说明|提醒|强调|指出)的是|已经?|任何人?|一律|所有|全部|仍然?|依然|也|事后|"
    r"(?<![未不没])(?:绑定|办理|开通|参保|缴费|登录|注册)(?:成功|完成)?后|"
    r"为(?:了|保障|确保|防止|避免|方便)[^,]{1,12},|另外|此外|特别|办理|申请|因?(?:其他)?原因|情况下?|情形|人员|参保人|"
    r"当事人|用户|大家|我们|您|你|我|其(?!他|余)|该|此|这|那|都|均|还|则|就|又|并且?|而且?|且|目前|现在|如今|今后|随时|"
    r"(?:按照?|根据|依据)?(?:有关|相关|现行|最新)?(?:规定|政策)|说明|条件|限制|须知|注意事项|注意|提示|提醒|总结|结论|"
    r"[一二三四五六七八九十\d]+[、.)]|\(\d+\)|要求|常见问题|问题|问答|解答|答案?(?=[:,])|基本医疗保险|医疗保险|医保|如何|"
    r"怎么(?:办理?)?|怎样|的话|方面|方式|方法|渠道|流程|步骤|[吗呢的了在于是为和与及或以对把将由从其之后时,、:;()?!\-·]"
)
# What tells one case from another, where it is said of one only.
_APART = later(
    r"\d|[一二两三四五六七八九十半]+(?:年|个?月|天|日|次|级|档|类)|不|未|没|无|非|除|仅|只|如|若|因|符合|满足|特殊|职工|居民|退休|"
    r"在职|学生|儿童|孩子|老人|老年|单位|企业|公司|个人|灵活|农民|外省|外地|异地|本市|本地|本省|省内|市内|跨|门诊|住院|急诊|药店|"
    r"社区|线上|线下|手机|窗口|现场|之前|以前|以内|期间|父母|配偶|子女|兄弟|祖|孙|媳|婿|岳|本人|他人|家属|家人|[省市县区]"
)
_TIME = later(
    r"(?:绑定|参保|办理|缴费|开通|签约)?(?:后|之后)?(?:未|不)?(?:满|足|到)?[\d一二两三四五六七八九十半]+(?:年|个?月|天|日|周)(?:之?前|之?内|以内|期间|期)?"
)
_WHO_AND_HOW = later(r"授权人|共济人|参保人|职工|本人|双方|任何一方|手机上?|线上|网上|窗口|app|小程序|平台")
_LEAST_SHARED = 2
"""Words of a case that two rules must share where they do not put it in the same words."""


def contrary(a: Rule, b: Rule) -> bool:
    """Whether one rule allows what the other forbids, of the same case."""
    if a.allowed == b.allowed or not (a.act.endswith(b.act) or b.act.endswith(a.act)):
        return False
    act = min(a.act, b.act, key=len)
    return _same_case(_of_act(a, act), _of_act(b, act))


def _of_act(rule: Rule, act: str) -> Rule:
    """A rule with its act cut to the verb: 凭发票到窗口补报 is 补报, in a case of its own."""
    if rule.act == act:
        return rule
    return msgspec.structs.replace(rule, act=act, context=f"{rule.context},{rule.act[: -len(act)]}")


def _same_case(a: Rule, b: Rule) -> bool:
    if a.span is b.span and any(g.contrast for g in a.span.grammars[min(a.at, b.at) + 1 : max(a.at, b.at) + 1]):
        return False  # 不得补缴,但经批准的可以补缴
    # 不得补缴。但…可以补缴: the second answers the first.
    if any(y.contrast and not x.contrast and _next_to(x, y) for x, y in ((a, b), (b, a))):
        return False
    if _within(a, b) and _within(b, a):
        return True
    return not (_next_to(a, b) or _next_to(b, a)) and any(
        _overruled(special, general) or _some_time(special, general) for special, general in ((a, b), (b, a))
    )


def _overruled(special: Rule, general: Rule) -> bool:
    """Whether a rule for some case meets one said of every case; it is no exception that the text calls one."""
    if not general.universal or special.contrast or _EXCEPTION.search(special.context):
        return False
    if _within(general, special):
        return True
    other = _texts(special, general)
    shared = {w for w in _shared(general.context, special.context) if _NEUTRAL.sub("", w)}
    return len(shared) >= _LEAST_SHARED and not _APART.search(left_over(general.context + general.around, other))


def _some_time(special: Rule, general: Rule) -> bool:
    """随时可以解绑 / 满一年之前不得解绑: at any time, and not at some."""
    if not general.ever or not _TIME.search(special.context):
        return False
    rest = left_over(_TIME.sub("", special.context), _texts(general, special))
    own = left_over(general.context, _texts(special, general))
    return not _WHO_AND_HOW.sub("", rest) and not _WHO_AND_HOW.sub("", own)


def _next_to(first: Rule, second: Rule) -> bool:
    """Whether the second rule stands in the sentence after the first's."""
    return first.block is second.block and 0 <= second.span.sentence.start - first.span.sentence.end <= 2


def _within(a: Rule, b: Rule) -> bool:
    """Whether all that `a` names of its case is named of `b` too."""
    other = _texts(b, a)
    if left_over(a.around, f"{other},{b.sentence}"):
        return False
    # 个人辞职或断缴: it holds of either.
    return any(not left_over(part, other) for part in re.split(r"或者?", a.context) if part or a.context == "")


def _texts(of: Rule, beside: Rule) -> str:
    """All that is said of the case of a rule; with what every rule of the part stands under."""
    return ",".join((of.context, of.act, of.around, of.common, beside.common, beside.act))


def left_over(words: str, others: str) -> str:
    """What `words` say besides what `others` say and what says nothing of a case."""
    kept: list[str] = []
    at = 0
    while at < len(words):
        longest = _common(words, at, others)
        kept.append("," if longest >= 2 else words[at])
        at += max(1, longest if longest >= 2 else 1)
    return _NEUTRAL.sub("", "".join(kept))


def _shared(words: str, others: str) -> list[str]:
    """The pieces of two characters or more that `words` has from `others`."""
    found: list[str] = []
    at = 0
    while at < len(words):
        longest = _common(words, at, others)
        if longest >= 2:
            found.append(words[at : at + longest])
        at += max(1, longest)
    return found


def _common(words: str, at: int, others: str) -> int:
    longest = 0
    while at + longest < len(words) and words[at : at + longest + 1] in others:
        longest += 1
    return longest
