"""The data that the Swiss list prints of a target: the same live, added and removed ones alike.

Everything has a number (`ssid`), so that what an amendment added or removed can be told.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Address, Name, NameKind
from article41.model.errors import FormatError
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.scripts import script_of
from article41.sources.tally import Tally
from article41.sources.xml import Element

_NAME_KINDS = {
    "primary-name": NameKind.PRIMARY,
    "alias": NameKind.STRONG_ALIAS,
    "formerly-known-as": NameKind.FORMER,
}
_FAMILY_FIRST = ("family-name", "maiden-name")
_DOCUMENTS = {
    "passport": IdentifierKind.PASSPORT,
    "diplomatic-passport": IdentifierKind.PASSPORT,
    "id-card": IdentifierKind.NATIONAL_ID,
}
_IMO = re.compile(r"\bIMO(?:\s+(?:number|no\.?))?\s*:?\s*(\d{7})\b", re.IGNORECASE)
_BIC = re.compile(r"\b(?:SWIFT|BIC)(?:\s+code)?\s*:?\s*([A-Z0-9]{8}(?:[A-Z0-9]{3})?)\b")
WRAPPER = "@kind"
"""What a datum is called that says whether a target is a person, an entity or an object."""
_WRAPPERS = ("individual", "entity", "object")
_PROSE = "other-information"
_Part = tuple[int, str, str]


class Datum(msgspec.Struct, frozen=True):
    """One thing that is said of a target."""

    what: str
    """The element: `name`, `address`, `justification`."""
    ssid: str
    """Its number; empty if it has none."""
    value: Name | StatedDate | Address | Identifier | str
    """What is said."""
    place_id: str = ""
    """The place that it points to."""


def data_in(element: Element, tally: Tally, place: str) -> Iterator[Datum]:
    """Everything said in a target, or in what was added to or removed from one."""
    for wrapper in _WRAPPERS:
        for group in element.groups(wrapper):
            yield Datum(WRAPPER, "", wrapper)
            for name in ("sex", "object-type", "ssid"):
                if text := group.take_attribute(name):
                    yield Datum(f"{wrapper}@{name}", "", text)
            yield from data_in(group, tally, place)
    for identity in element.groups("identity"):
        yield from _identity_of(identity, tally, place)
    yield from _said(element)


def _identity_of(identity: Element, tally: Tally, place: str) -> Iterator[Datum]:
    ssid, main = identity.take_attribute("ssid"), identity.take_attribute("main")
    if ssid or main:
        tally.pass_over("number and rank of an identity", place, count=bool(ssid) + bool(main))
    for datum in _identity(identity, tally, place):
        if main == "false" and isinstance(datum.value, Name):
            yield msgspec.structs.replace(datum, value=_of_another_identity(datum.value))
        else:
            yield datum


def _of_another_identity(name: Name) -> Name:
    kind = NameKind.STRONG_ALIAS if name.kind is NameKind.PRIMARY else name.kind
    return msgspec.structs.replace(name, kind=kind, note="alternative identity")


def _said(element: Element) -> Iterator[Datum]:
    """What is said in words of a target as a whole."""
    for what in ("justification", _PROSE):
        for group in element.groups(what):
            ssid = group.take_attribute("ssid")
            text = group.take_text()
            yield Datum(what, ssid, text)
            if what == _PROSE:
                yield from _numbers(text, ssid)
    # QUIRK: seco: older lists print the set as an attribute of the target.
    if number := element.take_attribute("sanctions-set-id"):
        yield Datum("sanctions-set-id", "", number)
    for what in ("sanctions-set-id", "foreign-identifier"):
        for text in element.take_all(what):
            yield Datum(what, "", text)
    for relation in element.groups("relation"):
        yield Datum("relation", relation.take_attribute("ssid"), _relation(relation))
    yield from _attributes(element)


def _attributes(element: Element) -> Iterator[Datum]:
    for group in element.groups("generic-attribute"):
        name = group.take_attribute("name")
        yield Datum("generic-attribute", "", f"{name}: {group.take_text()}")


def _identity(identity: Element, tally: Tally, place: str) -> Iterator[Datum]:
    for group in identity.groups("name"):
        yield from _names(group, tally, place)
    for group in identity.groups("day-month-year"):
        yield _born(group, tally, place)
    for group in identity.groups("nationality"):
        ssid, names = group.take_attribute("ssid"), []
        for country in group.groups("country"):
            code, named = country.take_attribute("iso-code"), country.take_text()
            if code and named:
                tally.pass_over("code of a country that is named", place)
            names.append(named or code)
        names.append(group.take_text())
        yield Datum("nationality", ssid, " ".join(filter(None, names)))
        _quality(group, tally, place)
    for group in identity.groups("place-of-birth"):
        ssid, place_id = group.take_attribute("ssid"), group.take_attribute("place-id")
        _quality(group, tally, place)
        yield Datum("place-of-birth", ssid, group.take_text(), place_id)
    for group in identity.groups("address"):
        yield _address(group, tally, place)
    for group in identity.groups("identification-document"):
        yield _document(group, tally, place)
    yield from _attributes(identity)


def _names(group: Element, tally: Tally, place: str) -> Iterator[Datum]:
    """A name from its parts in the order of family and given names, and its variants by script."""
    ssid, kind = group.take_attribute("ssid"), group.take_attribute("name-type")
    quality, language = group.take_attribute("quality"), group.take_attribute("lang")
    parts: list[_Part] = []
    variants: dict[tuple[str, str], list[_Part]] = {}
    for part in group.groups("name-part"):
        order = _order(part, len(parts))
        type_ = part.take_attribute("name-part-type")
        value = part.take("value")
        if type_ == "title":
            yield Datum("title", ssid, value)
        else:
            parts.append((order, type_, value))
        for variant in part.groups("spelling-variant"):
            script, tongue = variant.take_attribute("script"), variant.take_attribute("lang")
            variant_type = variant.take_attribute("spelling-variant-type")
            if variant_type:
                tally.skip("sort of a spelling variant", place)
            variants.setdefault((script, tongue), []).append((order, type_, variant.take_text()))
    ranked = NameKind.WEAK_ALIAS if quality == "low" else _NAME_KINDS.get(kind)
    if ranked is None:
        tally.remark(f"unknown name-type `{kind[:30]}`, taken as an alias", place)
        ranked = NameKind.STRONG_ALIAS
    if whole := _joined(parts):
        yield Datum("name", ssid, _name(whole, ranked, language))
    alias = NameKind.STRONG_ALIAS if ranked is NameKind.PRIMARY else ranked
    for (_, tongue), spelt in variants.items():
        for respelt in _respelt(parts, spelt):
            if respelt != whole:
                yield Datum("name", ssid, _name(respelt, alias, tongue))


def _order(part: Element, default: int) -> int:
    text = part.take_attribute("order")
    if text and not (text.isascii() and text.isdecimal()):
        raise FormatError(
            f"`{text[:40]}` is no number",
            hint="get the whole list again from SECO",
            file=part.file,
            line=part.line,
            path=f"{part.path}/@order",
        )
    return int(text[:9]) if text else default


def _respelt(parts: Sequence[_Part], spelt: Sequence[_Part]) -> Iterator[str]:
    """The name with each part's first variant in the place of the part, then the second ones."""
    variants: dict[int, list[_Part]] = {}
    for variant in spelt:
        variants.setdefault(variant[0], []).append(variant)
    # A title is no part of the name, but its variant must not be lost.
    own = {part[0]: [part] for part in parts} | variants
    for turn in range(max(map(len, variants.values()))):
        yield _joined([chosen[min(turn, len(chosen) - 1)] for chosen in own.values()])


