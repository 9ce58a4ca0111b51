"""Where the time from an article to its claims goes.

    python -m benchmarks.profile [--articles 200] [--pages FOLDER …] [--times 5] [--top 25] [-o FILE.pstats]

First CPU time without a profiler, of the steps that follow each other (the least of several runs), as milliseconds an
article and as multiples of one raw pass of the lexicon's automaton over the same folded text (benchmarks.limit). Then
how that time is shared between the stages under cProfile, which makes short functions look dearer than they are. What a
library or a built-in function takes is its caller's.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from audit.linters import lint
from benchmarks.corpus import article
from benchmarks.limit import fastest, folded
from claims import readers
from claims.article import Article
from claims.context import PartReading
from claims.domain import Domain, load_domain
from claims.extraction import Drawn, drawn_from, read_parts
from claims.identity import claim_id
from claims.model import Claim

ROOT = Path(__file__).resolve().parent.parent
DOMAIN = "yibao"

STAGES = {
    "claims/readers": "readers",
    "claims/article.py": "readers",
    "markdown_it": "readers",
    "mdurl": "readers",
    "justhtml": "readers",
    "claims/language/fold.py": "folding",
    "claims/language/lexicon.py": "lexicon: sorting hits",
    "claims/language/wordlist.py": "lexicon: sorting hits",
    "claims/language/clauses.py": "grammar: clauses, yes and no",
    "claims/language/grammar.py": "grammar: clauses, yes and no",
    "claims/language/spans.py": "grammar: clauses, yes and no",
    "claims/language": "numbers, dates, places",
    "claims/things.py": "numbers, dates, places",
    "claims/levels.py": "numbers, dates, places",
    "claims/reading.py": "reading blocks",
    "claims/compounds.py": "reading blocks",
    "claims/labels.py": "reading blocks",
    "claims/context.py": "context",
    "claims/lending.py": "context",
    "claims/cell_units.py": "context",
    "claims/cells.py": "context",
    "claims/units.py": "units and zones",
    "claims/groups.py": "units and zones",
    "claims/answers.py": "units and zones",
    "claims/reality.py": "units and zones",
    "claims/zones.py": "units and zones",
    "claims/beliefs.py": "units and zones",
    "claims/matching.py": "matching patterns",
    "claims/valuing.py": "matching patterns",
    "claims/traits.py": "matching patterns",
    "claims/rarity.py": "matching patterns",
    "claims/scoping.py": "matching patterns",
    "claims/about.py": "matching patterns",
    "claims/extraction.py": "matching patterns",
    "claims/figures": "figures",
    "claims": "recording",
    "audit/linters": "linters",
    "audit": "linters",
    "benchmarks": "the benchmark",
}
"""The beginning of a file's path -> the stage that its functions are of; the longest that fits counts."""

AUTOMATON = "automaton"
OTHER = "other"

Parts: TypeAlias = tuple[PartReading, ...]
Function: TypeAlias = tuple[str, int, str]
"""As pstats names one: file ("~" if it is built in), line, name."""


class Step(msgspec.Struct, frozen=True):
    """CPU seconds that a step took for all articles, the least of several runs."""

    name: str
    seconds: float


def stage_of(file: str, name: str = "") -> str | None:
    """The stage of a function by its file and name; None for a library's or built-in one, which is its caller's."""
    if file == "~":
        return AUTOMATON if "find_matches_as_" in name else None
    path = file.replace("\\", "/").removeprefix(ROOT.as_posix() + "/").rpartition("site-packages/")[2]
    fitting = [begin for begin in STAGES if path == begin or path.startswith(begin.removesuffix("/") + "/")]
    return STAGES[max(fitting, key=len)] if fitting else None


def shares(stats: Mapping[Function, Any]) -> dict[str, float]:
    """Seconds by stage, of what pstats calls `stats`: function -> (…, …, own time, total time, callers)."""
    known: dict[Function, dict[str, float]] = {}

    def stages(function: Function, above: frozenset[Function]) -> dict[str, float]:
        """The stages that a function works for, by share."""
        stage = stage_of(function[0], function[2])
        if stage is not None:
            return {stage: 1.0}
        if function in known:
            return known[function]
        found: dict[str, float] = {}
        callers = {c: t for c, t in stats[function][4].items() if c not in above and c != function}
        whole = sum(t[3] for t in callers.values())
        for caller, times in callers.items():
            weight = times[3] / whole if whole else 1 / len(callers)
            for of, share in stages(caller, above | {function}).items():
                found[of] = found.get(of, 0.0) + weight * share
        found = found or {OTHER: 1.0}
        if not above:
            known[function] = found
        return found

    seconds: dict[str, float] = {}
    for function, (_, _, own, _, _) in stats.items():
        for stage, share in stages(function, frozenset()).items():
            seconds[stage] = seconds.get(stage, 0.0) + own * share
    return seconds


def made_articles(several: int) -> list[tuple[str, bytes]]:
    """Made articles, as (path, bytes)."""
    made = map(article, range(several))
    return [(m.name, m.text.encode()) for m in made]


def pages_in(folders: Sequence[Path]) -> list[tuple[str, bytes]]:
    """Articles that lie in these folders, as (path, bytes)."""
    files = [p for folder in folders for p in sorted(folder.rglob("*")) if p.suffix in (".md", ".html", ".txt")]
    return [(p.name, p.read_bytes()) for p in files]


HITS, IDS = "  of it: hits as records", "  of it: ids of claims"
"""What extraction in Python cannot do without: parts of its steps, not further ones."""


