"""What a caller writes becomes the act that is meant, in whatever way it is written."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import msgspec
import pytest
import yaml
from hypothesis import given

from article41.checks.reading import ActFormat, canonical, read_acts
from article41.model.acts import Act, CargoAct, Money, PartyAct, PaymentAct, Verb
from article41.model.entities import Schema
from article41.model.holdings import Share
from article41.model.identifiers import IdentifierKind
from article41.model.parties import OwnersKnown, Role
from tests.acts import some_acts

PAYMENT = """
act: payment
on: 2012-07-06
asker: payer-bank
parties:
  payer: Ada Example
  payer-bank: {name: Example Bank, bic: examxaxx}
  payee: {name: Specimen Trading, country: "NO", schema: company, owners: unknown}
money: 500.00 USD
"""


def read(text: str | bytes, format_: ActFormat | None = None) -> list[Act]:
    data = text if isinstance(text, bytes) else text.encode()
    return list(read_acts(data, file="act", format=format_))


def one(text: str) -> Act:
    (act,) = read(text)
    return act


def payment(**fields: object) -> PaymentAct:
    plain = yaml.load(PAYMENT, Loader=yaml.BaseLoader) | fields
    act = one(json.dumps(plain))
    assert isinstance(act, PaymentAct)
    return act


def test_an_amount_keeps_every_digit() -> None:
    for amount in ("9" * 40, "1" + "0" * 39, "0." + "0" * 37 + "1"):
        act = payment(money={"amount": amount, "currency": "EUR"})

        assert act.money is not None
        assert act.money.amount == Decimal(amount)
        assert read(canonical(act)) == [act]


@given(some_acts())
def test_the_bytes_of_an_act_are_read_as_the_act(act: Act) -> None:
    assert read(canonical(act)) == [act]


@given(some_acts())
def test_an_act_is_the_same_in_yaml_as_in_json(act: Act) -> None:
    plain = json.loads(canonical(act))
    document = yaml.safe_dump(plain, allow_unicode=True)

    assert read(document, ActFormat.YAML) == [act]


@given(some_acts())
def test_what_msgspec_writes_of_an_act_is_read_too(act: Act) -> None:
    assert read(msgspec.json.encode(act, enc_hook=str)) == [act]


def test_a_payment_in_a_few_lines_is_the_whole_act() -> None:
    act = one(PAYMENT)

    assert isinstance(act, PaymentAct)
    assert act.on == date(2012, 7, 6)
    assert [party.role for party in act.parties] == [Role.PAYER, Role.PAYER_BANK, Role.PAYEE]
    assert act.asker.party == "payer-bank"
    assert act.asker.in_hand is None
    assert act.money == Money(amount=Decimal(500), currency="USD")
    bank, payee = act.parties[1:]
    assert [(one.kind, one.value) for one in bank.documents] == [(IdentifierKind.BIC, "EXAMXAXX")]
    assert (payee.country, payee.schema) == ("NO", Schema.COMPANY)
    assert payee.owners is OwnersKnown.UNKNOWN


def test_a_plain_no_is_norway_and_no_where_yes_or_no_is_asked() -> None:
    act = one(PAYMENT.replace('"NO"', "NO") + "facts: {is-own-national: no}\nplaces: [NO]\n")

    assert act.parties[2].country == "NO"
    assert act.places == ("NO",)
    assert act.facts == {"is-own-national": False}


def test_parties_by_role_and_as_a_list_are_the_same() -> None:
    listed = PAYMENT.partition("parties:")[0] + (
        "parties: [{role: payer, id: payer, name: Ada Example}, {role: PAYER_BANK, "
        "name: Example Bank, documents: {kind: bic, value: EXAM XA XX}}, {role: payee, "
        "name: Specimen Trading, country: no, schema: Company, owners: unknown}]\n"
        "money: {amount: 5E2, currency: usd}\n"
    )

    assert canonical(one(listed)) == canonical(one(PAYMENT))
    assert one(listed).parties[1:] == one(PAYMENT).parties[1:]


def test_a_key_that_is_no_role_is_the_id_of_its_party() -> None:
    act = one(
        "{act: party, on: 2024-06-01, asker: bank, parties: "
        "{bank: {role: institution}, ada: {role: customer, name: Ada}, payee: {role: other}}}"
    )

    assert [(party.key, party.role) for party in act.parties] == [
        ("bank", Role.INSTITUTION), ("ada", Role.CUSTOMER), ("payee", Role.OTHER),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "written", ["SY", "sy", "SYR", "Syria", "Syrian Arab Republic", " Syrian "]
)
def test_a_country_is_written_by_code_or_name(written: str) -> None:
    act = payment(places=written, jurisdictions=["eu", "Germany"])

    assert act.places == ("SY",)
    assert act.jurisdictions == ("EU", "DE")


@pytest.mark.parametrize(
    ("written", "least", "most", "excludes"),
    [
        ("55", "55/100", "55/100", ()),
        (" 33 1/3 %", "1/3", "1/3", ()),
        ("33.3", "333/1000", "333/1000", ()),
        ("25-50", "1/4", "1/2", ()),
        (">25 - 50", "1/4", "1/2", ("excludes_least",)),
        ("25-<50", "1/4", "1/2", ("excludes_most",)),
        (">50", "1/2", "1", ("excludes_least",)),
        (">=25", "1/4", "1", ()),
        ("<10", "0", "1/10", ("excludes_most",)),
        ("<= 10", "0", "1/10", ()),
        ("100", "1", "1", ()),
    ],
)
def test_a_stake_in_per_cent_is_an_exact_share(
    written: str, least: str, most: str, excludes: tuple[str, ...]
) -> None:
    stake = {"owner": "payer", "asset": "payee", "percent": written}

    (read_stake,) = payment(holdings={"stakes": [stake]}).holdings.stakes

    expected = Share(
        at_least=Fraction(least), at_most=Fraction(most), **dict.fromkeys(excludes, True)
    )
    assert read_stake.share == expected


def test_a_number_of_json_is_kept_to_its_last_digit() -> None:
    text = '{"act":"payment","on":"2024-06-01","asker":"payer","parties":{"payer":"A"},"money":'

    act = one(text + '{"amount": 0.10000000000000000001, "currency": "EUR"}}')

    assert isinstance(act, PaymentAct)
    assert act.money is not None
    assert act.money.amount == Decimal("0.10000000000000000001")


@pytest.mark.parametrize("share", ["1/3", "33 1/3 %", {"at_least": "1/3", "at_most": "1/3"}])
def test_a_share_of_the_whole_is_written_as_a_part(share: object) -> None:
    stake = {"owner": "payer", "asset": "payee", "share": share}

    (read_stake,) = payment(holdings={"stakes": stake}).holdings.stakes

    assert read_stake.share == Share(at_least=Fraction(1, 3), at_most=Fraction(1, 3))


def test_a_stake_of_which_nobody_says_how_much_has_no_share() -> None:
    (stake,) = payment(holdings={"stakes": {"owner": "payer", "asset": "payee"}}).holdings.stakes

    assert stake.share is None


def test_who_is_named_in_the_holdings_alone_becomes_a_party_by_its_key() -> None:
    stakes = [{"owner": "Beda Sample", "asset": "payee", "percent": 60}]

    owner = payment(holdings={"stakes": stakes}).parties[-1]

    assert (owner.key, owner.name, owner.role) == ("Beda Sample", "Beda Sample", Role.OWNER)


def test_what_is_in_hand_is_written_in_words() -> None:
    asker = {"party": "payer-bank", "does": "pay", "in_hand": "blocked account of payer"}

    act = payment(asker=asker)

    assert act.asker.does == (Verb.PAY,)
    assert act.asker.in_hand is not None
    assert [(held.kind, held.of) for held in act.asker.in_hand] == [("blocked account", "payer")]


def test_nothing_in_hand_is_not_the_same_as_not_said() -> None:
    assert payment(asker={"party": "payer", "in_hand": []}).asker.in_hand == ()
    assert payment(cleared_in=[]).cleared_in == ()
    assert payment(cleared_in=None).cleared_in is None


def test_goods_have_their_price_and_quantity_in_one_text_each() -> None:
    act = one(
        "{act: cargo, on: 2024-06-01, asker: buyer, parties: {buyer: A}, goods: "
        "[crude oil, {code: 2204 21, price: 60 EUR, quantity: 80000 l}]}"
    )

    assert isinstance(act, CargoAct)
    first, second = act.goods
    assert first.description == "crude oil"
    assert second.unit_price == Money(amount=Decimal(60), currency="EUR")
    assert (second.quantity, second.unit) == (Decimal(80000), "l")


def test_a_passport_is_written_with_its_country_and_an_iban_with_blanks() -> None:
    payer = {
        "passport": [{"value": "X0000001", "country": "xa"}],
        "iban": "DE89 3704 0044 0532 0130 00",
    }

    (party,) = payment(parties={"payer": payer}, asker="payer").parties

    assert [(one.value, one.country) for one in party.documents] == [
        ("X0000001", "XA"), ("DE89370400440532013000", ""),
    ]  # fmt: skip


def test_null_and_an_empty_value_are_as_if_left_out() -> None:
    assert payment(text=None, money=None, contract_on=None) == payment(money=None)
    assert one(PAYMENT + "text:\ncontract_on: ~\n") == one(PAYMENT)


def test_somebody_may_be_called_null() -> None:
    assert one(PAYMENT.replace("Ada Example", "Null")).parties[0].name == "Null"
    assert one(PAYMENT.replace("Ada Example", '"null"')).parties[0].name == "null"


@pytest.mark.parametrize(
    "text",
    [
        '[{0},{0}]', ' [ {0} ,\n {0} ] ', "{0}\n{0}\n", "{0}\n\n  \n{0}", "\ufeff{0}\n{0}",
        "{0} {0}", "- {0}\n- {0}", "---\n{0}\n---\n{0}\n---\n", "---\n[{0}, {0}]\n...\n",
    ],
)  # fmt: skip
def test_acts_stand_in_arrays_on_lines_and_in_documents(text: str) -> None:
    act = canonical(one(PAYMENT)).decode()

    assert read(text.replace("{0}", act)) == [one(PAYMENT)] * 2


def test_an_empty_array_holds_no_act_and_says_so_only_where_nothing_else_does() -> None:
    assert len(read("[]\n" + canonical(one(PAYMENT)).decode())) == 1


def test_json_lines_are_read_one_by_one() -> None:
    line = canonical(one(PAYMENT)) + b"\n"
    stream = BytesIO(line * 5_000)

    acts = read_acts(stream, file="acts")
    next(acts)

    assert stream.tell() <= 2 * len(line)
    assert sum(1 for _ in acts) == 4_999


def test_acts_before_a_broken_one_are_given() -> None:
    acts = read_acts(canonical(one(PAYMENT)) + b"\n{}\n", file="acts")

    assert next(acts) == one(PAYMENT)


def test_blanks_around_a_text_and_the_end_of_its_lines_are_no_part_of_it() -> None:
    act = payment(text="  first\r\nsecond \n")

    assert act.text == "first\nsecond"


def test_the_same_act_has_the_same_bytes_however_it_was_made() -> None:
    act = one(PAYMENT)
    assert isinstance(act, PaymentAct)
    made = msgspec.structs.replace(
        act, money=Money(amount=Decimal("500.000"), currency="USD"), facts={"b": True, "a": False}
    )
    other = msgspec.structs.replace(
        act, money=Money(amount=Decimal("5E2"), currency="USD"), facts={"a": False, "b": True}
    )

    assert canonical(made) == canonical(other)
    assert canonical(made) != canonical(act)


def test_what_differs_has_other_bytes() -> None:
    act = one(PAYMENT)
    others = [
        msgspec.structs.replace(act, text="x"),
        msgspec.structs.replace(act, cleared_in=()),
        msgspec.structs.replace(act, parties=act.parties[:2]),
        PartyAct(on=act.on, asker=act.asker, parties=act.parties),
    ]

    assert len({canonical(act), *map(canonical, others)}) == 5


def test_goods_can_be_said_to_be_no_listed_chemical() -> None:
    act = one(
        "{act: cargo, on: 2012-07-06, asker: seller, parties: {seller: Ada Example},"
        " goods: [{description: tar, cas: None}]}"
    )

    assert isinstance(act, CargoAct)
    assert act.goods[0].cas == ("none",)
