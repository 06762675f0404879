"""Any bytes are read as holdings, or refused with an error of ours; what is read can be examined.

No share leaves the whole, and what was read can be written and read again as it is.
"""

import importlib
import sys
import tempfile
from datetime import date
from pathlib import Path

import msgspec

from article41.law.ownership import examine, rule_on
from article41.model.clocks import InForce
from article41.model.errors import Article41Error
from article41.sources.ownership import OwnershipRecord, leading_to, read_holdings

DAY = date(2025, 12, 31)
RULES = [rule_on(family, DAY) for family in ("us", "eu", "uk", "none-verified")]
PARTIES_MAX = 5
"""So many parties of a file are examined."""


def try_one(data: bytes) -> bool:
    """True if the bytes were read as holdings."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "fuzz")
        file.write_bytes(data)
        try:
            record = read_holdings(file)
        except Article41Error:
            return False
    _check(record)
    return True


def _check(record: OwnershipRecord) -> None:
    assert record.read > 0
    for stake in record.holdings.stakes:
        assert stake.owner
        assert stake.asset
        if stake.share is not None:
            assert 0 <= stake.share.at_least <= stake.share.at_most <= 1
    keys = [party.key for party in record.parties]
    assert len(set(keys)) == len(keys)
    # What cannot be written cannot be kept either.
    msgspec.json.encode([record.parties, record.skipped, record.holdings.controls])
    for key in keys[:PARTIES_MAX]:
        part = leading_to(record, [key])
        for rule in RULES:
            listed = {other: InForce.YES for other in keys if other != key}
            [note] = examine(part.holdings, asked=[key], listed=listed, rule=rule, day=DAY)
            assert note.text
            assert note.needs_judgment == (note.would_be is not None)


if __name__ == "__main__":
    # Not an import statement: only `make fuzz` has atheris, the type checker does not.
    atheris = importlib.import_module("atheris")
    atheris.instrument_all()
    atheris.Setup(sys.argv, try_one)
    atheris.Fuzz()
