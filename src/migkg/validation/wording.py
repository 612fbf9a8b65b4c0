"""What a shape without a message of its own finds, in the words of the domain.

Each constraint component of https://www.w3.org/TR/shacl/#core-components has a sentence in the
three languages, made with the labels of things, classes and properties, and the shape's `sh:name`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rdflib import RDF, SH, XSD, BNode, Literal, URIRef

from migkg.namespaces import LANGUAGES
from migkg.validation import naming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph as Statements
    from rdflib.term import Node

_LISTED = 10  # names in an enumeration


class Result(NamedTuple):
    """What a validation result is about, and the graphs that tell what that means."""

    component: str
    """The local name of the constraint component, such as ``MinCount``."""
    shape: Node
    focus: Node
    path: Node | None
    value: Node | None
    shapes: Statements
    data: Statements


_SUBJECT = {
    "en": ("{thing}", "The {property} of {thing}, {value},"),
    "fr": ("{thing}", "« {property} » de {thing}, {value},"),
    "es": ("{thing}", "«{property}» de {thing}, {value},"),
}
_SENTENCES = {
    "Class": {
        "en": "{subject} is no {limit}.",
        "fr": "{subject} n'est pas de la classe « {limit} ».",
        "es": "{subject} no es de la clase «{limit}».",
    },
    "Datatype": {
        "en": "{subject} is not {limit}.",
        "fr": "{subject} n'est pas {limit}.",
        "es": "{subject} no es {limit}.",
    },
    "NodeKind": {
        "en": "{subject} is not {limit}.",
        "fr": "{subject} n'est pas {limit}.",
        "es": "{subject} no es {limit}.",
    },
    "None": {
        "en": "{thing} has no {property}.",
        "fr": "Il manque à {thing} : {property}.",
        "es": "A {thing} le falta: {property}.",
    },
    "MinCount": {
        "en": "{thing} has {count} values of {property}, at least {limit} are needed.",
        "fr": "{thing} a {count} valeurs pour « {property} », il en faut au moins {limit}.",
        "es": "{thing} tiene {count} valores de «{property}», se necesitan al menos {limit}.",
    },
    "MaxCount": {
        "en": "{thing} has {count} values of {property}, at most {limit} allowed.",
        "fr": "{thing} a {count} valeurs pour « {property} », au plus {limit} admises.",
        "es": "{thing} tiene {count} valores de «{property}», como máximo {limit}.",
    },
    "MinExclusive": {
        "en": "{subject} is not above {limit}.",
        "fr": "{subject} n'est pas supérieur à {limit}.",
        "es": "{subject} no es superior a {limit}.",
    },
    "MinInclusive": {
        "en": "{subject} is not {limit} or more.",
        "fr": "{subject} n'atteint pas {limit}.",
        "es": "{subject} no llega a {limit}.",
    },
    "MaxExclusive": {
        "en": "{subject} is not below {limit}.",
        "fr": "{subject} n'est pas inférieur à {limit}.",
        "es": "{subject} no es inferior a {limit}.",
    },
    "MaxInclusive": {
        "en": "{subject} is not {limit} or less.",
        "fr": "{subject} n'est pas {limit} au plus.",
        "es": "{subject} no es {limit} como máximo.",
    },
    "MinLength": {
        "en": "{subject} does not have {limit} characters or more.",
        "fr": "{subject} n'a pas au moins {limit} caractères.",
        "es": "{subject} no tiene al menos {limit} caracteres.",
    },
    "MaxLength": {
        "en": "{subject} does not have {limit} characters or less.",
        "fr": "{subject} n'a pas au plus {limit} caractères.",
        "es": "{subject} no tiene {limit} caracteres como máximo.",
    },
    "Pattern": {
        "en": "{subject} is not written like {limit}.",
        "fr": "{subject} ne s'écrit pas selon {limit}.",
        "es": "{subject} no se escribe según {limit}.",
    },
    "LanguageIn": {
        "en": "{subject} is not in one of the languages {limit}.",
        "fr": "{subject} n'est pas dans une des langues {limit}.",
        "es": "{subject} no está en uno de los idiomas {limit}.",
    },
    "UniqueLang": {
        "en": "{thing} has several values of {property} in one language.",
        "fr": "{thing} a plusieurs valeurs dans une langue pour « {property} ».",
        "es": "{thing} tiene varios valores de «{property}» en un idioma.",
    },
    "Equals": {
        "en": "{thing}: {property} and {limit} do not have the same values ({value}).",
        "fr": "{thing} : « {property} » et « {limit} » n'ont pas les mêmes valeurs ({value}).",
        "es": "{thing}: «{property}» y «{limit}» no tienen los mismos valores ({value}).",
    },
    "Disjoint": {
        "en": "{thing}: {value} is both {property} and {limit}.",
        "fr": "{thing} : {value} est à la fois « {property} » et « {limit} ».",
        "es": "{thing}: {value} es a la vez «{property}» y «{limit}».",
    },
    "earlier": {
        "en": "{thing}: {limit} ({other}) comes before {property} ({value}).",
        "fr": "{thing} : « {limit} » ({other}) précède « {property} » ({value}).",
        "es": "{thing}: «{limit}» ({other}) es anterior a «{property}» ({value}).",
    },
    "less": {
        "en": "{thing}: {limit} ({other}) is less than {property} ({value}).",
        "fr": "{thing} : « {limit} » ({other}) est inférieur à « {property} » ({value}).",
        "es": "{thing}: «{limit}» ({other}) es menor que «{property}» ({value}).",
    },
    "LessThan": {
        "en": "{thing}: {property} ({value}) is not less than {limit} ({other}).",
        "fr": "{thing} : « {property} » ({value}) n'est pas inférieur à « {limit} » ({other}).",
        "es": "{thing}: «{property}» ({value}) no es menor que «{limit}» ({other}).",
    },
    "LessThanOrEquals": {
        "en": "{thing}: {property} ({value}) is greater than {limit} ({other}).",
        "fr": "{thing} : « {property} » ({value}) est supérieur à « {limit} » ({other}).",
        "es": "{thing}: «{property}» ({value}) es mayor que «{limit}» ({other}).",
    },
    "Not": {
        "en": "{subject} is what it must not be: {limit}.",
        "fr": "{subject} est ce qu'il ne doit pas être : {limit}.",
        "es": "{subject} es lo que no debe ser: {limit}.",
    },
    "And": {
        "en": "{subject} is not all of what it has to be: {limit}.",
        "fr": "{subject} n'est pas tout ce qu'il doit être : {limit}.",
        "es": "{subject} no es todo lo que debe ser: {limit}.",
    },
    "Or": {
        "en": "{subject} is none of what it may be: {limit}.",
        "fr": "{subject} n'est rien de ce qu'il peut être : {limit}.",
        "es": "{subject} no es nada de lo que puede ser: {limit}.",
    },
    "Xone": {
        "en": "{subject} has to be exactly one of these: {limit}.",
        "fr": "{subject} doit être exactement un de ces cas : {limit}.",
        "es": "{subject} debe ser exactamente uno de estos casos: {limit}.",
    },
    "Node": {
        "en": "{subject} is not as it has to be: {limit}.",
        "fr": "{subject} n'est pas comme il doit être : {limit}.",
        "es": "{subject} no es como debe ser: {limit}.",
    },
    "QualifiedMinCount": {
        "en": "{thing} has too few values of {property} of this kind: {limit}.",
        "fr": "{thing} a trop peu de valeurs de ce type pour « {property} » : {limit}.",
        "es": "{thing} tiene pocos valores de este tipo de «{property}»: {limit}.",
    },
    "QualifiedMaxCount": {
        "en": "{thing} has too many values of {property} of this kind: {limit}.",
        "fr": "{thing} a trop de valeurs de ce type pour « {property} » : {limit}.",
        "es": "{thing} tiene demasiados valores de este tipo de «{property}»: {limit}.",
    },
    "Closed": {
        "en": "{thing} has a property that is not foreseen: {property}.",
        "fr": "{thing} a une propriété non prévue : {property}.",
        "es": "{thing} tiene una propiedad no prevista: {property}.",
    },
    "HasValue": {
        "en": "{thing} lacks this {property}: {limit}.",
        "fr": "Il manque à {thing}, pour « {property} » : {limit}.",
        "es": "A {thing} le falta, en «{property}»: {limit}.",
    },
    "In": {
        "en": "{subject} is not one of: {limit}.",
        "fr": "{subject} ne figure pas parmi : {limit}.",
        "es": "{subject} no figura entre: {limit}.",
    },
    "": {
        "en": "{thing} is not as the rule {limit} has it.",
        "fr": "{thing} n'est pas conforme à la règle {limit}.",
        "es": "{thing} no cumple la regla {limit}.",
    },
}
_PARAMETERS = {
    "": "",
    "And": "and",
    "In": "in",
    "QualifiedMinCount": "qualifiedValueShape",
    "QualifiedMaxCount": "qualifiedValueShape",
}  # where the parameter is not the name of the component with a small letter
_LISTS = {"And", "Or", "Xone", "In", "LanguageIn"}
_SHAPES = {"And", "Or", "Xone", "Not", "Node", "QualifiedMinCount", "QualifiedMaxCount"}
_DATATYPES = {
    XSD.string: ("plain text", "un texte simple", "un texto simple"),
    RDF.langString: ("text with a language", "un texte avec langue", "un texto con idioma"),
    XSD.integer: ("a whole number", "un nombre entier", "un número entero"),
    XSD.decimal: ("a decimal number", "un nombre décimal", "un número decimal"),
    XSD.boolean: ("true or false", "true ou false", "true o false"),
    XSD.date: (
        "a date such as 2024-05-31",
        "une date comme 2024-05-31",
        "una fecha como 2024-05-31",
    ),
    XSD.gYear: ("a year such as 2024", "une année comme 2024", "un año como 2024"),
    XSD.gYearMonth: (
        "a month such as 2024-05",
        "un mois comme 2024-05",
        "un mes como 2024-05",
    ),
    XSD.dateTime: (
        "a date with time such as 2024-05-31T12:00:00Z",
        "une date avec heure comme 2024-05-31T12:00:00Z",
        "una fecha con hora como 2024-05-31T12:00:00Z",
    ),
    XSD.anyURI: ("an address of the web", "une adresse du web", "una dirección de la web"),
}
_LITERAL = (
    "a text, a number or a date",
    "un texte, un nombre ou une date",
    "un texto, un número o una fecha",
)
_IRI = ("an IRI", "une IRI", "un IRI")
_BLANK = ("a blank node", "un nœud anonyme", "un nodo anónimo")
_OR = (" or ", " ou ", " o ")
_KINDS = {
    SH.IRI: (_IRI,),
    SH.Literal: (_LITERAL,),
    SH.BlankNode: (_BLANK,),
    SH.BlankNodeOrIRI: (_BLANK, _IRI),
    SH.BlankNodeOrLiteral: (_BLANK, _LITERAL),
    SH.IRIOrLiteral: (_IRI, _LITERAL),
}
_TIMES = {XSD.date, XSD.gYear, XSD.gYearMonth, XSD.dateTime, XSD.time}


def knows(component: str) -> bool:
    """Whether there is a sentence for a component, by the end of its IRI without the rest."""
    return component in _SENTENCES


def messages(result: Result) -> dict[str, str]:
    """Say in each language what is wrong."""
    return {language: _message(result, language) for language in LANGUAGES}


def _message(result: Result, language: str) -> str:
    component = result.component if knows(result.component) else ""
    limits = list(_limits(result, component))
    values = {
        "thing": _named(result.focus, result, language),
        "property": _property(result, language),
        "value": "" if result.value is None else _valued(result.value, result, language),
        "limit": _enumerated(limits, component, result, language),
        "other": "",
        "count": "",
    }
    values["subject"] = _SUBJECT[language][result.path is not None].format(**values)
    if component in {"MinCount", "MaxCount"}:
        count = _count(result)
        values["count"] = str(count)
        component = "None" if component == "MinCount" and not count else component
    if component in {"LessThan", "LessThanOrEquals"}:
        component, other = _compared(result, component, limits)
        values["other"] = "" if other is None else _valued(other, result, language)
    return _SENTENCES[component][language].format(**values)


def _limits(result: Result, component: str) -> Iterator[Node]:
    """Take the values of the component's parameter, the members where it is a list."""
    if not component:
        yield result.shape
        return
    name = _PARAMETERS.get(component, component[:1].lower() + component[1:])
    for value in result.shapes.objects(result.shape, SH[name]):
        if component in _LISTS:
            yield from result.shapes.items(value)
        else:
            yield value


