"""An answer about one name as data: what `match --json` writes and the text is rendered from.

The JSON Schema in the reference is generated from these classes.
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from article41.checks import Finding, Match, PartyAnswer, findings_of_lists, findings_of_name
from article41.match import Explanation, ListCoverage
from article41.model.entities import NameKind, Schema


class AskedParty(msgspec.Struct, frozen=True, kw_only=True):
    """The question."""

    name: str
    """As given."""
    schema: Schema | None
    """The kind of party, if given."""
    birth_dates: tuple[str, ...]
    """As far as given."""
    country: str | None
    """As given; shown beside what the list says, no part of the score."""
    as_of: date | None
    """The day in force; absent for the newest versions."""
    threshold: float
    """Least score."""
    exhaustive: bool
    """True if every listed name was scored."""


class FoundListing(msgspec.Struct, frozen=True, kw_only=True):
    """A listing that resembles the party."""

    key: str
    """List and number: unique over all lists."""
    id: str
    """The authority's own number."""
    authority: str
    """Who decided."""
    schema: Schema
    """The kind of target."""
    primary_name: str
    """The first name printed."""
    programmes: tuple[str, ...]
    """As published."""
    birth_dates: tuple[str, ...]
    """In words of the list."""
    nationalities: tuple[str, ...]
    """As printed."""
    listed_on: str | None
    """Day of listing, if the list says so."""
    place: str
    """Where it stands in the publication."""


class FoundVersion(msgspec.Struct, frozen=True, kw_only=True):
    """The version of the list in which the listing stands."""

    sha256: str
    """Its identity."""
    published: str | None
    """Its day of publication, if anybody says so."""


class FoundAlias(msgspec.Struct, frozen=True, kw_only=True):
    """The listed name that resembles the query most."""

    value: str
    """As printed."""
    kind: NameKind
    """How the authority ranks it."""
    script: str
    """ISO 15924 code."""


class FoundMatch(msgspec.Struct, frozen=True, kw_only=True):
    """One resemblance, with its evidence."""

    score: float
    """0 to 1."""
    listing: FoundListing
    """The listing."""
    list: str
    """Its list."""
    version: FoundVersion
    """The version of the list."""
    alias: FoundAlias
    """The name that matched."""
    births: str
    """What dates of birth say: conflict, doubtful, near, absent, compatible or same-day."""
    explanation: Explanation | None
    """Which words met, which were left over, what lowered the score."""


class CoveredList(msgspec.Struct, frozen=True, kw_only=True):
    """A list that the answer rests on."""

    list: str
    """Which list."""
    authority: str
    """Who publishes it."""
    version: FoundVersion
    """The newest version held."""
    published_is_stated: bool
    """True if its day comes from who added it."""
    age_days: int | None
    """Days since it was published; absent if nobody says when."""
    listings: int
    """Listings in that version."""
    first_day: str
    """Before this day nothing is known of the list."""


class NameAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer about one name."""

    query: AskedParty
    """What was asked."""
    matches: tuple[FoundMatch, ...]
    """The best first."""
    more: int
    """Resemblances above the threshold that `--limit` left out of `matches`."""
    coverage: tuple[CoveredList, ...]
    """The lists that the answer rests on."""
    findings: tuple[Finding, ...]
    """What limits the answer."""


def name_answer(
    asked: AskedParty,
    answer: PartyAnswer,
    coverage: Sequence[ListCoverage],
    *,
    today: date,
    limit: int | None,
) -> NameAnswer:
    """The answer as data; `limit` cuts what is shown and counts the rest."""
    shown = answer.matches[:limit]
    return NameAnswer(
        query=asked,
        matches=tuple(map(_match, shown)),
        more=len(answer.matches) - len(shown),
        coverage=covered(coverage, today=today),
        findings=findings_of_name(answer) + findings_of_lists(coverage, as_of=asked.as_of),
    )


def covered(coverage: Sequence[ListCoverage], *, today: date) -> tuple[CoveredList, ...]:
    """The lists, with their age on a day."""
    return tuple(
        CoveredList(
            list=one.list_id,
            authority=one.authority,
            version=FoundVersion(sha256=one.sha256, published=one.published),
            published_is_stated=one.published_is_stated,
            age_days=age_days(_day(one.published), today=today),
            listings=one.listings,
            first_day=one.first_day,
        )
        for one in coverage
    )


def age_days(published: date | None, *, today: date) -> int | None:
    """Days since a publication.

    Example:
        >>> age_days(date(2012, 7, 6), today=date(2012, 7, 9))
        3
    """
    return None if published is None else (today - published).days


def _day(published: str | None) -> date | None:
    return None if published is None else date.fromisoformat(published)


def _match(match: Match) -> FoundMatch:
    listing = match.listing
    return FoundMatch(
        score=match.score,
        listing=FoundListing(
            key=listing.key,
            id=listing.id,
            authority=listing.authority,
            schema=listing.schema,
            primary_name=listing.names[0].value,
            programmes=listing.programmes,
            birth_dates=listing.birth_dates,
            nationalities=listing.nationalities,
            listed_on=listing.listed_on,
            place=match.alias.place or listing.place,
        ),
        list=listing.list_id,
        version=FoundVersion(sha256=listing.version_sha256, published=listing.published),
        alias=FoundAlias(value=match.alias.value, kind=match.alias.kind, script=match.alias.script),
        births=match.births,
        explanation=match.explanation,
    )
