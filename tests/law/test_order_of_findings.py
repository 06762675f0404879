"""What gives the outcome of a jurisdiction: the most severe that is sure, or a review above it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.law.answers import answer
from article41.law.gaps import Law
from article41.law.ordering import in_order, surest
from article41.model.acts import Asker, Money, PaymentAct
from article41.model.clocks import InForce
from article41.model.measures import Outcome
from article41.model.parties import Party, Role, Status
from article41.model.verdicts import Finding, Identity, ListedAs, MissingFact, PartyStanding


def _sure(outcome: Outcome, measure: str = "xa/sure") -> Finding:
    return Finding(jurisdiction="XA", outcome=outcome, measure=measure, title="")


def _review(would_be: Outcome | None, measure: str = "xa/open") -> Finding:
    asked = MissingFact(fact="end_use", question="for what?", if_so=would_be or Outcome.FREEZE)
    return Finding(
        jurisdiction="XA",
        outcome=Outcome.REVIEW,
        measure=measure,
        title="",
        missing=(asked,),
        would_be=would_be,
    )


def test_a_question_that_changes_nothing_does_not_open_the_answer() -> None:
    licence = _sure(Outcome.LICENCE_REQUIRED)
    for idle in (Outcome.LICENCE_REQUIRED, Outcome.CONDITIONS):
        assert in_order([_review(idle), licence])[0] is licence


def test_a_question_that_may_make_it_worse_opens_it() -> None:
    licence = _sure(Outcome.LICENCE_REQUIRED)
    for worse in (Outcome.PROHIBIT, Outcome.FREEZE, None):
        assert in_order([licence, _review(worse)])[0].outcome is Outcome.REVIEW


def test_what_binds_nobody_settles_no_question() -> None:
    review = _review(Outcome.CONDITIONS)
    assert in_order([_sure(Outcome.NOT_BOUND), review])[0] is review


_FINDINGS = st.lists(
    st.sampled_from([*map(_sure, Outcome), *map(_review, Outcome), _review(None)]), max_size=6
)


@given(_FINDINGS)
def test_the_first_is_never_milder_than_what_is_sure(findings: list[Finding]) -> None:
    ordered = in_order(findings)
    assert sorted(map(id, ordered)) == sorted(map(id, findings))
    if ordered:
        assert ordered[0].outcome.rank <= surest(findings).rank


@given(_FINDINGS, st.sampled_from([*map(_sure, Outcome), *map(_review, Outcome)]))
def test_one_finding_more_never_makes_it_milder_but_where_it_settles_a_review(
    findings: list[Finding], more: Finding
) -> None:
    before = in_order(findings)
    after = in_order([*findings, more])[0].outcome
    if before and after.rank > before[0].outcome.rank:
        assert before[0].outcome is Outcome.REVIEW
        assert after is surest([*findings, more])


def test_what_measures_ask_stands_before_what_is_not_held_or_not_known() -> None:
    gaps = ("not-modelled", "owners-not-known", "list-missing")
    findings = [_review(Outcome.FREEZE, gap) for gap in reversed(gaps)]
    findings += [_review(Outcome.LICENCE_REQUIRED, "xa/a"), _review(Outcome.FREEZE, "xa/b")]

    assert [one.measure for one in in_order(findings)] == ["xa/b", "xa/a", *gaps]


def test_a_review_of_several_parties_comes_to_the_worst_of_them() -> None:
    """Who pays a bank that may be listed is stopped; a bank that such a payer pays blocks it."""
    act = PaymentAct(
        on=date(2012, 7, 6),
        asker=Asker(party="payer"),
        parties=(
            Party(role=Role.PAYER, name="Ada Example", country="US"),
            Party(role=Role.INTERMEDIARY, name="Ada Example"),
        ),
    )
    entry = ListedAs(
        key="demo-ofac-syria/7", authority="OFAC", list_id="demo-ofac-syria", name="Ada Example",
        identity=Identity.RESEMBLES, in_force=InForce.YES, programmes=("SYRIA",), score=1.0,
    )  # fmt: skip

    standings = {
        key: PartyStanding(party=key, listed=(entry,)) for key in ("payer", "intermediary")
    }
    said = answer(act, standings, Law.shipped())

    [blocking] = [
        one
        for result in said.results
        for one in result.findings
        if one.measure == "us/syria/blocking"
    ]
    assert (blocking.outcome, blocking.would_be) == (Outcome.REVIEW, Outcome.FREEZE)


@pytest.mark.parametrize("order", [1, -1])
def test_who_stands_first_does_not_decide_whether_it_is_told_that_nobody_is_bound(
    order: int,
) -> None:
    payer = Party(role=Role.PAYER, name="Specimen Works", country="SY")
    ministry = Party(role=Role.PAYEE, name="Ministry", country="SY", status=Status.GOVERNMENT)
    act = PaymentAct(
        on=date(2012, 7, 6),
        asker=Asker(party="payer"),
        parties=(payer, ministry)[::order],
        money=Money(amount=Decimal(9), currency="SYP"),
        jurisdictions=("US",),
    )

    said = answer(act, {}, Law.shipped())

    [result] = [one for one in said.results if one.jurisdiction == "US"]
    assert "us/syria/government" in {one.measure for one in result.findings}
