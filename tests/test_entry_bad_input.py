"""What is no entry is refused in one line that says what to do, soon, and in bounded memory."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from migkg import graph
from migkg.entry import reading
from migkg.entry.reading import read
from migkg.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = "PREFIX : <http://e/>\n"
XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">\n'
THING = '<e:T rdf:about="http://e/a"><e:p>x</e:p></e:T></rdf:RDF>'


def refused(name: str) -> str:
    """What is said of a file in the current folder."""
    with pytest.raises(InputError) as caught:
        read([name])
    message = str(caught.value)
    assert message.startswith(f"{name}:")
    assert "\n" not in message
    assert len(message) < 250
    return message.removeprefix(f"{name}:").strip()


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


FAULTS = {
    "no prefix": ("PREFIX : <http://e/>\n:s mk:p 1 .", "2:4", "mk:p", "PREFIX mk: <https://w3id"),
    "no dot": (HEAD + ":s :p :o\n:t :p :o .", "3:1", ":t", "with a dot"),
    "no value": (HEAD + ":s :p .", "2:7", ".", "missing before the dot"),
    "open text": (HEAD + ':s :p "é\n" .', "2:9", "", '"""'),
    "open text to the end": (HEAD + ':s :p """é .', "2:7", '"""é', "close"),
    "open bracket": (HEAD + ":s :p [ :q 1 .", "2:14", ".", "close the bracket"),
    "open list": (HEAD + ":s :p ( 1 .", "2:11", ".", "bracket"),
    "no quotation marks": (HEAD + ":s :p 1, oops .", "2:10", "oops", "quotation marks"),
    "a bare date": (HEAD + ":s :p 2026-03-01 .", "2:11", "-03", "^^xsd:date"),
    "curly marks": (HEAD + ":s :p “é” .", "2:7", "“", "straight"),
    "relative": (HEAD + ":s :p <rel> .", "2:7", "<rel>", "BASE"),
    "blank in an IRI": (HEAD + ":s :p <http://a b> .", "2:7", "<http://a b>", "%20"),
    "language": (HEAD + ':s :p "😀"@e_n .', "2:11", "", "@en"),
    "datatype": (HEAD + ':s :p "x"^^date .', "2:12", "date", "xsd:date"),
    "backslash": (HEAD + ':s :p "C:\\dir" .', "2:10", "\\d", "\\\\"),
    "a no-break space": (HEAD + ":s\u00a0:p 1 .", "2:3", "' '", "no-break space"),
    "what nobody sees": (HEAD + ":s :p\u200b 1 .", "2:6", "U+200B (zero width space)", "nothing"),
    "; before the next thing": (HEAD + ":s :p 1 ;\n:t a :T .", "3:4", "a is", "with a dot, not"),
    "a dot before the next property": (
        HEAD + ":s :p 1 .\n  :q :r .",
        "3:9",
        ".",
        "where ; belongs",
    ),
    "one caret": (HEAD + ':s :p "x"^:T .', "2:10", "^", "write ^^"),
    "a blank in a name": (HEAD + ":s t a :T .", "2:4", "t", "no blanks"),
    "no dot at the end": (HEAD + ':s :p "x"@en', "2:10", "@en", "end it with a dot"),
    "a text without an end": (HEAD + ':s :p "x@en ;\n :q 1 .', "2:7", '"x@en ;', "close what is"),
    "a long text in a wrong place": (
        HEAD + ":s '" + "x" * 100_000 + "' .",
        "2:4",
        "xxx' is not a valid predicate",
        "prefix",
    ),
    "two lines in a wrong place": (HEAD + ':s """a\nb""" .', "2:4", "a b", "prefix"),
    "after CR and CRLF": (HEAD + ":s :p 1 .\r\n\r:s :p oops .", "4:7", "oops", "quotation"),
    "a triple as a term": (HEAD + ":s :p\n <<( :a :b :c )>> .", "3:2", "<<", "RDF 1.2"),
    "an annotation": (HEAD + ":s :p :o {| :q 1 |} .", "2:10", "{|", "RDF 1.2"),
    "a direction": (HEAD + ':s :p "x"@ar--rtl .', "2:10", "@ar--rtl", "RDF 1.2"),
}


