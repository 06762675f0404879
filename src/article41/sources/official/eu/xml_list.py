"""Reads the list as XML 1.1, in which nearly everything is an attribute."""

from collections.abc import Generator, Sequence
from datetime import date
from functools import partial

from article41.model.errors import FormatError
from article41.model.listings import Listing, ListVersion, Part, ReadingReport
from article41.sources.official.eu.data import (
    AUTHORITY,
    HINT,
    LIST_ID,
    Gathering,
    Take,
    day_of,
    schema_of,
    un_keys,
)
from article41.sources.prolog import root_name
from article41.sources.roots import root_attributes
from article41.sources.tally import Tally
from article41.sources.versions import version_of
from article41.sources.xml import Element, Layout
from article41.sources.xml_listings import listings_in

KIND = "eu-xml"

_LAYOUT = Layout(
    root="export",
    entries=frozenset({"sanctionEntity"}),
    namespaces=frozenset({"http://eu.europa.ec/fpi/fsd/export"}),
    root_attributes=frozenset({"generationDate", "globalFileId"}),
)


def kind_of(head: bytes) -> str | None:
    """`eu-xml` if the head is that of the European list in XML 1.1, else `None`.

    Example:
        >>> kind_of(b'<export xmlns="http://eu.europa.ec/fpi/fsd/export">')
        'eu-xml'
    """
    return KIND if root_name(head) == _LAYOUT.root else None


def read(parts: Sequence[Part], *, published: date | None) -> tuple[ListVersion, ...]:
    """One version for each file; its date is `generationDate`.

    Raises:
        FormatError: The date is none, or the head cannot be read.
    """
    return tuple(_version(part, published) for part in parts)


def _version(part: Part, published: date | None) -> ListVersion:
    text = root_attributes(part).get("generationDate", "").strip()
    own = day_of(text) if text else None
    if text and own is None:
        raise FormatError(
            f"`{text[:40]}` is no date of the calendar",
            hint=HINT,
            file=part.file_name,
            line=1,
            path="export/@generationDate",
        )
    return version_of(
        part,
        authority=AUTHORITY,
        list_id=LIST_ID,
        printed=own,
        stated=published,
        listings=partial(_listings, part),
    )


def _listings(part: Part) -> Generator[Listing, None, ReadingReport]:
    tally = Tally()

    def read_entry(element: Element, place: str) -> Listing:
        return _listing_of(element, place, tally)

    yield from listings_in(part, _LAYOUT, tally, number="euReferenceNumber", read=read_entry)
    return tally.report(part.file_name)


def _listing_of(element: Element, place: str, tally: Tally) -> Listing:
    found = Gathering(place, tally)
    take = element.take_attribute
    reference, logical_id = take("euReferenceNumber"), take("logicalId")
    number = reference or logical_id
    if not number:
        raise _error(element, "the entry has no number", "@euReferenceNumber")
    found.note("logicalId", logical_id if reference else "")
    found.note("designationDetails", take("designationDetails"))
    stated = take("designationDate")
    listed_on = day_of(stated)
    if stated and (listed_on is None or listed_on.isoformat() != stated):
        found.note("designationDate", stated)
    for regulation in element.groups("regulation"):
        _act(found, regulation)
    code = ""
    for subject in element.groups("subjectType"):
        code = subject.take_attribute("classificationCode") or code
        if subject.take_attribute("code"):
            tally.pass_over("kind of target, given by its code", place)
    found.remarks += element.take_all("remark")
    for group, add in (
        ("nameAlias", found.add_name),
        ("birthdate", found.add_birth),
        ("citizenship", found.add_citizenship),
        ("identification", found.add_identification),
    ):
        for datum in element.groups(group):
            add(datum.take_attribute, _act_of(datum, tally, place), datum.take_all("remark"))
    for datum in element.groups("address"):
        act, contacts = _act_of(datum, tally, place), []
        for contact in datum.groups("contactInfo"):
            key, value = contact.take_attribute("key"), contact.take_attribute("value")
            contacts.append((key, value or contact.take_text()))
        found.add_address(datum.take_attribute, act, datum.take_all("remark"), contacts)
    if not found.names:
        raise _error(element, "the entry has no name", "nameAlias")
    un = un_keys(take("unitedNationId"), found)
    schema = schema_of(code, element.file, element.line)
    return found.listing(number, schema, listed_on=listed_on, same_as=un)


def _act(found: Gathering, regulation: Element) -> None:
    url = regulation.take("publicationUrl")
    number = regulation.take_attribute("logicalId")

    def take(name: str) -> str:
        return url if name == "publicationUrl" else regulation.take_attribute(name)

    found.add_act(once(take))
    found.note("regulation/logicalId", number)


def _act_of(datum: Element, tally: Tally, place: str) -> str:
    """The act that a datum came from; its date and address stand with the act in the Journal."""
    titles = []
    for summary in datum.groups("regulationSummary"):
        published = summary.take_attribute("publicationDate")
        title = summary.take_attribute("numberTitle")
        titles.append(f"{title} of {published}" if published else title)
        for name in ("regulationType", "publicationUrl"):
            if summary.take_attribute(name):
                tally.pass_over("kind and address of the act of a datum", place)
    return "; ".join(titles)


def once(take: Take) -> Take:
    """A `take` that gives the same answer each time."""
    taken: dict[str, str] = {}

    def again(name: str) -> str:
        if name not in taken:
            taken[name] = take(name)
        return taken[name]

    return again


def _error(element: Element, message: str, name: str) -> FormatError:
    return FormatError(
        message,
        hint=HINT,
        file=element.file,
        line=element.line,
        path=f"{element.path}/{name}",
    )
