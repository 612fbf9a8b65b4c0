"""Which files make up a graph, what they hold, and whether they have changed."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from migkg.errors import InputError, UsageError
from migkg.namespaces import GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator

# The default graph of a store is the union of the two: one at query time was 50 times slower.
ALL = ox.DefaultGraph()
ASSERTED = ox.NamedNode(GRAPH + "asserted")
INFERRED = ox.NamedNode(GRAPH + "inferred")

UNFINISHED = ".migkg-add"
"""In the root of a graph that is being added to: the folder with what is to be written."""

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_LINE_BREAK = re.compile(r"\r\n?|\n")


class Graph(NamedTuple):
    """A folder with ontology/, data/ and queries/."""

    root: str


def find(explicit: str | None, start: str) -> Graph:
    """Choose the named folder, else a checkout around `start`, else what was installed.

    Raises UsageError if the named folder is none or holds no graph.
    """
    if explicit:
        root = os.path.abspath(explicit)
        if not any(os.path.isdir(os.path.join(root, part)) for part in ("ontology", "data")):
            raise UsageError(f"{explicit}: no graph, a folder with ontology/ or data/ is wanted")
        return Graph(root)
    installed = os.path.join(_PACKAGE, "graph_files")
    root = _checkout(start) or (installed if os.path.isdir(installed) else _checkout(_PACKAGE))
    if not root:
        raise UsageError("no graph found: name its folder with --graph")
    return Graph(root)


def is_installed(graph: Graph) -> bool:
    """Tell whether a graph is the one that came with the package, which nobody else changes."""
    return os.path.realpath(graph.root).startswith(os.path.join(os.path.realpath(_PACKAGE), ""))


def _checkout(start: str) -> str:
    folder = os.path.abspath(start)
    while not os.path.isfile(os.path.join(folder, "ontology", "migkg.ttl")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return ""
        folder = parent
    return folder


def ontology_files(graph: Graph) -> list[str]:
    """List the Turtle files below ontology/, without the shapes."""
    shapes = os.path.join(graph.root, "ontology", "shapes", "")
    return [path for path in _turtle(graph, "ontology") if not path.startswith(shapes)]


def shape_files(graph: Graph) -> list[str]:
    """List the Turtle files below ontology/shapes/."""
    return _turtle(graph, "ontology", "shapes")


def data_files(graph: Graph) -> list[str]:
    """List the Turtle files below data/."""
    return _turtle(graph, "data")


def sources(graph: Graph) -> list[str]:
    """List the files whose statements make up the graph."""
    return ontology_files(graph) + data_files(graph)


def query_files(graph: Graph) -> list[str]:
    """List the stored queries (those below queries/checks/ are none)."""
    folder = os.path.join(graph.root, "queries")
    return [path for path in _files(folder, ".rq") if os.path.dirname(path) == folder]


def check_files(graph: Graph) -> list[str]:
    """List the queries below queries/checks/, which find what is wrong."""
    return _files(os.path.join(graph.root, "queries", "checks"), ".rq")


def _turtle(graph: Graph, *folder: str) -> list[str]:
    return _files(os.path.join(graph.root, *folder), ".ttl")


def _files(folder: str, suffix: str) -> list[str]:
    found = []
    for parent, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            os.path.join(parent, name)
            for name in names
            if name.endswith(suffix) and not name.startswith(".")
        ]
    return sorted(found)


def _refuse(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise _unreadable(error.filename, error) from None


def _unreadable(path: str, error: OSError) -> InputError:
    return InputError(f"{shown(path)}: cannot be read: {error.strerror}")


def graph_name(graph: Graph, path: str) -> str:
    """Name the graph of a file, after its path below the root."""
    from urllib.parse import quote

    return GRAPH + quote(os.fsencode(os.path.relpath(path, graph.root).replace(os.sep, "/")))


def read(path: str) -> list[ox.Triple]:
    """Parse a Turtle file, its blank nodes named after its path; raises as `triples` does."""
    return list(triples(path, path))


def triples(path: str, name: str) -> Iterator[ox.Triple]:
    """Parse a Turtle file as `parsed` does; raises InputError if it cannot be read, either."""
    return parsed(_content(path), path, name)


def parsed(content: bytes, path: str, name: str) -> Iterator[ox.Triple]:
    """Parse what a Turtle file holds, as `parse` does.

    Raises InputError, at line and column, for what is no Turtle.
    """
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        yield from parse(content, ox.RdfFormat.TURTLE, name)
    except SyntaxError as error:
        line, column, what = explained(error, content)
        raise InputError(f"{shown(path)}:{line}:{column}: {what}") from None


def parse(content: bytes, syntax: ox.RdfFormat, name: str) -> Iterator[ox.Triple]:
    """Parse a document of RDF, of whatever graphs it names all statements.

    Blank nodes are named after `name` and the order in which they come: the same each time, and
    other ones for any other name. Raises SyntaxError for what is not of the syntax.
    """
    from hashlib import sha256

    prefix = f"b{sha256(os.fsencode(name)).hexdigest()[:16]}x"
    labels: dict[str, ox.BlankNode] = {}

    def labelled(term: Any) -> Any:
        if not isinstance(term, ox.BlankNode):
            return term
        return labels.setdefault(term.value, ox.BlankNode(f"{prefix}{len(labels)}"))

    for quad in ox.parse(content, syntax):
        subject, object_ = quad.subject, quad.object
        if isinstance(subject, ox.BlankNode) or isinstance(object_, ox.BlankNode):
            yield ox.Triple(labelled(subject), quad.predicate, labelled(object_))
        else:
            yield quad.triple


def explained(error: SyntaxError, content: bytes) -> tuple[int, int, str]:
    """Tell line and column of what pyoxigraph could not parse, what it says, and the text there.

    Of syntaxes of which it knows no place, the line is 0.
    """
    if error.lineno is None:
        return 0, 0, _one_line(error.msg)
    line, column = error.lineno, error.offset or 1
    message = _one_line(error.msg.partition(": ")[2].removesuffix(f" (line {line})"))
    end = error.end_offset if error.end_lineno == line else None
    text = _LINE_BREAK.split(content.decode(errors="replace"))[line - 1]
    offending = text[column - 1 : end and end - 1].strip()[:40]
    told = not offending or offending in message
    return line, column, message if told else f"{message} at {offending}"


def _one_line(message: str) -> str:
    """Shorten what a message quotes, which may be a text of megabytes, in its midst."""
    message = " ".join(message.split())
    return message if len(message) <= 160 else f"{message[:60]}…{message[-80:]}"


def shown(path: str) -> str:
    """Make a path fit for a message: relative to the current folder if below it, and printable."""
    path = path.removeprefix(os.path.join(os.getcwd(), ""))
    return os.fsencode(path).decode(errors="replace")


def signature(paths: list[str]) -> str:
    """Sum up the state of files without opening any: a line with times, size and inode each."""
    return "".join(f"{path}\t{_state(path)}\n" for path in paths)


def _state(path: str) -> str:
    try:
        stat = os.stat(path)
    except OSError:
        return "missing"
    return f"{stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_size} {stat.st_ino}"


def digests(paths: list[str], root: str) -> dict[str, str]:
    """Tell of files, by name below the root, the SHA-256 hash of what they hold.

    Raises InputError for a file that cannot be read.
    """
    from hashlib import sha256

    return {os.path.relpath(path, root): sha256(_content(path)).hexdigest() for path in paths}


def _content(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise _unreadable(path, error) from None
