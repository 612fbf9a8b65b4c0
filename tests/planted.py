"""A graph with names and labels that pages, files and servers could stumble over."""

from pathlib import Path

HEADER = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX mk: <https://w3id.org/migkg/ontology#>
PREFIX mkc: <https://w3id.org/migkg/code/>
PREFIX mkd: <https://w3id.org/migkg/id/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
ONTOLOGY = (
    HEADER
    + """
<https://w3id.org/migkg/ontology> a owl:Ontology ;
    dct:title "</script><script>alert(0)</script>"@en, "planté"@fr, "plantado"@es ;
    dct:issued "2026-01-01T00:00:00Z"^^xsd:dateTime ;
    dct:modified "2026-01-02T00:00:00Z"^^xsd:dateTime ;
    owl:versionIRI <https://w3id.org/migkg/ontology/1.2.3> ;
    owl:versionInfo "1.2.3" ;
    dct:license <http://creativecommons.org/licenses/by/4.0/> ;
    dct:publisher mkd:document .
mk:Thing a owl:Class ; rdfs:label "thing"@en .
mk:Passage a owl:Class ; rdfs:label "passage"@en .
mk:Effort a owl:Class ; rdfs:label "effort"@en .
mk:follows a owl:ObjectProperty ; rdfs:label "follows <b>"@en ; owl:inverseOf mk:precedes .
mk:precedes a owl:ObjectProperty ; rdfs:label "precedes"@en .
mk:amount a owl:DatatypeProperty ; rdfs:label "amount"@en .
mkc:list a skos:ConceptScheme ; skos:prefLabel "a list"@en .
mkc:one a skos:Concept ; skos:inScheme mkc:list ; skos:broader mkc:two ; skos:prefLabel "one"@en .
mkc:two a skos:Concept ; skos:inScheme mkc:list ; skos:broader mkc:one ; skos:prefLabel "two"@en .
"""
)
MARKUP = "<img src=x onerror=alert(1)>&amp;\"'</title><!-- {{ 7*7 }}"
NAMES = {  # local names, and what a URL has for them where it is something else
    "plain": "",
    "Case": "",
    "case": "",
    "école": "%C3%A9cole",
    "a/b": "",
    "a%2Db": "",
    "a-b": "",
    "dot.": "",
    "x.ttl": "",
    "x": "",
    "con": "",
    "q?r=s": "",
    "index": "",
    "(round)+plus": "",
    "long" * 60: "",
    "日本": "%E6%97%A5%E6%9C%AC",
}


def plant(root: Path) -> Path:
    """Write the graph into a folder."""
    (root / "ontology" / "shapes").mkdir(parents=True)
    (root / "data").mkdir()
    (root / "queries").mkdir()
    (root / "ontology" / "migkg.ttl").write_text(ONTOLOGY, encoding="utf-8")
    (root / "ontology" / "shapes" / "s.ttl").write_text(
        HEADER
        + """
PREFIX sh: <http://www.w3.org/ns/shacl#>
<https://w3id.org/migkg/shape/Thing> a sh:NodeShape ; sh:targetClass mk:Thing ;
    sh:property <https://w3id.org/migkg/shape/Thing-amount> .
<https://w3id.org/migkg/shape/Thing-amount> a sh:PropertyShape ;
    sh:path [ sh:inversePath mk:amount ] ; sh:maxCount "01"^^xsd:integer ; sh:in ( 1 2 ) .
""",
        encoding="utf-8",
    )
    escaped = MARKUP.replace('"', '\\"')
    data = [HEADER]
    data += [
        f'<https://w3id.org/migkg/id/{name}> a mk:Thing ; rdfs:label "{name} {escaped}"@en ; '
        f'mk:amount "01"^^xsd:integer ; mk:follows mkd:plain ; '
        f"foaf:page <javascript:alert(1)>, <https://example.org/?a=1&b=2> ; "
        f'mk:evidence [ mk:passage mkd:passage ; oa:exact "{escaped}" ] .\n'
        for name in NAMES
    ]
    data += [f"mkd:many{i} mk:follows mkd:plain .\n" for i in range(70)]
    data.append(
        f'mkd:passage a mk:Passage ; mk:heading "{escaped}" ; oa:hasSource mkd:document .\n'
        "mkd:elsewhere a mk:Passage ; oa:hasSource <javascript:alert(2)> .\n"
        "mkd:many1 mk:evidence [ mk:passage mkd:elsewhere ] .\n"
        'mkd:many2 mk:evidence [ mk:passage [ a mk:Passage ; mk:heading "unnamed" ;\n'
        '    oa:hasSource [ rdfs:label "nameless" ] ] ] .\n'
        "mkd:elsewhere2 a mk:Passage ; oa:hasSource <https://example.org/report> .\n"
        "mkd:many2 mk:evidence [ mk:passage mkd:elsewhere2 ] .\n"
        'mkd:many4 a mk:Effort . mkd:many5 a mk:Effort ; rdfs:label "five"@en .\n'
        'mkd:many3 rdfs:label "" ; rdfs:label " "@en .\n'
        f'mkd:document rdfs:label "{escaped}"@en .\n'
    )
    (root / "data" / "planted.ttl").write_text("".join(data), encoding="utf-8")
    (root / "queries" / "ask-elsewhere.rq").write_text(
        "#+ summary: What others know\nSELECT ?s { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }\n"
    )
    (root / "queries" / "show-unknown.rq").write_text(
        "#+ summary: What is said of nothing\n#+ parameters:\n#+   it: {domain: mk:Nothing}\n"
        "SELECT ?p { ?_it_iri ?p ?o }\n"
    )
    (root / "queries" / "list-things.rq").write_text(
        "#+ summary: What <b>things</b> there are\n"
        "SELECT ?thing ?label { ?thing a <https://w3id.org/migkg/ontology#Thing> ; "
        '<http://www.w3.org/2000/01/rdf-schema#label> ?label . FILTER("<i>" != ?label) } '
        "ORDER BY STR(?label)\n",
        encoding="utf-8",
    )
    return root
