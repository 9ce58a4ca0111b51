"""Laws of sums (docs/design.md, counting and summing up): parts of a corpus come to the same in whatever way they are
put together, and two that hold one article have no sum."""

from __future__ import annotations

from typing import TypeAlias

import pytest
from audit_cases import TOPICS as FEW
from audit_cases import corpora
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from property_runs import ordinarily
from test_harvest import ask, identified, pieces, rests_on, state

from audit import positions
from audit.conflicts import conflicts
from audit.harvest import Harvest
from audit.positions import MergeError, Needs, Summary, merge
from audit.summing import harvest_of
from claims.errors import KoujingError
from claims.model import Claim

Tree: TypeAlias = "int | tuple[Tree, Tree]"
NEEDS = Needs(topics=FEW, whole=False)


@pytest.fixture(autouse=True, params=[(1,), (4, 2, 1)], ids=str)
def _few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(positions, "LADDER", request.param)
    monkeypatch.setattr(positions, "ROOM", 6)


@st.composite
def trees(draw: st.DrawFn, leaves: list[int]) -> Tree:
    """A way of putting parts together, two by two."""
    if len(leaves) == 1:
        return leaves[0]
    cut = draw(st.integers(1, len(leaves) - 1))
    return draw(trees(leaves[:cut])), draw(trees(leaves[cut:]))


def by_article(said: list[Claim]) -> list[list[Claim]]:
    """The corpus three times over, by articles."""
    many = [replace(c, article=f"{n}/{c.article}") for n in range(3) for c in said]
    return [[c for c in many if c.path == path] for path in sorted({c.path for c in many})]


def summed(tree: Tree, parts: list[list[Claim]]) -> Summary:
    if isinstance(tree, int):
        return Summary(parts[tree], NEEDS)
    return merge(summed(tree[0], parts), summed(tree[1], parts))


@given(corpora(), st.data())
@ordinarily(25)
def test_every_tree_of_merges_is_the_same_sum(said: list[Claim], data: st.DataObject) -> None:
    """Associative and commutative: the very same examples are kept, too."""
    parts = by_article(said)
    one, other = (data.draw(trees(data.draw(st.permutations(range(len(parts)))))) for _ in range(2))
    a, b = summed(one, parts), summed(other, parts)
    whole = Summary([c for part in parts for c in part], NEEDS)
    assert a == b == whole
    assert [a.claims(p) for p in a.positions()] == [whole.claims(p) for p in whole.positions()]
    assert conflicts(a, FEW, possible=True) == conflicts(whole, FEW, possible=True)


@given(corpora())
@ordinarily(25)
def test_the_empty_sum_is_the_unit(said: list[Claim]) -> None:
    whole, empty = Summary(said, NEEDS), Summary(needs=NEEDS)
    assert merge(whole, empty) == merge(empty, whole) == merge(empty, whole, empty) == whole
    assert merge(empty, empty) == empty


@given(corpora(), corpora(), st.booleans())
@ordinarily(25)
def test_two_sums_with_one_article_are_refused(said: list[Claim], others: list[Claim], turned: bool) -> None:
    """Refused with our own error, and neither is changed by it."""
    mine = {c.article for c in said}
    one, other = Summary(said, NEEDS), Summary(others, NEEDS)
    before = Summary(said, NEEDS)
    if mine & {c.article for c in others}:
        with pytest.raises(MergeError):
            merge(*((other, one) if turned else (one, other)))
        with pytest.raises(KoujingError):
            one.absorb(other)
    else:
        assert merge(one, other) == merge(other, one) == Summary([*said, *others], NEEDS)
    assert one == before
    assert other == Summary(others, NEEDS)


def harvested(tree: Tree, parts: list[Harvest]) -> Harvest:
    if isinstance(tree, int):
        return parts[tree]
    one = harvested(tree[0], parts)
    one.absorb(harvested(tree[1], parts))
    return one


@given(corpora(), st.data())
@ordinarily(25)
def test_every_tree_of_harvests_is_the_same_sum(said: list[Claim], data: st.DataObject) -> None:
    said = identified([replace(c, article=f"{n}/{c.article}") for n in range(2) for c in said])
    wanted = ask(*rests_on(said))
    files = pieces(said)
    order = data.draw(st.permutations(range(len(files))))
    parts = [harvest_of([file], wanted) for file in files]
    assert state(harvested(data.draw(trees(order)), parts)) == state(harvest_of(files, wanted))
    empty = harvest_of([], wanted)
    empty.absorb(harvest_of(files, wanted))
    assert state(empty) == state(harvest_of(files, wanted))


@given(corpora())
@ordinarily(25)
def test_two_harvests_with_one_file_are_refused(said: list[Claim]) -> None:
    files = pieces(identified(said))
    whole, last = harvest_of(files, ask()), harvest_of(files[-1:], ask())
    before = state(whole)
    for one, other in ((whole, last), (last, whole)):
        with pytest.raises(MergeError, match="two harvests"):
            one.absorb(other)
    assert state(whole) == before
