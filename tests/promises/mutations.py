"""Changes of one fact of an act: another country, another day, another code, or nothing at all.

A mutation names the fact by the path under which an answer names it.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import msgspec

from article41.checks.reading.crossing import VERBS
from article41.model.acts import Act, Asker, Goods, Money
from article41.model.entities import Schema
from article41.model.holdings import Share
from article41.model.measures import Measure
from article41.model.parties import OwnersKnown, Party, Role, Status

ONE_DAY = timedelta(days=1)
COUNTRIES = ("SY", "DE", "US", "GB", "CH", "RU", "KE")
"""The target, members, States of their own law, and one that has no measure."""
CODES = ("2709 00", "2711 12", "8413 70", "9301 00", "1001 99", "7108 12")
ITEMS = ("none", "1C350", "deep-packet-inspection", "ML4")
CURRENCIES = ("USD", "EUR", "RUB", "SYP", "KES")
PURPOSES = ("legal-fees", "personal-remittance", "humanitarian", "salaries")
SCHEMAS = (Schema.PERSON, Schema.COMPANY, Schema.VESSEL)
PARTS = (Fraction(1, 10), Fraction(49, 100), Fraction(1, 2), Fraction(51, 100))
FREE_OF_LAW = {"id", "role", "description", "text", "nomenclature", "address", "number", "by",
               "reason", "source", "reporting", "kind", "notes"}  # fmt: skip
"""What no law looks at, or what makes another act of it."""
WHO_IT_IS = {"name", "other_names", "listings", "same_as", "documents", "mrz"}
"""By these a party is found on a list; without them nobody can tell that it is the same one."""
NEEDED = {"on", "party", "currency", "amount", "authority", "valid_from", "owner", "asset", "of",
          "at_least", "at_most", "right", "sending", "receiving", "excludes_least",
          "excludes_most"}  # fmt: skip
"""Without these there is no such act, amount, stake or licence."""


class Mutation(NamedTuple):
    """An act of which one fact is another one."""

    fact: str
    """Path of the fact."""
    said: str
    """What it is now; empty if nobody says it any more."""
    act: Act

    @property
    def is_dropped(self) -> bool:
        """True if the fact is not known any more."""
        return not self.said


def mutations(act: Act, days: Iterable[date]) -> Iterator[Mutation]:
    """All changes of one fact of an act.

    Args:
        act: The act.
        days: Days on which something else may be so.
    """
    for day in sorted({each + step for each in days for step in (-ONE_DAY, timedelta(), ONE_DAY)}):
        if day != act.on:
            yield Mutation("on", f"{day}", replaced(act, on=day))
    yield from _askers(act)
    yield from _facts(act)
    for number, party in enumerate(act.parties):
        for path, said, other in _party(party):
            parties = (*act.parties[:number], other, *act.parties[number + 1 :])
            yield Mutation(path, said, replaced(act, parties=parties))
    for field in act.__struct_fields__:
        if field not in ("on", "asker", "parties", "facts", "jurisdictions"):
            for path, said, value in _values(field, getattr(act, field), field):
                yield Mutation(path, said, replaced(act, **{field: value}))


# Any: of whatever types the fields have.
def replaced(one: Any, **fields: Any) -> Any:
    """The same with other fields."""
    return msgspec.structs.replace(one, **fields)


Change = tuple[str, str, Any]
"""Path, what it is now, and the new value."""


def _askers(act: Act) -> Iterator[Mutation]:
    asker = act.asker
    for party in act.parties:
        if party.key != asker.party and party.role is not Role.OWNER:
            other = Asker(party=party.key)
            yield Mutation("asker.party", party.key, replaced(act, asker=other))
    tag = str(act.__struct_config__.tag)
    for verb in sorted(VERBS[tag], key=lambda verb: verb.value):
        if asker.does != (verb,):
            other = replaced(asker, does=(verb,))
            yield Mutation("asker.does", verb.value, replaced(act, asker=other))
    if asker.does:
        yield Mutation("asker.does", "as its role", replaced(act, asker=replaced(asker, does=())))
    if asker.in_hand:
        yield Mutation("asker.in_hand", "none", replaced(act, asker=replaced(asker, in_hand=())))
    if asker.in_hand is not None:
        yield Mutation("asker.in_hand", "", replaced(act, asker=replaced(asker, in_hand=None)))


def _facts(act: Act) -> Iterator[Mutation]:
    for name, so in act.facts.items():
        flipped = {**act.facts, name: not so}
        yield Mutation(f"facts.{name}", str(not so).lower(), replaced(act, facts=flipped))
        less = {key: value for key, value in act.facts.items() if key != name}
        yield Mutation(f"facts.{name}", "", replaced(act, facts=less))


def _party(party: Party) -> Iterator[Change]:
    yield from _fields(party, f"parties.{party.key}")
    for name in spellings(party.name):
        yield f"parties.{party.key}.name", name, replaced(party, name=name)


def spellings(name: str) -> Iterator[str]:
    """The same name as somebody else writes it."""
    words = name.split()
    if not words:
        return
    if len(words) > 1:
        yield " ".join(reversed(words))
    at = name.index(max(words, key=len)) + 1
    if len(name) > at + 1:
        yield name[:at] + ("e" if name[at] != "e" else "a") + name[at + 1 :]
        yield name[:at] + name[at + 1 :]
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    if plain != name:
        yield plain
    elif "ou" in name:
        yield name.replace("ou", "u")
    yield name.upper()


def _fields(one: Any, path: str) -> Iterator[Change]:
    for field in one.__struct_fields__:
        if field not in FREE_OF_LAW:
            for fact, said, value in _values(field, getattr(one, field), f"{path}.{field}"):
                yield fact, said, replaced(one, **{field: value})


def _values(field: str, value: Any, path: str) -> Iterator[Change]:
    """Other values of a field, each with the path that tells which."""
    for said, other in _alternatives(field, value):
        if other != value:
            yield path, said, other
    match value:
        case tuple() if value and isinstance(value[0], msgspec.Struct):
            yield from _items(value, path)
        case msgspec.Struct():
            yield from _fields(value, path)
        case dict():
            for key, number in value.items():
                for factor in (Decimal("0.01"), Decimal(100)):
                    figures = {**value, key: number * factor}
                    yield f"{path}.{key}", f"{number * factor}", figures
        case _:
            pass  # A word, a number or a day is dropped, or replaced as above.
    dropped = _dropped(field, value)
    if dropped is not None:
        yield path, "", dropped[0]


def _items(value: tuple[Any, ...], path: str) -> Iterator[Change]:
    for number, item in enumerate(value):
        rest = (value[:number], value[number + 1 :])
        for fact, said, other in _fields(item, f"{path}[{number}]"):
            yield fact, said, (*rest[0], other, *rest[1])
        if not isinstance(item, Goods) and len(value) > 1:
            yield f"{path}[{number}]", "", (*rest[0], *rest[1])


def _dropped(field: str, value: Any) -> tuple[Any] | None:
    """The value of a field of which nobody says anything, if that can be and is another one."""
    if field in NEEDED | FREE_OF_LAW | WHO_IT_IS | {"goods", "holdings"}:
        return None
    empty: Any
    match value:
        case Schema():
            empty = Schema.THING
        case str():
            empty = ""
        case tuple():
            empty = None if field == "cleared_in" else ()
        case dict():
            empty = {}
        case Decimal() if field == "amount_used":
            return None
        case _:
            empty = None
    return None if value == empty else (empty,)


def _alternatives(field: str, value: Any) -> Iterator[tuple[str, Any]]:
    match value:
        case bool():
            yield str(not value).lower(), not value
        case date():
            for days in (-800, -30, 30, 800):
                turn = value + timedelta(days=days)
                yield f"{turn}", turn
        case Money():
            for currency in CURRENCIES:
                yield currency, replaced(value, currency=currency)
            for _, amount in _alternatives("amount", value.amount):
                yield f"{amount}", replaced(value, amount=amount)
        case Decimal() | int():
            for factor in (Decimal("0.01"), Decimal(100)):
                other = type(value)(value * factor)
                yield f"{other}", other
        case Status() | OwnersKnown():
            yield from ((f"{one.value}", one) for one in type(value))
        case Schema():
            yield from ((one.value, one) for one in SCHEMAS)
        case Share():
            yield from ((f"{part}", Share(at_least=part, at_most=part)) for part in PARTS)
        case _:
            yield from ((f"{one}", one) for one in _words(field, value))


_COUNTRY_FIELDS = {"country", "residence", "incorporated_in", "flag", "origin", "exported_from",
                   "destination", "loaded_in", "discharged_in", "leaves", "arrives", "sending",
                   "receiving"}  # fmt: skip
_COUNTRIES_FIELDS = {"nationalities", "located_in", "via", "overflies", "places", "cleared_in",
                     "past_flags"}  # fmt: skip
_WORDS: dict[str, Sequence[Any]] = {
    "code": CODES,
    "items": tuple((item,) for item in ITEMS),
    "cas": (("50-00-0",), ("7782-50-5",)),
    "purposes": tuple((purpose,) for purpose in PURPOSES),
    "flight": ("passenger", "cargo-only", "mixed"),
    "instrument": ("bond", "equity", "loan"),
    "rank": ("ambassador", "charge", "consul"),
    "subject": ("another agreement",),
    "channel": ("Example TV",),
    "end_use": ("agriculture",),
    "services": (("installation",),),
    "sectors": (("agriculture",), ("oil-exploration",)),
    "loaded_at": ("Example Harbour",),
    "discharged_at": ("Example Harbour",),
    "birth_date": ("1901-01-01",),
    "unit": ("piece",),
    "owner": ("Example Owner",),
}
_ALWAYS = {"purposes", "us_person", "nationalities", "residence", "located_in", "via", "places",
           "items", "origin", "money"}  # fmt: skip
"""Fields that are changed where they are empty too."""


def _words(field: str, value: Any) -> Iterator[Any]:
    if value in ("", (), None) and field not in _ALWAYS:
        return
    if field in _COUNTRY_FIELDS:
        yield from COUNTRIES
    elif field in _COUNTRIES_FIELDS:
        yield from ((country,) for country in COUNTRIES)
    elif field == "us_person":
        yield from (True, False)
    else:
        yield from _WORDS.get(field, ())


def boundaries(measures: Iterable[Measure]) -> Iterator[date]:
    """The days on which measures or what lifts them change."""
    for measure in measures:
        for span in (*measure.in_force, *measure.suspended, *measure.states_only):
            yield from filter(None, (span.valid_from, span.valid_until))
        for relief in measure.reliefs:
            yield from filter(None, (relief.valid_from, relief.valid_until))
        yield from _condition_days(measure)


def _condition_days(measure: Measure) -> Iterator[date]:
    conditions = [each for target in measure.targets for each in target.when]
    conditions += [each for relief in measure.reliefs for each in relief.when]
    for one in conditions:
        yield from filter(None, (one.performed_before, one.relation_from))
