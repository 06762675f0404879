"""The writing system of a text, as ISO 15924 names it; languages are not guessed."""

from bisect import bisect_right
from collections import Counter

COMMON = "Zyyy"
"""Where a text has no letter of a script we tell apart."""

# First code point of each block of letters, and its script; `Zyyy` ends a block.
_BLOCKS: tuple[tuple[int, str], ...] = (
    (0x0000, COMMON),
    (0x0041, "Latn"),
    (0x0370, "Grek"),
    (0x0400, "Cyrl"),
    (0x0530, "Armn"),
    (0x0590, "Hebr"),
    (0x0600, "Arab"),
    (0x0700, "Syrc"),
    (0x0750, "Arab"),
    (0x0780, "Thaa"),
    (0x07C0, COMMON),
    (0x0870, "Arab"),
    (0x0900, "Deva"),
    (0x0980, "Beng"),
    (0x0A00, "Guru"),
    (0x0A80, "Gujr"),
    (0x0B00, COMMON),
    (0x0B80, "Taml"),
    (0x0C00, COMMON),
    (0x0D80, "Sinh"),
    (0x0E00, "Thai"),
    (0x0E80, "Laoo"),
    (0x0F00, "Tibt"),
    (0x1000, "Mymr"),
    (0x10A0, "Geor"),
    (0x1100, "Hang"),
    (0x1200, "Ethi"),
    (0x13A0, COMMON),
    (0x1780, "Khmr"),
    (0x1800, "Mong"),
    (0x18B0, COMMON),
    (0x1C80, "Cyrl"),
    (0x1C90, "Geor"),
    (0x1CC0, COMMON),
    (0x1D00, "Latn"),
    (0x1F00, "Grek"),
    (0x2000, COMMON),
    (0x2C60, "Latn"),
    (0x2C80, COMMON),
    (0x2D00, "Geor"),
    (0x2D30, COMMON),
    (0x2D80, "Ethi"),
    (0x2DE0, "Cyrl"),
    (0x2E00, COMMON),
    (0x2E80, "Hani"),
    (0x3040, "Kana"),
    (0x3100, COMMON),
    (0x3130, "Hang"),
    (0x3190, COMMON),
    (0x31F0, "Kana"),
    (0x3200, COMMON),
    (0x3400, "Hani"),
    (0xA000, COMMON),
    (0xA640, "Cyrl"),
    (0xA6A0, COMMON),
    (0xA720, "Latn"),
    (0xA800, COMMON),
    (0xAB30, "Latn"),
    (0xAB70, COMMON),
    (0xAC00, "Hang"),
    (0xD7FC, COMMON),
    (0xF900, "Hani"),
    (0xFB00, "Latn"),
    (0xFB13, "Armn"),
    (0xFB1D, "Hebr"),
    (0xFB50, "Arab"),
    (0xFE00, COMMON),
    (0xFE70, "Arab"),
    (0xFF00, "Latn"),
    (0xFF66, "Kana"),
    (0xFFA0, "Hang"),
    (0xFFE0, COMMON),
    (0x20000, "Hani"),
    (0x32000, COMMON),
)
_FIRSTS = tuple(first for first, _ in _BLOCKS)


def script_of(text: str) -> str:
    """The script of most letters; Han with Kana is `Jpan`, no letters at all is `Zyyy`.

    Example:
        >>> [script_of(text) for text in ("Ada 7", "Ада", "آدا", "株式会社タナカ", "1905")]
        ['Latn', 'Cyrl', 'Arab', 'Jpan', 'Zyyy']
    """
    if text.isascii():
        return "Latn" if any(map(str.isalpha, text)) else COMMON
    counts = Counter(
        _BLOCKS[bisect_right(_FIRSTS, ord(letter)) - 1][1] for letter in text if letter.isalpha()
    )
    del counts[COMMON]
    if not counts:
        return COMMON
    # INVARIANT: on a tie the script that comes first in the text wins, on every machine.
    script = counts.most_common(1)[0][0]
    if script == "Kana" or (script == "Hani" and "Kana" in counts):
        return "Jpan"
    return script
