"""Claims told in Chinese: one record, many ways of saying it, and the places of an article where it may stand.

`sayings.yaml` has the sentences, here are what fills their slots, and the frames: a place, a list, a table, an answer
around a sentence, some of which change what is claimed (where it holds, that it holds in some places only, that it does
not hold, that nothing is claimed at all). So what an article claims is known without reading it.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import yaml
from audit_cases import claim
from hypothesis import strategies as st
from making import TOPICS

from claims.model import EVERYWHERE, Choice, Claim, Flag, Measure, Quantifier, Scope, Value, scope_of, set_of

_DATA = yaml.safe_load((Path(__file__).parent / "sayings.yaml").read_text("utf-8"))
SAYINGS: Mapping[str, Mapping[str, list[str]]] = _DATA["sayings"]
QUESTIONS: Mapping[str, Mapping[str, str]] = _DATA["questions"]

PLACES = {"杭州市": "杭州市", "四川省": "四川省", "襄阳": "襄阳市", "大理州": "大理白族自治州", "青岛市": "青岛市"}
"""Names of places of which none lies in another."""
SCHEMES = {"职工医保": "employee", "居民医保": "resident", "城乡居民医保": "resident"}
YEARS = {"2025年度": "2025", "2025年": "2025", "2026年": "2026"}
TIERS = {"三级医院": "tier3", "二级医院": "tier2", "一级医院": "tier1"}
DAYS = {"12月31日": "--12-31", "2月28日": "--02-28", "11月30日": "--11-30"}
NUMBERS: Mapping[str, list[int]] = {
    "gongji.relative_limit": [5, 6, 8], "gongji.min_balance": [300, 500, 3000],
    "yibao.resident_premium": [380, 400, 430], "yibao.subsidy": [640, 670, 700],
    "yibao.reimbursement_rate": [55, 60, 85], "yibao.deductible": [200, 450, 1200],
    "yibao.cap": [2000, 8000, 200_000], "yibao.contribution_rate": [6, 8, 9], "yibao.retirement_years": [20, 25, 30],
    "yibao.waiting_period": [2, 3, 6], "yibao.grace_period": [2, 3, 6],
}  # fmt: skip
_SLOTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "{r}": ("region", PLACES), "{s}": ("scheme", SCHEMES), "{y}": ("year", YEARS), "{t}": ("tier", TIERS),
}  # fmt: skip


class Told(msgspec.Struct, frozen=True):
    """What is claimed, and the words: a sentence, or (`page`) paragraphs of their own."""

    topic: str
    value: Value
    words: str
    scope: Scope = EVERYWHERE
    quantifier: Quantifier = "all"
    except_: Scope = EVERYWHERE

    def record(self, article: str, n: int = 0) -> Claim:
        """As a claim of an article, the n-th."""
        return claim(
            TOPICS[self.topic], self.value, article, quantifier=self.quantifier, scope=self.scope.as_dict(),
            except_=self.except_.as_dict(), start=1000 * n,
        )  # fmt: skip

    @property
    def loose(self) -> bool:
        """Whether a place beside the sentence is where it holds: the sentence names neither one nor all of them."""
        return "全国" not in self.words and "哪个省" not in self.words and not self.scope.get("region")


def value_of(topic: str, text: str) -> Value:
    """A value in the notation of claims/examples.py."""
    kind, unit = TOPICS[topic].kind, TOPICS[topic].unit
    if kind == "flag":
        return Flag(text == "true")
    if kind == "set":
        mode: Any = {"+": "includes", "-": "excludes", "=": "only"}[text[0]]
        return set_of(mode, text[1:].split(","))
    if kind == "choice":
        return Choice(text)
    if text[0] in ">" "<":
        return Measure(text[2:], None) if text[0] == ">" else Measure(None, text[2:])
    end: Any = text if text.startswith("--") else Decimal(text)
    return Measure(end, end, unit)


@st.composite
def told(draw: st.DrawFn, topics: tuple[str, ...] = tuple(SAYINGS), value: str | None = None) -> Told:
    """A claim in one sentence; `value` is a key of the topic's sayings."""
    topic = draw(st.sampled_from(topics))
    key = value or draw(st.sampled_from(sorted(SAYINGS[topic])))
    return filled(draw, topic, key, draw(st.sampled_from(SAYINGS[topic][key])), {})


