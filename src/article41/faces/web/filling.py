"""What is filled into the form of an act, as the plain values that acts are read from, and back.

The name of each input is the place of its value in the act, so that a fault stands where it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import msgspec

from article41.checks.reading import canonical
from article41.checks.reading.faults import Place, place_text
from article41.faces.web.fields import ACT_KINDS, Control, Field, act_fields
from article41.model.acts import Act
from article41.model.holdings import Share

KIND = "act"
"""The field that says the kind of act, in the form as in the model."""
NONE = "!none"
"""Ends the name of the field by which it is said that there is none."""
ITEMS_MAX = 25
"""Rows of one kind that a form has; an act with more is written as text."""
PARTIES_MAX = 12
"""The same of parties."""
WORD, IS = "word", "is"
"""The two inputs of a word that has a value."""
_ROW = ""
"""Marks a row in which there may be nothing yet."""
_STEP = re.compile(r"([a-z_]{1,40})((?:\[[0-9]{1,4}\]){0,2})")
_DEPTH_MAX = 6
Plain = dict[str, Any]
"""An act as mappings, lists and texts: any JSON."""
BEGUN: Mapping[str, tuple[str, ...]] = {
    "party": ("institution", "customer"),
    "payment": ("payer-bank", "payer", "payee", "payee-bank"),
    "cargo": ("seller", "buyer", "carrier", "vessel"),
    "journey": ("authority", "traveller"),
    "communication": ("supplier", "end-user"),
    "securities": ("dealer", "issuer"),
    "diplomatic": ("receiving-state", "sending-state", "envoy"),
}
"""The roles with which the form of each kind of act begins, the asker's first."""


def begun(kind: str, *, on: str) -> Plain:
    """The form of a kind of act before anything is filled in.

    Args:
        kind: Of act.
        on: The day that it begins with.
    """
    roles = BEGUN.get(kind, ("other",))
    parties = [{"role": role} for role in roles]
    return {KIND: kind, "on": on, "asker": {"party": roles[0]}, "parties": parties}


def plain_act(kind: str, form: Mapping[str, str], *, keeps_rows: bool = False) -> Plain:
    """What was filled in, without what was left blank.

    Args:
        kind: Of act.
        form: The values of the inputs by their names.
        keeps_rows: True for rows in which nothing was filled in yet, too.

    Example:
        >>> plain_act("payment", {"on": "2024-06-01", "parties[3].name": "Ada", "money.amount": ""})
        {'act': 'payment', 'on': '2024-06-01', 'parties': [{'name': 'Ada'}]}
    """
    return {KIND: kind} | _group(act_fields(kind), _nested(form, keeps_rows=keeps_rows))


def _nested(form: Mapping[str, str], *, keeps_rows: bool) -> Plain:
    """Mappings by the steps of each name; the items of a list by their numbers."""
    nested: Plain = {}
    for name, value in form.items():
        steps = steps_of(name.removesuffix(NONE))
        is_blank = not value.strip()
        if not steps or len(steps) > _DEPTH_MAX or (is_blank and not keeps_rows):
            continue
        if name.endswith(NONE):
            steps = (*steps[:-1], f"{steps[-1]}{NONE}")
        at: Any = nested
        for step in steps[:-1]:
            at = at.setdefault(step, {}) if isinstance(at, dict) else {}
            if keeps_rows and isinstance(step, int) and isinstance(at, dict):
                at[_ROW] = True
        if isinstance(at, dict) and not is_blank:
            # Forms end each line of a text with two characters.
            at[steps[-1]] = value.replace("\r\n", "\n")
    return nested


def steps_of(name: str) -> Place:
    """A place from its text; empty if it is none.

    Example:
        >>> steps_of("parties[2].birth_date"), steps_of("parties[")
        (('parties', 2, 'birth_date'), ())
    """
    steps: list[str | int] = []
    for part in name.split("."):
        found = _STEP.fullmatch(part)
        if found is None:
            return ()
        steps += [found[1], *map(int, re.findall(r"\d+", found[2]))]
    return tuple(steps)


def _group(fields: Iterable[Field], given: object) -> Plain:
    if not isinstance(given, dict):
        return {}
    read = {}
    for field in fields:
        value = _value(field, given.get(field.name))
        if value is None and given.get(f"{field.name}{NONE}"):
            value = []
        if value is not None:
            read[field.name] = value
    return read


def _value(field: Field, given: object) -> object:
    """What was filled in, None if nothing."""
    read: object
    match field.control:
        case Control.GROUP:
            read = _group(field.fields, given)
        case Control.ROWS:
            rows = ((_group(field.fields, one), one) for one in _items(given))
            read = [row for row, one in rows if row or (isinstance(one, dict) and _ROW in one)]
        case Control.WORDS | Control.TICKS:
            read = [one for one in _items(given) if isinstance(one, str)]
        case Control.LINES:
            read = _lines(given)
        case Control.SETS:
            read = [[key.strip() for key in line.split(",")] for line in _lines(given)]
        case Control.NAMED:
            read = _named(_items(given))
        case _:
            read = given if isinstance(given, str) else None
    return read or None


