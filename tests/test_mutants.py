"""Whatever a sound entry names is missed as soon as a letter of it is wrong."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, URIRef

from migkg import graph
from migkg.entry.entry import Entry
from migkg.namespaces import shorten
from migkg.validation.recognition.known import Around, Known
from migkg.validation.recognition.recognize import recognize
from migkg.validation.recognition.spelling import namespace
from migkg.validation.statements import statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migkg.rdflib_terms import Statement

ROOT = Path(__file__).parent.parent
ENTRIES = [  # the others say more of what the graph describes
    *sorted((ROOT / "tests" / "cases" / "valid").glob("*.ttl")),
    *sorted((ROOT / "tests" / "cases" / "queries").glob("*.ttl")),
    *sorted((ROOT / "ontology" / "alignments").glob("*.ttl")),
]
ELSEWHERE = (SKOS.exactMatch, SKOS.closeMatch, RDFS.seeAlso)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Mutant(NamedTuple):
    """An entry in which one term is misspelt."""

    role: str
    right: URIRef
    wrong: URIRef
    removed: tuple[Statement, ...]
    added: tuple[Statement, ...]

    def __str__(self) -> str:
        return f"{self.role} {shorten(self.right)} as {shorten(self.wrong)}"


@pytest.fixture(scope="module")
def around(shipped_graph: graph.Graph) -> Around:
    of_shapes = statements(graph.shape_files(shipped_graph))
    return Around(statements(graph.sources(shipped_graph)), of_shapes)


def misspelt(term: URIRef, chance: random.Random) -> list[URIRef]:
    """Change a letter of the name in some of five ways, or one of the namespace."""
    start = len(namespace(term[:-1]))
    at = chance.randrange(start, len(term))
    letter = chance.choice(LETTERS.replace(term[at].lower(), ""))
    before, char, after = term[:at], term[at], term[at + 1 :]
    of_namespace = chance.randrange(8, start)
    ways = [
        before + letter + after,
        before + after,
        before + letter + char + after,
        before + after[:1] + char + after[1:],
        before + char.swapcase() + after,
        term[:of_namespace] + letter + term[of_namespace + 1 :],
    ]
    return [URIRef(wrong) for wrong in chance.sample(ways, 3)]


def named(entry: Graph, around: Around) -> Iterator[tuple[str, URIRef, tuple[Statement, ...]]]:
    """List what an entry names that exists: in which role, and in which statements.

    Things of other graphs, to which alignments refer, are not for this one to know.
    """
    exists = set(around.statements.all_nodes()) | set(entry.subjects())
    exists -= {value for prop in ELSEWHERE for value in entry.objects(None, prop)}
    for subject in sorted(set(entry.subjects()), key=repr):
        if isinstance(subject, URIRef) and (subject, None, None) in around.statements:
            yield "subject", subject, tuple(entry.triples((subject, None, None)))
        for predicate in sorted(set(entry.predicates(subject)), key=repr):
            same = tuple(entry.triples((subject, predicate, None)))
            yield "predicate", URIRef(str(predicate)), same
    for statement in sorted(entry, key=repr):
        _, predicate, value = statement
        if isinstance(value, URIRef) and value in exists:
            yield ("class" if predicate == RDF.type else "reference"), value, (statement,)


def mutants(entry: Graph, around: Around, chance: random.Random) -> Iterator[Mutant]:
    at = {"subject": 0, "predicate": 1, "class": 2, "reference": 2}
    for role, right, removed in named(entry, around):
        for wrong in misspelt(right, chance):
            added = [(*s[: at[role]], wrong, *s[at[role] + 1 :]) for s in removed]
            if wrong != right and not is_known(role, wrong, entry, around):
                yield Mutant(role, right, wrong, removed, tuple((s, p, o) for s, p, o in added))


def is_known(role: str, term: URIRef, entry: Graph, around: Around) -> bool:
    """Whether the changed term is itself one that exists."""
    if role == "class":
        return term in around.classes.terms
    if role == "predicate":
        return term in around.properties.terms
    return any((term, None, None) in side for side in (entry, around.statements))


@contextmanager
def instead(said: Graph, mutant: Mutant) -> Iterator[None]:
    for statement in mutant.removed:
        said.remove(statement)
    for statement in mutant.added:
        said.add(statement)
    yield
    for statement in mutant.added:
        said.remove(statement)
    for statement in mutant.removed:
        said.add(statement)


def test_every_misspelt_name_is_reported(around: Around) -> None:
    """Recognition reports them all by itself, and asks first of all for the right one."""
    counted: Counter[str] = Counter()
    missed, misled = [], []
    for case in ENTRIES:
        said = statements([str(case)])
        entry = Entry((str(case),), said, {}, {})
        chance = random.Random(case.stem)
        for mutant in list(mutants(said, around, chance)):
            with instead(said, mutant):
                found = list(recognize(Known(entry, around)))
            counted[mutant.role] += 1
            about = [f for f in found if mutant.wrong in (f.focus, f.path, f.value)]
            if not [finding for finding in about if finding.severity != "Info"]:
                missed.append(f"{case.stem}: {mutant}")
            elif about[0].meant[:1] != (mutant.right,):
                misled.append(f"{case.stem}: {mutant}")
    assert missed == []
    assert min(counted[role] for role in ("subject", "predicate", "class", "reference")) > 20
    assert counted.total() > 2000
    assert len(misled) < 0.01 * counted.total(), misled
