"""Regular expressions that are compiled when they are first used.

There are hundreds, and compiling them takes longer than anything else that a check of one article does; most are for
what few articles hold.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Later:
    """Stands for a pattern; whatever is asked of it is asked of the pattern, and remembered."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags
        self._made: re.Pattern[str] | None = None

    def __getattr__(self, name: str) -> Any:
        if self._made is None:
            self._made = re.compile(self.pattern, self.flags)
        found = getattr(self._made, name)
        setattr(self, name, found)
        return found


def later(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What re.compile gives, made when it is first used. Faults of the pattern are found only then."""
    return cast("re.Pattern[str]", _Later(pattern, flags))
