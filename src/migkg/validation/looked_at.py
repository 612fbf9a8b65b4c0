"""Which statements a constraint looks at, read from the shapes and from the SPARQL in them."""

from __future__ import annotations

from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from rdflib import OWL, RDF, RDFS, SH, URIRef, Variable

from migkg import sparql
from migkg.errors import UsageError
from migkg.sources.patterns import Reader
from migkg.validation.paths import of_shape
from migkg.validation.reach import THIS, Needed, Pattern, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rdflib import Graph as Statements
    from rdflib.term import Node

    from migkg.sources.paths import Path as Written
    from migkg.validation.paths import Path

_PAIRS = {SH[name] for name in ["equals", "disjoint", "lessThan", "lessThanOrEquals"]}
_SHAPES = {SH.property, SH.node, SH["not"], SH.qualifiedValueShape}
_LISTS_OF_SHAPES = {SH["and"], SH["or"], SH.xone}
_IN_CLASS: Path = ("/", (RDF.type, ("*", (RDFS.subClassOf,))))
_GROUPING = {"GROUP", "HAVING", "COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"}
_SAY_NOTHING = {"SELECT", "GRAPH", "SERVICE", "MINUS", "VALUES"}


class Opaque(Exception):
    """It cannot be told which statements a constraint looks at."""


class _Scope(NamedTuple):
    """Patterns that all hold, if those around them do."""

    patterns: list[Pattern]
    only: dict[Node, frozenset[Node]]
    within: list[_Scope]

    def triggers(
        self, around: tuple[Pattern, ...] = (), only: Mapping[Node, frozenset[Node]] | None = None
    ) -> Iterator[Trigger]:
        limits = {**(only or {}), **self.only}
        for at, pattern in enumerate(self.patterns):
            others = (*around, *self.patterns[:at], *self.patterns[at + 1 :])
            yield Trigger(pattern, others, limits)
        for scope in self.within:
            yield from scope.triggers((*around, *self.patterns), limits)


class _Place(NamedTuple):
    """A shape that is asked about a node, in the scopes of that node and of the value nodes."""

    shape: Node
    focus: Node
    scope: _Scope
    value: Node
    values: _Scope
    within: tuple[Node, ...]


