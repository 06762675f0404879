"""Whole publications, each read through the door that users take, give what was reviewed."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from article41.sources.publications import read_publications
from fuzz.fuzz_publications import as_file
from tests.sources.documents import read_all
from tests.sources.golden_inputs import INPUTS

PUBLICATIONS = {
    "au/list.sheet.xml": ["au/list.sheet.xml"],
    "uk/list.xml": ["uk/list.xml"],
    "uk/list.csv": ["uk/list.csv"],
    "uk/summary.content.xml": ["uk/summary.content.xml"],
    "uk/conlist.csv": ["uk/conlist.csv"],
    "uk/conlist.sheet.xml": ["uk/conlist.sheet.xml"],
    "us-csl/list.csv": ["us-csl/list.csv"],
    "us-dpl/list.txt": ["us-dpl/list.txt"],
    "us-dod-1260h/list.csv": ["us-dod-1260h/list.csv"],
    "us-cuba-restricted/list.csv": ["us-cuba-restricted/list.csv"],
    "ch-fiaa/list.csv": ["ch-fiaa/list.csv"],
    "il-wmd/list.sheet.xml": ["il-wmd/list.sheet.xml"],
    "in-mha/page.html": ["in-mha/page.html"],
    "ofac-enhanced/whole.xml": ["ofac-enhanced/whole.xml"],
    "ofac-enhanced/extract.xml": ["ofac-enhanced/extract.xml"],
    "ofac-fixed": ["ofac-fixed/prim.ff", "ofac-fixed/add.ff", "ofac-fixed/alt.ff"],
}
"""The files of each publication; formats whose own tests review them are not here."""


@pytest.mark.parametrize("name", PUBLICATIONS)
def test_publication_reads_as_reviewed(
    name: str, tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    files = [tmp_path / input_name.rpartition("/")[2] for input_name in PUBLICATIONS[name]]
    for file, input_name in zip(files, PUBLICATIONS[name], strict=True):
        file.write_bytes(as_file(INPUTS[input_name]))

    reading = [
        {"list": version.list_id, "published": version.published, "gives": read_all(version)}
        for version in read_publications(files)
    ]

    text = msgspec.json.format(msgspec.json.encode(reading), indent=1).decode() + "\n"
    mark = "." if "." in name else "/"
    golden(f"{name}{mark}listings.json", text)
