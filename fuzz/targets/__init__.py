"""What is fuzzed, by name: each a module with a TARGET."""

from __future__ import annotations

from importlib import import_module

from fuzz.target import Target

NAMES = (
    "decode", "frontmatter", "markdown", "html", "scraped", "jsonl", "parquet", "zip",
    "fold", "numbers", "dates", "places", "grammar", "extraction", "config", "domain", "ruling",
)  # fmt: skip


def target(name: str) -> Target:
    found: Target = import_module(f"fuzz.targets.{name}").TARGET
    return found
