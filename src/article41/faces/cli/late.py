"""Imports a command when it is called, so that none pays for what another one needs."""

import importlib

import click


def late_command(place: str) -> click.Command:
    """The command in a module beside this one, as `module:name`.

    Example:
        >>> late_command("completion:completion").name
        'completion'
    """
    module, _, name = place.partition(":")
    command = getattr(importlib.import_module(f"article41.faces.cli.{module}"), name)
    assert isinstance(command, click.Command)
    return command