def _name(value: str, kind: NameKind, language: str) -> Name:
    return Name(value=value, kind=kind, script=script_of(value), language=language)


def _joined(parts: Sequence[_Part]) -> str:
    """`Family, Given Father` as the list prints persons, whole names as they are."""
    ordered = [(type_, text) for _, type_, text in sorted(parts) if text]
    family = " ".join(text for type_, text in ordered if type_ in _FAMILY_FIRST)
    rest = " ".join(text for type_, text in ordered if type_ not in _FAMILY_FIRST)
    return ", ".join(filter(None, (family, rest)))


def _born(group: Element, tally: Tally, place: str) -> Datum:
    ssid = group.take_attribute("ssid")
    parts = [group.take_attribute(name) for name in ("year", "month", "day")]
    to = [group.take_attribute(f"to-{name}") for name in ("year", "month", "day")]
    calendar, note = group.take_attribute("calendar"), _doubt(group, tally, place)
    text = "-".join(part.zfill(2) for part in parts if part)
    last = "-".join(part.zfill(2) for part in to if part)
    if calendar:
        tally.pass_over("the calendar's name", place)
    try:
        if calendar.lower() not in {"", "gregorian"}:
            raise ValueError
        first = PartialDate.parse(text)
        until = PartialDate.parse(last) if last else None
    except ValueError:
        tally.remark("date of birth kept as text", f"{place}: {text[:40]}")
        return Datum("day-month-year", ssid, " ".join(filter(None, (text, last, calendar, note))))
    return Datum("day-month-year", ssid, StatedDate(first=first, last=until, note=note))


