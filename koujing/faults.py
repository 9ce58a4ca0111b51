"""Errors of the roof that are told in the user's language: a code and arguments, put into words by reports."""

from __future__ import annotations

from claims.errors import ConfigError, KoujingError
from reports.wording.problems import problem_words


class Fault(KoujingError):
    """What was asked for cannot be done: a wrong path, id or option. `code` and `blanks` say what, in any language."""

    def __init__(
        self, code: str, *, path: str = "", line: int | None = None, column: int | None = None, **blanks: object
    ) -> None:
        self.code = code
        self.blanks = {name: str(value) for name, value in blanks.items()}
        message, hint = problem_words(code, self.blanks, "en")
        super().__init__(message, path=path, line=line, column=column, hint=hint)


class ConfigFault(Fault, ConfigError):
    """koujing.yaml is not valid."""
