"""Whether law that is not held can bear on an act: by the goods, or the region, that it is about.

What the act does not say is asked for and never taken for a no.
"""

from collections.abc import Iterator, Mapping, Sequence

from article41.law.acting import BANK_ROLES
from article41.law.codes import digits_of
from article41.law.coverage import CoverageKind, CoverageRow
from article41.law.goods import going_held
from article41.law.items import (
    NO_CONTROL_NUMBER,
    NONE_OF_THEM,
    can_stand,
    is_on,
    left_open,
    stated_items,
)
from article41.law.regions import Region
from article41.law.situation import Situation
from article41.law.ties import places_of
from article41.law.truth import (
    HOLDS,
    NO,
    UNKNOWN,
    YES,
    Asked,
    Held,
    every,
    no,
    some,
    unknown,
    yes,
)
from article41.law.words import Words, either
from article41.model.acts import Act, CargoAct, CommunicationAct, Goods, PaymentAct
from article41.model.verdicts import Because

ARMS = "arms"
"""How the table calls the goods of military and repression lists."""
_LISTS_OF_ARMS = ("common-military-list", "internal-repression-equipment")
_CONTROL_LISTS = {
    "common-military-list", "internal-repression-equipment", "annex-ia", "annex-ix", "annex-v",
    "annex-vi", "ca-syria-schedule-2",
}  # fmt: skip
_PORTS = ("loaded_at", "discharged_at")
_FREE_TEXT = "text"


def bearing_of(
    row: CoverageRow, situation: Situation, words: Words, regions: Mapping[str, Region]
) -> Held:
    """Whether the law of a row can bear on an act that touches its regime.

    Args:
        row: Of law that is not held.
        situation: The act.
        words: The vocabulary.
        regions: By their name; a row on a region that is not there bears on every act.
    """
    parts = [some(_by_kind(kind, row, situation, words) for kind in row.kinds)]
    region = regions.get(row.region)
    if region is not None:
        parts.append(region_held(region, situation, words))
    if row.exports:
        parts.append(_going(row.touches, situation))
    return every(parts)


def _going(countries: Sequence[str], situation: Situation) -> Held:
    """Whether goods go to one of the countries."""
    if not situation.goods and not isinstance(situation.act, CargoAct):
        return no("goods", "", "the act is about no goods")
    going = dict(situation.destinations)
    for number, line in enumerate(situation.goods):
        if line.destination:
            going.setdefault(line.destination, f"goods[{number}].destination")
    question = f"does it go to {either(countries)}?"
    return going_held(countries, going, unknown("discharged_in", question))


def _by_kind(kind: CoverageKind, row: CoverageRow, situation: Situation, words: Words) -> Held:
    if kind is CoverageKind.ARMS:
        return _goods_held((ARMS,), situation, words)
    # What travels without a declared cargo may carry it: the act does not say.
    if row.goods and isinstance(situation.act, CargoAct | CommunicationAct):
        return _goods_held(row.goods, situation, words)
    return HOLDS


def _goods_held(meant: Sequence[str], situation: Situation, words: Words) -> Held:
    def work_out() -> Held:
        if not situation.goods:
            if isinstance(situation.act, CargoAct):
                return unknown("goods", "which goods are they?")
            return no("goods", "", "the act is about no goods")
        return some(
            _line_held(one, line, f"goods[{number}]", words)
            for number, line in enumerate(situation.goods)
            for one in meant
        )

    return situation.once(("goods-of", *meant), work_out)


def _line_held(meant: str, line: Goods, path: str, words: Words) -> Held:
    digits = digits_of(line.code)
    if meant.isdigit():
        return _code_held(meant, digits, f"{path}.code")
    stated = stated_items(line, words)
    given = ", ".join(line.items)
    lists = _LISTS_OF_ARMS if meant == ARMS else (meant,)
    # Control lists differ and their numbers do not tell the end use: any of them may be meant.
    found = [
        item
        for item in stated
        if (_may_be_arms(item, words) if meant == ARMS else is_on(meant, item, words))
    ]
    if found:
        return yes(f"{path}.items", ", ".join(found), "stands on a list of controlled goods")
    possible = [one for one in lists if left_open(stated, (one,), words)]
    if not possible:
        return no(f"{path}.items", given, f"stated to be no {meant}")
    if not any(can_stand(one, digits, words) for one in possible):
        return no(f"{path}.code", line.code, f"no {meant} stands under {line.code}")
    return unknown(f"{path}.items", _question(meant, given))


