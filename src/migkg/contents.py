"""What the store of a graph holds: filled from the sources, or brought up to date with them.

The default graph is what the sources say and what follows from it; the two stand apart in graphs
of their own, and what each file says in one of its own.
"""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg import graph
from migkg.graph import ALL, ASSERTED, INFERRED
from migkg.terms import quad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from migkg.reasoning.clash import Clash

    Notify = Callable[[str], None]

_AT_ONCE = 150_000  # quads: more take more memory and no less time
_NOTED = 1_000_000  # statements: what takes that long is to show that it goes on


def fill(store: ox.Store, of: graph.Graph, paths: Sequence[str], notify: Notify) -> None:
    """Put what files say into an empty store, and what follows.

    :raises InputError: a file cannot be read
    :raises Inconsistency: the files contradict each other, or a value is not of its datatype
    """
    notify(f"reading {len(paths)} files")
    misfits: list[Clash] = []
    _load(store, _said(of, paths, misfits, notify))
    _refuse(misfits)
    inferred = _inferred(store, of, paths, notify)
    _load(store, (quad(triple, name) for triple in inferred for name in (INFERRED, ALL)))
    store.flush()
    store.optimize()


def _said(
    of: graph.Graph, paths: Sequence[str], misfits: list[Clash], notify: Notify
) -> Iterator[ox.Quad]:
    """Read files into the graphs that are to hold what they say."""
    count = 0
    for path in paths:
        names = (ox.NamedNode(graph.graph_name(of, path)), ASSERTED, ALL)
        for triple in _read(of, path, misfits):
            subject, predicate, object_ = triple.subject, triple.predicate, triple.object
            for name in names:
                yield ox.Quad(subject, predicate, object_, name)
            count += 1
            if count % _NOTED == 0:
                notify(f"{count:,} statements read")


def update(
    store: ox.Store,
    of: graph.Graph,
    paths: Sequence[str],
    changed: Sequence[str],
    notify: Notify,
) -> None:
    """Bring a store up to date with files of which some have changed, or are there no more.

    :param paths: all files that make up the graph, those that changed among them
    :param changed: the files whose statements are to be read again, or to go
    :raises InputError, Inconsistency: as `fill` does
    """
    notify(f"reading {len(changed)} of {len(paths)} files")
    misfits: list[Clash] = []
    for path in changed:
        said = _read(of, path, misfits) if path in paths else ()
        _replace(store, ox.NamedNode(graph.graph_name(of, path)), _as_stored(said))
    _refuse(misfits)
    now = _as_stored(_inferred(store, of, paths, notify))
    before = {q.triple for q in store.quads_for_pattern(None, None, None, INFERRED)}
    for triple in before - now:
        store.remove(quad(triple, INFERRED))
        if quad(triple, ASSERTED) not in store:
            store.remove(ox.Quad(*triple))
    store.extend(quad(triple, name) for triple in now - before for name in (INFERRED, ALL))
    store.flush()


def _replace(store: ox.Store, file: ox.NamedNode, said: set[ox.Triple]) -> None:
    """Put other statements in place of those of a file, unless another file says them too."""
    before = {q.triple for q in store.quads_for_pattern(None, None, None, file)}
    for triple in before - said:
        store.remove(quad(triple, file))
        graphs = {q.graph_name for q in store.quads_for_pattern(*triple)}
        if not graphs - {ALL, ASSERTED, INFERRED}:
            store.remove(quad(triple, ASSERTED))
            if INFERRED not in graphs:
                store.remove(ox.Quad(*triple))
    store.extend(quad(triple, name) for triple in said - before for name in (file, ASSERTED, ALL))


def _read(of: graph.Graph, path: str, misfits: list[Clash]) -> Iterator[ox.Triple]:
    """Read a file; what has a value that is not of its datatype goes to the misfits as well."""
    from migkg.reasoning.clash import Clash
    from migkg.reasoning.datatypes import fits

    for triple in graph.triples(path, graph.graph_name(of, path)):
        value = triple.object
        if isinstance(value, ox.Literal) and not fits(value.value, value.datatype.value):
            meaning = "has a value that is not of the form of its datatype"
            file = (_shown(of, path),)
            misfits.append(Clash("dt-not-type", triple.subject, meaning, (triple,), file))
        yield triple


def _refuse(clashes: list[Clash]) -> None:
    if clashes:
        from migkg.reasoning.clash import Inconsistency

        raise Inconsistency(clashes)


def _inferred(
    store: ox.Store, of: graph.Graph, paths: Sequence[str], notify: Notify
) -> list[ox.Triple]:
    from migkg.reasoning import reason

    notify("reasoning")
    closure = reason.close(store, ASSERTED, notify)
    if closure.clashes:
        _load(store, (quad(triple, ALL) for triple in closure.inferred))
        found = explained(store, of, paths, closure.clashes)
        _refuse(sorted(found, key=lambda clash: clash.files.count("inferred")))
    return closure.inferred


def explained(
    store: ox.Store, of: graph.Graph, paths: Sequence[str], clashes: Iterable[Clash]
) -> list[Clash]:
    """Tell of clashes what they rest on, and the file that says each statement.

    The default graph of the store has what is said and what follows; what is said is also in
    ASSERTED, and that of a file in a graph of its own.
    """
    return list(_located(store, of, paths, _with_grounds(store, clashes)))


def _with_grounds(store: ox.Store, clashes: Iterable[Clash]) -> Iterator[Clash]:
    """Put before a statement that was inferred what is said of things that it rests on."""
    from migkg.reasoning.proof import Prover
    from migkg.reasoning.rules import is_axiom

    prover = Prover(store, ALL, lambda triple: quad(triple, ASSERTED) in store)
    for clash in clashes:
        statements: list[ox.Triple] = []
        for triple in clash.statements:
            proof = prover.proof(triple)
            statements += (t for t in (proof.said() if proof else ()) if not is_axiom(t))
            statements.append(triple)
        yield clash._replace(statements=tuple(dict.fromkeys(statements)))


def _located(
    store: ox.Store, of: graph.Graph, paths: Sequence[str], clashes: Iterable[Clash]
) -> Iterator[Clash]:
    """Tell, of each statement that clashes, the file that says it."""
    files = {graph.graph_name(of, path): _shown(of, path) for path in paths}
    for clash in clashes:
        said = []
        for triple in clash.statements:
            graphs = [q.graph_name for q in store.quads_for_pattern(*triple)]
            named = [
                files[n.value] for n in graphs if isinstance(n, ox.NamedNode) and n.value in files
            ]
            said.append(min(named, default="inferred"))
        yield clash._replace(files=tuple(said))


def _shown(of: graph.Graph, path: str) -> str:
    return graph.shown(os.path.relpath(path, of.root))


def _as_stored(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """Write literals as a store has them."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples)
    return {q.triple for q in store}


def _load(store: ox.Store, quads: Iterator[ox.Quad]) -> None:
    while some := list(islice(quads, _AT_ONCE)):
        store.bulk_extend(some)
