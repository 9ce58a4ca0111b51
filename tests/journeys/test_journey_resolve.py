"""`koujing resolve` by options: every verdict in one command, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ACROSS, WITHIN, Repo, Run, git

PAIR = {"koujing.yaml": "", "articles/across.md": ACROSS, "articles/within.md": WITHIN}
WHY = ["--reason", "两篇说的是两类人", "--by", "李编辑"]
COUNT = "# 办理条件\n\n办理家庭共济需要满足3个条件：\n\n- 参加职工医保\n- 有个人账户\n"
AGAIN = "---\ntitle: 又一篇\ndate: 2025-04-20\n---\n\n家庭共济目前不能跨省使用。\n"
HUBEI = "---\ntitle: 湖北省家庭共济\ndate: 2025-04-20\n---\n\n湖北省家庭共济可以跨省使用。\n"
OURS = "  ours: {words: 可以跨省, topic: gongji.area, value: {low: nation}, source: 某通知}\n"
FACT = f"facts:\n  cross-province-national: off\n{OURS}"


def audit(run: Run, *args: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(run("check", "--format", "json", *args).stdout)
    return record


def ids(run: Run, code: str = "contradiction") -> list[str]:
    return [f["id"] for f in audit(run)["findings"] if f["code"] == code]


def states(run: Run, *args: str) -> list[tuple[str, str, str | None]]:
    return sorted((f["code"], f["state"], f["ruling"]) for f in audit(run, *args)["findings"])


def files(root: Path) -> list[str]:
    return sorted(p.relative_to(root).as_posix() for p in root.glob("rulings/**/*"))


def test_both_stand_in_one_command(repo: Repo, run: Run) -> None:
    root = repo(PAIR)
    [name] = ids(run)
    done = run("resolve", name.lower(), "--verdict", "both-stand", *WHY)
    assert (done.exit_code, done.stderr) == (0, "")
    assert files(root) == [f"rulings/{name}.yaml"]
    text = (root / f"rulings/{name}.yaml").read_text("utf-8")
    assert text.startswith("# 这份裁定由 koujing resolve 写成\n# 家庭共济的地域范围：1 篇文章说")
    assert "\nreason: 两篇说的是两类人\nby: 李编辑\non: 2025-06-30\n" in text
    for line in text.splitlines():
        assert f"  | {line}" in done.stdout
    assert "koujing check" in done.stdout.partition("接下来：")[2]
    assert states(run) == [("contradiction", "resolved", name)]
    assert run("check").exit_code == 0


def test_stands_names_the_articles_to_change(repo: Repo, run: Run) -> None:
    root = repo(PAIR)
    [name] = ids(run)
    of = ["--source", "某通知：全文", "--issuer", "某局", "--published", "2024年12月", "--since", "2024-12-01"]
    done = run("resolve", name, "--verdict", "stands", "--side", "乙", *of, *WHY)
    assert done.exit_code == 0, done.stderr
    [said] = [f for f in audit(run)["findings"] if f["code"] == "against-ruling"]
    assert said["sides"][0]["reference"]["source"] == {
        "document": "某通知：全文", "issuer": "某局", "published": "2024-12",
    }  # fmt: skip
    assert ("contradiction", "resolved", name) in states(run)
    assert f"{said['sides'][1]['claims'][0]['article']}:6 " in done.stdout
    assert "since: 2024-12-01" in (root / f"rulings/{name}.yaml").read_text("utf-8")


def test_misread_by_side_or_by_claim(repo: Repo, run: Run) -> None:
    repo(PAIR)
    [found] = audit(run)["findings"]
    claim = found["sides"][1]["claims"][0]["id"]
    refused = run("resolve", found["id"], "--verdict", "misread", *WHY)
    assert refused.exit_code == 2
    assert claim in refused.stderr
    for choice in (["--side", "2"], ["--claim", claim]):
        tried = run("resolve", found["id"], "--verdict", "misread", *choice, *WHY, "--dry-run")
        assert tried.exit_code == 0
        assert f"id: {claim}" in tried.stdout
        assert "什么都没有写" in tried.stdout
    assert run("resolve", found["id"], "--verdict", "misread", "--claim", claim, *WHY).exit_code == 0
    assert states(run) == [("contradiction", "resolved", found["id"])]


def test_under_review_then_decided(repo: Repo, run: Run) -> None:
    root = repo(PAIR)
    [name] = ids(run)
    late = ["--verdict", "under-review", "--expires"]
    assert "2025-06-29" in run("resolve", name, *late, "2025-06-29", *WHY).stderr
    assert run("resolve", name, *late, "2025-07-30", *WHY).exit_code == 0
    assert states(run) == [("contradiction", "under-review", name)]
    done = run("resolve", name, "--verdict", "both-stand", *WHY)
    assert "它换掉原来“正在核实”的那一份" in done.stdout
    assert states(run) == [("contradiction", "resolved", name)]
    assert files(root) == [f"rulings/{name}.yaml"]


def test_a_defect_is_closed_by_its_words(repo: Repo, run: Run) -> None:
    repo({"koujing.yaml": "", "a.md": COUNT})
    [found] = audit(run)["findings"]
    assert found["code"] == "count-mismatch"
    stands = run("resolve", found["id"], "--verdict", "stands", "--side", "1", "--source", "x", *WHY)
    assert (stands.exit_code, "stands" in stands.stderr) == (2, True)
    assert run("resolve", found["id"], "--verdict", "misread", "--side", "1", *WHY).exit_code == 2
    assert run("resolve", found["id"], "--verdict", "misread", *WHY).exit_code == 0
    assert states(run) == [("count-mismatch", "resolved", found["id"])]


def test_an_article_against_a_fact(repo: Repo, run: Run) -> None:
    root = repo({"koujing.yaml": FACT, "a.md": WITHIN})
    [name] = ids(run, "against-fact")
    source = ["--source", "另一通知"]
    known = run("resolve", name, "--verdict", "stands", "--side", "1", *source, *WHY)
    assert (known.exit_code, "ours" in known.stderr) == (2, True)
    refused = run("resolve", name, "--verdict", "stands", "--side", "2", *source, *WHY)
    assert refused.exit_code == 2
    assert "与参考事实 ours 不能同时成立" in refused.stderr
    assert files(root) == []
    forced = run("resolve", name, "--verdict", "stands", "--side", "2", *source, *WHY, "--yes")
    assert (forced.exit_code, files(root)) == (0, [f"rulings/{name}.yaml"])
    (root / f"rulings/{name}.yaml").unlink()
    assert run("resolve", name, "--verdict", "both-stand", *WHY).exit_code == 0
    assert states(run) == [("against-fact", "resolved", name)]


def test_a_fact_that_takes_over_later(repo: Repo, run: Run) -> None:
    root = repo(PAIR)
    [name] = ids(run)
    args = ["resolve", name, "--verdict", "stands", "--side", "1", "--source", "某通知", *WHY]
    refused = run(*args)
    assert (refused.exit_code, "--until 2026-01-08" in refused.stderr) == (2, True)
    assert run(*args, "--until", "2026-01-08").exit_code == 0
    assert "until: 2026-01-08\n" in (root / f"rulings/{name}.yaml").read_text("utf-8")
    assert ("contradiction", "resolved", name) in states(run)


def test_the_same_words_in_other_findings(repo: Repo, run: Run) -> None:
    repo({**PAIR, "articles/again.md": AGAIN, "articles/hubei.md": HUBEI})
    findings = audit(run)["findings"]
    assert len(findings) == 2
    first = next(f for f in findings if f["code"] == "contradiction")
    side, claim = next(
        (n, c["id"]) for n, s in enumerate(first["sides"]) for c in s["claims"] if c["article"] == "articles/within.md"
    )
    one = run("resolve", first["id"], "--verdict", "misread", "--claim", claim, *WHY, "--dry-run")
    assert "还剩 2 条说法没有解决" in one.stdout
    done = run("resolve", first["id"], "--verdict", "misread", "--side", str(side + 1), *WHY)
    assert done.exit_code == 0
    assert {state for _, state, _ in states(run)} == {"resolved"}  # the claims take part in nothing any more


def test_same_wording_reaches_articles_that_the_finding_has_not(repo: Repo, run: Run) -> None:
    wuhan = AGAIN.replace("又一篇", "武汉市家庭共济")
    root = repo({**PAIR, "articles/wuhan.md": wuhan})
    before = audit(run)["findings"]
    assert len(before) == 2, "the same words, of another scope"
    first = next(f for f in before if f["code"] == "contradiction")
    side = next(n for n, s in enumerate(first["sides"], 1) if s["claims"][0]["article"] == "articles/within.md")
    args = ["resolve", first["id"], "--verdict", "misread", "--side", str(side), *WHY]
    run(*args, "--same-wording")
    assert len(files(root)) == 2
    assert {state for _, state, _ in states(run)} == {"resolved"}


def test_several_findings_at_once(repo: Repo, run: Run) -> None:
    root = repo({**PAIR, "articles/hubei.md": HUBEI})
    names = [f["id"] for f in audit(run)["findings"]]
    assert len(names) == 2
    done = run("resolve", *names, "--verdict", "both-stand", *WHY)
    assert done.exit_code == 0
    assert files(root) == sorted(f"rulings/{name}.yaml" for name in names)
    assert "还有 0 个没有处理" in done.stdout


def test_a_file_of_that_name_is_never_written_over(repo: Repo, run: Run) -> None:
    root = repo(PAIR)
    [name] = ids(run)
    kept = "verdict: stands\nreason: r\nby: b\non: 2025-01-01\ntopic: gongji.own_card\nvalue: {holds: true}\n"
    kept += "source: s\n"
    repo({f"rulings/{name.lower()}.yaml": kept})
    assert run("resolve", name, "--verdict", "both-stand", *WHY).exit_code == 0
    assert files(root) == [f"rulings/{name}-2.yaml", f"rulings/{name.lower()}.yaml"]
    assert (root / f"rulings/{name.lower()}.yaml").read_text("utf-8") == kept


def test_words_that_yaml_would_misread_survive(repo: Repo, run: Run) -> None:
    repo(PAIR)
    [name] = ids(run)
    reason = "第一行: #不是注释\n第二行 \"引号\" ' {x}：全角ＡＢＣ，１２３"
    assert run("resolve", name, "--verdict", "both-stand", "--reason", reason, "--by", "- 李").exit_code == 0
    assert states(run) == [("contradiction", "resolved", name)]
    found = run("check", "--format", "json").stdout
    assert name in found


REFUSED = {
    "no such id": (["KZZZZZZ", "--verdict", "both-stand", *WHY], "没有叫“KZZZZZZ”的问题"),
    "no reason": (["{id}", "--verdict", "both-stand", "--by", "x"], "both-stand 还缺 --reason"),
    "an empty reason": (["{id}", "--verdict", "both-stand", "--reason", " ", "--by", "x"], "--reason 是空的"),
    "no source": (["{id}", "--verdict", "stands", "--side", "1", *WHY], "stands 还缺 --source"),
    "no side": (["{id}", "--verdict", "stands", "--source", "x", *WHY], "stands 还缺 --side"),
    "no day": (["{id}", "--verdict", "under-review", *WHY], "under-review 还缺 --expires"),
    "a wrong day": (["{id}", "--verdict", "under-review", "--expires", "明天", *WHY], "不是日期：明天"),
    "a wrong side": (["{id}", "--verdict", "stands", "--side", "3", *WHY], "没有“3”这一方"),
    "a foreign option": (["{id}", "--verdict", "both-stand", "--source", "x", *WHY], "both-stand 用不到 --source"),
    "a claim of no finding": (["{id}", "--verdict", "both-stand", "--claim", "c0", *WHY], "里没有说法 c0"),
    "no id": (["--verdict", "both-stand", *WHY], "--verdict 要说明裁定哪个问题"),
    "no verdict": (["{id}", "--reason", "x"], "--reason 要和 --verdict 一起用"),
    "no such topic": (["--topic", "gongji.areas"], "没有主题 gongji.areas"),
    "no such verdict": (["{id}", "--verdict", "maybe"], "maybe"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_with_exit_2(repo: Repo, run: Run, case: str) -> None:
    root = repo(PAIR)
    [name] = ids(run)
    args, told = REFUSED[case]
    done = run("resolve", *(arg.format(id=name) for arg in args))
    assert done.exit_code == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert files(root) == []
    english = run("resolve", *(arg.format(id=name) for arg in args), "--lang", "en")
    assert english.exit_code == 2
    assert english.stderr.startswith("error: ")


def test_without_a_config_there_is_no_place_for_rulings(repo: Repo, run: Run) -> None:
    repo({"a.md": ACROSS})
    done = run("resolve")
    assert done.exit_code == 2
    assert "koujing init" in done.stderr


def test_what_is_resolved_is_not_decided_twice(repo: Repo, run: Run) -> None:
    repo(PAIR)
    [name] = ids(run)
    args = ["resolve", name, "--verdict", "both-stand", *WHY]
    assert run(*args).exit_code == 0
    again = run(*args)
    assert again.exit_code == 2
    assert f"{name} 已由裁定 {name} 解决" in again.stderr
    assert f"rulings/{name}.yaml" in again.stderr


def test_what_is_wrong_with_a_ruling_is_mended_elsewhere(repo: Repo, run: Run) -> None:
    root = repo(PAIR)
    [name] = ids(run)
    run("resolve", name, "--verdict", "both-stand", *WHY)
    (root / "articles/within.md").write_text(ACROSS, "utf-8")
    [void] = ids(run, "ruling-void")
    done = run("resolve", void, "--verdict", "both-stand", *WHY)
    assert (done.exit_code, "裁定文件本身" in done.stderr) == (2, True)
    assert "另有 1 个问题出在裁定文件本身" in run("resolve").stdout


def test_the_name_is_gits(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repo(PAIR)
    for key, value in {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}.items():
        monkeypatch.setenv(key, value)
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "x")
    [name] = ids(run)
    args = ["resolve", name, "--verdict", "both-stand", "--reason", "两类人"]
    nameless = run(*args)
    assert (nameless.exit_code, "git config user.name" in nameless.stderr) == (2, True)
    git(root, "config", "user.name", "王编辑")
    done = run(*args)
    assert done.exit_code == 0
    assert "by: 王编辑" in (root / f"rulings/{name}.yaml").read_text("utf-8")
    assert f"git add rulings/{name}.yaml" in done.stdout


def test_paths_are_as_typed_from_here(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repo(PAIR)
    git(root, "init", "-q")
    [name] = ids(run)
    monkeypatch.chdir(root / "articles")
    done = run("resolve", name, "--verdict", "both-stand", *WHY)
    assert f"git add ../rulings/{name}.yaml" in done.stdout
    assert files(root) == [f"rulings/{name}.yaml"]


def test_a_folder_that_cannot_be_written_to(repo: Repo, run: Run) -> None:
    root = repo(PAIR)
    [name] = ids(run)
    (root / "rulings").write_text("no folder", "utf-8")
    done = run("resolve", name, "--verdict", "both-stand", *WHY)
    assert done.exit_code == 2
    assert "打不开文件夹：Not a directory\n  --> rulings" in done.stderr


def test_only_what_a_change_brought(repo: Repo, run: Run) -> None:
    root = repo(PAIR)
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "x")
    assert "所选范围里没有要处理的问题；别处还有 1 个" in run("resolve", "--base", "HEAD").stdout
    repo({"articles/again.md": AGAIN})
    assert "第 1 个，共 1 个" in run("resolve", "--base", "HEAD").stdout
    assert "别处还有 1 个" in run("resolve", "--topic", "gongji.benefit").stdout
    assert "第 1 个，共 1 个" in run("resolve", "--path", "articles/within.md", "--severity", "error").stdout
