"""Letters as any screen, log and file can show them."""

import unicodedata

_UNPRINTABLE = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))


def legible(text: str) -> str:
    r"""The text with every control or formatting character, or half of one, as its number.

    Example:
        >>> print(legible("Ada\x1b[2J"))
        Ada<U+001B>[2J
    """
    if text.isprintable():
        return text
    return "".join(
        f"<U+{ord(letter):04X}>" if unicodedata.category(letter) in _UNPRINTABLE else letter
        for letter in text
    )
