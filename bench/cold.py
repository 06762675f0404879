"""`article41 match NAME` in a new process, from start to answer.

`make bench-cold [ARGS="--runs 50"]`; the files are in the page cache, as on a machine in use.
"""

import argparse
import json
import tempfile
from pathlib import Path

from processes import run
from stores import ARTICLE41, filled_store
from workloads import LISTS, listed, perturbed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--runs", type=int, default=20)
    arguments = parser.parse_args()
    names = [party.name for party in perturbed(listed(), arguments.runs)]
    with tempfile.TemporaryDirectory() as folder:
        variables, _ = filled_store(Path(folder) / "store")
        runs = [run([ARTICLE41, "match", name, "--json"], variables=variables) for name in names]
    seconds = sorted(ran.seconds for ran in runs)
    figures = {
        "lists": LISTS,
        "runs": len(runs),
        "median_ms": round(seconds[len(seconds) // 2] * 1000),
        "least_ms": round(seconds[0] * 1000),
        "most_ms": round(seconds[-1] * 1000),
        "cpu_median_ms": round(sorted(ran.cpu_s for ran in runs)[len(runs) // 2] * 1000),
        "peak_mb": round(max(ran.peak_mb for ran in runs), 1),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
