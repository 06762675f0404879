"""`article41 lists import`: many dated snapshots at once, each by the date in its name.

What cannot be kept is told and counted; everything else is added.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

import click
import msgspec

from article41.checks import refresh_index
from article41.faces.cli.describing import notice_unused
from article41.faces.cli.options import with_json, with_store, with_tables
from article41.faces.cli.paths import GivenPath
from article41.faces.cli.progress import progress
from article41.faces.cli.rendering import SHA_SHOWN, counted
from article41.faces.cli.writing import notice, write_json, write_lines
from article41.faces.settings import now
from article41.model.errors import Article41Error, FormatError, InputError, SourceError
from article41.model.letters import legible
from article41.model.listings import ListVersion
from article41.sources.declared import own_tables
from article41.sources.publications import FILES_MAX, read_readable
from article41.sources.versions import day_in_name
from article41.store import HeldVersion, Shrink, Store, at_work


class ImportedVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One publication that was kept."""

    list: str
    """Which list."""
    published: date | None
    """Its day."""
    files: tuple[str, ...]
    """What it was made of."""
    entries: int
    """Its listings."""
    is_new: bool
    """False if the same bytes were held already."""


class ImportFailure(msgspec.Struct, frozen=True, kw_only=True):
    """Files that were not kept, and why."""

    files: tuple[str, ...]
    """Their names."""
    message: str
    """What is wrong."""
    hint: str
    """What to do next."""


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What became of all the files."""

    versions: tuple[ImportedVersion, ...]
    """The publications kept, by their days."""
    failures: tuple[ImportFailure, ...]
    """What was not kept."""


@click.command(name="import")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=GivenPath(exists=True),
)
@with_tables
@click.option(
    "--accept-shrink",
    "shrink",
    flag_value=Shrink.ACCEPT,
    default=Shrink.REFUSE,
    help="Keep publications though they lost more entries than is plausible.",
)
@with_json
@with_store
def import_(
    *,
    files: tuple[Path, ...],
    descriptions: tuple[Path, ...],
    shrink: Shrink,
    as_json: bool,
    folder: Path,
) -> None:
    """Keep many dated snapshots, in any order, then index them once.

    Each FILE has its day of publication in its name, as in ofac-sdn-2024-05-03.csv.gz; a day that a
    file carries inside counts before it. Files of one list and one day are one publication if they
    can be; if not, the one of most files, else the last by name, then by content, stands that day,
    and stderr says so. A folder stands for every file below it. The history is the same whatever
    the order of the FILEs.
    """
    own_tables(descriptions)  # One that is wrong is no fault of the files.
    versions: list[ImportedVersion] = []
    failures: list[ImportFailure] = []
    kinds: set[str] = set()
    given = list(_files(files))
    # All of it is learned at one moment: what only one of the snapshots would say was never
    # believed, and no superseded belief of it is kept.
    moment = now()
    with Store(folder) as store, at_work(folder):
        with progress("Importing", total=len(given)) as advance:
            done = 0
            for day, of_day in _by_day(given):
                found = read_readable(of_day, day=day, descriptions=descriptions)
                failures += (_failure((one.file_name,), one.error) for one in found.unread)
                for double, other in found.doubles:
                    notice(f"note: {legible(double)} holds the same bytes as {legible(other)}")
                for version in found.versions:
                    moment = _not_before(store, moment)
                    kinds.update(part.kind for part in version.parts)
                    try:
                        versions.append(_add(store, version, day, shrink, moment))
                    except Article41Error as error:
                        names = tuple(one.file_name for one in version.parts)
                        failures.append(_failure(names, error))
                done += len(of_day)
                advance(done)
        if versions:
            with progress("Building the index") as advance:
                refresh_index(store, progress=advance)
        notice_unused(descriptions, kinds)
        for line in _of_one_day(store, versions):
            notice(line)
    _tell(Imported(versions=tuple(versions), failures=tuple(failures)), as_json=as_json)


def _files(given: Sequence[Path]) -> Iterator[Path]:
    """The files given and those below the folders given, each once.

    Raises:
        InputError: A folder holds no file, or cannot be read.
    """
    seen: set[Path] = set()
    for path in given:
        found = list(_below(path)) if path.is_dir() else [path]
        if not found:
            raise InputError(f"`{path}` holds no file", hint="name a folder with snapshots")
        for file in found:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def _below(folder: Path) -> Iterator[Path]:
    """Every file below a folder, in alphabetical order; links are followed, but not in circles."""
    entered: set[Path] = set()
    for at, folders, names in os.walk(folder, onerror=_refuse_folder, followlinks=True):
        if Path(at).resolve() in entered:
            folders.clear()
            continue
        entered.add(Path(at).resolve())
        folders.sort()
        yield from (Path(at, name) for name in sorted(names))


def _refuse_folder(error: OSError) -> None:
    raise InputError(
        f"the folder `{error.filename}` cannot be read: {error.strerror}",
        hint="check its rights, or name the files",
    ) from error


def _not_before(store: Store, moment: datetime) -> datetime:
    """The moment, or the present one if somebody else has added something after it."""
    newest = store.newest_known_at
    return moment if newest is None or newest <= moment else now()


def _by_day(files: Sequence[Path]) -> Iterator[tuple[date | None, list[Path]]]:
    """The files by the day in their names, oldest first: fewer beliefs are superseded so.

    Last come those without a day, some at once: what they hold may say itself of which day it is.
    """
    by_day: dict[date, list[Path]] = {}
    dayless: list[Path] = []
    for file in files:
        day = day_in_name(file.name)
        (dayless if day is None else by_day.setdefault(day, [])).append(file)
    for day, of_day in sorted(by_day.items()):
        yield day, _in_order(of_day)
    dayless = _in_order(dayless)
    for first in range(0, len(dayless), FILES_MAX):
        yield None, dayless[first : first + FILES_MAX]


def _in_order(files: list[Path]) -> list[Path]:
    """The files in an order of their own: of two publications of one day the later one stands."""
    namesakes = Counter(path.name for path in files)
    return sorted(
        files, key=lambda path: (path.name, _digest(path) if namesakes[path.name] > 1 else "")
    )


def _digest(path: Path) -> str:
    """Of a file's bytes; nothing if it cannot be read, which the reader tells."""
    if not path.is_file():
        return ""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _of_one_day(store: Store, versions: Sequence[ImportedVersion]) -> Iterator[str]:
    """Which publications share their day with others, and which of them stands."""
    imported = {(one.list, one.published) for one in versions}
    for list_id in dict.fromkeys(one.list for one in versions):
        for day, group in groupby(store.standings(list_id), key=lambda one: one.day):
            of_day = [one.version for one in group]
            if len(of_day) > 1 and (list_id, day) in imported:
                *others, last = map(_named, of_day)
                yield (
                    f"note: {list_id} has {len(of_day)} publications of {day}: {last} stands, "
                    f"{', '.join(others)} on that day alone"
                )


