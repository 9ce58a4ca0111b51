"""The list of files: what goes in comes out."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.containers import Entry
from audit.listing import File, Files
from claims.exports import Form

NAMES = st.text(st.sampled_from(["a", "/", "文", ".", "\udce4", "𠮷"]), max_size=6)
ENTRIES = st.tuples(
    st.sampled_from([".jsonl", ".zip"]), st.integers(0, 1 << 40), st.integers(0, 1 << 30), st.just(Form()),
    st.sampled_from(["", "b.jsonl"]), st.booleans(),
).map(lambda fields: Entry(*fields))  # fmt: skip


@st.composite
def files(draw: st.DrawFn) -> File:
    path = draw(NAMES)
    place = draw(st.sampled_from(["/root/" + path, "/elsewhere.jsonl", "", path]))
    size = draw(st.integers(0, 1 << 40))
    return File(path=path, place=place, size=size, shown=draw(st.booleans()), entry=draw(st.none() | ENTRIES))


@given(st.lists(files(), max_size=12))
def test_what_goes_in_comes_out(several: list[File]) -> None:
    listed = Files(several)
    assert list(listed) == several
    assert listed == several
    assert listed[::-2] == several[::-2]
    assert [listed[i] for i in range(-len(several), 0)] == several
    assert listed.bytes == sum(f.size for f in several)
    assert list(listed.paths()) == [f.path for f in several]
    assert pickle.loads(pickle.dumps(listed)) == listed
    for file in several:
        assert listed.find(file.path) == next(f for f in several if f.path == file.path)
    assert listed.find("c") is None
    assert listed != [*several, 1]


def test_there_is_no_more_than_there_is() -> None:
    with pytest.raises(IndexError):
        Files()[0]
    listed = Files([File(path="a.md", place="/a.md", size=1)])
    assert listed.find("b.md") is None
    listed.append(File(path="b.md", place="/b.md", size=2))
    assert listed.find("b.md") == listed[1]


def test_a_million_are_small() -> None:
    form = Form()
    listed = Files(
        File(path=f"x.jsonl#{n:07}", place="/x.jsonl", size=9, entry=Entry(".jsonl", n, n, form)) for n in range(20_000)
    )
    assert len(pickle.dumps(listed)) < 80 * 20_000
