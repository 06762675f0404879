"""Nexus: facts that are not known, and facts that bind in more ways than one."""

import pytest

from article41.law.jurisdictions import jurisdictions
from article41.law.nexus import bounds_of, nexus_of
from article41.model.acts import Asker, CargoAct, DiplomaticAct, PartyAct
from article41.model.clocks import InForce
from article41.model.entities import Schema
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Document, Party, Role, Status
from tests.law.nexus_acts import (
    CRUDE,
    DAY,
    body,
    grounds,
    holding,
    of,
    payment,
    tanker,
    truths,
)

YES, NO, UNKNOWN = InForce.YES, InForce.NO, InForce.UNKNOWN


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


def test_a_ministry_that_buys_does_business_as_others_do() -> None:
    ministry = Party(role=Role.BUYER, schema=Schema.PUBLIC_BODY, country="IQ",
                     status=Status.GOVERNMENT)  # fmt: skip
    act = CargoAct(on=DAY, asker=Asker(party="buyer"), parties=(ministry,), goods=CRUDE,
                   loaded_in="IT", discharged_in="IQ")  # fmt: skip

    assert grounds(of(act, "EU")["buyer"]) == ["business-in-territory"]
    assert of(act, "EU")["buyer"].is_state


@pytest.mark.parametrize(
    ("number", "asked"),
    [
        (IdentifierKind.PASSPORT, {"nationalities", "residence"}),
        (IdentifierKind.LEI, {"incorporated_in", "located_in"}),
        (IdentifierKind.TAX, {"country"}),
    ],
)
def test_the_kind_of_a_number_tells_what_is_to_be_asked(
    number: IdentifierKind, asked: set[str]
) -> None:
    documents = (Document(kind=number, value="X0000001"),)
    bound = of(holding(Party(role=Role.CUSTOMER, documents=documents)), "GB")["customer"]

    assert {path.rpartition(".")[2] for path, _ in bound.missing} == asked


def test_all_jurisdictions_at_once_say_what_each_says_alone() -> None:
    act = tanker(body(Role.CARRIER, "LR"), body(Role.BUYER, "IN"), flag="GR", discharged_in="IN")

    together = bounds_of(act, jurisdictions().values())

    assert together == {key: nexus_of(act, row) for key, row in jurisdictions().items()}
