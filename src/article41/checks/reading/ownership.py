"""Who owns whom from a file: a table, a public register, or what an act has under `holdings`.

A file of one's own has the fields of an act's `holdings`, and `parties` by their keys.
"""

from pathlib import Path
from typing import Any

import msgspec
from msgspec import inspect

from article41.checks.reading.faults import Fault, LineFault, Parsed, Place, place_text
from article41.checks.reading.faults import Placed as Moved
from article41.checks.reading.fields import FieldReader, as_mapping
from article41.checks.reading.json_text import is_json, json_acts
from article41.checks.reading.limits import FILE_BYTES_MAX
from article41.checks.reading.shorthand import ALSO, MEANT, REWRITES
from article41.checks.reading.yaml_text import yaml_acts
from article41.model.errors import ActError
from article41.model.holdings import Control, Holdings, Stake
from article41.model.letters import legible
from article41.model.parties import Party, Role
from article41.sources.ownership import (
    FORMS,
    OwnershipFormat,
    OwnershipRecord,
    content_of,
    form_of,
    read_holdings,
)

_READER = FieldReader(rewrites=REWRITES, also=ALSO, meant=MEANT)
_PARTIES = "parties"
_FIELDS = {
    field.encode_name: field.type
    for kind in (inspect.type_info(Holdings),)
    if isinstance(kind, inspect.StructType)
    for field in kind.fields
    # What a file is and what was read of it nobody writes into it.
    if field.name != "notes"
}
_PARTY = inspect.type_info(Party)


def read_ownership(
    path: Path | str,
    *,
    format: OwnershipFormat | None = None,  # noqa: A002
) -> OwnershipRecord:
    """What a file says of who owns and controls whom, whatever it is written in.

    Args:
        path: The file; .gz and .zip are unpacked, and must hold one file.
        format: What it is; a file that is anything else is then refused. Told by its content if
            absent.

    Raises:
        FormatError: It is missing or damaged, or a table or register that cannot be read.
        ActError: What is written as an act has it cannot be read.
    """
    path = Path(path)
    found = form_of(path)
    is_own = found is None and format in (None, OwnershipFormat.OWN)
    if not is_own:
        return read_holdings(path, format=format)
    data, sha256 = content_of(path)
    record = read_own(data, file=str(path))
    return msgspec.structs.replace(record, file_name=path.name, sha256=sha256)


def read_own(data: bytes, *, file: str) -> OwnershipRecord:
    """Read who owns and controls whom, in JSON or YAML, as an act has it under `holdings`.

    Args:
        data: One mapping, or several that are taken together.
        file: What errors call it.

    Raises:
        ActError: It cannot be read.

    Example:
        >>> data = b"stakes: [{owner: Beda Sample, asset: Specimen Trading, percent: 60}]"
        >>> read_own(data, file="owners.yaml").holdings.stakes[0].owner
        'Beda Sample'
    """
    found = _Found()
    try:
        text = data.decode("utf-8-sig")
        parsed = json_acts(text, length_max=FILE_BYTES_MAX) if is_json(text) else yaml_acts(text)
        for one in parsed:
            _add(one, found, file)
    except UnicodeDecodeError as error:
        raise ActError(
            "the bytes are not UTF-8", hint="save the file as UTF-8", file=file
        ) from error
    except LineFault as fault:
        raise ActError(fault.message, hint=fault.hint, file=file, line=fault.line) from fault
    return found.record(file)


class _Found:
    """What was read of a file so far."""

    def __init__(self) -> None:
        # Any: of the types of the fields.
        self.items: dict[str, list[Any]] = {name: [] for name in _FIELDS}
        self.parties: dict[str, Party] = {}

    def record(self, file: str) -> OwnershipRecord:
        holdings = Holdings(**{name: tuple(items) for name, items in self.items.items()})
        links: list[Stake | Control] = [*holdings.stakes, *holdings.controls]
        named = [key for link in links for key in (link.owner, link.asset)]
        named += [key for group in holdings.joint_arrangements for key in group]
        for key in dict.fromkeys(named):
            self.parties.setdefault(key, Party(role=Role.OWNER, id=key))
        return OwnershipRecord(
            kind=OwnershipFormat.OWN.value,
            file_name=file,
            sha256="",
            holdings=holdings,
            parties=tuple(self.parties[key] for key in sorted(self.parties)),
            read=len(links),
        )


def _add(parsed: Parsed, found: _Found, file: str) -> None:
    try:
        if not isinstance(parsed.value, dict):
            raise Fault((), "this says nothing of who owns whom", hint=FORMS)
        place: Place = ()
        given = as_mapping(parsed.value, place, "holdings")
        if set(given) == {"holdings"}:
            place = ("holdings",)
            given = as_mapping(given["holdings"], place, "holdings")
        for name, value in given.items():
            _add_field(name, value, (*place, name), found)
    except Fault as fault:
        raise ActError(
            legible(fault.message),
            hint=fault.hint,
            file=file,
            line=parsed.line_of(fault.place),
            path=place_text(fault.place),
        ) from fault


def _add_field(name: str, value: object, place: Place, found: _Found) -> None:
    if name == _PARTIES:
        for key, one in as_mapping(value, place, "parties").items():
            found.parties[key] = _party(key, one, (*place, key))
        return
    kind = _FIELDS.get(name)
    if not isinstance(kind, inspect.VarTupleType):
        fields = ", ".join((*_FIELDS, _PARTIES))
        raise Fault(place, f"unknown field `{name}`", hint=f"one of {fields}")
    # One mapping stands for a list of it.
    for number, item in enumerate(value if isinstance(value, list) else [value]):
        if item is not None:
            found.items[name].append(
                _READER.read(kind.item_type, item, (*place, number), name=name)
            )


def _party(key: str, value: object, place: Place) -> Party:
    """A party of the file; a text is its name."""
    given = {"name": value} if isinstance(value, str) else as_mapping(value, place, "party")
    whole = {"role": Role.OWNER.value, **given, "id": key}
    read = _READER.read(_PARTY, Moved(whole, place), place)
    assert isinstance(read, Party)
    return read
