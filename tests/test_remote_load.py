"""Loading engines elsewhere: what breaks off goes on, what is done twice does no harm."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import engines
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from killing import killed

from migkg.errors import MachineError
from migkg.namespaces import GRAPH, XSD
from migkg.remote.endpoint import Endpoint, Rows
from migkg.remote.load import load
from migkg.remote.session import Session
from migkg.remote.writing import query_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from migkg.remote.load import Loaded

KILLS = int(os.environ.get("MIGKG_KILLS", "20"))
LOAD = """
import sys
import pyoxigraph as ox
from migkg.remote import load
load.NOTED_EVERY = 0
print(load.load(ox.Store.read_only(sys.argv[1]), sys.argv[2], None, print, lambda _: None))
"""
START: dict[str, Callable[[Path], engines.Engine]] = {
    "oxigraph": engines.oxigraph,
    "virtuoso": engines.virtuoso,
}
Graphs = dict[str, set[ox.Triple]]


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"https://example.org/{name}")


def graphs(sizes: Mapping[str, int], label: str) -> Graphs:
    """Graphs of so many statements, of which every fifth is about a blank node."""
    return {
        name: {
            ox.Triple(
                node(f"s{at}") if at % 5 else ox.BlankNode(f"b{at:x}"),
                node("p"),
                ox.Literal(f"{label} {at}", language="en"),
            )
            for at in range(size)
        }
        for name, size in sizes.items()
    }


def stored(content: Graphs, folder: Path | None = None) -> ox.Store:
    opened = ox.Store(str(folder)) if folder else ox.Store()
    opened.bulk_extend(
        ox.Quad(*triple, ox.NamedNode(GRAPH + name))  # type: ignore[call-arg]
        for name, triples in content.items()
        for triple in triples
    )
    opened.flush()
    return opened


A = graphs({"asserted": 6_200, "inferred": 700, "data/a.ttl": 900, "data/b.ttl": 3}, "a")
B = graphs({"asserted": 6_100, "inferred": 800, "data/a.ttl": 900, "data/c.ttl": 5}, "b")
B["data/a.ttl"] = A["data/a.ttl"]


@pytest.fixture(scope="module", params=START)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[engines.Engine]:
    running = START[request.param](tmp_path_factory.mktemp(request.param))
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture(autouse=True)
def signed(engine: engines.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in engine.credentials.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(params=["update", "graph_store"])
def to(request: pytest.FixtureRequest, engine: engines.Engine) -> str:
    address: str = getattr(engine, request.param)
    return address


def loaded(content: Graphs | ox.Store, to: str) -> Loaded:
    opened = content if isinstance(content, ox.Store) else stored(content)
    return load(opened, to, None, lambda _: None, lambda _: None)


def held(to: str, names: set[str]) -> dict[str, Counter[ox.Triple]]:
    """What the engine has in these graphs, if anything."""
    asked = Endpoint(query_address(to))
    held = {
        name: Counter(
            q.triple for q in asked.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH + name))
        )
        for name in names
    }
    return {name: triples for name, triples in held.items() if triples}


def content(of: Graphs) -> dict[str, Counter[ox.Triple]]:
    return {name: Counter(triples) for name, triples in of.items()}


ALL = {*A, *B}


def test_a_load_done_twice_sends_nothing(to: str) -> None:
    loaded(A, to)
    assert held(to, ALL) == content(A)
    assert loaded(A, to) == (0, len(A), 0, 0)
    assert held(to, ALL) == content(A)


def test_what_changed_is_sent_and_what_went_is_dropped(to: str) -> None:
    loaded(A, to)
    done = loaded(B, to)
    assert done == (3, 1, 1, sum(len(B[name]) for name in ("asserted", "inferred", "data/c.ttl")))
    assert held(to, ALL) == content(B)


def test_a_load_leaves_one_graph_of_notes_which_queries_do_not_see(to: str) -> None:
    for of in (A, B, B):
        loaded(of, to)
        asked = Endpoint(query_address(to))
        assert len({notes for notes, *_ in asked.noted("?s", "?s ?p ?o")}) == 1
        found = asked.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        assert isinstance(found, Rows)
        assert {name for (name,) in found} == {ox.NamedNode(GRAPH + name) for name in of}


def update(engine: engines.Engine, text: str) -> None:
    """Do something on the engine beside migkg."""
    with Session(engine.update) as session:
        session.post(engine.update, {"update": text}, "*/*").close()


def test_what_belongs_to_others_is_not_touched(engine: engines.Engine, to: str) -> None:
    others = ["https://example.org/graph", GRAPH.replace("graph/", "graphs/x"), GRAPH[:-1]]
    for name in others:
        update(engine, f"INSERT DATA {{ GRAPH <{name}> {{ <a:a> <a:b> <a:c> }} }}")
    loaded(A, to)
    loaded(B, to)
    triple = ox.Triple(*map(ox.NamedNode, ("a:a", "a:b", "a:c")))
    for name in others:
        there = Endpoint(engine.asked).quads_for_pattern(None, None, None, ox.NamedNode(name))
        assert [quad.triple for quad in there] == [triple]


def test_what_got_lost_is_noticed_and_mended(engine: engines.Engine, to: str) -> None:
    loaded(A, to)
    update(engine, f"WITH <{GRAPH}inferred> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}")
    assert loaded(A, to) == (1, len(A) - 1, 0, 700)
    assert held(to, ALL) == content(A)


def test_a_query_endpoint_takes_no_load(engine: engines.Engine) -> None:
    with pytest.raises(MachineError, match=re.escape(engine.asked)):
        loaded(A, engine.asked)


def process(folder: Path, to: str, **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", LOAD, str(folder), to],
        env={**os.environ, **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    a, b = (tmp_path_factory.mktemp("stores") / name for name in "ab")
    stored(A, a)
    stored(B, b)
    return a, b


def test_a_load_that_is_killed_goes_on(engine: engines.Engine, folders: tuple[Path, Path]) -> None:
    """Nothing is lost or doubled, whatever was being done, and whichever graph comes next."""
    choice = random.Random(7)
    addresses = [engine.update, engine.graph_store]
    contents = list(zip(folders, (A, B), strict=True))
    interrupted, late = 0, list[str]()

    def start() -> subprocess.Popen[str]:
        return process(choice.choice(folders), choice.choice(addresses))

    for _ in killed(start, KILLS):
        folder, expected = choice.choice(contents)
        to = choice.choice(addresses)
        opened = ox.Store.read_only(str(folder))
        try:
            interrupted += loaded(opened, to).sent > 0
        except MachineError as error:  # the last request of the killed one came in after its death
            late.append(str(error))
            loaded(opened, to)
        assert held(to, ALL) == content(expected)
    assert interrupted > KILLS / 3
    assert len(late) <= KILLS / 10, late


def test_a_load_goes_on_where_it_stopped(
    engine: engines.Engine, folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("migkg.remote.load.NOTED_EVERY", 0)
    loaded(B, engine.update)
    steps = 0

    def break_off(_step: str) -> None:
        nonlocal steps
        steps += 1
        if steps == 4:
            raise KeyboardInterrupt

    opened = ox.Store.read_only(str(folders[0]))
    with pytest.raises(KeyboardInterrupt):
        load(opened, engine.update, None, lambda _: None, break_off)
    done = loaded(opened, engine.update)
    total = sum(len(A[name]) for name in ("asserted", "inferred", "data/b.ttl"))
    assert 0 < done.statements < total
    assert held(engine.update, ALL) == content(A)


def test_two_loads_of_one_user_wait_for_each_other(
    engine: engines.Engine, folders: tuple[Path, Path]
) -> None:
    running = [process(folder, engine.update) for folder in (*folders, folders[0])]
    outputs = [one.communicate(timeout=120) for one in running]
    assert [errors for _, errors in outputs] == ["", "", ""]
    assert sum("waiting" in output for output, _ in outputs) >= 1
    assert held(engine.update, ALL) in (content(A), content(B))


def test_of_two_loads_from_two_machines_the_later_wins(
    engine: engines.Engine, folders: tuple[Path, Path], tmp_path: Path
) -> None:
    for number in range(3):
        loaded(graphs({"asserted": 10}, str(number)), engine.update)
        running = [
            process(folder, engine.update, MIGKG_CACHE=str(tmp_path / f"{at}"))
            for at, folder in enumerate(folders)
        ]
        outputs = [one.communicate(timeout=120) for one in running]
        failed = [errors for _, errors in outputs if errors]
        assert all("another load" in e or "call this again" in e for e in failed), failed
        if len(failed) == 2:
            loaded(A, engine.update)
        there = held(engine.update, ALL)
        assert there in (content(A), content(B)), (failed, {n: len(there[n]) for n in there})
        loaded(A, engine.update)
        assert held(engine.update, ALL) == content(A)


OLD = graphs({"asserted": 5, "data/d.ttl": 2}, "old")
FEW_A = graphs({"asserted": 7, "inferred": 2, "data/a.ttl": 3, "data/b.ttl": 5}, "a")
FEW_B = graphs({"asserted": 8, "inferred": 2, "data/a.ttl": 3, "data/c.ttl": 4}, "b")
FEW_B["data/a.ttl"] = FEW_A["data/a.ttl"]
FEW = {*OLD, *FEW_A, *FEW_B}


@contextmanager
def small_batches() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for way in ("Update", "GraphStore"):
            patched.setattr(f"migkg.remote.writing.{way}.most", 3)
        patched.setattr("migkg.remote.load.NOTED_EVERY", 0)
        yield


@contextmanager
def held_up(at: int, meanwhile: Callable[[], object]) -> Iterator[Callable[[], bool]]:
    """Do something else just before a request, and tell whether there were so many."""
    send = Session.send
    count = 0

    def sent(self: Session, *arguments: Any, **more: Any) -> Any:
        nonlocal count
        count += 1
        if count == at:
            patched.undo()
            meanwhile()
        return send(self, *arguments, **more)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Session, "send", sent)
        yield lambda: count >= at


def refused(content: Graphs, to: str) -> bool:
    """Load from a machine of its own; tell whether it had to give way to another load."""
    with (
        tempfile.TemporaryDirectory() as cache,
        pytest.MonkeyPatch.context() as machine,
    ):
        machine.setenv("MIGKG_CACHE", cache)
        try:
            loaded(content, to)
        except MachineError as error:
            if "another load" not in str(error):
                raise
            return True
    return False


def test_a_load_that_is_held_up_anywhere_while_another_runs_whole(engine: engines.Engine) -> None:
    """It gives way, or what it leaves is one of the two whole; the next load mends all."""
    to = engine.update
    gave_way, at, reached = 0, 0, True
    with small_batches():
        while reached:
            at += 1
            loaded(OLD, to)
            with held_up(at, lambda: refused(FEW_B, to)) as so_far:
                failed = refused(FEW_A, to)
            gave_way += failed
            reached = so_far()
            assert failed or held(to, FEW) in (content(FEW_A), content(FEW_B)), at
            after = (OLD, FEW_A, FEW_B)[at % 3]
            loaded(after, to)
            assert held(to, FEW) == content(after), at
    assert at / 4 < gave_way < at - 1


@settings(deadline=None, max_examples=15)
@given(
    first=st.integers(1, 45),
    second=st.integers(1, 45),
    third=st.sampled_from([OLD, FEW_A, FEW_B]),
    after=st.sampled_from([OLD, FEW_A, FEW_B]),
)
def test_a_load_that_is_held_up_by_one_that_is_held_up(
    engine: engines.Engine, first: int, second: int, third: Graphs, after: Graphs
) -> None:
    to = engine.graph_store
    failed = []

    def held_up_itself() -> None:
        with held_up(second, lambda: failed.append(refused(third, to))):
            failed.append(refused(FEW_B, to))

    with small_batches():
        loaded(OLD, to)
        with held_up(first, held_up_itself):
            failed.append(refused(FEW_A, to))
        assert any(failed) or held(to, FEW) in map(content, (FEW_A, FEW_B, third))
        assert not all(failed)
        loaded(after, to)
        assert held(to, FEW) == content(after)


def test_an_engine_that_is_killed_and_started_again(
    engine: engines.Engine, folders: tuple[Path, Path], tmp_path: Path
) -> None:
    running = engine
    running = START[engine.name](tmp_path)
    try:
        for number in range(3):
            loaded(graphs({"asserted": 10}, str(number)), running.update)
            loading = process(folders[0], running.update)
            time.sleep(0.5 + 0.15 * number)
            running.stop()
            time.sleep(0.3)
            running = running.again()
            _, errors = loading.communicate(timeout=120)
            assert not errors or "MachineError" in errors
            with suppress(MachineError):  # what the engine lost is noticed, and sent by the next
                loaded(A, running.update)
            loaded(A, running.update)
            assert held(running.update, ALL) == content(A)
    finally:
        running.stop()


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
PLAIN = st.sampled_from(
    [
        "\\u0041",
        "a\\",
        '"',
        "\\",
        "\n",
        "\r\n",
        "\t",
        "> _:b .",
        "é",
        "😀",
        " ",
        "'",
        "_:b",
        "\\\\u0022",
    ]
)
LITERALS = st.one_of(
    st.builds(ox.Literal, TEXT | PLAIN),
    st.builds(lambda text: ox.Literal(text, language="fr"), TEXT | PLAIN),
    st.builds(ox.Literal, st.integers(-(2**62), 2**62)),
    st.builds(ox.Literal, st.booleans()),
    st.sampled_from(
        [
            ox.Literal(text, datatype=ox.NamedNode(XSD + name))
            for text, name in (
                *(("2019-03-31", "date"), ("2019", "gYear"), ("2019-03", "gYearMonth")),
                *(("P4Y", "duration"), ("PT5S", "dayTimeDuration"), ("33.3", "decimal")),
                *(("2019-03-31T12:00:00Z", "dateTime"), ("http://e.org/", "anyURI")),
            )
        ]
    ),
)
STATEMENTS = st.builds(
    ox.Triple,
    st.sampled_from([node("s"), node("é"), ox.BlankNode("b1"), ox.BlankNode("b2")]),
    st.sampled_from([node("p"), node("q")]),
    st.one_of(LITERALS, st.sampled_from([node("o?a=b&c='d'"), ox.BlankNode("b1")])),
)


@settings(deadline=None, max_examples=25)
@given(statements=st.sets(STATEMENTS, min_size=1, max_size=30))
@pytest.mark.parametrize("way", ["update", "graph_store"])
def test_what_is_sent_is_what_is_read(
    engine: engines.Engine, way: str, statements: set[ox.Triple]
) -> None:
    to: str = getattr(engine, way)
    loaded({"asserted": statements}, to)
    assert held(to, {"asserted"}) == {"asserted": Counter(statements)}
