"""A list of one's own: the page that tells how is true, and any table gets a first description."""

import doctest
import json
import tomllib
import zipfile
from pathlib import Path

import pytest

from article41.model.listings import Listing
from article41.sources.declared import starting_description
from article41.sources.publications import read_publications
from tests.faces.guides import FILES, steps
from tests.faces.made import SDN, call, write
from tests.sources.documents import read_all

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "sources" / "declared.md"


def test_every_step_of_the_page_writes_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name, content in FILES.findall(text):
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARTICLE41_STORE", str(tmp_path / "store"))
    check = doctest.OutputChecker().check_output

    told = steps(text)

    assert len(told) == 3
    for arguments, output in told:
        written = call(*arguments).output
        assert check(output, written, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE), written


def read_as_described(folder: Path, content: str | bytes, name: str = "own.csv") -> list[Listing]:
    """The listings of a table, read by its first description as it was written."""
    file, description = folder / name, folder / "own.toml"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    text = starting_description(file)
    description.write_text(text, encoding="utf-8")
    (version,) = read_publications([file], descriptions=[description])
    return read_all(version)[0]


def test_a_first_description_reads_the_table_as_it_is(tmp_path: Path) -> None:
    listings = read_as_described(
        tmp_path,
        "Ref,Entity name,Other names,DOB,Nationality,IMO number,Effective date,Comments\n"
        '7,Ada Example,"Adah Example; A. Sample",1965-09-11,XA,,2024-03-01,"pays, late"\n'
        "8,Beda Sample,,,XB,,2024-03-01,\n",
    )

    ada, beda = listings
    assert [name.value for name in ada.entity.names] == ["Ada Example", "Adah Example", "A. Sample"]
    assert str(ada.entity.birth_dates[0]) == "1965-09-11"
    assert (ada.id, ada.entity.nationalities, ada.remarks) == ("7", ("XA",), "pays, late")
    assert str(beda.listed_on) == "2024-03-01"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_mark_between_cells_is_found(tmp_path: Path, mark: str) -> None:
    rows = [["Name", "Remarks"], ["Ada", "one, two, three, four"], ["Bo", "a; b; c; d"]]
    content = "\n".join(mark.join(f'"{cell}"' for cell in row) for row in rows)

    listings = read_as_described(tmp_path, content + "\n")

    assert [one.remarks for one in listings] == ["one, two, three, four", "a; b; c; d"]


def test_names_that_come_twice_are_merged_until_somebody_says_better(tmp_path: Path) -> None:
    listings = read_as_described(tmp_path, "Name,City\nAda,Exampleville\nAda,Sampleton\n")

    (ada,) = listings
    assert [one.city for one in ada.entity.addresses] == ["Exampleville", "Sampleton"]