@pytest.mark.parametrize(("text", "place", "offending", "todo"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_syntax_is_told_where_it_is_and_what_to_do(
    text: str, place: str, offending: str, todo: str
) -> None:
    Path("x.ttl").write_bytes(text.encode())
    message = refused("x.ttl")
    assert message.startswith(f"{place}: ")
    assert offending in message
    assert todo in message


def test_faults_of_several_files_are_told_at_once_and_nothing_is_half_read() -> None:
    for name, text in (("a", ":s :p"), ("b", ":s :p 1 ."), ("c", ":s oops 1 .")):
        Path(f"{name}.ttl").write_text(HEAD + text)
    notes: list[str] = []
    with pytest.raises(InputError, match=r"^c\.ttl:2:4: "):
        read(["a.ttl", "b.ttl", "c.ttl"], notify=notes.append)
    assert [note[:11] for note in notes] == ["a.ttl:2:6: "]


NO_ENTRY: dict[str, tuple[str, bytes, str]] = {
    "empty": ("x.ttl", b" \n", "is empty"),
    "only comments and prefixes": ("x.ttl", HEAD.encode() + b"# nothing", "holds no statement"),
    "only a graph": ("x.trig", b"{ }", "holds no statement"),
    "an empty object": ("x.jsonld", b"{}", "holds no statement"),
    "an empty RDF/XML": ("x.rdf", XML.encode() + b"</rdf:RDF>", "holds no statement"),
    "binary": ("x.ttl", random.Random(1).randbytes(2000), "is binary"),
    "zipped": ("x.ttl", b"PK\x03\x04\0", "ZIP"),
    "compressed": ("x.nt", b"\x1f\x8b\x08", "compressed"),
    "an unknown ending": ("x.txt", HEAD.encode(), ".ttl .trig .nt .nq .jsonld .rdf"),
    "no ending": ("ttl", HEAD.encode(), ".ttl .trig"),
    "Latin-1": ("x.ttl", f"{HEAD}:s :p 'é".encode() + b"\xe9' .", "2:9: the byte 0xE9 is no UTF-8"),
    "cut off in a character": ("x.ttl", "# é".encode()[:-1], "1:3: the byte 0xC3"),
    "UTF-16": ("x.ttl", HEAD.encode("utf-16"), "is in UTF-16: save it as UTF-8"),
    "UTF-16 without a mark": ("x.ttl", HEAD.encode("utf-16-be"), "is in UTF-16"),
    "NUL": ("x.ttl", f"{HEAD}:s :p 'é\0' .".encode(), "2:9: a NUL byte"),
    "JSON-LD in .ttl": ("x.ttl", b'{"@id": "a:b", "a:c": 1}', "holds JSON-LD, not Turtle: name it"),
    "broken JSON-LD in .ttl": ("x.ttl", b'[{"@id": ', "holds JSON-LD"),
    "RDF/XML in .ttl": ("x.ttl", f"{XML}{THING}".encode(), "holds RDF/XML, not Turtle"),
    "declared XML in .nt": ("x.nt", b'<?xml version="1.0"?><a/>', "holds RDF/XML, not N-Triples"),
    "TriG in .ttl": ("x.ttl", f"{HEAD}{{ :s :p 1 }}".encode(), "holds TriG"),
    "N-Quads in .ttl": ("x.ttl", b"<a:s> <a:p> <a:o> <a:g> .", "holds N-Quads"),
    "Turtle in .nt": ("x.nt", f"{HEAD}:s :p 1 .".encode(), "holds Turtle, not N-Triples"),
    "Turtle in .jsonld": ("x.jsonld", f"{HEAD}:s :p 1 .".encode(), "holds Turtle, not JSON-LD"),
    "Turtle in .owl": ("x.owl", f"{HEAD}:s :p 1 .".encode(), "holds Turtle, not RDF/XML"),
    "JSON-LD in .rdf": ("x.rdf", b'{"@id": "a:b", "a:c": 1}', "holds JSON-LD, not RDF/XML"),
    "a web page": ("x.ttl", b"\n<!DOCTYPE html>\n<html>", "holds a web page"),
    "no JSON": ("x.jsonld", b'{"@id":\n "a:b" "x": 1}', "2:8: no JSON: expecting ',' delimiter"),
    "no XML": ("x.rdf", f"{XML}<e:T></e:U>".encode(), "2:8: no XML: mismatched tag"),
    "XML that ends too soon": ("x.rdf", f"{XML}<e:T>".encode(), "2:6: no XML"),
    "XML in Latin-1": ("x.rdf", b'<?xml version="1.0" encoding="latin1"?><a/>', "1:1: says that"),
    "a relative IRI in RDF/XML": (
        "x.rdf",
        f"{XML}<e:T rdf:about='r'/></rdf:RDF>".encode(),
        "2:17:",
    ),
    "no rdf:ID": (
        "x.rdf",
        f"{XML}<e:T rdf:ID='1é'/></rdf:RDF>".encode(),
        "2:14: 1é is not a valid",
    ),
    "no IRI": ("x.jsonld", b'{"a:p": 1,\n "@id": "http://a b"}', "2:9: no IRI: 'http://a b'"),
    "no language": ("x.jsonld", b'{"a:p": {"@value": "x", "@language": "e_n"}}', "1:38: no tag"),
    "direction": (
        "x.jsonld",
        b'{"a:p": {"@value": "x", "@language": "en", "@direction": "ltr"}}',
        "RDF 1.2",
    ),
    "an undefined property": (
        "x.jsonld",
        b'{"@context": {"label": "a:l"},\n "label": "x", "lable": "y"}',
        "2:16: lable is no IRI and no term of a context",
    ),
    "an undefined class": ("x.jsonld", b'{"@type": "Projct", "a:p": 1}', "1:11: Projct is no IRI"),
    "an IRI relative to nothing": (
        "x.jsonld",
        b'{"@id": "thing", "a:p": 1}',
        "1:9: thing is no IRI",
    ),
}


@pytest.mark.parametrize(("name", "content", "said"), NO_ENTRY.values(), ids=NO_ENTRY)
def test_what_is_no_entry_is_said_in_one_line(name: str, content: bytes, said: str) -> None:
    Path(name).write_bytes(content)
    assert said in refused(name)


def test_what_is_no_file_is_not_opened() -> None:
    Path("folder.ttl").mkdir()
    os.mkfifo("pipe.ttl")
    Path("zero.ttl").symlink_to("/dev/zero")
    Path("gone.ttl").symlink_to("nowhere")
    assert "is a folder" in refused("folder.ttl")
    assert "is a folder" in refused(".")
    assert "read from -" in refused("pipe.ttl")
    assert "is no file" in refused("zero.ttl")
    assert "No such file" in refused("missing.ttl")
    assert "No such file" in refused("gone.ttl")


UNREADABLE = """
import os, sys
from migkg.entry.reading import read
if os.geteuid() == 0:
    os.setuid(65534)
read([sys.argv[1]])
"""


def test_a_file_that_may_not_be_read_is_named(reachable: Path) -> None:
    path = reachable / "x.ttl"
    path.touch(mode=0)
    done = subprocess.run(
        [sys.executable, "-c", UNREADABLE, path], capture_output=True, text=True, check=False
    )
    assert "x.ttl: cannot be read: Permission denied" in done.stderr


@pytest.mark.parametrize("name", ["a:b#?.ttl", "é 😀.ttl", "-x.ttl", "%41.ttl", 'a"b.ttl'])
def test_a_file_may_be_called_anything(name: str) -> None:
    Path(name).write_text(f"\ufeff{HEAD}:s :p 1 .", encoding="utf-8")
    Path("link.ttl").symlink_to(name)
    (written,) = read([name]).written.values()
    assert str(written[0].subject) == f"{name}:2:1"
    assert str(next(iter(read(["link.ttl"]).read_from.values()))) == "link.ttl:2:1"


def test_standard_input_is_read_once_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    def piped(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    with pytest.raises(UsageError, match="only once"):
        read(["-", "-"])
    with pytest.raises(UsageError, match="turtle, trig"):
        read(["-"], "n3")
    piped(b'{"@id": "a:b", "a:c": 1}')
    assert "--syntax jsonld" in refused("-")
    piped(b" " * 20_000_001)
    assert "over 20 MB" in refused("-")
    piped(b"<a:s> <a:p> oops")
    assert refused("-").startswith("1:13: ")
    sys.stdin.close()
    assert "closed" in refused("-")


def test_files_are_bounded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.ttl", "b.ttl", "c.ttl"):
        Path(name).write_text(f"<a:s> <a:p> '{name}' .#" + "x" * 9_000_000)
    assert len(read(["a.ttl", "b.ttl"]).statements) == 2
    with pytest.raises(InputError, match=r"^c\.ttl: over 20 MB .* split it"):
        read(["a.ttl", "b.ttl", "c.ttl"])
    monkeypatch.setattr(reading, "MOST_STATEMENTS", 3)
    for name in ("d.ttl", "e.ttl"):
        Path(name).write_text("<a:s> <a:p> 1 , 2 .")
    with pytest.raises(InputError, match=r"^e\.ttl: over 3 statements with the files before"):
        read(["d.ttl", "e.ttl"])


class _Asked(BaseHTTPRequestHandler):
    paths: list[str] = []  # noqa: RUF012  # of all requests there were

    def do_GET(self) -> None:
        self.paths.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    """A server of which nothing may be asked, and a file that may not be read."""
    with HTTPServer(("127.0.0.1", 0), _Asked) as running:
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/x"
        running.shutdown()
    assert _Asked.paths == []


REMOTE = {
    "a context": ("jsonld", '{"@context": "WHERE", "@id": "a:b", "a:c": 1}'),
    "one of several contexts": ("jsonld", '{"@context": [{}, "WHERE"], "@id": "a:b", "a:c": 1}'),
    "an imported context": ("jsonld", '{"@context": {"@import": "WHERE"}, "@id": "a:b", "a:c": 1}'),
    "the context of a term": (
        "jsonld",
        '{"@context": {"c": {"@id": "a:c", "@context": "WHERE"}}, "@id": "a:b", "c": {"a:d": 1}}',
    ),
    "an entity": (
        "rdf",
        f'<!DOCTYPE r [<!ENTITY x SYSTEM "WHERE">]>{XML}{THING.replace(">x<", ">&x;<")}',
    ),
    "a parameter entity": ("rdf", f'<!DOCTYPE r [<!ENTITY % x SYSTEM "WHERE"> %x;]>{XML}{THING}'),
    "a document type": ("rdf", f'<?xml version="1.0"?>\n<!DOCTYPE r SYSTEM "WHERE">{XML}{THING}'),
    "an entity of its own": (
        "rdf",
        f'<!DOCTYPE r [<!ENTITY x "y">]>{XML}{THING.replace(">x<", ">&x;<")}',
    ),
    "an included document": (
        "rdf",
        f'{XML}<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="WHERE"/></rdf:RDF>',
    ),
}


@pytest.mark.parametrize(("ending", "text"), REMOTE.values(), ids=REMOTE)
def test_nothing_is_fetched(server: str, ending: str, text: str) -> None:
    secret = Path("secret.json").absolute()
    secret.write_text('{"@context": {"name": "a:secret"}}')
    for where in (server, secret.as_uri(), "secret.json"):
        Path(f"x.{ending}").write_text(text.replace("WHERE", where))
        message = refused(f"x.{ending}")
        assert "secret" not in message
        if ending == "jsonld":
            assert "a context elsewhere is not fetched: write what it says in its place" in message
        elif "DOCTYPE" in text:
            assert "a document type is not read: take it out" in message


def test_an_imported_ontology_is_a_statement_and_no_order_to_fetch(server: str) -> None:
    Path("x.ttl").write_text(f"<a:s> <http://www.w3.org/2002/07/owl#imports> <{server}> .")
    assert len(read(["x.ttl"]).statements) == 1


LAUGHS = "".join(
    f'<!ENTITY {name} "{f"&{of};" * 10}">' for of, name in zip("abcdefgh", "bcdefghi", strict=True)
)
LONG = "x" * 1_000_000
HARD = {  # a text, and what is said of it if it is refused
    "nested brackets": ("ttl", f"<a:s> <a:p> {'[ <a:p> ' * 10_000}1{']' * 10_000} .", ""),
    "nested lists": ("ttl", f"<a:s> <a:p> {'(' * 10_000}{')' * 10_000} .", ""),
    "open brackets": ("ttl", f"<a:s> <a:p> {'[ <a:p> ' * 100_000}", "Unexpected end"),
    "nested objects": ("jsonld", '{"a:p": ' * 10_000 + "1" + "}" * 10_000, "too deep"),
    "nested arrays": ("jsonld", '{"a:p": ' + "[" * 50_000 + "]" * 50_000 + "}", "too deep"),
    "nested elements": ("rdf", f"{XML}{'<e:T><e:p>' * 10_000}", "2:4996: over 1,000 elements"),
    "a text of 5 MB": ("ttl", f"<a:s> <a:p> '{LONG * 5}', '''{LONG}''' .", ""),
    "escapes": ("ttl", "<a:s> <a:p> '" + "\\\\" * 2_000_000 + "' .", ""),
    "quotation marks": ("ttl", "<a:s> <a:p> '''" + "''a" * 1_000_000 + "''' .", ""),
    "a line of a million characters": (
        "ttl",
        f"<a:s> <a:p> {', '.join(f'{n:025}' for n in range(40_000))}.",
        "",
    ),
    "a comment": ("ttl", f"# {LONG * 5}\n<a:s> <a:p> 1 .", ""),
    "many lines": ("ttl", "\r\n" * 2_000_000 + "<a:s> <a:p> 1 .", ""),
    "a number": ("ttl", f"<a:s> <a:p> {'1' * 5_000_000} .", ""),
    "a number in JSON": ("jsonld", f'{{"a:p": {"1" * 1_000_000}}}', ""),
    "too many statements": (
        "ttl",
        f"<a:s> <a:p> {','.join(map(str, range(2_000_000)))}.",
        "250,000",
    ),
    "too many values": (
        "jsonld",
        f'{{"a:p": [{",".join(map(str, range(1_000_000)))}]}}',
        "250,000",
    ),
    "a long prefix": (
        "ttl",
        f"PREFIX a: <http://{LONG}/> {' '.join(f'a:s a:p a:{n} .' for n in range(50_000))}",
        "200,000,000 characters",
    ),
    "a long term": (
        "jsonld",
        f'{{"@context": {{"a": "a:{LONG}"}}, "a": [{",".join(map(str, range(50_000)))}]}}',
        "over 2,000 characters",
    ),
    "a long namespace": (
        "rdf",
        XML.replace("//e/", f"//{LONG}/") + "<e:T/>" * 10_000 + "</rdf:RDF>",
        "over 2,000 characters",
    ),
    "a long base": (
        "rdf",
        f'{XML}<e:T xml:base="http://{LONG}/" rdf:ID="x"/></rdf:RDF>',
        "over 2,000 characters",
    ),
    "many attributes": (
        "rdf",
        XML + "<e:T " + " ".join(f"e:p{n}='1'" for n in range(50_000)) + "/></rdf:RDF>",
        "over 1,000 attributes",
    ),
    "a billion laughs": (
        "rdf",
        f'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">{LAUGHS}]>{XML}{THING.replace(">x<", ">&i;<")}',
        "a document type is not read",
    ),
}
BOUNDED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from migkg.entry.reading import read
from migkg.errors import InputError
for name in sys.argv[1:]:
    try:
        print(name, len(read([name]).statements), "statements")
    except InputError as error:
        print(error)
"""


def test_hard_input_takes_seconds_and_bounded_memory() -> None:
    names = {f"{number}.{ending}": said for number, (ending, _, said) in enumerate(HARD.values())}
    for name, (_, text, _) in zip(names, HARD.values(), strict=True):
        Path(name).write_text(text, newline="")
    with open("large.ttl", "wb") as file:
        file.truncate(200_000_000)
    names["large.ttl"] = "over 20 MB is more than an entry may have: split it"
    done = subprocess.run(
        [sys.executable, "-c", BOUNDED, *names], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for line, (name, said) in zip(done.stdout.splitlines(), names.items(), strict=True):
        assert line.startswith(name), line[:200]
        assert (said or " statements") in line, line[:200]
        assert len(line) < 250


def test_the_graph_itself_is_told_as_before() -> None:
    Path("x.ttl").write_text("<a:b> no:p 1 .")
    with pytest.raises(InputError, match=r"^x\.ttl:1:7: The prefix no: has not been declared"):
        graph.read("x.ttl")
