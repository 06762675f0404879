"""Whom a law binds in an act is told once, and never against what its findings say."""

from article41.faces.cli.verdict_words import binds_words
from article41.model.clocks import InForce
from article41.model.measures import Outcome
from article41.model.verdicts import Finding, Nexus, Result

NEXUS = Nexus(party="payer", ground="territory", because=(), text="by the law of its State")


def result(*nexus: Nexus) -> Result:
    finding = Finding(
        jurisdiction="XA", outcome=Outcome.REVIEW, measure="xa/a", title="a", nexus=nexus
    )
    return Result(
        jurisdiction="XA",
        outcome=Outcome.REVIEW,
        binds=InForce.NO,
        binds_asker=InForce.NO,
        findings=(finding,),
    )


def test_who_is_bound_by_one_measure_alone_is_not_said_to_be_nobody() -> None:
    assert binds_words(result()) == "it binds nobody as far as the act says"
    assert binds_words(result(NEXUS)) == "whom it binds is told with each measure"
