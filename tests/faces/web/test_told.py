"""What a page says first: what follows, of whom it is told, and what limits it; each thing once."""

import html
import json
import re

import pytest

from article41.faces.cli.verdict_words import next_words
from article41.faces.web.desk import marked
from article41.model.measures import Outcome
from tests.checks.payment.iso_messages import credit_transfers
from tests.faces.api.made import Served
from tests.faces.api.test_routes import MT103
from tests.faces.web.sending import Seen
from tests.faces.web.test_pages import ACT, Browser, multipart, words

TITLES = re.compile(r'<li><span class="outcome \w+">[^<]+</span> <span dir="auto">([^<]+)</span>')


@pytest.fixture
def browser(served: Served) -> Browser:
    found = Browser(served)
    found.sign_in(served.key())
    return found


def paid(browser: Browser, message: str) -> str:
    body, headers = multipart(browser.token(), message.encode())
    headers |= {"cookie": browser.cookie}
    response = browser.served.ask("POST", "/page/payment", key=None, headers=headers, content=body)
    assert response.status_code == 200
    return response.text


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_says_what_follows(outcome: Outcome) -> None:
    said = next_words(outcome)

    assert said.endswith(".")
    is_quiet = outcome in (Outcome.NOT_BOUND, Outcome.NO_MEASURE_FOUND)
    assert ("That is no permission." in said) is is_quiet


def test_an_act_says_first_what_follows_and_where_the_questions_are(browser: Browser) -> None:
    page = browser.send("/page/act", token=browser.token(), act=ACT.replace("[US]", "[EU]"))

    said = words(page)
    assert "REVIEW Nothing goes ahead before a person has looked" in said
    assert 'href="#asks-1"' in page.text
    assert list(Seen(page.text).faults()) == []


def test_what_several_laws_ask_alike_stands_once(browser: Browser) -> None:
    act = "\n".join(line for line in ACT.splitlines() if "jurisdictions" not in line)
    page = browser.send("/page/act", token=browser.token(), act=act)

    others = page.text.partition("Laws that may come in, too")[2].partition("</ul>")[0]
    titles = TITLES.findall(others)
    assert titles
    assert len(titles) == len(set(titles))
    for title in titles:
        # Where a law has more to say it stands there, once.
        whose = others.partition(f">{title}</span>: ")[2].partition("</span>")[0]
        assert html.unescape(whose).count("(") > 0
    assert page.text.count("<article") < page.text.count('<span class="outcome')


def test_law_that_nobody_asked_for_has_a_line(browser: Browser) -> None:
    asked = browser.send("/page/act", token=browser.token(), act=ACT)

    section = asked.text.partition("Law that was not asked for")[2].partition("</dl>")[0]
    assert "Law of US" in asked.text
    assert section.count("<dt>") == section.count("<dd")
    assert "<h3><span" not in section


@pytest.mark.parametrize(
    ("message", "moves"),
    [
        (MT103, "Beda Sample to Ada Example: 1,000 EUR, 2024-06-01"),
        (credit_transfers(), "Ada Example to Orient Star Shipping: 100.50 EUR, 2026-03-02"),
        (
            credit_transfers().replace(">100.50<", ">12000000<"),
            "Ada Example to Orient Star Shipping: 12,000,000 EUR, 2026-03-02",
        ),
    ],
)
def test_a_payment_says_who_pays_whom_and_what(browser: Browser, message: str, moves: str) -> None:
    said = words_of(paid(browser, message))

    assert f"HOLD: REVIEW {moves} Nothing goes ahead" in said


def test_the_questions_of_a_payment_are_answered_as_those_of_an_act(browser: Browser) -> None:
    page = paid(browser, MT103)
    act = re.search(r'name="act" value="([^"]+)"', page)
    assert act is not None

    asked = browser.send("/page/act", token=browser.token(), act=html.unescape(act[1]))

    payment, entry = browser.served.entries()
    (answer,) = json.loads(bytes(payment.answer))
    assert asked.status_code == 200
    said = json.loads(bytes(entry.answer))
    laws = {one["jurisdiction"] for one in said["results"] if one["outcome"] == "review"}
    assert {one["jurisdiction"] for one in answer["reasons"]} <= laws
    sent = Seen(asked.text).sent("/page/fields")
    assert {"Beda Sample", "Ada Example"} <= set(sent.values())
    assert "f-parties" in asked.text.partition("What would change it")[2]


def test_a_message_that_cannot_be_read_is_to_be_held_and_is_proved(browser: Browser) -> None:
    body, headers = multipart(browser.token(), MT103[:60].encode())
    headers |= {"cookie": browser.cookie}
    page = browser.served.ask("POST", "/page/payment", key=None, headers=headers, content=body)

    (entry,) = browser.served.entries()
    assert page.status_code == 422
    assert "All of it is to be held." in words(page)
    assert f'href="/page/certificates/{entry.id}"' in page.text
    assert browser.get(f"/page/certificates/{entry.id}").status_code == 200


def test_of_many_payments_a_page_has_no_more_acts_than_it_can_hold(browser: Browser) -> None:
    page = paid(browser, credit_transfers(40))

    assert 0 < page.count('name="act" value=') < 40
    assert len(page.encode()) < 100_000


def test_each_of_several_payments_says_so_those_on_hold_first(browser: Browser) -> None:
    other = MT103.replace("Beda Sample", "Cora Muster").replace("REF-7", "REF-8")

    said = words_of(paid(browser, f"{MT103}\n{other}"))

    for payer in ("Beda Sample", "Cora Muster"):
        assert said.count(f"{payer} to Ada Example: 1,000 EUR") == 1
    assert said.count("What limits the lists") == 1


def test_a_name_says_how_many_resemble_it_and_that_this_decides_nothing(browser: Browser) -> None:
    token = browser.token()
    several = words(browser.send("/page/name", token=token, name="Ada Example"))
    nobody = words(browser.send("/page/name", token=token, name="Qwertz Uiop"))

    assert "2 listed entries resemble it, the best with 1.000." in several
    assert "By the name alone nobody is shown to be the one listed" in several
    assert "no resemblance found in the lists below" in nobody
    for said in (several, nobody):
        assert "What limits it" in said
        assert "What was compared ofac-sdn, published 2024-01-02" in said


def test_what_limits_a_list_stands_in_its_row(browser: Browser) -> None:
    page = browser.get("/page/lists").text

    rows = re.findall(r'<th scope="row">([\w-]+)</th>(.*?)</tr>', page, re.DOTALL)
    limits = {name: re.findall(r'<span class="limit">([^<]+)', row) for name, row in rows}
    assert set(limits) == {"ofac-sdn", "un-sc"}
    assert "lacks aliases (ALT.CSV)" in limits["ofac-sdn"]
    assert any("more than it may be" in one for one in limits["un-sc"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no country `<b>`", "no country <code>&lt;b&gt;</code>"),
        ("it is ` alone", "it is ` alone"),
        ("``", "``"),
    ],
)
def test_what_stands_in_backticks_is_code_and_never_a_mark(text: str, said: str) -> None:
    assert str(marked(text)) == said


def words_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
