"""`check --base` of a commit that is known: whatever is changed, the same bytes come out as without a cache."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import Repo, Run, git

import koujing.pull
import koujing.remembered
from koujing import caching
from koujing.remembered import FORMATS

SENTENCES = (
    "家庭共济目前不能跨省使用。",
    "职工医保个人账户的家庭共济已经可以跨省使用。",
    "统筹基金不能给家人共享。",
    "统筹基金可以给家人共享。",
    "家庭共济可以在省内使用。",
    "家庭共济可能可以跨省使用。",
    "家庭共济不能跨省使用，但上海市可以。",
    "个人账户可以给父母使用。",
    "个人账户不能给配偶使用。",
    "职工医保三级医院住院起付线为800元。",
    "职工医保三级医院住院起付线为900元。",
    "职工医保三级医院住院起付线约为900元。",
    "居民医保门诊统筹一年最多报销420元。",
    "居民医保门诊统筹一年最多报销520元。",
    "一个账户最多绑定6位家人。",
    "一个账户最多绑定5位家人。",
    "预计2024年底前全部省份实现家庭共济跨省使用。",
    "截至2024年3月，已有20个省份开通。",
    "可以共济的近亲属有3类：父母、配偶、子女和兄弟姐妹。",
    "窗口周一至周五开放。",
)
CITIES = ("杭州市", "南京市", "江苏省", "浙江省", "", "")
CONFIGS = (
    None,
    "",
    "articles: [articles]\nfacts: {cross-province-national: off}\n",
    "articles: ['articles/**/*.md', '!articles/left/**']\nteasers: ignore\n",
    "severity: {outdated: error, possible: info, yibao.deductible: warning}\nstale_after_days: 30\nlanguage: en\n",
)
EDITS = ("add", "change", "change", "append", "date", "remove", "move", "touch", "copy", "front", "trash")
TODAY = ("--today", "2025-06-30")


def text(draw: random.Random) -> str:
    front = ""
    if draw.random() < 0.8:
        lines = [f"title: {draw.choice(CITIES)}{draw.choice((2024, 2025))}年医保说明"]
        if draw.random() < 0.8:
            lines.append(f"date: 202{draw.choice('345')}-0{draw.randint(1, 9)}-11")
        if draw.random() < 0.3:
            lines.append(f"id: a{draw.randint(1, 900)}")
        front = "---\n" + "\n".join(lines) + "\n---\n\n"
    said = draw.sample(SENTENCES, draw.randint(1, 4))
    return front + "## 说明\n\n" + "\n\n".join(said) + "\n"


def name(draw: random.Random) -> str:
    folder = draw.choice(("articles/", "articles/a/", "articles/left/", "", "other/"))
    return f"{folder}{draw.choice('abcdefgh')}{draw.randint(1, 5)}.{draw.choice(('md', 'md', 'md', 'txt', 'html'))}"


def edit(draw: random.Random, root: Path) -> None:
    """One change of the work tree, as people make them."""
    found = sorted(p for p in root.rglob("*") if p.is_file() and ".git" not in p.parts and p.parent.name != "rulings")
    articles = [p for p in found if p.suffix in (".md", ".txt", ".html")]
    place = draw.choice(articles) if articles else root / "articles" / "first.md"
    other = root / name(draw)
    match draw.choice(EDITS):
        case "add":
            write(other, text(draw))
        case "change":
            write(place, text(draw))
        case "append":
            before = place.read_text(encoding="utf-8") if place.exists() else ""
            write(place, f"{before}\n{draw.choice(SENTENCES)}\n")
        case "date" if place.exists():
            write(place, place.read_text(encoding="utf-8").replace("2024", "2025", 1))
        case "front" if place.exists():
            write(place, place.read_text(encoding="utf-8").replace("title: ", "id: a7\ntitle: ", 1))
        case "remove" if place.exists():
            place.unlink()
        case "move" if place.exists() and not other.exists():
            other.parent.mkdir(parents=True, exist_ok=True)
            place.rename(other)
        case "touch" if place.exists():
            os.utime(place, ns=(1, 1))
        case "copy" if place.exists() and not other.exists():
            write(other, place.read_text(encoding="utf-8"))
        case "trash":
            beside = draw.choice((".hidden/a.md", "README.md", "picture.png", "articles/.x.md"))
            write(root / beside, "家庭共济不能跨省使用。\n")


def write(place: Path, content: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(content, encoding="utf-8")


def ruling(draw: random.Random, run: Run, root: Path) -> None:
    """A ruling on something that is found, as `resolve` writes them or by hand."""
    findings = json.loads(run("check", "--format", "json", *TODAY, "--no-cache").stdout)["findings"]
    if not findings:
        return
    finding = draw.choice(findings)
    claims = [c for side in finding["sides"] for c in side["claims"]]
    keys = ("id", "article", "quote") if all(c.get("id") for c in claims) else ("article", "quote")
    rows = "".join(f"  - {json.dumps({k: c[k] for k in keys}, ensure_ascii=False)}\n" for c in claims)
    verdict = draw.choice(("both-stand", "misread", "under-review"))
    about = f"finding: {finding['id']}\nverdict: {verdict}\nby: 李编辑\non: 2025-06-01\nreason: 核对过\n"
    if verdict == "under-review" or draw.random() < 0.2:
        about += f"expires: 2025-0{draw.choice('579')}-01\n"
    write(root / "rulings" / f"r{draw.randint(1, 9)}.yaml", f"{about}claims:\n{rows}")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each comparison was the short one."""
    seen: list[bool] = []
    really = koujing.pull.quickly

    def quickly(*args: Any) -> Any:
        done = really(*args)
        if caching.disk() is not None:
            seen.append(done is not None)
        return done

    monkeypatch.setattr("koujing.pull.quickly", quickly)
    return seen


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("KOUJING_CACHE_DIR", str(folder))
    return folder


