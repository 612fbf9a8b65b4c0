"""What sheets say to people, in English, French and Spanish."""

from __future__ import annotations

from typing import NamedTuple

from migkg.namespaces import LANGUAGES, MK, PREFIXES

_TITLES = {
    MK + "Project": ("Projects", "Projets", "Proyectos"),
    MK + "Participation": ("Participations", "Participations", "Participaciones"),
    MK + "Budget": ("Budgets", "Budgets", "Presupuestos"),
    PREFIXES["dct"] + "PeriodOfTime": ("Periods", "Périodes", "Períodos"),
    MK + "Activity": ("Activities", "Activités", "Actividades"),
    MK + "Objective": ("Objectives", "Objectifs", "Objetivos"),
    MK + "StatusReport": ("Status reports", "États d'avancement", "Informes de estado"),
    MK + "Cooperative": ("Cooperatives", "Coopératives", "Cooperativas"),
    MK + "Organization": ("Organizations", "Organisations", "Organizaciones"),
    PREFIXES["org"] + "Membership": ("Memberships", "Adhésions", "Afiliaciones"),
    MK + "Instrument": ("Instruments", "Instruments", "Instrumentos"),
    MK + "Ratification": ("Ratifications", "Ratifications", "Ratificaciones"),
    PREFIXES["qb"] + "Observation": ("Statistics", "Statistiques", "Estadísticas"),
    PREFIXES["qb"] + "DataSet": ("Data sets", "Jeux de données", "Conjuntos de datos"),
    MK + "Event": ("Events", "Événements", "Eventos"),
    MK + "Document": ("Documents", "Documents", "Documentos"),
    MK + "Passage": ("Passages", "Passages", "Pasajes"),
    MK + "Evidence": ("Evidence", "Éléments probants", "Pruebas"),
}


def title(iri: str, language: str) -> str:
    """Name the sheet of a class."""
    return _TITLES[iri][LANGUAGES.index(language)]


class Words(NamedTuple):
    """The words of a workbook in one language."""

    instructions: str
    lists: str
    read_by_people: str
    steps: tuple[str, ...]
    sheets: str
    name: str
    name_meaning: str
    owner: str
    label: str
    label_meaning: str
    type: str
    type_meaning: str
    passage: str
    passage_meaning: str
    position_meaning: str
    evidence: str
    evidence_meaning: str
    about: str
    about_meaning: str
    supports: str
    supports_meaning: str
    value: str
    value_meaning: str
    exact: str
    exact_meaning: str
    needed: str
    several: str
    choose: str
    choose_or_new: str
    forms: dict[str, str]


