"""What the made corpora are said to hold is what koujing reads in them: so that what is timed is checked as well."""

from __future__ import annotations

from collections import Counter

from audit.conflicts import conflicts
from audit.positions import Summary
from benchmarks.corpus import EVERY, article, planted, rows, sentences
from claims.domain import load_domain
from claims.examples import notation
from claims.extraction import extract
from claims.model import Claim
from claims.readers import read

SEVERAL = [article(n) for n in range(3 * EVERY)]


def claims_of(number: int) -> list[Claim]:
    made = article(number)
    return [c for c in extract(read(made.name, made.text.encode()), load_domain("yibao")) if c.topic != "untyped"]


def figure(claim: Claim) -> str:
    return notation(claim).partition(" ")[0]


def test_every_sentence_is_told_and_read_as_it_says() -> None:
    told: set[str] = set()
    for made in SEVERAL:
        left = Counter((s.topic, s.value, s.sentence) for s in made.says)
        for claim in claims_of(made.number):
            [said] = [s for s in left if s[:2] == (claim.topic, figure(claim)) and claim.quote in s[2]][:1] or [None]
            assert said is not None, (made.name, claim.topic, figure(claim), claim.quote)
            left[said] -= 1
        assert not +left, made.name
        told |= {s.key for s in made.says}
    assert told == {s.key for s in (*sentences().figures, *sentences().rules)}


def test_claims_are_for_the_city_and_year_of_the_title() -> None:
    for made in SEVERAL[:10]:
        for claim in claims_of(made.number):
            assert dict(claim.scope.as_dict())["region"] == [made.city]


def test_the_planted_conflicts_are_found_and_no_others() -> None:
    read_there = [claim for made in SEVERAL for claim in claims_of(made.number)]
    found = conflicts(Summary(read_there), load_domain("yibao").topics)
    seen = set()
    for finding in found:
        one, two = sorted((side.claims[0] for side in finding.sides), key=lambda c: float(figure(c)))
        seen.add((finding.topic, one.scope.as_dict()["region"][0], figure(one), figure(two)))
    expected = {(p.topic, p.city, *p.values) for p in planted(SEVERAL)}
    assert expected
    assert seen == expected
    assert len(found) == len(expected)


def test_an_export_has_the_same_articles() -> None:
    [row] = rows(SEVERAL[:1])
    assert row["title"] == SEVERAL[0].title
    assert all(said.sentence in row["body"] for said in SEVERAL[0].says)
