"""What is said about a number beside it: that it is a limit, that it is about so much, what it is for each.

不超过, 最多, 至少, 满, 以内, 起; 约, 左右; 每人每年, 元/人·年, 单次, (含): read from the words before the number in
its own clause, and from those directly behind its unit. Text is folded.
"""

from __future__ import annotations

import re

import msgspec

# What may stand between a limit and its number: 最多可绑定6人. No digits, no end of a clause.
_GAP = r"[^,。;:!?、()\n\d一二三四五六七八九十百千万两%]"
_IS = (
    r"(?:(?:要求|应|须|需|可以?|必须)?"
    r"(?:为|是|达到?|在|于|到|按|至|即|有|每年|每人|每月|每次|人民币|[:¥约近了过])){0,3}"
)
_NOT = r"(?<![不未没得能可应宜别莫甭])(?<!不要)"
_NO_LIMIT = "(?<![年期权时界有无局极额上下])"  # 年限, 期限, 有限
# (words, what may stand behind them, bound, strict). The last one before the number decides, so none may match inside
# another.
_BEFORE = (
    (
        "不得?超过?|[别莫甭]超过?|不要超过?|不(?:能|可|宜|应|会)超过?|[未没]有?超过|不超出|不得?高于|不得?大于|不得?多于|不能多于|不突破",
        rf"{_GAP}{{0,12}}?{_IS}",
        "max",
        False,
    ),
    (
        "最多|至多|顶多|最高(?!人民法院|法)|最长|最大|上限|封顶线?|限额",
        rf"{_GAP}{{0,10}}?{_IS}",
        "max",
        False,
    ),
    (f"{_NO_LIMIT}限(?![额制定于期])", rf"{_GAP}{{0,3}}?{_IS}", "max", False),
    ("≤|<=|≦", "", "max", False),
    (f"{_NOT}(?:低于|少于|小于|短于)|(?<!得)不满|不足|未满|未达到?|不到|未到|没到|未足", "(?:上述|了)?", "max", True),
    ("<(?!=)", "", "max", True),
    ("不得?低于|不(?:能|应|宜)低于|不得?少于|不能少于|不小于|不短于", rf"{_GAP}{{0,12}}?{_IS}", "min", False),
    ("至少|最少|起码|最低|最短|下限|保底", rf"{_GAP}{{0,10}}?{_IS}", "min", False),
    ("(?<![不未期届美圆丰])满|(?<![未不高可])达到?|(?<![不未满充富])足|≥|>=|≧", "了?", "min", False),
    (f"{_NOT}(?:超过|高于|多于|大于|超出)|(?<![不得能可应宜未别莫甭])(?<!不要)超|逾", "了?", "min", True),
    (">(?!=)", "", "min", True),
)
_LIMIT = re.compile(
    "(?:.*)(?:" + "|".join(f"(?P<l{i}>(?:{w}){rest})" for i, (w, rest, _, _) in enumerate(_BEFORE)) + ")$", re.DOTALL
)
_MARK = re.compile(r"[超不未没≤≥<>≦≧最至顶上限封低少小短足满达起下保高多大逾]")
_ABOUT = re.compile(
    r"(?:(?<![预合签节违解条制公契失])约|大约|大概|差不多|大致|大体|接近|将近|(?<![附最邻相亲远临就新])近|估计)(?:[为需占有合是计]{0,2}|¥|人民币)$"
)
_LONGEST_ABOUT = 8
"""Characters: 大约人民币 and the like are no longer."""
NEARLY = re.compile(r"(?:接近|将近|(?<![附最邻相亲远临就新])近)$")