def _address(group: Element, tally: Tally, place: str) -> Datum:
    ssid, place_id = group.take_attribute("ssid"), group.take_attribute("place-id")
    care, box = group.take("c-o"), group.take("p-o-box")
    lines = (f"c/o {care}" if care else "", group.take("address-details"),
             f"P.O. Box {box}" if box else "")  # fmt: skip
    address = Address(
        street=", ".join(filter(None, lines)),
        postal_code=group.take("zip-code"),
        note="; ".join(filter(None, (group.take("remark"), _doubt(group, tally, place)))),
    )
    return Datum("address", ssid, address, place_id)


def _document(group: Element, tally: Tally, place: str) -> Datum:
    ssid, type_ = group.take_attribute("ssid"), group.take_attribute("document-type")
    issuer = ""
    for element in group.groups("issuer"):
        code = element.take_attribute("code")
        issuer = element.take_text() or code
    number = group.take("number")
    remark = "; ".join(filter(None, (group.take("remark"), _doubt(group, tally, place))))
    place_of_issue = group.take_attribute("place-id")
    value = Identifier(
        kind=_DOCUMENTS.get(type_, IdentifierKind.OTHER),
        value=number,
        label=type_,
        country=issuer,
        issued_on=group.take("date-of-issue"),
        expires_on=group.take("expiry-date"),
        note=remark,
    )
    if number:
        return Datum("identification-document", ssid, value, place_of_issue)
    tally.remark("document without a number kept as text", place)
    return Datum("document", ssid, " ".join(filter(None, (type_, issuer, remark))), place_of_issue)


def _relation(relation: Element) -> str:
    target, kind = relation.take_attribute("target-id"), relation.take_attribute("relation-type")
    return " ".join(filter(None, (kind, target, relation.take("remark"), relation.take_text())))


def _numbers(text: str, ssid: str) -> Iterator[Datum]:
    """IMO numbers and BICs that stand in the prose."""
    for pattern, kind in ((_IMO, IdentifierKind.IMO), (_BIC, IdentifierKind.BIC)):
        for value in pattern.findall(text):
            yield Datum("number", ssid, Identifier(kind=kind, value=value, label=_PROSE))


def _doubt(group: Element, tally: Tally, place: str) -> str:
    """The quality of a datum in words, unless it is the usual one."""
    quality = group.take_attribute("quality")
    if quality == "good":
        tally.pass_over("good quality of a datum", place)
        return ""
    return f"quality {quality}" if quality else ""


def _quality(group: Element, tally: Tally, place: str) -> None:
    if _doubt(group, tally, place):
        tally.skip("quality of a nationality or a place of birth", place)
