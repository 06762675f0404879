"""`/match` and `/check` beside two bare routes of the same stack, asked by the same client.

`make bench-serve [ARGS="--requests 500"]`; a store with the lists of OFAC, the UN, the EU (journal)
and the United Kingdom is built first. Client and servers share the machine: compare, and no more.
All are asked in turns, with names that were not asked before, and of each figure the best turn
counts; CPU time is that of the server for a request.
"""

import argparse
import http.client
import json
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from publications import add_all, say, two_lists
from workloads import customers, listed, perturbed, un_file

from article41.casework.audit import RECORD_FOLDER, Record
from article41.checks import refresh_index
from article41.faces.api.access import Keys, Scope
from article41.store import Store

CONNECTIONS = 8
ROUNDS = 5
RIVALS = {
    "measured": "2026-11-23, one shared core each; OFAC SDN, 14,965 entities",
    "yente 5.5.0 with OpenSearch": {"median_ms": 42, "p99_ms": 202, "per_second": 21.7},
    "Watchman": {
        "median_ms": 1.06, "p99_ms": 85, "p99_ms_at_8": 308, "per_second": 187,
    },
}  # fmt: skip
"""What others' servers were measured to do, on another day and with other lists."""
COMMAND = [sys.executable, "-c", "from article41.faces.cli import main; main()", "serve"]
BARE = [
    sys.executable, "-m", "uvicorn", "bare_route:application", "--factory", "--no-access-log",
    "--log-level", "warning", "--no-server-header", "--no-proxy-headers", "--port",
]  # fmt: skip
BARE_PORT = 8_042
PAYMENT = {
    "act": "payment",
    "on": "2026-03-01",
    "asker": "payer-bank",
    "parties": {
        "payer": {"country": "DE"},
        "payer-bank": {"name": "Example Bank", "country": "DE"},
        "payee": {"country": "FR"},
    },
}
Figures = dict[str, float]


class Asked(NamedTuple):
    """Where what is asked, and by which process it is answered."""

    address: str
    path: str
    key: str
    process: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--requests", type=int, default=500, help="of each kind, in each turn")
    parser.add_argument("--workers", type=int, default=1, help="of the server")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder)
        _fill(store)
        key = Keys(store).create("Bench", [Scope.ADMIN], now=datetime.now(UTC), expires_at=None)[1]
        figures: dict[str, object] = {"rivals": RIVALS}
        with serving(store, arguments.workers) as (address, process), _bare() as bare:
            asked = {
                "bare": Asked(bare[0], "/match", "", bare[1]),
                "bare, declared": Asked(bare[0], "/declared", "", bare[1]),
                "match": Asked(address, "/match", key, process),
                "check": Asked(address, "/check", key, process),
            }
            turns: dict[str, list[Figures]] = {name: [] for name in asked}
            for names in _names(arguments.requests):
                bodies = {"check": _acts(names)}
                matches = [json.dumps({"parties": [{"name": name}]}).encode() for name in names]
                for name, one in asked.items():
                    turns[name].append(_measured(one, bodies.get(name, matches)))
            for name, measured in turns.items():
                figures[name] = {
                    which: (max if which.startswith("per_second") else min)(
                        one[which] for one in measured
                    )
                    for which in measured[0]
                }
            figures["server"] = {"memory_mb": memory_mb(process)}
        figures["record"] = {"entries": Record.open(store / RECORD_FOLDER).size}
    for title, each in figures.items():
        say(f"{title}: {each}")
    print(json.dumps(figures))


def _names(requests: int) -> Iterator[list[str]]:
    """For each turn as many customers as names of the lists with errors."""
    half = requests // 2
    people = [party.name for party in customers(ROUNDS * half)]
    errors = [party.name for party in perturbed(list(listed()), ROUNDS * half)]
    for turn in range(ROUNDS):
        part = slice(turn * half, (turn + 1) * half)
        yield people[part] + errors[part]