def _may_be_arms(item: str, words: Words) -> bool:
    """True of an item of a control list, and not of works of art, luxury goods or money."""
    if item in ("", NONE_OF_THEM, NO_CONTROL_NUMBER):
        return False
    return item not in words.items or bool({item, words.list_by_item.get(item)} & _CONTROL_LISTS)


def _code_held(meant: str, digits: str, fact: str) -> Held:
    if not digits:
        return unknown(fact, f"is its code under {meant}?")
    if digits.startswith(meant):
        return yes(fact, digits, f"{digits} is under {meant}")
    if meant.startswith(digits):
        return unknown(fact, f"is it {meant}? only {digits} is given")
    return no(fact, digits, f"{digits} is not under {meant}")


def _question(meant: str, given: str) -> str:
    what = "arms or related materiel, or on another control list" if meant == ARMS else meant
    goods = f"`{given}`" if given else "it"
    return f"is {goods} {what}? (`{NONE_OF_THEM}` if it is on no list)"


def named_in(region: Region, situation: Situation) -> Held:
    """Whether the act names a place of a region: yes, no, or only in passing.

    A place of loading, of discharge or of an address that wholly lies in the region settles it; of
    a free text, and of a place of which a part lies there, the fact must tell.
    """
    asked = (Asked(fact=f"facts.{region.fact}", question=f"does it touch {region.title}?"),)

    def work_out() -> Held:
        because: list[Because] = []
        settling: set[str] = set()
        for fact, text in _texts(situation):
            for name, place in region.named_in(text, situation.day):
                part = "" if place.is_whole else "partly "
                said = f"{name} lies {part}in {region.title}: {place.citation}"
                because.append(Because(fact=fact, value=text, text=said))
                if place.is_whole and fact != _FREE_TEXT:
                    settling.add(fact)
        truth = YES if settling else UNKNOWN if because else NO
        is_sure = not settling.isdisjoint(_PORTS)
        return Held(
            truth=truth, because=tuple(dict.fromkeys(because)), asked=() if is_sure else asked
        )

    return situation.once(("named-in", region.name), work_out)


def _texts(situation: Situation) -> Iterator[tuple[str, str]]:
    act = situation.act
    for field in _PORTS:
        if text := getattr(act, field, ""):
            yield field, text
    for party in act.parties:
        if party.address:
            yield f"parties.{party.key}.address", party.address
    if act.text:
        yield _FREE_TEXT, act.text


def lies_elsewhere(region: Region, act: Act) -> Because | None:
    """Why a payment does not touch a region of a country that it touches; none if it may.

    Every party of the country must have an address at a place outside. A bank may have none:
    the central bank of the country licenses none in a region that it has lost.

    Args:
        region: The region.
        act: Any act; of others than payments goods may come from anywhere.
    """
    theirs = set(region.countries)
    if not isinstance(act, PaymentAct) or not theirs.isdisjoint(code for code, _ in places_of(act)):
        return None
    found = None
    for party in act.parties:
        stands_in = {party.country, *party.located_in, party.residence, party.incorporated_in}
        is_there = not theirs.isdisjoint(stands_in)
        is_bank = party.is_bank or party.role in BANK_ROLES
        if not is_there or (is_bank and not party.address):
            continue
        name = region.elsewhere_in(party.address)
        if not name:
            return None
        said = f"{name} lies outside {region.title}"
        found = found or Because(
            fact=f"parties.{party.key}.address", value=party.address, text=said
        )
    return found


def region_held(region: Region, situation: Situation, words: Words) -> Held:
    """Whether an act that touches the country of a region touches the region.

    A port or place of loading or discharge in the region is not answered away by the fact: the two
    contradict, and that is a question.
    """
    named = named_in(region, situation)
    given = situation.fact(region.fact)
    fact = f"facts.{region.fact}"
    question = words.facts.get(region.fact, region.fact)
    asked = (Asked(fact=fact, question=question),)
    is_at_port = named.truth is YES and not named.asked
    if given is None:
        outside = lies_elsewhere(region, situation.act) if named.truth is NO else None
        if outside is not None:
            return Held(truth=NO, because=(outside,))
        truth = YES if named.truth is YES else UNKNOWN
        return Held(truth=truth, because=named.because, asked=() if is_at_port else asked)
    said = Because(fact=fact, value=str(given).lower(), text=question)
    if given:
        return Held(truth=YES, because=(said, *named.because))
    if is_at_port:
        return Held(truth=UNKNOWN, because=(said, *named.because), asked=asked)
    return no(fact, "false", f"it does not touch {region.title}")
