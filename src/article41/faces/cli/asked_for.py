"""What of an answer concerns the jurisdictions that were asked for; of the others a line is told.

Nothing is left out for it: whom a party resembles stands with the party, whoever lists it, and the
outcomes of all stand first.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

import msgspec

from article41.faces.cli import verdict_words as words
from article41.faces.cli.sheet import Sheet
from article41.law.jurisdictions import jurisdictions
from article41.law.ordering import worst_of
from article41.law.register import also_law_in
from article41.model.clocks import InForce
from article41.model.measures import Outcome
from article41.model.verdicts import Result, Verdict


def with_their_law(asked: Collection[str], day: date) -> frozenset[str]:
    """Jurisdictions with those whose law is law there too: of a member State, that of the Union.

    Example:
        >>> sorted(with_their_law(["DE"], date(2012, 7, 6)))
        ['DE', 'EU']
    """
    also = (one.key for key in asked for one in also_law_in(key, jurisdictions(), day))
    return frozenset((*asked, *also))


def narrowed(verdict: Verdict) -> tuple[Verdict, Sequence[Result]]:
    """The answer by the law that was asked for or binds the asker, and what others said.

    Where no jurisdiction was asked for, all of them were.
    """
    meant = with_their_law(verdict.act.jurisdictions, verdict.act.on)
    others = [
        one
        for one in verdict.results
        if meant and one.jurisdiction not in meant and one.binds_asker is not InForce.YES
    ]
    told = tuple(one for one in verdict.results if one not in others)
    elsewhere = [finding for one in others for finding in one.findings]
    here = [finding for one in told for finding in one.findings]
    asked = {one for finding in here for one in finding.missing}
    due = {one for finding in here for one in finding.duties}
    asked_elsewhere = {one for finding in elsewhere for one in finding.missing} - asked
    due_elsewhere = {one for finding in elsewhere for one in finding.duties} - due
    return (
        msgspec.structs.replace(
            verdict,
            results=told,
            missing=tuple(one for one in verdict.missing if one not in asked_elsewhere),
            duties=tuple(one for one in verdict.duties if one not in due_elsewhere),
        ),
        others,
    )


def not_asked_lines(others: Sequence[Result], sheet: Sheet) -> Iterator[str]:
    """A line for each jurisdiction that nobody asked for and that finds something."""
    if not others:
        return
    yield ""
    yield sheet.pen.bold("Not asked for") + ", and told by `--all`"
    quiet: dict[Outcome, list[str]] = {}
    for one in others:
        if one.outcome in words.QUIET:
            quiet.setdefault(one.outcome, []).append(one.jurisdiction)
        else:
            yield from sheet.labelled(one.jurisdiction, [found_words(one)], indent=2)
    for outcome, keys in quiet.items():
        label = words.outcome_words(outcome)
        yield from sheet.text(f"{label} in {', '.join(keys)}", indent=2)


def found_words(result: Result) -> str:
    """What a jurisdiction found: its outcome, the worst that may come of it, and the first."""
    said = words.outcome_words(result.outcome)
    if result.outcome is Outcome.REVIEW:
        may = map(worst_of, result.findings)
        worst = min(may, key=lambda one: one.rank, default=result.outcome)
        said += f", at worst {words.outcome_words(worst)}"
    titles = list(dict.fromkeys(one.title for one in result.findings))
    more = f" and {len(titles) - 1} more" if len(titles) > 1 else ""
    return f"{said}: {titles[0]}{more}" if titles else said
