"""Names to measure with: the real lists, larger lists recombined from them, and customers.

Everything comes from the official files and from invented people in the folder that
`ARTICLE41_SHARED` names; equal seeds give equal names. `make bench-workloads` says how many.
"""

import csv
import json
import math
import os
import random
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from article41.model.entities import Schema
from article41.sources.publications import read_publications

SHARED = Path(os.environ.get("ARTICLE41_SHARED", Path(__file__).parents[2] / "shared")) / "data"
OFAC_FILES = ("ofac-sdn-2023-12-28.csv.gz", "ofac-alt-2024-01-08.csv", "ofac-add-2024-01-08.csv.gz")
OFAC_PUBLISHED = date(2023, 12, 28)
UN_FILE = "un-consolidated-2026-02-27.xml.gz"
LISTS = "OFAC SDN 2023-12-28 with ALT and ADD 2024-01-08, UN 2026-02-27"
INVENTED_FILE = "matching/synthetic_negatives.csv"

HEAPS_EXPONENT = 0.645
"""How the vocabulary of the real lists grows with their length."""
LONG = 4
"""Letters from which on a word may be replaced by a new one."""
SHARE_PERSONS = 0.93
SHARE_ORGANIZATIONS = 0.068
"""The rest of the customers are listed names with errors."""
SHARE_UNCHANGED = 0.5
SHARE_SPLICED = 0.05

_WORD = re.compile(r"[^\W_]+")
_DROPPED = str.maketrans("", "", ".'`’ʻʼ")


class Party(NamedTuple):
    """A name and what it is the name of."""

    name: str
    schema: Schema


def ofac_files() -> list[Path]:
    """One publication of OFAC's list."""
    return [there(SHARED / "ofac" / name) for name in OFAC_FILES]


def un_file() -> Path:
    """One publication of the UN list."""
    return there(SHARED / "un" / UN_FILE)


def there(path: Path) -> Path:
    """A file that is there; without it nothing is measured."""
    if not path.exists():
        print(json.dumps({"skipped": f"no {path.name}: set ARTICLE41_SHARED"}))
        sys.exit(0)
    return path


@cache
def listed() -> tuple[Party, ...]:
    """Every distinct name on the real lists as printed, apart from case and punctuation."""
    versions = [
        *read_publications(ofac_files(), published=OFAC_PUBLISHED),
        *read_publications([un_file()]),
    ]
    by_words: dict[str, Party] = {}
    for version in versions:
        for listing in version.listings():
            for name in listing.entity.names:
                party = Party(name.value, listing.entity.schema)
                by_words.setdefault(" ".join(words(name.value)), party)
    by_words.pop("", None)
    return tuple(by_words.values())


def words(text: str) -> list[str]:
    """The words of a name in lower case and its own script, without accents and other marks."""
    parts = unicodedata.normalize("NFKD", text.translate(_DROPPED))
    bare = "".join(letter for letter in parts if not "\u0300" <= letter <= "\u036f")
    return _WORD.findall(unicodedata.normalize("NFC", bare).lower())


def recombined(size: int, *, seed: int = 7) -> list[Party]:
    """A list of that many distinct names with the words and shapes of the real ones.

    Each name takes the shape of a real one and draws each word from those that stand in the same
    place of a name of the same kind, as often as they do. New words, spliced from real ones, join
    so that the vocabulary grows with the power `HEAPS_EXPONENT` of the number of names.
    """
    real = listed()
    return list(real[:size]) if size <= len(real) else _Recombiner(seed).names(size)


