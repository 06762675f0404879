"""Every situation has the answer that it says, and its twin by name alone freezes nothing."""

import csv
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec
import pytest

from article41.checks.acts import Checker
from article41.model.acts import Act
from article41.model.clocks import InForce
from article41.model.measures import Outcome
from article41.model.verdicts import Finding, Result, Verdict
from tests.situations.book import (
    Situation,
    act_tree,
    outcome_of,
    read,
    situations,
    words_of,
)
from tests.situations.stores import ASKED_ON

OUTSIDE = {"S36", "S58", "S63"}
"""Questions of decision procedures, which are no acts."""
SITUATIONS = situations()
every_situation = pytest.mark.parametrize("name", SITUATIONS)


@pytest.fixture(scope="module")
def verdicts(checker: Checker) -> dict[str, Verdict]:
    acts = [read(act_tree(one), one.id) for one in SITUATIONS.values()]
    return dict(zip(SITUATIONS, checker.check_many(acts, asked_on=ASKED_ON), strict=True))


def result_of(verdict: Verdict, jurisdiction: str) -> Result:
    return next(one for one in verdict.results if one.jurisdiction == jurisdiction)


def deciding(result: Result) -> list[Finding]:
    return [one for one in result.findings if one.outcome is result.outcome]


def shown(result: Result) -> str:
    return "\n".join(
        f"{one.outcome.value} {one.measure}: {one.citation}"
        f" {[fact.question for fact in one.missing][:3]}"
        for one in result.findings
    )


def has_all(words: Iterable[str], texts: Iterable[str]) -> bool:
    said = "\n".join(texts)
    return all(word in said for word in words)


@every_situation
def test_a_situation_has_its_answer(name: str, verdicts: dict[str, Verdict]) -> None:
    for jurisdiction, answer in SITUATIONS[name].answer.items():
        result = result_of(verdicts[name], jurisdiction)
        outcome = result.outcome.value
        assert outcome == outcome_of(answer).value, f"{jurisdiction}:\n{shown(result)}"


@every_situation
def test_it_is_decided_by_its_measures_and_cites_them(
    name: str, verdicts: dict[str, Verdict]
) -> None:
    one = SITUATIONS[name]
    for jurisdiction, measures in one.by.items():
        result = result_of(verdicts[name], jurisdiction)
        found = deciding(result)
        assert set(words_of(measures)) <= {each.measure for each in found}, shown(result)
    for jurisdiction, words in one.cites.items():
        named = words_of(one.by[jurisdiction])
        found = [
            each
            for each in deciding(result_of(verdicts[name], jurisdiction))
            if each.measure in named
        ]
        texts = [each.citation for each in found]
        texts += [
            relief.citation
            for each in found
            for relief in each.reliefs
            if relief.fits is InForce.YES
        ]
        texts += [text for each in found for entry in each.listed for text in entry.acts]
        assert has_all(words_of(words), texts), texts


@every_situation
def test_it_says_what_else_must_be_known(name: str, verdicts: dict[str, Verdict]) -> None:
    one, verdict = SITUATIONS[name], verdicts[name]
    for jurisdiction, facts in one.missing.items():
        asked = [
            fact.fact for each in result_of(verdict, jurisdiction).findings for fact in each.missing
        ]
        for fact in words_of(facts):
            assert any(fnmatchcase(each, fact) for each in asked), asked
    for jurisdiction, facts in one.idle.items():
        asked = [
            fact.fact for each in result_of(verdict, jurisdiction).findings for fact in each.missing
        ]
        assert not set(words_of(facts)) & set(asked), asked
    for jurisdiction, names in one.reliefs.items():
        named = {
            relief.id
            for each in deciding(result_of(verdict, jurisdiction))
            for relief in each.reliefs
            if relief.fits is not InForce.NO
        }
        assert set(words_of(names)) <= named, named
    duties = [f"{duty.what} {duty.within}" for duty in verdict.duties]
    assert has_all(words_of(one.duties), duties), duties
    for jurisdiction, words in one.exposure.items():
        assert has_all(words_of(words), result_of(verdict, jurisdiction).exposure)
    for jurisdiction, words in one.notes.items():
        assert has_all(words_of(words), result_of(verdict, jurisdiction).notes)