def told(run: Run, *args: str) -> tuple[int, str, str]:
    result = run("check", *TODAY, *args)
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("seed", range(6))
def test_the_same_bytes_whatever_is_changed(repo: Repo, run: Run, cache: Path, quick: list[bool], seed: int) -> None:
    draw = random.Random(seed)
    config = CONFIGS[seed % len(CONFIGS)]
    root = repo({name(draw): text(draw) for _ in range(30)} | ({} if config is None else {"koujing.yaml": config}))
    if config is not None:
        for _ in range(draw.randint(0, 3)):
            ruling(draw, run, root)
    git(root, "init")
    git(root, "add", "-A")
    git(root, "commit", "-m", "base")
    time.sleep(koujing.remembered.SOON * 2)
    options = draw.choice(((), ("--possible",), ("--coverage",), ("--fail-on", "info")))
    told(run, "--base", "HEAD", *options)
    for step in range(3):
        for _ in range(draw.randint(1, 3)):
            edit(draw, root)
        if step == 1:
            git(root, "add", "-A")
            git(root, "commit", "--allow-empty", "-m", "next")
        base = ("--base", draw.choice(("HEAD", "HEAD~1")) if step > 0 else "HEAD")
        for form in ("json", "text"):
            short = told(run, *base, *options, "--format", form)
            assert short == told(run, *base, *options, "--format", form, "--no-cache"), f"step {step}"
    assert any(quick), "no comparison was short"


def small(repo: Repo, run: Run) -> Path:
    """A repo of which the commit is known, with a change."""
    front = "---\ntitle: 说明\ndate: 2025-03-11\n---\n\n"
    root = repo({f"articles/{n}.md": f"{front}{said}\n" for n, said in enumerate(SENTENCES)})
    git(root, "init")
    git(root, "add", "-A")
    git(root, "commit", "-m", "base")
    time.sleep(koujing.remembered.SOON * 2)
    told(run, "--base", "HEAD")
    write(root / "articles" / "0.md", "家庭共济可以跨省使用。\n")
    return root


