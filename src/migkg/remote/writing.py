"""Writing to an engine: SPARQL 1.1 Update, or the Graph Store HTTP Protocol."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol

from migkg.errors import MachineError
from migkg.remote.endpoint import LOADS

if TYPE_CHECKING:
    import requests

    from migkg.remote.session import Session

ANYTHING: Final = "*/*"
_NTRIPLES = "application/n-triples"
_NOT_THIS = (400, 404, 405, 406, 411, 415, 422, 501)

_ESCAPED_U = re.compile(rb"(?<=\\\\)[uU]")
_SIBLINGS = {
    "sparql-graph-crud-auth": "sparql-auth",
    "sparql-graph-crud": "sparql",
    "store": "query",
    "update": "query",
    "data": "query",
}


class Writer(Protocol):
    """What a load needs of an engine; each graph is named by its IRI."""

    most: int
    """So many triples, and"""
    size: int
    """so many bytes go at once."""
    durations: bool
    """Whether the engine knows durations."""

    def add(self, graph: str, turtle: bytes) -> None:
        """Add triples to a graph."""

    def drop(self, graph: str) -> None:
        """Take a graph away, if it is there."""


class Update:
    """https://www.w3.org/TR/sparql11-update/.

    Virtuoso 7 compiles what it gets: its parser is full at 4,992 triples.
    """

    most = 3_000
    size = 500_000

    def __init__(self, session: Session, durations: bool) -> None:
        self._session, self.durations = session, durations

    def add(self, graph: str, turtle: bytes) -> None:
        """Send INSERT DATA.

        What follows a backslash is escaped: see :func:`migkg.sparql.term`.
        """
        self._send(_insert(graph, turtle))

    def drop(self, graph: str) -> None:
        """Send DROP."""
        self._send(b"DROP SILENT GRAPH <%s>" % graph.encode())

    def _send(self, update: bytes) -> None:
        _done(self._session.post(self._session.address, {"update": update}, ANYTHING))


class GraphStore:
    """https://www.w3.org/TR/sparql11-http-rdf-update/."""

    most = 20_000
    size = 8_000_000

    def __init__(self, session: Session, durations: bool) -> None:
        self._session, self.durations = session, durations

    def add(self, graph: str, turtle: bytes) -> None:
        """Send POST."""
        self._send("POST", graph, data=turtle, headers={"Content-Type": "text/turtle"})

    def drop(self, graph: str) -> None:
        """Send DELETE; a graph that is not there is no error."""
        self._send("DELETE", graph)

    def _send(self, method: str, graph: str, **body: object) -> None:
        address = self._session.address
        gone = (404,) if method == "DELETE" else ()
        named = {"graph": graph}
        _done(self._session.send(method, address, ANYTHING, gone, params=named, **body))


def _insert(graph: str, turtle: bytes) -> bytes:
    escaped = _ESCAPED_U.sub(lambda letter: b"\\U%08X" % ord(letter[0]), turtle)
    return b"INSERT DATA { GRAPH <%s> {\n%s} }" % (graph.encode(), escaped)


def writer(session: Session) -> Writer:
    """Find out by which protocol the engine at an address can be written to.

    :raises MachineError: it takes no updates
    """
    address = session.address
    tried = session.post(address, {"update": "INSERT DATA {}"}, ANYTHING, _NOT_THIS)
    _done(tried)
    if tried.ok and "html" not in tried.headers.get("Content-Type", ""):
        return Update(session, _durations(tried))
    none = {"graph": LOADS.value}
    asked = session.send("GET", address, _NTRIPLES, _NOT_THIS, params=none)
    _done(asked)
    kind = asked.headers.get("Content-Type", "")
    if tried.status_code != 404 and (asked.status_code == 404 or kind.startswith(_NTRIPLES)):
        return GraphStore(session, _durations(asked))
    raise MachineError(
        f"{address} takes neither SPARQL Update nor the Graph Store Protocol: name the address "
        "that does, such as …/update or …/store of Oxigraph, …/sparql-auth of Virtuoso"
    )


def _durations(response: requests.Response) -> bool:
    return "virtuoso" not in response.headers.get("Server", "").lower()


def query_address(address: str) -> str:
    """Guess where an engine that is written to at an address is asked."""
    before, slash, last = address.rstrip("/").rpartition("/")
    return before + slash + _SIBLINGS.get(last, last)


def _done(response: requests.Response) -> None:
    with response:
        response.content  # noqa: B018  # read, so that the connection can be used again
