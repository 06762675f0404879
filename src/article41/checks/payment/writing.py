"""Answers to payments as JSON: one object on a line; the same answer has the same bytes."""

from fractions import Fraction

import msgspec

from article41.checks.payment.answers import PaymentAnswer


def answer_json(answer: PaymentAnswer) -> bytes:
    """An answer as one line of JSON without its end.

    Example:
        >>> from article41.model.measures import Outcome
        >>> answer_json(PaymentAnswer(file="a.xml", hold=True, outcome=Outcome.REVIEW))[:34]
        b'{"file":"a.xml","message":"","numb'
    """
    return _ENCODER.encode(answer)


def _written(value: object) -> str:
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(value)


_ENCODER = msgspec.json.Encoder(enc_hook=_written, order="deterministic")
