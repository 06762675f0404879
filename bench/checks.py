"""Acts against every official list and the whole catalogue: acts a second on one core.

`make bench-checks [ARGS="--acts 500"]`; the store of all lists is built once, which takes minutes,
and kept under `build/`.
"""

import argparse
import json
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import islice, product
from pathlib import Path

from acts import MIXES, WORKLOADS
from publications import KEPT, kept_store, say

from article41.checks import Screener
from article41.checks.acts import ACTS_AT_ONCE, Checker
from article41.faces.cli.pausing import without_collector
from article41.law.gaps import Law
from article41.model.acts import Act
from article41.model.verdicts import Verdict

Figures = dict[str, object]

DAYS = {"2012": date(2012, 7, 6), "newest": date(2026, 11, 30)}
"""A day on which the measures on Syria are in force and most lists are not known yet, and a day
after the newest lists."""
WARMING = 200
"""Acts of each kind that are checked before time is taken; none of them comes again."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--acts", type=int, default=2_000, help="of each kind in each pass")
    parser.add_argument("--passes", type=int, default=3, help="the quickest counts")
    parser.add_argument("--kinds", default=",".join(WORKLOADS))
    parser.add_argument("--days", default=",".join(DAYS))
    parser.add_argument("--mixes", default=",".join(MIXES), help="`bench/acts.py` says what of")
    parser.add_argument("--store", type=Path, default=KEPT, help="folder in which it is kept")
    parser.add_argument("--json", action="store_true", help="no words, only the line of JSON")
    arguments = parser.parse_args()
    screener = Screener(kept_store(arguments.store))
    law = Law.shipped()
    checker = Checker(screener, law)
    keys = screener.index.keys()
    figures: Figures = {
        "lists": len(screener.index.about.lists),
        "listings": len(keys),
        "measures": len(law.catalogue.measures),
        "catalogue_sha256": law.catalogue.sha256,
        "acts": arguments.acts,
        "batch": ACTS_AT_ONCE,
    }
    if not arguments.json:
        say(str(figures))
    asked = product(
        *(given.split(",") for given in (arguments.mixes, arguments.kinds, arguments.days))
    )
    for mix, kind, day in asked:
        make = partial(WORKLOADS[kind], keys=keys, on=DAYS[day], mix=MIXES[mix])
        for way, found in _both_ways(checker, make, DAYS[day], arguments).items():
            figures[f"{mix}, {kind}, {day}, {way}"] = found
            if not arguments.json:
                say(f"{mix}: {kind} on {DAYS[day]}, {way}: {found}")
    print(json.dumps(figures))


def _both_ways(
    checker: Checker, make: Callable[..., Iterator[Act]], on: date, arguments: argparse.Namespace
) -> dict[str, Figures]:
    """Acts asked about in batches and singly; each pass has acts of its own."""
    for _ in checker.check_many(make(WARMING, seed=1), asked_on=on):
        pass
    batches, singly = [], []
    outcomes: Counter[str] = Counter()
    for seed in range(2, 2 + arguments.passes):
        acts = list(make(arguments.acts, seed=seed))
        batches.append(_seconds(checker.check_many(acts, asked_on=on), outcomes))
        singly.append(_seconds((checker.check(act, asked_on=on) for act in acts), Counter()))
    return {
        "batches": _figures(min(batches, key=sum)),
        "singly": _figures(min(singly, key=sum)),
        "outcomes": dict(outcomes.most_common()),
    }


def _seconds(verdicts: Iterable[Verdict], outcomes: Counter[str]) -> list[float]:
    """CPU seconds that each verdict took; in a batch the first one bears the screening of all.

    The search for cycles is held for a batch at a time, as the command line holds it.
    """
    taken: list[float] = []
    coming, before = iter(verdicts), -1
    while len(taken) > before:
        before = len(taken)
        with without_collector():
            began = time.process_time()
            for verdict in islice(coming, ACTS_AT_ONCE):
                now = time.process_time()
                taken.append(now - began)
                outcomes[verdict.outcome.value] += 1
                began = time.process_time()
    return taken


def _figures(taken: Sequence[float]) -> Figures:
    return {
        "per_s": round(len(taken) / sum(taken)),
        "median_us": round(statistics.median(taken) * 1e6),
        "p99_us": round(statistics.quantiles(taken, n=100)[-1] * 1e6),
    }


if __name__ == "__main__":
    main()
