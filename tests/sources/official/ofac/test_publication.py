import hashlib
import io
from collections.abc import Iterator
from datetime import date

import pytest

from article41.model.entities import NameKind, Schema
from article41.model.errors import FormatError
from article41.model.listings import Part, Skip
from article41.sources.official.ofac import read_csv
from tests.sources.official.ofac.publications import (
    NULL,
    barred,
    finish,
    part,
    primary,
    read,
    table,
)

SDN = table(
    primary(7, "EXAMPLE, Ada", type_="individual", programme="XA-FLEET] [XB-ARMS"),
    primary(8, "EXAMPLE TRADING"),
)
CONS = table(
    primary(8, "EXAMPLE TRADING", programme="NS-PLC"),
    primary(9, "EXAMPLE BANK", programme="XA-FLEET] [UKRAINE-EO13662"),
)


def alias(number: int, alt_number: int, kind: str, name: str, remarks: str = NULL) -> list[str]:
    return [str(number), str(alt_number), kind, name, remarks]


def address(number: int, add_number: int, *cells: str) -> list[str]:
    return [str(number), str(add_number), *cells]


def refusal(*texts: str) -> FormatError:
    with pytest.raises(FormatError) as caught:
        read(*texts)
    assert caught.value.hint
    return caught.value


def test_an_entry_is_put_together_from_all_its_rows() -> None:
    (ada, trading), report = read(
        table(
            address(7, 31, "1 Example Street", "Exampleville 7", "Examplia", "old"),
            address(8, 32, *[NULL] * 4),
        ),
        table(
            alias(7, 21, "aka", "SPECIMEN, Ada"),
            alias(7, 22, "fka", "MUSTER, Ada"),
            alias(7, 23, "nka", "SAMPLE, Ada", "since 2020"),
        ),
        SDN,
    )

    assert ada.key == "ofac-sdn/7"
    assert ada.place == "SDN.CSV:1"
    assert ada.programmes == ("XA-FLEET", "XB-ARMS")
    assert ada.entity.schema is Schema.PERSON
    assert [(name.value, name.kind, name.note, name.place) for name in ada.entity.names] == [
        ("EXAMPLE, Ada", NameKind.PRIMARY, "", ""),
        ("SPECIMEN, Ada", NameKind.STRONG_ALIAS, "", "ALT.CSV:1"),
        ("MUSTER, Ada", NameKind.FORMER, "", "ALT.CSV:2"),
        ("SAMPLE, Ada", NameKind.STRONG_ALIAS, "n.k.a.; since 2020", "ALT.CSV:3"),
    ]
    (home,) = ada.entity.addresses
    assert (home.street, home.city) == ("1 Example Street", "Exampleville 7")
    assert (home.country, home.note) == ("Examplia", "old")
    assert ada.notes == (("alt_num", "21 22 23"), ("add_num", "31"))
    assert trading.entity.schema is Schema.ORGANIZATION
    assert trading.entity.addresses == ()
    assert trading.notes == (("add_num", "32"),)
    assert (report.read, report.kept, report.listings, report.names) == (7, 7, 2, 5)
    assert report.skipped == ()
    assert report.gaps == ()


@pytest.mark.parametrize(
    ("type_", "schema"),
    [("vessel", Schema.VESSEL), ("aircraft", Schema.AIRPLANE), ("individual", Schema.PERSON)],
)
def test_the_columns_of_a_vessel_find_their_fields(type_: str, schema: Schema) -> None:
    row = ["7", "EXAMPLE STAR", type_, "XA", "Flagship; Tender", "XACS", "Tanker", "9,100", "5000"]

    (ship,), _ = read(table([*row, "Examplia", "Example Shipping", "Other Vessel Flag Xandu."]))

    assert ship.entity.schema is schema
    assert ship.entity.titles == ("Flagship", "Tender")
    assert [found.value for found in ship.entity.identifiers] == ["XACS"]
    assert ship.entity.flags == ("Examplia", "Xandu")
    assert dict(ship.entity.properties) == {
        "type": "Tanker",
        "tonnage": "9,100",
        "grossRegisteredTonnage": "5000",
        "owner": "Example Shipping",
    }


def test_the_two_lists_are_told_apart_by_content_in_any_order() -> None:
    sdn_aliases = table(alias(7, 1, "aka", "SPECIMEN, Ada"))
    cons_aliases = table(alias(9, 1, "aka", "MUSTER BANK"))

    versions = read_csv(
        [part(text) for text in (cons_aliases, SDN, sdn_aliases, CONS)],
        published=date(2024, 1, 2),
    )

    assert [version.list_id for version in versions] == ["ofac-cons", "ofac-sdn"]
    assert {version.authority for version in versions} == {"OFAC"}
    assert {version.published for version in versions} == {date(2024, 1, 2)}
    assert all(version.published_is_stated for version in versions)
    places = [finish(version)[0][-1].place for version in versions]
    assert places == ["CONS_PRIM.CSV:2", "SDN.CSV:2"]
    assert finish(versions[0])[0][1].entity.names[1].place == "CONS_ALT.CSV:1"


