"""Reads the catalogue of measures: every file checked, each fault with file, line and key.

It says what the catalogue holds and never what it means for an act.
"""

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

import msgspec

from article41.law.annexes import ANNEXES, Annex, with_annexes
from article41.law.packing import packed
from article41.law.words import CHEMICALS, Words, joined
from article41.model.acts import Verb
from article41.model.errors import CatalogueError
from article41.model.measures import Days, Measure
from article41.model.targets import Code, ListedTarget
from article41.model.tomls import line_of

CATALOGUE = "article41.law.catalogue"
TABLES = (
    ANNEXES, "bank_homes.toml", "blocking.toml", "coverage.toml", "judgments.toml",
    "jurisdictions.toml", "licensing.toml", "lists.toml", "regions.toml",
)  # fmt: skip
"""Files of the catalogue that are no measures; those who use them read them."""
FREEZE = "asset-freeze"
"""The kind of measure that reaches what a listed party owns."""
WORDS = "words"
"""The folder of vocabulary."""
FILE_BYTES_MAX = 1_000_000
_HINT = "compare the file with the other measures of the catalogue"
_Shape = TypeVar("_Shape")


class Catalogue(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All measures, by id, with their vocabulary and what identifies this edition.

    Example:
        >>> catalogue = load_catalogue()
        >>> catalogue.measures == tuple(sorted(catalogue.measures, key=lambda one: one.id))
        True
    """

    measures: tuple[Measure, ...]
    """Sorted by id."""
    words: Words
    """The vocabulary."""
    sha256: str
    """Over the names and bytes of all files."""

    @cached_property
    def by_id(self) -> Mapping[str, Measure]:
        """Measures by their id."""
        return {measure.id: measure for measure in self.measures}

    @cached_property
    def by_verb(self) -> Mapping[Verb, tuple[Measure, ...]]:
        """Measures that forbid something, by what they forbid."""
        found: dict[Verb, list[Measure]] = {}
        for measure in self.measures:
            for verb in measure.forbids:
                found.setdefault(verb, []).append(measure)
        return {verb: tuple(measures) for verb, measures in found.items()}

    @cached_property
    def selectors(self) -> tuple[ListedTarget, ...]:
        """Every selector of entries of lists, whatever measure it belongs to."""
        return tuple(
            listed
            for measure in self.measures
            for target in measure.targets
            if target.party is not None
            for listed in target.party.listed
        )

    @cached_property
    def selectors_of(self) -> Mapping[str, tuple[ListedTarget, ...]]:
        """Of measures that mean nobody but who is listed: their selectors, by id."""
        found: dict[str, tuple[ListedTarget, ...]] = {}
        for measure in self.measures:
            parties = [target.party for target in measure.targets if target.party is not None]
            if len(parties) == len(measure.targets) and all(party.listed for party in parties):
                found[measure.id] = tuple(one for party in parties for one in party.listed)
        return found

    @cached_property
    def freezes_of(self) -> Mapping[str, tuple[Measure, ...]]:
        """The asset freezes of each jurisdiction."""
        found: dict[str, list[Measure]] = {}
        for measure in self.measures:
            if measure.kind == FREEZE:
                found.setdefault(measure.jurisdiction, []).append(measure)
        return {key: tuple(measures) for key, measures in found.items()}

    @cached_property
    def authorities_by_jurisdiction(self) -> Mapping[str, frozenset[str]]:
        """The authorities of the lists that each jurisdiction's measures go by."""
        found: dict[str, set[str]] = {}
        for measure in self.measures:
            authorities = {one.authority for one in self.selectors_of.get(measure.id, ())}
            found.setdefault(measure.jurisdiction, set()).update(authorities)
        return {key: frozenset(authorities) for key, authorities in found.items() if authorities}

    @cached_property
    def going_by_lists(self) -> frozenset[str]:
        """The jurisdictions that have a measure on somebody who is listed."""
        return frozenset(
            measure.jurisdiction
            for measure in self.measures
            if any(target.party is not None and target.party.listed for target in measure.targets)
        )

    @cached_property
    def jurisdictions(self) -> tuple[str, ...]:
        """The jurisdictions that have a measure."""
        return tuple(sorted({measure.jurisdiction for measure in self.measures}))

    @cached_property
    def regimes(self) -> tuple[str, ...]:
        """What the measures are about."""
        return tuple(sorted({measure.regime for measure in self.measures}))

    @cached_property
    def verified_on(self) -> date | None:
        """The newest day on which a measure was compared with its source."""
        return max((measure.verified_on for measure in self.measures), default=None)


@lru_cache(maxsize=8)
def load_catalogue(folder: Path | None = None) -> Catalogue:
    """The catalogue that is shipped, or the one in a folder of the same form.

    Raises:
        CatalogueError: A file is wrong; it names file, line and key.
    """
    root: Traversable = files(CATALOGUE) if folder is None else folder
    digest = hashlib.sha256()
    data_by_name: dict[str, bytes] = {}
    for name, file in sorted(_files(root)):
        data = data_by_name[name] = file.read_bytes()
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    sha256 = digest.hexdigest()
    if folder is not None:
        return _read(data_by_name, sha256)
    return packed("catalogue", sha256, Catalogue, lambda: _read(data_by_name, sha256))


def _read(data_by_name: Mapping[str, bytes], sha256: str) -> Catalogue:
    measures: list[Measure] = []
    vocabularies: list[Words] = []
    written = data_by_name.get(ANNEXES, b"")
    annexes = read_table(ANNEXES, written, dict[str, Annex])
    for name, data in data_by_name.items():
        if name in TABLES:
            continue
        if name.startswith(f"{WORDS}/"):
            vocabularies.append(read_table(name, data, Words))
        else:
            measures.append(_measure(name, data, annexes))
    words = joined(vocabularies)
    _refuse_unlisted(words)
    for measure in measures:
        _refuse_unknown_words(measure, words)
    return Catalogue(
        measures=tuple(sorted(measures, key=lambda one: one.id)),
        words=words,
        sha256=sha256,
    )


@lru_cache(maxsize=8)
def load_words(folder: Path | None = None) -> Words:
    """The vocabulary alone, for who has no use for the measures.

    Raises:
        CatalogueError: A file is wrong; it names file, line and key.

    Example:
        >>> "legal-fees" in load_words().purposes
        True
    """
    root: Traversable = files(CATALOGUE) if folder is None else folder
    found = sorted(_files(root.joinpath(WORDS), f"{WORDS}/"))
    return joined(read_table(name, file.read_bytes(), Words) for name, file in found)


def read_shipped(name: str, shape: type[_Shape], folder: Path | None = None) -> _Shape:
    """A table of the catalogue that is no measure, in the shape of a struct.

    Raises:
        CatalogueError: The file is missing or wrong.
    """
    root: Traversable = files(CATALOGUE) if folder is None else folder
    try:
        data = root.joinpath(name).read_bytes()
    except OSError as error:
        raise CatalogueError(
            "the file is missing", hint="install the package anew", file=name
        ) from error
    return read_table(name, data, shape)


def read_table(
    name: str, data: bytes, shape: type[_Shape], annexes: Mapping[str, Annex] | None = None
) -> _Shape:
    """A TOML file in the shape of a struct; unknown keys are faults.

    Args:
        name: Of the file.
        data: Its bytes.
        shape: The struct.
        annexes: Those that it may mean by their key.

    Raises:
        CatalogueError: It is no TOML, or not of that shape.
    """
    if len(data) > FILE_BYTES_MAX:
        raise CatalogueError(
            f"the file has more than {FILE_BYTES_MAX} bytes", hint=_HINT, file=name
        )
    try:
        text = data.decode("utf-8")
        tree: object = tomllib.loads(text)
        tree = tree if annexes is None else with_annexes(tree, annexes, name)
        return msgspec.convert(tree, type=shape)
    except UnicodeDecodeError as error:
        raise CatalogueError("the file is not in UTF-8", hint=_HINT, file=name) from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column \d+\)", str(error))
        line = int(found[1]) if found else 0
        raise CatalogueError(f"{error}".lower(), hint=_HINT, file=name, line=line) from error
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$")
        key = path.rstrip("`").lstrip(".")
        found = re.search(r"contains unknown field `([^`]+)`", message)
        if found:
            key = f"{key}.{found[1]}".lstrip(".")
        raise CatalogueError(
            message[:1].lower() + message[1:],
            hint=_HINT,
            file=name,
            line=line_of(text, key),
            key=key,
        ) from error


