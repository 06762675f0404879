"""The act of a payment message: its money, its asker and its day."""

from datetime import date
from decimal import Decimal

import pytest

from article41.checks.payment.act import act_of
from article41.checks.payment.message import Means
from article41.model.acts import Money
from article41.model.errors import InputError
from tests.checks.payment.made import payment, text

DAY = date(2024, 6, 1)


def test_the_day_is_the_askers_and_not_that_of_the_message() -> None:
    made = payment(text("IntrBkSttlmDt", "2004-01-01", Means.DATE))

    assert act_of(made, day=DAY).act.on == DAY


def test_the_money_is_what_is_settled_on_this_leg() -> None:
    made = payment(text("InstdAmt", "550.10", Means.AMOUNT, unit="USD"))

    assert act_of(made, day=DAY).act.money == Money(amount=Decimal("500.00"), currency="EUR")


def test_the_currency_of_one_country_that_was_instructed_touches_it() -> None:
    made = payment(text("InstdAmt", "55000", Means.AMOUNT, unit="SYP"))

    assert act_of(made, day=DAY).act.places == ("SY",)


def test_an_amount_that_is_no_number_is_not_known() -> None:
    assert act_of(payment(IntrBkSttlmAmt="NaN"), day=DAY).act.money is None


def test_the_payers_bank_asks_if_nobody_says_otherwise() -> None:
    assert act_of(payment(), day=DAY).act.asker.party == "payer-bank"


@pytest.mark.parametrize(
    ("asker", "party"),
    [("payee-bank", "payee-bank"), ("SPECFRPP", "payee-bank"), ("OWNBGB2LXXX", "asker")],
)
def test_who_asks_is_said_by_role_or_by_bic(asker: str, party: str) -> None:
    act = act_of(payment(), day=DAY, asker=asker).act

    assert act.asker.party == party
    assert party in [one.key for one in act.parties]


@pytest.mark.parametrize("asker", ["Payee_Bank", "payee bank", "spec fr pp"])
def test_the_word_for_who_asks_may_be_written_in_other_letters(asker: str) -> None:
    assert act_of(payment(), day=DAY, asker=asker).act.asker.party == "payee-bank"


@pytest.mark.parametrize(
    ("asker", "meant"),
    [
        ("payee-bnk", "did you mean `payee-bank`?"),
        ("creditor-agent", "did you mean `payee-bank`?"),
        ("SPECFRP", "a BIC of 8 or 11 letters"),
        (" ", "one of payer, payer-bank"),
        ("seller", "one of payer, payer-bank"),
    ],
)
def test_who_asks_is_never_somebody_else_than_was_said(asker: str, meant: str) -> None:
    with pytest.raises(InputError, match="neither a role of a payment nor a BIC") as caught:
        act_of(payment(), day=DAY, asker=asker)

    assert meant in caught.value.hint


@pytest.mark.parametrize("asker", ["ultimate-payee", "intermediary-9"])
def test_who_asks_and_is_not_in_the_message_is_somebody_of_whom_nothing_is_known(
    asker: str,
) -> None:
    act = act_of(payment(), day=DAY, asker=asker).act

    [own] = [one for one in act.parties if one.key == asker]
    assert (act.asker.party, own.name, own.country) == (asker, "", "")


def test_where_no_bank_of_the_payer_is_named_the_sender_asks() -> None:
    made = payment(
        text("AppHdr/Fr/BICFI", "SENDGB2L", Means.BIC, "intermediary-4"),
        DbtrAgt_FinInstnId_BICFI=None,
    )

    assert act_of(made, day=DAY).act.asker.party == "intermediary-4"


def test_an_own_word_of_the_catalogue_stands_for_a_code_of_purpose() -> None:
    made = payment(
        text("Purp/Cd", "PENS", Means.PURPOSE), text("CtgyPurp/Cd", "SUPP", Means.PURPOSE)
    )

    assert act_of(made, day=DAY).act.purposes == ("pension",)


def test_what_is_not_said_of_a_party_is_its_text() -> None:
    made = payment(
        text("InstrForNxtAgt/InstrInf", "via Sevastopol", Means.INSTRUCTION),
        text("Cdtr/Id/CityOfBirth", "Donetsk", Means.BIRTH_PLACE, "payee"),
    )

    said = act_of(made, day=DAY).act.text

    assert "invoice 4711" in said
    assert "via Sevastopol" in said
    assert "Quillfeather" not in said
    assert "Donetsk" not in said


def test_a_country_that_is_named_of_nobody_is_a_place_of_the_payment() -> None:
    made = payment(text("RgltryRptg/Dtls/Ctry", "SY", Means.COUNTRY))

    assert act_of(made, day=DAY).act.places == ("SY",)


def test_a_place_that_is_said_of_nobody_is_looked_through_with_the_texts() -> None:
    made = payment(
        text("4:44A", "PORT OF EXAMPLETON", Means.PLACE),
        text("4:53B/2", "SAMPLEVILLE", Means.ADDRESS),
        text("Cdtr/PstlAdr/TwnNm", "Specimen City", Means.PLACE, "payee"),
    )

    act = act_of(made, day=DAY).act

    assert {"PORT OF EXAMPLETON", "SAMPLEVILLE"} <= set(act.text.splitlines())
    assert "Specimen City" not in act.text
    assert "Specimen City" in {one.key: one.address for one in act.parties}["payee"]
