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


Told = dict[str, list[list[ox.Triple]]]


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
                content = f"{triple.predicate} {_content(triple.object, about, ())}"
                whole = [triple, *_below(triple.object, about, set())]
                found[subject].setdefault(content, []).append(whole)
        elif not referred[subject]:
            content = _content(subject, about, ())
            found[ONTOLOGY].setdefault(content, []).append(_below(subject, about, set()))
    return found


def _content(node: Term, about: About, above: tuple[Term, ...]) -> str:
    """Write down a term; of a blank node, what is said of it."""
    if not isinstance(node, ox.BlankNode):
        return str(node)
    if node in above:
        return f"^{len(above) - above.index(node)}"
    told = about.get(node, [])
    said = (f"{t.predicate} {_content(t.object, about, (*above, node))}" for t in told)
    return f"[{' ; '.join(sorted(said))}]"


def _below(node: Term, about: About, seen: set[Term]) -> list[ox.Triple]:
    """List what is said of a blank node and of those below it."""
    if not isinstance(node, ox.BlankNode) or node in seen:
        return []
    seen.add(node)
    told = sorted(about.get(node, []), key=str)
    return told + [one for triple in told for one in _below(triple.object, about, seen)]
