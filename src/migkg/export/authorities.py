"""What catalogues name things by: the authority tables of the EU, IANA, and standards.

The tables that DCAT-AP asks for: https://semiceu.github.io/DCAT-AP/releases/3.0.1/#controlled-vocabularies-to-be-used
"""

from __future__ import annotations

from migkg.syntax import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE

_EU = "http://publications.europa.eu/resource/authority/"
_IANA = "https://www.iana.org/assignments/media-types/"
_W3C = "https://www.w3.org/TR/"

THEMES = {
    _EU + "data-theme/SOCI": "Population and society",
    _EU + "data-theme/INTR": "International issues",
}
"""Migrants, refugees and their work are of the society; conventions, of international issues."""
THEME_TABLE = _EU + "data-theme"
COUNTRIES = _EU + "country/"
LANGUAGES = {"en": _EU + "language/ENG", "fr": _EU + "language/FRA", "es": _EU + "language/SPA"}
PUBLIC = _EU + "access-right/PUBLIC"
IRREGULAR = _EU + "frequency/IRREG"
COMPLETED = _EU + "distribution-status/COMPLETED"
STATISTICS = _EU + "dataset-type/STATISTICAL"
ONTOLOGY = _EU + "dataset-type/ONTOLOGY"
CODE_LIST = _EU + "dataset-type/CODE_LIST"
MAPPING = _EU + "dataset-type/MAPPING"
GZIP = _IANA + "application/gzip"
SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
SPARQL_PROTOCOL = _W3C + "sparql11-protocol/"

LICENCES = {
    "creativecommons.org/licenses/by/4.0": _EU + "licence/CC_BY_4_0",
    "creativecommons.org/licenses/by-sa/4.0": _EU + "licence/CC_BYSA_4_0",
    "creativecommons.org/publicdomain/zero/1.0": _EU + "licence/CC0",
}
"""Licences by their own address, without scheme and last slash, and in the table of the EU."""

CKAN_LICENCES = {
    "creativecommons.org/licenses/by/4.0": "Creative Commons Attribution",
    "creativecommons.org/licenses/by-sa/4.0": "Creative Commons Attribution Share-Alike",
    "creativecommons.org/publicdomain/zero/1.0": "Creative Commons CCZero",
}
"""The titles by which CKAN's own register knows them, where it does not know the address."""

AGENT_KINDS = {
    "organization-kind-government": "NationalAuthority",
    "organization-kind-international-organization": "SupraNationalAuthority",
    "organization-kind-regional-organization": "SupraNationalAuthority",
    "organization-kind-foundation": "NonProfitOrganisation",
}
"""Of our kinds of organization those that the publisher types of ADMS have, too."""
AGENT_KIND = "http://purl.org/adms/publishertype/"

FILE_TYPES = {
    TURTLE: _EU + "file-type/RDF_TURTLE",
    N_TRIPLES: _EU + "file-type/RDF_N_TRIPLES",
    JSON_LD: _EU + "file-type/JSON_LD",
    RDF_XML: _EU + "file-type/RDF_XML",
    TRIG: _EU + "file-type/RDF_TRIG",
    N_QUADS: _EU + "file-type/RDF_N_QUADS",
}
SYNTAX_STANDARDS = {
    TURTLE: _W3C + "turtle/",
    N_TRIPLES: _W3C + "n-triples/",
    JSON_LD: _W3C + "json-ld11/",
    RDF_XML: _W3C + "rdf-syntax-grammar/",
    TRIG: _W3C + "trig/",
    N_QUADS: _W3C + "n-quads/",
}
OWL = _W3C + "owl2-overview/"
SKOS = _W3C + "skos-reference/"
SHACL = _W3C + "shacl/"
DATA_CUBE = _W3C + "vocab-data-cube/"
TITLES = {
    PUBLIC: "public",
    IRREGULAR: "irregular",
    COMPLETED: "completed",
    STATISTICS: "Statistical data",
    ONTOLOGY: "Ontology",
    CODE_LIST: "Code list",
    MAPPING: "Mapping",
    OWL: "OWL 2 Web Ontology Language",
    SKOS: "SKOS Simple Knowledge Organization System",
    SHACL: "Shapes Constraint Language (SHACL)",
    DATA_CUBE: "RDF Data Cube Vocabulary",
    SPARQL_PROTOCOL: "SPARQL 1.1 Protocol",
    **{standard: syntax.name for syntax, standard in SYNTAX_STANDARDS.items()},
    **THEMES,
}
"""What people call them, in English."""


def media_type(name: str) -> str:
    """Give a media type its address in IANA's register."""
    return _IANA + name


def licence(address: str) -> str:
    """Give a licence as the EU has it in its table, or as it is where that table lacks it."""
    return LICENCES.get(bare(address), address)


def bare(address: str) -> str:
    """Write an address without what differs between those that use it: scheme and last slash."""
    return address.partition("://")[2].rstrip("/")
