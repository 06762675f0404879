"""Any bytes are a legacy XML list of OFAC or refused with an error of ours; no entry is lost."""

import hashlib
import importlib
import io
import sys
from xml.etree import ElementTree

from article41.model.errors import Article41Error
from article41.model.listings import Part
from article41.sources.official.ofac import xml_list


def try_one(data: bytes) -> bool:
    """True if the bytes were read as a list."""
    part = Part(
        kind="ofac-xml",
        file_name="fuzz.xml",
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        open=lambda: io.BytesIO(data),
    )
    try:
        xml_list.kind_of(data)
        (version,) = xml_list.read([part], published=None)
        ids = [listing.id for listing in version.listings()]
    except Article41Error:
        return False
    entries = ElementTree.fromstring(data).findall("{*}sdnEntry")
    assert ids == [" ".join((entry.findtext("{*}uid") or "").split()) for entry in entries]
    return True


if __name__ == "__main__":
    # Not an import statement: only `make fuzz` has atheris, the type checker does not.
    atheris = importlib.import_module("atheris")
    atheris.instrument_all()
    atheris.Setup(sys.argv, try_one)
    atheris.Fuzz()