class LookedAt:
    """Reads what the constraints of shapes look at."""

    def __init__(self, shapes: Statements) -> None:
        self.shapes = shapes
        self.numbers = count()

    def targets(self, shape: Node, itself: bool) -> list[Trigger]:
        """Tell what makes a node a target; `itself` if the shape is a class as well."""
        shapes, more = self.shapes, self.variable()
        patterns = [Pattern(THIS, _IN_CLASS, c) for c in shapes.objects(shape, SH.targetClass)]
        patterns += [Pattern(THIS, _IN_CLASS, shape)] if itself else []
        patterns += [Pattern(THIS, p, more) for p in shapes.objects(shape, SH.targetSubjectsOf)]
        patterns += [Pattern(more, p, THIS) for p in shapes.objects(shape, SH.targetObjectsOf)]
        return [Trigger(pattern, (), {}) for pattern in patterns]

    def constraint(
        self, shape: Node, parameters: set[Node], part: Node | None
    ) -> list[Trigger] | None:
        """Tell what a constraint of a shape looks at; None: there is no telling.

        :param parameters: those of the component
        :param part: the one value of a parameter that is asked for, if it is not all
        """
        scope = _Scope([], {}, [])
        try:
            at = self.place(shape, THIS, scope, ())
            for parameter in parameters:
                for given in self.shapes.objects(shape, parameter):
                    if part in (None, given):
                        self.parameter(at, parameter, given)
        except (Opaque, ValueError):
            return None
        return list(scope.triggers())

    def needed(self, shape: Node, constraint: Node) -> Needed | None:
        """Tell what holds of a thing for which a constraint in SPARQL has a row.

        None where that is not known.

        :param shape: the shape that has the constraint
        """
        try:
            query = self.query(constraint, shape, THIS)
            scope = query.scope()
        except (Opaque, ValueError):
            return None
        words = {token.name.upper() for token in query.tokens if token.kind == "word"}
        return None if words & _GROUPING else Needed(scope.patterns, scope.only)

    def place(self, shape: Node, focus: Node, scope: _Scope, within: tuple[Node, ...]) -> _Place:
        """Go from the focus node to the value nodes of a shape, which is asked `within` others."""
        if shape in within:
            raise Opaque
        path = next(self.shapes.objects(shape, SH.path), None)
        if path is None:
            return _Place(shape, focus, scope, focus, scope, (*within, shape))
        value = self.variable()
        values = _Scope([Pattern(focus, of_shape(self.shapes, path), value)], {}, [])
        scope.within.append(values)
        return _Place(shape, focus, scope, value, values, (*within, shape))

    def parameter(self, at: _Place, parameter: Node, given: Node) -> None:
        """Read what a parameter asks: https://www.w3.org/TR/shacl/#core-components.

        Most look at the value nodes alone.
        """
        if parameter in self.own_parameters:
            raise Opaque
        if parameter == SH["class"]:
            at.values.within.append(_Scope([Pattern(at.value, _IN_CLASS, given)], {}, []))
        elif parameter in _PAIRS:
            at.scope.within.append(_Scope([Pattern(at.focus, given, self.variable())], {}, []))
        elif parameter in (SH.closed, SH.ignoredProperties):
            looked = Pattern(at.value, self.variable(), self.variable())
            at.values.within.append(_Scope([looked], {}, []))
        elif parameter == SH.sparql:
            at.scope.within.append(self.query(given, at.shape, at.focus).scope())
        for shape in self.asked(at.shape, parameter, given):
            below = self.place(shape, at.value, at.values, at.within)
            for inner, value in self.shapes.predicate_objects(shape):
                self.parameter(below, inner, value)

    def asked(self, shape: Node, parameter: Node, given: Node) -> Iterator[Node]:
        """List the shapes that a parameter asks of the value nodes."""
        if parameter in _SHAPES:
            yield given
        elif parameter in _LISTS_OF_SHAPES:
            yield from self.shapes.items(given)
        elif parameter == SH.qualifiedValueShapesDisjoint:
            for parent in self.shapes.subjects(SH.property, shape):
                for sibling in self.shapes.objects(parent, SH.property):
                    yield from self.shapes.objects(sibling, SH.qualifiedValueShape)

    @cached_property
    def own_parameters(self) -> set[Node]:
        """The parameters of components that the shapes define themselves."""
        defined = self.shapes.objects(None, SH.parameter)
        return {path for one in defined for path in self.shapes.objects(one, SH.path)}

    def variable(self) -> Variable:
        """Make a variable that is nowhere else."""
        return Variable(f"_{next(self.numbers)}")

    def query(self, constraint: Node, shape: Node, focus: Node) -> _Query:
        """Read a constraint in SPARQL: https://www.w3.org/TR/shacl/#sparql-constraints."""
        text = str(next(self.shapes.objects(constraint, SH.select), ""))
        prefixes = {"rdf": str(RDF), "rdfs": str(RDFS), "owl": str(OWL)}
        for declaring in self.shapes.objects(constraint, SH.prefixes):
            for declared in self.shapes.objects(declaring, SH.declare):
                prefix = self.shapes.value(declared, SH.prefix)
                prefixes[str(prefix)] = str(self.shapes.value(declared, SH.namespace))
        path = next(self.shapes.objects(shape, SH.path), None)
        query = _Query(text, prefixes | sparql.prefixes(text), f"_{next(self.numbers)}_")
        query.focus = focus
        query.of_shape = of_shape(self.shapes, path) if path is not None else None
        return query


