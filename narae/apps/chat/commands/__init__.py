"""What the messenger adds to the command line: `narae demo` and `narae import …`."""

import typer

from narae.apps.chat.commands.demo import demo
from narae.apps.chat.commands.slack import slack

__all__ = ["demo", "imports"]

imports = typer.Typer(help="Bring the history of another messenger in.", no_args_is_help=True)
imports.command("slack")(slack)
