"""The examples of the page about errors are what the errors really say."""

import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from article41.casework.audit import Record
from article41.checks.payment.iso20022 import read_iso20022
from article41.checks.reading import read_acts
from article41.law.loading import read_table
from article41.law.words import Words
from article41.match import Index
from article41.match.index import threshold_units
from article41.model.errors import Article41Error
from article41.sources.fetch import Fetcher
from article41.sources.publications import read_publications
from article41.sources.registry import Feed
from article41.store import Store, read_generation
from tests.casework.questions import question
from tests.sources.servers import serving, status
from tests.store.made import KNOWN, listing, moment, version

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "errors.md"
UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2024-02-03T00:00:00Z"><INDIVIDUALS><INDIVIDUAL>
<REFERENCE_NUMBER>XAi.001</REFERENCE_NUMBER><FIRST_NAME>Ada</FIRST_NAME>
<NICKNAME>Example</NICKNAME>
</INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>
"""


def high_threshold() -> None:
    threshold_units(1.5)


def missing_file() -> None:
    address = "http://lists.example/un.xml"
    feed = Feed(id="un-sc", authority="UN", title="List", addresses=(address,))
    with serving() as server:
        server.on(address, status(404, b"no such file"))
        with Fetcher(proxy=server.on("")) as fetcher:
            fetcher.fetch(feed, Path())


def unknown_element() -> None:
    Path("un.xml").write_text(UN, encoding="utf-8")
    (publication,) = read_publications([Path("un.xml")])
    list(publication.listings())


def cut_list() -> None:
    with Store(Path("lists")) as store:
        for day, entries in ((1, 9120), (2, 312)):
            kept = [listing(str(number)) for number in range(entries)]
            given = version(kept, content=b"%d" % entries, published=date(2024, 2, day))
            store.add(given, known_at=moment(day))


def no_store() -> None:
    read_generation(Path("lists"))


def version_of_another_store() -> None:
    with Store(Path("others")) as others:
        held = others.add(version(), known_at=KNOWN).version
    with Store(Path("lists")) as store:
        list(store.listings(held))


def no_database() -> None:
    Path("lists").mkdir()
    Path("lists/store.sqlite").write_bytes(b"7,Ada Example\n" * 1000)
    Store(Path("lists"))


def cut_index() -> None:
    Path("names.index").write_bytes(b"\0" * 100)
    Index(Path("names.index"))


def wrong_birth_date() -> None:
    text = (
        b"act: party\non: 2024-06-01\nasker: payee\nparties:\n"
        b"  payee: {name: Ada Example, birth_date: 07.10.1952}\n"
    )
    list(read_acts(text, file="act.yaml"))


def two_names() -> None:
    text = """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf>
    <CdtTrfTxInf><Cdtr><Nm>Ada Example</Nm><Nm>Beda Example</Nm></Cdtr></CdtTrfTxInf>
    </FIToFICstmrCdtTrf></Document>"""
    list(read_iso20022(io.BytesIO(text.encode()), name="pacs.008.xml"))


def unknown_word() -> None:
    read_table("xa/fleet.toml", b'[facts]\n\n[verbs]\nsell = "sell"\n', Words)


def record_in_a_file() -> None:
    Path("record").write_text("Ada", encoding="utf-8")
    Record.open(Path("record"))


def lost_checkpoint() -> None:
    Record.open(Path("record")).write([question()])
    Path("record", "checkpoint").unlink()
    Record.open(Path("record"))


RAISERS = {
    "bad-input": high_threshold,
    "fetch": missing_file,
    "format": unknown_element,
    "shrunk": cut_list,
    "store": no_store,
    "unknown-version": version_of_another_store,
    "corrupt-store": no_database,
    "index-file": cut_index,
    "act": wrong_birth_date,
    "message": two_names,
    "catalogue": unknown_word,
    "record": record_in_a_file,
    "broken-audit": lost_checkpoint,
}


def test_every_example_of_the_page_is_run() -> None:
    sections = PAGE.read_text(encoding="utf-8").split("\n## ")[1:]

    shown = [section.split("`")[1] for section in sections if "```" in section]
    assert shown == list(RAISERS)


@pytest.mark.parametrize(("code", "raiser"), RAISERS.items(), ids=RAISERS)
def test_an_example_is_what_the_error_says(
    code: str, raiser: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(Article41Error) as caught:
        raiser()

    assert caught.value.code == code
    section = PAGE.read_text(encoding="utf-8").partition(f"## `{code}`")[2].partition("\n## ")[0]
    found = re.search(r"```\n(.*?)\n```", section, re.DOTALL)
    assert found is not None
    assert found[1] == f"{caught.value}\nhint: {caught.value.hint}"
