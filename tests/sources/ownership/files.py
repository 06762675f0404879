"""The files of ownership that the tests read, and readings of changed ones."""

from pathlib import Path

from article41.sources.ownership import OwnershipFormat, OwnershipRecord, read_holdings

FOLDER = Path(__file__).resolve().parents[2] / "golden" / "ownership"
FORMATS = {
    "table.csv": OwnershipFormat.OWN_CSV,
    "entities.ftm.json": OwnershipFormat.FTM,
    "statements-0.4.json": OwnershipFormat.BODS,
    "statements-0.2.jsonl": OwnershipFormat.BODS,
    "register.psc.txt": OwnershipFormat.PSC,
    "relations.gleif.json": OwnershipFormat.GLEIF,
    "relations.gleif.csv": OwnershipFormat.GLEIF,
}
"""What each file is; its name does not tell."""
INPUTS = {name: (FOLDER / name).read_bytes() for name in FORMATS}


def reading_of(folder: Path, data: bytes, name: str = "any-name") -> OwnershipRecord:
    file = folder / name
    file.write_bytes(data)
    return read_holdings(file)
