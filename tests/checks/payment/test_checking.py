"""What is answered to payments: hold or not, and why."""

from pathlib import Path

import msgspec
import pytest

from article41.checks import Screener, refresh_index
from article41.checks.acts import Checker
from article41.checks.payment.answers import PaymentAnswer
from article41.checks.payment.checking import PaymentChecker
from article41.checks.payment.message import Means, Transaction
from article41.checks.payment.writing import answer_json
from article41.model.entities import Schema
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.measures import Outcome
from article41.store import Store
from tests.checks.asked import PUBLISHED
from tests.checks.made import entry
from tests.checks.payment.made import payment, text
from tests.store.made import moment, version

DAY = PUBLISHED
BIC = Identifier(kind=IdentifierKind.BIC, value="LSTDFRPP")


@pytest.fixture
def screener(tmp_path: Path) -> Screener:
    """A whole list of the Union, of the day."""
    kept = [
        entry("eu-journal/1", "Quibbleworth Ada", authority="EU"),
        entry(
            "eu-journal/2",
            "Zanderplatz Bank",
            authority="EU",
            schema=Schema.COMPANY,
            numbers=[BIC],
        ),
    ]
    made = version(kept, list_id="eu-journal", published=DAY)
    made = msgspec.structs.replace(made, authority="EU")
    with Store(tmp_path) as store:
        store.add(made, known_at=moment(0))
        refresh_index(store)
    return Screener(tmp_path)


def answers(
    screener: Screener, *payments: Transaction, is_whole: bool = False
) -> list[PaymentAnswer]:
    checker = PaymentChecker(screener, Checker(screener), day=DAY, asked_on=DAY)
    return list(checker.answer_many(payments, file="a.xml", is_whole=is_whole))


def only(screener: Screener, one: Transaction, *, is_whole: bool = False) -> PaymentAnswer:
    [answer] = answers(screener, one, is_whole=is_whole)
    return answer


def test_an_ordinary_payment_is_not_held(screener: Screener) -> None:
    answer = only(screener, payment())

    assert (answer.hold, answer.outcome) == (False, Outcome.NO_MEASURE_FOUND)
    assert (answer.reasons, answer.finds) == ((), ())
    assert (answer.asker, answer.asker_name) == ("payer-bank", "EXAMDEFFXXX")


def test_a_find_in_a_text_is_a_review_and_never_more(screener: Screener) -> None:
    answer = only(screener, payment(RmtInf_Ustrd="on behalf of Ada Quibbleworth"))

    assert (answer.hold, answer.outcome) == (True, Outcome.REVIEW)
    assert answer.reasons == ()
    assert {one.words for one in answer.finds} == {"Ada Quibbleworth"}


def test_a_payee_that_resembles_a_listed_one_is_held(screener: Screener) -> None:
    answer = only(screener, payment(Cdtr_Nm="Quibbleworth, Ada"))

    assert (answer.hold, answer.outcome) == (True, Outcome.REVIEW)
    assert any(reason.listed for reason in answer.reasons)


def test_a_bank_by_a_bic_that_a_list_prints_is_that_bank(screener: Screener) -> None:
    answer = only(screener, payment(CdtrAgt_FinInstnId_BICFI="LSTDFRPP123"))

    assert answer.hold
    [entry] = {one for reason in answer.reasons for one in reason.listed}
    assert (entry.key, entry.identity.value) == ("eu-journal/2", "identified")


def test_a_bank_by_the_bic_of_one_list_is_looked_for_by_name_on_the_others(tmp_path: Path) -> None:
    by_name = entry("eu-journal/2", "Zanderplatz Bank", authority="EU", schema=Schema.COMPANY)
    by_bic = entry("xa-main/7", "Zanderplatz Bank", schema=Schema.COMPANY, numbers=[BIC])
    with Store(tmp_path) as store:
        made = version([by_name], list_id="eu-journal", published=DAY)
        store.add(msgspec.structs.replace(made, authority="EU"), known_at=moment(0))
        store.add(version([by_bic], list_id="xa-main", published=DAY), known_at=moment(0))
        refresh_index(store)

    answer = only(Screener(tmp_path), payment(CdtrAgt_FinInstnId_BICFI="LSTDFRPP"))

    assert answer.hold
    assert {one.key for reason in answer.reasons for one in reason.listed} == {"eu-journal/2"}


def test_the_letters_of_a_bic_are_like_no_name(tmp_path: Path) -> None:
    made = version(
        [entry("eu-journal/3", "Kretsch Zoza", authority="EU")],
        list_id="eu-journal",
        published=DAY,
    )
    with Store(tmp_path) as store:
        store.add(msgspec.structs.replace(made, authority="EU"), known_at=moment(0))
        refresh_index(store)

    answer = only(Screener(tmp_path), payment(CdtrAgt_FinInstnId_BICFI="KRETSCHZ"))

    assert (answer.hold, answer.reasons) == (False, ())


