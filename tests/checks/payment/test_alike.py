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
from article41.checks.payment.alike import kind_of
from article41.checks.payment.answers import PaymentAnswer
from article41.checks.payment.checking import PaymentChecker
from article41.checks.payment.message import Means, Transaction
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


def kind(screener: Screener, one: Transaction) -> object:
    checker = Checker(screener)
    act = act_of(one, day=DAY).act
    [standings] = checker.standings([act], asked_on=DAY)
    return kind_of(act, standings, checker.law)


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
    ordinary = [payment(Cdtr_PstlAdr_Ctry=one) for one in ("FR", "GB", "US", "SY", "RU", "UA")]

    together = asked(screener, *ordinary, *payments)[len(ordinary) :]

    checker = Checker(screener)
    for one, answer in zip(payments, together, strict=True):
        verdict = checker.check(act_of(one, day=DAY).act, asked_on=DAY)
        [alone] = asked(screener, one)
        assert answer == alone
        assert not answer.finds or answer.hold
        assert answer.finds or answer.outcome is verdict.outcome


def test_every_country_of_a_party_tells_its_payment_from_others(screener: Screener) -> None:
    resident = payment(text("Cdtr/CtryOfRes", "SY", Means.COUNTRY, "payee"))

    ordinary, held = asked(screener, payment(), resident)

    assert not ordinary.hold
    assert held.hold
    assert kind(screener, payment()) != kind(screener, resident)


def test_payments_between_the_same_countries_are_of_one_kind(screener: Screener) -> None:
    one = payment()
    other = payment(
        Dbtr_Nm="Pumpernickel Beda", Cdtr_Nm="Specimen Works", CdtrAgt_FinInstnId_BICFI="ELSEFRPP",
        RmtInf_Ustrd="rent", number=2,
    )  # fmt: skip

    assert kind(screener, one) is not None
    assert kind(screener, one) == kind(screener, other)


@pytest.mark.parametrize(
    "change",
    [
        {"Cdtr_Nm": "Central Bank of Syria"},
        {"Cdtr_Nm": "Quibbleworth Ada"},
        {"Cdtr_Nm": "x" * 35},
        {"Cdtr_Nm": None},
        {"CdtrAgt_FinInstnId_BICFI": "CBSYSYDAXXX"},
        {"Dbtr_PstlAdr_TwnNm": "Sevastopol"},
        {"RmtInf_Ustrd": "hotel in Yalta"},
    ],
)
def test_what_the_law_may_read_more_of_is_of_its_own_kind(
    screener: Screener, change: dict[str, str | None]
) -> None:
    assert kind(screener, payment(**change)) is None  # type: ignore[arg-type]