def _enumerated(limits: list[Node], component: str, result: Result, language: str) -> str:
    at = LANGUAGES.index(language)
    names = []
    for limit in limits[:_LISTED]:
        if component == "Datatype" and limit in _DATATYPES:
            names.append(_DATATYPES[URIRef(str(limit))][at])
        elif component == "NodeKind" and limit in _KINDS:
            names.append(_OR[at].join(words[at] for words in _KINDS[URIRef(str(limit))]))
        elif component in {"MinLength", "MaxLength", "MinCount", "MaxCount", "LanguageIn"}:
            names.append(naming.one_line(str(limit)))
        elif component in _SHAPES or not component:
            names.append(_shape(limit, result, language))
        else:
            names.append(_valued(limit, result, language))
    more = ["…"] if len(limits) > _LISTED else []
    return ", ".join(names + more)


def _named(node: Node, result: Result, language: str) -> str:
    """Call a thing, a class or a property by its label, its CURIE, or the end of its IRI."""
    for graph in (result.data, result.shapes):
        if found := naming.label(node, graph, language).text:
            return found
    named = naming.thing(node, result.data, language)
    return re.split(r"[/#:]", named.strip("<>/#"))[-1] if named.startswith("<") else named


def _valued(node: Node, result: Result, language: str) -> str:
    if isinstance(node, Literal):
        return naming.value(node, result.data, language)
    return _named(node, result, language)