WORDS = {
    "en": Words(
        instructions="Read me",
        lists="Lists",
        read_by_people="# for people",
        steps=(
            "Fill one row for each thing, from the third row on. Headings with * are needed.",
            "Leave out what the source does not say: nothing is invented. Where a cell is needed "
            "and the source is silent, choose “not stated”.",
            "Choose from the list of a cell where it has one. A name in another language, a code "
            "or an identifier such as mkd:country-JOR does as well.",
            "Several values in a cell have | between them: Jordan | Lebanon. Or repeat the column, "
            "with its two headings.",
            "What is in another sheet of this file is meant by its name there.",
            "The first column, the identifier of the thing, may stay empty: it is made of the "
            "name. To change a thing of the graph, its identifier stands there.",
            "Dates are dates or texts such as 2019-03-31, figures are numbers. No formulas, no "
            "merged or hidden cells; the two heading rows stay as they are.",
            "Each row needs a passage that says so: a part of a document. If the graph cites the "
            "source already, choose the passage; else describe it in the sheets for documents and "
            "passages.",
            "To cite a line of a text, a page of a PDF, a web page or a data set: in the sheet for "
            "passages, write the heading as it stands there and the position (lines 121-124 or "
            "page 7); of a web page or a data set, give its address and the day on which it was "
            "read in the sheet for documents.",
            "Then: migkg import FILE.xlsx -o entry.ttl. What is wrong is told with its cell.",
        ),
        sheets="The sheets of this file:",
        name="identifier",
        name_meaning="May stay empty: it is made of the name, such as {}.",
        owner="belongs to",
        label="name",
        label_meaning="Needed in English; one in each language in which there is an official one.",
        type="class",
        type_meaning="What it is more precisely; empty: {}.",
        passage="passage",
        passage_meaning="The passage that says all that stands in this row. If passages say only a "
        "part of it, use the sheet for evidence.",
        position_meaning="Where in the document: lines 121-124, or page 7 of a PDF.",
        evidence="evidence",
        evidence_meaning="Passages that support a part of what is said of a thing.",
        about="evidence for",
        about_meaning="The thing that the passage says something about, by its name.",
        supports="supports",
        supports_meaning="The columns that the passage supports, by their headings; empty: all.",
        value="value",
        value_meaning="The values that it supports, where it does not support all of them.",
        exact="exact words",
        exact_meaning="At most eight words as they stand there, where the source words it "
        "otherwise.",
        needed="needed",
        several="several, with | between them",
        choose="Choose from the list, or type a name, code or identifier of the graph.",
        choose_or_new="Choose from the list, or type the name of a row of this file.",
        forms={
            "address": "an address with http or https",
            "position": "lines 121-124, or page 7",
            "number": "a number such as 12 or 12.5",
            "integer": "a whole number such as 12",
            "date": "a date such as 2019-03-31",
            "year": "a year such as 2019",
            "month": "a month such as 2019-03",
            "duration": "a duration such as P2Y6M",
            "text": "a text",
        },
    ),
    "fr": Words(
        instructions="Lisez-moi",
        lists="Listes",
        read_by_people="# pour les lecteurs",
        steps=(
            "Remplissez une ligne par ressource, à partir de la troisième. Les titres avec * sont "
            "requis.",
            "Laissez de côté ce que la source ne dit pas : rien n'est inventé. Là où une cellule "
            "est requise et que la source se tait, choisissez « non indiqué ».",
            "Choisissez dans la liste de la cellule s'il y en a une. Un nom dans une autre langue, "
            "un code ou un identifiant comme mkd:country-JOR conviennent aussi.",
            "Plusieurs valeurs dans une cellule sont séparées par | : Jordanie | Liban. Ou répétez "
            "la colonne, avec ses deux titres.",
            "Ce qui est dans une autre feuille de ce fichier est désigné par son nom là-bas.",
            "La première colonne, l'identifiant de la ressource, peut rester vide : il est fait du "
            "nom. Pour modifier une ressource du graphe, son identifiant y figure.",
            "Les dates sont des dates ou des textes comme 2019-03-31, les chiffres des nombres. "
            "Pas de formules, ni de cellules fusionnées ou masquées ; les deux lignes de titre "
            "restent telles quelles.",
            "Chaque ligne a besoin d'un passage qui le dit : une partie d'un document. Si le "
            "graphe cite déjà la source, choisissez le passage ; sinon, décrivez-le dans les "
            "feuilles des documents et des passages.",
            "Pour citer une ligne d'un texte, une page d'un PDF, une page web ou un jeu de "
            "données : dans la feuille des passages, écrivez le titre tel qu'il y figure et la "
            "position (lignes 121-124 ou page 7) ; d'une page web ou d'un jeu de données, donnez "
            "l'adresse et le jour de consultation dans la feuille des documents.",
            "Ensuite : migkg import FICHIER.xlsx -o entree.ttl. Ce qui ne va pas est dit avec sa "
            "cellule.",
        ),
        sheets="Les feuilles de ce fichier :",
        name="identifiant",
        name_meaning="Peut rester vide : il est fait du nom, comme {}.",
        owner="appartient à",
        label="nom",
        label_meaning="Requis en anglais ; un dans chaque langue où il y en a un d'officiel.",
        type="classe",
        type_meaning="Ce que c'est plus précisément ; vide : {}.",
        passage="passage",
        passage_meaning="Le passage qui dit tout ce qui est dans cette ligne. Si des passages n'en "
        "disent qu'une partie, utilisez la feuille des éléments probants.",
        position_meaning="Où dans le document : lignes 121-124, ou page 7 d'un PDF.",
        evidence="élément probant",
        evidence_meaning="Passages qui étayent une partie de ce qui est dit d'une ressource.",
        about="élément probant de",
        about_meaning="La ressource dont le passage dit quelque chose, par son nom.",
        supports="étaye",
        supports_meaning="Les colonnes que le passage étaye, par leurs titres ; vide : toutes.",
        value="valeur",
        value_meaning="Les valeurs qu'il étaye, s'il ne les étaye pas toutes.",
        exact="mots exacts",
        exact_meaning="Au plus huit mots tels qu'ils y figurent, si la source le dit autrement.",
        needed="requis",
        several="plusieurs, séparés par |",
        choose="Choisissez dans la liste, ou tapez un nom, un code ou un identifiant du graphe.",
        choose_or_new="Choisissez dans la liste, ou tapez le nom d'une ligne de ce fichier.",
        forms={
            "address": "une adresse en http ou https",
            "position": "lignes 121-124, ou page 7",
            "number": "un nombre comme 12 ou 12,5",
            "integer": "un nombre entier comme 12",
            "date": "une date comme 2019-03-31",
            "year": "une année comme 2019",
            "month": "un mois comme 2019-03",
            "duration": "une durée comme P2Y6M",
            "text": "un texte",
        },
    ),
    "es": Words(
        instructions="Léame",
        lists="Listas",
        read_by_people="# para los lectores",
        steps=(
            "Rellene una fila por recurso, a partir de la tercera. Los títulos con * son "
            "obligatorios.",
            "Omita lo que la fuente no dice: nada se inventa. Donde una celda es obligatoria y la "
            "fuente calla, elija «no indicado».",
            "Elija de la lista de la celda si la hay. También sirve un nombre en otro idioma, un "
            "código o un identificador como mkd:country-JOR.",
            "Varios valores en una celda se separan con |: Jordania | Líbano. O repita la columna, "
            "con sus dos títulos.",
            "Lo que está en otra hoja de este archivo se designa por su nombre allí.",
            "La primera columna, el identificador del recurso, puede quedar vacía: se forma con el "
            "nombre. Para modificar un recurso del grafo, figura allí su identificador.",
            "Las fechas son fechas o textos como 2019-03-31, las cifras son números. Sin fórmulas "
            "ni celdas combinadas u ocultas; las dos filas de títulos quedan como están.",
            "Cada fila necesita un pasaje que lo diga: una parte de un documento. Si el grafo ya "
            "cita la fuente, elija el pasaje; si no, descríbalo en las hojas de documentos y "
            "pasajes.",
            "Para citar una línea de un texto, una página de un PDF, una página web o un conjunto "
            "de datos: en la hoja de pasajes, escriba el título tal como figura allí y la posición "
            "(líneas 121-124 o página 7); de una página web o un conjunto de datos, indique la "
            "dirección y el día de consulta en la hoja de documentos.",
            "Después: migkg import ARCHIVO.xlsx -o entrada.ttl. Lo que está mal se indica con su "
            "celda.",
        ),
        sheets="Las hojas de este archivo:",
        name="identificador",
        name_meaning="Puede quedar vacío: se forma con el nombre, como {}.",
        owner="pertenece a",
        label="nombre",
        label_meaning="Obligatorio en inglés; uno en cada idioma en que haya uno oficial.",
        type="clase",
        type_meaning="Qué es más precisamente; vacío: {}.",
        passage="pasaje",
        passage_meaning="El pasaje que dice todo lo que hay en esta fila. Si los pasajes dicen "
        "solo una parte, use la hoja de pruebas.",
        position_meaning="Dónde en el documento: líneas 121-124, o página 7 de un PDF.",
        evidence="prueba",
        evidence_meaning="Pasajes que respaldan una parte de lo que se dice de un recurso.",
        about="prueba de",
        about_meaning="El recurso del que el pasaje dice algo, por su nombre.",
        supports="respalda",
        supports_meaning="Las columnas que el pasaje respalda, por sus títulos; vacío: todas.",
        value="valor",
        value_meaning="Los valores que respalda, si no los respalda todos.",
        exact="palabras exactas",
        exact_meaning="Como máximo ocho palabras tal como figuran allí, si la fuente lo dice de "
        "otro modo.",
        needed="obligatorio",
        several="varios, separados por |",
        choose="Elija de la lista, o escriba un nombre, código o identificador del grafo.",
        choose_or_new="Elija de la lista, o escriba el nombre de una fila de este archivo.",
        forms={
            "address": "una dirección con http o https",
            "position": "líneas 121-124, o página 7",
            "number": "un número como 12 o 12,5",
            "integer": "un número entero como 12",
            "date": "una fecha como 2019-03-31",
            "year": "un año como 2019",
            "month": "un mes como 2019-03",
            "duration": "una duración como P2Y6M",
            "text": "un texto",
        },
    ),
}
