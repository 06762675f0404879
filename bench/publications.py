"""Every official list of the shared data, and a store that holds them all."""

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
from workloads import ofac_files, un_file

from article41.checks import INDEX_FILE, Screener, refresh_index
from article41.model.errors import Article41Error, IndexFileError
from article41.sources.publications import read_publications
from article41.store import Store

PATTERNS = (
    "ofac/ofac-sdn-*", "ofac/ofac-cons*", "ofac/ofac-enhanced*", "un/*.gz", "uk/*.csv.gz",
    "uk/*.xlsx", "uk/*.ods", "us-csl/*.gz", "us-bis/*", "au/*", "ca/*", "ch/*.xml", "eu/*global*",
    "opensanctions/*simple*", "other/*",
)  # fmt: skip
KEPT = Path(__file__).parents[1] / "build" / "bench-store"
"""Where a store of all lists is kept between runs."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Publication = tuple[list[Path], date | None]
"""The files of one publication, and its day where the files do not say it."""


def two_lists() -> Iterator[Publication]:
    """One publication of OFAC's list and one of the UN list."""
    yield ofac_files(), date(2024, 1, 8)
    yield [un_file()], None


def all_lists() -> Iterator[Publication]:
    """Every list and every snapshot of it."""
    shared = un_file().parents[1]
    yield from two_lists()
    for pattern in PATTERNS:
        for file in sorted(shared.glob(pattern)):
            found = _DAY.search(file.name)
            yield [file], date.fromisoformat(found[0]) if found else None
    yield sorted(shared.glob("eu/journal-2026-08/*.csv*")), date(2026, 8, 21)


def add_all(store: Store, publications: Iterable[Publication]) -> int:
    """Add publications to a store; the number of those that are no list."""
    refused, moment = 0, datetime.now(UTC)
    for files, day in publications:
        try:
            for version in read_publications(files):
                dated = version
                if version.published is None:
                    dated = msgspec.structs.replace(
                        version, published=day, published_is_stated=True
                    )
                store.add(dated, known_at=moment)
        except Article41Error:
            refused += 1  # Excerpts, and files of others that are no list.
    return refused


def kept_store(folder: Path = KEPT) -> Path:
    """A store of all lists with its index: the one of an earlier run, if it holds the same files.

    Args:
        folder: Where stores are kept, one for each set of files.
    """
    publications = list(all_lists())
    names = sorted(f"{file.name} {file.stat().st_size}" for files, _ in publications
                   for file in files)  # fmt: skip
    kept = folder / hashlib.sha256("\n".join(names).encode()).hexdigest()[:12]
    whole = kept / "whole"
    with Store(kept) as store:
        if not whole.exists():
            say(f"adding every list to {kept} ...")
            add_all(store, publications)
            whole.touch()
        if not _is_indexed(kept):
            say("building its index ...")
            refresh_index(store)
    return kept


def _is_indexed(folder: Path) -> bool:
    """Whether this code built the index, and of all that the store holds."""
    if not (folder / INDEX_FILE).exists():
        return False
    try:
        Screener(folder)
    except IndexFileError:
        return False
    return True


def say(text: str) -> None:
    """Tell who waits how far it is."""
    print(text, file=sys.stderr, flush=True)
