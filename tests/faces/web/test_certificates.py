"""What the page answered is proved by the certificate that it gives, and given again."""

import re
from pathlib import Path

import httpx
import pytest

from tests.faces.api.made import Served
from tests.faces.api.test_routes import MT103
from tests.faces.made import SDN, call, lines_of_json, write
from tests.faces.web.sending import Seen
from tests.faces.web.test_pages import ACT, Browser, multipart

LINK = re.compile(r'<a href="(/page/certificates/[^"]+)" download="[^"]+\.certificate">')


def test_a_certificate_of_the_page_verifies_and_replays_to_the_same_bytes(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTICLE41_STORE", str(served.folder))
    browser = Browser(served)
    browser.sign_in(served.key())
    token = browser.token()
    body, headers = multipart(token, MT103.encode())
    form = Seen(browser.get("/page/act?kind=payment").text).sent("/page/fields")
    by_fields = form | {"parties[2].name": "Ada Example", "parties[2].country": "Syria"}
    answers = {
        "match": browser.send("/page/name", token=token, name="Ada Exampel"),
        "check": browser.send("/page/act", token=token, act=ACT),
        "check by fields": browser.send("/page/fields", **by_fields),
        "payment": served.ask(
            "POST", "/page/payment", key=None, headers=headers | {"cookie": browser.cookie},
            content=body,
        ),
    }  # fmt: skip
    files = {
        kind: _certificate(browser, one, tmp_path / kind.replace(" ", "-"))
        for kind, one in answers.items()
    }
    changed = SDN.replace("EXAMPLE, Ada", "ANOTHER, Eve")
    call("lists", "add", write(tmp_path, "b.csv", changed), "--published", "2024-06-02")

    pub = call("audit", "key").stdout.strip()
    for kind, file in files.items():
        assert (
            f": {kind.partition(' ')[0]}, asked at"
            in call("certificate", "verify", file, "--key", pub).stdout
        )
        [replayed] = lines_of_json(call("replay", file, "--json").stdout)
        assert (replayed["outcome"], replayed["inputs"]) == ("same", [])


def _certificate(browser: Browser, answer: httpx.Response, file: Path) -> Path:
    """The one certificate that an answer links to, as its download is kept."""
    [link] = LINK.findall(answer.text)
    given = browser.get(link)
    assert given.headers["content-disposition"].startswith("attachment")
    file.write_bytes(given.content)
    return file
