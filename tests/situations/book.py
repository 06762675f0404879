"""The situations as they are written: a question, the act, and the answer that a lawyer expects."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import msgspec
import yaml

from article41.checks.reading import read_acts
from article41.model.acts import Act
from article41.model.measures import Outcome

FOLDER = Path(__file__).parent
TABLES = {"ownership-cases.yaml", "measures-at-their-boundaries.yaml"}
"""Files in which a situation is a row of a table; who asks them reads them."""
Tree = dict[str, object]
Words = str | tuple[str, ...]


class Situation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question. The keys of its mappings are jurisdictions."""

    id: str
    says: str
    source: str = ""
    certainty: str = ""
    act: Tree = {}
    """As a user writes it for `article41 check`; with `like`, only what is different there."""
    like: str = ""
    """Id of the situation whose act it is, but for what `act` says."""
    answer: dict[str, str] = {}
    by: dict[str, Words] = {}
    """Measures that decide it: each is among the findings that have the answer's outcome."""
    cites: dict[str, Words] = {}
    """Words of what is cited by these: their text, a relief that fits, the act that lists."""
    missing: dict[str, Words] = {}
    """Facts that are asked for; `*` stands for anything."""
    idle: dict[str, Words] = {}
    """Facts that are not asked for, because they change nothing."""
    reliefs: dict[str, Words] = {}
    """Reliefs that the deciding findings name as fitting, or as possible."""
    duties: Words = ()
    """Words of the duties."""
    exposure: dict[str, Words] = {}
    """Words of what threatens although it is not forbidden."""
    notes: dict[str, Words] = {}
    """Words of what is announced."""
    twin: dict[str, str] = {}
    """Answers where the party is known by its name alone; REVIEW where a listing decides."""
    days: dict[str, Tree] = {}
    """The same question on several days: what is different on each, the answer above all."""


def outcome_of(word: str) -> Outcome:
    """An outcome as the reference writes it."""
    return Outcome(word.lower().replace("_", "-"))


def words_of(words: Words) -> tuple[str, ...]:
    """One word stands for a list of it."""
    return (words,) if isinstance(words, str) else words


@cache
def situations() -> Mapping[str, Situation]:
    """All situations by their id, in the order of their files."""
    found: dict[str, Situation] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        for one in _rows(path) if path.name not in TABLES else ():
            assert one.id not in found, f"{path.name}: {one.id} stands twice"
            found[one.id] = one
    return found


def _rows(path: Path) -> Iterator[Situation]:
    for row in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader):
        try:
            yield from _by_day(msgspec.convert(row, type=Situation))
        except msgspec.ValidationError as error:
            raise AssertionError(f"{path.name}: {row.get('id')}: {error}") from error


def _by_day(one: Situation) -> Iterator[Situation]:
    if not one.days:
        assert one.answer, "nobody says what the answer is"
        yield one
        return
    for day, changes in one.days.items():
        own = msgspec.to_builtins(msgspec.structs.replace(one, id=f"{one.id} {day}", days={}))
        act = changed(one.act, {"on": day})
        yield msgspec.convert({**own, "act": act, **changes}, type=Situation)


def act_tree(situation: Situation) -> Tree:
    """The act as it is written, whole."""
    if not situation.like:
        return situation.act
    every = situations()
    like = every.get(situation.like) or next(
        one for one in every.values() if one.id.startswith(f"{situation.like} ")
    )
    return changed(act_tree(like), situation.act)


def changed(tree: Tree, changes: Tree) -> Tree:
    """A tree with other values; an empty one takes a value out."""
    merged = dict(tree)
    for key, value in changes.items():
        before = merged.get(key)
        if value == "":
            merged.pop(key, None)
        elif isinstance(value, dict) and isinstance(before, dict):
            merged[key] = changed(before, value)
        else:
            merged[key] = value
    return merged


def read(tree: Tree, name: str) -> Act:
    """The act, through the product's own reader."""
    [act] = read_acts(json.dumps(tree).encode(), file=f"{name}.json")
    return act
