from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from article41.sources.official.ofac import read_csv
from tests.sources.official.ofac.publications import finish, part

GOLDEN = Path(__file__).resolve().parents[3] / "golden"


@pytest.mark.parametrize("folder", ["ofac-sdn-csv", "ofac-cons-csv"])
def test_a_publication_reads_as_reviewed(folder: str, golden: Callable[[str, str], None]) -> None:
    files = sorted((GOLDEN / folder).glob("*.CSV"))

    (version,) = read_csv([part(file.read_bytes()) for file in files], published=None)

    listings, report = finish(version)
    reading = msgspec.json.encode({"listings": listings, "report": report})
    text = msgspec.json.format(reading, indent=2).decode() + "\n"
    golden(f"{folder}/listings.json", text)
