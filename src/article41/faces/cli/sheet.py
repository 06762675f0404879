"""Lines of a sheet for people: a label, then its text, wrapped to the width at hand.

What comes from outside is made legible here, so that no name can move the cursor.
"""

import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator

from article41.faces.cli.writing import Pen
from article41.model.letters import legible

WIDTH = 100
"""Characters of a line where nobody looks at a terminal."""
WIDTH_MIN, WIDTH_MAX = 40, 120
"""Characters of a line on a terminal, however narrow or wide it is."""
LABEL_WIDTH = 13
"""Characters of a label, with blanks behind it."""


def width_of_stdout() -> int:
    """The characters of a line that stdout shows."""
    if not sys.stdout.isatty():
        return WIDTH
    return max(WIDTH_MIN, min(WIDTH_MAX, shutil.get_terminal_size().columns))


class Sheet:
    """Sets lines in and wraps them.

    Args:
        pen: Writes the labels.
        width: Characters of a line.

    Example:
        >>> sheet = Sheet(Pen(has_colour=False), width=40)
        >>> list(sheet.labelled("law", ["Example Regulation"], indent=2))
        ['  law          Example Regulation']
    """

    def __init__(self, pen: Pen, *, width: int = WIDTH) -> None:
        """Keep both."""
        self.pen = pen
        self.width = width

    def text(self, text: str, *, indent: int = 0) -> Iterator[str]:
        """A text by itself; what goes on in the next line is set in further."""
        blanks = " " * indent
        for line in _wrapped(text, self.width - indent):
            yield f"{blanks}{legible(line)}"

    def labelled(self, label: str, texts: Iterable[str], *, indent: int) -> Iterator[str]:
        """Texts under one label, each on lines of its own; nothing if there are none."""
        blanks = " " * indent
        said = legible(label)
        for text in texts:
            for line in _wrapped(text, self.width - indent - LABEL_WIDTH):
                if len(said) >= LABEL_WIDTH:
                    yield f"{blanks}{self.pen.dim(said)}"
                    said = ""
                label_seen = self.pen.dim(said.ljust(LABEL_WIDTH)) if said else " " * LABEL_WIDTH
                yield f"{blanks}{label_seen}{legible(line)}"
                said = ""


def _wrapped(text: str, width: int) -> Iterator[str]:
    for line in text.splitlines():
        # Keys and citations stay whole, so that they can be copied.
        yield from textwrap.wrap(
            " ".join(line.split()),
            max(width, 20),
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        )


def cut(text: str, width: int) -> str:
    """The beginning of a text, with a mark if it goes on.

    Example:
        >>> cut("Example Trading", 8)
        'Example…'
    """
    return text if len(text) <= width else f"{text[: max(width - 1, 0)].rstrip()}…"
