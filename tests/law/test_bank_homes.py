"""A bank may be a branch of one whose letters its BIC begins with: then that one's law binds it."""

import re

import msgspec
import pytest

from article41.law.bank_homes import home_of, load_bank_homes
from article41.law.jurisdictions import jurisdictions
from article41.model.countries import COUNTRIES
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Document, Party, Role
from tests.law.nexus_acts import body, of, payment, truths


def bank(bic: str, country: str) -> Party:
    number = Document(kind=IdentifierKind.BIC, value=bic)
    return msgspec.structs.replace(body(Role.PAYER_BANK, country), documents=(number,))


def bound(party: Party, key: str) -> str:
    return truths(payment(party, currency="GBP", through=(party.country,)), key)["payer-bank"]


@pytest.mark.parametrize(
    ("bic", "country", "key", "truth"),
    [
        ("CITIGB2L", "GB", "US", "unknown"),
        ("CITIGB2L", "GB", "GB", "yes"),
        ("CITIGB2L", "GB", "JP", "no"),
        ("DEUTUS33", "US", "EU", "unknown"),
        ("CITIUS33", "US", "US", "yes"),
        ("BARCGB22", "GB", "US", "no"),
        ("CITIGB2L", "US", "US", "yes"),
    ],
)
def test_the_letters_of_a_bic_leave_a_branch_open(
    bic: str, country: str, key: str, truth: str
) -> None:
    assert bound(bank(bic, country), key) == truth


def test_who_says_under_whose_law_it_exists_is_asked_nothing() -> None:
    party = bank("CITIGB2L", "GB")

    for law, truth in (("US", "yes"), ("GB", "no")):
        told = msgspec.structs.replace(party, incorporated_in=law, located_in=("GB",))
        assert bound(told, "US") == truth


def test_the_question_names_the_bic_and_the_home() -> None:
    [asked] = of(payment(bank("CITIGB2L", "GB"), through=("GB",)), "US")["payer-bank"].missing

    assert asked[0] == "parties.payer-bank.incorporated_in"
    assert "US" in asked[1]
    assert "CITIGB2L" in asked[1]


def test_the_table_has_each_code_once_and_countries_whose_law_is_looked_for() -> None:
    codes = [code for one in load_bank_homes() for code in one.codes]

    assert len(codes) == len(set(codes))
    assert all(re.fullmatch("[A-Z]{4}", code) for code in codes)
    for one in load_bank_homes():
        assert one.country in COUNTRIES
        members = {row.country for law in jurisdictions().values() for row in law.members}
        assert one.country in members


def test_a_home_is_another_country_than_that_of_the_bic() -> None:
    assert home_of("citigb2lxxx") == "US"
    assert home_of("CITIUS33XXX") == ""
