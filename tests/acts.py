"""Acts of every kind as hypothesis makes them: invented, whole, and such as can be read again."""

import string
from datetime import date
from typing import Any

import msgspec
from hypothesis import strategies as st

from article41.checks.reading.crossing import VERBS
from article41.checks.reading.texts import plain_decimal
from article41.model import acts, holdings, parties
from article41.model.entities import Schema
from article41.model.identifiers import IdentifierKind

LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Cn"))
texts = st.text(LETTERS, max_size=20).map(str.strip)
words = st.text(string.ascii_letters + "-_ÄβЖ中", min_size=1, max_size=12)
countries = st.sampled_from([f"X{letter}" for letter in string.ascii_uppercase])
maybe_country = countries | st.just("")
some_countries = st.lists(countries, max_size=3, unique=True).map(tuple)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
BORN = 1965
"""Nobody takes part before his birth."""
amounts = st.decimals(0, 10**12, allow_nan=False, allow_infinity=False, places=4).map(plain_decimal)
currencies = st.sampled_from(("USD", "EUR", "GBP", "SYP", "RUB", "JPY"))
answers = st.none() | st.booleans()
money = st.builds(acts.Money, amount=amounts, currency=currencies)
some_words = st.lists(words, max_size=2).map(tuple)
listing_keys = st.builds("{}/{}".format, words, st.integers(1, 99))
decisions = st.builds(
    parties.Decision, listing=listing_keys, by=words, reason=words, on=st.none() | days
)
documents = st.one_of(
    st.builds(
        parties.Document,
        kind=st.sampled_from((IdentifierKind.PASSPORT, IdentifierKind.OTHER, IdentifierKind.TAX)),
        value=words,
        country=maybe_country,
    ),
    st.just(parties.Document(kind=IdentifierKind.IMO, value="9074729")),
    st.just(parties.Document(kind=IdentifierKind.BIC, value="EXAMXAXX")),
    st.just(parties.Document(kind=IdentifierKind.LEI, value="529900T8BM49AURSDO55")),
)
some_parties = st.builds(
    parties.Party,
    role=st.sampled_from(parties.Role),
    id=words | st.just(""),
    name=texts,
    other_names=st.lists(texts, max_size=2).map(tuple),
    schema=st.sampled_from(Schema),
    country=maybe_country,
    nationalities=some_countries,
    residence=maybe_country,
    incorporated_in=maybe_country,
    located_in=some_countries,
    us_person=answers,
    flag=maybe_country,
    past_flags=some_countries,
    status=st.none() | st.sampled_from(parties.Status),
    is_bank=answers,
    sectors=some_words,
    birth_date=st.sampled_from(("", f"{BORN}", f"{BORN}-09", f"{BORN}-09-11")),
    birth_place=texts,
    documents=st.lists(documents, max_size=2).map(tuple),
    address=texts,
    listings=st.lists(listing_keys, max_size=1).map(tuple),
    same_as=st.lists(decisions, max_size=1).map(tuple),
    owners=st.none() | st.sampled_from(parties.OwnersKnown),
).map(lambda one: msgspec.structs.replace(one, id="") if one.id == one.role.value else one)
party_lists = st.lists(some_parties, min_size=1, max_size=4, unique_by=lambda one: one.key)
some_items = st.sampled_from(((), ("none",), ("ML1", "1C350"), ("PL5001",), ("5A001.f",)))
facts = st.sampled_from(("is-own-national", "is-ex-2208", "us-reaches-currency"))
goods = st.builds(
    acts.Goods,
    description=words,
    code=st.sampled_from(("", "2709 00", "8504.21", "22")),
    items=some_items,
    cas=st.sampled_from(((), ("67-56-1",))),
    origin=maybe_country,
    exported_from=maybe_country,
    destination=maybe_country,
    us_content=answers,
    quantity=st.none() | amounts,
    unit=st.sampled_from(("", "t", "l")),
    unit_price=st.none() | money,
    is_used=answers,
    figures=st.dictionaries(words, amounts, max_size=2),
)
some_goods = st.lists(goods, min_size=1, max_size=3).map(tuple)
parts = st.fractions(0, 1, max_denominator=1000)


@st.composite
def shares(draw: st.DrawFn) -> holdings.Share:
    """A share, exact or a band."""
    first, last = sorted((draw(parts), draw(parts)))
    is_band = first != last
    return holdings.Share(
        at_least=first,
        at_most=last,
        excludes_least=is_band and draw(st.booleans()),
        excludes_most=is_band and draw(st.booleans()),
    )


