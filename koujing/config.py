"""koujing.yaml: finding, reading and checking it. Every error names the file, the line and what to do.

The same rules as JSON Schema, for editors that complete and check YAML: koujing/schema/config.json.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from audit.gate import FailOn, Level
from audit.model import DEFECTS, KINDS, STALE_DAYS
from claims.alike import nearest
from claims.exports import Export
from claims.regular import content
from koujing.faults import ConfigFault
from reports.wording.terms import Lang

NAME = "koujing.yaml"
CODES: tuple[str, ...] = (
    *KINDS,
    *DEFECTS,
    "ruling-void", "ruling-expired", "ruling-unused", "ruling-contradiction",
)  # fmt: skip
"""Codes whose severity a config may set (docs/claims.md sections 5c and 6)."""

LEVELS: tuple[Level, ...] = ("error", "warning", "info", "off")
MOST_BYTES = 1_000_000
"""No config is as large."""

FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "info", "never")


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """What koujing.yaml says, or the defaults. `facts` are as written: `off`, or an entry that `koujing.facts` reads.
    `lines` are where its keys stand (`severity.CODE` for each code, `facts.ID.value.low`)."""

    articles: tuple[str, ...] = ()
    exports: tuple[Export, ...] = ()
    domains: tuple[str, ...] = ("yibao",)
    fail_on: FailOn = "error"
    severity: tuple[tuple[str, Level], ...] = ()
    teasers: Literal["include", "ignore"] = "include"
    rulings: str = "rulings"
    facts: Mapping[str, Any] = {}
    today: str | None = None
    stale_after_days: int = STALE_DAYS
    language: Lang = "zh"
    path: str = ""
    lines: tuple[tuple[str, int], ...] = ()

    def line(self, key: str) -> int | None:
        return dict(self.lines).get(key)


def find_config(start: Path) -> Path | None:
    """The koujing.yaml in `start` or the nearest folder above it."""
    for folder in (start, *start.parents):
        if (folder / NAME).is_file():
            return folder / NAME
        if (folder / "koujing.yml").is_file():
            raise ConfigFault("config-name", path=(folder / "koujing.yml").as_posix())
    return None


def load_config(path: Path, shown: str = NAME) -> Config:
    """Read a config file, called `shown` in errors. Raises ConfigError."""
    try:
        data = content(path, MOST_BYTES)
    except OSError as e:
        raise ConfigFault("unreadable", path=shown, why=e.strerror or e) from e
    if len(data) > MOST_BYTES:
        raise ConfigFault("too-large-config", path=shown, limit=MOST_BYTES)
    return parse_config(data, shown)


def parse_config(data: bytes, path: str = NAME) -> Config:
    """The config in the bytes of a koujing.yaml. Raises ConfigError."""
    from koujing.config_reading import config_of  # with the YAML library: most folders have no config

    return config_of(data, path)


def check_topics(config: Config, topics: Iterable[str]) -> None:
    """Raise ConfigError for a `severity` that names neither a code nor a topic."""
    known = [*CODES, *sorted(topics)]
    for name, _ in config.severity:
        if name not in known:
            line = config.line(f"severity.{name}")
            raise ConfigFault("unknown-code", path=config.path, line=line, got=name, near=nearest(name, known))
