"""Acts as they come from the world: countries, goods, names and listings that the law knows.

Those of `tests.acts` are invented and touch no law; these touch much of it.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from article41.checks.reading.crossing import VERBS
from article41.model import acts, parties
from article41.model.entities import Schema
from article41.model.holdings import Holdings, Right, Share, Stake
from article41.model.identifiers import IdentifierKind
from article41.model.parties import OwnersKnown, Role, Status

ASKED_ON = date(2026, 11, 30)
"""The present day of every question."""
COUNTRIES = ("SY", "DE", "FR", "US", "GB", "CH", "RU", "IR", "KE", "TR", "LB", "CA")
LISTINGS = (
    "demo-eu-syria/P009", "demo-ofac-syria/P009", "demo-eu-syria/E027", "demo-ofac-syria/E027",
    "demo-eu-syria/E001", "demo-ca-syria/P001", "demo-gb-syria/P009", "demo-ch-syria/P009",
)  # fmt: skip
NAMES = (
    "Rami Makhlouf", "Sytrol", "Commercial Bank of Syria", "Bashar al-Assad", "Rami Makluf",
    "Ada Example", "Example Trading GmbH", "Sample Refining", "سيترول", "",
)  # fmt: skip
CODES = ("2709 00", "2710", "8471 30", "9301", "7102", "4907", "2204", "8703", "")
PURPOSES = ("personal-remittance", "legal-fees", "humanitarian", "food")
ROLES: Mapping[str, tuple[Role, ...]] = {
    "party": (Role.INSTITUTION, Role.CUSTOMER, Role.OWNER, Role.OTHER),
    "payment": (
        Role.PAYER, Role.PAYER_BANK, Role.INTERMEDIARY, Role.PAYEE_BANK, Role.PAYEE, Role.OWNER,
    ),
    "cargo": (
        Role.BUYER, Role.SELLER, Role.VESSEL, Role.VESSEL_OWNER, Role.INSURER, Role.CARRIER,
        Role.FINANCIER, Role.AUTHORITY, Role.END_USER, Role.OWNER, Role.BROKER,
    ),
    "journey": (Role.TRAVELLER, Role.AUTHORITY, Role.CARRIER, Role.AIRCRAFT, Role.INSTITUTION),
    "communication": (Role.SUPPLIER, Role.CUSTOMER, Role.DISTRIBUTOR, Role.BROADCASTER),
    "securities": (Role.ISSUER, Role.DEALER, Role.BUYER, Role.SELLER, Role.BROKER),
    "diplomatic": (Role.SENDING_STATE, Role.RECEIVING_STATE, Role.ENVOY),
}  # fmt: skip
"""Who takes part in which kind of act."""
KINDS: Mapping[str, type[acts.Act]] = {
    str(kind.__struct_config__.tag): kind
    for kind in (
        acts.PartyAct, acts.PaymentAct, acts.CargoAct, acts.JourneyAct, acts.CommunicationAct,
        acts.SecuritiesAct, acts.DiplomaticAct,
    )
}  # fmt: skip

country = st.sampled_from(COUNTRIES)
maybe_country = st.just("") | country
some_countries = st.lists(country, max_size=2, unique=True).map(tuple)
days = st.sampled_from(
    (date(2004, 6, 1), date(2011, 5, 10), date(2011, 9, 3), date(2012, 7, 6), date(2013, 6, 1),
     date(2020, 12, 31), date(2022, 3, 1), date(2025, 3, 15), date(2025, 7, 1), date(2026, 3, 1))
)  # fmt: skip
answers = st.none() | st.booleans()
money = st.builds(
    acts.Money,
    amount=st.sampled_from((Decimal(60), Decimal(9000), Decimal(2_000_000))),
    currency=st.sampled_from(("USD", "EUR", "GBP", "SYP", "RUB", "KES")),
)
lines = st.builds(
    acts.Goods,
    description=st.just("goods"),
    code=st.sampled_from(CODES),
    items=st.sampled_from(((), (), ("none",), ("1C350",), ("annex-v",))),
    origin=maybe_country,
    destination=maybe_country,
    us_content=answers,
    unit_price=st.none() | money,
    is_used=answers,
)


@st.composite
def some_party(draw: st.DrawFn, role: Role, *, listings: bool = True) -> parties.Party:
    """A party in a role; known by a listing's key now and then."""
    is_craft = role in (Role.VESSEL, Role.AIRCRAFT)
    schemas = [Schema.VESSEL] if is_craft else [Schema.PERSON, Schema.COMPANY, Schema.THING]
    schema = draw(st.sampled_from(schemas))
    is_person = schema is Schema.PERSON
    keys = st.lists(st.sampled_from(LISTINGS), max_size=1).map(tuple)
    bic = parties.Document(kind=IdentifierKind.BIC, value=f"EXAM{draw(country)}XX")
    return parties.Party(
        role=role,
        name=draw(st.sampled_from(NAMES)),
        schema=schema,
        country="" if is_craft else draw(maybe_country),
        nationalities=draw(some_countries) if is_person else (),
        residence=draw(maybe_country) if is_person else "",
        incorporated_in="" if is_person or is_craft else draw(maybe_country),
        located_in=() if is_craft else draw(some_countries),
        us_person=draw(answers) if draw(st.booleans()) else None,
        flag=draw(maybe_country) if is_craft else "",
        status=draw(st.none() | st.sampled_from(Status)),
        is_bank=None if is_person else draw(answers),
        documents=(bic,) if draw(st.integers(0, 9)) == 0 else (),
        listings=draw(keys) if listings and draw(st.booleans()) else (),
        owners=draw(st.none() | st.sampled_from(OwnersKnown)),
    )


