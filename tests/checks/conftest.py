"""Lists that a test screens against."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from article41.checks import Screener, refresh_index
from article41.model.listings import Listing
from article41.store import Store
from tests.checks.asked import PUBLISHED, Screened
from tests.store.made import moment, version

LATER_HOURS = 24 * 200


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
