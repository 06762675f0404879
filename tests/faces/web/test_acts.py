"""Acts by fields over the page: asked, answered, open questions answered where they stand."""

import re

import pytest

from article41.faces.web.fields import ACT_KINDS
from article41.faces.web.filling import BEGUN
from tests.faces.api.made import Served
from tests.faces.web.sending import Seen
from tests.faces.web.test_pages import ACT, Browser, browser, words

__all__ = ["browser"]

FIELDS = "/page/fields"
NAMED = {
    "on": "2024-06-01", "jurisdictions[0]": "US", "asker.party": "payer-bank",
    "parties[0].name": "Example Bank", "parties[0].country": "Germany",
    "parties[2].name": "Ada Example", "parties[2].country": "SY",
    "parties[2].listings": "ofac-sdn/7",
}  # fmt: skip


def filled_in(browser: Browser, kind: str, **more: str) -> dict[str, str]:
    """The form of a kind of act with something in it, as it would be sent."""
    form = Seen(browser.get(f"/page/act?kind={kind}").text).sent(FIELDS)
    return {**form, **more}


def test_every_kind_of_act_has_a_form(browser: Browser) -> None:
    seen = words(browser.get("/page/check"))
    for kind in ACT_KINDS:
        page = browser.get(f"/page/act?kind={kind}")

        assert kind.capitalize() in seen
        assert page.status_code == 200
        assert len(page.content) < 100_000
        form = Seen(page.text)
        assert list(form.faults()) == []
        assert [value for name, value in form.controls if name.endswith("].role")] == list(
            BEGUN[kind]
        )
    assert "What is it that somebody wants to do?" in words(browser.get("/page/act?kind=theft"))


def test_an_act_by_fields_is_answered_as_the_same_act_in_words(browser: Browser) -> None:
    page = browser.send(FIELDS, **filled_in(browser, "payment", **NAMED))

    said = words(page)
    assert page.status_code == 200, said
    assert "Law of US" in said
    form = Seen(page.text).sent(FIELDS)
    assert form["parties[0].country"] == "DE"
    assert form["parties[2].listings"] == "ofac-sdn/7"
    written = Seen(page.text).sent("/page/act")["act"]
    by_fields = browser.served.entries()[-1]
    browser.send("/page/act", token=browser.token(), act=written)
    assert browser.served.entries()[-1].answer == by_fields.answer


def test_what_was_pasted_is_filled_in(browser: Browser) -> None:
    page = browser.send("/page/act", token=browser.token(), act=ACT)

    form = Seen(page.text)
    assert form.sent(FIELDS)["parties[2].name"] == "Ada Example"
    assert "parties[0].birth_date" not in form.sent(FIELDS)
    assert "more parties[0]" in form.buttons


def test_faults_stand_at_their_fields_with_their_remedy(browser: Browser) -> None:
    page = browser.send(
        FIELDS,
        **filled_in(browser, "payment", **NAMED, **{"parties[1].country": "Atlantis"}),
    )

    seen = Seen(page.text)
    assert page.status_code == 422
    assert list(seen.faults()) == []
    assert "f-parties-1-country" in seen.links
    assert "f-parties-1-country-x" in seen.ids
    assert seen.sent(FIELDS)["parties[1].country"] == "Atlantis"
    assert seen.sent(FIELDS)["parties[2].name"] == "Ada Example"
    assert page.text.count("<code>Atlantis</code> is no country") == 2
    assert browser.served.entries() == []


def test_a_listing_that_is_on_no_list_is_told_at_its_field(browser: Browser) -> None:
    page = browser.send(
        FIELDS,
        **filled_in(browser, "payment", **NAMED | {"parties[2].listings": "ofac-sdn/99"}),
    )

    assert page.status_code == 422
    assert "f-parties-2-listings-x" in Seen(page.text).ids


def test_open_questions_lead_to_their_fields_and_their_answers_change_the_verdict(
    browser: Browser,
) -> None:
    given = NAMED | {"parties[2].listings": "", "money.amount": "5", "money.currency": "USD"}
    page = browser.send(FIELDS, **filled_in(browser, "payment", **given))
    seen = Seen(page.text)
    linked = re.findall(r'<a href="#(f-[\w-]+)">([\w.\[\]-]+)</a>', page.text)

    assert ("f-parties-1-country", "parties.payer.country") in linked
    assert ("f-parties-3-incorporated-in", "parties.payee-bank.incorporated_in") in linked
    assert list(seen.faults()) == []
    assert {one for one, _ in linked} <= set(seen.ids)

    answered = seen.sent(FIELDS) | {"parties[1].country": "DE"}
    page = browser.send(FIELDS, **answered)

    assert ">parties.payer.country</a>" not in page.text
    assert ">parties.payee-bank.incorporated_in</a>" in page.text


