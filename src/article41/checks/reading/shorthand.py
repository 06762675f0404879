"""Short ways of writing, each made into the whole one: `60 EUR`, `asker: payer-bank`, `bic: ...`.

What is short for something is never a second meaning: the whole form reads the same.
"""

import re
from collections.abc import Iterator
from typing import Any

from article41.checks.reading import texts
from article41.checks.reading.faults import Fault, Number, Place, Placed, one_of, shown
from article41.checks.reading.fields import as_mapping, words_of
from article41.model import acts, holdings, parties
from article41.model.identifiers import Bic, IdentifierKind, Imo, Lei

NUMBERS = {
    "bic": IdentifierKind.BIC,
    "lei": IdentifierKind.LEI,
    "imo": IdentifierKind.IMO,
    "mmsi": IdentifierKind.MMSI,
    "call_sign": IdentifierKind.CALL_SIGN,
    "tail": IdentifierKind.AIRCRAFT_TAIL,
    "passport": IdentifierKind.PASSPORT,
    "national_id": IdentifierKind.NATIONAL_ID,
    "registration": IdentifierKind.REGISTRATION,
    "tax_number": IdentifierKind.TAX,
    "wallet": IdentifierKind.WALLET,
    "iban": IdentifierKind.OTHER,
}
"""Fields of a party that are short for one of its documents."""
ALSO: dict[type, tuple[str, ...]] = {
    parties.Party: tuple(NUMBERS),
    holdings.Stake: ("percent",),
    acts.Goods: ("price",),
}
"""Fields that only the short ways have."""
MEANT = {
    "dob": "birth_date",
    "date_of_birth": "birth_date",
    "born": "birth_date",
    "nationality": "nationalities",
    "citizenship": "nationalities",
    "aliases": "other_names",
    "alias": "other_names",
    "swift": "bic",
    "type": "schema",
    "registration_number": "registration",
    "amount": "money",
    "currency": "money",
    "value": "money",
    "price": "money",
    "date": "on",
    "as_of": "on",
    "day": "on",
    "purpose": "purposes",
    "licence": "licences",
    "license": "licences",
    "licenses": "licences",
    "hs": "code",
    "hs_code": "code",
    "cn_code": "code",
    "from": "leaves",
    "to": "arrives",
    "ownership": "holdings",
    "percentage": "percent",
    "jurisdiction": "jurisdictions",
    "country_of_origin": "origin",
}
"""The field that is meant by another word for it."""
_IN_HAND = re.compile(r"(?P<kind>.+?)\s+of\s+(?P<of>\S+)")
_CHECKED = {IdentifierKind.BIC: Bic, IdentifierKind.IMO: Imo, IdentifierKind.LEI: Lei}


def party_places(value: object) -> list[Place]:
    """Where each party of an act stands, in the order in which they are read."""
    given = value.get("parties") if isinstance(value, dict) else None
    if isinstance(given, dict) and "role" not in given:
        return [("parties", key) for key in given]
    count = len(given) if isinstance(given, list) else 1
    return [("parties", number) for number in range(count)]


def whole_act(value: object, place: Place) -> object:
    """An act, its parties as a list also where they are a mapping by role or id."""
    given = as_mapping(value, place, "act")
    listed = given.get("parties")
    if not isinstance(listed, dict) or "role" in listed:
        return given
    return {**given, "parties": list(_by_role(as_mapping(listed, (*place, "parties"), "parties")))}


def _by_role(by_key: dict[str, Any]) -> Iterator[Placed]:
    roles = words_of(parties.Role)
    for key, one in by_key.items():
        place = ("parties", key)
        if isinstance(one, str) and not isinstance(one, Number):
            one = {"name": one}  # noqa: PLW2901
        given = dict(as_mapping(one, place, "party"))
        is_role = texts.plainly(key) in roles
        if given.get("role") is None:
            if not is_role:
                raise Fault(
                    place,
                    f"{shown(key)} is no role, and the party has no `role`",
                    hint=one_of([one.value for one in parties.Role], given=texts.plainly(key)),
                )
            given["role"] = key
        if given.get("id") is None and not is_role:
            given["id"] = key
        elif is_role and roles[texts.plainly(key)] is not _role_of(given, roles):
            given.setdefault("id", key)
        yield Placed(given, place)


def _role_of(given: dict[str, Any], roles: dict[str, object]) -> object:
    role = given["role"]
    return roles.get(texts.plainly(role)) if isinstance(role, str) else None


def whole_asker(value: object, place: Place) -> object:
    """An asker, also where only the key of its party is given."""
    if isinstance(value, list):
        raise Fault(
            place,
            f"there are {len(value)} askers",
            hint="one party asks; write an act for each, as each has an answer of its own",
        )
    return {"party": texts.word_of(value, place)} if isinstance(value, str) else value


