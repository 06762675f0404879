"""Reading the official files into listings: speed, and memory over an interpreter that read none.

`make bench-read`; the UN list is also read twenty times as long, with numbers of its own.
"""

import argparse
import gzip
import json
import re
import sys
import tempfile
import time
from pathlib import Path

from processes import run
from workloads import LISTS, OFAC_PUBLISHED, ofac_files, un_file

from article41.sources.publications import read_publications

TIMES_LONGER = 20
PASSES = 3
NUMBER = re.compile(rb"(<DATAID>|<REFERENCE_NUMBER>[A-Z]{2})[^<]*")
PARTY = re.compile(rb"<(INDIVIDUAL|ENTITY)>.*?</\1>", re.DOTALL)

Figures = dict[str, object]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--here", nargs="*", help="read these files in this process alone")
    arguments = parser.parse_args()
    if arguments.here is not None:
        print(json.dumps(_read([Path(name) for name in arguments.here])))
        return
    with tempfile.TemporaryDirectory() as folder:
        longer = Path(folder) / "longer.xml"
        longer.write_bytes(_longer(gzip.decompress(un_file().read_bytes())))
        baseline = _apart([])
        figures: Figures = {
            "lists": LISTS,
            "baseline_mb": baseline["peak_mb"],
            "un": _apart([un_file()]),
            f"un, {TIMES_LONGER} times as long": _apart([longer]),
            "ofac": _apart(ofac_files()),
        }
    print(json.dumps(figures))


def _apart(files: list[Path]) -> Figures:
    """What a process of its own says of these files, and the most memory that it held."""
    ran = run([sys.executable, __file__, "--here", *files])
    # A line of JSON has no type.
    found: Figures = json.loads(ran.output)
    return found | {"peak_mb": round(ran.peak_mb, 1)}


def _read(files: list[Path]) -> Figures:
    """Listings, size, and speed of the best pass."""
    figures: Figures = {}
    times = []
    for _ in range(PASSES if files else 0):
        began = time.process_time()
        is_dated = any(".xml" in file.name for file in files)
        versions = read_publications(files, published=None if is_dated else OFAC_PUBLISHED)
        listings = sum(1 for version in versions for _ in version.listings())
        times.append(time.process_time() - began)
        size_mb = sum(part.size_bytes for version in versions for part in version.parts) / 1e6
        figures = {"listings": listings, "mb": round(size_mb, 2)}
    if times:
        figures |= {"cpu_s": round(min(times), 3), "mb_per_s": round(size_mb / min(times), 1)}
    return figures


def _longer(xml: bytes) -> bytes:
    """The same list with each party many times, under a number of its own each time."""
    counts = iter(range(1, 10**9))

    def renumbered(party: bytes) -> bytes:
        number = next(counts)
        return NUMBER.sub(lambda found: found[1] + b"%d" % number, party)

    def repeated(found: "re.Match[bytes]") -> bytes:
        return b"".join(renumbered(found[0]) for _ in range(TIMES_LONGER))

    return PARTY.sub(repeated, xml)


if __name__ == "__main__":
    main()
