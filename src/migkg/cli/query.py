"""``migkg query``: list the stored queries, ask one of them, or ask in SPARQL."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

import click
import pyoxigraph as ox

from migkg import federation, store
from migkg.cli import chosen_graph, chosen_store, note, opened, options
from migkg.cli.output import Window, destination, stoppable
from migkg.dataset import Solutions
from migkg.errors import MachineError, MigkgError, UsageError
from migkg.namespaces import PREFIXES
from migkg.queries import catalogue
from migkg.queries.query import SUFFIX, option_name
from migkg.results import formats

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from migkg.cli.options import Wanted
    from migkg.queries.query import Parameter, StoredQuery
    from migkg.terms import Row

T = TypeVar("T")


class Queries(click.Group):
    """The stored queries of the graph, as commands; a path to a query file is one too."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the stored queries; while a shell completes, an unreadable graph has none."""
        try:
            return list(catalogue.read(chosen_graph(ctx)))
        except MigkgError:
            if ctx.resilient_parsing:
                return []
            raise

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the command that asks one query."""
        try:
            if os.sep in cmd_name or cmd_name.endswith(SUFFIX):
                return _asking(catalogue.own(cmd_name))
            return _asking(catalogue.stored(chosen_graph(ctx), cmd_name))
        except MigkgError:
            if ctx.resilient_parsing:
                return None
            raise

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002  # click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        """Tell where the list is: it would hide the options."""
        formatter.write_paragraph()
        formatter.write_text("migkg query, without anything, lists the stored questions.")


@click.command(
    cls=Queries,
    invoke_without_command=True,
    subcommand_metavar="[NAME [--PARAMETER VALUE]...]",
    params=[
        click.Option(
            ["-e", "--query", "text"], metavar="SPARQL", help="Ask this, instead of a stored query."
        ),
        *options.run_options(),
    ],
)
@click.pass_context
def command(ctx: click.Context, /, text: str | None, **given: Any) -> None:
    """Ask a stored question by its NAME, your own in a .rq file, or one in SPARQL with -e.

    What a question asks and which values it takes, migkg query NAME --help tells.
    """
    if text is not None and ctx.invoked_subcommand is not None:
        raise UsageError(f"-e asks a query of its own: leave {ctx.invoked_subcommand} out")
    if text is not None:
        wanted = options.wanted(given)
        with stoppable(wanted.timeout):
            _ask(text, wanted, None)
    elif ctx.invoked_subcommand is None:
        _list(options.wanted(given))


def _asking(query: StoredQuery) -> click.Command:
    def ask(**given: Any) -> None:
        context = click.get_current_context()
        wanted = options.wanted(given, context.parent.params if context.parent else {})
        values = {p.name: options.typed(p, given) for p in query.parameters}
        with stoppable(wanted.timeout):
            _ask(_bound(query, values, wanted), wanted, query.chart)

    return options.QueryCommand(query, ask)


def _list(wanted: Wanted) -> None:
    found = catalogue.read(chosen_graph())
    if wanted.form or wanted.output:
        rows = [
            [ox.Literal(text) for text in (query.name, query.summary, ", ".join(query.tags))]
            for query in found.values()
        ]
        _print_rows(["name", "summary", "tags"], rows, wanted, None)
        return
    if not found:
        note(f"{chosen_graph().root} has no stored queries")
        return
    from migkg.cli.listing import listed

    click.echo(listed(found.values()))


def _bound(query: StoredQuery, values: Mapping[str, Sequence[str]], wanted: Wanted) -> str:
    """Resolve what was typed to RDF terms and put them into the text."""
    from migkg import lookup

    terms: dict[str, list[ox.NamedNode | ox.Literal]] = {}

    def term(parameter: Parameter, text: str) -> ox.NamedNode | ox.Literal:
        if parameter.kind != "iri":
            return lookup.literal(parameter.kind, text)
        return lookup.resolve(opened(), text, parameter.domain)

    if wanted.show:
        optional = tuple(p._replace(required=False) for p in query.parameters)
        query = query._replace(parameters=optional)
    for parameter in query.parameters:
        option = f"--{option_name(parameter.name)}"
        typed = values[parameter.name]
        why = catalogue.refusal(parameter, len(typed))
        if why and not typed:
            help_command = f"{click.get_current_context().command_path} --help"
            raise UsageError(f"{option} {why}: {options.what(parameter)} ({help_command})")
        if why:
            raise UsageError(f"{option} {why}")
        try:
            terms[parameter.name] = [term(parameter, text) for text in typed]
        except UsageError as error:
            raise UsageError(f"{option}: {error}") from error
    bind = catalogue.bind if chosen_store() else catalogue.bind_to_look_up
    return bind(query, terms)


def _ask(text: str, wanted: Wanted, chart: dict[str, Any] | None) -> None:
    if wanted.show:
        click.echo(text.rstrip("\n"))
        return
    federation.check(text, wanted.services)
    asked = opened()
    default_graph = store.ASSERTED if wanted.asserted else store.ALL
    if wanted.sources:
        from migkg.cli.citing import explained

        form = options.choose(wanted, formats.ROW_FORMATS, "table", "csv")
        wanted = wanted._replace(form=form)
        with _explaining_failures(text):
            variables, rows, notes = explained(asked, text, default_graph, wanted)
        _print_rows(variables, rows, wanted, chart, notes)
        return
    with _explaining_failures(text):
        found = asked.query(text, prefixes=PREFIXES, default_graph=default_graph)
    if isinstance(found, Solutions):
        _print_rows([v.value for v in found.variables], _rows(found, text), wanted, chart)
    elif isinstance(found, ox.QueryBoolean):
        form = options.choose(wanted, formats.ROW_FORMATS, "table", "csv")
        with destination(wanted.output) as out:
            formats.write_boolean(bool(found), form, out)
    else:
        form = options.choose(wanted, tuple(formats.GRAPH_FORMATS), "turtle", "turtle")
        _print(found, wanted, lambda kept, out: formats.write_graph(kept, form, out))


def _print_rows(
    variables: Sequence[str],
    rows: Iterable[Row],
    wanted: Wanted,
    chart: dict[str, Any] | None,
    notes: Sequence[str] = (),
) -> None:
    form = options.choose(wanted, formats.ROW_FORMATS, "table", "csv")
    if form != "chart":
        _print(rows, wanted, lambda kept, out: formats.write(variables, kept, form, out, notes))
        return
    if chart is None:
        raise UsageError(f"this query declares no chart; {_charted()}")
    from migkg.results.chart import draw

    image = "png" if (wanted.output or "").lower().endswith(".png") else "svg"
    _print(rows, wanted, lambda kept, out: draw(variables, list(kept), chart, image, out))


def _charted() -> str:
    """Tell which stored queries can be drawn."""
    with suppress(MigkgError):
        named = [query.name for query in catalogue.read(chosen_graph()).values() if query.chart]
        if named:
            return f"these do: {', '.join(named)}"
    return "take another format"


def _print(
    found: Iterable[T], wanted: Wanted, write: Callable[[Iterable[T], BinaryIO], None]
) -> None:
    """Write what lies within --offset and --limit, and say when there is nothing or more."""
    with destination(wanted.output) as out:
        rest = iter(found)
        first = list(islice(rest, 1))  # before the head of a result: it may fail at once
        window = Window(chain(first, rest), wanted.offset, wanted.limit)
        write(window, out)
    if window.more:
        last = wanted.offset + window.count
        note(f"cut off by --limit {wanted.limit}; there is more (--offset {last} goes on)")
    elif not window.count:
        note(f"no results after the first {wanted.offset}" if wanted.offset else "no results")


def _rows(found: Solutions, text: str) -> Iterator[Row]:
    with _explaining_failures(text):
        for solution in found:
            yield tuple(solution)


@contextmanager
def _explaining_failures(text: str) -> Iterator[None]:
    """Say in one line what Oxigraph could not read, or not do."""
    try:
        yield
    except SyntaxError as error:
        from migkg.queries.diagnosis import syntax_error

        place = syntax_error(text, PREFIXES)
        said = f"line {place[0]}, column {place[1]}: {place[2]}" if place else str(error)
        raise UsageError(said) from error
    except (RuntimeError, ValueError) as error:
        raise UsageError(f"the query cannot be run: {error}") from error
    except OSError as error:
        raise MachineError(f"the query failed: {error}") from error
