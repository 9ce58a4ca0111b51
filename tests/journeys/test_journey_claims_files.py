"""`koujing claims -o`: the same records in every format, written while they are read."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import ACROSS, FUND, WITHIN, Repo, Run

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def corpus(repo: Repo) -> Path:
    root = repo({})
    shutil.copytree(EXAMPLES, root, dirs_exist_ok=True)
    return root


def shown(run: Run, *args: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("claims", "--format", "jsonl", *args).stdout.splitlines()]


def test_jsonl_and_csv(corpus: Path, run: Run) -> None:
    for form in ("jsonl", "csv", "json", "yaml", "table"):
        assert run("claims", "--format", form, "-o", "out/c.x").exit_code == 0
        assert Path("out/c.x").read_text(encoding="utf-8") == run("claims", "--format", form).stdout
    assert [p.name for p in Path("out").iterdir()] == ["c.x"]
    run("claims", "-o", "c.csv", "--topic", "gongji.")
    rows = list(csv.DictReader(Path("c.csv").read_text(encoding="utf-8").splitlines()))
    assert {row["topic"].partition(".")[0] for row in rows} == {"gongji"}
    run("claims", "-o", "u.jsonl", "--topic", "untyped")
    assert Path("u.jsonl").read_text(encoding="utf-8").count('"untyped"') > 3
    run("claims", "-o", "forms.jsonl", "--untyped")
    assert "count" in json.loads(Path("forms.jsonl").read_text(encoding="utf-8").splitlines()[0])


def test_parquet(corpus: Path, run: Run) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert run("claims", "-o", "c.parquet").exit_code == 0
    table = parquet.read_table("c.parquet")
    assert table.schema.metadata[b"koujing.claims"] == b"1"
    records = shown(run)
    assert table.num_rows == len(records) > 50
    for row, record in zip(table.to_pylist(), records, strict=True):
        value = {k: v for k, v in row["value"].items() if v is not None and not k.endswith("_number")}
        assert {k: str(v) for k, v in value.items()} == {k: str(v) for k, v in record["value"].items() if v is not None}
        for end in ("low", "high"):
            bound = record["value"].get(end)
            assert row["value"][f"{end}_number"] == (bound if isinstance(bound, int | float) else None)
        assert dict(row["scope"]) == record["scope"]
        assert dict(row["except"]) == record.get("except", {})
        assert (row["as_of"].isoformat() if row["as_of"] else None) == record["as_of"]
        plain = ("id", "article", "topic", "quantifier", "hedged", "quote", "start", "end", "line", "column", "origin")
        assert {k: row[k] for k in plain} == {k: record[k] for k in plain}


def test_what_is_written_whatever_the_processes(corpus: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("claims", "-o", "one.jsonl", "--jobs", "1")
    monkeypatch.setattr("audit.workers.ALONE_BYTES", 1)
    monkeypatch.setattr("audit.workers.CHUNK_BYTES", 5_000)
    run("claims", "-o", "three.jsonl", "--jobs", "3")
    assert Path("one.jsonl").read_bytes() == Path("three.jsonl").read_bytes()


def test_problems_are_told_and_the_rest_is_written(repo: Repo, run: Run) -> None:
    repo({"a.md": ACROSS.replace("title", "id: x\ntitle"), "b.md": WITHIN.replace("title", "id: x\ntitle"),
          "c.md": b"\xff\xfe\0"})  # fmt: skip
    done = run("claims", "-o", "c.jsonl")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "c.md" in done.stderr
    assert "id“x”与 a.md 相同" in done.stderr
    assert len(Path("c.jsonl").read_text(encoding="utf-8").splitlines()) == 2
    Path("a.md").unlink()
    Path("b.md").unlink()
    Path("c.md").unlink()
    assert "没有找到任何文章" in run("claims", "-o", "d.jsonl").stderr
    assert Path("d.jsonl").read_text(encoding="utf-8") == ""


def test_chosen_paths_and_teasers(repo: Repo, run: Run) -> None:
    repo({"koujing.yaml": "teasers: ignore\n", "a/a.md": ACROSS, "b/b.md": FUND})
    run("claims", "a", "-o", "c.jsonl")
    assert [json.loads(x) for x in Path("c.jsonl").read_text(encoding="utf-8").splitlines()] == shown(run, "a")
    assert {r["article"] for r in shown(run, "a")} == {"a/a.md"}


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--format", "parquet"), "加上 -o claims.parquet"),
        (("--untyped", "-o", "u.parquet"), "--untyped 不能写成 Parquet"),
        (("-o", "a.md"), "会被当成文章"),
        (("-o", "x.jsonl"), "会被当成文章"),
        (("-o", "folder"), "is a directory"),
    ],
)
def test_what_cannot_be_written(args: tuple[str, ...], told: str, repo: Repo, run: Run) -> None:
    repo({"koujing.yaml": "articles: ['*.md', 'x.jsonl']\n", "a.md": ACROSS, "folder/x": ""})
    done = run("claims", *args)
    assert done.exit_code == 2
    assert told in done.stderr
    assert Path("a.md").read_text(encoding="utf-8") == ACROSS


def test_what_fails_leaves_the_old_file(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    repo({"a.md": ACROSS, "c.jsonl": "old"})

    def broken(*args: Any, **more: Any) -> Any:
        yield from ()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("koujing.streaming.jsonl", broken)
    done = run("claims", "-o", "c.jsonl")
    assert done.exit_code == 2
    assert "No space left" in done.stderr
    assert Path("c.jsonl").read_text(encoding="utf-8") == "old"
    assert sorted(p.name for p in Path().iterdir()) == ["a.md", "c.jsonl"]
