"""More law, more ties, fewer lists, the same facts in another order: no answer becomes milder."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from random import Random

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from article41.checks import Screener, refresh_index
from article41.checks.acts import Checker
from article41.faces.demonstration import demonstration_lists
from article41.law.deeds import deeds_of
from article41.law.gaps import UNMAPPED, Law
from article41.law.loading import Catalogue
from article41.model.acts import Act, CargoAct, CommunicationAct, PaymentAct
from article41.model.clocks import InForce
from article41.model.errors import ActError
from article41.model.measures import Measure, Outcome
from article41.model.parties import Party, Role
from article41.model.verdicts import Finding, Result, Verdict
from article41.store import Store
from tests.promises.world import ASKED_ON, world_acts
from tests.situations.book import act_tree, read, situations
from tests.situations.stores import ASKED_AT

EXAMPLES = max(settings().max_examples // 3, 20)
several = settings(
    max_examples=EXAMPLES,
    # The same acts each time; `prove` draws others.
    derandomize=settings().max_examples <= 100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
BEFORE_ALL_LAW = date(1950, 1, 1)


@cache
def law() -> Law:
    return Law.shipped()


@cache
def written_acts() -> tuple[Act, ...]:
    return tuple(read(act_tree(one), name) for name, one in situations().items())


acts = st.deferred(lambda: world_acts() | st.sampled_from(written_acts()))


def asked(checker: Checker, act: Act) -> Verdict:
    return checker.check(act, asked_on=ASKED_ON)


def results_of(verdict: Verdict) -> Mapping[str, Result]:
    return {one.jurisdiction: one for one in verdict.results}


def worst_of(finding: Finding) -> Outcome:
    """What it comes to, or may come to."""
    return finding.would_be or finding.outcome


def milder(before: Verdict, after: Verdict) -> list[str]:
    """What became milder than any answer to what was open before."""
    own = results_of(after)
    return [
        f"{key}: {fault}"
        for key, result in results_of(before).items()
        for fault in _milder(result, own.get(key))
    ]


def _milder(before: Result, after: Result | None) -> Iterator[str]:
    """An outcome that became milder, and measures of which no more is said.

    What binds nobody is told among what was considered where somebody is bound by that law.
    """
    if before.outcome is Outcome.NO_MEASURE_FOUND:
        return
    outcome = Outcome.NO_MEASURE_FOUND if after is None else after.outcome
    is_review = before.outcome is Outcome.REVIEW
    least = max((worst_of(one).rank for one in before.findings), default=0) if is_review else 0
    if before.outcome is not Outcome.NOT_BOUND and outcome.rank > max(least, before.outcome.rank):
        yield f"{before.outcome.value} became {outcome.value}"
    # Of a measure that is told twice, the gravest that it may come to stands last.
    every = [] if after is None else sorted(after.findings, key=lambda one: -worst_of(one).rank)
    found = {one.measure: one for one in every}
    told = set() if after is None else {one.measure for one in after.considered}
    for one in before.findings:
        other = found.get(one.measure)
        if one.measure not in law().catalogue.by_id:
            continue  # What is not held is asked where it could make the answer worse.
        if other is None and one.outcome is not Outcome.NOT_BOUND:
            yield f"{one.measure} {one.outcome.value} ({worst_of(one).value}) is gone"
        elif other is None and one.measure not in told:
            yield f"{one.measure} {one.outcome.value} is not told any more"
        elif other is not None and is_milder(one, other):
            yield f"{one.measure}: {worst_of(one).value} became {worst_of(other).value}"


def is_milder(before: Finding, after: Finding) -> bool:
    """Whether a measure may come to less than before."""
    return worst_of(after).rank > worst_of(before).rank


def without(measure: str) -> Law:
    """The law with one measure less."""
    own = law().catalogue
    rest = tuple(one for one in own.measures if one.id != measure)
    less = Catalogue(measures=rest, words=own.words, sha256=own.sha256)
    return msgspec.structs.replace(law(), catalogue=less)


@several
@given(act=acts, choice=st.integers(0, 10_000))
def test_a_measure_more_makes_no_answer_milder(
    checker: Checker, screener: Screener, act: Act, choice: int
) -> None:
    after = asked(checker, act)
    named = {one.measure for result in after.results for one in result.findings}
    named |= {one.measure for result in after.results for one in result.considered}
    own = sorted(named & law().catalogue.by_id.keys()) or [law().catalogue.measures[0].id]

    before = asked(Checker(screener, without(own[choice % len(own)])), act)

    assert not milder(without_unmapped(before), after)


def without_unmapped(verdict: Verdict) -> Verdict:
    """What a tag brings is asked until a measure says it: the measure answers that question."""
    results = []
    for result in verdict.results:
        found = tuple(one for one in result.findings if one.measure != UNMAPPED)
        outcome = found[0].outcome if found else Outcome.NO_MEASURE_FOUND
        results.append(msgspec.structs.replace(result, findings=found, outcome=outcome))
    return msgspec.structs.replace(verdict, results=tuple(results))


@st.composite
def tied(draw: st.DrawFn) -> tuple[Act, Act]:
    """An act, and the same with one fact more by which a jurisdiction may bind."""
    act = draw(acts)
    number = draw(st.integers(0, len(act.parties) - 1))
    country = draw(st.sampled_from(("US", "DE", "GB", "CH", "CA", "AU")))
    other = draw(st.sampled_from([*ties(act.parties[number], country), *ties_of(act, country)]))
    if isinstance(other, Party):
        parties = (*act.parties[:number], other, *act.parties[number + 1 :])
        return act, msgspec.structs.replace(act, parties=parties)
    return act, other


def ties(party: Party, country: str) -> list[Party]:
    """What a party may have beside: a nationality, a branch; and it may be a US person."""
    change = msgspec.structs.replace
    found = [party]
    # Where nothing is known of it, a country would be the answer to a question.
    if party.country or party.located_in:
        # `country` stands for what is unsaid: a place beside it is added to it.
        where = party.located_in or ((party.country,) if not party.residence else ())
        found.append(change(party, located_in=(*where, country)))
    # A traveller is let in by its own State.
    if party.nationalities and party.role is not Role.TRAVELLER:
        found.append(change(party, nationalities=(*party.nationalities, country)))
    if party.us_person is False:
        found.append(change(party, us_person=True))
    return found[1:] or found


def ties_of(act: Act, country: str) -> list[Act]:
    """Where it may be done beside, and through whose banks its money may go."""
    found = [msgspec.structs.replace(act, places=(*act.places, country))]
    if isinstance(act, PaymentAct | CargoAct) and act.cleared_in is not None:
        found.append(msgspec.structs.replace(act, cleared_in=(*act.cleared_in, country)))
    return found


@several
@given(pair=tied())
def test_a_fact_of_binding_more_makes_no_answer_milder(
    checker: Checker, pair: tuple[Act, Act]
) -> None:
    before, after = (asked(checker, act) for act in pair)

    assert not milder(before, after)


def spans(measure: Measure) -> list[tuple[date, date]]:
    days = (*measure.in_force, *measure.states_only)
    return [(one.valid_from, one.valid_until or date.max) for one in days]


@several
@given(act=acts, measure=st.integers(0, 10_000), step=st.integers(-1, 1))
def test_no_measure_is_found_on_a_day_on_which_it_is_not_in_force(
    checker: Checker, act: Act, measure: int, step: int
) -> None:
    every = [one for one in law().catalogue.measures if one.in_force]
    span = every[measure % len(every)].in_force[0]
    for turn in (span.valid_from, span.valid_until or span.valid_from, BEFORE_ALL_LAW):
        day = date.fromordinal(turn.toordinal() + step)
        if day < law().first_day:
            with pytest.raises(ActError, match="no law is held"):
                asked(checker, msgspec.structs.replace(act, on=day))
            continue
        for finding in findings_of(asked(checker, msgspec.structs.replace(act, on=day))):
            own = law().catalogue.by_id.get(finding.measure)
            if own is not None:
                assert any(since <= day < until for since, until in spans(own)), own.id


def findings_of(verdict: Verdict) -> list[Finding]:
    return [one for result in verdict.results for one in result.findings]


def by_name_alone(act: Act) -> Act:
    """Without what the caller says of lists: keys of them, or that a party is on none."""
    bare = {"listings": (), "same_as": (), "different_from": (), "not_listed_by": ()}
    parties = tuple(msgspec.structs.replace(party, **bare) for party in act.parties)
    return msgspec.structs.replace(act, parties=parties)


@pytest.fixture(scope="module")
def less_by_one(tmp_path_factory: pytest.TempPathFactory) -> list[Checker]:
    """A store for each of the lists, which alone it does not hold."""
    versions = list(demonstration_lists())
    checkers = []
    for absent in versions:
        folder = tmp_path_factory.mktemp("less") / "store"
        with Store(folder) as store:
            for version in versions:
                if version.list_id != absent.list_id:
                    store.add(version, known_at=ASKED_AT)
            refresh_index(store)
        checkers.append(Checker(Screener(folder)))
    return checkers


@several
@given(act=acts.map(by_name_alone), number=st.integers(0, 100))
def test_a_list_less_makes_no_answer_milder_than_a_review(
    checker: Checker, less_by_one: list[Checker], act: Act, number: int
) -> None:
    before = asked(checker, act)
    after = results_of(asked(less_by_one[number % len(less_by_one)], act))

    for key, result in results_of(before).items():
        # Lists are asked for where a law binds, or may bind who asks and does something.
        deeds, asker = deeds_of(act), act.asker.party
        is_active = bool(deeds.of(asker)) and not deeds.is_passive(asker)
        is_doing = result.binds_asker is not InForce.NO and is_active
        if result.binds is not InForce.YES and not is_doing:
            continue
        outcome = after[key].outcome if key in after else Outcome.NO_MEASURE_FOUND
        assert outcome.rank <= max(result.outcome.rank, Outcome.REVIEW.rank), (key, outcome)


def said(verdict: Verdict) -> dict[str, set[tuple[str, str]]]:
    """What is said by jurisdiction, without order and paths."""
    return {
        one.jurisdiction: {(each.measure, each.outcome.value) for each in one.findings}
        | {("", one.outcome.value)}
        for one in verdict.results
    }


@several
@given(act=acts, seed=st.integers(0, 1_000))
def test_the_order_of_parties_goods_and_facts_changes_no_answer(
    checker: Checker, act: Act, seed: int
) -> None:
    shuffled = Random(seed)
    fields: dict[str, object] = {
        "parties": tuple(shuffled.sample(act.parties, len(act.parties))),
        "facts": dict(shuffled.sample(list(act.facts.items()), len(act.facts))),
    }
    if isinstance(act, CargoAct | CommunicationAct):
        fields["goods"] = tuple(shuffled.sample(act.goods, len(act.goods)))
    other = msgspec.structs.replace(act, **fields)

    assert said(asked(checker, other)) == said(asked(checker, act))


@several
@given(act=acts, number=st.integers(0, 100))
def test_goods_on_two_lines_or_a_party_named_twice_make_no_answer_milder(
    checker: Checker, act: Act, number: int
) -> None:
    before = asked(checker, act)
    party = act.parties[number % len(act.parties)]
    twice = msgspec.structs.replace(party, id=f"{party.key}-again")
    more = msgspec.structs.replace(act, parties=(*act.parties, twice))
    assert not milder(before, asked(checker, more))

    if isinstance(act, CargoAct | CommunicationAct) and act.goods:
        line = act.goods[0]
        half = line.quantity / 2 if line.quantity is not None else None
        halves = (msgspec.structs.replace(line, quantity=half),) * 2
        split = msgspec.structs.replace(act, goods=(*halves, *act.goods[1:]))
        assert not milder(before, asked(checker, split))
