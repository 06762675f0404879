"""What an act says of each party that can tie it to a jurisdiction, once for all jurisdictions.

Reads an act and judges nothing.
"""

import re
from collections.abc import Iterator

import msgspec

from article41.law.bank_homes import home_of
from article41.law.deeds import principals_of
from article41.law.scenes import Fact, Scene, code_of
from article41.model.acts import Act
from article41.model.entities import Schema
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Party, Role, Status
from article41.model.terms import Term


class Kind(Term):
    """What a party is, as far as that decides which law reaches it."""

    PERSON = "natural person"
    BODY = "body"
    CRAFT = "craft"
    UNKNOWN = "unknown"


_KINDS = {
    Schema.PERSON: Kind.PERSON,
    Schema.ORGANIZATION: Kind.BODY,
    Schema.COMPANY: Kind.BODY,
    Schema.PUBLIC_BODY: Kind.BODY,
    Schema.LEGAL_ENTITY: Kind.BODY,
    Schema.VESSEL: Kind.CRAFT,
    Schema.AIRPLANE: Kind.CRAFT,
    Schema.VEHICLE: Kind.CRAFT,
}
STATE_ROLES = frozenset({Role.AUTHORITY, Role.SENDING_STATE, Role.RECEIVING_STATE})
CRAFT_ROLES = frozenset({Role.VESSEL, Role.AIRCRAFT})
OPERATING_ROLES = frozenset({Role.CARRIER, Role.VESSEL_OWNER, Role.VESSEL_MANAGER})
BANK_ROLES = frozenset({Role.PAYER_BANK, Role.INTERMEDIARY, Role.PAYEE_BANK, Role.INSTITUTION})
_PERSON_ROLES = frozenset({Role.TRAVELLER, Role.ENVOY})
_BODY_ROLES = STATE_ROLES | BANK_ROLES | {Role.CARRIER, Role.INSURER, Role.BROADCASTER, Role.ISSUER}
_IDLE_ROLES = frozenset({Role.OWNER, Role.OTHER})


class PartyFacts(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True, gc=False):
    """All of one party that decides which jurisdictions bind it.

    Example:
        >>> PartyFacts(key="payer", role=Role.PAYER, kind=Kind.PERSON).acts
        True
    """

    key: str
    """Of the party."""
    role: Role
    """In the act."""
    kind: Kind
    """Person, body or craft."""
    acts: bool = True
    """False for who does nothing in the act."""
    is_state: bool = False
    """A State's authority."""
    law: tuple[Fact, ...] | None = None
    """Nationalities, or the law that a body exists under; absent if not known."""
    home: tuple[Fact, ...] = ()
    """The country of the bank that it may be a branch of, and the question which says whether."""
    location: tuple[Fact, ...] | None = None
    """From where it acts, or where it lives; absent if not known."""
    us_person: bool | None = None
    """As the act says."""
    flags: tuple[Fact, ...] = ()
    """Flags of the craft that it is or operates."""
    flags_missing: tuple[str, ...] = ()
    """Paths of flags that are not known."""
    acts_at: tuple[Fact, ...] = ()
    """Countries in which it does something in the act."""
    acts_at_missing: tuple[tuple[str, str], ...] = ()
    """Paths of places where it does something that are not known, with the question."""
    business: tuple[Fact, ...] = ()
    """Countries in which something of the act is done by anybody."""
    open_currency: str | None = None
    """Currency of a payment whose way is not known, empty if that is not known either."""
    goods: tuple[tuple[str, str, bool | None], ...] = ()
    """Of each line of goods the fact that says whether it is of US origin, and what it says."""

    @property
    def is_authority(self) -> bool:
        """An authority that does what only States do, and no business."""
        return self.role in STATE_ROLES

    @property
    def path(self) -> str:
        """Where its facts stand in the act."""
        return f"parties.{self.key}"


def parties_of(act: Act, scene: Scene) -> tuple[PartyFacts, ...]:
    """The facts of every party of an act.

    Example:
        >>> from datetime import date
        >>> from article41.law.scenes import scene_of
        >>> from article41.model.acts import Asker, PartyAct
        >>> act = PartyAct(on=date(2012, 7, 6), asker=Asker(party="institution"),
        ...     parties=(Party(role=Role.INSTITUTION, country="XA"),))
        >>> parties_of(act, scene_of(act))[0].law
        (('parties.institution.country', 'XA', 'incorporated in'),)
    """
    crafts = [party for party in act.parties if party.role in CRAFT_ROLES]
    banks = tuple(_bank_places(act.parties)) if scene.is_payment else ()
    behind = {principal.key for _, principal in principals_of(act.parties)}
    found = (_facts(act, party, scene, crafts, banks) for party in act.parties)
    return tuple(
        msgspec.structs.replace(one, acts=True) if one.key in behind else one for one in found
    )


def _facts(
    act: Act, party: Party, scene: Scene, crafts: list[Party], banks: tuple[Fact, ...]
) -> PartyFacts:
    kind = _kind(party)
    own = f"parties.{party.key}."
    flags, flags_missing = _flags(act, party, kind, scene, crafts)
    return PartyFacts(
        key=party.key,
        role=party.role,
        kind=kind,
        acts=party.role not in _IDLE_ROLES,
        is_state=party.role in STATE_ROLES or party.status is Status.GOVERNMENT,
        law=None if kind is Kind.CRAFT else _law(party, kind),
        home=tuple(_home(party)) if kind is Kind.BODY and not party.incorporated_in else (),
        location=None if kind is Kind.CRAFT else _location(party, kind),
        us_person=party.us_person,
        flags=flags,
        flags_missing=flags_missing,
        acts_at=tuple(
            (path, code, phrase) for path, code, phrase, roles in scene.places
            if roles is None or party.role in roles
        ),
        acts_at_missing=tuple(
            (path, question) for path, question, roles in scene.places_missing
            if party.role in roles
        ),
        business=scene.business + tuple(fact for fact in banks if not fact[0].startswith(own)),
        open_currency=scene.open_currency,
        goods=scene.goods,
    )  # fmt: skip


