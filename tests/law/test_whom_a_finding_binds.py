"""Whose deed a finding is about, on what he is bound, and what is asked of him before it is law."""

from datetime import date

from article41.law.answers import answer
from article41.law.gaps import Law
from article41.model.acts import Act, Asker, CargoAct, CommunicationAct, Goods, JourneyAct, Verb
from article41.model.measures import Outcome
from article41.model.parties import Party, Role, Status
from article41.model.verdicts import Finding


def finding_of(act: Act, measure: str) -> Finding:
    said = answer(act, {}, Law.shipped())
    return next(one for result in said.results for one in result.findings if one.measure == measure)


def interception(day: date) -> CommunicationAct:
    return CommunicationAct(
        on=day,
        asker=Asker(party="supplier", does=(Verb.EXPORT,)),
        parties=(
            Party(role=Role.SUPPLIER, name="Example Networks", country="PT"),
            Party(role=Role.END_USER, name="Specimen Telecom", country="SY"),
        ),
        goods=(Goods(description="probes", items=("deep-packet-inspection",)),),
        destination="SY",
    )


def oil(shipped_on: date) -> CargoAct:
    return CargoAct(
        on=date(2012, 2, 1),
        asker=Asker(party="buyer", does=(Verb.PURCHASE,)),
        parties=(
            Party(role=Role.BUYER, name="Example Refining", country="NL"),
            Party(role=Role.SELLER, name="Specimen Traders", country="EG"),
        ),
        goods=(Goods(description="crude oil", code="2709 00", origin="SY"),),
        loaded_in="EG",
        discharged_in="NL",
        shipped_on=shipped_on,
    )


def test_what_binds_states_alone_binds_their_authority_as_that() -> None:
    act = JourneyAct(
        on=date(2012, 7, 6),
        asker=Asker(party="authority", does=(Verb.LAND,)),
        parties=(
            Party(role=Role.AUTHORITY, name="Airport", country="PT", status=Status.GOVERNMENT),
            Party(role=Role.CARRIER, name="Specimen Air", country="SY"),
        ),
        leaves="SY",
        arrives="PT",
        flight="cargo-only",
    )

    found = finding_of(act, "eu/syria/cargo-flights")

    assert found.outcome is Outcome.DENY
    assert {one.ground for one in found.nexus if one.party == "authority"} == {"state"}


def test_before_it_binds_operators_no_duty_of_theirs_is_told() -> None:
    before = finding_of(interception(date(2011, 12, 20)), "eu/syria/telecom-equipment")
    since = finding_of(interception(date(2012, 1, 19)), "eu/syria/telecom-equipment")

    assert (before.outcome, before.duties, before.knowledge) == (Outcome.REVIEW, (), "")
    assert since.duties
    assert since.knowledge


def test_that_who_asks_is_outside_is_said_where_the_customs_must_stop_it() -> None:
    outside = finding_of(oil(date(2011, 8, 30)), "eu/syria/oil")
    within = finding_of(oil(date(2011, 12, 30)), "eu/syria/oil")

    assert outside.does == (Verb.RELEASE,)
    assert outside.note.startswith("Of what buyer does itself nothing is forbidden by it: ")
    assert "shipped_on is 2011-08-30" in outside.note
    assert Verb.PURCHASE in within.does
    assert "itself" not in within.note


def test_law_of_which_the_table_says_nothing_is_named_by_whose_it_is() -> None:
    act = CargoAct(
        on=date(2012, 7, 6),
        asker=Asker(party="seller", does=(Verb.SELL,)),
        parties=(
            Party(role=Role.SELLER, name="Example Cement", country="IL"),
            Party(role=Role.BUYER, name="Specimen Traders", country="SY"),
        ),
        goods=(Goods(description="cement", code="2523 29"),),
        discharged_in="SY",
    )

    said = answer(act, {}, Law.shipped())
    [result] = [one for one in said.results if one.jurisdiction == "IL"]

    assert [one.question for one in result.findings[0].missing] == [
        "is it forbidden by the measures of IL on SY?"
    ]
