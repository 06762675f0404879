"""Real firms, banks and ships, from the directories in the folder that `ARTICLE41_SHARED` names."""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from workloads import SHARED, there

from article41.model.identifiers import Imo

BIC_FILE = "reference/bic-directory-2018-01-27.csv.gz"
"""Banks of all countries, and the firms and funds that have a BIC of their own."""
SHIPS_FILE = "reference/imo-vessel-codes-2016-03-02.csv.gz"
BANK_WORDS = ("BANK", "BANQUE", "BANCO", "BANCA", "KASSE", "CREDIT", "KREDIT", "SAVINGS")


class Bank(NamedTuple):
    """A bank as the directory has it."""

    name: str
    bic: str


class Ship(NamedTuple):
    """A ship as the directory has it."""

    name: str
    imo: str
    flag: str


@cache
def banks() -> Mapping[str, Sequence[Bank]]:
    """By country the names with a word for a bank in them, each once."""
    found: dict[str, dict[str, Bank]] = defaultdict(dict)
    for row in _rows(BIC_FILE):
        if _is_bank(row["bank"]):
            found[row["country"]].setdefault(row["bank"], Bank(row["bank"], row["bic"]))
    return {country: tuple(named.values()) for country, named in found.items()}


@cache
def firms() -> Sequence[str]:
    """All other names, each once: of firms, funds, brokers and offices."""
    return tuple(dict.fromkeys(row["bank"] for row in _rows(BIC_FILE) if not _is_bank(row["bank"])))


@cache
def ships() -> Sequence[Ship]:
    """Ships with a name, a flag and a number whose check digit is right."""
    return tuple(
        Ship(row["name"], row["imo"], row["flag"])
        for row in _rows(SHIPS_FILE)
        if len(row["name"]) > 2 and len(row["flag"]) == 2 and _is_imo(row["imo"])
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with gzip.open(there(SHARED / name), "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _is_bank(name: str) -> bool:
    return any(word in name for word in BANK_WORDS)


def _is_imo(number: str) -> bool:
    try:
        Imo(number)
    except ValueError:
        return False
    return True
