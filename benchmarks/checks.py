"""Results held against what is known: made articles say what they were made to say, and conflict as planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.corpus import Made, planted
from benchmarks.result import Check
from benchmarks.workers import Run


def same_each_time(name: str, runs: Mapping[str, Sequence[Run]]) -> Check:
    """Whatever read the same pages several times, found the same each time."""
    wandering = [who for who, several in runs.items() if len({str(run.told) for run in several}) > 1]
    return Check(f"{name}: the same result in each run", not wandering, ", ".join(wandering))


def claims_known(name: str, made: Sequence[Sequence[Made]], runs: Sequence[Run]) -> Check:
    """Each run found as many claims on topics as its articles make."""
    known = [sum(len(m.says) for m in part) for part in made]
    found = [int(run.told["typed"]) for run in runs]
    note = f"{sum(found)} of {sum(known)}"
    return Check(f"{name}: each run finds as many claims as were made", found == known, note)


def said_known(made: Sequence[Made], said: Sequence[Sequence[Sequence[Any]]]) -> Check:
    """Each article claims what it was made to claim, and nothing else: topic and figure."""
    wrong = [
        m.name for m, found in zip(made, said, strict=True)
        if Counter({(topic, figure): n for topic, figure, n in found}) != Counter((s.topic, s.value) for s in m.says)
    ]  # fmt: skip
    return Check("made articles: each claims what it was made to claim", not wrong, ", ".join(wrong[:3]))


def conflicts_known(made: Sequence[Made], report: Mapping[str, Any]) -> Check:
    """The conflicts of a report in JSON are those planted, each once, and nothing else is found."""
    expected: Counter[tuple[str, ...]] = Counter((p.topic, p.city, *p.values) for p in planted(made))
    found: Counter[tuple[str, ...]] = Counter()
    for finding in report["findings"]:
        figures = sorted((_figure(side["value"]) for side in finding["sides"]), key=float)
        city = finding["sides"][0]["scope"].get("region", [""])[0]
        found[(finding["topic"], city, *figures)] += 1
    missed, invented = expected - found, found - expected
    note = f"{expected.total()} planted, {missed.total()} missed, {invented.total()} invented"
    return Check("made articles: planted conflicts found, none invented", not missed and not invented, note)


def _figure(value: Mapping[str, Any]) -> str:
    bound = value["low"] if value["low"] is not None else value["high"]
    return f"{bound:g}"


def recall(ours: Sequence[Sequence[str]], theirs: Sequence[Sequence[str]]) -> float:
    """Of the patterns by which koujing made claims in an article, the share that the translated ones match there."""
    pairs = [(p, set(found)) for several, found in zip(ours, theirs, strict=True) for p in several]
    return sum(p in found for p, found in pairs) / max(1, len(pairs))
