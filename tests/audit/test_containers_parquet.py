"""Parquet: rows of one and of many row groups, the types that writers use, and what is no export."""

from __future__ import annotations

import builtins
import datetime
import decimal
from pathlib import Path
from typing import Any

import pytest

from audit import containers
from audit.containers import parquet
from claims.errors import ReadError
from claims.exports import Form
from claims.readers.fields import Record

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

PLAIN = Form()


def listed(place: Path, form: Form = PLAIN) -> list[Any]:
    """Records, and what is wrong by row."""
    found: list[Any] = []
    for one in containers.entries(str(place), ".parquet", form):
        try:
            if isinstance(one, ReadError):
                raise one
            found.append(containers.unpacked(containers.data(str(place), one[2])))
        except ReadError as e:
            found.append((e.line, e.message))
    return found


@pytest.fixture
def write(tmp_path: Path):  # type: ignore[no-untyped-def]
    def of(columns: dict[str, Any], **options: Any) -> Path:
        place = tmp_path / "e.parquet"
        pq.write_table(pa.table(columns), place, **options)
        return place

    return of


@pytest.mark.parametrize("group", [1, 3, 100])
@pytest.mark.parametrize("held", [0, 10**9])
def test_rows_in_any_order(group: int, held: int, write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_HELD", held)
    monkeypatch.setattr(parquet, "_BATCH", 200)
    place = write({"id": list(range(10)), "正文": [f"第{n}篇" for n in range(10)]}, row_group_size=group)
    entries = [one[2] for one in containers.entries(str(place), ".parquet", PLAIN)]  # type: ignore[index]
    assert [e.number for e in entries] == list(range(1, 11))
    for n in (0, 1, 2, 9, 3, 3, 8, 0, 5, 6, 7):
        assert containers.unpacked(containers.data(str(place), entries[n])) == Record(id=str(n), body=f"第{n}篇")


UTC = datetime.UTC
TYPES: list[tuple[Any, str, Any]] = [
    (pa.array([7], pa.int64()), "id", "7"),
    (pa.array([7.0, None], pa.float64()), "id", "7"),
    (pa.array([decimal.Decimal("7")]), "id", "7"),
    (pa.array([b"\xe7\x94\xb2"], pa.binary()), "title", "甲"),
    (pa.array(["甲"], pa.large_string()), "title", "甲"),
    (pa.array(["甲"]).dictionary_encode(), "title", "甲"),
    (pa.array([["甲", "乙"]]), "author", "甲、乙"),
    (pa.array([datetime.date(2025, 3, 1)]), "date", "2025-03-01"),
    (pa.array([datetime.datetime(2025, 3, 1, 23)], pa.timestamp("us")), "date", "2025-03-01"),
    (pa.array([datetime.datetime(2025, 3, 1, 23, tzinfo=UTC)], pa.timestamp("ms", "UTC")), "date", "2025-03-02"),
    (pa.array([1740758400000000001], pa.timestamp("ns")), "date", "2025-02-28"),
    (pa.array([1740758400000000001], pa.timestamp("ns", "Asia/Shanghai")), "date", "2025-03-01"),
    (pa.array([1740758400], pa.int64()), "date", "2025-03-01"),
    (pa.array(["2025年3月1日"]), "date", "2025-03-01"),
    (pa.array([None], pa.null()), "date", None),
    (pa.array([{"rendered": "甲"}]), "title", "甲"),
]


@pytest.mark.parametrize(("column", "field", "value"), TYPES, ids=[f"{t[1]}-{t[0].type}" for t in TYPES])
def test_types(column: Any, field: str, value: Any, write: Any) -> None:
    place = write({field: column[:1], "body": ["x"]})
    [record] = listed(place)
    assert getattr(record, field) == value


def test_rows_that_are_no_records(write: Any) -> None:
    place = write({
        "id": [1, 2, 3, 4], "body": ["a", None, "c", "d"], "date": ["2025-03-01", None, "soon", None],
    })  # fmt: skip
    assert listed(place) == [
        Record(id="1", body="a", date="2025-03-01"), (2, "the body (`body`) is null"),
        (3, "`date` is not a date: soon"), Record(id="4", body="d"),
    ]  # fmt: skip


def test_text_that_is_not_utf8(write: Any) -> None:
    ends, texts = b"\0\0\0\0\1\0\0\0\2\0\0\0", b"a\xff"
    broken = pa.Array.from_buffers(pa.string(), 2, [None, pa.py_buffer(ends), pa.py_buffer(texts)])
    place = write({"id": [1, 2], "body": broken})
    [good, (row, message)] = listed(place)
    assert good.body == "a"
    assert row == 2
    assert "`body` holds a value that cannot be read" in message


def test_a_large_group_out_of_order_tells_what_is_wrong(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_HELD", 0)
    monkeypatch.setattr(parquet, "_BATCH", 200)
    place = write({"id": list(range(9)), "body": [None if n % 3 == 0 else f"第{n}篇" for n in range(9)]})
    entries = [one[2] for one in containers.entries(str(place), ".parquet", PLAIN)]  # type: ignore[index]
    for n in (8, 0, 3, 1, 6, 2):
        if n % 3:
            assert containers.unpacked(containers.data(str(place), entries[n])).body == f"第{n}篇"
        else:
            with pytest.raises(ReadError, match="is null") as caught:
                containers.data(str(place), entries[n])
            assert caught.value.line == n + 1


def test_names_of_ones_own(write: Any) -> None:
    place = write({"key": [1], "meta": [{"html": "<p>x</p>"}]})
    form = Form(fields=(("body", "meta.html"), ("id", "key"), ("title", "tilte")))
    assert listed(place, form) == [
        (None, "no record has the field `tilte` (title)"), Record(id="1", body="<p>x</p>"),
    ]  # fmt: skip
    with pytest.raises(ReadError, match="the record has no body") as caught:
        listed(place)
    assert "key, meta" in caught.value.hint


def test_without_ids_and_without_rows(write: Any) -> None:
    assert listed(write({"body": ["a", "b"]})) == [Record(body="a"), Record(body="b")]
    assert listed(write({"body": pa.array([], pa.string())})) == []


@pytest.mark.parametrize("data", [b"", b"PAR1", b"no parquet", b"PAR1" + b"\0" * 100 + b"PAR1"])
def test_no_parquet(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "e.parquet").write_bytes(data)
    with pytest.raises(ReadError, match="not valid Parquet"):
        listed(tmp_path / "e.parquet")


def test_cut_off_and_damaged(write: Any) -> None:
    place = write({"id": list(range(1000)), "body": [f"{n * n}" * 50 for n in range(1000)]}, compression="zstd")
    data = place.read_bytes()
    place.write_bytes(data[:-20])
    with pytest.raises(ReadError, match="not valid Parquet"):
        listed(place)
    place.write_bytes(data[:200] + b"\xff" * 2000 + data[2200:])
    with pytest.raises(ReadError, match="not valid Parquet"):
        listed(place)


def test_what_unpacks_to_far_too_much(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    place = write({"body": ["0" * 1_000_000]}, compression="zstd", use_dictionary=False)
    assert len(listed(place)) == 1
    monkeypatch.setattr(parquet, "SMALL", 100_000)
    with pytest.raises(ReadError, match="more than 200 times what is packed"):
        listed(place.rename(place.with_name("f.parquet")))


def test_without_pyarrow(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    place = write({"body": ["a"]})
    real = builtins.__import__

    def missing(name: str, *args: Any, **more: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(ReadError, match="which is not installed") as caught:
        listed(place)
    assert caught.value.hint == 'pip install "koujing[parquet]"'


def test_a_text_that_is_stored_once_is_held_once(write: Any) -> None:
    """What would be 300 GB."""
    many = 100_000
    text = pa.DictionaryArray.from_arrays(pa.array([0] * many, pa.int32()), pa.array(["共济" * 500_000]))
    place = write({"id": list(range(many)), "body": text})
    assert place.stat().st_size < 2_000_000
    entries = [one[2] for one in containers.entries(str(place), ".parquet", PLAIN)]  # type: ignore[index]
    assert len(entries) == many
    assert containers.unpacked(containers.data(str(place), entries[-1])).body == "共济" * 500_000
