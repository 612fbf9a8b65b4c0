"""Copies of the shipped data under new names, with links among each other."""

import os
import random
import re
from collections.abc import Iterator
from typing import NamedTuple

import pyoxigraph as ox
from figures import Block

from migkg.namespaces import MKC, MKD, RDF, shorten

_SHARED = ("country", "region", "city", "period", "observation", "dataset")  # not copied
_KNOWN_WIDELY = ("organization", "person", "document", "event", "tool", "instrument")
_TOLD_APART = ("label", "altLabel", "title", "identifier", "fileName", "normlexId")
_SPREAD = (
    "activity-type", "benefit", "cause", "cooperative-activity", "cooperative-role",
    "cooperative-type", "deficit", "impact", "policy-area", "policy-measure",
    "population-group", "response-feature", "sector", "stakeholder",
)  # fmt: skip
_NUMBER = "#"
_TYPE = ox.NamedNode(RDF + "type")
_RATIFYING = 6  # countries for each convention


class Template(NamedTuple):
    """A block of Turtle: text, and at every other place what differs from copy to copy."""

    kind: str
    pieces: list[str]
    statements: int


def templates(paths: list[str]) -> list[Template]:
    """Read what can be copied: a template for each thing."""
    triples = [quad.triple for path in paths for quad in ox.parse(path=path)]
    about: dict[object, list[ox.Triple]] = {}
    for triple in triples:
        about.setdefault(triple.subject, []).append(triple)
    made = []
    for subject, said in about.items():
        if isinstance(subject, ox.NamedNode) and _kind(shorten(subject.value)) not in _SHARED:
            pieces = ["\n", shorten(subject.value), ""]
            statements = _describe(said, about, pieces, "    ")
            pieces[-1] += ".\n"
            made.append(Template(_kind(pieces[1]), pieces, statements))
            if any(t.predicate == _TYPE and _is_convention(t.object) for t in said):
                made.append(_ratification(pieces[1]))
    return made


def _is_convention(term: object) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.endswith("#Convention")


def _kind(name: str) -> str:
    return "country-group" if "country-group" in name else re.split("[:-]", name + ":")[1]


def _describe(
    said: list[ox.Triple], about: dict[object, list[ox.Triple]], pieces: list[str], indent: str
) -> int:
    statements = len(said)
    for triple in said:
        pieces[-1] += f"\n{indent}{shorten(triple.predicate.value)} "
        if isinstance(triple.object, ox.BlankNode):
            pieces[-1] += "["
            statements += _describe(about[triple.object], about, pieces, indent + "        ")
            pieces[-1] += f"{indent}    ]"
        elif isinstance(triple.object, ox.NamedNode):
            name = shorten(triple.object.value)
            if triple.object.value.startswith((MKD, MKC)):
                pieces += [name, ""]
            else:
                pieces[-1] += name
        elif isinstance(triple.object, ox.Literal):
            text = str(triple.object)
            if triple.predicate.value.endswith(_TOLD_APART):
                end = text.rindex('"')
                pieces[-1] += f"{text[:end]} "
                pieces += [_NUMBER, text[end:]]
            else:
                pieces[-1] += text
        pieces[-1] += " ;"
    pieces[-1] += "\n"
    return statements


def _ratification(convention: str) -> Template:
    pieces = [""]
    for turn in range(_RATIFYING):
        name = f"mkd:ratification-{turn}-{convention[len('mkd:instrument-') :]}"
        pieces[-1] += "\n"
        pieces += [name, "\n    a mk:Ratification ;\n    mk:ratifiedInstrument "]
        pieces += [convention, " ;\n    mk:ratifyingCountry "]
        pieces += [f"mkd:country-{turn}", " ;\n    mk:ratificationStatus "]
        pieces[-1] += "mkc:ratification-status-in-force ;\n    "
        pieces[-1] += f'mk:ratificationDate "{1960 + turn * 9}-05-17"^^xsd:date ;\n.\n'
    return Template("ratification", pieces, 5 * _RATIFYING)


def schemes(folder: str) -> dict[str, list[str]]:
    """List, of each code list that things refer to in many ways, its codes as they are shipped."""
    found = {}
    for scheme in _SPREAD:
        with open(os.path.join(folder, f"{scheme}.ttl"), encoding="utf-8") as file:
            found[scheme] = re.findall(rf"^mkc:{scheme}-\S+", file.read(), re.MULTILINE)
    return found


def copies(
    made: list[Template], codes: dict[str, list[str]], countries: list[str], statements: int
) -> Iterator[Block]:
    """Copy everything as often as it takes to make about so many statements.

    A copy refers to its own things; to one that is known widely also as it is in the shipped data
    or in another copy. Its countries and codes are others of their lists.
    """
    copied = {name for template in made for name in _own_names(template)}
    scheme_of = {code: scheme for scheme, listed in codes.items() for code in listed}
    times = round(statements / sum(template.statements for template in made))
    for number in range(1, times + 1):
        draw = random.Random(number)
        shift = draw.randrange(len(countries))
        turned = {c: countries[(at + shift) % len(countries)] for at, c in enumerate(countries)}
        for at in range(_RATIFYING):
            turned[f"mkd:country-{at}"] = countries[(shift + 7 * at) % len(countries)]
        for template in made:
            own = _own_names(template)
            shifts = {scheme: draw.randrange(len(listed)) for scheme, listed in codes.items()}
            chosen = {_NUMBER: f"({number})"}
            for name in dict.fromkeys(template.pieces[1::2]):
                if name in own:
                    chosen[name] = f"{name}-{number}"
                elif name in copied:
                    chosen[name] = _linked(name, template.kind, number, times, draw)
                elif name in scheme_of:
                    listed = codes[scheme_of[name]]
                    place = (listed.index(name) + shifts[scheme_of[name]]) % len(listed)
                    chosen[name] = listed[place]
                elif name != _NUMBER:
                    chosen[name] = turned.get(name, name)
            pieces = template.pieces.copy()
            pieces[1::2] = [chosen[name] for name in pieces[1::2]]
            yield Block("".join(pieces), template.statements)


def _own_names(template: Template) -> set[str]:
    names = template.pieces[1::2]
    if template.kind == "ratification":
        return {name for name in names if name.startswith("mkd:ratification-")}
    return {names[0]}


def _linked(name: str, kind: str, number: int, times: int, draw: random.Random) -> str:
    if kind != "passage" and _kind(name) in _KNOWN_WIDELY:
        chance = draw.random()
        if chance < 0.05:
            return name
        if chance < 0.35:
            return f"{name}-{draw.randint(1, times)}"
    return f"{name}-{number}"
