"""The command line parses, calls and prints; each command is a module, loaded when it is used."""

from __future__ import annotations

import migkg.cli.startup  # noqa: F401  # for what it does, and first

# isort: split
import os
import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

import click

from migkg import __version__
from migkg.errors import MachineError, MigkgError, UsageError
from migkg.namespaces import LANGUAGES

if TYPE_CHECKING:
    from typing import TextIO

    from migkg.dataset import Dataset
    from migkg.graph import Graph

COMMANDS = {
    "query": "Ask a stored question, or one of your own in SPARQL.",
    "describe": "Tell all about one thing.",
    "new": "Begin an entry: a template in Turtle, or a spreadsheet.",
    "import": "Turn a filled spreadsheet into Turtle.",
    "validate": "Check new entries, or the whole graph.",
    "add": "Put a sound entry into the files of the graph.",
    "format": "Write Turtle files in their canonical form.",
    "export": "Write dumps, catalogue and pages for portals and browsers.",
    "build": "Draw the conclusions and store the graph, ready to be asked.",
}
_ASKING = {"query", "describe", "build"}  # the commands that --store is for


class Commands(click.Group):
    """The commands by name; their modules are imported only when one is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Name the commands."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002  # click's signature
        cmd_name: str,
    ) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        found: click.Command = import_module(f"migkg.cli.{cmd_name}").command
        return found

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002  # click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take --graph and --store before the command and after it."""
        return super().parse_args(ctx, _first(args, ("--graph", "--store")))

    def invoke(self, ctx: click.Context) -> None:
        """Run a command and see that all it printed arrived."""
        try:
            super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _discard_output()
        except OSError as error:
            if error.filename is not None:
                raise
            if isinstance(error, FileNotFoundError):  # os.getcwd names no file
                raise MachineError("the current folder does not exist; go to another") from error
            _discard_output()
            raise MachineError(f"the output cannot be written: {error.strerror}") from error


def chosen_graph(ctx: click.Context | None = None) -> Graph:
    """Find the graph that a command is to work on, by default the one that is running."""
    from migkg.graph import find

    root = (ctx or click.get_current_context()).find_root()
    return find(root.params.get("graph"), os.getcwd())


def chosen_store(ctx: click.Context | None = None) -> str | None:
    """Tell the address of the engine that a command is to ask, if it is not the local store."""
    address: str | None = (ctx or click.get_current_context()).find_root().params.get("store")
    return address or None


def opened() -> Dataset:
    """Open what a command is to ask, once: the engine that was chosen, else the local store."""
    run = click.get_current_context().meta
    if "migkg.store" not in run:
        if address := chosen_store():
            from migkg.remote.endpoint import Endpoint

            run["migkg.store"] = Endpoint(address)
        else:
            from migkg import store

            run["migkg.store"] = store.open_store(chosen_graph(), note)
    found: Dataset = run["migkg.store"]
    return found


def note(message: str) -> None:
    """Say something in one line on standard error, whatever the message holds."""
    line = re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", message).strip()
    with suppress(OSError):
        click.echo(f"migkg: {line}", err=True)


language_option = click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default="en",
    help="Language of names and messages, where they are known in it.",
)


@click.command(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Without --graph, the graph is that of a checkout around this folder, else the one "
    "that was installed. migkg COMMAND --help tells more.",
)
@click.option("--graph", envvar="MIGKG_GRAPH", metavar="DIR", help="Folder of another graph.")
@click.option(
    "--store",
    envvar="MIGKG_STORE",
    metavar="URL",
    help="SPARQL endpoint to ask instead of the local store.",
)
@click.version_option(__version__, prog_name="migkg", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, graph: str | None, store: str | None) -> None:  # noqa: ARG001
    """Ask, validate and publish a graph of labour migration, refugees and cooperatives."""
    given = ctx.get_parameter_source("store") is click.core.ParameterSource.COMMANDLINE
    if given and ctx.invoked_subcommand in COMMANDS.keys() - _ASKING:
        raise UsageError(f"{ctx.invoked_subcommand} reads files: leave --store out")
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main() -> None:
    """Run the command line: whatever goes wrong is one line and an exit code.

    All that was printed has been flushed when the process ends, without taking the interpreter
    down piece by piece, which would take a tenth of the time of a query.
    """
    if sys.stderr is None:  # so that no file gets its descriptor, and with it what we note
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    if sys.stdout is None:
        note("standard output is closed")
        sys.exit(MachineError.exit_code)
    sys.stdout = cast("TextIO", _Output(sys.stdout))
    code = _run()
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(code)


class _Output:
    """Standard output that takes text also when nobody reads on, so that the exit code counts.

    Results, which may have no end, go to its `buffer`, which stops a command that nobody reads.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        with suppress(BrokenPipeError):
            return self._stream.write(text)
        _discard_output()
        return len(text)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except BrokenPipeError:
            _discard_output()


def _run() -> int:
    try:
        code = cli.main(prog_name="migkg", standalone_mode=False)
    except MigkgError as error:
        note(str(error))
        return error.exit_code
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        help_command = f" ({context.command_path} --help)" if context else ""
        note(error.format_message() + help_command)
        return 2
    except (click.Abort, KeyboardInterrupt):
        return 130
    except OSError as error:
        _discard_output()
        note(f"{error.filename or 'the output'}: {error.strerror or error}")
        return MachineError.exit_code
    except Exception as error:
        if "MIGKG_DEBUG" in os.environ:
            raise
        note(f"{type(error).__name__}: {error} (a fault of migkg; MIGKG_DEBUG=1 shows where)")
        return MachineError.exit_code
    return code if isinstance(code, int) else 0


def _first(args: list[str], options: tuple[str, ...]) -> list[str]:
    first: list[str] = []
    rest = list(args)
    at = 0
    while at < len(rest) and rest[at] != "--":
        if rest[at] in options and at + 1 < len(rest):
            first += rest[at : at + 2]
            del rest[at : at + 2]
        elif rest[at].partition("=")[0] in options:
            first.append(rest.pop(at))
        else:
            at += 1
    return first + rest


def _discard_output() -> None:
    """Let what is still in the buffer go nowhere, so that the interpreter ends in silence."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
