"""Where a measure stands on each day around its boundaries."""

from datetime import date, timedelta

import pytest

from article41.law.force import Phase, binds_states_alone, citation_on, force_on, said_on
from article41.law.grounds import Ground
from article41.law.jurisdictions import jurisdictions
from article41.law.loading import load_catalogue
from article41.law.standings import standing_on
from article41.model.clocks import InForce
from article41.model.measures import Former
from article41.model.verdicts import Identity, ListedAs
from tests.law.made import measure

LIVED = measure(
    announced_on=date(2011, 12, 1),
    states_only=[{"from": date(2011, 12, 2), "until": date(2012, 1, 19), "by": "Decision 782"}],
    in_force=[
        {"from": date(2012, 1, 19), "until": date(2025, 5, 29), "ended_by": "Regulation 1098"}
    ],
    suspended=[{"from": date(2025, 2, 26), "until": date(2025, 5, 29), "by": "Regulation 407"}],
    texts=[
        {"instrument": "Old act", "from": date(2012, 1, 19), "until": date(2014, 1, 1)},
        {"instrument": "New act", "provision": "Art 6", "from": date(2014, 1, 1)},
    ],
)
BOUNDARIES = [
    (date(2011, 12, 1), Phase.ANNOUNCED, Phase.STATES_ONLY),
    (date(2012, 1, 18), Phase.STATES_ONLY, Phase.IN_FORCE),
    (date(2025, 2, 25), Phase.IN_FORCE, Phase.SUSPENDED),
    (date(2025, 5, 28), Phase.SUSPENDED, Phase.ENDED),
]


@pytest.mark.parametrize(("last", "before", "after"), BOUNDARIES)
def test_each_boundary_belongs_to_the_days_after_it(
    last: date, before: Phase, after: Phase
) -> None:
    assert force_on(LIVED, last).phase is before
    assert force_on(LIVED, last + timedelta(days=1)).phase is after


def test_before_everything_it_is_not_yet_there() -> None:
    assert force_on(LIVED, date(2011, 11, 30)).phase is Phase.BEFORE
    assert "2012-01-19" in force_on(LIVED, date(2011, 11, 30)).held.because[0].text


def test_what_ended_says_by_which_act() -> None:
    assert "Regulation 1098" in force_on(LIVED, date(2026, 1, 1)).held.because[0].text


def test_the_text_of_the_day_is_cited() -> None:
    assert citation_on(LIVED, date(2013, 12, 31)) == "Old act"
    assert citation_on(LIVED, date(2014, 1, 1)) == "New act, Art 6"
    assert force_on(LIVED, date(2012, 1, 1)).citation == "Decision 782"


def test_what_was_never_in_force_is_on_record() -> None:
    assert force_on(measure(in_force=[]), date(2024, 1, 1)).phase is Phase.NEVER


def test_a_measure_that_comes_back_is_not_there_in_between() -> None:
    twice = measure(
        in_force=[
            {"from": date(2024, 3, 1), "until": date(2025, 3, 1)},
            {"from": date(2025, 6, 1)},
        ]
    )

    assert force_on(twice, date(2025, 4, 1)).phase is Phase.BEFORE
    assert force_on(twice, date(2025, 6, 1)).phase is Phase.IN_FORCE


def test_between_decision_and_regulation_no_operator_is_bound() -> None:
    assert binds_states_alone(LIVED, Phase.STATES_ONLY)
    assert not binds_states_alone(LIVED, Phase.IN_FORCE)
    assert binds_states_alone(measure(level="states"), Phase.IN_FORCE)


def listed_as(name: str, *, tags: tuple[str, ...] = (), acts: tuple[str, ...] = ()) -> ListedAs:
    return ListedAs(
        key=f"xa-main/{name}",
        authority="XA",
        list_id="xa-main",
        name=name,
        identity=Identity.ASSERTED,
        in_force=InForce.YES,
        programmes=tags,
        acts=acts,
    )


NAMED = measure(
    in_force=[{"from": date(2011, 5, 10)}],
    texts=[
        {"instrument": "Order 1", "from": date(2011, 5, 10), "tags": ["FLEET"]},
        {"instrument": "Order 2", "from": date(2011, 8, 18), "tags": ["PORT"]},
        {"instrument": "Order 3", "from": date(2011, 10, 14), "listings": ["Specimen Bank"]},
    ],
)


