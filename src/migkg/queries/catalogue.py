"""The stored queries of a graph: what they are called, what they ask, and which values they take.

A file is plain SPARQL 1.1 with a header and variable names as grlc reads them
(https://github.com/CLARIAH/grlc), so that grlc serves the same files.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from migkg import sparql
from migkg.errors import InputError, UsageError
from migkg.graph import Graph, query_files, shown, signature
from migkg.namespaces import PREFIXES
from migkg.queries.query import SUFFIX, Parameter, Question, StoredQuery
from migkg.store import cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyoxigraph as ox

    Values = Mapping[str, Sequence[ox.NamedNode | ox.Literal]]

_READERS = (
    *("federation", "lookup", "namespaces", "sparql", "queries/catalogue"),
    "queries/diagnosis",
    *("queries/file", "queries/header", "queries/narrowing", "queries/parameters"),
    *("queries/query", "queries/questions"),
)


def parse(path: str, text: str, known: Mapping[str, str] | None = None) -> StoredQuery:
    """Read the header and the parameters of a query.

    :param known: prefixes that need no declaration
    :raises InputError: at its line and column, what is wrong with the header or the SPARQL
    """
    from migkg.queries.file import read

    return read(path, text, known or {})


def read(graph: Graph) -> dict[str, StoredQuery]:
    """Read all stored queries of a graph, by name.

    :raises InputError: as :func:`parse`, for a query without a summary, and for two that ask
        different questions under one id
    """
    found = {query.name: query for query in _load(query_files(graph))}
    _check_ids(found.values())
    return found


def stored(graph: Graph, name: str) -> StoredQuery:
    """Read one stored query; what is wrong in another file does not matter.

    :raises UsageError: no query has this name; those that are called alike are listed
    """
    paths = {_name(path): path for path in query_files(graph)}
    if name in paths:
        return _load([paths[name]])[0]
    import difflib

    near = difflib.get_close_matches(name, paths, 3, 0.5)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise UsageError(f"no query is called “{name}”{hint} (migkg query lists them all)")


def own(path: str) -> StoredQuery:
    """Read a query that the user keeps in a file anywhere: no header needed, prefixes known."""
    return parse(path, _text(path), PREFIXES)


def bind(query: StoredQuery, values: Values) -> str:
    """Write RDF terms in place of the parameters; an optional one without value stays a variable.

    :param values: the terms for each parameter, by its name
    :raises UsageError: a required value is missing, or there are several where one is taken
    """
    return _written(query, _pieces(query, values))


def bind_to_look_up(query: StoredQuery, values: Values) -> str:
    """Write RDF terms as `bind` does, but with VALUES for a FILTER that says the same.

    That is for Oxigraph, which then looks up by the terms; Virtuoso 7 fails over such VALUES.
    """
    pieces = _pieces(query, values)
    for parameter in query.parameters:
        terms = values.get(parameter.name, ())
        if not terms or parameter.kind != "iri":
            continue
        listed = " ".join(map(sparql.term, dict.fromkeys(terms)))
        for group, begin, end, variable in parameter.narrowings:
            inside = [place for place in parameter.places if begin < place[0] < end]
            pieces = {p: text for p, text in pieces.items() if p not in inside}
            before = pieces.get((group, group), "")
            pieces[group, group] = f"{before} VALUES ?{variable} {{ {listed} }}"
            pieces[begin, end] = ""
    return _written(query, pieces)


def _pieces(query: StoredQuery, values: Values) -> dict[tuple[int, int], str]:
    pieces: dict[tuple[int, int], str] = {}
    for parameter in query.parameters:
        terms = values.get(parameter.name, ())
        if why := refusal(parameter, len(terms)):
            raise UsageError(f"{parameter.name} {why}")
        if terms:
            pieces |= dict.fromkeys(parameter.places, ", ".join(map(sparql.term, terms)))
    return pieces


def _written(query: StoredQuery, pieces: Mapping[tuple[int, int], str]) -> str:
    text, end = "", 0
    for place in sorted(pieces):
        text += query.text[end : place[0]] + pieces[place]
        end = place[1]
    return text + query.text[end:]


def refusal(parameter: Parameter, count: int) -> str:
    """Say why a parameter does not take this many values; "" if it does."""
    if count > 1 and not parameter.multiple:
        return f"takes one value, not {count}"
    return "is missing" if parameter.required and not count else ""


def _check_ids(found: Iterable[StoredQuery]) -> None:
    """Refuse an id that stands for two questions; one question may have several answers."""
    first: dict[str, tuple[str, StoredQuery]] = {}
    for query in found:
        for question in query.questions:
            ask, other = first.setdefault(question.id, (question.ask, query))
            if ask != question.ask:
                line, column = sparql.position(query.text, query.text.find(question.id))
                raise InputError(
                    f"{shown(query.path)}:{line}:{column}: "
                    f"{question.id} asks something else in {shown(other.path)}"
                )


def _load(paths: Iterable[str]) -> list[StoredQuery]:
    """Parse query files, except those that are as they were when last parsed."""
    return [_remembered(path) or _stored(path) for path in paths]


def _stored(path: str) -> StoredQuery:
    """Parse a query file and remember the outcome, as YAML and the checks are slow to load.

    A file touched within the last two seconds is not remembered: it could change again without
    its time showing it (https://git-scm.com/docs/racy-git).
    """
    import time

    began, state = time.time(), _state(path)
    query = parse(path, _text(path))
    if not query.summary:
        raise InputError(f"{shown(path)}:1:1: the query has no summary; begin with #+ summary: …")
    stat = os.stat(path)
    if max(stat.st_mtime, stat.st_ctime) < began - 2:
        plain = query._replace(
            questions=_plain(query.questions), parameters=_plain(query.parameters)
        )
        _remember(_memory(path), state + repr(tuple(plain)))
    return query


def _remembered(path: str) -> StoredQuery | None:
    from ast import literal_eval

    state = _state(path)
    try:
        with open(_memory(path), encoding="utf-8") as file:
            if file.read(len(state)) != state:
                return None
            query = StoredQuery._make(literal_eval(file.read()))
            return query._replace(
                questions=tuple(map(Question._make, query.questions)),
                parameters=tuple(map(Parameter._make, query.parameters)),
            )
    except (OSError, ValueError, SyntaxError, TypeError):
        return None


def _plain(records: Iterable[tuple[Any, ...]]) -> Any:
    """Write records as the tuples that they are."""
    return tuple(map(tuple, records))


def _remember(memory: str, content: str) -> None:
    """Write to the cache, or go without: it only saves time."""
    unfinished = f"{memory}.{os.getpid()}"
    with suppress(OSError, UnicodeError):
        os.makedirs(os.path.dirname(memory), exist_ok=True)
        with open(unfinished, "w", encoding="utf-8") as file:
            file.write(content)
        os.replace(unfinished, memory)
        return
    with suppress(OSError):
        os.unlink(unfinished)


def _memory(path: str) -> str:
    from binascii import crc32

    return os.path.join(cache_folder(), "queries", f"{_name(path)}-{crc32(os.fsencode(path)):08x}")


def _state(path: str) -> str:
    """Sum up the state of a file, and of the modules that decide what is read off it."""
    package = os.path.dirname(os.path.dirname(__file__))
    return signature([*(f"{package}/{name}.py" for name in _READERS), path])


def _name(path: str) -> str:
    return os.path.basename(path).removesuffix(SUFFIX)


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except OSError as error:
        raise InputError(f"{shown(path)}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{shown(path)}: byte {error.start + 1} is not UTF-8") from error
