"""Who owns whom from a file of one's own, and what of it concerns an act.

The file holds what `holdings` holds in an act; its keys are keys of parties, or their names.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

from article41.checks.reading.faults import Fault, LineFault, Parsed, place_text
from article41.checks.reading.fields import FieldReader, as_mapping
from article41.checks.reading.json_text import is_json, json_acts
from article41.checks.reading.limits import FILE_BYTES_MAX, PARTIES_MAX
from article41.checks.reading.shorthand import ALSO, MEANT, REWRITES
from article41.checks.reading.yaml_text import yaml_acts
from article41.model.acts import Act
from article41.model.errors import ActError
from article41.model.holdings import Control, Holdings, Stake
from article41.model.parties import Party, Role

_Item = TypeVar("_Item")
_READER = FieldReader(rewrites=REWRITES, also=ALSO, meant=MEANT)
_FIELDS = {
    field.encode_name: field.type
    for kind in (inspect.type_info(Holdings),)
    if isinstance(kind, inspect.StructType)
    for field in kind.fields
}


def read_holdings(data: bytes, *, file: str) -> Holdings:
    """Read who owns and controls whom, in JSON or YAML, as an act has it under `holdings`.

    Args:
        data: One mapping, or several that are taken together.
        file: What errors call it.

    Raises:
        ActError: It cannot be read.

    Example:
        >>> data = b"stakes: [{owner: Beda Sample, asset: Specimen Trading, percent: 60}]"
        >>> read_holdings(data, file="owners.yaml").stakes[0].owner
        'Beda Sample'
    """
    found: dict[str, list[Any]] = {name: [] for name in _FIELDS}  # of the types of the fields
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
    return Holdings(**{name: tuple(items) for name, items in found.items()})


def _add(parsed: Parsed, found: dict[str, list[Any]], file: str) -> None:
    try:
        for name, value in as_mapping(parsed.value, (), "holdings").items():
            kind = _FIELDS.get(name)
            if not isinstance(kind, inspect.VarTupleType):
                raise Fault((name,), f"unknown field `{name}`", hint=f"one of {', '.join(_FIELDS)}")
            items = value if isinstance(value, list) else [value]
            found[name] += (
                _READER.read(kind.item_type, item, (name, number), name=name)
                for number, item in enumerate(items)
                if item is not None
            )
    except Fault as fault:
        raise ActError(
            fault.message,
            hint=fault.hint,
            file=file,
            line=parsed.line_of(fault.place),
            path=place_text(fault.place),
        ) from fault


class Register:
    """Holdings of many, of which each act takes what concerns its parties.

    Args:
        holdings: Of one file, or of several taken together.

    Example:
        >>> Register([]).of(["payee"]).stakes
        ()
    """

    def __init__(self, holdings: Iterable[Holdings]) -> None:
        """Sort all by who is owned."""
        self._held: defaultdict[str, list[Stake | Control]] = defaultdict(list)
        self._partners: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._rebutted: set[str] = set()
        for one in holdings:
            for link in _links(one):
                self._held[link.asset].append(link)
            for group in one.joint_arrangements:
                for key in group:
                    self._partners[key].append(group)
            self._rebutted.update(one.rebuttals)

    def of(self, keys: Iterable[str]) -> Holdings:
        """All through whom anything may come to some bodies."""
        waiting = list(dict.fromkeys(keys))
        reached = dict.fromkeys(waiting)
        links: dict[Stake | Control, None] = {}
        groups: dict[tuple[str, ...], None] = {}
        while waiting:
            here = waiting.pop(0)
            links |= dict.fromkeys(self._held.get(here, ()))
            groups |= dict.fromkeys(self._partners.get(here, ()))
            owners = [link.owner for link in self._held.get(here, ())]
            owners += [key for group in self._partners.get(here, ()) for key in group]
            new = [owner for owner in dict.fromkeys(owners) if owner not in reached]
            reached |= dict.fromkeys(new)
            waiting += new
        return Holdings(
            stakes=tuple(link for link in links if isinstance(link, Stake)),
            controls=tuple(link for link in links if isinstance(link, Control)),
            joint_arrangements=tuple(groups),
            rebuttals=tuple(key for key in reached if key in self._rebutted),
        )


def with_register(act: Act, register: Register) -> Act:
    """The act with what a register says of its parties, found by key or else by name.

    Who is named in the register alone becomes a party as its owner, by its key.

    Raises:
        ActError: There would be more parties than an act may have.
    """
    keys = [party.key for party in act.parties]
    key_by_name = _keys_by_name(act.parties)
    found = _renamed(register.of([*keys, *key_by_name]), key_by_name)
    own = act.holdings
    holdings = Holdings(
        stakes=_together(own.stakes, found.stakes),
        controls=_together(own.controls, found.controls),
        joint_arrangements=_together(own.joint_arrangements, found.joint_arrangements),
        rebuttals=_together(own.rebuttals, found.rebuttals),
    )
    named = [key for link in _links(found) for key in (link.owner, link.asset)]
    named += [key for group in found.joint_arrangements for key in group]
    owners = [key for key in dict.fromkeys(named) if key not in set(keys)]
    if len(keys) + len(owners) > PARTIES_MAX:
        raise ActError(
            f"with the owners there are {len(keys) + len(owners):,} parties, more than "
            f"{PARTIES_MAX:,}",
            hint="leave out of the file whose share cannot matter",
            path="holdings",
        )
    parties = (*act.parties, *(Party(role=Role.OWNER, id=key, name=key) for key in owners))
    return msgspec.structs.replace(act, holdings=holdings, parties=parties)


def _links(holdings: Holdings) -> list[Stake | Control]:
    return [*holdings.stakes, *holdings.controls]


def _keys_by_name(parties: Sequence[Party]) -> dict[str, str]:
    """The key of each party by its name, where no other party has that name or key."""
    names = Counter(party.name for party in parties)
    keys = {party.key for party in parties}
    return {
        party.name: party.key
        for party in parties
        if party.name and names[party.name] == 1 and party.name not in keys
    }


def _renamed(holdings: Holdings, key_by_name: Mapping[str, str]) -> Holdings:
    def key(name: str) -> str:
        return key_by_name.get(name, name)

    return Holdings(
        stakes=tuple(
            msgspec.structs.replace(one, owner=key(one.owner), asset=key(one.asset))
            for one in holdings.stakes
        ),
        controls=tuple(
            msgspec.structs.replace(one, owner=key(one.owner), asset=key(one.asset))
            for one in holdings.controls
        ),
        joint_arrangements=tuple(tuple(map(key, one)) for one in holdings.joint_arrangements),
        rebuttals=tuple(map(key, holdings.rebuttals)),
    )


def _together(one: tuple[_Item, ...], other: tuple[_Item, ...]) -> tuple[_Item, ...]:
    return tuple(dict.fromkeys((*one, *other)))
