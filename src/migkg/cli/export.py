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
    "--profile",
    type=click.Choice(["dcat-ap", "ckan"]),
    default="dcat-ap",
    show_default=True,
    help="Whose catalogue to write: that of DCAT-AP, or one for a CKAN of one language.",
)
def command(folder: str, base: str, endpoint: str | None, profile: str) -> None:
    """Write dumps, catalogue and pages into FOLDER: everything that a portal needs."""
    from migkg.cli.progress import progress
    from migkg.export.export import export
    from migkg.export.site import Site, version

    graph = chosen_graph()
    opened = store.open_store(graph, note)
    with progress("exporting") as step:
        export(Site(graph, opened, version(opened), base, endpoint, profile), folder, step)
    click.echo(f"written: {folder}")
