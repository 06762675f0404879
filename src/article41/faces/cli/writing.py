"""Writes text to a terminal or a pipe: colours only where they are seen, no control characters.

Names come from outside; none of them may move the cursor or turn the line around.
"""

import sys
from collections.abc import Iterable
from itertools import islice

import click
import msgspec

from article41.faces.settings import has_colour

LINES_AT_ONCE = 500
_BOLD, _DIM, _END = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_RED, _YELLOW = "\x1b[1;31m", "\x1b[1;33m"


class Pen:
    """Writes text in colour or plainly, the same words either way.

    Example:
        >>> Pen(has_colour=False).bold("Ada")
        'Ada'
    """

    def __init__(self, *, has_colour: bool) -> None:
        """Remember whether colours are wanted."""
        self._has_colour = has_colour

    @classmethod
    def for_stdout(cls) -> "Pen":
        """With colours if stdout is a terminal that takes them."""
        return cls(has_colour=has_colour(is_terminal=sys.stdout.isatty()))

    def bold(self, text: str) -> str:
        """What is read first."""
        return f"{_BOLD}{text}{_END}" if self._has_colour else text

    def dim(self, text: str) -> str:
        """What is read last."""
        return f"{_DIM}{text}{_END}" if self._has_colour else text

    def alarm(self, text: str) -> str:
        """What stops something."""
        return f"{_RED}{text}{_END}" if self._has_colour else text

    def caution(self, text: str) -> str:
        """What somebody must look at."""
        return f"{_YELLOW}{text}{_END}" if self._has_colour else text


def write_lines(lines: Iterable[str], *, err: bool = False) -> None:
    """Write lines to stdout, or to stderr."""
    click.echo("\n".join(lines), err=err)


def write_each(lines: Iterable[str]) -> None:
    """Write many lines to stdout as they come, some hundreds at once."""
    coming = iter(lines)
    while batch := list(islice(coming, LINES_AT_ONCE)):
        write_lines(batch)


def json_line(value: object) -> str:
    """One value as one line of JSON.

    Example:
        >>> json_line({"key": "ofac-sdn/36"})
        '{"key":"ofac-sdn/36"}'
    """
    return msgspec.json.encode(value).decode("utf-8")


def write_json(value: object, *, err: bool = False) -> None:
    """Write one value to stdout, or to stderr, as one line of JSON."""
    click.echo(json_line(value), err=err)


def notice(text: str) -> None:
    """Say something on stderr that is no part of the answer."""
    click.echo(text, err=True)
