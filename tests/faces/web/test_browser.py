"""The page in a real browser: signed in, asked, answered; nothing from elsewhere, no fault told."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.faces.api.test_routes import MT103
from tests.faces.web.test_pages import ACT


@pytest.mark.slow
def test_a_name_is_asked_by_keyboard(page: Page) -> None:
    expect(page.get_by_label("Name, in any script")).to_be_focused()
    page.keyboard.type("Ada Exampel")
    page.keyboard.press("Enter")

    expect(
        page.get_by_role("heading", name=re.compile("Whom Ada Exampel resembles"))
    ).to_be_visible()
    expect(page.get_by_role("cell", name="exampel").first).to_be_visible()
    expect(page.get_by_text("ofac-sdn/7, Person").first).to_be_visible()


@pytest.mark.slow
def test_a_name_from_right_to_left_stands_at_the_right(page: Page) -> None:
    field = page.get_by_label("Name, in any script")
    field.fill("عدي المثال")

    assert field.evaluate("one => getComputedStyle(one).direction") == "rtl"


@pytest.mark.slow
def test_an_act_is_answered_and_its_certificate_is_a_download(page: Page) -> None:
    page.get_by_label("Who takes part").fill(ACT)
    page.get_by_role("button", name="Ask the law").click()

    expect(page.get_by_role("heading", name=re.compile("Law of US"))).to_be_visible()
    with page.expect_download() as download:
        page.locator(".records a").click()
    assert download.value.path().read_text(encoding="utf-8").startswith("{")


@pytest.mark.slow
def test_the_lists_are_a_link_away_and_one_signs_out(page: Page) -> None:
    page.get_by_role("link", name="Lists").click()
    expect(page.get_by_role("rowheader", name="ofac-sdn")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Key")).to_be_visible()


@pytest.mark.slow
def test_a_payment_file_is_given_and_answered(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "message.txt"
    file.write_text(MT103, encoding="utf-8", newline="")

    page.get_by_label("File: ISO 20022 or SWIFT MT").set_input_files(file)
    page.get_by_role("button", name="Ask about the payments").click()

    expect(page.get_by_role("heading", name="HOLD")).to_be_visible()
