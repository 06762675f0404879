"""A measure of the catalogue whole, for a lawyer to read: what it means and forbids, what lifts it.

What the catalogue says is repeated as it stands there.
"""

import textwrap
from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum

import msgspec

from article41.faces.cli.verdict_words import outcome_words
from article41.faces.cli.writing import Pen
from article41.law.force import said_on
from article41.law.loading import load_words
from article41.law.register import MeasureStanding
from article41.model.measures import Days, Measure, Relief
from article41.model.targets import Code, Condition, OwnedToo, Target

WIDTH = 96
"""Characters of a line."""
_EITHER = {
    "items": {"codes"},
    "cas": {"codes", "items"},
    "exported from": {"origin"},
    "names": {"bics"},
    "owned too": {"bics", "names", "status", "established in"},
}
"""Fields of a table that are enough beside others; all else must hold together."""


def page_lines(one: MeasureStanding, day: date, pen: Pen) -> Iterator[str]:
    """All that the catalogue holds of a measure.

    Args:
        one: The measure, and where it stands.
        day: The day asked about.
        pen: Writes the title.
    """
    yield from _folded(_page(one, day, pen))


def _page(one: MeasureStanding, day: date, pen: Pen) -> Iterator[str]:
    measure = one.measure
    yield pen.bold(measure.title)
    yield f"  {measure.id}  {measure.kind}, {measure.article_41.value}"
    yield f"  {measure.authority}; binds {measure.level.value}; programme {measure.programme}"
    yield f"  on {day}: {one.says}"
    yield f"  forbids: {_value(measure.forbids)}"
    yield f"  outcome: {outcome_words(measure.outcome)}  {measure.manner}"
    if measure.outcome_without_property is not None:
        without = outcome_words(measure.outcome_without_property)
        yield f"  outcome where nothing of theirs is in hand: {without}"
    for target in measure.targets:
        yield from _target(target)
    yield from _listed_days("in force", measure.in_force)
    yield from _listed_days("suspended", measure.suspended)
    yield from _listed_days("States alone", measure.states_only)
    for text in measure.texts:
        whose = (*text.tags, *text.listings)
        tags = f" [{', '.join(whose)}]" if whose else ""
        since = f" from {text.valid_from}" if text.valid_from else ""
        until = f" until {text.valid_until}" if text.valid_until else ""
        said = ", ".join(filter(None, (text.instrument, text.provision)))
        yield f"  text: {said}{since}{until}{tags}"
    for relief in measure.reliefs:
        yield from _relief(relief, day)
    for duty in measure.duties:
        cited = said_on(duty.citation, duty.formerly, day)
        yield f"  duty: {', '.join(filter(None, (duty.what, duty.within)))} ({cited})"
    yield from _rest(measure, day)


def _rest(measure: Measure, day: date) -> Iterator[str]:
    for label, text in (
        ("ownership rule", measure.ownership_rule),
        ("exposure", measure.exposure),
        ("knowledge", said_on(measure.knowledge, measure.knowledge_formerly, day)),
        ("note", measure.note),
    ):
        if text:
            yield f"  {label}: {' '.join(text.split())}"
    yield (
        f"  certainty {measure.certainty.value}, compared on {measure.verified_on} "
        f"with: {measure.verified_by}"
    )


def _target(target: Target) -> Iterator[str]:
    """One way to be meant, a line for each of its tables."""
    label = "means"
    for name, value in _given(target):
        if name not in ("when", "forbids"):
            yield f"  {label}: {name} ({_value(value)})"
            label = "  and"
    yield from _conditions(target.when)
    if target.forbids:
        yield f"      forbids with this alone: {_value(target.forbids)}"


def _conditions(conditions: Iterable[Condition]) -> Iterator[str]:
    facts = load_words().facts
    for one in conditions:
        if one.fact:
            answer = "yes" if one.fact_is else "no"
            yield f"      where the answer is {answer}: {facts.get(one.fact, one.fact)}"
        else:
            yield f"      where {_facts(one)}"


