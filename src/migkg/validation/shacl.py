"""Judge things by shapes; pySHACL is the authority.

Its own run rebuilds what it knows of a shape for every focus node, which takes most of its time.
Here the constraints are taken one by one, each over all the nodes that it is to judge, by the same
components of pySHACL: the results are the same.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from copy import copy
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from rdflib import RDF, RDFS, SH, Literal, URIRef
from rdflib import Graph as Statements

from migkg.errors import InputError
from migkg.namespaces import MK
from migkg.validation import wording
from migkg.validation.answering import Answering
from migkg.validation.corrected import corrected
from migkg.validation.finding import Finding, Report
from migkg.validation.index import Index
from migkg.validation.looked_at import LookedAt

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Set
    from logging import LogRecord

    from rdflib.term import Node

    from migkg.validation.reach import Needed

    Advance = Callable[[int, int], None]

_AT_ONCE = 100  # nodes: between two batches the progress is told


class Constraint(NamedTuple):
    """What shapes with targets ask by one component: https://www.w3.org/TR/shacl/#constraints.

    A property shape and a constraint in SPARQL are a constraint each, its node being the `part`;
    of other components all parameters of a shape are one.
    """

    shapes: tuple[Any, ...]
    component: Any
    part: Node | None

    def parameters(self) -> set[Node]:
        """List the parameters of the component; none of one that the shapes define themselves."""
        known = isinstance(self.component, type)
        return set(self.component.constraint_parameters()) if known else set()


class Found(NamedTuple):
    """A finding, what tells it from others, and the validation result as pySHACL has it."""

    finding: Finding
    key: tuple[Any, ...]
    result: tuple[str, Node, list[Any]]


class ByTarget(NamedTuple):
    """Shapes by what they aim at: https://www.w3.org/TR/shacl/#targets."""

    nodes: dict[Node, set[Any]]
    classes: dict[Node, set[Any]]
    objects_of: dict[Node, set[Any]]
    subjects_of: dict[Node, set[Any]]


