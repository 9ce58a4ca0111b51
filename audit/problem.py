"""What is wrong with a file rather than with what it says: it cannot be read, is empty, is named twice."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

Gravity: TypeAlias = Literal["error", "warning"]


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One trouble with one path. An error means that the audit is not whole (exit code 2); a warning is only told.

    `code` and `args` are put into words by `reports`; a reader's own words, where there are any, are `message` and
    `hint`. `line` and `column` are 1-based, None where unknown.
    """

    path: str
    severity: Gravity = "error"
    code: str
    args: tuple[tuple[str, str], ...] = ()
    line: int | None = None
    column: int | None = None
    message: str = ""
    hint: str = ""


def problem_key(problem: Problem) -> tuple[str, int, int, str, tuple[tuple[str, str], ...], str]:
    """A total order, by place."""
    return (problem.path, problem.line or 0, problem.column or 0, problem.code, problem.args, problem.message)
