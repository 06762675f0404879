"""`article41 clusters`: which entries of different authorities are one target, and who says so."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import click
import msgspec

from article41.checks.clusters import Clusters, Target, Targets, clusters_of
from article41.checks.links import Link
from article41.faces.cli.limits import notice_limits
from article41.faces.cli.naming import records_by_key, refuse_unknown_entries
from article41.faces.cli.opening import open_screener, opened_store
from article41.faces.cli.options import TEXT, with_clocks, with_json, with_store
from article41.faces.cli.pausing import without_collector
from article41.faces.cli.rendering import counted, moment_words
from article41.faces.cli.targets_kept import CLUSTERS_NAME, clusters_key
from article41.faces.cli.writing import Pen, notice, write_json, write_lines
from article41.faces.settings import now
from article41.model.clocks import is_known
from article41.model.letters import legible
from article41.store import LinkDecision, LinkVerdict
from article41.store.kept import keep, kept


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """How many targets more than one list names."""

    clusters: int
    """Targets with several entries."""
    entries: int
    """Entries in them."""
    links: dict[str, int]
    """Links by what they rest on."""
    conflicts: int
    """Links not followed."""


@click.group()
def clusters() -> None:
    """Show which entries of different lists are one target, and decide where it is wrong."""


@clusters.command()
@click.argument("keys", nargs=-1, metavar="[KEY...]", type=TEXT)
@click.option("--conflicts", "only_conflicts", is_flag=True, help="Show the links not followed.")
@with_clocks
@with_json
@with_store
def show(
    *,
    keys: tuple[str, ...],
    only_conflicts: bool,
    as_of: date | None,
    known_at: datetime | None,
    as_json: bool,
    folder: Path,
) -> None:
    """Show the target that each KEY names; without one, how many there are.

    A KEY is a list and a number, such as ofac-sdn/36. Each link says what it rests on. --as-of
    leaves out other entries that did not stand on the day, --known-at what was added or decided
    later.
    """
    with opened_store(folder) as store:
        records = records_by_key(store, keys)
        if as_of is not None or known_at is not None:
            notice_limits(store, as_of=as_of, known_at=known_at)
    for key, ever in records.items():
        if known_at is not None and not any(is_known(one, known_at) for one in ever):
            notice(f"note: nothing was known of {legible(key)} at {moment_words(known_at)}")
    found = held_clusters(folder, known_at=known_at)
    on_day = found if as_of is None else found.on(as_of)
    if only_conflicts:
        for link in on_day.conflicts:
            write_json(link) if as_json else write_lines([_link_line(link)])
        return
    if not keys:
        summary = _summary(on_day)
        write_json(summary) if as_json else write_lines(_summary_lines(summary))
    targets, pen = Targets(found, as_of=as_of), Pen.for_stdout()
    for key in keys:
        target = targets.of(key)
        write_json(target) if as_json else write_lines([*_target_lines(target, pen, as_of), ""])


def _decision(name: str, verdict: LinkVerdict, text: str) -> click.Command:
    @clusters.command(name=name, help=text)
    @click.argument("left", metavar="KEY", type=TEXT)
    @click.argument("right", metavar="KEY", type=TEXT)
    @click.option("--by", required=True, metavar="WHO", type=TEXT, help="Who says so.")
    @click.option("--reason", required=True, metavar="TEXT", type=TEXT, help="Why.")
    @with_json
    @with_store
    def decide(*, left: str, right: str, by: str, reason: str, as_json: bool, folder: Path) -> None:
        with opened_store(folder) as store:
            refuse_unknown_entries(store, (left, right))
            decision = LinkDecision(
                pair=(min(left, right), max(left, right)),
                verdict=verdict,
                decided_by=by,
                reason=reason,
                decided_at=now(),
            )
            store.decide_link(decision)
        if as_json:
            write_json(decision)
        else:
            write_lines([f"{decision.pair[0]} and {decision.pair[1]}: {verdict.value}, by {by}"])

    return decide


_decision("same", LinkVerdict.SAME, "Say that two entries name one target.")
_decision("different", LinkVerdict.DIFFERENT, "Say that two entries name two targets.")
_decision("reopen", LinkVerdict.OPEN, "Take back what was said of two entries.")


def held_clusters(folder: Path, *, known_at: datetime | None = None) -> Clusters:
    """The clusters of a store as kept, or linked anew if they are of something else.

    Args:
        folder: Of the store.
        known_at: By what was known at this moment; now if absent. What was linked for a moment
            before the last addition or decision is not kept.
    """
    # INVARIANT: the key is read before all that they are made from, the index too: an addition or
    # a decision meanwhile makes them old, never new.
    path, key = folder / CLUSTERS_NAME, clusters_key(folder)
    with suppress(OSError):
        body = kept(path, key)
        held = None if body is None else msgspec.msgpack.decode(body, type=Clusters)
        if held is not None and (known_at is None or held.known_from <= known_at):
            return held
    moment = "" if known_at is None else f" by what was known at {moment_words(known_at)}"
    notice(f"note: linking the entries of all lists{moment}")
    screener = open_screener(folder)
    with opened_store(folder) as store, without_collector():
        made = clusters_of(store, screener.index, known_at=known_at)
    if known_at is None and not screener.is_behind:
        with suppress(OSError):
            keep(path, key, msgspec.msgpack.encode(made))
    return made


def _target_lines(target: Target, pen: Pen, as_of: date | None) -> Iterator[str]:
    yield pen.bold(", ".join(map(legible, target.keys)))
    if len(target.keys) == 1:
        other = "list" if as_of is None else f"entry that stood on {as_of}"
        yield f"  no other {other} names this target, as far as the evidence goes"
    for link in target.links:
        yield f"  {_link_line(link)}"
    for link in target.conflicts:
        yield f"  not followed: {_link_line(link)}"


def _link_line(link: Link) -> str:
    score = f" {link.score:.3f}" if link.score < 1 else ""
    return f"{legible(link.left)} = {legible(link.right)}  {link.basis.value}{score}: " + legible(
        link.reason
    )


def _summary(found: Clusters) -> Summary:
    links: dict[str, int] = {}
    for link in found.links:
        links[link.basis.value] = links.get(link.basis.value, 0) + 1
    return Summary(
        clusters=len(found.clusters),
        entries=sum(map(len, found.clusters)),
        links=links,
        conflicts=len(found.conflicts),
    )


def _summary_lines(summary: Summary) -> Iterator[str]:
    targets, entries = counted(summary.clusters, "target"), counted(summary.entries, "entry")
    yield f"{targets} on several lists, with {entries}"
    for basis, count in summary.links.items():
        yield f"  {count:>8,} by {basis}"
    yield f"  {summary.conflicts:>8,} not followed (--conflicts shows them)"
