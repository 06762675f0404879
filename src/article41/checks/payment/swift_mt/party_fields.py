"""Fields that name a party, in each of their options, as texts of that party."""

import re
from collections.abc import Sequence

from article41.checks.payment.message import Means
from article41.checks.payment.swift_mt.fields import PARTY_LINES_MAX, Field
from article41.checks.payment.swift_mt.found import BIC, Found, day, full, run_on
from article41.model.countries import COUNTRIES
from article41.model.parties import Role

LINE_WIDTH = 35
NUMBERED_WIDTH = 33
"""What is left of a line behind its number."""
_NUMBERED = re.compile(r"([1-8])/(.*)")
_IDENTITY = re.compile(r"([A-Z]{4})/([A-Z]{2})/(.+)")
_COUNTRY_FIRST = re.compile(r"([A-Z]{2})(?:/(.*))?")
_FIGURE = re.compile(r"[0-9]")
_OF_NATIONALS = frozenset(("CCPT", "NIDN"))
"""Schemes of numbers that a State gives to its nationals."""
_AVAILABLE = re.compile(r"BY (ACCEPTANCE|DEF PAYMENT|MIXED PYMT|NEGOTIATION|PAYMENT)")


def read_bank(field: Field, role: Role, found: Found) -> None:
    """Account or clearing code, then BIC. What is no BIC there is read as a name."""
    _check_lines(field, found)
    begin = _account_lines(field)
    bic = next((line.upper() for line in field.lines[begin:] if _is_bic(line)), "")
    key = found.bank(role, bic) if bic else found.key(role, _mark(field.lines))
    for at, line in enumerate(field.lines):
        if at < begin:
            found.account(field.place(at), line, key)
        else:
            found.add(field.place(at), line, Means.BIC if _is_bic(line) else Means.NAME, key)


def read_available(field: Field, role: Role, found: Found) -> None:
    """A bank, of which the last line says how a credit is available with it.

    Words for whatever bank (`ANY BANK IN SAMPLELAND`) name no party.
    """
    last = len(field.lines) - 1
    if last > 0 and _AVAILABLE.fullmatch(field.lines[last]):
        bank = Field(field.tag, field.lines[:last], field.line, field.path)
    else:
        bank = field
    if bank.lines[0].startswith("ANY BANK"):
        for at, line in enumerate(bank.lines):
            found.add(field.place(at), line, Means.INSTRUCTION)
    else:
        (read_bank if field.tag.endswith("A") else read_named)(bank, role, found)
    if bank is not field:
        found.add(field.place(last), field.lines[last], Means.CODE)


def read_branch(field: Field, _role: Role, found: Found) -> None:
    """An account between two banks and a place: they name no party of their own."""
    _check_lines(field, found)
    begin = _account_lines(field)
    for at, line in enumerate(field.lines):
        if at < begin:
            found.account(field.place(at), line, "")
        else:
            found.add(field.place(at), line, Means.ADDRESS)


def read_route(field: Field, role: Role, found: Found) -> None:
    """A clearing code or an account alone, or a BIC alone (50C)."""
    _check_lines(field, found)
    if BIC.fullmatch(field.lines[0]):
        read_bank(field, role, found)
        return
    key = found.key(role, _mark(field.lines))
    for at, line in enumerate(field.lines):
        if line.startswith("/"):
            found.account(field.place(at), line, key)
        else:
            found.add(field.place(at), line, Means.NAME, key)


def read_option(field: Field, role: Role, found: Found) -> None:
    """A party that is set out in a way that nothing here explains."""
    key = found.key(role, _mark(field.lines))
    path = field.path if len(field.lines) == 1 else f"{field.path}/1-{len(field.lines)}"
    for whole in run_on(field.lines, full(field.lines, LINE_WIDTH)):
        found.add(path, whole, Means.UNMAPPED, key)


def read_named(field: Field, role: Role, found: Found) -> None:
    """An account, a name and an address, of which nobody says where the name ends."""
    _check_lines(field, found)
    begin = _account_lines(field)
    named = field.lines[begin:]
    said = [line for line in named if line]
    if said and said[0].startswith("1/") and all(map(_NUMBERED.fullmatch, said)):
        read_numbered(field, role, found)
        return
    key = found.key(role, _mark(said or field.lines))
    if begin:
        found.account(field.place(0), field.lines[0], key)
    means = Means.NAME
    for at, line in enumerate(field.lines[begin:], start=begin):
        if line:
            if line == said[-1] and means is Means.ADDRESS:
                _read_last_line(field, at, key, found)
            else:
                found.add(field.place(at), line, means, key)
            means = Means.ADDRESS
    if len(said) > 1:
        path = f"{field.path}/{begin + 1}-{len(field.lines)}"
        for whole in _names(said):
            found.add(path, whole, Means.NAME, key)
        for whole in run_on(said, full(said, LINE_WIDTH)):
            found.add(path, whole, Means.RUN_ON, key)


def _read_last_line(field: Field, at: int, key: str, found: Found) -> None:
    """The last line of an address, which may begin with a country as numbered ones do."""
    line = field.lines[at]
    with_country = _COUNTRY_FIRST.fullmatch(line)
    if with_country is not None and with_country[1] in COUNTRIES:
        found.add(field.place(at), with_country[1], Means.COUNTRY, key)
        found.add(field.place(at), (with_country[2] or "").strip(), Means.PLACE, key)
    else:
        found.add(field.place(at), line, Means.ADDRESS, key)


