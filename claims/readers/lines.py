"""Where lines begin, and which line and column an offset is in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

LINE_END = re.compile(r"\r\n|\n|\r")
"""What ends a line, here and wherever lines are counted."""


def line_starts(source: str) -> tuple[int, ...]:
    """The offsets (code points) at which lines begin; `\\r\\n`, `\\n` and a lone `\\r` each end one line."""
    return (0, *(end.end() for end in LINE_END.finditer(source)))


def locate(line_starts: Sequence[int], offset: int) -> tuple[int, int]:
    """The 1-based (line, column) of an offset in code points; a BOM counts as the first column of line 1."""
    line = bisect_right(line_starts, offset) - 1
    return line + 1, offset - line_starts[line] + 1
