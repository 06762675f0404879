"""Fields that name no party of their own: money, days, codes, references and words."""

import re
from typing import NamedTuple

from article41.checks.payment.message import Means
from article41.checks.payment.swift_mt.fields import Field
from article41.checks.payment.swift_mt.found import BIC, Found, day, full, run_on
from article41.checks.payment.swift_mt.table import (
    CODE_COUNTRIES,
    CODE_PARTIES,
    CODE_REFERENCES,
    CODE_ULTIMATES,
    Layout,
    Meaning,
)
from article41.model.countries import COUNTRIES
from article41.model.parties import Role

_MONEY = re.compile(r"([0-9]{6})?([A-Z]{3})([0-9]{1,15}(?:,[0-9]*)?)")
_DAY = re.compile(r"[0-9]{6}(?:[0-9]{2})?")
_DAY_AND_PLACE = re.compile(r"([0-9]{6})(.*)")
_STEP = re.compile(r"([A-Z]{4})(?:/(.*))?")
_CODED = re.compile(r"/([A-Z0-9]{1,8})/(.*)")
_ULTIMATE = re.compile(r"/(ULT[BCDO])/(?:/?NAME/|/*)([^/]*)")
_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}")
_COUNTRY = re.compile(r"([A-Z]{2})(?:/.*|)")


def read_words(field: Field, meaning: Meaning, found: Found) -> None:
    """Free text: its lines as one, for words run on over their ends."""
    path = field.path if len(field.lines) == 1 else f"{field.path}/1-{len(field.lines)}"
    for whole in run_on(field.lines, full(field.lines, meaning.width)):
        found.add(path, whole, meaning.means)


def read_remitted(field: Field, meaning: Meaning, found: Found) -> None:
    """Free text, and the names in it of who pays or is paid in the end (`/ULTB/`)."""
    begin = len(found.texts)
    read_words(field, meaning, found)
    for text in found.texts[begin:]:
        for named in _ULTIMATE.finditer(text.value):
            name = named[2].strip()
            role = CODE_ULTIMATES[named[1]]
            means = Means.LEI if _LEI.fullmatch(name) else Means.NAME
            found.add(text.path, name, means, found.key(role, field.path) if name else "")


def read_closed(field: Field, meaning: Meaning, found: Found) -> None:
    """A code in its form; words if it has another."""
    value = "\n".join(field.lines)
    if meaning.form is not None and meaning.form.fullmatch(value):
        found.add(field.path, value, Means.CODE)
    else:
        read_words(field, meaning, found)


def read_money(field: Field, meaning: Meaning, found: Found) -> bool:
    """Currency and figure, or behind a day; false if it is none, and then words are kept."""
    money = _MONEY.fullmatch(field.lines[0]) if len(field.lines) == 1 else None
    digits = (money[1] or "") if money is not None else ""
    on = day(digits) if digits else ""
    needs_day = meaning.layout is Layout.DAY_AND_MONEY
    if money is None or bool(digits) is not needs_day or (needs_day and not on):
        read_words(field, meaning, found)
        return False
    found.add(field.path, on, Means.DATE)
    figure = money[3].replace(",", ".").removesuffix(".")
    found.add(field.path, figure, Means.AMOUNT, unit=money[2])
    return True


def read_day(field: Field, meaning: Meaning, found: Found) -> None:
    """A day, and perhaps a place behind it."""
    first = field.lines[0]
    if meaning.layout is Layout.DAY_AND_PLACE:
        both = _DAY_AND_PLACE.fullmatch(first)
        if both is not None and day(both[1]):
            found.add(field.place(0), both[1], Means.CODE)
            lines = [both[2].strip(), *field.lines[1:]]
            field = Field(field.tag, lines, field.line, field.path)
        read_words(field, meaning, found)
    elif len(field.lines) == 1 and _DAY.fullmatch(first) and day(first):
        found.add(field.path, day(first), Means.DATE)
    else:
        for whole in run_on(field.lines, full(field.lines, meaning.width)):
            found.add(field.path, whole, Means.UNMAPPED)


def read_step(field: Field, meaning: Meaning, found: Found) -> None:
    """A code, and perhaps words behind it."""
    step = _STEP.fullmatch(field.lines[0])
    if step is None or meaning.form is None or meaning.form.fullmatch(step[1]) is None:
        read_words(field, meaning, found)
        return
    found.add(field.place(0), step[1], Means.CODE)
    lines = [(step[2] or "").strip(), *field.lines[1:]]
    read_words(Field(field.tag, lines, field.line, field.path), meaning, found)


def read_account(field: Field, _meaning: Meaning, found: Found) -> None:
    """The account that a message tells of, and perhaps the BIC of the bank that has it."""
    for at, line in enumerate(field.lines):
        if at and BIC.fullmatch(line):
            found.add(field.place(at), line, Means.BIC, found.bank(Role.OTHER, line))
        elif at == 0 and line.startswith("/"):
            found.account(field.place(at), line, "")
        else:
            found.number(field.place(at), line, "")


def read_coded(field: Field, meaning: Meaning, found: Found) -> None:
    """Words behind codes, as in fields 72 and 77B; `//` goes on with the line before."""
    parts: list[_Part] = []
    for at, line in enumerate(field.lines):
        coded = _CODED.fullmatch(line)
        is_full = len(line) >= meaning.width
        if coded is not None:
            parts.append(_Part(field.place(at), coded[1], [coded[2].strip()], [is_full]))
        elif parts:
            parts[-1].lines.append(line.removeprefix("//"))
            parts[-1].full.append(is_full)
        else:
            parts.append(_Part(field.place(at), "", [line], [is_full]))
    for part in parts:
        _read_part(part, meaning, found)


class _Part(NamedTuple):
    """A code, the words behind it, and which of their lines are full."""

    path: str
    code: str
    lines: list[str]
    full: list[bool]


def _read_part(part: _Part, meaning: Meaning, found: Found) -> None:
    path, code, lines, full = part
    first = lines[0]
    means, of = meaning.means, ""
    is_bic = len(lines) == 1 and BIC.fullmatch(first) and first[4:6] in COUNTRIES
    if is_bic and code not in CODE_ULTIMATES:
        role = Role.INTERMEDIARY if code in CODE_PARTIES else Role.OTHER
        found.add(path, code, Means.CODE if code in CODE_PARTIES else means)
        found.add(path, first, Means.BIC, found.bank(role, first))
        found.add(path, first, means)  # A name or a town of as many letters has this form too.
        return
    country = _COUNTRY.fullmatch(first) if code in CODE_COUNTRIES else None
    if country is not None and country[1] in COUNTRIES:
        found.add(path, code, Means.CODE)
        found.add(path, country[1], Means.COUNTRY, found.by_field.get(CODE_COUNTRIES[code], ""))
        lines = [first[2:].lstrip("/").strip(), *lines[1:]]
    elif code == "INS" and any(lines):
        found.add(path, code, Means.CODE)
        means, of = Means.NAME, found.key(Role.INTERMEDIARY, "\n".join(lines).upper())
    elif code in CODE_ULTIMATES and any(lines):
        found.add(path, code, Means.CODE)
        means, of = Means.NAME, found.key(CODE_ULTIMATES[code], "\n".join(lines).upper())
    elif code in CODE_REFERENCES:
        found.add(path, code, Means.CODE)
        means = Means.REFERENCE
    elif code:
        # Not every word between slashes is a code of SWIFT: it may be a name.
        lines = [f"/{code}/{first}", *lines[1:]]
    for whole in run_on(lines, full):
        found.add(path, whole, means, of)
