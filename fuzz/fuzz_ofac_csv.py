"""Any bytes are a delimited file of OFAC or refused with an error of ours; no row is lost."""

import hashlib
import importlib
import io
import sys

from article41.model.errors import Article41Error
from article41.model.listings import Part
from article41.sources.official import ofac

PRIMARY = b'7,"EXAMPLE, Ada","individual","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1962."\r\n'


def part_of(data: bytes, kind: str) -> Part:
    return Part(
        kind=kind,
        file_name="fuzz.csv",
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        open=lambda: io.BytesIO(data),
    )


def try_one(data: bytes) -> bool:
    """True if the bytes were read as one of the tables, alone or beside a primary file."""
    kind = ofac.kind_of(data)
    if kind is None:
        return False
    parts = [part_of(data, kind)]
    if kind != "ofac-primary":
        parts.append(part_of(PRIMARY, "ofac-primary"))
    try:
        for version in ofac.read_csv(parts, published=None):
            ids = [listing.id for listing in version.listings()]
            assert len(set(ids)) == len(ids)
    except Article41Error:
        return False
    return True


if __name__ == "__main__":
    # Not an import statement: only `make fuzz` has atheris, the type checker does not.
    atheris = importlib.import_module("atheris")
    atheris.instrument_all()
    atheris.Setup(sys.argv, try_one)
    atheris.Fuzz()
