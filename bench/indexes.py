"""An index of a workload, and how long the kernel takes to build and to ask it."""

import gc
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from workloads import Party

from article41.match import kernel
from article41.match.index import threshold_units
from article41.match.party import group_of

PASSES = 5
"""Times that each query is asked; the quickest counts."""
BATCH = 20_000
COUNTERS = ("probes", "opened", "candidates", "bounded", "aligned")
EVER = (-(2**31), 2**31 - 1)
ALWAYS = EVER, (-(2**63), 2**63 - 1)

KernelQuery = tuple[str, int | None, list[tuple[int, int]]]
Figures = dict[str, object]


def asked(parties: Sequence[Party]) -> list[KernelQuery]:
    """Queries as the kernel takes them."""
    return [(party.name, group_of(party.schema), []) for party in parties]


@contextmanager
def indexed(parties: Sequence[Party]) -> Iterator[tuple[kernel.Index, Figures]]:
    """An index of one record a name, with nothing beside the name, and what building it took."""
    named = [([party.name], group_of(party.schema)) for party in parties]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.index"
        began, cpu = time.perf_counter(), time.process_time()
        builder = kernel.Builder()
        for names, group in named:
            builder.add(b"", group, *ALWAYS, [], names)
        counts = builder.finish(path, b"{}")
        figures: Figures = {
            "names": len(parties),
            "rows": counts[4],
            "words": counts[5],
            "build_s": round(time.perf_counter() - began, 3),
            "build_cpu_s": round(time.process_time() - cpu, 3),
            "bytes_per_name": round(counts[6] / len(parties), 1),
        }
        yield kernel.Index.open(path), figures


def search(
    index: kernel.Index,
    queries: Sequence[KernelQuery],
    threshold: float,
    *,
    days: tuple[int, int] = EVER,
    cache: bool = False,
    reverse: bool = False,
    threads: int = 1,
) -> list[tuple[list[tuple[int, int, int, int, int]], bool, bool]]:
    """What the kernel answers today."""
    return index.search(
        list(queries),
        threshold=threshold_units(threshold),
        days=days,
        moment=None,
        exhaustive=False,
        reverse=reverse,
        cache=cache,
        threads=threads,
    )


def latency(
    index: kernel.Index,
    queries: Sequence[KernelQuery],
    threshold: float,
    *,
    passes: int = PASSES,
    days: tuple[int, int] = EVER,
    reverse: bool = False,
) -> Figures:
    """CPU time of a call with one query, the least of the passes; counters and finds on average.

    The call begins with the text as given and ends with the answer in Python.
    """
    units = threshold_units(threshold)
    best = [2**62] * len(queries)
    before = index.counters()
    found = 0
    for number in range(passes):
        for at, query in enumerate(queries):
            began = time.thread_time_ns()
            answers = index.search(
                [query],
                threshold=units,
                days=days,
                moment=None,
                exhaustive=False,
                reverse=reverse,
                cache=False,
                threads=1,
            )
            best[at] = min(best[at], time.thread_time_ns() - began)
            if number == 0:
                found += len(answers[0][0])
    work = [
        (b - a) / (passes * len(queries)) for a, b in zip(before, index.counters(), strict=True)
    ]
    return {
        **quantiles(best),
        "found": round(found / len(queries), 3),
        **{name: round(count, 2) for name, count in zip(COUNTERS, work, strict=True)},
    }


def quantiles(times_ns: Sequence[int]) -> Figures:
    """Median, mean, p99 and maximum in microseconds."""
    ordered = sorted(times_ns)
    last = len(ordered) - 1
    return {
        "median_us": round(ordered[last // 2] / 1000, 1),
        "mean_us": round(sum(ordered) / len(ordered) / 1000, 1),
        "p99_us": round(ordered[int(last * 0.99)] / 1000, 1),
        "max_us": round(ordered[last] / 1000, 1),
    }


def throughput(
    index: kernel.Index,
    queries: Sequence[KernelQuery],
    threshold: float,
    *,
    cache: bool,
    threads: int,
    reverse: bool = False,
) -> Figures:
    """Queries a second by the clock in batches, and a second of CPU time."""
    found = 0
    # The collector would walk all queries again and again; a caller holds one batch at a time.
    gc.freeze()
    began, cpu = time.perf_counter(), time.process_time()
    for start in range(0, len(queries), BATCH):
        answers = search(
            index,
            queries[start : start + BATCH],
            threshold,
            cache=cache,
            reverse=reverse,
            threads=threads,
        )
        found += sum(map(len, (answer[0] for answer in answers)))
    seconds, cpu_s = time.perf_counter() - began, time.process_time() - cpu
    gc.unfreeze()
    return {
        "seconds": round(seconds, 3),
        "per_s": round(len(queries) / seconds),
        "per_cpu_s": round(len(queries) / cpu_s),
        "found": found,
    }
