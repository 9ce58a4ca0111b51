"""koujing's side of the benchmark, and the limits beside it, in a process of its own.

    python -m benchmarks.koujing_runs JOB.json

The job names the parts of a corpus: [path, place] of each file. What is timed is what the product does, no more and no
less: readers, extraction and linters as `audit.drawing` calls them, and files summed up by so many processes.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from audit.drawing import draw
from audit.files import File
from audit.harvest import Harvest, asked
from audit.pieces import Task
from audit.summing import sum_up
from benchmarks.corpus import TODAY
from benchmarks.limit import Automaton, fastest, folded
from benchmarks.serving import Act, digest_of, serve, settle
from claims import readers
from claims.article import Article
from claims.domain import Domain, load_domain
from claims.examples import notation
from claims.extraction import extract
from claims.language.lexicon import Hit
from claims.model import Claim

DOMAIN = "yibao"


class Job(msgspec.Struct, frozen=True):
    """What a process is to have ready: the parts of a corpus. `once`: no part is read twice; `scans`: it scans the
    files, in several processes, and needs nothing else."""

    parts: tuple[tuple[tuple[str, str], ...], ...]
    once: bool
    scans: bool = False


class Ready(msgspec.Struct, frozen=True):
    """A part of a corpus: its files' bytes, the articles in them, and the text of each, folded."""

    sources: list[tuple[str, bytes]]
    articles: list[Article]
    texts: list[str]


class Runs:
    """A corpus, read and folded, with the automata that are the limit."""

    def __init__(self, parts: Sequence[Ready], domain: Domain) -> None:
        self.domain = domain
        # A lexicon builds its automaton when it has met some text, once in an audit; here that is no part of any run.
        domain.lexicon.finder.build()
        self.parts = parts
        texts = [text for part in self.parts[1:] or self.parts for text in part.texts]
        strings = list(domain.lexicon.forms)
        self.fastest, one = fastest(strings, texts, overlapping=False)
        self.all_hits, other = fastest(strings, texts, overlapping=True)
        self.settings = one | other

    def read(self, part: int) -> int:
        return sum(len(readers.read(path, data).parts) for path, data in self.parts[part].sources)

    def extracted(self, part: int) -> list[list[Claim]]:
        """The claims of each article; all are kept to the end, as an audit keeps them."""
        return [extract(article, self.domain) for article in self.parts[part].articles]

    def phrases(self, part: int) -> list[list[Hit]]:
        find = self.domain.lexicon.find
        return [find(text) for text in self.parts[part].texts]

    def whole(self, part: int) -> int:
        """Files to claims and faults: all that is done with an article alone."""
        found = 0
        for path, data in self.parts[part].sources:
            claims, _, defects = draw(readers.read(path, data), (DOMAIN,))
            found += len(claims) + len(defects)
        return found


def ready(files: Sequence[tuple[str, str]]) -> Ready:
    sources = [(path, Path(place).read_bytes()) for path, place in files]
    articles = [readers.read(path, data) for path, data in sources]
    return Ready(sources, articles, folded(articles))


def told(claims: Sequence[Sequence[Claim]]) -> dict[str, Any]:
    """How many claims, how many of them on a topic, and a digest of all."""
    flat = [c for several in claims for c in several]
    typed = sum(c.value is not None for c in flat)
    return {"hits": len(flat), "typed": typed, "digest": digest_of([(c.id, c.article, c.start) for c in flat])}


def said(claims: Sequence[Sequence[Claim]]) -> dict[str, Any]:
    """What each article claims, as made articles know it: (topic, figure) with their number; and the patterns that
    gave claims."""
    by_article = []
    patterns = []
    for several in claims:
        typed = [c for c in several if c.value is not None]
        count = Counter((c.topic, notation(c).partition(" ")[0]) for c in typed)
        by_article.append([[*key, n] for key, n in sorted(count.items())])
        patterns.append(sorted({c.pattern for c in typed if not c.pattern.startswith("figures.")}))
    return {"said": by_article, "patterns": patterns}


def places_of(automaton: Automaton, texts: Sequence[str]) -> dict[str, Any]:
    """Where the hits stand: to be held against what others find."""
    places = []
    for text in texts:
        hits = automaton.automaton.find_matches_as_indexes(text, overlapping=automaton.overlapping)
        places.append(sorted({(start, end) for _, start, end in hits}))
    return {"hits": sum(map(len, places)), "digest": digest_of(places)}


def count(several: int) -> dict[str, Any]:
    return {"hits": several}


def acts_of(runs: Runs, once: bool) -> dict[str, Act]:
    return {
        "raw": Act(lambda part: runs.fastest.scan(runs.parts[part].texts), count),
        "raw, once": Act(lambda part: runs.fastest.scan(runs.parts[part].texts), count, True),
        "raw, all hits": Act(lambda part: runs.all_hits.scan(runs.parts[part].texts), count),
        "places": Act(lambda part: runs.parts[part].texts, lambda texts: places_of(runs.all_hits, texts), once),
        "readers": Act(runs.read, count, once),
        "claims": Act(runs.extracted, told, once),
        "said": Act(runs.extracted, said, True),
        "phrases": Act(runs.phrases, lambda found: count(sum(map(len, found))), once),
        "whole": Act(runs.whole, count, once),
    }


def summed(files: Sequence[File], jobs: int) -> Harvest:
    """All that `koujing check` does with files before it searches for conflicts."""
    topics = load_domain(DOMAIN).topics
    return sum_up(files, asked(Task((DOMAIN,)), TODAY, topics, {}), jobs=jobs)


def main() -> None:
    job = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=Job)
    if job.scans:
        load_domain(DOMAIN)
        several = [[file_of(path, place) for path, place in part] for part in job.parts]
        ways = {n: partial(lambda part, n: summed(several[part], n), n=n) for n in (1, 2)}
        serve({f"jobs {n}": Act(way, lambda found: {"typed": found.claims}, True) for n, way in ways.items()}, {})
        return
    parts = [ready(files) for files in job.parts]
    # The domain comes after: an audit has it to look through as well.
    settle()
    domain = load_domain(DOMAIN)
    runs = Runs(parts, domain)
    serve(
        acts_of(runs, job.once),
        {
            "strings": len(domain.lexicon.forms), "patterns": len(domain.patterns), "settings": runs.settings,
            "fastest": runs.fastest.name, "fastest for all hits": runs.all_hits.name,
        },
    )  # fmt: skip


def file_of(path: str, place: str) -> File:
    return File(path=path, place=place, size=Path(place).stat().st_size)


if __name__ == "__main__":
    main()
