"""One INDIVIDUAL or ENTITY becomes a listing; texts without a place of their own become notes."""

from datetime import date

from article41.model.clocks import StatedDate
from article41.model.entities import Address, Entity, Name, NameKind, Schema
from article41.model.errors import FormatError
from article41.model.identifiers import Identifier
from article41.model.listings import Listing
from article41.sources.official.un.dates import day_of, stated_date, stated_span
from article41.sources.official.un.documents import document
from article41.sources.official.un.names import names_in
from article41.sources.tally import Tally
from article41.sources.xml import Element

AUTHORITY = "UN"
LIST_ID = "un-sc"

_ALIAS_KINDS = {
    "good": NameKind.STRONG_ALIAS,
    "low": NameKind.WEAK_ALIAS,
    "a.k.a.": NameKind.STRONG_ALIAS,
    "f.k.a.": NameKind.FORMER,
    "": NameKind.STRONG_ALIAS,
}
_KEPT_AS_NOTES = (
    "DATAID",
    "VERSIONNUM",
    "LIST_TYPE/VALUE",
    "SUBMITTED_BY",
    "SUBMITTED_ON",
    "SORT_KEY",
    "SORT_KEY_LAST_MOD",
)


def listing_of(element: Element, place: str, tally: Tally) -> Listing:
    """Read an entry, taking every child of it.

    Raises:
        FormatError: It has no reference number or no name.
    """
    return _Entry(element, place, tally).listing()


