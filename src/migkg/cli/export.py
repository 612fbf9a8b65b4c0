"""``migkg export``: the graph as portals, triple stores, search engines and browsers take it."""

from __future__ import annotations

import click

from migkg import store
from migkg.cli import chosen_graph, note


@click.command
@click.argument("folder", type=click.Path())
@click.option(
    "--base-url",
    "base",
    metavar="URL",
    default="https://w3id.org/migkg/",
    show_default=True,
    help="The address that FOLDER will have.",
)
@click.option(
    "--endpoint", metavar="URL", help="The address of a SPARQL endpoint that has the graph."
)
@click.option(
    "--only",
    metavar="NAME",
    multiple=True,
    help="Of the graph, just what belongs to a class, a code list, a country or a data set, by its "
    "name in any language, code, CURIE or IRI, with what it takes to understand it. Can be given "
    "several times.",
)
def command(folder: str, base: str, endpoint: str | None, only: tuple[str, ...]) -> None:
    """Write dumps, catalogue and pages into FOLDER: everything that a portal needs."""
    from migkg.cli.progress import progress
    from migkg.export.export import export
    from migkg.export.selection import chosen
    from migkg.export.site import Site, version

    graph = chosen_graph()
    opened = store.open_store(graph, note)
    things = tuple(chosen(opened, name) for name in only)
    with progress("exporting") as step:
        export(Site(graph, opened, version(opened), base, endpoint, things), folder, step)
    click.echo(f"written: {folder}")
