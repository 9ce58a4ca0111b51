"""See that there is a Chromium, with a Chinese font, for tests/browser. Never fails: where it cannot, it says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APT = ["apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"]


def found() -> str | None:
    """A browser that tests/browser will find."""
    named = os.environ.get("KOUJING_CHROMIUM")
    if named:
        return named
    return next((path for name in NAMES if (path := shutil.which(name))), None) or own()


def own() -> str | None:
    """The one that playwright has installed."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None


def run(*command: str) -> bool:
    print("  " + " ".join(command), flush=True)
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=False, timeout=900)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def install() -> None:
    print("setting up a browser for the tests of the web page (once) …", flush=True)
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        run(*APT) or (run("apt-get", "update") and run(*APT))
    if not found():
        run(sys.executable, "-m", "playwright", "install", "chromium")


def main() -> None:
    if not found():
        install()
    if not found():
        line = "!" * 78
        print(f"{line}\nNO BROWSER could be installed: the tests of the web page will be SKIPPED.")
        print(f"Install Chromium, or name one in KOUJING_CHROMIUM, and run again.\n{line}", flush=True)


if __name__ == "__main__":
    main()
