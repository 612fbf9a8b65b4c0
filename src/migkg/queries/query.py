"""What a stored query is: the records that reading it makes and asking it takes."""

from __future__ import annotations

import re
from typing import Any, NamedTuple, TypeAlias

SUFFIX = ".rq"

Narrowing: TypeAlias = tuple[int, int, int, str]
"""Where a group begins, from where to where in it a FILTER stands, and the variable it limits."""


_HEADER = re.compile(r"^#\+.*(?:\n|\Z)", re.MULTILINE)


def without_header(text: str) -> str:
    """Give the SPARQL of a stored query alone."""
    return _HEADER.sub("", text).lstrip()


def option_name(parameter: str) -> str:
    """Write the name of a parameter as an option: activityType is --activity-type."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", parameter).lower()


class Parameter(NamedTuple):
    """A value that a query takes, written in its text as a variable that begins with ``_``."""

    name: str
    variable: str
    required: bool
    kind: str  # "iri", "string", "number", a language tag, or the IRI of a datatype
    multiple: bool
    domain: str | None  # the IRI of a class or a concept scheme
    default: str | None
    description: str
    choices: tuple[str, ...] = ()
    places: tuple[tuple[int, int], ...] = ()  # from where to where in the text it stands
    narrowings: tuple[Narrowing, ...] = ()


class Question(NamedTuple):
    """A question in words, and the values with which a query answers it."""

    id: str
    ask: str
    values: tuple[tuple[str, tuple[str, ...]], ...]  # the name of a parameter, and what is typed


class StoredQuery(NamedTuple):
    """A query file: its header and its text."""

    name: str
    path: str
    summary: str
    description: str
    tags: tuple[str, ...]
    questions: tuple[Question, ...]
    parameters: tuple[Parameter, ...]
    chart: dict[str, Any] | None  # a Vega-Lite mark, and a column for each channel
    text: str
