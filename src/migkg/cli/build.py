"""``migkg build``: reason and store, which other commands do by themselves when needed."""

from __future__ import annotations

import click

from migkg import store
from migkg.cli import chosen_graph, note


@click.command
@click.option("--force", is_flag=True, help="Build anew even if no source changed.")
def command(force: bool) -> None:
    """Draw the conclusions and store the graph, ready to be asked.

    Other commands do this by themselves when a source changed. Stores are kept in the user's
    cache; MIGKG_CACHE names another folder.
    """
    graph = chosen_graph()
    folder, built = store.build(graph, note, force)
    opened = store.open_store(graph, note)
    asserted, inferred = (
        sum(1 for _ in opened.quads_for_pattern(None, None, None, name))
        for name in (store.ASSERTED, store.INFERRED)
    )
    click.echo(f"{'built' if built else 'up to date'}: {folder}")
    click.echo(f"{asserted:,} statements asserted, {inferred:,} inferred")