def _named(version: HeldVersion) -> str:
    files = ", ".join(legible(part.file_name) for part in version.parts)
    return f"{version.sha256[:SHA_SHOWN]} ({files}; {counted(version.entries, 'entry')})"


def _add(
    store: Store, version: ListVersion, day: date | None, shrink: Shrink, moment: datetime
) -> ImportedVersion:
    if version.published is None and day is None:
        raise InputError(
            "no day such as 2024-05-03 stands in the name or in the file",
            hint="rename it, or add it with `article41 lists add FILE --published DATE`",
        )
    if version.published is None:
        version = msgspec.structs.replace(version, published=day, published_is_stated=True)
    addition = store.add(version, known_at=moment, shrink=shrink)
    held = addition.version
    return ImportedVersion(
        list=held.list_id,
        published=version.published,
        files=tuple(part.file_name for part in held.parts),
        entries=held.entries,
        is_new=addition.is_new,
    )


def _failure(files: tuple[str, ...], error: Article41Error) -> ImportFailure:
    # The files are named already; of the place only the rest is new.
    said = str(error)
    if isinstance(error, FormatError) and Path(error.file).name in files:
        said = said.removeprefix(error.file).removeprefix(": ")
    return ImportFailure(files=files, message=said, hint=error.hint)


def _tell(imported: Imported, *, as_json: bool) -> None:
    if as_json:
        write_json(imported)
    else:
        write_lines(_lines(imported))
    for failure in imported.failures:
        files = ", ".join(map(legible, failure.files))
        # A message may begin with the line in the file.
        between = "" if failure.message.startswith(":") else ": "
        notice(f"not kept: {files}{between}{legible(failure.message)}")
        notice(f"  hint: {legible(failure.hint)}")
    if imported.failures:
        raise SourceError(
            f"not kept: {counted(sum(len(one.files) for one in imported.failures), 'file')}; "
            f"kept: {counted(len(imported.versions), 'publication')}",
            hint="the lines above say why of each; what was kept is indexed",
        )


def _lines(imported: Imported) -> Iterator[str]:
    for version in imported.versions:
        again = "" if version.is_new else "  (held already)"
        yield f"{version.list}  {version.published}  {counted(version.entries, 'entry')}{again}"
