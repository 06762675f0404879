import io
from collections.abc import Generator

from article41.model.entities import Entity, Name, Schema
from article41.model.listings import Listing, ListVersion, Part, ReadingReport

ENTITY = Entity(schema=Schema.PERSON, names=(Name(value="Ada Example"),))


def listing(**changes: object) -> Listing:
    given = {"authority": "XA", "list_id": "xa-main", "id": "7", "entity": ENTITY, "place": "a:1"}
    return Listing(**{**given, **changes})  # type: ignore[arg-type]


def test_the_same_number_on_two_lists_makes_two_keys() -> None:
    assert listing().key == "xa-main/7"
    assert listing(list_id="xa-ships").key != listing().key


def test_a_version_is_read_afresh_every_time_and_reports_what_it_read() -> None:
    reports = []

    def read() -> Generator[Listing, None, ReadingReport]:
        yield listing()
        return ReadingReport(read=2, kept=1, listings=1)

    part = Part(
        kind="xa", file_name="a.csv", sha256="0" * 64, size_bytes=2, open=lambda: io.BytesIO(b"xy")
    )
    version = ListVersion(
        authority="XA",
        list_id="xa-main",
        parts=(part,),
        sha256="0" * 64,
        published=None,
        listings=read,
    )

    def drain() -> Generator[Listing, None, None]:
        reports.append((yield from version.listings()))

    assert list(drain()) == list(drain()) == [listing()]
    assert [report.read - report.kept for report in reports] == [1, 1]
    assert version.parts[0].open().read() == version.parts[0].open().read() == b"xy"
