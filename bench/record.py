"""Runs every benchmark and writes the dated record: figures as JSON, and a page for people.

`make bench-record ARGS="--day 2026-11-25"` on a quiet machine; it takes about a quarter of an hour.
"""

import argparse
import hashlib
import importlib.metadata
import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from processes import run
from workloads import INVENTED_FILE, LISTS, SHARED, ofac_files, un_file

from article41.match import kernel

HERE = Path(__file__).parent
CASES, PAIRS = "matching/cases.csv", "matching/opensanctions_pairs.jsonl"
BENCHMARKS: Mapping[str, list[str]] = {
    "accuracy": [
        "--leave-out", "--cases", str(SHARED / CASES), "--pairs", str(SHARED / PAIRS),
    ],
    "match": [],
    "bulk": [],
    "monitor": [],
    "screen": [],
    "cold": [],
    "read": [],
    "checks": ["--json"],
}  # fmt: skip
FILES = ("customers", "perturbed", "exact", "hard")
LATENCY = ("median_us", "p99_us", "opened", "candidates", "bounded", "aligned")

# The figures come as lines of JSON, which are of any kind.
Figures = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--day", required=True, help="the day of the record, as 2026-11-25")
    parser.add_argument("--folder", type=Path, default=HERE / "record")
    parser.add_argument("--only", default=",".join(BENCHMARKS), help="some benchmarks, for a trial")
    arguments = parser.parse_args()
    record: Figures = {
        "day": arguments.day,
        "machine": _machine(),
        "versions": _versions(),
        "data": _data(),
    }
    for name in arguments.only.split(","):
        print(f"bench-{name} ...", file=sys.stderr, flush=True)
        output = run([sys.executable, HERE / f"{name}.py", *BENCHMARKS[name]]).output
        record[name] = json.loads(output.splitlines()[-1])
    arguments.folder.mkdir(parents=True, exist_ok=True)
    path = arguments.folder / f"{arguments.day}.json"
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    path.with_suffix(".md").write_text("\n".join(_page(record)) + "\n", encoding="utf-8")
    print(json.dumps({"record": path.name, "benchmarks": arguments.only.split(",")}))


def _machine() -> Figures:
    processor = re.search(r"model name\s*:\s*(.+)", _text("/proc/cpuinfo"))
    memory = re.search(r"MemTotal:\s*(\d+) kB", _text("/proc/meminfo"))
    return {
        "processor": processor[1] if processor else platform.processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(int(memory[1]) / 2**20, 1) if memory else None,
        "system": platform.platform(),
    }


def _text(path: str) -> str:
    file = Path(path)
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _versions() -> Figures:
    found: Figures = {"python": platform.python_version(), "kernel": kernel.__version__}
    for package in ("article41", "rapidfuzz", "nomenklatura", "rigour"):
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[package] = None
    found["tables_sha256"] = kernel.TABLES_SHA256
    found["commit"] = _git("rev-parse", "HEAD")
    found["has_changes"] = bool(_git("status", "--porcelain", "--", "src", "kernel", "bench"))
    return found


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(HERE), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _data() -> Figures:
    files = [*ofac_files(), un_file(), *(SHARED / name for name in (INVENTED_FILE, CASES, PAIRS))]
    hashes = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    return {"lists": LISTS, "sha256": hashes}


def _page(record: Figures) -> Iterator[str]:
    machine, versions = record["machine"], record["versions"]
    yield f"# Record of {record['day']}"
    yield ""
    yield (
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB,"
        f" {machine['system']}."
    )
    changes = " with changes" if versions["has_changes"] else ""
    yield f"Commit {versions['commit'][:12]}{changes}, Python {versions['python']}."
    yield f"Lists: {record['data']['lists']}. Every figure stands in the JSON file beside this one."
    yield "What each one means: [benchmarks](../../docs/benchmarks.md)."
    if "match" in record:
        yield from _match_page(record["match"])
    for name in ("bulk", "monitor", "screen", "cold", "read", "checks"):
        if name in record:
            yield from ["", f"## bench-{name}", "", *_rows(record[name])]
    if "accuracy" in record:
        yield from _accuracy_page(record["accuracy"])


def _match_page(figures: Figures) -> Iterator[str]:
    yield from ["", "## bench-match", ""]
    yield "| list | names | words | build s | bytes per name |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    sizes = {key: value for key, value in figures.items() if isinstance(value, dict)}
    for size, of_size in sizes.items():
        yield (
            f"| {size} | {of_size['names']:,} | {of_size['words']:,} | {of_size['build_s']}"
            f" | {of_size['bytes_per_name']} |"
        )
    yield ""
    headings = " | ".join(name.replace("_", " ") for name in LATENCY)
    yield f"| list | threshold | queries | {headings} |"
    yield f"| --- | ---: | --- |{' ---: |' * len(LATENCY)}"
    for size, of_size in sizes.items():
        for threshold, files in of_size.items():
            if isinstance(files, dict) and FILES[0] in files:
                for file in FILES:
                    cells = " | ".join(f"{files[file][name]:,}" for name in LATENCY)
                    yield f"| {size} | {threshold} | {file} | {cells} |"
    for size, of_size in sizes.items():
        for part in ("bulk", "rivals"):
            for name, of_part in of_size.get(part, {}).items():
                yield from ["", f"{size}, {part}, {name}: {_line(of_part)}."]


def _accuracy_page(figures: Figures) -> Iterator[str]:
    yield from ["", "## accuracy", ""]
    yield from _rows({key: one for key, one in figures.items() if not isinstance(one, dict)})
    for side in ("recall_by_category", "passed_by_category"):
        yield from ["", f"{side.replace('_', ' ').capitalize()}: {_line(figures[side])}."]


def _rows(figures: Figures) -> Iterator[str]:
    yield "| | |"
    yield "| --- | --- |"
    for name, figure in figures.items():
        shown = _line(figure) if isinstance(figure, dict) else _shown(figure)
        yield f"| {name.replace('_', ' ')} | {shown} |"


def _line(figures: Figures) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {_shown(one)}" for name, one in figures.items())


def _shown(figure: object) -> str:
    return f"{figure:,}" if isinstance(figure, int | float) else str(figure)


if __name__ == "__main__":
    main()
