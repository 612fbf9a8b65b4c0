"""What every part of an export needs to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg.errors import InputError
from migkg.graph import ASSERTED
from migkg.namespaces import HOME, OWL, PREFIXES

if TYPE_CHECKING:
    from migkg.graph import Graph

ONTOLOGY = ox.NamedNode(HOME + "ontology")


class Version(NamedTuple):
    """A release, as the header of the ontology tells it; moments as xsd:dateTime."""

    number: str
    iri: str
    issued: str
    modified: str


class Earlier(NamedTuple):
    """What an earlier release says, its literals as they were written."""

    version: Version
    statements: list[ox.Triple]
    store: ox.Store
    """The same, to be asked for names: without what followed from it."""
    before: tuple[str, ...] = ()
    """The numbers of the releases that it follows, as far as it tells, the last one first."""


class Site(NamedTuple):
    """The graph that is exported and the address that it will have.

    The store answers questions; where a literal is written out, it is as `graph` has it, as a
    store writes "01" as "1".
    """

    graph: Graph
    store: ox.Store
    version: Version
    base: str = HOME
    """The address of the folder, with a slash at its end."""
    endpoint: str | None = None
    """The address of a SPARQL endpoint that has the graph."""
    only: tuple[ox.NamedNode, ...] = ()
    """Classes, concept schemes, countries and data sets; if there are some, of the graph just
    what `migkg.export.selection.select` finds for them is exported: as dumps and in catalogues, not
    as pages, which show a thing among all others."""
    since: Earlier | None = None
    """The release that this one follows."""
    profile: str = "dcat-ap"
    """Whose needs the catalogue meets: one of `profile.PROFILES`."""


def version(store: ox.Store) -> Version:
    """Read the release from the header of the ontology.

    :raises InputError: the header has not exactly one of each
    """
    return Version(
        number=_told(store, OWL + "versionInfo"),
        iri=_told(store, OWL + "versionIRI"),
        issued=_told(store, PREFIXES["dct"] + "issued"),
        modified=_told(store, PREFIXES["dct"] + "modified"),
    )


def prior(store: ox.Store) -> list[str]:
    """List the numbers of the releases that the header of the ontology says came before."""
    quads = store.quads_for_pattern(ONTOLOGY, ox.NamedNode(OWL + "priorVersion"), None, ASSERTED)
    iris = sorted(quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode))
    return [iri.rstrip("/").rpartition("/")[2] for iri in iris]


def _told(store: ox.Store, prop: str) -> str:
    quads = store.quads_for_pattern(ONTOLOGY, ox.NamedNode(prop), None, ASSERTED)
    values = [quad.object.value for quad in quads if not isinstance(quad.object, ox.Triple)]
    if len(values) != 1:
        raise InputError(
            f"ontology: the header of {ONTOLOGY.value} has {len(values) or 'no'} values of "
            f"{prop}: a release needs one"
        )
    return values[0]
