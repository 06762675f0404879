"""Verdicts as JSON and back: the same verdict has the same bytes, and they are the whole of it."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import BinaryIO

import msgspec

from article41.model.errors import InputError
from article41.model.verdicts import Verdict


def verdict_json(verdict: Verdict) -> bytes:
    """A verdict as one line of JSON without its end.

    Example:
        >>> from datetime import date
        >>> from article41.model.acts import Asker, PartyAct
        >>> from article41.model.measures import Outcome
        >>> from article41.model.parties import Party, Role
        >>> customer = Party(role=Role.CUSTOMER, name="Ada Example")
        >>> act = PartyAct(on=date(2024, 6, 1), asker=Asker(party="customer"), parties=(customer,))
        >>> verdict = Verdict(act=act, outcome=Outcome.REVIEW, results=())
        >>> verdict_of(verdict_json(verdict)) == verdict
        True
    """
    return ENCODER.encode(verdict)


def verdict_of(data: bytes) -> Verdict:
    """The verdict that `verdict_json` wrote.

    Raises:
        InputError: It is no verdict of this release.
    """
    try:
        return _DECODER.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        what = str(error)
        if not what.startswith("JSON"):
            what = f"{what[:1].lower()}{what[1:]}"
        raise InputError(
            f"this is no verdict: {what}",
            hint="give what `article41 check --json` of this release wrote, whole",
        ) from error


def read_verdicts(source: BinaryIO, *, file: str) -> Iterator[Verdict]:
    """Yield the verdicts of a file: one on each line, or one over several lines.

    Args:
        source: The file.
        file: What errors call it.

    Raises:
        InputError: What stands there is no verdict of this release; those before were given.
    """
    given = 0
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            verdict = verdict_of(line)
        except InputError as fault:
            rest = b"" if given else source.read()
            if not rest.strip():
                raise InputError(f"`{file}:{number}`: {fault.message}", hint=fault.hint) from fault
            try:
                whole = verdict_of(line + rest)
            except InputError as error:
                raise InputError(f"`{file}`: {error.message}", hint=error.hint) from error
            yield whole
            return
        given += 1
        yield verdict
    if not given:
        raise InputError(f"`{file}` holds no verdict", hint="see `article41 check --json`")


def _written(value: object) -> str:
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(value)


def _read(kind: type, value: object) -> object:
    if kind is Fraction and isinstance(value, str) and _PART.fullmatch(value):
        return Fraction(value)
    raise ValueError(f"`{value}` is no part of the whole")


_PART = re.compile(r"\d{1,60}(/0*[1-9]\d{0,59})?")
ENCODER = msgspec.json.Encoder(enc_hook=_written, order="deterministic")
"""Writes answers: the same one has the same bytes."""
_DECODER = msgspec.json.Decoder(Verdict, dec_hook=_read)
