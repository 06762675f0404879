"""The page in a real browser: signed in, asked, answered; nothing from elsewhere, no fault told."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.faces.api.running import Running
from tests.faces.api.test_routes import MT103
from tests.faces.web.conftest import FAR_AWAY
from tests.faces.web.made import signed_in, violations
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
    page.get_by_text("Write or paste it as text").click()
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

    expect(page.get_by_role("heading", name="1 of 1 payment on hold")).to_be_visible()


@pytest.mark.slow
def test_a_file_that_is_dropped_on_the_page_is_asked_about(page: Page) -> None:
    page.evaluate(
        """text => {
          const carried = new DataTransfer();
          carried.items.add(new File([text], "message.txt", {type: "text/plain"}));
          for (const kind of ["dragover", "drop"]) document.body.dispatchEvent(
            new DragEvent(kind, {dataTransfer: carried, bubbles: true, cancelable: true}));
        }""",
        MT103,
    )

    expect(page.get_by_role("heading", name="1 of 1 payment on hold")).to_be_visible()


@pytest.mark.slow
def test_an_answer_replaces_no_more_than_the_answer(page: Page) -> None:
    page.goto(f"{page.url.partition('/page')[0]}/page/act?kind=payment")
    page.evaluate("window.isThisVeryPage = true")
    page.get_by_label("Name", exact=True).nth(0).fill("Example Bank")
    page.get_by_label("Country", exact=True).nth(0).fill("Germany")
    page.get_by_role("button", name="Add one: party").click()
    expect(page.locator("#f-parties-4-role")).to_be_focused()
    page.locator("#f-parties-4-role").select_option("other")
    page.locator("#f-parties-4-name").fill("Ada Example")
    page.keyboard.press("Enter")

    answer = page.locator("#result h2.outcome")
    expect(answer).to_be_focused()
    expect(page.locator("#f-parties-0-name")).to_have_value("Example Bank")
    expect(page.locator("#f-parties-4-name")).to_have_value("Ada Example")
    page.locator("#result a", has_text="parties.payer.country").first.click()
    expect(page.locator("#f-parties-1-country")).to_be_focused()
    page.keyboard.type("Atlantis")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Atlantis is no country")
    expect(page.locator("#f-parties-1-country")).to_have_value("Atlantis")
    assert page.evaluate("window.isThisVeryPage")


@pytest.mark.slow
def test_a_server_that_is_gone_is_told(page: Page) -> None:
    page.route("**/page/name", lambda route: route.abort("connectionrefused"))
    page.get_by_label("Name, in any script").fill("Ada")
    page.get_by_role("button", name="Ask about the name").click()

    expect(page.get_by_role("alert")).to_contain_text("the server cannot be reached")


@pytest.mark.slow
def test_everything_is_done_without_a_script(chromium: Browser, server: Running) -> None:
    with signed_in(chromium, server, java_script_enabled=False) as page:
        page.get_by_role("link", name="Payment", exact=True).click()
        for number, country in enumerate(("DE", "DE", "SY", "SY")):
            page.locator(f"#f-parties-{number}-name").fill(f"Example {number}")
            page.locator(f"#f-parties-{number}-country").fill(country)
        page.get_by_role("button", name="Add one: party").click()
        expect(page.locator("#f-parties-4-role")).to_be_focused()
        page.locator("#f-parties-4-role").select_option("other")
        page.locator("#f-parties-4-name").fill("Ada Example")
        page.keyboard.press("Enter")
        expect(page.locator("#result h2.outcome")).to_have_text("REVIEW")
        page.locator("#result a", has_text="parties.payee.status").first.click()
        expect(page.locator("#f-parties-2-status")).to_be_focused()
        expect(page.locator("#f-parties-2-status")).to_be_visible()
        page.get_by_role("link", name="Check").click()
        expect(page.get_by_text("or drop the file anywhere")).to_be_hidden()


@pytest.mark.slow
@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no-scripts"])
def test_over_a_network_without_encryption_one_signs_in_and_asks(
    chromium: Browser, server: Running, *, has_scripts: bool
) -> None:
    requests: list[Request] = []
    with chromium.new_context(java_script_enabled=has_scripts) as context:
        page = context.new_page()
        page.on("request", lambda one: requests.append(one))  # noqa: PLW0108
        page.goto(server.address.replace("127.0.0.1", FAR_AWAY))
        page.get_by_label("Key").fill(server.key)
        page.keyboard.press("Enter")
        page.get_by_label("Name, in any script").fill("Ada Exampel")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Whom Ada Exampel resembles")).to_be_visible()
        sent = [one.all_headers() for one in requests if one.method == "POST"]

    # There the browser says no more than this.
    assert [one.get("sec-fetch-site") for one in sent] == [None, None]
    assert {one["origin"].partition(":")[2].split(":")[0] for one in sent} == {f"//{FAR_AWAY}"}


@pytest.mark.slow
@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_name_that_was_typed_is_there_after_signing_in_again(
    chromium: Browser, server: Running, *, has_scripts: bool
) -> None:
    with signed_in(chromium, server, java_script_enabled=has_scripts) as page:
        field = page.get_by_label("Name, in any script")
        field.fill("Ada Exampel")
        page.context.clear_cookies()
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("the session has ended")
        expect(page.get_by_role("navigation")).to_have_count(0)
        expect(page.get_by_label("Key")).to_be_focused()
        if has_scripts:
            assert violations(page) == []

        page.keyboard.type(server.key)
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("Nothing was asked yet")
        expect(field).to_have_value("Ada Exampel")
        field.press("Enter")
        expect(page.get_by_role("heading", name="Whom Ada Exampel resembles")).to_be_visible()


@pytest.mark.slow
def test_a_form_of_the_session_before_is_there_to_be_asked_again(
    chromium: Browser, server: Running
) -> None:
    with signed_in(chromium, server) as page:
        start = page.url.partition("/page")[0]
        page.goto(f"{start}/page/act?kind=payment")
        page.locator("#f-parties-0-name").fill("Example Bank")
        # Somebody signs in again in another window.
        other = page.context.new_page()
        other.goto(f"{start}/page/sign-in")
        other.get_by_label("Key").fill(server.key)
        other.keyboard.press("Enter")
        expect(other.get_by_role("heading", name="Check")).to_be_visible()

        page.locator("button[value='add parties']").click()

        expect(page.get_by_role("alert")).to_contain_text("Nothing was asked yet")
        expect(page.locator("#f-parties-0-name")).to_have_value("Example Bank")
        assert violations(page) == []
        page.locator("#f-parties-0-name").press("Enter")
        expect(page.locator("#result h2.outcome")).to_be_visible()
