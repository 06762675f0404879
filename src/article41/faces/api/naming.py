"""Whom names resemble, as bytes: each answer as `match --json` writes it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from article41.checks import FindingKind, PartyAnswer
from article41.checks.screener import ALL_CORES
from article41.faces.api.answering import Told
from article41.faces.api.holding import Opened
from article41.faces.api.linking import KeptLinks
from article41.faces.api.questions import KNOWN_AT, NamesAsked, refuse
from article41.faces.api.recording import Asker
from article41.faces.cli.answers import NameAnswer, name_answer
from article41.faces.cli.naming import refuse_early_moment
from article41.faces.recording import versions_of
from article41.model.errors import Article41Error, RequestError

_ENCODER = msgspec.json.Encoder()
_Asked = tuple[NamesAsked, Asker]
"""A question, and who asks it."""
_Links = Mapping[str, tuple[str, ...]] | None
"""The other entries of the targets found, by key."""


def names_told(asked: NamesAsked, opened: Opened, links: KeptLinks, asker: Asker) -> Told:
    """Whom names resemble, each as `match --json` has it.

    Args:
        asked: The question.
        opened: The lists.
        links: Which entries are one target.
        asker: Who asks, and when.

    Raises:
        SourceError: Nothing of any list was known at the moment.
        RequestError: A name has no legible letter: it would have been compared with nothing.
    """
    [told] = names_told_together([(asked, asker)], opened, links)
    if isinstance(told, Article41Error):
        raise told
    return told


def names_told_together(
    asked: Sequence[_Asked], opened: Opened, links: KeptLinks
) -> list[Told | Article41Error]:
    """The same for several questions; one that cannot be answered harms no other.

    Args:
        asked: The questions, with who asks each.
        opened: The lists.
        links: Which entries are one target.

    Raises:
        SourceError: Nothing of any list was known at the moment of one.
    """
    told: dict[int, Told | Article41Error] = {}
    alike: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, (question, asker) in enumerate(asked):
        # Equal moments of two zones are written in two ways.
        known_at = question.known_at and question.known_at.isoformat()
        as_asked = question.as_of, known_at, question.threshold, question.exhaustive
        alike[(*as_asked, asker.asked_on)].append(at)
    for places in alike.values():
        answers = _told_alike([asked[at] for at in places], opened, links)
        told.update(zip(places, answers, strict=True))
    return [told[at] for at in range(len(asked))]


def _told_alike(
    asked: Sequence[_Asked], opened: Opened, links: KeptLinks
) -> Iterator[Told | Article41Error]:
    """What is told of questions that differ in the names alone, and in who asks."""
    first, asker = asked[0]
    as_of, known_at = first.as_of, first.known_at
    found = opened.screener.screen(
        [query for question, _ in asked for query in question.queries],
        as_of=as_of,
        known_at=known_at,
        asked_on=asker.asked_on,
        threshold=first.threshold,
        is_explained=True,
        exhaustive=first.exhaustive,
        threads=ALL_CORES if first.exhaustive else 1,
    )
    coverage = found[0].coverage
    refuse_early_moment(coverage, called=KNOWN_AT)
    keys = {match.listing.key for answer in found for match in answer.matches}
    linked = links.also_listed(keys, as_of=as_of, known_at=known_at)
    lists = versions_of(coverage.lists)
    answers = iter(found)
    for question, asker in asked:
        own = [next(answers) for _ in question.queries]
        settings = {
            **opened.settings,
            "asked_on": asker.asked_on.isoformat(),
            "limit": question.limit,
        }
        try:
            _refuse_silence(own)
        except Article41Error as error:
            yield error
        else:
            yield Told(
                tuple(
                    [
                        asker.asked(
                            "match",
                            question=_ENCODER.encode(answer.query),
                            answer=_ENCODER.encode(answer),
                            lists=lists,
                            settings=settings,
                            has_match=bool(answer.matches or answer.more),
                        )
                        for answer in _written(own, question, linked)
                    ]
                )
            )


def _written(
    found: Sequence[PartyAnswer], question: NamesAsked, linked: _Links
) -> Iterator[NameAnswer]:
    for answer, country in zip(found, question.countries, strict=True):
        yield name_answer(
            answer,
            linked=linked,
            country=country,
            exhaustive=question.exhaustive,
            limit=question.limit,
        )


def _refuse_silence(found: Sequence[PartyAnswer]) -> None:
    """A name that was compared with nothing is no name that nobody resembles."""
    refuse(
        [
            RequestError(
                f"no letter of `{answer.query.name}` is legible: it can be compared with nothing",
                hint="write the name in letters",
                path=f"parties[{at}].name",
            )
            for at, answer in enumerate(found)
            for finding in answer.own_findings
            if finding.kind is FindingKind.NAME_NOT_COMPARED
        ]
    )
