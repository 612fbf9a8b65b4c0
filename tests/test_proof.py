"""What is inferred is proved by what is said."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given, settings
from test_reasoning import stored, triples
from test_reasoning_oracle import AXIOMS, ontologies

from migkg import store
from migkg.reasoning import closure
from migkg.reasoning.proof import Proof, Prover
from migkg.reasoning.rules import MEANINGS
from migkg.sources.passages import proving

DEFAULT = ox.DefaultGraph()


def prover(said: set[ox.Triple]) -> tuple[Prover, list[ox.Triple]]:
    inferred = closure.close(stored(said), DEFAULT).inferred
    return Prover(stored([*said, *inferred]), DEFAULT, said.__contains__), inferred


def may_rest_on_what_is_no_statement(turtle: str) -> bool:
    """Whether values may be subjects, properties nameless, nameless things in nameless classes."""
    backward = "owl:inverseOf" in turtle or "owl:SymmetricProperty" in turtle
    values = any(isinstance(triple.object, ox.Literal) for triple in triples(turtle)[:-1])
    return (
        "owl:inverseOf [" in turtle or (backward and values) or ("_:e" in turtle and "[" in turtle)
    )


@settings(max_examples=150, deadline=None)
@given(ontologies(AXIOMS))
def test_all_that_is_inferred_follows_from_what_its_proof_rests_on(turtle: str) -> None:
    said = {quad.triple for quad in stored(triples(turtle))}
    proving, inferred = prover(said)
    lists = [t for t in said if t.predicate.value.endswith(("#first", "#rest"))]
    for statement in inferred:
        proof = proving.proof(statement)
        if proof is None:
            assert may_rest_on_what_is_no_statement(turtle), statement
            continue
        assert proof.rule
        leaves = set(proof.said())
        assert leaves <= said
        assert statement in closure.close(stored([*leaves, *lists]), DEFAULT).inferred


def depth(proof: Proof) -> int:
    return 1 + max(map(depth, proof.premises), default=0) if proof.rule else 0


def test_the_proof_with_the_fewest_steps_is_told() -> None:
    """There is a long way round from :x0 to :x8, and there is a step."""
    chain = "".join(f":x{i} :before :x{i + 1} . " for i in range(8))
    said = set(triples(f":before a owl:TransitiveProperty . {chain} :x0 :just :x8 ."))
    said |= set(triples(":just rdfs:subPropertyOf :before ."))
    proving, _ = prover(said)
    [goal, halves] = triples(":x0 :before :x8 . :x0 :before :x7 .")
    found, long = proving.proof(goal), proving.proof(halves)
    assert found
    assert long
    assert (found.rule, depth(found)) == ("prp-spo1", 1)
    assert (long.rule, depth(long)) == ("prp-trp", 3)


def test_things_that_follow_from_each_other_alone_are_not_proved() -> None:
    said = set(triples(":p owl:inverseOf :q ."))
    goal, other = triples(":x :p :y . :y :q :x .")
    assert Prover(stored([*said, goal, other]), DEFAULT, said.__contains__).proof(goal) is None


def test_every_statement_that_the_shipped_graph_entails_is_proved(shipped: ox.Store) -> None:
    proofs = proving(shipped)
    inferred = [q.triple for q in shipped.quads_for_pattern(None, None, None, store.INFERRED)]
    assert inferred
    for statement in inferred:
        proof = proofs.proof(statement)
        assert proof, statement
        assert rules(proof) <= MEANINGS.keys()


def rules(proof: Proof) -> set[str]:
    own = {proof.rule} if proof.rule else set()
    return own.union(*map(rules, proof.premises))


def test_a_proof_that_takes_too_long_is_given_up_and_another_found() -> None:
    chain = "".join(f":x{i} :before :x{i + 1} . " for i in range(200))
    said = set(triples(f":before a owl:TransitiveProperty . {chain}"))
    proving, _ = prover(said)
    far, near = triples(":x0 :before :x200 . :x3 :before :x20 .")
    assert proving.proof(far) is None
    found = proving.proof(near)
    assert found
    assert set(triples(":x3 :before :x4 . :x19 :before :x20 .")) <= set(found.said())
