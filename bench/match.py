"""One query against the real lists and against lists of 200,000 and 1,000,000 names.

`make bench-match [ARGS="--sizes 30k,200k --queries 200"]`; rivals are measured in the same run
where `make bench-env` was run.
"""

import argparse
import json
import random
import sys
from collections.abc import Sequence

import rivals
from accuracy import THRESHOLD
from indexes import Figures, asked, indexed, latency, throughput
from workloads import LISTS, Party, customers, exact, hard, listed, perturbed, recombined

SIZES = {"30k": 0, "200k": 200_000, "1M": 1_000_000}
"""Names in each list; 0 for the real lists as they are."""
TARGET_THRESHOLD = 0.8
BULK_CUSTOMERS = 10_000


def main() -> None:
    arguments = _arguments()
    thresholds = [float(text) for text in arguments.thresholds.split(",")]
    figures: Figures = {"lists": LISTS, "queries": arguments.queries}
    for size in arguments.sizes.split(","):
        parties = recombined(SIZES[size]) if SIZES[size] else list(listed())
        figures[size] = _size(parties, arguments.queries, thresholds, size)
    print(json.dumps(figures))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--sizes", default=",".join(SIZES), help="of 30k, 200k and 1M")
    parser.add_argument("--queries", type=int, default=1000, help="in each file of queries")
    parser.add_argument("--thresholds", default=f"{TARGET_THRESHOLD},{THRESHOLD}")
    return parser.parse_args()


def _size(
    parties: Sequence[Party], queries: int, thresholds: Sequence[float], size: str
) -> Figures:
    files = {
        "customers": list(customers(queries)),
        "perturbed": perturbed(parties, queries),
        "exact": exact(parties, queries // 2),
        "hard": hard(queries // 2),
    }
    with indexed(parties) as (index, figures):
        _say(f"{size}: {figures}")
        for threshold in thresholds:
            at: dict[str, Figures] = {}
            for name, file in files.items():
                at[name] = latency(index, asked(file), threshold)
                _say(f"{size} at {threshold}, {name}: {at[name]}")
            figures[str(threshold)] = at
        bulk = asked(list(customers(BULK_CUSTOMERS)))
        figures["bulk"] = {
            f"{threads} threads": throughput(
                index, bulk, TARGET_THRESHOLD, cache=False, threads=threads
            )
            for threads in (1, 2)
        }
        _say(f"{size} in bulk without a cache: {figures['bulk']}")
    if len(parties) < SIZES["200k"]:
        figures["rivals"] = rivals.measured(parties, files["perturbed"], random.Random(23))
        _say(f"{size}, rivals: {figures['rivals']}")
    return figures


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
