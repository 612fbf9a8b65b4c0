"""Judge any data by any shapes, of SHACL Core and SHACL-SPARQL, as a general validator does.

https://www.w3.org/TR/shacl/
"""

from __future__ import annotations

import os
from itertools import repeat
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import OWL, RDF, SH

from migkg import graph as sources
from migkg.entry.entry import Entry
from migkg.entry.place import Place
from migkg.entry.positions import written
from migkg.entry.syntax import SYNTAXES
from migkg.errors import InputError
from migkg.rdflib_terms import statement_of
from migkg.validation.broken_shapes import problems
from migkg.validation.finding import placed
from migkg.validation.recognition import unmatched_target
from migkg.validation.shacl import judge
from migkg.validation.statements import statements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rdflib import Graph as Statements

    from migkg.entry.entry import Written
    from migkg.validation.finding import Report


def judge_by(shapes: list[str], files: list[str], notify: Callable[[str], None]) -> Report:
    """Judge what the files say, and nothing around it, by the shapes in other files, or the same.

    The syntax of a file is told by its ending. What owl:imports names is not fetched.

    :raises InputError: a file cannot be read, or shapes are ill-formed or of another dialect
    """
    data, rules = read(files), read(shapes)
    for prop, name in ((OWL.imports, "owl:imports"), (SH.shapesGraph, "sh:shapesGraph")):
        both = (data.statements, rules.statements)
        for file in sorted({str(f) for said in both for f in said.objects(None, prop)}):
            notify(f"{name} {file}: is not fetched; if it is needed, name its file in the call")
    _pass_on_prefixes(rules.statements)
    whose = ", ".join(map(sources.shown, shapes))
    if not _has_shapes(rules.statements):
        raise InputError(f"{whose}: holds no shape: name files of shapes after --shapes")
    found = [
        InputError(f"{rules.read_from.get(node, whose)}: a shape is broken: {text}")
        for node, text in problems(rules.statements)
    ]
    for other in found[:-1]:
        notify(str(other))
    if found:
        raise found[-1]
    for unmatched in unmatched_target.find(rules.statements, data.statements):
        at = rules.place(unmatched.focus, unmatched.path, unmatched.value)
        notify(f"{at or whose}: {unmatched.message('en')}")
    report = judge(data.statements, rules.statements, None, whose)
    return report._replace(findings=placed(report.findings, data))


def _has_shapes(rules: Statements) -> bool:
    """Tell whether there is any: a shape without a type has a target or a constraint of SHACL.

    https://www.w3.org/TR/shacl/#shapes
    """
    of_prefixes = {SH.declare, SH.prefix, SH.namespace, SH.prefixes}
    said = {*rules.predicates(unique=True), *rules.objects(None, RDF.type)} - of_prefixes
    return any(term.startswith(str(SH)) for term in map(str, said))


def _pass_on_prefixes(rules: Statements) -> None:
    """Let what imports a declaration of prefixes declare them, which pySHACL does not do.

    https://www.w3.org/TR/shacl/#sparql-prefixes
    """
    for declaring in set(rules.objects(None, SH.prefixes)):
        for imported in set(rules.transitive_objects(declaring, OWL.imports)):
            for declaration in set(rules.objects(imported, SH.declare)):
                rules.add((declaring, SH.declare, declaration))


def read(paths: Iterable[str]) -> Entry:
    """Read files of any syntax, with the places of what they say where the syntax tells them."""
    found = Entry(tuple(dict.fromkeys(paths)), statements([]), {}, {})
    for path in found.files:
        triples, standing = _triples(path)
        for triple, at in zip(triples, standing or repeat(None), strict=False):
            statement = statement_of(triple)
            found.statements.add(statement)
            if at:
                found.written.setdefault(statement, []).append(at)
            found.read_from.setdefault(statement[0], at.subject if at else Place(path))
    return found


def _triples(path: str) -> tuple[list[ox.Triple], list[Written]]:
    """Parse a file, its relative IRIs being relative to it."""
    from urllib.request import pathname2url

    ending = os.path.splitext(path)[1].removeprefix(".").lower()
    syntax = ox.RdfFormat.from_extension(ending) or ox.RdfFormat.TURTLE
    base = f"file://{pathname2url(os.path.abspath(path))}"
    try:
        with open(path, "rb") as file:
            content = file.read().removeprefix(b"\xef\xbb\xbf")
        parsed = ox.parse(content, syntax, base_iri=base, rename_blank_nodes=True)
        triples = [quad.triple for quad in parsed]
    except OSError as error:
        raise InputError(f"{sources.shown(path)}: cannot be read: {error.strerror}") from None
    except SyntaxError as error:
        place = f":{error.lineno}:{error.offset}" if error.lineno else ""
        raise InputError(f"{sources.shown(path)}{place}: {error.msg}") from None
    positioned = any(one.of == syntax and one.positioned for one in SYNTAXES.values())
    return triples, list(written(content.decode(), path)) if positioned else []
