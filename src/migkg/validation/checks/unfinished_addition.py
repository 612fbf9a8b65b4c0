"""No addition to the graph was stopped with only some of its files in place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rdflib import URIRef

from migkg import graph
from migkg.validation.finding import Finding, Outcome

if TYPE_CHECKING:
    from migkg.validation.checking import Context

NAME = "unfinished-addition"
_MESSAGE = {
    "en": "An addition was stopped before all its files were in place: migkg add, without a "
    "file, finishes it.",
    "fr": "Un ajout a été interrompu avant que tous ses fichiers soient en place : migkg add, "
    "sans fichier, le termine.",
    "es": "Una adición se interrumpió antes de que todos sus archivos estuvieran en su lugar: "
    "migkg add, sin archivo, la termina.",
}


def check(context: Context) -> Outcome:
    """Look for the folder that holds what is to be written."""
    folder = os.path.join(context.graph.root, graph.UNFINISHED)
    found = []
    if os.path.isdir(folder):
        node = URIRef(graph.graph_name(context.graph, folder))
        found.append(Finding("Violation", node, None, None, _MESSAGE, NAME))
    return Outcome(NAME, "1 folder", found)