def _names(lines: Sequence[str]) -> tuple[str, ...]:
    """The name with the lines over which it may run on.

    It may where the next word had no room, and over a second line without a figure: few addresses
    begin with one.
    """
    count = 1
    while count < len(lines):
        room = LINE_WIDTH - len(lines[count - 1]) - 1
        is_wrapped = len(lines[count].split(maxsplit=1)[0]) > room
        if not is_wrapped and (count > 1 or _FIGURE.search(lines[count])):
            break
        count += 1
    return run_on(lines[:count], full(lines[:count], LINE_WIDTH)) if count > 1 else ()


def read_numbered(field: Field, role: Role, found: Found) -> None:
    """An account or an identity number, then lines of which the number says what they are."""
    _check_lines(field, found)
    lines = field.lines
    if not any(map(_NUMBERED.fullmatch, lines)):
        read_named(field, role, found)
        return
    begin = 0 if _NUMBERED.fullmatch(lines[0]) else 1
    groups: dict[str, list[tuple[int, str]]] = {}
    names: list[tuple[int, str]] = []
    for at, line in enumerate(lines[begin:], start=begin):
        numbered = _NUMBERED.fullmatch(line)
        number, said = (numbered[1], numbered[2].strip()) if numbered else ("", line)
        groups.setdefault(number, []).append((at, said))
        if number == "1" or (names and _runs_on(number, said, after=at - names[-1][0])):
            names.append((at, said))
    key = found.key(role, _mark([said for _, said in names] or lines))
    before = len(found.texts)
    if begin:
        _read_identity(field, key, found)
    for number, group in groups.items():
        for nth, (at, said) in enumerate(group):
            _read_line(field.place(at), said, (number, nth), key, found)
    if len(names) > 1:
        path = f"{field.path}/{names[0][0] + 1}-{names[-1][0] + 1}"
        whole_lines = [said for _, said in names]
        for whole in run_on(whole_lines, full(whole_lines, NUMBERED_WIDTH)):
            found.add(path, whole, Means.NAME, key)
    if "8" in groups:
        _read_more(field, groups, before, found)


def _runs_on(number: str, said: str, *, after: int) -> bool:
    """Whether a line without a number goes on with the name right before it."""
    return not number and after == 1 and not _FIGURE.search(said)


def _read_identity(field: Field, key: str, found: Found) -> None:
    """The first line of a numbered party: `/account`, or `CODE/country/number`."""
    path, line = field.place(0), field.lines[0]
    identity = _IDENTITY.fullmatch(line)
    if line.startswith("/"):
        found.account(path, line, key)
    elif identity is None:
        found.add(path, line, Means.UNMAPPED, key)
    else:
        _add_identity(path, (identity[1], identity[2], identity[3]), key, found)


def _add_identity(path: str, identity: tuple[str, str, str], key: str, found: Found) -> None:
    """A number with its scheme, its country and perhaps who gave it (`XA/SAMPLE BANK/77`).

    The country of a customer number is that of the bank, and says nothing of the customer.
    """
    scheme, country, rest = identity
    if scheme in _OF_NATIONALS and country in COUNTRIES:
        found.add(path, country, Means.NATIONALITY, key)
    found.add(path, rest.rpartition("/")[0].strip(), Means.REFERENCE, key)
    found.add(path, f"{country}/{rest}", Means.NUMBER, key, scheme)


def _read_line(path: str, said: str, place: tuple[str, int], key: str, found: Found) -> None:
    """One numbered line; the second of a number goes on where the first ended."""
    number, nth = place
    with_country = _COUNTRY_FIRST.fullmatch(said)
    if number == "1":
        found.add(path, said, Means.NAME, key)
    elif number == "2":
        found.add(path, said, Means.ADDRESS, key)
    elif number == "3" and nth == 0 and with_country and with_country[1] in COUNTRIES:
        found.add(path, with_country[1], Means.COUNTRY, key)
        found.add(path, (with_country[2] or "").strip(), Means.PLACE, key)
    elif number == "3":
        found.add(path, said, Means.PLACE, key)
    elif number == "4" and said.isascii() and said.isdigit() and len(said) == 8 and day(said):
        found.add(path, day(said), Means.BIRTH_DATE, key)
    elif number == "5":
        found.add(path, said, Means.BIRTH_PLACE, key)
    elif number in ("6", "7") and with_country and with_country[2]:
        scheme = "CUST" if number == "6" else "NIDN"
        _add_identity(path, (scheme, with_country[1], with_country[2]), key, found)
    elif number == "8":
        found.add(path, said, Means.REFERENCE, key)
    else:
        found.add(path, said, Means.UNMAPPED, key)


def _read_more(
    field: Field, groups: dict[str, list[tuple[int, str]]], before: int, found: Found
) -> None:
    """Line 8 completes the number of line 6, of line 7 or of the first line."""
    more = "".join(said for _, said in groups["8"])
    path = f"{field.path}/{groups['8'][0][0] + 1}"
    for text in [one for one in found.texts[before:] if one.means is Means.NUMBER]:
        found.add(path, text.value + more, Means.NUMBER, text.of, text.unit)


def _check_lines(field: Field, found: Found) -> None:
    if len(field.lines) > PARTY_LINES_MAX:
        field.refuse(
            f"a party of {len(field.lines)} lines",
            hint=f"an account and four lines, {PARTY_LINES_MAX} in all, name a party: look for a"
            " lost tag",
            name=found.name,
            at=PARTY_LINES_MAX,
        )


def _is_bic(line: str) -> bool:
    """Whether a line is a BIC, in small letters too: systems around SWIFT write them."""
    return BIC.fullmatch(line.upper()) is not None


def _account_lines(field: Field) -> int:
    """1 if the first line is an account or a clearing code."""
    return 1 if field.lines[0].startswith("/") else 0


def _mark(lines: Sequence[str]) -> str:
    """What tells a party without a BIC from others: all that is said of it."""
    return "\n".join(lines).upper()
