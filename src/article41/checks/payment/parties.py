"""Who takes part in a payment, from the texts of its message: a party for each role.

What is worked out and does not stand in the message (the country of an account's bank, a bank's
name for its BIC) is told with it, so that the answer can say what it takes for granted.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from article41.checks.numbers import fault_of
from article41.checks.payment.beside import contacts, holders, placed
from article41.checks.payment.header import is_of_envelope
from article41.checks.payment.message import Means, Text, Transaction
from article41.model.clocks import PartialDate
from article41.model.countries import COUNTRIES, PAST_COUNTRIES, country_code
from article41.model.entities import Schema
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Document, Party, Role

BANK_ROLES = (Role.PAYER_BANK, Role.PAYEE_BANK, Role.INTERMEDIARY)
_ROLES: Mapping[str, Role] = {role.value: role for role in Role}
KEYS_KEPT = 1_024
"""Keys of parties of which the role is kept."""
COUNTRY_WORDS_MAX = 4
"""Words of a country's name at the end of a line of an address."""
COUNTRY_LETTERS_MIN = 4
"""Letters of it: shorter ones are words of many meanings."""
_BESIDE = (Role.INTERMEDIARY, Role.OTHER)
"""Roles of banks that messages name again and again: as agents, as senders, for their charges."""
_NUMBERED = re.compile(r"-\d+$")
_NUMBERS: Mapping[str, IdentifierKind] = {
    "CCPT": IdentifierKind.PASSPORT, "ARNU": IdentifierKind.NATIONAL_ID,
    "NIDN": IdentifierKind.NATIONAL_ID, "SOSE": IdentifierKind.NATIONAL_ID,
    "TXID": IdentifierKind.TAX, "DUNS": IdentifierKind.DUNS,
    "COID": IdentifierKind.REGISTRATION, "BDID": IdentifierKind.BIC,
}  # fmt: skip
"""What a number is by its scheme (ISO 20022 external codes, which MT 50F shares)."""
_BANKS_ONLY = ("pacs.009", "MT202", "MT205", "MT200")
"""Messages by which banks pay one another: payer and payee are banks, but for those of a cover."""
_NUMBERS_OF = frozenset({Means.BIC, Means.LEI, Means.IBAN, Means.NUMBER})
"""What becomes a number of a party."""
_TELLING_BANKS = frozenset({Means.BIC, Means.NUMBER})
"""What may say where a bank is."""
_NOWHERE = PAST_COUNTRIES.keys() | {"XX"}
"""Codes that say of nobody today where it is: of States that are no more, and of none."""
_CLEARING = re.compile(r"[A-Z]{5}")
_LISTED_BY_STATE_OF: Mapping[str, str] = {
    "USABA": "US", "USPID": "US", "GBDSC": "GB", "CHBCC": "CH", "CHSIC": "CH", "CACPA": "CA",
    "AUBSB": "AU", "ATBLZ": "EU", "DEBLZ": "EU", "ESNCC": "EU", "GRBIC": "EU", "IENCC": "EU",
    "ITNCC": "EU", "PLKNR": "EU", "PTNCC": "EU",
}  # fmt: skip
"""By which authority no bank of a clearing system is listed: whom it froze takes no part there."""
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


class Drawn(NamedTuple):
    """The parties of a payment, and what was taken for granted of them."""

    parties: tuple[Party, ...]
    assumed: tuple[str, ...]
    """In words, a line each."""


def parties_of(transaction: Transaction) -> Drawn:
    """The parties that a message names, each once, in the order in which it names them.

    Example:
        >>> name = Text(path="Dbtr/Nm", value="Ada Example", means=Means.NAME, of="payer")
        >>> one = Transaction(message="pacs.008.001.08", number=1, texts=(name,))
        >>> [(party.key, party.name) for party in parties_of(one).parties]
        [('payer', 'Ada Example')]
    """
    texts_of: dict[str, list[Text]] = defaultdict(list)
    for text in transaction.texts:
        if text.of:
            texts_of[text.of].append(text)
    hosts = holders(texts_of) | contacts(transaction.texts)
    said = {key: _Said(texts) for key, texts in _merged(texts_of).items()}
    assumed: list[str] = []
    bank_countries = {
        key: country
        for key, one in said.items()
        if _role(key) in BANK_ROLES and (country := next(iter(one.countries), "") or one.of_bank)
    }
    parties = tuple(
        _party(key, one, transaction, bank_countries, assumed) for key, one in said.items()
    )
    alone = {key for key, one in said.items() if one.has_only(Means.NAME)}
    parties = tuple(placed(parties, alone, hosts, assumed))
    return Drawn(parties, tuple(assumed))


