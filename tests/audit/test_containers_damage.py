"""Containers with bytes changed, lost and added: what they hold is read or told, and nothing else happens."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from audit import containers
from claims.errors import ReadError
from claims.exports import Form
from claims.readers import MAX_BYTES

SAYS = "家庭共济可以跨省使用。"
ROWS = [{"id": n, "title": "家庭共济", "正文": SAYS * (n + 1), "date": "2025-03-01"} for n in range(6)]


def jsonl() -> bytes:
    return "".join(json.dumps(r, ensure_ascii=n % 2 == 0) + "\n" for n, r in enumerate(ROWS)).encode()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("a/文.md", SAYS * 9), ("e.jsonl", jsonl()), ("b.md", "x")):
            archive.writestr(name, content)
    return out.getvalue()


def parquet() -> bytes:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    out = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(ROWS), out, row_group_size=2)
    return out.getvalue()


WHOLE: Mapping[str, Callable[[], bytes]] = {".jsonl": jsonl, ".zip": zipped, ".parquet": parquet}


def damaged(data: bytes, chance: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at, kind = chance.randrange(len(found)), chance.random()
        if kind < 0.6:
            found[at] = chance.randrange(256)
        elif kind < 0.8 and len(found) > 100:
            del found[at : at + chance.randrange(1, 30)]
        else:
            found[at:at] = chance.randbytes(chance.randrange(1, 9))
    return bytes(found)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", WHOLE)
def test_damage_is_told(kind: str, tmp_path: Path) -> None:
    chance, whole = random.Random(7), WHOLE[kind]()
    read = wrong = 0
    for n in range(300):
        place = tmp_path / f"{n}{kind}"
        place.write_bytes(damaged(whole, chance))
        try:
            for found in containers.entries(str(place), kind, Form()):
                try:
                    if isinstance(found, ReadError):
                        raise found
                    data = containers.data(str(place), found[2])
                    path = f"e{kind}#1" if found[2].record else "a.md"
                    containers.article(path, data, found[2], MAX_BYTES)
                    read += 1
                except ReadError:
                    wrong += 1
        except ReadError:
            wrong += 1
    assert read > 100
    assert wrong > 100
