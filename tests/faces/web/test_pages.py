"""The page as text: who may see it, what it says, and that nothing of it comes from elsewhere."""

import hashlib
import html
import json
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import httpx
import pytest

from article41.faces.api.access import Keys, Scope
from article41.faces.web.desk import POLICY
from article41.faces.web.files import FILES, address_of
from article41.faces.web.forms import parts_of
from article41.faces.web.sessions import VALID_FOR, Sessions
from article41.model.errors import AccessError, RequestError
from tests.faces.api.made import MADE_AT, Served
from tests.faces.api.test_routes import MT103
from tests.faces.made import call
from tests.faces.web.sending import Seen

HTMX_2_0_11 = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"
OWN = {"origin": "http://test"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
ACT = """act: payment
on: 2024-06-01
asker: payer-bank
jurisdictions: [US]
parties:
  payer: {name: Beda Sample, country: DE}
  payer-bank: {name: Example Bank, country: DE}
  payee: {name: Ada Example, country: SY, listings: [ofac-sdn/7]}
"""


class Browser:
    """Somebody who looks at the page."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.cookie = ""
        self.says: dict[str, str] = dict(OWN)
        """What it says of where its forms are."""

    def get(self, path: str) -> httpx.Response:
        return self.served.ask("GET", path, key=None, headers=self._headers())

    def send(self, path: str, *, token: str | None = None, **fields: str) -> httpx.Response:
        given = fields | ({} if token is None else {"token": token})
        return self.served.ask(
            "POST", path, key=None, headers=self._headers() | self.says | FORM,
            content=urlencode(given),
        )  # fmt: skip

    def sign_in(self, key: str) -> httpx.Response:
        response = self.send("/page/sign-in", key=key)
        self.cookie = response.headers.get("set-cookie", "").partition(";")[0]
        return response

    def token(self) -> str:
        found = re.search(r'name="token" value="(\w+)"', self.get("/page/check").text)
        assert found is not None
        return found[1]

    def _headers(self) -> dict[str, str]:
        return {"cookie": self.cookie} if self.cookie else {}


@pytest.fixture
def browser(served: Served) -> Browser:
    found = Browser(served)
    found.sign_in(served.key())
    return found


def words(response: httpx.Response) -> str:
    """What a page says, without its marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def test_whoever_is_not_signed_in_signs_in(served: Served) -> None:
    for path in ("/page/check", "/page/lists"):
        response = Browser(served).get(path)

        assert (response.status_code, response.headers["location"]) == (303, "/page/sign-in")
    assert Browser(served).get("/").headers["location"] == "/page/check"
    assert "Sign in" in Browser(served).get("/page/sign-in").text


def test_a_session_is_a_cookie_that_no_script_and_no_other_site_has(served: Served) -> None:
    response = Browser(served).sign_in(served.key())

    assert response.headers["location"] == "/page/check"
    cookie = response.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))


def test_a_wrong_key_begins_no_session(served: Served) -> None:
    response = Browser(served).sign_in("a41_wrong")

    assert response.status_code == 401
    assert "set-cookie" not in response.headers
    assert "the key is not known here" in words(response)


def test_a_name_is_answered_with_its_words_aligned(browser: Browser) -> None:
    response = browser.send("/page/name", token=browser.token(), name="Ada Exampel")

    said = words(response)
    assert response.status_code == 200
    assert "EXAMPLE, Ada" in said
    assert "exampel example" in said
    assert "ofac-sdn/7, Person" in said
    assert browser.served.entries()[-1].id in said


def test_an_act_is_answered_as_readable_law(browser: Browser) -> None:
    response = browser.send("/page/act", token=browser.token(), act=ACT)

    said = words(response)
    assert response.status_code == 200, said
    assert "Law of US" in said
    assert "Lists and law, and how old they are" in said
    assert "The whole answer: every reason and every entry" in said
    assert browser.served.entries()[-1].kind == "check"


def test_a_fault_is_told_with_its_place_and_what_was_written_stays(browser: Browser) -> None:
    act = ACT.replace("payment", "payement", 1)

    response = browser.send("/page/act", token=browser.token(), act=act)
    nameless = browser.send("/page/name", token=browser.token(), name="???")

    assert response.status_code == 422
    assert "No answer was given" in words(response)
    assert "payement" in response.text.partition("<textarea")[2]
    assert "<details open>" in response.text
    assert 'value="???"' in nameless.text


def test_what_is_asked_is_shown_as_text_and_never_as_marks(browser: Browser) -> None:
    name = '<script>alert("x")</script> Ada Example'

    response = browser.send("/page/name", token=browser.token(), name=name)

    assert "<script>" not in response.text
    assert html.escape(name, quote=False).replace('"', "&#34;") in response.text


def test_lists_are_shown_with_their_age_and_their_limits(browser: Browser) -> None:
    said = words(browser.get("/page/lists"))

    assert "2024-01-02 as stated when it was added OFAC" in said
    assert "what limits every answer by them" in said


@pytest.mark.parametrize("path", ["/page/name", "/page/act", "/page/fields", "/page/payment"])
def test_a_form_of_another_session_or_site_does_nothing(browser: Browser, path: str) -> None:
    other = Browser(browser.served)
    other.sign_in(browser.served.key())

    for token in (None, "", other.token(), "\ud800"):
        response = browser.send(path, token=token and token.encode("utf-8", "replace").decode(),
                                name="Ada", act=ACT)  # fmt: skip

        assert response.status_code == 401
        assert "Nothing was asked yet" in words(response)
    assert browser.served.entries() == []


