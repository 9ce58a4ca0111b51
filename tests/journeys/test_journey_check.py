"""`koujing check`: exit codes, what is shown, what is written, what is told."""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from conftest import ACROSS, FUND, WITHIN, Repo, Run, git, start

PAIR = {"articles/across.md": ACROSS, "articles/within.md": WITHIN}


def findings(stdout: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(stdout)["findings"]
    return found


# Exit codes.


def test_a_corpus_without_conflicts_passes(repo: Repo, run: Run) -> None:
    repo({"a.md": ACROSS, "b.md": FUND})
    result = run("check")
    assert result.exit_code == 0
    assert "[退出码 0]" in result.stdout
    assert result.stderr == ""


def test_a_conflict_blocks(repo: Repo, run: Run) -> None:
    repo(PAIR)
    result = run("check")
    assert result.exit_code == 1
    assert "error[contradiction]" in result.stdout
    assert "--> articles/within.md:6:1 《家庭共济常见问题》" in result.stdout
    assert "家庭共济目前不能跨省使用" in result.stdout
    assert "koujing explain K" in result.stdout


@pytest.mark.parametrize(("fail_on", "code"), [("error", 1), ("warning", 1), ("info", 1), ("never", 0)])
def test_fail_on(repo: Repo, run: Run, fail_on: str, code: int) -> None:
    repo(PAIR)
    assert run("check", "--fail-on", fail_on).exit_code == code


def test_the_exit_code_does_not_depend_on_the_format(repo: Repo, run: Run) -> None:
    repo(PAIR)
    assert {run("check", "--format", form).exit_code for form in ("text", "json", "jsonl")} == {1}


def test_a_broken_article_is_named_the_rest_audited_and_the_exit_code_is_2(repo: Repo, run: Run) -> None:
    repo({
        **PAIR,
        "latin.md": "r\xe9sum\xe9 caf\xe9".encode("latin-1"),
        "binary.html": b"\x89PNG\0\0",
        "open.md": "---\ntitle: 甲\n\n正文\n",
        "date.md": "---\ntitle: 甲\ndate: 昨天\n---\n\n正文\n",
    })  # fmt: skip
    result = run("check", "--format", "json")
    record = json.loads(result.stdout)
    assert result.exit_code == 2
    assert record["summary"]["exit_code"] == 2
    assert len(record["findings"]) == 1
    told = {p["path"]: (p["severity"], p["line"]) for p in record["problems"]}
    assert told == {
        "latin.md": ("error", 1), "binary.html": ("error", None), "open.md": ("error", 1), "date.md": ("error", 3),
    }  # fmt: skip
    assert "latin.md" in result.stderr
    text = run("check").stdout
    assert all(name in text for name in told)


def test_problems_win_over_fail_on_never(repo: Repo, run: Run) -> None:
    repo({**PAIR, "binary.md": b"\0"})
    assert run("check", "--fail-on", "never").exit_code == 2


def test_an_empty_article_is_a_warning(repo: Repo, run: Run) -> None:
    repo({"a.md": ACROSS, "empty.md": " \n\n"})
    result = run("check")
    assert result.exit_code == 0
    assert "warning[empty] 文件是空的" in result.stdout
    assert "--> empty.md" in result.stdout


def test_a_huge_file_is_told_and_not_read(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.readers.MAX_BYTES", 300)
    repo({"a.md": ACROSS, "huge.md": WITHIN * 9})
    result = run("check")
    assert result.exit_code == 2
    assert "error[too-large] 文件太大" in result.stdout


def test_an_article_that_breaks_the_extraction_does_not_stop_the_others(
    repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    import audit.drawing as drawing

    real = drawing.draw

    def failing(article: Any, *more: Any) -> Any:
        if article.path == "bad.md":
            raise ZeroDivisionError("oh")
        return real(article, *more)

    monkeypatch.setattr(drawing, "draw", failing)
    repo({**PAIR, "bad.md": FUND})
    result = run("check", "--no-cache", "--lang", "en")
    assert result.exit_code == 2
    assert "error[internal] the program failed on this article: ZeroDivisionError: oh" in result.stdout
    assert "error[contradiction]" in result.stdout


def test_a_bug_is_exit_2_not_1(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("koujing.auditing.find_conflicts", broken)
    repo(PAIR)
    result = run("check")
    assert result.exit_code == 2
    assert "Traceback" in result.stderr
    assert "error: 程序出错：ZeroDivisionError: oh" in result.stderr


def test_ctrl_c_is_130(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("koujing.auditing.count_project", interrupted)
    repo(PAIR)
    assert run("check").exit_code == 130


def test_nothing_to_audit_is_said(repo: Repo, run: Run) -> None:
    repo({"README.md": WITHIN})
    result = run("check")
    assert result.exit_code == 0
    assert "warning[no-articles]" in result.stdout


# PATHS.


def test_without_a_config_paths_are_the_corpus(repo: Repo, run: Run) -> None:
    repo({**PAIR, "other/fund.md": FUND})
    assert run("check", "articles/across.md", "other").exit_code == 0
    assert run("check", "articles").exit_code == 1
    assert run("check", "articles/across.md", "articles/within.md").exit_code == 1


def test_with_a_config_paths_choose_what_is_shown(repo: Repo, run: Run) -> None:
    repo({**PAIR, "other/fund.md": FUND, "koujing.yaml": ""})
    assert run("check", "articles/across.md").exit_code == 1
    quiet = run("check", "other")
    assert quiet.exit_code == 0
    assert "另有 1 个问题不涉及所选路径，未显示" in quiet.stdout
    assert "检查了 3 篇文章" in quiet.stdout


def test_the_config_above_is_the_root_from_anywhere(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repo({**PAIR, "koujing.yaml": "articles: articles\n"})
    monkeypatch.chdir(root / "articles")
    result = run("check", "within.md", "--format", "json")
    sides = findings(result.stdout)[0]["sides"]
    assert {c["article"] for side in sides for c in side["claims"]} == set(PAIR)


def test_a_named_path_that_is_not_there(repo: Repo, run: Run) -> None:
    repo(PAIR)
    result = run("check", "articles", "nowhere.md")
    assert result.exit_code == 2
    assert "error[missing] 没有这个文件或文件夹" in result.stdout
    assert "error[contradiction]" in result.stdout


def test_a_named_file_of_another_format(repo: Repo, run: Run) -> None:
    repo({**PAIR, "table.xlsx": b"PK"})
    result = run("check", "table.xlsx", "--lang", "en")
    assert result.exit_code == 2
    assert "known suffixes: .htm .html .jsonl .markdown .md .ndjson .parquet .txt .zip" in result.stdout


def test_paths_of_two_projects(repo: Repo, run: Run) -> None:
    repo({"one/koujing.yaml": "", "two/koujing.yaml": "", "one/a.md": ACROSS, "two/b.md": WITHIN})
    result = run("check", "one", "two")
    assert result.exit_code == 2
    assert "error: 这些路径属于不同的项目" in result.stderr


# Severity, possible, teasers, today.


def test_severity_by_code_and_topic(repo: Repo, run: Run) -> None:
    root = repo({**PAIR, "koujing.yaml": "severity:\n  contradiction: warning\n"})
    result = run("check")
    assert result.exit_code == 0
    assert "warning[contradiction]" in result.stdout
    (root / "koujing.yaml").write_text("severity: {contradiction: warning, gongji.area: info}\n", encoding="utf-8")
    assert "info[contradiction]" in run("check").stdout
    (root / "koujing.yaml").write_text("severity: {gongji.area: off}\n", encoding="utf-8")
    assert "contradiction" not in run("check").stdout


def test_fail_on_of_the_config_and_the_option_before_it(repo: Repo, run: Run) -> None:
    repo({**PAIR, "koujing.yaml": "fail_on: never\n"})
    assert run("check").exit_code == 0
    assert run("check", "--fail-on", "info").exit_code == 1


def test_today_is_said_with_its_source(repo: Repo, run: Run) -> None:
    root = repo(PAIR)
    assert "取自系统时钟" in run("check").stdout
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "one")
    assert "今天按 2025-05-06 计（取自所检查提交的日期）" in run("check").stdout
    (root / "koujing.yaml").write_text("today: 2025-07-08\n", encoding="utf-8")
    assert "今天按 2025-07-08 计（取自配置）" in run("check").stdout
    assert "今天按 2025-09-10 计（取自 --today）" in run("check", "--today", "2025-09-10").stdout


@pytest.mark.parametrize("day", ["2025-02-30", "20250228", "tomorrow", "２０２５-01-01"])
def test_a_day_that_is_none(repo: Repo, run: Run, day: str) -> None:
    repo(PAIR)
    result = run("check", "--today", day)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: 不是日期：{day}")


# Output.


def test_annotations_name_files_from_the_top_of_the_work_tree(
    repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GitHub would find no file of a content repo that is a folder of a bigger one."""
    root = repo({"site/content/koujing.yaml": "articles: [articles]\n", "site/content/articles/a b.md": b"\0"})
    repo({f"site/content/{name}": text for name, text in PAIR.items()})
    git(root, "init")
    link = root.parent / "link"
    link.symlink_to(root / "site")
    for place in (root / "site" / "content", link / "content" / "articles"):
        monkeypatch.chdir(place)
        files = re.findall(r"file=([^,]*)", run("check", "--format", "github").stdout)
        assert files[0] == "site/content/articles/a b.md"
        assert all(file.startswith("site/content/articles/") for file in files)
        assert "site/" not in run("check").stdout


def test_output_files_beside_the_format(repo: Repo, run: Run) -> None:
    root = repo(PAIR)
    out = root / "out"
    result = run("check", "--output", "json=out/a.json", "--output", "text=out/a.log", "--output", "jsonl=out/a.jsonl")
    assert result.exit_code == 1
    assert result.stdout == (out / "a.log").read_text(encoding="utf-8")
    assert json.loads((out / "a.json").read_text(encoding="utf-8"))["version"] == 1
    assert len((out / "a.jsonl").read_text(encoding="utf-8").splitlines()) == 1
    assert sorted(p.name for p in out.iterdir()) == ["a.json", "a.jsonl", "a.log"]
    assert result.stdout == run("check").stdout
    assert run("check", "--format", "json").stdout == (out / "a.json").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="modes")
def test_output_files_have_the_usual_mode_and_keep_their_own(repo: Repo, run: Run) -> None:
    root = repo(PAIR)
    run("check", "--output", "json=a.json")
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE((root / "a.json").stat().st_mode) == 0o666 & ~umask
    (root / "a.json").chmod(0o600)
    run("check", "--output", "json=a.json")
    assert stat.S_IMODE((root / "a.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("outputs", "told"),
    [
        (["json"], "--output 的写法不对：json"),
        (["pdf=a.pdf"], "格式有 text, json, jsonl"),
        (["json=a.json", "text=./a.json"], "两个 --output 写到同一个文件"),
        (["text=report.txt"], "报告写到这里会被当成文章来检查"),
        (["text=articles/across.md"], "报告写到这里会被当成文章来检查"),
        (["json=articles"], "报告写不进 articles"),
    ],
)
def test_outputs_that_would_lose_something(repo: Repo, run: Run, outputs: list[str], told: str) -> None:
    root = repo(PAIR)
    result = run("check", *(arg for output in outputs for arg in ("--output", output)))
    assert result.exit_code == 2
    assert told in result.stderr
    assert (root / "articles/across.md").read_text(encoding="utf-8") == ACROSS
    assert not (root / "report.txt").exists()


def test_an_output_outside_the_articles_may_be_a_text(repo: Repo, run: Run) -> None:
    root = repo({**PAIR, "koujing.yaml": "articles: articles\n"})
    assert run("check", "--output", "text=report.txt").exit_code == 1
    assert (root / "report.txt").exists()


@pytest.mark.skipif(os.name == "nt", reason="/dev")
def test_an_output_to_a_device_is_written_to_it(repo: Repo, run: Run) -> None:
    repo(PAIR)
    assert run("check", "--output", "json=/dev/null").exit_code == 1
    assert not stat.S_ISREG(Path("/dev/null").stat().st_mode)


def test_without_a_config_findings_are_followed_by_how_to_write_one(repo: Repo, run: Run) -> None:
    root = repo(PAIR)
    assert "运行 koujing init" in run("check").stdout
    assert "`koujing init` writes one" in run("check", "--lang", "en").stdout
    for form in ("json", "github", "sarif", "junit", "csv"):
        result = run("check", "--format", form)
        assert "koujing init" not in result.stdout + result.stderr
    (root / "articles/within.md").unlink()
    assert "koujing init" not in run("check").stdout  # nothing was found
    repo({**PAIR, "koujing.yaml": ""})
    assert "koujing init" not in run("check").stdout


def test_no_colour_and_no_progress_where_nobody_watches(repo: Repo) -> None:
    root = repo(PAIR)
    done = start("check", cwd=root, env={"TERM": "xterm"})
    assert b"\x1b" not in done.stdout
    assert done.stderr == b""


@pytest.mark.skipif(os.name == "nt", reason="a shell")
def test_a_reader_that_leaves_is_no_error(repo: Repo) -> None:
    import subprocess
    import sys

    root = repo({f"articles/{i:03}.md": WITHIN for i in range(200)} | {"articles/x.md": ACROSS})
    command = f"'{sys.executable}' -m koujing claims --format json | head -c 10"
    done = subprocess.run(["sh", "-c", command], cwd=root, capture_output=True, check=False, timeout=300)
    assert done.stderr == b""
    assert len(done.stdout) == 10


def test_usage_errors_are_told_in_the_language(repo: Repo, run: Run) -> None:
    root = repo(PAIR)
    assert run("check", "--nope").stderr.startswith("error: 没有选项 --nope")
    assert re.match(r"error: No such option(:| ) ?'?--nope", run("check", "--nope", "--lang", "en").stderr)
    assert run("check", "--jobs", "0").stderr.startswith("error: '--jobs' 不能是 0，范围是 x>=1")
    assert run("check", "--format", "pdf").stderr.startswith("error: '--format' 不能是 pdf")
    assert run("check", "--format").stderr.startswith("error: 选项 --format 后面要有值")
    assert run("chekc").stderr.startswith("error: 没有命令 chekc\n  = 提示: 是不是想写 check？")
    (root / "koujing.yaml").write_text("language: en\nfail_on: [\n", encoding="utf-8")
    assert run("check", "--nope").stderr.startswith("error: No such option")
    assert "is not valid YAML" in run("check").stderr
    assert {run(*args).exit_code for args in (["check", "--nope"], ["chekc"], ["check"], [])} == {2}


def test_help_and_version(repo: Repo, run: Run) -> None:
    repo(PAIR)
    assert run("--version").stdout == "koujing 0.1.0\n"
    assert "检查文章之间和文章内部的矛盾" in run("--help").stdout
    for command in ("check", "claims", "explain"):
        zh, en = run(command, "--help"), run(command, "--help", "--lang", "en")
        assert zh.exit_code == en.exit_code == 0
        assert zh.stdout.startswith(f"用法: koujing {command} [选项]")
        assert en.stdout.startswith(f"Usage: koujing {command} [OPTIONS]")
        assert not any("\u4e00" <= c <= "\u9fff" for c in en.stdout)


@pytest.mark.parametrize(
    ("config", "args", "wanted"),
    [
        ("", [], False),
        ("severity: {possible: info}", [], True),
        ("severity: {possible: off}", [], False),
        ("severity: {possible: info}", ["--no-possible"], False),
        ("severity: {possible: off}", ["--possible"], True),
        ("", ["--possible"], True),
    ],
)
def test_possible_conflicts_are_asked_for(
    repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch, config: str, args: list[str], wanted: bool
) -> None:
    from koujing import run as audited

    asked: list[bool] = []
    real = audited.conflicts

    def listening(*given: Any, possible: bool = False, **more: Any) -> Any:
        asked.append(possible)
        return real(*given, possible=possible, **more)

    monkeypatch.setattr(audited, "conflicts", listening)
    repo({**PAIR, "koujing.yaml": config})
    run("check", *args)
    assert asked == [wanted]
