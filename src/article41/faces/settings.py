"""What a face takes from the machine: the present moment, the environment, the store's folder.

Everything below the faces gets these as arguments.
"""

import enum
import os
from datetime import UTC, date, datetime
from pathlib import Path

from article41.model.errors import InputError

STORE_VARIABLE = "ARTICLE41_STORE"
"""Names the store's folder where `--store` does not."""

CACHE_VARIABLE = "ARTICLE41_CACHE"
"""Names the folder of what can be made anew; nothing is kept if it is empty."""

FEEDS_VARIABLE = "ARTICLE41_FEEDS"
"""Names the file that changes the feeds where it is not `feeds.toml` in the store's folder."""

RECORD_VARIABLE = "ARTICLE41_RECORD"
"""Says what of questions and answers is put on record: `whole` if absent, `matches`, `off`."""

COUNTS_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder in which the workers of a server put their counts together."""
ORIGINS_VARIABLE = "ARTICLE41_ORIGINS"
"""Names the addresses at which people see the server, with blanks between them."""


class Recording(enum.Enum):
    """What of questions and answers is put on record."""

    WHOLE = "whole"
    """All of them, whole."""
    MATCHES = "matches"
    """All of them; of those that nothing was found for only a hash, which names nobody."""
    OFF = "off"
    """Nothing."""


def recording() -> Recording:
    """What is put on record, as the environment says.

    Raises:
        InputError: It says none of the three.
    """
    named = os.environ.get(RECORD_VARIABLE) or Recording.WHOLE.value
    try:
        return Recording(named)
    except ValueError as error:
        raise InputError(
            f"`{named}` in {RECORD_VARIABLE} is nothing that can be recorded",
            hint=f"one of {', '.join(one.value for one in Recording)}",
        ) from error


def origins() -> tuple[str, ...]:
    """The addresses at which people see the server, as the environment names them."""
    return tuple(os.environ.get(ORIGINS_VARIABLE, "").split())


def now() -> datetime:
    """The present moment (UTC)."""
    return datetime.now(UTC)


def today() -> date:
    """The present day (UTC)."""
    return now().date()


def store_folder(given: Path | None) -> Path:
    """The folder of the store: as given, as the environment says, or the platform's data folder."""
    if given is not None:
        return given
    named = os.environ.get(STORE_VARIABLE)
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_data_path("article41", appauthor=False)


def cache_folder() -> Path | None:
    """The folder of what can be made anew: as the environment says, or the platform's.

    Nothing is kept where the variable is empty.
    """
    named = os.environ.get(CACHE_VARIABLE)
    if named is not None:
        return Path(named) if named else None
    import platformdirs

    return platformdirs.user_cache_path("article41", appauthor=False)


def feeds_file(folder: Path) -> Path | None:
    """The user's file of feeds: as the environment says, or in the store's folder, if any."""
    named = os.environ.get(FEEDS_VARIABLE)
    if named:
        return Path(named)
    from article41.sources.registry import FEEDS_FILE

    own = folder / FEEDS_FILE
    return own if own.exists() else None


def has_colour(*, is_terminal: bool) -> bool:
    """True if colour may be written: to a terminal, unless NO_COLOR is set."""
    return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def code_version() -> str:
    """The version of this software, as verdicts name it.

    Example:
        >>> code_version() != ""
        True
    """
    from importlib.metadata import version

    return version("article41")
