"""Whether a line of goods stands under a code that a measure means, and is the part that is meant.

A listed heading means every longer code that begins with it; `ex` means a part, which its price,
figure or a stated fact must show.
"""

import re
from collections.abc import Iterator

import msgspec

from article41.law.facts import part_fact
from article41.law.items import NONE_OF_THEM, can_stand, some_of, stated_items
from article41.law.situation import Situation
from article41.law.truth import NO, YES, Held, every, no, some, unknown, yes
from article41.law.words import Words
from article41.model.acts import Goods
from article41.model.targets import Code

_CODE = re.compile(r"[^0-9]")
_YEAR = re.compile(r"\d{4}")
_HEADING = 4
"""Digits of a heading: headings named in measures did not change with the editions of the HS."""


def codes_held(
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
        yield _all_below(longer, line, path, situation, words) or _too_short(
            longer, line, path, situation
        )
    elif codes and not fitting:
        text = f"{line.code} does not begin with {_shown(codes[0])}"
        yield no(f"{path}.code", line.code, text)


def _all_below(
    codes: list[Code], line: Goods, path: str, situation: Situation, words: Words
) -> Held | None:
    """That all is meant that stands under the code given; absent where it is not, or not alike."""
    if not _is_whole(digits_of(line.code), {code.code for code in codes}, words):
        return None
    ways = [every(_tests(code, line, path, situation)) for code in codes]
    if all(way.truth is NO for way in ways):
        return some(ways)
    if any(way.truth is NO for way in ways) or not all(_is_edition(code, line) for code in codes):
        return None
    shown = " or ".join(dict.fromkeys(code.code for code in codes))
    text = f"all of {line.code} is {shown} of {codes[0].nomenclature}"
    return every([yes(f"{path}.code", line.code, text), *ways])


def _is_whole(digits: str, meant: set[str], words: Words) -> bool:
    """Whether every code that stands under these digits is one of those that are meant."""
    below = words.subheadings.get(digits, ())
    return bool(below) and all(one in meant or _is_whole(one, meant, words) for one in below)


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
    shown = some_of(tuple(dict.fromkeys(map(_shown, left))))
    return unknown(f"{path}.code", f"is it {shown}? only {line.code} is given")


def _without_code(codes: tuple[Code, ...], line: Goods, path: str, words: Words) -> Held:
    """Under which codes it may stand as far as its items tell: one question for all of them."""
    stated = [item for item in stated_items(line, words) if item and item != NONE_OF_THEM]
    left = [code for code in codes if all(can_stand(one, code.code, words) for one in stated)]
    if left:
        shown = dict.fromkeys(f"{_shown(code)} ({code.nomenclature})" for code in left)
        return unknown(f"{path}.code", f"is its code under one of {some_of(tuple(shown))}?")
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
    text = f"{line.code} is under {code.code} of {code.nomenclature}"
    if _is_edition(code, line) or len(code.code) <= _HEADING:
        return yes(f"{path}.code", line.code, text)
    return unknown(
        f"{path}.nomenclature",
        f"what is {line.code} of {line.nomenclature} in {code.nomenclature}?",
    )


def _is_edition(code: Code, line: Goods) -> bool:
    meant = _YEAR.search(code.nomenclature)
    given = _YEAR.search(line.nomenclature)
    return meant is None or given is None or meant[0] == given[0]


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
        yield unknown(fact, f"what is its price in {code.currency}: above {limit}?")
    elif (line.unit or "piece") != (code.unit or "piece"):
        yield unknown(fact, f"what is its price a {code.unit}: above {limit}?")
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


def digits_of(code: str) -> str:
    """The digits of a code, without what is written between them."""
    return _CODE.sub("", code)
