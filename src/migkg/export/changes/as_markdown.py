"""Changes as people read them, in CommonMark: by kind, label and property."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg.export.changes.names import Names
from migkg.graph import ALL
from migkg.namespaces import OWL, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from migkg.export.changes.compare import Change, Changes
    from migkg.export.site import Earlier, Version

_DEPRECATED = ox.NamedNode(OWL + "deprecated")
_REPLACED = ox.NamedNode(PREFIXES["dct"] + "isReplacedBy")


class _Named(NamedTuple):
    """A change, with what people call the thing and its kind."""

    kind: str
    thing: str
    change: Change


def write(changes: Changes, former: Earlier, now: Version, store: ox.Store) -> Iterator[str]:
    """Give the page piece by piece; `store` has what is said now, to be asked for names."""
    names, former_names = Names(store), Names(former.store)
    yield f"# Changes from {former.version.number} to {now.number}\n\n"
    counted = zip(changes, ("added", "removed", "changed"), strict=True)
    yield f"Things: {', '.join(f'{len(some):,} {word}' for some, word in counted)}.\n"
    yield from _deprecated([*changes.added, *changes.changed], store, names)
    yield from _listed("Added", _named(changes.added, names))
    yield from _listed("Removed", _named(changes.removed, former_names))
    yield from _told(_named(changes.changed, names), former_names, names)


def _deprecated(changes: Iterable[Change], store: ox.Store, names: Names) -> Iterator[str]:
    """List the terms that were deprecated since, with what is to be used instead."""
    terms = [
        change.thing
        for change in changes
        if any(told[0].predicate == _DEPRECATED for told in change.added)
    ]
    if terms:
        yield "\n## Deprecated\n\n"
    for term in terms:
        instead = store.quads_for_pattern(term, _REPLACED, None, ALL)
        use = " or ".join(sorted(names.value(quad.object, []) for quad in instead))
        yield f"- {names.thing(term)}{use and ': use '}{use}\n"


def _named(changes: Iterable[Change], names: Names) -> list[_Named]:
    """Sort changes by kind and name of their things."""
    named = (_Named(names.kind(one.thing), names.thing(one.thing), one) for one in changes)
    return sorted(named, key=lambda one: (one.kind, one.thing.casefold(), one.thing))


def _listed(title: str, named: list[_Named]) -> Iterator[str]:
    """List things by kind, by their names alone."""
    if named:
        yield f"\n## {title}\n"
    for kind, group in groupby(named, key=lambda one: one.kind):
        yield f"\n### {kind}\n\n"
        yield from (f"- {one.thing}\n" for one in group)


def _told(named: list[_Named], former: Names, now: Names) -> Iterator[str]:
    """Tell, thing by thing, which values each property lost and got."""
    if named:
        yield "\n## Changed\n"
    for kind, group in groupby(named, key=lambda one: one.kind):
        yield f"\n### {kind}\n"
        for one in group:
            yield f"\n#### {one.thing}\n\n"
            gone, come = _values(one.change.removed, former), _values(one.change.added, now)
            for prop in sorted(gone.keys() | come.keys()):
                yield from (f"- {line}\n" for line in _lines(prop, gone[prop], come[prop]))


def _lines(prop: str, gone: list[str], come: list[str]) -> Iterator[str]:
    if len(gone) == len(come) == 1:
        yield f"{prop}: {come[0]} instead of {gone[0]}"
        return
    yield from (f"{prop}: removed {value}" for value in gone)
    yield from (f"{prop}: added {value}" for value in come)


def _values(told: list[list[ox.Triple]], names: Names) -> defaultdict[str, list[str]]:
    """Collect values by the name of their property, and their language."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for statements in told:
        first, *below = statements
        if isinstance(first.subject, ox.BlankNode):
            found["axiom"].append(names.value(first.subject, statements))
            continue
        of = isinstance(first.object, ox.Literal) and first.object.language
        prop = names.name(first.predicate) + (f" ({of})" if of else "")
        found[prop].append(names.value(first.object, below))
    for values in found.values():
        values.sort()
    return found
