"""What pages say besides what the graph says, in English, French and Spanish."""

from __future__ import annotations

LANGUAGES = {"en": "English", "fr": "Français", "es": "Español"}

_SAID = {
    # around every page
    "skip": ("Skip to the content", "Aller au contenu", "Ir al contenido"),
    "sections": ("Sections", "Rubriques", "Secciones"),
    "languages": ("Languages", "Langues", "Idiomas"),
    "colon": (": ", "\u00a0: ", ": "),
    "home": ("Home", "Accueil", "Inicio"),
    "things": ("Things", "Ressources", "Recursos"),
    "codes": ("Code lists", "Listes de codes", "Listas de códigos"),
    "ontology": ("Ontology", "Ontologie", "Ontología"),
    "shapes": ("Shapes", "Formes", "Formas"),
    "queries": ("Questions", "Questions", "Preguntas"),
    "as_data": ("This page as data", "Cette page en données", "Esta página como datos"),
    "version": ("Version", "Version", "Versión"),
    "license": ("Licence", "Licence", "Licencia"),
    # a thing
    "names": ("Names", "Noms", "Nombres"),
    "stated": ("What is said", "Ce qui en est dit", "Lo que se dice"),
    "evidence": ("Evidence", "Éléments probants", "Evidencia"),
    "evidence_number": ("evidence {}", "élément probant {}", "evidencia {}"),
    "line": ("line {}", "ligne {}", "línea {}"),
    "lines": ("lines {}", "lignes {}", "líneas {}"),
    "page": ("page {}", "page {}", "página {}"),
    "whole_document": ("the whole document", "le document entier", "el documento entero"),
    "follows": ("follows", "s'ensuit", "se deduce"),
    "follows_by": ("follows by {}", "s'ensuit par {}", "se deduce por {}"),
    "referring": ("What refers to it", "Ce qui s'y réfère", "Lo que se refiere a ello"),
    "referring_as": ("as “{}” of", "comme «\u00a0{}\u00a0» de", "como «{}» de"),
    "resting": ("What rests on it", "Ce qui s'appuie dessus", "Lo que se apoya en ello"),
    "more": ("{} more", "{} de plus", "{} más"),
    "all_referring": (
        "All that refers to {}",
        "Tout ce qui se réfère à {}",
        "Todo lo que se refiere a {}",
    ),
    "members": ("Things of this class", "Ressources de cette classe", "Recursos de esta clase"),
    "uses": ("Statements with it", "Énoncés avec elle", "Enunciados con ella"),
    "concepts": ("Codes of this list", "Codes de cette liste", "Códigos de esta lista"),
    "identifier": ("Identifier", "Identifiant", "Identificador"),
    "yes": ("yes", "oui", "sí"),
    "no": ("no", "non", "no"),
    # lists
    "filter": ("Filter by name", "Filtrer par nom", "Filtrar por nombre"),
    "count": ("{} entries", "{} entrées", "{} entradas"),
    "count_of": ("{} of {} entries", "{} entrées sur {}", "{} de {} entradas"),
    "on_this_page": ("On this page", "Sur cette page", "En esta página"),
    "other": ("Other", "Autres", "Otros"),
    "things_about": (
        "Everything that the graph describes, by kind.",
        "Tout ce que le graphe décrit, par genre.",
        "Todo lo que el grafo describe, por tipo.",
    ),
    "codes_about": (
        "The lists of codes that things are described with.",
        "Les listes de codes par lesquelles les ressources sont décrites.",
        "Las listas de códigos con que se describen los recursos.",
    ),
    "shapes_about": (
        "What an entry of the graph has to keep to (SHACL).",
        "Ce à quoi une entrée du graphe doit se conformer (SHACL).",
        "Lo que una entrada del grafo debe cumplir (SHACL).",
    ),
    "ontology_about": (
        "The classes and properties that the graph is written in.",
        "Les classes et propriétés dans lesquelles le graphe est écrit.",
        "Las clases y propiedades en que está escrito el grafo.",
    ),
    "queries_about": (
        "Stored questions, each with its SPARQL and its answer.",
        "Questions enregistrées, chacune avec son SPARQL et sa réponse.",
        "Preguntas guardadas, cada una con su SPARQL y su respuesta.",
    ),
    "classes": ("Classes", "Classes", "Clases"),
    "object_properties": (
        "Properties between things",
        "Propriétés entre ressources",
        "Propiedades entre recursos",
    ),
    "data_properties": (
        "Properties with values",
        "Propriétés à valeurs",
        "Propiedades con valores",
    ),
    "annotations": (
        "Annotations",
        "Annotations",
        "Anotaciones",
    ),
    # questions
    "asks": ("It answers", "Elle répond à", "Responde a"),
    "parameters": ("Values that it takes", "Valeurs qu'elle prend", "Valores que toma"),
    "required": ("needed", "requise", "obligatorio"),
    "several": ("one or several", "une ou plusieurs", "uno o varios"),
    "one_of": ("one of {}", "l'une parmi {}", "uno de {}"),
    "default": ("otherwise {}", "sinon {}", "si no, {}"),
    "sparql": ("SPARQL", "SPARQL", "SPARQL"),
    "result": ("Answer", "Réponse", "Respuesta"),
    "result_for": ("Answer for {}", "Réponse pour {}", "Respuesta para {}"),
    "table": ("Table", "Tableau", "Tabla"),
    "sources": ("Sources", "Sources", "Fuentes"),
    "first_rows": (
        "The first {} of {} rows; all of them:",
        "Les {} premières de {} lignes ; toutes :",
        "Las primeras {} de {} filas; todas:",
    ),
    "all_rows": ("{} rows", "{} lignes", "{} filas"),
    "one_row": ("1 row", "1 ligne", "1 fila"),
    "no_rows": (
        "No rows: nothing is known.",
        "Aucune ligne : rien n'est connu.",
        "Ninguna fila: no se sabe nada.",
    ),
    "inferred": ("inferred", "déduit", "inferido"),
    "query_file": ("the query", "la requête", "la consulta"),
    "as_csv": ("the rows as CSV", "les lignes en CSV", "las filas en CSV"),
    "english_only": (
        "",
        "Les questions enregistrées sont en anglais.",
        "Las preguntas guardadas están en inglés.",
    ),
    # the landing page
    "lead": (
        "A knowledge graph of who acts for labour migrants, refugees and other forcibly displaced "
        "persons, under which instruments, in which projects and countries, with which figures, "
        "and which passage of which document says so.",
        "Un graphe de connaissances sur celles et ceux qui agissent pour les travailleurs "
        "migrants, les réfugiés et les autres personnes déplacées de force : en vertu de quels "
        "instruments, dans quels projets et pays, avec quels chiffres, et quel passage de quel "
        "document le dit.",
        "Un grafo de conocimiento sobre quiénes actúan en favor de los trabajadores migrantes, los "
        "refugiados y otras personas desplazadas por la fuerza: en virtud de qué instrumentos, en "
        "qué proyectos y países, con qué cifras, y qué pasaje de qué documento lo dice.",
    ),
    "figures": ("In figures", "En chiffres", "En cifras"),
    "statements": ("statements", "énoncés", "enunciados"),
    "statements_inferred": ("and inferred", "et déduits", "y deducidos"),
    "n_things": ("things", "ressources", "recursos"),
    "n_concepts": ("codes", "codes", "códigos"),
    "n_terms": ("classes and properties", "classes et propriétés", "clases y propiedades"),
    "n_passages": ("passages cited", "passages cités", "pasajes citados"),
    "n_queries": ("stored questions", "questions enregistrées", "preguntas guardadas"),
    "kinds": ("Kinds of things", "Genres de ressources", "Tipos de recursos"),
    "downloads": ("Downloads", "Téléchargements", "Descargas"),
    "downloads_about": (
        "The same statements in every syntax of RDF; what follows from them stands apart.",
        "Les mêmes énoncés dans chaque syntaxe de RDF ; ce qui s'ensuit est à part.",
        "Los mismos enunciados en cada sintaxis de RDF; lo que se deduce está aparte.",
    ),
    "dump": ("What", "Quoi", "Qué"),
    "files": ("Files", "Fichiers", "Archivos"),
    "described": ("For machines", "Pour les machines", "Para máquinas"),
    "catalogue": (
        "Catalogue (DCAT-AP)",
        "Catalogue (DCAT-AP)",
        "Catálogo (DCAT-AP)",
    ),
    "void": ("Statistics (VoID)", "Statistiques (VoID)", "Estadísticas (VoID)"),
    "examples": (
        "Stored questions in RDF",
        "Questions enregistrées en RDF",
        "Preguntas guardadas en RDF",
    ),
    "changes": ("What has changed", "Ce qui a changé", "Qué ha cambiado"),
    "endpoint": ("SPARQL endpoint", "Point d'accès SPARQL", "Punto de acceso SPARQL"),
    "cite": ("How to cite", "Comment citer", "Cómo citar"),
    "reuse": (
        "Ontology and data may be used by anyone for anything, if the source is named.",
        "L'ontologie et les données peuvent être utilisées par tous et pour tout, à condition de "
        "citer la source.",
        "Cualquiera puede usar la ontología y los datos para cualquier fin, si cita la fuente.",
    ),
}

WORDS: dict[str, dict[str, str]] = {
    language: {key: said[at] for key, said in _SAID.items()}
    for at, language in enumerate(LANGUAGES)
}
"""By language, then by key; what has {} is to be formatted."""

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
}
DATES = {  # a day and a month of a year
    "en": ("{day} {month} {year}", "{month} {year}"),
    "fr": ("{day} {month} {year}", "{month} {year}"),
    "es": ("{day} de {month} de {year}", "{month} de {year}"),
}
DURATIONS = {  # one and many of Y, M, D, H, M, S
    "en": (
        "year years",
        "month months",
        "day days",
        "hour hours",
        "minute minutes",
        "second seconds",
    ),
    "fr": (
        "an ans",
        "mois mois",
        "jour jours",
        "heure heures",
        "minute minutes",
        "seconde secondes",
    ),
    "es": ("año años", "mes meses", "día días", "hora horas", "minuto minutos", "segundo segundos"),
}
