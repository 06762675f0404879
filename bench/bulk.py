"""A bank's customers against the real lists, in batches, on one core and on two.

`make bench-bulk [ARGS="--customers 100000"]`
"""

import argparse
import json

from indexes import BATCH, asked, indexed, throughput
from workloads import LISTS, customers, listed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--threshold", type=float, default=0.8)
    arguments = parser.parse_args()
    queries = asked(list(customers(arguments.customers)))
    with indexed(listed()) as (_, figures):
        figures |= {
            "lists": LISTS,
            "customers": len(queries),
            "batch": BATCH,
            "threshold": arguments.threshold,
        }
    for threads in (1, 2):
        # A fresh index each time, so that nothing is known of the words at first.
        with indexed(listed()) as (index, _):
            figures[f"{threads} threads"] = throughput(
                index, queries, arguments.threshold, cache=True, threads=threads
            )
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