class _Recombiner:
    """The real names by kind and place of their words, and the words made up so far."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.shapes = [(words(party.name), party.schema) for party in listed()]
        self.pool: dict[tuple[object, ...], list[str]] = defaultdict(list)
        self.stems: dict[Schema, list[str]] = defaultdict(list)
        for parts, schema in self.shapes:
            for place, word in enumerate(parts):
                self.pool[_slot(schema, place, parts)].append(word)
                if len(word) > LONG and word.isalpha():
                    self.stems[schema].append(word)
        self.vocabulary = {word for parts, _ in self.shapes for word in parts}
        self.made: list[str] = []

    def names(self, size: int) -> list[Party]:
        names = {" ".join(parts): schema for parts, schema in self.shapes}
        words_real, names_real = len(self.vocabulary), len(names)
        while len(names) < size:
            parts, schema = self.random.choice(self.shapes)
            due = words_real * (len(names) / names_real) ** HEAPS_EXPONENT
            share = 0.5 * len(self.made) / len(self.vocabulary)
            new = [
                self._word(word, _slot(schema, place, parts), due, share)
                for place, word in enumerate(parts)
            ]
            names.setdefault(" ".join(new), schema)
        return [Party(name, schema) for name, schema in names.items()]

    def _word(self, word: str, slot: tuple[object, ...], due: float, share: float) -> str:
        if len(word) >= LONG and word.isalpha():
            if len(self.vocabulary) < due:
                made = self._spliced(slot[0])
                self.made.append(made)
                self.vocabulary.add(made)
                return made
            if self.made and self.random.random() < share:
                return self.random.choice(self.made)
        return self.random.choice(self.pool[slot])

    def _spliced(self, schema: object) -> str:
        """The head of one real word and the tail of another, joined on a shared letter."""
        stems = self.stems[schema]  # type: ignore[index]
        while True:
            head, tail = self.random.choice(stems), self.random.choice(stems)
            cut = self.random.randint(2, len(head) - 2)
            joint = tail.find(head[cut - 1], 1)
            word = head[:cut] + tail[joint + 1 :]
            if 0 < joint < len(tail) - 1 and LONG <= len(word) <= 16:
                return word


def _slot(schema: Schema, place: int, parts: Sequence[str]) -> tuple[object, ...]:
    where = "first" if place == 0 else "last" if place == len(parts) - 1 else "middle"
    word = parts[place]
    return schema, where, word.isdigit(), min(len(word), 3)


@cache
def _invented() -> dict[str, list[str]]:
    """The names of invented people by country."""
    by_country = defaultdict(list)
    with there(SHARED / INVENTED_FILE).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            by_country[row["country"]].append(row["name"])
    return dict(by_country)


def customers(size: int, *, seed: int = 11) -> Iterator[Party]:
    """Customers of a bank: invented people, organisations, and a few that are listed.

    Half of the persons are the invented people as they are, in their own script. The others take
    the given names of one and the family name of another of the same country, and in one of
    twenty the family name is spliced from two. Organisations have the shape of a listed one with
    most words drawn from others. Two in a thousand are listed names with errors.
    """
    chance = random.Random(seed)
    countries = list(_invented().values())
    lengths = [len(names) for names in countries]
    organizations = [words(p.name) for p in listed() if p.schema is Schema.ORGANIZATION]
    trade = [word for parts in organizations for word in parts]
    for _ in range(size):
        kind = chance.random()
        if kind < SHARE_PERSONS:
            names = chance.choices(countries, lengths)[0]
            yield Party(_person(names, chance), Schema.PERSON)
        elif kind < SHARE_PERSONS + SHARE_ORGANIZATIONS:
            shape = chance.choice(organizations)
            parts = [chance.choice(trade) if chance.random() < 0.6 else word for word in shape]
            yield Party(" ".join(parts), Schema.ORGANIZATION)
        else:
            party = chance.choice(listed())
            yield Party(perturbed_name(party.name, chance), party.schema)


def _person(names: list[str], chance: random.Random) -> str:
    one = chance.choice(names)
    if chance.random() < SHARE_UNCHANGED:
        return one
    given, family = one.split(), chance.choice(names).split()[-1]
    if chance.random() < 2 * SHARE_SPLICED and len(family) > LONG:
        other = chance.choice(names).split()[-1]
        family = (family[: chance.randint(2, len(family) - 2)] + other[len(other) // 2 :])[:14]
    return " ".join([*given[:-1], family])


def perturbed(parties: Sequence[Party], size: int, *, seed: int = 13) -> list[Party]:
    """Names of a list with one or two errors each, as people make them."""
    chance = random.Random(seed)
    drawn = [chance.choice(parties) for _ in range(size)]
    return [Party(perturbed_name(party.name, chance), party.schema) for party in drawn]


def exact(parties: Sequence[Party], size: int, *, seed: int = 17) -> list[Party]:
    """Names of a list as they are."""
    chance = random.Random(seed)
    return [chance.choice(parties) for _ in range(size)]


def hard(size: int, *, seed: int = 19) -> list[Party]:
    """Words of listed names by their frequency, thrown together at random."""
    chance = random.Random(seed)
    persons = [w for p in listed() if p.schema is Schema.PERSON for w in words(p.name)]
    others = [w for p in listed() if p.schema is not Schema.PERSON for w in words(p.name)]
    return [
        Party(
            " ".join(
                chance.choice(persons if chance.random() < 0.7 else others)
                for _ in range(chance.choice((2, 3, 3, 4, 5)))
            ),
            Schema.LEGAL_ENTITY,
        )
        for _ in range(size)
    ]


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SPELLINGS = (
    ("mohammed", "muhammad"), ("hussein", "husayn"), ("ou", "u"), ("kh", "h"), ("q", "k"),
    ("ph", "f"), ("y", "i"), ("ee", "i"), ("ae", "e"), ("dh", "d"), ("c", "k"), ("z", "s"),
    ("w", "v"), ("iy", "i"), ("ck", "k"),
)  # fmt: skip


def perturbed_name(name: str, chance: random.Random) -> str:
    """A name with typing errors, another spelling, or words lost, added, glued or cut short."""
    parts = words(name)
    kind = chance.random()
    if kind < 0.35:
        _mistype(parts, chance)
    elif kind < 0.6:
        _respell(parts, chance)
    elif kind < 0.7 and len(parts) > 2:
        parts.pop(chance.randrange(len(parts)))
    elif kind < 0.8 and len(parts) > 1:
        at = chance.randrange(len(parts) - 1)
        parts[at : at + 2] = [parts[at] + parts[at + 1]]
    elif kind < 0.9 and len(parts) > 1:
        at = chance.randrange(len(parts))
        parts[at] = parts[at][0]
    else:
        stranger = words(chance.choice(_invented()["us"]))
        parts.insert(chance.randrange(len(parts) + 1), stranger[0])
    if chance.random() < 0.3:
        chance.shuffle(parts)
    return " ".join(parts)


def _mistype(parts: list[str], chance: random.Random) -> None:
    for at in {chance.randrange(len(parts)) for _ in range(1 + (chance.random() < 0.3))}:
        word = parts[at]
        if len(word) < LONG:
            continue
        cut, letter = chance.randrange(1, len(word)), chance.choice(_LETTERS)
        head, tail = word[:cut], word[cut:]
        swapped = head + tail[1:2] + tail[:1] + tail[2:]
        parts[at] = chance.choice((head + letter + tail[1:], head + tail[1:], head + letter + tail,
                                   swapped))  # fmt: skip


def _respell(parts: list[str], chance: random.Random) -> None:
    for old, new in chance.sample(_SPELLINGS, 6):
        at = next((place for place, word in enumerate(parts) if old in word), None)
        if at is not None:
            parts[at] = parts[at].replace(old, new)


def described(parties: Sequence[Party]) -> dict[str, float]:
    """How many names, words, letters and distinct words."""
    split = [words(party.name) for party in parties]
    return {
        "names": len(parties),
        "words_per_name": round(sum(map(len, split)) / len(split), 2),
        "letters_per_name": round(sum(len(p.name) for p in parties) / len(parties), 1),
        "words": len({word for parts in split for word in parts}),
    }


def heaps_exponent(parties: Sequence[Party], *, seed: int = 5) -> float:
    """With which power of the number of names the vocabulary grows, between a quarter and all."""
    shuffled = [words(party.name) for party in parties]
    random.Random(seed).shuffle(shuffled)
    quarter = len({word for parts in shuffled[: len(shuffled) // 4] for word in parts})
    return round(math.log(len({w for parts in shuffled for w in parts}) / quarter) / math.log(4), 3)


def main() -> None:
    figures = {
        "lists": LISTS,
        "real": described(listed()) | {"heaps_exponent": heaps_exponent(listed())},
        "200k": described(recombined(200_000)),
        "1M": described(recombined(1_000_000)),
        "customers": described(list(customers(20_000))),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
