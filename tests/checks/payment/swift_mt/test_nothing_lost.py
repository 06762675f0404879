"""Every text of every message is listed: of made ones, of mutated ones, of real samples."""

import os
import random
import re
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from article41.checks.payment.message import SCREENED, Screening, Text
from article41.checks.payment.swift_mt import read_swift_mt
from article41.checks.payment.swift_mt.table import MEANINGS, OPTIONS, PARTIES
from article41.model.errors import MessageError
from fuzz.fuzz_swift_mt import missing, other_message, try_one, untagged
from tests.checks.payment.swift_mt.made import FOUR, GOLDEN, message, only, read
from tests.sources.test_fuzzing import mutated

SHARED = os.environ.get("ARTICLE41_SHARED", "")
SAMPLES = sorted(Path(SHARED, "data/payments/swift-mt").glob("*")) if SHARED else []
ROUNDS = 150
SIGNS = "ABXYZ019 /-?:().,'+{}_@#=!\"%&*<>;éПﾄ"
LINE = st.text(SIGNS, max_size=40) | st.sampled_from(
    ["/XA1", "//FW0210", "1/ADA EXAMPLE", "3/XA/TOWN", "4/19650911", "6/XA/BANK/7", "8/9",
     "CCPT/XA/7", "SAMPXCXX", "/INS/SAMPXCXX", "/INS/OLD BANK", "/REC/A", "//B", "/BENEFRES/XA//A",
     "BY PAYMENT", "261130EUR1,", "EUR2,5", "261130", "HOLD/A", "X" * 35, "C261130EUR1,"]
)  # fmt: skip
TAGS = st.sampled_from(
    [tag.replace("a", "") for tag in MEANINGS]
    + [number[:2] + letter for number in PARTIES for letter in [*OPTIONS, "J"]]
) | st.from_regex("[0-9]{2}[A-Z]?", fullmatch=True)
FIELD = st.tuples(TAGS, st.lists(LINE, min_size=1, max_size=5))


def is_text(line: str) -> bool:
    return not line.startswith(("-}", ":")) and "{1:" not in line and line.strip() != "$"


@given(st.sampled_from(["101", "202", "300", "499", "707", "940"]), st.lists(FIELD, max_size=12))
def test_nothing_of_a_made_message_is_missing(
    kind: str, fields: list[tuple[str, list[str]]]
) -> None:
    fields = [(tag, [line for line in lines if is_text(line)] or [""]) for tag, lines in fields]
    four = ["20:R", "32A:261130EUR1,", "58A:SAMPXCXX", "79:X"]
    data = message(*four, *(f"{tag}:{chr(10).join(lines)}" for tag, lines in fields), kind=kind)

    assume(try_one(data))
    text = data.decode().split("{4:", 1)[1].splitlines()[1:-1]
    assert not missing(read(data), untagged(text))


WORD = "QUILLFEATHER"
HIDING = st.sampled_from(
    ["*", "/*", "//*", "/*/", "/*/A", "/A/*", "/INS/*", "/ULTB/*", "/UETR/*", "1/*", "2/*",
     "3/*", "3/XA/*", "4/*", "6/XA/*/7", "6/XA/7/*", "7/XA/*", "8/*", "9/*", "CCPT/XA/*",
     "*/XA/7", "CCPT/*", "261130*", "261130EUR*", "261130EUR1,*", "EUR*", "HOLD/*", "*/HOLD",
     "BY-*", "-*", "/C/*", "//FW*", "C261130*", "ANY-BANK-*", "/BENEFRES/XA//*", "/BENEFRES/*",
     "*:", "X{4:*", "*/*/*"]
)  # fmt: skip
"""Ways of setting out a word, which stands in place of the star."""