def _lines(given: object) -> list[str]:
    return [one.strip() for one in str(given or "").split("\n") if one.strip()]


def _items(given: object) -> list[object]:
    numbered = given if isinstance(given, dict) else {}
    return [numbered[at] for at in sorted(one for one in numbered if isinstance(one, int))]


def _named(rows: Iterable[object]) -> dict[str, object]:
    named: dict[str, object] = {}
    for row in rows:
        if isinstance(row, dict) and IS in row:
            word = str(row.get(WORD, "")).strip()
            while word in named:
                # What is said twice is read twice, and refused.
                word += " "
            named[word] = row[IS]
    return named


def of_act(act: Act) -> Plain:
    """An act as the form shows it."""
    plain: Plain = msgspec.json.decode(canonical(act))
    for stake, held in zip(
        plain.get("holdings", {}).get("stakes", ()), act.holdings.stakes, strict=True
    ):
        if stake.pop("share", None) is not None and held.share is not None:
            stake["percent"] = percent_text(held.share)
    struct = ACT_KINDS[plain[KIND]]
    return {name: plain[name] for name in (KIND, *struct.__struct_fields__) if name in plain}


def percent_text(share: Share) -> str:
    """A share as it is written in per cent.

    Example:
        >>> percent_text(Share(at_least=Fraction(1, 3), at_most=Fraction(1, 3)))
        '33 1/3'
    """
    low, high = _hundredths(share.at_least), _hundredths(share.at_most)
    least, most = ">" * share.excludes_least, "<" * share.excludes_most
    if share.is_exact:
        return low
    if share.at_most == 1 and not most:
        return f"{least or '>='}{low}"
    if share.at_least == 0 and not least:
        return f"{most or '<='}{high}"
    return f"{least}{low}-{most}{high}"


def _hundredths(part: Fraction) -> str:
    whole, over = divmod(part * 100, 1)
    return f"{whole} {over}" if over else str(whole)


def changed(plain: Plain, do: str) -> Plain:
    """The form with a row more or less.

    Args:
        plain: What was filled in.
        do: `add` or `drop`, and the place.

    Example:
        >>> changed({"act": "cargo", "via": ["Malta"]}, "add via")
        {'act': 'cargo', 'via': ['Malta', '']}
    """
    what, _, name = do.partition(" ")
    steps = steps_of(name)
    field = _field_at(plain, steps)
    if field is None or isinstance(steps[-1], str) is not (what == "add"):
        return plain
    *above, last = steps
    at = _inside(plain, above)
    if what == "add" and isinstance(at, dict):
        rows = at.setdefault(last, [])
        if len(rows) < (PARTIES_MAX if last == "parties" else ITEMS_MAX):
            rows.append({} if field.control is Control.ROWS else "")
    if what == "drop" and isinstance(at, list) and isinstance(last, int) and last < len(at):
        del at[last]
    return plain


def _field_at(plain: Plain, steps: Sequence[str | int]) -> Field | None:
    """The field whose rows a place means; None if it means none."""
    fields: tuple[Field, ...] = act_fields(plain[KIND])
    found = None
    for step in steps:
        if isinstance(step, str):
            found = next((one for one in fields if one.name == step), None)
            fields = () if found is None else found.fields
    return found if found and found.control in (Control.ROWS, Control.WORDS) else None


def _inside(plain: Plain, steps: Sequence[str | int]) -> object:
    """What stands at a place, groups on the way to it made where there are none."""
    at: object = plain
    for step, following in zip(steps, (*steps, "")[1:], strict=True):
        if isinstance(at, dict) and isinstance(following, str) and isinstance(step, str):
            at = at.setdefault(step, {})
        elif isinstance(at, dict):
            at = at.get(step)
        elif isinstance(at, list) and isinstance(step, int) and step < len(at):
            at = at[step]
        else:
            return None
    return at


def is_too_long(plain: Plain) -> bool:
    """True of an act that is written as text and filled into no form."""
    return len(plain.get("parties", ())) > PARTIES_MAX or any(
        len(rows) > ITEMS_MAX for rows in _lists_in(plain)
    )


def _lists_in(value: object) -> Iterator[list[object]]:
    inner: Iterable[object] = value.values() if isinstance(value, dict) else ()
    if isinstance(value, list):
        inner = value
        yield value
    for one in inner:
        yield from _lists_in(one)


def place_of(fact: str, plain: Plain) -> str:
    """The place in the form of a fact that is asked for, which names parties by their keys.

    Example:
        >>> place_of("parties.payee.country", {"parties": [{"role": "payer"}, {"role": "payee"}]})
        'parties[1].country'
    """
    rest = fact.removeprefix("parties.")
    if rest == fact:
        return fact
    keys = [str(one.get("id") or one.get("role", "")) for one in plain.get("parties", ())]
    meant = [at for at, key in enumerate(keys) if key and f"{rest}.".startswith(f"{key}.")]
    if not meant:
        return "parties"
    at = max(meant, key=lambda number: len(keys[number]))
    field = rest[len(keys[at]) + 1 :]
    return place_text(("parties", at, *steps_of(field)))
