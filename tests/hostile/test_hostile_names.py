"""Names of files that would be lines, commands, markup or steering of their own."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hostile_runs import DENIES, SAYS, check, write

STEERING = ("\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\r")
NAMES = (
    "a\n::error::injected.md", "b\x1b[31m\x1b]0;x\x07.md", "c\r::warning::x.md", "d%0A::error file=x::y.md",
    "e\u202egnp.md", "f\x9b31m.md", "g<img src=x onerror=run()>.md", "h'\" onload=\"run().md", "i|`@all`|x.md",
    "::stop-commands::j.md", "k,l:m.md", "- n.md", "[o](javascript:run()).md", "p\u2028q.md",
)  # fmt: skip


TITLE = "[t](javascript:run()) <img src=x onerror=run()> @all"


def outside_code(markdown: str) -> str:
    """Markdown without its code spans: what it may take for markup."""
    return re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", markdown)


@pytest.mark.parametrize("form", ["text", "github", "gitlab", "junit", "rdjson", "markdown", "html", "sarif"])
def test_no_name_is_more_than_a_name(tmp_path: Path, form: str) -> None:
    root = write(tmp_path, {"says.md": f"---\ntitle: '{TITLE}'\n---\n{SAYS}"})
    for name in NAMES:
        (root / name).write_text(DENIES, encoding="utf-8")
    done = check(root, "--format", form)
    assert done.code == 1
    told = done.out + done.err
    for char in STEERING[: -1 if form == "html" else None]:  # what is a line break to a terminal is a space in HTML
        assert char not in told, (form, char)
    assert form == "html" or "a\n::" not in told
    if form == "github":
        assert all(re.match(r"::(error|warning|notice) ", line) for line in done.out.splitlines())
        assert len(done.out.splitlines()) == 1
    if form == "html":
        assert "<img src=x" not in told
        assert 'onload="run()' not in told
        assert "javascript:run" not in re.findall(r'href="([^"]*)"', told)
    if form == "markdown":
        assert not re.search(r"(?<!\\)(?:\]\(javascript:|<img)|@all", outside_code(told))


@pytest.mark.parametrize("name", NAMES)
def test_each_of_them_is_audited_and_can_be_named(tmp_path: Path, name: str) -> None:
    root = write(tmp_path, {"says.md": SAYS})
    (root / name).write_text(DENIES, encoding="utf-8")
    done = check(root)
    assert done.finds()
    assert not any(char in done.out for char in STEERING)
    assert "a\n::" not in done.out
    done = check(root, "--format", "github", f"./{name}", "says.md")
    assert done.code == 1
    assert len(re.findall(r"^::error file=[^:]*::", done.out, re.M)) == len(done.out.splitlines()) == 1
    assert not any(char in done.out for char in STEERING)
    told = outside_code(check(root, "--format", "markdown").out)
    assert not re.search(r"javascript:|<img|@all|onload|::error", told)


def test_names_that_are_no_utf_8_are_told_by_their_bytes(tmp_path: Path) -> None:
    root = write(tmp_path, {"says.md": SAYS, "denies.md": DENIES})
    try:
        for name in (b"\xff\xfe.md", b"\xed\xa0\x80.md"):
            Path(os.fsdecode(os.fsencode(root) + b"/" + name)).write_text(DENIES, encoding="utf-8")
    except OSError:
        pytest.skip("the file system allows none")
    for form in ("text", "github", "gitlab", "json", "markdown", "html"):
        done = check(root, "--format", form)
        assert done.code == 2, form
        assert "\\xff\\xfe.md" in (done.out + done.err).replace("\\\\", "\\"), form
    assert done.out.encode("utf-8")


def test_an_archive_s_names_are_told_as_they_are_written_in_addresses(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "site.zip", "w") as archive:
        for name in ("a\n::error::x.md", "b\x1b[31m.md", "c\u202e.md", "says.md"):
            archive.writestr(name, SAYS if name == "says.md" else DENIES)
    done = check(tmp_path, "site.zip")
    assert done.finds()
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out
    assert "site.zip#a%0A::error::x.md" in done.out