_AFTER = re.compile(
    r"(?P<incl>\(包?含(?:本数|[\d.]+[^\d()]{0,4})?\))|(?P<excl>\(不(?:包?含)(?:本数|[\d.]+[^\d()]{0,4})?\))|"
    r"(?P<about>左右|上下(?!级)|内外)|(?P<min>(?:及其?|或|和)?以上|起步?(?!付|算点|草|来|诉|效|因|源|点|居|伏|见|到)|打底)|"
    r"(?P<max>(?:及其?|或|和)?(?:以下|以内)|之内|封顶(?![线额标金的])|为限|为?上限(?![为是:]))|"
    r"(?P<inside>内(?![容科部外在涵分镜服用蒙地陆]))|"
    r"(?P<per>\(?(?:[/每](?:[/每·.、(一]{0,2}(?:人次|床日|自然年度|年度|学年|人|年|个月|月|天|日|次)){1,3})(?!\d)\)*|"
    r"一(?:年|个月|月|次|天|人)(?=[,。;!?)、\n]|$))"
)
# 一年内累计不超过5000元: what the limit is for; no count of years.
YEARLY = (
    r"一个?(?:自然|医保|结算|参保|保险)?年度(?:[内中里]|之内)|一个?(?:自然|医保|结算|参保|保险)?年度?(?:[内中里]|之内|下来)?"
    r"(?=,?(?:累计|最高|最多|至多|顶多|限|支付|可?报|能报|不超|封顶|总|合计|起付|上限))"
)
_PER_WORDS = re.compile(
    r"(?P<year>每(?:一|个|个?(?:自然|医保|参保|结算|保险|缴费))?年度?(?!\d{1,2}月)|每学年|年均|年人均|人年均|按年|全年|"
    r"(?<![\d每一半全当今去明次往同学百周成])年(?=缴|最高|封顶|支付|限额|起付|累计|报销|筹资|人均)|"
    r"(?<![\d〇一二三四五六七八九十])年度(?=内?(?:最高|累计|支付|限额|封顶|起付|基金|总|报销))|"
    rf"{YEARLY})|"
    r"(?P<month>每(?:一|个)?月|月均|月缴|月人均|人月均|按月|单月|当月|"
    r"(?<![个\d一二三四五六七八九十每当按本上下次])月(?=缴|标准|支付|限额|最高|封顶|额度))|"
    r"(?P<day>每(?:一|个)?(?:天|日|床日)|日均|单日|按日|(?<![\d一二三四五六七八九十])日(?=限额|最高))|"
    r"(?P<visit>每人次|每(?:一)?次|每诊次|单次|次均|单笔|每笔|按次|每住院一次)|"
    r"(?P<person>每人次?|人均(?!可支配|纯?收入|工资|生产|gdp|预期)|每一?[位名]|每个?(?:人|参保人|成员|居民|职工|家庭成员)|每一?(?:参保|缴费)(?:人|居民|职工))"
)
_PER_HINT = re.compile("[每均年月日次笔]")
_PER_BEHIND = (
    ("visit", re.compile("人次|次")), ("day", re.compile("床日|天|日")), ("month", re.compile("月")),
    ("year", re.compile("年")), ("person", re.compile("人(?!次)")),
)  # fmt: skip
_LEAD = re.compile(
    r"(?:每(?:人次|一?次|人|个?年度?|个?月|天|日|学年)|人均|年均|年人均|月均|次均|单次|单笔|不得?超过|不能超过|不高于|最多|至多|最高|顶多|至少|最少|最低|起码|"
    r"不得?低于|不得?少于|不多于|不大于|不小于|低于|少于|高于|多于|大于|小于|超过|不足|不满|未满|不到|满|达到?|逾|[≤≥<>]=?|大约|(?<![预合签节违解条制公契失大])约|大概|接近|将近|(?<![附最邻相亲远临就新接将])近|上限|(?<![年期权时界有无局极])限|"
    r"[为是可到达¥])+$"
)
_FILLERS = "为是可到¥"


class Before(msgspec.Struct, frozen=True):
    """`start`: where the words directly before the number, taken as one expression with it, begin."""

    start: int
    bound: str | None = None
    strict: bool = False
    approx: bool = False
    nearly: bool = False
    per: frozenset[str] = frozenset()


class After(msgspec.Struct, frozen=True):
    """`end`: where the words directly behind the unit end."""

    end: int
    bound: str | None = None
    strict: bool = False
    approx: bool = False
    inclusive: bool = False
    per: frozenset[str] = frozenset()


def before(text: str, since: int, at: int) -> Before:
    """What the words of `text[since:at]` say about the number at `at`: the rest of its clause up to there."""
    window = text[since:at]
    if not window:
        return Before(at)
    bound, strict = None, False
    if _MARK.search(window) and (m := _LIMIT.match(window)):
        bound, strict = next((b, s) for i, (_, _, b, s) in enumerate(_BEFORE) if m[f"l{i}"] is not None)
    per = frozenset(_per_words(window)) if _PER_HINT.search(window) else frozenset()
    last = max(0, len(window) - _LONGEST_ABOUT)
    near = NEARLY.search(window, last) is not None
    about = near or _ABOUT.search(window, last) is not None
    start = at
    if lead := _LEAD.search(window):
        start = since + lead.start() + len(lead[0]) - len(lead[0].lstrip(_FILLERS))
    return Before(start, bound, strict, about, near, per)


def after(text: str, at: int, lasting: bool) -> After:
    """What stands directly behind the unit that ends at `at`. `lasting`: it is a span of time (半年内)."""
    bound, strict, approx, inclusive = None, False, False, False
    per: set[str] = set()
    while m := _AFTER.match(text, at):
        kind = m.lastgroup
        if kind == "inside" and not lasting:
            break
        if kind == "per":
            rest = m[0]
            for name, words in _PER_BEHIND:
                if words.search(rest):
                    per.add(name)
            if "(" not in rest and ")" in rest:
                break
        elif kind == "incl":
            inclusive = True
        elif kind == "excl":
            strict = True
        elif kind == "about":
            approx = True
        elif bound is None:
            bound = "min" if kind == "min" else "max"
        else:
            break
        at = m.end()
    return After(at, bound, strict, approx, inclusive, frozenset(per))


def _per_words(window: str) -> set[str]:
    found: set[str] = set()
    for m in _PER_WORDS.finditer(window):
        found.add(str(m.lastgroup))
        if "人" in m[0] and m.lastgroup != "visit":
            found.add("person")
    return found
