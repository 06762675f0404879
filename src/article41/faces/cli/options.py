"""The options that several commands share, read into the model's types.

A value that cannot be read is an error that repeats it; nothing is guessed.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from article41.checks import THRESHOLD
from article41.checks.reading import texts as reading
from article41.checks.reading.faults import Fault
from article41.faces.cli.paths import GIVEN_FILE, GivenPath
from article41.faces.settings import now, store_folder, today
from article41.match import refuse_broken_text
from article41.model.clocks import PartialDate, StatedDate
from article41.model.countries import ISO_COUNTRIES
from article41.model.entities import Schema
from article41.model.errors import InputError

# Any: click decorates functions of any signature.
_Command = TypeVar("_Command", bound=Callable[..., Any])
_SCHEMA_BY_NAME = {schema.value.casefold(): schema for schema in Schema}


def day_of(text: str) -> date:
    """Read a day such as 2012-07-06.

    Raises:
        InputError: It is none.

    Example:
        >>> day_of("2012-07-06")
        datetime.date(2012, 7, 6)
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError(f"`{text}` is no day", hint="write it as 2012-07-06") from error


def moment_of(text: str) -> datetime:
    """Read a moment such as 2026-02-27T09:00+00:00, or a day, which stands for its end.

    Without a zone it is UTC.

    Raises:
        InputError: It is none.

    Example:
        >>> moment_of("2012-07-06T09:00").isoformat(), moment_of("2012-07-06").isoformat()
        ('2012-07-06T09:00:00+00:00', '2012-07-06T23:59:59.999999+00:00')
    """
    given = text.strip()
    try:
        if len(given) <= len("2012-07-06"):
            return datetime.combine(date.fromisoformat(given), time.max, tzinfo=UTC)
        moment = datetime.fromisoformat(given)
    except ValueError as error:
        raise InputError(
            f"`{text}` is no moment", hint="write it as 2012-07-06T09:00+02:00, or a day"
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def birth_date_of(text: str) -> StatedDate:
    """Read a date of birth: a year, a month or a day.

    Raises:
        InputError: It is none.

    Example:
        >>> str(birth_date_of("1965-09"))
        '1965-09'
    """
    try:
        return StatedDate(first=PartialDate.parse(text))
    except ValueError as error:
        raise InputError(
            f"`{text}` is no date of birth", hint="write 1965, 1965-09 or 1965-09-11"
        ) from error


def schema_of(text: str) -> Schema:
    """Read the kind of a party, in small or capital letters.

    Raises:
        InputError: There is no such kind.

    Example:
        >>> schema_of("person")
        <Schema.PERSON: 'Person'>
    """
    schema = _SCHEMA_BY_NAME.get(text.strip().casefold())
    if schema is None:
        names = ", ".join(schema.value for schema in Schema)
        raise InputError(f"unknown schema `{text}`", hint=f"one of {names}")
    return schema


def text_of(text: str) -> str:
    """Read any text, which bytes of another encoding than the terminal's are not.

    Raises:
        InputError: It holds such bytes.

    Example:
        >>> text_of("XA")
        'XA'
    """
    refuse_broken_text(text)
    return text


def jurisdiction_of(text: str) -> str:
    """Read whose law is meant: a country by code or name, or `EU`, `UN`, `LAS`.

    Raises:
        InputError: It is none.

    Example:
        >>> jurisdiction_of("eu"), jurisdiction_of("Germany")
        ('EU', 'DE')
    """
    return _read_as(reading.jurisdiction_of, text)


def country_of(text: str) -> str:
    """Read a country by code or name.

    Raises:
        InputError: It is none.

    Example:
        >>> country_of("Syria"), country_of("UK")
        ('SY', 'GB')
    """
    return _read_as(reading.country_of, text)


def _read_as(read: Callable[[object, tuple[()]], str], text: str) -> str:
    try:
        return read(text_of(text), ())
    except Fault as fault:
        raise InputError(fault.message, hint=fault.hint) from fault


class TextPath(GivenPath):
    """A path whose name can be written down, in JSON and on a screen; arguments as its base has."""

    # Any: as click declares it.
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse a name that holds bytes of another encoding."""
        text_of(str(value))
        return super().convert(value, param, ctx)


class Read(click.ParamType[object]):
    """A click type that reads by a function, whose errors pass through.

    Args:
        name: What help calls it.
        read: The function.
        words: What a shell offers to complete, each with what it means; nothing if absent.
    """

    def __init__(
        self,
        name: str,
        read: Callable[[str], object],
        words: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        """Keep all three; the words are made when a shell asks."""
        self.name = name
        self._read = read
        self._words = words

    # Any: as click declares it.
    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> object:
        """Read a text; a default is the value already."""
        return self._read(value) if isinstance(value, str) else value

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The words that begin so, whatever the case."""
        begun = incomplete.casefold()
        return [
            CompletionItem(word, help=meant)
            for word, meant in self._words().items()
            if word.casefold().startswith(begun)
        ]


def countries_and_unions() -> dict[str, str]:
    """Codes of countries and unions of them, each with its name."""
    unions = {"EU": "European Union", "UN": "United Nations", "LAS": "League of Arab States"}
    return {**unions, **ISO_COUNTRIES}


DAY = Read("date", day_of)
MOMENT = Read("time", moment_of)
BIRTH_DATE = Read("date", birth_date_of)
SCHEMA = Read("schema", schema_of, lambda: {one.value: "" for one in Schema})
TEXT = Read("text", text_of)
COUNTRY = Read("country", country_of, lambda: dict(ISO_COUNTRIES))
JURISDICTION = Read("jurisdiction", jurisdiction_of, countries_and_unions)


def with_store(command: _Command) -> _Command:
    """Add `--store`, given as the folder that is meant."""
    return click.option(
        "--store",
        "folder",
        type=TextPath(file_okay=False),
        callback=lambda _context, _parameter, value: store_folder(value),
        metavar="DIR",
        help="Folder of the store; else $ARTICLE41_STORE, else the user's data folder.",
    )(command)


def with_clocks(command: _Command) -> _Command:
    """Add both clocks: the day in force, and the moment whose knowledge counts."""
    day = click.option(
        "--as-of",
        type=DAY,
        metavar="DATE",
        help="The day in force; if absent, what the newest versions list and has not ended.",
    )
    return day(with_known_at(command))


def with_known_at(command: _Command) -> _Command:
    """Add the moment whose knowledge counts."""
    return click.option(
        "--known-at",
        type=MOMENT,
        callback=_refuse_future,
        metavar="TIME",
        help="By what the store knew at this moment; now if absent.",
    )(command)


def _refuse_future(
    _context: click.Context, _parameter: click.Parameter, value: datetime | None
) -> datetime | None:
    """What will be known nobody knows: the same question would get another answer then."""
    end_of_today = moment_of(today().isoformat())
    if value is not None and value != end_of_today and value > now():
        raise InputError(
            f"`{value.astimezone(UTC).isoformat()}` is a moment to come",
            hint="leave --known-at out for what is known now",
        )
    return value


def with_question(command: _Command) -> _Command:
    """Add what every question to the index may say: both clocks and threshold."""
    return with_clocks(with_threshold(command))


def with_threshold(command: _Command) -> _Command:
    """Add the least score of a resemblance."""
    return click.option(
        "--threshold",
        type=float,
        default=THRESHOLD,
        show_default=True,
        help="Least score, above 0 and up to 1.",
    )(command)


def with_jurisdictions(command: _Command) -> _Command:
    """Add `--jurisdiction`, whose answers are told."""
    return click.option(
        "--jurisdiction",
        "jurisdictions",
        type=JURISDICTION,
        multiple=True,
        metavar="J",
        help="Whose answer is told, such as EU or US, and of others a line; may be repeated.",
    )(command)


def with_json(command: _Command) -> _Command:
    """Add `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON.")(command)


def with_tables(command: _Command) -> _Command:
    """Add `--table`, the descriptions of tables of one's own."""
    return click.option(
        "--table",
        "descriptions",
        multiple=True,
        metavar="DESCRIPTION",
        type=GIVEN_FILE,
        help="What a table of your own is, in TOML; may be repeated. See `lists describe`.",
    )(command)


def with_columns(roles: Sequence[str]) -> Callable[[_Command], _Command]:
    """Add `--column` and `--encoding`, for a table of which some columns are read."""

    def mapped(
        _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
    ) -> dict[str, str]:
        column_by_role: dict[str, str] = {}
        for value in values:
            role, separator, column = value.partition("=")
            if not separator or role not in roles or not column:
                raise InputError(
                    f"`{value}` maps no column",
                    hint=f"write --column name=NAME; the columns are {', '.join(roles)}",
                )
            column_by_role[role] = column
        return column_by_role

    def decorated(command: _Command) -> _Command:
        encoding = click.option(
            "--encoding", default="utf-8", show_default=True, help="Of the file."
        )
        column = click.option(
            "--column",
            "column_by_role",
            multiple=True,
            callback=mapped,
            metavar="NAME=HEADING",
            help="What a column is called in the file, such as name=Kunde; may be repeated.",
        )
        return column(encoding(command))

    return decorated
