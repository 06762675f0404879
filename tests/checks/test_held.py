"""What the lists leave open: none is held, one is old, one has a single regime, or is settled."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import msgspec
import pytest

from article41.checks import Screener
from article41.checks.acts import Checker
from article41.checks.coverage import Coverage, Finding, FindingKind
from article41.checks.held import LIST_BEING_INDEXED, LIST_IN_DOUBT, LIST_MISSING, HeldLists
from article41.faces.demonstration import demonstration_store
from article41.law.coverage_loading import load_coverage
from article41.law.gaps import Law
from article41.law.needs import load_needs
from article41.law.situation import Situation
from article41.match import SCORER, ListCoverage, ListStanding
from article41.model.acts import Act
from article41.model.clocks import InForce
from article41.model.measures import Outcome
from article41.model.verdicts import Finding as LawFinding
from article41.model.verdicts import Identity, ListedAs, PartyStanding, Result
from tests.checks.test_ordinary_acts import paid, sold

ON = date(2024, 6, 1)


# Any: acts are written as a caller would write them in JSON.
def act_of(table: dict[str, Any]) -> Act:
    act: Act = msgspec.convert({**table, "on": ON}, type=Act)
    return act


def unasked(act: Act) -> Act:
    """The same where nobody has looked for the parties elsewhere."""
    parties = tuple(msgspec.structs.replace(party, not_listed_by=()) for party in act.parties)
    return msgspec.structs.replace(act, parties=parties)


def standing(published: date) -> ListStanding:
    known_from = datetime.combine(published, time.min, tzinfo=UTC)
    return ListStanding(
        sha256="ab", published=published, day=published, known_from=known_from, listings=7, gaps=()
    )


def coverage(*held: str, old: tuple[str, ...] = (), **published: date) -> Coverage:
    """Some lists, some of them old; a list by its name in underscores is of a day."""
    lists = tuple(
        ListCoverage(
            list_id=one,
            authority="",
            version=standing(published.get(one.replace("-", "_"), ON)),
            first_day=date(2000, 1, 1),
            names_cut=0,
            names_empty=0,
        )
        for one in held
    )
    stale = tuple(Finding(kind=FindingKind.STALE, list_id=one, detail="9 days old") for one in old)
    return Coverage(as_of=ON, known_at=None, lists=lists, findings=stale, scorer=SCORER)


def limits(
    act: Act, held: Coverage, standings: Mapping[str, PartyStanding] | None = None
) -> dict[str, LawFinding]:
    found = {party.key: PartyStanding(party=party.key) for party in act.parties}
    lists = HeldLists(held, load_needs(), Law.shipped())
    said = lists.limits(Situation(act, {**found, **(standings or {})}))
    assert all(len(findings) == 1 for findings in said.values())
    return {key: findings[0] for key, findings in said.items()}


def entry(list_id: str, in_force: InForce = InForce.YES) -> ListedAs:
    return ListedAs(
        key=f"{list_id}/7",
        authority="OFAC",
        list_id=list_id,
        name="Quillfeather payee",
        identity=Identity.ASSERTED,
        in_force=in_force,
    )


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    folder = tmp_path_factory.mktemp("held") / "demonstration"
    demonstration_store(folder)
    return Checker(Screener(folder))


def result_of(checker: Checker, act: Act, key: str) -> Result:
    verdict = checker.check(msgspec.structs.replace(act, jurisdictions=(key,)))
    return next(one for one in verdict.results if one.jurisdiction == key)


@pytest.mark.parametrize("country", ["LY", "MM", "AF", "RU", "IR", "KP", "LB"])
def test_a_list_of_one_regime_says_nothing_of_who_may_be_listed_under_another(
    checker: Checker, country: str
) -> None:
    act = unasked(act_of(paid("DE", country, cleared_in=["DE", "SY"])))

    result = result_of(checker, act, "EU")

    [finding] = [one for one in result.findings if one.measure == LIST_MISSING]
    assert result.outcome is Outcome.REVIEW
    assert country in {each.value for each in finding.because}
    assert "demo-eu-syria has those listed over SY alone" in finding.title


def test_a_list_of_one_regime_does_not_answer_acts_that_have_nothing_to_do_with_it(
    checker: Checker,
) -> None:
    result = result_of(checker, unasked(act_of(paid("DE", "FR"))), "EU")

    assert result.outcome is Outcome.REVIEW
    assert [one.measure for one in result.findings] == [LIST_MISSING]


def test_the_demonstration_answers_acts_of_its_regime_and_says_by_what(checker: Checker) -> None:
    act = unasked(act_of(paid("DE", "SY")))

    result = result_of(checker, act, "EU")

    assert result.outcome is Outcome.NO_MEASURE_FOUND
    assert "demo-eu-syria has those listed over SY alone" in result.notes[0]


def test_a_list_of_one_regime_beside_whole_lists_of_others_is_no_demonstration() -> None:
    act = unasked(act_of(paid("DE", "SY")))

    assert "EU" not in limits(act, coverage("demo-eu-syria", "demo-un-syria"))
    assert limits(act, coverage("demo-eu-syria", "un-sc"))["EU"].measure == LIST_MISSING


def test_one_finding_tells_all_that_is_old_of_a_jurisdiction() -> None:
    act = unasked(act_of(paid("US", "FR")))
    held = coverage("ofac-sdn", "ofac-cons", old=("ofac-sdn", "ofac-cons"))

    finding = limits(act, held)["US"]

    assert finding.measure == LIST_IN_DOUBT
    assert finding.title == "ofac-sdn is 9 days old; ofac-cons is 9 days old"
    assert [one.fact for one in finding.missing] == ["lists.ofac-sdn; ofac-cons"]


def test_what_is_wrong_with_one_list_is_told_of_it_once() -> None:
    act = unasked(act_of(paid("US", "FR")))
    held = coverage("ofac-sdn", "ofac-cons", old=("ofac-sdn",))
    gap = Finding(kind=FindingKind.GAP, list_id="ofac-sdn", detail="aliases (ALT.CSV)")
    held = msgspec.structs.replace(held, findings=(gap, *held.findings))

    assert limits(act, held)["US"].title == "ofac-sdn lacks aliases (ALT.CSV), is 9 days old"


def test_of_several_old_sets_the_newest_is_told() -> None:
    act = unasked(act_of(paid("US", "FR")))
    lists = ("ofac-sdn", "ofac-cons", "us-csl")

    told = limits(act, coverage(*lists, old=lists, us_csl=date(2022, 5, 16)))["US"]
    other = limits(act, coverage(*lists, old=lists, ofac_cons=date(2022, 5, 16)))["US"]

    assert told.title == "ofac-sdn is 9 days old; ofac-cons is 9 days old"
    assert other.title == "us-csl is 9 days old"


def test_what_is_old_is_not_called_missing_and_what_is_missing_is() -> None:
    act = unasked(act_of(paid("US", "FR")))

    missing = limits(act, coverage("un-sc"))["US"]

    assert missing.measure == LIST_MISSING
    assert "no list of US is held" in missing.title
    assert "ofac-sdn with ofac-cons or us-csl" in missing.title


def test_a_jurisdiction_of_which_no_whole_list_can_be_read_is_asked_for_none_by_name() -> None:
    act = unasked(act_of(paid("JP", "SY")))

    missing = limits(act, coverage("un-sc"))["JP"]

    assert missing.title == "no list of JP is held, and no whole list of it can be read here yet"
    assert [one.fact for one in missing.missing] == ["lists.JP"]
    assert "demo" not in missing.missing[0].question


def test_what_a_league_decided_is_told_where_the_law_of_its_member_is_not_held(
    checker: Checker,
) -> None:
    act = msgspec.structs.replace(act_of(paid("AE", "SY")), on=date(2012, 7, 6))

    [finding] = result_of(checker, act, "AE").findings

    assert finding.note.startswith("What the League of Arab States decided on SY binds AE")


def test_since_when_a_measure_is_in_force_is_told_once(checker: Checker) -> None:
    bank = {
        "role": "customer",
        "name": "Central Bank of Syria",
        "country": "SY",
        "status": "central-bank",
        "listings": ["demo-eu-syria/E038"],
    }
    holder = {"role": "institution", "name": "Specimen Bank", "country": "DE"}
    asker = {"party": "institution", "does": ["hold"]}
    act = act_of({"act": "party", "asker": asker, "parties": [holder, bank]})
    act = msgspec.structs.replace(act, on=date(2025, 3, 15))

    findings = result_of(checker, act, "EU").findings

    for one in findings:
        assert sum(each.fact == "on" for each in one.because) <= 1
    assert any(len(one.because) > 1 for one in findings)


def test_who_stands_on_one_list_may_stand_on_another_of_the_same_authority() -> None:
    act = act_of(paid("US", "FR"))
    payer, payee = act.parties
    act = msgspec.structs.replace(
        act, parties=(payer, msgspec.structs.replace(payee, not_listed_by=()))
    )
    held = coverage("ofac-sdn", "ofac-cons", old=("ofac-sdn", "ofac-cons"))
    listed = {"payee": PartyStanding(party="payee", listed=(entry("ofac-sdn"),))}

    assert limits(act, held, listed)["US"].title == "ofac-cons is 9 days old"


def test_an_entry_that_was_taken_off_its_list_settles_nothing() -> None:
    act = unasked(act_of(paid("US", "FR")))
    held = coverage("ofac-sdn", "ofac-cons", old=("ofac-sdn",))
    for in_force in (InForce.NO, InForce.UNKNOWN):
        listed = {
            party.key: PartyStanding(party=party.key, listed=(entry("ofac-sdn", in_force),))
            for party in act.parties
        }

        assert limits(act, held, listed)["US"].title == "ofac-sdn is 9 days old"


def test_a_list_is_needed_where_the_law_that_goes_by_it_can_bear() -> None:
    held = coverage("ofac-sdn", "ofac-cons", "ch-seco")
    machine = {"code": "8422 40", "description": "packing machine"}

    assert "us-csl" in limits(unasked(act_of(sold("US", "FR", machine))), held)["US"].title
    assert "US" not in limits(unasked(act_of(paid("US", "FR"))), held)
    assert "ch-fiaa" in limits(unasked(act_of(paid("CH", "UA"))), held)["CH"].title
    assert "CH" not in limits(unasked(act_of(paid("CH", "FR"))), held)


def test_who_was_looked_for_elsewhere_leaves_nothing_open() -> None:
    act = act_of(paid("US", "FR"))

    assert "US" not in limits(act, coverage("un-sc"))
    assert "IN" in limits(act, coverage("un-sc"))


def test_regimes_and_countries_of_the_needs_are_those_of_the_table() -> None:
    touches = load_coverage().touches
    for need in load_needs():
        assert need.any_of
        for one in need.any_of:
            assert one.lists
            assert set(one.regimes) <= touches.keys()


def test_a_list_whose_newer_version_is_being_indexed_is_told_as_that_and_not_as_old() -> None:
    act = unasked(act_of(paid("DE", "FR")))
    held = coverage("eu-journal", old=("eu-journal",))
    came = Finding(
        kind=FindingKind.INDEX_BEHIND, list_id="eu-journal", detail="2024-06-01T08:00:00+00:00"
    )
    gap = Finding(kind=FindingKind.GAP, list_id="eu-journal", detail="a half of it")

    old = limits(act, held)["EU"]
    behind, lacking = (
        limits(act, msgspec.structs.replace(held, findings=(*held.findings, *more)))["EU"]
        for more in ((came,), (came, gap))
    )

    assert (old.measure, "9 days old" in old.title) == (LIST_IN_DOUBT, True)
    assert behind.measure == LIST_BEING_INDEXED
    assert "9 days old" not in behind.title
    assert "newer version, added at 2024-06-01T08:00:00+00:00" in behind.title
    assert "ask again in a moment" in behind.title
    assert lacking.measure == LIST_IN_DOUBT
