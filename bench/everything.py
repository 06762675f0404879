"""The same queries before and after every list and every snapshot is loaded, in one run.

`make bench-everything [ARGS="--queries 300"]`; builds two stores of the shared data (a minute),
asks both indexes, and compares the larger one with scoring every listed name.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from indexes import Figures, KernelQuery, asked, latency, search
from publications import Publication, add_all, all_lists, say, two_lists
from workloads import customers, exact, listed, perturbed

from article41.checks import INDEX_FILE, refresh_index
from article41.match import kernel
from article41.match.index import kernel_days, threshold_units
from article41.model.clocks import days_asked
from article41.store import Store

THRESHOLD = 0.8
AS_OF = date(2022, 6, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--queries", type=int, default=500, help="in each file of queries")
    parser.add_argument("--lossless", type=int, default=200, help="queries scored exhaustively")
    arguments = parser.parse_args()
    parties = list(listed())
    files = {
        "customers": asked(list(customers(arguments.queries))),
        "perturbed": asked(perturbed(parties, arguments.queries)),
        "exact": asked(exact(parties, arguments.queries)),
    }
    figures: Figures = {}
    with _index("OFAC and UN", two_lists()) as (index, held):
        figures["two lists"] = {**held, **_asked(index, files, None)}
    with _index("every list and snapshot", all_lists()) as (index, held):
        figures["all lists"] = {**held, **_asked(index, files, None)}
        figures["all lists, as of " + str(AS_OF)] = _asked(index, files, AS_OF)
        figures["lossless"] = _lossless(index, files, arguments.lossless)
    print(json.dumps(figures))


@contextmanager
def _index(
    label: str, publications: Iterator[Publication]
) -> Iterator[tuple[kernel.Index, Figures]]:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        began = time.perf_counter()
        refused = add_all(store, publications)
        added = time.perf_counter() - began
        counts = refresh_index(store).counts
        held: Figures = {
            "versions": len(store.versions()),
            "refused": refused,
            "records": counts.records,
            "names": counts.names,
            "add_s": round(added, 1),
            "index_s": round(time.perf_counter() - began - added, 1),
            "index_mb": round(counts.size_bytes / 1e6, 1),
        }
        say(f"{label}: {held}")
        yield kernel.Index.open(Path(folder) / INDEX_FILE), held


def _asked(index: kernel.Index, files: dict[str, list[KernelQuery]], as_of: date | None) -> Figures:
    figures: Figures = {}
    for name, queries in files.items():
        figures[name] = latency(index, queries, THRESHOLD, days=_days_asked(as_of))
        say(f"  {name}, {as_of or 'newest'}: {figures[name]}")
    return figures


def _lossless(
    index: kernel.Index, files: dict[str, list[KernelQuery]], count: int
) -> dict[str, int]:
    """Queries whose answers were compared with scoring every name, and how many differed."""
    queries = [query for file in files.values() for query in file[: count // len(files)]]
    differing = 0
    for days in (_days_asked(None), _days_asked(AS_OF)):
        quick = search(index, queries, THRESHOLD, days=days, threads=2)
        slow = index.search(
            list(queries), threshold=threshold_units(THRESHOLD), days=days, moment=None,
            exhaustive=True, reverse=False, cache=False, threads=2,
        )  # fmt: skip
        differing += _differing(quick, slow)
    return {"compared": 2 * len(queries), "differing": differing}


def _differing(quick: Sequence[object], slow: Sequence[object]) -> int:
    return sum(one != other for one, other in zip(quick, slow, strict=True))


def _days_asked(as_of: date | None) -> tuple[int, int]:
    return kernel_days(days_asked(as_of, datetime.now(UTC).date()))


if __name__ == "__main__":
    main()
