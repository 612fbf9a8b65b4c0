"""Small shapes and data at random, of every component of SHACL Core and with SPARQL constraints."""

import random

PREFIXES = """
PREFIX ex: <https://example.org/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
DECLARED = (
    'ex:prefixes sh:declare [ sh:prefix "ex" ; sh:namespace "https://example.org/"^^xsd:anyURI ] .'
)
CLASSES = ["ex:A", "ex:B", "ex:C"]
PROPERTIES = ["ex:p", "ex:q", "ex:r"]
NODES = [f"ex:n{i}" for i in range(6)]
LITERALS = [
    '"a"',
    '"abc"',
    '"a"@en',
    '"b"@en',
    '"a"@fr',
    "1",
    "3",
    "7.5",
    '"x"^^xsd:integer',
    "true",
]
QUERIES = [
    "$this ex:p ?value . FILTER NOT EXISTS { ?value ex:q ?x }",
    "$this ex:p ?a . ?a ex:q ?b . FILTER(?b != $this)",
    "$this ex:p ?value . ?other ex:p ?value . FILTER(?other != $this)",
    "{ $this ex:p ?x } UNION { ?x ex:q $this . ?x ex:r ?y }",
    "$this ?path ?value . ?path a ?kind",
    "$this ?path ?value . FILTER(?path IN (ex:p, ex:q) && ISIRI(?value))",
    "$this ?path ?value . ?other ?path ?value . FILTER(?path IN (ex:q) && ?other != $this)",
    "$this ex:p/ex:q* ?x . FILTER NOT EXISTS { ?x ex:p ?y . FILTER NOT EXISTS { ?y ex:q $this } }",
    "$this ex:p ?x . ?y ex:q ?z . FILTER(?x = ?z)",
    "$this a ?c . FILTER NOT EXISTS { ?a ex:p ?b . ?b ex:p ?a }",
    "$this !(ex:p|^ex:q) ?x . ?x ex:p $this",
    "$this ex:p ?value . BIND(STR(?value) AS ?s) FILTER(STRLEN(?s) > 20)",
    "$this a ?c . OPTIONAL { $this ex:p ?x . ?x ex:q ?y } FILTER(!BOUND(?y))",
    "$this a ?c . OPTIONAL { $this ex:p ?x } FILTER NOT EXISTS { ?x ex:q ?y }",
    "$this a/rdfs:subClassOf* ex:A . FILTER(EXISTS { ?v ex:r $this } || !EXISTS { $this ex:q ?z })",
    "$this ex:p ?value . { ?value ex:q ?u . FILTER NOT EXISTS { ?u a ex:B } }",
    "$this (ex:p|ex:q)/^ex:r ?value . ?value a ?c . $this a ?c",
    "$this ex:p ?x . MINUS { $this ex:q ?x }",
]
WHOLE = [
    "SELECT $this (COUNT(?x) AS ?n) WHERE { $this a ?c . OPTIONAL { $this ex:p ?x } }"
    " GROUP BY $this HAVING (COUNT(?x) != 1)",
    "SELECT $this WHERE { { SELECT $this (COUNT(?x) AS ?n) WHERE { $this ex:p ?x } GROUP BY $this }"
    " FILTER(?n > 1) }",
]


class Shapes:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def one(self, among: list[str]) -> str:
        return self.random.choice(among)

    def text(self) -> str:
        shapes = [self.targeted(f"ex:S{i}") for i in range(self.random.randint(1, 3))]
        return "\n".join([PREFIXES, DECLARED, *shapes])

    def targeted(self, name: str) -> str:
        kind = self.random.randint(0, 5)
        if kind == 5:
            name = self.one(CLASSES)
        target = [
            f"sh:targetClass {self.one(CLASSES)}",
            f"sh:targetNode {self.one(NODES)} , {self.one(NODES)}",
            f"sh:targetSubjectsOf {self.one(PROPERTIES)}",
            f"sh:targetObjectsOf {self.one(PROPERTIES)}",
            f"sh:targetClass {self.one(CLASSES)} ; sh:targetObjectsOf {self.one(PROPERTIES)}",
            "a rdfs:Class",
        ][kind]
        if self.random.random() < 0.3 and kind != 5:
            return f"{name} a sh:PropertyShape ; {target} ; {self.of_path(2)} ."
        return f"{name} a sh:NodeShape ; {target} ; {self.asked(2, False)} ."

    def of_path(self, depth: int) -> str:
        return f"sh:path {self.path()} ; {self.asked(depth, True)}"

    def asked(self, depth: int, of_values: bool) -> str:
        """Ask a few things, each parameter at most once."""
        found: dict[str, str] = {}
        for _ in range(self.random.randint(1, 3)):
            text = self.constraint(depth, of_values)
            found.setdefault(text.split()[0], text)
        return " ; ".join(found.values())

    def constraint(self, depth: int, of_values: bool) -> str:
        prop, node, cls = self.one(PROPERTIES), self.one(NODES), self.one(CLASSES)
        options = [
            f"sh:class {cls}",
            f"sh:nodeKind {self.one(['sh:IRI', 'sh:BlankNodeOrIRI', 'sh:Literal'])}",
            f"sh:datatype {self.one(['xsd:integer', 'xsd:string', 'rdf:langString'])}",
            "sh:minInclusive 2",
            "sh:maxExclusive 5",
            "sh:minLength 2",
            "sh:maxLength 3",
            'sh:pattern "^a"',
            'sh:languageIn ( "en" )',
            f"sh:equals {prop}",
            f"sh:disjoint {prop}",
            f"sh:hasValue {node}",
            f"sh:in ( {node} {self.one(NODES)} {self.one(LITERALS)} )",
            self.sparql(of_values),
            self.sparql(of_values),
        ]
        if of_values:
            options += [
                f"sh:minCount {self.random.randint(1, 2)}",
                f"sh:maxCount {self.random.randint(0, 2)}",
                "sh:uniqueLang true",
                f"sh:lessThan {prop}",
                f"sh:lessThanOrEquals {prop}",
            ]
        else:
            options.append("sh:closed true ; sh:ignoredProperties ( rdf:type ex:r )")
        if depth:
            inner = [f"[ a sh:NodeShape ; {self.asked(depth - 1, False)} ]" for _ in range(2)]
            options += [
                f"sh:node {inner[0]}",
                f"sh:not {inner[0]}",
                f"sh:and ( {inner[0]} {inner[1]} )",
                f"sh:or ( {inner[0]} {inner[1]} )",
                f"sh:xone ( {inner[0]} {inner[1]} )",
                *[f"sh:property [ a sh:PropertyShape ; {self.of_path(depth - 1)} ]"] * 4,
            ]
            if of_values:
                options.append(f"sh:qualifiedValueShape {inner[0]} ; sh:qualifiedMinCount 1")
            else:
                pair = [
                    f"[ sh:path {self.path()} ; sh:qualifiedValueShape {one} ;"
                    " sh:qualifiedMaxCount 1 ; sh:qualifiedValueShapesDisjoint true ]"
                    for one in inner
                ]
                options.append(f"sh:property {pair[0]} , {pair[1]}")
        return self.one(options)

    def sparql(self, of_values: bool) -> str:
        texts = [f"SELECT $this ?value WHERE {{ {where} }}" for where in QUERIES] + WHOLE
        if of_values:
            texts += ["SELECT $this ?value WHERE { $this $PATH ?value . ?value ex:q ?x }"] * 4
        text = self.one(texts)
        if "?path" in text and "SELECT $this ?value" in text:
            text = text.replace("SELECT $this ?value", "SELECT $this ?path ?value")
        return f'sh:sparql [ sh:prefixes ex:prefixes ; sh:select """{text}""" ]'

    def path(self) -> str:
        p, q = self.one(PROPERTIES), self.one(PROPERTIES)
        return self.one(
            [
                p,
                p,
                p,
                f"[ sh:inversePath {p} ]",
                f"( {p} {q} )",
                f"( {p} [ sh:zeroOrMorePath {q} ] )",
                f"[ sh:alternativePath ( {p} {q} ) ]",
                f"[ sh:zeroOrMorePath {p} ]",
                f"[ sh:oneOrMorePath {p} ]",
                f"[ sh:zeroOrOnePath {p} ]",
            ]
        )

    def data(self, count: int) -> str:
        return "\n".join([PREFIXES, *(self.statement() for _ in range(count))])

    def statement(self) -> str:
        kind = self.random.random()
        node, prop = self.one(NODES), self.one(PROPERTIES)
        if kind < 0.25:
            return f"{node} a {self.one(CLASSES)} ."
        if kind < 0.35:
            return self.one(
                [
                    f"{self.one(CLASSES)} rdfs:subClassOf {self.one(CLASSES)} .",
                    f"{prop} rdfs:subPropertyOf {self.one(PROPERTIES)} .",
                    f"{prop} owl:inverseOf {self.one(PROPERTIES)} .",
                    f"{prop} a owl:ObjectProperty .",
                    f"{prop} a {self.one(['owl:SymmetricProperty', 'owl:TransitiveProperty'])} .",
                    f"{prop} rdfs:range {self.one(CLASSES)} .",
                ]
            )
        if kind < 0.45:
            return f"{node} {prop} {self.one(LITERALS)} ."
        if kind < 0.5:
            return f"{node} {prop} [ {self.one(PROPERTIES)} {self.one(NODES)} ] ."
        return f"{node} {prop} {self.one(NODES)} ."
