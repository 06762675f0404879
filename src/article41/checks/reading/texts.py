"""Reads one text as what it stands for: a number, a day, a country, a currency, a share, a code.

Each reader gives the one way in which that thing is kept, or says what is wrong with it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction

from article41.checks.reading.currencies import CURRENCIES
from article41.checks.reading.faults import Fault, Number, Place, kind_words, one_of, shown
from article41.checks.reading.limits import (
    DIGITS_MAX,
    TEXT_MAX,
    WORD_MAX,
    YEAR_FIRST,
    YEAR_LAST,
)
from article41.model.clocks import PartialDate
from article41.model.countries import country
from article41.model.holdings import Share

_EXACT = Context(prec=4 * DIGITS_MAX)
"""Keeps every digit that can be written; the usual one rounds to 28."""
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_MONEY = re.compile(
    r"(?P<first>[A-Za-z]{3})?\s*(?P<amount>[-+\d.][^A-Za-z]*?)\s*(?P<last>[A-Za-z]+)?"
)
_QUANTITY = re.compile(r"(?P<amount>[-+]?[\d.,]+)\s*(?P<unit>\D.*)?")
_PERCENT = re.compile(r"(?P<whole>\d+(?:\.\d+)?)?\s*(?:(?P<over>\d+)/(?P<under>\d+))?\s*%?")
_BOUND = re.compile(r"(?P<sign>>=|<=|>|<|)\s*(?P<number>[^<>=]+)")
_NO_LETTERS = frozenset(("Cc", "Cs", "Cn"))


def text_of(value: object, place: Place) -> str:
    """A text, its outer blanks taken off and its lines ended by a line feed."""
    if isinstance(value, Number) or not isinstance(value, str):
        hint = "write it in quotes, so that no digit is lost" if isinstance(value, Number) else ""
        raise Fault(
            place, f"a text is expected, not {kind_words(value)}", hint=hint or "write a text"
        )
    text = value.replace("\r\n", "\n").strip()
    if len(text) > TEXT_MAX:
        raise Fault(
            place,
            f"the text has {len(text):,} characters, more than {TEXT_MAX:,}",
            hint="give what matters of it",
        )
    for letter in text if not text.isprintable() else "":
        if letter not in "\n\t" and unicodedata.category(letter) in _NO_LETTERS:
            raise Fault(
                place,
                f"the text holds U+{ord(letter):04X}, which is no letter",
                hint="see in which encoding it was written, and take it out",
            )
    return text


def word_of(value: object, place: Place) -> str:
    """A short text of one line that is not empty: a key, a code, a number of a paper."""
    text = text_of(value, place)
    if not text:
        raise Fault(place, "the text is empty", hint="fill it in, or leave the field out")
    if len(text) > WORD_MAX or "\n" in text:
        raise Fault(
            place,
            f"{shown(text)} is longer than one line of {WORD_MAX} characters",
            hint="this field takes a key, a code or a few words",
        )
    return text


def word_or_none_of(value: object, place: Place) -> str:
    """A short text of one line, which may be empty."""
    text = text_of(value, place)
    return word_of(text, place) if text else ""


def decimal_of(value: object, place: Place) -> Decimal:
    """An exact number, without a sign of thousands and without blanks."""
    text = value.strip() if isinstance(value, str) else ""
    if not _DECIMAL.fullmatch(text):
        raise Fault(
            place,
            f"a number is expected, not {kind_words(value)}",
            hint="write digits with a point before decimals, as 80000 or 12.50",
        )
    number = Decimal(text)
    # An exponent stands for digits that are not written.
    if len(text) > DIGITS_MAX or abs(number.adjusted()) > DIGITS_MAX:
        raise Fault(
            place, f"{shown(text)} has more than {DIGITS_MAX} digits", hint="see whether it is one"
        )
    return plain_decimal(number)


def plain_decimal(number: Decimal) -> Decimal:
    """The same number in the one way in which it is kept: no zeros at its end, no exponent.

    Example:
        >>> plain_decimal(Decimal("500.00")), plain_decimal(Decimal("1E+3"))
        (Decimal('500'), Decimal('1000'))
    """
    reduced = number.normalize(_EXACT)
    _, _, exponent = reduced.as_tuple()
    if isinstance(exponent, int) and exponent > 0:
        reduced = reduced.quantize(Decimal(1), context=_EXACT)
    return reduced if reduced else Decimal(0)


def amount_of(value: object, place: Place) -> Decimal:
    """A number that is not below nothing."""
    number = decimal_of(value, place)
    if number < 0:
        raise Fault(place, f"`{number}` is below nothing", hint="write how much there is")
    return number


def day_of(value: object, place: Place) -> date:
    """A day of the calendar in the years in which acts lie."""
    text = value.strip() if isinstance(value, str) else ""
    found = _DAY.fullmatch(text)
    hint = "write year, month and day, as 2012-07-06"
    if found is None:
        raise Fault(place, f"a day is expected, not {kind_words(value)}", hint=hint)
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise Fault(place, f"`{text}` is no day of the calendar", hint=hint) from error
    if not YEAR_FIRST <= day.year <= YEAR_LAST:
        raise Fault(
            place,
            f"`{text}` is not between the years {YEAR_FIRST} and {YEAR_LAST}",
            hint="leave the field out where the day is not known",
        )
    return day


def birth_date_of(value: object, place: Place) -> str:
    """A year, a month or a day of birth."""
    text = text_of(str(value) if isinstance(value, Number) else value, place)
    try:
        return str(PartialDate.parse(text)) if text else ""
    except ValueError as error:
        raise Fault(
            place, f"{shown(text)} is no date of birth", hint="write 1965, 1965-09 or 1965-09-11"
        ) from error


def country_of(value: object, place: Place) -> str:
    """The ISO 3166-1 alpha-2 code of a country by code or name; empty if the text is."""
    text = text_of(value, place)
    try:
        return country(text) if text else ""
    except ValueError as error:
        message, _, near = str(error).partition("; ")
        way = "write its code of two letters (ISO 3166-1), as SY or DE, or its English name"
        raise Fault(place, message, hint=f"{near} {way}".strip()) from error


def jurisdiction_of(value: object, place: Place) -> str:
    """A country, or a union of them: `EU`, `UN`, `LAS` (the League of Arab States).

    The names of unions are read too, and those of the authorities whose law everybody calls so.
    """
    text = text_of(value, place)
    if not text.strip():
        raise Fault(
            place,
            "the jurisdiction is empty",
            hint="leave it out, or write a country, EU, UN or LAS",
        )
    named = " ".join(text.casefold().removeprefix("the ").split())
    if named in _JURISDICTIONS:
        return _JURISDICTIONS[named]
    if named in _EUROPE:
        raise Fault(
            place,
            f"{shown(text)} is no jurisdiction",
            hint="did you mean EU? Else write the code of a country",
        )
    return country_of(value, place)


_JURISDICTIONS = {
    "eu": "EU",
    "european union": "EU",
    "un": "UN",
    "united nations": "UN",
    "las": "LAS",
    "arab league": "LAS",
    "league of arab states": "LAS",
    "ofac": "US",
    "ofsi": "GB",
    "seco": "CH",
}
_EUROPE = frozenset(("europe", "union", "ec", "european commission"))


def currency_of(value: object, place: Place) -> str:
    """An ISO 4217 code; empty if the text is."""
    code = text_of(value, place).upper()
    if code and code not in CURRENCIES:
        raise Fault(
            place,
            f"unknown currency {shown(code)}",
            hint="write its code of three letters (ISO 4217), as EUR or USD",
        )
    return code


def goods_code_of(value: object, place: Place) -> str:
    """An HS or CN code as it is written; empty if the text is."""
    text = text_of(value, place)
    if text and not re.fullmatch(r"\d{2,10}", re.sub(r"[ .]", "", text)):
        raise Fault(
            place,
            f"{shown(text)} is no HS or CN code",
            hint="write 2 to 10 digits, as 2709 00; control list items go into `items`",
        )
    return " ".join(text.split())


def cas_of(value: object, place: Place) -> str:
    """A CAS number with the right check digit, or `none`."""
    text = word_of(value, place)
    if plainly(text) == _NO_CHEMICAL:
        return _NO_CHEMICAL
    digits = text.replace("-", "")
    if re.fullmatch(r"\d{2,7}-\d{2}-\d", text):
        total = sum(times * int(one) for times, one in enumerate(reversed(digits[:-1]), start=1))
        if total % 10 == int(digits[-1]):
            return text
    raise Fault(
        place,
        f"{shown(text)} has not the form or the check digit of a CAS number",
        hint=f"write it as 67-56-1, or `{_NO_CHEMICAL}` if it is no chemical that is asked for",
    )


_NO_CHEMICAL = "none"


def listing_key_of(value: object, place: Place) -> str:
    """A list and a number on it."""
    text = word_of(value, place)
    if not re.fullmatch(r"[^/\s]+/\S.*", text):
        raise Fault(
            place,
            f"{shown(text)} is no key of a listing",
            hint="write the list and its number, as ofac-sdn/9712",
        )
    return text


def money_of(text: str, place: Place) -> tuple[object, str]:
    """The amount and the currency of `500 USD` or `USD 500`."""
    found = _MONEY.fullmatch(text.strip())
    if found is None or bool(found["first"]) == bool(found["last"]):
        raise Fault(
            place,
            f"{shown(text)} is no amount with its currency",
            hint="write it as 500 USD, or as a mapping of amount and currency",
        )
    return found["amount"], found["first"] or found["last"]


def quantity_of(text: str) -> tuple[str, str]:
    """The number and the unit of `80000 t`; what is no number stays as it is."""
    found = _QUANTITY.fullmatch(text.strip())
    return (text, "") if found is None else (found["amount"], found["unit"] or "")


def percent_of(value: object, place: Place) -> Share:
    """A share written in per cent: `55`, `33 1/3`, `25-50`, `>50`, `>=25`, `<=10`."""
    return _share(value, place, _hundredths, "write it as 55, 33 1/3, 25-50, >50 or >=25")


def share_of(value: object, place: Place) -> Share:
    """A share written as a part of the whole: `1/3`, `0.55`, `>1/2`, or with a sign, `55 %`."""
    return _share(value, place, _parts, "write a part of the whole, as 1/3 or 0.55, or `percent`")


def fraction_of(value: object, place: Place) -> Fraction:
    """A part of the whole, as 1/3 or 0.55."""
    part = _parts(value.strip()) if isinstance(value, str) else None
    if part is None or part > 1:
        raise Fault(
            place,
            f"a part of the whole is expected, not {kind_words(value)}",
            hint="write it as 1/3 or 0.55",
        )
    return part


def _share(value: object, place: Place, read: Callable[[str], Fraction | None], hint: str) -> Share:
    text = value.strip() if isinstance(value, str) else ""
    low, dash, high = (part.strip() for part in text.partition("-"))
    ends = [_BOUND.fullmatch(part) for part in ((low, high) if dash else (low,))]
    numbers = [None if end is None else read(end["number"].strip()) for end in ends]
    signs = [end["sign"] if end else "" for end in ends]
    if None in numbers or (dash and (signs[0] not in ("", ">", ">=") or ">" in signs[1])):
        raise Fault(place, f"a share is expected, not {kind_words(value)}", hint=hint)
    first, last = numbers[0], numbers[-1]
    assert first is not None
    assert last is not None
    if not 0 <= first <= last <= 1:
        raise Fault(place, f"{shown(text)} lies not between nothing and the whole", hint=hint)
    if not dash and signs[0].startswith(">"):
        last = Fraction(1)
    elif not dash and signs[0].startswith("<"):
        first = Fraction(0)
    return Share(
        at_least=first,
        at_most=last,
        excludes_least=signs[0] == ">",
        excludes_most=signs[-1] == "<",
    )


def _hundredths(text: str) -> Fraction | None:
    found = _PERCENT.fullmatch(text)
    if found is None or not (found["whole"] or found["over"]) or len(text) > DIGITS_MAX:
        return None
    if found["under"] and int(found["under"]) == 0:
        return None
    part = Fraction(int(found["over"]), int(found["under"])) if found["over"] else Fraction(0)
    return (Fraction(found["whole"] or 0) + part) / 100


def _parts(text: str) -> Fraction | None:
    if text.endswith("%"):
        return _hundredths(text)
    found = re.fullmatch(r"(\d+)/(\d+)|\d*\.?\d+", text)
    if found is None or len(text) > DIGITS_MAX or (found[2] and int(found[2]) == 0):
        return None
    return Fraction(text)


def plainly(word: str) -> str:
    """A word of a closed set as it may be written: small letters, hyphens.

    Example:
        >>> plainly("Payer_Bank")
        'payer-bank'
    """
    return re.sub(r"[\s_-]+", "-", word.strip()).casefold()


def word_among(
    value: object, place: Place, by_word: Mapping[str, object], what: str, *, named: Iterable[str]
) -> object:
    """A word of a closed set, in whatever letters.

    Args:
        value: What was written.
        place: Where.
        by_word: What each word stands for, the words as `plainly` gives them.
        what: What the words are.
        named: The words that are named where it is none of them.
    """
    word = word_of(value, place)
    if plainly(word) not in by_word:
        raise Fault(
            place,
            f"unknown {what} {shown(word)}",
            hint=one_of(named, given=plainly(word), meant=MEANT.get(plainly(word), "")),
        )
    return by_word[plainly(word)]


MEANT = {
    "beneficiary": "payee",
    "creditor": "payee",
    "debtor": "payer",
    "originator": "payer",
    "ordering-customer": "payer",
    "creditor-agent": "payee-bank",
    "beneficiary-bank": "payee-bank",
    "debtor-agent": "payer-bank",
    "importer": "buyer",
    "exporter": "seller",
    "passenger": "traveller",
    "ship": "vessel",
    "shipper": "consignor",
    "account-holder": "customer",
    "transfer": "pay",
    "buy": "purchase",
    "trade": "cargo",
    "travel": "journey",
    "none": "none-listed",
}
"""What those who write messages and papers mean by their own words."""
