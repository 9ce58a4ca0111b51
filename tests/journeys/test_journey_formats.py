"""Formats for machines, written by the command: several in one run, of a repo with rulings and a change."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ACROSS, FUND, WITHIN, Repo, Run, git
from jsonschema import Draft4Validator, Draft7Validator
from lxml import etree

from koujing.remembered import FORMATS

SCHEMAS = Path(__file__).parents[1] / "reports" / "schemas"
MACHINES = [name for name in FORMATS if name != "text"]
SHARED = "---\ntitle: 统筹基金\ndate: 2025-04-02\n---\n\n统筹基金可以给家人共享。\n"
RULING = """finding: {id}
verdict: both-stand
reason: 两篇说的是两类人
by: 张三
on: 2025-05-01
claims:
{claims}"""


def parsed(form: str, text: str) -> Any:
    """An output as its readers read it, valid."""
    if form == "junit":
        root = etree.fromstring(text.encode())
        assert etree.XMLSchema(etree.parse(str(SCHEMAS / "junit-10.xsd"))).validate(root)
        return root
    if form == "csv":
        return list(csv.DictReader(io.StringIO(text, newline="")))
    if form in ("json", "sarif", "rdjson", "gitlab"):
        data = json.loads(text)
        of: dict[str, Any] = {
            "sarif": (Draft7Validator, "sarif-2.1.0-rtm.5.json"),
            "rdjson": (Draft4Validator, "rdjson-DiagnosticResult.json"),
            "gitlab": (Draft4Validator, "gitlab-codeclimate.json"),
        }  # fmt: skip
        if form in of:
            validator, name = of[form]
            schema = validator(json.loads((SCHEMAS / name).read_text(encoding="utf-8")))
            for one in data if form == "gitlab" else [data]:
                assert [e.message for e in schema.iter_errors(one)] == []
        return data
    return text


@pytest.fixture
def content(repo: Repo, run: Run) -> Path:
    """A repo of which one contradiction is ruled on and one is open, with a BOM and CRLF in one article."""
    root = repo({
        "koujing.yaml": "today: 2025-06-01\n", "articles/a.md": ACROSS, "articles/b.md": WITHIN, "articles/c.md": FUND,
        "articles/d.md": b"\xef\xbb\xbf" + SHARED.replace("\n", "\r\n").encode(),
    })  # fmt: skip
    found = json.loads(run("check", "--format", "json").stdout)["findings"]
    (one,) = (f for f in found if f["topic"] == "gongji.area" and f["severity"] == "error")
    claims = "".join(
        f"  - id: {c['id']}\n    article: {c['article']}\n    quote: {c['quote']}\n"
        for side in one["sides"] for c in side["claims"]
    )  # fmt: skip
    repo({"rulings/area.yaml": RULING.format(id=one["id"], claims=claims)})
    return root


def test_all_in_one_run_and_the_exit_code_depends_on_none(content: Path, run: Run) -> None:
    plain = run("check")
    assert plain.exit_code == 1
    outputs = [word for form in FORMATS for word in ("--output", f"{form}=out/report-{form}")]
    done = run("check", *outputs)
    assert (done.exit_code, done.stdout) == (1, plain.stdout)
    for form in FORMATS:
        alone = run("check", "--format", form)
        assert alone.exit_code == 1
        text = (content / f"out/report-{form}").read_bytes().decode("utf-8")
        assert alone.stdout.replace("\r\n", "\n") == text.replace("\r\n", "\n")
        assert text.endswith("\n")
        parsed(form, text)
    assert run("check", "--fail-on", "never", *outputs).exit_code == 0
    (content / "articles/e.md").write_bytes(b"\xff\xfe\0")
    for form in FORMATS:
        broken = run("check", "--format", form)
        assert broken.exit_code == 2
        parsed(form, broken.stdout)


def test_a_ruling_is_a_suppression_and_all_else_is_told(content: Path, run: Run) -> None:
    (log,) = parsed("sarif", run("check", "--format", "sarif").stdout)["runs"]
    by_state = {r["properties"]["state"]: r for r in log["results"]}
    assert by_state["resolved"]["suppressions"][0]["justification"].startswith("两篇说的是两类人 (area; 张三")
    region = next(
        place["physicalLocation"]["region"]
        for place in by_state["open"]["relatedLocations"]
        if place["physicalLocation"]["artifactLocation"]["uri"] == "articles/d.md"
    )
    assert (region["startLine"], region["startColumn"], region["snippet"]["text"]) == (6, 1, "统筹基金可以给家人共享")
    states = {row["state"] for row in parsed("csv", run("check", "--format", "csv").stdout)}
    assert states == {"resolved", "open"}
    for form in ("gitlab", "junit", "rdjson"):
        shown = run("check", "--format", form).stdout
        assert by_state["resolved"]["properties"]["id"] not in shown


def test_with_base(content: Path, run: Run) -> None:
    git(content, "init")
    git(content, "add", ".")
    git(content, "commit", "-m", "first")
    outputs = [word for form in FORMATS for word in ("--output", f"{form}=../{form}")]
    assert run("check", "--base", "HEAD", *outputs).exit_code == 0
    before = {form: parsed(form, (content.parent / form).read_text("utf-8")) for form in FORMATS}
    assert before["sarif"]["runs"][0]["results"] == []
    assert len(before["gitlab"]) == len(parsed("gitlab", run("check", "--format", "gitlab").stdout)) > 0
    (content / "articles/new.md").write_text(ACROSS.replace("已经可以", "不可以"), encoding="utf-8")
    assert run("check", "--base", "HEAD", *outputs).exit_code == 1
    after = {form: parsed(form, (content.parent / form).read_text("utf-8")) for form in FORMATS}
    results = after["sarif"]["runs"][0]["results"]
    assert {r["baselineState"] for r in results} == {"new"}
    assert {e["fingerprint"] for e in before["gitlab"]} < {e["fingerprint"] for e in after["gitlab"]}
    failed = [c.get("name") for c in after["junit"].iter("testcase") if c.find("failure") is not None]
    assert failed == ["articles/new.md"]


def test_a_finding_stands_where_the_change_wrote(content: Path, run: Run) -> None:
    """Also where the other article sorts before it, and is the later one."""
    git(content, "init")
    git(content, "add", ".")
    git(content, "commit", "-m", "first")
    text = "---\ntitle: 丙\ndate: 2025-03-01\n---\n\n统筹基金可以给家人共享。\n"
    (content / "articles/d.md").unlink()
    git(content, "commit", "-am", "second")
    (content / "articles/z.md").write_text(text, encoding="utf-8")
    done = run("check", "--base", "HEAD", "--format", "github")
    assert done.exit_code == 1
    assert [line for line in done.stdout.splitlines() if line.startswith("::error file=articles/z.md,line=6")]
    assert "file=articles/c.md" not in done.stdout


def test_a_format_is_imported_when_it_is_asked_for() -> None:
    code = "import sys; import koujing.auditing; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "reports.text" in loaded
    assert not loaded & {f"reports.{module}" for module, _ in FORMATS.values() if module != "text"}
    assert not loaded & {"xml.etree.ElementTree", "jsonschema", "lxml", "ruamel.yaml", "jinja2"}
