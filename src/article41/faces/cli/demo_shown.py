"""What the demonstration shows beside its table: a freeze, a resemblance, a payment, a certificate.

Each is answered while it is shown; what it says is what the other commands would say, in short.
"""

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import msgspec

from article41.casework.audit import Durability
from article41.casework.audit.notes import VerifierKey
from article41.casework.certificates import Certificate, certify, claims_of
from article41.checks import Screener
from article41.checks.acts import Checker
from article41.checks.payment.checking import PaymentChecker
from article41.checks.payment.reading import read_payments
from article41.checks.verdict_json import verdict_json
from article41.faces.cli.findings import Detail, Told, reasons_told, with_outcome
from article41.faces.cli.payment_words import HOLD, NOTHING_FOUND, reason_told
from article41.faces.cli.sheet import Sheet
from article41.faces.cli.verdict_words import missing_words, outcome_words
from article41.faces.demonstration.acts import demonstration_message
from article41.faces.recording import GENERATION, recorder
from article41.faces.settings import Recording
from article41.model.acts import Act
from article41.model.parties import Party
from article41.model.verdicts import Finding, Verdict

MISSPELT = "Comercial Bank of Sirya"
"""A payee of whom nobody says more than a name, and that wrongly."""


def finding_shown(verdict: Verdict, sheet: Sheet) -> Iterator[str]:
    """What stops an act: who is listed, by which provision, whom it binds and what is due."""
    finding = _first(verdict)
    yield from _headed(finding, verdict.act.id, sheet)
    told = reasons_told(finding, Detail.FULL, Told())
    for label in ("listed", "law", "binds", "duty"):
        yield from sheet.labelled(label, told[label][:1], indent=2)


def resemblance_shown(act: Act, checker: Checker, sheet: Sheet) -> Iterator[str]:
    """The same act where the payee is a name alone: a resemblance asks, and never freezes."""
    payee = next(one for one in act.parties if one.key == "payee")
    unknown = Party(id=payee.id, role=payee.role, name=MISSPELT, country=payee.country)
    parties = tuple(unknown if one is payee else one for one in act.parties)
    verdict = checker.check(msgspec.structs.replace(act, parties=parties))
    finding = _first(verdict)
    yield from _headed(finding, f"{act.id}, written `{MISSPELT}` and nothing else", sheet)
    listed = reasons_told(finding, Detail.FULL, Told())["listed"]
    yield from sheet.labelled("listed", listed[:1], indent=2)
    yield from sheet.labelled("asks", map(missing_words, finding.missing[:1]), indent=2)


def payment_shown(screener: Screener, checker: Checker, day: date, sheet: Sheet) -> Iterator[str]:
    """A message of a payment that is held."""
    payments = read_payments(BytesIO(demonstration_message()), name="payment.txt")
    desk = PaymentChecker(screener, checker, day=day, asked_on=day)
    [answer] = desk.answer_many(payments, file="payment.txt")
    reason = answer.reasons[0]
    pen = sheet.pen
    state = f"{HOLD}, {outcome_words(reason.outcome)}" if answer.hold else NOTHING_FOUND
    yield from ("", pen.bold(f"{state}: an {answer.message} as it came, to a bank of Damascus"))
    for label, texts in reason_told(reason, entries_max=1, questions_max=0).items():
        yield from sheet.labelled(label, filter(None, texts[:1]), indent=2)


def certificate_shown(
    verdict: Verdict, folder: Path, asked_at: datetime, generation: str, sheet: Sheet
) -> Iterator[str]:
    """The certificate of an answer, verified; and again with one word of the answer changed."""
    desk = recorder(
        folder, by="demonstration", recording=Recording.WHOLE, durability=Durability.SYSTEM
    )
    body = verdict_json(verdict)
    desk.write(
        [
            desk.check(
                verdict,
                answer=body,
                asked_at=asked_at,
                asked_on=asked_at.date(),
                state={GENERATION: generation},
            )
        ]
    )
    made = certify(desk.record, 0)
    key = VerifierKey.parse(made.key)
    word = f'"{verdict.outcome.value}"'.encode()
    forged = bytes(made.entry).replace(word, b'"no-measure-found"', 1)
    yield from ("", sheet.pen.bold("CERTIFICATE of the first of these, verified without a network"))
    yield from sheet.labelled("as it is", _claims(made, key), indent=2)
    changed = msgspec.structs.replace(made, entry=msgspec.Raw(forged))
    said = f"one {outcome_words(verdict.outcome)} made NO MEASURE FOUND"
    yield from sheet.labelled("changed", [f"{said}: {next(_claims(changed, key))}"], indent=2)


def _claims(certificate: Certificate, key: VerifierKey) -> Iterator[str]:
    for claim in claims_of(certificate, key):
        yield f"{'holds' if claim.holds else 'DOES NOT HOLD'}: {claim.words}"


def _first(verdict: Verdict) -> Finding:
    return verdict.results[0].findings[0]


def _headed(finding: Finding, what: str, sheet: Sheet) -> Iterator[str]:
    yield ""
    heading = f"{outcome_words(finding.outcome)}: {what}"
    yield from with_outcome(heading, finding.outcome, sheet, indent=0)
