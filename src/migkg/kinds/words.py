"""What a template says besides what ontology and shapes say, in English, French and Spanish."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """The sentences of a template in one language."""

    steps: tuple[str, ...]
    exactly_one: str
    one_or_more: str
    at_most_one: str
    several: str
    instead: str
    listed: str
    lists: str
    every: str
    anything: str
    any_code: str
    precise: str
    label: str
    evidence: str
    passage: str
    supports: str
    value: str
    exact: str
    parts: str
    others: str
    cited: str
    document: str
    lines: str
    page: str
    web: str
    data: str
    own: str


WORDS = {
    "en": Words(
        steps=(
            "Replace every ___ by a value. A new thing gets a short name of letters, digits and "
            "hyphens, the same wherever it stands: mkd:{stem}___ becomes mkd:{stem}my-example.",
            "What stands behind # is not read: ## explains; where you know more, take a single # "
            "away and fill the line.",
            "Leave out what the source does not say: nothing is invented. Where a line must stand "
            "and the source is silent, write mkc:not-stated.",
            "migkg validate FILE tells what is missing or wrong, and where.",
        ),
        exactly_one="needed, exactly one",
        one_or_more="needed, one or more",
        at_most_one="at most one",
        several="any number",
        instead="needed, or instead of it: {}",
        listed="list {}",
        lists="The lists to choose from.",
        every="… {} in all: {}",
        anything="any thing or code of the graph",
        any_code="any code: migkg query list-codes",
        precise="More precise classes, to be written in its place where one fits:",
        label="name: needed in English; one in each language in which there is an official one",
        evidence="evidence: needed. Which passage of which document says so. What the graph cites "
        "already: migkg query list-passages. A new source: see the end of this file.",
        passage="the passage",
        supports="what of the above it supports; without this line, all of it",
        value="the one value that it supports, where it does not support every value",
        exact="at most eight words as they stand there, where the source words it otherwise",
        parts="What belongs to it. Take one # away from each line of a block that you need, and "
        "from the line above that refers to it; copy a block to have two.",
        others="More properties of {}: docs/model.md",
        cited="A new source, if the graph does not cite it already: the document, and one of the "
        "four kinds of passage.",
        document="The document",
        lines='Lines of a text: lines 121 to 124 are "line=120,124", since the positions between '
        "lines are counted, from 0 (RFC 5147)",
        page='A page of a PDF: the seventh page of the file is "page=7" (RFC 8118)',
        web="A web page: its address and the day on which it was read stand in the document "
        "(foaf:page, mk:readOn); the passage has the heading",
        data="A data set: its address, and the day on which it was read, stand in the document; "
        "the passage has the name of the table as its heading",
        own="A source may be the evidence for its own title and author: cite its title page.",
    ),
    "fr": Words(
        steps=(
            "Remplacez chaque ___ par une valeur. Une nouvelle ressource reçoit un nom court fait "
            "de lettres, de chiffres et de traits d'union, le même partout : mkd:{stem}___ devient "
            "mkd:{stem}mon-exemple.",
            "Ce qui suit # n'est pas lu : ## explique ; là où vous en savez plus, ôtez un # simple "
            "et remplissez la ligne.",
            "Laissez de côté ce que la source ne dit pas : rien n'est inventé. Là où une ligne "
            "est requise et que la source se tait, écrivez mkc:not-stated.",
            "migkg validate FICHIER dit ce qui manque ou ne va pas, et où.",
        ),
        exactly_one="requis, exactement un",
        one_or_more="requis, un ou plusieurs",
        at_most_one="au plus un",
        several="autant que voulu",
        instead="requis, ou à sa place : {}",
        listed="liste {}",
        lists="Les listes où choisir.",
        every="… {} en tout : {}",
        anything="toute ressource ou tout code du graphe",
        any_code="tout code : migkg query list-codes",
        precise="Classes plus précises, à écrire à sa place si l'une convient :",
        label="nom : requis en anglais ; un dans chaque langue où il y en a un d'officiel",
        evidence="élément probant : requis. Quel passage de quel document le dit. Ce que le graphe "
        "cite déjà : migkg query list-passages. Une nouvelle source : voir la fin de ce fichier.",
        passage="le passage",
        supports="ce qu'il étaye de ce qui précède ; sans cette ligne, tout",
        value="la seule valeur qu'il étaye, s'il ne les étaye pas toutes",
        exact="au plus huit mots tels qu'ils y figurent, si la source le dit autrement",
        parts="Ce qui lui appartient. Ôtez un # de chaque ligne du bloc dont vous avez besoin, et "
        "de la ligne plus haut qui y renvoie ; copiez un bloc pour en avoir deux.",
        others="Autres propriétés de {} : docs/model.md",
        cited="Une nouvelle source, si le graphe ne la cite pas déjà : le document, et l'une des "
        "quatre sortes de passage.",
        document="Le document",
        lines='Lignes d\'un texte : les lignes 121 à 124 sont "line=120,124", car on compte les '
        "positions entre les lignes, à partir de 0 (RFC 5147)",
        page='Page d\'un PDF : la septième page du fichier est "page=7" (RFC 8118)',
        web="Page web : son adresse et le jour où elle a été consultée figurent dans le document "
        "(foaf:page, mk:readOn) ; le passage a le titre",
        data="Jeu de données : son adresse et le jour où il a été consulté figurent dans le "
        "document ; le passage a pour titre le nom du tableau",
        own="Une source peut étayer son propre titre et son auteur : citez sa page de titre.",
    ),
    "es": Words(
        steps=(
            "Reemplace cada ___ por un valor. Un recurso nuevo recibe un nombre corto de letras, "
            "cifras y guiones, el mismo en todas partes: mkd:{stem}___ pasa a ser "
            "mkd:{stem}mi-ejemplo.",
            "Lo que sigue a # no se lee: ## explica; donde sepa más, quite un # simple y rellene "
            "la línea.",
            "Omita lo que la fuente no dice: nada se inventa. Donde una línea es obligatoria y la "
            "fuente calla, escriba mkc:not-stated.",
            "migkg validate ARCHIVO dice qué falta o está mal, y dónde.",
        ),
        exactly_one="obligatorio, exactamente uno",
        one_or_more="obligatorio, uno o más",
        at_most_one="como máximo uno",
        several="cualquier número",
        instead="obligatorio, o en su lugar: {}",
        listed="lista {}",
        lists="Las listas de donde elegir.",
        every="… {} en total: {}",
        anything="cualquier recurso o código del grafo",
        any_code="cualquier código: migkg query list-codes",
        precise="Clases más precisas, para escribir en su lugar si alguna conviene:",
        label="nombre: obligatorio en inglés; uno en cada idioma en que haya uno oficial",
        evidence="prueba: obligatoria. Qué pasaje de qué documento lo dice. Lo que el grafo ya "
        "cita: migkg query list-passages. Una fuente nueva: véase el final de este archivo.",
        passage="el pasaje",
        supports="qué respalda de lo anterior; sin esta línea, todo",
        value="el único valor que respalda, si no los respalda todos",
        exact="como máximo ocho palabras tal como figuran allí, si la fuente lo dice de otro modo",
        parts="Lo que le pertenece. Quite un # de cada línea del bloque que necesite, y de la "
        "línea de arriba que remite a él; copie un bloque para tener dos.",
        others="Más propiedades de {}: docs/model.md",
        cited="Una fuente nueva, si el grafo no la cita ya: el documento, y una de las cuatro "
        "clases de pasaje.",
        document="El documento",
        lines='Líneas de un texto: las líneas 121 a 124 son "line=120,124", pues se cuentan las '
        "posiciones entre líneas, desde 0 (RFC 5147)",
        page='Página de un PDF: la séptima página del archivo es "page=7" (RFC 8118)',
        web="Página web: su dirección y el día en que se consultó constan en el documento "
        "(foaf:page, mk:readOn); el pasaje lleva el título",
        data="Conjunto de datos: su dirección y el día en que se consultó constan en el documento; "
        "el pasaje lleva por título el nombre de la tabla",
        own="Una fuente puede respaldar su propio título y su autor: cite su portada.",
    ),
}
