"""The public types as a caller sees them; type-checked, never run."""

from collections.abc import Generator
from datetime import date, datetime
from pathlib import Path
from typing import assert_type

import article41 as a41
from article41.checks import IndexUpdate
from article41.match import Explanation, IndexedListing, ListStanding
from article41.model.clocks import Interval, PartialDate
from article41.model.entities import Entity, Name, NameKind, Schema
from article41.model.identifiers import Bic, Imo, Lei
from article41.model.listings import Listing, ListVersion, ReadingReport

assert_type(PartialDate.parse("1965"), PartialDate)
assert_type(Interval(valid_from=date(2024, 1, 1)).holds(date(2024, 1, 1)), bool)
assert_type(Imo.parse("9074729"), Imo)
assert_type(Lei.parse("529900T8BM49AURSDO55").value, str)
assert_type(Bic.parse("EXAMXAXX"), Bic)


def names(listing: Listing) -> tuple[Name, ...]:
    assert_type(listing.delisted_on, date | None)
    return listing.entity.names


def read(version: ListVersion) -> Generator[Listing, None, ReadingReport]:
    assert_type(version.published, date | None)
    return (yield from version.listings())


def rank(kind: NameKind) -> int:
    match kind:
        case NameKind.PRIMARY | NameKind.STRONG_ALIAS:
            return 2
        case NameKind.FORMER:
            return 1
        case NameKind.WEAK_ALIAS:
            return 0


def ask(folder: Path, known_at: datetime) -> a41.PartyAnswer:
    with a41.Store(folder) as store:
        for version in a41.read_publications([folder / "a.csv"], published=date(2024, 1, 1)):
            assert_type(version, ListVersion)
            assert_type(store.add(version, known_at=known_at).is_new, bool)
        assert_type(a41.refresh_index(store), IndexUpdate)
        screener = a41.Screener(store)
    assert_type(a41.Screener(folder), a41.Screener)
    assert_type(a41.Screener(str(folder)), a41.Screener)
    query = a41.Query(name="Ada Example", schema=Schema.PERSON)
    assert_type(screener.screen([query], as_of=date(2024, 1, 1)), list[a41.PartyAnswer])
    return screener.match(query, known_at=known_at, threshold=0.8)


def check(folder: Path, data: bytes) -> None:
    checker = a41.Checker(a41.Screener(folder))
    for act in a41.read_acts(data, file="acts.yaml"):
        verdict = checker.check(act)
        assert_type(verdict, a41.Verdict)
        assert_type(verdict.results[0].outcome, a41.Outcome)


def look_at(answer: a41.PartyAnswer) -> None:
    assert_type(answer.matches, tuple[a41.Match, ...])
    assert_type(answer.findings, tuple[a41.Finding, ...])
    assert_type(answer.coverage, a41.Coverage)
    assert_type(answer.coverage.lists[0].version, ListStanding | None)
    match = answer.matches[0]
    assert_type(match.listing, IndexedListing)
    assert_type(match.listing.published, date | None)
    assert_type(match.name, Name)
    assert_type(match.birth_evidence, a41.BirthEvidence)
    assert_type(match.explanation, Explanation | None)


a41.Query("Ada Example")  # type: ignore[call-arg]
a41.PartyAnswer(query=a41.Query(name=""), matches=())  # type: ignore[call-arg]
a41.Screener(7)  # type: ignore[arg-type]
Entity(schema="Person", names=())  # type: ignore[arg-type]
Entity(schema=Schema.PERSON, names=(), birthdates=())  # type: ignore[call-arg]
Entity(Schema.PERSON, ())  # type: ignore[call-arg]
