"""What the machine readable zone of a passport, an identity card or a visa says (ICAO Doc 9303)."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

import msgspec

from article41.model.clocks import PartialDate
from article41.model.countries import ALPHA_2_BY_ALPHA_3
from article41.model.zones import (
    FILLER,
    MrzField,
    MrzFormat,
    fields_of,
    format_of,
    lines_in,
    lines_of,
)

EXPIRY_YEARS_AHEAD = 50
"""A year of expiry in two digits is at most so many years after the day it is read."""
_DATE = re.compile(r"(?:[0-9]{2}|<<){3}")
_UNKNOWN = "000000"
_LEAP_CENTURY = 2099
"""Every 29 February that some century has is one of this one's, for 2000 was a leap year."""

NOT_OF_A_STATE: Mapping[str, str] = MappingProxyType(
    {
        "UNO": "the United Nations",
        "UNA": "a specialized agency of the United Nations",
        "UNK": "the United Nations Interim Administration Mission in Kosovo",
        "EUE": "the European Union",
        "XXA": "a stateless person",
        "XXB": "a refugee under the Convention of 1951",
        "XXC": "another refugee",
        "XXX": "a person of unspecified nationality",
        "XBA": "the African Development Bank",
        "XIM": "the African Export-Import Bank",
        "XCC": "the Caribbean Community",
        "XCE": "the Council of Europe",
        "XCO": "the Common Market for Eastern and Southern Africa",
        "XEC": "the Economic Community of West African States",
        "XES": "the Organization of Eastern Caribbean States",
        "XMP": "the Parliamentary Assembly of the Mediterranean",
        "XOM": "the Sovereign Military Order of Malta",
        "XPO": "Interpol",
        "XDC": "the Southern African Development Community",
        "UTO": "a specimen",
        "NTZ": "the Neutral Zone",
    }
)
"""Codes of three letters that name no country."""
_OF_A_STATE: Mapping[str, str] = MappingProxyType(
    {
        **ALPHA_2_BY_ALPHA_3,
        "D": "DE",
        "GBD": "GB",
        "GBN": "GB",
        "GBO": "GB",
        "GBP": "GB",
        "GBS": "GB",
        "RKS": "XK",
    }
)
"""ISO 3166-1, with what Doc 9303 adds to it."""
_WORDS = ("code", "issuer", "number", "nationality", "sex", "optional", "optional_2")
"""Fields in which fillers at the end say nothing, and others stand for blanks."""


class MrzFault(msgspec.Struct, frozen=True, kw_only=True):
    r"""Something in a zone that does not add up.

    Example:
        >>> zone = Mrz.read("P<D<<EXAMPLE<<ADA" + "<" * 27 + "\n" + "X1<<<<<<<5" + "<" * 34)
        >>> [fault.field.value for fault in zone.faults][:1]
        ['document number']
    """

    field: MrzField
    """Where."""
    text: str
    """What, in words."""


