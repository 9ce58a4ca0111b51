"""How an export of a content system is read, as its owner may say: which field is what, and what the bodies are."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

BodyFormat: TypeAlias = Literal["markdown", "html", "text"]
FORMATS: tuple[BodyFormat, ...] = ("markdown", "html", "text")

Field: TypeAlias = Literal["id", "title", "body", "date", "author", "url", "region"]
FIELDS: tuple[Field, ...] = ("id", "title", "body", "date", "author", "url", "region")


class Form(msgspec.Struct, frozen=True):
    """`fields` are names that the export's owner gave, by field; a `.` leads into an object. `format` is that of the
    bodies, None to look at each. `prefix` stands before every id."""

    format: BodyFormat | None = None
    fields: tuple[tuple[Field, str], ...] = ()
    prefix: str = ""


class Export(msgspec.Struct, frozen=True):
    """What is said of the exports that some globs mean."""

    files: tuple[str, ...]
    form: Form = Form()
