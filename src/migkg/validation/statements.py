"""The statements of Turtle files as a graph of rdflib, for pySHACL and for checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migkg import graph as sources
from migkg.errors import InputError
from migkg.rdflib_terms import statement_of
from migkg.validation.answering import Answering
from migkg.validation.index import Index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rdflib import Graph as Statements

    from migkg.rdflib_terms import Statement


def statements(paths: Iterable[str], notify: Callable[[str], None] = lambda _: None) -> Statements:
    """Read Turtle files.

    Raises InputError if one cannot be read; of several, the last, after notes on the others.
    """
    found = Answering(store=Index(), bind_namespaces="none")
    errors: list[InputError] = []
    for path in paths:
        try:
            found += _read(path)
        except InputError as error:
            errors.append(error)
    if errors:
        for other in errors[:-1]:
            notify(str(other))
        raise errors[-1]
    return found


def _read(path: str) -> list[Statement]:
    triples = sources.read(path)
    try:
        return [statement_of(triple) for triple in triples]
    except InputError as error:
        raise InputError(f"{sources.shown(path)}: {error}") from None
