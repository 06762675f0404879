"""A register of customers: importing it, screening everybody, and a change of fifty entries.

`make bench-customers [ARGS="--customers 100000"]`
"""

import argparse
import csv
import gzip
import json
import random
import tempfile
from datetime import timedelta
from pathlib import Path

from processes import run
from stores import ARTICLE41, filled_store
from workloads import LISTS, OFAC_PUBLISHED, customers, ofac_files

REMOVED, RENAMED, ADDED = 15, 20, 15
"""Entries of the change, fifty in all."""
SHARE_BORN = 0.7
"""Of the persons, whose day of birth is known."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--customers", type=int, default=1_000_000)
    arguments = parser.parse_args()
    figures: dict[str, object] = {"lists": LISTS, "customers": arguments.customers}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table, later = folder / "customers.csv", folder / "sdn.csv"
        write_customers(table, arguments.customers)
        variables, _ = filled_store(folder / "store")
        change_list(ofac_files()[0], later)
        published = (OFAC_PUBLISHED + timedelta(days=1)).isoformat()
        steps: dict[str, list[str | Path]] = {
            "import": ["customers", "import", table],
            "import_again": ["customers", "import", table],
            "everybody": ["screen", "customers", "--json"],
            "update": ["lists", "add", later, *ofac_files()[1:], "--published", published],
            "since_version": ["screen", "customers", "--since", "ofac-sdn@1", "--json"],
            "since_last": ["screen", "customers", "--since", "last", "--json"],
            "everybody_again": ["screen", "customers", "--json"],
        }
        for step, command in steps.items():
            ran = run([ARTICLE41, *command], variables=variables)
            figures[step] = {
                "seconds": round(ran.seconds, 2),
                "cpu_s": round(ran.cpu_s, 2),
                "peak_mb": round(ran.peak_mb, 1),
                **(told(ran.output) if command[0] == "screen" else {}),
            }
        held = (folder / "store").glob("customers.*")
        figures["bytes"] = {path.name: path.stat().st_size for path in sorted(held)}
    print(json.dumps(figures))


def told(output: str) -> dict[str, int]:
    """The figures of a run that its object tells."""
    screened = json.loads(output)
    figures = screened["run"] or screened["report"]
    names = ("screened", "entries_changed", "new", "changed", "released", "alerts")
    return {name: figures[name] for name in names if name in figures}


def write_customers(path: Path, size: int, *, seed: int = 31) -> None:
    """Invented customers as a table."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(("id", "name", "schema", "birth_date", "country"))
        for number, party in enumerate(customers(size), start=1):
            is_born = party.schema.value == "Person" and chance.random() < SHARE_BORN
            day = f"{chance.randint(1940, 2005)}-{chance.randint(1, 12):02}-15" if is_born else ""
            writer.writerow((number, party.name, party.schema.value, day, ""))


def change_list(path: Path, later: Path, *, seed: int = 37) -> None:
    """An official list with fifty entries removed, renamed or added, two of each in its words."""
    chance = random.Random(seed)
    with gzip.open(path, "rt", encoding="latin-1", newline="") as lines:
        rows = [row for row in csv.reader(lines) if len(row) > 1]
    places = chance.sample(range(len(rows) - 1), REMOVED + RENAMED + ADDED)
    for place in places[:RENAMED]:
        words = rows[place][1].split()
        rows[place][1] = " ".join([*words[1:], "BIN", words[0]])
    number = max(int(row[0]) for row in rows)
    for place in places[RENAMED : RENAMED + ADDED]:
        number += 1
        rows.append([str(number), *rows[place][1:]])
    for place in sorted(places[RENAMED + ADDED :], reverse=True):
        del rows[place]
    with later.open("w", encoding="latin-1", newline="") as lines:
        csv.writer(lines).writerows(rows)


if __name__ == "__main__":
    main()
