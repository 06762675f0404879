"""The answer to one payment of a message, as it is written: hold or not, and why.

An answer never says that a payment may go on. Without `hold` no measure was found, within the
coverage that it names.
"""

from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from article41.checks.payment.finds import TextFind
from article41.checks.payment.references import References
from article41.model.clocks import InForce
from article41.model.errors import Article41Error
from article41.model.measures import Outcome
from article41.model.verdicts import Finding, Identity, ListedAs, MissingFact, Result, Verdict

QUIET = frozenset({Outcome.NOT_BOUND, Outcome.NO_MEASURE_FOUND})
"""Outcomes by which nothing is held."""


class ListedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry on which a reason rests.

    Example:
        >>> ListedEntry(key="xa-main/7", name="Ada Example", identity=Identity.RESEMBLES).score
    """

    key: str
    """List and number."""
    name: str
    """The name of it that was compared, or its first."""
    identity: Identity
    """How sure it is that a party is the listed one."""
    score: float | None = None
    """Of the resemblance; absent if names were not compared."""
    evidence: str = ""
    """What the identity rests on."""


class ElsewhereEntry(ListedEntry, frozen=True, kw_only=True):
    """An entry of a party whose authority binds nobody in the payment: it holds nothing.

    Example:
        >>> ElsewhereEntry(party="payee", authority="XA", key="xa-main/7", name="Ada Example",
        ...                identity=Identity.RESEMBLES, in_force=InForce.YES).party
        'payee'
    """

    party: str
    """Key of the party."""
    authority: str
    """Whose list it is."""
    in_force: InForce
    """Whether it is in force on the day."""


class PaymentReply(msgspec.Struct, frozen=True, kw_only=True):
    """What may be sent back of a payment that is held: that it is pending, and no word more.

    Example:
        >>> PaymentReply(kind="MT199", text="{4:...}").kind
        'MT199'
    """

    kind: str
    """`pacs.002`, `pain.002` or `MT199`, `MT299`, `MT799`."""
    text: str
    """The whole message."""


class PaymentReason(msgspec.Struct, frozen=True, kw_only=True):
    """One measure, or one open question, by which a payment is held.

    Example:
        >>> PaymentReason(jurisdiction="XA", outcome=Outcome.REVIEW, measure="list-missing",
        ...               title="no list of XA is held").listed
        ()
    """

    jurisdiction: str
    """Whose law."""
    outcome: Outcome
    """What follows from it."""
    measure: str
    """Id of the measure; a word of `NoMeasure`, without `/`, where it is a question."""
    title: str
    """What it does."""
    citation: str = ""
    """Instrument and provision on the day."""
    listed: tuple[ListedEntry, ...] = ()
    """The entries that it rests on."""
    missing: tuple[MissingFact, ...] = ()
    """Facts that would decide it."""


class MessageFault(msgspec.Struct, frozen=True, kw_only=True):
    """Why a message, or one of its transactions, could not be read or answered.

    Example:
        >>> MessageFault(code="act", message="no name", hint="give one").place
        ''
    """

    code: str
    """The error's slug."""
    message: str
    """What is wrong."""
    hint: str
    """What to do next."""
    place: str = ""
    """Where: file, line, element or field, as far as known."""


class PaymentAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What is answered to one transaction.

    Example:
        >>> PaymentAnswer(file="a.xml", hold=True, outcome=Outcome.REVIEW).reasons
        ()
    """

    file: str
    """The file as it was given, or `stdin`."""
    message: str = ""
    """The kind of message; empty if it could not be read."""
    number: int = 0
    """Which transaction of the message it is, from 1; 0 if the message could not be read."""
    reference: str = ""
    """How the payment is called: its UETR, else what the payer calls it (`EndToEndId`, `/ROC/`),
    else the sender's own reference (`InstrId`, `TxId`, field 20)."""
    references: References = References()
    """Each reference of it that the message has, by its kind."""
    hold: bool
    """True if it must not go on before a person has looked; false is no permission."""
    outcome: Outcome
    """The most severe of law and finds; a message that cannot be read is a review."""
    asker: str = ""
    """Key of the party on whose behalf it was asked."""
    asker_name: str = ""
    """Its name or BIC."""
    on: date | None = None
    """The day whose lists and law answered."""
    reasons: tuple[PaymentReason, ...] = ()
    """What of the law holds it, most severe first."""
    finds: tuple[TextFind, ...] = ()
    """What stands in its free texts."""
    listed_elsewhere: tuple[ElsewhereEntry, ...] = ()
    """Entries of its parties on lists of authorities whose law binds nobody here: they hold
    nothing, and are never hidden."""
    assumed: tuple[str, ...] = ()
    """What was taken for granted because the message does not say it."""
    fault: MessageFault | None = None
    """Why it was not answered, or not in full."""
    lists: tuple[str, ...] = ()
    """Limits of the lists, in words."""
    coverage: msgspec.Raw = msgspec.Raw(b"null")
    """The lists, each in the version that stood on the day, as a matching answer has them."""
    catalogue_sha256: str = ""
    """Of the catalogue of law."""
    known_at: datetime | None = None
    """The moment known; absent for now."""
    threshold: float = 0.0
    """Least score that counts as a resemblance of a party."""
    code_version: str = ""
    """Of this software."""
    verdict: Verdict | None = None
    """The whole answer of the law with the act, if it was asked for."""
    reply: PaymentReply | None = None
    """What may be sent back, if it was asked for, the payment is held and its format has one."""


def reasons_of(verdict: Verdict) -> tuple[PaymentReason, ...]:
    """What of a verdict holds a payment, most severe first."""
    found = [
        _reason(finding)
        for result in verdict.results
        for finding in result.findings
        if finding.outcome not in QUIET and _counts(result, finding, verdict)
    ]
    return tuple(sorted(found, key=lambda one: one.outcome.rank))


def _counts(result: Result, finding: Finding, verdict: Verdict) -> bool:
    """True of what can have made the outcome of the whole; others bind nobody here."""
    return (
        result.binds.value != "no"
        or result.jurisdiction in verdict.act.jurisdictions
        or "/" in finding.measure
    )


def _reason(finding: Finding) -> PaymentReason:
    return PaymentReason(
        jurisdiction=finding.jurisdiction,
        outcome=finding.outcome,
        measure=finding.measure,
        title=finding.title,
        citation=finding.citation,
        listed=tuple(map(_entry, finding.listed)),
        missing=finding.missing,
    )


def _entry(listed: ListedAs) -> ListedEntry:
    return ListedEntry(
        key=listed.key,
        name=listed.name,
        identity=listed.identity,
        score=listed.score,
        evidence=listed.evidence,
    )


def fault_of(error: Article41Error) -> MessageFault:
    """An error as an answer carries it."""
    return MessageFault(
        code=error.code, message=error.message, hint=error.hint, place=" ".join(_place(error))
    )


def _place(error: Article41Error) -> Iterator[str]:
    file, line = getattr(error, "file", ""), getattr(error, "line", 0)
    if file:
        yield f"{file}:{line}" if line else file
    elif line:
        yield f"line {line}"
    if path := getattr(error, "path", ""):
        yield path


def unread(file: str, error: Article41Error) -> PaymentAnswer:
    """The answer to what cannot be read: hold."""
    return PaymentAnswer(file=file, hold=True, outcome=Outcome.REVIEW, fault=fault_of(error))