def test_a_decision_on_an_entry_is_made_from_those_that_were_found(browser: Browser) -> None:
    named = NAMED | {"on": "2024-01-02", "parties[2].listings": ""}
    page = browser.send(FIELDS, **filled_in(browser, "payment", **named))
    assert '<option value="ofac-sdn/7">' in page.text
    form = Seen(page.text).sent(FIELDS)

    page = browser.send(FIELDS, **form, do="add parties[2].different_from")
    assert re.search(r'name="parties\[2\].different_from\[0\].listing" list="entries"', page.text)
    decided = {"listing": "ofac-sdn/7", "by": "A. Examiner", "reason": "another birth"}
    form = Seen(page.text).sent(FIELDS) | {
        f"parties[2].different_from[0].{name}": said for name, said in decided.items()
    }
    page = browser.send(FIELDS, **form)

    assert "decided to be another than ofac-sdn/7" in words(page)
    assert '<option value="ofac-sdn/7">' not in page.text


def test_one_more_party_comes_with_what_was_typed_and_the_focus(browser: Browser) -> None:
    page = browser.send(FIELDS, **filled_in(browser, "cargo", **NAMED), do="add parties")

    seen = Seen(page.text)
    assert page.status_code == 200
    assert browser.served.entries() == []
    assert seen.sent(FIELDS)["parties[4].role"] == ""
    assert seen.sent(FIELDS)["parties[2].name"] == "Ada Example"
    assert re.search(r'<select id="f-parties-4-role"[^>]* autofocus>', page.text)
    fewer = browser.send(FIELDS, **seen.sent(FIELDS), do="drop parties[2]")
    assert "Ada Example" not in fewer.text


def test_many_parties_show_what_is_known_and_unfold_the_rest(browser: Browser) -> None:
    form = filled_in(browser, "payment", **NAMED)
    for number in range(4, 9):
        form[f"parties[{number}].role"] = "intermediary"
        form[f"parties[{number}].id"] = f"bank-{number}"
        form[f"parties[{number}].name"] = f"Sample Bank {number}"

    page = browser.send(FIELDS, **form, do="more parties[5]")

    seen = Seen(page.text).sent(FIELDS)
    assert seen["parties[4].id"] == "bank-4"
    assert "parties[4].birth_date" not in seen
    assert "parties[5].birth_date" in seen
    assert len(page.content) < 100_000


def test_an_act_of_many_parties_is_kept_as_text(browser: Browser) -> None:
    parties = "".join(f"  p{number}: {{role: other, name: N{number}}}\n" for number in range(30))

    page = browser.send("/page/act", token=browser.token(), act=f"{ACT}{parties}")

    assert page.status_code == 200
    assert "p29: {role: other, name: N29}" in page.text
    assert 'action="/page/fields"' not in page.text
    assert "Law of US" in words(page)


def test_a_form_of_more_rows_than_it_has_is_kept_as_text(browser: Browser) -> None:
    rows = {f"parties[{number}].name": f"N{number}" for number in range(40)}

    for do in ("", "add parties"):
        page = browser.send(FIELDS, **filled_in(browser, "payment", **rows), do=do)

        assert page.status_code == 400
        assert "write the act as text" in words(page)
        assert "name: N39" in page.text
    assert browser.served.entries() == []


@pytest.mark.parametrize("kind", ["", "theft", "<script>"])
def test_an_act_of_no_kind_is_refused(browser: Browser, kind: str) -> None:
    page = browser.send("/page/fields", token=browser.token(), act=kind)

    assert page.status_code == 400
    assert "is no kind of act" in words(page)
    assert "<script>" not in page.text


def test_the_form_is_of_its_session(served: Served) -> None:
    mine, other = Browser(served), Browser(served)
    mine.sign_in(served.key())
    other.sign_in(served.key())
    form = filled_in(mine, "payment", **NAMED) | {"token": other.token()}

    assert "Nothing was asked yet" in words(mine.send(FIELDS, **form))
    assert served.entries() == []
