"""Whether a line of goods is what a measure means: codes, items, CAS numbers, origin, destination.

A listed heading means every longer code that begins with it; `ex` means a part, which its price,
figure or a stated fact must show.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from article41.law.facts import part_fact
from article41.law.items import NONE_OF_THEM, can_also_be, is_on, item_of, left_open
from article41.law.situation import Situation
from article41.law.truth import (
    HOLDS,
    NO,
    UNKNOWN,
    YES,
    Held,
    every,
    negated,
    no,
    none_of,
    some,
    unknown,
    yes,
)
from article41.law.words import CHEMICALS, Words
from article41.model.acts import CargoAct, Goods
from article41.model.targets import Code, GoodsTarget

_CODE = re.compile(r"[^0-9]")
_YEAR = re.compile(r"\d{4}")
_HEADING = 4
"""Digits of a heading: headings named in measures did not change with the editions of the HS."""


def goods_held(target: GoodsTarget, situation: Situation, words: Words) -> Held:
    """Whether one line of the goods is what is meant.

    Args:
        target: What is meant.
        situation: The act.
        words: The vocabulary: lists of items, and the chapters of the HS in which one can stand.
    """
    lines = situation.goods
    if not lines:
        return no("goods", "", "the act is about no goods")
    # The catalogue holds the target as long as the act is looked at: its identity is a key.
    return situation.once(
        ("goods", id(target)),
        lambda: some(line_held(target, situation, number, words) for number in range(len(lines))),
    )


def line_held(target: GoodsTarget, situation: Situation, number: int, words: Words) -> Held:
    """Whether one line is what is meant."""
    line = situation.goods[number]
    path = f"goods[{number}]"
    parts = [
        what_held(target, line, path, situation, words),
        _source(target, line, path, situation),
        _destination(target, line, path, situation),
    ]
    if target.except_codes:
        parts.append(_excepted(target, line, path, situation, words))
    if target.us_content is not None:
        parts.append(_us_content(target.us_content, line, path))
    if target.removed_after is not None:
        parts.append(_stated(situation, f"removed-after-{target.removed_after}", path))
    return every(parts)


def what_held(
    target: GoodsTarget, line: Goods, path: str, situation: Situation, words: Words
) -> Held:
    """Whether a line is meant by its code, its items or its CAS numbers, wherever it is from."""
    ways = [
        *_codes(target.codes, line, path, situation, words),
        *_items(target.items, line, path, words),
        *_cas(target.cas, line, path, words),
    ]
    return some(ways) if ways else HOLDS


def _codes(
    codes: tuple[Code, ...], line: Goods, path: str, situation: Situation, words: Words
) -> Iterator[Held]:
    """Each code under which the line may stand; if there is none, the first says why not."""
    digits = digits_of(line.code)
    if codes and not digits:
        yield _without_code(codes, line, path, words)
        return
    fitting = [code for code in codes if digits.startswith(code.code)]
    either = _used_or_new(fitting, line, path, situation)
    if either is not None:
        yield either
        return
    for code in fitting:
        yield _code(code, line, path, situation)
    if longer := [code for code in codes if code.code.startswith(digits) and code not in fitting]:
        yield _too_short(longer, line, path, situation)
    elif codes and not fitting:
        text = f"{line.code} does not begin with {_shown(codes[0])}"
        yield no(f"{path}.code", line.code, text)


def _too_short(codes: list[Code], line: Goods, path: str, situation: Situation) -> Held:
    """The code given is too short to tell: one question for all longer ones that are left."""
    left: list[Code] = []
    against: list[Held] = []
    for code in codes:
        tests = every(_tests(code, line, path, situation))
        if tests.truth is NO:
            against.append(tests)
        else:
            left.append(code)
    if not left:
        return some(against)
    shown = _some_of(tuple(dict.fromkeys(map(_shown, left))))
    return unknown(f"{path}.code", f"is it {shown}? only {line.code} is given")


def _without_code(codes: tuple[Code, ...], line: Goods, path: str, words: Words) -> Held:
    """Under which codes it may stand as far as its items tell: one question for all of them."""
    stated = [item for item in stated_items(line, words) if item and item != NONE_OF_THEM]
    left = [code for code in codes if all(can_stand(one, code.code, words) for one in stated)]
    if left:
        shown = dict.fromkeys(f"{_shown(code)} ({code.nomenclature})" for code in left)
        return unknown(f"{path}.code", f"what is its code? {_some_of(tuple(shown))} is meant")
    given = ", ".join(line.items)
    return no(f"{path}.items", given, f"stated by its items, and not to be {_shown(codes[0])}")


def _used_or_new(codes: list[Code], line: Goods, path: str, situation: Situation) -> Held | None:
    """That it is meant both if it is used and if it is new, where nobody says which it is."""
    if line.is_used is not None or all(code.is_used is None for code in codes):
        return None
    ways = [
        some(_code(code, msgspec.structs.replace(line, is_used=is_used), path, situation)
             for code in codes)
        for is_used in (True, False)
    ]  # fmt: skip
    if any(way.truth is not YES for way in ways):
        return None
    because = dict.fromkeys(each for way in ways for each in way.because)
    told = tuple(each for each in because if each.fact != f"{path}.is_used")
    return msgspec.structs.replace(ways[0], because=told)


def _code(code: Code, line: Goods, path: str, situation: Situation) -> Held:
    return every([_edition(code, line, path), *_tests(code, line, path, situation)])


def _shown(code: Code) -> str:
    return f"{'ex ' if code.is_part else ''}{code.code}"


def _edition(code: Code, line: Goods, path: str) -> Held:
    meant = _YEAR.search(code.nomenclature)
    given = _YEAR.search(line.nomenclature)
    text = f"{line.code} is under {code.code} of {code.nomenclature}"
    is_same = meant is None or given is None or meant[0] == given[0]
    if is_same or len(code.code) <= _HEADING:
        return yes(f"{path}.code", line.code, text)
    return unknown(
        f"{path}.nomenclature",
        f"what is {line.code} of {line.nomenclature} in {code.nomenclature}?",
    )


def _tests(code: Code, line: Goods, path: str, situation: Situation) -> Iterator[Held]:
    """What else must be so of goods under a code; of a part at least that it is the part."""
    tests = [*_price(code, line, path), *_figure(code, line, path), *_used(code, line, path)]
    yield from tests
    if not code.is_part:
        return
    fact, shown = part_fact(code.code), _shown(code)
    stated = situation.act.facts.get(fact)
    if stated is not None:
        held = yes if stated else no
        yield held(f"facts.{fact}", stated, f"the part of {shown} that is meant")
    elif not tests:
        question = f"is it the part of {shown} that is meant: {code.description or 'as described'}?"
        yield unknown(f"facts.{fact}", question)


def _used(code: Code, line: Goods, path: str) -> Iterator[Held]:
    if code.is_used is None:
        return
    fact = f"{path}.is_used"
    if line.is_used is None:
        yield unknown(fact, "is it used or new?")
    else:
        word = "used" if line.is_used else "new"
        held = yes if line.is_used is code.is_used else no
        yield held(fact, word, f"{word} goods")


def _price(code: Code, line: Goods, path: str) -> Iterator[Held]:
    if code.price_above is None:
        return
    limit = f"{code.currency} {code.price_above} a {code.unit or 'piece'}"
    fact = f"{path}.unit_price"
    price = line.unit_price
    if price is None:
        yield unknown(fact, f"is its price above {limit}?")
    elif price.currency != code.currency:
        yield unknown(fact, f"what is its price in {code.currency}? above {limit} is meant")
    elif (line.unit or "piece") != (code.unit or "piece"):
        yield unknown(fact, f"what is its price a {code.unit}? above {limit} is meant")
    elif price.amount > code.price_above:
        yield yes(fact, f"{price.currency} {price.amount}", f"above {limit}")
    else:
        yield no(fact, f"{price.currency} {price.amount}", f"not above {limit}")


def _figure(code: Code, line: Goods, path: str) -> Iterator[Held]:
    if not code.figure or code.figure_above is None:
        return
    fact = f"{path}.figures.{code.figure}"
    value = line.figures.get(code.figure)
    if value is None:
        yield unknown(fact, f"is its {code.figure} above {code.figure_above}?")
    elif value > code.figure_above:
        yield yes(fact, value, f"above {code.figure_above}")
    else:
        yield no(fact, value, f"not above {code.figure_above}")


def _items(meant: tuple[str, ...], line: Goods, path: str, words: Words) -> Iterator[Held]:
    """Items: stated, or possible by what is stated of others and by the code."""
    if not meant:
        return
    fact = f"{path}.items"
    stated = stated_items(line, words)
    given = ", ".join(line.items)
    possible = meant
    if stated:
        # The name of a list stands for those of its items that are meant beside it.
        lists = {words.list_by_item.get(item, "") for item in meant}
        wanted = [item for item in meant if item not in lists]
        if found := [
            one for one in stated if one in meant or any(is_on(item, one, words) for item in wanted)
        ]:
            yield yes(fact, ", ".join(found), f"{', '.join(found)} is meant")
            return
        possible = left_open(stated, meant, words)
        if not possible:
            yield no(fact, given, "stated to be another")
            return
    possible = _possible(possible, digits_of(line.code), _Table(words))
    if not possible:
        yield no(f"{path}.code", line.code, f"no listed item stands under {line.code}")
    else:
        yield unknown(fact, _which(possible, given))


def _cas(meant: tuple[str, ...], line: Goods, path: str, words: Words) -> Iterator[Held]:
    """CAS numbers: who states one of a line states all; equipment and the like has none."""
    if not meant:
        return
    fact = f"{path}.cas"
    found = [number for number in line.cas if number in meant]
    stated = stated_items(line, words)
    if found:
        yield yes(fact, ", ".join(found), f"{', '.join(found)} is meant")
    elif line.cas:
        yield no(fact, ", ".join(line.cas), "stated to be another")
    elif not all(can_also_be(one, CHEMICALS, words) for one in stated):
        yield no(f"{path}.items", ", ".join(line.items), "stated to be no chemical that is meant")
    elif not can_stand(CHEMICALS, digits_of(line.code), words):
        yield no(f"{path}.code", line.code, f"no listed chemical stands under {line.code}")
    else:
        yield unknown(fact, _which(meant))


def stated_items(line: Goods, words: Words) -> tuple[str, ...]:
    """The items that are stated of a line, an empty one for each of which nobody can be certain."""
    return tuple(item_of(word, words) for word in line.items)


def _which(possible: tuple[str, ...], given: str = "") -> str:
    what = f"is `{given}`" if given else "is it"
    return f"{what} one of {_some_of(possible)}? (`{NONE_OF_THEM}` if it is none of them)"


def _some_of(words: tuple[str, ...]) -> str:
    return ", ".join(words[:4]) + (", ..." if len(words) > 4 else "")


def digits_of(code: str) -> str:
    """The digits of a code, without what is written between them."""
    return _CODE.sub("", code)


class _Table:
    """A vocabulary that is asked again and again, known by its identity."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __hash__(self) -> int:
        return id(self.words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Table) and other.words is self.words


