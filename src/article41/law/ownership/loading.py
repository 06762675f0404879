"""Finds the rule on ownership of a family and day; loads and checks the file of rules.

An error in the file names it, the line and the key.
"""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from article41.law.ownership.rules import Family, Rules, RuleSet, State
from article41.model.errors import CatalogueError

RULES = Path(__file__).with_name("rules.toml")
"""The rules that come with the package."""

_HINT = "see the comments at the head of `law/ownership/rules.toml`"


def rule_on(family: str, day: date) -> RuleSet:
    """The rule on ownership and control that a family of laws had on a day.

    A day before the first rule, or of a family without one, has a rule that is `unverified`: no
    number is applied, and any stake of a listed owner is for a person to judge.

    Args:
        family: As a measure names it: `us`, `eu`, `uk`, `ch`, `ca`, `bis`, `none-verified`.
        day: The day on the law's clock.

    Raises:
        InputError: There is no such family.
        CatalogueError: The file of rules is wrong.

    Example:
        >>> rule_on("uk", date(2020, 12, 30)).key, rule_on("uk", date(2020, 12, 31)).key
        ('EU_2012', 'UK_2020')
        >>> rule_on("none-verified", date(2025, 1, 1)).state.value
        'unverified'
    """
    return _shipped().on(family, day)


def families() -> dict[str, Family]:
    """The families that a measure may name.

    Raises:
        CatalogueError: The file of rules is wrong.

    Example:
        >>> sorted(families())
        ['bis', 'ca', 'ch', 'eu', 'none-verified', 'uk', 'us', 'us-311', 'us-state']
    """
    return dict(_shipped().families)


@cache
def _shipped() -> Rules:
    return load_rules(RULES)


def load_rules(path: Path) -> Rules:
    """The rules in a file.

    Raises:
        CatalogueError: It is missing or wrong; the error names the line and the key.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(
            "cannot be read as text in UTF-8", hint="install the package again", file=path.name
        ) from error
    return read_rules(text, path.name)


def read_rules(text: str, file: str) -> Rules:
    r"""The rules in a text.

    Raises:
        CatalogueError: It is wrong; the error names the line and the key.

    Example:
        >>> read_rules('[families.xa]\ntitel = "Xanadu"\n', "rules.toml")
        Traceback (most recent call last):
        article41.model.errors.CatalogueError: rules.toml:2 in `families.xa.titel`: no such key
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = re.fullmatch(r"(.*) \(at line (\d+), .*\)", str(error))
        raise CatalogueError(
            f"not TOML: {(said[1] if said else str(error)).lower()}",
            hint="correct the line",
            file=file,
            line=int(said[2]) if said else 0,
        ) from error
    try:
        rules = msgspec.convert(table, Rules)
    except msgspec.ValidationError as error:
        raise _invalid(str(error), table, text, file) from error
    for key, message, hint in _faults(rules):
        raise CatalogueError(message, hint=hint, file=file, line=_line_of(text, key), key=key)
    return rules


def _invalid(said: str, table: dict[str, object], text: str, file: str) -> CatalogueError:
    """What msgspec says, as a fault at a line."""
    message, _, at = said.partition(" - at `")
    key = at.rstrip("`").removeprefix("$").lstrip(".")
    if key.startswith("families[...]"):
        key = _family_key(key, message, table)
    if unknown := re.search(r"unknown field `(.*)`", message):
        key, message = f"{key}.{unknown[1]}".lstrip("."), "no such key"
    elif missing := re.search(r"missing required field `(.*)`", message):
        message = f"`{missing[1]}` is missing"
    else:
        message = message[:1].lower() + message[1:]
    return CatalogueError(message, hint=_HINT, file=file, line=_line_of(text, key), key=key)


def _family_key(key: str, message: str, table: dict[str, object]) -> str:
    """The path with the name of the family, which msgspec leaves out: the first that fails."""
    families = table.get("families")
    for name, family in families.items() if isinstance(families, dict) else ():
        try:
            msgspec.convert({name: family}, Rules.__annotations__["families"])
        except msgspec.ValidationError as error:
            if message in str(error):
                return key.replace("[...]", f".{name}")
    return key


def _faults(rules: Rules) -> Iterator[tuple[str, str, str]]:
    """What is wrong in rules of the right shape: key, message and remedy."""
    for name, family in rules.families.items():
        if family.before and family.before not in rules.families:
            yield f"families.{name}.before", f"no family `{family.before}`", "name one above"
        elif family.before and rules.families[family.before].before:
            yield f"families.{name}.before", "that family has one before it too", "name that one"
    if rules.unverified.state is not State.UNVERIFIED:
        yield "unverified.state", "it can be applied", 'write "unverified"'
    latest: dict[str, date] = {}
    for at, rule in enumerate(rules.rules):
        yield from _rule_faults(rule, f"rules[{at}]", rules)
        if rule.family in latest and (rule.valid_from or date.min) < latest[rule.family]:
            yield (
                f"rules[{at}].from", f"begins before the last rule of `{rule.family}` ends",
                "write the rules of a family in order, each from the day the last one ended",
            )  # fmt: skip
        latest[rule.family] = rule.valid_until or date.max


def _rule_faults(rule: RuleSet, key: str, rules: Rules) -> Iterator[tuple[str, str, str]]:
    for field in ("key", "title", "citation", "verified_by"):
        if not getattr(rule, field).strip():
            yield f"{key}.{field}", "empty", "say it in words"
    if rule.family not in rules.families:
        yield f"{key}.family", f"no family `{rule.family}`", "describe it in `[families]`"
    if rule.valid_from is None:
        yield key, "`from` is missing", "add the first day"
    elif rule.valid_until is not None and rule.valid_until <= rule.valid_from:
        yield f"{key}.until", "ends before it begins", "write the first day no longer"
    if rule.state is State.UNVERIFIED:
        if rule.threshold_percent:
            yield f"{key}.threshold_percent", "a number in an unverified rule", "leave it out"
    elif not 0 < rule.threshold_percent < 100:
        yield f"{key}.threshold_percent", "no per cent below 100", "write it like 50"
    elif not rule.owned_in:
        yield f"{key}.owned_in", "no right makes an owner", 'write it like ["capital"]'
    both = set(rule.controlled_by) & set(rule.open_kinds)
    for kind in sorted(one.value for one in both):
        yield f"{key}.open_kinds", f"`{kind}` is enough already", "leave it out of one of the two"
    if rule.transfer_days < 0:
        yield f"{key}.transfer_days", "less than no day", "write 0 or more"


def _line_of(text: str, key: str) -> int:
    """The line on which a key stands, or its table; 0 if neither does."""
    lines = text.splitlines()
    found = re.fullmatch(r"(?:(rules)\[(\d+)\]|(families\.[^.]+)|(unverified))(?:\.(\w+).*)?", key)
    if found is None:
        return 0
    head = f"[[{found[1]}]]" if found[1] else f"[{found[3] or found[4]}]"
    seats = [at for at, line in enumerate(lines) if line.split("#")[0].strip() == head]
    number = int(found[2] or 0)
    if number >= len(seats):
        return 0
    seat = seats[number]
    for at in range(seat + 1, len(lines)):
        if lines[at].startswith("["):
            break
        if re.match(rf"\s*{found[5]}\s*=", lines[at]):
            return at + 1
    return seat + 1
