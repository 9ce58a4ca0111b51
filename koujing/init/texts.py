"""The texts that `koujing init` writes: templates with the folder's own words put in."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Sequence

from koujing.init.folder import Folder
from koujing.shipped import template
from reports.wording.terms import Lang

_ONLY_BELOW = re.compile(r"[ ]*#\?folder$")
"""Ends a line of a template that is kept only where the root lies below the top of the git work tree."""


def config(globs: Sequence[str], lang: Lang) -> str:
    """A koujing.yaml. Without globs the key stands as a comment."""
    lines = ["articles:", *(f"  - {quoted(glob)}" for glob in globs)]
    if not globs:
        lines = ["# articles:", "#   - articles/**/*.md"]
    return _texts(lang)["koujing.yaml"].replace("@ARTICLES@", "\n".join(lines))


def rulings(folder: Folder, rulings: str, lang: Lang) -> str:
    """What belongs into the folder of rulings."""
    place = "/".join(part for part in (folder.below, rulings) if part)
    return _texts(lang)["rulings.md"].replace("@FOLDER@", f"/{place}/")


def github(folder: Folder, install: str, lang: Lang) -> str:
    """A workflow."""
    return _filled(_texts(lang)["github.yml"], folder, install)


def gitlab(folder: Folder, install: str, lang: Lang) -> str:
    """A job."""
    return _filled(_texts(lang)["gitlab.yml"], folder, install)


def pre_commit(folder: Folder, install: str, lang: Lang) -> str:
    """A .pre-commit-config.yaml. Where there is a commit to compare with, only what the next brings in blocks it."""
    args = [*(["--base", "HEAD"] if folder.has_commit else []), *([folder.below] if folder.below else [])]
    text = _texts(lang)["pre-commit.yaml"]
    if not args:
        text = re.sub(r"^ *args: @ARGS@\n", "", text, flags=re.MULTILINE)
    return _filled(text.replace("@ARGS@", f"[{', '.join(quoted(arg) for arg in args)}]"), folder, install)


def quoted(text: str) -> str:
    """A text as YAML."""
    return json.dumps(text, ensure_ascii=False)


def _texts(lang: Lang) -> dict[str, str]:
    return dict(template(f"init/{lang}"))


def _filled(text: str, folder: Folder, install: str) -> str:
    lines = [_ONLY_BELOW.sub("", line) for line in text.splitlines() if folder.below or not _ONLY_BELOW.search(line)]
    words = {
        "@INSTALL@": quoted(install),
        "@BRANCH@": quoted(folder.branch),
        "@FOLDER@": quoted(folder.below),
        "@CD@": quoted(f"cd {shlex.quote(folder.below)}"),
        "@UP@": "../" * len([part for part in folder.below.split("/") if part]),
    }
    # In one pass: what is put in is not looked at again.
    return re.sub("|".join(words), lambda m: words[m[0]], "\n".join(lines) + "\n")
