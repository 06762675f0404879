"""Reads tables in TOML and tells on which line a key stands, which its parser does not."""

import re
import tomllib

from article41.model.errors import FormatError


def read_toml(text: str, file: str) -> dict[str, object]:
    """The table in a text.

    Raises:
        FormatError: It is none; the error names the line.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = re.fullmatch(r"(.*) \(at line (\d+), .*\)", str(error))
        raise FormatError(
            f"not TOML: {(said[1] if said else str(error)).lower()}",
            hint="correct the line; text stands in quotes, patterns best in single quotes",
            file=file,
            line=int(said[2]) if said else 0,
        ) from error


def line_of(text: str, key: str) -> int:
    r"""The line on which a key stands, or the nearest one around it; 0 if none.

    Example:
        >>> text = '[[columns]]\nheader = "x"\n[[columns]]\nfield = "y"'
        >>> line_of(text, "columns[1].field"), line_of(text, "columns[1].kind")
        (4, 3)
    """
    lines = text.splitlines()
    opened = [at for at, line in enumerate(lines) if line.lstrip()[:1] == "["]
    found, first, last = 0, 0, min(opened, default=len(lines))
    for name, number in re.findall(r"([^.\[\]]+)(?:\[(\d+)\])?", key):
        opening = re.compile(rf'\s*\[\[?\s*"?{re.escape(name)}"?\s*\]\]?\s*(?:#.*)?')
        given = re.compile(rf'\s*"?{re.escape(name)}"?\s*[=.]')
        seats = [at for at in opened if not found and opening.fullmatch(lines[at])]
        seats = seats or [at for at in range(first, last) if given.match(lines[at])]
        if not seats:
            break
        seat = seats[min(int(number or 0), len(seats) - 1)]
        found, first = seat + 1, seat + 1
        last = min((at for at in opened if at > seat), default=len(lines))
    return found
