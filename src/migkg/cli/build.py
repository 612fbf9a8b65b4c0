"""``migkg build``: reason and store, which other commands do by themselves when needed."""

from __future__ import annotations

import click

from migkg import store
from migkg.cli import chosen_graph, chosen_store, note


@click.command
@click.option("--force", is_flag=True, help="Build anew even if no source changed.")
@click.option(
    "--to",
    metavar="URL",
    help="Load this engine too, by SPARQL Update or the Graph Store Protocol; "
    "where it is asked, --store tells, unless it can be guessed.",
)
def command(force: bool, to: str | None) -> None:
    """Draw the conclusions and store the graph, ready to be asked.

    Other commands do this by themselves when a source changed. Stores are kept in the user's
    cache; MIGKG_CACHE names another folder.

    A load goes on where another broke off, and sends only what the engine does not have.
    Credentials: MIGKG_STORE_USER and MIGKG_STORE_PASSWORD, MIGKG_STORE_TOKEN, or ~/.netrc.
    """
    if to is not None:
        from migkg.remote.address import checked

        checked(to)
    graph = chosen_graph()
    folder, built = store.build(graph, note, force)
    opened = store.open_store(graph, note)
    asserted, inferred = (store.count(opened, name) for name in (store.ASSERTED, store.INFERRED))
    click.echo(f"{'built' if built else 'up to date'}: {folder}")
    click.echo(f"{asserted:,} statements asserted, {inferred:,} inferred")
    if to is not None:
        from migkg.cli.progress import progress
        from migkg.remote.load import load

        with progress(f"loading {to}") as step:
            done = load(opened, to, chosen_store(), note, step)
        click.echo(f"loaded: {to}")
        click.echo(
            f"{done.statements:,} statements sent in {done.sent:,} graphs; {done.kept:,} graphs "
            f"were there, {done.dropped:,} dropped"
        )
