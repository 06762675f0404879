"""OFAC's remarks become typed data, piece by piece; what no rule understands stays text.

A remark is one line of pieces divided by semicolons. Nothing is guessed: a piece whose value does
not fit its label stays whole.
"""

import re
from collections import Counter

import msgspec

from article41.model.entities import Schema
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.listings import ReadingReport
from article41.sources.official.ofac.remark_facts import Facts
from article41.sources.official.ofac.remark_labels import rule_of
from article41.sources.official.ofac.remark_values import document_number

REMARK_WORDS_MAX = 200
"""The most different first words tabulated of the pieces that stayed text."""

_ALTERNATIVE = "alt. "
_ABBREVIATED_END = re.compile(r"(?:\.\S*|\b(?:cia|co|corp|inc|jr|ltd|ltda|sr))\.$", re.IGNORECASE)
_LABELLED_NUMBER = re.compile(
    r"(?P<label>(?:[A-Z][\w.'()-]*(?: of| and| de)? ){0,5}(?:No\.|Number|#|ID|ID Card|Code):?)"
    r" (?P<number>\S*\d.*)"
)
_OFFICE = re.compile(
    r"\b(?:accountant|admiral|advis[eo]r|agent|aide|ambassador|assistant|attorney|ayatollah|board"
    r"|businessman|cabinet|captain|ceo|chair(?:man|person|woman)?|chief|col|colonel|commander"
    r"|commissioner|congressman|constituent|coordinator|counsell?or|councill?or|delegate|deputy"
    r"|diplomat|director|doctor|dr|editor|emir|employee|engineer|envoy|executive|founder|general"
    r"|governor|haji|head|hojjatoleslam|inspector|judge|justice|leader|lieutenant|magistrate|manager"
    r"|marshal|m[ao]ulana|m(?:au)?lawi|mayor|member|minister|mullah|official|officer|ombudsman"
    r"|operative|owner|partner|president|principal|professor|prosecutor|qari|rector|representative"
    r"|secretary|senator|shareholder|sha?[ey]i?kh|speaker|spokesperson|superintendent|treasurer"
    r"|ustadz?|vice-chairperson|warden)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\b(?:is|are|was|were|has|have)\b")
_OFFICE_CHARS_MAX = 200
# Longer pieces are prose; the patterns would take minutes for some of 100,000 characters.
_PIECE_CHARS_MAX = 1_000
_WORD_CHARS_MAX = 100
_BARE_ADDRESS = re.compile(r"(\S*@\S+|(?:www\.|https?:)\S+)(?: \((?:email|website)\))?")


def read_remarks(text: str, *, schema: Schema, is_cut: bool = False) -> Facts:
    """Read one whole remark.

    Args:
        text: As published, continuations joined.
        schema: What the entry is; only a person holds an office.
        is_cut: The end is missing, so the last piece is no data.

    Example:
        >>> facts = read_remarks("DOB 1962; Passport X0001 (Examplia).", schema=Schema.PERSON)
        >>> facts.identifiers[0].country, facts.unparsed
        ('Examplia', [])
    """
    facts = Facts()
    pieces = pieces_of(text)
    facts.segments = len(pieces)
    cut_piece = pieces.pop() if is_cut and pieces else None
    if pieces and cut_piece is None:
        pieces[-1] = _without_full_stop(pieces[-1])
    for piece in pieces:
        if not (_is_labelled(facts, piece) or _is_recognised(facts, piece, schema)):
            facts.unparsed.append(piece)
    if cut_piece is not None:
        facts.unparsed.append(cut_piece)
    return facts


class RemarkCounts:
    """How much of the free remarks became data."""

    def __init__(self) -> None:
        """Start from nothing."""
        self._segments = 0
        self._typed = 0
        self._words: Counter[str] = Counter()

    def count(self, facts: Facts) -> None:
        """Count one remark."""
        self._segments += facts.segments
        self._typed += facts.segments - len(facts.unparsed)
        self._words.update(" ".join(piece.split()[:2]) for piece in facts.unparsed)

    def added_to(self, report: ReadingReport) -> ReadingReport:
        """The report with these counts."""
        return msgspec.structs.replace(
            report,
            remark_segments=self._segments,
            remark_segments_typed=self._typed,
            remark_words=tuple(self._words.most_common(REMARK_WORDS_MAX)),
        )


def pieces_of(text: str) -> list[str]:
    """What stands between the semicolons, empty pieces left out.

    Example:
        >>> pieces_of("Director; ; Shareholder")
        ['Director', 'Shareholder']
    """
    return [piece for part in text.split(";") if (piece := part.strip())]


def _without_full_stop(piece: str) -> str:
    # QUIRK: ofac 2015 to 2024: the remark ends with one full stop, which an abbreviation
    # (`CO. LTD.`) shares; so `CO LTD` at the end cannot be told from `CO LTD.`.
    is_quoted = piece.endswith("'.")
    if piece.endswith(".") and (is_quoted or not _ABBREVIATED_END.search(piece[-_WORD_CHARS_MAX:])):
        return piece[:-1]
    return piece


def _is_labelled(facts: Facts, piece: str) -> bool:
    if piece[:5].lower() == _ALTERNATIVE:
        piece = piece[5:]
    found = rule_of(piece)
    if found is None:
        return False
    rule, end = found
    return rule(facts, piece[:end], piece[end:].lstrip(" :"))


def _is_recognised(facts: Facts, piece: str, schema: Schema) -> bool:
    """Data that its form shows, without a label of the table."""
    if len(piece) > _PIECE_CHARS_MAX:
        return False
    if found := _BARE_ADDRESS.fullmatch(piece):
        kind = IdentifierKind.EMAIL if "@" in found[1] else IdentifierKind.WEBSITE
        facts.identifiers.append(Identifier(kind=kind, value=found[1]))
        return True
    if found := _LABELLED_NUMBER.fullmatch(piece):
        identifier = document_number(IdentifierKind.OTHER, found["label"], found["number"])
        if identifier is not None:
            facts.identifiers.append(identifier)
            return True
    if schema is Schema.PERSON and _is_office(piece):
        facts.titles.append(piece)
        return True
    return False


def _is_office(piece: str) -> bool:
    return (
        len(piece) <= _OFFICE_CHARS_MAX
        and _OFFICE.search(piece) is not None
        and _SENTENCE.search(piece) is None
    )
