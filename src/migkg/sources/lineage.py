"""Which triples took part in a row: the solutions behind it, each pattern's match looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from migkg.dataset import Solutions
from migkg.errors import UsageError
from migkg.sources.paths import Walker, leaves, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Set

    import pyoxigraph as ox

    from migkg.dataset import Dataset
    from migkg.sources.algebra import Select
    from migkg.sources.paths import Path
    from migkg.terms import GraphName, Term

T = TypeVar("T")
Row: TypeAlias = "tuple[Term | None, ...]"


def trace(
    store: Dataset,
    select: Select,
    default_graph: GraphName,
    support: Callable[[ox.Triple], Set[T]],
) -> Callable[[Row], Set[T]]:
    """Tell what supports a row, known by `select.identity`: all that supports its triples.

    Raises `UsageError`, here or for a row, where a second run of the query finds other rows.
    """
    return _Trace(store, default_graph, support).rows(select)


class _Trace:
    def __init__(self, store: Dataset, default_graph: GraphName, support: Any) -> None:
        self.store = store
        self.default_graph = default_graph
        self.support = support
        self.walker = Walker(store)
        self.supported: dict[tuple[Any, ...], frozenset[Any]] = {}

    def rows(self, select: Select) -> Callable[[Row], Set[Any]]:
        """Trace the rows of a SELECT, those of its subselects first."""
        nested = [(self.rows(inner.select), inner.columns, inner.branch) for inner in select.nested]
        found = self.solutions(select.prologue + select.solutions)
        names: list[Any] = [str(name) for name in found.variables]
        solutions = list(
            found
        )  # before any is looked up: an engine elsewhere looks up many at once
        # "" is no graph, so the default graph, and no branch, so one that always takes part
        constants = {**self.constants(select), "": self.default_graph}
        rest = (*constants.values(), None)
        at = {name: place for place, name in enumerate([*names, *constants])}

        def places(wanted: Iterable[Any]) -> list[int]:
            return [at.get(name, -1) for name in wanted]

        keys = places(select.keys)
        patterns = [places(pattern) for pattern in select.patterns]
        joined = [(rows, places(columns), at[branch]) for rows, columns, branch in nested]
        behind: dict[Row, set[Any]] = {}
        for solution in solutions:
            values = (*solution, *rest)
            told = behind.setdefault(tuple(values[i] for i in keys), set())
            for s, path, o, graph, branch in patterns:
                if values[branch] is not None:
                    told |= self.match(values[s], values[path], values[o], values[graph])
            for rows, columns, branch in joined:
                if values[branch] is not None:
                    told |= rows(tuple(values[i] for i in columns))
        if not select.rows:
            return lambda identity: _of(behind, identity)
        shown: dict[Row, set[Any]] = {}
        found = self.solutions(select.prologue + select.rows)
        names = [str(name) for name in found.variables]
        for solution in found:
            row = dict(zip(names, solution, strict=True))
            identity = tuple(row[name] for name in select.identity)
            key = tuple(row[name] for name in select.keys)
            shown.setdefault(identity, set()).update(_of(behind, key))
        return lambda identity: _of(shown, identity)

    def constants(self, select: Select) -> dict[Path, Any]:
        """Let the engine say what the terms of the patterns stand for, paths included."""
        written = sorted(
            {
                text
                for pattern in select.patterns
                for path in (pattern.subject, pattern.path, pattern.object, pattern.graph)
                for text in leaves(path)
                if text and not text.startswith("?")
            }
        )
        if not written:
            return {}
        names = " ".join(f"?c{i}" for i in range(len(written)))
        query = f"{select.prologue} SELECT * {{ VALUES ({names}) {{ ({' '.join(written)}) }} }}"
        solutions = self.solutions(query)
        [solution] = solutions
        place = {str(name): at for at, name in enumerate(solutions.variables)}
        terms: dict[Any, Any] = {text: solution[place[f"?c{i}"]] for i, text in enumerate(written)}
        for pattern in select.patterns:
            if not isinstance(pattern.path, str):
                terms[pattern.path] = walk(pattern.path, terms)
        return terms

    def match(self, s: Any, path: Any, o: Any, graph: Any) -> Set[Any]:
        """Unite what supports the triples that match a pattern between two ends."""
        wanted = (s, path, o, graph)
        if wanted not in self.supported:
            triples = self.walker.triples(path, s, o, graph)
            self.supported[wanted] = frozenset().union(*map(self.support, triples))
        return self.supported[wanted]

    def solutions(self, query: str) -> Solutions:
        try:
            found = self.store.query(query, default_graph=self.default_graph)
        except SyntaxError as error:
            where = " ".join(str(error).split())
            raise UsageError(f"sources cannot be told for this query: {where}") from error
        if not isinstance(found, Solutions):
            raise UsageError("sources can be told for SELECT queries only")
        return found


def _of(behind: dict[Row, set[Any]], row: Row) -> Set[Any]:
    if row and row not in behind:
        raise UsageError("sources cannot be told: each run of the query finds other rows")
    return behind.get(row, set())
