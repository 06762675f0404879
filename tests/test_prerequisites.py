"""What a machine lacks before anything is built is said in one sentence that is true of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NO_TOOLCHAIN = "error: rustup could not choose a version of cargo to run"


def lacking(home: Path, cargo: str, **variables: str) -> tuple[int, str]:
    """What is said where `cargo` of another home runs so."""
    place = home / "theirs" / ".cargo" / "bin"
    place.mkdir(parents=True)
    program = place / "cargo"
    program.write_text(f"#!/bin/sh\n{cargo}\n", encoding="utf-8")
    program.chmod(0o755)
    path = f"{place}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "tools/prerequisites.sh", sys.executable],
        cwd=ROOT,
        env={"PATH": path, "HOME": str(home), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr.replace(str(home), "~")


def test_a_cargo_that_runs_is_enough(tmp_path: Path) -> None:
    assert lacking(tmp_path, "echo 'cargo 1.95.0 (f2d3ce0bd 2026-03-21)'") == (0, "")


def test_one_that_is_too_old_is_named(tmp_path: Path) -> None:
    code, said = lacking(tmp_path, "echo 'cargo 1.2.3 (f2d3ce0bd 2016-03-21)'")

    assert code == 1
    assert "or newer; this one is 1.2.3" in said


@pytest.mark.parametrize(
    ("has_toolchain", "variables", "remedy"),
    [
        (True, {}, "under HOME=~: set RUSTUP_HOME=~/theirs/.rustup, which has some."),
        (False, {}, "run `rustup default stable`, or set RUSTUP_HOME to where one is."),
        (True, {"RUSTUP_HOME": "theirs"}, "run `rustup default stable`, or set RUSTUP_HOME"),
    ],
)
def test_a_toolchain_of_another_home_is_no_missing_rust(
    tmp_path: Path, variables: dict[str, str], remedy: str, *, has_toolchain: bool
) -> None:
    toolchains = tmp_path / "theirs" / ".rustup" / "toolchains"
    if has_toolchain:
        toolchains.mkdir(parents=True)
    named = {name: str(toolchains.parent) for name in variables}

    code, said = lacking(tmp_path, f"echo '{NO_TOOLCHAIN}' >&2; exit 1", **named)

    assert code == 1
    assert said.startswith("article41: ~/theirs/.cargo/bin/cargo finds no toolchain")
    assert remedy in said
    assert "install Rust" not in said


def test_one_that_does_not_run_says_why(tmp_path: Path) -> None:
    code, said = lacking(tmp_path, "echo 'no such libc' >&2; exit 127")

    assert (code, said) == (1, "article41: ~/theirs/.cargo/bin/cargo does not run: no such libc\n")
