"""A file made of an input, then damaged as the input's first line says: containers have sums and lengths of their own,
which bytes changed at random never get right."""

from __future__ import annotations

import re

_HARM = re.compile(rb"(-?\d{1,6}):(\d{1,3})")


def parted(data: bytes) -> tuple[bytes, bytes]:
    """What is to be damaged (the first line), and what the file is made of (the others)."""
    harm, _, rest = data.partition(b"\n")
    return harm, rest


def damaged(data: bytes, harm: bytes) -> bytes:
    """`AT:BYTE` changes one byte, counted from the end where AT is negative; AT:256 and more cuts the file there."""
    found = bytearray(data)
    for at, byte in _HARM.findall(harm)[:20]:
        place = int(at)
        if not -len(found) <= place < len(found):
            continue
        if int(byte) > 255:
            del found[place:]
        else:
            found[place] = int(byte)
    return bytes(found)
