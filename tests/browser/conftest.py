"""The page in a real Chromium. Without one the tests here skip; `make setup-browser` installs one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import ARGS, MISSING, ROOT, TODAY, Build, Open, Watch
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from koujing.page import audit_of
from koujing.project import open_project
from koujing.run import find_conflicts, read_project
from reports.html.page import index
from reports.wording.terms import Lang
from tools.setup_browser import found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = found()
    if path is None:
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    made: dict[tuple[Path, Lang], Path] = {}

    def one(folder: Path, lang: Lang = "zh") -> Path:
        if (folder, lang) not in made:
            reading = read_project(open_project((), folder), TODAY, jobs=1)
            found = find_conflicts(reading)
            audit = audit_of(
                reading, found, {"lang": lang, "today": (TODAY, "config"), "fail_on": "error", "least": 0}
            )  # fmt: skip
            file = tmp_path_factory.mktemp("page") / "index.html"
            file.write_text(index(audit), encoding="utf-8")
            made[folder, lang] = file
        return made[folder, lang]

    return one


@pytest.fixture(scope="session")
def examples(build: Build) -> Path:
    return build(ROOT / "examples")


@pytest.fixture
def watch() -> Iterator[Watch]:
    one = Watch()
    yield one
    assert not one.said, one.said
    assert not one.asked, one.asked


@pytest.fixture
def open_page(browser: Browser, watch: Watch) -> Iterator[Open]:
    """Opens pages from disk. A test fails whose page logged an error, or asked anything of any network."""
    contexts: list[BrowserContext] = []

    def one(file: Path, at: str = "", **options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})  # type: ignore[arg-type]
        contexts.append(context)
        context.route("**/*", watch.route)
        page = context.new_page()
        watch.on(page)
        page.goto(file.as_uri() + at)
        if options.get("java_script_enabled", True):
            page.wait_for_selector("html.ready")
        return page

    yield one
    for context in contexts:
        context.close()
