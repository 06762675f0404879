"""Where messages begin and end, and what is refused as cut, doubled or out of place."""

import tracemalloc
from collections.abc import Iterator
from io import BytesIO

import pytest

from article41.checks.payment.message import Means
from article41.checks.payment.swift_mt import read_swift_mt
from article41.model.errors import MessageError
from tests.checks.payment.swift_mt.made import golden, message, only, read, told

NAMES = ("103.fin", "202-cov.fin", "199.fin", "700.fin", "batch.rje")
ONE = message("*")
HEAD = b"{1:F01EXAMXAXXAXXX0000000000}{2:I103SAMPXBXXXXXXN}"


def refusal(data: bytes) -> MessageError:
    with pytest.raises(MessageError) as caught:
        read(data)
    assert caught.value.hint
    assert caught.value.file == "made.fin"
    return caught.value


def test_messages_stand_one_after_another_or_between_the_signs_of_rje() -> None:
    for between in (b"", b"\r\n", b"$", b"\r\n$\r\n", b"\n$\n\n"):
        assert [one.number for one in read(ONE + between + ONE + between)] == [1, 2]


def test_sectors_of_dos_pcc_are_read() -> None:
    sector = (b"\x01" + ONE + b"\x03").ljust(512, b" ")

    assert len(read(sector * 3 + b"\x1a")) == 3


def test_line_ends_and_a_byte_order_mark_make_no_difference() -> None:
    texts = only(ONE).texts

    assert only(message("*", end="\n")).texts == texts
    assert only(message("*", end="\r\r\n")).texts == texts
    assert only(b"\xef\xbb\xbf" + ONE).texts == texts


def test_only_a_line_that_begins_with_the_end_ends_a_text() -> None:
    shown = only(message("*", "70:ONE -} TWO -}{5:X", "71A:OUR", "72:-} /REC/LAST"))

    assert told(shown, "4:70") == [("ONE -} TWO -}{5:X", "remittance")]
    assert told(shown, "4:71A") == [("OUR", "code")]
    assert told(shown, "4:72") == [("-} /REC/LAST", "instruction")]


def test_words_behind_an_end_that_is_none_are_refused() -> None:
    data = ONE.replace(b"BO SAMPLE", b"BO SAMPLE\r\n-} AND SONS\r\n:71A:OUR")

    assert "`AND SONS` belongs to no block" in refusal(data).message
    assert refusal(data).line == 6
    assert "belongs to no block" in refusal(ONE.replace(b":59:", b"-}\r\n:59:")).message


def test_a_text_without_its_end_is_refused_where_the_next_message_begins() -> None:
    cut = ONE.removesuffix(b"\r\n-}")

    for between in (b"\r\n", b"-}", b"\r\n$\r\n", b"-}{5:{CHK:0}}"):
        error = refusal(cut + between + ONE)
        assert "begins another message within block 4" in error.message
        assert error.path == "4"
    assert "the file ends within block 4" in refusal(cut).message


@pytest.mark.parametrize("name", NAMES)
def test_every_prefix_of_a_message_is_refused(name: str) -> None:
    data = golden(name).removesuffix(b"\n")
    whole = [place for place in range(len(data)) if is_whole(data[:place])]

    for end in sorted(set(range(len(data))) - set(whole)):
        with pytest.raises(MessageError):
            read(data[:end])


def is_whole(data: bytes) -> bool:
    """True if the last message in it has its text, and every block that it has begun."""
    text = data.rstrip(b"\r\n$\x01\x03 ")
    last = text[text.rfind(b"{1:") :]
    has_end = b"\n-}" in last or (b"F21" in last and b"{4:" in last)
    return has_end and last.count(b"{") - last.count(b" -}") <= last.count(b"}") - last.count(
        b" -}"
    )


def test_a_batch_is_cut_where_it_is_cut() -> None:
    reading = read_swift_mt(BytesIO(ONE + b"\r\n$\r\n" + ONE[:-1]), name="made.fin")

    assert next(reading).number == 1
    with pytest.raises(MessageError, match="within block 4"):
        next(reading)


