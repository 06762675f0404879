"""What the machine readable zone of a party says and contradicts."""

import msgspec

from article41.checks.identity import standing_of
from article41.model.clocks import PartialDate
from article41.model.identifiers import Identifier
from article41.model.parties import Document, Party, Role
from article41.model.travel_documents import Mrz
from article41.model.verdicts import Identity
from article41.model.zones import MrzFormat
from tests.checks.asked import DAY, KIND, Screened, document, party, told
from tests.checks.made import BORN, entry


def zone(**fields: object) -> Mrz:
    told = {
        "format": MrzFormat.TD3, "code": "P", "issuer": "D", "surname": "EXAMPLE",
        "given_names": "ADA", "number": "X0001234", "nationality": "D", "birth": "650911",
        "expiry": "340101",
    }  # fmt: skip
    return Mrz(**{**told, **fields})  # type: ignore[arg-type]


def bearer(mrz: Mrz, name: str = "", *documents: Document, **fields: object) -> Party:
    text = "\n".join(mrz.lines())
    return party(name, *documents, role=Role.TRAVELLER, mrz=text, **fields)


GERMAN = Identifier(kind=KIND.PASSPORT, value="X-0001234", country="Germany")


def test_the_zone_of_a_passport_identifies_by_its_number(screened: Screened) -> None:
    lists = screened(entry("xa/7", born=BORN, numbers=[GERMAN]), entry("xa/8", "Ada Exampel"))

    standing = standing_of(bearer(zone()), lists, as_of=DAY)

    assert told(standing) == [("xa/7", Identity.IDENTIFIED), ("xa/8", Identity.RESEMBLES)]
    assert standing.screened == ("ADA EXAMPLE", "passport X0001234 (DE)")
    assert standing.limits == ()


def test_what_a_zone_contradicts_is_said(screened: Screened) -> None:
    lists = screened(entry("xa/7", "Nobody Else"))
    other = document(KIND.PASSPORT, "X0009999", "DE")
    given = bearer(zone(), "Zacharias Quill", other, birth_date="1964", nationalities=("FR",))

    assert standing_of(given, lists, as_of=DAY).limits == (
        "the machine readable zone is of `ADA EXAMPLE`, and the party is `Zacharias Quill`",
        "the machine readable zone is of passport X0001234 (DE),"
        " and the party has passport X0009999 (DE)",
        "the machine readable zone says born 1965-09-11, and the party 1964",
        "the machine readable zone says national of DE, and the party of FR",
    )


def test_a_zone_that_fits_the_party_adds_no_limit(screened: Screened) -> None:
    lists = screened(entry("xa/7", "Nobody Else"))
    same = document(KIND.PASSPORT, "x 0001234", "DE")
    given = bearer(zone(), "Example, Ada", same, birth_date="1965-09", nationalities=("DE",))

    standing = standing_of(given, lists, as_of=DAY)

    assert standing.limits == ()
    assert standing.screened == ("Example, Ada", "ADA EXAMPLE", "passport x 0001234 (DE)")


def test_a_number_whose_check_digit_is_wrong_identifies_nobody(screened: Screened) -> None:
    lists = screened(entry("xa/7", numbers=[GERMAN]))
    text = "\n".join(zone().lines())
    digit = text[text.index("X0001234") + 9]
    misread = text.replace(f"X0001234<{digit}", f"X0001234<{(int(digit) + 1) % 10}")

    standing = standing_of(party(mrz=misread), lists, as_of=DAY)

    assert told(standing) == [("xa/7", Identity.RESEMBLES)]
    assert standing.limits[0].startswith(
        "the machine readable zone: the check digit of the document number is"
    )


def test_a_zone_that_cannot_be_read_leaves_the_rest_to_be_screened(screened: Screened) -> None:
    lists = screened(entry("xa/7"))

    standing = standing_of(party("Ada Example", mrz="P<D<<"), lists, as_of=DAY)

    assert told(standing) == [("xa/7", Identity.RESEMBLES)]
    assert standing.limits == (
        "the machine readable zone was not read: a machine readable zone has 2 lines of 44 or 36"
        " characters, or 3 of 30",
    )


def test_the_birth_in_a_zone_is_one_before_the_day_of_the_act(screened: Screened) -> None:
    lists = screened(entry("xa/7", born=PartialDate(year=1930), numbers=[GERMAN]))

    [found] = standing_of(bearer(zone(birth="300101")), lists, as_of=DAY).listed

    assert found.identity is Identity.IDENTIFIED


def test_a_name_that_fills_its_field_in_a_zone_may_go_on(screened: Screened) -> None:
    lists = screened(entry("xa/7"))
    cut = bearer(zone(given_names="ADA BEDA CORA DORA EDDA FREDER"))
    told = msgspec.structs.replace(cut, name="Ada Beda Cora Dora Edda Frederica Example")

    assert "may be cut in the machine readable zone" in standing_of(cut, lists, as_of=DAY).name_open
    assert standing_of(told, lists, as_of=DAY).name_open == ""
