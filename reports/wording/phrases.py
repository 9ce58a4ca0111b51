"""Units, dates, scope facets and their members in words. What is a domain's own (its topics) it names itself."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reports.wording.terms import Lang, Pair, pick

UNIT: Mapping[str, Pair] = {
    "yuan": (" 元", " yuan"),
    "yuan_per_year": (" 元/年", " yuan a year"),
    "yuan_per_month": (" 元/月", " yuan a month"),
    "wan_yuan": (" 万元", "0,000 yuan"),
    "percent": ("%", "%"),
    "permille": ("‰", "‰"),
    "year": (" 年", " years"),
    "month": (" 个月", " months"),
    "day": (" 天", " days"),
    "person": (" 人", " people"),
    "province": (" 个省份", " provinces"),
}

FACET: Mapping[str, Pair] = {
    "region": ("地区", "region"),
    "scheme": ("险种", "scheme"),
    "setting": ("就医类别", "setting"),
    "tier": ("医院级别", "hospital tier"),
    "population": ("人群", "population"),
    "population.work": ("在职或退休", "active or retired"),
    "population.age": ("年龄段", "age"),
    "population.means": ("困难身份", "means"),
    "population.sex": ("性别", "sex"),
    "population.other": ("人群", "population"),
    "payer": ("缴费主体", "payer"),
    "year": ("年度", "year"),
    "reach": ("开通范围", "reach"),
}

MEMBER: Mapping[str, Mapping[str, Pair]] = {
    "scheme": {
        "employee": ("职工医保", "employee scheme"),
        "resident": ("居民医保", "resident scheme"),
        "flexible": ("灵活就业", "flexible employment"),
        "serious_illness": ("大病保险", "serious-illness insurance"),
        "child": ("少儿医保", "child scheme"),
    },
    "setting": {
        "outpatient": ("门诊", "outpatient"),
        "inpatient": ("住院", "inpatient"),
        "pharmacy": ("药店", "pharmacy"),
        "special_outpatient": ("门诊慢特病", "special outpatient"),
        "emergency": ("急诊", "emergency"),
    },
    "tier": {
        "community": ("基层医疗机构", "community care"),
        "tier1": ("一级医院", "tier 1 hospital"),
        "tier2": ("二级医院", "tier 2 hospital"),
        "tier3": ("三级医院", "tier 3 hospital"),
    },
    "population": {
        "active": ("在职", "active"),
        "retired": ("退休", "retired"),
        "adult": ("成年人", "adults"),
        "child": ("儿童", "children"),
        "student": ("学生", "students"),
        "elderly": ("老年人", "the elderly"),
        "poor": ("困难人群", "the poor"),
        "male": ("男性", "men"),
        "female": ("女性", "women"),
    },
    "payer": {
        "individual": ("个人", "individual"),
        "employer": ("单位", "employer"),
        "flexible": ("灵活就业人员", "flexibly employed"),
    },
    "reach": {
        "nation": ("开通跨省的省份", "provinces open to others"),
        "province": ("开通省内的省份", "provinces open within"),
    },
}

_DATE = re.compile(r"(\d{4}|-)-(\d{2})-(\d{2})\Z")


def unit(number: str, name: str | None, lang: Lang) -> str:
    """A number with its unit: 380 元/年."""
    if name is None or name == "date":
        return number
    known = UNIT.get(name)
    return number + (pick(known, lang) if known else f" {name}")


def day(text: str, lang: Lang) -> str:
    """2025-02-28 and --02-28 as people write them; anything else as it is."""
    found = _DATE.match(text)
    if not found:
        return text
    year, month, of_month = found.group(1), int(found.group(2)), int(found.group(3))
    if lang == "en":
        return f"every {found.group(2)}-{found.group(3)}" if year == "-" else text
    return ("每年" if year == "-" else f"{year}年") + f"{month}月{of_month}日"


def facet(name: str, lang: Lang) -> str:
    return pick(FACET[name], lang) if name in FACET else name


def member(of: str, name: str, lang: Lang) -> str:
    """A member of a facet (or of one of its dimensions); places and years are their own names."""
    known = MEMBER.get(of.partition(".")[0], {}).get(name)
    if known is not None:
        return pick(known, lang)
    return f"{name}年" if of == "year" and lang == "zh" else name
