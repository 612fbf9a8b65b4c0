"""The dumps of an export: what each is called, and what is in it."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg import graph
from migkg.export.naming import paths
from migkg.export.selection import DATA_SET
from migkg.graph import ALL
from migkg.lookup import label
from migkg.namespaces import HOME, LANGUAGES, RDF
from migkg.syntax import N_TRIPLES, OF_DATASETS, OF_GRAPHS

if TYPE_CHECKING:
    from migkg.export.site import Site
    from migkg.graph import Graph
    from migkg.syntax import Syntax

FOLDER = "dumps"
_TAG = re.compile(r'"@([A-Za-z]+)[A-Za-z0-9-]* \.$')
DATASETS = HOME + "dataset/"
"""Where the IRIs of what the dumps have begin."""


class Dump(NamedTuple):
    """Files that say the same in several syntaxes; texts by language.

    They lie in FOLDER, called `name` with the ending of a syntax of `migkg.syntax`: of
    graphs with names if it is WHOLE, else of one graph. What would be empty is not written; beside
    the large ones they lie compressed, with .gz behind their name.
    """

    name: str
    title: dict[str, str]
    description: dict[str, str]
    thing: ox.NamedNode | None = None
    """The qb:DataSet that it has, if it has one."""


class DumpFile(NamedTuple):
    """A file of a dump: its path from the folder of an export, with / in it."""

    path: str
    syntax: Syntax
    compressed: bool

    @property
    def ending(self) -> str:
        """How its name ends, behind that of the dump."""
        return f"{self.syntax.ending}.gz" if self.compressed else self.syntax.ending


def _texts(english: str, french: str, spanish: str) -> dict[str, str]:
    return dict(zip(LANGUAGES, (english, french, spanish), strict=True))


ONTOLOGY = Dump(
    "ontology",
    _texts("Ontology", "Ontologie", "Ontología"),
    _texts(
        "Classes and properties, with labels and definitions.",
        "Classes et propriétés, avec libellés et définitions.",
        "Clases y propiedades, con etiquetas y definiciones.",
    ),
)
ALIGNMENTS = Dump(
    "alignments",
    _texts("Alignments", "Alignements", "Correspondencias"),
    _texts(
        "What corresponds to terms, concepts and things in other vocabularies.",
        "Ce qui correspond aux termes, concepts et ressources dans d'autres vocabulaires.",
        "Lo que corresponde a los términos, conceptos y recursos en otros vocabularios.",
    ),
)
CODES = Dump(
    "codes",
    _texts("Code lists", "Listes de codes", "Listas de códigos"),
    _texts(
        "Concept schemes with their concepts, labels and definitions.",
        "Schémas de concepts, avec leurs concepts, libellés et définitions.",
        "Esquemas de conceptos, con sus conceptos, etiquetas y definiciones.",
    ),
)
SHAPES = Dump(
    "shapes",
    _texts("Shapes", "Formes", "Formas"),
    _texts(
        "SHACL shapes by which the data is validated.",
        "Formes SHACL par lesquelles les données sont validées.",
        "Formas SHACL con las que se validan los datos.",
    ),
)
DATA = Dump(
    "data",
    _texts("Data", "Données", "Datos"),
    _texts(
        "Actors, instruments, projects, places, events, figures and claims, with the passages of "
        "documents that are evidence of them.",
        "Acteurs, instruments, projets, lieux, événements, chiffres et affirmations, avec les "
        "passages de documents qui les attestent.",
        "Actores, instrumentos, proyectos, lugares, acontecimientos, cifras y afirmaciones, con "
        "los pasajes de documentos que dan fe de ellos.",
    ),
)
ASSERTED = Dump(
    "asserted",
    _texts("All that is asserted", "Tout ce qui est affirmé", "Todo lo que se afirma"),
    _texts(
        "Ontology, alignments, code lists and data in one graph.",
        "Ontologie, alignements, listes de codes et données en un seul graphe.",
        "Ontología, correspondencias, listas de códigos y datos en un solo grafo.",
    ),
)
INFERRED = Dump(
    "inferred",
    _texts("All that is inferred", "Tout ce qui est déduit", "Todo lo que se deduce"),
    _texts(
        "What follows by OWL 2 RL from what is asserted, and is not asserted; of blank nodes, "
        "which another file cannot name, it is in the dump of all graphs alone.",
        "Ce qui découle, selon OWL 2 RL, de ce qui est affirmé, sans être affirmé ; pour les nœuds "
        "anonymes, qu'un autre fichier ne peut nommer, seul le fichier de tous les graphes le dit.",
        "Lo que se deduce, según OWL 2 RL, de lo que se afirma, sin estar afirmado; de los nodos "
        "anónimos, que otro archivo no puede nombrar, solo lo dice el archivo de todos los grafos.",
    ),
)
WHOLE = Dump(
    "migkg",
    _texts("All graphs", "Tous les graphes", "Todos los grafos"),
    _texts(
        "All that is asserted, each source file as a graph with a name, the shapes, and all that "
        "is inferred.",
        "Tout ce qui est affirmé, chaque fichier source étant un graphe nommé, les formes et tout "
        "ce qui est déduit.",
        "Todo lo que se afirma, cada archivo fuente como un grafo con nombre, las formas y todo "
        "lo que se deduce.",
    ),
)

SELECTION = Dump(
    "selection",
    _texts(
        "All graphs of a selection",
        "Tous les graphes d'une sélection",
        "Todos los grafos de una selección",
    ),
    _texts(
        "What was chosen of the graph: what each source file and what inference says of it.",
        "Ce qui a été choisi du graphe : ce qu'en disent chaque fichier source et la déduction.",
        "Lo que se eligió del grafo: lo que dicen de ello cada archivo fuente y la inferencia.",
    ),
)
_DATA_SET = _texts(
    "The data set, its structure and its observations with their evidence, and the names of what "
    "they are about.",
    "Le jeu de données, sa structure et ses observations avec ce qui les atteste, et les noms de "
    "ce dont elles traitent.",
    "El conjunto de datos, su estructura y sus observaciones con lo que da fe de ellas, y los "
    "nombres de aquello de lo que tratan.",
)


def from_files(of: Graph) -> list[tuple[Dump, list[str]]]:
    """Give the dumps that have what files say, with these files."""
    folder = os.path.join(of.root, "ontology")
    alignments, codes = (os.path.join(folder, name, "") for name in ("alignments", "codes"))
    found = graph.ontology_files(of)
    own = [path for path in found if not path.startswith((alignments, codes))]
    return [
        (ONTOLOGY, own),
        (ALIGNMENTS, [path for path in found if path.startswith(alignments)]),
        (CODES, [path for path in found if path.startswith(codes)]),
        (DATA, graph.data_files(of)),
        (SHAPES, graph.shape_files(of)),
    ]


def of_data_sets(store: ox.Store) -> list[Dump]:
    """Give a dump for each qb:DataSet that has an IRI of mkd:, in the order of these."""
    quads = store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(DATA_SET), ALL)
    things = {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    names = paths(thing.value for thing in things)
    return [
        Dump(
            f"datasets/{name.partition('/')[2]}",
            {language: label(store, thing, language) for language in LANGUAGES},
            _DATA_SET,
            thing,
        )
        for thing in sorted(things, key=str)
        if (name := names.get(thing.value, "")).startswith("id/")
    ]


def dumps(site: Site) -> list[Dump]:
    """List the dumps of one graph each; those of which nothing is said have no files."""
    return [
        *(dump for dump, _ in from_files(site.graph)),
        ASSERTED,
        INFERRED,
        *of_data_sets(site.store),
    ]


def whole(site: Site) -> Dump:
    """Give the dump of all graphs."""
    return SELECTION if site.only else WHOLE


def iri(site: Site, dump: Dump) -> str:
    """Name what a dump has: the same in each release, and other for each selection."""
    name = f"{DATASETS}{dump.name.removeprefix('datasets/')}"
    if not site.only:
        return name
    chosen = ",".join(sorted(re.split(r"[#/]", thing.value)[-1] for thing in site.only))
    return f"{name}?only={chosen}"


def files(folder: str, dump: Dump) -> list[DumpFile]:
    """List the files of a dump that lie in an export, in the order of the syntaxes."""
    possible = (
        DumpFile(f"{FOLDER}/{dump.name}.{syntax.ending}{packed}", syntax, bool(packed))
        for syntax in (*OF_GRAPHS, *OF_DATASETS)
        for packed in ("", ".gz")
    )
    return [file for file in possible if os.path.isfile(os.path.join(folder, file.path))]


def languages(folder: str, dump: Dump) -> list[str]:
    """List those of our languages in which there is a text in a dump of an export.

    The statements of a dump of all graphs are in the others.
    """
    path = lines_of(folder, dump)
    if not os.path.exists(path):
        found = {tag for part in (ASSERTED, SHAPES, INFERRED) for tag in _tags(folder, part)}
    else:
        found = _tags(folder, dump)
    return [language for language in LANGUAGES if language in found]


def _tags(folder: str, dump: Dump) -> set[str]:
    path = lines_of(folder, dump)
    if not os.path.exists(path):
        return set()
    with open(path, encoding="utf-8") as file:
        return {found[1] for line in file if (found := _TAG.search(line))}


def lines_of(folder: str, dump: Dump) -> str:
    """Give the path that the sorted N-Triples of a dump have in an export, if they are there."""
    return os.path.join(folder, FOLDER, f"{dump.name}.{N_TRIPLES.ending}")
