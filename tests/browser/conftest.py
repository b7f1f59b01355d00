"""A real browser, found on the machine, and what every page is held to."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

# Playwright runs a loop of its own in this thread: Django would take our plain calls for async.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PATIENCE = 15_000  # milliseconds, for a busy machine; what is there is never waited for
expect.set_options(timeout=PATIENCE)

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
"""Of rules that a page keeps, nothing is gathered: that takes longest and nobody reads it."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, else Playwright's own; a missing browser is no reason to skip."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    # As root there is no sandbox to be had.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*QUIET, *sandbox])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """A page as a visitor has it: `open_page(width=390, language="en", scripts=False)`."""
    contexts: list[BrowserContext] = []
    refused: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            refused.append(f"{message.page.url if message.page else ''}: {message.text}")

    def open_one(*, width: int = 1280, language: str = "fr", scripts: bool = True, **more) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            locale=language,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            reduced_motion="reduce",
            **more,
        )
        contexts.append(context)
        context.on("console", note)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not refused, "the policy lets everything work that a page brings"


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """No finding of axe, on the page as it is now."""
    axe = Axe()

    def check(page: Page) -> None:
        result = axe.run(page, options=OPTIONS)
        findings = [
            f"{found['id']}: {found['help']} {[node['target'] for node in found['nodes']][:3]}"
            for found in result.response["violations"]
        ]
        assert not findings, f"{page.url}\n" + "\n".join(findings)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{page.url} is {wide} px wider than the window"

    return check
