"""``migkg export``: the graph as portals, triple stores, search engines and browsers take it."""

from __future__ import annotations

import os

import click

from migkg import store
from migkg.cli import chosen_graph, note
from migkg.errors import UsageError
from migkg.namespaces import HOME, shorten


@click.command
@click.argument("folder", type=click.Path())
@click.option(
    "--base-url",
    "base",
    metavar="URL",
    default=HOME,
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
@click.option(
    "--since",
    metavar="EXPORT|REV",
    help="Tell what changed since an earlier export, or since a commit of git.",
)
@click.option(
    "--profile",
    type=click.Choice(["dcat-ap", "ckan"]),
    default="dcat-ap",
    show_default=True,
    help="Whose catalogue to write: that of DCAT-AP, or one for a CKAN of one language.",
)
def command(  # noqa: PLR0913  # one for each option
    *,
    folder: str,
    base: str,
    endpoint: str | None,
    only: tuple[str, ...],
    since: str | None,
    profile: str,
) -> None:
    """Write dumps, catalogue and pages into FOLDER: everything that a portal needs."""
    from migkg.cli.progress import progress
    from migkg.export import base_url
    from migkg.export.changes.earlier import earlier
    from migkg.export.export import export
    from migkg.export.selection import chosen, stands_alone
    from migkg.export.site import Site, version
    from migkg.export.target import files
    from migkg.remote.address import checked

    if only and since is not None:
        raise UsageError("--since compares whole graphs: leave out --only")
    base = base_url.checked(base)
    if endpoint is not None:
        checked(endpoint)
    graph = chosen_graph()
    opened = store.open_store(graph, note)
    things = tuple(chosen(opened, name) for name in only)
    for thing in things:
        if stands_alone(opened, thing):
            note(
                f"{shorten(thing.value)}: nothing in the graph belongs to it but what it is itself"
            )
    former = earlier(graph, since) if since is not None else None
    site = Site(graph, opened, version(opened), base, endpoint, things, former, profile)
    with progress("exporting") as step:
        export(site, folder, step)
    if former and former.version.number == site.version.number:
        note(
            f"{since} is version {former.version.number} as well: raise owl:versionInfo, "
            "owl:versionIRI and dct:modified in ontology/migkg.ttl before you publish"
        )
    if base == HOME:
        note(f"the catalogue says that this lies at {HOME}: --base-url names another address")
    lying = [os.path.join(folder, name) for name in files(folder)]
    size = sum(map(os.path.getsize, lying))
    click.echo(f"written: {folder}: {len(lying):,} files, {size / 1e6:.1f} MB")
