"""What an entry brings is told by the most severe of what holds and what may, in one order."""

from datetime import date

from article41.law.loading import load_catalogue
from article41.law.restrictions import outcome_of, restrictions
from article41.model.clocks import InForce
from article41.model.measures import Outcome
from article41.model.verdicts import Identity, ListedAs

CATALOGUE = load_catalogue()
LISTS = {"EU": "demo-eu-syria", "OFAC": "demo-ofac-syria"}
DAYS = (date(2012, 7, 6), date(2021, 1, 1), date(2024, 6, 1), date(2026, 1, 1))


def entry(authority: str, tag: str, in_force: InForce = InForce.YES) -> ListedAs:
    return ListedAs(
        key=f"{LISTS[authority]}/1", authority=authority, list_id=LISTS[authority], name="Specimen",
        names=("Specimen",),
        identity=Identity.ASSERTED, in_force=in_force, programmes=(tag,),
    )  # fmt: skip


def test_exposure_alone_never_stands_before_what_may_bear() -> None:
    """Secondary sanctions bind nobody by themselves; a doubtful freeze may hold beside them."""
    found = restrictions(entry("OFAC", "SYRIA"), date(2025, 8, 1), CATALOGUE)

    held = {one.outcome: one.holds for one in found.measures if one.holds is not InForce.NO}
    assert held[Outcome.NOT_BOUND] is InForce.YES
    assert held[Outcome.FREEZE] is InForce.UNKNOWN
    assert found.outcome is Outcome.REVIEW
    assert found.says.endswith("the measure itself is doubtful on the day (certainty C)")


def test_measures_stand_in_the_order_of_their_outcomes_the_law_of_the_list_first() -> None:
    for day in DAYS:
        found = restrictions(entry("EU", "SYR"), day, CATALOGUE)
        bearing = [one for one in found.measures if one.holds is not InForce.NO]
        own = [one for one in bearing if one.jurisdiction == "EU"]

        assert bearing[: len(own)] == own
        assert list(found.measures[: len(bearing)]) == bearing
        ranks = [outcome_of(one).rank for one in own]
        assert ranks == sorted(ranks)


def test_a_doubtful_listing_is_said_to_be_the_doubt() -> None:
    found = restrictions(entry("EU", "SYR", InForce.UNKNOWN), date(2012, 7, 6), CATALOGUE)

    assert found.outcome is Outcome.REVIEW
    assert found.says.endswith("it is not known whether it was listed on the day")
