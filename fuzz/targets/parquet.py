"""Exports as Parquet: a table is made of JSON lines and then damaged, or the bytes are one already."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

from fuzz import words
from fuzz.containing import FORMS, read_all
from fuzz.damage import damaged, parted
from fuzz.target import Target
from fuzz.targets.jsonl import rows


def check(data: bytes) -> None:
    if not data.startswith(b"PAR1"):
        harm, lines = parted(data)
        made = table(lines)
        if made is None:
            return
        data = damaged(made, harm)
    read_all(data, ".parquet", FORMS[len(data) % len(FORMS)])


def table(lines: bytes) -> bytes | None:
    """JSON lines as Parquet, of strings and whatever else they hold; None where Arrow makes no table of them."""
    import pyarrow
    from pyarrow import parquet

    found: list[Any] = []
    for line in lines.splitlines():
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(row, dict) and row:
            found.append(row)
    out = io.BytesIO()
    try:
        parquet.write_table(pyarrow.Table.from_pylist(found), out, row_group_size=2)
    except (pyarrow.ArrowException, ValueError, TypeError, OverflowError, RecursionError, OSError):
        return None
    return out.getvalue()


def _seeds() -> Iterator[bytes]:
    made = [json.dumps(row, ensure_ascii=False).encode() for row in rows()]
    for row in made:
        yield b"\n" + row
    yield b"17:3\n" + b"\n".join(made[:3])
    yield b"-20:255 40:1\n" + made[0]
    whole = [table(row) for row in (b"\n".join(made[:2]), made[-1], made[-2])]
    yield from (data for data in whole if data is not None)


TARGET = Target(check, _seeds, lambda: words.markup(*words.JSON, "-30:7 ", "-8:1 ", "9:200 "))
