"""Reads the worked cases of the reference: the few forms of YAML that they are written in."""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import msgspec

from article41.model.holdings import Control, ControlKind, Holdings, Share, Stake

REGIMES = {
    "US_2008": ("us", date(2012, 7, 6)),
    "US_2014": ("us", date(2024, 12, 31)),
    "EU_2012": ("eu", date(2015, 7, 6)),
    "EU_2022": ("eu", date(2023, 7, 6)),
    "EU_2024": ("eu", date(2025, 12, 31)),
    "UK_2020": ("uk", date(2025, 12, 31)),
}
"""Family and day of each regime of the cases."""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    listed: dict[str, list[str]]
    """By regime."""
    stakes: tuple[tuple[str, str, Fraction], ...]
    controls: tuple[tuple[str, str], ...] = ()
    joint_arrangements: tuple[tuple[str, ...], ...] = ()
    expected: dict[str, dict[str, str]]
    """By regime, then by party."""

    def holdings(self) -> Holdings:
        return Holdings(
            stakes=tuple(
                Stake(owner=owner, asset=asset, share=Share(at_least=share, at_most=share))
                for owner, asset, share in self.stakes
            ),
            controls=tuple(
                Control(owner=owner, asset=asset, kind=ControlKind.BOARD_MAJORITY)
                for owner, asset in self.controls
            ),
            joint_arrangements=self.joint_arrangements,
        )


def read_cases(path: Path) -> list[Case]:
    text = path.read_text(encoding="utf-8")
    blocks = re.split(r"(?m)^- id: ", text.partition("\ncases:\n")[2])[1:]
    return [_case(block) for block in blocks]


def _case(block: str) -> Case:
    listed = _row(re.search(r"(?m)^  listed: (\[.*\])$", block))
    by_regime = dict.fromkeys(REGIMES, listed)
    for regime, row in re.findall(r"(?m)^    (\w+): (\[.*\])$", block):
        by_regime[regime] = _items(row)
    return Case(
        id=block.partition("\n")[0].strip(),
        listed=by_regime,
        stakes=tuple(
            (owner, asset, Fraction(percent) / 100)
            for owner, asset, percent in _rows(block, "stakes")
        ),
        controls=tuple((owner, asset) for owner, asset in _rows(block, "control")),
        joint_arrangements=tuple(map(tuple, _rows(block, "joint_arrangements"))),
        expected={
            regime: dict(re.findall(r"(?m)^      (\w+): (\w+)$", answers))
            for regime, answers in re.findall(r"(?m)^    (\w+):\n((?:      .*\n?)+)", block)
        },
    )


def _rows(block: str, key: str) -> Iterator[list[str]]:
    found = re.search(rf"(?m)^  {key}:\n((?:  - .*\n)+)", block)
    for line in found[1].splitlines() if found else ():
        yield _items(line.removeprefix("  - "))


def _row(found: re.Match[str] | None) -> list[str]:
    assert found is not None
    return _items(found[1])


def _items(row: str) -> list[str]:
    return [item.strip() for item in row.strip("[]").split(",") if item.strip()]
