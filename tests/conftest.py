"""No test reads or writes the cache of whoever runs it; how often properties are tried is in property_runs."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from tempfile import TemporaryDirectory

import pytest
from property_runs import pytest_runtest_call, pytest_terminal_summary

__all__ = ["cache_folder", "pytest_runtest_call", "pytest_terminal_summary"]

# What is started in the background by a shell ignores Ctrl-C, and so would every command that tests start and stop.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    with contextlib.suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def cache_folder() -> Iterator[str]:
    """A cache for this run of the tests."""
    before = os.environ.get("KOUJING_CACHE_DIR")
    with TemporaryDirectory(prefix="koujing-tests-", ignore_cleanup_errors=True) as folder:
        os.environ["KOUJING_CACHE_DIR"] = folder
        yield folder
    if before is None:
        del os.environ["KOUJING_CACHE_DIR"]
    else:
        os.environ["KOUJING_CACHE_DIR"] = before
