import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.model.scripts import COMMON, script_of

SCRIPT_BY_WORD = {
    "LATIN": "Latn", "GREEK": "Grek", "CYRILLIC": "Cyrl", "ARMENIAN": "Armn", "HEBREW": "Hebr",
    "ARABIC": "Arab", "DEVANAGARI": "Deva", "TAMIL": "Taml", "THAI": "Thai", "MYANMAR": "Mymr",
    "GEORGIAN": "Geor", "HANGUL": "Hang", "ETHIOPIC": "Ethi", "KHMER": "Khmr", "CJK": "Hani",
    "HIRAGANA": "Jpan", "KATAKANA": "Jpan",
}  # fmt: skip
"""The first word of a letter's Unicode name, and its script."""


def letters_by_script() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {script: [] for script in SCRIPT_BY_WORD.values()}
    for letter in map(chr, range(sys.maxunicode + 1)):
        if letter.isalpha():
            script = SCRIPT_BY_WORD.get(unicodedata.name(letter, "").split(" ")[0])
            if script:
                found[script].append(letter)
    return found


LETTERS = letters_by_script()


@pytest.mark.parametrize("script", LETTERS)
def test_a_letter_has_the_script_of_its_unicode_name_or_none(script: str) -> None:
    given = [script_of(letter) for letter in LETTERS[script]]

    strays = [
        letter
        for letter, is_given in zip(LETTERS[script], given, strict=True)
        # Phonetic signs count as Latin, whatever they are named after.
        if is_given not in (script, COMMON)
        and not unicodedata.name(letter).startswith(("GREEK LETTER SMALL", "CYRILLIC LETTER SMALL"))
        and not unicodedata.name(letter).startswith(("GREEK SUBSCRIPT", "MODIFIER LETTER"))
    ]
    assert strays == []
    assert given.count(script) > 0.6 * len(given)


@given(st.sampled_from(sorted(LETTERS)), st.text(st.characters(categories=["Nd", "P", "Z"])))
def test_digits_and_marks_change_nothing(script: str, rest: str) -> None:
    word = LETTERS[script][0] * 2

    assert script_of(rest) == COMMON
    assert script_of(rest + word + rest) == script_of(word) == script


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Ада Example", "Latn"),
        ("Ада Экзампл (Ada)", "Cyrl"),
        ("Ab Аб", "Latn"),
        ("Аб Ab", "Cyrl"),
        ("株式会社タナカ", "Jpan"),
        ("株式会社", "Hani"),
        ("", COMMON),
    ],
)
def test_most_letters_decide_and_on_a_tie_the_first(text: str, script: str) -> None:
    assert script_of(text) == script
