"""Shell completion: the scripts, and what the command answers when they ask it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Repo, Run, start

from koujing.cli import COMMANDS


def candidates(root: Path, *words: str, shell: str = "bash") -> list[str]:
    """What a shell is offered for the last of the words: in bash and fish a line each, type and value."""
    line = " ".join(["koujing", *words])
    last = str(len(words)) if shell != "fish" else words[-1]
    env = {"_KOUJING_COMPLETE": f"{shell}_complete", "COMP_WORDS": line, "COMP_CWORD": last}
    done = start(cwd=root, env=env)
    assert (done.returncode, done.stderr) == (0, b""), done.stderr.decode()
    return done.stdout.decode().splitlines()


@pytest.fixture
def root(repo: Repo) -> Path:
    return repo({"a.md": "# 甲\n"})


def test_commands_are_offered_by_name(root: Path) -> None:
    assert candidates(root, "") == [f"plain,{name}" for name in COMMANDS]
    assert candidates(root, "expl") == ["plain,explain"]
    assert candidates(root, "domain", "sc") == ["plain,score"]


def test_no_command_is_imported_to_offer_its_name(root: Path) -> None:
    code = (
        "import os, sys\n"
        "os.environ.update(_KOUJING_COMPLETE='bash_complete', COMP_WORDS='koujing ', COMP_CWORD='1')\n"
        "from koujing.cli import main\n"
        "try: main([], prog_name='koujing')\n"
        "except SystemExit: pass\n"
        "print(sorted(m for m in sys.modules if m in ('koujing.check', 'koujing.run', 'claims.extraction')))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_options_choices_and_files_are_offered(root: Path) -> None:
    assert {"plain,--fail-on", "plain,--format", "plain,--lang"} <= set(candidates(root, "check", "--"))
    assert {"plain,text", "plain,json"} <= set(candidates(root, "check", "--format", ""))
    assert candidates(root, "check", "--fail-on", "wa") == ["plain,warning"]
    assert candidates(root, "check", "a") == ["file,a"]
    assert candidates(root, "completion", "") == ["plain,bash", "plain,zsh", "plain,fish"]


def test_what_is_no_command_offers_nothing_and_complains_of_nothing(root: Path) -> None:
    assert candidates(root, "nonsense", "") == [f"plain,{name}" for name in COMMANDS]


def test_zsh_and_fish_get_the_lines_of_help_in_the_language_of_the_project(repo: Repo) -> None:
    root = repo({"koujing.yaml": "language: en\n"})
    shown = candidates(root, "expl", shell="zsh")
    assert shown == ["plain", "explain", COMMANDS["explain"][1][1]]
    assert candidates(root, "check", "--fail", shell="zsh")[2].startswith("The least severity that blocks")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_says_how_to_install_it(root: Path, run: Run, shell: str) -> None:
    result = run("completion", shell)
    assert (result.exit_code, result.stderr) == (0, "")
    head = result.stdout.partition("\n\n")[0]
    assert f"koujing completion {shell}" in head
    assert f"_KOUJING_COMPLETE={shell}_complete" in result.stdout
    assert "Completion of koujing" in run("completion", shell, "--lang", "en").stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_one_that_its_shell_reads(root: Path, run: Run, shell: str) -> None:
    binary = shutil.which(shell)
    if binary is None:
        pytest.skip(f"no {shell} here")
    script = root / "script"
    script.write_text(run("completion", shell).stdout, encoding="utf-8")
    subprocess.run([binary, "-n", str(script)], check=True, capture_output=True)


def test_another_shell_is_refused(run: Run) -> None:
    result = run("completion", "tcsh", "--lang", "en")
    assert result.exit_code == 2
    assert "'tcsh' is not one of" in result.stderr
