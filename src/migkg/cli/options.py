"""The options of ``migkg query``: those of every query, and those of one query's parameters."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from migkg.errors import UsageError
from migkg.queries.calling import command_line
from migkg.queries.query import option_name
from migkg.results.formats import GRAPH_FORMATS, ROW_FORMATS, SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from migkg.queries.query import Parameter, StoredQuery

_BINARY = ("xlsx", "chart")
_LONGEST = 1_000_000_000  # seconds: what is more, the clock of some system cannot hold


class Wanted(NamedTuple):
    """What every query can be asked for."""

    form: str | None
    output: str | None
    sources: bool
    asserted: bool
    limit: int | None
    offset: int
    timeout: float | None
    show: bool
    services: tuple[str, ...]


def run_options() -> list[click.Parameter]:
    """Make the options that every query has."""
    return [
        click.Option(
            ["-f", "--format", "form"],
            type=click.Choice([*ROW_FORMATS, *GRAPH_FORMATS]),
            metavar="FORMAT",
            help=f"{', '.join(ROW_FORMATS)}; for a query that makes a graph "
            f"{', '.join(GRAPH_FORMATS)}. Default: by the name of FILE, else table on a terminal "
            "and csv elsewhere.",
        ),
        click.Option(
            ["-o", "--output"],
            metavar="FILE",
            type=click.Path(),
            help="Write to FILE, whole or not at all.",
        ),
        click.Option(
            ["--sources"],
            is_flag=True,
            default=None,
            help="Tell which passages of which documents say so.",
        ),
        click.Option(
            ["--asserted"],
            is_flag=True,
            default=None,
            help="Leave out what was inferred, not stated.",
        ),
        click.Option(["--limit"], type=int, metavar="N", help="At most N rows."),
        click.Option(["--offset"], type=int, metavar="N", help="Skip the first N rows."),
        click.Option(["--timeout"], type=float, metavar="SECONDS", help="Give up after that time."),
        click.Option(
            ["--allow-service", "services"],
            multiple=True,
            metavar="IRI",
            help="Let the query ask this engine by SERVICE. Can be given several times.",
        ),
        click.Option(
            ["--show"], is_flag=True, default=None, help="Print the SPARQL and do not run it."
        ),
    ]


def wanted(given: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> Wanted:
    """Collect what was given, after the name of a query or before it.

    :raises UsageError: a limit or a time that is none
    """
    both: dict[str, Any] = {
        name: given[name] if given[name] is not None else (before or {}).get(name)
        for name in Wanted._fields
    }
    for name, least in (("limit", 1), ("offset", 0)):
        if both[name] is not None and both[name] < least:
            raise UsageError(f"--{name} is to be {least} or more, not {both[name]}")
    if both["timeout"] is not None and not 0 < both["timeout"] <= _LONGEST:
        raise UsageError(
            f"--timeout is to be a time in seconds up to {_LONGEST:,}, not {both['timeout']:g}"
        )
    return Wanted(
        form=both["form"],
        output=both["output"],
        sources=bool(both["sources"]),
        asserted=bool(both["asserted"]),
        limit=both["limit"],
        offset=both["offset"] or 0,
        timeout=both["timeout"],
        show=bool(both["show"]),
        services=(*(given["services"] or ()), *((before or {}).get("services") or ())),
    )


def choose(wanted: Wanted, allowed: Sequence[str], on_terminal: str, elsewhere: str) -> str:
    """Choose the format: -f, else by the name of the file, else by where the results go.

    :raises UsageError: no format of this kind of results, or none that a terminal shows
    """
    form = wanted.form
    terminal = wanted.output is None and sys.stdout.isatty()
    if form is None and wanted.output is not None and os.path.splitext(wanted.output)[1]:
        form = SUFFIXES.get(os.path.splitext(wanted.output)[1].lower())
        if form is None:
            raise UsageError(f"{wanted.output} tells no format: give one with -f")
    if form is None:
        form = on_terminal if terminal else elsewhere
    if form not in allowed:
        raise UsageError(f"{form} does not fit these results; there are {', '.join(allowed)}")
    if form in _BINARY and terminal:
        raise UsageError(f"{form} is not for a terminal: name a file with -o")
    return form


class QueryCommand(click.Command):
    """The command that asks one query; its help tells question, values and where to go on."""

    def __init__(self, query: StoredQuery, ask: Callable[..., None]) -> None:
        self.query = query
        super().__init__(
            query.name,
            callback=ask,
            params=[*map(_option, query.parameters), *run_options()],
            short_help=query.summary,
        )

    def format_help_text(
        self,
        ctx: click.Context,  # noqa: ARG002  # click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        """Write summary, description and the questions that it answers, each with its call."""
        for text in (self.query.summary, self.query.description):
            if text:
                formatter.write_paragraph()
                with formatter.indentation():
                    formatter.write_text(text)
        if self.query.questions:
            with formatter.section("Answers"):
                for question in self.query.questions:
                    formatter.write_text(f"{question.ask} ({question.id})")
                    with formatter.indentation():  # on one line, however long, to be copied
                        formatter.write(f"{'':{formatter.current_indent}}")
                        formatter.write(f"{command_line(self.query, question.values)}\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the query's own parameters apart from the options of every query."""
        own = {p.name for p in self.query.parameters}
        for title, mine in (("Parameters", True), ("Options", False)):
            records = [
                record
                for param in self.get_params(ctx)
                if (param.name in own) is mine and (record := param.get_help_record(ctx))
            ]
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)


def typed(parameter: Parameter, given: Mapping[str, Any]) -> tuple[str, ...]:
    """Take the values that were typed for a parameter, else its default."""
    values: tuple[str, ...] = given[parameter.name]
    if not values and parameter.default is not None:
        return (parameter.default,)
    return values


def what(parameter: Parameter) -> str:
    """Say what kind of value a parameter takes."""
    from migkg.lookup import kind

    if parameter.kind == "iri":
        thing = kind(parameter.domain) if parameter.domain else "thing"
        article = "an" if thing[0] in "aeiou" else "a"
        return f"{article} {thing}, by its name in any language, code, CURIE or IRI"
    if parameter.kind == "string" or len(parameter.kind) == 2:
        return "a text"
    return "a number" if parameter.kind == "number" else f"a value of type {kind(parameter.kind)}"


def meaning(parameter: Parameter) -> str:
    """Say what a value means, where the header does, else what kind of value it is."""
    return sentence(parameter.description.rstrip(".") or what(parameter))


def conditions(parameter: Parameter) -> list[str]:
    """Say which values, whether and how many have to be given."""
    said = [f"One of {', '.join(parameter.choices)}"] if parameter.choices else []
    if parameter.default is not None:
        said.append(f"Default: {parameter.default}")
    elif parameter.required:
        said.append("Required")
    if parameter.multiple:
        said.append("Can be given several times")
    return said


def _option(parameter: Parameter) -> click.Option:
    from migkg.lookup import kind

    said = [meaning(parameter)]
    if parameter.kind == "iri" and parameter.description:
        said.append(sentence(what(parameter)))
    name = option_name(parameter.name)
    thing = kind(parameter.domain) if parameter.domain else parameter.name
    return click.Option(
        [f"--{name}", parameter.name],
        multiple=True,  # even where one is taken: of two, click would drop the first in silence
        metavar=re.sub(r"\W+", "-", thing).upper(),
        type=click.Choice(parameter.choices) if parameter.choices else str,
        help=". ".join([*said, *conditions(parameter)]) + ".",
    )


def sentence(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]