@lru_cache(maxsize=20_000)
def _possible(meant: tuple[str, ...], digits: str, table: _Table) -> tuple[str, ...]:
    """The items that can stand under a code: the same codes come again and again."""
    return tuple(item for item in meant if can_stand(item, digits, table.words))


def can_stand(item: str, digits: str, words: Words) -> bool:
    """True if an item can stand under a code, as far as both are known."""
    beginnings = words.chapters.get(item)
    if not digits or beginnings is None:
        return True
    return _begins(digits, beginnings)


@lru_cache(maxsize=100_000)
def _begins(digits: str, beginnings: tuple[str, ...]) -> bool:
    """True if one of the two begins with the other; asked again and again of the same codes."""
    return any(digits.startswith(one) or one.startswith(digits) for one in beginnings)


def _source(target: GoodsTarget, line: Goods, path: str, situation: Situation) -> Held:
    if not (target.origin or target.exported_from):
        return HOLDS
    ways = []
    if target.origin:
        ways.append(_country(target.origin, line.origin, f"{path}.origin", "its origin"))
    if target.exported_from:
        act = situation.act
        value, fact = line.exported_from, f"{path}.exported_from"
        if not value and isinstance(act, CargoAct):
            value, fact = act.loaded_in, "loaded_in"
        ways.append(_country(target.exported_from, value, fact, "where it leaves"))
    held = some(ways)
    # What is known to come from elsewhere is not made doubtful by an unknown port of loading.
    if held.truth is UNKNOWN and target.origin and line.origin and not line.exported_from:
        return ways[0]
    return held