class Shapes:
    """The shapes of a graph, ready to be asked about nodes.

    :param whose: whose shapes they are, for messages
    :raises InputError: what they say of a shape cannot be
    """

    def __init__(self, graph: Statements, whose: str) -> None:
        from pyshacl.monkey import apply_patches
        from pyshacl.pytypes import SHACLExecutor
        from pyshacl.shapes_graph import ShapesGraph

        apply_patches()
        self.graph, self.whose = graph, whose
        self.executor = SHACLExecutor()
        self.components: dict[tuple[Any, ...], Any] = {}
        self.looked_at = LookedAt(graph)
        self.needed: dict[Constraint, Needed | None] = {}
        with self.strict():
            self.shapes_graph = ShapesGraph(graph, logger=_logger())
            self.aiming = [
                shape
                for shape in self.shapes_graph.shapes
                if not shape.deactivated and any(any(True for _ in t) for t in shape.target())
            ]
            self.aiming.sort(key=lambda shape: str(shape.node))

    @cached_property
    def constraints(self) -> list[Constraint]:
        """All that is asked; what several shapes ask by one property shape is one constraint."""
        from pyshacl.constraints import CONSTRAINT_PARAMETERS_MAP as COMPONENTS

        several: dict[Node, list[Any]] = {}
        found: dict[Constraint, None] = {}
        with self.strict():
            for shape in self.aiming:
                said = {p: None for p in self.graph.predicates(shape.node) if p in COMPONENTS}
                for component in dict.fromkeys(COMPONENTS[p] for p in said):
                    for part in self._parts(shape, component):
                        if component is COMPONENTS[SH.property] and not shape.is_property_shape:
                            several.setdefault(cast("Node", part), []).append(shape)
                        else:
                            found[Constraint((shape,), component, part)] = None
                for custom in shape.find_custom_constraints():
                    found[Constraint((shape,), custom, None)] = None
        for part, shapes in several.items():
            found[Constraint(tuple(shapes), COMPONENTS[SH.property], part)] = None
        return sorted(found, key=lambda c: (str(c.shapes[0].node), str(c.part or "")))

    def _parts(self, shape: Any, component: Any) -> Iterable[Node | None]:
        one_by_one = {SH.property, SH.sparql} & set(component.constraint_parameters())
        return shape.objects(one_by_one.pop()) if one_by_one else [None]

    def targets(self, shape: Any, data: Statements) -> set[Node]:
        """List what a shape aims at: https://www.w3.org/TR/shacl/#targets."""
        return cast("set[Node]", shape.focus_nodes(data))

    @cached_property
    def by_target(self) -> ByTarget:
        """The shapes by the nodes, classes and properties that they name as their targets."""
        found = ByTarget({}, {}, {}, {})
        for shape in self.aiming:
            nodes, classes, itself, objects_of, subjects_of = shape.target()
            named = (nodes, {*classes, *itself}, objects_of, subjects_of)
            for kind, terms in zip(found, named, strict=True):
                for term in terms:
                    kind.setdefault(term, set()).add(shape)
        return found

    def of_shape(self, shape: object) -> list[Constraint]:
        """List what a shape with targets asks."""
        return [constraint for constraint in self.constraints if shape in constraint.shapes]

    @cached_property
    def wide(self) -> set[Constraint]:
        """The constraints by which other things than the target may be found.

        That is where property shapes are asked of the values of a path; another target may have
        the same value.
        """
        nested: set[Node] = set()
        found = set()
        for constraint in self.constraints:
            if constraint.part is None or constraint.parameters() != {SH.property}:
                continue
            if constraint.shapes[0].is_property_shape:
                below = self._nested(constraint.part) | {constraint.part}
            else:
                below = self._nested(constraint.part)
            if below:
                found.add(constraint)
                nested |= below
        return found | {c for c in self.constraints if c.part in nested} if found else found

    def _nested(self, shape: Node) -> set[Node]:
        below = list(self.graph.objects(shape, SH.property))
        found: set[Node] = set()
        while below:
            one = below.pop()
            if one not in found:
                found.add(one)
                below += self.graph.objects(one, SH.property)
        return found

    def aims(self, data: Statements) -> Aims:
        """Tell what shapes aim at, as long as the data do not change."""
        return Aims(self, data)

    def judge(
        self, constraint: Constraint, nodes: Collection[Node], data: Statements
    ) -> Iterator[Found]:
        """Judge nodes that a constraint is about; raises InputError for a broken shape."""
        if constraint.parameters() == {SH.sparql} and isinstance(data, Answering):
            with self.strict():
                nodes = self._in_question(constraint, nodes, data)
        if not nodes:
            return
        with self.strict(), corrected():
            results = self._results(constraint, list(nodes), data)
        for result in results:
            yield self._found(result, data)

    def _in_question(
        self, constraint: Constraint, nodes: Collection[Node], data: Answering
    ) -> Collection[Node]:
        """Leave out the nodes for which a constraint in SPARQL has no row, as is soon seen."""
        if not isinstance(data.store, Index):
            return nodes
        if constraint not in self.needed:
            shape, part = constraint.shapes[0].node, cast("Node", constraint.part)
            self.needed[constraint] = self.looked_at.needed(shape, part)
        needed = self.needed[constraint]
        index = data.store
        for query in self.component(constraint).sparql_constraints:
            left = []
            for node in nodes:
                rows = data.rows(_asked(query, node), node)
                if rows or (rows is None and (needed is None or needed.holds(node, index))):
                    left.append(node)
            nodes = left
        return nodes

    def _results(self, constraint: Constraint, nodes: list[Node], data: Statements) -> list[Any]:
        shape = constraint.shapes[0]
        component = self.component(constraint)
        path = [shape, component]
        if constraint.part is not None and not shape.is_property_shape:
            other = shape.get_other_shape(constraint.part)
            if other and other.is_property_shape:
                return cast("list[Any]", other.validate(self.executor, data, nodes, path)[1])
        values = shape.value_nodes(data, nodes)
        return cast("list[Any]", component.evaluate(self.executor, data, values, path)[1])

    def component(self, constraint: Constraint) -> Any:
        """Make the component that checks a constraint, once."""
        known = self.components.get(constraint)
        if known is None:
            shape, kind, part = constraint.shapes[0], constraint.component, constraint.part
            if not isinstance(kind, type):  # one that the shapes define themselves
                known = kind.make_validator_for_shape(shape)
            else:
                known = copy(self._of_shape(shape, kind))
                if part is not None:
                    if hasattr(known, "property_shapes"):
                        known.property_shapes = [part]
                    else:
                        asked = known.sparql_constraints
                        known.sparql_constraints = {one for one in asked if one.node == part}
                        for one in known.sparql_constraints:  # of the text, the same each time
                            one.check_invalid_sparql = cache(one.check_invalid_sparql)
            self.components[constraint] = known
        return known

    def _of_shape(self, shape: Any, kind: Any) -> Any:
        if (shape, kind) not in self.components:
            self.components[shape, kind] = kind(shape)
        return self.components[shape, kind]

    def _found(self, result: tuple[str, Node, list[Any]], data: Statements) -> Found:
        """Read a result; pySHACL drops the languages of what SPARQL constraints say."""
        _, node, statements = result
        said: dict[Node, Any] = {}
        messages = []
        for s, p, o in statements:
            if s == node:
                said[p] = o[1] if isinstance(o, tuple) else o
                if p == SH.resultMessage:
                    messages.append(o)
        shape, constraint = said[SH.sourceShape], said.get(SH.sourceConstraint)
        source = constraint or shape
        focus, path, value = said[SH.focusNode], said.get(SH.resultPath), said.get(SH.value)
        severity, component = said[SH.resultSeverity], said[SH.sourceConstraintComponent]
        if (source, SH.message, None) in self.graph:
            own = self.graph.objects(source, SH.message)
            worded: list[Node] = [text for text in own if "{" not in str(text)]
        else:
            name = str(component).removeprefix(str(SH)).removesuffix("ConstraintComponent")
            told = wording.Result(name, shape, focus, path, value, self.graph, data)
            worded = _worded(told) if wording.knows(name) or not messages else []
        if worded:
            statements[:] = [t for t in statements if t[:2] != (node, SH.resultMessage)]
            statements += [(node, SH.resultMessage, text) for text in worded]
        finding = Finding(
            severity=str(severity).removeprefix(str(SH)),
            focus=focus,
            path=path,
            value=value,
            messages={getattr(m, "language", None) or "": str(m) for m in worded or messages},
            source=str(source),
            component=str(component),
        )
        key = (severity, focus, path, value, shape, constraint, component)
        return Found(finding, key, result)

    def report(self, found: Iterable[Found]) -> Statements:
        """Make a report of results: https://www.w3.org/TR/shacl/#validation-report."""
        from pyshacl.validator import Validator

        results = [one.result for one in found]
        report, _ = Validator.create_validation_report(self.shapes_graph, not results, results)
        return cast("Statements", report)

    @contextmanager
    def strict(self) -> Iterator[None]:
        """Have pySHACL raise what it finds wrong with shapes, as InputError, and say nothing."""
        import warnings

        from pyshacl.errors import ShapeRecursionWarning

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", ShapeRecursionWarning)
                warnings.simplefilter("ignore", DeprecationWarning)  # values that do not compare
                yield
        except (MemoryError, InputError):
            raise
        except Exception as error:  # of whatever kind: the data are statements, and can be judged
            if "MIGKG_DEBUG" in os.environ:
                raise
            said = " ".join(str(error).split()) or type(error).__name__
            raise InputError(f"{self.whose}: a shape is broken: {said}") from error


