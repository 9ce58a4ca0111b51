"""What lies inside a stretch of text is found alike among few things and among many."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claims.language.lexicon import Hit
from claims.language.spans import FEW, inside

HITS = st.builds(lambda start, length: Hit(start, start + length, "X"), st.integers(0, 12), st.integers(0, 4))


@given(st.lists(HITS, max_size=3 * FEW).map(sorted), st.integers(0, 14), st.integers(0, 16))
def test_what_lies_inside_is_found_in_order(items: list[Hit], start: int, end: int) -> None:
    assert inside(items, start, end) == [hit for hit in items if start <= hit.start < end and hit.end <= end]


def test_among_few_and_among_many() -> None:
    for count in (0, 1, FEW, FEW + 1, 3 * FEW):
        items = [Hit(n, n + 2, "X") for n in range(count)]
        assert inside(items, 1, 6) == items[1:5]
        assert inside(items, 0, 2 * count + 9) == items
        points = [Hit(n, n, "X") for n in range(count)]
        assert inside(points, 1, 6) == points[1:6], "what begins at the end is behind it"