def test_a_find_is_told_if_it_is_more_like_the_entry_than_the_party_is(screener: Screener) -> None:
    whole = "Emil and Bertha Exampleson care of Ada Quibbleworth"

    answer = only(screener, payment(Cdtr_Nm=whole))

    assert answer.hold
    assert [one.words for one in answer.finds] == ["Ada Quibbleworth"]


@pytest.mark.parametrize(("town", "hold"), [("Lviv", False), ("Yalta", True), ("Franka 5", True)])
def test_payments_to_ukraine_are_of_one_kind_only_where_their_towns_are(
    screener: Screener, town: str, *, hold: bool
) -> None:
    def to(address: str) -> Transaction:
        where = text("Cdtr/PstlAdr/TwnNm", address, Means.PLACE, "payee")
        return payment(where, Cdtr_PstlAdr_Ctry="UA", CdtrAgt_FinInstnId_BICFI="SPECUAUK")

    first, second = answers(screener, to("Odesa"), to(town))

    assert (first.hold, second.hold) == (False, hold)


def test_what_holds_a_party_is_not_told_again_of_its_texts(screener: Screener) -> None:
    run_on = text("4:59", "Quibbleworth Ada Rue 5", Means.RUN_ON, "payee")

    answer = only(screener, payment(run_on, Cdtr_Nm="Quibbleworth Ada"))

    assert answer.reasons
    assert answer.finds == ()


def test_a_country_in_a_text_holds_if_the_law_says_more_of_it(screener: Screener) -> None:
    syria = only(screener, payment(RmtInf_Ustrd="crude oil ex Syria"))
    spain = only(screener, payment(RmtInf_Ustrd="olive oil ex Spain"))

    assert (syria.hold, [one.name for one in syria.finds]) == (True, ["Syrian Arab Republic"])
    assert (spain.hold, spain.finds) == (False, ())


def test_a_city_in_an_address_without_country_counts_as_its_country(screener: Screener) -> None:
    town = text("Cdtr/PstlAdr/AdrLine", "12 Azadi Ave, Tehran", Means.ADDRESS, "payee")

    answer = only(screener, payment(town, Cdtr_PstlAdr_Ctry=None))

    assert answer.hold
    assert "IR" in [one.key for one in answer.finds]


def test_equal_payments_have_equal_answers_and_keep_their_order(screener: Screener) -> None:
    made = [payment(number=number) for number in range(1, 8)]

    found = answers(screener, *made)

    assert [one.number for one in found] == list(range(1, 8))
    assert {one.outcome for one in found} == {Outcome.NO_MEASURE_FOUND}


def test_a_payee_without_any_name_is_held(screener: Screener) -> None:
    nameless = payment(text("CdtrAcct/Id", "65479512", Means.ACCOUNT, "payee"), Cdtr_Nm=None)

    answer = only(screener, nameless)

    assert answer.hold
    assert [one.measure for one in answer.reasons] == ["name-not-compared"]


def test_the_whole_verdict_comes_if_it_is_asked_for(screener: Screener) -> None:
    answer = only(screener, payment(), is_whole=True)

    assert answer.verdict is not None
    assert answer.verdict.act.id == "E2E-1"


def test_the_same_question_has_the_same_bytes(screener: Screener) -> None:
    assert answer_json(only(screener, payment())) == answer_json(only(screener, payment()))


def test_a_find_says_what_follows_under_whose_law_and_what_is_to_be_asked(
    screener: Screener,
) -> None:
    named = only(screener, payment(RmtInf_Ustrd="on behalf of Ada Quibbleworth"))
    place = only(screener, payment(RmtInf_Ustrd="oil from Syria"))

    [find] = named.finds
    [asked] = find.missing
    assert find.jurisdictions == ("EU",)
    assert (asked.fact, asked.listing, asked.if_so) == ("parties", "eu-journal/1", Outcome.FREEZE)
    assert "`Ada Quibbleworth` in RmtInf/Ustrd mean the listed Quibbleworth Ada" in asked.question
    assert find.text == "if it means that, it may come to freeze under the law of EU"
    [find] = place.finds
    [asked] = find.missing
    assert (place.reasons, find.key, asked.fact) == ((), "SY", "places")
    assert asked.if_so.rank < Outcome.NOT_BOUND.rank
    assert "EU" in find.jurisdictions
    assert "Syrian Arab Republic, which RmtInf/Ustrd names" in asked.question
    assert asked.if_so.value.replace("-", " ") in find.text