@pytest.mark.parametrize("table", ["ledger", "ledger-shard", "ledger-list", "piece"])
@pytest.mark.parametrize("harm", ["DELETE FROM entries", "UPDATE entries SET value = X'00112233'"])
def test_what_is_missing_or_damaged_is_made_anew(
    repo: Repo, run: Run, cache: Path, quick: list[bool], table: str, harm: str
) -> None:
    small(repo, run)
    without = told(run, "--base", "HEAD", "--no-cache")
    with sqlite3.connect(cache / "koujing-1" / "cache.sqlite") as db:
        db.execute(f"{harm} WHERE name = ?", (table,))
    quick.clear()
    for expected in (False, True):
        code, out, err = told(run, "--base", "HEAD")
        assert (code, out) == without[:2]
        assert err == "" or "UPDATE" in harm
        assert quick[-1] is expected


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_format(repo: Repo, run: Run, cache: Path, quick: list[bool], form: str) -> None:
    small(repo, run)
    short = told(run, "--base", "HEAD", "--format", form)
    assert quick[-1] is (form != "gitlab")
    assert short == told(run, "--base", "HEAD", "--format", form, "--no-cache")


def test_another_day_another_config_and_another_commit_are_others(
    repo: Repo, run: Run, cache: Path, quick: list[bool]
) -> None:
    root = small(repo, run)

    def same(*args: str) -> bool:
        short = run("check", "--base", "HEAD", *args)
        kept = quick[-1]
        long = run("check", "--base", "HEAD", *args, "--no-cache")
        assert (short.exit_code, short.stdout) == (long.exit_code, long.stdout)
        return kept

    assert same(*TODAY)
    assert not same("--today", "2025-07-01")
    assert same("--today", "2025-07-01")
    assert same(*TODAY)
    assert not same(*TODAY, "--possible")
    write(root / "koujing.yaml", "severity: {contradiction: info}\n")
    assert not same(*TODAY)
    assert not same(*TODAY), "the commit has another config"


def test_bytes_that_git_takes_for_the_same_are_looked_at(
    repo: Repo, run: Run, cache: Path, quick: list[bool]
) -> None:
    """Line ends are changed by git itself on the way into a commit."""
    root = small(repo, run)
    git(root, "config", "core.autocrlf", "input")
    place = root / "articles" / "3.md"
    place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))
    short = told(run, "--base", "HEAD", "--format", "json")
    assert short == told(run, "--base", "HEAD", "--format", "json", "--no-cache")
    git(root, "add", "articles/3.md")
    assert told(run, "--base", "HEAD", "--format", "json")[1:] == told(
        run, "--base", "HEAD", "--format", "json", "--no-cache"
    )[1:]
    assert not quick[-1]


@pytest.mark.parametrize("why", ["attributes", "config", "ignored attributes", "info", "nothing"])
def test_git_is_believed_only_where_it_changes_no_bytes(
    repo: Repo, run: Run, cache: Path, quick: list[bool], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small(repo, run)
    match why:
        case "attributes":
            write(root / ".gitattributes", "*.md text eol=crlf\n")
        case "config":
            git(root, "config", "core.autocrlf", "input")
        case "ignored attributes":
            write(root / "articles" / ".gitattributes", "*.md ident\n")
            write(root / ".git" / "info" / "exclude", ".gitattributes\n")
        case "info":
            write(root / ".git" / "info" / "attributes", "*.md text\n")
    looked: list[bool] = []
    monkeypatch.setattr("koujing.pull_files.Compared._verify", lambda self: looked.append(True))
    told(run, "--base", "HEAD")
    assert quick[-1]
    assert bool(looked) is (why != "nothing")


@pytest.mark.parametrize("what", ["link", "ignored", "module", "unsure"])
def test_what_is_out_of_the_ordinary(repo: Repo, run: Run, cache: Path, what: str) -> None:
    root = small(repo, run)
    match what:
        case "link":
            (root / "articles" / "x.md").symlink_to("1.md")
        case "ignored":
            write(root / ".gitignore", "*.md\n")
            write(root / "articles" / "new.md", "家庭共济可以跨省使用。\n")
        case "module":
            git(root, "init", "inner")
            write(root / "inner" / "new.md", "家庭共济可以跨省使用。\n")
        case "unsure":
            git(root, "update-index", "--assume-unchanged", "articles/2.md")
            write(root / "articles" / "2.md", "家庭共济可以跨省使用。\n")
    short = told(run, "--base", "HEAD", "--format", "json")
    assert short == told(run, "--base", "HEAD", "--format", "json", "--no-cache")
