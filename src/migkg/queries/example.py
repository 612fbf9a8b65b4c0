"""Values with which a stored query answers: its defaults, and an example where it needs one."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from migkg import lookup
from migkg.federation import inert
from migkg.namespaces import SKOS, shorten
from migkg.queries.catalogue import bind_to_look_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from migkg.dataset import Dataset, Solutions
    from migkg.queries.query import Parameter, StoredQuery

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


def bound(store: Dataset, query: StoredQuery, typed: Typed) -> str:
    """Write the query with the terms that were typed.

    :raises UsageError: a value is not known, or one that is required is missing
    """
    terms = {
        parameter.name: [_term(store, parameter, text) for text in typed.get(parameter.name, ())]
        for parameter in query.parameters
    }
    return bind_to_look_up(query, terms)


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
