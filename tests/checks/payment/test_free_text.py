"""Names and numbers of the lists inside longer texts."""

import pytest

from article41.checks import Screener
from article41.checks.payment.finds import FindKind, TextFind
from article41.checks.payment.free_text import TextSearch
from article41.checks.payment.message import Means, Text
from article41.model.entities import Schema
from article41.model.identifiers import Identifier, IdentifierKind
from tests.checks.asked import PUBLISHED, Screened
from tests.checks.made import PASSPORT, SHIP, entry
from tests.checks.payment.made import text

BIC = Identifier(kind=IdentifierKind.BIC, value="XBNKXAXA")
MAIL = Identifier(kind=IdentifierKind.EMAIL, value="desk@quotz.example")


@pytest.fixture
def lists(screened: Screened) -> Screener:
    return screened(
        entry("xa-main/1", "Quibbleworth Ada", numbers=[PASSPORT]),
        entry("xa-main/2", "Zanderplatz", schema=Schema.COMPANY, numbers=[BIC]),
        entry("xa-main/3", "MORNING GLIMMER", schema=Schema.VESSEL, numbers=[SHIP]),
        entry("xa-main/4", "Brigg", schema=Schema.VESSEL),
        entry("xa-main/5", "Nickelmann", schema=Schema.PERSON),
        entry("xa-main/6", "Salary Bonus Ltd", schema=Schema.COMPANY),
        entry("xa-main/7", "Q.Z.R. Engineering Limited", schema=Schema.COMPANY, numbers=[MAIL]),
        entry("xa-main/8", "XB-QZR", schema=Schema.AIRPLANE),
        entry("xa-main/10", "QAZ JSC", schema=Schema.COMPANY),
        entry("xa-main/9", "Vermilion Sprocket", schema=Schema.COMPANY),
    )


def finds(lists: Screener, *texts: str | Text) -> tuple[TextFind, ...]:
    made = [
        one if isinstance(one, Text) else text(f"RmtInf/Ustrd[{number}]", one, Means.REMITTANCE)
        for number, one in enumerate(texts, start=1)
    ]
    search = TextSearch(lists, day=PUBLISHED, known_at=None, asked_on=PUBLISHED)
    [found] = search.finds([made])
    return found


def keys(lists: Screener, *texts: str | Text) -> list[str]:
    return [one.key for one in finds(lists, *texts) if one.kind is not FindKind.PLACE]


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("salary for Ada Quibbleworth, June", "xa-main/1"),
        ("inv.4711/QUIBBLEWORTH ADA/rent", "xa-main/1"),
        ("for Ada Quibblewort in person", "xa-main/1"),
        ("passport XA-000123 of the buyer", "xa-main/1"),
        ("visa XA0 00123 fee", "xa-main/1"),
        ("order by Zanderplatz", "xa-main/2"),
        ("swift XBNKXAXAXXX", "xa-main/2"),
        ("swift xbnkxaxa", "xa-main/2"),
        ("freight m/v Morning Glimmer", "xa-main/3"),
        ("demurrage IMO 9074729", "xa-main/3"),
        ("bunkers for vessel Brigg", "xa-main/4"),
        ("bunkers for M/V Brigg", "xa-main/4"),
        ("for account of Q.Z.R. Engineering Limited", "xa-main/7"),
        ("proxy desk@quotz.example", "xa-main/7"),
        ("handling of XB-QZR at the apron", "xa-main/8"),
    ],
)
def test_who_is_named_inside_a_text_is_found(lists: Screener, said: str, key: str) -> None:
    assert keys(lists, said) == [key]


@pytest.mark.parametrize(
    "said",
    [
        "invoice 4711 consulting services Berlin",
        "rent for June Hauptstrasse 5 second floor",
        "brigg stones for the garden",  # A name of a ship alone is an ordinary word.
        "Mr Nickelmann sends his regards",  # One name of a person is many people's.
        "salary bonus June",  # Ordinary words alone name nobody.
        "000123",  # So short a number is given to many.
        "",
    ],
)
def test_ordinary_words_name_nobody(lists: Screener, said: str) -> None:
    assert keys(lists, said) == []


def test_a_name_goes_on_over_the_end_of_a_line(lists: Screener) -> None:
    [found] = finds(lists, "payment for Ada", "Quibbleworth and others")

    assert (found.words, found.path) == ("Ada Quibbleworth", "RmtInf/Ustrd[1]")


