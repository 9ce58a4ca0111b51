"""Colour for terminals; without it the same text."""

from __future__ import annotations

from typing import Literal, TypeAlias

Style: TypeAlias = Literal["error", "warning", "info", "rule", "bold", "first", "second"]

_CODES: dict[Style, str] = {
    "error": "1;31", "warning": "1;33", "info": "1;36", "rule": "34", "bold": "1", "first": "31", "second": "35",
}  # fmt: skip


class Paint:
    """`paint(style, text)`; the text itself where colour is off."""

    def __init__(self, on: bool = False) -> None:
        self._on = on

    def __call__(self, style: Style, text: str) -> str:
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self._on and text else text
