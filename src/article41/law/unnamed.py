"""Parties compared with the lists by no whole name: that nobody was found means nothing then."""

from collections.abc import Iterator, Sequence

from article41.law.situation import Situation, once_an_act
from article41.law.truth import NO
from article41.model.acts import Act, CargoAct, JourneyAct, PaymentAct
from article41.model.identifiers import IdentifierKind
from article41.model.measures import Outcome
from article41.model.parties import Party, Role, Status
from article41.model.questions import NoMeasure
from article41.model.verdicts import Because, Finding, MissingFact

NAMES_OPEN = NoMeasure.NAME_NOT_COMPARED.value
NAMES_ARE_WHOLE = "names-are-whole"
"""The fact that no name of the act is cut short at the end of a field."""
FIELD_CHARACTERS = frozenset((35, 70, 140))
"""Where fields of messages and forms end: a line of an MT message, two, and a name in ISO 20022."""
_LEGAL_FORMS = frozenset((
    "ab", "ag", "aps", "as", "asa", "bhd", "bv", "corp", "doo", "eood", "gmbh", "inc",
    "jsc", "kft", "kg", "kk", "limited", "llc", "llp", "ltd", "ltda", "nv", "ohg", "oo",
    "ooo", "oy", "oyj", "pjsc", "plc", "pte", "pty", "sa", "sarl", "sas", "se", "sia", "sl",
    "spa", "sro", "srl", "uab", "zrt",
))  # fmt: skip
"""With these the names of firms end: one that does is not cut short."""
_MARKS = frozenset((IdentifierKind.IMO, IdentifierKind.AIRCRAFT_TAIL, IdentifierKind.WALLET))
"""Numbers that lists print of whoever has one, so that no name is needed beside."""
_STATES = frozenset((Status.GOVERNMENT, Status.CENTRAL_BANK))


def worst_by_lists(act: Act) -> Outcome:
    """The most severe that a listing can bring to an act."""
    return Outcome.DENY if isinstance(act, JourneyAct) else Outcome.FREEZE


def open_names(key: str, situation: Situation) -> Iterator[Finding]:
    """That a party may be anybody on the lists of a jurisdiction, as its name was not compared.

    Args:
        key: The jurisdiction.
        situation: The act.
    """
    because, missing = [], []
    worst = worst_by_lists(situation.act)
    for party, why in _open_ones(situation):
        if key in party.not_listed_by:  # Somebody has looked for it.
            continue
        fact = f"parties.{party.key}.name"
        because.append(Because(fact=fact, value=party.name, text=f"{party.key}: its name {why}"))
        question = f"what is the whole name of {party.key}, in letters?"
        missing.append(MissingFact(fact=fact, question=question, if_so=worst))
    if because:
        keys = ", ".join(one.text.partition(":")[0] for one in because)
        yield Finding(
            jurisdiction=key,
            outcome=Outcome.REVIEW,
            measure=NAMES_OPEN,
            title=f"not compared in full with the lists of {key}: the name of {keys}",
            because=tuple(because),
            missing=tuple(missing),
            would_be=worst,
        )


@once_an_act
def _open_ones(situation: Situation) -> Sequence[tuple[Party, str]]:
    """Who is not surely an entry of a list and was compared by no whole name, and why."""
    found = []
    for party in situation.act.parties:
        is_known = any(
            one.identity.is_sure and one.in_force is not NO for one in situation.listed(party)
        )
        why = "" if is_known else _why_open(party, situation)
        if why:
            found.append((party, why))
    return found


def _why_open(party: Party, situation: Situation) -> str:
    standing = situation.standings.get(party.key)
    why = "" if standing is None else standing.name_open
    if not party.name.strip() and not party.other_names:
        # Who asks knows who it is; a State is told by its country, a craft by its number.
        is_told = (
            party.key == situation.act.asker.party
            or (party.status in _STATES and bool(situation.countries_of(party)))
            or any(document.kind in _MARKS for document in party.documents)
            or party.role is Role.OWNER
        )
        return "" if is_told else why
    return why or _cut(party, situation)


def _cut(party: Party, situation: Situation) -> str:
    """Why a name that fills the field of a message may lack its end."""
    is_from_paper = isinstance(situation.act, PaymentAct | CargoAct)
    names = [name for name in (party.name, *party.other_names) if name]
    lengths = [len(name) for name in names]
    if any(_last_word(name) in _LEGAL_FORMS for name in names):
        return ""
    is_said = party.role is Role.OWNER or situation.fact(NAMES_ARE_WHOLE) is True
    if not is_from_paper or is_said or not FIELD_CHARACTERS.issuperset(lengths):
        return ""
    return (
        f"has {lengths[0]} characters, where fields of messages end: it may be cut short"
        f" (facts.{NAMES_ARE_WHOLE} says if not)"
    )


def _last_word(name: str) -> str:
    """The last word in small letters, without marks (`Sp. z o.o.` ends with `oo`)."""
    words = name.split()
    return "".join(filter(str.isalpha, words[-1])).casefold() if words else ""
