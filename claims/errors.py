"""Errors that a person can act on: they name the file, the line and what to do."""

from __future__ import annotations


class KoujingError(Exception):
    """Something the user gave us cannot be used.

    Rendered once, at the top, by the command line (exit code 2). `path` is written with `/`; `line` and `column`
    are 1-based, None where unknown; `hint` says what to do and may be empty.
    """

    def __init__(
        self, message: str, *, path: str = "", line: int | None = None, column: int | None = None, hint: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only arguments do not survive the default pickling, and errors travel between worker processes.
        return (_rebuild, (type(self), self.message, self.path, self.line, self.column, self.hint))

    def __str__(self) -> str:
        place = self.path
        if place and self.line is not None:
            place += f":{self.line}"
            if self.column is not None:
                place += f":{self.column}"
        text = f"{place}: {self.message}" if place else self.message
        return f"{text} ({self.hint})" if self.hint else text


def _rebuild(
    cls: type[KoujingError], message: str, path: str, line: int | None, column: int | None, hint: str
) -> KoujingError:
    return cls(message, path=path, line=line, column=column, hint=hint)


class ReadError(KoujingError):
    """An article cannot be read: its encoding, its front matter, its size."""


class DomainError(KoujingError):
    """A domain's YAML is not what the engine needs."""


class ConfigError(KoujingError):
    """koujing.yaml is not valid."""
