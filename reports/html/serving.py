"""What a page has besides when it is served: it watches for another one, and an editor decides on it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from reports.wording.serving import FIELDS, SERVE
from reports.wording.terms import Lang, pick

OFFERED = ("stands", "both-stand", "misread", "under-review")


class Serving(msgspec.Struct, frozen=True):
    """`mark` tells the page from the next one, `page` is its address. `marks` are of findings (by id) that an editor
    can decide: what they say, so that nobody decides on something else than was shown."""

    mark: str
    marks: Mapping[str, str] = {}
    page: str = "/"


def serving_data(serving: Serving, lang: Lang) -> dict[str, object]:
    """What the page's script is told."""
    words = {key.removeprefix("js-"): pick(pair, lang) for key, pair in SERVE.items() if key.startswith("js-")}
    return {"mark": serving.mark, "marks": dict(serving.marks), "page": serving.page, "words": words}


def fields(lang: Lang) -> dict[str, tuple[str, str]]:
    """The label and the hint of each field of the form."""
    return {name: (pick(label, lang), pick(hint, lang)) for name, (label, hint) in FIELDS.items()}
