"""Judge an entry by what it changes: what it brings, what was wrong before, what it mends."""

from __future__ import annotations

import os
from collections import deque
from functools import cache, cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from rdflib import BNode

from migkg import graph as sources
from migkg.errors import InputError
from migkg.rdflib_terms import node_of, triples_of
from migkg.validation import contradiction
from migkg.validation.answering import Answering
from migkg.validation.baseline import former
from migkg.validation.entailment import Entailment
from migkg.validation.finding import Report
from migkg.validation.index import Index
from migkg.validation.reach import Reach
from migkg.validation.same_nodes import aligned
from migkg.validation.shacl import Constraint, Found, Shapes, by_batches, order
from migkg.validation.statements import statements

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Set

    import pyoxigraph as ox
    from rdflib.term import Node

    from migkg.entry.entry import Entry
    from migkg.rdflib_terms import Statement
    from migkg.reasoning.clash import Clash
    from migkg.validation.finding import Finding
    from migkg.validation.shacl import Advance

    Notify = Callable[[str], None]
    Touched = dict[Constraint, set[Node] | None]  # None: all things that it is about


def judge(
    graph: sources.Graph,
    entry: Entry,
    base: str | None,
    notify: Notify,
    advance: Advance = lambda _done, _all: None,
) -> Report:
    """Judge an entry in the midst of a graph, by shapes and by what OWL 2 RL entails.

    Files of the graph take the place of their former version, which is that of git's HEAD or of
    the commit `base`. The findings are those that the entry introduces; what was wrong before is
    told as far as it is about things that the entry describes or makes a difference to.

    :param advance: gets how many of how many judgements are done
    :raises InputError: a file of the graph cannot be read, or a shape is broken
    :raises UsageError: there is no such commit
    """
    around = Surroundings(graph, entry.files, notify)
    said = set(entry.statements)
    before = around.former(base, said)
    described = {s for s, _, _ in said} | {o for _, _, o in said if isinstance(o, BNode)}
    return around.report(around.compare(before, said, described, advance))


_AT_ONCE = 500  # things
_KEPT = 8  # versions: changes that are tried out go back to where they began
MOST = 5_000
"""Findings, after which judging stops: nobody mends more before running it again."""


class Comparison(NamedTuple):
    """What is wrong before and after a change, with the things that were judged."""

    before: list[Found]
    after: list[Found]
    judged: set[Node]
    stopped: bool = False
    """Whether more would have been found after the change."""

    @property
    def introduced(self) -> list[Found]:
        """What is wrong only after the change."""
        known = {found.key for found in self.before}
        return [found for found in self.after if found.key not in known]

    @property
    def still(self) -> list[Found]:
        """What is wrong before and after."""
        known = {found.key for found in self.before}
        return [found for found in self.after if found.key in known]

    @property
    def fixed(self) -> list[Found]:
        """What is wrong only before the change, as far as that was looked at."""
        if self.stopped:
            return []
        known = {found.key for found in self.after}
        return [found for found in self.before if found.key not in known]


