"""STAND-IN for the dumps until they are merged."""

import gzip
import os
from pathlib import Path

import pyoxigraph as ox

from migkg import graph
from migkg.graph import INFERRED


def write(site, folder, step):
    of = site.graph
    codes = [p for p in graph.ontology_files(of) if os.sep + "codes" + os.sep in p]
    files = {
        "ontology": [p for p in graph.ontology_files(of) if p not in codes],
        "codes": codes,
        "shapes": graph.shape_files(of),
        "data": graph.data_files(of),
    }
    kinds = {
        "ttl": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdf": ox.RdfFormat.RDF_XML,
    }
    sets = {
        n: [t for p in ps for t in graph.triples(p, graph.graph_name(of, p))]
        for n, ps in files.items()
    }
    sets["inferred"] = sorted(
        (q.triple for q in site.store.quads_for_pattern(None, None, None, INFERRED)), key=str
    )
    for q in sorted(
        site.store.quads_for_pattern(
            None,
            ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
            ox.NamedNode("http://purl.org/linked-data/cube#DataSet"),
            ox.DefaultGraph(),
        ),
        key=str,
    ):
        name = "datasets/" + q.subject.value.rpartition("/")[2]
        sets[name] = sorted(
            (
                t.triple
                for t in site.store.quads_for_pattern(q.subject, None, None, ox.DefaultGraph())
            ),
            key=str,
        )
    os.makedirs(folder + "/dumps/datasets")
    for name, triples in sets.items():
        for e, f in kinds.items():
            body = ox.serialize(triples, format=f)
            _write(f"{folder}/dumps/{name}.{e}", body)
    quads = [
        ox.Quad(*t, ox.NamedNode(graph.graph_name(of, p)))
        for p in graph.sources(of)
        for t in graph.triples(p, graph.graph_name(of, p))
    ]
    quads += [ox.Quad(*t, INFERRED) for t in sets["inferred"]]
    for e, f in {"trig": ox.RdfFormat.TRIG, "nq": ox.RdfFormat.N_QUADS}.items():
        _write(f"{folder}/dumps/migkg.{e}", ox.serialize(quads, format=f))


def _write(path, body):
    Path(path).write_bytes(body)
    if len(body) > 100_000:
        Path(path + ".gz").write_bytes(gzip.compress(body, mtime=0))