@st.composite
def some_stakes(draw: st.DrawFn, keys: list[str]) -> Holdings:
    """One of the parties owns a part of another."""
    if len(keys) < 2 or not draw(st.booleans()):
        return Holdings()
    owner, asset = draw(st.permutations(keys))[:2]
    part = draw(st.fractions(0, 1, max_denominator=20))
    share = Share(at_least=part, at_most=part)
    return Holdings(stakes=(Stake(owner=owner, asset=asset, share=share, right=Right.CAPITAL),))


OF_KIND: Mapping[str, Mapping[str, st.SearchStrategy[Any]]] = {  # of whatever type a field has
    "party": {"relation_since": st.none() | days},
    "payment": {"money": st.none() | money, "cleared_in": st.none() | some_countries},
    "cargo": {
        "goods": st.lists(lines, min_size=1, max_size=2).map(tuple),
        "loaded_in": maybe_country,
        "discharged_in": maybe_country,
        "via": some_countries,
        "shipped_on": st.none() | days,
        "money": st.none() | money,
        "cleared_in": st.none() | some_countries,
    },
    "journey": {
        "leaves": maybe_country,
        "arrives": maybe_country,
        "overflies": some_countries,
        "flight": st.sampled_from(("", "passenger", "cargo-only")),
    },
    "communication": {
        "goods": st.lists(lines, max_size=1).map(tuple),
        "destination": maybe_country,
        "channel": st.sampled_from(("Example TV", "Addounia TV")),
    },
    "securities": {
        "instrument": st.sampled_from(("bond", "equity", "loan")),
        "issued_on": st.none() | days,
        "tenor_days": st.none() | st.sampled_from((10, 400)),
        "is_public": answers,
        "money": st.none() | money,
    },
    "diplomatic": {
        "sending": country,
        "receiving": country | st.just("EU"),
        "rank": st.sampled_from(("", "ambassador")),
    },
}
"""What each kind of act has beside what all have."""


@st.composite
def world_acts(draw: st.DrawFn, *, listings: bool = True) -> acts.Act:
    """An act of any kind, with or without keys of listings."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    roles = draw(st.lists(st.sampled_from(ROLES[kind]), min_size=2, max_size=4, unique=True))
    taking_part = tuple(draw(some_party(role, listings=listings)) for role in roles)
    keys = [party.key for party in taking_part]
    verbs = sorted(VERBS[kind], key=lambda verb: verb.value)
    does = draw(st.lists(st.sampled_from(verbs), max_size=2, unique=True).map(tuple))
    hands = st.lists(st.builds(acts.Property, kind=st.just("funds"), of=st.sampled_from(keys)),
                     max_size=1).map(tuple)  # fmt: skip
    asker = acts.Asker(
        party=draw(st.sampled_from(keys)), does=does, in_hand=draw(st.none() | hands)
    )
    facts = st.dictionaries(
        st.sampled_from(("is-own-national", "national-law-forbids", "is-ex-2208")), st.booleans(),
        max_size=1,
    )  # fmt: skip
    return KINDS[kind](
        on=draw(days),
        asker=asker,
        parties=taking_part,
        holdings=draw(some_stakes(keys)),
        purposes=draw(st.lists(st.sampled_from(PURPOSES), max_size=1).map(tuple)),
        places=draw(some_countries),
        facts=draw(facts),
        contract_on=draw(st.none() | days),
        **{name: draw(strategy) for name, strategy in OF_KIND[kind].items()},
    )
