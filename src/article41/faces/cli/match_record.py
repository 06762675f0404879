"""What a name leaves on record: the question whole, and whom it resembles."""

from datetime import date, datetime

import msgspec

from article41.casework.audit import Asked
from article41.faces.cli.answers import NameAnswer
from article41.faces.cli.writing import json_line
from article41.faces.recording import GENERATION, Recorder, versions_of


def match_asked(
    recorder: Recorder,
    found: NameAnswer,
    *,
    asked_at: datetime,
    asked_on: date,
    generation: str,
    limit: int | None,
) -> Asked:
    """A name and whom it resembles, as `--json` writes it, as they go on record.

    Args:
        recorder: What writes.
        found: Whom it resembles.
        asked_at: When it was asked.
        asked_on: The day of asking.
        generation: The state of the store that the index was built from.
        limit: How many are shown; all if absent.
    """
    return recorder.asked(
        "match",
        question=msgspec.json.encode(found.query),
        answer=json_line(found).encode(),
        asked_at=asked_at,
        lists=versions_of(found.coverage),
        settings={GENERATION: generation, "asked_on": asked_on.isoformat(), "limit": limit},
        has_match=bool(found.matches or found.more),
    )