def _files(root: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in root.iterdir():
        name = f"{prefix}{entry.name}"
        if entry.is_dir():
            yield from _files(entry, f"{name}/")
        elif name.endswith(".toml"):
            yield name, entry


def _measure(name: str, data: bytes, annexes: Mapping[str, Annex]) -> Measure:
    measure = read_table(name, data, Measure, annexes)
    text = data.decode("utf-8")

    def fault(message: str, key: str) -> CatalogueError:
        return CatalogueError(message, hint=_HINT, file=name, line=line_of(text, key), key=key)

    if name != f"{measure.id}.toml":
        raise fault(f"`{measure.id}` is not the path of the file", "id")
    if not measure.texts:
        raise fault("nothing says where the measure is stated", "texts")
    if not measure.verified_by:
        raise fault("nothing says with what it was compared", "verified_by")
    _refuse_disorder(measure.in_force, "in_force", fault)
    _refuse_disorder(measure.suspended, "suspended", fault)
    _refuse_disorder(measure.states_only, "states_only", fault)
    for place, target in enumerate(measure.targets):
        if not set(target.forbids) <= set(measure.forbids):
            raise fault(
                "forbids more with this target than the measure forbids",
                f"targets[{place}].forbids",
            )
    ids = [relief.id for relief in measure.reliefs]
    if len(set(ids)) < len(ids):
        raise fault("two reliefs have one id", "reliefs")
    for goods in measure.goods_meant:
        for code in (*goods.codes, *goods.except_codes):
            if unread := _unread(code):
                raise CatalogueError(
                    f"{unread} of {code.code} can be compared with nothing",
                    hint="write a figure with `figure_above`, a currency or unit with a price",
                    file=name,
                    line=_line_with(text, f'"{code.code}"'),
                    key="codes",
                )
    return measure


def _line_with(text: str, part: str) -> int:
    return next((number for number, line in enumerate(text.splitlines(), 1) if part in line), 0)


def _unread(code: Code) -> str:
    """A condition of which a half is missing: it would be left out without a word."""
    halves = {
        "figure": (bool(code.figure), code.figure_above is not None),
        "price_above": (bool(code.currency), code.price_above is not None),
        "unit": (code.price_above is not None or not code.unit, True),
    }
    return next((name for name, (one, other) in halves.items() if one is not other), "")


def _refuse_disorder(
    days: Iterable[Days], key: str, fault: Callable[[str, str], CatalogueError]
) -> None:
    before: date | None = date.min
    for place, one in enumerate(days):
        at = f"{key}[{place}]"
        if one.valid_until is not None and one.valid_until <= one.valid_from:
            raise fault(f"ends on {one.valid_until}, and began on {one.valid_from}", at)
        if before is None or one.valid_from < before:
            raise fault("begins before the days above it have ended", at)
        before = one.valid_until


def _refuse_unlisted(words: Words) -> None:
    """See that the tables on items speak of items that there are."""
    listed = [item for items in words.lists.values() for item in items]
    tables = {
        "lists": (*words.lists, *listed),
        "apart": (*words.apart, *(one for row in words.apart.values() for one in row)),
    }
    for name, found in tables.items():
        for word in found:
            if word not in words.items and word != CHEMICALS:
                raise CatalogueError(
                    f"`{word}` is not in the vocabulary of items",
                    hint=f"add it with its words to a file of `{WORDS}`, or use one that is there",
                    file=WORDS,
                    key=name,
                )


def _refuse_unknown_words(measure: Measure, words: Words) -> None:
    used: dict[str, set[str]] = {name: set() for name in ("facts", "purposes", "items", "sectors")}
    used["kinds"] = {measure.kind}
    tree = msgspec.to_builtins(measure)
    for field, value in _walk(tree):
        if field in ("proof", "fact") and value:
            used["facts"].add(value)
        elif field in ("purposes", "items", "sectors"):
            used[field].add(value)
    for name, found in used.items():
        unknown = sorted(found - set(getattr(words, name)))
        if unknown:
            raise CatalogueError(
                f"`{unknown[0]}` is not in the vocabulary of {name}",
                hint=f"add it with its words to a file of `{WORDS}`, or use one that is there",
                file=f"{measure.id}.toml",
                key=unknown[0],
            )


def _walk(tree: object, field: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(tree, dict):
        for name, value in tree.items():
            yield from _walk(value, name)
    elif isinstance(tree, list):
        for value in tree:
            yield from _walk(value, field)
    elif isinstance(tree, str):
        yield field, tree
