"""What is wrong with one value that a caller wrote, and where it stands."""

import difflib
from collections.abc import Callable, Iterable

Place = tuple[str | int, ...]
"""The way to a value: names of fields and numbers of items, from the act down."""


class Fault(Exception):  # noqa: N818 -- it is no failure of ours but of what was written
    """A value cannot be read; becomes an `ActError` with its line.

    Args:
        place: Where the value stands, or would.
        message: What is wrong.
        hint: What to write instead.
    """

    def __init__(self, place: Place, message: str, *, hint: str) -> None:
        """Keep the place, the sentence and its remedy."""
        super().__init__(message)
        self.place = place
        self.message = message
        self.hint = hint


class LineFault(Fault):
    """A text is no JSON or YAML at a known line.

    Args:
        line: The line.
        message: What is wrong.
        hint: What to do.
    """

    def __init__(self, line: int, message: str, *, hint: str) -> None:
        """Keep the line."""
        super().__init__((), message, hint=hint)
        self.line = line


class Parsed:
    """One act as plain values, and on which line each of them stands.

    Args:
        value: Mappings, lists and texts.
        line_of: The line of a place, or of the nearest place above it that there is.
    """

    def __init__(self, value: object, line_of: Callable[[Place], int]) -> None:
        """Keep both."""
        self.value = value
        self.line_of = line_of


class Number(str):
    """A number of JSON as it is written, to the last digit."""

    __slots__ = ()


class Doubled(dict[str, object]):
    """A mapping in which a key stands twice.

    Args:
        values: What it holds, the last value of a key.
        key: The key in question.
    """

    def __init__(self, values: dict[str, object], key: str) -> None:
        """Keep both."""
        super().__init__(values)
        self.key = key


class Placed:
    """A value that was written elsewhere than where it is read.

    Args:
        value: The value.
        place: Where it was written.
    """

    def __init__(self, value: object, place: Place) -> None:
        """Keep both."""
        self.value = value
        self.place = place


def place_text(place: Place) -> str:
    """A place as people write it.

    Example:
        >>> place_text(("parties", 2, "birth_date"))
        'parties[2].birth_date'
    """
    text = ""
    for step in place:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def one_of(words: Iterable[str], *, given: str = "", meant: str = "") -> str:
    """The words that there are, and the one that was probably meant.

    Args:
        words: All that there are.
        given: What was written.
        meant: What is meant by it if there is that word; the most similar one if empty.

    Example:
        >>> one_of(["payer", "payee"], given="payeee")
        'did you mean `payee`? It is one of payer, payee'
    """
    known = {word.casefold(): word for word in words}
    near = [meant] if meant in known else difflib.get_close_matches(given.casefold(), known, n=1)
    listed = f"one of {', '.join(known.values())}"
    return f"did you mean `{known[near[0]]}`? It is {listed}" if near else listed


def kind_words(value: object) -> str:
    """What sort of value it is.

    Example:
        >>> kind_words([1, 2])
        'a list'
    """
    match value:
        case Number():
            return f"the number {shown(value)}"
        case bool():
            return f"`{str(value).lower()}`"
        case str():
            return f"the text {shown(value)}"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case _:
            return "nothing"


def shown(text: str) -> str:
    """A text in backticks, by its beginning if it is long.

    Example:
        >>> shown("Ada")
        '`Ada`'
    """
    return f"`{text}`" if len(text) <= _SHOWN else f"`{text[:_SHOWN]}…`"


_SHOWN = 60
