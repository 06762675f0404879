"""Of which country a bank may be a branch, by the letters with which its BIC begins."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from article41.law.loading import read_shipped
from article41.model.measures import Certainty

_BANK_LETTERS = 4


class BankHome(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Banks of one country that have branches abroad under their own letters.

    Example:
        >>> [one.country for one in load_bank_homes() if "CITI" in one.codes]
        ['US']
    """

    country: str
    """Under whose law they exist."""
    codes: tuple[str, ...]
    """The first four letters of their BICs (ISO 9362, business party prefix)."""
    certainty: Certainty
    """How sure this is."""
    verified_on: date
    """When it was last compared with its source."""
    verified_by: str
    """With what."""


class _BankHomes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    home: tuple[BankHome, ...]


@lru_cache(maxsize=8)
def load_bank_homes(folder: Path | None = None) -> tuple[BankHome, ...]:
    """The banks, in the order of their file.

    Raises:
        CatalogueError: The file is missing or wrong.
    """
    return read_shipped("bank_homes.toml", _BankHomes, folder).home


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    return {code: one.country for one in load_bank_homes() for code in one.codes}


def home_of(bic: str) -> str:
    """The country whose bank a BIC of another country may be a branch of; empty if of none known.

    Example:
        >>> home_of("CITIGB2L"), home_of("CITIUS33"), home_of("EXAMXAXX")
        ('US', '', '')
    """
    letters = bic.upper()
    home = _countries().get(letters[:_BANK_LETTERS], "")
    return "" if home == letters[_BANK_LETTERS : _BANK_LETTERS + 2] else home
