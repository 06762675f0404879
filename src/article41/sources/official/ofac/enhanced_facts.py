"""Features, documents and relationships of an entity of the enhanced XML, read as remarks are.

OFAC prints there what the remarks of its other forms say in words, so the same rules type both.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from article41.model.clocks import MONTHS, PartialDate, StatedDate
from article41.model.identifiers import Identifier, IdentifierKind
from article41.sources.official.ofac.remark_facts import Facts
from article41.sources.official.ofac.remark_labels import read_document, read_labelled
from article41.sources.official.ofac.remark_values import stated_date
from article41.sources.tally import Tally
from article41.sources.xml import Element

_LABELS = {
    "Birthdate": "DOB",
    "Place of Birth": "POB",
    "Nationality Country": "nationality",
    "Citizenship Country": "citizen",
}
"""What the remarks call a feature."""
_VESSEL_PROPERTIES = {
    "VESSEL TYPE": "type",
    "Vessel Tonnage": "tonnage",
    "Vessel Gross Registered Tonnage": "grossRegisteredTonnage",
    "Vessel Owner": "owner",
}
"""Features that are columns of their own in OFAC's other forms."""
_BOUNDS = ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd")


class _Feature(msgspec.Struct, frozen=True, kw_only=True):
    """A feature as printed."""

    label: str
    """OFAC's name for it."""
    value: str
    """What it is, in words."""
    comments: str
    """What OFAC adds."""
    days: StatedDate | None
    """The value as a date, if it is one."""
    is_primary: bool
    """True for the main one of its kind."""


