"""Where each field stands in a machine readable zone, and how its characters are checked.

ICAO Doc 9303, parts 3 to 7. It knows places and digits; what the fields mean is told elsewhere.

A check digit finds each digit that is read as another digit. Among all 37 characters it misses a
substitution where the two values differ by ten, twenty or thirty, as those of `0`, `A`, `K`, `U`
do, and `<` counts as `0`: 104 of 1332 pairs, 7.8 in a hundred. A composite misses the same ones.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from article41.model.terms import Term

FILLER = "<"
_WEIGHTS = (7, 3, 1)
_CHARACTERS = re.compile(r"[0-9A-Z<]*")
_NAME = re.compile(r"[A-Z<]*")
_PRINCIPAL = 9
"""Characters of a number before it goes on in the optional data."""


class MrzFormat(Term):
    """The size of a zone, and what stands where in it."""

    TD1 = "td1"
    """A card: three lines of 30."""
    TD2 = "td2"
    """A larger card: two lines of 36."""
    TD3 = "td3"
    """A passport: two lines of 44."""
    MRV_A = "mrv-a"
    """A visa that fills a page of a passport: two lines of 44."""
    MRV_B = "mrv-b"
    """A smaller visa: two lines of 36."""


class MrzField(Term):
    """A part of a zone in which something may not add up."""

    NUMBER = "document number"
    ISSUER = "issuer"
    NAMES = "names"
    NATIONALITY = "nationality"
    BIRTH = "day of birth"
    SEX = "sex"
    EXPIRY = "day of expiry"
    OPTIONAL = "optional data"
    WHOLE = "whole zone"
    """All that its last check digit is worked out over."""


class _Place(NamedTuple):
    """Line and half-open columns."""

    line: int
    start: int
    end: int


class _Layout(NamedTuple):
    """Where each field stands; the check digit of a field is the character after it."""

    lines: int
    columns: int
    names: _Place
    number: _Place
    nationality: _Place
    birth: _Place
    sex: _Place
    expiry: _Place
    optional: _Place
    optional_2: _Place | None = None
    optional_has_digit: bool = False
    composite: tuple[_Place, ...] = ()
    """What the last check digit is worked out over."""
    composite_digit: _Place | None = None
    code: _Place = _Place(0, 0, 2)
    issuer: _Place = _Place(0, 2, 5)
    may_continue_number: bool = False
    """Whether a long number goes on in the optional data."""


def _two_lines(columns: int, optional_end: int) -> _Layout:
    return _Layout(
        lines=2,
        columns=columns,
        names=_Place(0, 5, columns),
        number=_Place(1, 0, 9),
        nationality=_Place(1, 10, 13),
        birth=_Place(1, 13, 19),
        sex=_Place(1, 20, 21),
        expiry=_Place(1, 21, 27),
        optional=_Place(1, 28, optional_end),
    )


_LAYOUTS: Mapping[MrzFormat, _Layout] = MappingProxyType(
    {
        MrzFormat.TD1: _Layout(
            lines=3,
            columns=30,
            names=_Place(2, 0, 30),
            number=_Place(0, 5, 14),
            nationality=_Place(1, 15, 18),
            birth=_Place(1, 0, 6),
            sex=_Place(1, 7, 8),
            expiry=_Place(1, 8, 14),
            optional=_Place(0, 15, 30),
            optional_2=_Place(1, 18, 29),
            composite=(_Place(0, 5, 30), _Place(1, 0, 7), _Place(1, 8, 15), _Place(1, 18, 29)),
            composite_digit=_Place(1, 29, 30),
            may_continue_number=True,
        ),
        MrzFormat.TD2: _two_lines(36, 35)._replace(
            composite=(_Place(1, 0, 10), _Place(1, 13, 20), _Place(1, 21, 35)),
            composite_digit=_Place(1, 35, 36),
            may_continue_number=True,
        ),
        MrzFormat.TD3: _two_lines(44, 42)._replace(
            optional_has_digit=True,
            composite=(_Place(1, 0, 10), _Place(1, 13, 20), _Place(1, 21, 43)),
            composite_digit=_Place(1, 43, 44),
        ),
        MrzFormat.MRV_A: _two_lines(44, 44),
        MrzFormat.MRV_B: _two_lines(36, 36),
    }
)


def check_digit(text: str) -> str:
    """The check digit of some characters, by the weights 7, 3, 1.

    Example:
        >>> check_digit("D23145890734")
        '9'
    """
    weighted = (_value(one) * _WEIGHTS[place % 3] for place, one in enumerate(text))
    return str(sum(weighted) % 10)


def _value(character: str) -> int:
    return 0 if character == FILLER else int(character, 36)


def lines_in(text: str) -> list[str]:
    r"""The lines of a zone in capitals and without blanks; one line of a known size is cut.

    Raises:
        ValueError: A character is in no machine readable zone.

    Example:
        >>> lines_in("p<uto\n\nl89 8902c3")
        ['P<UTO', 'L898902C3']
    """
    lines = ["".join(line.split()).upper() for line in text.strip().splitlines()]
    lines = [line for line in lines if line]
    if len(lines) == 1:
        for layout in _LAYOUTS.values():
            if len(lines[0]) == layout.lines * layout.columns:
                width = layout.columns
                return [lines[0][at : at + width] for at in range(0, len(lines[0]), width)]
    for number, line in enumerate(lines, start=1):
        sound = _CHARACTERS.match(line)
        if sound is not None and sound.end() < len(line):
            stray = line[sound.end()]
            raise ValueError(f"`{stray}` in line {number} is in no machine readable zone")
    return lines


def format_of(lines: Sequence[str]) -> MrzFormat:
    """The format that lines of such numbers and lengths have.

    Raises:
        ValueError: None has them.

    Example:
        >>> format_of(["P" * 44, "1" * 44]), format_of(["V" * 36, "1" * 36])
        (<MrzFormat.TD3: 'td3'>, <MrzFormat.MRV_B: 'mrv-b'>)
    """
    size = len(lines), {len(line) for line in lines}
    for name, layout in _LAYOUTS.items():
        is_visa = name in {MrzFormat.MRV_A, MrzFormat.MRV_B}
        if size == (layout.lines, {layout.columns}) and lines[0].startswith("V") == is_visa:
            return name
    raise ValueError("a machine readable zone has 2 lines of 44 or 36 characters, or 3 of 30")


def fields_of(
    zone_format: MrzFormat, lines: Sequence[str]
) -> tuple[dict[str, str], list[tuple[MrzField, str]]]:
    """The fields of a zone by name, as they stand in it, and what does not add up.

    Args:
        zone_format: Its layout.
        lines: Its lines, of the right number and length.
    """
    layout = _LAYOUTS[zone_format]
    faults: list[tuple[MrzField, str]] = []
    raw = {name: _at(lines, place) for name, place in _places(layout)}
    digit = _after(lines, layout.number)
    if layout.may_continue_number and digit == FILLER and FILLER not in raw["number"]:
        rest, _, raw["optional"] = raw["optional"].partition(FILLER)
        raw["number"], digit = raw["number"] + rest[:-1], rest[-1:] or FILLER
    faults += _fault(MrzField.NUMBER, raw["number"], digit)
    faults += _fault(MrzField.BIRTH, raw["birth"], _after(lines, layout.birth))
    faults += _fault(MrzField.EXPIRY, raw["expiry"], _after(lines, layout.expiry))
    if layout.optional_has_digit:
        faults += _fault(MrzField.OPTIONAL, raw["optional"], _after(lines, layout.optional))
    if layout.composite_digit is not None:
        whole = "".join(_at(lines, place) for place in layout.composite)
        faults += _fault(MrzField.WHOLE, whole, raw["composite_digit"])
    if _NAME.fullmatch(raw["names"]) is None:
        faults.append((MrzField.NAMES, "a digit stands among the names"))
    return raw, faults


def lines_of(zone_format: MrzFormat, fields: Mapping[str, str]) -> tuple[str, ...]:
    """The lines of a zone of some fields, with fillers and check digits.

    Args:
        zone_format: Its layout.
        fields: As `fields_of` names them; blanks become fillers.

    Raises:
        ValueError: A field is too long for its place, or has a character that no zone has.
    """
    layout = _LAYOUTS[zone_format]
    grid = [[FILLER] * layout.columns for _ in range(layout.lines)]
    number, optional, digit = fields["number"], fields["optional"], ""
    if layout.may_continue_number and len(number) > _PRINCIPAL:
        rest = number[_PRINCIPAL:] + check_digit(number)
        number, optional, digit = number[:_PRINCIPAL], f"{rest}{FILLER}{optional}", FILLER
    given = {**fields, "number": number, "optional": optional}
    for name, place in _places(layout):
        _put(grid, place, name, given.get(name, ""))
    checked = [layout.number, layout.birth, layout.expiry]
    checked += [layout.optional] if layout.optional_has_digit else []
    for place in checked:
        line = grid[place.line]
        line[place.end] = check_digit("".join(line[place.start : place.end]))
    if digit:
        grid[layout.number.line][layout.number.end] = digit
    if layout.composite_digit is not None:
        lines = ["".join(line) for line in grid]
        whole = "".join(_at(lines, place) for place in layout.composite)
        grid[layout.composite_digit.line][layout.composite_digit.start] = check_digit(whole)
    return tuple("".join(line) for line in grid)


def _places(layout: _Layout) -> list[tuple[str, _Place]]:
    return [(name, one) for name, one in layout._asdict().items() if isinstance(one, _Place)]


def _at(lines: Sequence[str], place: _Place) -> str:
    return lines[place.line][place.start : place.end]


def _after(lines: Sequence[str], place: _Place) -> str:
    return lines[place.line][place.end]


def _fault(field: MrzField, text: str, digit: str) -> Iterator[tuple[MrzField, str]]:
    expected = check_digit(text)
    is_absent = digit == FILLER and not text.strip(FILLER)
    if digit != expected and not is_absent:
        said = f"the check digit of the {field.value} is `{digit}`, and adds up to `{expected}`"
        yield field, said


def _put(grid: list[list[str]], place: _Place, field: str, text: str) -> None:
    characters = text.replace(" ", FILLER)
    if _CHARACTERS.fullmatch(characters) is None:
        raise ValueError(f"`{text}` has a character that is in no machine readable zone")
    if len(characters) > place.end - place.start:
        raise ValueError(f"`{text}` does not fit into the place of `{field}`")
    grid[place.line][place.start : place.start + len(characters)] = characters