@st.composite
def some_holdings(draw: st.DrawFn, keys: list[str]) -> holdings.Holdings:
    """Stakes and controls among parties."""
    if len(keys) < 2:
        return holdings.Holdings()
    pairs = draw(st.lists(st.permutations(keys).map(lambda order: order[:2]), max_size=3))
    stakes, controls = [], []
    for owner, asset in pairs:
        first, last = sorted((draw(days), draw(days)))
        until = None if first == last else last
        share = draw(st.none() | shares())
        right = draw(st.sampled_from(holdings.Right))
        kind = draw(st.sampled_from(holdings.ControlKind))
        stakes.append(
            holdings.Stake(
                owner=owner,
                asset=asset,
                share=share,
                right=right,
                held_from=first,
                held_until=until,
            )
        )
        controls.append(
            holdings.Control(owner=owner, asset=asset, kind=kind, held_from=first, held_until=until)
        )
    joint = draw(st.sampled_from(((), (tuple(keys[:2]),))))
    # What the asker says himself comes to no more than the whole on any day.
    if sum(float(one.share.at_least) for one in stakes if one.share is not None) > 1:
        stakes = stakes[:1]
    return holdings.Holdings(
        stakes=tuple(stakes), controls=tuple(controls), joint_arrangements=joint
    )


OF_ITS_KIND: dict[
    type[acts.Act], dict[str, st.SearchStrategy[Any]]
] = {  # of whatever type a field has
    acts.PartyAct: {"relation_since": st.none() | days},
    acts.PaymentAct: {"money": st.none() | money, "cleared_in": st.none() | some_countries},
    acts.CargoAct: {
        "goods": some_goods,
        "loaded_in": maybe_country,
        "loaded_at": texts,
        "discharged_in": maybe_country,
        "via": some_countries,
        "shipped_on": st.none() | days,
        "performed_on": st.none() | days,
        "money": st.none() | money,
        "end_use": st.sampled_from(("", "medical", "to grind flour")),
    },
    acts.JourneyAct: {
        "leaves": maybe_country,
        "arrives": maybe_country,
        "via": some_countries,
        "overflies": some_countries,
        "flight": st.sampled_from(("", "passenger", "cargo-only")),
        "money": st.none() | money,
    },
    acts.CommunicationAct: {
        "goods": some_goods,
        "services": some_words,
        "channel": texts,
        "destination": maybe_country,
    },
    acts.SecuritiesAct: {
        "instrument": words,
        "issued_on": st.none() | days,
        "tenor_days": st.none() | st.integers(0, 20_000),
        "is_public": answers,
    },
    acts.DiplomaticAct: {
        "sending": countries,
        "receiving": countries | st.just("EU"),
        "rank": st.sampled_from(("", "ambassador")),
        "subject": texts,
    },
}
"""What each kind of act has beside what all have."""


@st.composite
def some_acts(draw: st.DrawFn, kind: type[acts.Act] | None = None) -> acts.Act:
    """An act, of a kind if one is given."""
    chosen = kind or draw(st.sampled_from(list(OF_ITS_KIND)))
    taking_part = draw(party_lists)
    keys = [one.key for one in taking_part]
    key = st.sampled_from(keys)
    verbs = sorted(VERBS[str(chosen.__struct_config__.tag)], key=lambda verb: verb.value)
    in_hand = st.lists(st.builds(acts.Property, kind=words, of=key), max_size=2).map(tuple)
    asker = acts.Asker(
        party=draw(key),
        does=draw(st.lists(st.sampled_from(verbs), max_size=2, unique=True).map(tuple)),
        in_hand=draw(st.none() | in_hand),
    )
    licence = acts.Licence(
        authority=draw(words),
        number=draw(words),
        valid_from=draw(days),
        lifts=draw(st.sampled_from(((), ("EU Syria",), ("us/syria/blocking", "SY")))),
        parties=(draw(key),),
        amount_max=draw(amounts),
        currency="EUR",
    )
    is_of_birth = any(one.birth_date for one in taking_part)
    return chosen(
        on=draw(st.dates(date(BORN + 1, 1, 1), date(2100, 12, 31)) if is_of_birth else days),
        asker=asker,
        parties=tuple(taking_part),
        id=draw(texts),
        jurisdictions=draw(st.lists(countries | st.just("EU"), max_size=2).map(tuple)),
        holdings=draw(some_holdings(keys)),
        purposes=draw(st.sampled_from(((), ("food",), ("legal-fees", "medical")))),
        places=draw(some_countries),
        facts=draw(st.dictionaries(facts, st.booleans(), max_size=2)),
        licences=draw(st.sampled_from(((), (licence,)))),
        contract_on=draw(st.none() | days),
        text=draw(texts),
        **{name: draw(strategy) for name, strategy in OF_ITS_KIND[chosen].items()},
    )
