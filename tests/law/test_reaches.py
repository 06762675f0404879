"""Where some measures reach further than others: subsidiaries, goods of US origin, causing."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from article41.law.jurisdictions import jurisdictions
from article41.law.nexus import Bound, bound_for, bounds_of, nexus_of
from article41.law.reaches import owned_by_bound
from article41.model.acts import Act, Asker, CargoAct, Goods, Money, PartyAct, PaymentAct
from article41.model.clocks import InForce
from article41.model.entities import Schema
from article41.model.holdings import Control, ControlKind, Holdings, Share, Stake
from article41.model.parties import Party, Role

US = jurisdictions()["US"]


def of(act: Act, party: str) -> Bound:
    return nexus_of(act, US)[party]


def company(role: Role, country: str, key: str = "") -> Party:
    return Party(role=role, id=key, schema=Schema.COMPANY, country=country)


def stake(owner: str, asset: str, percent: int) -> Stake:
    share = Fraction(percent, 100)
    return Stake(owner=owner, asset=asset, share=Share(at_least=share, at_most=share))


def exchange(on: date, *owners: Party, holdings: Holdings | None = None) -> PartyAct:
    """EN-34: an Armenian exchange lets a listed bank trade."""
    parties = (company(Role.INSTITUTION, "AM"), company(Role.CUSTOMER, "AM"), *owners)
    return PartyAct(
        on=on, asker=Asker(party="institution"), parties=parties, holdings=holdings or Holdings()
    )


GROUP = company(Role.OWNER, "US", "group")
OWNED = Holdings(stakes=(stake("group", "institution", 100),))


@pytest.mark.parametrize(
    ("on", "truth"), [(date(2012, 10, 8), InForce.NO), (date(2012, 10, 9), InForce.YES)]
)
def test_en34_a_subsidiary_is_bound_on_iran_since_the_rule_on_subsidiaries(
    on: date, truth: InForce
) -> None:
    bound = of(exchange(on, GROUP, holdings=OWNED), "institution")

    assert bound_for(bound, regime="IR").truth is truth
    assert bound.truth is InForce.NO
    assert bound_for(bound, regime="SY").truth is InForce.NO
    assert bound_for(bound, regime="CU").truth is InForce.YES


def test_law_on_what_an_act_touches_reaches_a_subsidiary() -> None:
    act = exchange(date(2013, 3, 1), GROUP, holdings=OWNED)
    bound = of(act, "institution")

    assert owned_by_bound(bound, ("IR", "SY"), is_asked=False).truth is InForce.YES
    assert owned_by_bound(bound, ("SY",), is_asked=True).truth is InForce.NO
    assert bounds_of(act, [US]).reaching(("CU",)) == {"US"}
    assert not bounds_of(act, [US]).reaching(("SY",))


def test_owners_whom_nobody_names_are_a_question_of_law_that_was_asked_for() -> None:
    bound = of(exchange(date(2013, 3, 1)), "institution")

    assert owned_by_bound(bound, ("IR",), is_asked=False).truth is InForce.NO
    assert owned_by_bound(bound, ("IR",), is_asked=True).truth is InForce.UNKNOWN


def test_the_nexus_of_a_subsidiary_names_the_path_of_ownership() -> None:
    act = exchange(date(2013, 3, 1), GROUP, holdings=OWNED)

    [nexus] = bound_for(of(act, "institution"), regime="IR").grounds

    assert nexus.ground == "subsidiary"
    assert nexus.because[0].value == "group 100 % institution"
    assert "560.215" in nexus.text


@pytest.mark.parametrize(
    ("owner", "truth"), [("US", InForce.YES), ("LU", InForce.NO), ("", InForce.UNKNOWN)]
)
def test_en22_a_majority_of_whom_it_is_decides(owner: str, truth: InForce) -> None:
    owners = (company(Role.OWNER, owner, "parent"), company(Role.OWNER, "RO", "rest"))
    holdings = Holdings(
        stakes=(stake("parent", "institution", 60), stake("rest", "institution", 40))
    )
    act = exchange(date(2018, 12, 1), *owners, holdings=holdings)

    assert bound_for(of(act, "institution"), regime="IR").truth is truth


def test_owners_whom_nobody_names_leave_it_open_on_iran_alone() -> None:
    bound = of(exchange(date(2018, 12, 1)), "institution")

    assert bound.truth is InForce.NO
    assert bound_for(bound, regime="IR").truth is InForce.UNKNOWN
    assert bound_for(bound, regime="IR").missing[0][0] == "holdings.stakes"
    assert bound_for(bound, regime="SY") == bound


def test_a_part_of_the_stakes_left_open_may_be_the_half_that_decides() -> None:
    rest = company(Role.OWNER, "RO", "rest")
    act = exchange(
        date(2018, 12, 1), rest, holdings=Holdings(stakes=(stake("rest", "institution", 40),))
    )

    assert bound_for(of(act, "institution"), regime="IR").truth is InForce.UNKNOWN


def test_an_owner_who_is_no_party_of_the_act_may_be_a_person_bound() -> None:
    act = exchange(date(2018, 12, 1), holdings=OWNED)

    assert bound_for(of(act, "institution"), regime="IR").truth is InForce.UNKNOWN


def test_ownership_through_a_body_between_counts() -> None:
    between = company(Role.OWNER, "CY", "between")
    holdings = Holdings(stakes=(stake("group", "between", 51), stake("between", "institution", 50)))
    act = exchange(date(2018, 12, 1), GROUP, between, holdings=holdings)

    assert bound_for(of(act, "institution"), regime="IR").truth is InForce.YES


@pytest.mark.parametrize(
    ("kind", "truth"),
    [
        (ControlKind.BOARD_MAJORITY, InForce.YES),
        (ControlKind.DIRECTORSHIP, InForce.UNKNOWN),
    ],
)
def test_control_binds_and_a_sign_of_it_is_a_question(kind: ControlKind, truth: InForce) -> None:
    control = Control(owner="group", asset="institution", kind=kind)
    act = exchange(date(2018, 12, 1), GROUP, holdings=Holdings(controls=(control,)))

    assert bound_for(of(act, "institution"), regime="IR").truth is truth


def sale(*, origin: str = "", us_content: bool | None = None) -> CargoAct:
    """EN-27: a company of the Emirates sells to Tehran."""
    return CargoAct(
        on=date(2017, 3, 1),
        asker=Asker(party="seller"),
        parties=(company(Role.SELLER, "AE"), company(Role.BUYER, "IR")),
        goods=(Goods(description="facade parts", origin=origin, us_content=us_content),),
        loaded_in="AE",
        discharged_in="IR",
    )


@pytest.mark.parametrize(
    ("act", "by_export_rules", "by_others"),
    [
        (sale(origin="US"), InForce.YES, InForce.NO),
        (sale(us_content=True), InForce.YES, InForce.NO),
        (sale(us_content=False), InForce.NO, InForce.NO),
        (sale(origin="TR"), InForce.UNKNOWN, InForce.NO),
        (sale(), InForce.UNKNOWN, InForce.NO),
    ],
)
def test_en27_the_origin_of_goods_brings_export_rules_and_no_other_law(
    act: CargoAct, by_export_rules: InForce, by_others: InForce
) -> None:
    bound = of(act, "seller")

    assert bound_for(bound, export_rules=True).truth is by_export_rules
    assert bound_for(bound, regime="SY").truth is by_others
    if by_export_rules is InForce.UNKNOWN:
        asked = [path for path, _ in bound_for(bound, export_rules=True).missing]
        assert asked == ["goods[0].us_content"]


def test_who_is_bound_by_itself_stays_bound_without_the_origin_of_goods() -> None:
    act = sale(origin="US")
    seller = company(Role.SELLER, "US")
    american = CargoAct(
        on=act.on, asker=act.asker, parties=(seller,), goods=act.goods, loaded_in="US",
        discharged_in="IR",
    )  # fmt: skip

    grounds = [nexus.ground for nexus in bound_for(of(american, "seller")).grounds]

    assert grounds == ["incorporation", "territory"]


def wire(through: tuple[str, ...], on: date) -> PaymentAct:
    """EN-13: a Latvian bank pays dollars."""
    return PaymentAct(
        on=on,
        asker=Asker(party="payer-bank"),
        parties=(company(Role.PAYER_BANK, "LV"), company(Role.PAYEE, "UA")),
        money=Money(amount=Decimal(1), currency="USD"),
        cleared_in=through,
    )


def test_who_sends_money_through_a_bank_there_is_told_what_threatens() -> None:
    bound = of(wire(("US",), date(2015, 6, 1)), "payer-bank")

    assert bound.truth is InForce.NO
    assert "1705" in bound.exposure


@pytest.mark.parametrize(
    ("through", "on"), [(("DE",), date(2015, 6, 1)), (("US",), date(2007, 10, 15))]
)
def test_nothing_threatens_where_nobody_is_bound_or_the_law_was_not_made(
    through: tuple[str, ...], on: date
) -> None:
    assert of(wire(through, on), "payer-bank").exposure == ""