def _shape(node: Node, result: Result, language: str) -> str:
    """Call a shape by its label or name; one without either by what it asks for."""
    named = naming.label(node, result.shapes, language).text or _name(node, result, language)
    if named or not isinstance(node, BNode):
        return named or naming.short(str(node))
    asked = [
        _named(value, result, language)
        for prop in (SH["class"], SH.datatype, SH.nodeKind, SH.hasValue, SH.node, SH.path)
        for value in result.shapes.objects(node, prop)
    ]
    return ", ".join(asked) or "…"


def _property(result: Result, language: str) -> str:
    if result.path is None:
        return ""
    if result.component != "Closed" and (named := _name(result.shape, result, language)):
        return named
    if isinstance(result.path, URIRef):
        return _named(result.path, result, language)
    return naming.path(result.path, result.data, result.shapes, language)


def _name(shape: Node, result: Result, language: str) -> str:
    """Take the sh:name of a property shape: https://www.w3.org/TR/shacl/#name."""
    names = {
        str(getattr(text, "language", None) or ""): str(text)
        for text in result.shapes.objects(shape, SH.name)
    }
    tag = next((tag for tag in (language, "en", *sorted(names)) if tag in names), None)
    return "" if tag is None else naming.one_line(names[tag])


def _count(result: Result) -> int:
    from rdflib.extras.shacl import parse_shacl_path

    path = result.shapes.value(result.shape, SH.path)
    if path is None:
        return 0
    return len(set(result.data.objects(result.focus, parse_shacl_path(result.shapes, path))))


def _compared(result: Result, component: str, limits: list[Node]) -> tuple[str, Node | None]:
    """Find a value that the value is not less than, and how to say so."""
    others = [
        other
        for prop in limits
        for other in result.data.objects(result.focus, prop)
        if isinstance(other, Literal) and isinstance(result.value, Literal)
    ]
    for other in others:
        less = _less(other, result.value)
        if less:
            return ("earlier" if other.datatype in _TIMES else "less"), other
    return component, next(iter(others), None)


def _less(one: Literal, other: Node | None) -> bool:
    try:
        return bool(one < other)
    except TypeError:
        return False
