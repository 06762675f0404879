"""Pages in a real browser, and what is wrong with them for who does not see or point."""

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.faces.api.running import Running

AXE = "axe_playwright_python"
_REFUSALS = ("status of 4", "ERR_CONNECTION_REFUSED", "htmx:")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def signed_in(
    browser: Browser,
    server: Running,
    **options: Any,  # as Playwright has them
) -> Iterator[Page]:
    """A page on which somebody signed in by keyboard; what goes wrong on it fails the test."""
    wrong: list[str] = []
    with browser.new_context(**options) as context:
        found = context.new_page()
        found.on("console", lambda said: _note_error(said, wrong))
        found.on("pageerror", lambda error: wrong.append(str(error)))
        found.on("request", lambda sent: _note_foreign(sent.url, server.address, wrong))
        found.goto(server.address)
        expect(found.get_by_label("Key")).to_be_focused()
        found.keyboard.type(server.key)
        found.keyboard.press("Enter")
        expect(found.get_by_role("heading", name="Check")).to_be_visible()
        # A heading is seen before the scripts below it have run.
        found.wait_for_load_state("load")
        yield found
        assert wrong == []


def _note_error(said: ConsoleMessage, wrong: list[str]) -> None:
    # That a question was refused is told as an error, too; the page says so itself.
    if said.type == "error" and not any(one in said.text for one in _REFUSALS):
        wrong.append(said.text)


def _note_foreign(address: str, own: str, wrong: list[str]) -> None:
    if not address.startswith(own):
        wrong.append(address)


def violations(page: Page) -> list[str]:
    """What axe-core finds against a page, each with the marks that it is about."""
    if importlib.util.find_spec(AXE) is None:
        pytest.skip("axe-core is not installed; `make env` installs it")
    page.evaluate(resources.files(AXE).joinpath("axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    assert found["passes"]
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:200] for node in one['nodes'][:4]]}"
        for one in found["violations"]
    ]
