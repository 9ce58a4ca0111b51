"""Take the pictures of the web page under docs/report/: desktop, phone and dark, Chinese and English.

python -m tools.make_screenshots
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.setup_browser import found

ROOT = Path(__file__).parent.parent
TO = ROOT / "docs/report"
DESKTOP, PHONE = (1280, 860), (390, 844)
PICTURES = (
    ("overview-zh", "zh", "#overview", DESKTOP, "light"),
    ("findings-zh", "zh", "#conflicts?topic=yibao.deductible", DESKTOP, "light"),
    ("findings-zh-dark", "zh", "#conflicts?kind=against-fact", DESKTOP, "dark"),
    ("findings-zh-phone", "zh", "#conflicts", PHONE, "light"),
    ("article-zh", "zh", "#a-13dda55799", DESKTOP, "light"),
    ("topics-zh", "zh", "#topics", DESKTOP, "light"),
    ("overview-en", "en", "#overview", DESKTOP, "light"),
    ("findings-en-dark", "en", "#conflicts?kind=outdated", DESKTOP, "dark"),
    ("overview-en-phone", "en", "#overview", PHONE, "dark"),
)
"""File, language, address, size, colours."""


def main() -> None:
    TO.mkdir(exist_ok=True)
    chromium = found()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for lang in ("zh", "en"):
            command = [sys.executable, "-m", "koujing", "report", "-o", f"{folder}/{lang}", "--lang", lang]
            subprocess.run(command, cwd=ROOT / "examples", env={"PYTHONPATH": str(ROOT)}, check=True)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, lang, at, (width, height), scheme in PICTURES:
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(f"file://{folder}/{lang}/index.html{at}")
            page.wait_for_selector("html.ready")
            page.wait_for_timeout(300)
            page.screenshot(path=TO / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