@pytest.mark.parametrize(
    ("data", "sentence", "path"),
    [
        (b"", "no message in it", ""),
        (b" \r\n$\r\n", "no message in it", ""),
        (b":20:REF\r\n:79:HELLO\r\n-}", "`:20:REF` stands before the first block", ""),
        (b"{4:\r\n:20:REF\r\n-}", "block 4 without a block 1 before it", "4"),
        (HEAD[:29] + b"{4:\r\n:20:REF\r\n-}", "a message without block 2", ""),
        (HEAD, "a message without block 4", ""),
        (HEAD + b"{4::20:REF\r\n:79:HELLO\r\n-}", "in block 4 is no tag", "4"),
        (HEAD + b"{4:}", "is no block 4", "4"),
        (HEAD + b"{3:}{2:}", "block 2 is there twice", "2"),
        (HEAD + b"{5:}{3:}", "block 3 comes after block 5", "3"),
        (HEAD + b"}{3:}", "`}` stands between two blocks", ""),
        (HEAD + b"{3:{121:A}{121:B}}{4:\n:20:R\n-}", "tag 121 is there twice", "3:121"),
        (HEAD + b"{3:NAME}{4:\n:20:R\n-}", "`NAME` in block 3 is no tag", "3"),
        (b"{1:F01EXAM}{2:I103SAMPXBXXXXXXN}{4:\n:20:R\n-}", "`F01EXAM` is no block 1", "1"),
        (HEAD[:29] + b"{2:103}{4:\n:20:R\n-}", "`103` is no block 2", "2"),
        (HEAD + b"{4:\r\n-}", "a text without a field", "4"),
        (HEAD + b"{4:\r\nNAME\r\n:20:R\r\n-}", "`NAME` stands before the first field", "4"),
        (ONE.replace(b":59:", b":59b:"), "`:59b:BO ` is no tag", "4"),
        (ONE.replace(b"ADA", b"AD\xc4"), "0xc4, is not UTF-8", ""),
        (ONE.replace(b"ADA", b"AD\x00"), "the control character U+0000", "4"),
        (ONE.replace(b"ADA", b"AD\rA"), "the control character U+000D", "4"),
        (ONE + b"{5:{CHK:\x1b}}", "the control character U+001B", "5"),
        (ONE + b"!" * 17, "belongs to no block", ""),
        (ONE + "é".encode(), "belongs to no block", ""),
        (HEAD + b"{3:" + b"\n" * 100, "the block that begins with `{3:` has no end", "3"),
        (
            message(*["70:X"] * 300, *["21:Y"] * 300, kind="101"),
            "300 payments in one message, 300 fields concern all of them",
            "4:21",
        ),
        (ONE + "\u2028".encode(), "belongs to no block", ""),
        (ONE + b"\r\n{", "the block that begins with `{` has no end", ""),
        (ONE.replace(b"ADA", b"A" * 20_000), "a line of more than 16384 bytes", ""),
        (message("*", "70:" + "X" * 10_001), "a field of 10001 characters", "4:70"),
        (message("*", "70:" + "X\n" * 401), "a field of 401 lines", "4:70/1"),
        (message("*", "70:" + "\n" * 1_100_000), "a message of more than 1048576 bytes", ""),
    ],
)
def test_what_is_no_message_is_refused_with_its_place(
    data: bytes, sentence: str, path: str
) -> None:
    error = refusal(data)

    assert sentence in error.message
    assert error.path == path


def test_the_place_of_a_refusal_is_its_line() -> None:
    assert refusal(ONE.replace(b"BO SAMPLE", b"BO\x07SAMPLE")).line == 5
    assert refusal(ONE + b"\r\n$\r\n" + ONE.replace(b"BO", b"B\xff")).line == 12
    assert refusal(ONE + b"\r\n\r\nLOST WORDS").line == 8


def test_signs_behind_a_message_are_kept_as_text() -> None:
    [first, second] = read(ONE + b"};" + b" " * 600 + b"!\r\n{\r\n$\r\n" + ONE + b"{S:{SAC:}{X:Y}}")

    assert told(first, "end") == [("}; !", "unmapped"), ("{", "unmapped")]
    assert told(second, "S:X") == [("Y", "unmapped")]


def test_a_word_of_the_network_moves_no_money() -> None:
    word = b"{1:F21EXAMXAXXAXXX0000000000}{4:{177:2611301200}{451:1}{311:WHY}}"
    [shown, payment] = read(word + ONE)

    assert (shown.message, shown.moves_money) == ("F21", False)
    assert told(shown, "4:311") == [("WHY", Means.UNMAPPED.value)]
    assert payment.message == "MT103"


class Endless(BytesIO):
    """A file of as many messages as asked for, made while it is read."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._lines = self._made(count)

    def _made(self, count: int) -> Iterator[bytes]:
        for _ in range(count):
            yield from (ONE + b"\r\n$\r\n").splitlines(keepends=True)

    def readline(self, _limit: int | None = -1, /) -> bytes:
        return next(self._lines, b"")


def test_a_long_batch_is_read_in_the_memory_of_a_short_one() -> None:
    peaks = []
    for count in (50, 2000):
        tracemalloc.start()
        assert sum(1 for _ in read_swift_mt(Endless(count), name="endless")) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < peaks[0] + 100_000