def _kind(party: Party) -> Kind:
    """By its schema, else by what is said of it, else by its role and numbers.

    Whoever is said to be a natural person, and is a bank with a BIC or exists under a law, is none.
    """
    known = _KINDS.get(party.schema)
    numbers = {document.kind for document in party.documents}
    if known is Kind.PERSON and party.role in BANK_ROLES and numbers & _BODY_NUMBERS:
        return Kind.BODY
    if known is not None and not (known is Kind.PERSON and party.incorporated_in):
        return known
    if party.role in CRAFT_ROLES:
        return Kind.CRAFT
    said_of_persons = party.nationalities or party.residence or party.birth_date or party.mrz
    if said_of_persons or party.role in _PERSON_ROLES or IdentifierKind.PASSPORT in numbers:
        return Kind.PERSON
    said_of_bodies = (
        party.incorporated_in
        or party.is_bank
        or party.owners is not None
        or party.sectors
        or party.status in _BODY_STATUS
        or numbers & _BODY_NUMBERS
    )
    return Kind.BODY if said_of_bodies or party.role in _BODY_ROLES else Kind.UNKNOWN


_BODY_STATUS = {Status.GOVERNMENT, Status.CENTRAL_BANK, Status.STATE_OWNED}
_BODY_NUMBERS = {IdentifierKind.BIC, IdentifierKind.LEI}


def _law(party: Party, kind: Kind) -> tuple[Fact, ...] | None:
    """What a person is national of, or the law that a body exists under."""
    path = f"parties.{party.key}"
    if kind is not Kind.BODY and party.nationalities:
        return tuple(
            (f"{path}.nationalities[{at}]", code_of(text), "national of")
            for at, text in enumerate(party.nationalities)
        )
    if kind is not Kind.PERSON and party.incorporated_in:
        return ((f"{path}.incorporated_in", code_of(party.incorporated_in), "incorporated in"),)
    if not party.country:
        return None
    phrase = {Kind.PERSON: "national of", Kind.BODY: "incorporated in"}
    return (
        (f"{path}.country", code_of(party.country), phrase.get(kind, "national of or founded in")),
    )


def _home(party: Party) -> Iterator[Fact]:
    """Where the bank may be at home that has its BIC's letters: a branch is under its law too."""
    for document in party.documents:
        bic = document.value
        home = home_of(bic) if document.kind is IdentifierKind.BIC else ""
        if home and home != code_of(party.country):
            question = (
                f"is it a branch of the bank of {home} whose letters its BIC {bic} begins with,"
                " or a company of its own?"
            )
            yield f"parties.{party.key}.incorporated_in", home, question
            return


def _location(party: Party, kind: Kind) -> tuple[Fact, ...] | None:
    """From where it acts: what is said of it, else its country, else its BIC or IBAN."""
    path = f"parties.{party.key}"
    found = [
        (f"{path}.located_in[{at}]", code_of(text), "acting from")
        for at, text in enumerate(party.located_in)
    ]
    if kind is not Kind.BODY and party.residence:
        found.append((f"{path}.residence", code_of(party.residence), "living in"))
    elif party.country and (kind is Kind.PERSON or not found):
        phrase = "living in" if kind is Kind.PERSON else "acting from"
        found.append((f"{path}.country", code_of(party.country), phrase))
    return tuple(found or _numbered(party)) or None


_IBAN = re.compile(r"([A-Z]{2})[0-9]{2}[A-Z0-9]{11,30}")


def _numbered(party: Party) -> Iterator[Fact]:
    """Where the BIC of a party or its account number say that it is."""
    for at, document in enumerate(party.documents):
        value = re.sub(r"[\s.-]", "", document.value).upper()
        path = f"parties.{party.key}.documents[{at}].value"
        if document.kind is IdentifierKind.BIC and len(value) in (8, 11):
            yield path, code_of(value[4:6]), "has a BIC of"
        elif document.kind is IdentifierKind.OTHER and (found := _IBAN.fullmatch(value)):
            digits = "".join(str(int(letter, 36)) for letter in value[4:] + value[:4])
            if int(digits) % 97 == 1:
                yield path, code_of(found[1]), "has an account in"


def _bank_places(parties: tuple[Party, ...]) -> Iterator[Fact]:
    for party in parties:
        if party.role in BANK_ROLES:
            for path, code, _ in _location(party, _kind(party)) or ():
                yield path, code, "is carried out by a bank in"


def _flags(
    act: Act, party: Party, kind: Kind, scene: Scene, crafts: list[Party]
) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
    """The flags under which a party sails or flies here, and paths of those not known."""
    if kind is Kind.CRAFT:
        meant = [party]
    elif party.role in OPERATING_ROLES:
        meant = [party, *crafts] if party.flag else crafts
    else:
        return (), ()
    found: list[Fact] = []
    missing: list[str] = []
    for craft in meant:
        name = "flag" if craft.flag else "country"
        text = craft.flag or craft.country
        if text:
            phrase = "under the flag of"
            found.append((f"parties.{craft.key}.{name}", code_of(text), phrase))
        else:
            missing.append(f"parties.{craft.key}.flag")
    if not meant and scene.may_use_craft and act.facts.get(CRAFT_FACT) is not False:
        missing.append("parties.vessel.flag")
    return tuple(found), tuple(missing)


CRAFT_FACT = "carried-by-vessel-or-aircraft"
"""Fact of an act: false for what goes by road, rail or pipe."""
