"""What the British lists say of a target, gathered from rows or elements and said once."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Address, Entity, Name, NameKind, Schema
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.listings import Listing
from article41.model.scripts import script_of
from article41.sources.tally import Tally

AUTHORITY = "UK"
SANCTIONS_LIST = "uk-sl"
CONLIST = "uk-conlist"
HINT = "get the file again from the Foreign Office"

SCHEMAS = {
    "individual": Schema.PERSON,
    "entity": Schema.ORGANIZATION,
    "ship": Schema.VESSEL,
}
"""Kinds of target, by their words in small letters."""
NAME_KINDS = {
    "primary name": NameKind.PRIMARY,
    "prime alias": NameKind.PRIMARY,
    "primary name variation": NameKind.STRONG_ALIAS,
    "alias": NameKind.STRONG_ALIAS,
    "aka": NameKind.STRONG_ALIAS,
    "fka": NameKind.FORMER,
}
"""Kinds of name, by their words in small letters."""
_TELLING_KINDS = {"prime alias", "primary name variation"}
"""Words that say more than the kind that a name gets by them; they are its note."""
_WEIGHTS = {NameKind.PRIMARY: 0, NameKind.STRONG_ALIAS: 1, NameKind.FORMER: 2}
"""Of one name with several kinds the lightest kind is kept; a weak alias is the heaviest."""

_DAY = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_NUMBERED = re.compile(r"(?:^|(?<=[\s.,;]))\(?(\d{1,2})\)\s*")
_UN_REFERENCE = re.compile(r"([A-Z]{2})([IEie])\. ?(\d{3})\b")
_UN_REFERENCES = re.compile(
    rf"{_UN_REFERENCE.pattern}(?:\s*(?:,|&|and)\s*{_UN_REFERENCE.pattern})*"
)
_OWN_REFERENCES = re.compile(r"[A-Z]{3}\d{4}(?:\s*(?:,|&|and)\s*[A-Z]{3}\d{4})*\b")
_LABELLED_NUMBER = re.compile(r"\b(INN|OGRN|KPP|OKPO|UNP|TIN|LEI)\b\W*([A-Z0-9]{6,20})")
_NUMBER_KINDS = {"LEI": IdentifierKind.LEI}
_BLANK = {"-", "- .", "N/A"}


class Facts:
    """One target being read.

    Args:
        place: Where it stands first.
        tally: Counts what stays text.
    """

    def __init__(self, place: str, tally: Tally) -> None:
        """Begin with nothing."""
        self.place = place
        self._tally = tally
        self._names: dict[str, Name] = {}
        self.births: dict[StatedDate, None] = {}
        self.birth_places: dict[str, None] = {}
        self.nationalities: dict[str, None] = {}
        self.genders: dict[str, None] = {}
        self.titles: dict[str, None] = {}
        self.addresses: dict[Address, None] = {}
        self.identifiers: dict[Identifier, None] = {}
        self.links: dict[str, None] = {}
        self.flags: dict[str, None] = {}
        self.properties: dict[tuple[str, str], None] = {}
        self.programmes: dict[str, None] = {}
        self.measures: dict[str, None] = {}
        self.reasons: dict[str, None] = {}
        self.remarks: dict[str, None] = {}
        self.notes: dict[tuple[str, str], None] = {}
        self.same_as: dict[str, None] = {}
        self.restates: dict[str, None] = {}
        self.amended: set[date] = set()
        self._listed: dict[tuple[str, str], date] = {}

    def listing(self, list_id: str, number: str, schema: Schema) -> Listing:
        """The listing, once everything has been added.

        Raises:
            ValueError: The target has no name.
        """
        names = sorted(self._names.values(), key=lambda name: name.kind is not NameKind.PRIMARY)
        if len(set(self._listed.values())) > 1:
            # A target under several regimes has a day under each: all are kept, the first counts.
            for label, text in self._listed:
                self.note(label, text)
        return Listing(
            authority=AUTHORITY,
            list_id=list_id,
            id=number,
            entity=Entity(
                schema=schema,
                names=tuple(names),
                birth_dates=tuple(self.births),
                birth_places=tuple(self.birth_places),
                nationalities=tuple(self.nationalities),
                genders=tuple(self.genders),
                titles=tuple(self.titles),
                addresses=tuple(self.addresses),
                identifiers=tuple(self.identifiers),
                links=tuple(self.links),
                flags=tuple(self.flags),
                properties=tuple(self.properties),
            ),
            programmes=tuple(self.programmes),
            measures=tuple(self.measures),
            listed_on=min(self._listed.values(), default=None),
            amended_on=tuple(sorted(self.amended)),
            reasons=tuple(self.reasons),
            remarks="\n".join(self.remarks),
            notes=tuple(self.notes),
            restates=tuple(self.restates),
            same_as=tuple(self.same_as),
            place=self.place,
        )

    def add_name(
        self,
        parts: Sequence[str],
        kind: str,
        strength: str,
        *,
        place: str = "",
        script: str = "",
        language: str = "",
    ) -> None:
        """A name from its parts in the order of speech; one that comes again is kept once."""
        value = " ".join(filter(None, parts))
        if not value:
            self.note("Non-Latin Script Type", script)
            self.note("Non-Latin Script Language", language)
            return
        ranked = NAME_KINDS.get(kind.lower(), NameKind.STRONG_ALIAS)
        if kind and kind.lower() not in NAME_KINDS:
            self._tally.remark(f"unknown type of name `{kind[:30]}`, taken as an alias", self.place)
        if ranked is NameKind.STRONG_ALIAS and strength.lower().startswith(("low", "weak")):
            ranked = NameKind.WEAK_ALIAS
        name = Name(
            value=value,
            kind=ranked,
            script=script_of(value),
            language=language,
            note=script or (kind if kind.lower() in _TELLING_KINDS else ""),
            place=place,
        )
        held = self._names.get(value)
        if held is not None and script not in {"", held.note}:
            self.note("Non-Latin Script Type", script)
        if held is None or _WEIGHTS.get(ranked, 3) < _WEIGHTS.get(held.kind, 3):
            self._names[value] = name

    @property
    def has_name(self) -> bool:
        """True if there is one."""
        return bool(self._names)

    def add_births(self, text: str) -> None:
        """A date of birth such as 00/00/1980, 26/09/1961 or 1954."""
        for one in values_in(text):
            born = _stated(one)
            if born is None:
                self._tally.remark("date of birth kept as text", f"{self.place}: {one[:40]}")
                self.note("D.O.B", one)
            else:
                self.births[born] = None

    def add_birth_place(self, towns: str, countries: str) -> None:
        """Towns and countries of birth; as many of both are pairs."""
        first, second = values_in(towns), values_in(countries)
        if len(first) == len(second):
            pairs = [", ".join(pair) for pair in zip(first, second, strict=True)]
        else:
            pairs = [*first, *second]
        self.birth_places.update(dict.fromkeys(pairs))

    def add_address(self, lines: Sequence[str], postal_code: str, country: str) -> None:
        """An address of up to six lines, of which the last one given is the town."""
        given = [line for line in lines if line]
        has_town = len(given) > 1 or bool(lines and lines[-1])
        address = Address(
            street=", ".join(given[:-1] if has_town else given),
            city=given[-1] if has_town and given else "",
            postal_code=postal_code,
            country=country,
        )
        if address != Address():
            self.addresses[address] = None

    def add_documents(self, kind: IdentifierKind, numbers: str, details: str, label: str) -> None:
        """Numbers and what is said of each, in the same order."""
        first, second = values_in(numbers), values_in(details)
        if not first and second:
            # Until 2020 one column held both: the number first, if there is one.
            for text in second:
                head, _, rest = text.partition(" ")
                if any(letter.isdigit() for letter in head):
                    self._number(kind, head.rstrip(".,;"), label, rest)
                else:
                    self.note(label, text)
            return
        for place, number in enumerate(first):
            note = second[place] if place < len(second) else ""
            if number in _BLANK:
                self.note(label, note)
            else:
                self._number(kind, number, label, "" if note in _BLANK else note)
        for extra in second[len(first) :]:
            self.note(label, extra)

    def add_contacts(self, kind: IdentifierKind, text: str, label: str) -> None:
        """Telephone numbers, addresses of mail or of pages."""
        for value in values_in(text):
            self._number(kind, value, label, "")

    def add_registration(self, text: str) -> None:
        """Numbers of a business, often several in one text, each behind its word."""
        if not text:
            return
        found = _LABELLED_NUMBER.findall(text)
        for label, value in found:
            tax = {"INN", "UNP", "TIN"}
            kind = IdentifierKind.TAX if label in tax else IdentifierKind.REGISTRATION
            self._number(_NUMBER_KINDS.get(label, kind), value, label, "")
        if found:
            self.note("Business registration number", " ".join(text.split()))
            return
        for value in values_in(text):
            self._number(IdentifierKind.REGISTRATION, value, "Business registration number", "")

    def add_ship_numbers(self, text: str) -> None:
        """IMO numbers, with or without the letters."""
        for value in values_in(text):
            number = re.sub(r"^IMO\W*", "", value, flags=re.IGNORECASE)
            self._number(IdentifierKind.IMO, number, "IMO number", "")

    def add_un_reference(self, text: str) -> bool:
        """The entries of the United Nations' list that this one implements.

        Only what the text begins with is it: prose behind it names other entries.

        Returns:
            True if the text is nothing more, so that nothing of it remains to be kept.
        """
        found = _UN_REFERENCES.match(text)
        numbers = []
        for regime, kind, digits in _UN_REFERENCE.findall(found[0] if found else ""):
            # QUIRK: uk 2025-04-10: `QDE.131` and `CDi. 037` are QDe.131 and CDi.037.
            numbers.append(f"{regime}{kind.lower()}.{digits}")
        self.same_as.update(dict.fromkeys(f"un-sc/{number}" for number in numbers))
        return text in numbers

    def add_own_references(self, text: str) -> None:
        """The entries of the UK Sanctions List that a text begins with: `GHR0046 and MYA0018`."""
        found = _OWN_REFERENCES.match(text)
        if found is None:
            self._tally.remark("reference to no entry of the UK Sanctions List", self.place)
            return
        for number in re.findall(r"[A-Z]{3}\d{4}", found[0]):
            self.restates[f"{SANCTIONS_LIST}/{number}"] = None

    def add_property(self, name: str, text: str) -> None:
        """Further data under a name as FollowTheMoney writes it."""
        if text:
            self.properties[name, text] = None

    def add_listed(self, text: str, label: str) -> None:
        """A day of designation."""
        day = day_of(text)
        if day is not None:
            self._listed[label, text] = day
        elif text:
            self._tally.remark("no date of the calendar, kept as text", self.place)
            self.note(label, text)

    def add_amended(self, text: str, label: str) -> None:
        """The day of the last change."""
        day = day_of(text)
        if day is not None:
            self.amended.add(day)
        else:
            self.note(label, text)

    def note(self, name: str, text: str) -> None:
        """Keep a text under the list's own name of the field."""
        if text:
            self.notes[name, text] = None

    def _number(self, kind: IdentifierKind, value: str, label: str, note: str) -> None:
        if value:
            identifier = Identifier(kind=kind, value=value, label=label, note=note)
            self.identifiers[identifier] = None


