"""What must hold of any holdings, tried on generated ones against the slow reference."""

import random
from datetime import date
from fractions import Fraction

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from article41.law.ownership import OWNERSHIP_DEPTH_MAX, examine, rule_on
from article41.model.clocks import InForce
from article41.model.holdings import Control, ControlKind, Holdings, Share, Stake
from article41.model.ownership import Owned, OwnershipNote
from tests.law.ownership.made import TODAY, asked, stake
from tests.law.ownership.slow_reference import Stakes, answer

LISTED = ("L1", "L2", "L3")
BODIES = ("A", "B", "C", "D")
OWNERS = (*LISTED, *BODIES, "N1", "N2")
PERCENTS = (0, 5, 10, 20, 25, 30, 40, 49, 50, 51, 60, 75, 100)
FAMILIES = {
    "us": (TODAY, True, True),
    "eu": (TODAY, True, True),
    "uk": (TODAY, False, False),
}
"""Day, whether half is enough, and whether all listed are added."""
RANK = {Owned.OWNED: 4, Owned.CONTROLLED: 3, Owned.REVIEW: 2, Owned.NOT_OWNED: 0}


@st.composite
def exact_stakes(draw: st.DrawFn) -> Stakes:
    """Stakes of which those in one body never make more than the whole."""
    stakes: Stakes = {}
    for asset in BODIES:
        left = 100
        for owner in draw(st.lists(st.sampled_from(OWNERS), unique=True, max_size=4)):
            share = draw(st.sampled_from(PERCENTS))
            if owner != asset and share <= left:
                stakes[owner, asset] = Fraction(share, 100)
                left -= share
    return stakes


CONTROLS = st.lists(
    st.tuples(st.sampled_from(OWNERS), st.sampled_from(BODIES)).filter(lambda it: it[0] != it[1]),
    max_size=3,
)


def holdings_of(stakes: Stakes, controls: list[tuple[str, str]] | None = None) -> Holdings:
    return Holdings(
        stakes=tuple(stake(owner, asset, str(share * 100)) for (owner, asset), share
                     in stakes.items()),
        controls=tuple(
            Control(owner=owner, asset=asset, kind=ControlKind.BOARD_MAJORITY)
            for owner, asset in controls or ()
        ),
    )  # fmt: skip


def severity(note: OwnershipNote) -> int:
    return RANK[note.owned] + int(note.needs_judgment and note.owned is Owned.NOT_OWNED)


@pytest.mark.parametrize("family", FAMILIES)
@given(stakes=exact_stakes(), controls=CONTROLS, party=st.sampled_from([*BODIES, "L1"]))
def test_exact_holdings_have_the_answer_of_the_slow_reference(
    family: str, stakes: Stakes, controls: list[tuple[str, str]], party: str
) -> None:
    day, takes_half, adds_all = FAMILIES[family]
    groups = [LISTED] if adds_all else [[one] for one in LISTED]
    counted = controls if family != "us" else []

    note = asked(holdings_of(stakes, controls), family, party=party, day=day, listed=LISTED)

    assert note.owned.value == answer(
        party, groups, stakes, takes_half=takes_half, controls=counted
    )


@pytest.mark.parametrize("family", FAMILIES)
@given(
    stakes=exact_stakes(),
    owner=st.sampled_from(LISTED),
    asset=st.sampled_from(BODIES),
    party=st.sampled_from(BODIES),
    share=st.sampled_from(PERCENTS),
    nominee=st.sampled_from([None, False, True]),
)
def test_a_further_stake_of_a_listed_owner_never_makes_it_milder(
    *,
    family: str,
    stakes: Stakes,
    owner: str,
    asset: str,
    party: str,
    share: int,
    nominee: bool | None,
) -> None:
    total = sum((one for (_, into), one in stakes.items() if into == asset), start=Fraction(0))
    assume(total + Fraction(share, 100) <= 1)
    before = holdings_of(stakes)
    further = stake(owner, asset, share, is_nominee=nominee, source="another paper")
    after = Holdings(stakes=(*before.stakes, further))

    notes = [asked(held, family, party=party, listed=LISTED) for held in (before, after)]

    assert severity(notes[1]) >= severity(notes[0])


@pytest.mark.parametrize("family", FAMILIES)
@given(data=st.data(), stakes=exact_stakes(), party=st.sampled_from(BODIES))
def test_bands_say_nothing_that_an_exact_share_within_them_contradicts(
    family: str, data: st.DataObject, stakes: Stakes, party: str
) -> None:
    widened = []
    for (owner, asset), share in stakes.items():
        least = share - Fraction(data.draw(st.sampled_from([0, 0, 1, 10, 25])), 100)
        most = share + Fraction(data.draw(st.sampled_from([0, 0, 1, 10, 25])), 100)
        wide = Share(at_least=max(least, Fraction(0)), at_most=min(most, Fraction(1)))
        is_missing = data.draw(st.integers(0, 9)) == 0
        widened.append(Stake(owner=owner, asset=asset, share=None if is_missing else wide))

    exact = asked(holdings_of(stakes), family, party=party, listed=LISTED)
    note = asked(tuple(widened), family, party=party, listed=LISTED)

    assert note.owned in {exact.owned, Owned.REVIEW}
    if not note.needs_judgment and note.owned is Owned.NOT_OWNED:
        assert not exact.needs_judgment


