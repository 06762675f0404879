"""Targets as people name them: keys of entries, or names that stand on the lists held."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from click.core import ParameterSource

from article41.faces.cli.opening import open_screener
from article41.faces.cli.writing import notice
from article41.faces.kept import put_demonstration
from article41.match import Query
from article41.model.clocks import ANY_DAY
from article41.model.errors import InputError
from article41.model.letters import legible
from article41.store.scratch import scratch_folder

SCORE_MIN = 0.95
"""From here on a name is taken for that of an entry, whose past is then shown."""
ENTRIES_MAX = 20
"""Entries of one name that are shown; more is no name but a word."""


def refuse_two_stores(context: click.Context, *, is_demonstration: bool) -> None:
    """See that nobody names a store and asks the demonstration lists.

    Raises:
        InputError: Somebody does.
    """
    if is_demonstration and context.get_parameter_source("folder") is ParameterSource.COMMANDLINE:
        raise InputError("`--demonstration` brings its own store", hint="leave `--store` out")


@contextmanager
def store_folder_or_demonstration(folder: Path, *, is_demonstration: bool) -> Iterator[Path]:
    """The folder of a store, or of the demonstration lists, which goes away afterwards."""
    if not is_demonstration:
        yield folder
        return
    with scratch_folder("demonstration") as made:
        put_demonstration(made)
        yield made


def keys_of(targets: Sequence[str], folder: Path) -> tuple[str, ...]:
    """The keys of entries that are named by key, or by a name that they ever had.

    That a name is theirs says nothing of who somebody else of that name is, and stderr says so.

    Raises:
        InputError: A name is on no list that is held, or on too many.
    """
    return tuple(
        key for target in targets for key in ([target] if "/" in target else _named(target, folder))
    )


def _named(name: str, folder: Path) -> list[str]:
    index = open_screener(folder).index
    [answer] = index.search([Query(name=name)], threshold=SCORE_MIN, during=ANY_DAY)
    keys = list(dict.fromkeys(found.listing.key for found in answer.found))
    shown = legible(name)
    if not keys:
        raise InputError(
            f"`{shown}` is no key, and no entry that is held ever had that name",
            hint="write list and number, as in ofac-sdn/36, or find it with `article41 match`",
        )
    if len(keys) > ENTRIES_MAX:
        raise InputError(
            f"{len(keys)} entries have a name like `{shown}`",
            hint="write list and number, as in ofac-sdn/36; `article41 match` shows them",
        )
    notice(f"`{shown}` is the name of {', '.join(keys)}; others may bear it too")
    return keys
