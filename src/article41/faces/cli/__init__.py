"""The command line: names every command and imports one when it is called.

A command that only asks the index must never pay for what another one needs.
"""

from typing import Any

import click

from article41.faces.cli.failures import report, report_interruption
from article41.faces.cli.late import Late, LateGroup
from article41.model.errors import Article41Error

_COMMANDS = {
    "demo": Late("demo:demo", "Answer six acts of 6 July 2012, on lists that come along."),
    "check": Late("check:check", "Answer an act: which measures bear on it, and why."),
    "explain": Late("explain:explain", "Tell an answer that was kept as JSON."),
    "measures": Late("measures:measures", "Show the law: measures and where each stands."),
    "timeline": Late("entries:timeline", "Show when somebody was listed, and under which law."),
    "match": Late("match:match", "Show whom a name resembles on the lists."),
    "screen": Late("groups:screen", "Compare customers with the lists."),
    "customers": Late("groups:customers", "Keep customers, and see their alerts."),
    "payment": Late("groups:payment", "Read payment messages, and answer them."),
    "lists": Late("groups:lists", "Get, add, show and compare lists."),
    "clusters": Late("targets:clusters", "Show which entries of several lists are one target."),
    "index": Late("index:index", "Build or verify the index of names."),
    "certify": Late("certifying:certify", "Write the certificate of an answer on record."),
    "certificate": Late("groups:certificate", "Verify certificates, offline."),
    "replay": Late("certifying:replay", "Give an answer on record again, to the same bytes."),
    "audit": Late("groups:audit", "Show the record of answers, and prove that it adds up."),
    "store": Late("groups:store", "Verify the store, back it up, restore it."),
    "serve": Late("article41.faces.serving.serve:serve", "Answer over HTTP, by key and on record."),
    "keys": Late("article41.faces.serving.keys:keys", "Make and revoke keys of the server."),
    "doctor": Late("doctor:doctor", "Say what is held, what is missing, and what to type next."),
    "completion": Late("completion:completion", "Print the completion script of a shell."),
}


class Commands(LateGroup):
    """The group of all commands; each is imported when it is asked for."""

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


@click.group(cls=Commands, late=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
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

    Begin with `article41 demo`, on lists that come along. `article41 lists update` gets the
    official ones, `article41 check ACT` asks, and `article41 doctor` says what is missing.
    """
    from article41.faces.kept import keep_law

    keep_law()
