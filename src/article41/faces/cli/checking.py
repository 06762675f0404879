"""Acts from files to verdicts: read one after another, checked some hundreds at once.

An act that cannot be answered is told on stderr; the others are answered, and the command fails.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import msgspec

from article41.checks import Screener
from article41.checks.acts import ACTS_AT_ONCE, Checker
from article41.checks.reading import ActFormat, each_act, oddities
from article41.checks.reading.joining import Register
from article41.checks.reading.ownership import read_ownership
from article41.faces.cli.failures import report
from article41.faces.cli.opening import open_screener
from article41.faces.cli.pausing import without_collector
from article41.faces.cli.piped import opened_source, source_name
from article41.faces.cli.rendering import counted
from article41.faces.cli.targeted import store_folder_or_demonstration
from article41.faces.cli.writing import notice
from article41.model.acts import Act
from article41.model.errors import ActError
from article41.model.letters import legible
from article41.model.verdicts import Verdict
from article41.sources.ownership import OwnershipFormat, OwnershipRecord


@contextmanager
def opened_screener(folder: Path, *, is_demonstration: bool) -> Iterator[Screener]:
    """The lists of a store, or the demonstration lists in a store that goes away afterwards."""
    with store_folder_or_demonstration(folder, is_demonstration=is_demonstration) as held:
        yield open_screener(held)


class Acts:
    """The acts of some files, as they are asked about.

    Args:
        sources: The files; `-` is what is piped in.
        format: How they are written; told by their beginnings if absent.
        jurisdictions: Whose answers come first, before those that an act asks for.
        ownership: Files of who owns whom.
        ownership_format: What these are; told by their content if absent.

    Raises:
        ActError: A file of who owns whom, written as an act has it, cannot be read.
        FormatError: Another file of who owns whom cannot be read.
    """

    def __init__(
        self,
        sources: Sequence[Path],
        *,
        format: ActFormat | None,  # noqa: A002
        jurisdictions: Sequence[str],
        ownership: Sequence[Path],
        ownership_format: OwnershipFormat | None,
    ) -> None:
        """Read who owns whom, and say what was read; acts are read when they are asked for."""
        self._sources = sources
        self._format = format
        self._jurisdictions = jurisdictions
        records = [read_ownership(path, format=ownership_format) for path in ownership]
        for record in records:
            for line in _record_lines(record):
                notice(legible(line))
        self._register = Register(records) if records else None
        self._count = self._count_joined = 0
        self.unanswered = 0
        """Acts of which it was told that they cannot be answered."""
        self.exit_code = 0
        """Of the last of them."""

    def __iter__(self) -> Iterator[Act]:
        """Give each act; tell of those that cannot be read."""
        for source in self._sources:
            with opened_source(source) as stream:
                for one in each_act(stream, file=source_name(source), format=self._format):
                    try:
                        if isinstance(one, ActError):
                            raise one
                        act = self._asked(one)
                    except ActError as error:
                        self.tell(error)
                    else:
                        yield act
        if self._register is not None:
            register = self._register
            notice(
                f"note: stakes and controls that concern the acts: {register.ties_joined:,} of "
                f"{register.ties:,}; acts with some: {self._count_joined:,} of {self._count:,}"
            )

    def tell(self, error: ActError) -> None:
        """Write why an act cannot be answered, and count it."""
        self.unanswered += 1
        self.exit_code = report(error)

    def _asked(self, act: Act) -> Act:
        for oddity in oddities(act):
            notice(legible(f"note: {_named(act)}: {oddity}"))
        if self._jurisdictions:
            first = tuple(dict.fromkeys((*self._jurisdictions, *act.jurisdictions)))
            act = msgspec.structs.replace(act, jurisdictions=first)
        return act if self._register is None else self._joined(act, self._register)

    def _joined(self, act: Act, register: Register) -> Act:
        joined = register.joined(act)
        self._count += 1
        self._count_joined += joined.ties > 0
        for note in joined.notes:
            notice(legible(f"note: {_named(act)}: {note}"))
        return joined.act


def _record_lines(record: OwnershipRecord) -> Iterator[str]:
    """What was read of a file, and what of it was not."""
    stakes, controls = len(record.holdings.stakes), len(record.holdings.controls)
    yield (
        f"note: {record.file_name} ({record.kind}): {counted(stakes, 'stake')} and "
        f"{counted(controls, 'control')} of {counted(record.read, 'record')}"
    )
    for skip in record.skipped:
        places = ", ".join(skip.places)
        yield f"note: {record.file_name}: {skip.count:,} × {skip.reason} ({places})"


def _named(act: Act) -> str:
    return f"act `{act.id}`" if act.id else f"{act.__struct_config__.tag} act of {act.on}"


def checked(
    acts: Acts,
    checker: Checker,
    *,
    known_at: datetime | None,
    asked_on: date,
    progress: Callable[[int], None],
) -> Iterator[Verdict]:
    """The verdicts of acts in their order; of one that names an entry of no list it is told.

    Args:
        acts: The acts.
        checker: Whom to ask.
        known_at: The moment known; now if absent.
        asked_on: The present day.
        progress: Told how many acts are answered.
    """
    coming, done = iter(acts), 0
    while batch := list(islice(coming, ACTS_AT_ONCE)):
        for verdict in _batch(batch, checker, known_at, asked_on, acts.tell):
            done += 1
            progress(done)
            yield verdict


def _batch(
    batch: Sequence[Act],
    checker: Checker,
    known_at: datetime | None,
    asked_on: date,
    tell: Callable[[ActError], None],
) -> Iterator[Verdict]:
    try:
        with without_collector():
            verdicts = list(checker.check_many(batch, known_at=known_at, asked_on=asked_on))
    except ActError:
        # One act of them is at fault: the others are answered, and it is named.
        verdicts = []
    if verdicts:
        yield from verdicts
        return
    for act in batch:
        try:
            verdict = checker.check(act, known_at=known_at, asked_on=asked_on)
        except ActError as error:
            message = f"{_named(act)}: {error.message}"
            tell(ActError(message, hint=error.hint, path=error.path))
        else:
            yield verdict
