"""Answers that are long: every page stays short, and nothing of an answer is lost by it."""

import html
import re
from pathlib import Path

import pytest

from article41.casework.audit import Asked
from article41.checks.verdict_json import verdict_of
from article41.faces.api.access import Scope
from article41.faces.cli.verdicts import verdict_lines
from article41.faces.cli.writing import Pen
from article41.faces.settings import RECORD_VARIABLE, Recording
from article41.faces.web.asking import answered_acts
from article41.faces.web.shown import MATCHES_TOLD, WIDTH, name_answer_of
from tests.faces.api.made import Served, copied
from tests.faces.api.test_routes import MT103
from tests.faces.made import call, write
from tests.faces.web.sending import Seen
from tests.faces.web.test_pages import Browser, multipart, words
from tests.sources.official.ofac.publications import primary, table

PAGE_BYTES_MAX = 100_000
NAMESAKES = 150
ROLES = ("payer", "payer-bank", "intermediary", "payee-bank", "payee", "ultimate-payer",
         "ultimate-payee", "broker", "other")  # fmt: skip


def heavy_act(*, named: str = "Ada Example") -> str:
    parties = "\n".join(f"  {role}: {{name: {named}, country: SY}}" for role in ROLES)
    return f"act: payment\non: 2024-06-01\nasker: payer-bank\nmoney: 5 USD\nparties:\n{parties}\n"


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose list has many entries of one name."""
    folder = tmp_path_factory.mktemp("crowded")
    rows = [
        primary(number, f"EXAMPLE, Ada {'abcdefghij'[number % 10] * 2}", type_="individual")
        for number in range(1, NAMESAKES)
    ]
    call("lists", "add", write(folder, "a.csv", table(*rows)), "--published", "2024-01-02",
         "--store", folder / "store")  # fmt: skip
    return folder / "store"


@pytest.fixture
def browser(crowded: Path, tmp_path: Path) -> Browser:
    served = Served(copied(crowded, tmp_path))
    found = Browser(served)
    found.sign_in(served.key())
    return found


def parts_of_answer(browser: Browser, record: str) -> list[str]:
    """The whole answer, page by page as the links lead."""
    pages, address = [], f"/page/answers/{record}"
    while address:
        page = browser.get(address)
        assert page.status_code == 200
        assert len(page.content) < PAGE_BYTES_MAX
        pages.append(page.text)
        following = re.search(r'<a rel="next" href="([^"]+)"', page.text)
        address = following[1] if following else ""
    return pages


def test_a_heavy_verdict_is_a_short_page_and_whole_beside_it(browser: Browser) -> None:
    page = browser.send("/page/act", token=browser.token(), act=heavy_act())

    entry = browser.served.entries()[-1]
    verdict = verdict_of(bytes(entry.answer))
    assert sum(len(one.listed) for one in verdict.parties) > NAMESAKES
    assert page.status_code == 200
    assert len(page.content) < PAGE_BYTES_MAX
    assert list(Seen(page.text).faults()) == []
    # Every finding is named on the page, with its outcome.
    said = words(page)
    for result in verdict.results:
        assert result.jurisdiction in said
    assert f'href="/page/answers/{entry.id}"' in page.text

    pages = parts_of_answer(browser, entry.id)
    told = "\n".join(
        html.unescape(re.search(r"<pre[^>]*>(.*?)</pre>", one, re.S)[1])  # type: ignore[index]
        for one in pages
    )
    assert len(pages) > 1
    assert told.splitlines() == list(
        verdict_lines(verdict, Pen(has_colour=False), width=WIDTH, is_whole=True)
    )


def test_findings_beyond_the_page_keep_their_names(browser: Browser) -> None:
    page = browser.send("/page/act", token=browser.token(), act=heavy_act())

    verdict = verdict_of(bytes(browser.served.entries()[-1].answer))
    said = words(page)
    titles = {
        finding.title
        for result in verdict.results
        for finding in result.findings
        if finding.outcome.rank < 6
    }
    assert titles
    assert [one for one in titles if " ".join(one.split()) not in said] == []


def test_several_heavy_acts_are_a_short_page(browser: Browser) -> None:
    acts = "---\n".join(heavy_act(named=f"Ada Example {number}") for number in range(6))

    page = browser.send("/page/act", token=browser.token(), act=acts)

    assert page.status_code == 200
    assert len(page.content) < PAGE_BYTES_MAX
    for entry in browser.served.entries():
        assert f'href="/page/answers/{entry.id}"' in page.text


def test_a_name_that_many_have_is_told_in_parts(browser: Browser) -> None:
    page = browser.send("/page/name", token=browser.token(), name="Ada Example")

    entry = browser.served.entries()[-1]
    answer = name_answer_of(bytes(entry.answer))
    assert len(answer.matches) == 100
    assert answer.more == NAMESAKES - 1 - 100
    assert len(page.content) < PAGE_BYTES_MAX
    keys = [match.listing.key for match in answer.matches]
    said = words(page)
    assert [key for key in keys if key not in said] == []
    assert f"and {answer.more} more" in said
    pages = parts_of_answer(browser, entry.id)
    assert len(pages) == 100 // MATCHES_TOLD
    for number, text in enumerate(pages):
        assert text.count("<article") == MATCHES_TOLD
        assert f"{keys[number * MATCHES_TOLD]}, Person" in text


def test_a_file_of_many_payments_is_told_in_parts(browser: Browser) -> None:
    message = "".join(MT103.replace("REF-7", f"REF-{number}") for number in range(40))
    body, headers = multipart(browser.token(), message.encode())

    page = browser.served.ask(
        "POST", "/page/payment", key=None, headers=headers | {"cookie": browser.cookie},
        content=body,
    )  # fmt: skip

    said = words(page)
    assert page.status_code == 200, said
    assert len(page.content) < PAGE_BYTES_MAX
    assert "40 of 40 payments on hold" in said
    pages = parts_of_answer(browser, browser.served.entries()[-1].id)
    for number in range(40):
        assert f"REF-{number}" in said
        assert any(f"REF-{number}" in one for one in pages)


def test_an_answer_that_is_not_kept_whole_stands_on_its_page(
    crowded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(RECORD_VARIABLE, Recording.MATCHES.value)
    served = Served(copied(crowded, tmp_path), recording=Recording.MATCHES)
    browser = Browser(served)
    browser.sign_in(served.key())
    page = browser.send("/page/name", token=browser.token(), name="Zebulon Quux")

    entry = served.entries()[-1]
    assert bytes(entry.answer) == b""
    assert "no resemblance found" in words(page)
    assert "/page/answers/" not in page.text
    assert "keeps no more than a hash" in browser.get(f"/page/answers/{entry.id}").text


def test_an_answer_of_another_key_needs_the_scope(browser: Browser) -> None:
    browser.send("/page/act", token=browser.token(), act=heavy_act())
    entry = browser.served.entries()[-1]
    other = Browser(browser.served)
    other.sign_in(browser.served.key(Scope.CHECK))

    assert other.get(f"/page/answers/{entry.id}").status_code == 403
    assert browser.get("/page/answers/nothing").status_code == 404


def test_an_act_that_is_on_no_record_is_told_whole_on_its_page(browser: Browser) -> None:
    browser.send("/page/act", token=browser.token(), act=heavy_act())
    entry = browser.served.entries()[-1]
    verdict = verdict_of(bytes(entry.answer))
    asked = Asked(
        kind="check", asked_at=entry.moment, by="", question=b"{}", answer=bytes(entry.answer),
        software=entry.software,
    )  # fmt: skip

    (kept,), (bare,) = answered_acts([asked], [entry.id]), answered_acts([asked], [])

    assert (kept.record, kept.whole) == (entry.id, "")
    lines = verdict_lines(verdict, Pen(has_colour=False), width=WIDTH, is_whole=True)
    assert (bare.record, bare.whole.splitlines()) == ("", list(lines))
