"""A form whose session has ended is not lost: it comes back, and asks nothing until it is sent."""

import re
from urllib.parse import urlencode

import httpx
import pytest

from article41.faces.web.carried import CARRIED_MAX, FORMS, Carried
from tests.faces.api.made import Served
from tests.faces.api.test_routes import MT103
from tests.faces.web.sending import Seen
from tests.faces.web.test_pages import ACT, Browser, multipart, words

NAME = {"name": 'Ada "أدا" & <Example>', "birth_date": "1965", "country": "Germany"}
FIELDS = {
    "act": "payment",
    "on": "2024-06-01",
    "asker.party": "payee",
    "parties[0].role": "payee",
    "parties[0].name": "عدي المثال",
    "parties[0].country": "Syria",
}


@pytest.fixture
def browser(served: Served) -> Browser:
    found = Browser(served)
    found.sign_in(served.key())
    return found


def signed_in_again(browser: Browser, response: httpx.Response) -> httpx.Response:
    """Sign in on the page that somebody whose session has ended is given."""
    carried = Seen(response.text).sent("/page/sign-in")
    browser.cookie = ""
    answer = browser.send("/page/sign-in", **{**carried, "key": browser.served.key()})
    browser.cookie = answer.headers["set-cookie"].partition(";")[0]
    return answer


@pytest.mark.parametrize(
    ("path", "fields", "shown"),
    [("/page/name", NAME, NAME), ("/page/fields", FIELDS, FIELDS), ("/page/act", {"act": ACT}, {})],
)
def test_what_was_filled_in_comes_back_once_one_has_signed_in(
    browser: Browser, path: str, fields: dict[str, str], shown: dict[str, str]
) -> None:
    token, browser.cookie = browser.token(), "article41=gone"
    ended = browser.send(path, token=token, **fields)
    back = signed_in_again(browser, ended)

    assert ended.status_code == 401
    assert "nobody is signed in" in words(ended)
    assert "What you filled in is kept on this page" in words(ended)
    assert token not in ended.text
    assert (back.status_code, "location" in back.headers) == (200, False)
    assert "Nothing was asked yet" in words(back)
    assert browser.served.entries() == []
    sent = Seen(back.text).sent(path)
    assert {**sent, **shown} == sent
    if path == "/page/act":
        assert sent["act"].splitlines() == ACT.splitlines()
    assert browser.send(path, **sent).status_code == 200
    assert len(browser.served.entries()) == 1


def test_after_a_wrong_key_it_is_still_there(browser: Browser) -> None:
    browser.cookie = ""
    ended = browser.send("/page/name", **NAME)
    carried = Seen(ended.text).sent("/page/sign-in")

    wrong = browser.send("/page/sign-in", **{**carried, "key": "a41_wrong"})
    back = signed_in_again(browser, wrong)

    assert wrong.status_code == 401
    assert Seen(back.text).sent("/page/name")["name"] == NAME["name"]


def test_a_form_of_the_session_before_comes_back_at_once(browser: Browser) -> None:
    token = browser.token()
    browser.sign_in(browser.served.key())

    back = browser.send("/page/name", token=token, **NAME)

    assert back.status_code == 401
    assert "Nothing was asked yet" in words(back)
    assert browser.served.entries() == []
    assert browser.send("/page/name", **Seen(back.text).sent("/page/name")).status_code == 200


def test_of_a_payment_the_file_is_to_be_chosen_again(browser: Browser) -> None:
    for size in (1, 200):
        body, headers = multipart("gone", MT103.encode() * size)
        ended = browser.served.ask("POST", "/page/payment", key=None, headers=headers, content=body)
        back = signed_in_again(browser, ended)

        assert "but for the file, which has to be chosen again" in words(back)
        assert "REF-7" not in ended.text + back.text
        is_read = len(body) <= CARRIED_MAX
        assert Seen(back.text).sent("/page/payment")["asker"] == ("payee-bank" if is_read else "")


def test_what_is_too_long_for_a_page_is_not_carried_and_not_promised(browser: Browser) -> None:
    browser.cookie = ""
    long, longest = "x" * (CARRIED_MAX - 100), "x" * CARRIED_MAX

    kept, lost = (browser.send("/page/act", act=one) for one in (long, longest))

    assert Seen(kept.text).sent("/page/sign-in")["question"] == f"act={long}"
    assert "is kept on this page" not in words(lost)
    assert "too long to come back by itself: the browser has it, one page back" in words(lost)
    assert "x" * 100 not in lost.text
    assert all(len(one.text) < 100_000 for one in (kept, lost))
    assert signed_in_again(browser, kept).text.count("x" * 1000)


@pytest.mark.parametrize(
    "carried",
    [
        {"form": "https://elsewhere.example", "question": "name=Ada"},
        {"form": "../lists", "question": "name=Ada"},
        {"form": "sign-out", "question": ""},
        {"form": "name", "question": "x" * (CARRIED_MAX + 1)},
        {"form": "name", "question": "%ff=%ff"},
        {"form": "name"},
        {"question": "name=Ada"},
    ],
)
def test_what_no_page_of_ours_carried_leads_nowhere(
    served: Served, carried: dict[str, str]
) -> None:
    response = Browser(served).send("/page/sign-in", key=served.key(), **carried)

    is_name = carried.get("form") == "name" and "question" not in carried
    assert response.headers.get("location") == (None if is_name else "/page/check")
    assert "elsewhere" not in response.text


def test_a_form_of_another_site_comes_back_nowhere(browser: Browser) -> None:
    browser.says = {"origin": "https://elsewhere.example"}

    for cookie in (browser.cookie, ""):
        browser.cookie = cookie
        response = browser.send("/page/name", token="wrong", name="Planted Name")
        assert (response.status_code, "Planted" in response.text) == (403, False)


def test_who_signs_out_with_a_form_of_another_session_sees_that_he_is_not(
    browser: Browser,
) -> None:
    path = "/page/sign-out"
    assert browser.send(path, token="gone").headers["location"] == "/page/check"
    browser.cookie = ""
    assert browser.send(path, token="gone").headers["location"] == "/page/sign-in"


def test_a_script_puts_the_whole_page_in_the_place_of_the_old_one(browser: Browser) -> None:
    browser.says |= {"hx-request": "true"}
    stale = browser.send("/page/name", token="gone", **NAME)
    browser.cookie = ""
    ended = browser.send("/page/fields", **FIELDS, do="add parties")
    lost = browser.send("/page/act", act="x" * CARRIED_MAX)

    for response in (stale, ended):
        assert response.headers["hx-retarget"] == "body"
        assert response.headers["hx-reselect"] == ".skip,header,main"
        for part in ('class="skip"', "<header>", "<main "):
            assert response.text.count(part) == 1
    # What is in the old page alone stays there.
    assert "copy it from the form, before you sign in" in words(lost)
    assert lost.headers["hx-retarget"] == lost.headers["hx-reselect"] == "#result"


def test_only_forms_that_ask_are_carried() -> None:
    assert [Carried.of(one, {"a": "b"}) is not None for one in (*FORMS, "sign-out")] == [
        True, True, True, True, False
    ]  # fmt: skip
    long = Carried.of("name", {"name": "é" * (CARRIED_MAX // 6)})
    assert long is not None
    assert not long.is_short
    carried = Carried.of("name", NAME)
    assert carried is not None
    assert carried.fields == NAME
    assert re.fullmatch(r"[\w.%+=&-]+", carried.question)
    assert urlencode(NAME) == carried.question
