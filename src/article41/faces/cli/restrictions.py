"""What an entry of a list meant in law on a day, for people: a line for each measure."""

from collections.abc import Iterator
from datetime import date

from article41.faces.cli.sheet import Sheet, width_of_stdout
from article41.faces.cli.verdict_words import outcome_seen, outcome_words
from article41.faces.cli.writing import Pen
from article41.law.brought import Brought, By
from article41.law.loading import Catalogue
from article41.law.restrictions import Restrictions, restrictions, why_open
from article41.model.clocks import InForce
from article41.model.listings import Listing
from article41.model.verdicts import Identity, ListedAs


def restrictions_of(
    listing: Listing, in_force: InForce, day: date, catalogue: Catalogue
) -> Restrictions:
    """What a listing brings on a day.

    Args:
        listing: Its content nearest to the day.
        in_force: Whether it was listed on the day.
        day: The day.
        catalogue: The measures.
    """
    entry = ListedAs(
        key=listing.key,
        authority=listing.authority,
        list_id=listing.list_id,
        name=listing.entity.names[0].value,
        identity=Identity.ASSERTED,
        in_force=in_force,
        schema=listing.entity.schema,
        names=tuple(name.value for name in listing.entity.names),
        programmes=listing.programmes,
        measures=listing.measures,
    )
    return restrictions(entry, day, catalogue)


def restriction_lines(found: Restrictions, pen: Pen) -> Iterator[str]:
    """What an entry brings, for people.

    Args:
        found: What it brings.
        pen: Writes the outcome in colour where it is seen.
    """
    sheet = Sheet(pen, width=width_of_stdout())
    said, seen = outcome_words(found.outcome), outcome_seen(found.outcome, pen)
    for line in sheet.text(f"law on {found.day}: {said}: {found.says}", indent=2):
        yield line.replace(said, seen, 1)
    for judgment in found.judgments:
        said = f"{judgment.court}, {judgment.decided_on}; {judgment.citation}"
        yield from sheet.text(f"{said}; certainty {judgment.certainty.value}", indent=4)
    for one in found.measures:
        yield from sheet.text(_measure_words(one, found), indent=4)


def _measure_words(one: Brought, found: Restrictions) -> str:
    """One measure: what follows from it, whether it holds and why, and where that is said.

    Where the provision stands above, it is not told again.
    """
    in_force = found.in_force
    outcome = outcome_words(one.outcome)
    named = "; the measure names it, listed or not" if one.by is By.NAME else ""
    match one.holds:
        case InForce.YES:
            stands = f"{outcome}, {one.says}{named}"
        case InForce.UNKNOWN:
            stands = f"may bring {outcome}, {one.says}: {why_open(one, in_force)}"
        case InForce.NO if one.is_in_force:
            stands = f"does not hold, as it was not listed on the day (itself {one.says})"
        case InForce.NO:
            stands = f"does not hold, {one.says}"
    cited = "" if f"({one.citation})" in found.says else f"; {one.citation}"
    return f"{one.measure}: {stands}{cited}"
