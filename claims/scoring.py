"""How well claim records match articles marked by hand: precision, recall and F1, by topic and overall.

Every claim weighs 1; a set shares that weight among its members (`only S`: includes each of S, plus that it is closed).
A mark is found by a record of equal topic and value whose span overlaps the marked quote; marks and records are matched
one to one, as many as possible. Gold files are described in tests/gold/README.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from claims.domain_files import check_schema, read_yaml
from claims.model import Claim, value_record

Atom: TypeAlias = tuple[Any, ...]
Span: TypeAlias = tuple[int, int]

LONGEST = 120
"""A quote of more characters than this finds nothing: a record must show what it rests on."""


class Score(msgspec.Struct, frozen=True):
    """Weights: of marks found, of marks missed, of records right and of records too many."""

    found: float = 0.0
    missed: float = 0.0
    right: float = 0.0
    extra: float = 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.found + other.found, self.missed + other.missed, self.right + other.right, self.extra + other.extra
        )

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.extra) if self.right + self.extra else 0.0

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed) if self.found + self.missed else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def _number(x: Any) -> Any:
    if isinstance(x, bool) or x is None:
        return x
    try:
        return round(float(x), 6)
    except (TypeError, ValueError):
        return str(x)


def atoms(topic: str, value: Mapping[str, Any]) -> list[Atom]:
    """The comparable pieces of one value."""
    kind = value["kind"]
    if kind == "flag":
        return [(topic, "holds", value["holds"])]
    if kind == "choice":
        return [(topic, "is", value["is"])]
    if kind == "measure":
        return [(topic, "in", _number(value.get("low")), _number(value.get("high")))]
    if value["mode"] == "only":
        return [*((topic, "includes", m) for m in value["members"]), (topic, "closed")]
    return [(topic, value["mode"], m) for m in value["members"]]


def _places(text: str, quote: str) -> list[Span]:
    found: list[Span] = []
    at = text.find(quote)
    while at >= 0:
        found.append((at, at + len(quote)))
        at = text.find(quote, at + 1)
    return found


def _matched(wants: Sequence[Sequence[Span]], haves: Sequence[Sequence[Span]]) -> dict[int, int]:
    """A largest one-to-one matching of marks to records that overlap (augmenting paths)."""
    reach = [
        [j for j, h in enumerate(haves) if any(a < d and c < b for a, b in w for c, d in h)] for w in wants
    ]  # fmt: skip
    holder: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in reach[i]:
            if j not in seen:
                seen.add(j)
                if j not in holder or place(holder[j], seen):
                    holder[j] = i
                    return True
        return False

    for i in range(len(wants)):
        place(i, set())
    return {i: j for j, i in holder.items()}


class Tally(msgspec.Struct):
    """What comparing records with marks gives: the weights by topic, how often the quantifier and each facet of what
    was found are right, and every mark missed and record too many, in words."""

    scores: dict[str, Score] = msgspec.field(default_factory=dict)
    right: Counter[str] = msgspec.field(default_factory=Counter)
    asked: Counter[str] = msgspec.field(default_factory=Counter)
    misses: list[str] = msgspec.field(default_factory=list)

    def add(self, other: Tally) -> None:
        for topic, score in other.scores.items():
            self.scores[topic] = self.scores.get(topic, Score()) + score
        self.right.update(other.right)
        self.asked.update(other.asked)
        self.misses += other.misses


Mark: TypeAlias = Mapping[str, Any]


def score_part(text: str, marks: Iterable[Mark], claims: Iterable[Claim]) -> dict[str, Score]:
    """topic -> score of the records of one part against its marks; `text` is the decoded source."""
    return tally_part(text, marks, claims, "").scores


def tally_part(text: str, marks: Iterable[Mark], claims: Iterable[Claim], where: str) -> Tally:
    """The records of one part, called `where`, against its marks; `text` is the decoded source."""
    want: dict[Atom, list[tuple[list[Span], float, Mark]]] = defaultdict(list)
    have: dict[Atom, list[tuple[list[Span], float, Claim]]] = defaultdict(list)
    for mark in marks:
        pieces = atoms(mark["topic"], mark["value"])
        for a in pieces:
            want[a].append((_places(text, mark["quote"]), 1 / len(pieces), mark))
    for claim in claims:
        if claim.value is None:
            continue
        pieces = atoms(claim.topic, value_record(claim.value))
        place = [(claim.start, claim.end)] if claim.end - claim.start <= LONGEST else []
        for a in pieces:
            have[a].append((place, 1 / len(pieces), claim))
    tally = Tally()
    for a in set(want) | set(have):
        pairs = _matched([w for w, _, _ in want[a]], [h for h, _, _ in have[a]])
        taken = set(pairs.values())
        tally.scores[a[0]] = tally.scores.get(a[0], Score()) + Score(
            found=sum(w for i, (_, w, _) in enumerate(want[a]) if i in pairs),
            missed=sum(w for i, (_, w, _) in enumerate(want[a]) if i not in pairs),
            right=sum(w for j, (_, w, _) in enumerate(have[a]) if j in taken),
            extra=sum(w for j, (_, w, _) in enumerate(have[a]) if j not in taken),
        )
        for i, j in pairs.items():
            _tally_facets(tally, want[a][i][2], have[a][j][2])
        tally.misses += [
            f"missed   {where} {a} «{m['quote']}»" for i, (_, _, m) in enumerate(want[a]) if i not in pairs
        ]
        tally.misses += [
            f"too many {where} {a} «{c.quote}» by {c.pattern}"
            for j, (_, _, c) in enumerate(have[a]) if j not in taken
        ]  # fmt: skip
    return tally


def _tally_facets(tally: Tally, mark: Mark, claim: Claim) -> None:
    """Count whether the quantifier and each facet that mark or record names are right in the record."""
    tally.asked["quantifier"] += 1
    tally.right["quantifier"] += claim.quantifier == mark.get("quantifier", "all")
    for prefix, marked, read in (
        ("", mark.get("scope"), claim.scope), ("except ", mark.get("except"), claim.except_),
    ):  # fmt: skip
        wanted, got = marked or {}, read.as_dict()
        for name in {*wanted, *got}:
            tally.asked[prefix + name] += 1
            tally.right[prefix + name] += {str(m) for m in wanted.get(name, ())} == set(got.get(name, ()))


def load_gold(folder: Path) -> list[tuple[Path, dict[str, list[dict[str, Any]]]]]:
    """(article file, part -> marks) of every *.gold.yaml in a folder, in order of name. Raises DomainError for a file
    that is no gold."""
    gold = []
    for path in sorted(folder.glob("*.gold.yaml")):
        raw = read_yaml(path)
        check_schema(raw, "gold.schema.json", path)
        gold.append((path.parent / raw["article"], {p["part"]: p["claims"] or [] for p in raw["parts"]}))
    return gold


def total(scores: Iterable[tuple[str, Score]], prefix: str = "") -> Score:
    """The sum over the topics that begin with `prefix`."""
    result = Score()
    for topic, score in scores:
        if topic.startswith(prefix):
            result += score
    return result
