"""An author of Turtle at random, who knows what the text says and where each term stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rdflib import RDF, XSD, BNode, Literal, URIRef

from migkg.entry.entry import Written
from migkg.entry.place import Place

if TYPE_CHECKING:
    from random import Random

    from rdflib.term import Node

NAMESPACES = ("http://e/", "http://f/x#", "urn:g:")
PREFIXES = ("", "e", "e.x", "é-1")
LOCAL_NAMES = {  # as they are in an IRI, and after a prefix
    "": "",
    "a": "a",
    "b.c": "b.c",
    "d(e)f": "d\\(e\\)f",
    "%20x": "%20x",
    "1:2": "1:2",
    "é-": "é-",
    "f..g": "f..g",
}
TEXTS = ("", "a", "é😀", 'say "so"', "it's", "two\nlines", "\r\n\r", "\t\\", "#no", "\u2028", ". ;")
NUMBERS = {
    "1": XSD.integer,
    "-007": XSD.integer,
    "+1.50": XSD.decimal,
    ".5": XSD.decimal,
    "1E5": XSD.double,
    "1.e-3": XSD.double,
}
ESCAPES = {"\n": "\\n", "\r": "\\r", '"': '\\"', "'": "\\'", "\\": "\\\\"}
BLANKS = (" ", "\t", "\n", "\r\n", "\r", "#é. ;[\n", "#\r\n")
DELIMITERS = "<>\"'()[]{},;^ \t\r\n"


class Author:
    """A text in `parts`, and all that it says in `said`."""

    def __init__(self, chance: Random, *, graphs: bool) -> None:
        self.chance = chance
        self.parts: list[str] = []
        self.line = self.column = 1
        self.bound: dict[str, str] = {}
        self.based = False
        self.nodes = 0
        self.said: list[tuple[tuple[Node, Node, Node], Written]] = []
        for _ in range(chance.randint(1, 5)):
            self.directive()
            if graphs and self.maybe():
                self.graph()
            else:
                self.thing()
                self.put(".")
        # pyoxigraph misses a dot at the end of a file after a name with escapes
        self.write("\n" + chance.choice(("", "#é. ;[ :p\n", "## :s :p :o")))

    def maybe(self, probability: float = 0.5) -> bool:
        return self.chance.random() < probability

    def put(self, text: str) -> Place:
        """Write a piece after blanks, which are needed where two would be read as one."""
        written = "  " + "".join(self.parts[-2:])
        before, last = written[-2], written[-1]
        ends = last in DELIMITERS or (
            last == "." and before in DELIMITERS and text[0] not in "-.15"
        )
        glued = not ends and text[0] not in DELIMITERS and text != "."
        self.space(needed=glued or (last == text[0] and last in "'\""))
        place = Place("x", self.line, self.column)
        self.write(text)
        return place

    def write(self, text: str) -> None:
        self.parts.append(text)
        *lines, last = re.split(r"\r\n|\r|\n", text)
        self.line += len(lines)
        self.column = len(last) + (1 if lines else self.column)

    def space(self, *, needed: bool = False) -> None:
        blanks = self.chance.choices(BLANKS, k=self.chance.choice((0, 0, 1, 3)))
        for blank in blanks or [" "] * needed:
            if not (self.parts and self.parts[-1] == "\r" and blank == "\n"):  # which were one
                self.write(blank)

    def directive(self) -> None:
        while self.maybe(0.7):
            sparql = self.maybe()
            if self.maybe(0.8):
                name = self.chance.choice(PREFIXES)
                self.bound[name] = self.chance.choice(NAMESPACES)
                self.put(self.chance.choice(("PREFIX", "prefix")) if sparql else "@prefix")
                self.put(name + ":")
                self.put(f"<{self.bound[name]}>")
            else:
                self.based = True
                self.put(self.chance.choice(("BASE", "base")) if sparql else "@base")
                self.put(f"<{NAMESPACES[0]}>")
            if not sparql:
                self.put(".")

    def graph(self) -> None:
        named = self.maybe()
        if named:
            self.put(self.chance.choice(("GRAPH", "graph")))
        if named or self.maybe():
            self.put(self.chance.choice(("<urn:g>", "_:graph", "[]")))
        self.put("{")
        for _ in range(things := self.chance.randint(0, 2)):
            self.thing()
            things -= 1
            if things or self.maybe():
                self.put(".")
        self.put("}")

    def thing(self) -> None:
        kind = self.chance.choice(("iri", "iri", "label", "[]", "[", "("))
        subject, place = self.term(kind, 2)
        if kind != "[" or self.maybe():
            self.properties(subject, place, 2)

    def properties(self, subject: Node, at: Place, depth: int) -> None:
        for count in range(self.chance.randint(1, 3)):
            for _ in range(self.chance.randint(1, 2) if count else 0):
                self.put(";")
            predicate, of_predicate = self.term("a" if self.maybe(0.2) else "iri", depth)
            for further in range(self.chance.randint(1, 3)):
                if further:
                    self.put(",")
                self.state(subject, predicate, *self.value(depth), at, of_predicate)
        if self.maybe(0.2):
            self.put(";")

    def state(
        self, subject: Node, predicate: Node, value: Node, there: Place, at: Place, of_it: Place
    ) -> None:
        self.said.append(((subject, predicate, value), Written(at, of_it, there)))

    def value(self, depth: int) -> tuple[Node, Place]:
        kinds = ["iri", "label", "[]", "text", "text", "number", "boolean", "[", "("]
        return self.term(self.chance.choice(kinds if depth else kinds[:-2]), depth - 1)

    def term(self, kind: str, depth: int) -> tuple[Node, Place]:
        match kind:
            case "a":
                return RDF.type, self.put("a")
            case "iri":
                iri, text = self.iri()
                return URIRef(iri), self.put(text)
            case "label":
                name = self.chance.choice(("x", "y.z", "0"))
                return BNode(f"label {name}"), self.put(f"_:{name}")
            case "number":
                number = self.chance.choice(list(NUMBERS))
                return Literal(number, datatype=NUMBERS[number], normalize=False), self.put(number)
            case "boolean":
                return Literal("true", datatype=XSD.boolean), self.put("true")
            case "text":
                return self.text()
            case "(":
                return self.listed(depth)
        node, place = self.node(), self.put("[")
        if kind == "[":
            self.properties(node, place, depth)
        self.put("]")
        return node, place

    def node(self) -> BNode:
        self.nodes += 1
        return BNode(f"node {self.nodes}")

    def listed(self, depth: int) -> tuple[Node, Place]:
        place = self.put("(")
        head: Node = RDF.nil
        last, of_last = head, place
        for count in range(self.chance.randint(0, 3)):
            node = self.node()
            item, there = self.value(depth)
            if count:
                self.state(last, RDF.rest, node, there, of_last, there)
                of_last = there
            else:
                head = node
            last = node
            self.state(node, RDF.first, item, there, of_last, there)
        closing = self.put(")")
        if last != RDF.nil:
            self.state(last, RDF.rest, RDF.nil, closing, of_last, closing)
        return head, place

    def iri(self) -> tuple[str, str]:
        namespace, name = self.chance.choice(NAMESPACES), self.chance.choice(list(LOCAL_NAMES))
        iri = namespace + name
        prefixes = [prefix for prefix, of in self.bound.items() if of == namespace]
        if prefixes and self.maybe(0.8):
            return iri, f"{self.chance.choice(prefixes)}:{LOCAL_NAMES[name]}"
        if self.based and namespace == NAMESPACES[0] and ":" not in name and self.maybe():
            return iri, f"<{name}>"
        escaped = (f"\\u{ord(sign):04X}" if self.maybe(0.1) else sign for sign in iri)
        return iri, f"<{''.join(escaped)}>"

    def text(self) -> tuple[Node, Place]:
        text, mark = self.chance.choice(TEXTS), self.chance.choice("'\"")
        quotes = mark * self.chance.choice((1, 3))
        place = self.put(quotes + self.escaped(text, quotes) + quotes)
        kind = self.chance.choice(("plain", "language", "datatype"))
        if kind == "language":
            tag = self.chance.choice(("en", "de-1996"))
            self.put(f"@{tag}")
            return Literal(text, lang=tag), place
        if kind == "datatype":
            self.put("^^")
            iri, name = self.iri()
            self.put(name)
            return Literal(text, datatype=URIRef(iri)), place
        return Literal(text), place

    def escaped(self, text: str, quotes: str) -> str:
        parts = []
        for at, sign in enumerate(text):
            long = len(quotes) == 3 and at + 1 < len(text)
            if (
                sign == "\\"
                or (sign in quotes and not long)
                or (sign in "\r\n" and quotes in "'\"")
            ):
                parts.append(ESCAPES[sign])
            elif self.maybe(0.2):
                parts.append(f"\\U{ord(sign):08x}")
            else:
                parts.append(sign)
        return "".join(parts)
