"""The form of an act as it is shown: each field with its value, its fault and its open question."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from article41.faces.web.fields import Control, Field, act_fields
from article41.faces.web.filling import IS, KIND, NONE, WORD, Plain
from article41.law.loading import load_words

ROWS_WHOLE, ROWS_WHOLE_ANSWERED = 5, 2
"""So many rows have all their fields, and so many beside an answer; of more, each has those in
which there is something."""
_FACTS = "facts"


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One input of several."""

    name: str
    """Of the input."""
    id: str
    """By which it is found in the page."""
    value: str
    """What stands in it."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One group of several."""

    place: str
    """In the act."""
    id: str
    """By which it is found in the page."""
    title: str
    """What it is, with its number."""
    inputs: "tuple[Filled, ...]"
    """Its fields."""
    fault: str
    """What is wrong with it as a whole."""
    is_short: bool
    """True if it lacks the fields in which there is nothing to be seen."""


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """A word with its value."""

    word: str
    """The word; empty where one can be added."""
    name: str
    """Of the input of the word."""
    input: "Filled"
    """That of its value."""


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """One field of the form."""

    field: Field
    """Which."""
    name: str
    """Of its input: its place in the act."""
    id: str
    """By which it is found in the page."""
    value: str = ""
    """What stands in it."""
    fault: str = ""
    """What is wrong with it, and what to write."""
    questions: tuple[str, ...] = ()
    """What is asked for here because it would change the answer."""
    inputs: "tuple[Filled, ...]" = ()
    """Of a group."""
    rows: tuple[Row, ...] = ()
    """Of several groups."""
    lines: tuple[Line, ...] = ()
    """Of several words; of what can be ticked, those that are."""
    words: tuple[Word, ...] = ()
    """With their values."""
    is_open: bool = False
    """True if there is something in it to be seen."""

    @property
    def is_day(self) -> bool:
        """True if it is chosen from a calendar, which can hold nothing but days."""
        return self.field.control is Control.DAY and not (self.value and _no_day(self.value))


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """What stands at some places of a form."""

    faults: Mapping[str, str] = {}
    """What is wrong, by place."""
    questions: Mapping[str, tuple[str, ...]] = {}
    """What is asked, by place."""
    unfolded: str = ""
    """The row of which every field is wanted."""
    is_whole: bool = False
    """True if every field of each is."""
    rows_whole: int = ROWS_WHOLE
    """So many rows have all their fields."""


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """The form of one act."""

    kind: str
    """Of act."""
    inputs: tuple[Filled, ...]
    """Its fields."""
    keys: tuple[str, ...]
    """The keys of its parties."""
    places: Mapping[str, str]
    """Where each place stands in the page."""
    proposes: tuple[str, ...]
    """Which lists of words its fields propose."""

    def id_of(self, place: str) -> str:
        """Where a place stands in the page, or the nearest one above it; empty if there is none."""
        return self.places.get(_nearest(place, self.places), "")


def form_of(plain: Plain, marks: Marks) -> Form:
    """The form of an act.

    Args:
        plain: What is filled in.
        marks: What is wrong and what is asked.
    """
    fields = act_fields(plain[KIND])
    all_of_it = _filled(fields, plain, "", Marks(is_whole=True))
    places = {place: id_ for one in all_of_it for place, id_ in _ids(one)}
    faults: dict[str, str] = {}
    for place, fault in marks.faults.items():
        near = _nearest(place, places)
        faults[near] = f"{faults[near]} {fault}" if near in faults else fault
    questions: dict[str, tuple[str, ...]] = {}
    for place, asked in marks.questions.items():
        near = place if place.startswith(f"{_FACTS}.") else _nearest(place, places)
        questions[near] = (*questions.get(near, ()), *asked)
    shown = msgspec.structs.replace(marks, faults=faults, questions=questions)
    inputs = tuple(_filled(fields, plain, "", shown))
    return Form(
        kind=plain[KIND],
        inputs=inputs,
        keys=tuple(_keys(plain)),
        places={place: id_ for one in inputs for place, id_ in _ids(one)},
        proposes=tuple(dict.fromkeys(
            one.field.proposes for one in _all(inputs) if one.field.proposes
        )),
    )  # fmt: skip


def first_of(form: Form, place: str) -> str:
    """The id of the first input of what is new at a place; empty if there is none.

    Args:
        form: The form.
        place: That of a list, at whose end something was added, or of a row that was unfolded.
    """
    for one in _all(form.inputs):
        for row in one.rows:
            if row.place == place:
                return next((each.id for each in row.inputs if not each.field.is_main), row.id)
        if one.name == place and one.rows:
            return one.rows[-1].inputs[0].id
        if one.name == place and one.lines:
            return one.lines[-1].id
    return ""


def _all(inputs: Iterable[Filled]) -> Iterator[Filled]:
    for one in inputs:
        yield one
        yield from _all(one.inputs)
        for row in one.rows:
            yield from _all(row.inputs)


