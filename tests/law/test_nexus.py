"""Nexus: who is bound by which jurisdiction, and on which fact; cases of the reference."""

from datetime import date

import pytest

from article41.model.acts import Asker, CargoAct, CommunicationAct, Goods, JourneyAct
from article41.model.clocks import InForce
from article41.model.entities import Schema
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Document, Party, Role, Status
from tests.law.nexus_acts import DAY, body, grounds, holding, of, payment, person, tanker, truths

YES, NO, UNKNOWN = InForce.YES, InForce.NO, InForce.UNKNOWN


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


def test_en18_a_cover_payment_binds_the_bank_it_passes_whoever_stands_behind_it() -> None:
    act = payment(body(Role.PAYER_BANK, "FR"), body(Role.PAYEE_BANK, "CH"), currency="USD",
                  through=("US",), on=date(2006, 5, 10))  # fmt: skip

    assert truths(act, "US") == {"payer-bank": "no", "payee-bank": "no", "clearing": "yes"}
    assert truths(act, "EU")["payer-bank"] == "yes"
    assert truths(act, "CH")["payee-bank"] == "yes"


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