def filled(draw: st.DrawFn, topic: str, key: str, words: str, fixed: Mapping[str, str]) -> Told:
    """A way of saying with its slots filled: those of `fixed` so, others by chance."""
    head, *rest = key.split()
    facets = dict(part.split(":") for part in rest)
    for slot, (facet, names) in _SLOTS.items():
        if slot in words:
            name = fixed.get(slot) or draw(st.sampled_from(sorted(names)))
            words, facets[facet] = words.replace(slot, name), names[name]
    if "{n}" in words:
        number = fixed.get("{n}") or str(draw(st.sampled_from(NUMBERS[topic])))
        words, head = words.replace("{n}", number), head.replace("{n}", number)
    if "{day}" in words:
        day = fixed.get("{day}") or draw(st.sampled_from(sorted(DAYS)))
        words, head = words.replace("{day}", day), DAYS[day]
    return Told(topic, value_of(topic, head), words, scope_of({f: [m] for f, m in facets.items()}))


def others(one: Told, draw: st.DrawFn) -> str:
    """Another value of the topic, as a key of its sayings."""
    return draw(st.sampled_from(sorted(SAYINGS[one.topic])))


# Frames: what stands around a sentence.


def title(topic: str) -> str:
    """A heading that gives a topic's subject and no claim."""
    return "# 家庭共济问答\n\n" if topic.startswith("gongji.") else "# 医保问答\n\n"


PLAIN: tuple[str, ...] = (
    "{s}\n", "目前，{s}\n", "需要注意的是，{s}\n", "虽然手续很简单，但{s}\n", "尽管办理方便，{s}\n", "简单来说，{s}\n",
    "按照现行规定，{s}\n", "要点如下：\n\n- {s}\n- 办理时请携带身份证。\n", "> {s}\n", "**{s}**\n",
    "1. 先下载手机应用。\n2. {s}\n", "很多读者来信询问。{s}以上供参考。\n",
    "**问：具体是怎么规定的？**\n\n答：{s}\n", "### 答复\n\n{s}\n",
)  # fmt: skip
"""Frames that change nothing of what is claimed."""

PLACED: tuple[str, ...] = (
    "在{place}，{s}\n", "{place}规定，{s}\n", "{place}：{s}\n", "据{place}医保局介绍，{s}\n", "## {place}\n\n{s}\n",
    "各地的做法：\n\n- {place}：{s}\n- 其他地方另行公布。\n",
)  # fmt: skip
"""Frames that say where it holds."""

SILENT: tuple[str, ...] = (
    "{bare}吗？\n", "以前，{s}\n", "曾经有过这样的规定：{s}\n", "有关部门正在研究，今后拟规定：{s}\n",
    "## {bare}吗？\n\n请咨询当地医保部门。\n",
)  # fmt: skip
"""Frames in which nothing is claimed: it is asked, gone by, or still to come (section 7, 14)."""

DENIED: tuple[str, ...] = ("有人说，{bare}，这种说法是错误的。\n", "网传“{bare}”，不属实。\n")
"""Frames in which the opposite is claimed (section 7, 14)."""


def bare(words: str) -> str:
    return words.removesuffix("。")


def in_frame(frame: str, words: str, **more: str) -> str:
    return frame.format(s=words, bare=bare(words), **more)


@st.composite
def placed(draw: st.DrawFn, one: Told) -> tuple[Told, str]:
    """The claim as one of a place, and its text."""
    name = draw(st.sampled_from(sorted(PLACES)))
    here = scope_of({**one.scope.as_dict(), "region": [PLACES[name]]})
    return msgspec.structs.replace(one, scope=here), in_frame(draw(st.sampled_from(PLACED)), one.words, place=name)


@st.composite
def framed(draw: st.DrawFn, topics: tuple[str, ...] = tuple(SAYINGS)) -> tuple[Told, str]:
    """A claim, and a piece of an article that claims it: one or more paragraphs."""
    one = draw(told(topics))
    if one.topic.startswith("gongji.") and one.loose:
        way = draw(st.sampled_from(["plain", "plain", "placed", "some"]))
        if way == "placed":
            return draw(placed(one))
        if way == "some":
            some = msgspec.structs.replace(one, quantifier="some")
            return some, in_frame("部分地区规定，{s}\n", one.words)
    return one, in_frame(draw(st.sampled_from(PLAIN)), one.words)
