"""Nexus: who is bound by which jurisdiction, and on which fact; cases of the reference."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from article41.law.jurisdictions import jurisdiction_of, jurisdictions
from article41.law.nexus import Bound, bounds_of, nexus_of
from article41.model.acts import (
    Act,
    Asker,
    CargoAct,
    CommunicationAct,
    DiplomaticAct,
    Goods,
    JourneyAct,
    Money,
    PartyAct,
    PaymentAct,
)
from article41.model.clocks import InForce
from article41.model.entities import Schema
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Document, Party, Role, Status

YES, NO, UNKNOWN = InForce.YES, InForce.NO, InForce.UNKNOWN
DAY = date(2012, 7, 6)


def of(act: Act, key: str, day: date | None = None) -> Mapping[str, Bound]:
    return nexus_of(act, jurisdiction_of(key), day)


def truths(act: Act, key: str) -> dict[str, str]:
    return {party: bound.truth.value for party, bound in of(act, key).items()}


def grounds(bound: Bound) -> list[str]:
    return [nexus.ground for nexus in bound.grounds]


def body(role: Role, country: str = "") -> Party:
    return Party(role=role, schema=Schema.COMPANY, country=country)


def person(role: Role, country: str = "") -> Party:
    return Party(role=role, schema=Schema.PERSON, country=country)


def payment(
    *parties: Party, currency: str = "", through: tuple[str, ...] | None = None, on: date = DAY
) -> PaymentAct:
    money = Money(amount=Decimal(100), currency=currency) if currency else None
    asker = Asker(party=parties[0].key)
    return PaymentAct(on=on, asker=asker, parties=parties, money=money, cleared_in=through)


def holding(*parties: Party, on: date = DAY) -> PartyAct:
    return PartyAct(on=on, asker=Asker(party=parties[0].key), parties=parties)


CRUDE = (Goods(code="2709 00", origin="SY", us_content=False),)


def tanker(
    *parties: Party, flag: str, loaded_in: str = "SY", discharged_in: str = "CN"
) -> CargoAct:
    vessel = Party(role=Role.VESSEL, schema=Schema.VESSEL, flag=flag)
    return CargoAct(
        on=DAY,
        asker=Asker(party="vessel"),
        parties=(vessel, *parties),
        goods=CRUDE,
        loaded_in=loaded_in,
        discharged_in=discharged_in,
    )


def test_s09_a_flag_binds_the_vessel_and_who_operates_it() -> None:
    act = tanker(body(Role.CARRIER, "LR"), body(Role.BUYER, "IN"), flag="GR", discharged_in="IN")

    assert truths(act, "EU")["vessel"] == truths(act, "EU")["carrier"] == "yes"
    assert truths(act, "EU")["buyer"] == "no"
    assert of(act, "EU")["vessel"].grounds[0].because[0].fact == "parties.vessel.flag"


def test_s10_an_iranian_tanker_to_china_is_bound_neither_by_the_union_nor_the_united_states() -> (
    None
):
    act = tanker(
        body(Role.CARRIER, "IR"), body(Role.SELLER, "SY"), body(Role.BUYER, "CN"), flag="IR"
    )

    for key in ("EU", "US", "GB", "CH", "CA", "AU", "NO"):
        assert {bound.truth for bound in of(act, key).values()} == {NO}, key
    assert truths(act, "SY")["seller"] == "yes"
    assert truths(act, "CN")["buyer"] == "yes"
    assert truths(act, "IR")["carrier"] == "yes"


def test_s10_an_insurer_of_the_union_is_bound_by_itself() -> None:
    act = tanker(body(Role.CARRIER, "IR"), body(Role.INSURER, "LU"), flag="IR")

    assert truths(act, "EU")["insurer"] == "yes"
    assert truths(act, "EU")["carrier"] == "no"


def test_s11_a_us_trader_in_geneva_is_bound_by_the_united_states_and_switzerland() -> None:
    trader = Party(role=Role.BROKER, schema=Schema.PERSON, nationalities=("US",), residence="CH")
    act = tanker(trader, flag="IR")

    assert grounds(of(act, "US")["broker"]) == ["nationality"]
    assert grounds(of(act, "CH")["broker"]) == ["territory"]
    assert truths(act, "EU")["broker"] == "no"


def test_s13_a_russian_bank_that_pays_in_roubles_is_bound_by_russia_alone() -> None:
    act = payment(body(Role.PAYER_BANK, "RU"), body(Role.PAYEE_BANK, "SY"), currency="RUB")

    for key in ("EU", "US", "GB"):
        assert {bound.truth for bound in of(act, key).values()} == {NO}, key
    assert truths(act, "RU")["payer-bank"] == "yes"
    because = of(act, "EU")["payer-bank"].because[0]
    assert (because.fact, because.value) == ("parties.payer-bank.country", "RU")
    assert because.text == (
        "incorporated in and acting from RU, not a member State of the European Union"
    )
    assert ("money.currency", "RUB") in [
        (b.fact, b.value) for b in of(act, "US")["clearing"].because
    ]


def test_s14_dollars_through_new_york_bind_the_bank_there() -> None:
    banks = (body(Role.PAYER_BANK, "RU"), body(Role.PAYEE_BANK, "SY"))
    act = payment(*banks, currency="USD", through=("US",))

    assert truths(act, "US") == {"payer-bank": "no", "payee-bank": "no", "clearing": "yes"}
    assert grounds(of(act, "US")["clearing"]) == ["currency"]
    assert truths(act, "EU")["clearing"] == "no"


def test_dollars_whose_way_is_not_known_may_bind_a_bank_in_the_united_states() -> None:
    banks = (body(Role.PAYER_BANK, "RU"), body(Role.PAYEE_BANK, "SY"))
    act = payment(*banks, currency="USD")

    assert truths(act, "US")["clearing"] == "unknown"
    assert of(act, "US")["clearing"].missing[0][0] == "cleared_in"
    assert truths(act, "EU")["clearing"] == "no"
    assert truths(payment(*banks, currency="USD", through=()), "US")["clearing"] == "no"


def test_a_named_correspondent_makes_the_way_of_dollars_known() -> None:
    correspondent = body(Role.INTERMEDIARY, "US")
    act = payment(body(Role.PAYER_BANK, "AE"), correspondent, currency="USD")

    assert truths(act, "US")["clearing"] == "yes"
    assert truths(act, "US")["intermediary"] == "yes"


def test_a_payment_without_an_amount_may_be_in_any_currency_that_is_settled_there() -> None:
    act = payment(body(Role.PAYER_BANK, "AE"), body(Role.PAYEE_BANK, "LB"))

    for key in ("US", "EU", "GB", "CH", "JP"):
        assert of(act, key)["clearing"].missing[0][0] == "money.currency"
    assert truths(act, "LAS")["clearing"] == "no"


def test_within_one_bank_no_money_goes_anywhere_unless_an_amount_is_given() -> None:
    bic = (Document(kind=IdentifierKind.BIC, value="EXAMAEAD"),)
    banks = tuple(
        Party(role=role, schema=Schema.COMPANY, incorporated_in="AE", documents=bic)
        for role in (Role.PAYER_BANK, Role.PAYEE_BANK)
    )

    assert "clearing" not in of(payment(*banks), "US")
    assert truths(payment(*banks, currency="USD"), "US")["clearing"] == "unknown"


def test_s16_euros_through_frankfurt_bind_bodies_that_take_part_and_no_person_abroad() -> None:
    act = payment(
        body(Role.PAYER_BANK, "LB"), body(Role.PAYEE_BANK, "LB"), person(Role.PAYEE, "SY"),
        currency="EUR", through=("DE",),
    )  # fmt: skip

    assert truths(act, "EU") == {
        "payer-bank": "yes", "payee-bank": "yes", "payee": "no", "clearing": "yes",
    }  # fmt: skip
    assert grounds(of(act, "EU")["payer-bank"]) == ["business-in-territory"]
    assert truths(act, "US")["payer-bank"] == "no"


def test_s35_a_journey_binds_the_state_of_destination_in_its_unions() -> None:
    traveller = Party(
        role=Role.TRAVELLER, schema=Schema.PERSON, nationalities=("SY",), residence="SY"
    )
    act = JourneyAct(
        on=DAY, asker=Asker(party="authority"), leaves="SY", arrives="GB",
        parties=(traveller, Party(role=Role.AUTHORITY, country="GB")),
    )  # fmt: skip

    for key in ("EU", "GB", "UN"):
        assert of(act, key)["state:GB"].truth is YES, key
        assert of(act, key)["authority"].truth is YES, key
    assert of(act, "EU")["state:GB"].is_state
    assert of(act, "EU")["authority"].is_state
    assert truths(act, "LAS")["state:GB"] == "no"
    assert grounds(of(act, "EU")["traveller"]) == ["territory"]


@pytest.mark.parametrize("flight", ["passenger", "cargo-only"])
def test_s53_a_syrian_flight_that_lands_in_paris_acts_in_the_union(flight: str) -> None:
    act = JourneyAct(
        on=DAY, asker=Asker(party="authority"), leaves="SY", arrives="FR", flight=flight,
        parties=(
            body(Role.CARRIER, "SY"), Party(role=Role.AIRCRAFT, flag="SY"),
            Party(role=Role.AUTHORITY, country="FR"),
        ),
    )  # fmt: skip

    bounds = of(act, "EU")
    assert bounds["carrier"].grounds[0].because[0].fact == "arrives"
    assert {key for key, bound in bounds.items() if bound.truth is YES} == set(bounds)
    assert {bound.truth for bound in of(act, "US").values()} == {NO}


def test_s53_who_only_flies_over_is_within_the_airspace() -> None:
    act = JourneyAct(
        on=DAY, asker=Asker(party="carrier"), leaves="SY", arrives="MA", overflies=("IT",),
        parties=(body(Role.CARRIER, "SY"), Party(role=Role.AIRCRAFT, flag="SY")),
    )  # fmt: skip

    assert truths(act, "EU") == {
        "carrier": "yes", "aircraft": "yes", "state:MA": "no", "state:IT": "yes",
    }  # fmt: skip


def test_s56_a_charter_flight_to_tokyo_binds_japan_and_not_the_union() -> None:
    act = JourneyAct(
        on=DAY, asker=Asker(party="authority"), leaves="SY", arrives="JP", flight="charter",
        parties=(
            body(Role.CARRIER, "SY"), Party(role=Role.AIRCRAFT, flag="SY"),
            Party(role=Role.AUTHORITY, country="JP"),
        ),
    )  # fmt: skip

    assert truths(act, "JP") == {
        "carrier": "yes", "aircraft": "yes", "authority": "yes", "state:JP": "yes",
    }  # fmt: skip
    assert {bound.truth for bound in of(act, "EU").values()} == {NO}


def test_the_united_nations_bind_states_and_no_operator() -> None:
    act = tanker(body(Role.SELLER, "SY"), body(Role.CARRIER, "IR"), flag="IR")

    assert truths(act, "UN") == {
        "vessel": "no", "seller": "no", "carrier": "no", "state:SY": "yes", "state:CN": "yes",
    }  # fmt: skip
    assert "binds States, not operators" in of(act, "UN")["seller"].because[0].text
    ministry = Party(
        role=Role.BUYER, schema=Schema.PUBLIC_BODY, country="SY", status=Status.GOVERNMENT
    )
    assert truths(tanker(ministry, flag="IR"), "UN")["buyer"] == "yes"


@pytest.mark.parametrize(
    ("country", "key", "day", "truth"),
    [
        ("HR", "EU", date(2013, 6, 30), NO),
        ("HR", "EU", date(2013, 7, 1), YES),
        ("GB", "EU", date(2020, 2, 1), YES),
        ("GB", "EU", date(2020, 12, 30), YES),
        ("GB", "EU", date(2020, 12, 31), NO),
        ("GB", "GB", date(2020, 12, 31), YES),
        ("GI", "EU", date(2020, 12, 30), YES),
        ("GI", "EU", date(2020, 12, 31), NO),
        ("YT", "EU", date(2013, 12, 31), UNKNOWN),
        ("YT", "EU", date(2014, 1, 1), YES),
        ("NC", "EU", DAY, UNKNOWN),
        ("JE", "GB", date(2024, 1, 1), NO),
        ("PR", "US", DAY, YES),
        ("SJ", "NO", DAY, YES),
        ("AL", "AL", DAY, YES),
        ("KE", "KE", DAY, YES),
    ],
)
def test_a_bank_is_bound_where_its_country_belongs_on_the_day(
    country: str, key: str, day: date, truth: InForce
) -> None:
    act = holding(body(Role.INSTITUTION, country), on=day)

    assert of(act, key)["institution"].truth is truth


def test_why_a_country_does_not_belong_on_the_day_is_said() -> None:
    croatian = holding(body(Role.INSTITUTION, "HR"), on=date(2013, 6, 30))
    british = holding(body(Role.INSTITUTION, "GB"), on=date(2021, 1, 1))

    assert "only from 2013-07-01" in of(croatian, "EU")["institution"].because[0].text
    assert "no longer since 2020-12-31" in of(british, "EU")["institution"].because[0].text


@pytest.mark.parametrize(("country", "truth"), [("IQ", NO), ("LB", NO), ("JO", YES), ("SY", NO)])
def test_members_of_the_league_that_stood_aside_are_not_bound(country: str, truth: InForce) -> None:
    act = JourneyAct(on=DAY, asker=Asker(party="authority"), leaves="SY", arrives=country,
                     parties=(Party(role=Role.AUTHORITY, country=country),))  # fmt: skip

    assert of(act, "LAS")[f"state:{country}"].truth is truth


def test_en13_a_latvian_bank_that_pays_dollars_through_new_york() -> None:
    act = payment(
        body(Role.PAYER_BANK, "LV"), person(Role.PAYER, "UA"), person(Role.PAYEE, "UA"),
        currency="USD", through=("US",), on=date(2015, 6, 1),
    )  # fmt: skip

    assert truths(act, "US") == {
        "payer-bank": "no", "payer": "no", "payee": "no", "clearing": "yes",
    }  # fmt: skip
    assert truths(act, "EU")["payer-bank"] == "yes"


def test_en14_a_download_from_a_server_in_the_united_states_acts_there() -> None:
    supplier = Party(role=Role.SUPPLIER, schema=Schema.COMPANY, incorporated_in="DE",
                     located_in=("DE", "US"))  # fmt: skip
    act = CommunicationAct(
        on=date(2013, 6, 1), asker=Asker(party="supplier"), destination="IR",
        parties=(supplier, body(Role.BUYER, "AE")), goods=(Goods(origin="DE", us_content=False),),
    )  # fmt: skip

    assert of(act, "US")["supplier"].grounds[0].because[0].fact == "parties.supplier.located_in[1]"
    assert truths(act, "US")["buyer"] == "no"


def test_en17_the_moscow_office_of_a_british_firm_is_the_firm() -> None:
    firm = Party(role=Role.PAYER, schema=Schema.COMPANY, incorporated_in="GB", located_in=("RU",))
    act = payment(firm, body(Role.PAYEE, "RU"), currency="RUB", on=date(2022, 5, 27))

    assert grounds(of(act, "GB")["payer"]) == ["incorporation"]
    assert truths(act, "EU")["payer"] == "no"
    assert truths(act, "RU")["payer"] == "yes"


def test_en17_the_foreign_branch_of_a_us_bank_is_a_us_person() -> None:
    bank = Party(role=Role.INSTITUTION, schema=Schema.COMPANY, incorporated_in="US",
                 located_in=("GB",))  # fmt: skip

    assert grounds(of(holding(bank), "US")["institution"]) == ["incorporation"]
    assert truths(holding(bank), "GB")["institution"] == "yes"


def test_en20_money_between_two_foreign_banks_without_a_us_leg_binds_nobody_there() -> None:
    act = payment(body(Role.PAYER_BANK, "GB"), body(Role.PAYEE_BANK, "AE"), currency="USD",
                  through=(), on=date(2012, 3, 1))  # fmt: skip

    assert {bound.truth for bound in of(act, "US").values()} == {NO}


def test_en21_the_same_sale_in_another_currency_has_no_us_nexus() -> None:
    parties = (body(Role.PAYER, "HK"), body(Role.PAYEE, "VN"))
    day = date(2017, 5, 1)

    assert (
        truths(payment(*parties, currency="USD", through=("US",), on=day), "US")["clearing"]
        == "yes"
    )
    yuan = payment(*parties, currency="CNY", on=day)
    assert {bound.truth for bound in of(yuan, "US").values()} == {NO}


def test_en27_goods_of_us_origin_bind_who_deals_with_them_abroad() -> None:
    act = CargoAct(
        on=date(2017, 3, 1), asker=Asker(party="seller"), loaded_in="AE", discharged_in="IR",
        parties=(body(Role.SELLER, "AE"), body(Role.BUYER, "IR")),
        goods=(Goods(description="facade parts", origin="US"),),
    )  # fmt: skip

    assert grounds(of(act, "US")["seller"]) == ["us-content"]
    assert of(act, "US")["seller"].because
    assert truths(act, "EU")["seller"] == "no"


def test_goods_of_which_nothing_is_known_may_be_of_us_origin() -> None:
    act = CargoAct(
        on=DAY, asker=Asker(party="seller"), loaded_in="AE", discharged_in="SY",
        parties=(body(Role.SELLER, "AE"),), goods=(Goods(code="8471"),),
    )  # fmt: skip

    assert of(act, "US")["seller"].missing == (
        ("goods[0].us_content", "is it of US origin or under US export rules?"),
    )


def test_en32_a_british_carrier_of_calls_was_bound_by_union_law_in_2016() -> None:
    act = CommunicationAct(
        on=date(2016, 5, 1), asker=Asker(party="supplier"), destination="SY",
        services=("call termination",), parties=(body(Role.SUPPLIER, "GB"), body(Role.BUYER, "SY")),
    )  # fmt: skip

    assert truths(act, "EU")["supplier"] == truths(act, "GB")["supplier"] == "yes"
    assert "Union law" in of(act, "GB")["supplier"].grounds[0].text


def test_en34_a_foreign_subsidiary_is_not_bound_as_such() -> None:
    exchange = body(Role.INSTITUTION, "AM")
    act = holding(exchange, body(Role.CUSTOMER, "AM"), on=date(2012, 6, 1))

    assert {bound.truth for bound in of(act, "US").values()} == {NO}
    approver = Party(role=Role.BROKER, schema=Schema.PERSON, nationalities=("US",), residence="US")
    assert truths(holding(exchange, approver, on=date(2012, 6, 1)), "US")["broker"] == "yes"


def test_a_person_of_unknown_nationality_may_be_bound() -> None:
    act = holding(Party(role=Role.CUSTOMER, schema=Schema.PERSON, residence="LB"))

    for key in ("EU", "US", "GB", "CA", "AU"):
        bound = of(act, key)["customer"]
        assert bound.truth is UNKNOWN, key
        assert [path for path, _ in bound.missing] == ["parties.customer.nationalities"], key
        assert bound.because[0].fact == "parties.customer.residence"


def test_a_party_of_which_nothing_is_known_is_asked_for_its_country() -> None:
    act = holding(Party(role=Role.CUSTOMER, name="Ada Example"))

    assert [path for path, _ in of(act, "EU")["customer"].missing] == ["parties.customer.country"]


def test_who_does_nothing_is_not_asked() -> None:
    act = holding(
        body(Role.INSTITUTION, "RU"), Party(role=Role.OWNER, name="Ada Example", id="owner"),
        Party(role=Role.OTHER, id="heir"),
        Party(role=Role.OTHER, id="child", nationalities=("FR",)),
    )  # fmt: skip

    assert truths(act, "EU") == {"institution": "no", "owner": "no", "heir": "no", "child": "yes"}


def test_any_of_two_nationalities_suffices() -> None:
    act = holding(
        Party(role=Role.CUSTOMER, schema=Schema.PERSON, nationalities=("SY", "FR"), residence="SY")
    )

    assert [because.value for because in of(act, "EU")["customer"].grounds[0].because] == ["FR"]


def test_what_is_said_of_a_us_person_decides_and_a_contradiction_stays_open() -> None:
    parties = {
        said: Party(role=Role.CUSTOMER, schema=Schema.PERSON, residence="LB", us_person=said)
        for said in (True, False)
    }
    contradicted = Party(role=Role.CUSTOMER, schema=Schema.PERSON, residence="LB", us_person=False,
                         nationalities=("US",))  # fmt: skip

    assert grounds(of(holding(parties[True]), "US")["customer"]) == ["us-person"]
    assert truths(holding(parties[False]), "US")["customer"] == "no"
    assert of(holding(contradicted), "US")["customer"].missing[0][0] == "parties.customer.us_person"


def test_a_bic_tells_where_a_bank_is_when_nothing_else_does() -> None:
    bank = Party(role=Role.PAYER_BANK, schema=Schema.COMPANY,
                 documents=(Document(kind=IdentifierKind.BIC, value="EXAMDEFF"),))  # fmt: skip
    act = payment(bank, currency="RUB")

    assert grounds(of(act, "EU")["payer-bank"]) == ["territory"]
    assert [path for path, _ in of(act, "US")["payer-bank"].missing] == [
        "parties.payer-bank.incorporated_in"
    ]


def test_an_account_number_tells_where_a_party_acts_when_nothing_else_does() -> None:
    iban = Document(kind=IdentifierKind.OTHER, value="DE89 3704 0044 0532 0130 00")
    payee = Party(role=Role.PAYEE, schema=Schema.COMPANY, incorporated_in="PA", documents=(iban,))

    assert grounds(of(payment(payee, currency="PAB"), "EU")["payee"]) == ["territory"]


def test_a_country_that_cannot_be_read_is_asked_for_and_never_a_no() -> None:
    bound = of(holding(body(Role.INSTITUTION, "Germny")), "EU")["institution"]

    assert bound.truth is UNKNOWN
    assert bound.missing == (("parties.institution.country", "which country is `Germny`?"),)
    assert truths(holding(body(Role.INSTITUTION, "Germany")), "EU")["institution"] == "yes"


def test_an_unknown_flag_may_be_one_that_binds_and_a_past_flag_does_not() -> None:
    carrier = body(Role.CARRIER, "IR")
    unknown = tanker(carrier, flag="")
    past = CargoAct(
        on=DAY, asker=Asker(party="carrier"), goods=CRUDE, loaded_in="SY", discharged_in="CN",
        parties=(carrier, Party(role=Role.VESSEL, flag="IR", past_flags=("MT",))),
    )  # fmt: skip

    assert [path for path, _ in of(unknown, "EU")["carrier"].missing] == ["parties.vessel.flag"]
    assert truths(past, "EU") == {
        "carrier": "no", "vessel": "no", "state:SY": "no", "state:CN": "no",
    }  # fmt: skip


def test_a_carrier_without_a_named_craft_may_use_one_that_binds_unless_it_goes_by_road() -> None:
    parties = (body(Role.CARRIER, "TR"),)
    act = CargoAct(on=DAY, asker=Asker(party="carrier"), parties=parties, goods=CRUDE,
                   loaded_in="SY", discharged_in="TR")  # fmt: skip
    by_road = CargoAct(on=DAY, asker=Asker(party="carrier"), parties=parties, goods=CRUDE,
                       loaded_in="SY", discharged_in="TR",
                       facts={"carried-by-vessel-or-aircraft": False})  # fmt: skip

    assert truths(act, "EU")["carrier"] == "unknown"
    assert truths(by_road, "EU")["carrier"] == "no"


def test_a_port_call_binds_the_carrier_and_for_the_united_states_no_insurer() -> None:
    act = CargoAct(
        on=DAY, asker=Asker(party="carrier"), goods=CRUDE, loaded_in="SY", discharged_in="CU",
        via=("US",),
        parties=(
            body(Role.CARRIER, "IR"), Party(role=Role.VESSEL, flag="IR"), body(Role.INSURER, "RU"),
            body(Role.SELLER, "SY"),
        ),
    )  # fmt: skip

    assert {key for key, truth in truths(act, "US").items() if truth == "yes"} == {
        "carrier", "vessel", "state:US",
    }  # fmt: skip


def test_a_place_of_loading_that_is_not_given_is_asked_of_who_loads() -> None:
    act = CargoAct(on=DAY, asker=Asker(party="buyer"), goods=CRUDE, discharged_in="TR",
                   parties=(body(Role.SELLER, "SY"), body(Role.BUYER, "TR")))  # fmt: skip

    assert [path for path, _ in of(act, "US")["seller"].missing] == ["loaded_in"]
    assert truths(act, "US")["buyer"] == "no"


def test_a_ground_of_doubtful_law_is_a_review_that_an_answer_can_close() -> None:
    citizen = Party(role=Role.CUSTOMER, schema=Schema.PERSON, nationalities=("CH",), residence="LB")
    answered = {
        said: PartyAct(on=DAY, asker=Asker(party="customer"), parties=(citizen,),
                       facts={"ch-reaches-nationality": said})
        for said in (True, False)
    }  # fmt: skip

    assert of(holding(citizen), "CH")["customer"].missing[0][0] == "facts.ch-reaches-nationality"
    assert truths(answered[True], "CH")["customer"] == "yes"
    assert truths(answered[False], "CH")["customer"] == "no"


def test_the_receiving_union_of_an_envoy_is_bound_as_such() -> None:
    act = DiplomaticAct(
        on=DAY, asker=Asker(party="receiving-state"), sending="SY", receiving="EU",
        parties=(Party(role=Role.RECEIVING_STATE, country="BE"),),
    )  # fmt: skip

    assert truths(act, "UN") == {"receiving-state": "yes", "state:SY": "yes", "state:EU": "yes"}
    assert truths(act, "EU") == {"receiving-state": "yes", "state:SY": "no", "state:EU": "yes"}


def test_all_jurisdictions_at_once_say_what_each_says_alone() -> None:
    act = tanker(body(Role.CARRIER, "LR"), body(Role.BUYER, "IN"), flag="GR", discharged_in="IN")

    together = bounds_of(act, jurisdictions().values())

    assert together == {key: nexus_of(act, row) for key, row in jurisdictions().items()}