def test_a_key_that_is_not_for_it_is_told(served: Served) -> None:
    browser = Browser(served)
    browser.sign_in(served.key(Scope.LISTS))

    response = browser.send("/page/name", token=browser.token(), name="Ada")

    assert response.status_code == 403
    assert "is not for <code>match</code>" in response.text


def test_a_session_ends_with_its_key_and_with_its_hours(served: Served) -> None:
    browser = Browser(served)
    secret = served.key()
    browser.sign_in(secret)
    before = browser.get("/page/check")
    keys = Keys(served.folder)
    sessions = Sessions(served.folder, keys)
    began = datetime.now(UTC)
    cookie = sessions.begun(keys.of(secret, now=began), now=began)

    call("keys", "revoke", secret.split("_")[1], "--store", served.folder)

    assert before.status_code == 200
    assert browser.get("/page/check").status_code == 303
    with pytest.raises(AccessError, match="is revoked"):
        sessions.key_of(cookie, now=began)
    with pytest.raises(AccessError, match="has ended"):
        sessions.key_of(cookie, now=began + VALID_FOR + timedelta(seconds=1))


@pytest.mark.parametrize("changed", ["", ".", "x.y", "\xff.\xff", "e30=.0"])
def test_a_cookie_that_was_changed_is_none(served: Served, changed: str) -> None:
    sessions = Sessions(served.folder, Keys(served.folder))

    with pytest.raises(AccessError):
        sessions.key_of(changed, now=MADE_AT)


def test_nothing_comes_from_elsewhere_and_no_script_stands_in_a_page(browser: Browser) -> None:
    pages = [
        browser.get("/page/check"),
        browser.get("/page/lists"),
        browser.get("/page/act?kind=cargo"),
        browser.send("/page/act", token=browser.token(), act=ACT),
        browser.send("/page/name", token=browser.token(), name="Ada Exampel"),
    ]

    for page in pages:
        assert page.headers["content-security-policy"].startswith("default-src 'self'; ")
        assert page.headers["cache-control"] == "no-store"
        assert re.findall(r"<script(?! src=\"/page/[a-z.]+\?v=\w+\" defer></)", page.text) == []
        assert re.findall(r"style=|\son\w+=|https?://", page.text) == []
        assert list(Seen(page.text).faults()) == []


def test_files_of_the_page_are_its_own_and_packed_for_who_unpacks_them(browser: Browser) -> None:
    for name, kind in FILES.items():
        packed = browser.get(f"/page/{name}")
        plain = browser.served.ask(
            "GET", f"/page/{name}", key=None, headers={"accept-encoding": "identity"}
        )

        assert address_of(name) in browser.get("/page/check").text
        assert packed.headers["content-type"].partition(";")[0] == kind
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert packed.content == plain.content
        assert packed.headers["content-security-policy"] == POLICY


def test_the_script_of_others_is_what_its_authors_publish(browser: Browser) -> None:
    content = browser.get("/page/htmx.min.js").content

    assert hashlib.sha256(content).hexdigest() == HTMX_2_0_11


def test_a_script_whose_session_has_ended_is_led_to_sign_in(served: Served) -> None:
    headers = FORM | OWN | {"hx-request": "true"}

    response = served.ask("POST", "/page/sign-out", key=None, headers=headers, content="")

    assert (response.status_code, response.headers["hx-redirect"]) == (200, "/page/sign-in")


def test_the_secret_of_the_sessions_is_its_owners(served: Served) -> None:
    assert (served.folder / "sessions.key").stat().st_mode & 0o777 == 0o600


def multipart(token: str, file: bytes, boundary: str = "limit-7") -> tuple[bytes, dict[str, str]]:
    """A form with a file as browsers send it."""
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="'
    body = b"".join(
        (
            f'{head}token"\r\n\r\n{token}\r\n'.encode(),
            f'{head}asker"\r\n\r\npayee-bank\r\n'.encode(),
            f'{head}file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n'.encode(),
            file,
            f"\r\n--{boundary}--\r\n".encode(),
        )
    )
    return body, OWN | {"content-type": f"multipart/form-data; boundary={boundary}"}


def test_a_payment_file_is_answered(browser: Browser) -> None:
    body, headers = multipart(browser.token(), MT103.encode())
    cut, _ = multipart(browser.token(), MT103.encode()[:90])
    headers |= {"cookie": browser.cookie}

    response = browser.served.ask("POST", "/page/payment", key=None, headers=headers, content=body)
    refused = browser.served.ask("POST", "/page/payment", key=None, headers=headers, content=cut)

    said = words(response)
    assert response.status_code == 200
    assert "1 of 1 payment on hold" in said
    assert "REF-7" in said
    (answer,) = json.loads(bytes(browser.served.entries()[0].answer))
    assert answer["reasons"]
    for reason in answer["reasons"][:3]:
        assert reason["title"] in said
    assert refused.status_code == 422
    entry, unread = browser.served.entries()
    assert unread.kind == "payment-unread"
    assert json.loads(bytes(entry.question))["message"] == MT103


@pytest.mark.parametrize("file", [b"", b"\r\n", b"a\nb\r\n\r\n", b"\xff\x00--limit", b"x" * 5_000])
def test_a_file_arrives_byte_for_byte(file: bytes) -> None:
    body, headers = multipart("t", file)

    parts = parts_of(body, headers["content-type"])

    assert parts == {"token": b"t", "asker": b"payee-bank", "file": file}


@pytest.mark.parametrize("body", [b"", b"--limit-7", b"name=Ada"])
def test_what_is_no_form_with_a_file_is_refused(body: bytes) -> None:
    with pytest.raises(RequestError):
        parts_of(body, "multipart/form-data; boundary=limit-7")
