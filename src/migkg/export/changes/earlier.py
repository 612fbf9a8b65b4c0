"""An earlier release, read from an export or from a commit."""

from __future__ import annotations

import io
import os
import tarfile
from typing import TYPE_CHECKING

import pyoxigraph as ox

from migkg import graph
from migkg.errors import InputError, UsageError
from migkg.export.dump import DATASETS, FOLDER, WHOLE
from migkg.export.site import Earlier, prior, version
from migkg.export.target import MANIFEST
from migkg.git import git
from migkg.graph import ASSERTED, INFERRED
from migkg.namespaces import PREFIXES
from migkg.syntax import N_QUADS, TURTLE
from migkg.terms import quad

if TYPE_CHECKING:
    from collections.abc import Iterable

DUMP = os.path.join(FOLDER, f"{WHOLE.name}.{N_QUADS.ending}")
"""The file of an export that has all graphs."""

_CATALOGUE = f"catalog.{TURTLE.ending}"
_PREVIOUS = ox.NamedNode(PREFIXES["dcat"] + "previousVersion")


def earlier(of: graph.Graph, since: str) -> Earlier:
    """Read a release from the folder of an export, else from a commit of the graph's repository.

    :raises UsageError: it is neither, or holds no graph
    :raises InputError: it cannot be read, or its ontology has no version
    """
    is_export = os.path.isdir(since)
    statements = list(_exported(since) if is_export else _committed(of, since))
    store = ox.Store()
    store.extend(quad(triple, name) for triple in statements for name in (ASSERTED, graph.ALL))
    try:
        release = version(store)
    except InputError as error:
        raise InputError(f"--since {since}: {error}") from None
    chain = _chain(since, release.number) if is_export else []
    return Earlier(release, statements, store, (*dict.fromkeys([*chain, *prior(store)]),))


def _chain(folder: str, number: str) -> list[str]:
    """List the releases before one, as the catalogue of its export tells them."""
    path, releases = os.path.join(folder, _CATALOGUE), f"{DATASETS}{WHOLE.name}/"
    before: dict[str, str] = {}
    try:
        for subject, predicate, former, _ in ox.parse(path=path, format=TURTLE.format):
            if predicate == _PREVIOUS:
                before[str(subject)] = str(former)
    except (OSError, SyntaxError) as error:
        raise InputError(f"{graph.shown(path)}: {error}: export that release again") from None
    listed = [f"<{releases}{number}>"]
    while (former := before.get(listed[-1], "")) and former not in listed:
        listed.append(former)
    return [iri.rpartition("/")[2].rstrip(">") for iri in listed[1:]]


def _exported(folder: str) -> Iterable[ox.Triple]:
    path = os.path.join(folder, DUMP)
    if not os.path.isfile(os.path.join(folder, MANIFEST)) or not os.path.isfile(path):
        raise UsageError(
            f"--since {folder}: this is no export of a whole graph: name one, or a commit of git"
        )
    try:
        with open(path, "rb") as file:
            for found in ox.parse(file, N_QUADS.format):
                if found.graph_name != INFERRED:
                    yield found.triple
    except SyntaxError as error:
        place = f"{graph.shown(path)}:{error.lineno or 1}:{error.offset or 1}"
        raise InputError(f"{place}: {error.msg}: export that release again") from None
    except OSError as error:
        raise InputError(f"{graph.shown(path)}: cannot be read: {error.strerror}") from None


def _committed(of: graph.Graph, revision: str) -> Iterable[ox.Triple]:
    if git(of.root, "rev-parse", "--show-toplevel") is None:
        raise UsageError(
            f"--since {revision}: there is no such folder, and {graph.shown(of.root)} is in no "
            "repository that git can read: name the folder of an earlier export"
        )
    commit = git(of.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^0")
    if commit is None:
        raise UsageError(
            f"--since {revision}: there is no such folder, and git knows no such commit: name an "
            "earlier export, a tag, a branch or a commit"
        )
    named = commit.decode().strip()
    parts = [part for part in ("ontology", "data") if _has(of, named, part)]
    archive = parts and git(of.root, "archive", "--format=tar", named, *parts)
    if not archive:
        raise UsageError(f"--since {revision}: that commit has no graph: name a later one")
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            content = tar.extractfile(member) if member.name.endswith(".ttl") else None
            if content is not None:
                name = f"{revision}:{member.name}"
                yield from graph.parsed(content.read(), name, name)


def _has(of: graph.Graph, commit: str, part: str) -> bool:
    return git(of.root, "rev-parse", "--verify", "--quiet", f"{commit}:./{part}") is not None
