"""What a change brings: the cases of gate_cases.yaml, each played in a git repo of its own."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Repo, Run, git

TABLE: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "gate_cases.yaml").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = TABLE["cases"]
KEYS = {
    "name", "base", "now", "at", "git", "here", "args", "code", "brought", "resolved", "left", "loosened", "says",
    "hidden", "uncommitted",
}  # fmt: skip
OFF = "facts: {cross-province-national: off}\n"


def written(path: str, text: str) -> str:
    """A file of the table as it is written, but for what a ruling takes from the audit."""
    text = TABLE["texts"][text[1:]] if text.startswith("@") else text
    if path.endswith("koujing.yaml"):
        text += "\n" if "facts" in text else f"\n{OFF}"
    return text


def ruled(text: str, finding: Mapping[str, Any]) -> str:
    claims = [claim for side in finding["sides"] for claim in side["claims"]]
    rows = (json.dumps({key: c[key] for key in ("id", "article", "quote")}, ensure_ascii=False) for c in claims)
    listed = "claims:\n" + "".join(f"  - {row}\n" for row in rows)
    return text.replace("{finding}", finding["id"]).replace("{claims}", listed)


def audit(run: Run, *args: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(run("check", "--format", "json", *args).stdout)
    return record


def play(case: Mapping[str, Any], repo: Repo, run: Run) -> Path:
    """Bring a repo into the state of a case."""
    base = {path: written(path, text) for path, text in case["base"].items()}
    now = {path: text if text is None else written(path, text) for path, text in case.get("now", {}).items()}
    late = case.get("at") == "now"
    root = repo({path: text for path, text in base.items() if "{finding}" not in text})
    asks = any("{finding}" in (text or "") for text in (*base.values(), *now.values()))
    finding = audit(run)["findings"][0] if asks and not late else None
    repo({path: ruled(text, finding) for path, text in base.items() if finding and "{finding}" in text})
    git(root, "init")
    git(root, "add", "-A")
    git(root, "commit", "-m", "base")
    for path in (path for path, text in now.items() if text is None):
        (root / path).unlink()
    repo({path: text for path, text in now.items() if text is not None and "{finding}" not in text})
    finding = audit(run)["findings"][0] if late else finding
    repo({path: ruled(text, finding) for path, text in now.items() if finding and text and "{finding}" in text})
    for command in case.get("git", ()):
        git(root, *shlex.split(command))
    return root


def brought(record: Mapping[str, Any], root: Path, run: Run) -> list[str]:
    """PATH: QUOTE of each claim that is brought, the code of a finding that has none."""
    change = record["summary"]["change"]
    everything = [*record["findings"], *audit(run)["findings"]]
    claims = {c["id"]: c for f in everything for s in f["sides"] for c in s["claims"] if "id" in c}
    codes = {f["id"]: f["code"] for f in everything}
    words = {f"{claims[c]['article']}: {claims[c]['quote']}" for ids in change["brought"].values() for c in ids}
    return sorted([*words, *(codes[finding] for finding, ids in change["brought"].items() if not ids)])


def test_the_table_is_well_formed() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names)) >= 30
    assert all(set(case) <= KEYS and {"name", "base", "code"} <= set(case) for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any], repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = play(case, repo, run)
    monkeypatch.chdir(root / case.get("here", "."))
    args = [str(arg) for arg in case.get("args", ("--base", "HEAD"))]
    told = run("check", *args)
    assert told.exit_code == case["code"], told.output
    for phrase in case.get("says", ()):
        assert phrase in told.output
    machine = run("check", "--format", "json", *args)
    assert machine.exit_code == case["code"]
    if not machine.stdout:
        return
    record = json.loads(machine.stdout)
    change = record["summary"]["change"]
    assert brought(record, root, run) == sorted(case.get("brought", []))
    listed = [" ".join(filter(None, (one["how"], one.get("ruling")))) for one in change["loosened"]]
    assert (change["resolved"], change["left"], listed) == (
        case.get("resolved", 0), case.get("left", 0), case.get("loosened", []),
    )  # fmt: skip
    for key, count in (("hidden", record["summary"]["hidden"]), ("uncommitted", change["uncommitted"])):
        assert case.get(key, count) == count