class EntityFacts:
    """What the parts of an entity say: typed in `facts`, the rest word for word in `notes`."""

    def __init__(self, place: str, tally: Tally) -> None:
        """Begin with nothing."""
        self.facts = Facts()
        self.notes: list[tuple[str, str]] = []
        self._place = place
        self._tally = tally

    def note(self, name: str, text: str) -> None:
        """Keep a field under OFAC's name for it, if it has text."""
        if text:
            self.notes.append((name, text))

    def count_numbers(self, element: Element, *names: str) -> None:
        """Take the numbers by which OFAC's tables know a record or a value."""
        count = sum(bool(element.take_attribute(name)) for name in names)
        self._tally.pass_over("number of a record or a value", self._place, count=count)

    def said(self, element: Element, name: str) -> str:
        """The text of a child that carries the number of its value."""
        text = ""
        for group in element.groups(name):
            self.count_numbers(group, "refId")
            text = group.take_text()
        return text

    def each(self, element: Element, parent: str, name: str) -> list[str]:
        """The texts of a list, in its order."""
        found = []
        for one in self.records(element, parent, name):
            self.count_numbers(one, "refId")
            found.append(one.take_text())
        return found

    def records(self, element: Element, parent: str, name: str) -> Iterator[Element]:
        """The records of a list, their numbers taken."""
        for group in element.groups(parent):
            for one in group.groups(name):
                self.count_numbers(one, "id")
                yield one

    def read_features(self, element: Element) -> None:
        """Read the features, the main one of each kind first."""
        features = [self._feature(one) for one in self.records(element, "features", "feature")]
        for feature in sorted(features, key=lambda feature: not feature.is_primary):
            self._keep(feature)

    def _feature(self, element: Element) -> _Feature:
        label = ""
        for type_ in element.groups("type"):
            self.count_numbers(type_, "featureTypeId")
            label = type_.take_text()
        marks = [element.take(name) for name in ("versionId", "valueRefId", "isPrimary")]
        self._tally.pass_over(
            "number or mark of a feature", self._place, count=sum(map(bool, marks))
        )
        if self.said(element, "reliability"):
            self._tally.skip("reliability of a feature", self._place)
        return _Feature(
            label=label,
            value=element.take("value"),
            comments=element.take("comments"),
            days=self._period(element, "valueDate"),
            is_primary=marks[2] == "true",
        )

    def _keep(self, feature: _Feature) -> None:
        facts, label, value = self.facts, feature.label, feature.value
        if label == "Birthdate" and stated_date(value) is None and feature.days is not None:
            facts.birth_dates.append(feature.days)
            self._tally.remark("date of birth taken from its days", f"{self._place}: {value[:40]}")
            self.note(label, value)
        elif value and label in _VESSEL_PROPERTIES:
            facts.properties.append((_VESSEL_PROPERTIES[label], value))
        elif value and label == "Vessel Flag":
            facts.flags.append(value)
        elif value and label == "Title":
            facts.titles.append(value)
        elif value and label == "Vessel Call Sign":
            facts.identifiers.append(
                Identifier(kind=IdentifierKind.CALL_SIGN, value=value, label="Call_Sign")
            )
        else:
            # The other forms write the apostrophe of a typewriter.
            words = _LABELS.get(label, label.replace("\u2019", "'"))
            if not read_labelled(facts, words, value):
                self.note(label, value)
        self.note(f"{label} comments", feature.comments)

    def read_documents(self, element: Element, main_name: str) -> None:
        """Read the identity documents; one in another name than the main one says in whose."""
        for one in self.records(element, "identityDocuments", "identityDocument"):
            label, number = self.said(one, "type"), one.take("documentNumber")
            for bearer in one.groups("name"):
                self.count_numbers(bearer, "nameId", "nameTranslationId")
                name = bearer.take_text()
                self.note(f"{label} name", "" if name == main_name else name)
            for feature in self.records(one, "idFeatures", "idFeature"):
                self.count_numbers(feature, "featureVersionId")
                self.note(f"{label} feature", feature.take_text())
            country = self.said(one, "issuingCountry")
            words = [
                one.take("issuingAuthority"),
                one.take("issuingLocation"),
                "not valid" if one.take("isValid") == "false" else "",
                one.take("comments"),
            ]
            self._add_document(
                label,
                number,
                country=country,
                issued=_printed(self._period(one, "issueDate")),
                expires=_printed(self._period(one, "expirationDate")),
                words=words,
            )

    def _add_document(
        self,
        label: str,
        number: str,
        *,
        country: str,
        issued: str,
        expires: str,
        words: Sequence[str],
    ) -> None:
        found = self.facts.identifiers
        count = len(found)
        if not read_document(
            self.facts, label=label, value=number, country=country, issued="", expires=""
        ):
            self._tally.remark("document without a number kept as text", self._place)
        if len(found) > count:
            note = "; ".join(filter(None, (found[-1].note, *words)))
            found[-1] = msgspec.structs.replace(
                found[-1], issued_on=issued, expires_on=expires, note=note
            )
        else:
            dates = (issued and f"issued {issued}", expires and f"expires {expires}")
            self.note(label, "; ".join(filter(None, (*dates, *words))))

    def read_relationships(self, element: Element) -> None:
        """Read whom the entity is linked to, and how."""
        for one in self.records(element, "relationships", "relationship"):
            kind, quality = self.said(one, "type"), self.said(one, "quality")
            if quality:
                self._tally.skip("quality of a relationship", self._place)
            during = self._period(one, "dateRange")
            words = [str(during or ""), one.take("comments")]
            for other in one.groups("relatedEntity"):
                number, name = other.take_attribute("entityId"), other.take_text()
                if name:
                    self.facts.links.append(name)
                self.note("relationship", " ".join(filter(None, (kind, number, *words))))

    def _period(self, element: Element, name: str) -> StatedDate | None:
        """A date given as the first and last days of its beginning and its end."""
        stated = None
        for group in element.groups(name):
            self.count_numbers(group, "id")
            days = [group.take(bound) for bound in _BOUNDS]
            is_circa = group.take("isApproximate") == "true"
            group.take("isDateRange")
            first, last = _partial(days[0], days[3])
            if first is not None:
                stated = StatedDate(first=first, last=last, is_approximate=is_circa)
            elif said := " ".join(filter(None, days)):
                self._tally.remark("no span of days, kept as text", self._place)
                self.note(name, said)
        return stated


def _partial(first: str, last: str) -> tuple[PartialDate | None, PartialDate | None]:
    """A day, month, year or span from the first and the last day that are possible.

    Example:
        >>> [str(one) for one in _partial("1962-01-01", "1962-12-31")]
        ['1962', 'None']
    """
    try:
        begin, end = date.fromisoformat(first), date.fromisoformat(last)
        one, other = PartialDate.parse(first), PartialDate.parse(last)
    except ValueError:
        return None, None
    if end < begin:
        return None, None
    if (first[5:], last[5:]) == ("01-01", "12-31"):
        one, other = PartialDate(year=begin.year), PartialDate(year=end.year)
    elif begin.day == 1 and begin != end and _is_last_of_month(end):
        one = PartialDate(year=begin.year, month=begin.month)
        other = PartialDate(year=end.year, month=end.month)
    return one, None if one == other else other


def _is_last_of_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _printed(stated: StatedDate | None) -> str:
    """A date as OFAC's other forms print it: `05 Mar 2011`, `circa 2011`, `2011 to Mar 2013`."""
    if stated is None:
        return ""
    words = "circa " if stated.is_approximate else ""
    words += _printed_day(stated.first)
    return f"{words} to {_printed_day(stated.last)}" if stated.last else words


def _printed_day(day: PartialDate) -> str:
    words = (f"{day.day:02d}" if day.day else "", MONTHS[day.month - 1] if day.month else "")
    return " ".join(filter(None, (*words, str(day.year))))