def _country(meant: tuple[str, ...], value: str, fact: str, what: str) -> Held:
    if not value:
        return unknown(fact, f"what is {what}? {', '.join(meant)} is meant")
    if value in meant:
        return yes(fact, value, f"{what} is {value}")
    return no(fact, value, f"{what} is {value}, not {', '.join(meant)}")


def _destination(target: GoodsTarget, line: Goods, path: str, situation: Situation) -> Held:
    meant = target.destination
    if not meant:
        return HOLDS
    going = dict(situation.destinations)
    if line.destination:
        going = {line.destination: f"{path}.destination", **going}
    for country, fact in going.items():
        if country in meant:
            return yes(fact, country, f"goes to {country}")
    if not going:
        question = f"where does it go in the end? {', '.join(meant)} is meant"
        return unknown(f"{path}.destination", question)
    return none_of(going, f"goes to {{}}, not {', '.join(meant)}")


def _excepted(
    target: GoodsTarget, line: Goods, path: str, situation: Situation, words: Words
) -> Held:
    return negated(some(_codes(target.except_codes, line, path, situation, words)))


def _us_content(meant: bool, line: Goods, path: str) -> Held:  # noqa: FBT001
    fact = f"{path}.us_content"
    if line.us_content is None:
        if line.origin == "US":
            held = yes if meant else no
            return held(f"{path}.origin", "US", "made in the United States")
        return unknown(fact, "is it of US origin or under US export rules?")
    held = yes if line.us_content is meant else no
    return held(fact, line.us_content, "under US export rules" if line.us_content else "not")


def _stated(situation: Situation, fact: str, path: str) -> Held:
    stated = situation.act.facts.get(fact)
    if stated is None:
        return unknown(f"facts.{fact}", f"is this so of {path}: {fact}?")
    return (yes if stated else no)(f"facts.{fact}", stated, fact)
