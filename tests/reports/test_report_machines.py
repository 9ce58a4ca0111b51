"""Formats that other programs read: by their published schemas, one snapshot a language, and with hostile texts."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from machine_cases import HOSTILE, NO_SOURCES, Render, at, errors, reports, sources
from report_cases import report
from syrupy.assertion import SnapshotAssertion

from reports import github, gitlab, sarif
from reports.primary import from_top
from reports.wording.terms import LANGS, Lang

REPORTS = reports()
NAMES = sorted(REPORTS)
RENDER: dict[str, Render] = {"github": github.render, "gitlab": gitlab.render, "sarif": sarif.render}
MACHINES = sorted(RENDER)


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
        assert "\r" not in text


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
    assert entries("change") == {"KAAAAAA": "critical", "KFFFFFF": "minor", "KBBBBBB": "major"}


# Paths.


@pytest.mark.parametrize("form", ["github", "gitlab"])
def test_paths_are_taken_from_the_top_of_the_repository(form: str) -> None:
    assert from_top("../b.md", report(root_prefix="x/y/")) == "x/b.md"
    assert "content/口径/a.md" in RENDER[form](REPORTS["below"], sources)


def test_the_places_of_the_cases_are_right() -> None:
    for i, text in enumerate(HOSTILE):
        assert at(f"h/{i}.md", text).column == 3
