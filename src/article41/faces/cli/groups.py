"""The groups whose commands read publications or open a store: what they are called, no more.

So that help and a shell's completion need neither a database nor a parser.
"""

import click
from click.shell_completion import CompletionItem

from article41.faces.cli.late import Late, LateGroup

_LISTS = {
    "update": Late("updating:update", "Get the lists from their authorities."),
    "add": Late("lists:add", "Keep a publication that you have as files."),
    "import": Late("importing:import_", "Keep many dated snapshots at once."),
    "describe": Late("describing:describe", "Write a first description of a table of your own."),
    "show": Late("lists:show", "Show which lists are held, and how old they are."),
    "entries": Late("entries:entries", "Show what stood on the lists on a day."),
    "diff": Late("lists:diff", "Show what changed between two versions."),
    "events": Late("lists:events", "Show what each publication changed."),
    "export": Late("exporting:export", "Write the lists of a day for other programs."),
    "feeds": Late("feeds:feeds", "Show where each list comes from, and how that went."),
}
_PAYMENT = {
    "read": Late("payment:read", "Show what a payment message says, text by text."),
    "screen": Late("payment:screen", "Answer the payments of messages: hold or not, and why."),
}
_STORE = {
    "verify": Late("keeping:verify", "Compare everything held with its hashes."),
    "backup": Late("keeping:backup", "Copy the store to one file."),
    "restore": Late("keeping:restore_", "Make a store of such a copy."),
}
_CERTIFICATE = {
    "verify": Late("certifying:verify", "Verify certificates with the public key."),
}
_AUDIT = {
    "show": Late("audit:show", "List what was asked, or show an entry whole."),
    "verify": Late("audit:verify", "Say what was edited, deleted, reordered or cut off."),
    "key": Late("audit:key", "Print the public key."),
    "checkpoint": Late("audit:checkpoint", "Print the newest signed checkpoint."),
    "backup": Late("audit:backup", "Copy the record while others write to it."),
}


_CUSTOMERS = {
    "import": Late("registering:import_", "Keep your customers, or bring them up to date."),
    "show": Late("registering:show", "Show how many are kept, and when they were screened."),
    "alerts": Late("registering:alerts", "Show the alerts that are kept."),
    "backup": Late("customers_keeping:backup", "Copy them while others use them."),
    "restore": Late("customers_keeping:restore_", "Put such a copy back."),
}
_SCREEN = {
    "file": Late("screen:screen", "Compare a file of customers; the word may be left out."),
    "customers": Late("rescreening:customers", "Screen the customers kept, or what changed."),
}


class _ShowByDefault(LateGroup):
    """A group that shows where no command is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `show` before options that are not the group's own."""
        if not args or (args[0].startswith("-") and args[0] not in ctx.help_option_names):
            args = ["show", *args]
        return super().parse_args(ctx, args)


class _FileByDefault(LateGroup):
    """A group that takes what is none of its commands for a file."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `file` before what is neither a command nor a question for help."""
        if args and args[0] not in {*_SCREEN, *ctx.help_option_names}:
            args = ["file", *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands that begin so, and files."""
        return [*super().shell_complete(ctx, incomplete), CompletionItem(incomplete, type="file")]


@click.group(cls=_ShowByDefault, late=_LISTS)
def lists() -> None:
    """Add, show and compare lists; alone it shows them."""


@click.group(cls=_ShowByDefault, late=_CUSTOMERS)
def customers() -> None:
    """Keep customers, and see their alerts; alone it shows how it stands with them."""


@click.group(
    cls=_FileByDefault,
    late=_SCREEN,
    epilog="Example: article41 screen customers.csv -o screened.csv",
)
def screen() -> None:
    """Compare a file of customers with the lists, or the customers that are kept.

    `article41 screen FILE.csv -o OUT.csv` is short for `article41 screen file ...`.
    """


@click.group(cls=LateGroup, late=_STORE)
def store() -> None:
    """Verify the store, back it up, restore it."""


@click.group(cls=LateGroup, late=_PAYMENT)
def payment() -> None:
    """Read and answer payment messages: ISO 20022 and SWIFT MT."""


@click.group(cls=LateGroup, late=_CERTIFICATE)
def certificate() -> None:
    """Verify certificates, offline."""


@click.group(cls=_ShowByDefault, late=_AUDIT)
def audit() -> None:
    """Show the record of answers, and prove that it adds up; alone it shows it."""
