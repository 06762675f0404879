"""New listed names against an index of a bank's customers: what a change of a list costs.

`make bench-monitor [ARGS="--customers 100000"]`
"""

import argparse
import json
import random

from indexes import asked, indexed, latency, throughput
from workloads import LISTS, customers, listed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--names", type=int, default=150)
    parser.add_argument("--threshold", type=float, default=0.8)
    arguments = parser.parse_args()
    delta = asked(random.Random(29).sample(listed(), arguments.names))
    with indexed(list(customers(arguments.customers))) as (index, figures):
        figures |= {
            "lists": LISTS,
            "threshold": arguments.threshold,
            "delta": {
                f"{threads} threads": throughput(
                    index, delta, arguments.threshold, cache=False, threads=threads, reverse=True
                )
                for threads in (1, 2)
            },
            "each_name": latency(index, delta, arguments.threshold, passes=2, reverse=True),
        }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
