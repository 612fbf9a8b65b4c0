"""Values with which a stored query answers: its defaults, and an example where it needs one."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from migkg import lookup
from migkg.errors import InputError, UsageError
from migkg.federation import inert
from migkg.graph import shown
from migkg.namespaces import SKOS, shorten
from migkg.queries import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from migkg.dataset import Dataset, Solutions
    from migkg.queries.catalogue import Values
    from migkg.queries.query import Parameter, StoredQuery

    Bind = Callable[[StoredQuery, Values], str]
    Typed = Mapping[str, tuple[str, ...]]

_TRIED = 12  # things of a domain; those that most is said of come first
_OF_DOMAIN = f"""SELECT ?thing (COUNT(*) AS ?said) {{
  {{ ?thing a <%s> }} UNION {{ ?thing <{SKOS}inScheme> <%s> }}
  {{ ?thing ?out ?value }} UNION {{ ?other ?into ?thing }}
}} GROUP BY ?thing ORDER BY DESC(?said) STR(?thing) LIMIT {_TRIED}"""


def example_values(store: Dataset, query: StoredQuery) -> dict[str, tuple[str, ...]]:
    """Choose what is typed for each parameter, so that the query has rows if any value gives some.

    An optional one without a default is left out. A required one has its default, else what a
    question of the query gives, else the first of its choices, else a thing of its domain.

    :return: nothing for a required parameter of which no value is known
    :raises InputError: a value that the query file names is none of this graph
    """
    asked = next(
        (dict(q.values) for q in query.questions if _needed(query) <= dict(q.values).keys()), {}
    )
    typed: dict[str, tuple[str, ...]] = {}
    for parameter in query.parameters:
        if parameter.default is not None:
            typed[parameter.name] = (parameter.default,)
        elif parameter.required and parameter.name in asked:
            typed[parameter.name] = asked[parameter.name]
        elif parameter.required and parameter.choices:
            typed[parameter.name] = parameter.choices[:1]
    for parameter in query.parameters:
        if parameter.required and parameter.name not in typed and parameter.domain:
            typed[parameter.name] = _of_domain(store, query, typed, parameter)
    return typed


def bound(
    store: Dataset, query: StoredQuery, typed: Typed, bind: Bind = catalogue.bind_to_look_up
) -> str:
    """Write the query with the terms that values in its header mean.

    :param bind: `catalogue.bind` to write them as every engine and every reader takes them
    :raises InputError: a value is not known, or one that is required is missing
    """
    try:
        terms = {
            parameter.name: [_term(store, parameter, text) for text in typed[parameter.name]]
            for parameter in query.parameters
            if parameter.name in typed
        }
        return bind(query, terms)
    except UsageError as error:
        raise InputError(f"{shown(query.path)}: a value in its header: {error}") from error


def complete(query: StoredQuery, typed: Typed) -> bool:
    """Tell whether there is a value for each parameter that needs one."""
    return all(typed.get(p.name) for p in query.parameters if p.required)


def _needed(query: StoredQuery) -> set[str]:
    return {p.name for p in query.parameters if p.required and p.default is None}


def _term(store: Dataset, parameter: Parameter, text: str) -> ox.NamedNode | ox.Literal:
    if parameter.kind != "iri":
        return lookup.literal(parameter.kind, text)
    return lookup.resolve(store, text, parameter.domain)


def _of_domain(
    store: Dataset, query: StoredQuery, typed: Typed, parameter: Parameter
) -> tuple[str, ...]:
    """Take the first thing with which the query has rows; the first of all if none has."""
    candidates = list(_things(store, parameter))
    for candidate in candidates:
        if _answers(store, query, {**typed, parameter.name: (candidate,)}):
            return (candidate,)
    return tuple(candidates[:1])


def _things(store: Dataset, parameter: Parameter) -> Iterator[str]:
    found = store.query(_OF_DOMAIN % (parameter.domain, parameter.domain))
    for thing, _said in cast("Solutions", found):
        if isinstance(thing, ox.NamedNode):
            yield shorten(thing.value)


def _answers(store: Dataset, query: StoredQuery, typed: Typed) -> bool:
    if not _needed(query) <= typed.keys() or inert(query.text) != query.text:
        return True  # another value is sought yet, or another engine would be asked
    return any(cast("Solutions", store.query(bound(store, query, typed))))
