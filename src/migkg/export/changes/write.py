"""What is another than in the release that an export is compared with."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from migkg import graph
from migkg.export import lines
from migkg.export.changes import as_markdown, as_turtle
from migkg.export.changes.compare import compare

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from migkg.export.site import Site
    from migkg.progress import Progress


def write(site: Site, folder: str, step: Progress) -> None:
    """Write changes.md and changes.ttl, if there is an earlier release to compare with."""
    if site.since is None:
        return
    step("changes")
    changes = compare(site.since.statements, _statements(site.graph))
    page = as_markdown.write(changes, site.since, site.version, site.store)
    lines.write(page, os.path.join(folder, "changes.md"))
    with open(os.path.join(folder, "changes.ttl"), "wb") as data:
        as_turtle.write(changes, site.since.version, site.version, data)


def _statements(of: graph.Graph) -> Iterator[ox.Triple]:
    for path in graph.sources(of) + graph.shape_files(of):
        yield from graph.triples(path, graph.graph_name(of, path))