def _asked(query: Any, node: Node) -> str:
    """Write a constraint in SPARQL as pySHACL asks it of a node."""
    return cast("str", query.apply_prefixes(query.pre_bind_variables(node)[1]))


def _worded(result: wording.Result) -> list[Node]:
    """Say what a constraint of the core finds that has no words of its own."""
    return [Literal(text, lang=tag) for tag, text in wording.messages(result).items()]


class Aims:
    """What shapes aim at in data: https://www.w3.org/TR/shacl/#targets."""

    def __init__(self, shapes: Shapes, data: Statements) -> None:
        self.shapes, self.data = shapes, data
        self.by_class: dict[Node, frozenset[Any]] = {}
        self.at: dict[Node, frozenset[Any]] = {}
        self.alike: dict[frozenset[Any], frozenset[Any]] = {}

    def among(self, constraint: Constraint, nodes: Set[Node] | None) -> set[Node]:
        """Take those nodes that a constraint is about; None: all nodes."""
        if nodes is None:
            return set().union(*(self.shapes.targets(s, self.data) for s in constraint.shapes))
        wanted, at = set(constraint.shapes), self.shapes_at
        return {node for node in nodes if not wanted.isdisjoint(at(node))}

    def shapes_at(self, node: Node) -> frozenset[Any]:
        """Tell which shapes aim at a node, without listing what they aim at."""
        known = self.at.get(node)
        if known is None:
            shapes, data = self.shapes.by_target, self.data
            found: set[Any] = set(shapes.nodes.get(node, ()))
            for prop in data.predicates(node):
                found |= shapes.subjects_of.get(prop, set())
            for cls in data.objects(node, RDF.type):
                found |= self._of_class(cls)
            for prop, some in shapes.objects_of.items():
                if (None, prop, node) in data:
                    found |= some
            made = frozenset(found)
            known = self.at[node] = self.alike.setdefault(made, made)
        return known

    def _of_class(self, cls: Node) -> frozenset[Any]:
        """Take the shapes that aim at https://www.w3.org/TR/shacl/#dfn-shacl-instance of it."""
        known = self.by_class.get(cls)
        if known is None:
            above = self.data.transitive_objects(cls, RDFS.subClassOf)
            some = (self.shapes.by_target.classes.get(c, set()) for c in above if c)
            known = self.by_class[cls] = frozenset().union(*some)
        return known


