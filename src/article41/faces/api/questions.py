"""What a request asks, read strictly: an unknown field, parameter or word is refused by its place.

Nothing is guessed, and nothing that was written is left unread.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import TypeVar

import msgspec

from article41.checks import THRESHOLD
from article41.checks.reading.faults import one_of, shown
from article41.faces.api.doubled import doubled
from article41.faces.api.misfits import misfits
from article41.faces.cli.options import (
    birth_date_of,
    country_of,
    day_of,
    moment_of,
    schema_of,
)
from article41.faces.settings import now, today
from article41.match import Query
from article41.model.errors import Article41Error, InputError, RequestError, SeveralFaultsError

PARTIES_MAX = 1_000
"""Parties of one request to `/match`."""
SHORT_PARTIES = 4
"""Up to so many parties are asked about quickly."""
ACTS_MAX = 1_000
"""Acts of one request to `/check`."""
BIRTH_DATES_MAX = 20
"""Dates of birth of one party."""
KNOWN_AT = "`known_at`"
"""What a moment known is called here."""
NAME_MAX = 5_000
"""Characters of one name."""

_Read = TypeVar("_Read")


class AskedName(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A party of `/match`."""

    name: str
    """In any script."""
    schema: str | None = None
    """The kind of party, such as Person."""
    birth_dates: tuple[str, ...] | str = ()
    """Each a year, a month or a day; one alone may stand without the array."""
    country: str | None = None
    """Shown beside what the list says; it does not change the score."""


class MatchQuestion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The body of `/match`."""

    parties: tuple[AskedName, ...]
    """Who is asked about."""
    as_of: str | None = None
    """The day in force; what the newest versions list and has not ended if absent."""
    known_at: str | None = None
    """By what the store knew at this moment; now if absent."""
    threshold: float = THRESHOLD
    """Least score, above 0 and up to 1."""
    limit: int | None = None
    """How many resemblances of a party are given; all if absent, the rest is counted."""
    exhaustive: bool = False
    """True to score every listed name: the auditor's proof."""


class NamesAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A question about names in the model's words."""

    queries: tuple[Query, ...]
    """Who is asked about."""
    countries: tuple[str | None, ...]
    """Of each of them, as far as given."""
    as_of: date | None
    """The day in force."""
    known_at: datetime | None
    """The moment known."""
    threshold: float
    """Least score."""
    limit: int | None
    """How many resemblances are given."""
    exhaustive: bool
    """True to score every listed name."""

    @property
    def is_short(self) -> bool:
        """True if it takes no longer to answer than to find a thread for it."""
        # By what was known earlier the store may be read, which takes its time.
        is_long = self.exhaustive or self.known_at is not None
        return not is_long and len(self.queries) <= SHORT_PARTIES


_MATCH = msgspec.json.Decoder(MatchQuestion)


def match_question(body: bytes) -> NamesAsked:
    """Read the body of `/match`.

    Raises:
        RequestError: It is no JSON or not as it has to be, a word in it means nothing, or it asks
            about too many.

    Example:
        >>> match_question(b'{"parties": [{"name": "Ada Example"}]}').queries[0].name
        'Ada Example'
    """
    question = decoded(body, _MATCH, MatchQuestion)
    if len(question.parties) > PARTIES_MAX:
        raise RequestError(
            f"{len(question.parties):,} parties are more than {PARTIES_MAX:,}",
            hint="ask in several requests",
            path="parties",
        )
    if not question.parties:
        raise RequestError("nobody is asked about", hint="give a party", path="parties")
    faults: list[Article41Error] = []
    parties = [_party(one, f"parties[{at}]", faults) for at, one in enumerate(question.parties)]
    as_of = None if question.as_of is None else _tried(faults, "as_of", day_of, question.as_of)
    known_at = None
    if question.known_at is not None:
        known_at = _tried(faults, "known_at", moment_known, question.known_at)
    if question.limit is not None and question.limit < 1:
        faults.append(
            RequestError("the limit is less than 1", hint="leave it out for all", path="limit")
        )
    if not 0 < question.threshold <= 1:
        faults.append(
            RequestError(
                f"threshold `{question.threshold}` is not above 0 and at most 1",
                hint="give one such as 0.8",
                path="threshold",
            )
        )
    refuse(faults)
    return NamesAsked(
        queries=tuple(query for query, _ in parties if query is not None),
        countries=tuple(country for _, country in parties),
        as_of=as_of,
        known_at=known_at,
        threshold=question.threshold,
        limit=question.limit,
        exhaustive=question.exhaustive,
    )


def _party(
    one: AskedName, place: str, faults: list[Article41Error]
) -> tuple[Query | None, str | None]:
    """Who is asked about, and the country beside it; what is wrong is added to the faults."""
    before = len(faults)
    given = (one.birth_dates,) if isinstance(one.birth_dates, str) else one.birth_dates
    if not one.name.strip():
        faults.append(RequestError("the name is empty", hint="write a name", path=f"{place}.name"))
    elif len(one.name) > NAME_MAX:
        faults.append(
            RequestError(
                f"the name is longer than {NAME_MAX:,} characters",
                hint="give names, not texts",
                path=f"{place}.name",
            )
        )
    if len(given) > BIRTH_DATES_MAX:
        faults.append(
            RequestError(
                f"more than {BIRTH_DATES_MAX} dates of birth",
                hint="give those that are likely",
                path=f"{place}.birth_dates",
            )
        )
        return None, None
    births = [
        _tried(
            faults,
            f"{place}.birth_dates{'' if given is not one.birth_dates else f'[{at}]'}",
            birth_date_of,
            text,
        )
        for at, text in enumerate(given)
    ]
    schema = one.schema and _tried(faults, f"{place}.schema", schema_of, one.schema)
    country = one.country and _tried(faults, f"{place}.country", country_of, one.country)
    if len(faults) > before:
        return None, None
    query = _tried(
        faults,
        f"{place}.name",
        lambda name: Query(
            name=name, schema=schema or None, birth_dates=tuple(filter(None, births))
        ),
        one.name,
    )
    return query, country or None


