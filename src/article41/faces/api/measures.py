"""What `/measures` takes and gives: what `article41 measures --json` writes."""

import msgspec

from article41.faces.api.questions import Parameters
from article41.faces.cli.asked_law import about_of, kind_of
from article41.faces.cli.measures import MeasuresAsked, measures_answer
from article41.faces.cli.options import day_of, jurisdiction_of, text_of
from article41.model.errors import InputError, RequestError
from article41.model.measures import Article41

MEASURE_PARAMETERS = {
    "id": False,
    "in_force": False,
    "as_of": False,
    "on": False,
    "kind": False,
    "class": False,
    "jurisdiction": True,
}
"""Each parameter, and whether it may stand more than once."""
MEASURE_ELSEWHERE = {
    "known_at": "the law is that of this release, and `as_of` says where it stands on a day"
}


def measures_told(given: Parameters) -> bytes:
    """The measures that fit.

    Args:
        given: The parameters of the address.

    Raises:
        InputError: One means nothing, or they contradict one another.
    """
    _refuse_two_questions(given)
    asked = MeasuresAsked(
        measure_id=given.one("id", text_of),
        day=given.one("in_force", day_of),
        as_of=given.one("as_of", day_of),
        about=given.one("on", about_of),
        kind=given.one("kind", kind_of),
        article_41=given.one("class", _class_of),
        jurisdictions=given.every("jurisdiction", jurisdiction_of),
    )
    answer, _ = measures_answer(asked)
    return msgspec.json.encode(answer, order="deterministic")


def _refuse_two_questions(given: Parameters) -> None:
    if given.has("in_force") and given.has("as_of"):
        raise RequestError(
            "`in_force` and `as_of` both name the day",
            hint="give `in_force` for what is in force on it, or `as_of` for all measures",
            path="in_force",
        )
    for name in ("on", "kind", "class", "jurisdiction"):
        if given.has("id") and given.has(name):
            raise RequestError(
                f"`id` names measures, and `{name}` chooses among all",
                hint="leave one of them out",
                path=name,
            )


def _class_of(text: str) -> Article41:
    try:
        return Article41(text.casefold())
    except ValueError as error:
        known = ", ".join(one.value for one in Article41)
        raise InputError(f"`{text}` is no interruption of Article 41",
                         hint=f"one of {known}") from error  # fmt: skip