@every_situation
def test_what_may_lift_a_measure_names_the_facts_that_would(
    name: str, verdicts: dict[str, Verdict]
) -> None:
    for result in verdicts[name].results:
        for finding in result.findings:
            for relief in finding.reliefs:
                facts = {one.fact for one in relief.missing}
                assert bool(facts) is (relief.fits is InForce.UNKNOWN), (finding.measure, relief.id)
                assert all(one.if_not is not None for one in relief.missing)


def identified(verdict: Verdict) -> set[str]:
    """Keys of the parties that surely are somebody on a list."""
    return {
        standing.party
        for standing in verdict.parties
        if any(entry.identity.is_sure for entry in standing.listed)
    }


def by_name_alone(act: Act, keys: set[str]) -> Act:
    """The same act with nothing but the name to tell who some parties are."""
    parties = tuple(
        msgspec.structs.replace(party, listings=(), same_as=(), documents=(), mrz="")
        if party.key in keys
        else party
        for party in act.parties
    )
    assert all(party.name for party in parties if party.key in keys)
    return msgspec.structs.replace(act, parties=parties)


def rests_on_a_listing(finding: Finding) -> bool:
    return finding.outcome is not Outcome.NOT_BOUND and any(
        entry.identity.is_sure for entry in finding.listed
    )


@pytest.fixture(scope="module")
def twins(checker: Checker, verdicts: dict[str, Verdict]) -> dict[str, Verdict]:
    named = {name: keys for name, verdict in verdicts.items() if (keys := identified(verdict))}
    acts = [by_name_alone(verdicts[name].act, keys) for name, keys in named.items()]
    return dict(zip(named, checker.check_many(acts, asked_on=ASKED_ON), strict=True))


def twin_answers(one: Situation, verdict: Verdict) -> Iterator[tuple[str, Outcome]]:
    """What is expected of the twin, by jurisdiction."""
    for jurisdiction, answer in one.answer.items():
        if outcome_of(answer) is Outcome.NOT_BOUND:
            continue  # Whether who is not bound meets a listed party is asked of nobody.
        found = deciding(result_of(verdict, jurisdiction))
        is_listed = any(rests_on_a_listing(each) for each in found)
        otherwise = "REVIEW" if is_listed else answer
        yield jurisdiction, outcome_of(one.twin.get(jurisdiction, otherwise))


@every_situation
def test_a_name_alone_asks_and_never_freezes(
    name: str, verdicts: dict[str, Verdict], twins: dict[str, Verdict]
) -> None:
    if name not in twins:
        assert not SITUATIONS[name].twin, "it has no twin: nobody in it is on a list"
        return
    for jurisdiction, expected in twin_answers(SITUATIONS[name], verdicts[name]):
        result = result_of(twins[name], jurisdiction)
        outcome = result.outcome.value
        assert outcome == expected.value, f"{jurisdiction}:\n{shown(result)}"
        by_measure = {each.measure: each for each in result.findings}
        severest: dict[str, Outcome] = {}
        for finding in result_of(verdicts[name], jurisdiction).findings:
            if rests_on_a_listing(finding):
                own = finding.would_be or finding.outcome
                before = severest.get(finding.measure, own)
                severest[finding.measure] = min(own, before, key=lambda one: one.rank)
        for measure, own in severest.items():
            twin = by_measure[measure]
            if jurisdiction in SITUATIONS[name].twin and not twin.listed:
                continue  # It bears on the party for what it is to its State, whatever its name.
            assert twin.outcome is Outcome.REVIEW, measure
            assert twin.if_same is own, measure


def test_some_situations_have_a_twin(twins: dict[str, Verdict]) -> None:
    assert {"S14", "S15", "S31", "S34", "S40"} <= set(twins)


def test_every_scenario_of_the_reference_is_a_situation(shared: Path) -> None:
    with (shared / "domain" / "scenarios.csv").open(encoding="utf-8", newline="") as lines:
        rows = {row["id"]: row for row in csv.DictReader(lines)}

    for number, row in rows.items():
        own = [one for one in SITUATIONS.values() if one.source.startswith(f"scenarios {number}")]
        assert bool(own) is (number not in OUTSIDE), number
        days = {f"{read(act_tree(one), one.id).on}" for one in own}
        assert row["date"] in days or number in OUTSIDE, number


def test_every_cell_of_the_three_dates_is_a_situation() -> None:
    days = {name for name in SITUATIONS if name.startswith("T")}
    expected = {
        f"T{row:02} {day}"
        for row in range(1, 13)
        for day in ("2011-01-01", "2012-07-06", "2025-12-31")
    }
    assert days == expected
