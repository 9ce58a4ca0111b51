"""A finding in words that formats share: what each side says, why they meet, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from audit.model import KINDS, RULING_CODES, Finding, Side
from reports.width import safe
from reports.wording.messages import message, todo
from reports.wording.terms import KIND, SIDES, STATE, TERMS, Lang, listed, pick, term
from reports.wording.vocabulary import Vocabulary


def letter(n: int, lang: Lang) -> str:
    """甲, 乙; a number beyond."""
    return pick(SIDES[str(n)], lang) if str(n) in SIDES else str(n + 1)


def says(n: int, side: Side, finding: Finding, words: Vocabulary) -> str:
    """“可跨省”（湖北省）; of what has no position, whether it states or refutes."""
    if finding.kind in RULING_CODES and side.position is None:
        return term("by-ruling" if not n or finding.kind == "ruling-contradiction" else "maybe-meant", words.lang)
    if side.position is None:
        return term("refuted" if n else "stated", words.lang)
    return safe(words.position(side.position))


def label(n: int, side: Side, finding: Finding, words: Vocabulary) -> str:
    """甲 (旧): “可跨省”（湖北省）, the older side marked."""
    age = f" ({term('older', words.lang)})" if finding.older == n and side.position is not None else ""
    return f"{letter(n, words.lang)}{age}: {says(n, side, finding, words)}"


def headline(finding: Finding, words: Vocabulary) -> str:
    """家庭共济能否跨省: 2 篇文章说“可跨省”，1 篇文章说“不出省”."""
    return f"{safe(words.subject(finding))}: {safe(message(finding, words))}"


def others(finding: Finding, side: Side, left: int, lang: Lang) -> str:
    """That so many claims of a side are not shown; and where they are listed, if the finding does not hold them all."""
    whole = side.count <= len(side.places)
    return term("others" if whole else "others-all", lang, n=left, id=finding.id)


def notes(finding: Finding, more: str, words: Vocabulary) -> Iterator[tuple[str, str]]:
    """What stands below the sides, by the key of its term; `more` is what `koujing explain` is asked for."""
    lang = words.lang
    if finding.state != "open":
        yield "state", pick(STATE[finding.state], lang) + (f" ({finding.ruling})" if finding.ruling else "")
    # What is wrong inside one article, or with a ruling, is said in full by its message.
    if finding.reasons and finding.kind in KINDS:
        yield "why", words.why(finding, finding.reasons, milder=False)
    milder = words.why(finding, finding.reasons, milder=True)
    if milder and f"why-{finding.severity}" in TERMS:
        yield f"why-{finding.severity}", milder
    for n, side in enumerate(finding.sides):
        if side.upheld is not None:
            yield "upheld", term("upholds", lang, id=side.upheld, side=letter(n, lang))
    if finding.other_kinds:
        yield "also", listed([pick(KIND[k], lang) for k in finding.other_kinds], lang)
    yield "todo", todo(finding, lang)
    if finding.kind not in RULING_CODES and finding.state != "resolved":
        yield "rule", f"koujing resolve {finding.id}"
    yield "more", f"koujing explain {more}"
