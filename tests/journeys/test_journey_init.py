"""`koujing init`: from a folder of articles to a content repo with config, rulings and CI."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from conftest import ACROSS, FUND, WITHIN, Repo, Run, git, start
from jsonschema import Draft7Validator, Draft202012Validator

from koujing import __version__
from koujing.config import load_config

SCHEMAS = Path(__file__).parent / "schemas"
CONFIG = json.loads((Path(__file__).parents[2] / "koujing/schema/config.json").read_text(encoding="utf-8"))
WORKFLOW, PIPELINE, HOOKS = ".github/workflows/koujing.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"
EVERY = ["--ci", "github", "--ci", "gitlab", "--ci", "pre-commit"]
LANGS = ["zh", "en"]


def parsed(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def tree(root: Path) -> dict[str, bytes]:
    paths = (p for p in sorted(root.rglob("*")) if p.is_file() and ".git" not in p.relative_to(root).parts)
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in paths}


def errors(name: str, data: Any) -> list[str]:
    """What a published schema says of it."""
    data = {"on" if key is True else key: value for key, value in data.items()}  # YAML 1.1 reads `on` as true
    schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return [f"{list(e.absolute_path)}: {e.message[:200]}" for e in Draft7Validator(schema).iter_errors(data)]


def is_shell(script: str, shell: str = "bash") -> None:
    subprocess.run([shell, "-n"], input=script, text=True, check=True, capture_output=True)


@pytest.mark.parametrize("lang", LANGS)
def test_a_fresh_repo_passes(repo: Repo, run: Run, lang: str) -> None:
    root = repo({"articles/a.md": ACROSS, "articles/qa/b.html": "<p>家庭共济可以跨省使用。</p>"})
    result = run("init", "--lang", lang)
    assert (result.exit_code, result.stderr) == (0, "")
    assert sorted(tree(root)) == ["articles/a.md", "articles/qa/b.html", "koujing.yaml", "rulings/README.md"]
    config = load_config(root / "koujing.yaml")
    assert config.articles == ("articles/**/*.html", "articles/**/*.md")
    assert (config.domains, config.fail_on, config.rulings, config.language) == (("yibao",), "error", "rulings", lang)
    assert list(Draft202012Validator(CONFIG).iter_errors(parsed(root / "koujing.yaml"))) == []
    checked = run("check", "--format", "json")
    assert checked.exit_code == 0
    assert json.loads(checked.stdout)["summary"]["articles"] == 2


def test_it_shows_what_it_wrote_and_what_to_do_next(repo: Repo, run: Run) -> None:
    root = repo({"a.md": ACROSS})
    shown = run("init", "--lang", "en").stdout
    assert shown.startswith("new koujing.yaml\n  | # The configuration of koujing")
    for name in ("koujing.yaml", "rulings/README.md"):
        quoted = "".join(f"  | {line}".rstrip() + "\n" for line in (root / name).read_text("utf-8").splitlines())
        assert f"new {name}\n{quoted}" in shown
    assert "koujing check" in shown.partition("Next:")[2]
    assert "koujing init --ci github" in shown
    assert run("init", "--lang", "zh").stdout.startswith("没有要写的，什么都没有改动。")


@pytest.mark.parametrize("lang", LANGS)
def test_a_second_run_changes_nothing(repo: Repo, run: Run, lang: str) -> None:
    root = repo({"a.md": ACROSS})
    assert run("init", *EVERY, "--lang", lang).exit_code == 0
    before = tree(root)
    result = run("init", *EVERY)
    assert result.exit_code == 0
    assert tree(root) == before
    assert ("unchanged" if lang == "en" else "没有变化") in result.stdout
    assert "--force" not in result.stdout


def test_both_languages_say_the_same_to_machines(repo: Repo, run: Run) -> None:
    root = repo({"a.md": ACROSS})
    written = []
    for lang in LANGS:
        assert run("init", *EVERY, "--lang", lang).exit_code == 0
        written.append([parsed(root / name) for name in ("koujing.yaml", PIPELINE, HOOKS, WORKFLOW)])
        for name in ("koujing.yaml", PIPELINE, HOOKS, WORKFLOW):
            (root / name).unlink()
    zh, en = written
    assert {**zh[0], "language": "en"} == en[0]
    assert zh[1:3] == en[1:3]
    for workflow in (zh[3], en[3]):
        for step in workflow["jobs"]["koujing"]["steps"]:
            step.pop("name", None)
    assert zh[3] == en[3]


def test_dry_run_writes_nothing(repo: Repo, run: Run) -> None:
    root = repo({"a.md": ACROSS})
    result = run("init", *EVERY, "--dry-run")
    assert result.exit_code == 0
    assert sorted(tree(root)) == ["a.md"]
    assert "--dry-run" in result.stdout
    assert "新建 koujing.yaml" in result.stdout


# The articles.

GUESSES: list[tuple[list[str], list[str] | None]] = [
    ([], None),
    (
        ["a.md", "b.txt", "requirements.txt", "CONTRIBUTING.md"],
        ["*.md", "*.txt", "!CONTRIBUTING.md", "!requirements.txt"],
    ),
    (["x/a.md", "requirements.txt", "404.html"], ["x/**/*.md"]),
    (["README.md", "x/README.md", "文章/甲.md"], ["文章/**/*.md"]),
    (["a[1]/x.md", "b*/y.MD"], ["a[[]1]/**/*.md", "b[*]/**/*.MD"]),
    ([".hidden/a.md", "node_modules/b.md", "rulings/c.md", "x/d.htm"], ["x/**/*.htm"]),
    ([f"f{n:02}/a.{s}" for n in range(7) for s in ("md", "txt")], [f"f{n:02}/**/*" for n in range(7)]),
    (["~old/a.md", "x/b.md"], None),
]


@pytest.mark.parametrize(("files", "globs"), GUESSES)
def test_the_articles_are_guessed_from_what_is_there(
    repo: Repo, run: Run, files: list[str], globs: list[str] | None
) -> None:
    root = repo(dict.fromkeys(files, "# 甲\n"))
    assert run("init").exit_code == 0
    assert parsed(root / "koujing.yaml").get("articles") == globs
    if globs and "README.md" not in files:
        meant = [f for f in files if not f.startswith((".hidden", "node_modules", "rulings"))]
        meant = [f for f in meant if f not in ("requirements.txt", "CONTRIBUTING.md", "404.html")]
        checked = run("check", "--format", "json")
        assert json.loads(checked.stdout)["summary"]["articles"] == len(meant)


def test_articles_can_be_named(repo: Repo, run: Run) -> None:
    root = repo({"content/a.md": ACROSS, "docs/b.md": WITHIN})
    asked = ["--articles", "content/**/*.md", "--articles", "!content/drafts/**"]
    assert run("init", *asked).exit_code == 0
    assert load_config(root / "koujing.yaml").articles == ("content/**/*.md", "!content/drafts/**")
    assert run("check").exit_code == 0
    assert run("init", *asked).exit_code == 0
    other = run("init", "--articles", "docs/**", "--lang", "en")
    assert other.exit_code == 2
    assert "koujing.yaml is there already and differs" in other.stderr


@pytest.mark.parametrize("glob", ["../x/*.md", "/etc/*", "!drafts/**", ""])
def test_a_glob_that_no_config_takes_is_refused(repo: Repo, run: Run, glob: str) -> None:
    root = repo({"a.md": ACROSS})
    result = run("init", "--articles", glob, "--lang", "en")
    assert result.exit_code == 2
    assert "--articles" in result.stderr
    assert sorted(tree(root)) == ["a.md"]


# What is there already.


def test_what_is_there_stays(repo: Repo, run: Run) -> None:
    mine = "# mine\nlanguage: en\nrulings: editorial/rulings\n"
    root = repo({"a.md": ACROSS, "koujing.yaml": mine, WORKFLOW: "on: push\n"})
    result = run("init", "--ci", "github")
    assert result.exit_code == 0
    assert (root / "koujing.yaml").read_text() == mine
    assert (root / WORKFLOW).read_text() == "on: push\n"
    assert "left as it is: koujing.yaml (it is there and differs; --force replaces it)" in result.stdout
    assert (root / "editorial/rulings/README.md").is_file()
    forced = run("init", "--ci", "github", "--force")
    assert "changed koujing.yaml\n  | @@" in forced.stdout
    assert "  | -# mine\n" in forced.stdout
    assert parsed(root / WORKFLOW)["name"] == "koujing"


def test_a_broken_config_is_told_and_can_be_replaced(repo: Repo, run: Run) -> None:
    root = repo({"a.md": ACROSS, "koujing.yaml": "langauge: en\n"})
    result = run("init", "--lang", "en")
    assert result.exit_code == 2
    assert "koujing.yaml:1" in result.stderr
    assert sorted(tree(root)) == ["a.md", "koujing.yaml"]
    assert run("init", "--force").exit_code == 0
    assert run("check").exit_code == 0


def test_below_another_project_it_refuses(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repo({"koujing.yaml": "language: en\n", "articles/a.md": ACROSS})
    monkeypatch.chdir(root / "articles")
    result = run("init", "--force")
    assert result.exit_code == 2
    assert "a folder above has a config already: ../koujing.yaml" in result.stderr
    assert sorted(tree(root)) == ["articles/a.md", "koujing.yaml"]


def test_a_file_that_cannot_be_read_stops_it_before_anything_is_written(repo: Repo, run: Run) -> None:
    root = repo({"a.md": ACROSS, f"{HOOKS}/x": ""})
    result = run("init", "--ci", "pre-commit", "--lang", "en")
    assert result.exit_code == 2
    assert HOOKS in result.stderr
    assert not (root / "koujing.yaml").exists()


def test_none_goes_with_no_other(repo: Repo, run: Run) -> None:
    repo({"a.md": ACROSS})
    result = run("init", "--ci", "none", "--ci", "github", "--lang", "en")
    assert result.exit_code == 2
    assert "--ci none does not go with github" in result.stderr


# GitHub.


@pytest.mark.parametrize("lang", LANGS)
def test_the_workflow(repo: Repo, run: Run, lang: str) -> None:
    root = repo({"a.md": ACROSS})
    assert run("init", "--ci", "github", "--lang", lang).exit_code == 0
    workflow = parsed(root / WORKFLOW)
    assert errors("github-workflows.json", workflow) == []
    assert workflow[True] == {"pull_request": None, "push": {"branches": ["main"]}}
    assert workflow["permissions"] == {"contents": "read"}
    job = workflow["jobs"]["koujing"]
    assert job["env"] == {"KOUJING": f"koujing=={__version__}"}
    checkout, python, install, change, everything, summary = job["steps"]
    assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}
    assert python["uses"].startswith("actions/setup-python@v")
    output = '--output "markdown=$RUNNER_TEMP/koujing.md"'
    assert change["run"] == f'koujing check --base "$BASE" --format github {output}'
    assert change["env"] == {"BASE": "origin/${{ github.base_ref }}"}
    assert everything["run"] == f"koujing check --format github {output}"
    for step in (install, change, everything, summary):
        is_shell(step["run"])
        assert "${{" not in step["run"], "what others write is no text of a script"


def test_the_default_branch_is_the_remotes(repo: Repo, run: Run, tmp_path: Path) -> None:
    root = repo({"a.md": ACROSS})
    git(root, "init", "-b", "trunk")
    git(root, "add", ".")
    git(root, "commit", "-m", "first")
    git(tmp_path, "clone", str(root), "clone")
    clone = tmp_path / "clone"
    git(clone, "checkout", "-b", "feature")
    assert start("init", "--ci", "github", cwd=clone).returncode == 0
    assert parsed(clone / WORKFLOW)[True]["push"]["branches"] == ["trunk"]


def test_what_is_installed_can_be_named(repo: Repo, run: Run) -> None:
    root = repo({"a.md": ACROSS})
    spec = "koujing @ git+https://git.example.org/tools/koujing@v1"
    assert run("init", *EVERY, "--install", spec).exit_code == 0
    assert parsed(root / WORKFLOW)["jobs"]["koujing"]["env"]["KOUJING"] == spec
    assert parsed(root / PIPELINE)["koujing"]["variables"]["KOUJING"] == spec
    assert parsed(root / HOOKS)["repos"][0]["hooks"][0]["additional_dependencies"] == [spec]


@pytest.mark.parametrize("spec", ["--index-url=x", "$(id)", "a`b`", 'a"b', "a\nb", "", "${{ secrets.X }}"])
def test_what_no_package_is_called_is_refused(repo: Repo, run: Run, spec: str) -> None:
    repo({"a.md": ACROSS})
    result = run("init", "--ci", "github", "--install", spec, "--lang", "en")
    assert result.exit_code == 2
    assert "--install cannot be this" in result.stderr


def test_a_content_repo_below_the_top_of_git(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repo({"the site/it's/a.md": ACROSS})
    git(root, "init", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-m", "first")
    here = root / "the site" / "it's"
    monkeypatch.chdir(here)
    result = run("init", *EVERY)
    assert "新建 ../../.github/workflows/koujing.yml" in result.stdout
    assert sorted(tree(here)) == ["a.md", "koujing.yaml", "rulings/README.md"]
    workflow = parsed(root / WORKFLOW)
    assert errors("github-workflows.json", workflow) == []
    assert workflow["jobs"]["koujing"]["defaults"]["run"]["working-directory"] == "the site/it's"
    job = parsed(root / PIPELINE)["koujing"]
    script = "\n".join(job["script"][1:])
    assert told(script, root, {}) == (str(here), ["check", *outputs("../../")])
    assert parsed(root / HOOKS)["repos"][0]["hooks"][0]["args"] == ["--base", "HEAD", "the site/it's"]
    assert "`/the site/it's/rulings/`" in (here / "rulings/README.md").read_text(encoding="utf-8")


# GitLab.


def outputs(up: str = "") -> list[str]:
    """What a job writes."""
    files = {"text": "koujing.log", "gitlab": "gl-code-quality-report.json", "junit": "koujing-junit.xml"}
    return [word for form, file in files.items() for word in ("--output", f"{form}={up}{file}")]


def told(script: str, root: Path, env: Mapping[str, str]) -> tuple[str, list[str]]:
    """Where a job's script calls koujing, and with what."""
    binary = root.parent / "bin" / "koujing"
    binary.parent.mkdir(exist_ok=True)
    binary.write_text('#!/bin/sh\npwd\nfor word in "$@"; do printf \'%s\\n\' "$word"; done\n', encoding="utf-8")
    binary.chmod(0o755)
    path = {"PATH": f"{binary.parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(["sh", "-e"], input=script, env={**path, **env}, cwd=root, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    where, *words = done.stdout.splitlines()
    return where, words


@pytest.mark.parametrize("lang", LANGS)
def test_the_pipeline(repo: Repo, run: Run, lang: str) -> None:
    root = repo({"a.md": ACROSS})
    assert run("init", "--ci", "gitlab", "--lang", lang).exit_code == 0
    pipeline = parsed(root / PIPELINE)
    assert errors("gitlab-ci.json", pipeline) == []
    job = pipeline["koujing"]
    assert job["variables"]["GIT_DEPTH"] == "0"
    assert [rule["if"] for rule in job["rules"]] == [
        '$CI_PIPELINE_SOURCE == "merge_request_event"', "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH",
    ]  # fmt: skip
    assert job["artifacts"] == {
        "when": "always", "expose_as": "koujing", "paths": ["koujing.log"],
        "reports": {"codequality": "gl-code-quality-report.json", "junit": "koujing-junit.xml"},
    }  # fmt: skip
    for line in job["script"]:
        is_shell(line, "sh")
    check = job["script"][-1]
    assert told(check, root, {}) == (str(root), ["check", *outputs()])
    branch = "release/$(touch evil) x"
    there = told(check, root, {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": branch})[1]
    assert there == ["check", "--base", f"origin/{branch}", *outputs()]
    assert not (root / "evil").exists()


def test_a_pipeline_that_is_there_is_told_what_to_include(repo: Repo, run: Run) -> None:
    mine = "build:\n  script: [!reference [.setup, script], make]\n"
    root = repo({"a.md": ACROSS, PIPELINE: mine})
    result = run("init", "--ci", "gitlab", "--lang", "en")
    assert (root / PIPELINE).read_text() == mine
    assert errors("gitlab-ci.json", parsed(root / ".gitlab/koujing.yml")) == []
    assert f"left as it is: {PIPELINE}; add to it:\n  | include:\n  |   - local: .gitlab/koujing.yml\n" in result.stdout
    (root / PIPELINE).write_text(f"include:\n  - local: .gitlab/koujing.yml\n{mine}")
    before = tree(root)
    assert f"unchanged {PIPELINE}" in run("init", "--ci", "gitlab", "--force", "--lang", "en").stdout
    assert {**tree(root), "koujing.yaml": b""} == {**before, "koujing.yaml": b""}


def test_a_pipeline_that_has_the_job_stays(repo: Repo, run: Run) -> None:
    root = repo({"a.md": ACROSS, PIPELINE: "koujing:\n  script: [koujing check]\n"})
    assert run("init", "--ci", "gitlab", "--force").exit_code == 0
    assert not (root / ".gitlab").exists()
    assert (root / PIPELINE).read_text() == "koujing:\n  script: [koujing check]\n"


# pre-commit.

OTHERS = {
    "flush": "repos:\n- repo: https://x.example\n  rev: v1  # pinned\n  hooks:\n  - id: a\n",
    "mixed": "# ours\nrepos:\n- repo: https://x.example\n  rev: 'v1'\n  hooks:\n    - id: a\n      args: [ -x,  -y ]\n",
    "wide": "repos:\n    -   repo: https://x.example\n        rev: v1\n        hooks:\n        -   id: a\n\n# end\n",
    "in between": "ci:\n  skip: [a]\nrepos:\n  - repo: meta\n    hooks:\n      - id: identity\n\n# where\nfiles: ^x/\n",
    "no end of line": "repos:\n  - repo: meta\n    hooks: [{id: identity}]",
    "windows": "repos:\r\n  - repo: meta\r\n    hooks:\r\n      - id: identity\r\n",
    "a mark": "\ufeffrepos:\n  - repo: meta\n    hooks:\n      - id: identity\n",
    "a start": "---\n# 中文注释\nrepos:\n  - repo: meta\n    hooks:\n      - id: identity\n",
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_hook_is_added_to_others_that_stay_as_they_are(repo: Repo, run: Run, name: str) -> None:
    mine = OTHERS[name]
    root = repo({"a.md": ACROSS, HOOKS: mine})
    result = run("init", "--ci", "pre-commit", "--lang", "en")
    assert result.exit_code == 0
    assert f"changed {HOOKS}\n  | @@" in result.stdout
    text = (root / HOOKS).read_bytes().decode()
    before, after = yaml.safe_load(mine), yaml.safe_load(text)
    assert {**after, "repos": after["repos"][:-1]} == before
    (hook,) = after["repos"][-1]["hooks"]
    assert (hook["id"], hook["pass_filenames"], hook["always_run"]) == ("koujing", False, True)
    # Every line of theirs, in order, as it was.
    rest = iter(text.splitlines(keepends=True))
    assert all(any(line.rstrip("\r\n") == found.rstrip("\r\n") for found in rest) for line in mine.splitlines(True))
    assert ("\r\n" in text) == ("\r\n" in mine)
    assert text.count("\n") - text.count("\r\n") in (0, text.count("\n"))
    before_again = tree(root)
    assert f"unchanged {HOOKS}" in run("init", "--ci", "pre-commit", "--force", "--lang", "en").stdout
    assert tree(root)[HOOKS] == before_again[HOOKS]


@pytest.mark.parametrize("mine", ["repos: []\n", "# later\nrepos:\n", "files: ^x/  # only\n", ""])
def test_a_list_without_hooks_gets_ours(repo: Repo, run: Run, mine: str) -> None:
    root = repo({"a.md": ACROSS, HOOKS: mine})
    assert run("init", "--ci", "pre-commit").exit_code == 0
    text = (root / HOOKS).read_text(encoding="utf-8")
    assert [repo["repo"] for repo in yaml.safe_load(text)["repos"]] == ["local"]
    assert all(part in text for part in mine.split("#")[1:])


@pytest.mark.parametrize("mine", ["- not\n- a mapping\n", "repos: text\n", "repos: [\n", "a: 1\na: 2\nrepos: []\n"])
def test_a_config_that_is_none_is_left_and_told_what_to_add(repo: Repo, run: Run, mine: str) -> None:
    root = repo({"a.md": ACROSS, HOOKS: mine})
    result = run("init", "--ci", "pre-commit", "--lang", "en")
    assert result.exit_code == 0
    assert (root / HOOKS).read_text() == mine
    assert "add below `repos`:\n  | - repo: local\n  |   hooks:\n" in result.stdout


def test_pre_commit_takes_what_is_written(repo: Repo, run: Run) -> None:
    clientlib = pytest.importorskip("pre_commit.clientlib")
    root = repo({"a.md": ACROSS})
    for mine in (None, *OTHERS.values()):
        (root / HOOKS).unlink(missing_ok=True)
        if mine is not None:
            (root / HOOKS).write_bytes(mine.encode())
        assert run("init", "--ci", "pre-commit").exit_code == 0
        clientlib.load_config(str(root / HOOKS))


def test_the_hook_compares_with_the_last_commit_where_there_is_one(repo: Repo, run: Run) -> None:
    root = repo({"a.md": ACROSS})
    git(root, "init", "-b", "main")
    run("init", "--ci", "pre-commit")
    assert "args" not in parsed(root / HOOKS)["repos"][0]["hooks"][0]
    (root / HOOKS).unlink()
    git(root, "add", ".")
    git(root, "commit", "-m", "first")
    run("init", "--ci", "pre-commit")
    assert parsed(root / HOOKS)["repos"][0]["hooks"][0]["args"] == ["--base", "HEAD"]


# Which CI.

REMOTES = [
    ("https://github.com/x/y.git", [WORKFLOW]),
    ("git@github.com:x/y.git", [WORKFLOW]),
    ("ssh://git@gitlab.example.cn:2222/x/y", [PIPELINE]),
    ("https://user:github.com@git.example.org/x", []),
    ("https://notgithub.com/x", []),
]


@pytest.mark.parametrize(("url", "written"), REMOTES)
def test_at_a_terminal_the_ci_is_chosen_from_the_remote(
    repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch, url: str, written: list[str]
) -> None:
    root = repo({"a.md": ACROSS})
    git(root, "init", "-b", "main")
    git(root, "remote", "add", "origin", url)
    assert run("init", "--dry-run").stdout.count("新建") == 2, "nobody watches: only what is asked for"
    monkeypatch.setattr("koujing.init.command.at_terminal", lambda: True)
    result = run("init", "--lang", "en")
    assert sorted(tree(root)) == sorted(["a.md", "koujing.yaml", "rulings/README.md", *written])
    assert ("Chose --ci" in result.stdout) == bool(written)


def test_at_a_terminal_the_ci_is_chosen_from_what_is_there(
    repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = repo({"a.md": ACROSS, HOOKS: OTHERS["flush"], ".github/CODEOWNERS": ""})
    monkeypatch.setattr("koujing.init.command.at_terminal", lambda: True)
    assert "选了 --ci github, pre-commit" in run("init").stdout
    assert (root / WORKFLOW).is_file()
    assert "选了" not in run("init", "--ci", "none").stdout


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder for PATH in which the command is, and a `python` whose pip installs nothing."""
    folder = tmp_path / "installed"
    folder.mkdir()
    root = Path(__file__).parents[2]
    code = f'#!/bin/sh\nPYTHONPATH="{root}" exec "{sys.executable}" -m koujing "$@"\n'
    for name, text in {"koujing": code, "python": "#!/bin/sh\n"}.items():
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


def pull_request(repo: Repo, tmp_path: Path) -> Path:
    """A clone with a branch beside a main that has a contradiction already, set up by `koujing init`."""
    root = repo({"articles/a.md": ACROSS, "articles/b.md": FUND, "articles/old.md": WITHIN})
    git(root, "init", "-b", "main")
    done = start("init", *EVERY, cwd=root)
    assert (done.returncode, done.stderr) == (0, b"")
    git(root, "add", ".")
    git(root, "commit", "-m", "koujing")
    git(tmp_path, "clone", str(root), "clone")
    clone = tmp_path / "clone"
    git(clone, "checkout", "-b", "pr")
    return clone


def commit(clone: Path, text: str) -> None:
    (clone / "articles/new.md").write_text(text, encoding="utf-8")
    git(clone, "add", ".")
    git(clone, "commit", "-m", "new")


NEW = "---\ntitle: 新文章\ndate: 2025-04-02\n---\n\n{}\n"
FINE, WRONG = NEW.format("医保每年参保一次。"), NEW.format("家庭共济不能跨省使用，统筹基金可以给家人共享。")


@pytest.mark.parametrize(("text", "code"), [(FINE, 0), (WRONG, 1)])
def test_the_steps_of_the_workflow_run(repo: Repo, tmp_path: Path, installed: Path, text: str, code: int) -> None:
    clone = pull_request(repo, tmp_path)
    commit(clone, text)
    *_, change, everything, summary = parsed(clone / WORKFLOW)["jobs"]["koujing"]["steps"]
    page = tmp_path / "summary.md"
    env = {
        "PATH": f"{installed}{os.pathsep}{os.environ['PATH']}", "BASE": "origin/main", "RUNNER_TEMP": str(tmp_path),
        "GITHUB_STEP_SUMMARY": str(page), "KOUJING_CACHE_DIR": os.environ["KOUJING_CACHE_DIR"],
    }  # fmt: skip

    def step(script: str) -> subprocess.CompletedProcess[str]:
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        return subprocess.run(command, cwd=clone, env=env, capture_output=True, text=True, check=False)

    done = step(change["run"])
    assert done.returncode == code, done.stderr
    assert ("::error" in done.stdout) == bool(code)
    assert step(summary["run"]).returncode == 0
    assert page.read_text(encoding="utf-8").startswith("# ❌" if code else "# ✅")
    assert step(everything["run"]).returncode == 1, "what was there before blocks the whole audit"


@pytest.mark.parametrize(("text", "code"), [(FINE, 0), (WRONG, 1)])
def test_the_script_of_the_pipeline_runs(repo: Repo, tmp_path: Path, installed: Path, text: str, code: int) -> None:
    clone = pull_request(repo, tmp_path)
    commit(clone, text)
    env = {
        "PATH": f"{installed}{os.pathsep}{os.environ['PATH']}", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "KOUJING": "koujing", "KOUJING_CACHE_DIR": os.environ["KOUJING_CACHE_DIR"],
    }  # fmt: skip
    script = "\n".join(parsed(clone / PIPELINE)["koujing"]["script"])
    done = subprocess.run(["sh", "-e"], input=script, cwd=clone, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert (clone / "koujing.log").read_text(encoding="utf-8") == done.stdout
    entries = json.loads((clone / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert "articles/old.md" in {entry["location"]["path"] for entry in entries}, "what was there before is not fixed"
    failed = [c.get("name") for c in ElementTree.parse(clone / "koujing-junit.xml").iter("testcase") if len(c)]
    assert failed == (["articles/new.md"] if code else [])


@pytest.mark.parametrize(("text", "code"), [(FINE, 0), (WRONG, 1)])
@pytest.mark.parametrize("below", ["", "sub"])
def test_the_hook_runs(repo: Repo, installed: Path, text: str, code: int, below: str) -> None:
    root = repo({})
    here = root / below
    repo({f"{below}/articles/a.md".lstrip("/"): ACROSS, f"{below}/articles/old.md".lstrip("/"): WITHIN})
    git(root, "init", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-m", "first")
    assert start("init", "--ci", "pre-commit", cwd=here).returncode == 0
    (hook,) = parsed(root / HOOKS)["repos"][0]["hooks"]
    (here / "articles/new.md").write_text(text, encoding="utf-8")
    command = [*shlex.split(hook["entry"]), *hook["args"]]
    env = {**os.environ, "PATH": f"{installed}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr


def test_the_installed_command_in_a_real_repo(repo: Repo) -> None:
    """Set up, commit; the commit passes the audit, a contradiction does not."""
    root = repo({"articles/a.md": ACROSS, "articles/b.md": FUND})
    git(root, "init", "-b", "main")
    done = start("init", *EVERY, cwd=root)
    assert (done.returncode, done.stderr) == (0, b"")
    git(root, "add", ".")
    git(root, "commit", "-m", "koujing")
    assert start("check", cwd=root).returncode == 0
    (root / "articles/c.md").write_text(WITHIN, encoding="utf-8")
    assert start("check", cwd=root).returncode == 1
    again = start("init", *EVERY, cwd=root)
    assert again.returncode == 0
    status = subprocess.run(["git", "status", "--short"], cwd=root, capture_output=True, text=True, check=True)
    assert status.stdout == "?? articles/c.md\n"