def _acts(names: Sequence[str]) -> list[bytes]:
    acts = []
    for payer, payee in zip(names, reversed(names), strict=True):
        parties = {key: dict(party) for key, party in PAYMENT["parties"].items()}  # type: ignore[attr-defined]
        parties["payer"]["name"], parties["payee"]["name"] = payer, payee
        acts.append(json.dumps({**PAYMENT, "parties": parties}).encode())
    return acts


def _fill(folder: Path) -> None:
    shared = un_file().parents[1]
    publications = list(two_lists())
    publications.append((sorted(shared.glob("eu/journal-2026-08/*.csv*")), date(2026, 8, 21)))
    newest = sorted(shared.glob("uk/uk-conlist-*"))[-1]
    found = re.search(r"\d{4}-\d{2}-\d{2}", newest.name)
    publications.append(([newest], date.fromisoformat(found[0]) if found else None))
    with Store(folder) as store:
        refused = add_all(store, publications)
        refresh_index(store)
        held = sorted({version.list_id for version in store.versions()})
    say(f"lists: {', '.join(held)}; {refused} refused")


@contextmanager
def serving(store: Path, workers: int) -> Iterator[tuple[str, int]]:
    command = [*COMMAND, "--port", "0", "--workers", str(workers), "--store", str(store)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            lines = (re.search(r"http://\S+\d", line) for line in process.stderr)
            found = next(filter(None, lines), None)
            assert found is not None
            yield found[0], process.pid
        finally:
            process.terminate()


@contextmanager
def _bare() -> Iterator[tuple[str, int]]:
    command = [*BARE, str(BARE_PORT)]
    with subprocess.Popen(command, cwd=Path(__file__).parent) as process:
        try:
            yield f"http://127.0.0.1:{BARE_PORT}", process.pid
        finally:
            process.terminate()


def _measured(asked: Asked, bodies: Sequence[bytes]) -> Figures:
    """Milliseconds of requests one after another, and requests a second over some connections."""
    half = len(bodies) // 2
    alone, together = bodies[::2], bodies[1::2]
    each(asked, alone[:10])
    before = cpu_seconds(asked.process)
    took = sorted(each(asked, alone))
    between = cpu_seconds(asked.process)
    threads = [
        threading.Thread(target=each, args=(asked, together[number::CONNECTIONS]))
        for number in range(CONNECTIONS)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    return {
        "median_ms": round(statistics.median(took) * 1000, 2),
        "p99_ms": round(took[int(len(took) * 0.99)] * 1000, 2),
        "cpu_ms": round((between - before) / half * 1000, 2),
        "per_second": round(len(took) / sum(took)),
        f"per_second_at_{CONNECTIONS}": round(len(together) / seconds),
        f"cpu_ms_at_{CONNECTIONS}": round((cpu_seconds(asked.process) - between) / half * 1000, 2),
    }


def each(asked: Asked, bodies: Iterable[bytes], *, kind: str = "application/json") -> list[float]:
    """Seconds that each body took, one after another."""
    connection = connected(asked.address)
    headers = {"Content-Type": kind, "Authorization": f"Bearer {asked.key}"}
    took = []
    for body in bodies:
        began = time.perf_counter()
        connection.request("POST", asked.path, body, headers)
        response = connection.getresponse()
        answer = response.read()
        took.append(time.perf_counter() - began)
        if response.status != 200:
            raise AssertionError(answer)
    connection.close()
    return took


def connected(address: str) -> http.client.HTTPConnection:
    place = urlsplit(address)
    assert place.hostname is not None
    until = time.monotonic() + 30
    while True:
        connection = http.client.HTTPConnection(place.hostname, place.port, timeout=60)
        try:
            connection.connect()
        except ConnectionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return connection


def cpu_seconds(process: int) -> float:
    """What all threads of a process have used of the processor, in seconds."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return sum(int((one / "schedstat").read_text("ascii").split()[0]) for one in threads) / 1e9


def memory_mb(process: int) -> float:
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text("ascii"))
    assert found is not None
    return round(int(found[1]) / 1024, 1)


if __name__ == "__main__":
    main()