class _Entry:
    """An entry being read: what cannot be typed is gathered in `notes`."""

    def __init__(self, element: Element, place: str, tally: Tally) -> None:
        self._element = element
        self._place = place
        self._tally = tally
        self._is_person = element.name == "INDIVIDUAL"
        self._names: list[Name] = []
        self._birth_dates: list[StatedDate] = []
        self._birth_places: list[str] = []
        self._identifiers: list[Identifier] = []
        self.notes: list[tuple[str, str]] = []

    def listing(self) -> Listing:
        element = self._element
        self._read_names()
        self._read_births()
        self._read_documents()
        nationalities = self._values("NATIONALITY") + element.take_all("NATIONALITY2")
        entity = Entity(
            schema=Schema.PERSON if self._is_person else Schema.ORGANIZATION,
            names=tuple(self._names),
            birth_dates=tuple(self._birth_dates),
            birth_places=tuple(self._birth_places),
            nationalities=tuple(nationalities),
            genders=tuple(element.take_all("GENDER")),
            titles=tuple(self._values("TITLE") + self._values("DESIGNATION")),
            addresses=tuple(self._addresses()),
            identifiers=tuple(self._identifiers),
        )
        amended = [self._day(text, "LAST_DAY_UPDATED") for text in self._values("LAST_DAY_UPDATED")]
        comment = element.take_prose("COMMENTS1")
        listed_on = self._day(element.take("LISTED_ON"), "LISTED_ON")
        delisted_on = self._day(element.take("DELISTED_ON"), "DELISTED_ON")
        self._read_notes()
        return Listing(
            authority=AUTHORITY,
            list_id=LIST_ID,
            id=self._required("REFERENCE_NUMBER"),
            entity=entity,
            programmes=tuple(element.take_all("UN_LIST_TYPE")),
            listed_on=listed_on,
            amended_on=tuple(day for day in amended if day),
            delisted_on=delisted_on,
            reasons=(comment,) if comment else (),
            notes=tuple(self.notes),
            place=self._place,
        )

    def _read_names(self) -> None:
        element = self._element
        parts = [element.take("FIRST_NAME")]
        parts += [element.take(f"{place}_NAME") for place in ("SECOND", "THIRD", "FOURTH")]
        if "na" in parts[1:]:
            # QUIRK: un since 2016: `na` is the schema's default for a name part that is absent.
            self._tally.pass_over("`na`, the schema's word for no name part", self._place)
            parts = [parts[0], *(part for part in parts[1:] if part != "na")]
        self._names += names_in(" ".join(part for part in parts if part), NameKind.PRIMARY)
        if not self._names:
            raise self._error("the entry has no name", "FIRST_NAME")
        self._names += names_in(element.take("NAME_ORIGINAL_SCRIPT"), NameKind.PRIMARY)
        for alias in element.groups(f"{element.name}_ALIAS"):
            self._read_alias(alias)

    def _read_alias(self, alias: Element) -> None:
        name, quality = alias.take("ALIAS_NAME"), alias.take("QUALITY")
        note = alias.take("NOTE")
        born = alias.take("DATE_OF_BIRTH")
        city, country = alias.take("CITY_OF_BIRTH"), alias.take("COUNTRY_OF_BIRTH")
        where = ", ".join(part for part in (city, country) if part)
        kind = _ALIAS_KINDS.get(quality.lower())
        if kind is None:
            self._tally.remark("unknown QUALITY of an alias, taken as strong", self._place)
            kind, note = NameKind.STRONG_ALIAS, "; ".join(filter(None, (note, quality)))
        elif quality and not name:
            self._note(f"{alias.name}/QUALITY", quality)
        birth = " in ".join(part for part in (born, where) if part)
        said = "; ".join(part for part in (note, f"born {birth}" if birth else "") if part)
        names = names_in(name, kind, note=note if not birth else said)
        self._names += names
        if not names and note:
            self._note(f"{alias.name}/NOTE", note)
        if where:
            self._birth_places.append(where)
        if born:
            self._add_birth(
                stated_date(born, note=f"of the alias {name}" if name else "of an alias"),
                born,
                f"{alias.name}/DATE_OF_BIRTH",
            )

    def _read_births(self) -> None:
        for birth in self._element.groups("INDIVIDUAL_DATE_OF_BIRTH"):
            self._read_birth(birth)
        for birth in self._element.groups("INDIVIDUAL_PLACE_OF_BIRTH"):
            parts = [birth.take(name) for name in ("STREET", "CITY", "STATE_PROVINCE", "COUNTRY")]
            note = birth.take("NOTE")
            place = ", ".join(part for part in parts if part)
            if place or note:
                self._birth_places.append(f"{place} ({note})" if place and note else place or note)

    def _read_birth(self, birth: Element) -> None:
        kind, note = birth.take("TYPE_OF_DATE"), birth.take("NOTE")
        day, year = birth.take("DATE"), birth.take("YEAR")
        first, last = birth.take("FROM_YEAR"), birth.take("TO_YEAR")
        is_approximate = "approximately" in (kind.lower(), note.lower())
        note = "" if note.lower() == "approximately" else note
        if kind.lower() not in {"", "exact", "approximately", "between"}:
            self._note(f"{birth.name}/TYPE_OF_DATE", kind)
        found = False
        for text in (day, year):
            if text:
                date_ = stated_date(text, is_approximate=is_approximate, note=note)
                self._add_birth(date_, text, birth.name)
                found = True
        if first or last:
            span = stated_span(first or last, last, is_approximate=is_approximate, note=note)
            self._add_birth(span, f"{first} to {last}", birth.name)
            found = True
        if found:
            if note and not any(date_.note == note for date_ in self._birth_dates):
                self._note(f"{birth.name}/NOTE", note)
        elif note:
            date_ = stated_date(note, is_approximate=is_approximate)
            self._add_birth(date_, note, f"{birth.name}/NOTE")
        elif kind.lower() in {"approximately", "between", "exact"}:
            self._note(f"{birth.name}/TYPE_OF_DATE", kind)

    def _add_birth(self, birth: StatedDate | None, text: str, name: str) -> None:
        if birth is not None and len(text) > 10 and text.startswith(str(birth.first)):
            self._note(name, text)
        if birth is None:
            self._tally.remark("date of birth kept as text", f"{self._place}: {text[:40]}")
            self._note(name, text)
        else:
            self._birth_dates.append(birth)

    def _read_documents(self) -> None:
        for paper in self._element.groups("INDIVIDUAL_DOCUMENT"):
            found, text = document(paper)
            if found is not None:
                self._identifiers.append(found)
            elif text:
                self._tally.remark("document without a number kept as text", self._place)
                self._note(paper.name, text)

    def _addresses(self) -> list[Address]:
        found = []
        for address in self._element.groups(f"{self._element.name}_ADDRESS"):
            read = Address(
                street=address.take("STREET"),
                city=address.take("CITY"),
                region=address.take("STATE_PROVINCE"),
                postal_code=address.take("ZIP_CODE"),
                country=address.take("COUNTRY"),
                note=address.take("NOTE"),
            )
            if read != Address():
                found.append(read)
        return found

    def _read_notes(self) -> None:
        for name in _KEPT_AS_NOTES:
            parent, _, child = name.partition("/")
            for text in self._values(parent) if child else self._element.take_all(parent):
                self._note(parent, text)

    def _values(self, name: str) -> list[str]:
        return [text for group in self._element.groups(name) for text in group.take_all("VALUE")]

    def _day(self, text: str, name: str) -> date | None:
        day = day_of(text)
        if text and (day is None or day.isoformat() != text):
            if day is None:
                self._tally.remark("no date of the calendar, kept as text", self._place)
            self._note(name, text)
        return day

    def _note(self, name: str, text: str) -> None:
        self.notes.append((name, text))

    def _required(self, name: str) -> str:
        text = self._element.take(name)
        if not text:
            raise self._error("the entry has none", name)
        return text

    def _error(self, message: str, name: str) -> FormatError:
        return FormatError(
            message,
            hint="get the file again from the United Nations",
            file=self._element.file,
            line=self._element.line,
            path=f"{self._element.path}/{name}",
        )