@pytest.mark.parametrize("family", ["us", "eu", "uk", "ch", "ca", "bis", "none-verified"])
@given(stakes=exact_stakes(), controls=CONTROLS, seed=st.integers(), unsure=st.booleans())
def test_the_order_of_what_is_given_does_not_matter(
    *, family: str, stakes: Stakes, controls: list[tuple[str, str]], seed: int, unsure: bool
) -> None:
    held = holdings_of(stakes, controls)
    held = msgspec.structs.replace(held, joint_arrangements=(("L1", "N1"), ("L2", "L3", "A")))
    chance = random.Random(seed)
    shuffled = Holdings(
        stakes=tuple(chance.sample(held.stakes, len(held.stakes))),
        controls=tuple(chance.sample(held.controls, len(held.controls))),
        joint_arrangements=tuple(
            tuple(chance.sample(one, len(one))) for one in chance.sample(held.joint_arrangements, 2)
        ),
    )
    listed = {"L1": InForce.YES, "L2": InForce.UNKNOWN if unsure else InForce.YES}
    turned = dict(reversed(listed.items()))
    rule = rule_on(family, TODAY)

    notes = examine(held, asked=BODIES, listed=listed, rule=rule, day=TODAY)
    others = examine(shuffled, asked=BODIES, listed=turned, rule=rule, day=TODAY)

    assert notes == others


@given(stakes=exact_stakes(), party=st.sampled_from(BODIES))
def test_an_unsure_listing_is_never_more_than_a_review(stakes: Stakes, party: str) -> None:
    for family in ("us", "eu", "uk"):
        sure = asked(holdings_of(stakes), family, party=party, listed=LISTED)
        unsure = asked(
            holdings_of(stakes),
            family,
            party=party,
            listed=dict.fromkeys(LISTED, InForce.UNKNOWN),
        )

        assert unsure.owned in {Owned.REVIEW, Owned.NOT_OWNED}
        assert unsure.needs_judgment == (sure.needs_judgment or sure.owned is not Owned.NOT_OWNED)


def ring(length: int) -> tuple[Stake, ...]:
    around = [stake(f"R{at}", f"R{(at + 1) % length}", 60) for at in range(length)]
    return (*around, stake("R0", "C", 60))


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("length", [2, 3, 40])
def test_holdings_in_a_circle_come_to_an_end(family: str, length: int) -> None:
    apart = asked(ring(length), family)
    held = asked((*ring(length), stake("L1", "R1", 40)), family)

    assert apart.owned is Owned.NOT_OWNED
    # 60 % from the ring and 40 % of the listed owner in R1: neither reaches the ring by itself.
    assert held.owned is Owned.NOT_OWNED
    assert held.needs_judgment == (family != "us")


@pytest.mark.parametrize(
    ("length", "owned"),
    [(OWNERSHIP_DEPTH_MAX, Owned.OWNED), (OWNERSHIP_DEPTH_MAX + 1, Owned.REVIEW)],
)
def test_a_chain_is_followed_as_far_as_the_limit_says(length: int, owned: Owned) -> None:
    links = [stake("L1", "B1", 100)]
    links += [stake(f"B{at}", f"B{at + 1}", 100) for at in range(1, length)]

    note = asked(tuple(links), "us", party=f"B{length}")

    assert note.owned is owned
    assert any("more than 50 owners" in ask for ask in note.asks) == (owned is Owned.REVIEW)


def test_many_owners_are_examined_in_a_moment() -> None:
    links = [stake(f"P{at}", "C", "0.01") for at in range(5_000)]
    links += [stake(f"Q{at}", f"Q{at + 1}", 60) for at in range(4_000)]

    note = asked((*links, stake("Q4000", "C", 50)), "uk", listed=("Q3990", "P7"))

    assert note.owned is Owned.NOT_OWNED
    assert note.owners == ("P7", "Q3990")
    assert note.share == "50.01 %"


def test_a_day_outside_every_stake_has_no_owner() -> None:
    held = (stake("L1", "C", 100, held_from=date(2026, 1, 1)),)

    assert asked(held, "eu").text == "no owner of C is given"


def test_thirds_are_added_without_rounding() -> None:
    thirds = tuple(Stake(owner=one, asset="C", share=Share(
        at_least=Fraction(1, 6), at_most=Fraction(1, 6))) for one in LISTED)  # fmt: skip

    note = asked(thirds, "us", listed=LISTED)

    assert note.owned is Owned.OWNED
    assert note.share == "50 %"
