"""Reads every real file of the shared data and prints the table of docs/sources/README.md.

`make bench-counts`; a file that is no list by itself is read beside what it belongs to.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from workloads import SHARED

from article41.model.errors import Article41Error
from article41.model.listings import ListVersion, ReadingReport
from article41.sources.publications import read_publications

FOLDERS = ("un", "eu", "uk", "ch", "ca", "au", "ofac", "us-csl", "us-bis", "other", "opensanctions")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
COMPANION = re.compile(r"ofac-(cons_)?(alt|add|sdn_comments)-")
HEADER = "| files | list | kinds | listings | names | read | left out |"
RULE = "|---|---|---|--:|--:|--:|--:|"


def main() -> None:
    print(HEADER, RULE, sep="\n")
    refused = []
    for label, files in _publications():
        try:
            for version in read_publications(files):
                print(_row(label, version))
        except Article41Error as error:
            refused.append(f"| {label} | {error.message} |")
    print("\n| file | refused because it |\n|---|---|")
    print("\n".join(refused))


def _publications() -> Iterator[tuple[str, list[Path]]]:
    """Every file by itself, or beside what it is no list without."""
    primaries = {
        "": sorted(SHARED.glob("ofac/ofac-sdn-*")),
        "cons_": sorted(SHARED.glob("ofac/ofac-cons_prim-*.csv")),
    }
    annexes = sorted(SHARED.glob("eu/journal-*/*.csv*"))
    for folder in FOLDERS:
        for file in sorted((SHARED / folder).iterdir()):
            companion = COMPANION.match(file.name)
            if companion:
                nearest = min(primaries[companion[1] or ""], key=lambda one: _days(one, file))
                yield f"{file.name} beside {nearest.name}", [file, nearest]
            elif file.is_file() and file.suffix != ".xsd":
                yield file.name, [file]
        if folder == "eu" and annexes:
            yield f"{annexes[0].parent.name}: {len(annexes)} tables", annexes


def _days(one: Path, other: Path) -> int:
    first, second = (date.fromisoformat(DAY.findall(path.name)[0]) for path in (one, other))
    return abs((first - second).days)


def _row(label: str, version: ListVersion) -> str:
    report = _report(version)
    kinds = sorted({part.kind for part in version.parts})
    kind = ", ".join(kinds) if len(kinds) < 4 else f"{kinds[0].rpartition('-')[0]}-..."
    counts = (report.listings, report.names, report.read, report.read - report.kept)
    numbers = " | ".join(f"{count:,}" for count in counts)
    return f"| {label} | `{version.list_id}` | {kind} | {numbers} |"


def _report(version: ListVersion) -> ReadingReport:
    reading = version.listings()
    while True:
        try:
            next(reading)
        except StopIteration as end:
            report: ReadingReport = end.value
            return report


if __name__ == "__main__":
    main()
