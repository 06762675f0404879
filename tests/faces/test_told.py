"""All that an authority wrote is shown: in `timeline`, and in `lists entries --full`."""

from datetime import date
from pathlib import Path

import pytest

from article41.faces.cli.told import TEXT_SHOWN, told_lines
from article41.faces.cli.writing import Pen
from article41.model.clocks import Interval
from article41.model.entities import Address, Entity, Name, NameKind, Schema
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.letters import legible
from article41.model.listings import LegalAct, Listing
from article41.sources.publications import read_publications
from tests.faces.made import UN, call, lines_of_json, write
from tests.sources.documents import read_all
from tests.sources.official.ofac.publications import texts_of

GOLDEN = Path(__file__).parents[1] / "golden"
PEN = Pen(has_colour=False)
ADA = Listing(
    authority="XA",
    list_id="xa-main",
    id="7",
    entity=Entity(
        schema=Schema.PERSON,
        names=(Name(value="Ada Example"), Name(value="A. Sample", kind=NameKind.WEAK_ALIAS)),
        nationalities=("XA", "XB"),
        addresses=(Address(street="1 Sample Road", country="XA", note="since 2020"),),
        identifiers=(Identifier(kind=IdentifierKind.PASSPORT, value="X0000001", country="XA"),),
    ),
    legal_acts=(LegalAct(title="2024/7", published=date(2024, 3, 1)),),
    during=Interval(valid_from=date(2024, 3, 1)),
    remarks="first line\n" + "word " * 300,
    notes=(("SORT_KEY", "12"),),
    place="a.xml:3",
)


def test_every_filled_field_is_shown_under_its_name() -> None:
    lines = list(told_lines(ADA, PEN, indent=2))

    assert lines[:8] == [
        "  schema        Person",
        "  names         Ada Example",
        "                A. Sample, weak-alias",
        "  nationalities XA",
        "                XB",
        "  addresses     1 Sample Road, XA, note since 2020",
        "  identifiers   X0000001, passportNumber, XA",
        "  legal acts    2024/7, published 2024-03-01",
    ]
    assert "  during        valid from 2024-03-01" in lines
    assert lines[-2:] == ["  notes         SORT_KEY: 12", "  place         a.xml:3"]


def test_a_long_text_is_wrapped_and_cut_with_a_mark() -> None:
    lines = list(told_lines(ADA, PEN, indent=2))

    assert "  remarks       first line" in lines
    mark = f"… (--json has all {len(ADA.remarks):,} characters)"
    assert sum(line.endswith(mark) for line in lines) == 1
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize(
    "name", ["un/input.xml", "ofac-xml/consolidated.xml", "uk/list.xml", "us-csl/list.csv"]
)
def test_no_text_of_an_official_entry_is_left_out(name: str) -> None:
    lost = []
    for version in read_publications([GOLDEN / name]):
        for listing in read_all(version)[0]:
            shown = _folded(" ".join(told_lines(listing, PEN, indent=2)))
            texts = (_folded(text) for text in texts_of((listing.entity, listing)))
            above = {listing.authority, listing.list_id, listing.id, "primary", "Latn"}
            lost += [
                text
                for text in texts
                if len(text) < TEXT_SHOWN and text not in shown and text not in above
            ]

    assert lost == []


def _folded(text: str) -> str:
    """Without what wrapping changes."""
    return "".join(legible(" ".join(text.split())).split())


def test_a_timeline_and_full_entries_show_what_the_authority_wrote(tmp_path: Path) -> None:
    store = tmp_path / "store"
    call("lists", "add", write(tmp_path, "un.xml", UN), "--store", store)

    shown = call("timeline", "un-sc/XAi.001", "--store", store).stdout
    [told] = lines_of_json(call("timeline", "un-sc/XAi.001", "--json", "--store", store).stdout)
    full = call("lists", "entries", "--full", "--store", store).stdout
    [entry] = lines_of_json(call("lists", "entries", "--full", "--json", "--store", store).stdout)
    [bare] = lines_of_json(call("lists", "entries", "--json", "--store", store).stdout)

    alias = "Адка Пример, weak-alias, script Cyrl"
    assert f"                    {alias}\n      programmes    Examplia\n" in shown
    assert full.startswith("un-sc/XAi.001  ADA EXAMPLE  [Examplia]  since 2011-06-29\n  schema")
    assert f"                {alias}\n  programmes    Examplia\n" in full
    assert told["forms"][0]["listing"] == entry["listing"]
    assert entry["listing"]["entity"]["names"][1]["value"] == "Адка Пример"
    assert {**bare, "listing": entry["listing"]} == entry
