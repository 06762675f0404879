"""Who takes part in a payment, and of which country, by the texts of its message."""

import pytest

from article41.checks.payment.message import Means
from article41.checks.payment.parties import parties_of
from article41.model.entities import Schema
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Party, Role
from tests.checks.payment.made import payment, text


def party(key: str, *also: tuple[str, str, Means, str, str]) -> Party:
    made = payment(*(text(*one) for one in also))
    return next(one for one in parties_of(made).parties if one.key == key)


def test_each_role_is_a_party_with_what_the_message_says_of_it() -> None:
    drawn = parties_of(payment())

    assert [one.key for one in drawn.parties] == ["payer", "payer-bank", "payee-bank", "payee"]
    payer, payer_bank, _, _ = drawn.parties
    assert (payer.name, payer.country, payer.address) == ("Quillfeather Anna", "DE", "Berlin")
    assert (payer_bank.schema, payer_bank.is_bank) == (Schema.THING, True)


@pytest.mark.parametrize(
    "number",
    [
        ("Cdtr/Id/OrgId/AnyBIC", "SPECITMM", Means.BIC, "payee", ""),
        ("Cdtr/Id/OrgId/LEI", "5493001KJTIIGC8Y1R12", Means.LEI, "payee", ""),
    ],
)
def test_a_number_of_a_body_hides_no_person(number: tuple[str, str, Means, str, str]) -> None:
    assert party("payee", number).schema is Schema.THING


def test_every_country_that_is_stated_of_a_party_is_kept() -> None:
    payee = party(
        "payee",
        ("Cdtr/PstlAdr/Ctry", "DE", Means.COUNTRY, "payee", ""),
        ("Cdtr/CtryOfRes", "SY", Means.COUNTRY, "payee", ""),
    )

    assert {payee.country, *payee.located_in} >= {"DE", "SY"}


@pytest.mark.parametrize("code", ["QQ", "XX", "SU"])
def test_a_country_that_is_none_is_not_known_and_replaced_by_nothing(code: str) -> None:
    payee = party(
        "ultimate-payee",
        ("Cdtr/PstlAdr/Ctry", code, Means.COUNTRY, "ultimate-payee", ""),
        ("CdtrAcct/Id/IBAN", "FR1420041010050500013M02606", Means.IBAN, "ultimate-payee", ""),
    )

    assert (payee.country, payee.located_in) == ("", ())


@pytest.mark.parametrize(
    ("scheme", "lists"), [("USABA", ("US",)), ("DEBLZ", ("EU",)), ("RUCBC", ()), ("CUST", ())]
)
def test_a_bank_by_its_clearing_code_alone_is_on_no_list_of_that_state(
    scheme: str, lists: tuple[str, ...]
) -> None:
    code = ("DbtrAgt/FinInstnId/MmbId", "021000021", Means.NUMBER, "intermediary", scheme)
    name = ("DbtrAgt/FinInstnId/Nm", "Sample Bank", Means.NAME, "intermediary", "")

    assert party("intermediary", code).not_listed_by == lists
    assert party("intermediary", code, name).not_listed_by == ()
    assert party("other", ("Id", "021000021", Means.NUMBER, "other", scheme)).not_listed_by == ()


def test_a_bank_that_is_named_by_its_bic_alone_is_told() -> None:
    drawn = parties_of(payment())

    assert "payee-bank is named by its BIC alone (SPECFRPPXXX): its name was not compared" in (
        drawn.assumed
    )
    assert "payee-bank is taken to be of FR, by its BIC or clearing code" in drawn.assumed


@pytest.mark.parametrize(
    ("also", "country", "by"),
    [
        (("Cdtr/CtryOfRes", "GB", Means.COUNTRY, "payee", ""), "GB", ""),
        (("CdtrAcct/IBAN", "IT60X0542811101000000123456", Means.IBAN, "payee", ""), "IT", "IBAN"),
        (("Cdtr/AdrLine", "Quay 7, Beirut, Lebanon", Means.ADDRESS, "payee", ""), "LB", "address"),
        (("CdtrAcct/Id", "65479512", Means.ACCOUNT, "payee", ""), "FR", "its bank"),
    ],
)
def test_its_country_is_what_is_said_else_what_its_numbers_say(
    also: tuple[str, str, Means, str, str], country: str, by: str
) -> None:
    made = payment(text(*also), Cdtr_PstlAdr_Ctry=None)

    drawn = parties_of(made)

    [payee] = [one for one in drawn.parties if one.key == "payee"]
    assert payee.country == country
    assert [one for one in drawn.assumed if one.startswith("payee is") and by in one] or not by


def test_a_bank_on_the_way_that_is_named_already_is_not_asked_about_twice() -> None:
    made = payment(
        text("CdtTrfTxInf/InstgAgt/BICFI", "EXAMDEFF", Means.BIC, "intermediary-2"),
        text("CdtTrfTxInf/InstdAgt/BICFI", "OTHRGB2L", Means.BIC, "intermediary-3"),
        text("CdtTrfTxInf/IntrmyAgt1/BICFI", "OTHRGB2LXXX", Means.BIC, "intermediary"),
    )

    keys = [one.key for one in parties_of(made).parties]

    assert keys == ["payer", "payer-bank", "payee-bank", "payee", "intermediary"]


def test_two_banks_of_one_role_are_two_parties() -> None:
    made = payment(
        text("IntrmyAgt1/BICFI", "OTHRGB2L", Means.BIC, "intermediary"),
        text("IntrmyAgt2/BICFI", "THRDUS33", Means.BIC, "intermediary-2"),
    )

    banks = [one for one in parties_of(made).parties if one.role is Role.INTERMEDIARY]

    assert [(one.key, one.country) for one in banks] == [
        ("intermediary", "GB"),
        ("intermediary-2", "US"),
    ]


