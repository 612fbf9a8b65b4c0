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
    "as_data": ("This page as data", "Données de cette page", "Datos de esta página"),
    "version": ("Version", "Version", "Versión"),
    "license": ("Licence", "Licence", "Licencia"),
    # a thing
    "names": ("Names", "Noms", "Nombres"),
    "stated": ("What is said", "Ce qui en est dit", "Lo que se dice"),
    "evidence": ("Evidence", "Éléments probants", "Pruebas"),
    "evidence_number": ("evidence {}", "élément probant {}", "prueba {}"),
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
        "Tout ce que le graphe décrit, par type.",
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
        "Les {} premières lignes sur {} ; toutes :",
        "Las primeras {} filas de {}; todas:",
    ),
    "all_rows": ("{} rows", "{} lignes", "{} filas"),
    "one_row": ("1 row", "1 ligne", "1 fila"),
    "no_rows": (
        "No rows: nothing is known.",
        "Aucune ligne : rien n'est connu.",
        "Ninguna fila: no se sabe nada.",
    ),
    "inferred": ("inferred", "déduit", "deducido"),
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
    "kinds": ("Kinds of things", "Types de ressources", "Tipos de recursos"),
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

RULES = {  # in French and Spanish; in English `migkg.reasoning.rules.MEANINGS`
    "prp-dom": (
        "ce qui a cette propriété est dans cette classe",
        "lo que tiene esta propiedad está en esta clase",
    ),
    "prp-rng": (
        "une valeur de cette propriété est dans cette classe",
        "un valor de esta propiedad está en esta clase",
    ),
    "prp-symp": (
        "la propriété vaut dans les deux sens",
        "la propiedad vale en ambos sentidos",
    ),
    "prp-trp": (
        "ce qui vaut d'un maillon à l'autre vaut d'un bout à l'autre de la chaîne",
        "lo que vale de un eslabón al siguiente vale de un extremo al otro de la cadena",
    ),
    "prp-spo1": (
        "la propriété est comprise dans une plus large",
        "la propiedad está comprendida en otra más amplia",
    ),
    "prp-spo2": (
        "une propriété après l'autre équivaut à celle-ci",
        "una propiedad tras otra equivale a esta",
    ),
    "prp-inv1": (
        "une propriété est l'autre, vue de l'autre côté",
        "una propiedad es la otra, vista desde el otro lado",
    ),
    "prp-inv2": (
        "une propriété est l'autre, vue de l'autre côté",
        "una propiedad es la otra, vista desde el otro lado",
    ),
    "cls-int1": (
        "ce qui est dans toutes ces classes est dans ce qu'elles ont en commun",
        "lo que está en todas estas clases está en lo que tienen en común",
    ),
    "cls-int2": (
        "ce qui est dans une intersection est dans chacune de ses classes",
        "lo que está en una intersección está en cada una de sus clases",
    ),
    "cls-uni": (
        "ce qui est dans l'une des classes est dans leur réunion",
        "lo que está en una de las clases está en su unión",
    ),
    "cls-svf1": (
        "la classe de ce qui a une telle valeur",
        "la clase de lo que tiene tal valor",
    ),
    "cls-svf2": (
        "la classe de ce qui a une valeur",
        "la clase de lo que tiene un valor",
    ),
    "cls-avf": (
        "toutes les valeurs de ce qui est dans cette classe sont dans une autre",
        "todos los valores de lo que está en esta clase están en otra",
    ),
    "cls-hv1": (
        "ce qui est dans cette classe a cette valeur",
        "lo que está en esta clase tiene este valor",
    ),
    "cls-hv2": (
        "ce qui a cette valeur est dans cette classe",
        "lo que tiene este valor está en esta clase",
    ),
    "cls-oo": (
        "la classe énumère ses membres",
        "la clase enumera sus miembros",
    ),
    "cax-sco": (
        "la classe est comprise dans une plus large",
        "la clase está comprendida en otra más amplia",
    ),
    "scm-sco": (
        "une classe dans une plus large, et celle-ci dans une troisième",
        "una clase en otra más amplia, y esta en una tercera",
    ),
    "scm-spo": (
        "une propriété dans une plus large, et celle-ci dans une troisième",
        "una propiedad en otra más amplia, y esta en una tercera",
    ),
    "scm-eqc1": (
        "des classes équivalentes sont comprises l'une dans l'autre",
        "las clases equivalentes están comprendidas la una en la otra",
    ),
    "scm-eqc2": (
        "des classes comprises l'une dans l'autre sont équivalentes",
        "las clases comprendidas la una en la otra son equivalentes",
    ),
    "scm-eqp1": (
        "des propriétés équivalentes sont comprises l'une dans l'autre",
        "las propiedades equivalentes están comprendidas la una en la otra",
    ),
    "scm-eqp2": (
        "des propriétés comprises l'une dans l'autre sont équivalentes",
        "las propiedades comprendidas la una en la otra son equivalentes",
    ),
    "scm-dom1": (
        "une classe dans une plus large",
        "una clase en otra más amplia",
    ),
    "scm-dom2": (
        "une propriété dans une plus large",
        "una propiedad en otra más amplia",
    ),
    "scm-rng1": (
        "une classe dans une plus large",
        "una clase en otra más amplia",
    ),
    "scm-rng2": (
        "une propriété dans une plus large",
        "una propiedad en otra más amplia",
    ),
}