def test_days_that_can_be_read_two_ways_say_so(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"

    file.write_text("Name,Since\nAda,01/03/2024\n", encoding="utf-8")
    assert '# or "%m/%d/%Y"' in starting_description(file)
    file.write_text("Name,Since\nAda,01/13/2024\n", encoding="utf-8")
    assert 'formats = ["%m/%d/%Y"]' in starting_description(file)


def test_kinds_that_no_word_tells_say_so(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"

    file.write_text("Name,Type\nAda,P\nBeda,individual\nCo,LegalEntity\n", encoding="utf-8")
    text = starting_description(file)

    assert '"P" = "LegalEntity", "individual" = "Person", "LegalEntity" = "LegalEntity" }' in text
    assert '} # say what these are, LegalEntity is no guess: "P"\n' in text
    assert tomllib.loads(text)["columns"][1]["values"]["P"] == "LegalEntity"


def test_a_description_that_fits_no_file_is_named(tmp_path: Path) -> None:
    file, description = tmp_path / "own.csv", tmp_path / "own.toml"
    file.write_text("No,Name\n7,Ada Example\n", encoding="utf-8")
    description.write_text(starting_description(file), encoding="utf-8")
    sdn = write(tmp_path, "a.csv", SDN)
    adding = ("lists", "add", sdn, "--table", description, "--store", tmp_path / "store")

    assert call(*adding).stderr == (
        "note: own.toml was not used: no file has the columns it names\n"
    )
    assert call(*adding, file, "--published", "2024-01-02").stderr == ""


def test_another_encoding_and_hostile_headers_are_written_so_that_they_load(tmp_path: Path) -> None:
    header = 'Näme,"a ""b"" \\ c","[[columns]]",,"x\ny"'
    content = f'{header}\nZoë,1,2,3,"4 # 5"\n'.encode("windows-1252")

    (listing,) = read_as_described(tmp_path, content)

    assert listing.entity.names[0].value == "Zoë"
    assert dict(listing.notes) == {
        'a "b" \\ c': "1", "[[columns]]": "2", "column 4": "3", "x y": "4 # 5"
    }  # fmt: skip


def test_a_table_in_a_page_is_described(tmp_path: Path) -> None:
    page = "<html><table><tr><th>Organisation</th></tr><tr><td>Example</td></tr></table></html>"

    (listing,) = read_as_described(tmp_path, page, "page.html")

    assert listing.entity.names[0].value == "Example"


def test_the_id_of_the_list_is_given_or_made_of_the_name_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "Unser Haus (neu).csv"
    file.write_text("Name,City\nAda,Exampleville\n", encoding="utf-8")

    assert starting_description(file).startswith('list_id = "unser-haus-neu"\n')
    result = call("lists", "describe", file, "--list", "xa-own")
    assert result.output.startswith('list_id = "xa-own"\n')


@pytest.mark.parametrize("content", ["only words", "<html></html>", "{}"])
def test_what_is_no_table_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "own.csv"
    file.write_text(content, encoding="utf-8")

    result = call("lists", "describe", file, code=3)

    assert "no table with a header" in result.output


def test_a_workbook_that_is_none_is_refused_with_why(tmp_path: Path) -> None:
    file = tmp_path / "own.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook")

    result = call("lists", "describe", file, code=3)

    assert "own.xlsx: cannot be read as XLSX" in result.output


@pytest.mark.parametrize(
    ("row", "place", "remedy"),
    [
        (b"8\n", "own.csv:3 in `Name`: fewer cells", "correct the row, or what {} says"),
        (
            b"8,Bo,Berlin\n",
            "own.csv:3 in `column 3`: 2 cells expected",
            "correct the row, or what {}",
        ),
        (
            b"8,J\xfcrgen\n",
            "own.csv:3 in `column 2`: the file is not UTF-8",
            "set `encoding` in {}",
        ),
    ],
)
def test_a_fault_in_a_list_of_one_s_own_is_for_oneself_to_correct(
    tmp_path: Path, row: bytes, place: str, remedy: str
) -> None:
    file, description = tmp_path / "own.csv", tmp_path / "own.toml"
    file.write_bytes(b"No,Name\n7,Ada Example\n")
    description.write_text(starting_description(file), encoding="utf-8")
    file.write_bytes(b"No,Name\n7,Ada Example\n" + row)

    told = call("lists", "add", file, "--table", description, "--store", tmp_path / "s", code=3)

    assert place in told.stderr
    assert remedy.format(description) in told.stderr
    assert "authority" not in told.stderr


def test_a_wrong_description_is_told_with_its_line(tmp_path: Path) -> None:
    file, description = tmp_path / "own.csv", tmp_path / "own.toml"
    file.write_text("Name,City\nAda,Exampleville\n", encoding="utf-8")
    text = starting_description(file)
    description.write_text(text.replace('field = "city"', 'field = "town"'), encoding="utf-8")
    line = text.splitlines().index('field = "city"') + 1

    result = call(
        "lists", "add", file, "--table", description, "--store", tmp_path / "store", code=3
    )

    assert f"own.toml:{line} in `columns[1].field`: `town` is no field" in result.output
    assert not (tmp_path / "store").exists()


def test_a_list_of_one_s_own_is_compared_with_its_versions(tmp_path: Path) -> None:
    file, description = tmp_path / "own.csv", tmp_path / "own.toml"
    file.write_text("No,Name\n7,Ada Example\n", encoding="utf-8")
    description.write_text(starting_description(file), encoding="utf-8")
    added = ["--table", description, "--store", tmp_path / "store"]
    call("lists", "add", file, "--published", "2024-03-01", *added)
    file.write_text("No,Name\n7,Ada Example\n8,Beda Sample\n", encoding="utf-8")
    call("lists", "add", file, "--published", "2024-04-01", *added)

    told = call("lists", "diff", "own@1", "own@2", "--json", "--store", tmp_path / "store").output

    assert [entry["id"] for entry in json.loads(told)["added"]] == ["8"]
