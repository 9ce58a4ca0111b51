"""What came of a domain's examples, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from claims.examples import MATCH, NOTHING, STILL_KNOWN, Failure
from reports.width import safe
from reports.wording.terms import Lang, Pair, pick

_WORDS: dict[str, Pair] = {
    "case": ("案例 {n}", "case {n}"),
    "text": ("文字", "text"),
    "expected": ("应为", "expected"),
    "got": ("实得", "got"),
    MATCH: ("由这个模式读出", "this pattern reads it"),
    NOTHING: ("读不出说法", "no claim"),
    STILL_KNOWN: (
        "仍读错（标着 known）；已经读对了，请删去 known",
        "still misread (it is marked known); drop `known`: it is right",
    ),
    "rules": ("、{rules} 条数字规则", ", rules {rules}"),
    "good": (
        "{domain}：{patterns} 个识别模式{rules}的 {examples} 个例句、{cases} 个案例全部相符。",
        "{domain}: patterns {patterns}{rules}, examples {examples}, cases {cases}: all as told.",
    ),
    "bad": (
        "{domain}：{patterns} 个识别模式{rules}的 {examples} 个例句、{cases} 个案例，有 {failures} 个不符。",
        "{domain}: patterns {patterns}{rules}, examples {examples}, cases {cases}: not as told {failures}.",
    ),
}  # fmt: skip


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """One domain's run: how much was tried, and what failed, with its file and line."""

    domain: str
    patterns: int
    rules: int = 0
    examples: int
    cases: int
    failures: tuple[tuple[str, int | None, Failure], ...]


def render(trials: Iterable[Trial], lang: Lang) -> str:
    """Every failure in the manner of the other errors, then a line for each domain."""
    lines: list[str] = []
    counts: list[str] = []
    for trial in trials:
        for path, line, failure in trial.failures:
            lines += _failure(path, line, failure, lang)
        counts.append(
            pick(_WORDS["bad" if trial.failures else "good"], lang).format(
                domain=trial.domain, patterns=trial.patterns, examples=trial.examples, cases=trial.cases,
                failures=len(trial.failures),
                rules=pick(_WORDS["rules"], lang).format(rules=trial.rules) if trial.rules else "",
            )
        )  # fmt: skip
    return "\n".join([*lines, *counts]) + "\n"


def _failure(path: str, line: int | None, failure: Failure, lang: Lang) -> Iterator[str]:
    case = failure.keys[:1] == ("cases",)
    name = pick(_WORDS["case"], lang).format(n=failure.where) if case else failure.where
    yield f"error: {safe(name)}"
    yield f"  --> {safe(path)}:{line}" if line else f"  --> {safe(path)}"
    for key, said in (("text", failure.text), ("expected", failure.expected), ("got", failure.got)):
        yield f"  = {pick(_WORDS[key], lang)}: {safe(pick(_WORDS[said], lang) if said in _WORDS else said)}"
    yield ""
