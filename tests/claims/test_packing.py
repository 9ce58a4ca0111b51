"""What is unpacked equals what was packed, to the last digit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.model import Choice, Claim, Flag, Measure, SetOf, Value, scope_of
from claims.packing import Packing, PackingError

BOUNDS = st.one_of(
    st.none(), st.decimals(allow_nan=False), st.text(max_size=8), st.sampled_from(["2025-01-01", "--02-28", "=3"])
)
VALUES = st.one_of(
    st.builds(Flag, st.booleans()),
    st.builds(Measure, BOUNDS, BOUNDS, st.sampled_from([None, "yuan"])),
    st.builds(SetOf, st.just("only"), st.lists(st.text(max_size=3), max_size=3).map(tuple)),
    st.builds(Choice, st.text(max_size=5)),
)


class Holder(msgspec.Struct, frozen=True):
    """Every way in which a record may hold a value."""

    several: tuple[Value, ...]
    named: dict[str, Value]
    perhaps: Value | None
    row: tuple[str, Value]
    listed: list[Measure]
    plain: tuple[int, ...] = ()


@given(values=st.lists(VALUES, min_size=1, max_size=4), measure=st.builds(Measure, BOUNDS, BOUNDS))
def test_values_come_back_exactly(values: list[Any], measure: Measure) -> None:
    holder = Holder(tuple(values), {"a": values[0]}, values[-1], ("row", values[0]), [measure], (1, 2))
    packing: Packing[Holder] = Packing(Holder)
    again = packing.unpack(packing.pack(holder))
    assert again == holder
    assert repr(again) == repr(holder), "0.50 is not 0.5, and a number no text"
    assert packing.unpack(packing.pack(msgspec.structs.replace(holder, perhaps=None))).perhaps is None


@given(value=VALUES)
def test_a_claim_comes_back(value: Any) -> None:
    claim = Claim(
        id="c1", article="a.md#teaser-1", topic="t.one", value=value, scope=scope_of({"region": ["湖北省"]}),
        quote="“起付线”\n为500元", start=3, end=9, line=1, column=4, origin="table_cell", pattern="p",
        sets_against=(1, 9),
    )  # fmt: skip
    packing: Packing[Claim] = Packing(Claim)
    assert packing.unpack(packing.pack(claim)) == claim


def test_a_number_that_is_none() -> None:
    class Raw(msgspec.Struct, frozen=True, tag_field="kind", tag="measure"):
        low: str

    for text in ("=x", ""):
        with pytest.raises(PackingError):
            Packing[Measure](Measure).unpack(msgspec.msgpack.encode(Raw(text)))
    assert Packing[Measure](Measure).unpack(msgspec.msgpack.encode(Raw("=1"))).low == Decimal(1)
