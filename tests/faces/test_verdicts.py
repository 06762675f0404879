"""A verdict as people read it: every reason, in words, within the width, and no comfort."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.checks.verdict_json import read_verdicts, verdict_json, verdict_of
from article41.faces.cli.sheet import LABEL_WIDTH
from article41.faces.cli.verdicts import verdict_line, verdict_lines
from article41.faces.cli.writing import Pen
from article41.model.errors import InputError
from article41.model.measures import Outcome
from article41.model.verdicts import Finding, MissingFact
from tests.acts import some_acts
from tests.faces.verdicts_made import (
    FOUND,
    FUNDS,
    NOTHING,
    PLAIN,
    text_of,
    with_findings,
)
from tests.test_tidy import COMFORT

COLOURED = Pen(has_colour=True)
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def texts_in(value: object) -> Iterator[str]:
    """Every text that a verdict carries, those of its act left out."""
    match value:
        case str():
            yield value
        case tuple():
            for one in value:
                yield from texts_in(one)
        case msgspec.Struct():
            for name in value.__struct_fields__:
                if name != "act":
                    yield from texts_in(getattr(value, name))
        case _:
            return


def test_a_verdict_is_told_whole(golden: Callable[[str, str], None]) -> None:
    golden("verdicts/whole.txt", text_of(FOUND, is_whole=True))


def test_a_verdict_is_told_shortly_on_a_narrow_terminal(
    golden: Callable[[str, str], None],
) -> None:
    golden("verdicts/narrow.txt", text_of(FOUND, width=60))


def test_nothing_found_is_told_with_what_it_rests_on(golden: Callable[[str, str], None]) -> None:
    golden("verdicts/nothing.txt", text_of(NOTHING))


def test_every_text_of_a_verdict_is_told() -> None:
    told = re.sub(r"\s+", " ", text_of(FOUND, is_whole=True))
    told = told.replace("-", " ")

    shas = {"ab" * 32, "cd" * 32}
    missing = [
        text for text in texts_in(FOUND) if text not in shas and text.replace("-", " ") not in told
    ]
    assert missing == []


@given(st.integers(20, 200), st.booleans())
def test_lines_keep_to_the_width(width: int, is_whole: bool) -> None:  # noqa: FBT001
    least = 20 + LABEL_WIDTH + 4
    for line in text_of(FOUND, width=width, is_whole=is_whole).splitlines():
        longest = max(map(len, line.split()), default=0)
        assert len(line) <= max(width, least, longest + 2 + least - 20)


def test_colours_add_nothing_to_the_words() -> None:
    coloured = "\n".join(verdict_lines(FOUND, COLOURED))

    assert ESCAPE.sub("", coloured) + "\n" == text_of(FOUND)
    assert "\x1b[1;31mPROHIBIT\x1b[0m" in coloured
    assert "\x1b[1;33mREVIEW\x1b[0m" in coloured
    assert ESCAPE.sub("", verdict_line(FOUND, COLOURED, number=1)) == verdict_line(
        FOUND, PLAIN, number=1
    )


def test_no_word_is_one_of_comfort() -> None:
    for outcome in Outcome:
        finding = msgspec.structs.replace(FUNDS, outcome=outcome, if_same=outcome)
        result = msgspec.structs.replace(FOUND.results[0], outcome=outcome, findings=(finding,))
        verdict = msgspec.structs.replace(FOUND, outcome=outcome, results=(result,))
        assert COMFORT.findall(text_of(verdict, is_whole=True)) == []
        assert outcome.value.replace("-", " ").upper() in text_of(verdict)


def test_nothing_from_outside_moves_the_cursor() -> None:
    evil = "A\x1b[2J\u202eB\u2028C"
    party = msgspec.structs.replace(FOUND.act.parties[1], name=evil)
    parties = (FOUND.act.parties[0], party, *FOUND.act.parties[2:])
    act = msgspec.structs.replace(FOUND.act, id=evil, parties=parties)
    finding = msgspec.structs.replace(FUNDS, title=evil, note=evil)
    result = msgspec.structs.replace(FOUND.results[0], jurisdiction=evil, findings=(finding,))
    standing = msgspec.structs.replace(FOUND.parties[0], party=evil, screened=(evil,))
    verdict = msgspec.structs.replace(
        FOUND, act=act, results=(result,), parties=(standing,), lists=(evil,)
    )

    told = text_of(verdict, is_whole=True) + verdict_line(verdict, PLAIN, number=1)

    assert [letter for letter in told if letter != "\n" and not letter.isprintable()] == []


def test_many_acts_have_a_line_each() -> None:
    assert verdict_line(FOUND, PLAIN, number=1) == (
        "p-7  PROHIBIT in XA; REVIEW in XB; NO MEASURE FOUND in XC, XD  "
        "No funds for listed parties or what they own"
    )
    assert verdict_line(NOTHING, PLAIN, number=2) == "act 2  NO MEASURE FOUND in XC"
    assert len(verdict_line(FOUND, PLAIN, number=1, width=70)) == 70


def test_the_line_of_a_review_asks_the_first_question() -> None:
    review = msgspec.structs.replace(FOUND, results=FOUND.results[1:2], outcome=Outcome.REVIEW)

    assert verdict_line(review, PLAIN, number=1) == (
        "p-7  REVIEW in XB  Blocking of listed parties: "
        "through which countries does the payment run?"
    )


def test_the_line_of_law_that_is_not_held_names_it_once() -> None:
    asked = MissingFact(fact="catalogue.XB", question="does XB 7 forbid it?", if_so=Outcome.FREEZE)
    gap = Finding(
        jurisdiction="XB", outcome=Outcome.REVIEW, measure="not-modelled",
        title="not modelled: XB 7", missing=(asked,),
    )  # fmt: skip

    line = verdict_line(with_findings(gap), PLAIN, number=1)

    assert line == "p-7  REVIEW in XB  not modelled: XB 7"


def test_jurisdictions_of_which_the_same_is_said_stand_together() -> None:
    brief = FOUND.results[1]
    other = msgspec.structs.replace(brief, jurisdiction="XE")
    verdict = msgspec.structs.replace(FOUND, results=(*FOUND.results, other))

    assert "\nLaw of XB (Example XB), XE (Example XE): REVIEW (" in text_of(verdict)
    assert "\nLaw of XE (Example XE): REVIEW (" in text_of(verdict, is_whole=True)


def test_a_jurisdiction_is_told_in_full_if_it_was_asked_for_or_stops_the_act() -> None:
    asked = msgspec.structs.replace(FOUND.act, jurisdictions=("XB",))
    frozen = msgspec.structs.replace(FOUND.results[1], outcome=Outcome.FREEZE)

    assert "if the same  FREEZE" not in text_of(FOUND)
    for verdict in (
        msgspec.structs.replace(FOUND, act=asked),
        msgspec.structs.replace(FOUND, results=(frozen,)),
    ):
        assert "if the same  FREEZE" in text_of(verdict)


def test_why_a_law_binds_is_told_once() -> None:
    twice = msgspec.structs.replace(FOUND.results[0], findings=(FUNDS, FUNDS))
    text = text_of(msgspec.structs.replace(FOUND, results=(twice,)), is_whole=True)

    assert text.count("Article 35(d)") == 1
    assert "binds        payer-bank, by incorporation, as above\n" in text


@given(some_acts())
def test_a_verdict_is_read_as_it_was_written(act: object) -> None:
    verdict = msgspec.structs.replace(FOUND, act=act)

    written = verdict_json(verdict)

    assert verdict_of(written) == verdict
    assert verdict_json(verdict_of(written)) == written
    assert text_of(verdict_of(written)) == text_of(verdict)


def test_verdicts_stand_on_lines_or_one_over_several() -> None:
    one, two = verdict_json(FOUND), verdict_json(NOTHING)
    indented = msgspec.json.format(one, indent=2)

    assert list(read_verdicts(BytesIO(one + b"\n\n" + two), file="v")) == [FOUND, NOTHING]
    (read,) = read_verdicts(BytesIO(indented), file="v")
    assert (read.act, read.results) == (FOUND.act, FOUND.results)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "`v` holds no verdict"),
        (b"{}\n", "`v:1`: this is no verdict: object missing required field `act`"),
        (b"\xff", "`v:1`: this is no verdict"),
        (b"[" * 100_000, "`v:1`: this is no verdict"),
        (verdict_json(NOTHING) + b"\n{}", "`v:2`: this is no verdict"),
        (verdict_json(FOUND).replace(b'"3/5"', b'"3/0"'), "`3/0` is no part of the whole"),
        (verdict_json(FOUND).replace(b'"3/5"', b'"1e9999"'), "`1e9999` is no part of the whole"),
    ],
)
def test_what_is_no_verdict_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        list(read_verdicts(BytesIO(data), file="v"))

    assert message in caught.value.message
    assert caught.value.hint
