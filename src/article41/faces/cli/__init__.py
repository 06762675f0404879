"""The command line: names every command and imports one when it is called.

A command that only asks the index must never pay for what another one needs.
"""

from typing import Any

import click

from article41.faces.cli.failures import report, report_interruption
from article41.faces.cli.late import late_command
from article41.model.errors import Article41Error

_COMMANDS = {
    "demo": "demo:demo",
    "lists": "lists:lists",
    "match": "match:match",
    "screen": "screen:screen",
    "check": "check:check",
    "explain": "explain:explain",
    "measures": "measures:measures",
    "timeline": "entries:timeline",
    "clusters": "targets:clusters",
    "index": "index:index",
    "store": "keeping:store",
    "completion": "completion:completion",
}


class Commands(click.Group):
    """The group of all commands; each is imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which one meets them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        return late_command(_COMMANDS[cmd_name]) if cmd_name in _COMMANDS else None

    # Any: click passes through whatever a command returns.
    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what cannot be answered becomes one line, a hint and an exit code."""
        try:
            return super().invoke(ctx)
        except Article41Error as error:
            ctx.exit(report(error))
        except KeyboardInterrupt:
            ctx.exit(report_interruption())


def _print_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"article41 {version('article41')}")
        ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version and end.",
)
def main() -> None:
    """Sanctions: from the lists and the law to the act that is stopped, with the reason.

    Begin with `article41 demo`, or with `article41 lists add FILE...` and `article41 check ACT`.
    """
    from article41.faces.kept_law import keep_law

    keep_law()
