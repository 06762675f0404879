"""Runs a command as a process of its own and says how long it took and what it held."""

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

LOOK_EVERY_S = 0.02
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


class Ran(NamedTuple):
    """A finished process."""

    seconds: float
    """By the clock, from start to end."""
    cpu_s: float
    """Of all its threads."""
    peak_mb: float
    """The most memory it held, as last seen before it ended."""
    output: str
    """What it printed."""


def run(command: Sequence[str | Path], *, variables: Mapping[str, str] | None = None) -> Ran:
    """Run a command to its end.

    Raises:
        subprocess.CalledProcessError: It ended with an error.
    """
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, env=os.environ | dict(variables or {}))
        # The peak that `wait4` tells begins with the peak of the process that forked.
        peak_kb = 0
        while True:
            peak_kb = max(peak_kb, _peak_kb(process.pid))
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            time.sleep(LOOK_EVERY_S)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, list(map(str, command)))
        output.seek(0)
        printed = output.read().decode()
    return Ran(seconds, usage.ru_utime + usage.ru_stime, peak_kb / 1024, printed)


def _peak_kb(process: int) -> int:
    try:
        found = _PEAK.search(Path(f"/proc/{process}/status").read_text(encoding="ascii"))
    except OSError:
        return 0
    return int(found[1]) if found else 0
