"""What putting answers on record costs: one after another, from many threads, and large ones.

`make bench-recording`; the disk is that of the folder for temporary files.
"""

import json
import statistics
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from article41.casework.audit import Asked, Durability, Record, Software
from article41.casework.audit.verifying import verify_record
from article41.casework.certificates import certify

ASKED_AT = datetime(2024, 6, 1, 9, tzinfo=UTC)
SMALL, LARGE = 1_500, 30_000
"""Bytes of an answer: a name that nobody has, an act."""
THREADS = 8


def asked(size: int, number: int = 0) -> Asked:
    answer = {"matches": [], "score": 0.65, "text": "x" * size, "number": number}
    return Asked(
        kind="match",
        asked_at=ASKED_AT,
        by="key:bench",
        question=b'{"name":"Ada Example","threshold":0.65}',
        answer=json.dumps(answer).encode(),
        software=Software(code="0" * 64, version="0"),
        lists={"xa-main": "0" * 64},
    )


def sequential(record: Record, size: int, count: int) -> str:
    times = []
    for number in range(count):
        one = asked(size, number)
        began = time.perf_counter()
        record.write([one])
        times.append((time.perf_counter() - began) * 1e3)
    times.sort()
    return f"median {statistics.median(times):.2f} ms, p99 {times[int(count * 0.99)]:.2f} ms"


def together(record: Record, count: int) -> str:
    def ask() -> None:
        for number in range(count // THREADS):
            record.write([asked(SMALL, number)])

    threads = [threading.Thread(target=ask) for _ in range(THREADS)]
    began = time.perf_counter()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return f"{count / (time.perf_counter() - began):,.0f} answers/s"


def main() -> None:
    for durability in Durability:
        with tempfile.TemporaryDirectory() as folder:
            record = Record.open(Path(folder, "record"), durability=durability)
            print(f"{durability.value}: small  {sequential(record, SMALL, 500)}")
            print(f"{durability.value}: act    {sequential(record, LARGE, 200)}")
            print(f"{durability.value}: {THREADS} threads  {together(record, 4_000)}")
            began = time.perf_counter()
            record.write([asked(SMALL, number) for number in range(20_000)])
            print(f"{durability.value}: a batch  {20_000 / (time.perf_counter() - began):,.0f}/s")
            began = time.perf_counter()
            again = Record.open(Path(folder, "record"))
            opened = (time.perf_counter() - began) * 1e3
            began = time.perf_counter()
            certify(again, 7)
            certified = (time.perf_counter() - began) * 1e3
            began = time.perf_counter()
            size = verify_record(again.folder).entries
            rate = size / (time.perf_counter() - began)
            print(f"of {size:,}: open {opened:.1f} ms, certify {certified:.1f} ms, "
                  f"verify {rate:,.0f}/s")  # fmt: skip


if __name__ == "__main__":
    main()
