"""`koujing rulings`: the list, --check, --prune, --renew, --stats, and that the commands which messages name mend."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ACROSS, WITHIN, Repo, Run, git, start
from test_journey_rulings import AREA, ON, PAIR, audit, conflict, listed, states

from koujing.knowledge import load_domain

STANDS = f"verdict: stands\n{ON}{AREA}source: 某通知\n"


def named(told: str) -> list[list[str]]:
    """The commands that a report names, as a shell takes them."""
    found = re.findall(r"koujing (rulings --\w+ (?:'[^']+'|[^\s；;']+)(?: --expires [^\s；;]+)?)", told)
    return [shlex.split(text) for text in found]


def both(run: Run, repo: Repo, name: str = "two", more: str = "") -> tuple[Path, str]:
    """A repo with a conflict, and a `both-stand` that closes it."""
    root = repo(PAIR)
    found = conflict(run)
    text = f"# 我们的裁定\nfinding: {found['id']}  # 见会议记录\nverdict: both-stand\n{more}{ON}{listed(found)}"
    repo({f"rulings/{name}.yaml": text})
    return root, text


def reworded(root: Path) -> None:
    (root / "articles/within.md").write_text(WITHIN.replace("目前不能", "现在仍然不能"), encoding="utf-8")


def agreed(root: Path) -> None:
    """The conflict is gone: both articles say the same."""
    (root / "articles/within.md").write_text(ACROSS, encoding="utf-8")


# The list.


def records(run: Run, *args: str) -> list[dict[str, Any]]:
    result = run("rulings", "--format", "json", *args)
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def test_the_list_says_what_each_comes_to(repo: Repo, run: Run) -> None:
    _, text = both(run, repo)
    [record] = records(run)
    assert (record["name"], record["state"], record["verdict"]) == ("two", "in-effect", "both-stand")
    assert (record["topic"], record["pairs"], len(record["closes"])) == ("gongji.area", 1, 1)
    later = text.replace("both-stand", "under-review\nexpires: 2025-07-01")
    repo({"rulings/across.yaml": STANDS, "rulings/two.yaml": later})
    by_name = {r["name"]: r for r in records(run)}
    assert by_name["across"]["follow"] == ["articles/across.md"]
    assert by_name["across"]["against"] == ["articles/within.md"]
    told = run("rulings").stdout
    assert "1 篇文章照此说，1 篇与此不符" in told
    assert "理由: 核对过通知原文" in told
    rows = list(csv.DictReader(io.StringIO(run("rulings", "--format", "csv").stdout)))
    assert [(r["name"], r["follow"]) for r in rows] == [("across", "1"), ("two", "0")]
    assert [r["name"] for r in records(run, "rulings/across.yaml")] == ["across"]
    assert run("rulings", "acros").exit_code == 2
    assert "是不是想写 across" in run("rulings", "acros").stderr


@pytest.mark.parametrize("width", [80, 40])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_list_fits(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch, width: int, lang: str) -> None:
    from reports.width import columns

    both(run, repo)
    repo({"rulings/a-name-that-goes-on-and-on-and-on.yaml": STANDS})
    monkeypatch.setenv("COLUMNS", str(width))
    told = run("rulings", "--lang", lang).stdout
    assert all(columns(line) <= width for line in told.splitlines()), told


def test_without_rulings(repo: Repo, run: Run) -> None:
    repo(PAIR)
    assert run("rulings").stdout == "还没有裁定。\n"
    assert run("rulings", "--check").exit_code == 0
    assert run("rulings", "--prune").stdout == "没有要清理的裁定。\n"
    assert run("rulings", "--stats").exit_code == 0


# --check


def test_check_fails_on_a_ruling_without_effect(repo: Repo, run: Run) -> None:
    root, _ = both(run, repo)
    assert run("rulings", "--check").exit_code == 0
    reworded(root)
    result = run("rulings", "--check")
    assert result.exit_code == 1
    assert "ruling-void" in result.stdout
    assert "--> rulings/two.yaml:" in result.stdout
    assert [f["code"] for f in json.loads(run("rulings", "--check", "--format", "json").stdout)] == ["ruling-void"]
    repo({"rulings/bad.yaml": "verdict: nonsense\n"})
    result = run("rulings", "--check")
    assert result.exit_code == 2
    assert "rulings/bad.yaml:1" in result.stderr


# The commands that messages name.


def commands(run: Run, code: str) -> list[list[str]]:
    [finding] = [f for f in audit(run)["findings"] if f["code"] == code]
    page = run("explain", finding["id"]).stdout
    assert named(page)
    english = run("explain", finding["id"], "--lang", "en").stdout
    assert [c[:3] for c in named(english)] == [c[:3] for c in named(page)]
    return named(page)


def test_what_is_named_for_words_that_changed_mends(repo: Repo, run: Run) -> None:
    root, text = both(run, repo)
    reworded(root)
    renew, prune = commands(run, "ruling-void")
    assert (renew, prune) == (["rulings", "--renew", "two"], ["rulings", "--prune", "two"])
    result = run(*renew)
    assert result.exit_code == 2
    assert "是不是指这一句" in result.stdout
    assert "--yes" in result.stderr
    assert (root / "rulings/two.yaml").read_text(encoding="utf-8") == text
    assert run(*renew, "--yes").exit_code == 0
    assert states(audit(run)) == {"contradiction": ("resolved", "two")}
    assert audit(run)["summary"]["exit_code"] == 0
    now = (root / "rulings/two.yaml").read_text(encoding="utf-8").splitlines()
    changed = [(a, b) for a, b in zip(text.splitlines(), now, strict=True) if a != b]
    assert [a.split(":")[0].strip(" -") for a, _ in changed] == ["id", "quote"]


def test_what_is_named_for_words_that_are_gone_mends(repo: Repo, run: Run) -> None:
    root, _ = both(run, repo)
    (root / "articles/within.md").write_text("---\ntitle: 通知\n---\n\n本页已经撤下。\n", encoding="utf-8")
    [prune] = commands(run, "ruling-void")
    assert run(*prune).exit_code == 0
    assert audit(run)["findings"] == []
    assert not (root / "rulings/two.yaml").exists()


def test_what_is_named_for_words_that_say_otherwise_now_mends(repo: Repo, run: Run) -> None:
    root, _ = both(run, repo)
    (root / "articles/within.md").write_text(WITHIN.replace("不能跨省", "已经可以跨省"), encoding="utf-8")
    [prune] = commands(run, "ruling-void")
    assert run("rulings", "--renew", "two", "--yes").exit_code == 2
    assert run(*prune).exit_code == 0
    assert audit(run)["findings"] == []


def test_what_is_named_for_one_that_expired_mends(repo: Repo, run: Run) -> None:
    root, text = both(run, repo, more="expires: 2025-06-01   # 一个月\n")
    renew, prune = commands(run, "ruling-expired")
    assert prune == ["rulings", "--prune", "two"]
    assert renew[:4] == ["rulings", "--renew", "two", "--expires"]
    assert run("rulings", "--renew", "two").exit_code == 2
    assert run(*renew[:4], "2025-06-29").exit_code == 2  # it has gone by
    assert run(*renew[:4], "2025-12-31").exit_code == 0
    assert audit(run)["summary"]["exit_code"] == 0
    assert (root / "rulings/two.yaml").read_text(encoding="utf-8") == text.replace("2025-06-01   #", "2025-12-31   #")
    repo({"rulings/two.yaml": text})
    agreed(root)
    [prune] = commands(run, "ruling-expired")  # nothing is there to be decided any more
    assert run(*prune).exit_code == 0
    assert audit(run)["findings"] == []


def test_what_is_named_for_one_without_use_mends(repo: Repo, run: Run) -> None:
    root, text = both(run, repo)
    other = re.sub(r"finding: \w+", "finding: KZZZZZZ", text)
    repo({"rulings/old.yaml": other})
    [prune] = commands(run, "ruling-unused")
    assert prune == ["rulings", "--prune", "old"]
    assert run(*prune).exit_code == 0
    assert states(audit(run)) == {"contradiction": ("resolved", "two")}
    assert sorted(p.name for p in (root / "rulings").iterdir()) == ["two.yaml"]


def test_what_is_named_for_two_that_contradict_mends(repo: Repo, run: Run) -> None:
    root = repo({**PAIR, "articles/within.md": ACROSS, "koujing.yaml": without_facts("gongji.area")})
    other = STANDS.replace("low: nation", "high: province")
    repo({"rulings/yes.yaml": STANDS, "rulings/它 不行.yaml": other})
    found = commands(run, "ruling-contradiction")
    assert run("rulings", "--prune").exit_code == 0  # which of them is right is not for a command to say
    assert len(list((root / "rulings").iterdir())) == 2
    assert {c[2] for c in found} == {"yes", "它 不行"}
    assert run("rulings", "--prune", "它 不行").exit_code == 0
    assert audit(run)["findings"] == []


def without_facts(topic: str) -> str:
    """A config that turns off what the domain itself knows of a topic."""
    return "facts:\n" + "".join(f"  {f.id}: off\n" for f in load_domain("yibao").facts if f.topic == topic)


def test_what_is_named_for_one_against_a_fact_mends(repo: Repo, run: Run) -> None:
    repo({"koujing.yaml": "", "a.md": ACROSS, "rulings/no.yaml": STANDS.replace("low: nation", "high: province")})
    [prune] = commands(run, "ruling-contradiction")
    assert run(*prune).exit_code == 0
    assert audit(run)["findings"] == []


# --prune


def test_prune_shows_first_and_says_how_to_undo(repo: Repo, run: Run) -> None:
    root, text = both(run, repo)
    repo({"rulings/old.yaml": re.sub(r"finding: \w+", "finding: KZZZZZZ", text)})
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "x")
    told = run("rulings", "--prune", "--dry-run").stdout
    assert "将删除 rulings/old.yaml（无用）" in told
    assert (root / "rulings/old.yaml").exists()
    told = run("rulings", "--prune").stdout
    assert "反悔：git restore -- rulings/old.yaml" in told
    assert not (root / "rulings/old.yaml").exists()
    git(root, "restore", "--", "rulings/old.yaml")
    assert (root / "rulings/old.yaml").exists()
    (root / "rulings/old.yaml").write_text(re.sub("K\\w{6}", "KZZZZZX", text), encoding="utf-8")
    assert "没法用 git 找回：rulings/old.yaml" in run("rulings", "--prune", "--dry-run").stdout


def test_prune_leaves_alone_what_works_what_is_malformed_and_what_may_be_renewed(repo: Repo, run: Run) -> None:
    root, _ = both(run, repo)
    repo({"rulings/bad.yaml": "verdict: nonsense\n"})
    before = files(root)
    result = run("rulings", "--prune", "two")
    assert result.exit_code == 2
    assert "有作用" in result.stderr
    assert run("rulings", "--prune").exit_code == 2  # for the malformed one
    assert files(root) == before
    reworded(root)
    before = files(root)
    told = run("rulings", "--prune").stdout
    assert "koujing rulings --renew two" in told
    assert files(root) == before


def test_prune_drops_claims_that_are_gone_when_each_side_keeps_one(repo: Repo, run: Run) -> None:
    later = "---\ntitle: 共济怎么用\ndate: 2025-05-20\n---\n\n家庭共济目前不能跨省使用。\n"
    root = repo({**PAIR, "articles/later.md": later.replace("目前", "")})
    found = conflict(run)
    text = f"finding: {found['id']}\nverdict: both-stand\n{ON}{listed(found)}".replace("\n", "\r\n")
    repo({"rulings/two.yaml": ("\ufeff" + text).encode()})
    assert states(audit(run)) == {"contradiction": ("resolved", "two")}
    (root / "articles/later.md").write_text("---\ntitle: 撤下\n---\n\n本页已经撤下。\n", encoding="utf-8")
    assert "ruling-void" in states(audit(run))
    told = run("rulings", "--prune").stdout
    assert "从 rulings/two.yaml 去掉 1 条" in told
    assert states(audit(run)) == {"contradiction": ("resolved", "two")}
    now = (root / "rulings/two.yaml").read_bytes().decode()
    gone = "  - id: \\S+\r\n    article: articles/later.md\r\n    quote: [^\r]+\r\n"
    assert now == re.sub(gone, "", "\ufeff" + text)


def test_nothing_is_pruned_while_an_article_cannot_be_read(repo: Repo, run: Run) -> None:
    root, _ = both(run, repo)
    (root / "articles/within.md").write_bytes(b"\0")
    before = files(root)
    result = run("rulings", "--prune")
    assert result.exit_code == 2
    assert "什么都没有改" in result.stderr
    assert files(root) == before


def test_two_prunes_at_once_lose_nothing(repo: Repo, run: Run) -> None:
    root, text = both(run, repo)
    for n in range(12):
        repo({f"rulings/old-{n}.yaml": re.sub(r"finding: \w+", "finding: KZZZZZZ", text)})
    command = [sys.executable, "-m", "koujing", "rulings", "--prune", "--today", "2025-06-30"]
    both_at_once = [subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [p.wait(timeout=120) for p in both_at_once] == [0, 0]
    assert files(root / "rulings") == {"two.yaml": text.encode()}


def test_a_file_that_changed_meanwhile_is_left_alone(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root, text = both(run, repo)
    old = root / "rulings/old.yaml"
    old.write_text(re.sub(r"finding: \w+", "finding: KZZZZZZ", text), encoding="utf-8")
    from koujing.rulings import files as changing

    def meanwhile(*args: object) -> tuple[list[str], list[str]]:
        old.write_text(text, encoding="utf-8")
        return [], []

    monkeypatch.setattr(changing, "kept_by_git", meanwhile)
    result = run("rulings", "--prune")
    assert result.exit_code == 2
    assert "rulings/old.yaml" in result.stderr
    assert old.read_text(encoding="utf-8") == text


def test_a_write_that_is_cut_off_leaves_the_file(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root, _ = both(run, repo)
    reworded(root)
    before = files(root)

    def fails(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fails)
    result = run("rulings", "--renew", "two", "--yes")
    assert result.exit_code == 2
    assert files(root) == before


def files(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


# --renew


def test_renew_asks_at_a_terminal(repo: Repo, run: Run) -> None:
    import pty

    root, text = both(run, repo)
    reworded(root)
    for answer, changes in (("n", False), ("y", True)):
        leader, follower = pty.openpty()
        command = [sys.executable, "-m", "koujing", "rulings", "--renew", "two", "--today", "2025-06-30"]
        with subprocess.Popen(command, cwd=root, stdin=follower, stdout=subprocess.PIPE) as process:
            os.write(leader, f"{answer}\n".encode())
            told = process.communicate(timeout=120)[0].decode()
        assert "改用现在的原文？" in told
        assert ((root / "rulings/two.yaml").read_text(encoding="utf-8") != text) == changes


def test_renew_refuses_what_needs_no_renewing(repo: Repo, run: Run) -> None:
    both(run, repo)
    assert run("rulings", "--renew").exit_code == 2
    assert "没有要更新的原文" in run("rulings", "--renew", "two").stderr
    assert "没有有效期" in run("rulings", "--renew", "two", "--expires", "2026-01-01").stderr
    assert run("rulings", "--yes").exit_code == 2
    assert run("rulings", "--prune", "--check").exit_code == 2


# --stats


def test_stats_count_by_pattern_verdict_and_person(repo: Repo, run: Run) -> None:
    repo(PAIR)
    found = conflict(run)
    claim = found["sides"][1]["claims"][0]
    entry = f"claims:\n  - {{id: {claim['id']}, article: {claim['article']}, quote: {claim['quote']}}}\n"
    repo({"rulings/wrong.yaml": f"finding: {found['id']}\nverdict: misread\n{ON}{entry}"})
    stats = json.loads(run("rulings", "--stats", "--format", "json").stdout)
    wrong = stats["patterns"][0]
    assert (wrong["pattern"], wrong["claims"], wrong["misread"]) == (claim["pattern"], 1, 1)
    assert stats["verdicts"] == [{"name": "misread", "rulings": 1, "effective": 1}]
    assert stats["people"] == [{"name": "李编辑", "rulings": 1, "effective": 1}]
    told = run("rulings", "--stats").stdout
    assert claim["pattern"] in told
    assert "0.0%" in told
    assert run("rulings", "--stats", "--format", "csv").stdout.startswith("of,name,claims,misread,precision")


# explain


def test_explain_a_ruling(repo: Repo, run: Run) -> None:
    root, _ = both(run, repo)
    page = run("explain", "two").stdout
    assert page.startswith("裁定 two: 有效")
    assert "1 对说法不再比较" in page
    assert run("explain", "rulings/two.yaml").stdout == page
    reworded(root)
    page = run("explain", "two").stdout
    assert "已经没有了" in page
    assert "koujing rulings --renew two" in page
    assert "“家庭共济目前不能跨省使用”" in page


def test_a_ruling_that_is_named_after_its_finding(repo: Repo, run: Run) -> None:
    repo(PAIR)
    found = conflict(run)
    repo({f"rulings/{found['id']}.yaml": f"finding: {found['id']}\nverdict: both-stand\n{ON}{listed(found)}"})
    assert "[contradiction]" in run("explain", found["id"]).stdout
    assert run("explain", f"rulings/{found['id']}.yaml").stdout.startswith("裁定 ")


def test_in_a_process_of_its_own(repo: Repo, run: Run) -> None:
    root, _ = both(run, repo)
    done = start("rulings", "--today", "2025-06-30", cwd=root)
    assert done.returncode == 0
    assert "two" in done.stdout.decode()
    below = root / "articles"
    assert start("rulings", "two", "--today", "2025-06-30", cwd=below).stdout == done.stdout
