"""The syntaxes of RDF, by what files, browsers, people and the W3C call them."""

from __future__ import annotations

from typing import NamedTuple

import pyoxigraph as ox


class Syntax(NamedTuple):
    """A syntax: how its files end, and what it is called by browsers, people and the W3C."""

    ending: str
    name: str
    media_type: str
    iri: str
    """https://www.w3.org/ns/formats/"""
    format: ox.RdfFormat


_FORMATS = "http://www.w3.org/ns/formats/"

TURTLE = Syntax("ttl", "Turtle", "text/turtle", _FORMATS + "Turtle", ox.RdfFormat.TURTLE)
N_TRIPLES = Syntax(
    "nt", "N-Triples", "application/n-triples", _FORMATS + "N-Triples", ox.RdfFormat.N_TRIPLES
)
JSON_LD = Syntax(
    "jsonld", "JSON-LD", "application/ld+json", _FORMATS + "JSON-LD", ox.RdfFormat.JSON_LD
)
RDF_XML = Syntax(
    "rdf", "RDF/XML", "application/rdf+xml", _FORMATS + "RDF_XML", ox.RdfFormat.RDF_XML
)
TRIG = Syntax("trig", "TriG", "application/trig", _FORMATS + "TriG", ox.RdfFormat.TRIG)
N_QUADS = Syntax("nq", "N-Quads", "application/n-quads", _FORMATS + "N-Quads", ox.RdfFormat.N_QUADS)

OF_GRAPHS = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML)
"""For one graph."""
OF_DATASETS = (TRIG, N_QUADS)
"""For graphs with names."""
