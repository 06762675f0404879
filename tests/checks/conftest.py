"""Lists that a test screens against."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from article41.checks import Screener, refresh_index
from article41.model.listings import Listing
from article41.sources.publications import read_publications
from article41.store import Store
from tests.checks.asked import PUBLISHED, Screened
from tests.store.made import moment, version

LATER_HOURS = 24 * 200
WHOLE_READ_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def four_lists(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with whole lists of the UN, the United Kingdom, Australia and OFAC, and its index."""
    folder, data = tmp_path_factory.mktemp("four"), shared / "data"
    files = (
        "un/un-consolidated-2025-04-19.xml.gz",
        "uk/uk-conlist-2025-04-10.xlsx",
        "au/au-dfat-consolidated-2024-12-17.xlsx",
    )
    sdn = [data / "ofac" / "ofac-sdn-2024-05-03.csv.gz"]
    with Store(folder) as store:
        read = read_publications([data / name for name in files])
        for one in (*read, *read_publications(sdn, published=date(2024, 5, 3))):
            store.add(one, known_at=WHOLE_READ_AT)
        refresh_index(store)
    return folder


@pytest.fixture
def screened(tmp_path: Path) -> Screened:
    """Opens a screener of some entries, all published on one day."""

    def build(*listings: Listing, also: Iterable[tuple[date, list[Listing]]] = ()) -> Screener:
        with Store(tmp_path) as store:
            for list_id in sorted({one.list_id for one in listings}):
                kept = [one for one in listings if one.list_id == list_id]
                made = version(kept, content=list_id.encode(), list_id=list_id, published=PUBLISHED)
                store.add(made, known_at=moment(0))
            for number, (day, kept) in enumerate(also, start=1):
                made = version(
                    kept,
                    content=f"{day}".encode(),
                    list_id=kept[0].list_id if kept else "xa-main",
                    published=day,
                )
                store.add(made, known_at=moment(LATER_HOURS * number))
            refresh_index(store)
        return Screener(tmp_path)

    return build