def steps(sources: Sequence[tuple[str, bytes]], domain: Domain, times: int) -> tuple[Step, list[Step]]:
    """The raw pass of the automaton, and the steps from bytes to claims, with parts of them."""
    articles = [readers.read(path, data) for path, data in sources]
    texts = folded(articles)
    automaton, _ = fastest(list(domain.lexicon.forms), texts, overlapping=False)
    all_hits, _ = fastest(list(domain.lexicon.forms), texts, overlapping=True)
    least: dict[str, float] = {}

    def timed(name: str, what: Callable[[], Any]) -> Any:
        begun = time.process_time()
        result = what()
        took = time.process_time() - begun
        least[name] = min(took, least.get(name, took))
        return result

    for _ in range(times):
        timed("raw", lambda: automaton.scan(texts))
        timed("raw, all hits", lambda: all_hits.scan(texts))
        timed("readers", lambda: [readers.read(path, data) for path, data in sources])
        parts = timed("read_parts", lambda: [read_parts(a, domain) for a in articles])
        timed(HITS, lambda: [domain.lexicon.find_in(text.split("\n")) for text in texts])
        drawn = timed("drawn_from", partial(_drawn, articles, parts, domain))
        timed(IDS, partial(_ids, [c for d in drawn for c in d.claims]))
        typed = [[c for c in d.claims if c.value is not None] for d in drawn]
        timed("linters", partial(_linted, articles, parts, typed, domain))
    raw = Step("raw", least.pop("raw"))
    return raw, [Step(name, seconds) for name, seconds in least.items()]


def _drawn(articles: Sequence[Article], parts: Sequence[Parts], domain: Domain) -> list[Drawn]:
    return [drawn_from(a, p, domain) for a, p in zip(articles, parts, strict=True)]


def _ids(claims: Sequence[Claim]) -> list[str]:
    return [claim_id(c.article, c.topic, c.value, c.quantifier, c.scope, c.except_, c.quote) for c in claims]


def _linted(articles: Sequence[Article], parts: Sequence[Parts], typed: Sequence[list[Claim]], domain: Domain) -> int:
    several = zip(articles, parts, typed, strict=True)
    return sum(len(lint(a, p, t, domain)) for a, p, t in several)


def profiled(sources: Sequence[tuple[str, bytes]], domain: Domain) -> pstats.Stats:
    """All of it once under cProfile."""
    profile = cProfile.Profile()
    profile.enable()
    for path, data in sources:
        one = readers.read(path, data)
        parts = read_parts(one, domain)
        typed = [c for c in drawn_from(one, parts, domain).claims if c.value is not None]
        lint(one, parts, typed, domain)
    profile.disable()
    return pstats.Stats(profile)


def main() -> None:
    parser = argparse.ArgumentParser(description="Show where the time from an article to its claims goes.")
    parser.add_argument("--articles", type=int, default=200, help="so many made articles (default: 200)")
    parser.add_argument("--pages", type=Path, nargs="+", help="instead: the articles in these folders")
    parser.add_argument("--domain", default=DOMAIN)
    parser.add_argument("--times", type=int, default=5, help="runs, of which the least CPU time counts (default: 5)")
    parser.add_argument("--top", type=int, default=25, help="so many functions by own time (default: 25)")
    parser.add_argument("-o", "--output", type=Path, help="keep the profile, for pstats")
    args = parser.parse_args()
    sources = pages_in(args.pages) if args.pages else made_articles(args.articles)
    domain = load_domain(args.domain)
    domain.lexicon.finder.build()
    several = len(sources)
    raw, took = steps(sources, domain, args.times)
    print(f"{several} articles, {sum(len(data) for _, data in sources)} bytes; CPU time, least of {args.times} runs")
    print(f"{'':32} {'ms/article':>10} {'raw passes':>10}")
    print(_row("raw pass, fastest setting", raw.seconds, several, raw))
    for step in took:
        print(_row(step.name, step.seconds, several, raw))
    extraction = sum(s.seconds for s in took if s.name in ("read_parts", "drawn_from"))
    print(_row("article to claims", extraction, several, raw))
    stats = profiled(sources, domain)
    by_stage = shares(stats.stats)  # type: ignore[attr-defined]
    whole = sum(by_stage.values())
    sum_ = sum(s.seconds for s in took if s.name not in (HITS, IDS))
    print(f"\n{'by stage, under cProfile':32} {'share':>10} {'ms/article':>10} {'raw passes':>10}")
    for stage, seconds in sorted(by_stage.items(), key=lambda s: -s[1]):
        part = sum_ * seconds / whole
        print(f"{stage:32} {seconds / whole:>10.1%} {part / several * 1000:>10.3f} {part / raw.seconds:>10.1f}")
    print(f"\n{'functions by own time':58} {'share':>6} {'calls/article':>14}")
    for function, (_, calls, own, _, _) in _dearest(stats, args.top):
        print(f"{_named(function):58} {own / whole:>6.1%} {calls / several:>14.1f}")
    if args.output:
        stats.dump_stats(args.output)


def _row(name: str, seconds: float, several: int, raw: Step) -> str:
    return f"{name:32} {seconds / several * 1000:>10.3f} {seconds / raw.seconds:>10.1f}"


def _dearest(stats: pstats.Stats, top: int) -> list[tuple[Function, Any]]:
    everything = stats.stats.items()  # type: ignore[attr-defined]
    return sorted(everything, key=lambda item: -item[1][2])[:top]


def _named(function: Function) -> str:
    file, line, name = function
    if file == "~":
        return name
    path = file.removeprefix(ROOT.as_posix() + "/").rpartition("site-packages/")[2]
    return f"{path}:{line} {name}"


if __name__ == "__main__":
    main()
