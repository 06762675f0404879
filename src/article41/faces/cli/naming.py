"""Lists, entries and moments as a user names them: what no store holds is refused or said."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

from article41.checks import Coverage
from article41.faces.cli.rendering import NOTHING_KNOWN, moment_words
from article41.faces.cli.writing import notice
from article41.model.errors import InputError, SourceError

if TYPE_CHECKING:
    from article41.store import Store, TimedListing


def refuse_unknown_lists(store: "Store", list_ids: Iterable[str]) -> None:
    """Refuse a list that the store does not hold.

    Raises:
        InputError: It holds none of that name.
    """
    held = sorted({version.list_id for version in store.versions()})
    for list_id in list_ids:
        if list_id not in held:
            raise InputError(
                f"the store holds no list `{list_id}`",
                hint=did_you_mean(list_id, held) + f"it holds {', '.join(held) or 'none'}",
            )


def records_by_key(store: "Store", keys: Collection[str]) -> Mapping[str, Sequence["TimedListing"]]:
    """Everything that the lists ever said of the entries named, by key, on both clocks.

    Raises:
        InputError: One never stood on any list of the store, or is named without its list.
    """
    for key in keys:
        if "/" not in key:
            raise InputError(f"`{key}` names no entry", hint="write list and number: ofac-sdn/36")
    refuse_unknown_lists(store, (key.partition("/")[0] for key in keys))
    found: dict[str, list[TimedListing]] = {key: [] for key in keys}
    for record in store.records_of(*keys):
        found[record.listing.key].append(record)
    for key, records in found.items():
        if not records:
            raise InputError(
                f"the store holds no entry `{key}`",
                hint="write list and number, as in ofac-sdn/36; `lists entries` shows them",
            )
    return found


def refuse_unknown_entries(store: "Store", keys: Collection[str]) -> None:
    """Refuse an entry that never stood on any list of the store.

    Raises:
        InputError: There is none, or it is named without its list.
    """
    records_by_key(store, keys)


def refuse_early_moment(coverage: Coverage, *, called: str = "--known-at") -> None:
    """Refuse a moment at which no list was known: what was compared with nothing is no answer.

    Args:
        coverage: What is known at the moment.
        called: What whoever asks calls the moment.

    Raises:
        SourceError: It is one.
    """
    if not coverage.knows_a_list:
        raise SourceError(NOTHING_KNOWN, hint=f"leave {called} out, or give a later moment")


def did_you_mean(given: str, known: Collection[str]) -> str:
    """The beginning of a hint, if a name that is known is close to the one given.

    Example:
        >>> did_you_mean("ofac-sd", ["ofac-sdn", "un-sc"])
        'did you mean `ofac-sdn`? '
        >>> did_you_mean("xa", ["ofac-sdn"])
        ''
    """
    close = get_close_matches(given.casefold(), known, n=1)
    return f"did you mean `{close[0]}`? " if close else ""


def notice_not_known(
    store: "Store", known_at: datetime | None, list_ids: Collection[str] = ()
) -> None:
    """Say on stderr of which lists nothing was known at a moment; of all lists if none is named."""
    if known_at is None:
        return
    first: dict[str, datetime] = {}
    for version in store.versions():
        seen = version.known_from
        first[version.list_id] = min(seen, first.get(version.list_id, seen))
    for list_id, known_from in first.items():
        if known_at < known_from and (not list_ids or list_id in list_ids):
            notice(f"note: nothing was known of {list_id} at {moment_words(known_at)}")
