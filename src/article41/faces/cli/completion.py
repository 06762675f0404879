"""`article41 completion`: prints the script with which a shell completes commands."""

import click
from click.shell_completion import get_completion_class

from article41.faces.cli.writing import write_lines


@click.command(epilog='Example for bash: eval "$(article41 completion bash)"')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the completion script of a shell."""
    kind = get_completion_class(shell)
    assert kind is not None
    program = kind(ctx.find_root().command, {}, "article41", "_ARTICLE41_COMPLETE")
    write_lines([program.source_template % program.source_vars()])