class Mrz(msgspec.Struct, frozen=True, kw_only=True):
    r"""What a machine readable zone says of a document and its holder.

    Example:
        >>> zone = Mrz(format=MrzFormat.TD3, code="P", issuer="UTO", surname="ERIKSSON",
        ...            given_names="ANNA MARIA", number="L898902C3", nationality="UTO",
        ...            birth="740812", sex="F", expiry="120415", optional="ZE184226B")
        >>> print("\n".join(zone.lines()))
        P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<
        L898902C36UTO7408122F1204159ZE184226B<<<<<10
        >>> Mrz.parse("\n".join(zone.lines())) == zone
        True
    """

    format: MrzFormat
    """Its size."""
    code: str
    """Kind of document: `P`, `PD`, `ID`, `AC`, `V`."""
    issuer: str
    """Who issued it, as printed (`D`, `GBR`, `UNO`)."""
    surname: str
    """The primary identifier, words parted by blanks."""
    given_names: str = ""
    """The secondary identifier; empty if there is none."""
    is_name_cut: bool = False
    """True if the names fill the zone to its end, so that letters or words may be missing."""
    number: str
    """Of the document."""
    nationality: str
    """Of the holder, as printed."""
    birth: str
    """Day of birth as YYMMDD, with `<<` for a part that is not known."""
    sex: str = ""
    """`M`, `F` or `X`; empty if it is not specified."""
    expiry: str
    """Day of expiry as YYMMDD; of a visa the last day on which it is valid."""
    optional: str = ""
    """What the issuer adds: often a personal number."""
    optional_2: str = ""
    """What it adds on the second line of a card."""
    faults: tuple[MrzFault, ...] = ()
    """What does not add up; none in what `parse` returns."""

    @classmethod
    def parse(cls, text: str) -> "Mrz":
        """Read a zone whose every check digit fits.

        Args:
            text: Its lines, parted by line feeds; blanks and small letters pass.

        Raises:
            ValueError: It has no known size, another character, or a check digit does not fit;
                the message names the fields.

        Example:
            >>> Mrz.parse("P<UTO")
            Traceback (most recent call last):
            ValueError: a machine readable zone has 2 lines of 44 or 36 characters, or 3 of 30
        """
        zone = cls.read(text)
        if zone.faults:
            raise ValueError("; ".join(fault.text for fault in zone.faults))
        return zone

    @classmethod
    def read(cls, text: str) -> "Mrz":
        """Read a zone as `parse` does, and keep what does not add up as its faults.

        Raises:
            ValueError: It has no known size, or a character that no zone has.
        """
        lines = lines_in(text)
        zone_format = format_of(lines)
        raw, faults = fields_of(zone_format, lines)
        said = {name: _words(raw.get(name, "")) for name in _WORDS}
        surname, _, given_names = raw["names"].partition(FILLER * 2)
        zone = cls(
            format=zone_format,
            surname=_words(surname),
            given_names=_words(given_names),
            is_name_cut=not raw["names"].endswith(FILLER),
            birth=raw["birth"],
            expiry=raw["expiry"],
            code=said["code"],
            issuer=said["issuer"],
            number=said["number"],
            nationality=said["nationality"],
            sex=said["sex"],
            optional=said["optional"],
            optional_2=said["optional_2"],
        )
        found = tuple(MrzFault(field=field, text=said) for field, said in (*faults, *_faults(zone)))
        return msgspec.structs.replace(zone, faults=found) if found else zone

    def lines(self) -> tuple[str, ...]:
        """The zone written out, with its check digits.

        Raises:
            ValueError: A field does not fit into its place.
        """
        parts = (self.surname, self.given_names) if self.given_names else (self.surname,)
        fields = {name: getattr(self, name) for name in ("birth", "expiry", *_WORDS)}
        return lines_of(self.format, {**fields, "names": (FILLER * 2).join(parts)})

    @property
    def name(self) -> str:
        """Given names, then the surname."""
        return f"{self.given_names} {self.surname}".strip()

    @property
    def is_passport(self) -> bool:
        """True for a passport, a passport card among them."""
        return self.code.startswith("P") or self.code == "IP"

    @property
    def is_visa(self) -> bool:
        """True for a visa."""
        return self.code.startswith("V")

    def birth_date(self, on: date) -> PartialDate | None:
        """The day of birth as far as it is known: the last such day that is not after `on`.

        Example:
            >>> zone = Mrz(format=MrzFormat.TD3, code="P", issuer="D", surname="EXAMPLE",
            ...            number="X1", nationality="D", birth="64<<<<", expiry="340101")
            >>> str(zone.birth_date(date(2024, 6, 1))), str(zone.birth_date(date(2064, 6, 1)))
            ('1964', '2064')
        """
        return _day(self.birth, last_year=on.year, on=on)

    def expiry_date(self, on: date) -> PartialDate | None:
        """The day of expiry as somebody reads it who holds the document on a day."""
        return _day(self.expiry, last_year=on.year + EXPIRY_YEARS_AHEAD, on=None)


def country_of(code: str) -> str:
    """The ISO 3166-1 alpha-2 code behind a code in a zone; empty if it names no country.

    Example:
        >>> [country_of(code) for code in ("D", "GBD", "RKS", "UNO", "XXA")]
        ['DE', 'GB', 'XK', '', '']
    """
    return _OF_A_STATE.get(code, "")


def _words(text: str) -> str:
    return " ".join(text.replace(FILLER, " ").split())


def _day(text: str, *, last_year: int, on: date | None) -> PartialDate | None:
    """A day of two digits a part, in the last century in which it exists and is not too late."""
    if not _DATE.fullmatch(text) or text.startswith(FILLER) or text == _UNKNOWN:
        return None
    year, month, day = (
        0 if part == FILLER * 2 else int(part) for part in (text[0:2], text[2:4], text[4:6])
    )
    latest = last_year - (last_year - year) % 100
    for full in (latest, latest - 100):
        try:
            found = PartialDate(year=full, month=month, day=day if month else 0)
        except ValueError:
            continue
        if on is None or found <= PartialDate(year=on.year, month=on.month, day=on.day):
            return found
    return None


def _faults(zone: Mrz) -> Iterator[tuple[MrzField, str]]:
    """What does not add up beside check digits."""
    for field, text in ((MrzField.BIRTH, zone.birth), (MrzField.EXPIRY, zone.expiry)):
        if not _is_day(text):
            yield field, f"`{text}` is no {field.value}"
    for field, code in ((MrzField.ISSUER, zone.issuer), (MrzField.NATIONALITY, zone.nationality)):
        if code and not country_of(code) and code not in NOT_OF_A_STATE:
            yield field, f"`{code}` is no {field.value} that ICAO knows"
    if zone.sex not in {"", "F", "M", "X"}:
        yield MrzField.SEX, f"`{zone.sex}` is none of the sexes `F`, `M` and `X`"
    if not zone.surname:
        yield MrzField.NAMES, "the names begin with a filler"


def _is_day(text: str) -> bool:
    is_known = not text.startswith(FILLER) and text != _UNKNOWN
    return _DATE.fullmatch(text) is not None and (
        not is_known or _day(text, last_year=_LEAP_CENTURY, on=None) is not None
    )
