"""Verdicts made by hand: one with all that there can be, one that found nothing."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import msgspec

from article41.checks import Coverage
from article41.faces.cli.verdicts import verdict_lines
from article41.faces.cli.writing import Pen
from article41.match import SCORER, ListCoverage, ListStanding
from article41.model.acts import Asker, Money, PaymentAct, Verb
from article41.model.clocks import InForce
from article41.model.entities import Schema
from article41.model.holdings import Holdings, Share, Stake
from article41.model.measures import Article41, Certainty, Outcome, ReliefKind
from article41.model.ownership import Owned, OwnershipNote
from article41.model.parties import Party, Role
from article41.model.verdicts import (
    Because,
    Considered,
    DutyNote,
    Finding,
    Identity,
    LawCoverage,
    ListedAs,
    MissingFact,
    Nexus,
    PartyStanding,
    ReliefNote,
    Result,
    Verdict,
)

PLAIN = Pen(has_colour=False)
SIXTY = Share(at_least=Fraction(3, 5), at_most=Fraction(3, 5))
ACT = PaymentAct(
    id="p-7",
    on=date(2024, 6, 1),
    asker=Asker(party="payer-bank"),
    parties=(
        Party(role=Role.PAYER, name="Ada Example", country="XA"),
        Party(role=Role.PAYER_BANK, name="Example Bank", country="XA"),
        Party(role=Role.PAYEE, name="Specimen Trading", schema=Schema.COMPANY),
        Party(role=Role.OWNER, id="Beda Sample", name="Beda Sample"),
    ),
    holdings=Holdings(stakes=(Stake(owner="Beda Sample", asset="payee", share=SIXTY),)),
    money=Money(amount=Decimal(500), currency="USD"),
)
LISTED = ListedAs(
    key="xa-main/7",
    authority="XA",
    list_id="xa-main",
    name="SAMPLE, Beda",
    identity=Identity.IDENTIFIED,
    links=("CORA SAMPLE",),
    in_force=InForce.YES,
    programmes=("XA-FLEET",),
    measures=("asset freeze",),
    acts=("Example Council Regulation 2024/7",),
    listed_from=date(2024, 1, 9),
    evidence="passport X0000001 of XA",
    version_sha256="ab" * 32,
    published=date(2024, 5, 30),
)
ALIKE = ListedAs(
    key="xb-main/9",
    authority="XB",
    list_id="xb-main",
    name="SPECIMEN TRADERS",
    identity=Identity.RESEMBLES,
    in_force=InForce.UNKNOWN,
    unknown_between=(date(2024, 5, 1), date(2024, 7, 1)),
    score=0.871,
    evidence="name",
    conflicts=("birth dates differ",),
)
OWNERSHIP = OwnershipNote(
    party="payee",
    rule="XA_2024",
    owned=Owned.OWNED,
    owners=("Beda Sample",),
    share="60 %",
    path=("Beda Sample 60 % payee",),
    text="a listed party holds more than half",
    rebuttal="the authority may find that nothing will reach the listed owner",
    citation="Example Council Regulation 2024/7, Article 4",
)
ON = Because(fact="on", value="2024-06-01", text="in force since 2024-03-01")
NEXUS = Nexus(
    party="payer-bank",
    ground="incorporation",
    because=(Because(fact="parties.payer-bank.country", value="XA", text="formed under its law"),),
    text="Article 35(d)",
)
CLEARED = MissingFact(
    fact="cleared_in",
    question="through which countries does the payment run?",
    if_so=Outcome.FREEZE,
    if_not=Outcome.NOT_BOUND,
)
REPORT = DutyNote(what="report to the authority", within="10 business days", citation="Article 29")
FUNDS = Finding(
    jurisdiction="XA",
    outcome=Outcome.PROHIBIT,
    measure="xa/fleet/funds",
    title="No funds for listed parties or what they own",
    kind="make-available-ban",
    article_41=Article41.ECONOMIC,
    citation="Example Council Regulation 2024/7, Article 3(2)",
    manner="refuse; hold what came for the authority",
    certainty=Certainty.A,
    verified_on=date(2026, 11, 20),
    verified_by="official journal text",
    does=(Verb.PAY, Verb.RECEIVE_PAYMENT),
    nexus=(NEXUS,),
    listed=(LISTED,),
    ownership=(OWNERSHIP,),
    because=(ON,),
    reliefs=(
        ReliefNote(
            id="legal-fees",
            kind=ReliefKind.DEROGATION,
            title="reasonable legal fees",
            citation="Article 16(b)",
            fits=InForce.UNKNOWN,
            because=(Because(fact="purposes", value="", text="legal-fees would fit"),),
            proof=("Are the fees reasonable?",),
            missing=(
                MissingFact(
                    fact="purposes",
                    question="is it for legal-fees?",
                    if_so=Outcome.LICENCE_REQUIRED,
                    if_not=Outcome.PROHIBIT,
                ),
            ),
            refusal="the fees are out of all proportion",
            duties=("notify within two weeks",),
        ),
    ),
    duties=(REPORT,),
    exposure="listing of who helps to get round the ban",
    knowledge="no liability of who could not know",
    note="Interest on what is frozen may be credited.",
)
REVIEW = Finding(
    jurisdiction="XB",
    outcome=Outcome.REVIEW,
    measure="xb/blocking",
    title="Blocking of listed parties",
    nexus=(),
    listed=(ALIKE,),
    missing=(CLEARED,),
    if_same=Outcome.FREEZE,
    would_be=Outcome.FREEZE,
)
COVERAGE = Coverage(
    as_of=ACT.on,
    known_at=None,
    findings=(),
    scorer=SCORER,
    lists=(
        ListCoverage(
            list_id="xa-main",
            authority="XA",
            version=ListStanding(
                day=date(2024, 5, 30),
                known_from=datetime(2024, 5, 31, tzinfo=UTC),
                sha256="ab" * 32,
                published=date(2024, 5, 30),
                listings=1204,
            ),
            first_day=date(2024, 1, 2),
            names_cut=0,
            names_empty=0,
        ),
        ListCoverage(
            list_id="xb-main",
            authority="XB",
            version=None,
            first_day=date(2024, 7, 1),
            names_cut=0,
            names_empty=0,
        ),
    ),
)
FOUND = Verdict(
    act=ACT,
    outcome=Outcome.PROHIBIT,
    results=(
        Result(
            jurisdiction="XA",
            outcome=Outcome.PROHIBIT,
            binds=InForce.YES,
            binds_asker=InForce.YES,
            findings=(FUNDS,),
            considered=(
                Considered(
                    measure="xa/fleet/port-ban",
                    title="No port access",
                    because=(Because(fact="act", value="payment", text="no port is called at"),),
                ),
            ),
            nexus=(NEXUS,),
            law=(
                LawCoverage(jurisdiction="XA", regime="XB", state="modelled", text="Fleet acts"),
                LawCoverage(
                    jurisdiction="XA",
                    regime="XC",
                    state="absent",
                    kinds=("arms-embargo",),
                    text="Example Order 12",
                    verified_on=date(2026, 11, 1),
                ),
            ),
            notes=("a further measure was announced on 2024-05-25 and is not law",),
        ),
        Result(
            jurisdiction="XB",
            outcome=Outcome.REVIEW,
            binds=InForce.UNKNOWN,
            findings=(REVIEW,),
            exposure=("loss of correspondent accounts",),
        ),
        Result(
            jurisdiction="XC",
            outcome=Outcome.NO_MEASURE_FOUND,
            binds=InForce.NO,
            unbound=(Because(fact="places", value="", text="nothing of the act is in XC"),),
        ),
        Result(jurisdiction="XD", outcome=Outcome.NO_MEASURE_FOUND, binds=InForce.NO),
    ),
    parties=(
        PartyStanding(party="payer", screened=("Ada Example",), different_from=("xa-main/3",)),
        PartyStanding(party="payee", screened=("Specimen Trading",), listed=(ALIKE,)),
        PartyStanding(
            party="Beda Sample",
            screened=("Beda Sample", "passport X0000001 of XA"),
            listed=(LISTED,),
            limits=("the name is longer than what is compared",),
        ),
    ),
    ownership=(OWNERSHIP,),
    listed_elsewhere=(ALIKE,),
    missing=(CLEARED,),
    duties=(REPORT,),
    not_examined=(Because(fact="parties.payer-bank.owners", value="", text="nobody looked"),),
    conflicts=("XB forbids to follow the law of XA in this",),
    lists=("xb-main is 40 days old, more than it may be",),
    coverage=msgspec.Raw(msgspec.json.encode(COVERAGE)),
    catalogue_sha256="cd" * 32,
    catalogue_verified_on=date(2026, 11, 20),
    known_at=datetime(2026, 11, 25, 9, 30, tzinfo=UTC),
    threshold=0.65,
    code_version="0.2.0",
)
NOTHING = Verdict(
    act=msgspec.structs.replace(ACT, id=""),
    outcome=Outcome.NO_MEASURE_FOUND,
    results=(Result(jurisdiction="XC", outcome=Outcome.NO_MEASURE_FOUND, binds=InForce.YES),),
    parties=(PartyStanding(party="payer", screened=("Ada Example",)),),
    threshold=0.65,
)


def text_of(verdict: Verdict, *, width: int = 100, is_whole: bool = False) -> str:
    return "\n".join(verdict_lines(verdict, PLAIN, width=width, is_whole=is_whole)) + "\n"


def with_findings(*findings: Finding, jurisdiction: str = "XB") -> Verdict:
    """The answer in which a jurisdiction found these, and nothing else was found."""
    found = tuple(msgspec.structs.replace(one, jurisdiction=jurisdiction) for one in findings)
    result = msgspec.structs.replace(FOUND.results[1], jurisdiction=jurisdiction, findings=found)
    bound = msgspec.structs.replace(result, binds=InForce.YES, binds_asker=InForce.YES)
    return msgspec.structs.replace(FOUND, results=(bound,), missing=())


def in_one_line(text: str) -> str:
    return " ".join(text.split())
