"""Every golden file that a reader reads, for the tests that hold for all formats."""

from pathlib import Path

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
OTHERS = ("iso20022", "ownership", "swift-mt", "verdicts")
"""Folders of golden files that are no lists."""
INPUTS = {
    path.relative_to(GOLDEN).as_posix(): path.read_bytes()
    for path in sorted(GOLDEN.rglob("*"))
    if path.is_file()
    and path.relative_to(GOLDEN).parts[0] not in OTHERS
    and not path.name.endswith("listings.json")
    and path.name[0] != "."
}
"""By the path below the folder; what a reading gives is in files that end in `listings.json`."""
