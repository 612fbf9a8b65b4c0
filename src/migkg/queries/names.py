"""The names in a SPARQL text: the prefixes it declares and uses, the IRIs it mentions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from migkg import sparql
from migkg.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from migkg.queries.query import StoredQuery

_ESCAPE = re.compile(r"\\(.)")


class Names(NamedTuple):
    """What stands in a text outside of strings and comments, and at which offset first."""

    declared: dict[str, str]
    prefixes: dict[str, int]
    iris: dict[str, int]


def named(query: StoredQuery) -> set[str]:
    """List the IRIs that a query names, in its SPARQL or as the domain of a parameter."""
    domains = {parameter.domain for parameter in query.parameters if parameter.domain}
    return domains | names(query.text, PREFIXES).iris.keys()


def names(text: str, known: Mapping[str, str]) -> Names:
    """Read the tokens of a SPARQL text that an engine has accepted.

    :param known: prefixes that need no declaration
    """
    found = Names({}, {}, {})
    tokens = sparql.tokens(text)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "word" and token.name.upper() == "PREFIX":
            prefix, namespace = tokens[at + 1], tokens[at + 2]
            found.declared[prefix.name.rstrip(":")] = namespace.name[1:-1]
            at += 3
            continue
        if token.kind == "iri":
            found.iris.setdefault(token.name[1:-1], token.start)
        elif token.kind == "prefixed" and not token.name.startswith("_:"):
            prefix_name, _, local = token.name.partition(":")
            found.prefixes.setdefault(prefix_name, token.start)
            namespace_iri = {**known, **found.declared}.get(prefix_name, "")
            found.iris.setdefault(namespace_iri + _ESCAPE.sub(r"\1", local), token.start)
        at += 1
    return found
