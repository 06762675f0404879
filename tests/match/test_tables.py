"""The word tables of the kernel keep the formats their README promises."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

TABLES = Path(__file__).parents[2] / "kernel" / "data"
NAMES = ("given-names.txt", "legal-forms.txt", "org-words.txt", "titles.txt", "numbers.txt")
LATIN = re.compile(r"[a-z]+")
SLUG = re.compile(r"~?[a-z]+(-[a-z]+)*")


def entries(name: str) -> list[tuple[str, str]]:
    """Return the entries of a table, each with its section (empty before the first)."""
    section = ""
    found: list[tuple[str, str]] = []
    for line in (TABLES / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            found.append((section, line))
    return found


def keyed(name: str, separator: str) -> dict[str, list[str]]:
    """Return the entries `key: word word` of a table by key; a key that stands twice fails."""
    table: dict[str, list[str]] = {}
    for _, line in entries(name):
        key, _, words = line.partition(": ")
        assert key not in table, f"`{key}` stands twice"
        table[key] = [word.strip() for word in words.split(separator)]
    return table


def repeated(words: list[str]) -> list[str]:
    """Return the words that occur more than once."""
    return [word for word, count in Counter(words).items() if count > 1]


def groups(section: str) -> list[set[str]]:
    """Return the groups of given names in one section."""
    return [set(line.split()) for where, line in entries("given-names.txt") if where == section]


def are_variants(section: str, one: str, other: str) -> bool:
    """Say whether two given names share a line of a section."""
    return any(one in group and other in group for group in groups(section))


@pytest.mark.parametrize("name", NAMES)
def test_every_table_opens_with_a_comment_and_names_one_version(name: str) -> None:
    text = (TABLES / name).read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert text.endswith("\n")
    assert len(re.findall(r"(?m)^# version: [1-9][0-9]*$", text)) == 1


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_is_lower_case_composed_and_without_stray_blanks(name: str) -> None:
    for _, line in entries(name):
        assert line == line.lower(), line
        assert line == unicodedata.normalize("NFC", line)
        assert line == " ".join(line.split()), line


def test_given_names_are_latin_groups_of_two_or_more_without_repetition() -> None:
    for _, line in entries("given-names.txt"):
        words = line.split()
        assert len(words) >= 2, line
        assert all(LATIN.fullmatch(word) for word in words), line
        assert not repeated(words), line


def test_given_names_have_exactly_the_three_sections() -> None:
    assert {section for section, _ in entries("given-names.txt")} == {
        "",
        "international",
        "romanisation",
    }


@pytest.mark.parametrize("section", ["", "international", "romanisation"])
def test_no_group_of_given_names_is_contained_in_another_of_its_section(section: str) -> None:
    every = groups(section)
    for index, group in enumerate(every):
        inside = [other for place, other in enumerate(every) if place != index and group <= other]
        assert not inside, sorted(group)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("william", "bill"),
        ("mary", "polly"),
        ("edward", "ned"),
        ("vladimir", "volodymyr"),
        ("jose", "pepe"),
        ("muhammad", "mehmet"),
        ("qadhafi", "gaddafi"),
        ("jamal", "gamal"),
    ],
)
def test_nicknames_and_spellings_of_a_name_are_strong_variants(one: str, other: str) -> None:
    assert are_variants("", one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("patrick", "patricia"),
        ("hasan", "husayn"),
        ("jamal", "jamil"),
        ("salim", "salman"),
        ("hamid", "ahmad"),
        ("aleksandr", "aleksey"),
        ("sergey", "george"),
        ("william", "john"),
        ("maria", "marina"),
        ("abdulrahman", "abdulrahim"),
    ],
)
def test_similar_but_different_names_never_share_a_line(one: str, other: str) -> None:
    assert not any(are_variants(section, one, other) for section in ("", "international"))


def test_equivalents_in_other_languages_stay_weak() -> None:
    for one, other in (("john", "ivan"), ("john", "juan"), ("joseph", "yusuf")):
        assert are_variants("international", one, other)
        assert not are_variants("", one, other)


def test_syllables_one_sound_apart_are_not_romanisations_of_one_another() -> None:
    for one, other in (("guang", "gong"), ("song", "yong"), ("wei", "wen"), ("chol", "chon")):
        assert not are_variants("romanisation", one, other)


def test_a_legal_form_stands_once_and_in_one_class_only() -> None:
    forms = keyed("legal-forms.txt", ";")
    assert all(SLUG.fullmatch(slug) for slug in forms)
    every = [form for members in forms.values() for form in members]
    assert all(every), "an empty form"
    assert not repeated(every)


def test_a_legal_form_is_written_in_one_script_without_marks_or_stops() -> None:
    for members in keyed("legal-forms.txt", ";").values():
        for form in members:
            letters = [letter for letter in form if letter.isalpha()]
            scripts = {unicodedata.name(letter).split()[0] for letter in letters}
            assert len(scripts) == 1 or scripts <= {"HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}, (
                form
            )
            kinds = {unicodedata.category(letter)[0] for letter in form if letter != " "}
            assert kinds <= {"L", "M"}, form
            if scripts == {"LATIN"} and form != "công ty tnhh":
                assert form.isascii(), form


@pytest.mark.parametrize(
    ("form", "slug"),
    [
        ("gmbh", "limited"),
        ("ооо", "limited"),
        ("obshchestvo s ogranichennoi otvetstvennostyu", "limited"),
        ("s de rl de cv", "limited"),
        ("有限公司", "limited"),
        ("sa de cv", "stock"),
        ("s a de c v", "stock"),
        ("public joint stock company", "stock"),
        ("شركة مساهمة", "stock"),
        ("주식회사", "stock"),
        ("株式会社", "stock"),
        ("gmbh co kg", "limited-partnership"),
        ("fze", "free-zone"),
        ("co ltd", "~company-limited"),
        ("holding", "~holding"),
    ],
)
def test_a_well_known_form_stands_in_its_class(form: str, slug: str) -> None:
    assert form in keyed("legal-forms.txt", ";")[slug]


def test_a_word_of_organisations_stands_under_one_concept_only() -> None:
    concepts = keyed("org-words.txt", " ")
    assert all(SLUG.fullmatch(concept) and not concept.startswith("~") for concept in concepts)
    assert all(len(words) >= 2 for words in concepts.values())
    every = [word for words in concepts.values() for word in words]
    assert all(LATIN.fullmatch(word) for word in every)
    assert not repeated(every)


def test_a_concept_joins_languages_and_keeps_trades_apart() -> None:
    concepts = keyed("org-words.txt", " ")
    assert {"shipping", "naviera", "keshtirani"} <= set(concepts["shipping"])
    assert {"trade", "ticaret", "tejarat"} <= set(concepts["trade"])
    assert "shipping" not in concepts["trade"]


def test_a_title_or_particle_is_one_latin_word_in_one_section() -> None:
    found = entries("titles.txt")
    assert {section for section, _ in found} == {"title", "name-like", "particle", "suffix"}
    words = [word for _, word in found]
    assert all(LATIN.fullmatch(word) for word in words)
    assert not repeated(words)


def test_no_title_is_also_a_given_name() -> None:
    titles = {word for section, word in entries("titles.txt") if section == "title"}
    names = {
        word for section in ("", "international") for group in groups(section) for word in group
    }
    assert sorted(titles & names) == []


def test_a_word_has_one_number_only_and_numbers_run_from_1_to_100() -> None:
    numbers = keyed("numbers.txt", " ")
    assert list(numbers) == [str(value) for value in range(1, 101)]
    every = [word for words in numbers.values() for word in words]
    assert all(re.fullmatch(r"[a-z]+|[0-9]+[a-z]+", word) for word in every)
    assert not repeated(every)


def test_roman_numerals_stand_under_their_value() -> None:
    letters = {"i": 1, "v": 5, "x": 10, "l": 50}
    seen = 0
    for value, words in keyed("numbers.txt", " ").items():
        for word in words:
            if re.fullmatch(r"(xl|x{0,3})(ix|iv|v?i{0,3})", word):
                parts = [letters[letter] for letter in word]
                total = sum(-a if a < b else a for a, b in zip(parts, [*parts[1:], 0], strict=True))
                assert str(total) == value, word
                seen += 1
    assert seen > 40
