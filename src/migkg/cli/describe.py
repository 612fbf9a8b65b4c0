"""``migkg describe``: all about one thing."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from migkg import lookup, store
from migkg.cli import chosen_graph, note
from migkg.cli.citing import citation
from migkg.cli.output import destination
from migkg.describe import describe, triples
from migkg.results import GRAPH_FORMATS, write_graph
from migkg.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migkg.describe import Description, Statement


@click.command
@click.argument("thing")
@click.option("--why", is_flag=True, help="Tell the passages that support each statement.")
@click.option(
    "--lang",
    type=click.Choice(["en", "fr", "es"]),
    default="en",
    help="Language of names, where they are known in it.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", *GRAPH_FORMATS]),
    default="text",
    metavar="FORMAT",
    help=f"text, or RDF: {', '.join(GRAPH_FORMATS)}.",
)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all.")
def command(thing: str, why: bool, lang: str, form: str, output: str | None) -> None:
    """Tell all about one THING, by its name in any language, code, CURIE or IRI."""
    opened = store.open_store(chosen_graph(), note)
    node = lookup.resolve(opened, thing, None)
    with destination(output) as out:
        if form != "text":
            write_graph(triples(opened, node), form, out)
        else:
            lines = _text(describe(opened, node, lang), why)
            out.write("".join(f"{line}\n" for line in lines).encode())


def _text(found: Description, why: bool) -> Iterator[str]:
    yield found.name
    yield f"{found.curie} · {', '.join(found.kinds)}"
    if found.also_called:
        yield f"also called {', '.join(found.also_called)}"
    if found.definition:
        yield found.definition
    if found.statements:
        yield ""
        yield from _grouped(found.statements, why)
    if found.references:
        yield ""
        yield "What points to it:"
        yield from _grouped(found.references, why)
    if why:
        yield from _legend(found)


def _grouped(statements: list[Statement], why: bool) -> Iterator[str]:
    """Set the values of a property below one another, beside its name."""
    width = max(len(statement.property) for statement in statements)
    for heading, group in groupby(statements, key=lambda statement: statement.property):
        beside = heading
        for statement in group:
            yield f"  {beside:<{width}}  {statement.value}"
            beside = ""
            for support in statement.supports if why else ():
                yield f"  {'':<{width}}    {citation(support, noted=True)}"


def _legend(found: Description) -> Iterator[str]:
    both = found.statements + found.references
    cited = {s.code: s.title for one in both for s in one.supports if isinstance(s, Source)}
    if cited:
        yield ""
        yield from (f"{code}: {cited[code]}" for code in sorted(cited))
