"""Laws that contradict one another: a statute that forbids to obey what another law demands.

Both are shown; nothing here advises to obey either.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from article41.law.loading import read_shipped
from article41.law.situation import Situation
from article41.law.truth import NO
from article41.model.measures import Certainty, Outcome
from article41.model.questions import NoMeasure
from article41.model.verdicts import Because, Finding, MissingFact, Result


class BlockingStatute(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"valid_from": "from", "valid_until": "until"},
):
    """A law that forbids those whom it binds to obey another one.

    Example:
        >>> [one.of for one in load_statutes() if one.jurisdiction == "EU"]
        ['US']
    """

    jurisdiction: str
    """Whose law it is."""
    instrument: str
    """Where it is said."""
    of: str
    """The jurisdiction whose law must not be obeyed."""
    regimes: tuple[str, ...]
    """That law's subjects."""
    valid_from: date
    """First day."""
    valid_until: date | None = None
    """First day no longer; absent if it has not ended."""
    certainty: Certainty
    """How sure this is."""
    verified_on: date
    """When it was last compared with its source."""
    verified_by: str
    """With what."""


class _Statutes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    statute: tuple[BlockingStatute, ...]


@lru_cache(maxsize=8)
def load_statutes(folder: Path | None = None) -> tuple[BlockingStatute, ...]:
    """The statutes, in the order of their file.

    Raises:
        CatalogueError: The file is missing or wrong.
    """
    return read_shipped("blocking.toml", _Statutes, folder).statute


def conflicts_among(
    results: Mapping[str, Result], situation: Situation
) -> Iterator[tuple[str, Finding, str]]:
    """The statutes that the act brings into conflict: whose, a finding for it, and the words.

    There is none where it would be refused for other reasons than the foreign law.

    Args:
        results: What each jurisdiction says, by its key.
        situation: The act.
    """
    countries, day = set(situation.touched), situation.day
    if situation.fact(_REASON) is False:
        return
    for statute in load_statutes():
        ours, theirs = results.get(statute.jurisdiction), results.get(statute.of)
        began = statute.valid_from <= day
        if not began or (statute.valid_until is not None and statute.valid_until <= day):
            continue
        if ours is None or theirs is None or NO in (ours.binds_asker, theirs.binds):
            continue
        subjects = sorted(set(statute.regimes) & countries)
        demanding = [one for one in theirs.findings if one.outcome.rank <= _DEMANDS.rank]
        if subjects and demanding:
            text = (
                f"{statute.instrument} forbids to obey the law of {statute.of} on "
                f"{', '.join(subjects)}; that law says here: {demanding[0].title}. Both are shown; "
                "which one to follow is for a lawyer and the authorities"
            )
            yield statute.jurisdiction, _finding(statute, text, subjects), text


CONFLICT = NoMeasure.CONFLICT_OF_LAWS.value
"""The finding that two laws contradict one another."""
_REASON = "foreign-law-is-the-reason"
_DEMANDS = Outcome.LICENCE_REQUIRED
"""The mildest outcome that demands something of who asks."""


def _finding(statute: BlockingStatute, text: str, subjects: list[str]) -> Finding:
    """A review, whatever the answer: the statute forbids to refuse, and no act."""
    return Finding(
        jurisdiction=statute.jurisdiction,
        outcome=Outcome.REVIEW,
        measure=CONFLICT,
        title=f"conflict of laws with {statute.of} on {', '.join(subjects)}",
        kind="blocking-statute",
        citation=statute.instrument,
        certainty=statute.certainty,
        verified_on=statute.verified_on,
        verified_by=statute.verified_by,
        because=(Because(fact="conflicts", value=statute.of, text=text),),
        missing=(
            MissingFact(
                fact=f"facts.{_REASON}",
                question=f"would it be refused for no other reason than the law of {statute.of}?",
                if_so=Outcome.REVIEW,
            ),
        ),
        would_be=Outcome.REVIEW,
        note="both laws are shown; no advice to refuse",
    )