class Surroundings:
    """A graph without the files of an entry; versions of the entry are compared within it.

    :param files: those of the entry, some of which may be of the graph
    :raises InputError: a file of the graph cannot be read, or a shape is broken
    """

    def __init__(self, graph: sources.Graph, files: Iterable[str], notify: Notify) -> None:
        self.graph, self.notify = graph, notify
        of_shapes = sources.shape_files(graph)
        folder = os.path.join(graph.root, "ontology", "shapes")
        whose = sources.shown(of_shapes[0] if len(of_shapes) == 1 else folder)
        self.shapes = Shapes(statements(of_shapes, notify), whose)
        own = [path for path in files if os.path.exists(path)]
        paths = sources.sources(graph)
        self.replaced = [p for p in paths if any(os.path.samefile(p, file) for file in own)]
        self.around = [path for path in paths if path not in self.replaced]
        self.nodes: dict[Any, Node] = {}
        self.index = Index()
        self.data = Answering(store=self.index, bind_namespaces="none")
        self.said = Index()
        self.asserted = Answering(store=self.said, bind_namespaces="none")
        triples = [triple for path in self.around for triple in self._read(path)]
        for triple in triples:
            statement = self._statement(triple)
            self.index.add(statement)
            self.said.add(statement)
        self.entailment = Entailment(triples, notify)
        for triple in self.entailment.inferred:
            self.index.add(self._statement(triple))
        self.state = _State(frozenset(), set(), set(), [], anew=False)
        self.recent: deque[_State] = deque(maxlen=_KEPT)

    def former(self, base: str | None, said: Collection[Statement]) -> set[Statement]:
        """Read what the replaced files held in a commit.

        Blank nodes have the names that they have in what is `said` now, if they are still there.

        :raises UsageError: there is no such commit
        """
        found: list[Statement] = []
        for path, content in former(self.replaced, base, self.notify).items():
            try:
                triples = list(sources.parsed(content, path, path))
            except InputError as error:
                self.notify(f"as it was in {base or 'HEAD'} it is not taken into account: {error}")
                continue
            found += map(self._statement, triples)
        return aligned(found, said)

    def compare(
        self,
        before: Set[Statement],
        after: Set[Statement],
        also: Set[Node] = frozenset(),
        advance: Advance = lambda _done, _all: None,
    ) -> Comparison:
        """Tell what is wrong with one version of an entry, and with another in its place.

        Only what the change makes a difference to is judged, and the things in `also`. The
        second version is then the one that stands in the graph.

        :raises InputError: a shape is broken, or an axiom cannot be read
        """
        one, other = self._state(before), self._state(after)
        added, removed = other.beyond(one), one.beyond(other)
        self._enter(one)
        aims = self.shapes.aims(self.data)
        new = {node for node in also if not aims.shapes_at(node)}
        self._enter(other)
        judged, left = self._of_new(new, _third(advance, 0))
        wrong: list[Found] = []
        standing: list[Found] = []
        if len(left) < MOST:
            self._change(removed, set())
            touched = self._touched([*added, *removed], new)
            self._change(set(), removed)
            self._enter(one)
            work = self._aimed(touched, new)
            judged |= _nodes(work)
            wrong += by_batches(self.shapes, work, self.data, _third(advance, 1))
            self._enter(other)
            work, more = self._aimed(touched, new), self._untouched(touched, also - new)
            judged |= _nodes(work) | _nodes(more)
            found = by_batches(self.shapes, work, self.data, _third(advance, 2))
            left += islice(found, MOST - len(left))
        enough = len(left) == MOST
        if not enough:
            standing += by_batches(self.shapes, more, self.data, advance)
        known = {contradiction.key(clash) for clash in one.clashes}
        clashes = [clash for clash in other.clashes if contradiction.key(clash) in known]
        fresh = [clash for clash in other.clashes if contradiction.key(clash) not in known]
        return Comparison(
            [*(contradiction.found(clash) for clash in one.clashes), *wrong, *standing],
            [*map(contradiction.found, clashes), *self._explained(fresh[:MOST]), *left, *standing],
            judged,
            enough or len(fresh) > MOST,
        )

    def stand(self, said: Set[Statement]) -> None:
        """Let a version of the entry stand in the graph."""
        self._enter(self._state(said))

    def report(self, comparison: Comparison) -> Report:
        """Make a report of what a change introduces, leaves and mends."""
        introduced = _once(comparison.introduced)

        def ordered(found: list[Found]) -> list[Finding]:
            return sorted((one.finding for one in found), key=lambda f: order(f, self.data))

        return Report(
            ordered(introduced),
            len(comparison.judged),
            cache(lambda: self.shapes.report(introduced)),
            self.data,
            before=tuple(ordered(_once(comparison.still))),
            fixed=tuple(ordered(_once(comparison.fixed))),
        )

    def _read(self, path: str) -> Iterator[ox.Triple]:
        return sources.triples(path, sources.graph_name(self.graph, path))

    def _statement(self, triple: ox.Triple) -> Statement:
        nodes = self.nodes
        found = []
        for term in triple:
            node = nodes.get(term)
            if node is None:
                node = nodes[term] = node_of(term)
            found.append(node)
        return found[0], found[1], found[2]

    def _state(self, said: Set[Statement]) -> _State:
        """See what stands in the graph besides, and what no more, with these statements."""
        for state in self.recent:
            if state.said == said:
                return state
        self.recent.appendleft(self._new_state(frozenset(said)))
        return self.recent[0]

    def _new_state(self, said: Set[Statement]) -> _State:
        triples = list(triples_of(said))
        entailed = self.entailment.of(triples)
        wanted = said | {self._statement(triple) for triple in entailed.more}
        extra = {statement for statement in wanted if not self._is_around(statement)}
        missing: set[Statement] = set()
        if entailed.less:
            missing = {self._statement(triple) for triple in entailed.less}
            missing = {m for m in missing - wanted if m not in self.said}
        clashes = [*entailed.clashes, *contradiction.misfits(triples)]
        return _State(said, extra, missing, clashes, entailed.anew)

    def _is_around(self, statement: Statement) -> bool:
        """Tell whether a statement stands in the graph without the entry."""
        if statement in self.state.missing:
            return True
        return statement in self.index and statement not in self.state.extra

    def _enter(self, state: _State) -> None:
        self._change(state.beyond(self.state), self.state.beyond(state))
        self.state = state

    def _change(self, added: Iterable[Statement], removed: Iterable[Statement]) -> None:
        for statement in removed:
            self.index.remove(statement)
        for statement in added:
            self.index.add(statement)

    @cached_property
    def reach(self) -> Reach:
        """What a statement matters to, for constraints and for the targets of shapes."""
        looked_at = self.shapes.looked_at
        triggers: list[tuple[object, Any]] = []
        for constraint in self.shapes.constraints:
            asked = constraint.parameters()
            some = looked_at.constraint(constraint.shapes[0].node, asked, constraint.part)
            triggers.append((constraint, some if asked else None))
        for shape in self.shapes.aiming:
            itself = bool(shape.implicit_class_targets())
            triggers.append((shape, looked_at.targets(shape.node, itself)))
        return Reach(triggers)

    def _of_new(self, new: Set[Node], advance: Advance) -> tuple[set[Node], list[Found]]:
        """Judge things that no shape was about before, some at a time, until there are MOST."""
        aims, wide = self.shapes.aims(self.data), self.shapes.wide
        judged: set[Node] = set()
        found: list[Found] = []
        ordered = sorted(new, key=str)
        for at in range(0, len(ordered), _AT_ONCE):
            some = set(ordered[at : at + _AT_ONCE])
            work = [(c, aims.among(c, some)) for c in self.shapes.constraints if c not in wide]
            judged |= _nodes(work)
            found += islice(by_batches(self.shapes, work, self.data), MOST - len(found))
            advance(at + len(some), len(ordered))
            if len(found) == MOST:
                break
        return judged, found

    def _touched(self, changed: Collection[Statement], new: set[Node]) -> Touched:
        """Find for which constraint which nodes may be judged otherwise by a change.

        Of what is new, which was judged already, only what is found by way of other things.
        """
        wide = self.shapes.wide
        touched: Touched = dict.fromkeys(wide) if new else {}
        for of, nodes in self.reach.of(changed, self.index, new).items():
            for constraint in [of] if isinstance(of, Constraint) else self.shapes.of_shape(of):
                known = touched.setdefault(constraint, set())
                both = None if known is None or nodes is None else known | nodes
                touched[constraint] = both
        if not wide.isdisjoint(touched):
            touched |= dict.fromkeys(wide)
        return touched

    def _aimed(self, touched: Touched, new: Set[Node]) -> list[tuple[Constraint, set[Node]]]:
        """Take the nodes that a constraint is about as the graph now stands, not judged yet."""
        aims, wide = self.shapes.aims(self.data), self.shapes.wide
        return [
            (c, aims.among(c, nodes) - (frozenset() if c in wide else new))
            for c, nodes in touched.items()
        ]

    def _untouched(self, touched: Touched, nodes: Set[Node]) -> list[tuple[Constraint, set[Node]]]:
        aims = self.shapes.aims(self.data)
        work = []
        for constraint in self.shapes.constraints if nodes else ():
            done = touched.get(constraint, set[Any]())
            if done is not None:
                work.append((constraint, aims.among(constraint, nodes - done)))
        return work

    def _explained(self, clashes: list[Clash]) -> list[Found]:
        """Tell what contradictions rest on, and where the statements are."""
        if not clashes:
            return []
        from migkg.contents import explained
        from migkg.graph import ALL, ASSERTED
        from migkg.terms import quad

        said = set(triples_of(self.state.said))
        stated = [quad(t, g) for t in said for g in (ASSERTED, ALL)]
        inferred = [quad(t, ALL) for t in self.entailment.of_all.of(list(said)).more]
        store = self.store
        added = [one for one in (*stated, *inferred) if one not in store]
        store.extend(added)
        located = explained(store, self.graph, self.around, clashes)
        for one in added:
            store.remove(one)
        found = []
        for clash, told in zip(clashes, located, strict=True):
            pairs = zip(told.statements, told.files, strict=True)
            files = tuple("the entry" if triple in said else file for triple, file in pairs)
            found.append(contradiction.found(clash, told._replace(files=files), said))
        return found

    @cached_property
    def store(self) -> ox.Store:
        """The graph without the entry, as `migkg.contents` has it, to look for what was said."""
        import pyoxigraph as ox

        from migkg.graph import ALL, ASSERTED
        from migkg.terms import quad

        store = ox.Store()
        for path in self.around:
            name = ox.NamedNode(sources.graph_name(self.graph, path))
            triples = list(self._read(path))
            store.bulk_extend(quad(t, g) for t in triples for g in (name, ASSERTED, ALL))
        store.bulk_extend(quad(t, ALL) for t in self.entailment.of_all.inferred)
        return store


