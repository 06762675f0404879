"""Which numbers say who a party is, and what speaks against it."""

import pytest

from article41.checks.identity import standing_of
from article41.model.clocks import PartialDate
from article41.model.entities import Schema
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.parties import Party, Role
from article41.model.verdicts import Identity
from tests.checks.asked import DAY, KIND, PASSPORT, Screened, document, party, told
from tests.checks.made import BORN, SHIP, entry

BANK = Identifier(kind=KIND.BIC, value="EXAMXAXX")
SERIAL = Identifier(kind=KIND.AIRCRAFT_SERIAL, value="2 34-13")


@pytest.mark.parametrize("value", ["EXAMXAXX", "examxaxxxxx", "EXAM XA XX 123"])
def test_a_bic_identifies_with_any_branch_and_any_name(screened: Screened, value: str) -> None:
    lists = screened(entry("xa/7", "Example Bank", schema=Schema.ORGANIZATION, numbers=[BANK]))

    standing = standing_of(party("Other Name", document(KIND.BIC, value)), lists, as_of=DAY)

    assert told(standing) == [("xa/7", Identity.IDENTIFIED)]
    assert standing.listed[0].evidence == f"BIC {value}"


def test_the_imo_number_of_a_vessel_is_over_its_name(screened: Screened) -> None:
    lists = screened(entry("xa/7", "Example Star", schema=Schema.VESSEL, numbers=[SHIP]))
    ship = party("New Dawn", document(KIND.IMO, "9074729"), role=Role.VESSEL)

    assert told(standing_of(ship, lists)) == [("xa/7", Identity.IDENTIFIED)]


def test_a_company_that_prints_the_imo_number_of_a_ship_is_not_the_ship(
    screened: Screened,
) -> None:
    lists = screened(entry("xa/7", "Example Lines", schema=Schema.COMPANY, numbers=[SHIP]))
    ship = party("Example Star", document(KIND.IMO, "9074729"), role=Role.VESSEL)

    [found] = standing_of(ship, lists).listed

    assert found.identity is Identity.RESEMBLES
    assert found.conflicts == ("a vessel, the entry is of an organization",)


def test_the_serial_number_of_an_aircraft_is_over_its_registration(screened: Screened) -> None:
    lists = screened(entry("xa/7", "XA-MND", schema=Schema.AIRPLANE, numbers=[SERIAL]))
    craft = party("XB-3531", document(KIND.AIRCRAFT_SERIAL, "23413"), role=Role.AIRCRAFT)

    assert told(standing_of(craft, lists)) == [("xa/7", Identity.IDENTIFIED)]


@pytest.mark.parametrize(
    ("given", "identity", "conflicts"),
    [
        (party("Ada Example", document(KIND.PASSPORT, "xa-000123", "XA")), "identified", ()),
        (party("Ada Example", document(KIND.PASSPORT, "XA٠٠٠١٢٣")), "identified", ()),
        (party("", document(KIND.PASSPORT, "XA000123", "XA")), "identified", ()),
        (
            party("", document(KIND.PASSPORT, "XA000123")),
            "resembles",
            ("neither the issuing country nor a name is known to agree",),
        ),
        (
            party("Ada Example", document(KIND.PASSPORT, "XA000123", "XB")),
            "resembles",
            ("issued by `XB`, the entry's by `XA`",),
        ),
        (
            party("Zacharias Quill", document(KIND.PASSPORT, "XA000123", "XA")),
            "resembles",
            ("names differ",),
        ),
        (
            party("Ada Example", document(KIND.PASSPORT, "XA000123"), birth_date="1980"),
            "resembles",
            ("birth dates differ",),
        ),
        (party("", document(KIND.TAX, "XA000123", "XA")), "resembles", ()),
    ],
)
def test_a_passport_identifies_unless_something_conflicts(
    screened: Screened, given: Party, identity: str, conflicts: tuple[str, ...]
) -> None:
    lists = screened(entry("xa/7", born=BORN, numbers=[PASSPORT]))

    [found] = standing_of(given, lists, as_of=DAY).listed

    assert (found.identity.value, found.conflicts) == (identity, conflicts)


@pytest.mark.parametrize("kind", [KIND.MMSI, KIND.CALL_SIGN, KIND.PHONE, KIND.EMAIL, KIND.OTHER])
def test_a_number_that_is_given_anew_only_makes_a_resemblance(
    screened: Screened, kind: IdentifierKind
) -> None:
    number = Identifier(kind=kind, value="+1 234 567")
    lists = screened(entry("xa/7", numbers=[number]))

    [found] = standing_of(
        party("", document(kind, "1234567" if kind is not KIND.EMAIL else "+1234567")), lists
    ).listed

    assert found.identity is Identity.RESEMBLES


def test_births_are_told_from_the_date_as_far_as_it_is_known(screened: Screened) -> None:
    lists = screened(entry("xa/7", born=PartialDate(year=1965), numbers=[PASSPORT]))
    given = party("Ada Example", document(KIND.PASSPORT, "XA000123"), birth_date="1965-09-11")

    assert told(standing_of(given, lists)) == [("xa/7", Identity.IDENTIFIED)]


def test_a_short_serial_number_needs_the_registration_too(screened: Screened) -> None:
    number = Identifier(kind=KIND.AIRCRAFT_SERIAL, value="811")
    lists = screened(entry("xa/7", "XA-MND", schema=Schema.AIRPLANE, numbers=[number]))
    serial = document(KIND.AIRCRAFT_SERIAL, "811")

    same = standing_of(party("XA-MND", serial, role=Role.AIRCRAFT), lists)
    other = standing_of(party("XB-QQQ", serial, role=Role.AIRCRAFT), lists)

    assert told(same) == [("xa/7", Identity.IDENTIFIED)]
    assert told(other) == [("xa/7", Identity.RESEMBLES)]


def test_two_vessels_with_other_imo_numbers_are_told_apart(screened: Screened) -> None:
    lists = screened(entry("xa/7", "Example Star", schema=Schema.VESSEL, numbers=[SHIP]))
    ship = party("Example Star", document(KIND.IMO, "9321483"), role=Role.VESSEL)

    [found] = standing_of(ship, lists).listed

    assert found.identity is Identity.RESEMBLES
    assert found.conflicts == ("IMO 9321483 is not IMO 9074729",)


def test_a_number_that_many_entries_print_marks_none(screened: Screened) -> None:
    many = [entry(f"xa/{number}", f"Body {number}", numbers=[PASSPORT]) for number in range(13)]
    lists = screened(*many)

    standing = standing_of(party("", document(KIND.PASSPORT, "XA000123", "XA")), lists)

    assert standing.listed == ()
    assert standing.limits == ("passport XA000123 (XA) stands in 13 entries: marks none",)


def test_the_wallet_of_a_person_is_found_as_the_persons(screened: Screened) -> None:
    wallet = Identifier(kind=KIND.WALLET, value="0xABCDEF0123456789abcdef0123456789ABCDEF01")
    lists = screened(entry("xa/7", numbers=[wallet]))
    given = party("", document(KIND.WALLET, wallet.value.lower()), schema=Schema.CRYPTO_WALLET)

    assert told(standing_of(given, lists)) == [("xa/7", Identity.IDENTIFIED)]
