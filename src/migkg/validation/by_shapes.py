"""Judge any data by any shapes, of SHACL Core and SHACL-SPARQL, as a general validator does.

https://www.w3.org/TR/shacl/
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import OWL, SH

from migkg import graph as sources
from migkg.errors import InputError
from migkg.rdflib_terms import statement_of
from migkg.validation.broken_shapes import problems
from migkg.validation.shacl import judge
from migkg.validation.statements import statements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.validation.finding import Report


def judge_by(shapes: list[str], files: list[str], notify: Callable[[str], None]) -> Report:
    """Judge what the files say, and nothing around it, by the shapes in other files, or the same.

    The syntax of a file is told by its ending. What owl:imports names is not fetched.

    :raises InputError: a file cannot be read, or shapes are ill-formed or of another dialect
    """
    data, (rules, written_in) = read(files)[0], read(shapes)
    for prop, name in ((OWL.imports, "owl:imports"), (SH.shapesGraph, "sh:shapesGraph")):
        for file in sorted({str(f) for said in (data, rules) for f in said.objects(None, prop)}):
            notify(f"{name} {file}: is not fetched; if it is needed, name its file in the call")
    _pass_on_prefixes(rules)
    whose = ", ".join(map(sources.shown, shapes))
    found = [
        InputError(f"{written_in.get(node, whose)}: a shape is broken: {text}")
        for node, text in problems(rules)
    ]
    for other in found[:-1]:
        notify(str(other))
    if found:
        raise found[-1]
    return judge(data, rules, None, whose)


def _pass_on_prefixes(rules: Statements) -> None:
    """Let what imports a declaration of prefixes declare them, which pySHACL does not do.

    https://www.w3.org/TR/shacl/#sparql-prefixes
    """
    for declaring in set(rules.objects(None, SH.prefixes)):
        for imported in set(rules.transitive_objects(declaring, OWL.imports)):
            for declaration in set(rules.objects(imported, SH.declare)):
                rules.add((declaring, SH.declare, declaration))


def read(paths: Iterable[str]) -> tuple[Statements, dict[Node, str]]:
    """Read files of any syntax; tell of each subject in which it stands."""
    found = statements([])
    written_in: dict[Node, str] = {}
    for path in dict.fromkeys(paths):
        for triple in _triples(path):
            statement = statement_of(triple)
            found.add(statement)
            written_in.setdefault(statement[0], sources.shown(path))
    return found, written_in


def _triples(path: str) -> list[ox.Triple]:
    """Parse a file, its relative IRIs being relative to it."""
    from urllib.request import pathname2url

    ending = os.path.splitext(path)[1].removeprefix(".").lower()
    syntax = ox.RdfFormat.from_extension(ending) or ox.RdfFormat.TURTLE
    base = f"file://{pathname2url(os.path.abspath(path))}"
    try:
        with open(path, "rb") as file:
            content = file.read().removeprefix(b"\xef\xbb\xbf")
        parsed = ox.parse(content, syntax, base_iri=base, rename_blank_nodes=True)
        return [quad.triple for quad in parsed]
    except OSError as error:
        raise InputError(f"{sources.shown(path)}: cannot be read: {error.strerror}") from None
    except SyntaxError as error:
        place = f":{error.lineno}:{error.offset}" if error.lineno else ""
        raise InputError(f"{sources.shown(path)}{place}: {error.msg}") from None
