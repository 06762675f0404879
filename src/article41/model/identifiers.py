"""Identifiers as types that cannot hold a wrong value, and the kinds of number lists print.

`parse` returns a value or raises; nothing after it validates again.
"""

import re
from typing import ClassVar, Self

import msgspec

from article41.model.terms import Term


class IdentifierKind(Term):
    """What a printed number is, in FollowTheMoney's words where it has one."""

    PASSPORT = "passportNumber"
    NATIONAL_ID = "idNumber"
    TAX = "taxNumber"
    REGISTRATION = "registrationNumber"
    IMO = "imoNumber"
    MMSI = "mmsi"
    CALL_SIGN = "callSign"
    BIC = "swiftBic"
    LEI = "leiCode"
    DUNS = "dunsCode"
    WALLET = "publicKey"
    AIRCRAFT_SERIAL = "serialNumber"
    AIRCRAFT_TAIL = "registrationMark"
    PHONE = "phone"
    EMAIL = "email"
    WEBSITE = "website"
    OTHER = "other"


class Identifier(msgspec.Struct, frozen=True, kw_only=True):
    """A number or address that an authority printed for a target.

    Example:
        >>> Identifier(kind=IdentifierKind.PASSPORT, value="X0000001", country="XA").value
        'X0000001'
    """

    kind: IdentifierKind
    """What kind of number it is."""
    value: str
    """As printed, blanks trimmed."""
    label: str = ""
    """The authority's own word for the document (`Cedula No.`); empty if it has none."""
    country: str = ""
    """Issuing country as printed; empty if none is."""
    issued_on: str = ""
    """As printed; empty if it is not."""
    expires_on: str = ""
    """As printed; empty if it is not."""
    note: str = ""
    """Anything else the authority wrote about it."""
    act: str = ""
    """The legal act that brought it, as printed; empty if the list does not say."""


class _Checked(msgspec.Struct, frozen=True):
    """An identifier whose form and check digit have been verified."""

    value: str
    """Upper case, without blanks."""

    pattern: ClassVar[re.Pattern[str]]

    def __post_init__(self) -> None:
        """Refuse a value of another form or with a wrong check digit."""
        if self.pattern.fullmatch(self.value) is None or not self._adds_up(self.value):
            name = type(self).__name__.upper()
            raise ValueError(f"`{self.value}` has not the form or the check digit of {name}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the identifier as people write it: blanks, dots, hyphens and small letters pass.

        Raises:
            ValueError: The form or the check digit is wrong.
        """
        return cls(cls._fold(text))

    @classmethod
    def _fold(cls, text: str) -> str:
        return re.sub(r"[\s.-]", "", text).upper()

    @classmethod
    def _adds_up(cls, value: str) -> bool:
        """True unless the identifier has a check digit and it is wrong."""
        return True

    def __str__(self) -> str:
        """The bare value."""
        return self.value


class Imo(_Checked, frozen=True):
    """An IMO ship identification number (IMO Resolution A.1117(30)), seven digits.

    Example:
        >>> Imo.parse("IMO 9074729").value
        '9074729'
    """

    pattern = re.compile(r"[1-9][0-9]{6}")

    @classmethod
    def _fold(cls, text: str) -> str:
        return re.sub(r"^IMO", "", super()._fold(text))

    @classmethod
    def _adds_up(cls, value: str) -> bool:
        weighted = sum(int(digit) * (7 - place) for place, digit in enumerate(value[:6]))
        return weighted % 10 == int(value[6])


class ImoCompany(_Checked, frozen=True):
    """An IMO company or registered owner number (IMO Resolution A.1117(30)), seven digits.

    Example:
        >>> ImoCompany.parse("IMO 1234565").value
        '1234565'
    """

    pattern = Imo.pattern

    @classmethod
    def _fold(cls, text: str) -> str:
        return Imo._fold(text)

    @classmethod
    def _adds_up(cls, value: str) -> bool:
        weights = (8, 6, 4, 2, 9, 7)
        weighted = sum(int(digit) * one for digit, one in zip(value[:6], weights, strict=True))
        return (11 - weighted % 11) % 10 == int(value[6])


class Lei(_Checked, frozen=True):
    """A Legal Entity Identifier (ISO 17442), twenty characters, check by ISO 7064 MOD 97-10.

    Example:
        >>> Lei.parse("529900T8BM49AURSDO55").value
        '529900T8BM49AURSDO55'
    """

    pattern = re.compile(r"[0-9A-Z]{18}[0-9]{2}")

    @classmethod
    def _adds_up(cls, value: str) -> bool:
        return int("".join(str(int(character, 36)) for character in value)) % 97 == 1


class Bic(_Checked, frozen=True):
    """A business identifier code (ISO 9362), eight or eleven characters.

    Example:
        >>> Bic.parse("EXAMXAXX").value
        'EXAMXAXX'
    """

    pattern = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?")
