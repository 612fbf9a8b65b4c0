"""What catalogues say of the dumps in English, French and Spanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migkg.export import authorities
from migkg.export.dump import (
    ALIGNMENTS,
    ASSERTED,
    CODES,
    DATA,
    INFERRED,
    ONTOLOGY,
    SELECTION,
    SHAPES,
    WHOLE,
)

if TYPE_CHECKING:
    from migkg.export.coverage import Texts
    from migkg.export.dump import Dump

KINDS = {
    ONTOLOGY.name: (authorities.ONTOLOGY, [authorities.OWL]),
    ALIGNMENTS.name: (authorities.MAPPING, [authorities.SKOS]),
    CODES.name: (authorities.CODE_LIST, [authorities.SKOS]),
    SHAPES.name: (None, [authorities.SHACL]),
    DATA.name: (None, [authorities.DATA_CUBE]),
    ASSERTED.name: (None, [authorities.OWL, authorities.SKOS, authorities.DATA_CUBE]),
    INFERRED.name: (None, [authorities.OWL]),
    SELECTION.name: (None, [authorities.OWL, authorities.SKOS, authorities.DATA_CUBE]),
    WHOLE.name: (None, [authorities.OWL, authorities.SKOS, authorities.DATA_CUBE]),
}
"""Of the dumps that are not of one data set, by name: the type, and what they conform to."""

ABOUT: Texts = {
    "en": "Who acts for labour migrants, refugees and other forcibly displaced persons, under "
    "which instruments, in which projects and countries, by which activities, with which figures, "
    "and which passage of which document says so.",
    "fr": "Qui agit pour les travailleurs migrants, les réfugiés et les autres personnes déplacées "
    "de force, selon quels instruments, dans quels projets et pays, par quelles activités, avec "
    "quels chiffres, et quel passage de quel document le dit.",
    "es": "Quién actúa en favor de los trabajadores migrantes, los refugiados y otras personas "
    "desplazadas por la fuerza, según qué instrumentos, en qué proyectos y países, mediante qué "
    "actividades, con qué cifras, y qué pasaje de qué documento lo dice.",
}
"""What the graph is about."""

_PART: Texts = {
    "en": "Part of the knowledge graph “{}”.",
    "fr": "Partie du graphe de connaissances « {} ».",
    "es": "Parte del grafo de conocimiento «{}».",
}
_SUPPORTED: Texts = {
    "en": ", each with the passage that supports it",
    "fr": ", chaque fois avec le passage à l'appui",
    "es": ", siempre con el pasaje que lo respalda",
}
_INDICATORS: Texts = {"en": ": {}", "fr": " : {}", "es": ": {}"}
_SOURCE: Texts = {"en": " Source: {}.", "fr": " Source : {}.", "es": " Fuente: {}."}
_FILE: Texts = {
    "en": "The data set in {}.",
    "fr": "Le jeu de données en {}.",
    "es": "El conjunto de datos en {}.",
}
_PACKED: Texts = {
    "en": "The data set in {}, compressed with gzip.",
    "fr": "Le jeu de données en {}, compressé avec gzip.",
    "es": "El conjunto de datos en {}, comprimido con gzip.",
}
_COUNTS = {
    "en": ("1 observation", "{} observations"),
    "fr": ("1 observation", "{} observations"),
    "es": ("1 observación", "{} observaciones"),
}
_MOST = 20  # indicators in a description; search engines want at most 5,000 characters

_READ = "Read from the documents that the graph cites; each statement has its passage."
_EDITED = "Made by the editors of the graph."
PROVENANCE = {
    ONTOLOGY.name: _EDITED,
    ALIGNMENTS.name: _EDITED,
    CODES.name: _EDITED,
    SHAPES.name: _EDITED,
    DATA.name: _READ,
    ASSERTED.name: _READ,
    INFERRED.name: "Inferred from the other statements of the graph by the rules of OWL 2 RL.",
    SELECTION.name: _READ,
    WHOLE.name: _READ,
}


def titles(dump: Dump, of_graph: Texts) -> Texts:
    """Give the title of a dump: that of the graph, and which part of it this is."""
    if dump in (WHOLE, SELECTION):
        return of_graph
    return {lang: joined(lang, title, dump.title[lang]) for lang, title in of_graph.items()}


def descriptions(dump: Dump, of_graph: Texts) -> Texts:
    """Say what is in a dump, and what the graph is of which it is a part."""
    if dump in (WHOLE, SELECTION):
        return {lang: f"{text} {dump.description[lang]}" for lang, text in ABOUT.items()}
    return {
        language: f"{dump.description[language]} {_PART[language].format(title)}"
        for language, title in of_graph.items()
    }


def joined(language: str, whole: str, part: str) -> str:
    """Write a title and a part of it, with the colon as the language has it."""
    return f"{whole} : {part}" if language == "fr" else f"{whole}: {part}"


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


def of_file(syntax: str, compressed: bool) -> Texts:
    """Say in which syntax a file is, and whether it is compressed."""
    texts = _PACKED if compressed else _FILE
    return {language: text.format(syntax) for language, text in texts.items()}


def provenance(sources: list[str]) -> str:
    """Say in English where the figures of a data set come from."""
    return f"As told in: {'; '.join(sources)}." if sources else _READ
