"""A SPARQL engine elsewhere that holds the graph, asked as the local store is."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias, cast

import pyoxigraph as ox

from migkg import sparql, store
from migkg.errors import MachineError
from migkg.federation import inert
from migkg.namespaces import GRAPH
from migkg.remote import construct
from migkg.remote.session import Body, Session
from migkg.remote.terms import received, sent

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    import requests

    from migkg.remote.session import Form
    from migkg.terms import GraphName, Term

_Graphs: TypeAlias = tuple[str, ...]

LOADS: Final = ox.NamedNode(GRAPH + "loads")  # what was loaded stands in graphs below it
ARRIVED: Final = ox.NamedNode(GRAPH + "loads#arrived")  # of a graph: what has

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_ROWS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_AT_ONCE = 400  # nodes a request
_KEPT = 100_000  # terms that are remembered as what may be asked for next


class Endpoint:
    """A query endpoint of SPARQL 1.1 (https://www.w3.org/TR/sparql11-protocol/#query-operation).

    The default graph consists of the asserted and the inferred statements. What is read of a node
    is read whole, together with the nodes that were met and are likely to be asked for next, and
    kept: a run sees no change.
    """

    def __init__(self, address: str, patience: int = 3) -> None:
        """Prepare to ask the engine at `address`; nothing is sent yet.

        :param patience: how often to try again
        :raises UsageError: the address is none, or bears credentials
        """
        self._session = Session(address, patience)
        self._met: dict[Term, None] = {}
        self._out: dict[_Graphs, dict[Term, list[ox.Quad]]] = {}
        self._in: dict[tuple[_Graphs, Term | None], dict[Term, list[ox.Quad]]] = {}
        self._graphs: list[str] | None = None

    def query(
        self,
        query: str,
        *,
        prefixes: dict[str, str] | None = None,
        default_graph: GraphName | None = None,
    ) -> Rows | ox.QueryBoolean | Iterator[ox.Triple]:
        """Answer a SPARQL 1.1 query, rows and triples as they come in.

        A query that names its dataset by FROM is asked of that; any other of `default_graph`, and
        of the graphs that were loaded where it says GRAPH.

        :raises SyntaxError: it is no query of SPARQL 1.1
        :raises UsageError: the engine finds fault with it
        :raises MachineError: there is no answer, or not all of it
        """
        text = sparql.declare(query, prefixes or {})
        words = [t.name.upper() for t in sparql.tokens(text) if t.kind == "word"]
        form = next((word for word in words if word in _FORMS), "")
        ox.Store().query(inert(text))  # what is no query is never sent: it could change something
        fields: dict[str, str | Sequence[str]] = {"query": text}
        if "FROM" not in words:
            fields["default-graph-uri"] = (
                (default_graph.value,)
                if isinstance(default_graph, ox.NamedNode)
                else _dataset(default_graph)
            )
            if "GRAPH" in words:
                fields["named-graph-uri"] = self._named()
        if form == "DESCRIBE":
            return _triples(self._ask(fields, _TRIPLES))
        if form == "CONSTRUCT":
            template = construct.read(text)
            found = self._rows(self._ask({**fields, "query": template.select}, _ROWS))
            return construct.fill(template, found)
        response = self._ask(fields, _ROWS)
        return self._rows(response) if form == "SELECT" else _boolean(response)

    def noted(self, variables: str, pattern: str) -> Rows:
        """Find in the notes of loads what matches a pattern: the graph of the notes comes first.

        :raises MachineError: there is no answer, or not all of it
        """
        text = (
            f"SELECT DISTINCT ?notes {variables} {{ GRAPH ?notes {{ {pattern} }} "
            f'FILTER (STRSTARTS(STR(?notes), "{LOADS.value}")) }}'
        )
        return self._rows(self._ask({"query": text}, _ROWS))

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None,
        predicate: ox.NamedNode | None,
        object: Term | None,  # noqa: A002  # pyoxigraph's name
        graph_name: GraphName | None = None,
    ) -> Iterator[ox.Quad]:
        """Find the quads that match a pattern; without a graph, asserted and inferred ones."""
        among = _dataset(graph_name)
        if subject is not None:
            found: Iterable[ox.Quad] = self._of(subject, among)
        elif object is not None:
            found = self._to(predicate, object, among)
        else:
            found = self._quads("", predicate, among)
        for quad in found:
            if predicate in (None, quad.predicate) and object in (None, quad.object):
                if graph_name == store.ALL:
                    yield ox.Quad(*quad.triple)
                elif graph_name in (None, quad.graph_name):
                    yield quad

    def _of(self, node: Term, graphs: _Graphs) -> list[ox.Quad]:
        """Read what is said of a node."""
        known = self._out.setdefault(graphs, {})
        if node not in known:
            found: dict[Term, list[ox.Quad]] = {one: [] for one in self._next(node, known)}
            for quad in self._quads(f"VALUES ?s {{ {_values(found)} }}", None, graphs):
                found[quad.subject].append(quad)
                self._meet((quad.predicate, quad.object))
            known |= found
        return known[node]

    def _to(self, predicate: ox.NamedNode | None, node: Term, graphs: _Graphs) -> list[ox.Quad]:
        """Read what is said of others with regard to a node."""
        known = self._in.setdefault((graphs, predicate), {})
        if node not in known:
            alone = predicate is None or isinstance(node, ox.Literal)
            nodes = [node] if alone else self._next(node, known)
            found: dict[Term, list[ox.Quad]] = {one: [] for one in nodes}
            for quad in self._quads(f"VALUES ?o {{ {_values(nodes)} }}", predicate, graphs):
                found.setdefault(quad.object, []).append(quad)
                self._meet((quad.subject, quad.predicate))
            known |= found
        return known[node]

    def _next(self, node: Term, known: Container[Term]) -> list[Term]:
        """Choose what to ask for beside a node: what was met and is not known yet."""
        others = (one for one in self._met if one != node and one not in known)
        return [node, *islice(others, _AT_ONCE - 1)]

    def _meet(self, terms: Iterable[Term | None]) -> None:
        """Remember what may be asked for next."""
        if len(self._met) < _KEPT:
            for term in terms:
                if isinstance(term, ox.NamedNode | ox.BlankNode):
                    self._met.setdefault(term)

    def _quads(
        self, condition: str, predicate: ox.NamedNode | None, graphs: _Graphs
    ) -> Iterator[ox.Quad]:
        verb = "?p" if predicate is None else str(predicate)
        text = f"SELECT ?s ?o ?g ?p {{ {condition} GRAPH ?g {{ ?s {verb} ?o }} }}"
        fields = {"query": text, "default-graph-uri": graphs, "named-graph-uri": graphs}
        for s, o, g, p in self._rows(self._ask(fields, _ROWS)):
            yield ox.Quad(s, p or predicate, o, g)  # type: ignore[arg-type]

    def _named(self) -> Sequence[str]:
        """Tell which named graphs of the engine are those of the graph."""
        if self._graphs is None:
            found = self.noted("?g", f'?g {ARRIVED} ?note FILTER (?note != "")')
            self._graphs = sorted({g.value for _, g in found if isinstance(g, ox.NamedNode)})
        return self._graphs or _dataset(None)

    def _ask(self, fields: Form, kind: str) -> requests.Response:
        """Send a query; the answer is of this media type."""
        address = self._session.address
        response = self._session.post(address, fields, kind)
        given = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if given != kind:
            response.close()
            raise MachineError(
                f"{address} answers in {given or 'no format'}, not in {kind}: "
                "is it the address of a SPARQL query endpoint?"
            )
        return response

    def _rows(self, response: requests.Response) -> Rows:
        try:
            found = ox.parse_query_results(Body(response), ox.QueryResultsFormat.JSON)  # type: ignore[arg-type]
        except SyntaxError as error:
            raise _damaged(response, error) from error
        if not isinstance(found, ox.QuerySolutions):
            raise MachineError(f"{response.url}: the answer has no rows")
        return Rows(list(found.variables), self._read(response, found))

    def _read(
        self, response: requests.Response, found: ox.QuerySolutions
    ) -> Iterator[tuple[Term | None, ...]]:
        most = response.headers.get("X-SPARQL-MaxRows", "")
        count = 0
        with response:
            try:
                for solution in found:
                    row = tuple(map(received, solution))
                    self._meet(row)
                    yield row
                    count += 1
            except SyntaxError as error:
                raise _damaged(response, error) from error
            finally:
                del found  # in the thread that asked: the error may be looked at in another
        if most.isdigit() and count >= int(most):
            raise MachineError(
                f"{response.url} gives no more than {count:,} rows (ResultSetMaxRows), and these "
                "may not be all: ask for less, or have the limit of the engine raised"
            )


class Rows:
    """The rows of a remote answer, as they come in."""

    def __init__(
        self, variables: list[ox.Variable], rows: Iterator[tuple[Term | None, ...]]
    ) -> None:
        self.variables = variables
        self._rows = rows

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        """Take the rows, once."""
        return self._rows


def _triples(response: requests.Response) -> Iterator[ox.Triple]:
    with response:
        try:
            for quad in ox.parse(Body(response), ox.RdfFormat.N_TRIPLES):  # type: ignore[arg-type]
                yield ox.Triple(received(quad.subject), quad.predicate, received(quad.object))  # type: ignore[arg-type]
        except SyntaxError as error:
            raise _damaged(response, error) from error


def _boolean(response: requests.Response) -> ox.QueryBoolean:
    with response:
        try:
            found = ox.parse_query_results(Body(response), ox.QueryResultsFormat.JSON)  # type: ignore[arg-type]
            if isinstance(found, ox.QueryBoolean):
                return found
            # Virtuoso answers in rows where it limits their number
            said = b'{"head":{},"boolean":%s}' % (b"true" if any(found) else b"false")
        except SyntaxError as error:
            raise _damaged(response, error) from error
    return cast("ox.QueryBoolean", ox.parse_query_results(said, ox.QueryResultsFormat.JSON))


def _damaged(response: requests.Response, error: SyntaxError) -> MachineError:
    return MachineError(
        f"{response.url}: the answer is cut off or damaged: {' '.join(str(error).split())[:200]}"
    )


def _dataset(graph: GraphName | None) -> _Graphs:
    """Name the graphs that hold a graph of the local store on an engine."""
    if isinstance(graph, ox.NamedNode) and graph not in (store.ASSERTED, store.INFERRED):
        return (graph.value,)
    return (store.ASSERTED.value, store.INFERRED.value)


def _values(terms: Iterable[Term]) -> str:
    return " ".join(
        sparql.term(term)
        for term in map(sent, terms)
        if isinstance(term, ox.NamedNode | ox.Literal)
    )
