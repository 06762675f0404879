"""Hostile, damaged and oversized XML is refused with its place; what is read stays flat."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from article41.model.errors import FormatError
from article41.sources.prolog import checked_head
from article41.sources.tally import Tally
from article41.sources.xml import Layout, entries
from tests.sources.documents import part_of

LAYOUT = Layout(root="L", entries=frozenset({"G/E"}), root_attributes=frozenset({"day"}))
BOMB = (
    '<!DOCTYPE L [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10 if n else "&a;"}">' for n in range(9))
    + "]>"
)


def read(data: bytes | str) -> tuple[list[tuple[str, str]], Tally]:
    tally = Tally()
    data = data.encode() if isinstance(data, str) else data
    found = [
        (element.take("N"), element.take("T"))
        for element in entries(part_of(data, "x"), LAYOUT, tally)
    ]
    return found, tally


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(BOMB + "<L><G><E><N>&b8;</N></E></G></L>", id="entities that multiply"),
        pytest.param(
            '<!DOCTYPE L [<!ENTITY x SYSTEM "file:///etc/hostname">]><L><G><E><N>&x;</N></E></G></L>',
            id="an entity that reads a file",
        ),
        pytest.param('<!DOCTYPE L SYSTEM "http://xa.example/l.dtd"><L/>', id="an external subset"),
        pytest.param(
            "<?xml version='1.0'?><!-- a -->\n<?b c?>\n<!DOCTYPE L><L/>", id="after asides"
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_document_type_is_refused_before_it_is_read(document: str, encoding: str) -> None:
    with pytest.raises(FormatError, match="document type"):
        read(document.encode(encoding))


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (b"", "no root element"),
        (b"  \n", "no root element"),
        (b"<!-- only a comment -->", "no root element"),
        (b"<L day='1'", "not well-formed"),
        (b"<L><G><E><N>cut", "not well-formed"),
        (b"<L><G><E><N>a</N></E></G>", "not well-formed"),
        (b"<L><G><E><N>a</N></E></G></L><L/>", "not well-formed"),
        (b"<L><G><E><N>a</M></E></G></L>", "not well-formed"),
        (b"<L><G><E><N>&lost;</N></E></G></L>", "not well-formed|entity"),
        (b"<L><G>\n<E><N>a\0b</N></E></G></L>", "NUL"),
        (b"<L><G>\n<E><N>a\x01b</N></E></G></L>", "not well-formed"),
        (b"<L><G>\n<E><N>caf\xe9</N></E></G></L>", "not well-formed"),
        (b"<?xml version='1.0' encoding='UTF-7'?><L/>", "declared as `utf-7`"),
        (b"<?xml version='1.0' encoding='UTF-16'?><L/>", "declared as `utf-16`"),
        (b"\xef\xbb\xbf<?xml version='1.0' encoding='ISO-8859-1'?><L/>", "declared as"),
        ("<?xml version='1.0' encoding='UTF-8'?><L/>".encode("utf-16"), "written in UTF-16"),
        ("<L/>".encode("utf-32"), "UTF-32"),
        (b"<M/>", "the root element is `M`"),
        (b"<L xmlns='urn:xa'><G><E/></G></L>", "unknown"),
        (b"<L xmlns:x='urn:xa'><G><x:E/></G></L>", "unknown|out of place"),
        (b"<L><G><E><N>a<b/>c</N></E></G></L>", "unknown element `b`"),
        (b"<L><G><E><X>a</X></E></G></L>", "unknown element `X`"),
        (b"<L><G><E><N>a</N>lost</E></G></L>", "text between elements"),
        (b"<L>lost<G/></L>", "text between elements"),
        (b"<L><G><E/>lost</G></L>", "text between elements"),
        (b"<L><G/>lost</L>", "text between elements"),
        (b"<L><E/></L>", "out of place"),
        (b"<L><G><E><E/></E></G></L>", "out of place"),
        (b"<L><X><G><E/></G></X></L>", "out of place"),
        (b"<L><G><X/></G></L>", "unknown element `X`"),
        (b"<L><G a='1'/></L>", "unknown attribute `a`"),
        (b"<L a='1'><G/></L>", "unknown attribute `a`"),
        (b"<L><G><E><N>a</N><N>b</N></E></G></L>", "stands 2 times"),
        (b"<L><G><E><N>" + b"a" * 100_001 + b"</N></E></G></L>", "longer than 100000"),
        (b"<L><G><E>" + b"<N>" * 300 + b"</N>" * 300 + b"</E></G></L>", "not well-formed"),
        (b"<L><G><E a='" + b"a" * 5_000_000 + b"'/></G></L>", "no entry ends within"),
        (b"<L><G><E>" + b"<N/>" * 1_100_000 + b"</E></G></L>", "no entry ends within"),
        (b"<L>" + b"<!-- a -->" * 500_000 + b"<G/></L>", "no entry ends within"),
        (b"<!--" + b"-" * 70_000, "no root element"),
    ],
)
def test_bad_document_is_refused_with_its_file(document: bytes, said: str) -> None:
    with pytest.raises(FormatError, match=said) as caught:
        read(document)

    assert caught.value.file == "input.xml"


@pytest.mark.parametrize(
    ("document", "line"),
    [
        (b"<L>\n<G>\n<E><N>cut\n", 3),
        (b"<L>\n<G>\n<E><N>a\0", 3),
        (b"<L>\n<G>\n<E><N>caf\xe9</N></E></G></L>", 3),
        (b"<L>\n<G>\n<E>\n<X/></E></G></L>", 4),
        (b"<L>" + b"\n" * 100_000 + b"<G>\n<E>\n<X/>\n</E></G></L>", 100_003),
    ],
)
def test_error_names_the_line(document: bytes, line: int) -> None:
    with pytest.raises(FormatError) as caught:
        read(document)

    assert abs(caught.value.line - line) <= 1


def test_asides_are_counted_and_do_not_cut_a_text() -> None:
    found, tally = read("<?a b?><!-- c --><L><!-- d --><G><E><N>x<!-- e -->y<?f?>z</N></E></G></L>")

    assert found == [("xyz", "")]
    counts = {skip.reason: skip.count for skip in tally.skipped}
    assert counts == {"comment in the XML": 3, "processing instruction in the XML": 2}


def test_references_and_cdata_are_text() -> None:
    found, _ = read("<L><G><E><N>a &amp; &#1040; <![CDATA[<b>]]></N></E></G></L>")

    assert found == [("a & А <b>", "")]


def test_every_text_is_counted_once() -> None:
    _, tally = read("<L day='1'><G><E><N>a</N><T> </T></E><E><T>b</T></E></G></L>")

    assert (tally.read, tally.left_out) == (3, 0)


@pytest.mark.parametrize("name", ["iso-8859-1", "windows-1252", "us-ascii", "UTF-8"])
def test_declared_encoding_is_the_one_that_is_read(name: str) -> None:
    text = "cafe" if name == "us-ascii" else "café"

    found, _ = read(
        f"<?xml version='1.0' encoding='{name}'?><L><G><E><N>{text}</N></E></G></L>".encode(name)
    )

    assert found == [(text, "")]


def test_head_names_the_line_of_what_is_hostile() -> None:
    with pytest.raises(FormatError) as caught:
        checked_head(b"<?xml version='1.0'?>\n\n<!DOCTYPE L>", "a.xml")

    assert str(caught.value).startswith("a.xml:3: ")


MEASURE = """
import resource, sys
from pathlib import Path
from article41.sources.official import un
from article41.sources.publications import read_publications

def peak_bytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

def read(path):
    return sum(1 for version in read_publications([Path(path)]) for _ in version.listings())

read(sys.argv[1])
before = peak_bytes()
count = read(sys.argv[2])
print(count, peak_bytes() - before)
"""


@pytest.mark.slow
def test_memory_stays_flat_whatever_the_size_of_the_file(tmp_path: Path) -> None:
    golden = (Path(__file__).parents[1] / "golden" / "un" / "input.xml").read_text("utf-8")
    start, end = golden.index("<INDIVIDUAL>"), golden.index("</INDIVIDUALS>")
    head, entry, tail = golden[:start], golden[start:end], golden[end:]
    small, large = tmp_path / "small.xml", tmp_path / "large.xml"
    small.write_text(golden, "utf-8")
    with large.open("w", encoding="utf-8") as file:
        file.write(head)
        for number in range(12_000):
            file.write(re.sub(r"XAi\.001 ", f"XAi.{number + 2} ", entry))
        file.write(tail)

    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(small), str(large)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )

    count, grown_bytes = map(int, done.stdout.split())
    assert large.stat().st_size > 50_000_000
    assert count == 12_001
    assert grown_bytes < 50_000_000