def test_a_find_says_where_it_stands_and_whom_it_is_like(lists: Screener) -> None:
    [found] = finds(lists, text("PstlAdr/AdrLine", "c/o Ada Quibbleworth", Means.ADDRESS, "payee"))

    assert (found.kind, found.of, found.name) == (FindKind.NAME, "payee", "Quibbleworth Ada")
    assert found.score is not None
    assert found.score > 0.9


@pytest.mark.parametrize("means", [Means.NAME, Means.BIC, Means.CODE, Means.IBAN])
def test_what_is_compared_in_another_way_is_no_free_text(lists: Screener, means: Means) -> None:
    assert finds(lists, text("x", "Ada Quibbleworth", means)) == ()


def test_in_a_place_of_birth_names_are_found_and_no_places(lists: Screener) -> None:
    born = text("4:50F/5", "IR/TEHRAN", Means.BIRTH_PLACE, "payer")
    named = text("4:50F/5", "IR/TEHRAN ADA QUIBBLEWORTH", Means.BIRTH_PLACE, "payer")

    assert finds(lists, born) == ()
    assert [one.key for one in finds(lists, named)] == ["xa-main/1"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Emil Sample and Ada Quibbleworth", "xa-main/1"),
        ("Sample Holding c/o Ada Quibbleworth", "xa-main/1"),
        ("Sample: Ada Quibbleworth", "xa-main/1"),
        ("Ada Quibbleworth Trading Ltd", "xa-main/1"),
        ("Vermilion Sprocket Overseas Agency", "xa-main/9"),
        ("Zanderplatz Overseas", "xa-main/2"),
    ],
)
def test_a_name_inside_a_longer_name_is_found(lists: Screener, name: str, key: str) -> None:
    assert keys(lists, text("Cdtr/Nm", name, Means.NAME, "payee")) == [key]


@pytest.mark.parametrize(
    "name",
    [
        "Emil Ada Quibbleworth",  # Whoever has one more name may be somebody else.
        "Ada Quibbleworth Sample",
        "Blue Vermilion Sprocket",
        "Sample Zanderplatz",
        "Morning Glimmer Bakery",  # No ship.
        "Qaz Jsc Overseas",  # A short word and a legal form are no name of one firm.
    ],
)
def test_a_piece_of_a_longer_name_names_nobody(lists: Screener, name: str) -> None:
    assert keys(lists, text("Cdtr/Nm", name, Means.NAME, "payee")) == []


def test_a_town_that_is_called_as_a_ship_is_a_town(lists: Screener) -> None:
    town = text("Cdtr/PstlAdr/TwnNm", "Morning Glimmer", Means.PLACE, "payee")

    assert keys(lists, town) == []


@pytest.mark.parametrize("means", [Means.UNMAPPED, Means.RUN_ON, Means.GOODS, Means.REFERENCE])
def test_every_other_text_is_looked_through(lists: Screener, means: Means) -> None:
    assert keys(lists, text("x", "to Ada Quibbleworth", means)) == ["xa-main/1"]


def test_a_country_that_is_named_is_a_find_for_the_law_to_weigh(lists: Screener) -> None:
    found = finds(lists, "spare parts for Iran and the Syrian branch")

    assert [(one.kind, one.key) for one in found] == [
        (FindKind.PLACE, "IR"),
        (FindKind.PLACE, "SY"),
    ]


def test_a_city_names_its_country(lists: Screener) -> None:
    [found] = finds(lists, text("PstlAdr/TwnNm", "TEHERAN", Means.PLACE, "payee"))

    assert (found.kind, found.key, found.words) == (FindKind.PLACE, "IR", "TEHERAN")


def test_what_is_not_looked_through_is_told(lists: Screener) -> None:
    said = "rent of June " * 7_000

    found = finds(lists, said, "for Ada Quibbleworth")

    assert [(one.kind, one.path) for one in found] == [(FindKind.TOO_LONG, "RmtInf/Ustrd[1]")]


def test_what_is_known_of_a_text_is_told_where_and_as_what_it_stands_next(lists: Screener) -> None:
    said = "for Zanderplatz in Teheran: passport XA-000123"
    texts = [
        text("RmtInf/Ustrd", said, Means.REMITTANCE),
        text("Cdtr/Ustrd", said, Means.REMITTANCE, "payee"),
        text("Cdtr/Nm", said, Means.NAME, "payee"),
    ]
    search = TextSearch(lists, day=PUBLISHED, known_at=None, asked_on=PUBLISHED)

    found = [one for each in texts for one in search.finds([[each]])]

    assert found == [finds(lists, each) for each in texts]
    assert [{(one.path, one.of) for one in each} for each in found] == [
        {(each.path, each.of)} for each in texts
    ]
    assert len(found[0]) == len(found[1]) != len(found[2])