@pytest.mark.parametrize(
    ("entry", "day", "cited", "since"),
    [
        (listed_as("Ada Example", tags=("FLEET",)), date(2012, 7, 6), "Order 1", "2011-05-10"),
        (listed_as("Ada Example", tags=("PORT",)), date(2012, 7, 6), "Order 2", "2011-08-18"),
        (listed_as("specimen bank", tags=("PORT",)), date(2012, 7, 6), "Order 3", "2011-10-14"),
        (listed_as("specimen bank", tags=("PORT",)), date(2011, 9, 1), "Order 2", "2011-08-18"),
        (listed_as("Ada Example", acts=("Order 2",)), date(2012, 7, 6), "Order 2", "2011-08-18"),
    ],
)
def test_an_entry_is_cited_by_its_own_text_and_since_that_text(
    entry: ListedAs, day: date, cited: str, since: str
) -> None:
    force = force_on(NAMED, day, (entry,))

    assert force.citation == cited
    assert force.held.because[0].text == f"in force since {since}"


def test_where_an_earlier_text_said_the_same_both_days_are_told() -> None:
    said = force_on(LIVED, date(2014, 1, 1)).held.because[0].text

    assert said == "in force since 2014-01-01, and in an earlier text since 2012-01-19"


def test_what_a_text_took_over_is_cited_by_the_one_before_until_that_day() -> None:
    former = [Former(text="Art 11", valid_until=date(2012, 1, 19))]

    assert said_on("Art 29", former, date(2012, 1, 18)) == "Art 11"
    assert said_on("Art 29", former, date(2012, 1, 19)) == "Art 29"


@pytest.mark.parametrize(
    ("jurisdiction", "day", "named", "not_yet"),
    [
        ("EU", date(2011, 1, 1), "each regulation", "442/2011"),
        ("EU", date(2011, 9, 5), "442/2011", "36/2012"),
        ("EU", date(2012, 1, 19), "36/2012", "442/2011"),
        ("US", date(2011, 8, 17), "each programme", "13582"),
        ("US", date(2011, 8, 18), "13582", "542"),
        ("US", date(2025, 7, 1), "each programme", "13582"),
    ],
)
def test_no_ground_is_cited_by_an_act_before_or_after_its_days(
    jurisdiction: str, day: date, named: str, not_yet: str
) -> None:
    rules = standing_on(jurisdictions()[jurisdiction], day).rules.values()
    own = [rule.text for rule in rules if rule.ground in (Ground.TERRITORY, Ground.NATIONALITY)]

    assert own
    assert all(named in text and not_yet not in text for text in own)


@pytest.mark.parametrize(
    ("measure_id", "day", "later"),
    [
        ("us/syria/section-311", date(2011, 2, 28), "1010.653"),
        ("us/syria/export-ban", date(2011, 12, 11), "746.9"),
        ("au/syria/asset-freeze", date(2011, 12, 14), "Autonomous Sanctions Regulations"),
        ("ch/syria/asset-freeze", date(2012, 6, 8), "Art 10(3)"),
        ("eu/syria/travel-ban", date(2011, 5, 9), "2011/782"),
    ],
)
def test_what_lifts_or_must_be_done_is_not_cited_by_a_later_act(
    measure_id: str, day: date, later: str
) -> None:
    one = load_catalogue().by_id[measure_id]
    said = [said_on(each.citation, each.formerly, day) for each in one.reliefs]
    said += [said_on(each.citation, each.formerly, day) for each in one.duties]

    assert said
    assert not [text for text in said if later in text]


def test_no_text_of_the_union_on_syria_cites_the_later_regulation_before_its_day() -> None:
    for one in load_catalogue().measures:
        if one.jurisdiction != "EU" or one.regime != "SY":
            continue
        for day in (date(2011, 9, 5), date(2012, 1, 18)):
            if force_on(one, day).phase is not Phase.IN_FORCE:
                continue
            assert "36/2012" not in citation_on(one, day), one.id
            for duty in one.duties:
                said = said_on(duty.citation, duty.formerly, day)
                assert not said.startswith("Art 29"), one.id