def _keys(plain: Plain) -> Iterator[str]:
    for one in plain.get("parties", ()):
        key = one.get("id") or one.get("role")
        if key:
            yield str(key)


def _nearest(place: str, places: Mapping[str, str]) -> str:
    while place and place not in places:
        place = place[: max(place.rfind("."), place.rfind("["), 0)]
    return place


def _ids(one: Filled) -> Iterator[tuple[str, str]]:
    yield one.name, one.id
    for inner in one.inputs:
        yield from _ids(inner)
    for row in one.rows:
        yield row.place, row.id
        for inner in row.inputs:
            yield from _ids(inner)
    for word in one.words:
        if word.word:
            yield f"{one.name}.{word.word}", word.input.id


def _id(place: str) -> str:
    return "f-" + re.sub(r"[^A-Za-z0-9]+", "-", place).strip("-")


def _filled(fields: Iterable[Field], given: Plain, above: str, marks: Marks) -> Iterator[Filled]:
    for field in fields:
        name = f"{above}.{field.name}" if above else field.name
        yield _one(field, given.get(field.name), name, marks)


def _one(field: Field, given: Any, name: str, marks: Marks) -> Filled:  # any JSON
    inputs: tuple[Filled, ...] = ()
    rows: tuple[Row, ...] = ()
    lines: tuple[Line, ...] = ()
    words: tuple[Word, ...] = ()
    value = ""
    match field.control:
        case Control.GROUP:
            inputs = tuple(_filled(field.fields, given or {}, name, marks))
        case Control.ROWS:
            # What there is no act without has a row to begin with.
            rows = tuple(_rows(field, given or [{}] * field.is_required, name, marks))
        case Control.WORDS:
            lines = tuple(_lines(given or (), name))
        case Control.TICKS:
            lines = tuple(_ticks(field, given or (), name))
        case Control.NAMED:
            words = tuple(_words(field, given or {}, name, marks))
        case Control.LINES:
            value = "\n".join(map(str, given or ()))
        case Control.SETS:
            value = "\n".join(", ".join(one) for one in given or ())
        case _:
            value = _text(given)
    if given == [] and field.may_be_none:
        value = NONE
    fault, questions = marks.faults.get(name, ""), marks.questions.get(name, ())
    inner = (*inputs, *(one for row in rows for one in row.inputs), *(one.input for one in words))
    return Filled(
        field=field, name=name, id=_id(name), value=value, fault=fault, questions=questions,
        inputs=inputs, rows=rows, lines=lines, words=words,
        is_open=bool(
            given or value or fault or questions or any(one.is_open for one in inner)
        ),
    )  # fmt: skip


def _no_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() != text
    except ValueError:
        return True


def _text(given: object) -> str:
    if isinstance(given, bool):
        return "yes" if given else "no"
    return "" if given is None else str(given)


def _rows(field: Field, given: Sequence[Plain], name: str, marks: Marks) -> Iterator[Row]:
    for number, one in enumerate(given):
        place = f"{name}[{number}]"
        inputs = tuple(_filled(field.fields, one, place, marks))
        is_whole = len(given) <= marks.rows_whole or marks.is_whole or place == marks.unfolded
        seen = tuple(one for one in inputs if is_whole or one.field.is_main or one.is_open)
        yield Row(
            place=place,
            id=_id(place),
            title=f"{field.item} {number + 1}",
            inputs=seen,
            fault=marks.faults.get(place, ""),
            is_short=len(seen) < len(inputs),
        )


def _lines(given: Sequence[object], name: str) -> Iterator[Line]:
    """What was given, and a line for one more."""
    values = [str(one) for one in given]
    if not values or values[-1]:
        values.append("")
    for number, value in enumerate(values):
        place = f"{name}[{number}]"
        yield Line(name=place, id=_id(place) if number else _id(name), value=value)


def _ticks(field: Field, given: Sequence[object], name: str) -> Iterator[Line]:
    for number, word in enumerate(field.choices):
        place = f"{name}[{number}]"
        yield Line(name=place, id=_id(place), value=word if word in given else "")


def _words(field: Field, given: Plain, name: str, marks: Marks) -> Iterator[Word]:
    """Words that were given, then those that are asked for, and room for one more."""
    (value_field,) = field.fields
    asked = [
        place.removeprefix(f"{name}.")
        for place in marks.questions
        if name == _FACTS and place.startswith(f"{name}.")
    ]
    for number, word in enumerate(dict.fromkeys((*given, *asked, ""))):
        place = f"{name}[{number}]"
        label = load_words().facts.get(word, word) if name == _FACTS else word
        shown = msgspec.structs.replace(value_field, label=label or value_field.label)
        yield Word(
            word=word,
            name=f"{place}.{WORD}",
            input=Filled(
                field=shown,
                name=f"{place}.{IS}",
                id=_id(f"{name}.{word or number}"),
                value=_text(given.get(word)),
                fault=marks.faults.get(f"{name}.{word}", "") if word else "",
                questions=marks.questions.get(f"{name}.{word}", ()) if word else (),
                is_open=bool(word),
            ),
        )
