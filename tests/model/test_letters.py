from hypothesis import example, given
from hypothesis import strategies as st

from article41.model.letters import legible


@given(st.text(st.characters(exclude_categories=[])))
@example("Ada\nhint: none\r\x1b[2J\u202e\u2028\udcff")
def test_nothing_legible_moves_a_cursor_begins_a_line_or_cannot_be_written(text: str) -> None:
    shown = legible(text)

    assert shown.encode("utf-8").decode() == shown
    assert len(shown.splitlines()) <= 1
    assert not set(shown) & {"\x1b", "\u202e", "\ufeff"}
    assert legible(shown) == shown


def test_letters_of_every_script_stay_as_they_are() -> None:
    for text in ("Ada Example", "مصرف سورية المركزي", "Махер", "日本\u00a0国"):
        assert legible(text) == text
