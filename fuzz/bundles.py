"""Several files as one text, so that they can be changed together: `=== name`, then what is in it."""

from __future__ import annotations

import re
from collections.abc import Mapping

_HEAD = re.compile(r"^=== ([^\r\n]{1,200})\n", re.MULTILINE)


def bundled(files: Mapping[str, str]) -> str:
    return "".join(f"=== {name}\n{text.rstrip()}\n" for name, text in files.items())


def files_in(bundle: str) -> dict[str, str]:
    """What `bundled` made; of several files of a name the last."""
    parts = _HEAD.split(bundle)
    return dict(zip(parts[1::2], parts[2::2], strict=True))
