"""Formats that other programs read: by their published schemas, one snapshot a language, and with hostile texts."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from lxml import etree
from machine_cases import (
    HOSTILE,
    MULTILINE,
    NO_SOURCES,
    SCHEMAS,
    SOURCES_OF_ALL,
    Render,
    at,
    errors,
    reports,
    sources,
)
from report_cases import ACROSS, WITHIN, report
from syrupy.assertion import SnapshotAssertion

from reports import csv as as_csv
from reports import github, gitlab, junit, rdjson, sarif
from reports.primary import from_top
from reports.wording.terms import LANGS, Lang

REPORTS = reports()
NAMES = sorted(REPORTS)
RENDER: dict[str, Render] = {
    "csv": as_csv.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "junit": junit.render,
    "rdjson": rdjson.render,
    "sarif": sarif.render,
}
MACHINES = sorted(RENDER)
XSD = etree.XMLSchema(etree.parse(str(SCHEMAS / "junit-10.xsd")))


@pytest.mark.parametrize("form", [f for f in MACHINES if f != "github"])
@pytest.mark.parametrize("lang", LANGS)
def test_everything(form: str, lang: Lang, snapshot: SnapshotAssertion) -> None:
    assert RENDER[form](reports(lang)["everything"], sources) == snapshot


@pytest.mark.parametrize("form", MACHINES)
@pytest.mark.parametrize("name", NAMES)
def test_any_report_can_be_written(form: str, name: str) -> None:
    for at_hand in (sources, NO_SOURCES):
        text = RENDER[form](REPORTS[name], at_hand)
        text.encode("utf-8")
        assert RENDER[form](REPORTS[name], at_hand) == text
        assert text == "" or text.endswith("\n")
        assert "\r" not in text or form == "csv", "a line of a quote is one of its cell"


# SARIF.


def log(name: str) -> Any:
    return json.loads(sarif.render(REPORTS[name], sources))


@pytest.mark.parametrize("name", NAMES)
def test_sarif_is_valid(name: str) -> None:
    assert errors("sarif-2.1.0-rtm.5.json", log(name)) == []
    (run,) = log(name)["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        ids = [related["id"] for related in result["relatedLocations"]]
        linked = re.findall(r"(?<!\\)\]\((.*?)\)", result["message"]["text"])
        assert linked == [str(i) for i in ids], "all places are linked to, and nothing else is a link"


def test_sarif_marks_what_rulings_decided() -> None:
    (run,) = log("everything")["runs"]
    by_id = {r["properties"]["id"]: r for r in run["results"]}
    (one,) = by_id["KRULED1"]["suppressions"]
    assert one["status"] == "accepted"
    assert one["justification"] == "两篇说的是两类人 (area; 张三, 2025-05-01)"
    assert one["location"]["physicalLocation"]["artifactLocation"]["uri"] == "rulings/area.yaml"
    assert [s["status"] for s in by_id["KCCCCCC"]["suppressions"]] == ["underReview"]
    assert by_id["KAAAAAA"]["suppressions"] == []
    assert by_id["KRULED1"]["partialFingerprints"] == {"koujingFinding/v1": "KRULED1XYZ"}
    assert by_id["KAAAAAA"]["partialFingerprints"] == {"koujingFinding/v1": "KAAAAAA"}
    assert all("baselineState" not in r for r in run["results"])


def test_sarif_of_a_change() -> None:
    (run,) = log("change")["runs"]
    assert [r["baselineState"] for r in run["results"]] == ["new", "new"]
    assert run["invocations"][0]["executionSuccessful"] is True


def test_sarif_tells_problems() -> None:
    (run,) = log("problems")["runs"]
    (invocation,) = run["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 2)
    told = invocation["toolExecutionNotifications"]
    assert [(n["descriptor"]["id"], n["level"]) for n in told] == [
        ("unreadable-article", "error"), ("empty", "warning"), ("too-large", "error"),
    ]  # fmt: skip
    assert told[0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 7}


def test_sarif_regions_are_in_code_points() -> None:
    (run,) = log("hostile")["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    i = next(i for i, text in enumerate(HOSTILE) if text.startswith("\U0001f600"))
    (result,) = (r for r in run["results"] if r["properties"]["id"] == f"KHA{i:04}")
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {
        "startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 5, "snippet": {"text": HOSTILE[i]},
    }  # fmt: skip
    (lines,) = log("lines")["runs"][0]["results"]
    region = lines["relatedLocations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["endLine"], region["endColumn"]) == (5, 6, 1)


def test_sarif_paths_are_uris_from_the_top_of_the_repository() -> None:
    assert sarif.uri("说 明/甲#1?.md", report()) == "%E8%AF%B4%20%E6%98%8E/%E7%94%B2%231%3F.md"
    assert sarif.uri("a:b/\udc80%.md", report()) == "a%3Ab/%80%25.md"
    assert sarif.uri("../x.md", report(root_prefix="content/zh/")) == "content/x.md"
    uris = re.findall(r'"uri": "(.*?)"', sarif.render(REPORTS["below"], sources))
    assert uris
    assert all(uri.startswith("content/%E5%8F%A3%E5%BE%84/") for uri in uris)


# GitLab.


@pytest.mark.parametrize("name", NAMES)
def test_gitlab_is_valid(name: str) -> None:
    entries = json.loads(gitlab.render(REPORTS[name], sources))
    assert [error for entry in entries for error in errors("gitlab-codeclimate.json", entry)] == []
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    for entry in entries:
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["location"]["lines"]["begin"] >= 1
        assert not re.search("[\x00-\x1f\u202a-\u202e]", entry["description"])


def test_gitlab_leaves_out_what_is_resolved_and_keeps_what_was_there() -> None:
    def entries(name: str) -> dict[str, str]:
        return {e["fingerprint"]: e["severity"] for e in json.loads(gitlab.render(REPORTS[name], sources))}

    assert "KRULED1XYZ" not in entries("everything")
    (joined,) = (name for name in entries("change") if len(name) > len("KAAAAAA"))
    assert entries("change") == {
        "KAAAAAA": "major", joined: "critical", "KFFFFFF": "minor", "KBBBBBB": "major",
    }, "KAAAAAA was there, and the change adds an article to it"  # fmt: skip


# JUnit.


def cases(name: str) -> dict[str, etree._Element]:
    """The test cases, by name."""
    root = etree.fromstring(junit.render(REPORTS[name], sources).encode())
    assert XSD.validate(root), XSD.error_log
    found = {case.get("name"): case for case in root.iter("testcase")}
    for element in (root, *root.iter("testsuite")):
        assert element.get("tests") == str(len(found))
        assert element.get("failures") == str(len(root.findall(".//failure")))
        assert element.get("errors") == str(len(root.findall(".//error")))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_junit_is_valid(name: str) -> None:
    for case in cases(name).values():
        assert len(case.findall("failure")) <= 1
        assert len(case.findall("error")) <= 1
        assert case.get("name") == case.get("classname")


def test_junit_has_a_case_an_article() -> None:
    found = cases("everything")
    children = {name: [child.tag for child in case] for name, case in found.items()}
    assert children == {
        "a.md": ["failure", "system-out"], "broken.md": ["error"], "empty.md": ["system-out"], "huge.txt": ["error"],
        "long.md": ["system-out"], "rulings/area.yaml": ["failure"], "sub/b.md": ["system-out"],
    }  # fmt: skip
    failure = found["a.md"].find("failure")
    assert failure is not None
    assert failure.get("message", "").endswith("；另有 1 个问题")
    assert "KAAAAAA" in (failure.text or "")
    assert "KBBBBBB" in (failure.text or "")
    assert "KRULED1" not in junit.render(REPORTS["everything"], sources)
    assert [list(case) for case in cases("nothing").values()] == []


def test_junit_names_what_xml_cannot_hold() -> None:
    text = junit.render(REPORTS["hostile"], sources)
    assert "<U+FFFE>".replace("<", "&lt;").replace(">", "&gt;") in text
    assert "&lt;U+0000&gt;" in text
    assert "]]>" not in text


# rdjson.


@pytest.mark.parametrize("name", NAMES)
def test_rdjson_is_valid(name: str) -> None:
    for at_hand in (sources, NO_SOURCES):
        assert errors("rdjson-DiagnosticResult.json", json.loads(rdjson.render(REPORTS[name], at_hand))) == []


def located(place: Any) -> str:
    """The words at a place as reviewdog has it: lines, and columns in bytes."""
    path, span = place["path"], place["range"]
    lines = re.split("(?<=\n)|(?<=\r)(?!\n)", SOURCES_OF_ALL[path].removeprefix("\ufeff"))
    (first, last), data = (span["start"], span["end"]), [line.encode("utf-8", "surrogatepass") for line in lines]
    chosen = data[first["line"] - 1 : last["line"]]
    chosen[-1] = chosen[-1][: last["column"] - 1]
    chosen[0] = chosen[0][first["column"] - 1 :]
    return b"".join(chosen).decode("utf-8", "surrogatepass")


def test_rdjson_counts_bytes() -> None:
    by_message = {}
    for name in ("everything", "hostile", "lines"):
        for one in json.loads(rdjson.render(REPORTS[name], sources))["diagnostics"]:
            if "range" in one["location"] and "related_locations" in one:
                places = [one["location"], *(r["location"] for r in one["related_locations"])]
                by_message[one["message"]] = [located(place) for place in places]
    quotes = {text for found in by_message.values() for text in found}
    assert {*HOSTILE, WITHIN.quote, ACROSS.quote, MULTILINE.quote} <= quotes


def test_rdjson_without_sources_gives_lines() -> None:
    for one in json.loads(rdjson.render(REPORTS["lines"], NO_SOURCES))["diagnostics"]:
        assert set(one["location"]["range"]["start"]) == {"line"}


# CSV.


@pytest.mark.parametrize("name", NAMES)
def test_csv_has_a_row_a_place(name: str) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv.render(REPORTS[name]), newline="")))
    findings = REPORTS[name].findings
    assert len(rows) == sum(len(s.places) + (s.reference is not None) for f in findings for s in f.sides)
    for row in rows:
        assert None not in row.values()
        assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")) for value in row.values())


def test_csv_keeps_quotes_as_they_are() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv.render(REPORTS["hostile"]), newline="")))
    quotes = {row["quote"].removeprefix("'") for row in rows}
    assert {text for text in HOSTILE if text not in ("\ud800", "\udc80")} <= quotes
    assert {"<U+D800>", "<U+DC80>"} & quotes


# Paths.


@pytest.mark.parametrize("form", ["github", "gitlab"])
def test_paths_are_taken_from_the_top_of_the_repository(form: str) -> None:
    assert from_top("../b.md", report(root_prefix="x/y/")) == "x/b.md"
    assert "content/口径/a.md" in RENDER[form](REPORTS["below"], sources)


def test_the_places_of_the_cases_are_right() -> None:
    for i, text in enumerate(HOSTILE):
        assert at(f"h/{i}.md", text).column == 3
