"""What people type: the group of all commands, each imported only when it is asked for."""

import importlib
import sys
from dataclasses import dataclass

import click

from cli.engine.program import EngineError
from settings import SettingsError


@dataclass(frozen=True, slots=True)
class Entry:
    module: str
    function: str
    help: str


COMMANDS = {
    "up": Entry("cli.up", "up", "Start everything on this machine and keep it up."),
    "demo": Entry("cli.demo", "demo", "Carry the sample case over the HTTP API, from submission to delivered result."),
    "worker": Entry("cli.serve", "worker", "Run a worker."),
    "api": Entry("cli.serve", "api", "Run the HTTP API and the pages."),
    "migrate": Entry("cli.serve", "migrate", "Bring the database to the tables of this release."),
    "load": Entry("cli.load", "load", "Load an organisation and publish a catalogue."),
    "publish": Entry("cli.procedures", "publish", "Check a procedure, run its scenarios, store the version."),
    "check": Entry("cli.procedures", "check", "Say every problem of a procedure or a folder of them."),
    "test": Entry("cli.procedures", "test", "Run a procedure's scenarios on a virtual clock."),
    "show": Entry("cli.versions", "show", "Show a version in words, or resolved with the origin of each value."),
    "diff": Entry("cli.versions", "diff", "Say in words what changed between two versions, and who notices it."),
    "schema": Entry("cli.schema", "schema", "Print the JSON Schema by which editors complete and check files."),
    "time": Entry("cli.legal_time", "legal_time", "Play worked examples of legal time; say why a date is what it is."),
    "explain": Entry("cli.cases", "explain", "Say how the dates of a case came about."),
    "verify": Entry("cli.cases", "verify", "Check the hash chain of a case's journal."),
    "doctor": Entry("cli.doctor", "doctor", "Say what is missing on this machine and what to do."),
}


class LazyGroup(click.Group):
    """Imports a command's module when the command is named: `motcua --help` loads no Temporal and no database."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command = getattr(importlib.import_module(entry.module), entry.function)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])


@click.group(cls=LazyGroup)
def commands() -> None:
    """One-stop-shop engine for administrative procedures."""


def main() -> None:
    try:
        commands()
    except (EngineError, SettingsError) as error:
        click.echo(f"motcua: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