class _Said:
    """What the texts of one party say, sorted by what they mean.

    Args:
        texts: The texts, in their order.
    """

    def __init__(self, texts: Sequence[Text]) -> None:
        """Go through them once."""
        self.texts = texts
        self._values: dict[Means, dict[str, None]] = {}
        for one in texts:
            self._values.setdefault(one.means, {})[one.value] = None
        self.countries = tuple(code for code in self.codes(Means.COUNTRY) if code not in _NOWHERE)
        """Of its address, of its residence."""
        self.of_bank = (
            "" if self._values.keys().isdisjoint(_TELLING_BANKS) else _bank_country(texts)
        )
        """The country that its numbers as a bank name."""

    def each(self, means: Means) -> list[str]:
        """The values of a meaning, each once."""
        return list(self._values.get(means, ()))

    def has(self, *means: Means) -> bool:
        """Whether any text means one of these."""
        return not self._values.keys().isdisjoint(means)

    def has_only(self, means: Means) -> bool:
        """Whether every text means this."""
        return self._values.keys() == {means}

    def codes(self, means: Means) -> tuple[str, ...]:
        """The countries that values of a meaning name, each once."""
        values = self._values.get(means)
        if not values:
            return ()
        return tuple(dict.fromkeys(code for value in values if (code := country_code(value))))


@lru_cache(maxsize=KEYS_KEPT)
def _role(key: str) -> Role:
    return _ROLES.get(key) or _ROLES.get(_NUMBERED.sub("", key), Role.OTHER)


def _merged(merged: dict[str, list[Text]]) -> dict[str, list[Text]]:
    """Banks beside the ends that are a bank named before are that one: asked about once."""
    ends = [key for key in merged if _role(key) not in _BESIDE]
    beside = [key for key in merged if _role(key) in _BESIDE]
    if not beside:
        return merged
    # Who merely sends or gets the message is named last.
    beside.sort(key=lambda key: (all(map(is_of_envelope, merged[key])), _role(key) is Role.OTHER))
    bics = {bic: key for key in reversed([*ends, *beside]) for bic in _bics(merged[key])}
    for key in beside:
        before = next((bics[bic] for bic in _bics(merged[key]) if bics[bic] != key), "")
        if before and _names_nothing_new(merged[key], merged[before]):
            merged[before] += merged.pop(key)
    return merged


def _bics(texts: Iterable[Text]) -> list[str]:
    return [one.value.upper()[:8] for one in texts if one.means is Means.BIC]


def _names_nothing_new(texts: Iterable[Text], before: Iterable[Text]) -> bool:
    known = {one.value.casefold() for one in before if one.means is Means.NAME}
    return all(one.value.casefold() in known for one in texts if one.means is Means.NAME)


def _party(
    key: str,
    said: _Said,
    transaction: Transaction,
    bank_countries: Mapping[str, str],
    assumed: list[str],
) -> Party:
    role = _role(key)
    names = said.each(Means.NAME)
    documents = tuple(dict.fromkeys(_documents(said.texts))) if said.has(*_NUMBERS_OF) else ()
    births = [born for one in said.each(Means.BIRTH_DATE) if (born := _born(one))]
    is_person = bool(births) or any("/PrvtId/" in one.path for one in said.texts)
    bics = [one.value for one in documents if one.kind is IdentifierKind.BIC]
    if not names and bics and not fault_of(Document(kind=IdentifierKind.BIC, value=bics[0])):
        # A message names most banks by BIC alone: it is compared with the BICs of the lists.
        names = [bics[0]]
        assumed.append(f"{key} is named by its BIC alone ({bics[0]}): its name was not compared")
    not_listed_by = () if names or role not in BANK_ROLES else _cleared_by(key, said, assumed)
    return Party(
        role=role,
        id="" if key == role.value else key,
        name=names[0] if names else "",
        other_names=tuple(names[1:]),
        # That a message gives a BIC or an LEI makes nobody a body: a name that is compared with
        # those of bodies alone would hide a person.
        schema=Schema.PERSON if is_person else Schema.THING,
        country=_country(key, said, documents, bank_countries, assumed),
        # Where it acts from, if the message states several: address, residence.
        located_in=said.countries if len(said.countries) > 1 else (),
        nationalities=said.codes(Means.NATIONALITY),
        is_bank=True if _is_bank(role, said, transaction) else None,
        birth_date=births[0] if births else "",
        birth_place=", ".join(said.each(Means.BIRTH_PLACE)),
        documents=documents,
        address=", ".join(_address_of(said)),
        not_listed_by=not_listed_by,
    )


