"""The page in a real Chromium. Without one the tests here skip; `make setup-browser` installs one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from browsing import ARGS, MISSING, ROOT, TODAY, Build, Open, Watch
from desks import FILES, SLOW, Desk
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


def _context(browser: Browser, options: Mapping[str, object]) -> BrowserContext:
    return browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})  # type: ignore[arg-type]


def _shown(page: Page, address: str, options: Mapping[str, object]) -> Page:
    """The page once it is there, with what its script does at the start."""
    page.goto(address)
    if options.get("java_script_enabled", True):
        page.wait_for_selector("html.ready")
    return page


@pytest.fixture
def open_page(browser: Browser, watch: Watch) -> Iterator[Open]:
    """Opens pages from disk. A test fails whose page logged an error, or asked anything of any network."""
    contexts: list[BrowserContext] = []

    def one(file: Path, at: str = "", **options: object) -> Page:
        context = _context(browser, options)
        contexts.append(context)
        context.route("**/*", watch.route)
        page = context.new_page()
        watch.on(page)
        return _shown(page, file.as_uri() + at, options)

    yield one
    for context in contexts:
        context.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    made: list[Desk] = []

    def one(files: Mapping[str, str] = FILES, lang: str = "zh", program: Sequence[str] = ("-m", "koujing")) -> Desk:
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        made.append(Desk(tmp_path, lang, program))
        return made[-1]

    yield one
    for each in made:
        if each.process.poll() is None:
            each.stop()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens served pages. A test fails whose page logged an error that it does not expect, or asked another server."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def one(desk: Desk, at: str = "#conflicts", context: BrowserContext | None = None, **options: object) -> Page:
        if context is None:
            context = _context(browser, options)
            contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(SLOW)
        page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: said.append(e.message))
        page.on("request", lambda r: None if r.url.startswith((desk.url, "data:")) else said.append(r.url))
        return _shown(page, desk.url + at, options)

    yield one
    for context in contexts:
        context.close()
    # A conflict is an answer of 409, which Chromium logs.
    assert not [text for text in said if "409" not in text], said
