"""A check that is a query: each of its rows is a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg import sparql
from migkg.errors import InputError
from migkg.graph import shown
from migkg.namespaces import PREFIXES
from migkg.rdflib_terms import node_of
from migkg.validation.finding import Finding, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migkg.queries.query import StoredQuery
    from migkg.terms import Term

_OTHER_FORMS = {"ASK", "CONSTRUCT", "DESCRIBE"}


def outcome(query: StoredQuery, store: ox.Store, counted: str) -> Outcome:
    """Ask a SELECT query: its first column is what the finding is about, its second a value.

    :raises InputError: the query is no SELECT, or cannot be answered here
    """
    try:
        rows = store.query(query.text, prefixes=PREFIXES)
        if not isinstance(rows, ox.QuerySolutions):
            line, column = _form(query.text)
            why = "a check is a SELECT query: a row for each thing that is wrong"
            raise InputError(f"{shown(query.path)}:{line}:{column}: {why}")
        findings = list(_findings(query, rows, store))
    except (OSError, RuntimeError, ValueError) as error:
        raise InputError(f"{shown(query.path)}:1:1: cannot be answered: {error}") from error
    return Outcome(query.name, counted, findings)


def _form(text: str) -> tuple[int, int]:
    """Find where a query that is no SELECT says what it is."""
    forms = [t.start for t in sparql.tokens(text) if t.name.upper() in _OTHER_FORMS]
    return sparql.position(text, forms[0] if forms else 0)


def _findings(query: StoredQuery, rows: ox.QuerySolutions, store: ox.Store) -> Iterator[Finding]:
    said = query.summary or query.name
    if query.description:
        said = f"{said.rstrip('.')}. {query.description}"
    for row in rows:
        about, value = (*row, None, None)[:2]
        focus = None if about is None else node_of(_named(about, store))
        said_of = None if value is None else node_of(value)
        yield Finding("Violation", focus, None, said_of, {"en": said}, shown(query.path))


def _named(term: Term, store: ox.Store) -> Term:
    """Go from a blank node to the thing with a name that it belongs to."""
    passed = set()
    while isinstance(term, ox.BlankNode) and term not in passed:
        passed.add(term)
        term = next((q.subject for q in store.quads_for_pattern(None, None, term, None)), term)
    return term
