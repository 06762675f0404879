"""Whether a line of goods is what a measure means: code, items, CAS number, origin, destination."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from article41.law.codes import codes_held, digits_of
from article41.law.grounds import US_PARTS_ASKED
from article41.law.items import (
    NONE_OF_THEM,
    can_also_be,
    can_stand,
    is_on,
    left_open,
    possible_under,
    some_of,
    stated_items,
)
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
from article41.law.words import CHEMICALS, US_PARTS, Words, either
from article41.model.acts import Asker, CargoAct, Goods
from article41.model.targets import Code, GoodsTarget
from article41.model.verdicts import Because

LINES_KEPT_MAX = 50_000
"""Lines of goods of which it is kept by what they are not meant: codes come again and again."""
NOTHING = Situation(CargoAct(on=date.min, asker=Asker(party=""), parties=(), goods=()), {})
"""An act that says nothing, for what is asked of a line of goods alone."""


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
        parts.append(_us_content(target.us_content, line, path, situation, words))
    if target.removed_after is not None:
        parts.append(_removed_after(target.removed_after, situation, path))
    return every(parts)


def what_held(
    target: GoodsTarget, line: Goods, path: str, situation: Situation, words: Words
) -> Held:
    """Whether a line is meant by its code, its items or its CAS numbers, wherever it is from."""
    bare = _Bare(line.code, line.items, line.cas, line.nomenclature, path)
    return _missed(target, bare, words) or _what(target, line, path, situation, words)


class _Bare(NamedTuple):
    """What a line is said to be, whatever else is said of it and of the act."""

    code: str
    items: tuple[str, ...]
    cas: tuple[str, ...]
    nomenclature: str
    path: str


@lru_cache(maxsize=LINES_KEPT_MAX)
def _missed(target: GoodsTarget, line: _Bare, words: Words) -> Held | None:
    """Why a line is not meant whatever its price, its use or the facts of the act are."""
    bare = Goods(code=line.code, items=line.items, cas=line.cas, nomenclature=line.nomenclature)
    held = _what(target, bare, line.path, NOTHING, words)
    return held if held.truth is NO else None


def _what(target: GoodsTarget, line: Goods, path: str, situation: Situation, words: Words) -> Held:
    codes = () if _is_apart(target, line, words) else target.codes
    items = _items(target.items, line, path, words)
    if _is_asked_by_code(target.codes, line):
        items = (way for way in items if way.truth is not UNKNOWN)
    ways = [
        *codes_held(codes, line, path, situation, words),
        *items,
        *_cas(target.cas, line, path, words),
    ]
    return some(ways) if ways else HOLDS


def _is_apart(target: GoodsTarget, line: Goods, words: Words) -> bool:
    """True if it needs no code: it is stated to be what can be none of the items that are meant.

    Beside items, the codes of a target are those under which these stand.
    """
    stated = [item for item in stated_items(line, words) if item and item != NONE_OF_THEM]
    if line.code or not (stated and target.items):
        return False
    return not left_open(stated, target.items, words)


def _is_asked_by_code(codes: tuple[Code, ...], line: Goods) -> bool:
    """True if a fact asks whether it is the part of a heading: the items would ask that again."""
    digits = digits_of(line.code)
    return any(code.is_part and digits.startswith(code.code) for code in codes)


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
    possible = possible_under(possible, digits_of(line.code), words)
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


def _which(possible: tuple[str, ...], given: str = "") -> str:
    what = f"is `{given}`" if given else "is it"
    return f"{what} one of {some_of(possible)}? (`{NONE_OF_THEM}` if it is none of them)"


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
        ways.append(_country(target.exported_from, value, fact, "where it leaves from"))
    held = some(ways)
    # What is known to come from elsewhere is not made doubtful by an unknown port of loading.
    if held.truth is UNKNOWN and target.origin and line.origin and not line.exported_from:
        return ways[0]
    # What is carried to a country from elsewhere is not asked whether it once came from there.
    going = {line.destination, *situation.destinations} - {""}
    if held.truth is UNKNOWN and ways[-1].truth is NO and going and going <= set(target.origin):
        return ways[-1]
    return held


def _country(meant: tuple[str, ...], value: str, fact: str, what: str) -> Held:
    if not value:
        return unknown(fact, f"is {what} {either(meant)}?")
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
    question = f"does it go to {either(meant)} in the end?"
    return going_held(meant, going, unknown(f"{path}.destination", question))


def going_held(meant: Sequence[str], going: Mapping[str, str], untold: Held) -> Held:
    """Whether something goes to one of some countries.

    Args:
        meant: The countries.
        going: Where it goes, each with the fact that says so.
        untold: The question, where nobody says where.
    """
    for country, fact in going.items():
        if country in meant:
            return yes(fact, country, f"goes to {country}")
    return none_of(going, f"goes to {{}}, not {', '.join(meant)}") if going else untold


def _excepted(
    target: GoodsTarget, line: Goods, path: str, situation: Situation, words: Words
) -> Held:
    return negated(some(codes_held(target.except_codes, line, path, situation, words)))


def _us_content(
    meant: bool,  # noqa: FBT001
    line: Goods,
    path: str,
    situation: Situation,
    words: Words,
) -> Held:
    fact = f"{path}.us_content"
    if line.us_content is None:
        if _holds_no_us_parts(line, situation, words):
            truth = NO if meant else YES
            return Held(truth=truth, because=tuple(_no_us_parts(line, path, situation)))
        if line.origin == "US":
            held = yes if meant else no
            return held(f"{path}.origin", "US", "made in the United States")
        asked = US_PARTS_ASKED if line.origin else "is it of US origin or under US export rules?"
        return unknown(fact, asked)
    held = yes if line.us_content is meant else no
    return held(fact, line.us_content, "under US export rules" if line.us_content else "not")


def _holds_no_us_parts(line: Goods, situation: Situation, words: Words) -> bool:
    """True of food that is made elsewhere and does not pass through the United States."""
    if not line.origin or "US" in (line.origin, line.exported_from, *_stops(situation)):
        return False
    return not can_stand(US_PARTS, digits_of(line.code), words)


def _no_us_parts(line: Goods, path: str, situation: Situation) -> Iterator[Because]:
    text = "food made elsewhere holds no part that US export rules control, and is under them "
    text += "only where it is in the United States"
    yield Because(fact=f"{path}.code", value=line.code, text=text)
    yield Because(fact=f"{path}.origin", value=line.origin, text=f"made in {line.origin}")
    for country in _stops(situation):
        yield Because(fact="via", value=country, text=f"passes through {country}")


def _stops(situation: Situation) -> tuple[str, ...]:
    act = situation.act
    return tuple(filter(None, (act.loaded_in, *act.via))) if isinstance(act, CargoAct) else ()


def _removed_after(day: date, situation: Situation, path: str) -> Held:
    fact = f"removed-after-{day}"
    stated = situation.act.facts.get(fact)
    question = f"did {path} leave its country of origin on {day} or later?"
    if stated is None:
        return unknown(f"facts.{fact}", question)
    said = f"{question} {'yes' if stated else 'no'}"
    return (yes if stated else no)(f"facts.{fact}", str(stated).lower(), said)