class _Query(Reader):
    """A query of a constraint, its patterns group by group."""

    focus: Node = THIS
    of_shape: Path | None = None

    def __init__(self, text: str, prefixes: Mapping[str, str], own: str) -> None:
        super().__init__(text)
        self.prefixes, self.own_prefix = prefixes, own

    def scope(self) -> _Scope:
        """Read what the query looks at; raises Opaque if there is no telling."""
        words = [self.word(at) for at in range(len(self.tokens))]
        if "WHERE" in words:
            begin = words.index("WHERE") + 1
        else:
            begin = words.index("{") if "{" in words else len(words)
        if words[begin : begin + 1] != ["{"] or words.count("SELECT") != 1:
            raise Opaque
        end = self.closing[begin]
        if not {"EXISTS", "FROM"}.isdisjoint(words[:begin] + words[end:]):
            raise Opaque
        self.at = begin
        try:
            return self.group()
        except (UsageError, IndexError, KeyError) as error:
            raise Opaque from error

    def group(self) -> _Scope:
        scope = _Scope([], {}, [])
        self.at += 1
        while not self.accept("}"):
            self.element(scope)
        return scope

    def element(self, scope: _Scope) -> None:
        word = self.word()
        if word in _SAY_NOTHING:
            raise Opaque
        if self.accept("."):
            return
        if self.accept("OPTIONAL"):
            scope.within.append(self.group())
        elif word == "{":
            self.alternatives(scope)
        elif word in ("FILTER", "BIND"):
            self.expression(scope)
        else:
            for subject, path, object_ in self.triples():
                scope.patterns.append(
                    Pattern(self.node(subject), self.path(path), self.node(object_))
                )

    def alternatives(self, scope: _Scope) -> None:
        first = self.group()
        if self.word() != "UNION":
            scope.patterns.extend(first.patterns)
            scope.only.update(first.only)
            scope.within.extend(first.within)
            return
        scope.within.append(first)
        while self.accept("UNION"):
            scope.within.append(self.group())

    def expression(self, scope: _Scope) -> None:
        """Look for the groups in an expression, and for a list of what a variable may be."""
        start = self.at
        self.call()
        end, self.at = self.at, start
        scope.only.update(self.choice(end))
        while self.at < end:
            if self.word() == "EXISTS":
                self.at += 1
                scope.within.append(self.group())
            else:
                self.at += 1

    def choice(self, end: int) -> dict[Node, frozenset[Node]]:
        """Read FILTER(?x IN (…) && …)."""
        start = self.at
        shape = [self.word(at) for at in range(5)]
        if shape != ["FILTER", "(", "variable", "IN", "("] or self.closing[start + 1] != end - 1:
            return {}
        closing = self.closing[start + 4]
        if self.tokens[closing + 1].name not in (")", "&") or "|" in (
            token.name for token in self.tokens[closing:end] if token.kind == "mark"
        ):
            return {}
        variable = self.node("?" + self.tokens[start + 2].name)
        names = [t for t in self.tokens[start + 5 : closing] if t.name != ","]
        if any(token.kind not in ("iri", "prefixed") for token in names):
            return {}
        values = frozenset(self.node(token.name) for token in names)
        return {} if any(isinstance(v, Variable) for v in values) else {variable: values}

    def node(self, written: str) -> Node:
        """Make a term of what is written; a literal may be any."""
        if written[0] in "?$":
            name = written[1:]
            return self.focus if name == "this" else Variable(self.own_prefix + name)
        if written[0] == "<":
            iri = written[1:-1]
            return URIRef(iri) if ":" in iri and "\\" not in iri else self.anything()
        prefix, _, name = written.partition(":")
        if prefix in self.prefixes and name:
            return URIRef(self.prefixes[prefix] + name.replace("\\", ""))
        return self.anything()

    def anything(self) -> Variable:
        self.count += 1
        return Variable(f"{self.own_prefix}any{self.count}")

    def path(self, path: Written) -> Path:
        if path == "?PATH":
            if self.of_shape is None:
                raise Opaque
            return self.of_shape
        if isinstance(path, str):
            return self.node(path)
        operator, parts = path
        steps = tuple(self.path(part) for part in parts)
        if any(isinstance(step, Variable) for step in steps):
            raise Opaque
        return operator, steps
