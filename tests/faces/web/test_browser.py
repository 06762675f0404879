"""The page in a real browser: signed in, asked, answered; nothing from elsewhere, no fault told."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.faces.api.made import copied
from tests.faces.api.test_routes import MT103
from tests.faces.api.test_running import Running, running
from tests.faces.web.test_pages import ACT

expect.set_options(timeout=20_000)
PATHS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, PATHS)), None)
    if found is None:
        pytest.skip("no chromium is installed; tools/install-browser.sh installs it")
    # As root, which CI often is, chromium starts only without its sandbox.
    arguments = ["--no-sandbox"]
    with (
        sync_playwright() as driver,
        driver.chromium.launch(executable_path=found, args=arguments) as started,
    ):
        yield started


@pytest.fixture(scope="module")
def server(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(copied(filled, tmp_path_factory.mktemp("browser"))) as found:
        yield found


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, server: Running, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on which somebody signed in by keyboard; what goes wrong on it fails the test."""
    wrong: list[str] = []
    with browser.new_context(color_scheme=request.param) as context:
        found = context.new_page()
        found.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        found.on("request", lambda sent: _note_foreign(sent.url, server.address, wrong))
        found.goto(server.address)
        expect(found.get_by_label("Key")).to_be_focused()
        found.keyboard.type(server.key)
        found.keyboard.press("Enter")
        expect(found.get_by_role("heading", name="Check")).to_be_visible()
        yield found
        assert wrong == []


def _note_foreign(address: str, own: str, wrong: list[str]) -> None:
    if not address.startswith(own):
        wrong.append(address)


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
