"""No other site sends a form for somebody: each form, signing in too, comes from a page of ours."""

from functools import partial
from pathlib import Path

import httpx
import pytest

from article41.faces.api.application import application
from article41.faces.recording import recorder
from article41.faces.settings import Recording
from article41.faces.web.origins import origin_of
from article41.faces.web.pages import add_page
from tests.faces.api.made import Served, copied
from tests.faces.api.running import running
from tests.faces.made import call
from tests.faces.web.test_pages import ACT, Browser, words

HERE = "http://test"
"""Where the server of a test is."""
FORMS = {
    "/page/name": {"name": "Ada Example"},
    "/page/act": {"act": ACT},
    "/page/fields": {"act": "payment"},
    "/page/payment": {"asker": "payee-bank"},
    "/page/sign-out": {},
}


@pytest.fixture
def browser(served: Served) -> Browser:
    found = Browser(served)
    found.sign_in(served.key())
    return found


def refused(response: httpx.Response) -> bool:
    """True of a form that was refused for where it comes from, with nothing of it shown."""
    is_refused = response.status_code == 403
    if is_refused:
        assert "set-cookie" not in response.headers
        assert "the browser says that the form was sent from" in words(response)
        assert "Ada Example" not in response.text
    return is_refused


@pytest.mark.parametrize(
    ("said", "is_own"),
    [
        ({"origin": HERE}, True),
        ({"origin": "http://test:80"}, True),
        ({"origin": "http://TEST"}, True),
        ({"referer": f"{HERE}/page/check?x"}, True),
        # A server before this one speaks HTTPS and passes the host on.
        ({"origin": "https://test"}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-origin", "origin": "https://outside.example"}, True),
        ({}, False),
        ({"origin": "null"}, False),
        ({"origin": ""}, False),
        ({"origin": "https://elsewhere.example"}, False),
        ({"origin": "http://test:8041"}, False),
        ({"origin": "http://test.elsewhere.example"}, False),
        ({"origin": "http://test@elsewhere.example"}, False),
        ({"origin": "http://[test"}, False),
        ({"origin": "http://test:x"}, False),
        ({"origin": "ftp://test"}, False),
        ({"origin": "https://elsewhere.example", "referer": HERE}, False),
        ({"origin": "null", "referer": HERE}, False),
        ({"referer": "https://elsewhere.example/test"}, False),
        ({"referer": "about:blank"}, False),
        ({"referer": "http://[test"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site", "origin": HERE}, False),
        ({"sec-fetch-site": "", "origin": HERE}, False),
    ],
)
def test_a_form_counts_by_where_the_browser_says_that_it_was(
    browser: Browser, said: dict[str, str], *, is_own: bool
) -> None:
    token = browser.token()
    stranger = Browser(browser.served)
    stranger.says = browser.says = said

    signed_in = stranger.sign_in(browser.served.key())

    assert refused(signed_in) is not is_own
    assert ("set-cookie" in signed_in.headers) is is_own
    for path, fields in FORMS.items():
        assert refused(browser.send(path, token=token, **fields)) is not is_own, path
    assert bool(browser.served.entries()) is is_own


def test_of_two_origins_none_counts(served: Served) -> None:
    headers = [("content-type", b"application/x-www-form-urlencoded"),
               ("origin", HERE.encode()), ("origin", HERE.encode())]  # fmt: skip

    response = served.ask("POST", "/page/sign-in", key=None, headers=headers, content="key=x")

    assert refused(response)


def test_a_server_behind_another_one_is_told_its_address(served: Served) -> None:
    named = partial(add_page, origins=("https://screening.example", "http://10.0.0.7:8041"))
    served.app = application(
        served.folder, recorder(served.folder, by="server:", recording=Recording.WHOLE),
        extensions=(named,),
    )  # fmt: skip
    browser, key = Browser(served), served.key()

    for said, is_own in (
        ("https://screening.example", True),
        ("https://screening.example:443", True),
        ("http://10.0.0.7:8041", True),
        ("http://screening.example", False),
        (HERE, False),
    ):
        browser.says = {"origin": said}
        response = browser.sign_in(key)
        assert refused(response) is not is_own, said
        if is_own:
            is_secret = "Secure" in response.headers["set-cookie"].split("; ")
            assert is_secret is said.startswith("https")


@pytest.mark.parametrize(
    "text", ["", "screening.example", "https://", "https://a.example/page", "https://a.example:x",
             "ftp://a.example", "https://a.example?x", "https://u@a.example"],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str, filled: Path) -> None:
    with pytest.raises(ValueError, match="is no address of a page"):
        origin_of(text)

    said = call("serve", "--origin", text, "--store", filled, code=2).stderr

    assert f"`{text}` is no address of a page" in said


def test_no_page_hides_from_its_own_server_where_it_is(browser: Browser) -> None:
    # With `no-referrer` a browser would send our own forms with `Origin: null`.
    for path in ("/page/sign-in", "/page/check"):
        assert browser.get(path).headers["referrer-policy"] == "same-origin"


@pytest.mark.slow
def test_a_server_that_runs_takes_the_address_that_it_was_told(
    filled: Path, tmp_path: Path
) -> None:
    told = ("--origin", "https://screening.example/", "--workers", "2")
    with running(copied(filled, tmp_path), *told) as server, server.client() as client:
        for origin, status in (("https://screening.example", 303), (server.address, 403)):
            response = client.post(
                "/page/sign-in", data={"key": server.key}, headers={"origin": origin}
            )
            assert response.status_code == status
