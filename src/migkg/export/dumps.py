"""The dumps: what is said, in every syntax, for triple stores and portals."""

from __future__ import annotations

import os
from collections import defaultdict
from contextlib import ExitStack, suppress
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg import graph
from migkg.export import lines
from migkg.export.dump import (
    ASSERTED,
    FOLDER,
    INFERRED,
    SHAPES,
    dumps,
    from_files,
    lines_of,
    of_data_sets,
    whole,
)
from migkg.export.literals import as_written
from migkg.export.readable import write_trig
from migkg.export.selection import Selection, select
from migkg.export.syntaxes import compress, write_syntaxes
from migkg.export.target import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TextIO

    from migkg.export.dump import Dump
    from migkg.export.literals import Written
    from migkg.export.readable import Read
    from migkg.export.site import Site
    from migkg.progress import Progress

    Holds = Callable[[str], bool]

_LARGE = 100_000  # bytes, above which a file gets its compressed form beside it
_AT_ONCE = 100  # data sets, whose files are open together


def write(site: Site, folder: str, step: Progress) -> None:
    """Write the dumps of a site, or of what is chosen of it, below dumps/.

    First what each says as sorted N-Triples, then from these the other syntaxes, statement by
    statement: of no dump more is held in memory than what is said of its blank nodes.

    :raises InputError: something is said that a syntax cannot hold
    """
    into = os.path.join(folder, FOLDER)
    os.makedirs(os.path.join(into, "datasets"))
    selection = select(site.store, site.only) if site.only else None
    holds = selection.holds if selection else _everything
    written = as_written(site.graph)
    step("dumps: statements")
    _write_triples(site, folder, holds, written)
    _write_data_sets(site, folder, selection)
    step("dumps: graphs")
    _write_graphs(site, folder, holds, written)
    listed = [dump for dump in dumps(site) if os.path.exists(lines_of(folder, dump))]
    for done, dump in enumerate(listed):
        step("dumps: syntaxes", done, len(listed))
        write_syntaxes(os.path.join(into, dump.name))
    large = [name for name in files(into) if os.path.getsize(os.path.join(into, name)) > _LARGE]
    for done, name in enumerate(large):
        step("dumps: compression", done, len(large))
        compress(os.path.join(into, name))
    with suppress(OSError):
        os.rmdir(os.path.join(into, "datasets"))  # if there are none


def _everything(_line: str) -> bool:
    return True


def _write_triples(site: Site, folder: str, holds: Holds, written: Written) -> None:
    """Write the dumps that hold parts of the graph as N-Triples."""
    for dump, paths in from_files(site.graph):
        said = chain.from_iterable(_said(site.graph, path) for path in paths)
        _write_some(lines.distinct(filter(holds, said), folder), lines_of(folder, dump))
    parts = [lines_of(folder, dump) for dump, _ in from_files(site.graph) if dump != SHAPES]
    _write_some(lines.merged(*map(lines.read, parts)), lines_of(folder, ASSERTED))
    nameable = (line for line in _inferred(site, written) if not _has_blank_node(line))
    _write_some(lines.distinct(filter(holds, nameable), folder), lines_of(folder, INFERRED))


def _write_some(said: Iterable[str], path: str) -> None:
    """Write a file unless it would be empty."""
    lines.write(said, path)
    if not os.path.getsize(path):
        os.remove(path)


def _said(of: graph.Graph, path: str) -> Iterator[str]:
    return map(lines.line, graph.triples(path, graph.graph_name(of, path)))


def _inferred(site: Site, written: Written) -> Iterator[str]:
    for quad in site.store.quads_for_pattern(None, None, None, graph.INFERRED):
        yield from map(lines.line, written(quad.triple))


def _has_blank_node(line: str) -> bool:
    subject, _, value = line.split(" ", 2)
    return subject.startswith("_:") or value.startswith("_:")


def _write_data_sets(site: Site, folder: str, selection: Selection | None) -> None:
    """Write the dumps of data sets as N-Triples, from that of all that is asserted."""
    waiting = (
        dump
        for dump in of_data_sets(site.store)
        if selection is None or str(dump.thing) in selection.described
    )
    while some := list(islice(waiting, _AT_ONCE)):
        with ExitStack() as opened:
            takers: defaultdict[str, list[tuple[Selection, TextIO]]] = defaultdict(list)
            for dump in some:
                out = open(lines_of(folder, dump), "w", encoding="utf-8", newline="\n")  # noqa: SIM115
                taker = (_of(site, dump), opened.enter_context(out))
                for term in taker[0].described | taker[0].named:
                    takers[term].append(taker)
            for line in lines.read(lines_of(folder, ASSERTED)):
                for wanted, file in takers.get(line.partition(" ")[0], ()):
                    if wanted.holds(line):
                        file.write(line)


def _of(site: Site, dump: Dump) -> Selection:
    return select(site.store, [dump.thing] if dump.thing else [])


def _write_graphs(site: Site, folder: str, holds: Holds, written: Written) -> None:
    """Write all graphs with their names."""
    path = os.path.join(folder, FOLDER, whole(site).name)
    with (
        open(f"{path}.nq", "w", encoding="utf-8", newline="\n") as quads,
        open(f"{path}.trig", "wb") as out,
    ):
        graphs = _graphs(site, folder, holds, written, quads)
        write_trig(graphs, _shared(site.store), out, folder)


def _shared(store: ox.Store) -> set[ox.BlankNode]:
    """Find the blank nodes of files of which something is inferred."""
    inferred = store.quads_for_pattern(None, None, None, graph.INFERRED)
    terms = (term for quad in inferred for term in (quad.subject, quad.object))
    return {term for term in terms if isinstance(term, ox.BlankNode)}


def _graphs(
    site: Site, folder: str, holds: Holds, written: Written, quads: TextIO
) -> Iterator[tuple[str, Read]]:
    """Give each graph, after it was written as N-Quads."""
    aside = os.path.join(folder, "graph.nt")
    of = site.graph
    sources = {graph.graph_name(of, p): p for p in graph.sources(of) + graph.shape_files(of)}
    said = {name: partial(_said, of, path) for name, path in sources.items()}
    said[graph.INFERRED.value] = partial(_inferred, site, written)
    for name in sorted(said):
        lines.write(lines.distinct(filter(holds, said[name]()), folder), aside)
        if os.path.getsize(aside):
            end = f" {ox.NamedNode(name)} .\n"
            quads.writelines(line.removesuffix(" .\n") + end for line in lines.read(aside))
            yield name, partial(lines.triples, aside)
        os.remove(aside)
