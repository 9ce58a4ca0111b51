"""The texts that koujing ships for folders it starts: `koujing/templates`."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable


def template(name: str) -> list[tuple[str, str]]:
    """The files of a folder of templates: path below that folder, text; in order of path."""
    return sorted(_below(files("koujing").joinpath("templates", *name.split("/")), ""))


def _below(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _below(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry.read_text(encoding="utf-8")
