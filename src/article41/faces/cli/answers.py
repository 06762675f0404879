"""An answer about one name as data: what `match --json` writes and the text is rendered from.

The JSON Schema in the reference is generated from these classes.
"""

from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from article41.checks import Finding, Match, PartyAnswer
from article41.match import BirthEvidence, Explanation, ListCoverage, Scorer
from article41.model.clocks import Bounds, InForce
from article41.model.entities import Name, Schema


class AskedParty(msgspec.Struct, frozen=True, kw_only=True):
    """The question."""

    name: str
    """As given."""
    schema: Schema | None
    """The kind of party, if given."""
    birth_dates: tuple[str, ...]
    """As far as given."""
    country: str | None
    """As given; shown beside what the list says, it does not change the score."""
    as_of: date | None
    """The day in force; absent for the newest versions."""
    known_at: datetime | None
    """The moment known; absent for now."""
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
    listed_on: date | None
    """Day of listing, if the list says so."""
    listed: Bounds
    """When it was listed without a break, each end between two days."""
    narrowed_by: tuple[str, ...]
    """Keys of entries on other lists whose dates narrowed `listed`."""
    also_listed: tuple[str, ...] | None
    """Keys of the other entries of the same target that may have stood on the day asked about;
    absent where nothing was linked, or not since the last addition, or only after `known_at`."""
    place: str
    """Where the name that matched stands in the publication."""


class FoundVersion(msgspec.Struct, frozen=True, kw_only=True):
    """The version of the list in which the listing stands."""

    sha256: str
    """Its identity."""
    published: date | None
    """Its day of publication, if anybody says so."""


class FoundMatch(msgspec.Struct, frozen=True, kw_only=True):
    """One resemblance, with its evidence."""

    score: float
    """0 to 1."""
    listing: FoundListing
    """The listing."""
    in_force: InForce
    """Whether it was listed on the day asked about."""
    unknown_between: tuple[date | None, date] | None
    """Between which two days nobody says, if the day lies there."""
    list: str
    """Its list."""
    version: FoundVersion
    """The version of the list."""
    alias: Name
    """The name that matched, primary or not."""
    birth_evidence: BirthEvidence
    """What dates of birth say."""
    explanation: Explanation | None
    """Which words met, which were left over, what lowered the score."""


class NameAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer about one name."""

    query: AskedParty
    """What was asked."""
    matches: tuple[FoundMatch, ...]
    """The best first."""
    more: int
    """Resemblances above the threshold that `--limit` left out of `matches`."""
    coverage: tuple[ListCoverage, ...]
    """The lists that the answer rests on, each in the version of the day asked about."""
    findings: tuple[Finding, ...]
    """What limits the answer."""
    scorer: Scorer
    """What defines the scores."""


def name_answer(
    answer: PartyAnswer,
    *,
    country: str | None = None,
    exhaustive: bool = False,
    limit: int | None = None,
    linked: Mapping[str, tuple[str, ...]] | None = None,
) -> NameAnswer:
    """The answer as data; `limit` cuts what is shown and counts the rest.

    Args:
        answer: What was found.
        country: As given.
        exhaustive: True if every listed name was scored.
        limit: How many matches to show.
        linked: The other entries of the targets found, by key; absent if nobody can tell.
    """
    query, shown = answer.query, answer.matches[:limit]
    return NameAnswer(
        query=AskedParty(
            name=query.name,
            schema=query.schema,
            birth_dates=tuple(map(str, query.birth_dates)),
            country=country,
            as_of=answer.coverage.as_of,
            known_at=answer.coverage.known_at,
            threshold=answer.threshold,
            exhaustive=exhaustive,
        ),
        matches=tuple(
            _match(one, None if linked is None else linked.get(one.listing.key, ()))
            for one in shown
        ),
        more=len(answer.matches) - len(shown),
        coverage=answer.coverage.lists,
        findings=answer.findings,
        scorer=answer.coverage.scorer,
    )


def _match(match: Match, also_listed: tuple[str, ...] | None) -> FoundMatch:
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
            listed=listing.listed,
            narrowed_by=listing.narrowed_by,
            also_listed=also_listed,
            place=match.name.place or listing.place,
        ),
        in_force=match.in_force,
        unknown_between=match.unknown_between,
        list=listing.list_id,
        version=FoundVersion(sha256=listing.version_sha256, published=listing.published),
        alias=match.name,
        birth_evidence=match.birth_evidence,
        explanation=match.explanation,
    )
