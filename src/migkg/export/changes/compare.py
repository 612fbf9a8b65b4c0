"""Two releases compared, statement by statement, each with the thing that it is about.

What is said of a blank node is said of the thing that has it. A blank node is the same if the same
is said of it; one that nothing refers to (an axiom on several classes) belongs to the ontology.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg.export.site import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from migkg.terms import Term

    Node = ox.NamedNode | ox.BlankNode | ox.Triple
    About = Mapping[Node, list[ox.Triple]]
    Told = dict[str, list[list[ox.Triple]]]
    """Statements, each with those about its blank nodes, by what it comes to without them."""


class Change(NamedTuple):
    """What is said of a thing no more, and what is said of it now.

    Each statement stands with those that are about its blank nodes.
    """

    thing: ox.NamedNode
    removed: list[list[ox.Triple]]
    added: list[list[ox.Triple]]


class Changes(NamedTuple):
    """The things of two releases that are not the same, in the order of their IRIs."""

    added: list[Change]
    removed: list[Change]
    changed: list[Change]


def compare(former: Iterable[ox.Triple], now: Iterable[ox.Triple]) -> Changes:
    """Tell which things came, went, or have other statements."""
    before, after = _by_thing(former), _by_thing(now)
    found = Changes([], [], [])
    for thing in sorted(before.keys() | after.keys(), key=str):
        old, new = before.get(thing, {}), after.get(thing, {})
        gone = [statements for key in sorted(old) for statements in old[key][_have(new, key) :]]
        come = [statements for key in sorted(new) for statements in new[key][_have(old, key) :]]
        if gone or come:
            kind = found.added if not old else found.removed if not new else found.changed
            kind.append(Change(thing, gone, come))
    return found


def _have(other: Told, key: str) -> int:
    return len(other.get(key, ()))


def _by_thing(statements: Iterable[ox.Triple]) -> dict[ox.NamedNode, Told]:
    """Collect what is said of each thing, by what each statement comes to without blank nodes."""
    about: defaultdict[Node, list[ox.Triple]] = defaultdict(list)
    referred: Counter[Term] = Counter()
    for triple in dict.fromkeys(statements):
        about[triple.subject].append(triple)
        if isinstance(triple.object, ox.BlankNode):
            referred[triple.object] += 1
    found: defaultdict[ox.NamedNode, Told] = defaultdict(dict)
    for subject, told in about.items():
        if isinstance(subject, ox.NamedNode):
            for triple in told:
                content = f"{triple.predicate} {_content(triple.object, about)}"
                whole = [triple, *_below(triple.object, about)]
                found[subject].setdefault(content, []).append(whole)
        elif not referred[subject]:
            content = _content(subject, about)
            found[ONTOLOGY].setdefault(content, []).append(_below(subject, about))
    return found


def _content(node: Term, about: About) -> str:
    """Write down a term; of a blank node, what is said of it, of a circle how far it goes back."""
    if not isinstance(node, ox.BlankNode):
        return str(node)
    above: dict[Term, int] = {node: 0}
    said: list[list[str]] = [[]]
    unread = [iter(about.get(node, ()))]
    while True:
        triple = next(unread[-1], None)
        if triple is None:
            content = f"[{' ; '.join(sorted(said.pop()))}]"
            unread.pop()
            above.popitem()
            if not said:
                return content
            said[-1][-1] += content
        elif triple.object in above:
            said[-1].append(f"{triple.predicate} ^{len(above) - above[triple.object]}")
        elif isinstance(triple.object, ox.BlankNode):
            said[-1].append(f"{triple.predicate} ")
            above[triple.object] = len(above)
            said.append([])
            unread.append(iter(about.get(triple.object, ())))
        else:
            said[-1].append(f"{triple.predicate} {triple.object}")


def _below(node: Term, about: About) -> list[ox.Triple]:
    """List what is said of a blank node and of those below it."""
    found: list[ox.Triple] = []
    seen: set[Term] = set()
    waiting = [node]
    while waiting:
        term = waiting.pop()
        if isinstance(term, ox.BlankNode) and term not in seen:
            seen.add(term)
            told = sorted(about.get(term, []), key=str)
            found += told
            waiting += [triple.object for triple in reversed(told)]
    return found
