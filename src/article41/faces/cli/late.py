"""Imports a command when it is called, so that none pays for what another one needs."""

import importlib
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

import click
from click.shell_completion import CompletionItem


class Late(NamedTuple):
    """A command that is not imported before it is called."""

    place: str
    """The module beside this one and the name in it, as `module:name`; with its whole name where
    it stands elsewhere."""
    says: str
    """What the list of commands says of it, short enough for a line."""


class LateGroup(click.Group):
    """A group that lists its commands, and offers them to a shell, without importing any.

    Args:
        late: Its commands in the order in which one meets them.
        arguments: As click has them.
    """

    # Any: click passes through whatever a group is made with.
    def __init__(self, *arguments: Any, late: Mapping[str, Late], **options: Any) -> None:
        """Keep the table."""
        super().__init__(*arguments, **options)
        self._late = late

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the table."""
        return list(self._late)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        return late_command(self._late[cmd_name].place) if cmd_name in self._late else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant; what is none is an error with the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = get_close_matches(args[0], self._late, n=1)
            if not near:
                raise
            message = f"{error.message} Did you mean `{near[0]}`?"
            raise click.UsageError(message, ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each command with what the table says of it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, late.says) for name, late in self._late.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands that begin so, then the options of the group itself."""
        commands = [
            CompletionItem(name, help=late.says)
            for name, late in self._late.items()
            if name.startswith(incomplete)
        ]
        return [*commands, *click.Command.shell_complete(self, ctx, incomplete)]


def late_command(place: str) -> click.Command:
    """The command in a module beside this one, as `module:name`, or in one with its whole name.

    The server's commands stand beside the server, which tells its answers in the words of this
    folder: a table of names keeps both from importing one another.

    Example:
        >>> late_command("completion:completion").name
        'completion'
    """
    module, _, name = place.partition(":")
    place = module if module.startswith("article41.") else f"article41.faces.cli.{module}"
    command = getattr(importlib.import_module(place), name)
    assert isinstance(command, click.Command)
    return command