def _logger() -> Any:
    import logging

    logger = logging.getLogger("migkg.shapes")
    logger.setLevel(logging.WARNING)
    logger.addFilter(raised)
    return logger


def raised(record: LogRecord) -> bool:
    """Turn the warning that a constraint is left out into an error; errors are raised anyway."""
    if record.levelname == "WARNING":
        raise ValueError(record.getMessage())
    return False


def judge(
    data: Statements,
    shapes: Statements,
    nodes: set[Any] | None,
    whose: str,
    advance: Advance = lambda _done, _all: None,
) -> Report:
    """Judge these nodes, or all, by the shapes.

    :param advance: gets how many of how many judgements are done
    :raises InputError: a shape is broken; it names `whose` they are
    """
    made = Shapes(shapes, whose)
    with made.strict():
        targets = {shape: made.targets(shape, data) for shape in made.aiming}
    if nodes is not None:
        targets = {shape: aimed & nodes for shape, aimed in targets.items()}
    judged = set().union(*targets.values())
    work = [(c, set().union(*(targets[s] for s in c.shapes))) for c in made.constraints]
    found = list(by_batches(made, work, data, advance)) if judged else []
    findings = sorted((one.finding for one in found), key=lambda f: order(f, data))
    return Report(findings, len(judged), cache(lambda: made.report(found)), data)


def by_batches(
    shapes: Shapes,
    work: list[tuple[Constraint, set[Node]]],
    data: Statements,
    advance: Advance = lambda _done, _all: None,
) -> Iterator[Found]:
    """Judge nodes by constraints, and tell how far it is; what several find comes once."""
    done, everything = 0, sum(len(nodes) for _, nodes in work)
    seen: set[tuple[Any, ...]] = set()
    for constraint, nodes in work:
        new = set()
        ordered = sorted(nodes, key=str)
        for at in range(0, len(ordered), _AT_ONCE):
            batch = ordered[at : at + _AT_ONCE]
            for found in shapes.judge(constraint, batch, data):
                if found.key not in seen:
                    new.add(found.key)
                    yield found
            done += len(batch)
            advance(done, everything)
        seen |= new


def order(finding: Finding, data: Statements) -> tuple[str, ...]:
    """Order findings by severity, by the thing they are about, and by what finds them."""
    about = data.value(None, URIRef(MK + "evidence"), finding.focus) or finding.focus
    rank = {"Violation": "0", "Warning": "1"}.get(finding.severity, "2")
    return rank, str(about), finding.source, str(finding.value)


def constraints(shapes: Statements) -> set[Node]:
    """List what shapes ask, each constraint by its name.

    A constraint on the things themselves (https://www.w3.org/TR/shacl/#node-shapes) has the name
    of their shape. What has no message is asked only where another shape refers to it.
    """
    parts = set(shapes.subjects(SH.targetClass)) | set(shapes.subjects(SH.targetSubjectsOf))
    parts |= set(shapes.subjects(SH.targetObjectsOf)) | set(shapes.subjects(SH.targetNode))
    for shape in list(parts):
        parts |= set(shapes.objects(shape, SH.property)) | set(shapes.objects(shape, SH.sparql))
    return {part for part in parts if (part, SH.message, None) in shapes}
