"""Names join entries of several lists where something else agrees too."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from article41.checks import refresh_index
from article41.checks.clusters import clusters_of
from article41.checks.links import LinkBasis
from article41.match import Index
from article41.model.clocks import PartialDate
from article41.model.entities import Name, NameKind, Schema
from article41.store import Store
from tests.checks.made import BORN, OTHER_SHIP, SHIP, entry, linked, only
from tests.store.made import moment, version


def test_names_join_persons_born_on_the_same_day(tmp_path: Path) -> None:
    link = only(
        linked(
            tmp_path,
            entry("xa-main/7", "EXAMPLE, Ada", born=BORN),
            entry("xb-list/1", born=BORN),
        )
    )

    assert link.basis is LinkBasis.NAME
    assert link.reason.endswith(", born on the same day")


def test_names_join_companies_of_one_country(tmp_path: Path) -> None:
    names = ("xa-main/7", "Specimen Trading"), ("xb-list/1", "Specimen Trading")

    link = only(
        linked(
            tmp_path,
            *(entry(*one, schema=Schema.COMPANY, country=where) for one, where in
              zip(names, ("XANDU", "Xandu"), strict=True)),
        )
    )  # fmt: skip

    assert (link.basis, link.reason[-7:]) == (LinkBasis.NAME, ", xandu")


YEAR = PartialDate(year=1965)
OTHER_YEAR = PartialDate(year=1980)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({}, {}, id="nothing else is printed"),
        pytest.param({"country": "XA"}, {"country": "XA"}, id="persons of one country"),
        pytest.param({"born": BORN}, {"born": OTHER_YEAR}, id="births differ"),
        pytest.param({"born": YEAR}, {"born": BORN}, id="births fit, without a country"),
        pytest.param({"born": BORN, "name": "Ada"}, {"born": BORN, "name": "Ada"}, id="one word"),
        pytest.param(
            {"schema": Schema.VESSEL, "country": "XA", "numbers": [SHIP]},
            {"schema": Schema.VESSEL, "country": "XA", "numbers": [OTHER_SHIP]},
            id="ships with two numbers",
        ),
        pytest.param(
            {"schema": Schema.VESSEL, "country": "XA"},
            {"schema": Schema.COMPANY, "country": "XA"},
            id="a ship and a company",
        ),
    ],
)
def test_names_alone_join_nobody(
    one: dict[str, object], other: dict[str, object], tmp_path: Path
) -> None:
    pair = entry("xa-main/7", **one), entry("xb-list/1", **other)  # type: ignore[arg-type]

    assert linked(tmp_path, *pair).clusters == ()


def test_weak_aliases_join_nobody(tmp_path: Path) -> None:
    weak = (Name(value="Beda Specimen"), Name(value="Ada Example", kind=NameKind.WEAK_ALIAS))
    one = entry("xa-main/7", born=BORN)
    aliased = msgspec.structs.replace(one.entity, names=weak)
    other = msgspec.structs.replace(entry("xb-list/1"), entity=aliased)

    assert linked(tmp_path, one, other).clusters == ()


def test_a_strong_name_joins_where_a_weak_one_resembles_more(tmp_path: Path) -> None:
    one = entry("xa-main/7", "Ada Example Specimen Sample", born=BORN)
    other = entry("xb-list/1", born=BORN)
    weak, strong = (
        msgspec.structs.replace(
            other,
            entity=msgspec.structs.replace(
                other.entity,
                names=(
                    Name(value=name),
                    Name(value="Ada Example Specimen Sample", kind=NameKind.WEAK_ALIAS),
                ),
            ),
        )
        for name in ("Cora Example", "Ada Example Spesimen Sample")
    )

    assert linked(tmp_path / "weak", one, weak).clusters == ()
    link = only(linked(tmp_path / "strong", one, strong))
    assert "`Ada Example Spesimen Sample`" in link.reason
    assert link.score < 1


def test_past_entries_are_joined(tmp_path: Path) -> None:
    past = entry("xb-list/1", born=BORN, delisted_on=date(2020, 1, 1))

    assert only(linked(tmp_path, entry("xa-main/7", born=BORN), past)).basis is LinkBasis.NAME


def test_what_an_entry_said_once_joins_nobody(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.add(
            version([entry("xa-main/7", born=BORN)], content=b"a", list_id="xa-main"),
            known_at=moment(0),
        )
        for day, name in enumerate(("Ada Example", "Beda Specimen"), start=1):
            said = version([entry("xb-list/1", name, born=BORN)], content=name.encode(),
                           list_id="xb-list", published=date(2024, 3, day))  # fmt: skip
            store.add(said, known_at=moment(day))
        found = clusters_of(store, Index(refresh_index(store).path))

    assert found.clusters == ()


def test_names_never_join_two_entries_of_one_list(tmp_path: Path) -> None:
    twins = entry("xa-main/7", born=BORN), entry("xa-main/8", born=BORN)

    assert linked(tmp_path, *twins).clusters == ()
