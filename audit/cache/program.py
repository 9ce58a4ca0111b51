"""What tells two states of the program apart: what one of them has made, another must not take for its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec

_READERS = ("ahocorasick_rs-", "justhtml-", "markdown_it_py-", "msgspec-", "pyyaml-", "rapidfuzz-")
"""Libraries on whose version it may depend what is read in an article, as their folders begin."""


@cache
def program_mark() -> str:
    """The digest of the program's own files (shipped domains aside: each has a mark of its own), which is what runs, in
    a checkout too; of the libraries that read; and of the Python that runs it."""
    mark = sha256(f"{sys.implementation.cache_tag} {sys.version_info[:3]} {sys.byteorder}\0".encode())
    home = Path(__file__).parent.parent.parent
    for floor in ("claims", "audit", "reports", "koujing"):
        for path in sorted(_files(str(home / floor))):
            with open(path, "rb", buffering=0) as stream:
                data = stream.read()
            mark.update(f"{os.path.relpath(path, home)}\0{len(data)}\0".encode())
            mark.update(data)
    libraries = (name for name in os.listdir(Path(msgspec.__file__).parent.parent) if name.endswith(".dist-info"))
    mark.update("\0".join(sorted(name for name in libraries if name.lower().startswith(_READERS))).encode())
    return mark.hexdigest()


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name not in ("__pycache__", "domains"):
                    yield from _files(entry.path)
            elif entry.name.endswith((".py", ".yaml", ".json")):
                yield entry.path
