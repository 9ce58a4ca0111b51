"""Claim records as Parquet, version 1 of our columns (docs/inputs.md), written as they come.

Needs pyarrow (the extra `koujing[parquet]`), which is imported only here and where Parquet is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any, BinaryIO

from claims.model import Claim, claim_record

VERSION = "1"
_ROWS = 20_000
"""Rows of a row group, which are held while it is made."""


def write(claims: Iterable[Claim], stream: BinaryIO) -> int:
    """Write claims to a stream; how many there were. Raises ImportError without pyarrow, and OSError."""
    import pyarrow
    from pyarrow import parquet

    schema = _schema(pyarrow)
    count = 0
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        for rows in _groups(map(_row, claims)):
            writer.write_table(pyarrow.Table.from_pylist(rows, schema=schema))
            count += len(rows)
    return count


def _groups(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    rows = iter(rows)
    while group := list(islice(rows, _ROWS)):
        yield group


def _schema(pyarrow: Any) -> Any:
    text, whole, members = pyarrow.string(), pyarrow.int32(), pyarrow.list_(pyarrow.string())
    value = pyarrow.struct([
        ("kind", text), ("holds", pyarrow.bool_()), ("low", text), ("high", text), ("low_number", pyarrow.float64()),
        ("high_number", pyarrow.float64()), ("unit", text), ("mode", text), ("members", members), ("is", text),
    ])  # fmt: skip
    facets = pyarrow.map_(text, members)
    columns = [
        ("id", text), ("article", text), ("topic", text), ("value", value), ("quantifier", text), ("scope", facets),
        ("except", facets), ("as_of", pyarrow.date32()), ("hedged", text), ("quote", text), ("start", whole),
        ("end", whole), ("line", whole), ("column", whole), ("origin", text), ("pattern", text),
    ]  # fmt: skip
    return pyarrow.schema(columns, metadata={"koujing.claims": VERSION})


def _row(claim: Claim) -> dict[str, Any]:
    record = claim_record(claim)
    value = record["value"]
    if value is not None and value["kind"] == "measure":
        value = {**value}
        for end in ("low", "high"):
            bound = value[end]
            value[f"{end}_number"] = None if isinstance(bound, str) or bound is None else float(bound)
            value[end] = None if bound is None else str(bound)
    return {
        **record,
        "value": value,
        "scope": list(record["scope"].items()),
        "except": list(record.get("except", {}).items()),
        "as_of": date.fromisoformat(record["as_of"]) if record["as_of"] else None,
    }
