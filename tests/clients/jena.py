"""Reads RDF by Jena's RIOT, strictly, and writes it as N-Quads: jena.py FOLDER FROM TO [FROM TO …]

Jena is that of Debian, in which a library of XML lacks its messages where it looks for them: they
are put into FOLDER.
"""

import os
import sys
import zipfile
from glob import glob

import jpype

JARS = "/usr/share/java"
_NEEDED = """jena-arq jena-core jena-base jena-iri slf4j-api slf4j-nop jsonld-java jackson-core
jackson-annotations jackson-databind dexx.collection guava commons-lang3 commons-io commons-csv
commons-codec commons-cli commons-compress thrift httpclient httpclient-cache httpcore protobuf"""
_MISPLACED = "org/apache/jena/ext/xerces/"


def start(folder: str) -> None:
    with zipfile.ZipFile(os.path.join(JARS, "jena-core.jar")) as jar:
        for name in jar.namelist():
            if name.startswith(_MISPLACED) and name.endswith(".properties"):
                path = os.path.join(folder, "xerces", name.removeprefix(_MISPLACED))
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as file:
                    file.write(jar.read(name))
    jars = [path for name in _NEEDED.split() for path in glob(os.path.join(JARS, f"{name}.jar"))]
    jpype.startJVM(classpath=[folder, *jars])


def main(folder: str, files: list[str]) -> None:
    start(folder)
    of = jpype.JClass
    errors = of("org.apache.jena.riot.system.ErrorHandlerFactory")
    parser = of("org.apache.jena.riot.RDFParser")
    lang = of("org.apache.jena.riot.Lang")
    stream = of("org.apache.jena.riot.system.StreamRDFWriter")
    output = of("java.io.FileOutputStream")
    for at in range(0, len(files), 2):
        builder = parser.create().source(files[at]).checking(True).strict(True)
        builder.errorHandler(errors.errorHandlerStrictNoLogging)
        if files[at].endswith(".jsonld"):  # JSON-LD 1.1 would take what Debian does not have
            builder.forceLang(lang.JSONLD10)
        out = output(files[at + 1])
        builder.parse(stream.getWriterStream(out, lang.NQUADS))
        out.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
