"""Exports and archives by the real command: the same findings as of the same articles in a folder."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ACROSS, FUND, WITHIN, Repo, Run

from claims.readers.fields import KNOWN

ROOT = Path(__file__).parents[2]


def _body(article: str) -> str:
    return article.rpartition("---\n\n")[2]


ARTICLES: Mapping[str, Mapping[str, str]] = {
    "101": {"标题": "家庭共济能不能跨省", "正文": _body(ACROSS), "发布时间": "2025-03-01 08:00:00", "作者": "甲"},
    "102": {"标题": "共济的范围", "正文": _body(WITHIN), "发布时间": "2025年4月1日", "作者": "乙"},
    "103": {"标题": "统筹基金", "正文": _body(FUND), "发布时间": "1743465600", "作者": "甲"},
}
TODAY = ("--today", "2025-06-01")


def lines(articles: Mapping[str, Mapping[str, str]] = ARTICLES, **more: str) -> str:
    return "".join(json.dumps({"编号": k, **v, **more}, ensure_ascii=False) + "\n" for k, v in articles.items())


DAYS = {"101": "2025-03-01", "102": "2025-04-01", "103": "2025-04-01"}
FILES = {
    f"{k}.md": f"---\nid: '{k}'\ntitle: {v['标题']}\ndate: {DAYS[k]}\nauthor: {v['作者']}\n---\n{v['正文']}"
    for k, v in ARTICLES.items()
}


def as_jsonl(folder: Path) -> None:
    (folder / "cms.jsonl").write_text(lines(), encoding="utf-8")


def as_parquet(folder: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    rows = [{"编号": int(k), **v} for k, v in ARTICLES.items()]
    parquet.write_table(pyarrow.Table.from_pylist(rows), folder / "cms.parquet", row_group_size=2)


def as_zip(folder: Path) -> None:
    with zipfile.ZipFile(folder / "cms.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in FILES.items():
            archive.writestr(f"文章/{name}", content)


def as_zip_of_jsonl(folder: Path) -> None:
    with zipfile.ZipFile(folder / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("out/cms.jsonl", lines())


CONTAINERS: Mapping[str, Callable[[Path], None]] = {
    "cms.jsonl": as_jsonl, "cms.parquet": as_parquet, "cms.zip": as_zip, "export.zip": as_zip_of_jsonl,
}  # fmt: skip


def found(run: Run, *paths: str) -> Any:
    done = run("check", "--format", "json", "--possible", *TODAY, *paths)
    report = json.loads(done.stdout)
    return done.exit_code, sorted(
        (f["id"], f["kind"], f["severity"], tuple(sorted(c["quote"] for s in f["sides"] for c in s.get("claims", ()))))
        for f in report["findings"]
    )


def claims(run: Run, *paths: str) -> list[tuple[Any, ...]]:
    records = map(json.loads, run("claims", "--format", "jsonl", *paths).stdout.splitlines())
    fields = ("id", "topic", "value", "quantifier", "scope", "as_of", "hedged", "quote", "origin", "pattern")
    return sorted(tuple(str(r[f]) for f in fields) for r in records)


@pytest.mark.parametrize("container", CONTAINERS)
def test_the_same_as_in_a_folder(container: str, repo: Repo, run: Run) -> None:
    repo(FILES)
    in_folder, of_folder = found(run), claims(run)
    assert in_folder[0] == 1
    assert len(of_folder) >= 3
    for file in Path().glob("*.md"):
        file.unlink()
    CONTAINERS[container](Path())
    assert found(run, container) == in_folder
    assert claims(run, container) == of_folder


def test_what_an_export_looks_like(repo: Repo, run: Run) -> None:
    repo({"cms.jsonl": lines()})
    shown = run("check", *TODAY, "cms.jsonl").stdout
    assert "--> cms.jsonl#101:1:1 《家庭共济能不能跨省》" in shown
    assert "检查了 3 篇文章" in shown
    first = json.loads(run("claims", "--format", "jsonl", "cms.jsonl").stdout.splitlines()[0])
    assert first["article"] == "cms.jsonl#101"
    assert ARTICLES["101"]["正文"][first["start"] : first["end"]] == first["quote"]
    page = run("explain", "--path", "cms.jsonl", first["id"]).stdout
    assert first["quote"] in page


def test_one_record_alone(repo: Repo, run: Run) -> None:
    repo({"cms.jsonl": lines()})
    read = run("claims", "--format", "jsonl", "cms.jsonl#102").stdout.splitlines()
    assert {json.loads(one)["article"] for one in read} == {"cms.jsonl#102"}
    Path("cms.jsonl").write_text(lines() + "oops\n", encoding="utf-8")
    assert run("claims", "cms.jsonl#102").exit_code == 0
    assert run("claims", "cms.jsonl").exit_code == 2
    missing = run("check", "cms.jsonl#999")
    assert missing.exit_code == 2
    assert "导出文件里没有这一条" in missing.stdout + missing.stderr


def test_what_is_opened(repo: Repo, run: Run) -> None:
    repo({"a/cms.jsonl": lines(), "a/x.md": ACROSS})
    assert "检查了 1 篇文章" in run("check", *TODAY).stdout
    assert "检查了 1 篇文章" in run("check", *TODAY, "a").stdout
    assert "检查了 4 篇文章" in run("check", *TODAY, "a", "a/cms.jsonl").stdout
    for config, n in [
        ("articles: a\n", 1), ("articles: a/**\n", 1), ("articles: a/*.jsonl\n", 3),
        ("articles: ['a/*.jsonl', '!a/c*']\n", 0), ("exports: {files: a/*.jsonl}\n", 4),
        ("articles: '**/*.md'\nexports: {files: a/cms.jsonl, format: text}\n", 4),
    ]:  # fmt: skip
        Path("koujing.yaml").write_text(config, encoding="utf-8")
        done = run("check", *TODAY)
        assert f"检查了 {n} 篇文章" in done.stdout, config
    Path("a/x.md").unlink()
    Path("koujing.yaml").unlink()
    assert "export-unopened" in run("check", "a").stdout


def test_fields_of_ones_own(repo: Repo, run: Run) -> None:
    body = "<p>家庭共济&#65292;可以跨省使用。</p>"
    record = {"k": "7", "head": "家庭共济", "data": {"html": body}, "t": 1743465600000}
    config = """
