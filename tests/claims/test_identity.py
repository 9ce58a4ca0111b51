"""Ids: the digits of a text's sha256 in Crockford's base 32."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.identity import DIGITS, digest

RFC_4648 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(st.text(), st.integers(1, DIGITS))
def test_a_digest_is_the_base_32_of_the_library_in_crockfords_digits(text: str, length: int) -> None:
    library = base64.b32encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    assert digest(text, length) == library.translate(str.maketrans(RFC_4648, CROCKFORD))[:length]


@given(st.text())
def test_a_longer_digest_begins_with_every_shorter_one(text: str) -> None:
    whole = digest(text, DIGITS)
    assert all(whole.startswith(digest(text, n)) for n in range(1, DIGITS))


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb"])
def test_half_a_surrogate_pair_has_a_digest_too(text: str) -> None:
    assert len(digest(text, 10)) == 10