def whole_property(value: object, place: Place) -> object:
    """What is in hand, also as `account of payee`."""
    if not isinstance(value, str):
        return value
    found = _IN_HAND.fullmatch(texts.word_of(value, place))
    if found is None:
        raise Fault(
            place,
            f"{shown(value)} does not say what is in hand of whom",
            hint="write it as `account of customer`, or as a mapping of kind and of",
        )
    return found.groupdict()


def whole_money(value: object, place: Place) -> object:
    """An amount, also as `500 USD`."""
    if isinstance(value, Number) or (isinstance(value, dict) and value.get("currency") is None):
        raise Fault(place, "the amount has no currency", hint="write it as 500 USD")
    if not isinstance(value, str):
        return value
    amount, currency = texts.money_of(value, place)
    return acts.Money(
        amount=texts.amount_of(amount, place), currency=texts.currency_of(currency, place)
    )


def whole_goods(value: object, place: Place) -> object:
    """A line of goods, also as its description, with a price and a quantity in one text each."""
    if isinstance(value, str):
        return {"description": value}
    given = dict(as_mapping(value, place, "line of goods"))
    if (price := given.pop("price", None)) is not None:
        if given.get("unit_price") is not None:
            raise _both((*place, "price"), "unit_price")
        given["unit_price"] = Placed(price, (*place, "price"))
    quantity = given.get("quantity")
    if isinstance(quantity, str) and not isinstance(quantity, Number):
        given["quantity"], unit = texts.quantity_of(quantity)
        if unit and given.get("unit") not in (None, unit):
            raise _both((*place, "quantity"), "unit")
        given["unit"] = given.get("unit") or unit
    return given


def whole_stake(value: object, place: Place) -> object:
    """A stake, its share also in per cent or as a fraction of the whole."""
    given = dict(as_mapping(value, place, "stake"))
    percent, share = given.pop("percent", None), given.get("share")
    if percent is not None:
        if share is not None:
            raise _both((*place, "percent"), "share")
        given["share"] = texts.percent_of(percent, (*place, "percent"))
    elif isinstance(share, str):
        given["share"] = texts.share_of(share, (*place, "share"))
    return given


def _both(place: Place, other: str) -> Fault:
    return Fault(place, f"`{other}` says the same", hint="keep one of the two")


def whole_document(value: object, place: Place) -> object:
    """A number of a party, compared with its form and check digit where it has one."""
    given = dict(as_mapping(value, place, "document"))
    kind = given.get("kind")
    known = words_of(IdentifierKind).get(texts.plainly(kind)) if isinstance(kind, str) else None
    if isinstance(known, IdentifierKind) and given.get("value") is not None:
        given["value"] = number_of(known, given["value"], (*place, "value"))
    return given


def whole_party(value: object, place: Place) -> object:
    """A party, its numbers also as fields of their own."""
    given = dict(as_mapping(value, place, "party"))
    short = [name for name in NUMBERS if name in given]
    if not short:
        return given
    written = given.get("documents") or []
    documents = list(written) if isinstance(written, list) else [written]
    documents = [Placed(one, (*place, "documents", number)) for number, one in enumerate(documents)]
    for name in short:
        documents += _documents(name, given.pop(name), (*place, name))
    return {**given, "documents": documents}


def _documents(name: str, value: object, place: Place) -> Iterator[parties.Document]:
    for one in value if isinstance(value, list) else [value]:
        fields = one if isinstance(one, dict) else {"value": one}
        if set(fields) - {"value", "country"} or fields.get("value") is None:
            if one is None:
                continue
            raise Fault(
                place, f"`{name}` has a value and a country, and no more", hint="write both"
            )
        kind = NUMBERS[name]
        text = number_of(kind, fields["value"], place)
        country = texts.country_of(fields.get("country") or "", place)
        yield parties.Document(
            kind=kind, value=_iban(text, place) if name == "iban" else text, country=country
        )


def number_of(kind: IdentifierKind, value: object, place: Place) -> str:
    """A number that identifies, in the one way in which it is kept."""
    text = texts.word_of(value, place)
    if kind not in _CHECKED:
        return text
    try:
        return _CHECKED[kind].parse(text).value
    except ValueError as error:
        raise Fault(
            place,
            f"{shown(text)} has not the form or the check digit of {kind.name}",
            hint="compare it with the papers; leave it out if it is not known",
        ) from error


def _iban(text: str, place: Place) -> str:
    folded = re.sub(r"[\s-]", "", text).upper().removeprefix("IBAN")
    if re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}", folded):
        turned = folded[4:] + folded[:4]
        if int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1:
            return folded
    raise Fault(
        place,
        f"{shown(text)} has not the form or the check digits of IBAN",
        hint="compare it with the papers; leave it out if it is not known",
    )


REWRITES = {
    **dict.fromkeys(acts.Act.__args__, whole_act),
    acts.Asker: whole_asker,
    acts.Property: whole_property,
    acts.Money: whole_money,
    acts.Goods: whole_goods,
    holdings.Stake: whole_stake,
    parties.Document: whole_document,
    parties.Party: whole_party,
}
"""The short ways by what they stand for."""