exports:
  - files: x/*.ndjson
    format: html
    prefix: news-
    fields: {id: k, title: head, body: data.html, date: t}
"""
    repo({"koujing.yaml": config, "x/a.ndjson": json.dumps(record)})
    [claim] = map(json.loads, run("claims", "--format", "jsonl").stdout.splitlines())
    assert (claim["article"], claim["as_of"]) == ("x/a.ndjson#7", "2025-04-01")
    assert body[claim["start"] : claim["end"]] == claim["quote"]
    Path("koujing.yaml").write_text(config.replace("body: data", "body: date"), encoding="utf-8")
    done = run("check")
    assert done.exit_code == 2
    assert "没有“date.html”字段" in done.stdout
    Path("koujing.yaml").write_text(config.replace("title: head", "title: heads"), encoding="utf-8")
    done = run("check")
    assert done.exit_code == 2
    assert "没有一条记录有“heads”字段（title）" in done.stdout
    assert "是不是想写“head”？" in done.stdout


def test_broken_records_are_told_and_the_others_checked(repo: Repo, run: Run) -> None:
    broken = '{"编号": "104"}\n{"编号": "101", "正文": "x"}\n{"编号\n\n{"编号":"105","正文":" "}\n'
    repo({"cms.jsonl": lines() + broken})
    done = run("check", *TODAY, "cms.jsonl")
    assert done.exit_code == 2
    for told in ("cms.jsonl:4", "记录没有正文", "cms.jsonl:5", "id“101”与第 1 行的相同", "cms.jsonl:6", "没有写完",
                 "cms.jsonl#105", "正文是空的"):  # fmt: skip
        assert told in done.stdout
    assert "检查了 4 篇文章" in done.stdout
    english = run("check", *TODAY, "--lang", "en", "cms.jsonl").stdout
    assert "the record has no body" in english
    assert "its fields are: 编号" in english


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_broken_archive_is_told(repo: Repo, run: Run) -> None:
    with zipfile.ZipFile(repo({}) / "a.zip", "w") as archive:
        for name in ("../x.md", "b.md", "b.md", "rows.jsonl"):
            archive.writestr(name, ACROSS)
    done = run("check", *TODAY, "a.zip")
    assert done.exit_code == 2
    for told in ("a.zip#../x.md", "文件名指向压缩包以外", "两个同名的文件", "a.zip#rows.jsonl:1", "不是有效的 JSON"):
        assert told in done.stdout
    assert "检查了 1 篇文章" in done.stdout
    Path("b.zip").write_bytes(b"no zip")
    assert "不是有效的 zip 压缩包" in run("check", "b.zip").stdout


def test_many_broken_lines_are_counted(repo: Repo, run: Run) -> None:
    repo({"cms.jsonl": "oops\n" * 80})
    done = run("check", "cms.jsonl")
    assert done.exit_code == 2
    assert done.stdout.count("不是有效的 JSON") == 50
    assert "还有 30 条记录读不了" in done.stdout


def test_a_field_that_is_no_id_is_not_told_a_million_times(repo: Repo, run: Run) -> None:
    repo({"cms.jsonl": '{"id": 0, "body": "x"}\n' * 81})
    done = run("check", "cms.jsonl")
    assert done.exit_code == 2
    assert done.stdout.count("的相同，这一条没有读") == 50
    assert "还有 30 条记录读不了" in done.stdout


def test_two_exports_that_count_their_own(repo: Repo, run: Run) -> None:
    repo({"a.jsonl": lines(), "b.jsonl": lines(), "c.md": ACROSS.replace("title", "id: 101\ntitle")})
    for command in (("check",), ("check", "--format", "json"), ("claims", "-o", "x.csv"), ("claims",)):
        told = run(*command, "a.jsonl", "b.jsonl", "c.md", "--lang", "en")
        shown = told.stdout + told.stderr
        if "json" in command:
            assert [p["code"] for p in json.loads(told.stdout)["problems"]] == ["same-ids", "same-id"]
        else:
            assert "3 records have the id of one in a.jsonl (such as 101)" in shown
            assert "a `prefix` under `exports`" in shown
    config = "exports:\n  - {files: a.jsonl}\n  - {files: b.jsonl, prefix: b-}\n"
    Path("koujing.yaml").write_text(config, encoding="utf-8")
    Path("c.md").unlink()
    assert "same-id" not in run("check").stdout


def test_an_empty_export_is_a_warning(repo: Repo, run: Run) -> None:
    repo({"cms.jsonl": "\n", "a.md": ACROSS})
    done = run("check", "cms.jsonl", "a.md")
    assert done.exit_code == 0
    assert "warning[export-no-articles]" in done.stdout


def test_no_report_is_written_over_an_export(repo: Repo, run: Run) -> None:
    repo({"cms.jsonl": lines(), "koujing.yaml": "exports: {files: '*.jsonl'}\n"})
    for args in (("cms.jsonl",), ("cms.jsonl#101",), ()):
        done = run("check", *args, "--output", "jsonl=cms.jsonl")
        assert done.exit_code == 2
        assert "会被当成文章" in done.stderr
    assert run("check", "--output", "jsonl=new.jsonl").exit_code == 2
    assert run("check", *TODAY, "--output", "jsonl=out.log").exit_code == 1


def test_a_report_page(repo: Repo, run: Run) -> None:
    repo({"cms.jsonl": lines()})
    assert run("report", "-o", "out", *TODAY, "cms.jsonl").exit_code == 0
    page = Path("out/index.html").read_text(encoding="utf-8")
    assert "cms.jsonl#101" in page
    assert "家庭共济能不能跨省" in page


def test_what_an_export_brings(repo: Repo, run: Run) -> None:
    before = {k: v for k, v in ARTICLES.items() if k != "102"}
    repo({"koujing.yaml": "exports: {files: '*.jsonl'}\n", "cms.jsonl": lines(before)})
    for command in (("init", "-q"), ("add", "."), ("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "1")):
        subprocess.run(["git", *command], check=True)
    assert run("check", *TODAY).exit_code == 0
    Path("cms.jsonl").write_text("\n" + lines(ARTICLES, clicks="7"), encoding="utf-8")
    done = run("check", *TODAY, "--base", "HEAD")
    assert done.exit_code == 1
    assert "cms.jsonl#102" in done.stdout
    moved = run("check", *TODAY, "--base", "HEAD", "--format", "json")
    assert len(json.loads(moved.stdout)["findings"]) >= 1
    Path("cms.jsonl").rename("cms-2.jsonl")
    again = json.loads(run("check", *TODAY, "--base", "HEAD", "--format", "json").stdout)
    assert [f["id"] for f in again["findings"]] == [f["id"] for f in json.loads(moved.stdout)["findings"]]


def test_machines_are_shown_the_export_and_its_line(repo: Repo, run: Run) -> None:
    """A record is no file: what opens files is given the export and the record's line, and told the record's name."""
    repo({"x/cms.jsonl": "\n" + lines() + '{"编号": "9", "正文": "---\\ntitle: [\\n---\\nx"}\n'})
    as_zip(Path("x"))

    def shown(form: str, *paths: str) -> str:
        return run("check", "--format", form, *TODAY, *paths).stdout

    github = shown("github", "x/cms.jsonl")
    assert "::error file=x/cms.jsonl,line=3,endLine=3,title=" in github
    assert "::error file=x/cms.jsonl,line=5,title=unreadable-article::x/cms.jsonl#9: " in github
    assert "::error file=x/cms.zip,title=" in shown("github", "x/cms.zip")
    gitlab = [d["location"] for d in json.loads(shown("gitlab", "x/cms.jsonl"))]
    assert {(at["path"], at["lines"]["begin"]) for at in gitlab} == {("x/cms.jsonl", 3), ("x/cms.jsonl", 5)}
    assert {d["location"]["path"] for d in json.loads(shown("gitlab", "x/cms.zip"))} == {"x/cms.zip"}
    for diagnostic in json.loads(shown("rdjson", "x/cms.jsonl"))["diagnostics"]:
        assert diagnostic["location"]["path"] == "x/cms.jsonl"
        assert diagnostic["location"]["range"]["start"]["line"] in (3, 5)
    [result] = json.loads(shown("sarif", "x/cms.jsonl"))["runs"][0]["results"]
    [at] = result["locations"]
    assert at["physicalLocation"] == {"artifactLocation": {"uri": "x/cms.jsonl"}, "region": {"startLine": 3}}
    assert at["logicalLocations"] == [{"fullyQualifiedName": "x/cms.jsonl#102:1:1"}]
    [result] = json.loads(shown("sarif", "x/cms.zip"))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"] == {"artifactLocation": {"uri": "x/cms.zip"}}


DOC = (ROOT / "docs" / "inputs.md").read_text(encoding="utf-8")
SAMPLE = Path(__file__).parent / "exports"


def test_the_sample_of_the_docs(repo: Repo, run: Run) -> None:
    root = repo({})
    shutil.copytree(SAMPLE, root, dirs_exist_ok=True)
    done = run("check", *TODAY)
    assert "error[contradiction]" in done.stdout
    assert "cms/guide.jsonl#311:2:4" in done.stdout
    assert "检查了 3 篇文章，读出 6 条说法" in done.stdout
    export = (SAMPLE / "cms/guide.jsonl").read_text(encoding="utf-8")
    bodies = {row["nid"]: row for row in map(json.loads, export.splitlines())}
    for line in run("claims", "--format", "jsonl").stdout.splitlines():
        claim = json.loads(line)
        row = bodies[int(claim["article"].rpartition("#")[2])]
        whole = row["content"]["rendered"] + "\n" + row["name"]
        assert whole[claim["start"] : claim["end"]] == claim["quote"]


def test_the_docs_show_the_sample_and_every_known_name() -> None:
    [shown] = re.findall(r"```yaml\n(.*?)```", DOC, re.DOTALL)
    written = yaml.safe_load((SAMPLE / "koujing.yaml").read_text(encoding="utf-8"))
    assert yaml.safe_load(shown)["exports"] == written["exports"]
    for field, names in KNOWN.items():
        [row] = re.findall(rf"^\| {field} \| (.*) \|$", DOC, re.MULTILINE)
        assert re.split("[,;] ", row) == list(names)


def test_unchanged_records_are_read_once(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between a commit and now, and wherever they stand and whatever else the export says of them."""
    import audit.drawing as drawing

    repo({"koujing.yaml": "exports: {files: '*.jsonl'}\n", "cms.jsonl": lines()})
    for command in (("init", "-q"), ("add", "."), ("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "1")):
        subprocess.run(["git", *command], check=True)
    changed = {k: ARTICLES[k] for k in ("103", "101", "102")} | {"104": {"标题": "新", "正文": _body(ACROSS)}}
    Path("cms.jsonl").write_text("\n" + lines(changed, clicks="7"), encoding="utf-8")
    read: list[str] = []
    real = drawing.article_of
    monkeypatch.setattr(drawing, "article_of", lambda file, data: read.append(file.path) or real(file, data))
    assert run("check", *TODAY, "--base", "HEAD", "--jobs", "1", "--no-cache").exit_code == 1
    assert sorted(read) == [f"cms.jsonl#{n}" for n in (101, 102, 103, 104)]
