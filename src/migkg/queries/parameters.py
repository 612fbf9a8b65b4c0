"""The parameters of a query file: variables whose names begin with ``_``.

https://github.com/CLARIAH/grlc/wiki/Parameter-Mapping tells how grlc reads the names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from migkg import sparql
from migkg.lookup import DATATYPES
from migkg.namespaces import PREFIXES, XSD, expand
from migkg.queries.diagnosis import syntax_error
from migkg.queries.header import Header, Place, Value, as_text, as_words, fail, named
from migkg.queries.narrowing import narrowings
from migkg.queries.query import Parameter, option_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# what the options of the command are called, present and planned
TAKEN = {"graph", "help", "query", "store", "version", "form", "format", "output", "sources"}
TAKEN |= {"asserted", "limit", "offset", "timeout", "show", "allow-service", "services"}
_VARIABLE = re.compile(r"(__?)([^_]+)(?:_([A-Za-z0-9]+))?(?:_([A-Za-z0-9]+))?")
_SWALLOWING = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*:).*[?$]_")


class _Use(NamedTuple):
    """What a variable stands in."""

    pattern: bool  # outside of all expressions: there it gets a value
    condition: bool  # within FILTER or HAVING
    listed: bool  # an item of IN ( … ), or all of an argument of COALESCE ( … )
    coalesced: bool  # within COALESCE ( … )
    either: bool  # in the COALESCE ( … ) that is an item of IN ( … ), which has another then


def parameters(place: Place, header: Header) -> Iterator[Parameter]:
    """Read the parameters off the variables of a query and what the header says of them.

    :raises InputError: a name that grlc would read otherwise, that is taken, or a strange type
    """
    defaults = named(place, header, "defaults")
    choices = named(place, header, "enumerate")
    about = named(place, header, "parameters")
    uses = _uses(place.text)
    written: dict[str, list[sparql.Token]] = {}
    text = sparql.tokens(place.text)
    for token in text:
        if token.kind == "variable" and token.name.startswith("_"):
            written.setdefault(token.name, []).append(token)
        elif token.kind == "iri" and _SWALLOWING.match(token.name):
            place.fail(token.start, f"put a space after <: SPARQL reads {token.name} as an IRI")
    matches = _matches(place, written)
    for variable, tokens in written.items():
        underscores, name, kind, datatype = matches[variable].groups()
        required = underscores == "_"
        multiple = all(uses[token.start].listed for token in tokens)
        if not required:
            _check_optional(place, tokens, uses)
        said = _about(place, about.get(name))
        among = as_words(place, choices[name], f"enumerate: {name}") if name in choices else ()
        yield Parameter(
            name=name,
            variable=variable,
            required=required,
            kind=_kind(place, tokens[0], kind, datatype),
            multiple=multiple,
            domain=said.get("domain"),
            default=_default(place, name, defaults.get(name), among),
            description=said.get("description", ""),
            choices=among,
            places=tuple((token.start, token.end) for token in tokens),
            narrowings=tuple(narrowings(text, variable)),
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
        option = option_name(match[2]) if match else ""
        if match is None or not match[2].isidentifier():
            why = f"?{variable} is no parameter; one is written ?_name, ?__name or ?_name_type"
        elif TAKEN & {option, match[2].lower()}:
            why = f"a parameter cannot be called {match[2]}: --{option} is taken"
        elif option in names:
            why = f"?{variable} and ?{names[option]} would both be --{option}"
        elif longer:
            why = f"grlc would replace ?{variable} within ?{longer[0]} too: call one otherwise"
        if match is None or why:
            place.fail(tokens[0].start, why)
        matches[variable] = match
        names[option] = variable
    return matches


def _about(place: Place, entry: Value | None) -> dict[str, str]:
    if entry is None:
        return {}
    said = entry.value
    if not isinstance(said, dict) or not said.keys() <= {"domain", "description"}:
        fail(place, entry, "parameters: of each, a domain and a description can be given")
    for key, value in said.items():
        as_text(place, entry._replace(value=value), f"parameters: {key}")
    if "domain" not in said:
        return said
    iri = expand(said["domain"])
    if iri is None:
        fail(place, entry, f"the domain {said['domain']} is no CURIE with a known prefix")
    return {**said, "domain": iri}


def _default(place: Place, name: str, entry: Value | None, choices: tuple[str, ...]) -> str | None:
    if entry is None:
        return None
    if not isinstance(entry.value, str):
        fail(place, entry, f"the default of {name} is to be one value")
    if choices and entry.value not in choices:
        fail(place, entry, f"the default of {name} is none of {', '.join(choices)}")
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


def _check_optional(place: Place, tokens: list[sparql.Token], uses: Mapping[int, _Use]) -> None:
    """Refuse a condition that fails for want of a value: it would hide every row in silence."""
    if any(uses[token.start].pattern or uses[token.start].either for token in tokens):
        return
    for token in tokens:
        use = uses[token.start]
        if (use.condition or use.listed) and not use.coalesced:
            place.fail(
                token.start,
                f"?{token.name} without a value matches nothing: "
                f"write ?x IN (COALESCE(?{token.name}, ?x), ?{token.name})",
            )


def _uses(text: str) -> dict[int, _Use]:
    """Tell of each variable, by where it begins, what it stands in."""
    uses: dict[int, _Use] = {}
    outside = _Use(True, False, False, False, False)
    around = [outside]
    two, one = "", ""
    found = sparql.tokens(text)
    said_all = [
        token.name.upper() if token.kind in ("word", "mark") else token.kind for token in found
    ]
    for token, said, following in zip(found, said_all, [*said_all[1:], ""], strict=True):
        if said == "{":
            around.append(outside)
        elif said == "(":
            around.append(
                _Use(
                    pattern=False,
                    condition=around[-1].condition or bool({two, one} & {"FILTER", "HAVING"}),
                    listed=one in {"IN", "COALESCE"},
                    coalesced=around[-1].coalesced or one == "COALESCE",
                    either=one == "COALESCE" and around[-1].listed,
                )
            )
        elif said in {"}", ")"}:
            around.pop()
        elif token.kind == "variable":
            whole = one in {"(", ","} and following in {")", ","}
            uses[token.start] = around[-1]._replace(listed=around[-1].listed and whole)
        two, one = one, said
    return uses
