"""What a file says of ownership: holdings, parties, and what of it was not understood."""

from collections.abc import Iterable

import msgspec

from article41.model.errors import FormatError
from article41.model.holdings import Control, ControlKind, Holdings, Stake
from article41.model.listings import Part, Skip
from article41.model.parties import Party, Role
from article41.sources.tally import Tally

RECORDS_MAX = 500_000
"""The most stakes and controls kept of one file."""


class OwnershipRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What one file says of who owns and controls whom.

    Example:
        >>> OwnershipRecord(kind="own-csv", file_name="a.csv", sha256="", read=0).parties
        ()
    """

    kind: str
    """The format that was found."""
    file_name: str
    """As the caller named it."""
    sha256: str
    """Of the unpacked bytes, hexadecimal."""
    holdings: Holdings = Holdings()
    """Stakes, control and signs of it, of all days."""
    parties: tuple[Party, ...] = ()
    """Who is named in it, by key, as far as the file describes them."""
    read: int
    """How many rows, lines or statements were read."""
    skipped: tuple[Skip, ...] = ()
    """What was left out or read with a doubt, what is lost first."""


def leading_to(record: OwnershipRecord, keys: Iterable[str]) -> OwnershipRecord:
    """The part of a record through which anything may come to some parties.

    A register holds more than one question can; this is what it says of the parties of an act,
    with their owners up to the last. Nothing that bears on them is left out.

    Example:
        >>> record = OwnershipRecord(kind="own-csv", file_name="a.csv", sha256="", read=2,
        ...     holdings=Holdings(stakes=(Stake(owner="L1", asset="A", share=None),
        ...                               Stake(owner="N1", asset="B", share=None))))
        >>> [stake.owner for stake in leading_to(record, ["A"]).holdings.stakes]
        ['L1']
    """
    holdings = record.holdings
    owners: dict[str, set[str]] = {}
    for stake in holdings.stakes:
        owners.setdefault(stake.asset, set()).add(stake.owner)
    for control in holdings.controls:
        owners.setdefault(control.asset, set()).add(control.owner)
        if control.kind in (ControlKind.FAMILY, ControlKind.LINKED):
            # It says as much of the one as of the other.
            owners.setdefault(control.owner, set()).add(control.asset)
    for group in holdings.joint_arrangements:
        for one in group:
            owners.setdefault(one, set()).update(group)
    found = set(keys)
    waiting = list(found)
    while waiting:
        new = owners.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return msgspec.structs.replace(
        record,
        holdings=Holdings(
            stakes=tuple(one for one in holdings.stakes if one.asset in found),
            controls=tuple(
                one for one in holdings.controls if one.asset in found and one.owner in found
            ),
            joint_arrangements=tuple(
                group for group in holdings.joint_arrangements if found & set(group)
            ),
            rebuttals=tuple(key for key in holdings.rebuttals if key in found),
        ),
        parties=tuple(party for party in record.parties if party.key in found),
    )


class Gathering:
    """Collects what a reader finds, within a limit."""

    def __init__(self, part: Part, kind: str) -> None:
        """Start from nothing."""
        self.part = part
        self.kind = kind
        self.tally = Tally()
        """Counts what is read and what is left out."""
        self.joint_arrangements: list[tuple[str, ...]] = []
        self.rebuttals: list[str] = []
        self._stakes: dict[Stake, None] = {}
        self._controls: dict[Control, None] = {}
        self._parties: dict[str, Party] = {}

    def place(self, line: int) -> str:
        """A place in the file, for the count."""
        return f"{self.kind}:{line}"

    def stake(self, stake: Stake) -> None:
        """Keep a stake."""
        self._stakes[stake] = None
        self._limit()

    def control(self, control: Control) -> None:
        """Keep a control or a sign of one."""
        self._controls[control] = None
        self._limit()

    def party(self, party: Party) -> None:
        """Keep what is said of a party; what is said first stays."""
        known = self._parties.get(party.key)
        self._parties[party.key] = party if known is None else filled(known, party)

    def remarks_of(self, tally: Tally) -> None:
        """Take over what was remarked while a table was cut into cells."""
        for skip in tally.skipped:
            self.tally.remark(skip.reason, next(iter(skip.places), ""), count=skip.count)

    def record(self) -> OwnershipRecord:
        """All that was kept.

        Raises:
            FormatError: Nothing was read.
        """
        named = [key for one in self._stakes for key in (one.owner, one.asset)]
        named += [key for one in self._controls for key in (one.owner, one.asset)]
        for key in dict.fromkeys(named):
            self._parties.setdefault(key, Party(role=Role.OWNER, id=key))
        if not self.tally.read and not self._parties:
            raise FormatError(
                "there is nothing of ownership in the file",
                hint="get it again, or give another one",
                file=self.part.file_name,
            )
        return OwnershipRecord(
            kind=self.kind,
            file_name=self.part.file_name,
            sha256=self.part.sha256,
            holdings=Holdings(
                stakes=tuple(self._stakes),
                controls=tuple(self._controls),
                joint_arrangements=tuple(self.joint_arrangements),
                rebuttals=tuple(self.rebuttals),
            ),
            parties=tuple(self._parties[key] for key in sorted(self._parties)),
            read=self.tally.read,
            skipped=self.tally.skipped,
        )

    def _limit(self) -> None:
        if len(self._stakes) + len(self._controls) > RECORDS_MAX:
            raise FormatError(
                f"more than {RECORDS_MAX} stakes and controls",
                hint="cut out of the register what concerns the parties of the act",
                file=self.part.file_name,
            )


def filled(known: Party, other: Party) -> Party:
    """What is said of one party in two places; what the first leaves open the second may say."""
    plain = Party(role=Role.OWNER)
    given = {
        field: getattr(other, field)
        for field in Party.__struct_fields__
        if getattr(known, field) == getattr(plain, field)
    }
    names = (*known.other_names, other.name, *other.other_names)
    given["other_names"] = tuple(
        dict.fromkeys(name for name in names if name and name != (known.name or other.name))
    )
    given["documents"] = tuple(dict.fromkeys((*known.documents, *other.documents)))
    return msgspec.structs.replace(known, **given)
