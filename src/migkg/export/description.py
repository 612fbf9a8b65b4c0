"""What is told of an export to catalogues and search engines: the one source of all of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from migkg.errors import InputError
from migkg.export import authorities, coverage, wording
from migkg.export.distributions import Distribution, distributions
from migkg.export.naming import paths
from migkg.export.site import HOME, ONTOLOGY
from migkg.namespaces import expand

if TYPE_CHECKING:
    import pyoxigraph as ox

    from migkg.export.coverage import Period, Place, Texts
    from migkg.export.site import Site

DATASETS = HOME + "dataset/"
"""Where the IRIs of data sets begin: the same in each release, at whatever address."""


class Agent(NamedTuple):
    """An organization, and its type in the table of ADMS where the graph tells its kind."""

    iri: str
    names: Texts
    kind: str | None


class Dataset(NamedTuple):
    """One thing that is worth harvesting alone."""

    name: str
    about: str
    """The IRI of what it holds, in the graph where that is there."""
    titles: Texts
    descriptions: Texts
    keywords: dict[str, list[str]]
    places: list[Place]
    period: Period | None
    languages: list[str]
    kind: str | None
    standards: list[str]
    provenance: str
    sources: list[str]
    creators: list[Agent]
    page: str
    distributions: list[Distribution]

    @property
    def iri(self) -> str:
        """Its IRI, which stays the same in each release."""
        return DATASETS + self.name


class Description(NamedTuple):
    """An export as a whole."""

    site: Site
    titles: Texts
    descriptions: Texts
    publisher: Agent
    licence: str
    earlier: list[str]
    """The numbers of the releases before this one that are known, the last one first."""
    datasets: list[Dataset]


def describe(site: Site, folder: str) -> Description:
    """Describe an export: what the graph tells of itself, and the dumps that lie in a folder.

    :raises InputError: the header of the ontology lacks what a catalogue needs, or two data sets
        would have one name
    """
    publisher = _needed(site.store, "dct:publisher")[0]
    titles = coverage.texts(site.store, ONTOLOGY, "dct:title")
    if not titles:
        raise _lacks("dct:title")
    whole = wording.descriptions("migkg")
    found = [_graph(site, folder, name, titles) for name in wording.GRAPHS]
    found += [_cube(site, folder, cube) for cube in coverage.cubes(site.store)]
    if both := {
        dataset.name for dataset in found if sum(d.name == dataset.name for d in found) > 1
    }:
        raise InputError(
            f"data: a qb:DataSet is called {min(both)}, as a dump of the whole is: rename it"
        )
    return Description(
        site=site,
        titles=titles,
        descriptions=whole,
        publisher=_agent(site.store, publisher),
        licence=_needed(site.store, "dct:license")[0].value,
        earlier=_earlier(site),
        datasets=[dataset for dataset in found if dataset.distributions],
    )


def _earlier(site: Site) -> list[str]:
    """List the releases before this one: that which it is compared with, those of the header."""
    told = coverage.values(site.store, ONTOLOGY, "owl:priorVersion")
    known = [iri.value.rstrip("/").rpartition("/")[2] for iri in told]
    since = [site.since.version.number] if site.since else []
    return [number for number in dict.fromkeys([*since, *known]) if number != site.version.number]


def _graph(site: Site, folder: str, name: str, titles: Texts) -> Dataset:
    """Describe a dump that is a part of the graph, or all of it."""
    kind, standards = wording.GRAPHS[name]
    speaks_of_places = name in ("migkg", "data", "inferred")
    return Dataset(
        name=name,
        about=ONTOLOGY.value if name == "ontology" else DATASETS + name,
        titles=wording.titles(name, titles),
        descriptions=wording.descriptions(name),
        keywords=coverage.schemes(site.store) if name == "codes" else coverage.subjects(site.store),
        places=coverage.countries(site.store) if speaks_of_places else [],
        period=coverage.period(site.store) if speaks_of_places else None,
        languages=list(authorities.LANGUAGES),
        kind=kind,
        standards=standards,
        provenance=wording.PROVENANCE[name],
        sources=[],
        creators=[_agent(site.store, iri) for iri in _needed(site.store, "dct:creator")],
        page=site.base + ("ontology/index.html" if name == "ontology" else ""),
        distributions=distributions(site, folder, f"dumps/{name}"),
    )


def _cube(site: Site, folder: str, cube: ox.NamedNode) -> Dataset:
    """Describe a data set of observations."""
    path = paths([cube.value])[cube.value]
    name = path.partition("/")[2]
    store = site.store
    titles = coverage.texts(store, cube, "rdfs:label") or {"en": name}
    sources = coverage.values(store, cube, "dct:source")
    return Dataset(
        name=name,
        about=cube.value,
        titles=titles,
        descriptions=wording.of_observations(
            coverage.observations(store, cube),
            coverage.concepts(store, cube, "mk:indicator"),
            {
                language: coverage.named(store, sources, language)
                for language in authorities.LANGUAGES
            },
        ),
        keywords=coverage.keywords(store, cube),
        places=coverage.places(store, cube),
        period=coverage.period(store, cube),
        languages=[language for language in authorities.LANGUAGES if language in titles],
        kind=authorities.STATISTICS,
        standards=[authorities.DATA_CUBE],
        provenance=wording.provenance(coverage.named(store, sources, "en")),
        sources=[source.value for source in sources],
        creators=[_agent(store, iri) for iri in coverage.values(store, cube, "dct:creator")],
        page=f"{site.base}{path}.html",
        distributions=distributions(site, folder, f"dumps/datasets/{name}"),
    )


def _agent(store: ox.Store, node: ox.NamedNode) -> Agent:
    kinds = coverage.values(store, node, "mk:organizationKind")
    types = [authorities.AGENT_KINDS.get(kind.value.rpartition("/")[2]) for kind in kinds]
    return Agent(
        iri=node.value,
        names=coverage.texts(store, node, "rdfs:label") or {"en": node.value},
        kind=next((authorities.AGENT_KIND + kind for kind in types if kind), None),
    )


def _needed(store: ox.Store, curie: str) -> list[ox.NamedNode]:
    found = coverage.values(store, ONTOLOGY, curie)
    if not found:
        raise _lacks(curie)
    return found


def _lacks(curie: str) -> InputError:
    return InputError(
        f"ontology: the header of {ONTOLOGY.value} has no {curie} ({expand(curie)}): "
        "a catalogue needs one"
    )
