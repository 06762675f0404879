"""A store of the demonstration lists, as a user's own store is filled."""

from pathlib import Path

from article41.checks import refresh_index
from article41.faces.demonstration import demonstration_lists
from article41.faces.settings import now
from article41.store import Store


def fill_demonstration(folder: Path) -> dict[str, str]:
    """Write the lists into a store, build its index, and give each listing's citation."""
    citation_by_key: dict[str, str] = {}
    with Store(folder) as store:
        for version in demonstration_lists():
            held = store.add(version, known_at=now()).version
            for listing in store.listings(held):
                citation_by_key[listing.key] = dict(listing.notes)["citation"]
        refresh_index(store)
    return citation_by_key
