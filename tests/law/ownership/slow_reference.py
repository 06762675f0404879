"""Ownership and control as the reference words it, on exact shares: plain, slow, and apart."""

from collections.abc import Iterable
from fractions import Fraction

Stakes = dict[tuple[str, str], Fraction]
"""By owner and asset."""


def passes(total: Fraction, *, takes_half: bool) -> bool:
    return total >= Fraction(1, 2) if takes_half else total > Fraction(1, 2)


def reached(
    listed: Iterable[str],
    stakes: Stakes,
    *,
    takes_half: bool,
    controls: Iterable[tuple[str, str]] = (),
) -> set[str]:
    """All whom the listed reach together: repeated until nothing is added."""
    found = set(listed)
    everybody = {key for pair in stakes for key in pair} | {two for _, two in controls}
    while True:
        new = {
            one
            for one in everybody - found
            if passes(
                sum((share for (o, a), share in stakes.items() if a == one and o in found),
                    start=Fraction(0)),
                takes_half=takes_half,
            )
            or any(owner in found and asset == one for owner, asset in controls)
        }  # fmt: skip
        if not new:
            return found
        found |= new


def answer(
    party: str,
    groups: Iterable[Iterable[str]],
    stakes: Stakes,
    *,
    takes_half: bool,
    controls: Iterable[tuple[str, str]] = (),
) -> str:
    """`owned`, `controlled` or `not-owned` through one of several groups whose stakes are added."""
    groups = [[one for one in group if one != party] for group in groups]
    if any(party in reached(group, stakes, takes_half=takes_half) for group in groups):
        return "owned"
    if any(
        party in reached(group, stakes, takes_half=takes_half, controls=list(controls))
        for group in groups
    ):
        return "controlled"
    return "not-owned"
