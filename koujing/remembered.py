"""What `koujing check` is asked for, and what that came to when nothing was different: known by all that it depends on.

Nothing of an article is looked at but its bytes' digest, and no domain is loaded.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, TypedDict

import msgspec

from audit.files import File, Found, below_top
from audit.gate import FailOn
from audit.pieces import Digests
from audit.rulings.folder import written
from claims.domain import domain_mark
from koujing import caching
from koujing.knowledge import references
from koujing.project import Project
from reports.wording.terms import Lang

FORMATS: Mapping[str, tuple[str, str]] = {
    "text": ("text", "render"),
    "json": ("json", "render"),
    "jsonl": ("json", "render_lines"),
    "github": ("github", "render"),
    "gitlab": ("gitlab", "render"),
    "sarif": ("sarif", "render"),
    "junit": ("junit", "render"),
    "rdjson": ("rdjson", "render"),
    "markdown": ("markdown", "render"),
    "csv": ("csv", "render"),
}
"""What renders each: a module of `reports`, imported when it is asked for, and a function of it that takes a Report and
its Sources."""

COLOURED = "text, as it is shown"
"""What is kept beside these."""

TABLE = "run"
MOST_FILES = 200_000
"""Of more files than this the digests are not held."""
SOON = 0.05
"""Seconds that a file's time may lag behind the clock."""
MOST_BYTES = 64 << 20
"""Outputs larger than this are not kept."""


class About(TypedDict):
    """What a report says of its run."""

    lang: Lang
    today: tuple[str, str]
    fail_on: FailOn
    least: int


class Asked(msgspec.Struct, frozen=True):
    """What a run is to do: `shown` is the format of stdout, `others` those of files; `cluster` is the address of one
    that is to read."""

    project: Project
    jobs: int | None
    possible: bool | None
    base: str | None
    about: About
    shown: str
    others: tuple[str, ...]
    cluster: str | None = None


class Came(msgspec.Struct, frozen=True, kw_only=True):
    """What a run wrote: its outputs by format, what it told on stderr, its exit code; whether it would again."""

    outputs: Mapping[str, str]
    told: str = ""
    exit_code: int
    lasting: bool = True


class Question(msgspec.Struct, frozen=True):
    """A run that may have been made before: its `key`, the digests of its files, where these and its rulings are, and
    when the first of them was looked at (seconds)."""

    key: bytes
    digests: Digests
    places: tuple[str, ...]
    begun: float


def asked(project: Project, found: Found, asked_for: Sequence[Any]) -> Question | None:
    """The run over these files that is `asked_for` (all else that its outputs depend on, as plain data); None where it
    cannot be known."""
    if caching.disk() is None or len(found.files) > MOST_FILES:
        return None
    begun, digests, mark = time.time(), Digests(), sha256()
    for file in found.files:
        digest = digests.of(file)
        if digest is None:
            return None  # whatever cannot be read may be told in other words tomorrow
        mark.update(f"{digest}{_line(file)}\n".encode("utf-8", "surrogatepass"))
    folder = project.root / project.config.rulings
    try:
        rulings = list(written(folder).items()) if project.configured else []
        domains = [domain_mark(name) for name in references(project)]
        prefix = below_top(project.root)
        rest = [caching.program(), mark.hexdigest(), rulings, domains, prefix, project, found.problems, asked_for]
        places = (*(file.place for file in found.files), *(str(folder / name) for name, _ in rulings))
        return Question(sha256(_encoder.encode(rest)).digest()[:20], digests, places, begun)
    except (OSError, UnicodeEncodeError):
        return None


def found_again(question: Question) -> Came | None:
    """What the run came to."""
    disk = caching.disk()
    data = disk.get(TABLE, question.key) if disk is not None else None
    if data is None:
        return None
    try:
        return _decoder.decode(data)
    except msgspec.MsgspecError:
        return None


def keep(question: Question, came: Came) -> None:
    """Keep what a run came to, unless something was changed while it ran."""
    disk = caching.disk()
    if disk is None or not came.lasting or sum(map(len, came.outputs.values())) > MOST_BYTES:
        return
    if not _still(question):
        return
    try:
        disk.put(TABLE, question.key, msgspec.msgpack.encode(came))
    except UnicodeEncodeError:
        return


def _line(file: File) -> str:
    """What of a file besides its bytes is seen in a report. Where it is in a container is part of its path."""
    number = "" if file.entry is None else f"{file.entry.number} {file.entry.kind} {file.entry.inside}"
    return f"{file.path}\0{number}\0{file.shown}"


def _still(question: Question) -> bool:
    """Whether all files are from before the run."""
    try:
        return all(os.stat(place).st_mtime < question.begun - SOON for place in question.places)
    except OSError:
        return False


_encoder = msgspec.msgpack.Encoder(enc_hook=str)
_decoder = msgspec.msgpack.Decoder(Came)