def _cleared_by(key: str, said: _Said, assumed: list[str]) -> tuple[str, ...]:
    """The authority in whose country a bank without a name takes part in the clearing."""
    for one in said.texts:
        authority = _LISTED_BY_STATE_OF.get(one.unit) if one.means is Means.NUMBER else None
        if authority is not None:
            assumed.append(
                f"{key} is named by its clearing code alone ({one.unit} {one.value}): it is taken"
                f" to be on no list of {authority}, where it takes part in the clearing"
            )
            return (authority,)
    return ()


def _is_bank(role: Role, said: _Said, transaction: Transaction) -> bool:
    return (
        role in BANK_ROLES
        or (role in (Role.PAYER, Role.PAYEE) and transaction.message.startswith(_BANKS_ONLY))
        or (
            said.has(Means.BIC)
            and any("FinInstnId/" in one.path and one.means is Means.BIC for one in said.texts)
        )
    )


def _address_of(said: _Said) -> list[str]:
    if not said.has(Means.ADDRESS, Means.PLACE):
        return []
    return [one.value for one in said.texts if one.means in (Means.ADDRESS, Means.PLACE)]


def _documents(texts: Iterable[Text]) -> Iterator[Document]:
    for one in texts:
        if one.means not in _NUMBERS_OF:
            continue
        value = one.value.strip()
        if one.means is Means.BIC:
            yield Document(kind=IdentifierKind.BIC, value=value.upper())
        elif one.means is Means.LEI:
            yield Document(kind=IdentifierKind.LEI, value=value.upper())
        elif one.means is Means.IBAN:
            yield Document(kind=IdentifierKind.OTHER, value=value)
        elif one.means is Means.NUMBER:
            yield _number(one.unit.upper(), value)


def _number(scheme: str, value: str) -> Document:
    kind = _NUMBERS.get(scheme, IdentifierKind.OTHER)
    # MT writes the country that issued a number before it: `DE/12345`.
    country, slash, bare = value.partition("/")
    if slash and len(country) == 2 and country.upper() in COUNTRIES:
        return Document(kind=kind, value=bare.rpartition("/")[2], country=country.upper())
    return Document(kind=kind, value=value)


def _born(value: str) -> str:
    """A date of birth as acts have it; empty if it is none."""
    digits = re.sub(r"\D", "", value)
    text = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if len(digits) == 8 else value
    try:
        PartialDate.parse(text)
    except ValueError:
        return ""
    return text


def _country(
    key: str,
    said: _Said,
    documents: Iterable[Document],
    bank_countries: Mapping[str, str],
    assumed: list[str],
) -> str:
    """Its country as it stands in the message, else that of its BIC, its IBAN or its bank."""
    if said.countries:
        return said.countries[0]
    unread = said.each(Means.COUNTRY)
    if unread:
        # Whatever else would tell where it is may be meant to hide it.
        assumed.append(f"{key} has a country that is none ({unread[0][:20]}): it is not known")
        return ""
    found, by = said.of_bank, "its BIC or clearing code"
    if not found:
        found, by = _address_country(_address_of(said)), "a line of its address"
    if not found:
        ibans = (re.sub(r"\s", "", one.value).upper() for one in documents)
        found = next(
            (one[:2] for one in ibans if _IBAN.fullmatch(one) and one[:2] in COUNTRIES), ""
        )
        by = "its IBAN"
    if not found:
        found, by = bank_countries.get(f"{_NUMBERED.sub('', key)}-bank", ""), "its bank"
    if found:
        assumed.append(f"{key} is taken to be of {found}, by {by}")
    return found


def _address_country(lines: Sequence[str]) -> str:
    """The country with which the last line of an address ends that ends with one."""
    for line in reversed(lines):
        words = re.split(r"[\s,;/]+", line.strip(" .,;/"))
        for count in range(min(COUNTRY_WORDS_MAX, len(words)), 0, -1):
            name = " ".join(words[-count:])
            if len(name) >= COUNTRY_LETTERS_MIN and (code := country_code(name)):
                return code
    return ""


def _bank_country(texts: Iterable[Text]) -> str:
    """The country that a BIC names, or the clearing system of a number (`USABA`)."""
    for one in texts:
        if one.means is Means.BIC and len(one.value) in (8, 11):
            code = one.value[4:6].upper()
        elif one.means is Means.NUMBER and _CLEARING.fullmatch(one.unit):
            code = one.unit[:2]
        else:
            continue
        if code in COUNTRIES:
            return code
    return ""
