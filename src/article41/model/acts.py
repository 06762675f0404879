"""What somebody wants to do: the act, its asker and what is in hand, as plain data.

Amounts are decimals with their currency, days are calendar days, countries ISO 3166-1 alpha-2.
"""

from datetime import date
from decimal import Decimal

import msgspec

from article41.model.holdings import Holdings
from article41.model.parties import Party
from article41.model.terms import Term


class Verb(Term):
    """What a party does in an act: what a measure can forbid."""

    HOLD = "hold"
    """Hold or manage an account or other property of somebody."""
    ONBOARD = "onboard"
    """Open an account or enter into business."""
    PAY_OUT = "pay-out"
    EXTEND_CREDIT = "extend-credit"
    PAY = "pay"
    """Pay, or carry out, pass on or credit a payment."""
    RECEIVE_PAYMENT = "receive-payment"
    OPEN_CORRESPONDENT = "open-correspondent"
    """Open a correspondent or payable-through account for a bank."""
    MAINTAIN_CORRESPONDENT = "maintain-correspondent"
    IMPORT = "import"
    EXPORT = "export"
    PURCHASE = "purchase"
    SELL = "sell"
    """Sell, supply, transfer or deliver."""
    TRANSPORT = "transport"
    BROKER = "broker"
    FINANCE = "finance"
    INSURE = "insure"
    ASSIST = "assist"
    """Give technical assistance or training."""
    PROVIDE_SERVICE = "provide-service"
    INVEST = "invest"
    """Lend to, take a share in or form a venture with a business."""
    RELEASE = "release"
    """Let goods through customs."""
    ISSUE_VISA = "issue-visa"
    ENTER = "enter"
    TRANSIT = "transit"
    STAY = "stay"
    """Be in a country as a visitor, and spend money there."""
    LAND = "land"
    OVERFLY = "overfly"
    CALL_AT_PORT = "call-at-port"
    INSPECT = "inspect"
    BROADCAST = "broadcast"
    """Carry, distribute or license a channel."""
    ISSUE_SECURITY = "issue-security"
    DEAL_SECURITY = "deal-security"
    """Buy, sell, broker or assist in the issue of a security."""
    SATISFY_CLAIM = "satisfy-claim"
    ACCREDIT = "accredit"
    RECEIVE_ENVOY = "receive-envoy"
    EXPEL = "expel"
    SUSPEND = "suspend"
    """Suspend a membership, an agreement or relations."""


