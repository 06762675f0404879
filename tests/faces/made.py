"""Stores made by the command line from small files in official format, and ways to call it."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from article41.faces.cli import main
from tests.sources.official.ofac.publications import primary, table

SDN = table(
    primary(7, "EXAMPLE, Ada", type_="individual", remarks="DOB 11 Sep 1965; nationality Xandu."),
    primary(8, "EXAMPLE, Beda", type_="individual"),
    primary(9, "SPECIMEN TRADING COMPANY"),
)
LATER_SDN = table(
    primary(7, "EXAMPLE, Ada", type_="individual", remarks="DOB 12 Sep 1965; nationality Xandu."),
    primary(9, "SPECIMEN TRADING COMPANY"),
    primary(10, "SAMPLE, Cora", type_="individual"),
)
UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2024-02-03T00:00:09.554Z">
<INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>ADA</FIRST_NAME>
<SECOND_NAME>EXAMPLE</SECOND_NAME><UN_LIST_TYPE>Examplia</UN_LIST_TYPE>
<REFERENCE_NUMBER>XAi.001</REFERENCE_NUMBER><LISTED_ON>2011-06-29</LISTED_ON>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Адка Пример</ALIAS_NAME></INDIVIDUAL_ALIAS>
</INDIVIDUAL></INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>
"""


def call(*arguments: object, code: int = 0) -> Result:
    """Run a command in this process and see that it ends as it should."""
    result = CliRunner().invoke(main, [str(one) for one in arguments], prog_name="article41")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result


def run(*arguments: object, **kwargs: Any) -> "subprocess.CompletedProcess[str]":  # as subprocess
    """Run a command as a user does, in a process of its own."""
    program = Path(sys.executable).with_name("article41")
    return subprocess.run(
        [program, *(one if isinstance(one, bytes) else str(one) for one in arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        **kwargs,
    )


def lines_of_json(text: str) -> list[Any]:  # whatever the JSON holds
    return [json.loads(line) for line in text.splitlines()]


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def rows_of(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one OFAC and one UN publication; tests only read it."""
    folder = tmp_path_factory.mktemp("filled")
    store = folder / "store"
    sdn, un = write(folder, "a.csv", SDN), write(folder, "b.xml", UN)
    call("lists", "add", sdn, "--published", "2024-01-02", "--store", store)
    call("lists", "add", un, "--store", store)
    return store
