"""Takes apart what the Security Council prints in one name element.

A text may hold several names, a second script in brackets or a remark; what fits no known form
stays one name as printed.
"""

import re

from article41.model.entities import Name, NameKind
from article41.model.scripts import COMMON, script_of

_BRACKET = re.compile(r"(?P<before>[^()]*\S)\s*\((?P<inside>.*)\)[\s,]*")
_MARK = re.compile(r"([;()])")
_LABEL = re.compile(r"(?P<label>original script|in arabic(?: script)?)\s*:\s*", re.IGNORECASE)
_LABELLED = re.compile(rf"(?P<before>|.*?[\s.,]){_LABEL.pattern}(?P<name>\S.*)", re.IGNORECASE)
_REMARKS = frozenset(
    (
        "previously listed as",
        "formerly listed as",
        "prominently known as",
        "combat name",
        "birth name",
    )
)
_LANGUAGES = frozenset(
    (
        *("amharic", "arabic", "chinese", "dari", "farsi", "korean"),
        *("pashto", "persian", "russian", "somali", "tigrinya", "urdu"),
    )
)


def names_in(text: str, kind: NameKind, *, note: str = "") -> list[Name]:
    """The names in one printed text, in its order; its note may add more.

    Example:
        >>> [name.value for name in names_in("Ada One (Ада Одна)", NameKind.STRONG_ALIAS)]
        ['Ada One', 'Ада Одна']
        >>> [name.value for name in names_in("Ada (AE)", NameKind.STRONG_ALIAS)]
        ['Ada (AE)']
    """
    language = ""
    if (found := _BRACKET.fullmatch(text)) and found["inside"].lower() in _LANGUAGES:
        # QUIRK: un since 2016: the language of an original script may stand in brackets.
        text, language = found["before"], found["inside"]
    values: list[str] = []
    notes: list[str] = []
    for piece in _split(text):
        inside, remark = _values_in(piece)
        values += inside
        notes += [remark] if remark else []
    if not values:
        return []
    more, rest = _names_in_note(note, values[0])
    notes += [rest] if rest else []
    said = "; ".join(notes)
    return [
        Name(
            value=value,
            kind=kind,
            script=script_of(value),
            language=language,
            note=said if place == 0 else "",
        )
        for place, value in enumerate(values)
    ] + [Name(value=value, kind=kind, script=script_of(value), note=label) for value, label in more]


def _values_in(text: str) -> tuple[list[str], str]:
    """The names in a text and the remark in its brackets."""
    found = _BRACKET.fullmatch(text)
    if found is None:
        return [text], ""
    before, inside = found["before"], found["inside"].strip()
    if inside.lower() in _REMARKS:
        return [before], inside
    label = _LABEL.match(inside)
    inside = inside[label.end() :] if label else inside
    scripts = {script_of(before), script_of(inside)}
    if len(scripts) == 2 and COMMON not in scripts:
        return [before, *_split(inside)], ""
    return [text], ""


def _names_in_note(note: str, value: str) -> tuple[list[tuple[str, str]], str]:
    """Further names that a note spells out, each with its label, and the rest of the note."""
    labelled = _LABELLED.fullmatch(note)
    if labelled:
        return [(labelled["name"].strip(), labelled["label"])], labelled["before"].strip(" .,")
    # QUIRK: un since 2018: a note in Latin letters with semicolons spells out an alias in others.
    is_foreign = script_of(value) not in {"Latn", COMMON} and script_of(note) == "Latn"
    if ";" in note and is_foreign and not re.search(r"[:()\d]", note):
        return [(name, "") for name in _split(note)], ""
    return [], note


def _split(text: str) -> list[str]:
    """The names between the semicolons outside brackets."""
    # QUIRK: un since 2016: one ALIAS_NAME, or a FIRST_NAME, may hold names between semicolons.
    names = [""]
    depth = 0
    for piece in _MARK.split(text):
        if piece == ";" and not depth:
            names.append("")
            continue
        depth = max(0, depth + (piece == "(") - (piece == ")"))
        names[-1] += piece
    return [name for name in map(str.strip, names) if name]
