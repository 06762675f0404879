"""What follows from a find in a text, under whose law, and what is to be asked."""

from collections.abc import Mapping, Sequence

import msgspec

from article41.checks.payment.finds import FindKind, TextFind
from article41.checks.payment.rulings import Worse
from article41.model.measures import Outcome
from article41.model.verdicts import MissingFact

_FACT: Mapping[FindKind, str] = {
    FindKind.NAME: "parties",
    FindKind.NUMBER: "parties",
    FindKind.PLACE: "places",
    FindKind.TOO_LONG: "text",
}
"""Where in the act it is said, if the text means what was found."""


def asked_about(
    find: TextFind, jurisdictions: Mapping[str, str], worse: Mapping[str, Worse]
) -> TextFind:
    """A find with what would follow and what decides it.

    Args:
        find: What was found.
        jurisdictions: Under whose law each list decides.
        worse: What would follow from each country that is named, as far as it was asked.
    """
    if find.kind is FindKind.PLACE:
        follows = worse.get(find.key, Worse(Outcome.PROHIBIT, ()))
    else:
        own = jurisdictions.get(find.list_id, "")
        follows = Worse(Outcome.FREEZE, (own,) if own else ())
    return msgspec.structs.replace(
        find,
        jurisdictions=follows.jurisdictions,
        missing=(
            MissingFact(
                fact=_FACT[find.kind],
                question=_question(find),
                if_so=follows.outcome,
                listing="" if find.kind is FindKind.PLACE else find.key,
            ),
        ),
        text=find.text or _follows(follows.outcome, follows.jurisdictions),
    )


def _question(find: TextFind) -> str:
    if find.kind is FindKind.NAME:
        return f"does `{find.words}` in {find.path} mean the listed {find.name} ({find.key})?"
    if find.kind is FindKind.NUMBER:
        return f"is `{find.words}` in {find.path} the number of {find.name} ({find.key})?"
    if find.kind is FindKind.PLACE:
        return (
            f"has the payment, or what it is for, to do with {find.name}, which {find.path} names?"
        )
    return f"does the text behind `{find.words}` in {find.path} name anybody who is listed?"


def _follows(outcome: Outcome, jurisdictions: Sequence[str]) -> str:
    law = f" under the law of {', '.join(jurisdictions)}" if jurisdictions else ""
    return f"if it means that, it may come to {outcome.value.replace('-', ' ')}{law}"
