"""Shares as exact numbers and bands: their sums, and how they are written."""

from collections.abc import Iterable
from fractions import Fraction

from article41.model.holdings import Share

NOTHING = Share(at_least=Fraction(0), at_most=Fraction(0))
ANYTHING = Share(at_least=Fraction(0), at_most=Fraction(1))
"""The share that nobody states."""


def added(shares: Iterable[Share]) -> Share:
    """The sum of shares, as a band if one of them is.

    Example:
        >>> third = Share(at_least=Fraction(1, 3), at_most=Fraction(1, 3))
        >>> per_cent(added([third, third, third]))
        '100 %'
    """
    at_least = at_most = Fraction(0)
    excludes_least = excludes_most = False
    for share in shares:
        at_least += share.at_least
        at_most += share.at_most
        excludes_least = excludes_least or share.excludes_least
        excludes_most = excludes_most or share.excludes_most
    return Share(
        at_least=at_least,
        at_most=at_most,
        excludes_least=excludes_least,
        excludes_most=excludes_most,
    )


def is_share(share: Share) -> bool:
    """True if the band lies within 0 and 1 and has something in it.

    Example:
        >>> is_share(Share(at_least=Fraction(60), at_most=Fraction(60)))
        False
    """
    if not 0 <= share.at_least <= share.at_most <= 1:
        return False
    return not (share.is_exact and (share.excludes_least or share.excludes_most))


def per_cent(share: Share) -> str:
    """A share in per cent: exact, never rounded.

    Example:
        >>> per_cent(Share(at_least=Fraction(1, 3), at_most=Fraction(1, 3)))
        '33 1/3 %'
        >>> per_cent(Share(at_least=Fraction(1, 4), at_most=Fraction(1, 2), excludes_least=True))
        'more than 25 to 50 %'
        >>> per_cent(Share(at_least=Fraction(1, 2), at_most=Fraction(1)))
        '50 to 100 %'
    """
    least, most = number(share.at_least), number(share.at_most)
    if share.is_exact:
        return f"{least} %"
    before = "more than " if share.excludes_least else ""
    return f"{before}{least} to {'less than ' if share.excludes_most else ''}{most} %"


def number(share: Fraction) -> str:
    """A number of per cent, with decimals where they end and as a fraction where they do not.

    Example:
        >>> number(Fraction(1, 8)), number(Fraction(2, 3)), number(Fraction(1, 200))
        ('12.5', '66 2/3', '0.5')
    """
    percent = share * 100
    whole, rest = divmod(percent.numerator, percent.denominator)
    if not rest:
        return str(whole)
    twos, fives, left = 0, 0, percent.denominator
    while left % 2 == 0:
        left, twos = left // 2, twos + 1
    while left % 5 == 0:
        left, fives = left // 5, fives + 1
    if left != 1:
        text = f"{rest}/{percent.denominator}"
        return f"{whole} {text}" if whole else text
    digits = max(twos, fives)
    return f"{whole}.{rest * 10**digits // percent.denominator:0{digits}d}"
