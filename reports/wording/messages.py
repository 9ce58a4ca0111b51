"""A finding in one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from audit.model import Finding, Side
from reports.wording.terms import TODO, Lang, Pair, pick
from reports.wording.vocabulary import Vocabulary

MESSAGE: Mapping[str, Pair] = {
    "self-contradiction": (
        "{who}说{a}，{other}说{b}，其中 {both} 篇自相矛盾",
        "{who} {says} {a}, {other} {say} {b}; {both} of them say both",
    ),
    "contradiction": ("{who}说{a}，{other}说{b}", "{who} {says} {a}, {other} {say} {b}"),
    "overgeneral": (
        "{who}笼统地说{a}，但{other}说{b}",
        "{who} {says} {a} in general, but {other} {say} {b}",
    ),
    "outdated": ("{who}仍说{a}，后来{other}说{b}", "{who} still {says} {a}; later {other} {say} {b}"),
    "against-fact": ("{other}说{b}，与参考事实{a}不符", "{other} {say} {b} against the reference fact {a}"),
    "against-ruling": ("{other}说{b}，与裁定{a}不符", "{other} {say} {b} against the ruling {a}"),
    "possible": (
        "{who}说{a}，{other}说{b}，适用范围没有写全",
        "{who} {says} {a}, {other} {say} {b}; the scope is not said in full",
    ),
    # where both sides are the same articles
    "one": ("同一篇文章里既说{a}，又说{b}", "one article says both {a} and {b}"),
    "each": ("{both} 篇文章各自既说{a}，又说{b}", "{both} articles each say both {a} and {b}"),
}
"""By kind. `a` is what the general, the older or the first side says, `who` says it."""


def message(finding: Finding, words: Vocabulary) -> str:
    """What the two sides say, without the full stop: 2 篇文章说“可跨省”，1 篇说“不出省”（湖北省）."""
    if len(finding.sides) != 2:
        return words.topic(finding.topic)
    first, second = (finding.sides[i] for i in _order(finding))
    both = len(_paths(first) & _paths(second))
    form: str = finding.kind
    if finding.kind == "self-contradiction" and _paths(first) == _paths(second):
        form = "one" if both == 1 else "each"
    return pick(MESSAGE[form], words.lang).format(
        a=words.position(first.position), b=words.position(second.position), both=both,
        who=_articles(first, words.lang), other=_articles(second, words.lang), says=_says(first), say=_says(second),
    )  # fmt: skip


def todo(finding: Finding, lang: Lang) -> str:
    """What an editor should do about it."""
    return pick(TODO[finding.kind], lang)


def _order(finding: Finding) -> tuple[int, int]:
    """The side to name first: the older one, or the one that says it of more (the narrower is named in a reason)."""
    if finding.kind == "outdated" and finding.older is not None:
        return finding.older, 1 - finding.older
    if finding.kind == "overgeneral":
        for reason in finding.reasons:
            if reason.code in ("inside", "some-against-all"):
                return (1, 0) if dict(reason.args).get("side") == "0" else (0, 1)
    return 0, 1


def _paths(side: Side) -> frozenset[str]:
    return frozenset(claim.article for claim in side.claims)


def _articles(side: Side, lang: Lang) -> str:
    n = max(1, len(_paths(side)))
    return f"{n} 篇文章" if lang == "zh" else f"{n} article{'s' if n > 1 else ''}"


def _says(side: Side) -> str:
    return "say" if len(_paths(side)) > 1 else "says"
