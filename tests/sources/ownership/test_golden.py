"""Each form of ownership reads as was reviewed, whatever the file is called."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from article41.law.ownership.shares import per_cent
from article41.model.parties import Party, Role
from article41.sources.ownership import OwnershipRecord
from tests.sources.ownership.files import FORMATS, INPUTS, reading_of


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_reads_as_reviewed(
    name: str, tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    record = reading_of(tmp_path, INPUTS[name])

    assert record.kind == FORMATS[name].value
    golden(f"ownership/{name}.holdings.json", written(record))


def written(record: OwnershipRecord) -> str:
    """What was read, with shares as a reader writes them."""
    holdings = record.holdings
    said = {
        "read": record.read,
        "skipped": record.skipped,
        "stakes": [
            {**plain(one), "share": None if one.share is None else per_cent(one.share)}
            for one in holdings.stakes
        ],
        "controls": [plain(one) for one in holdings.controls],
        "joint_arrangements": holdings.joint_arrangements,
        "rebuttals": holdings.rebuttals,
        "parties": [given(party) for party in record.parties],
    }
    return msgspec.json.format(msgspec.json.encode(said), indent=1).decode() + "\n"


def plain(tie: msgspec.Struct) -> dict[str, object]:
    return {
        field: getattr(tie, field)
        for field in tie.__struct_fields__
        if field != "share" and getattr(tie, field) not in {None, ""}
    }


def given(party: Party) -> dict[str, object]:
    empty = Party(role=Role.OWNER)
    return {
        field: getattr(party, field)
        for field in Party.__struct_fields__
        if getattr(party, field) != getattr(empty, field)
    }
