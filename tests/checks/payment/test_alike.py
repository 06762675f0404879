"""Payments of one kind are answered once, and each as if it were asked about alone."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import msgspec
import pytest

from article41.checks import Screener, refresh_index
from article41.checks.acts import Checker
from article41.checks.payment.act import act_of
from article41.checks.payment.alike import Kind, kind_of
from article41.checks.payment.answers import PaymentAnswer
from article41.checks.payment.checking import PaymentChecker
from article41.checks.payment.message import Means, Transaction
from article41.checks.payment.writing import answer_json
from article41.store import Store
from tests.checks.made import entry
from tests.checks.payment.made import payment, text
from tests.store.made import moment, version

DAY = date(2024, 3, 1)


@pytest.fixture(scope="module")
def screener(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    folder: Path = tmp_path_factory.mktemp("alike")
    kept = [entry("eu-journal/1", "Quibbleworth Ada", authority="EU")]
    made = version(kept, list_id="eu-journal", published=DAY)
    with Store(folder) as store:
        store.add(msgspec.structs.replace(made, authority="EU"), known_at=moment(0))
        refresh_index(store)
    return Screener(folder)


def asked(screener: Screener, *payments: Transaction) -> list[PaymentAnswer]:
    checker = PaymentChecker(screener, Checker(screener), day=DAY, asked_on=DAY)
    return list(checker.answer_many(payments, file="a.xml"))


def kind(screener: Screener, one: Transaction) -> Kind:
    checker = Checker(screener)
    act = act_of(one, day=DAY).act
    [standings] = checker.standings([act], asked_on=DAY)
    found = kind_of(act, standings, checker.law)
    assert found is not None
    return found


def varied() -> Iterator[Transaction]:
    """Payments that are alike but for one thing each, around several pairs of countries."""
    countries = ("FR", "GB", "US", "SY", "RU", "UA")
    changes: tuple[dict[str, str | None], ...] = (
        {},
        {"Cdtr_Nm": "Central Bank of Syria"},
        {"Cdtr_Nm": "Syriatel"},
        {"Cdtr_Nm": "Quibbleworth Ada"},
        {"Cdtr_Nm": "Brambleshaw and Sons Machinery Trade"[:35]},
        {"Cdtr_Nm": None},
        {"Cdtr_Nm": "???"},
        {"CdtrAgt_FinInstnId_BICFI": "CBSYSYDA"},
        {"CdtrAgt_FinInstnId_BICFI": "NOBIC"},
        {"Dbtr_PstlAdr_TwnNm": "Sevastopol"},
        {"RmtInf_Ustrd": "hotel in Yalta"},
        {"Dbtr_PstlAdr_Ctry": None},
    )
    also = (
        (),
        (text("Dbtr/Id/PrvtId/BirthDt", "1965-09-11", Means.BIRTH_DATE, "payer"),),
        (text("IntrmyAgt1/BICFI", "THRDUS33", Means.BIC, "intermediary"),),
        (text("InstdAmt", "90000", Means.AMOUNT, unit="SYP"),),
        (text("Purp/Cd", "PENS", Means.PURPOSE),),
        (text("Dbtr/CtryOfCtzn", "SY", Means.NATIONALITY, "payer"),),
        (text("Cdtr/CtryOfRes", "SY", Means.COUNTRY, "payee"),),
        (text("DbtrAcct/IBAN", "DE89370400440532013000", Means.IBAN, "payer"),),
    )
    for country, change, more in product(countries, changes, also):
        yield payment(*more, Cdtr_PstlAdr_Ctry=country, **change)  # type: ignore[arg-type]


def test_each_payment_is_answered_as_if_it_were_asked_about_alone(screener: Screener) -> None:
    payments = list(varied())
    countries = ("FR", "GB", "US", "SY", "RU", "UA")
    ordinary = [payment(Cdtr_Nm="Hollowbrook Ida", Cdtr_PstlAdr_Ctry=one) for one in countries]

    together = asked(screener, *ordinary, *payments, *payments)[len(ordinary) :]

    checker = Checker(screener)
    for one, answer, again in zip(payments, together, together[len(payments) :], strict=False):
        verdict = checker.check(act_of(one, day=DAY).act, asked_on=DAY)
        [alone] = asked(screener, one)
        assert answer == alone
        assert again == alone
        assert not answer.finds or answer.hold
        assert answer.finds or answer.outcome is verdict.outcome


def test_every_country_of_a_party_tells_its_payment_from_others(screener: Screener) -> None:
    resident = payment(text("Cdtr/CtryOfRes", "SY", Means.COUNTRY, "payee"))

    ordinary, held = asked(screener, payment(), resident)

    assert not ordinary.hold
    assert held.hold
    assert kind(screener, payment()).facts != kind(screener, resident).facts


def test_the_home_of_a_bank_tells_its_payment_from_others(screener: Screener) -> None:
    one = payment(CdtrAgt_FinInstnId_BICFI="ELSEFRPP")
    other = payment(CdtrAgt_FinInstnId_BICFI="CITIFRPP")

    assert kind(screener, one).facts != kind(screener, other).facts


def test_a_question_that_names_a_party_is_put_of_that_party_alone(screener: Screener) -> None:
    one, other = asked(
        screener,
        payment(Cdtr_Nm="Hollowbrook Ida", Cdtr_PstlAdr_Ctry="SY"),
        payment(Cdtr_Nm="Pumpernickel Beda", Cdtr_PstlAdr_Ctry="SY"),
    )

    assert any("Hollowbrook Ida" in reason.title for reason in one.reasons)
    assert not any("Hollowbrook Ida" in reason.title for reason in other.reasons)


def test_a_question_that_names_a_bic_is_put_of_that_bank_alone(screener: Screener) -> None:
    bics = ("CITIFRPPXXX", "CITIFRPPABC")
    # Of a person nobody asks who owns him.
    born = text("Cdtr/Id/PrvtId/BirthDt", "1970-01-02", Means.BIRTH_DATE, "payee")
    named = text("CdtrAgt/FinInstnId/Nm", "Specimen Bank", Means.NAME, "payee-bank")
    answers = asked(
        screener,
        *(
            payment(born, named, CdtrAgt_FinInstnId_BICFI=one, Cdtr_PstlAdr_Ctry="CU")
            for one in bics
        ),
    )

    for bic, other, answer in zip(bics, reversed(bics), answers, strict=True):
        questions = [one.question for reason in answer.reasons for one in reason.missing]
        assert any(bic in one for one in questions)
        assert not any(other in one for one in questions)


def test_payments_between_the_same_countries_are_of_one_kind(screener: Screener) -> None:
    one = payment()
    other = payment(
        Dbtr_Nm="Pumpernickel Beda", Cdtr_Nm="Specimen Works", CdtrAgt_FinInstnId_BICFI="ELSEFRPP",
        RmtInf_Ustrd="rent", number=2,
    )  # fmt: skip

    assert kind(screener, one).facts == kind(screener, other).facts
    assert "Specimen Works" in kind(screener, other).own


@pytest.mark.parametrize(
    "change",
    [
        {"Cdtr_Nm": "Central Bank of Syria"},
        {"Cdtr_Nm": "Quibbleworth Ada"},
        {"Cdtr_Nm": "x" * 35},
        {"Cdtr_Nm": None},
        {"CdtrAgt_FinInstnId_BICFI": "CBSYSYDAXXX"},
    ],
)
def test_a_party_of_whom_the_law_may_read_more_is_taken_as_a_whole(
    screener: Screener, change: dict[str, str | None]
) -> None:
    party = next(iter(change)).partition("_")[0]
    found = kind(screener, payment(**change))  # type: ignore[arg-type]

    assert found.facts != kind(screener, payment()).facts
    assert "Quillfeather Anna" in found.own
    assert change.get("Cdtr_Nm") not in found.own
    assert ("Brambleshaw Jean" in found.own) is (party != "Cdtr")


@pytest.mark.parametrize(
    "change", [{"Dbtr_PstlAdr_TwnNm": "Sevastopol"}, {"RmtInf_Ustrd": "hotel in Yalta"}]
)
def test_a_payment_that_names_a_place_of_a_region_is_of_its_own_kind(
    screener: Screener, change: dict[str, str | None]
) -> None:
    checker = Checker(screener)
    act = act_of(payment(**change), day=DAY).act  # type: ignore[arg-type]
    [standings] = checker.standings([act], asked_on=DAY)

    assert kind_of(act, standings, checker.law) is None


@pytest.mark.parametrize("jurisdictions", [(), ("US",)])
@pytest.mark.parametrize("asker", ["", "payee-bank", "OWNBGB2L"])
def test_what_is_kept_of_one_asker_is_no_answer_to_another(
    screener: Screener, asker: str, jurisdictions: tuple[str, ...]
) -> None:
    def checker() -> PaymentChecker:
        return PaymentChecker(screener, Checker(screener), day=DAY, asked_on=DAY)

    payments = [payment(), payment(Cdtr_PstlAdr_Ctry="SY"), payment(Cdtr_Nm="Quibbleworth Ada")]
    kept = checker()
    for before in ("", "payer-bank", "ELSEUS33"):
        list(kept.answer_many(payments, file="a.xml", asker=before))

    again = kept.answer_many(payments, file="a.xml", asker=asker, jurisdictions=jurisdictions)

    anew = checker().answer_many(payments, file="a.xml", asker=asker, jurisdictions=jurisdictions)
    assert [answer_json(one) for one in again] == [answer_json(one) for one in anew]
