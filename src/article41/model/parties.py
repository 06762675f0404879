"""Who takes part in an act, in which role, and what is known of them.

What is not known is left out; an absent fact is never taken for a no.
"""

from datetime import date
from functools import cached_property

import msgspec

from article41.model.entities import Schema
from article41.model.identifiers import IdentifierKind
from article41.model.terms import Term


class Role(Term):
    """What a party does in an act."""

    CUSTOMER = "customer"
    """Who is onboarded, whose account or property is held, who is paid out or gets credit."""
    INSTITUTION = "institution"
    """The bank, insurer or other house that has the customer."""
    PAYER = "payer"
    PAYER_BANK = "payer-bank"
    INTERMEDIARY = "intermediary"
    """A bank between those of payer and payee."""
    PAYEE_BANK = "payee-bank"
    PAYEE = "payee"
    ULTIMATE_PAYER = "ultimate-payer"
    ULTIMATE_PAYEE = "ultimate-payee"
    SELLER = "seller"
    BUYER = "buyer"
    CONSIGNOR = "consignor"
    CONSIGNEE = "consignee"
    END_USER = "end-user"
    BROKER = "broker"
    FORWARDER = "forwarder"
    CARRIER = "carrier"
    """Who carries goods or people: shipping line, airline, haulier."""
    VESSEL = "vessel"
    VESSEL_OWNER = "vessel-owner"
    VESSEL_MANAGER = "vessel-manager"
    CHARTERER = "charterer"
    AIRCRAFT = "aircraft"
    INSURER = "insurer"
    FINANCIER = "financier"
    TRAVELLER = "traveller"
    SUPPLIER = "supplier"
    """Who supplies equipment or services."""
    DISTRIBUTOR = "distributor"
    BROADCASTER = "broadcaster"
    ISSUER = "issuer"
    DEALER = "dealer"
    """Who buys, sells, brokers or helps to issue a security."""
    SENDING_STATE = "sending-state"
    RECEIVING_STATE = "receiving-state"
    ENVOY = "envoy"
    AUTHORITY = "authority"
    """A State's authority: border, consulate, customs, port, airport, foreign ministry."""
    OWNER = "owner"
    """Named for its stake or control in another party alone; does nothing in the act."""
    OTHER = "other"
    """Takes part in another way; it is screened, and counts as somebody who benefits."""


class Status(Term):
    """What a party is to a State, whatever a list says."""

    GOVERNMENT = "government"
    """The State, its ministries, agencies and authorities."""
    CENTRAL_BANK = "central-bank"
    STATE_OWNED = "state-owned"
    """A body that the State owns or controls."""
    OFFICIAL = "official"
    """A person in the service of the State."""
    PRIVATE = "private"
    """None of these, and as far as the asker knows no State and nobody listed owns or controls
    it."""


class OwnersKnown(Term):
    """How far the owners of a body are known beyond the stakes that the act carries."""

    NONE_LISTED = "none-listed"
    """Its owners are known to the asker, who has found none of them on a list."""
    UNKNOWN = "unknown"
    """Looked for and not found: the open question that a review names."""


class Decision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person decided about a party and one listing, after looking at both records.

    Example:
        >>> Decision(listing="xa-main/7", by="A. Examiner", reason="same passport").listing
        'xa-main/7'
    """

    listing: str
    """Key of the listing (`ofac-sdn/9712`)."""
    by: str
    """Who decided."""
    reason: str
    """Why."""
    on: date | None = None
    """When."""


class Document(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number that identifies a party.

    Example:
        >>> Document(kind=IdentifierKind.IMO, value="9074729").country
        ''
    """

    kind: IdentifierKind
    """What number it is."""
    value: str
    """As written."""
    country: str = ""
    """Who issued it, as an ISO 3166-1 alpha-2 code; empty if it is not known."""


class Party(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """One party of an act in its role. Countries are ISO 3166-1 alpha-2 codes.

    Example:
        >>> Party(role=Role.PAYEE, name="Ada Example").key
        'payee'
    """

    role: Role
    """What it does in the act."""
    id: str = ""
    """How ownership, property and licences refer to it; its role if it has none."""
    name: str = ""
    """As it stands in the papers, in any script; empty if only a number is known."""
    other_names: tuple[str, ...] = ()
    """Further names and spellings, former ones too."""
    schema: Schema = Schema.THING
    """What kind of thing it is; `Thing` if that is not known."""
    country: str = ""
    """Short for what is said of it below: where a body is incorporated and acts from, what a person
    is national of and lives in. A field of its own takes precedence."""
    nationalities: tuple[str, ...] = ()
    """All nationalities of a person."""
    residence: str = ""
    """Where a person lives, or is for the purpose of the act."""
    incorporated_in: str = ""
    """Under whose law a body exists, or which State a public body belongs to."""
    located_in: tuple[str, ...] = ()
    """From where it acts here: the branch, office or person in charge."""
    us_person: bool | None = None
    """Whether it is a US person; absent if that is to be told from the other facts."""
    flag: str = ""
    """Of a vessel or aircraft."""
    past_flags: tuple[str, ...] = ()
    """Flags of a vessel before."""
    status: Status | None = None
    """What it is to its State."""
    is_bank: bool | None = None
    """Whether it is a credit or financial institution."""
    sectors: tuple[str, ...] = ()
    """What it does for a living, in the words of the catalogue (`oil-exploration`)."""
    birth_date: str = ""
    """As 1965, 1965-09 or 1965-09-11."""
    birth_place: str = ""
    """As written."""
    documents: tuple[Document, ...] = ()
    """Passports, BIC, LEI, IMO and other numbers."""
    mrz: str = ""
    """The machine readable zone of a travel document, lines joined by a line feed."""
    address: str = ""
    """As written."""
    listings: tuple[str, ...] = ()
    """Keys of listings that the caller asserts are of this very party."""
    same_as: tuple[Decision, ...] = ()
    """Listings that a person decided are of this party."""
    different_from: tuple[Decision, ...] = ()
    """Listings that a person decided are of somebody else."""
    not_listed_by: tuple[str, ...] = ()
    """Jurisdictions on whose lists the caller has looked for it by other means and not found it,
    but for what `listings` names; lists of them that are not held are then no open question."""
    owners: OwnersKnown | None = None
    """How far its owners are known; absent if nobody looked."""
    acts_for: str = ""
    """The party for whose account or on whose orders it acts, and which then does what it does;
    empty if for itself."""

    @cached_property
    def key(self) -> str:
        """How others refer to it."""
        return self.id or self.role.value