def _relief(relief: Relief, day: date) -> Iterator[str]:
    cited = said_on(relief.citation, relief.formerly, day)
    since = f", from {relief.valid_from}" if relief.valid_from else ""
    until = f", until {relief.valid_until}" if relief.valid_until else ""
    yield f"  {relief.kind.value}: {relief.title} ({cited}{since}{until})"
    if relief.lifts:
        yield f"      lifts alone: {_value(relief.lifts)}"
    yield from _conditions(relief.when)
    if relief.meant_as:
        yield f"      where every party that is meant is {_value(relief.meant_as)}"
    facts = load_words().facts
    for proof in relief.proof:
        yield f"      to be proved: {facts.get(proof, proof)}"
    if relief.refusal:
        yield f"      refused where: {' '.join(relief.refusal.split())}"
    for duty in relief.duties:
        yield f"      who uses it must: {duty}"


def _given(struct: msgspec.Struct) -> Iterator[tuple[str, object]]:
    """The fields that say something, under the names that the catalogue has for them."""
    for field in msgspec.structs.fields(struct):
        value = getattr(struct, field.name)
        if value != field.default:
            yield field.name.replace("_", " "), value


def _facts(struct: msgspec.Struct) -> str:
    """All that a table says; what is enough beside another field of it is joined by `or`."""
    given = dict(_given(struct))
    return "; ".join(
        f"{'or ' if _EITHER.get(name, set()) & given.keys() else ''}{name} {_value(value)}"
        for name, value in given.items()
    )


def _value(value: object) -> str:
    """A value of the catalogue in words.

    Example:
        >>> from article41.model.targets import Code, GoodsTarget
        >>> _value(GoodsTarget(codes=(Code(code="2709", nomenclature="HS 2012"),), origin=("SY",)))
        'codes 2709 (HS 2012); origin SY'
    """
    said = str(value)
    match value:
        case bool():
            said = "yes" if value else "no"
        case Enum():
            said = str(value.value).replace("-", " ")
        case tuple() if value and isinstance(value[0], Code):
            said = _codes(value)
        case tuple() if value and isinstance(value[0], msgspec.Struct):
            said = " or ".join(map(_value, value))
        case tuple():
            said = ", ".join(map(_value, value))
        case OwnedToo():
            frozen = f", frozen since {value.frozen_from}" if value.frozen_from else ""
            bank = ", by a bank" if value.of_banks else ""
            said = f"by the rule `{value.rule}`{bank}{frozen} ({value.citation})"
        case msgspec.Struct():
            said = _facts(value) or "any"
        case _:
            pass
    return said


def _codes(codes: tuple[Code, ...]) -> str:
    """Codes by their edition and by what else must be so of them, each of which stands once."""
    alike: dict[tuple[str, str], list[str]] = {}
    for code in codes:
        more = msgspec.structs.replace(code, code="", nomenclature="", is_part=False)
        said = "; ".join(
            f"{'' if name == 'description' else f'{name} '}{_value(value)}"
            for name, value in _given(more)
            if value != ""
        )
        part = "ex " if code.is_part else ""
        alike.setdefault((code.nomenclature, said), []).append(f"{part}{code.code}")
    told = [
        f"{', '.join(each)} ({', '.join(filter(None, (edition, said)))})"
        for (edition, said), each in alike.items()
    ]
    return "; ".join(told)


def _listed_days(label: str, days: tuple[Days, ...]) -> Iterator[str]:
    for one in days:
        until = f" until {one.valid_until}" if one.valid_until else ""
        by = f" by {one.by}" if one.by else ""
        ended = f"; ended by {one.ended_by}" if one.ended_by else ""
        yield f"  {label}: from {one.valid_from}{until}{by}{ended}"


def _folded(lines: Iterable[str]) -> Iterator[str]:
    """Long lines on several; what goes on is set in further."""
    for line in lines:
        if len(line) <= WIDTH or not line.isprintable():
            yield line
            continue
        blanks = line[: len(line) - len(line.lstrip())]
        yield from textwrap.wrap(
            line,
            WIDTH,
            subsequent_indent=f"{blanks}    ",
            break_long_words=False,
            break_on_hyphens=False,
        )
