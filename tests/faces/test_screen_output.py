"""The output of `screen`: whole or not there, and nothing but files is replaced."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from article41.checks import INDEX_FILE
from article41.faces.cli.replacing import replacing
from tests.faces.made import UN, call, rows_of, write


def test_a_link_stays_and_the_file_that_it_means_is_written(filled: Path, tmp_path: Path) -> None:
    source = write(tmp_path, "in.csv", "name\nAda Example\n")
    (tmp_path / "folder").mkdir()
    target, link = write(tmp_path / "folder", "out.csv", "before"), tmp_path / "link.csv"
    for is_there in (True, False):
        link.unlink(missing_ok=True)
        link.symlink_to(target)
        if not is_there:
            target.unlink()

        call("screen", source, "-o", link, "--store", filled)

        assert link.is_symlink()
        assert rows_of(target)[0]["name"] == "Ada Example"
        assert list(target.parent.iterdir()) == [target]


def screened(filled: Path, source: Path, output: Path) -> None:
    call("screen", source, "-o", output, "--store", filled)


def test_processes_of_one_number_stop_each_other_neither_at_once_nor_by_what_they_leave(
    tmp_path: Path,
) -> None:
    output = tmp_path / "out.csv"

    with replacing(output) as one, replacing(output) as other:
        one.write("one")
        other.write("other")

    assert output.read_text() == "one"
    assert [file.name for file in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o444])
def test_the_output_may_be_read_by_whom_the_one_before_let_read(
    mode: int, filled: Path, tmp_path: Path
) -> None:
    source, output = write(tmp_path, "customers.csv", "name\nAda Example\n"), tmp_path / "out.csv"
    output.write_text("before")
    output.chmod(mode)

    screened(filled, source, output)

    assert output.stat().st_mode & 0o777 == mode
    assert rows_of(output)[0]["name"] == "Ada Example"


def test_a_new_output_may_be_read_by_whom_the_umask_lets_read(filled: Path, tmp_path: Path) -> None:
    source, output = write(tmp_path, "customers.csv", "name\nAda Example\n"), tmp_path / "out.csv"
    before = os.umask(0o027)
    try:
        screened(filled, source, output)
    finally:
        os.umask(before)

    assert output.stat().st_mode & 0o777 == 0o640


def test_a_pipe_stays_and_the_rows_go_through_it(filled: Path, tmp_path: Path) -> None:
    source, pipe = write(tmp_path, "in.csv", "name\nAda Example\n"), tmp_path / "pipe"
    call("screen", source, "-o", tmp_path / "out.csv", "--store", filled)
    os.mkfifo(pipe)

    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        call("screen", source, "-o", pipe, "--store", filled)
        read, _ = reader.communicate()

    assert read == (tmp_path / "out.csv").read_bytes()
    assert pipe.is_fifo()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv", "pipe"]


def test_rows_that_go_to_stdout_stay_apart_from_the_summary(filled: Path, tmp_path: Path) -> None:
    source, pipe = write(tmp_path, "in.csv", "name\nAda Example\n"), tmp_path / "pipe"
    program = Path(sys.executable).with_name("article41")
    os.mkfifo(pipe)

    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE, text=True) as reader:
        with pipe.open("w") as stdout:
            command = list(map(str, [program, "screen", source, "-o", pipe, "--store", filled]))
            told = subprocess.run(
                command, stdout=stdout, stderr=subprocess.PIPE, text=True, check=True, timeout=60
            )
        read, _ = reader.communicate()

    assert {line.split(",")[0] for line in read.splitlines()} == {"row_type", "input", "match"}
    assert "rows a second" in told.stderr


def test_a_damaged_index_is_built_anew_before_the_first_row(tmp_path: Path) -> None:
    store, source = tmp_path / "store", write(tmp_path, "in.csv", "name\nAda Example\n")
    call("lists", "add", write(tmp_path, "un.xml", UN), "--store", store)
    call("screen", source, "-o", tmp_path / "whole.csv", "--store", store)
    index = store / INDEX_FILE
    whole = index.read_bytes()
    at = whole.index(b"EXAMPLE")
    index.unlink()
    index.write_bytes(whole[:at] + b"J" + whole[at + 1 :])

    told = call("screen", source, "-o", tmp_path / "out.csv", "--store", store)

    assert "damaged" in told.stderr
    assert "; building it" in told.stderr
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()


@pytest.fixture
def interruptible() -> Iterator[None]:
    """What is started hears an interruption: a suite that runs in the background does not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.slow
@pytest.mark.usefixtures("interruptible")
def test_an_interrupted_run_leaves_nothing_behind(filled: Path, tmp_path: Path) -> None:
    source = write(tmp_path, "in.csv", "name\n" + "Ada Example\n" * 300_000)
    program = Path(sys.executable).with_name("article41")
    command = [program, "screen", source, "-o", tmp_path / "out.csv", "--store", filled]
    arguments = list(map(str, command))
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and not list(tmp_path.glob(".out.csv.*")):
            pass
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()

    assert (process.returncode, errors) == (130, "interrupted\n")
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]
