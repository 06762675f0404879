"""Numbers in the form in which they are compared: blanks, signs and foreign digits do not count."""

import re
import unicodedata
from collections.abc import Callable

from article41.model.identifiers import IdentifierKind

BIC_INSTITUTION = 8
"""Letters of a BIC that name the institution; three more name a branch of it."""
_HOMOGLYPHS = str.maketrans("АВЕКМНОРСТХІЅ", "ABEKMHOPCTXIS")
"""Cyrillic capitals that are typed for the Latin ones they look like, and the other way round."""
_PROSE = re.compile(r"[^\W\d_]{3,}\.?")
_REMARK = re.compile(r"[(\[;]|\b(?:issued|expir|valid)", re.IGNORECASE)
"""What lists write behind a number begins so."""
_HEX_OR_BECH32 = re.compile(r"0x[0-9a-f]+|(bc|ltc|tb)1[0-9a-z]+", re.IGNORECASE)
_SCHEME = re.compile(r"^(https?://)?(www\.)?")
_FAMILY = {
    IdentifierKind.PASSPORT: "number",
    IdentifierKind.NATIONAL_ID: "number",
    IdentifierKind.TAX: "number",
    IdentifierKind.REGISTRATION: "number",
    IdentifierKind.DUNS: "number",
    IdentifierKind.OTHER: "number",
}
"""Kinds that authorities take for one another are looked up together."""


def number_key(kind: IdentifierKind, value: str) -> str:
    """What equal numbers have in common, however they are written; empty if nothing is left.

    Example:
        >>> number_key(IdentifierKind.PASSPORT, "a-12 34 56")
        'number A123456'
        >>> number_key(IdentifierKind.BIC, "EXAMXAXX123")
        'swiftBic EXAMXAXX'
        >>> number_key(IdentifierKind.IMO, "IMO 9074729")
        'imoNumber 9074729'
    """
    folded = _FOLDS.get(kind, _plain)(value)
    return f"{_FAMILY.get(kind, kind.value)} {folded}" if folded else ""


def listed_number_keys(kind: IdentifierKind, value: str) -> tuple[str, ...]:
    """The keys under which a printed number is found: whole, and without the words around it.

    Example:
        >>> listed_number_keys(IdentifierKind.PASSPORT, "Passport 286062")
        ('number PASSPORT286062', 'number 286062')
    """
    keys = [number_key(kind, value)]
    for part in (value, _REMARK.split(value, maxsplit=1)[0]):
        bare = _PROSE.sub(" ", part)
        if bare != value and any(map(str.isdigit, bare)):
            keys.append(number_key(kind, bare))
    if kind is IdentifierKind.BIC:
        keys += [number_key(kind, word) for word in value.split() if len(word) in {8, 11}]
    return tuple(dict.fromkeys(filter(None, keys)))


def _wallet(value: str) -> str:
    """Capitals count in most addresses."""
    bare = "".join(value.split())
    return bare.lower() if _HEX_OR_BECH32.fullmatch(bare) else bare


def _website(value: str) -> str:
    return _SCHEME.sub("", "".join(value.split()).lower()).rstrip("/")


def _plain(value: str) -> str:
    """Capitals and digits alone."""
    if not value.isascii():
        value = unicodedata.normalize("NFKC", value).upper().translate(_HOMOGLYPHS)
        value = "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in value)
    return "".join(filter(str.isalnum, value)).upper()


_FOLDS: dict[IdentifierKind, Callable[[str], str]] = {
    IdentifierKind.WALLET: _wallet,
    IdentifierKind.EMAIL: lambda value: "".join(value.split()).lower(),
    IdentifierKind.WEBSITE: _website,
    IdentifierKind.BIC: lambda value: _plain(value)[:BIC_INSTITUTION],
    IdentifierKind.IMO: lambda value: _plain(value).removeprefix("IMO"),
    IdentifierKind.PHONE: lambda value: "".join(filter(str.isdigit, _plain(value))).removeprefix(
        "00"
    ),
}
"""How numbers are written that do not consist of capitals and digits alone."""