@given(
    TAGS, HIDING, st.lists(LINE.filter(is_text), max_size=3), st.integers(0, 3),
    st.sampled_from(["101", "202", "300", "707", "940"]),
)  # fmt: skip
def test_a_name_can_hide_in_no_field(
    tag: str, hiding: str, beside: list[str], at: int, kind: str
) -> None:
    lines = [*beside[:at], hiding.replace("*", WORD).replace("-", " "), *beside[at:]]
    four = ["20:R", "32A:261130EUR1,", "58A:SAMPXCXX"]
    data = message(*four, f"{tag}:{chr(10).join(lines)}", kind=kind)

    assume(try_one(data))

    looked_at = [one.value for one in texts_of(data) if one.screening in LOOKED_AT]
    assert any(WORD in value for value in looked_at)


@given(
    st.sampled_from(
        ["3:103", "3:108", "3:119", "3:433", "3:Z", "5:CHK", "5:TNG", "S:SAC", "S:X", "0:X", "9:X"]
    )
)
def test_a_name_can_hide_in_no_tag(path: str) -> None:
    block, tag = path.split(":")
    tagged = f"{{{block}:{{{tag}:{WORD}}}}}".encode()
    data = message("*")
    head, text = data.split(b"{4:", 1)
    data = head + tagged + b"{4:" + text if block == "3" else data + tagged

    assert WORD in [one.value for one in texts_of(data) if one.screening in LOOKED_AT]


LOOKED_AT = (Screening.NAME, Screening.NUMBER, Screening.TEXT)


def texts_of(data: bytes) -> list[Text]:
    return [text for one in read(data) for text in one.texts]


@given(st.lists(LINE.filter(is_text), min_size=1, max_size=20))
def test_words_that_somebody_wrote_are_looked_at(lines: list[str]) -> None:
    assume(any(line.strip() for line in lines))
    data = message("20:R", "79:" + "\n".join(lines), kind="199")

    looked_at = [one.value for one in texts_of(data) if one.screening in LOOKED_AT]
    assert not Counter("".join(re.findall(r"[^\W_]", "".join(lines)))) - Counter("".join(looked_at))


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*")), ids=lambda path: str(path.name))
def test_mutated_messages_are_read_whole_or_refused(path: Path) -> None:
    chance = random.Random(41)
    seed = path.read_bytes()

    assert try_one(seed)
    outcomes = [try_one(mutated(seed, chance)) for _ in range(ROUNDS)]

    assert 0.01 < sum(outcomes) / len(outcomes) < 0.9, "it only reads or only refuses"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*")), ids=lambda path: str(path.name))
def test_other_messages_are_read_whole_or_refused(path: Path) -> None:
    others = [other_message(path.read_bytes(), 1 << 20, seed) for seed in range(ROUNDS)]

    outcomes = [try_one(one) for one in others if one is not None]

    assert len(outcomes) == ROUNDS
    assert 0.05 < sum(outcomes) / len(outcomes) < 1, "it only reads or only refuses"


@pytest.mark.skipif(not SAMPLES, reason="needs the shared samples of messages")
def test_real_samples_are_read_to_the_last_text() -> None:
    for path in SAMPLES:
        assert try_one(path.read_bytes()), path.name
        for transaction in read_swift_mt(BytesIO(path.read_bytes()), name=path.name):
            assert not [text for text in transaction.texts if not is_plausible(text)], path.name


def is_plausible(text: Text) -> bool:
    """A text that is not compared has no room for a name."""
    return SCREENED[text.means] is not Screening.NONE or len(text.value) <= 48


@pytest.mark.skipif(not SAMPLES, reason="needs the shared samples of messages")
def test_every_prefix_of_a_real_sample_is_refused() -> None:
    for path in SAMPLES[::7]:
        data = path.read_bytes()
        whole = data.find(b"\n-}") + 3
        for end in range(0, whole, 5):
            with pytest.raises(MessageError):
                list(read_swift_mt(BytesIO(data[:end]), name=path.name))


def test_the_four_fields_are_all_that_a_transfer_needs() -> None:
    assert only(message(*FOUR)).texts == only(message("*")).texts
