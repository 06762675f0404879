"""`/match` and `/check` beside a bare route of the same stack, asked by the same client.

`make bench-serve [ARGS="--requests 500"]`; a store with the lists of OFAC, the UN, the EU (journal)
and the United Kingdom is built first. Client and servers share the machine: compare, and no more.
"""

import argparse
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
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
    """Where what is asked."""

    address: str
    path: str
    key: str
    bodies: Sequence[bytes]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--requests", type=int, default=1_000, help="of each kind")
    parser.add_argument("--workers", type=int, default=1, help="of the server")
    arguments = parser.parse_args()
    names = [party.name for party in customers(arguments.requests // 2)]
    names += [party.name for party in perturbed(list(listed()), arguments.requests // 2)]
    matches = [json.dumps({"parties": [{"name": name}]}).encode() for name in names]
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder)
        _fill(store)
        key = Keys(store).create("Bench", [Scope.ADMIN], now=datetime.now(UTC), expires_at=None)[1]
        with serving(store, arguments.workers) as (address, process), _bare() as bare:
            figures: dict[str, Figures] = {
                "bare": _measured(Asked(bare, "/match", "", matches)),
                "match": _measured(Asked(address, "/match", key, matches)),
                "check": _measured(Asked(address, "/check", key, _acts(names))),
                "bare again": _measured(Asked(bare, "/match", "", matches)),
            }
            figures["server"] = {"memory_mb": memory_mb(process)}
        figures["record"] = {"entries": Record.open(store / RECORD_FOLDER).size}
    for name, one in figures.items():
        say(f"{name}: {one}")
    print(json.dumps(figures))


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
    newest = sorted(shared.glob("uk/*.csv.gz"))[-1]
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
def _bare() -> Iterator[str]:
    command = [*BARE, str(BARE_PORT)]
    with subprocess.Popen(command, cwd=Path(__file__).parent) as process:
        try:
            yield f"http://127.0.0.1:{BARE_PORT}"
        finally:
            process.terminate()


def _measured(asked: Asked) -> Figures:
    """Milliseconds of requests one after another, and requests a second over some connections."""
    _each(asked, asked.bodies[:50])
    took = sorted(_each(asked, asked.bodies))
    began = time.perf_counter()
    threads = [
        threading.Thread(target=_each, args=(asked, asked.bodies[number::CONNECTIONS]))
        for number in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    return {
        "median_ms": round(statistics.median(took) * 1000, 2),
        "p99_ms": round(took[int(len(took) * 0.99)] * 1000, 2),
        "per_second": round(len(took) / sum(took)),
        f"per_second_at_{CONNECTIONS}": round(len(asked.bodies) / seconds),
    }


def _each(asked: Asked, bodies: Sequence[bytes]) -> list[float]:
    connection = connected(asked.address)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {asked.key}"}
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
    """What a process has used of the processor, in seconds."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(process: int) -> float:
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text("ascii"))
    assert found is not None
    return round(int(found[1]) / 1024, 1)


if __name__ == "__main__":
    main()
