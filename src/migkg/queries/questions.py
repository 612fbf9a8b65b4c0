"""The questions that a query file says it answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from migkg import lookup
from migkg.errors import UsageError
from migkg.queries.header import Header, Place, Value, as_text, fail, within
from migkg.queries.query import Parameter, Question

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ID = re.compile(r"[a-z]+-[0-9]+")
_KEYS = ("id", "ask", "with")


def questions(place: Place, header: Header, parameters: Sequence[Parameter]) -> Iterator[Question]:
    """Read the questions, each with its id, its words and the values that answer it.

    :raises InputError: an unknown key, an id that is none or stands twice, a value that the query
        does not take, or a required one that is missing
    """
    entry = header.get("questions")
    if entry is None:
        return
    if not isinstance(entry.value, list):
        fail(place, entry, "questions is to be a list, each with an id and what is asked")
    seen: set[str] = set()
    for position in range(len(entry.value)):
        question = _question(place, within(entry, position), parameters)
        if question.id in seen:
            fail(place, within(entry, position), f"{question.id} stands twice in the header")
        seen.add(question.id)
        yield question


def _question(place: Place, item: Value, parameters: Sequence[Parameter]) -> Question:
    if not isinstance(item.value, dict) or not {"id", "ask"} <= item.value.keys():
        fail(place, item, "a question is to have an id and an ask, what is asked")
    for key in item.value:
        if key not in _KEYS:
            fail(place, within(item, key), f"unknown key “{key}”; there are {', '.join(_KEYS)}")
    name = as_text(place, within(item, "id"), "the id of a question")
    if not _ID.fullmatch(name):
        fail(place, within(item, "id"), f"“{name}” is no id such as cq-004")
    ask = " ".join(as_text(place, within(item, "ask"), "what is asked").split())
    given = within(item, "with") if "with" in item.value else item._replace(value={})
    if not isinstance(given.value, dict):
        fail(place, given, "with is to give values, each by the name of its parameter")
    by_name = {parameter.name: parameter for parameter in parameters}
    for key in given.value:
        if key not in by_name:
            fail(place, within(given, key), f"with: the query has no parameter called “{key}”")
    for parameter in parameters:
        if parameter.required and parameter.default is None and parameter.name not in given.value:
            fail(place, item, f"{name} needs a value: with: {{{parameter.name}: …}}")
    values = tuple((key, _values(place, within(given, key), by_name[key])) for key in given.value)
    return Question(name, ask, values)


def _values(place: Place, entry: Value, parameter: Parameter) -> tuple[str, ...]:
    listed = entry.value if isinstance(entry.value, list) else [entry.value]
    if not listed:
        fail(place, entry, f"with: {parameter.name} is to be a value or a list of values")
    for value in listed:
        text = as_text(place, entry._replace(value=value), f"with: {parameter.name}")
        if parameter.choices and text not in parameter.choices:
            fail(place, entry, f"with: {text} is none of {', '.join(parameter.choices)}")
        if parameter.kind != "iri":
            try:
                lookup.literal(parameter.kind, text)
            except UsageError as error:
                fail(place, entry, f"with: {parameter.name}: {error}")
    if len(listed) > 1 and not parameter.multiple:
        fail(place, entry, f"with: {parameter.name} takes one value, not {len(listed)}")
    return tuple(listed)
