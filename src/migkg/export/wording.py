"""What catalogues say of the dumps in English, French and Spanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migkg.export import authorities

if TYPE_CHECKING:
    from migkg.export.coverage import Texts

GRAPHS: dict[str, tuple[str | None, list[str]]] = {
    "migkg": (None, [authorities.OWL, authorities.SKOS, authorities.DATA_CUBE]),
    "ontology": (authorities.ONTOLOGY, [authorities.OWL]),
    "codes": (authorities.CODE_LIST, [authorities.SKOS]),
    "alignments": (None, [authorities.SKOS]),
    "shapes": (None, [authorities.SHACL]),
    "data": (None, [authorities.DATA_CUBE]),
    "inferred": (None, [authorities.OWL]),
}
"""The dumps that are not data sets of observations: their type, and what they conform to."""

_TITLES: dict[str, Texts] = {
    "ontology": {"en": "ontology", "fr": "ontologie", "es": "ontología"},
    "codes": {"en": "code lists", "fr": "listes de codes", "es": "listas de códigos"},
    "alignments": {
        "en": "alignments with other vocabularies",
        "fr": "alignements sur d'autres vocabulaires",
        "es": "alineaciones con otros vocabularios",
    },
    "shapes": {"en": "shapes", "fr": "formes de validation", "es": "formas de validación"},
    "data": {"en": "data", "fr": "données", "es": "datos"},
    "inferred": {
        "en": "inferred statements",
        "fr": "énoncés inférés",
        "es": "enunciados inferidos",
    },
}

_DESCRIPTIONS: dict[str, Texts] = {
    "migkg": {
        "en": "Who acts for labour migrants, refugees and other forcibly displaced persons, under "
        "which instruments, in which projects and countries, by which activities, with which "
        "figures, and which passage of which document says so. The whole graph, with what follows "
        "from it.",
        "fr": "Qui agit pour les travailleurs migrants, les réfugiés et les autres personnes "
        "déplacées de force, selon quels instruments, dans quels projets et pays, par quelles "
        "activités, avec quels chiffres, et quel passage de quel document le dit. Le graphe "
        "entier, avec ce qui en découle.",
        "es": "Quién actúa en favor de los trabajadores migrantes, los refugiados y otras personas "
        "desplazadas por la fuerza, según qué instrumentos, en qué proyectos y países, mediante "
        "qué actividades, con qué cifras, y qué pasaje de qué documento lo dice. El grafo "
        "completo, con lo que se deduce de él.",
    },
    "ontology": {
        "en": "The classes and properties of the graph, in OWL, with labels in English, French and "
        "Spanish.",
        "fr": "Les classes et propriétés du graphe, en OWL, avec des libellés en anglais, en "
        "français et en espagnol.",
        "es": "Las clases y propiedades del grafo, en OWL, con etiquetas en inglés, francés y "
        "español.",
    },
    "codes": {
        "en": "The concepts that the graph classifies by, as SKOS code lists, with labels in "
        "English, French and Spanish.",
        "fr": "Les concepts selon lesquels le graphe classe, sous forme de listes de codes SKOS, "
        "avec des libellés en anglais, en français et en espagnol.",
        "es": "Los conceptos según los cuales clasifica el grafo, como listas de códigos SKOS, con "
        "etiquetas en inglés, francés y español.",
    },
    "alignments": {
        "en": "Which terms, concepts and countries of the graph match those of other vocabularies.",
        "fr": "Quels termes, concepts et pays du graphe correspondent à ceux d'autres "
        "vocabulaires.",
        "es": "Qué términos, conceptos y países del grafo corresponden a los de otros "
        "vocabularios.",
    },
    "shapes": {
        "en": "What data of the graph must look like, as SHACL shapes with messages in English, "
        "French and Spanish.",
        "fr": "Comment les données du graphe doivent se présenter : formes SHACL avec des messages "
        "en anglais, en français et en espagnol.",
        "es": "Cómo deben ser los datos del grafo: formas SHACL con mensajes en inglés, francés y "
        "español.",
    },
    "data": {
        "en": "Organizations, instruments, projects, countries, documents and observations, each "
        "statement with the passage of a document that supports it.",
        "fr": "Organisations, instruments, projets, pays, documents et observations, chaque énoncé "
        "avec le passage d'un document qui l'étaie.",
        "es": "Organizaciones, instrumentos, proyectos, países, documentos y observaciones, cada "
        "enunciado con el pasaje de un documento que lo respalda.",
    },
    "inferred": {
        "en": "What follows from ontology, code lists, alignments and data by the rules of OWL 2 "
        "RL, and is not stated in them.",
        "fr": "Ce qui découle de l'ontologie, des listes de codes, des alignements et des données "
        "selon les règles d'OWL 2 RL, et n'y est pas énoncé.",
        "es": "Lo que se deduce de la ontología, las listas de códigos, las alineaciones y los "
        "datos según las reglas de OWL 2 RL, y no consta en ellos.",
    },
}

_SUPPORTED: Texts = {
    "en": ", each with the passage that supports it",
    "fr": ", chaque fois avec le passage à l'appui",
    "es": ", siempre con el pasaje que lo respalda",
}
_INDICATORS: Texts = {"en": ": {}", "fr": " : {}", "es": ": {}"}
_SOURCE: Texts = {"en": " Source: {}.", "fr": " Source : {}.", "es": " Fuente: {}."}
_COUNTS = {
    "en": ("1 observation", "{} observations"),
    "fr": ("1 observation", "{} observations"),
    "es": ("1 observación", "{} observaciones"),
}
_MOST = 20  # indicators in a description; search engines want at most 5,000 characters

_READ = "Read from the documents that the graph cites; each statement has its passage."
_EDITED = "Made by the editors of the graph."
PROVENANCE = {
    "migkg": _READ,
    "ontology": _EDITED,
    "codes": _EDITED,
    "alignments": _EDITED,
    "shapes": _EDITED,
    "data": _READ,
    "inferred": "Inferred from the other statements of the graph by the rules of OWL 2 RL.",
}


def titles(name: str, of_graph: Texts) -> Texts:
    """Give the title of a dump: that of the graph, and which part of it this is."""
    part = _TITLES.get(name)
    if part is None:
        return of_graph
    return {language: joined(language, of_graph[language], part[language]) for language in of_graph}


def joined(language: str, whole: str, part: str) -> str:
    """Write a title and a part of it, with the colon as the language has it."""
    return f"{whole} : {part}" if language == "fr" else f"{whole}: {part}"


def descriptions(name: str) -> Texts:
    """Say what is in a dump."""
    return _DESCRIPTIONS[name]


def of_observations(
    count: int, indicators: dict[str, list[str]], sources: dict[str, list[str]]
) -> Texts:
    """Say what is in a data set: how many observations, of what, from where."""
    found = {}
    for language, (one, several) in _COUNTS.items():
        text = (one if count == 1 else several.format(count)) + _SUPPORTED[language]
        if names := indicators.get(language):
            listed = ", ".join(names[:_MOST]) + (", …" if len(names) > _MOST else "")
            text += _INDICATORS[language].format(listed)
        text += "."
        if sources[language]:
            text += _SOURCE[language].format("; ".join(sources[language]))
        found[language] = text
    return found


def provenance(sources: list[str]) -> str:
    """Say in English where the figures of a data set come from."""
    return f"As told in: {'; '.join(sources)}." if sources else _READ
