"""A party and the entries that it is, or merely resembles."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from article41.checks import Screener, refresh_index
from article41.checks.identity import standing_of, standings_of
from article41.model.clocks import InForce, PartialDate
from article41.model.entities import Schema
from article41.model.errors import ActError
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.listings import LegalAct, Listing
from article41.model.parties import Decision, Document, Party, Role
from article41.model.travel_documents import Mrz
from article41.model.verdicts import Identity, PartyStanding
from article41.model.zones import MrzFormat
from article41.store import Store
from tests.checks.made import BORN, SHIP, entry
from tests.store.made import moment, version

PUBLISHED = date(2024, 3, 1)
DAY = date(2024, 3, 2)
KIND = IdentifierKind
PASSPORT = Identifier(kind=KIND.PASSPORT, value="XA 000123", country="XA")
BANK = Identifier(kind=KIND.BIC, value="EXAMXAXX")
SERIAL = Identifier(kind=KIND.AIRCRAFT_SERIAL, value="23-41")
LATER_HOURS = 24 * 200
Screened = Callable[..., Screener]


@pytest.fixture
def screened(tmp_path: Path) -> Screened:
    """Opens a screener of some entries, all published on one day."""

    def build(*listings: Listing, also: Iterable[tuple[date, list[Listing]]] = ()) -> Screener:
        with Store(tmp_path) as store:
            for list_id in sorted({one.list_id for one in listings}):
                kept = [one for one in listings if one.list_id == list_id]
                made = version(kept, content=list_id.encode(), list_id=list_id, published=PUBLISHED)
                store.add(made, known_at=moment(0))
            for number, (day, kept) in enumerate(also, start=1):
                made = version(
                    kept,
                    content=f"{day}".encode(),
                    list_id=kept[0].list_id if kept else "xa-main",
                    published=day,
                )
                store.add(made, known_at=moment(LATER_HOURS * number))
            refresh_index(store)
        return Screener(tmp_path)

    return build


def party(name: str = "", *documents: Document, **fields: object) -> Party:
    given = {"role": Role.PAYEE, "name": name, "documents": documents}
    return Party(**{**given, **fields})  # type: ignore[arg-type]


def document(kind: IdentifierKind, value: str, country: str = "") -> Document:
    return Document(kind=kind, value=value, country=country)


def told(standing: PartyStanding) -> list[tuple[str, Identity]]:
    return [(one.key, one.identity) for one in standing.listed]


def test_a_name_alone_never_makes_more_than_a_resemblance(screened: Screened) -> None:
    lists = screened(entry("xa/7", born=BORN))

    standing = standing_of(party("Ada Example", birth_date="1965-09-11"), lists, as_of=DAY)

    assert told(standing) == [("xa/7", Identity.RESEMBLES)]
    [found] = standing.listed
    assert (found.score, found.name, found.evidence) == (
        1.0, "Ada Example", "name, born on the same day",
    )  # fmt: skip
    assert standing.screened == ("Ada Example",)


def test_other_births_stand_beside_a_resemblance(screened: Screened) -> None:
    lists = screened(entry("xa/7", born=BORN))

    [found] = standing_of(party("Ada Example", birth_date="1965-09-12"), lists).listed

    assert found.conflicts == ("birth dates differ in one part",)


def test_a_key_is_asserted_with_all_that_law_asks_of_the_entry(screened: Screened) -> None:
    listed = entry(
        "xa/7",
        programmes=("XA-FLEET",),
        measures=("Asset freeze",),
        legal_acts=(LegalAct(title="2024/7 (OJ L1)"),),
        listed_on=date(2024, 2, 1),
    )
    lists = screened(listed)

    [found] = standing_of(party("Bob", listings=("xa/7",)), lists, as_of=DAY).listed

    assert (found.identity, found.in_force) == (Identity.ASSERTED, InForce.YES)
    assert (found.programmes, found.measures, found.acts) == (
        ("XA-FLEET",), ("Asset freeze",), ("2024/7 (OJ L1)",),
    )  # fmt: skip
    assert (found.listed_from, found.score) == (date(2024, 2, 1), None)


def test_a_key_that_no_list_has_is_refused_with_the_nearest(screened: Screened) -> None:
    lists = screened(entry("xa/1234"), entry("xa/99"))

    with pytest.raises(ActError) as refused:
        standing_of(party(listings=("xa/1243",)), lists)

    assert refused.value.path == "parties[payee].listings[0]"
    assert "`xa/1234`" in refused.value.hint


def test_an_asserted_key_that_was_off_its_list_on_the_day_is_kept_and_said(
    screened: Screened,
) -> None:
    gone = entry("xa/7", delisted_on=date(2024, 6, 1))
    lists = screened(gone)

    [found] = standing_of(party(listings=("xa/7",)), lists, as_of=date(2024, 7, 1)).listed

    assert (found.in_force, found.listed_until) == (InForce.NO, date(2024, 6, 1))


def test_a_decision_confirms_with_its_author_and_reason(screened: Screened) -> None:
    lists = screened(entry("xa/7"))
    decision = Decision(listing="xa/7", by="A. Examiner", reason="same passport")

    [found] = standing_of(party("Someone", same_as=(decision,)), lists).listed

    assert found.identity is Identity.CONFIRMED
    assert found.evidence == "decided by A. Examiner: same passport"


def test_who_is_decided_to_be_somebody_else_is_left_out_and_stays_visible(
    screened: Screened,
) -> None:
    lists = screened(entry("xa/7"), entry("xa/8", "Ada Exemple"))
    decision = Decision(listing="xa/7", by="A. Examiner", reason="other births")

    standing = standing_of(party("Ada Example", different_from=(decision,)), lists)

    assert told(standing) == [("xa/8", Identity.RESEMBLES)]
    assert standing.different_from == ("xa/7",)


def test_a_decision_against_an_assertion_is_refused(screened: Screened) -> None:
    lists = screened(entry("xa/7"))
    decision = Decision(listing="xa/7", by="A. Examiner", reason="other births")

    with pytest.raises(ActError, match="somebody else"):
        standing_of(party(listings=("xa/7",), different_from=(decision,)), lists)


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
    craft = party("XB-3531", document(KIND.AIRCRAFT_SERIAL, "2341"), role=Role.AIRCRAFT)

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


def test_an_entry_brings_those_that_lists_call_the_same(screened: Screened) -> None:
    lists = screened(
        entry("xa/7"), entry("xb/8", "A. E.", same_as=("xa/7",)), entry("xc/9", restates=("xb/8",))
    )

    standing = standing_of(party("Someone Else", listings=("xb/8",)), lists)

    assert [(one.key, one.identity.value, one.evidence) for one in standing.listed] == [
        ("xb/8", "asserted", "asserted"),
        ("xa/7", "asserted", "`xb/8` names it as the same"),
        ("xc/9", "asserted", "it names `xb/8` as the same"),
    ]


def test_the_day_and_the_moment_decide_which_record_answers(screened: Screened) -> None:
    later = entry("xa/7", "Ada Later", measures=("Travel ban",))
    lists = screened(entry("xa/7", measures=("Asset freeze",)), also=[(date(2024, 9, 1), [later])])
    asked = party(listings=("xa/7",))

    def measures(as_of: date, **more: object) -> tuple[str, ...]:
        [found] = standing_of(asked, lists, as_of=as_of, **more).listed  # type: ignore[arg-type]
        return found.measures

    assert measures(PUBLISHED) == ("Asset freeze",)
    assert measures(date(2024, 9, 2)) == ("Travel ban",)
    assert measures(date(2024, 9, 2), known_at=moment(0)) == ("Asset freeze",)


def test_a_key_known_only_later_is_refused_for_an_earlier_moment(screened: Screened) -> None:
    lists = screened(
        entry("xa/7"), also=[(date(2024, 9, 1), [entry("xa/7"), entry("xa/8", "Bob Example")])]
    )

    with pytest.raises(ActError, match="known at that moment"):
        standing_of(party(listings=("xa/8",)), lists, known_at=moment(0))


def test_what_cannot_be_looked_for_is_said(screened: Screened) -> None:
    lists = screened(entry("xa/7"))

    nothing = standing_of(party(""), lists)
    illegible = standing_of(party("!!!", document(KIND.IMO, "9074728")), lists)

    assert nothing.limits == ("nothing to look for: neither a name nor a number is given",)
    assert illegible.limits == (
        "IMO 9074728 has not the form or the check digit of one",
        "`!!!` has no legible letter and was not compared",
    )


def test_a_batch_answers_as_each_party_alone(screened: Screened) -> None:
    lists = screened(
        entry("xa/7", born=BORN, numbers=[PASSPORT]),
        entry("xa/8", "Bob Example", schema=Schema.PERSON),
    )
    parties = [
        party("Ada Example"),
        party("Bob Exampel", id="b"),
        party("Ada Example", document(KIND.PASSPORT, "XA000123", "XA")),
        party("Ada Example"),
    ]

    together = standings_of(parties, lists, as_of=DAY)

    assert together == [standing_of(one, lists, as_of=DAY) for one in parties]
    assert [one.party for one in together] == ["payee", "b", "payee", "payee"]


def test_a_date_of_birth_that_is_none_is_refused(screened: Screened) -> None:
    with pytest.raises(ActError, match="no date of birth"):
        standing_of(party("Ada", birth_date="11/09/1965"), screened(entry("xa/7")))


def test_births_are_told_from_the_date_as_far_as_it_is_known(screened: Screened) -> None:
    lists = screened(entry("xa/7", born=PartialDate(year=1965), numbers=[PASSPORT]))
    given = party("Ada Example", document(KIND.PASSPORT, "XA000123"), birth_date="1965-09-11")

    assert told(standing_of(given, lists)) == [("xa/7", Identity.IDENTIFIED)]


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
