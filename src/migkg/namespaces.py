"""The prefixes of the graph, the way between an IRI and its CURIE, and the languages it is in."""

import re

HOME = "https://w3id.org/migkg/"
"""Where the names of the graph begin, and an export lies unless another address is given."""
MK = HOME + "ontology#"
MKC = HOME + "code/"
MKD = HOME + "id/"
MKSH = HOME + "shape/"
GRAPH = HOME + "graph/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OA = "http://www.w3.org/ns/oa#"

LANGUAGES = ("en", "fr", "es")  # in which the graph names things and the command speaks

PREFIXES = {
    "mk": MK,
    "mkc": MKC,
    "mkd": MKD,
    "mksh": MKSH,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
    "oa": OA,
    "time": "http://www.w3.org/2006/time#",
    "sh": "http://www.w3.org/ns/shacl#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "schema": "https://schema.org/",
    "wd": "http://www.wikidata.org/entity/",
}

_LOCAL_NAME = re.compile(r"\w(?:[\w.-]*[\w-])?")


def shorten(iri: str) -> str:
    """Give the CURIE of an IRI where a prefix fits, else the IRI in angle brackets."""
    prefix, namespace = max(
        ((p, ns) for p, ns in PREFIXES.items() if iri.startswith(ns)),
        key=lambda pair: len(pair[1]),
        default=("", ""),
    )
    local = iri[len(namespace) :]
    if namespace and _LOCAL_NAME.fullmatch(local):
        return f"{prefix}:{local}"
    return f"<{iri}>"


def expand(curie: str) -> str | None:
    """Give the IRI of a CURIE with a known prefix, else None."""
    prefix, colon, local = curie.partition(":")
    if colon and prefix in PREFIXES and _LOCAL_NAME.fullmatch(local):
        return PREFIXES[prefix] + local
    return None