def values_in(text: str) -> list[str]:
    """The values of a cell: `(1) one (2) two`, `1) one 2) two`, or one.

    Example:
        >>> values_in("1) Examplia 2) Xandu"), values_in("Examplia (2) Ltd")
        (['Examplia', 'Xandu'], ['Examplia (2) Ltd'])
    """
    marks = list(_NUMBERED.finditer(text))
    if not marks or marks[0].start() or marks[0][1] != "1":
        return [text] if text else []
    wanted = 1
    cuts: list[re.Match[str]] = []
    for mark in marks:
        if int(mark[1]) == wanted:
            cuts.append(mark)
            wanted += 1
    ends = [mark.start() for mark in cuts[1:]] + [len(text)]
    values = (text[mark.end() : end].strip() for mark, end in zip(cuts, ends, strict=True))
    return [value for value in values if value]


def day_of(text: str) -> date | None:
    """A day as 26/03/2026 or 26-03-2026, or in ISO form; else `None`.

    Example:
        >>> day_of("06/07/2012") == day_of("2012-07-06")
        True
    """
    try:
        if found := _DAY.fullmatch(text.strip()):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def once(texts: Iterable[str]) -> dict[str, None]:
    """The texts that are none of them empty, once each, in order."""
    return dict.fromkeys(filter(None, texts))


def _stated(text: str) -> StatedDate | None:
    found = re.fullmatch(r"(?:(\d{2}|dd)[/-])?(\d{2}|mm)[/-](\d{4})", text.strip(), re.IGNORECASE)
    try:
        if found is None:
            return StatedDate(first=PartialDate.parse(text))
        day, month, year = (int(part) if part and part.isdigit() else 0 for part in found.groups())
        return StatedDate(first=PartialDate(year=year, month=month, day=day if month else 0))
    except ValueError:
        return None
