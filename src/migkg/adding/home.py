"""In which file of a graph a thing belongs: beside its like, as the files of the graph have it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cached_property
from heapq import heappop, heappush
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from migkg.namespaces import MK, MKD, RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Link = tuple[str, str, str]  # subject, property and object, all of them IRIs
    Tie = tuple[str, str, str]  # the kinds of two things, and the property between them

_TYPE = RDF + "type"
_BROADER = RDFS + "subClassOf"
_TERMS = re.compile(r"ontology/(?!codes/)")
_GROUPED = {  # kinds with a file a value of a property, whatever of them the graph holds so far
    MK + "Ratification": ("data/ratifications", MK + "ratifiedInstrument"),
}
_FEW_APART = 10  # a property ties things if at most one in so many of its uses leaves the file


class _Manner(NamedTuple):
    """How a kind is kept: in one file, or in a folder with a file for each thing or value."""

    order: int
    file: str = ""
    folder: str = ""
    shared: str = ""
    whole: bool = False


class Homes:
    """Where the things of a graph live, and where a new one would.

    Learnt from the files: which kinds live in one file; which properties tie a thing to the file of
    another (a budget to that of its project); which values things of a kind in one file share
    (passages, their document); after what the files of a kind are named. What there is nothing
    alike of goes where something refers to it.
    """

    def __init__(self, files: Mapping[str, Sequence[ox.Triple]]) -> None:
        self._files = files
        self._links = [link for triples in files.values() for link in _links(triples)]
        self._above: defaultdict[str, set[str]] = defaultdict(set)
        for subject, prop, value in self._links:
            if prop == _BROADER:
                self._above[subject].add(value)
        self.home: dict[str, str] = {}
        for path, triples in files.items():
            for subject, prop, _ in _links(triples):
                if prop == _TYPE:
                    self.home[subject] = path
        self._kinds = self._kinds_of(self._links)
        self._where: dict[str, Counter[str]] = {}
        for thing, path in self.home.items():
            self._where.setdefault(self._kinds[thing], Counter())[path] += 1
        self._manners: dict[str, _Manner] = {}

    def placed(self, entry: Sequence[ox.Triple]) -> dict[str, str | None]:
        """Choose a file for each thing that an entry speaks of; None where no kind tells one."""
        things = {s for s, _, _ in _links(entry)} | {
            t.subject.value for t in entry if isinstance(t.subject, ox.NamedNode)
        }
        new = things - self.home.keys()
        links = list(chain(_links(entry), (link for link in self._links if link[2] in new)))
        kinds = {
            thing: self._held(kind) for thing, kind in self._kinds_of(links).items()
        } | self._kinds
        places: dict[str, str | None] = dict(self.home)
        tied = self._tied(links, kinds)
        queue: list[tuple[int, str, str]] = []

        def put(thing: str, place: str | None) -> None:
            places[thing] = place
            for strength, other in tied[thing] if place else ():
                heappush(queue, (-strength, other, place or ""))

        for thing in sorted(tied.keys() & self.home.keys()):
            put(thing, self.home[thing])
        values = {(s, p): o for s, p, o in sorted(links)}
        choices = {thing: self._choice(thing, kinds.get(thing), values) for thing in new}
        for thing in sorted(new, key=lambda thing: (choices[thing][0], thing)):
            while queue:
                _, other, place = heappop(queue)
                if other not in places:
                    put(other, place)
            if thing not in places:
                put(thing, choices[thing][1])
        return {thing: places[thing] for thing in things}

    def of_alignment(self, link: Link) -> str | None:
        """Choose the file of a property that only alignments use: by the vocabularies it joins."""
        subject, prop, value = link
        if not (uses := self._aligned.get(prop)):
            return None
        joined = _namespace(subject), _namespace(value)
        found = Counter(path for pair, path in uses if pair == joined)
        if found:
            return min(found, key=lambda path: (-found[path], path))
        host = re.sub(r"\W+", "-", re.sub(r"^\w+://(www\.)?|/.*", "", value))
        return f"ontology/alignments/{host}.ttl"

    @cached_property
    def _aligned(self) -> dict[str, list[tuple[tuple[str, str], str]]]:
        uses: defaultdict[str, list[tuple[tuple[str, str], str]]] = defaultdict(list)
        elsewhere = set()
        for path, triples in self._files.items():
            for subject, prop, value in _links(triples):
                if path.startswith("ontology/alignments/"):
                    uses[prop].append(((_namespace(subject), _namespace(value)), path))
                else:
                    elsewhere.add(prop)
        return {prop: used for prop, used in uses.items() if prop not in elsewhere}

    def _kinds_of(self, links: Iterable[Link]) -> dict[str, str]:
        """Find the narrowest class of each thing."""
        types = defaultdict(set)
        for subject, prop, value in links:
            if prop == _TYPE:
                types[subject].add(value)
        return {
            thing: min(
                classes - {above for one in classes for above in self._ancestors(one) - {one}}
                or classes
            )
            for thing, classes in types.items()
        }

    def _ancestors(self, cls: str) -> set[str]:
        found, ahead = set(), [cls]
        while ahead:
            if (cls := ahead.pop()) not in found:
                found.add(cls)
                ahead += self._above[cls]
        return found

    def _held(self, kind: str) -> str:
        """Take a kind that the graph has nothing of for its nearest relative that it has."""
        if kind in self._where or kind in _GROUPED:
            return kind
        nearest = [kind]
        for above in nearest:
            relatives = {
                held: self._where[held].total()
                for held in sorted(self._where)
                if above in self._ancestors(held)
            }
            if relatives:
                return max(relatives, key=relatives.__getitem__)
            nearest += sorted(self._above[above] - set(nearest))
        return kind

    @cached_property
    def _ties(self) -> dict[Tie, int]:
        """Count the uses of each property that keeps two things in one of several files."""
        near: Counter[Tie] = Counter()
        apart: Counter[Tie] = Counter()
        for subject, prop, value in self._links:
            if subject in self.home and value in self.home:
                tie = self._kinds[subject], prop, self._kinds[value]
                (near if self.home[subject] == self.home[value] else apart)[tie] += 1
        return {
            tie: count
            for tie, count in near.items()
            if apart[tie] * _FEW_APART <= count
            and (len(self._where[tie[0]]) > 1 or len(self._where[tie[2]]) > 1)
        }

    def _tied(
        self, links: Iterable[Link], kinds: Mapping[str, str]
    ) -> defaultdict[str, list[tuple[int, str]]]:
        tied = defaultdict(list)
        for subject, prop, value in links:
            one, other = kinds.get(subject, ""), kinds.get(value, "")
            if strength := self._ties.get((one, prop, other)):
                tied[subject].append((strength, value))
                tied[value].append((strength, subject))
            elif one and other and other not in self._where and other not in _GROUPED:
                tied[subject].append((0, value))
        return tied

    def _choice(
        self, thing: str, kind: str | None, values: Mapping[tuple[str, str], str]
    ) -> tuple[int, str | None]:
        """Choose a file for a thing that nothing ties to another, and say how late it is asked.

        The first to be asked determine where what is tied to them goes.
        """
        if kind is None:
            return 9, None
        if kind not in self._manners:
            self._manners[kind] = self._manner(kind)
        manner = self._manners[kind]
        if value := values.get((thing, manner.shared)):
            known = self._files_by_value(kind, manner.shared).get(value)
            return (0, known) if known else (2, f"{manner.folder}/{_stem(value, whole=False)}.ttl")
        if manner.file:
            return manner.order, manner.file
        return manner.order, f"{manner.folder}/{_stem(thing, whole=manner.whole)}.ttl"

    def _manner(self, kind: str) -> _Manner:
        where = self._where.get(kind, Counter())
        if kind in _GROUPED:
            folder, shared = _GROUPED[kind]
            return _Manner(5, folder=folder, shared=shared)
        if not where:
            return _Manner(5, f"data/{_plural(kind)}.ttl")
        if len(where) == 1:
            return _Manner(3 if self._is_tied(kind) else 1, min(where))
        folder = _folder(where)
        if "/" not in folder:  # data/ itself has a file a kind, the folders in it a file a thing
            return _Manner(4, min(where, key=lambda path: (-where[path], path)))
        for whole in (True, False):
            if self._names_files(kind, whole):
                return _Manner(2, folder=folder, whole=whole)
        return _Manner(5, folder=folder, shared=self._shared(kind))

    def _is_tied(self, kind: str) -> bool:
        others = [b if kind == a else a for a, _, b in self._ties if kind in (a, b)]
        return any(len(self._where[other]) > 1 for other in others)

    def _names_files(self, kind: str, whole: bool) -> bool:
        """Tell whether most files of a kind are named after a thing of it."""
        named = {
            path
            for thing, path in self.home.items()
            if self._kinds[thing] == kind and path.endswith(f"/{_stem(thing, whole)}.ttl")
        }
        return 2 * len(named) > len(self._where[kind])

    def _shared(self, kind: str) -> str:
        """Find a property of which all things of a kind have a value, which tells their file."""
        found = []
        uses: defaultdict[str, list[str]] = defaultdict(list)
        for subject, prop, _ in self._links:
            if self._kinds.get(subject) == kind:
                uses[prop].append(subject)
        for prop, subjects in uses.items():
            values = self._files_by_value(kind, prop)
            if len(subjects) == len(set(subjects)) == self._where[kind].total() > len(values) > 1:
                found.append((-len(values), prop))
        return min(found)[1] if found else ""

    def _files_by_value(self, kind: str, prop: str) -> dict[str, str]:
        files = defaultdict(set)
        for subject, used, value in self._links:
            if used == prop and self._kinds.get(subject) == kind:
                files[value].add(self.home[subject])
        if any(len(paths) > 1 for paths in files.values()):
            return {}
        return {value: min(paths) for value, paths in files.items()}


def is_of_terms(path: str) -> bool:
    """Tell whether a file holds terms of the ontology, which are changed by hand."""
    return bool(_TERMS.match(path)) and not path.startswith("ontology/alignments/")


def _links(triples: Iterable[ox.Triple]) -> Iterator[Link]:
    for subject, prop, value in triples:
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode):
            yield subject.value, prop.value, value.value


def _folder(where: Counter[str]) -> str:
    folders: Counter[str] = Counter()
    for path, count in where.items():
        folders[path.rpartition("/")[0]] += count
    return min(folders, key=lambda folder: (-folders[folder], folder))


def _stem(iri: str, whole: bool) -> str:
    """Name a file after a thing: mkd:<kind>-<name> after the name, others after the whole."""
    local = re.split("[/#]", iri)[-1]
    if not whole and iri.startswith(MKD):
        local = local.partition("-")[2] or local
    return re.sub(r"[^\w-]+", "-", local, flags=re.ASCII).strip("-") or "entry"


def _plural(kind: str) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", _stem(kind, whole=True)).lower()
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


def _namespace(iri: str) -> str:
    return re.sub(r"[^/#]*$", "", iri)
