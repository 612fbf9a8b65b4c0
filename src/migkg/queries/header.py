"""The header of a query file: YAML in the lines that begin with ``#+``.

Keys are those of grlc (https://github.com/CLARIAH/grlc#decorator-syntax); ``questions``,
``parameters`` and ``chart`` are ours. What grlc would pass over in silence is an error here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import yaml

from migkg import sparql
from migkg.errors import InputError
from migkg.graph import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEYS = (
    *("summary", "description", "tags", "defaults", "enumerate"),
    *("questions", "parameters", "chart"),
)

Path = tuple[str | int, ...]  # of keys and positions, from a value to what is in it


class Place(NamedTuple):
    """A query file, to say where in it something is wrong."""

    path: str
    text: str

    def fail(self, offset: int, why: str) -> NoReturn:
        """Raise an InputError about what stands at an offset."""
        self.fail_at(*sparql.position(self.text, offset), why)

    def fail_at(self, line: int, column: int, why: str) -> NoReturn:
        """Raise an InputError about a line and a column."""
        raise InputError(f"{shown(self.path)}:{line}:{column}: {why}")


class Value(NamedTuple):
    """A value of the header, where it stands or its key does, and where what is in it stands."""

    value: Any
    line: int
    column: int
    inner: Mapping[Path, tuple[int, int]] = {}


Header = dict[str, Value]


def header(place: Place) -> Header:
    """Read the header; a file without one has an empty header."""
    numbered = [
        (number, line[2:])
        for number, line in enumerate(re.split(r"\r\n?|\n", place.text), 1)
        if line.startswith("#+")
    ]
    text = "\n".join(line for _, line in numbered)
    lines = [number for number, _ in numbered]
    try:
        _refuse_aliases(text)
        root = yaml.compose(text, yaml.SafeLoader)
        if root is None:
            return {}
        if not isinstance(root, yaml.MappingNode):
            place.fail_at(numbered[0][0], 1, "the header is no list of “key: value”")
        entries: Header = {}
        for key, node in root.value:
            where = _where(key, lines)
            if key.value not in KEYS:
                place.fail_at(*where, f"unknown key “{key.value}”; there are {', '.join(KEYS)}")
            if key.value in entries:
                place.fail_at(*where, f"“{key.value}” stands twice in the header")
            entries[key.value] = Value(_as_written(node), *where, dict(_inner(node, (), lines)))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (numbered[mark.line][0], mark.column + 3) if mark else (1, 1)
        hint = "; put text with a colon between quotation marks" if _colon(error) else ""
        place.fail_at(line, column, f"the header is not YAML: {error.problem}{hint}")
    except RecursionError:
        place.fail_at(1, 1, "the header is nested too deeply")
    except yaml.YAMLError as error:
        place.fail_at(1, 1, f"the header is not YAML: {str(error).splitlines()[0]}")
    return entries


def _refuse_aliases(text: str) -> None:
    """Refuse what repeats another part of the header: it may stand within that part."""
    for token in yaml.scan(text, yaml.SafeLoader):
        if isinstance(token, yaml.AliasToken):
            why = f"the alias *{token.value} is not taken; write out what it stands for"
            raise yaml.MarkedYAMLError(problem=why, problem_mark=token.start_mark)


def _colon(error: yaml.MarkedYAMLError) -> bool:
    return "mapping values" in str(error.problem)


def _as_written(node: yaml.Node) -> Any:
    """Take scalars as the text they are: a year stays “2016”, a date is not converted."""
    if isinstance(node, yaml.MappingNode):
        return {str(_as_written(key)): _as_written(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_as_written(item) for item in node.value]
    return None if node.tag.endswith(":null") else node.value


def _where(node: yaml.Node, lines: list[int]) -> tuple[int, int]:
    return lines[node.start_mark.line], node.start_mark.column + len("#+") + 1


def _inner(node: yaml.Node, path: Path, lines: list[int]) -> Iterator[tuple[Path, tuple[int, int]]]:
    """Tell where the keys of mappings and the items of lists stand."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            below = (*path, str(_as_written(key)))
            yield below, _where(key, lines)
            yield from _inner(value, below, lines)
    elif isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            yield (*path, position), _where(item, lines)
            yield from _inner(item, (*path, position), lines)


def within(entry: Value, *path: str | int) -> Value:
    """Take what stands within an entry, with its own place."""
    value = entry.value
    for step in path:
        value = value[step]
    inner = {p[len(path) :]: at for p, at in entry.inner.items() if p[: len(path)] == path}
    return Value(value, *entry.inner[path], inner)


def fail(place: Place, entry: Value, why: str) -> NoReturn:
    """Raise an InputError about an entry of the header."""
    place.fail_at(entry.line, entry.column, why)


def line(place: Place, header: Header, key: str) -> str:
    """Read a text."""
    entry = header.get(key)
    if entry is None:
        return ""
    return " ".join(as_text(place, entry, key).split())


def words(place: Place, header: Header, key: str) -> tuple[str, ...]:
    """Read a list of words."""
    entry = header.get(key)
    if entry is None:
        return ()
    return as_words(place, entry, key)


def as_text(place: Place, entry: Value, what: str) -> str:
    """Take an entry as text."""
    if not isinstance(entry.value, str) or not entry.value.strip():
        fail(place, entry, f"{what} is to be text")
    return entry.value


def as_words(place: Place, entry: Value, what: str) -> tuple[str, ...]:
    """Take an entry as a list of texts."""
    if not isinstance(entry.value, list) or not all(isinstance(i, str) for i in entry.value):
        fail(place, entry, f"{what} is to be a list of words")
    return tuple(entry.value)


def named(place: Place, header: Header, key: str) -> Header:
    """Read what is said of each parameter, from a mapping or from grlc's list of one-key ones."""
    entry = header.get(key)
    if entry is None:
        return {}
    items = entry.value if isinstance(entry.value, list) else [entry.value]
    by_name: Header = {}
    for item in items:
        pairs = {item: None} if isinstance(item, str) else item
        if not isinstance(pairs, dict):
            fail(place, entry, f"{key} is to say something of each parameter, by its name")
        by_name |= {name: Value(value, entry.line, entry.column) for name, value in pairs.items()}
    return by_name
