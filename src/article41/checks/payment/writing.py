"""Answers to payments as JSON: one object on a line; the same answer has the same bytes."""

from article41.checks.payment.answers import PaymentAnswer
from article41.checks.verdict_json import ENCODER


def answer_json(answer: PaymentAnswer) -> bytes:
    """An answer as one line of JSON without its end.

    Example:
        >>> from article41.model.measures import Outcome
        >>> answer_json(PaymentAnswer(file="a.xml", hold=True, outcome=Outcome.REVIEW))[:34]
        b'{"file":"a.xml","message":"","numb'
    """
    return ENCODER.encode(answer)
