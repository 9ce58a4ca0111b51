"""docs/editors-guide.zh-CN.md: what it shows is what the commands show, and what it names is there."""

from __future__ import annotations

import re
import sys

import click
import pytest

from koujing.cli import COMMANDS, main
from reports.wording.resolving import KEYS
from tools.make_editors_guide import PAGE, page


@pytest.fixture(scope="module")
def text() -> str:
    return PAGE.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="no pty")
def test_the_page_is_up_to_date(text: str) -> None:
    assert text == page(), "run `python -m tools.make_editors_guide`"


def test_every_command_with_its_options_is_there(text: str) -> None:
    named = re.findall(r"(?:\$ |`)koujing ([a-z]+)([^\n`]*)", text)
    assert {name for name, _ in named} >= {"check", "resolve", "rulings", "report", "explain"}
    context = click.Context(main)
    for name, rest in named:
        assert name in COMMANDS
        command = main.get_command(context, name)
        assert command is not None
        known = {opt for param in command.get_params(context) for opt in (*param.opts, *param.secondary_opts)}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known, f"koujing {name}{rest}"


def test_every_key_is_explained(text: str) -> None:
    for key in KEYS:
        assert f"| `{key}` | " in text


def test_nothing_of_the_machine_shows(text: str) -> None:
    assert "/tmp" not in text
    assert "\x1b" not in text
    assert "{{" not in text
    assert len(text.splitlines()) < 430


def test_links_within_the_page_lead_somewhere(text: str) -> None:
    heads = {
        re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= heads