def test_a_date_of_birth_or_private_numbers_mean_a_person() -> None:
    born = ("Dbtr/Id/PrvtId/DtAndPlcOfBirth/BirthDt", "1965-09-11", Means.BIRTH_DATE, "payer", "")
    passport = ("Dbtr/Id/PrvtId/Othr/Id", "X0000001", Means.NUMBER, "payer", "CCPT")

    found = party("payer", born, passport)

    assert (found.schema, found.birth_date) == (Schema.PERSON, "1965-09-11")
    assert [one.kind for one in found.documents] == [IdentifierKind.PASSPORT]


def test_a_number_of_50f_has_the_country_that_issued_it() -> None:
    found = party("payer", ("4:50F/1", "DE/123456789", Means.NUMBER, "payer", "TXID"))

    [number] = found.documents
    assert (number.kind, number.value, number.country) == (IdentifierKind.TAX, "123456789", "DE")


def test_payer_and_payee_of_a_payment_between_banks_are_banks() -> None:
    made = payment(
        text("Cdtr/FinInstnId/BICFI", "THRDUS33", Means.BIC, "payee"),
        message="pacs.009.001.08",
        Cdtr_Nm=None,
    )

    [payee] = [one for one in parties_of(made).parties if one.key == "payee"]

    assert (payee.is_bank, payee.name) == (True, "THRDUS33")


def test_a_party_without_a_name_stays_without_one() -> None:
    made = payment(text("CdtrAcct/Id", "65479512", Means.ACCOUNT, "payee"), Cdtr_Nm=None)

    [payee] = [one for one in parties_of(made).parties if one.key == "payee"]

    assert payee.name == ""


def test_what_is_no_bic_stands_for_no_name() -> None:
    drawn = parties_of(payment(CdtrAgt_FinInstnId_BICFI="SPECFRPP1"))

    [bank] = [one for one in drawn.parties if one.key == "payee-bank"]
    assert bank.name == ""


@pytest.mark.parametrize(
    ("key", "name", "country"),
    [
        ("ultimate-payer", "QUILLFEATHER  Anna", "DE"),
        ("other", "Quillfeather Anna", "DE"),
        ("other", "Brambleshaw Jean", "FR"),
        ("ultimate-payee", "Brambleshaw Jean", "FR"),
        ("ultimate-payee", "Quillfeather Anna", ""),
        ("ultimate-payer", "Quillfeather Anne", ""),
        ("intermediary", "Quillfeather Anna", ""),
    ],
)
def test_who_has_the_name_of_the_payer_and_nothing_else_is_where_the_payer_is(
    key: str, name: str, country: str
) -> None:
    drawn = parties_of(payment(text("Again/Nm", name, Means.NAME, key)))
    named = next(one for one in drawn.parties if one.key == key)

    assert (named.name, named.country) == (name, country)
    assert any("whose name it has" in one for one in drawn.assumed) is bool(country)


@pytest.mark.parametrize(
    ("value", "means"),
    [("Berlin", Means.PLACE), ("P-4711", Means.NUMBER), ("Brambleshaw", Means.NAME)],
)
def test_of_whom_more_is_said_is_nobody_else_by_name(value: str, means: Means) -> None:
    again = text("Again/Nm", "Brambleshaw Jean", Means.NAME, "other")
    drawn = parties_of(payment(again, text("Again/More", value, means, "other")))

    assert next(one for one in drawn.parties if one.key == "other").country == ""


def test_a_namesake_is_in_every_country_of_the_payee() -> None:
    resident = text("Cdtr/CtryOfRes", "SY", Means.COUNTRY, "payee")
    again = text("UltmtCdtr/Nm", "Brambleshaw Jean", Means.NAME, "ultimate-payee")
    drawn = parties_of(payment(resident, again))

    assert drawn.parties[-1].located_in == ("FR", "SY")


def test_whom_to_call_about_a_party_is_where_that_party_is() -> None:
    contact = text("Cdtr/CtctDtls/Nm", "Tallowfield Rose", Means.NAME, "other")
    drawn = parties_of(payment(contact))
    nowhere = parties_of(payment(contact, Cdtr_PstlAdr_Ctry="QQ"))

    assert (drawn.parties[-1].name, drawn.parties[-1].country) == ("Tallowfield Rose", "FR")
    assert "other is taken to be of FR, as payee, beside which it is named" in drawn.assumed
    assert nowhere.parties[-1].country == ""


@pytest.mark.parametrize(
    ("holder", "names"),
    [
        ("Jean B. Brambleshaw", ["Brambleshaw Jean", "Jean B. Brambleshaw"]),
        ("BRAMBLESHAW,JEAN", ["Brambleshaw Jean", "BRAMBLESHAW,JEAN"]),
        ("Tallowfield Rose", ["Brambleshaw Jean"]),
    ],
)
def test_a_date_of_birth_is_not_that_of_another_who_has_the_account(
    holder: str, names: list[str]
) -> None:
    born = text("Cdtr/BirthDt", "1971-03-09", Means.BIRTH_DATE, "payee")
    drawn = parties_of(payment(born, text("CdtrAcct/Nm", holder, Means.NAME, "payee")))

    [payee] = [one for one in drawn.parties if one.key == "payee"]
    others = [one for one in drawn.parties if one.key == "other"]
    assert [payee.name, *payee.other_names] == names
    assert [(one.name, one.birth_date, one.country) for one in others] == (
        [] if holder in names else [(holder, "", "FR")]
    )
