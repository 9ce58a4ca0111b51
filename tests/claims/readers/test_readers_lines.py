from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claims.readers.lines import line_starts, locate


def test_three_line_ends() -> None:
    assert line_starts("a\nb\r\nc\rd") == (0, 2, 5, 7)


def test_empty_and_final_newline() -> None:
    assert line_starts("") == (0,)
    assert line_starts("a\n") == (0, 2)
    assert line_starts("\r\r\n\n") == (0, 1, 3, 4)


def test_other_separators_end_no_line() -> None:
    assert line_starts("a\u2028b\x0bc\x85d") == (0,)


def test_locate_is_one_based() -> None:
    starts = line_starts("ab\r\n中文\n")
    assert locate(starts, 0) == (1, 1)
    assert locate(starts, 1) == (1, 2)
    assert locate(starts, 3) == (1, 4)
    assert locate(starts, 4) == (2, 1)
    assert locate(starts, 5) == (2, 2)
    assert locate(starts, 7) == (3, 1)


@given(st.text(alphabet="a文\r\n", max_size=30))
def test_lines_and_columns_lead_back(source: str) -> None:
    starts = line_starts(source)
    for offset in range(len(source) + 1):
        line, column = locate(starts, offset)
        assert starts[line - 1] + column - 1 == offset
