"""`article41 screen` of a million rows against the real lists: time and memory of the process.

`make bench-screen [ARGS="--rows 100000"]`
"""

import argparse
import csv
import json
import tempfile
from pathlib import Path

from processes import run
from stores import ARTICLE41, filled_store
from workloads import LISTS, customers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--rows", type=int, default=1_000_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asked, answered = Path(folder) / "customers.csv", Path(folder) / "answers.csv"
        _write(asked, arguments.rows)
        variables, filling = filled_store(Path(folder) / "store")
        ran = run([ARTICLE41, "screen", asked, "-o", answered], variables=variables)
        with answered.open(encoding="utf-8", newline="") as lines:
            rows_out = sum(1 for _ in csv.reader(lines)) - 1
    figures = {
        "lists": LISTS,
        "rows": arguments.rows,
        "seconds": round(ran.seconds, 2),
        "cpu_s": round(ran.cpu_s, 2),
        "rows_per_s": round(arguments.rows / ran.seconds),
        "peak_mb": round(ran.peak_mb, 1),
        "rows_out": rows_out,
        "filling_the_store": filling,
    }
    print(json.dumps(figures))


def _write(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(("id", "name", "schema", "birth_date", "country"))
        for number, party in enumerate(customers(rows), start=1):
            writer.writerow((number, party.name, party.schema.value, "", ""))


if __name__ == "__main__":
    main()