def _once(found: list[Found]) -> list[Found]:
    """Leave out a contradiction that rests on a statement which a shape finds wrong anyway."""
    by_shapes = {_statement_of(one) for one in found if one.finding.component}
    return [one for one in found if one.finding.component or _statement_of(one) not in by_shapes]


def _statement_of(one: Found) -> tuple[Node | None, ...]:
    return one.finding.focus, one.finding.path, one.finding.value


class _State(NamedTuple):
    """What an entry says, what that makes of the graph around it, and what contradicts itself.

    Besides the graph, what is `extra` stands in it; what is `missing` no more.
    """

    said: Set[Statement]
    extra: set[Statement]
    missing: set[Statement]
    clashes: list[Clash]
    anew: bool
    """Whether all that follows had to be inferred anew."""

    def beyond(self, other: _State) -> set[Statement]:
        """Tell what stands in the graph in this state, but not in another."""
        return (self.extra - other.extra) | (other.missing - self.missing)


def _third(advance: Advance, begun: int) -> Advance:
    """Tell how far one of three parts is, as if they were alike."""
    return lambda done, of: advance(begun * of + done, 3 * of)


def _nodes(work: Iterable[tuple[Constraint, set[Node]]]) -> set[Node]:
    return {node for _, nodes in work for node in nodes}
