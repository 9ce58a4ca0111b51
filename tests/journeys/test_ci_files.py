"""What this repo offers other repos' CI: `action.yml` and `.pre-commit-hooks.yaml`, by their schemas and by running."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

ROOT = Path(__file__).parents[2]
SCHEMAS = Path(__file__).parent / "schemas"
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
NAMES = {
    "base": "IN_BASE", "fail-on": "IN_FAIL_ON", "paths": "IN_PATHS", "lang": "IN_LANG", "summary": "IN_SUMMARY",
    "sarif-file": "IN_SARIF",
}  # fmt: skip
SAYS = """#!/bin/sh
for word in "$@"; do
  printf '%s\\n' "$word"
  case $word in markdown=*) printf '# **x**' > "${word#markdown=}" ;; esac
done > "$SAID"
exit "${CODE:-0}"
"""
"""A `koujing` that notes what it was called with, and writes a report."""


def test_the_action_is_valid() -> None:
    schema = json.loads((SCHEMAS / "github-actions.json").read_text(encoding="utf-8"))
    assert [e.message for e in Draft7Validator(schema).iter_errors(ACTION)] == []


def test_nothing_that_a_caller_passes_is_text_of_a_script() -> None:
    for step in STEPS:
        assert "${{" not in step.get("run", "")
    env = next(step["env"] for step in STEPS if step.get("id") == "check")
    assert env == {variable: f"${{{{ inputs.{name} }}}}" for name, variable in NAMES.items()}


@pytest.mark.parametrize("script", [step["run"] for step in STEPS if "run" in step])
def test_its_scripts_are_bash(script: str) -> None:
    subprocess.run(["bash", "-n"], input=script, text=True, check=True, capture_output=True)


def act(
    tmp_path: Path, inputs: dict[str, str], code: int = 0, base_ref: str = ""
) -> tuple[int, list[str], dict[str, str]]:
    """The action's main step as the runner runs it: its exit code, koujing's arguments, the outputs."""
    binary = tmp_path / "bin" / "koujing"
    binary.parent.mkdir()
    binary.write_text(SAYS, encoding="utf-8")
    binary.chmod(0o755)
    script = tmp_path / "script.sh"
    script.write_text(next(step["run"] for step in STEPS if step.get("id") == "check"), encoding="utf-8")
    told = {name: str(spec.get("default", "")) for name, spec in ACTION["inputs"].items()} | inputs
    env = {variable: told[name] for name, variable in NAMES.items()} | {
        "PATH": f"{binary.parent}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "GITHUB_BASE_REF": base_ref,
        "SAID": str(tmp_path / "said"),
        "CODE": str(code),
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    said = (tmp_path / "said").read_text(encoding="utf-8").splitlines()
    outputs = dict(line.split("=", 1) for line in (tmp_path / "output").read_text(encoding="utf-8").splitlines())
    return done.returncode, said, outputs


def test_the_action_by_default(tmp_path: Path) -> None:
    code, said, outputs = act(tmp_path, {})
    assert [*said[:4], said[-1]] == ["check", "--format", "github", "--output", "--"]
    assert said[4].startswith("markdown=")
    assert not Path(said[4].removeprefix("markdown=")).exists()
    assert (code, outputs) == (0, {"exit-code": "0"})
    assert (tmp_path / "summary.md").read_text(encoding="utf-8") == "# **x**"


def test_on_a_pull_request_the_target_branch_is_the_base(tmp_path: Path) -> None:
    _, said, _ = act(tmp_path, {"summary": "false"}, base_ref="release/1.x")
    assert said[3:5] == ["--base", "origin/release/1.x"]
    assert not (tmp_path / "summary.md").exists()


def test_the_base_can_be_turned_off(tmp_path: Path) -> None:
    _, said, _ = act(tmp_path, {"base": "none"}, base_ref="main")
    assert "--base" not in said


def test_everything_passed_and_koujings_exit_code_passed_on(tmp_path: Path) -> None:
    paths = "\n a b\n--help\n文章/*.md\n"
    given = {
        "base": "v1", "fail-on": "warning", "lang": "en", "paths": paths, "summary": "false", "sarif-file": "a b.sarif",
    }  # fmt: skip
    code, said, outputs = act(tmp_path, given, code=1)
    assert code == 1
    assert outputs == {"exit-code": "1"}
    assert said[3:9] == ["--base", "v1", "--fail-on", "warning", "--lang", "en"]
    assert said[said.index("--") - 2 : said.index("--")] == ["--output", "sarif=a b.sarif"]
    assert said[said.index("--") + 1 :] == [" a b", "--help", "文章/*.md"]


@pytest.mark.parametrize("name", ["base", "fail-on", "lang", "paths", "sarif-file"])
def test_what_a_caller_passes_is_never_run(tmp_path: Path, name: str) -> None:
    evil = '"; touch evil; $(touch evil) `touch evil` \''
    _, said, _ = act(tmp_path, {name: evil})
    assert not (tmp_path / "evil").exists()
    assert any(evil in word for word in said)


def test_the_pre_commit_hook_is_valid_and_gets_no_file_names() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["id"], hook["entry"], hook["language"]) == ("koujing", "koujing check", "python")
    assert (hook["pass_filenames"], hook["always_run"]) == (False, True)
    clientlib = pytest.importorskip("pre_commit.clientlib")
    clientlib.load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))
