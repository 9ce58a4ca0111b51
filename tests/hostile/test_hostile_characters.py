"""Bytes that are no text, or another one than they seem; characters that steer what shows them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile_runs import DENIES, PAIR, SAYS, check, write

S = SAYS.strip()
BAD: dict[str, tuple[bytes, str, str, str]] = {
    "NUL": (f"{S}\n\0".encode(), "it holds NUL bytes", "bad.md", "only texts"),
    "UTF-16 with a mark": (SAYS.encode("utf-16"), "it holds NUL bytes", "bad.md", "this looks like UTF-16"),
    "UTF-16, no line end, with a mark": (S.encode("utf-16"), "neither UTF-8 nor GB18030", "bad.md:1", "UTF-16"),
    "UTF-16 without": (SAYS.encode("utf-16-le"), "it holds NUL bytes", "bad.md", "only texts"),
    "UTF-16 the other way": (SAYS.encode("utf-16-be"), "it holds NUL bytes", "bad.md", "only texts"),
    "UTF-32": (SAYS.encode("utf-32"), "it holds NUL bytes", "bad.md", "UTF-"),
    "UTF-8 with GB18030 in it": (SAYS.encode() * 20 + SAYS.encode("gb18030"), "neither UTF-8 nor GB18030", "bad.md:21",
                                 "save the file as UTF-8"),
    "GB18030 with UTF-8 in it": (SAYS.encode() + SAYS.encode("gb18030") * 20, "neither UTF-8 nor GB18030", "bad.md:2",
                                 "save the file as UTF-8"),
    # All of its bytes are GB18030, too: 瀹跺哄叡…
    "UTF-8 with a character cut": ("家庭".encode()[:-1] + "共济可以跨省使用！\n".encode(), "neither UTF-8 nor GB18030",
                                   "bad.md:1", "save the file as UTF-8"),
    "half a character in UTF-8": (b"\xed\xa0\x80" + SAYS.encode() * 3, "neither UTF-8 nor GB18030", "bad.md:1",
                                  "save the file as UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_text_or_two_encodings_is_refused(tmp_path: Path, kind: str) -> None:
    data, *words = BAD[kind]
    done = check(write(tmp_path, {**PAIR, "bad.md": data}))
    assert done.refuses(*words)
    assert done.out.count("error[contradiction]") == 1


def test_gb18030_alone_is_read(tmp_path: Path) -> None:
    done = check(write(tmp_path, {**PAIR, "gb.md": SAYS.encode("gb18030")}))
    assert done.finds()
    assert "2 articles say" in done.out


@pytest.mark.parametrize("name", ["koujing.yaml", "rulings/a.yaml", "cms.jsonl"])
def test_configs_rulings_and_exports_are_utf_8(tmp_path: Path, name: str) -> None:
    root = write(tmp_path, {**PAIR, "koujing.yaml": ""})
    write(root, {name: "# 口径\n".encode() + "today: 2025-01-01\n".encode("utf-16")})
    done = check(root, *([name] if name.endswith("jsonl") else []))
    assert done.code == 2
    assert name in done.out + done.err
    assert "UTF-" in done.out + done.err


def test_half_a_character_in_json_is_refused(tmp_path: Path) -> None:
    lines = f'{{"body": "{S}"}}\n{{"body": "{S}\\ud800"}}\n{{"id": "\\udfff", "body": "{S}"}}\n'
    done = check(write(tmp_path, {"cms.jsonl": lines}), "cms.jsonl")
    assert done.refuses("half a character", "cms.jsonl:2", "cms.jsonl:3", "export it again")


@pytest.mark.parametrize("key", ["id", "author", "region", "title"])
def test_half_a_character_in_front_matter_is_refused(tmp_path: Path, key: str) -> None:
    root = write(tmp_path, {**PAIR, "half.md": f'---\n{key}: "\\ud83d"\n---\n{SAYS}'})
    assert check(root).refuses("holds half a character", "half.md:2:", "write it again")


def test_a_character_in_two_escapes_is_one(tmp_path: Path) -> None:
    root = write(tmp_path, {**PAIR, "two.md": f'---\nid: "\\ud83d\\ude00"\ntitle: "\\ud83d\\ude00"\n---\n{SAYS}'})
    done = check(root)
    assert done.finds()
    assert "《😀》" in done.out


def test_characters_that_are_none_in_html_and_markdown_are_left_out(tmp_path: Path) -> None:
    none = "&#xD800;&#0;&#x110000;&#99999999999999999999;"
    done = check(write(tmp_path, {**PAIR, "n.html": f"<p>{none}{S}</p>", "n.md": f"{none}{S}\n"}))
    assert done.finds()
    assert "3 articles say" in done.out


@pytest.mark.parametrize("form", ["text", "github", "gitlab", "sarif", "junit", "rdjson", "markdown", "html"])
def test_text_that_turns_round_or_steers_is_shown_by_name(tmp_path: Path, form: str) -> None:
    """Bidirectional overrides, escape sequences, in the text and in the title."""
    hostile = f'---\ntitle: "\\e]0;x\\a\\u202e\\x9b31m"\n---\n\u202e\u2066{DENIES.strip()}\x1b[31m\x9b31m\x08\n'
    done = check(write(tmp_path, {"says.md": SAYS, "turn.md": hostile}), "--format", form)
    assert done.code == 1
    assert "turn.md" in done.out
    for char in "\x1b\x9b\x07\x08":
        assert char not in done.out + done.err, form
    if form not in ("sarif",):  # its snippets are the text itself, for programs
        assert "\u202e" not in done.out