class Property(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something in the asker's hands, and whose it is.

    Example:
        >>> Property(kind="account", of="customer").kind
        'account'
    """

    kind: str
    """What it is: `account`, `funds`, `goods`, `vessel`, `securities`, ..."""
    of: str
    """Key of the party whose it is."""


class Asker(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """On whose behalf the question is put, and what is in hand.

    Example:
        >>> Asker(party="payer-bank").in_hand is None
        True
    """

    party: str
    """Key of the party that asks."""
    does: tuple[Verb, ...] = ()
    """What it would do; worked out from its role if empty."""
    in_hand: tuple[Property, ...] | None = None
    """What it holds of others; empty if nothing; worked out from its role if absent."""


class Licence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A specific licence or authorisation that somebody has.

    Example:
        >>> Licence(authority="OFAC", number="SY-2012-1", valid_from=date(2012, 1, 1)).lifts
        ()
    """

    authority: str
    """Who granted it; it lifts no law but its own."""
    number: str
    """Its number."""
    valid_from: date
    """First day."""
    valid_until: date | None = None
    """First day on which it is no licence any more; absent if it has no end."""
    lifts: tuple[str, ...] = ()
    """Ids, programmes or regimes of the measures that it lifts; none that it does not name."""
    parties: tuple[str, ...] = ()
    """Keys of the parties that it names; all if empty."""
    purposes: tuple[str, ...] = ()
    """Purposes for which alone it is given; all if empty."""
    amount_max: Decimal | None = None
    """In all; absent if it has no limit."""
    amount_used: Decimal = Decimal(0)
    """Of it used before this act."""
    currency: str = ""
    """Of the amounts."""
    reporting: str = ""
    """What is to be reported, and when."""


class Money(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An amount.

    Example:
        >>> Money(amount=Decimal("500.00"), currency="USD").currency
        'USD'
    """

    amount: Decimal
    """In units of the currency."""
    currency: str
    """ISO 4217 code."""


class Goods(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of goods, software or equipment.

    Example:
        >>> Goods(description="crude oil", code="2709 00", origin="XA").code
        '2709 00'
    """

    description: str = ""
    """As in the papers."""
    code: str = ""
    """HS or CN code, 2 to 10 digits; blanks and dots pass."""
    nomenclature: str = ""
    """Its edition, as `HS 2012` or `CN 2012`; that of the day of the act if empty."""
    items: tuple[str, ...] = ()
    """Items of control or annex lists (`1C350`, `ML4`, `annex-v`, `deep-packet-inspection`),
    numbers of any control list as they stand there, or `none` if it is on no list."""
    cas: tuple[str, ...] = ()
    """CAS numbers of chemicals; `none` if it is none that is asked for."""
    origin: str = ""
    """Where it was made or got."""
    exported_from: str = ""
    """Where it leaves or was loaded."""
    destination: str = ""
    """Where it is to be used or consumed in the end."""
    us_content: bool | None = None
    """Whether it is of US origin or under US export rules."""
    quantity: Decimal | None = None
    """How much."""
    unit: str = ""
    """Of the quantity (`t`, `l`, `piece`)."""
    unit_price: Money | None = None
    """Price of one unit, or of one unit of the threshold in question."""
    is_used: bool | None = None
    """Second-hand or not."""
    figures: dict[str, Decimal] = {}
    """Technical figures by name and unit (`output_mw`)."""


class _Act(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="act"):
    """What all acts have."""

    on: date
    """The day on which it is done."""
    asker: Asker
    """Who asks, and what is in hand."""
    parties: tuple[Party, ...]
    """All who take part; the asker too."""
    id: str = ""
    """The caller's own reference; comes back with the answer."""
    jurisdictions: tuple[str, ...] = ()
    """Whose answers come first and are shown; those of others are given all the same."""
    holdings: Holdings = Holdings()
    """Who owns and controls whom."""
    purposes: tuple[str, ...] = ()
    """What it is for, in the words of the catalogue (`legal-fees`, `personal-remittance`)."""
    places: tuple[str, ...] = ()
    """Countries in which or over which it is done, beside those that its other facts name."""
    facts: dict[str, bool] = {}
    """Answers to facts that the catalogue asks for by name."""
    licences: tuple[Licence, ...] = ()
    """Specific licences."""
    contract_on: date | None = None
    """Day of the contract that it performs."""
    text: str = ""
    """Free text of the papers: purpose, remittance information, description."""


class PartyAct(_Act, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="party"):
    """Onboard, hold, pay out, extend credit.

    Example:
        >>> PartyAct.__struct_config__.tag
        'party'
    """

    relation_since: date | None = None
    """Since when the relation or account exists."""


class PaymentAct(_Act, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="payment"):
    """A payment on its way.

    Example:
        >>> PaymentAct.__struct_config__.tag
        'payment'
    """

    money: Money | None = None
    """How much."""
    cleared_in: tuple[str, ...] | None = None
    """Countries through whose banks it is cleared; absent if that is not known."""


class CargoAct(_Act, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="cargo"):
    """Goods that are bought, sold, carried, insured, financed or let through.

    Example:
        >>> CargoAct.__struct_config__.tag
        'cargo'
    """

    goods: tuple[Goods, ...]
    """Line by line."""
    loaded_in: str = ""
    """Country of the port or place of loading."""
    loaded_at: str = ""
    """The port or place."""
    discharged_in: str = ""
    """Country of discharge."""
    discharged_at: str = ""
    """The port or place."""
    via: tuple[str, ...] = ()
    """Countries called at or crossed between."""
    shipped_on: date | None = None
    """Day of the bill of lading or of export."""
    performed_on: date | None = None
    """Day on which the contract is performed, if another than that of the act."""
    money: Money | None = None
    """The price and its currency."""
    cleared_in: tuple[str, ...] | None = None
    """As for a payment."""
    end_use: str = ""
    """In the words of the catalogue, or free."""


class JourneyAct(_Act, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="journey"):
    """A person or a craft that travels.

    Example:
        >>> JourneyAct.__struct_config__.tag
        'journey'
    """

    leaves: str = ""
    """Country left."""
    arrives: str = ""
    """Country of destination."""
    via: tuple[str, ...] = ()
    """Countries of transit."""
    overflies: tuple[str, ...] = ()
    """Countries only flown over."""
    flight: str = ""
    """What flies: `passenger`, `cargo-only`, `mixed`, `charter`, `non-traffic-stop`; empty if none
    or not known."""
    money: Money | None = None
    """What is spent on the way, if that is asked."""


class CommunicationAct(
    _Act, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="communication"
):
    """Equipment, services and channels of communication.

    Example:
        >>> CommunicationAct.__struct_config__.tag
        'communication'
    """

    goods: tuple[Goods, ...] = ()
    """Equipment and software."""
    services: tuple[str, ...] = ()
    """Services in words (`installation`, `satellite capacity`)."""
    channel: str = ""
    """The channel that is carried."""
    destination: str = ""
    """Where it is used or received."""
    money: Money | None = None
    """Price."""
    end_use: str = ""
    """In the words of the catalogue, or free."""


class SecuritiesAct(_Act, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="securities"):
    """A security that is issued or dealt in.

    Example:
        >>> SecuritiesAct.__struct_config__.tag
        'securities'
    """

    instrument: str
    """`bond`, `money-market`, `equity`, `loan`, ..."""
    issued_on: date | None = None
    """Day of issue."""
    tenor_days: int | None = None
    """Time to maturity at issue."""
    is_public: bool | None = None
    """Issued or guaranteed by a State or its bodies."""
    money: Money | None = None
    """Amount."""


class DiplomaticAct(_Act, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="diplomatic"):
    """An act between States.

    Example:
        >>> DiplomaticAct.__struct_config__.tag
        'diplomatic'
    """

    sending: str
    """The sending State, or the one whose relation is meant."""
    receiving: str
    """The receiving State or union."""
    rank: str = ""
    """Of the envoy: `ambassador`, `charge`, `diplomat`, `consul`."""
    subject: str = ""
    """The membership, agreement or relation meant."""


Act = (
    PartyAct | PaymentAct | CargoAct | JourneyAct | CommunicationAct | SecuritiesAct | DiplomaticAct
)
"""Any act; `act` names its kind in JSON and YAML."""
