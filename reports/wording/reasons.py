"""The reasons of `audit.verdict` as sentences. A test holds that every code has both languages."""

from __future__ import annotations

from collections.abc import Mapping

from reports.wording.terms import Pair

REASON: Mapping[str, Pair] = {
    "same-claim": ("两条是同一条说法", "they are one and the same claim"),
    "untyped": ("其中一条不属于任何主题，无从比较", "one of them is on no topic, so there is nothing to compare"),
    "topics-differ": ("主题不同：甲说的是“{a}”，乙说的是“{b}”", "two topics: A speaks of “{a}”, B of “{b}”"),
    "kinds-differ": ("两个取值不是同一类，无从比较", "the two values are not of one kind, so they cannot be compared"),
    "units-differ": ("单位不同，不能换算：甲是{a}，乙是{b}", "units that do not convert: {a} in A, {b} in B"),
    "values-meet": ("两个意思可以同时成立", "both values can be true"),
    "both-some": (
        "两方都只说部分地方或情形，可以各自成立",
        "each holds in some places or cases only, so both can be true",
    ),
    "scopes-disjoint": (
        "适用范围没有交集：{facet}，甲是{a}，乙是{b}",
        "nothing lies in both scopes: {facet} is {a} in A and {b} in B",
    ),
    "years-disjoint": ("说的是不同年度：甲是{a}，乙是{b}", "different coverage years: {a} in A, {b} in B"),
    "excepted": (
        "两方共同涉及的部分正是原文排除的（{facet}：{members}）",
        "what both speak of lies in what the text takes out ({facet}: {members})",
    ),
    "witness-outside": (
        "{side}只说部分地方或情形，可能落在另一方的{facet}之外",
        "{side} holds in some cases only, which may lie outside the other side's {facet}",
    ),
    "witness-excepted": (
        "{side}只说部分地方或情形，可能正是另一方排除的（{facet}：{members}）",
        "{side} holds in some cases only, which may be what the other side takes out ({facet}: {members})",
    ),
    "as-of-differs": (
        "同一篇文章里说的是两个日期：甲是{a}，乙是{b}",
        "inside one article they speak of two dates: {a} in A, {b} in B",
    ),
    "set-against": (
        "原文自己把{side}写成另一方的例外",
        "the text itself sets {side} against the other side as its exception",
    ),
    "reach-unsaid": (
        "省份数没有写明是开通跨省还是省内，无从比较",
        "a count of provinces that does not say what they have opened",
    ),
    "reach-differs": ("数的不是一回事：甲数的是{a}，乙数的是{b}", "they count different things: {a} in A, {b} in B"),
    "count-undated": ("省份数没有日期，无从比较", "a count of provinces without its date"),
    "count-grew": (
        "后来的省份数更大（甲{a}，乙{b}），是陆续开通的结果",
        "the later count is the larger one ({a} in A, {b} in B): provinces have joined since",
    ),
    "default-yields": (
        "全国一般标准让位于写明地区（{a}）的说法",
        "a national default yields to a claim that names a region ({a})",
    ),
    "not-in-force": (
        "参考口径自{since}起、至{until}止，与{day}的说法无关",
        "the reference holds from {since} to {until}, and has no bearing on what was said of {day}",
    ),
    "flags-differ": ("一方肯定，另一方否定", "one side affirms what the other denies"),
    "choices-differ": ("两种做法只能有一种成立", "only one of the two options can be true"),
    "intervals-apart": ("甲说“{a}”，乙说“{b}”，不能同时成立", "A says “{a}” and B “{b}”, which cannot both be true"),
    "included-excluded": ("一方包括、另一方不包括：{members}", "in for one side, out for the other: {members}"),
    "outside-only": (
        "一方包括{members}，另一方的限定清单里没有",
        "{members}: in for one side, not on the other side's closed list",
    ),
    "only-excluded": (
        "一方的限定清单里有{members}，另一方不包括",
        "{members}: on one side's closed list, out for the other",
    ),
    "only-differ": ("两份限定清单不同，差在{members}", "two closed lists that differ in {members}"),
    "both-unrestricted": ("两方都没有限定适用范围", "neither side restricts its scope"),
    "scopes-equal": ("两方的适用范围相同", "both sides have the same scope"),
    "scopes-overlap": ("两方的适用范围部分重合", "the two scopes overlap"),
    "inside": (
        "{side}的适用范围在另一方之内（更窄的是{facets}）",
        "the scope of {side} lies inside the other's (narrower in {facets})",
    ),
    "some-against-all": (
        "{side}说的部分地方或情形，在另一方所说的全部之内",
        "{side} holds somewhere within what the other side says of all",
    ),
    "not-said": (
        "{facets}只有一方写明，另一方没有写，所以只是可能矛盾",
        "{facets}: named on one side only and left open on the other, so the conflict is only possible",
    ),
    "yearly-date": (
        "一个日期不带年份，只比较了月和日，所以只是可能矛盾",
        "a date without its year, compared by month and day only, so the conflict is only possible",
    ),
    "outdated": (
        "甲说的情况截至{a}，乙说的截至{b}，{older}是旧口径",
        "A speaks as of {a} and B as of {b}, so {older} is the older line",
    ),
    "overtaken": (
        "{side}说的是{day}的情况，这一口径自{since}起已经改变",
        "{side} speaks of {day}; the rule has been another one since {since}",
    ),
    # why it is no error
    "only-maybe": (
        "{sides}的语气不确定（或许、可能），只作提示",
        "a hedge (perhaps, maybe) in {sides} makes it info only",
    ),
    "only-some": (
        "{sides}只说部分地方或情形，只作提示",
        "what holds in some places or cases only ({sides}) is info only",
    ),
    "dates-apart": (
        "两方的日期相隔半年以上，多半是旧文章没有更新，按警告算",
        "the dates are half a year or more apart, so the older article most likely was not brought up to date",
    ),
    "right-then": (
        "写的时候未必有错，是后来变了，按警告算",
        "it may have been right when it was written, and was not brought up to date",
    ),
    "undated": (
        "文章没有日期，按今天的口径核对，按警告算",
        "the article has no date, so it is held to what holds today",
    ),
    "reference-level": ("这条参考口径的级别定为{level}", "what goes against this reference counts as {level}"),
    "rolling-out": (
        "这一口径在{until}以前由各地陆续实行，按警告算",
        "the rule comes into force place by place until {until}",
    ),
    "one-article": (
        "笼统的和具体的说法在同一篇文章里，读者能对照着看，按警告算",
        "the general and the particular statement stand in one article, where readers see both",
    ),
    "not-core": (
        "这个主题不是核心主题，以偏概全按警告算",
        "an overgeneral statement is an error on the core topics only, and this is none of them",
    ),
    "no-region": (
        "两方都没有写明地区，可能各指一地，按警告算",
        "neither side names a region, so two places may be meant",
    ),
    "of-teaser": (
        "{sides}出自页面上摘引的另一篇文章，级别降一级",
        "an article that is only quoted on another's page ({sides}) lowers the severity by one",
    ),
    "by-config": ("级别由 koujing.yaml 设定", "the severity is set in koujing.yaml"),
}  # fmt: skip
