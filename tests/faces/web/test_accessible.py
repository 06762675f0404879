"""Every page and every state of it, in light and in dark: axe-core finds nothing against it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.faces.api.running import Running
from tests.faces.api.test_routes import MT103
from tests.faces.web.made import violations
from tests.faces.web.test_pages import ACT

UNFOLD = "() => { for (const one of document.querySelectorAll('details')) one.open = true }"
ARABIC = "عدي المثال"


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signing_in(chromium: Browser, server: Running, scheme: str) -> None:
    with chromium.new_context(color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(server.address)
        assert violations(page) == []
        page.get_by_label("Key").fill("a41_wrong")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_be_visible()
        assert violations(page) == []


@pytest.mark.slow
def test_asking_and_lists(page: Page) -> None:
    assert violations(page) == []
    page.get_by_role("link", name="Lists").click()
    expect(page.get_by_role("rowheader", name="ofac-sdn")).to_be_visible()
    assert violations(page) == []


@pytest.mark.slow
def test_names(page: Page) -> None:
    for name in ("Ada Exampel", ARABIC, "Nobody At All"):
        page.get_by_label("Name, in any script").fill(name)
        page.get_by_role("button", name="Ask about the name").click()
        expect(page.get_by_role("heading", name=f"Whom {name} resembles")).to_be_visible()
        assert violations(page) == []

    page.get_by_label("Name, in any script").fill("???")
    page.get_by_role("button", name="Ask about the name").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []


@pytest.mark.slow
def test_acts_in_words(page: Page) -> None:
    asking = page.url
    for act in (ACT, ACT.replace("Ada Example", ARABIC), "act: nothing"):
        page.goto(asking)
        page.get_by_text("Write or paste it as text").click()
        assert violations(page) == []
        page.get_by_label("Who takes part").fill(act)
        page.get_by_role("button", name="Ask the law").click()
        expect(page.locator(".problem" if act == "act: nothing" else ".answer")).to_be_visible()
        assert violations(page) == []
    page.goto(asking)
    page.get_by_text("Write or paste it as text").click()
    page.get_by_label("Who takes part").fill(ACT)
    page.get_by_role("button", name="Ask the law").click()
    page.get_by_role("link", name="The whole answer").click()
    expect(page.get_by_role("heading", name="The whole answer")).to_be_visible()
    assert violations(page) == []


@pytest.mark.slow
def test_acts_by_fields(page: Page) -> None:
    start = page.url.partition("/page")[0]
    # Cargo has every sort of field; the form of another kind is made in the same way.
    page.goto(f"{start}/page/act?kind=cargo")
    page.evaluate(UNFOLD)
    assert violations(page) == []
    for add in ("add parties[0].documents", "add licences", "add parties"):
        page.evaluate(UNFOLD)
        page.locator(f"button[value='{add}']").click()
        expect(page.locator("[autofocus]")).to_be_focused()
    expect(page.locator("#f-licences-0")).to_be_visible()
    page.locator("#f-parties-0-name").fill(ARABIC)
    page.locator("#f-parties-0-country").fill("Atlantis")
    page.locator("#f-goods-0-code").fill("x")
    page.locator("#f-goods-0-description").fill("oil")
    page.locator("#f-parties-0-name").press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []


@pytest.mark.slow
def test_a_payment(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "message.txt"
    file.write_text(MT103, encoding="utf-8", newline="")
    page.get_by_label("File: ISO 20022 or SWIFT MT").set_input_files(file)
    page.get_by_role("button", name="Ask about the payments").click()
    expect(page.get_by_role("heading", name="on hold")).to_be_visible()
    assert violations(page) == []
