"""`article41 customers backup` and `restore`: copies the customers, and puts a copy back."""

from pathlib import Path

import click

from article41.casework.monitor import Register
from article41.casework.monitor.copies import CustomersCopied, back_up, restore
from article41.faces.cli.options import TextPath, with_json, with_store
from article41.faces.cli.rendering import counted
from article41.faces.cli.writing import write_json, write_lines
from article41.model.letters import legible


@click.command(epilog="Example: article41 customers backup customers.backup")
@click.argument("destination", metavar="FILE", type=TextPath(dir_okay=False))
@with_json
@with_store
def backup(*, destination: Path, as_json: bool, folder: Path) -> None:
    """Copy the customers with their past, alerts and runs to FILE, while others use them.

    The copy is verified before it is given its name, and is for its owner alone. A FILE that is
    there already is refused.
    """
    with Register(folder) as register:
        found = back_up(register, destination)
    _tell(found, f"backed up to `{destination}`", as_json=as_json)


@click.command(name="restore")
@click.argument("source", metavar="FILE", type=TextPath(exists=True, dir_okay=False))
@with_json
@with_store
def restore_(*, source: Path, as_json: bool, folder: Path) -> None:
    """Put the customers of the backup FILE into the store, wholly or not at all.

    The backup is verified first. A store that has customers already is refused.
    """
    found = restore(source, folder)
    with Register(folder) as register:
        register.index()
    _tell(found, f"restored to `{folder}`", as_json=as_json)


def _tell(found: CustomersCopied, what: str, *, as_json: bool) -> None:
    if as_json:
        write_json(found)
    else:
        customers, alerts = counted(found.customers, "customer"), counted(found.alerts, "alert")
        write_lines([f"{customers} with {alerts}, verified; {legible(what)}"])