def _tried(
    faults: list[Article41Error], path: str, read: Callable[[str], _Read], text: str
) -> _Read | None:
    """What a text says; if it says nothing, that is added to the faults."""
    try:
        return at_place(path, read, text)
    except RequestError as error:
        faults.append(error)
        return None


def refuse(faults: Sequence[Article41Error]) -> None:
    """Refuse a request for what is wrong with it.

    Raises:
        Article41Error: That, if it is one fault.
        SeveralFaultsError: All of them, if there are several.
    """
    if faults:
        raise faults[0] if len(faults) == 1 else SeveralFaultsError(faults)


def at_place(path: str, read: Callable[[str], _Read], text: str) -> _Read:
    """Read a text; what is wrong with it is told with its place.

    Raises:
        RequestError: It means nothing.
    """
    try:
        return read(text)
    except RequestError:
        raise
    except InputError as error:
        raise RequestError(error.message, hint=error.hint, path=path) from error


def moment_known(text: str) -> datetime:
    """Read a moment that is not to come.

    Raises:
        RequestError: It is none, or is to come.
    """
    moment = at_place("known_at", moment_of, text)
    if moment > now() and moment != moment_of(today().isoformat()):
        raise RequestError(
            f"`{moment.astimezone(UTC).isoformat()}` is a moment to come",
            hint="leave `known_at` out for what is known now",
            path="known_at",
        )
    return moment


def decoded(body: bytes, decoder: msgspec.json.Decoder[_Read], kind: type[msgspec.Struct]) -> _Read:
    """A body as its class has it.

    Args:
        body: The body.
        decoder: Of the class.
        kind: The class.

    Raises:
        RequestError: It is no JSON or not as it has to be, or a key of it stands twice.
        SeveralFaultsError: More than one thing of it is not as it has to be.
    """
    try:
        try:
            read = decoder.decode(body)
        except msgspec.ValidationError:
            given = msgspec.json.decode(body)
            refuse([*doubled(body), *misfits(given, kind)])
            raise
        refuse(doubled(body))
    except msgspec.ValidationError as error:
        raise RequestError(str(error), hint="see `/openapi.json` for what is read") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RequestError(
            f"the body is no JSON: {_plain(error)}", hint="send JSON in UTF-8"
        ) from error
    return read


def _plain(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "the bytes are not UTF-8"
    if isinstance(error, RecursionError):
        return "too many lists and mappings stand inside one another"
    said = str(error).removeprefix("JSON is malformed: ")
    return said[:1].lower() + said[1:]


class Parameters:
    """The parameters of an address, each read once; what is left at the end is refused.

    Args:
        pairs: Names and values as they stand in the address.
        known: The names that there are, and whether each may stand more than once.
        elsewhere: What to do in place of some that there are not.

    Raises:
        RequestError: A name is unknown or says nothing, or stands twice where it may not.
    """

    def __init__(
        self,
        pairs: Sequence[tuple[str, str]],
        known: Mapping[str, bool],
        elsewhere: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """See that each name is known."""
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            if name not in known:
                hint = elsewhere.get(name) or one_of(known, given=name)
                raise RequestError(f"unknown parameter {shown(name)}", hint=hint, path=name)
            if not value.strip():
                raise RequestError(
                    f"`{name}` is empty", hint="leave it out, or say what", path=name
                )
            self._values.setdefault(name, []).append(value)
            if len(self._values[name]) > 1 and not known[name]:
                raise RequestError(f"`{name}` stands twice", hint="give it once", path=name)

    def has(self, name: str) -> bool:
        """True if a parameter is given."""
        return name in self._values

    def one(self, name: str, read: Callable[[str], _Read]) -> _Read | None:
        """The value of a parameter, if it is given.

        Raises:
            RequestError: It means nothing.
        """
        values = self._values.get(name)
        return None if values is None else at_place(name, read, values[0])

    def every(self, name: str, read: Callable[[str], _Read]) -> tuple[_Read, ...]:
        """All values of a parameter.

        Raises:
            RequestError: One means nothing.
        """
        return tuple(at_place(name, read, value) for value in self._values.get(name, ()))

    def known_at(self) -> datetime | None:
        """The moment known, if it is given.

        Raises:
            RequestError: It is none, or is to come.
        """
        return self.one("known_at", moment_known)


def yes_or_no(text: str) -> bool:
    """Read `true` or `false`.

    Raises:
        InputError: It is neither.

    Example:
        >>> yes_or_no("true")
        True
    """
    if text not in ("true", "false"):
        raise InputError(f"{shown(text)} is neither `true` nor `false`", hint="write one of them")
    return text == "true"


def threshold_of(text: str) -> float:
    """Read a least score.

    Raises:
        InputError: It is no number above 0 and up to 1.

    Example:
        >>> threshold_of("0.8")
        0.8
    """
    try:
        threshold = float(text)
    except ValueError:
        threshold = 0.0
    if not 0 < threshold <= 1:
        raise InputError(
            f"threshold `{text}` is not above 0 and at most 1", hint="give one such as 0.8"
        )
    return threshold
