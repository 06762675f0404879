"""Every letter of a message stands in the list of its texts, whatever the message."""

import io
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.checks.payment.iso20022 import read_iso20022
from article41.checks.payment.message import Means, Screening, Text
from article41.model.errors import MessageError
from fuzz.fuzz_iso20022 import letters_of_file, letters_of_texts, try_one
from tests.checks.payment.iso_messages import TRANSFER, credit_transfers, enveloped, read

INCONSISTENT = {"prowide-pacs.008.001.07.xml"}
"""Samples with a control sum that is wrong."""
NAMES = st.sampled_from(
    ["Dbtr", "Cdtr", "Nm", "Id", "Othr", "PstlAdr", "Ctry", "AdrLine", "FinInstnId", "BICFI", "x",
     "Envlp", "RmtInf", "Ustrd", "CtctDtls", "DbtrAcct", "IBAN", "Cd", "Prtry", "Strd", "Tax"]
)  # fmt: skip
WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="<>&"), max_size=8
)
PIECES = st.recursive(
    WORDS | st.sampled_from(["<!--y-->", "<?z y?>", "<![CDATA[<Nm>q</Nm>]]>"]),
    lambda inner: st.builds(
        lambda name, word, parts: f'<{name} a="{word}">{"".join(parts)}</{name}>',
        NAMES,
        st.text("abc ", max_size=4),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@given(st.lists(PIECES, max_size=5))
def test_every_letter_of_a_made_message_is_listed(pieces: list[str]) -> None:
    unit = TRANSFER.replace("<RmtInf>", f"<Foo>{''.join(pieces)}</Foo><RmtInf>")
    text = enveloped(credit_transfers(each=unit, after=f"<SplmtryData>{pieces[:1]}</SplmtryData>"))

    try_one(text.encode())


@pytest.mark.parametrize("wrapper", ["Envlp", "a><Envlp", "Envlp><Envlp"])
def test_a_message_in_an_element_that_may_hold_other_schemas_is_read(wrapper: str) -> None:
    """What `Envlp` holds of a message is foreign to it; a message that stands in one is not."""
    extra = (
        "<SplmtryData><Envlp><FIToFIPmtStsRpt>Orient Star</FIToFIPmtStsRpt></Envlp></SplmtryData>"
    )
    message = credit_transfers(2, after=extra)
    end = "".join(f"</{name}>" for name in reversed(wrapper.split("><")))

    wrapped = f"<{wrapper}>{message}{end}".encode()

    assert try_one(wrapped)
    values = [[text.value for text in one.texts] for one in read(wrapped)]
    assert [len(one) for one in values] == [len(one.texts) for one in read(message)]
    assert all("Orient Star" in one for one in values)


def test_every_text_of_the_samples_is_listed(shared: Path) -> None:
    files = sorted((shared / "data" / "payments").glob("iso20022-[!x]*/*.xml"))
    assert len(files) > 150
    for file in files:
        data = file.read_bytes()
        if file.name in INCONSISTENT:
            with pytest.raises(MessageError):
                list(read_iso20022(io.BytesIO(data), name=file.name))
            continue
        assert try_one(data), file.name


def test_samples_of_payments_have_two_parties_and_an_amount(shared: Path) -> None:
    """What a sample of the least that a schema allows leaves out is left out here, too."""
    for file in sorted((shared / "data" / "payments").glob("iso20022-[!x]*/*pacs.00[89]*.xml")):
        if file.name in INCONSISTENT or ".min." in file.name:
            continue
        for transaction in read(file.read_bytes()):
            said = {text.of for text in transaction.texts}
            assert {"payer", "payee"} <= said, file.name
            assert Means.AMOUNT in {text.means for text in transaction.texts}
            assert transaction.reference


def test_a_code_is_never_a_word(shared: Path) -> None:
    for file in sorted((shared / "data" / "payments").glob("iso20022-[!x]*/*.xml")):
        if file.name in INCONSISTENT:
            continue
        for transaction in read(file.read_bytes()):
            unseen = [text for text in transaction.texts if text.screening is Screening.NONE]
            assert all(_is_closed(text) for text in unseen), file.name


def _is_closed(text: Text) -> bool:
    return text.path.endswith("schemaLocation") or " " not in text.value


def test_letters_are_counted_by_the_test_itself() -> None:
    data = b"<a>x<!-- no --><b c='de'>y</b> z</a>"

    assert letters_of_file(data) == Counter("xdeyz")


def test_what_is_run_together_is_not_counted_twice() -> None:
    texts = [
        Text(path="a", value="x y", means=Means.NAME),
        Text(path="a[*]", value="x y", means=Means.RUN_ON),
    ]

    assert letters_of_texts(texts) == Counter("xy")