def test_the_hash_of_a_version_is_that_of_its_parts_in_the_order_of_their_kinds() -> None:
    sdn, aliases = part(SDN), part(table(alias(7, 1, "aka", "SPECIMEN, Ada")))

    (one,) = read_csv([sdn, aliases], published=None)
    (other,) = read_csv([aliases, sdn], published=None)

    assert one.sha256 == hashlib.sha256((aliases.sha256 + sdn.sha256).encode()).hexdigest()
    assert other.sha256 == one.sha256
    assert other.parts == one.parts == (aliases, sdn)
    assert one.published is None
    assert not one.published_is_stated


def test_sdn_alone_names_what_it_lacks() -> None:
    _, report = read(SDN)

    assert report.gaps == ("aliases (ALT.CSV)", "addresses (ADD.CSV)")


def test_orphans_are_counted_both_ways_with_the_first_five_places() -> None:
    aliases = table(*(alias(number, number, "aka", "X") for number in [7, 8, 9]))
    addresses = table(address(7, 1, "A", NULL, NULL, NULL), address(99, 2, "B", NULL, NULL, NULL))

    _, report = read(SDN, aliases, addresses)

    assert set(report.skipped) == {
        Skip(reason="alias row whose entry is missing", count=1, places=("ALT.CSV:3",)),
        Skip(reason="address row whose entry is missing", count=1, places=("ADD.CSV:2",)),
        Skip(reason="entry without its address row", count=1, places=("SDN.CSV:2",), is_lost=False),
    }
    assert (report.read, report.kept) == (7, 5)


def test_the_places_of_a_skip_stop_at_five() -> None:
    many = table(*(primary(number, "EXAMPLE") for number in range(1, 11)))
    addresses = table(address(1, 1, *[NULL] * 4))

    _, report = read(many, addresses)

    (skip,) = report.skipped
    assert skip.count == 9
    assert skip.places == tuple(f"SDN.CSV:{line}" for line in range(2, 7))


def test_a_continuation_is_joined_where_the_remark_was_cut() -> None:
    whole = "; ".join([*(f"Passport X{number:04} (Examplia)" for number in range(40)), "DOB 1962."])
    sdn = table(primary(7, "EXAMPLE, Ada", type_="individual", remarks=whole[:1000]))

    (ada,), report = read(table(["7", whole[1000:]]), sdn)

    assert ada.remarks == whole
    assert len(ada.entity.identifiers) == 40
    assert ada.unparsed == ()
    assert report.remark_segments == report.remark_segments_typed == 41
    assert report.gaps == ("aliases (ALT.CSV)", "addresses (ADD.CSV)")


def test_a_cut_remark_without_its_continuation_is_counted_and_its_end_stays_text() -> None:
    whole = "; ".join(f"Passport X{number:04} (Examplia)" for number in range(40))
    sdn = table(primary(7, "EXAMPLE, Ada", type_="individual", remarks=whole[:1000]))

    (ada,), report = read(sdn)

    assert ada.remarks == whole[:1000]
    assert ada.unparsed == (whole[:1000].rpartition("; ")[2],)
    assert "continuations of cut remarks (SDN_COMMENTS.CSV)" in report.gaps
    (skip,) = report.skipped
    assert skip.reason == "remark cut at 1,000 characters, its continuation is missing"


def test_a_continuation_of_a_remark_that_was_not_cut_is_never_joined() -> None:
    remarks = [f"DOB 1962; {'x' * 989}", "DOB 1962."]
    sdn = table(*(primary(number, "EXAMPLE", remarks=text) for number, text in enumerate(remarks)))

    (_, other), report = read(sdn, table(["0", "y."], ["1", "z."]))

    assert other.remarks == "DOB 1962."
    (skip,) = report.skipped
    assert skip.reason == "continuation whose cut remark is missing"
    assert skip.places == ("SDN_COMMENTS.CSV:2",)


def test_pieces_that_stay_text_are_tabulated_by_their_first_words() -> None:
    remarks = ["Born at sea; DOB 31 Feb 1962.", "Born at night.", NULL]
    sdn = table(*(primary(number, "EXAMPLE", remarks=text) for number, text in enumerate(remarks)))

    _, report = read(sdn)

    assert report.remark_words == (("Born at", 2), ("DOB 31", 1))
    assert (report.remark_segments, report.remark_segments_typed) == (3, 0)


def test_an_unknown_type_is_refused_with_its_place() -> None:
    found = refusal(table(primary(7, "EXAMPLE"), primary(8, "EXAMPLE", type_="submarine")))

    assert (found.message, found.line, found.path) == ("unknown type `submarine`", 2, "SDN_Type")


