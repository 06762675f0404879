"""Whether a jurisdiction binds those whom an act implies without naming them.

These are the bank through which a currency goes, and the States that let goods and people pass.
"""

from article41.law.acting import Fact, Kind, PartyFacts
from article41.law.grounds import Ground
from article41.law.scenes import Clearing, Scene
from article41.law.standings import Standing
from article41.law.weighing import Bound, Tally, way_question
from article41.model.clocks import InForce
from article41.model.parties import Role

CLEARING = "clearing"
"""Key of the bank, named or not, through which the money of an act goes."""


def clearing_bound(
    clearing: Clearing,
    banks: tuple[Fact, ...],
    answers: tuple[tuple[str, bool], ...],
    standing: Standing,
) -> Bound:
    """Whether money goes through a bank that the jurisdiction binds.

    Where the way is not given, a named bank in the territory is on it, and a currency of the
    jurisdiction leaves it open.

    Example:
        >>> from datetime import date
        >>> from article41.law.jurisdictions import jurisdictions
        >>> from article41.law.standings import standing_on
        >>> day = standing_on(jurisdictions()["US"], date(2012, 7, 6))
        >>> clearing_bound(Clearing(currency="USD"), (), (), day).missing[0][0]
        'cleared_in'
    """
    bank = PartyFacts(key=CLEARING, role=Role.INTERMEDIARY, kind=Kind.BODY, answers=answers)
    tally = Tally(bank, standing)
    rule = standing.rules.get(Ground.CURRENCY)
    if rule is None:
        tally.deny("act", "", f"{standing.in_text} binds States, not banks")
    elif clearing.through is not None:
        facts = [
            (f"cleared_in[{at}]", code, "paid through a bank in")
            for at, code in enumerate(clearing.through)
        ]
        tally.weigh(rule, facts)
        if not facts:
            tally.deny("cleared_in", "", "paid through no bank of another country")
    else:
        tally.weigh(rule, [f for f in banks if standing.reaches(f[1], rule.ground) is InForce.YES])
        _currency(tally, clearing.currency)
    return tally.result()


def _currency(tally: Tally, currency: str) -> None:
    if currency in tally.standing.currencies:
        tally.missing["cleared_in"] = way_question(currency)
    elif not currency and tally.standing.currencies:
        tally.missing["money.currency"] = "in which currency is it paid?"
    else:
        tally.deny("money.currency", currency, f"not a currency of {tally.standing.in_text}")


def state_bounds(scene: Scene, standing: Standing) -> dict[str, Bound]:
    """Whether each State that an act implies is bound, by `state:` and its code.

    Example:
        >>> from datetime import date
        >>> from article41.law.jurisdictions import jurisdictions
        >>> from article41.law.standings import standing_on
        >>> scene = Scene(act="journey", states=(("arrives", "FR", "is entered"),))
        >>> day = standing_on(jurisdictions()["EU"], date(2012, 7, 6))
        >>> {key: bound.truth.value for key, bound in state_bounds(scene, day).items()}
        {'state:FR': 'yes'}
    """
    by_code: dict[str, list[Fact]] = {}
    for path, code, phrase in scene.states:
        by_code.setdefault(code, []).append((path, code, phrase))
    rule = standing.rules[Ground.STATE]
    bounds = {}
    for code, facts in by_code.items():
        key = f"state:{code}"
        state = PartyFacts(key=key, role=Role.AUTHORITY, kind=Kind.BODY, is_state=True)
        tally = Tally(state, standing)
        tally.weigh(rule, facts)
        bounds[key] = tally.result()
    return bounds
