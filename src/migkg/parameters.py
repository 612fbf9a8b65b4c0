"""The parameters of a query file: variables whose names begin with ``_``.

https://github.com/CLARIAH/grlc/wiki/Parameter-Mapping tells how grlc reads the names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from migkg import sparql
from migkg.diagnosis import syntax_error
from migkg.header import Header, Place, Value, fail, named
from migkg.lookup import DATATYPES
from migkg.namespaces import PREFIXES, XSD, expand
from migkg.queries import Parameter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RESERVED = {
    *("help", "format", "output", "sources", "asserted", "limit", "offset", "timeout", "show"),
    *("query", "graph", "store", "version"),
}
_VARIABLE = re.compile(r"(__?)([^_]+)(?:_([A-Za-z0-9]+))?(?:_([A-Za-z0-9]+))?")


def parameters(place: Place, header: Header) -> Iterator[Parameter]:
    """Read the parameters off the variables of a query and what the header says of them.

    :raises InputError: a name that grlc would read otherwise, that is taken, or a strange type
    """
    defaults = named(place, header, "defaults")
    choices = named(place, header, "enumerate")
    about = named(place, header, "parameters")
    listed = _in_lists(place.text)
    written: dict[str, list[sparql.Token]] = {}
    for token in sparql.variables(place.text):
        if token.name.startswith("_"):
            written.setdefault(token.name, []).append(token)
    matches = _matches(place, written)
    for variable, tokens in written.items():
        underscores, name, kind, datatype = matches[variable].groups()
        required = underscores == "_"
        multiple = all(token.start in listed for token in tokens)
        if multiple and not required and not all(listed[token.start] for token in tokens):
            place.fail(
                tokens[0].start,
                f"?{variable} without a value matches nothing: write COALESCE(… IN (…), true)",
            )
        said = _about(place, about.get(name))
        yield Parameter(
            name=name,
            variable=variable,
            required=required,
            kind=_kind(place, tokens[0], kind, datatype),
            multiple=multiple,
            domain=said.get("domain"),
            default=_default(place, name, defaults.get(name)),
            description=said.get("description", ""),
            choices=tuple(choices[name].value or ()) if name in choices else (),
            places=tuple((token.start, token.end) for token in tokens),
        )


def check_replaceable(
    place: Place, parameter: Parameter, columns: list[str], known: Mapping[str, str]
) -> None:
    """Refuse a parameter that is projected, or where the grammar wants a variable, not a term."""
    term = "<http://example.org/>" if parameter.kind == "iri" else '"1"'
    for token in sparql.variables(place.text):
        if token.name != parameter.variable:
            continue
        if parameter.variable in columns:
            place.fail(token.start, f"?{token.name} is a parameter: it cannot be a column as well")
        if syntax_error(sparql.replace_tokens(place.text, [token], lambda _: term), known):
            place.fail(
                token.start,
                f"no value can stand for ?{token.name} here (grouped or ordered by, BOUND, AS, …)",
            )


def _matches(place: Place, written: Mapping[str, list[sparql.Token]]) -> dict[str, re.Match[str]]:
    matches: dict[str, re.Match[str]] = {}
    names: dict[str, str] = {}
    for variable, tokens in written.items():
        match = _VARIABLE.fullmatch(variable)
        longer = [other for other in written if other != variable and other.startswith(variable)]
        why = ""
        if match is None:
            why = f"?{variable} is no parameter; one is written ?_name, ?__name or ?_name_type"
        elif match[2].lower() in RESERVED:
            why = f"a parameter cannot be called {match[2]}: --{match[2]} is taken"
        elif match[2] in names:
            why = f"?{variable} and ?{names[match[2]]} would both be --{match[2]}"
        elif longer:
            why = f"grlc would replace ?{variable} within ?{longer[0]} too: call one otherwise"
        if match is None or why:
            place.fail(tokens[0].start, why)
        matches[variable] = match
        names[match[2]] = variable
    return matches


def _about(place: Place, entry: Value | None) -> dict[str, str]:
    if entry is None:
        return {}
    said = entry.value
    if not isinstance(said, dict) or not said.keys() <= {"domain", "description"}:
        fail(place, entry, "parameters: of each, a domain and a description can be given")
    if "domain" not in said:
        return said
    iri = expand(said["domain"] or "")
    if iri is None:
        fail(place, entry, f"the domain {said['domain']} is no CURIE with a known prefix")
    return {**said, "domain": iri}


def _default(place: Place, name: str, entry: Value | None) -> str | None:
    if entry is None:
        return None
    if not isinstance(entry.value, str):
        fail(place, entry, f"the default of {name} is to be one value")
    return entry.value


def _kind(place: Place, token: sparql.Token, kind: str | None, datatype: str | None) -> str:
    if kind and datatype:
        namespace = (PREFIXES | sparql.prefixes(place.text)).get(kind)
        if namespace is None:
            place.fail(token.start, f"?{token.name}: the prefix {kind}: is not declared")
        return namespace + datatype
    if kind is None or kind in ("string", "literal"):
        return "string"
    if XSD + kind in DATATYPES:
        return XSD + kind
    if kind not in ("iri", "number") and not (len(kind) == 2 and kind.isalpha()):
        place.fail(token.start, f"?{token.name}: {kind} is no language and no type")
    return kind


def _in_lists(text: str) -> dict[int, bool]:
    """Find the variables within IN ( … ), and of each whether that stands within COALESCE ( … )."""
    inside: dict[int, bool] = {}
    opened: list[str] = []
    before = ""
    for token in sparql.tokens(text):
        if token.name == "(":
            opened.append(before.upper())
        elif token.name == ")" and opened:
            opened.pop()
        elif token.kind == "variable" and opened and opened[-1] == "IN":
            inside[token.start] = "COALESCE" in opened
        before = token.name
    return inside
