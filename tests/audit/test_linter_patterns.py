"""Patterns of linters are compiled when they are used: each is a pattern, and looks like one."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import audit.linters
from audit.linters.later import _Later, later


def patterns() -> Iterator[tuple[str, _Later]]:
    for module in pkgutil.iter_modules(audit.linters.__path__):
        for name, value in vars(importlib.import_module(f"audit.linters.{module.name}")).items():
            several = [*value.values()] if isinstance(value, dict) else value if isinstance(value, tuple) else [value]
            yield from ((f"{module.name}.{name}", one) for one in several if isinstance(one, _Later))


def test_every_pattern_is_one() -> None:
    found = dict(patterns())
    assert len(found) > 100
    for name, one in found.items():
        assert bool(re.compile(one.pattern, one.flags).search("")) == bool(one.search("")), name


def test_it_does_what_a_pattern_does() -> None:
    pattern = later(r"(?P<no>不)?可以", re.IGNORECASE)
    assert pattern.pattern == r"(?P<no>不)?可以"
    match = pattern.search("这样不可以")
    assert match is not None
    assert (match["no"], match.span()) == ("不", (2, 5))
    assert pattern.sub("x", "可以可以", count=1) == "x可以"
    assert pattern.fullmatch("可以") is not None
    assert pattern.groups == 1
    assert [m[0] for m in pattern.finditer("不可以，可以")] == ["不可以", "可以"]