def test_an_unknown_alias_type_is_refused_with_its_place() -> None:
    found = refusal(SDN, table(alias(7, 1, "aka", "X"), alias(8, 2, "dba", "Y")))

    assert (found.message, found.line, found.path) == ("unknown alias type `dba`", 2, "alt_type")


@pytest.mark.parametrize("name", [NULL, "  "])
def test_an_entry_or_alias_without_a_name_is_refused(name: str) -> None:
    assert refusal(table(primary(7, name))).path == "SDN_Name"
    assert refusal(SDN, table(alias(7, 1, "aka", name))).path == "alt_name"


def test_a_number_that_stands_twice_keeps_both_entries_and_says_so() -> None:
    listings, report = read(
        table(primary(7, "EXAMPLE"), primary(8, "SAMPLE"), primary(7, "MUSTER TRADING"))
    )

    assert [listing.id for listing in listings] == ["7", "8", "7~2"]
    assert "a number of its own for the second entry `7`" in report.gaps


def test_a_row_that_stands_twice_is_one_entry_and_counted() -> None:
    listings, report = read(table(primary(7, "EXAMPLE"), primary(7, "EXAMPLE")))

    assert [listing.id for listing in listings] == ["7"]
    assert [skip.reason for skip in report.skipped if "twice" in skip.reason] == [
        "row that stands twice"
    ]


def test_a_file_in_which_many_numbers_stand_twice_is_refused() -> None:
    rows = [primary(number, f"{word} {number}") for word in ("ONE", "TWO") for number in range(20)]

    assert refusal(table(*rows)).message == "number `10` stands twice"


def test_a_file_that_fits_no_primary_file_is_refused() -> None:
    strangers = table(*(alias(number, 1, "aka", "X") for number in (7, 71, 72)))

    assert refusal(SDN, strangers).message == ("1 of its 3 entries are in a primary file given")


def test_files_that_only_add_to_a_primary_file_are_refused_without_one() -> None:
    found = refusal(table(alias(7, 1, "aka", "X")))

    assert found.message == "no SDN.CSV (or CONS_PRIM.CSV) was given"
    assert found.hint.startswith("give the primary file too")


def test_a_file_that_fits_both_lists_alike_is_refused() -> None:
    shared = table(alias(8, 1, "aka", "X"))

    with pytest.raises(FormatError, match="as well in one primary file"):
        read_csv([part(text) for text in (SDN, CONS, shared)], published=None)


def test_two_files_of_one_kind_and_list_are_refused() -> None:
    aliases = table(alias(7, 1, "aka", "X"))

    assert "two primary files of ofac-sdn" in refusal(SDN, SDN).message
    assert "of the same kind and list" in refusal(SDN, aliases, aliases).message


def test_two_forms_of_one_publication_are_two_versions_each_with_its_own_files() -> None:
    aliases = table(alias(7, 1, "aka", "X"))
    given = [part(text) for text in (SDN, barred(aliases), barred(SDN), aliases)]

    versions = read_csv(given, published=None)

    assert [{one.sha256 for one in version.parts} for version in versions] == [
        {given[0].sha256, given[3].sha256},
        {given[2].sha256, given[1].sha256},
    ]


def test_files_without_a_primary_file_of_their_form_add_to_the_one_they_fit() -> None:
    sdn, bars, aliases = part(SDN), part(barred(SDN)), part(barred(table(alias(7, 1, "aka", "X"))))

    [version] = read_csv([sdn, aliases], published=None)
    bare, whole = read_csv([bars, sdn, aliases], published=None)

    assert len(version.parts) == 2
    assert (bare.parts, len(whole.parts)) == ((sdn,), 2)


def test_other_numbers_in_another_form_are_another_publication() -> None:
    other = barred(table(primary(70, "EXAMPLE")))

    assert "two primary files of ofac-sdn" in refusal(SDN, other).message


def test_a_list_without_entries_is_refused() -> None:
    header = table(["ent_num", *primary(7, "x")[1:]])

    assert refusal(header).message == "a list without entries"


def test_the_primary_file_is_streamed() -> None:
    given = []

    class Watched(io.BytesIO):
        def read1(self, size: int | None = -1) -> bytes:
            given.append(self.tell())
            return super().read1(size)

    data = table(*(primary(number, "EXAMPLE" * 20) for number in range(5_000))).encode()
    watched = Part(
        kind="ofac-primary",
        file_name="any.csv",
        sha256="0" * 64,
        size_bytes=len(data),
        open=lambda: Watched(data),
    )
    (version,) = read_csv([watched], published=None)
    given.clear()

    listings: Iterator[object] = version.listings()
    next(listings)

    assert max(given) < len(data) / 10
