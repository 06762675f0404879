"""What `lists diff` writes is all that parts A from B."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from article41.sources.publications import read_publications
from tests.faces.made import call
from tests.sources.documents import read_all
from tests.sources.official.ofac.publications import primary, table

REMARKS = (
    "",
    "DOB 11 Sep 1965; nationality Xandu.",
    "DOB 12 Sep 1965; Passport X0000041 (Xandu); Passport X0000042 (Xandu).",
    "Gender Female; (Linked To: SPECIMEN TRADING COMPANY).",
    "Sells examples by the dozen.",
)
rows = st.builds(
    lambda name, programme, remarks: {"name": name, "programme": programme, "remarks": remarks},
    st.sampled_from(["EXAMPLE, Ada", "EXAMPLE,  ada", "SPECIMEN, Beda", "SAMPLE, Cora"]),
    st.sampled_from(["XA-FLEET", "XA-FLEET] [XB", "XB"]),
    st.sampled_from(REMARKS),
)
lists = st.dictionaries(st.integers(7, 10), rows, min_size=1)


def file_of(folder: Path, name: str, entries: dict[int, dict[str, str]]) -> Path:
    path = folder / name
    path.write_text(
        table(
            *(
                primary(number, row["name"], programme=row["programme"], remarks=row["remarks"])
                for number, row in entries.items()
            )
        ),
        newline="",
    )
    return path


def said(path: Path) -> dict[str, Any]:  # whatever the JSON holds
    [version] = read_publications([path])
    listings = json.loads(msgspec.json.encode(read_all(version)[0]))
    return {one["id"]: without_places(one) for one in listings}


def without_places(value: Any) -> Any:  # whatever the JSON holds
    if isinstance(value, dict):
        return {name: without_places(one) for name, one in value.items() if name != "place"}
    return [without_places(one) for one in value] if isinstance(value, list) else value


def applied(before: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """A with the changes made: what was removed taken away, the rest written in its place."""
    after = dict(before)
    for entry in found["removed"]:
        del after[entry["id"]]
    for entry in found["added"]:
        after[entry["id"]] = without_places(entry["listing"])
    for entry in found["amended"]:
        listing = json.loads(json.dumps(after[entry["id"]]))
        for change in entry["changes"]:
            field, value = change["field"], without_places(change["after"])
            if field.startswith("notes."):
                note = field.removeprefix("notes.")
                kept = [one for one in listing["notes"] if one[0] != note]
                listing["notes"] = kept + [[note, text] for text in value]
            else:
                holder = listing["entity"] if field in listing["entity"] else listing
                assert holder[field] == without_places(change["before"])
                holder[field] = value
        after[entry["id"]] = listing
    return after


@settings(max_examples=25, deadline=None)
@given(lists, lists)
def test_the_changes_made_to_a_give_b(
    before: dict[int, dict[str, str]], after: dict[int, dict[str, str]]
) -> None:
    with TemporaryDirectory() as name:
        a = file_of(Path(name), "a.csv", before)
        b = file_of(Path(name), "b.csv", after)
        found = json.loads(call("lists", "diff", a, b, "--json").stdout)

        assert applied(said(a), found) == said(b)
