"""A finding in one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from audit.model import KINDS, RULING_CODES, Finding, Side
from reports.wording.rulings import MEND
from reports.wording.terms import TODO, Lang, Pair, pick
from reports.wording.vocabulary import Vocabulary

MESSAGE: Mapping[str, Pair] = {
    "self-contradiction": ("{who}说{a}，{other}说{b}", "{who} {says} {a}, {other} {say} {b}"),
    "contradiction": ("{who}说{a}，{other}说{b}", "{who} {says} {a}, {other} {say} {b}"),
    "overgeneral": (
        "{who}笼统地说{a}，但 {other}说{b}",
        "{who} {says} {a} in general, but {other} {say} {b}",
    ),
    "outdated": ("{who}仍说{a}，后来 {other}说{b}", "{who} still {says} {a}; later {other} {say} {b}"),
    "against-fact": ("{other}说{b}，与参考事实{a}不符", "{other} {say} {b} against the reference fact {a}"),
    "against-ruling": ("{other}说{b}，与裁定{a}不符", "{other} {say} {b} against the ruling {a}"),
    "possible": (
        "{who}说{a}，{other}说{b}，适用范围没有写全",
        "{who} {says} {a}, {other} {say} {b}; the scope is not said in full",
    ),
}
"""By kind. `a` is what the first side says (the general or the older one, if there is one), `who` says it."""

REFERENCE: Mapping[str, Pair] = {
    "outdated": ("{who}仍说{a}，参考事实已是{b}", "{who} still {says} {a}; the reference fact has since become {b}"),
    "possible": (
        "{other}说{b}，与参考事实{a}可能不符，适用范围没有写全",
        "{other} {say} {b}, perhaps against the reference fact {a}; the scope is not said in full",
    ),
}
"""By kind, where one side is a reference, and the kind alone does not say so."""

ALONE: Mapping[str, Pair] = {
    "self-contradiction": ("既说{a}，又说{b}", "both {a} and {b}"),
    "contradiction": ("既说{a}，又说{b}", "both {a} and {b}"),
    "overgeneral": ("既笼统地说{a}，又说{b}", "both {a} in general and {b}"),
    "possible": ("既说{a}，又说{b}，适用范围没有写全", "both {a} and {b}; the scope is not said in full"),
}
"""By kind, where the two sides are the same articles."""

SAME: Pair = ("同一篇文章里{text}", "1 article says {text}")
EACH: Pair = ("{both} 篇文章各自{text}", "{both} articles each say {text}")
BOTH: Pair = ("，其中 {both} 篇两样都说", "; {both} of them {say} both")
"""Put behind where some articles are on both sides."""
SHARED: Pair = ("（都指{bounds}）", " (both of {bounds})")
"""Put behind where the two sides speak of the same, so that it is said once."""


def message(finding: Finding, words: Vocabulary) -> str:
    """What the two sides say, without the full stop: 2 篇文章说“可跨省”，1 篇说“不出省”（湖北省）."""
    if finding.kind not in KINDS:
        return words.defect(finding)
    if len(finding.sides) != 2:
        return words.subject(finding)
    lang, (first, second) = words.lang, finding.sides
    both = len(_paths(first) & _paths(second)) if finding.both is None else finding.both
    a, b, shared = _said(first, second, words)
    if both and both == _many(first) == _many(second) and finding.kind in ALONE:
        text = pick(ALONE[finding.kind], lang).format(a=a, b=b)
        return pick(SAME if both == 1 else EACH, lang).format(text=text, both=both) + shared
    known = any(side.reference for side in finding.sides)
    pair = REFERENCE.get(finding.kind, MESSAGE[finding.kind]) if known else MESSAGE[finding.kind]
    text = pick(pair, lang).format(
        a=a, b=b, who=_articles(first, lang), other=_articles(second, lang), says=_says(first), say=_says(second),
    )  # fmt: skip
    if both and finding.kind in ALONE:
        text += pick(BOTH, lang).format(both=both, say="says" if both == 1 else "say")
    return text + shared


def todo(finding: Finding, lang: Lang) -> str:
    """What an editor should do about it."""
    if finding.kind in RULING_CODES:
        (reason,) = (r for r in finding.reasons if r.code in MEND)
        return pick(MEND[reason.code], lang).format_map(dict(reason.args))
    return pick(TODO[finding.kind], lang)


def _said(first: Side, second: Side, words: Vocabulary) -> tuple[str, str, str]:
    """What each side says, and behind both what they say it of, where that is the same."""
    a, b = first.position, second.position
    if a is None or b is None:
        return words.position(a) if a else "", words.position(b) if b else "", ""
    bounds = words.bounds(a.quantifier, a.scope, a.except_)
    if not bounds or bounds != words.bounds(b.quantifier, b.scope, b.except_):
        return words.position(a), words.position(b), ""
    shared = pick(SHARED, words.lang).format(bounds=bounds)
    return f"“{words.value(a.topic, a.value)}”", f"“{words.value(b.topic, b.value)}”", shared


def _paths(side: Side) -> frozenset[str]:
    return frozenset(place.article for place in side.places)


def _many(side: Side) -> int:
    """How many articles take a side."""
    return side.articles or len(_paths(side))


def _articles(side: Side, lang: Lang) -> str:
    n = max(1, _many(side))
    return f"{n} 篇文章" if lang == "zh" else f"{n} article{'s' if n > 1 else ''}"


def _says(side: Side) -> str:
    return "say" if _many(side) > 1 else "says"
