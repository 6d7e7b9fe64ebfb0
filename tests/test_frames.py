from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hkcrypto.errors import DataError
from hkcrypto.extract import Extractor
from hkcrypto.frames import Example, Frames, RelationType, load_frames, load_signatures, parse_example
from hkcrypto.pipeline.examples import faults
from hkcrypto.schema import ENTITY_TYPES, ORGANISATION_TYPES, STATUSES

FRAMES = load_frames()
LETTERS = {
    "R": "REGULATOR",
    "G": "GOVERNMENT",
    "B": "BANK",
    "F": "FIRM",
    "O": "ORGANIZATION",
    "M": "MEDIA",
    "P": "PERSON",
    "C": "PLACE",
    "L": "LAW",
    "E": "EVENT",
    "J": "PROJECT",
    "A": "ASSET",
    "T": "TOPIC",
}
# relation: subject, object, own qualifiers; a letter a type.
ONTOLOGY = {
    "regulates": ("RGLC", "FBTALJ", ""),
    "licenses": ("RGC", "FBJA", "stage licence date"),
    "applies_for_licence": ("FB", "RLC", "licence date"),
    "enforces_against": ("RGO", "FBPJA", "action amount date"),
    "enacts": ("GRCOP", "L", "stage date"),
    "bans": ("GRC", "TAFJ", "date"),
    "supports": ("GRCPFBO", "TACJLFO", ""),
    "partners_with": ("FBOGRP", "FBOGRP", ""),
    "invests_in": ("FBPGOC", "FBOJAC", "amount round"),
    "acquires": ("FBPO", "FBJMO", "amount stake"),
    "owns": ("FBGPC", "FBJMO", ""),
    "provides_service_to": ("FBOJ", "FBJACTP", "service"),
    "listed_on": ("FBAJ", "FC", "date amount"),
    "issues": ("FBGRJCO", "AJT", ""),
    "pegged_to": ("ATJ", "A", ""),
    "holds_position": ("P", "RGBFOMCJEA", "title"),
    "located_in": ("FBOGREPJ", "C", ""),
    "expands_to": ("FBPOMJ", "C", "date"),
    "organizes": ("FBOGRMPC", "EJ", "date"),
    "participates_in": ("RGBFOMPC", "EJO", ""),
}
VALUES = {
    ("licenses", "stage"): "in_principle granted upgraded renewed",
    ("enacts", "stage"): "proposed consulted introduced passed gazetted published in_force amended repealed",
    (
        "enforces_against",
        "action",
    ): "warned investigated fined sued charged arrested convicted suspended revoked rejected seized ordered",
}
Case = tuple[RelationType, Example, bool]


def examples() -> Iterator[Case]:
    for relation in FRAMES.relations.values():
        yield from ((relation, example, True) for example in relation.finds)
        yield from ((relation, example, False) for example in relation.ignores)


def name(case: Case) -> str:
    relation, example, find = case
    return f"{relation.name} {'finds' if find else 'ignores'}: {example.text[:60]}"


def types(letters: str) -> frozenset[str]:
    return frozenset(LETTERS[letter] for letter in letters)


@pytest.mark.parametrize("case", examples(), ids=name)
def test_example_holds(extractor: Extractor, case: Case) -> None:
    relation, example, find = case
    fault = faults(extractor.nlp, relation, example, find=find)
    assert fault is None


@pytest.mark.parametrize("case", [c for c in examples() if c[2]], ids=name)
def test_finding_example_has_both_ends(case: Case) -> None:
    relation, example, _ = case
    tags = {tag: kind for _, _, kind, tag in example.entities}
    assert {"s", "o"} <= tags.keys() <= {"s", "o", "e"}
    assert tags["s"] in relation.subject | {""}
    assert tags["o"] in relation.object | {""}
    assert example.status in {None, *STATUSES}


@pytest.mark.parametrize("case", [c for c in examples() if not c[2]], ids=name)
def test_ignoring_example_could_be_found(case: Case) -> None:
    relation, example, _ = case
    kinds = {(start, kind or min(relation.object)) for start, _, kind, _ in example.entities}
    assert any(a in relation.subject and b in relation.object for i, a in kinds for j, b in kinds if i != j)


@pytest.mark.parametrize("relation", FRAMES.relations.values(), ids=lambda r: r.name)
def test_relation_has_frames_and_examples_of_both_kinds(relation: RelationType) -> None:
    assert relation.frames
    assert len(relation.finds) >= 12
    assert len(relation.ignores) >= 8


def test_relations_are_those_of_the_ontology() -> None:
    assert set(FRAMES.relations) == set(ONTOLOGY)


@pytest.mark.parametrize("relation", ONTOLOGY)
def test_signature_is_that_of_the_ontology(relation: str) -> None:
    subject, obj, qualifiers = ONTOLOGY[relation]
    found = FRAMES.relations[relation]
    assert (found.subject, found.object) == (types(subject), types(obj))
    assert set(found.qualifiers) == {*qualifiers.split(), "attributed_to", "date"}


def test_only_partnership_has_no_direction() -> None:
    assert [r.name for r in FRAMES.relations.values() if r.symmetric] == ["partners_with"]


def test_qualifiers_have_the_values_of_the_ontology() -> None:
    found = {(r.name, q): set(values) for r in FRAMES.relations.values() for q, values in r.qualifiers.items() if values}
    assert found == {key: set(values.split()) for key, values in VALUES.items()}


# --- the loader ---

GOOD = """\
relation: buys
subject: [FIRM]
object: [FIRM]
symmetric: false
qualifiers: {stage: [early, late], date: date}
frames:
  - id: buy
    verbs: [buy]
    subject: agent
    object: [patient, patient.of]
    qualifiers: {stage: early}
"""
Load = Callable[[str], Frames]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def read(text: str) -> Frames:
        (tmp_path / "buys.yaml").write_text(text, encoding="utf-8")
        return load_frames(folder=tmp_path)

    return read


def test_frame_is_found_by_its_trigger(load: Load) -> None:
    frames = load(GOOD)
    assert [(r.name, f.id) for r, f in frames.triggered("verbs", "buy")] == [("buys", "buy")]
    assert frames.triggered("nouns", "buy") == ()


def test_word_class_stands_for_its_words(load: Load) -> None:
    assert load(GOOD.replace("[buy]", '["@win"]')).triggered("verbs", "win")


def test_organisations_stand_for_all_their_types(load: Load) -> None:
    assert load(GOOD.replace("subject: [FIRM]", "subject: ORGANISATIONS")).relations["buys"].subject == ORGANISATION_TYPES


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("verbs:", "verb:", "data/frames/buys.yaml, buy: key 'verb' is unknown; did you mean verbs?"),
        ("symmetric:", "symetric:", "data/frames/buys.yaml: key 'symetric' is unknown; did you mean symmetric?"),
        ("subject: agent", "subject: The agent", "data/frames/buys.yaml, buy: 'The agent' is no role; write agent"),
        ("patient.of", "patient.of.in", "data/frames/buys.yaml, buy: 'patient.of.in' is no role; write agent"),
        ("object: [FIRM]", "object: [FRIM]", "data/frames/buys.yaml: type 'FRIM' is unknown; did you mean FIRM?"),
        ("{stage: early}", "{stgae: early}", "data/frames/buys.yaml, buy: qualifier 'stgae' is unknown; did you mean stage?"),
        ("{stage: early}", "{stage: earlier}", "data/frames/buys.yaml, buy: stage 'earlier' is unknown; did you mean early?"),
        ("    verbs: [buy]", "    verbs: [buy]\n    status: plannned", "buy: status 'plannned' is unknown; did you mean planned?"),
        ("    verbs: [buy]", "    verbs: [buy]\n    if_status: [maybe]", "buy: status 'maybe' is unknown; use one of asserted, "),
        ("[buy]", '["@wim"]', "data/frames/buys.yaml: word class 'wim' is unknown; did you mean win?"),
        ("    verbs: [buy]\n", "", "data/frames/buys.yaml, buy: nothing sets it off; give it one of verbs"),
        ("    subject: agent\n", "", "data/frames/buys.yaml, buy: it does not say where both ends are; give it"),
        ("  - id: buy\n    verbs", "  - verbs", "data/frames/buys.yaml, a frame without id: it has no 'id'; add it"),
        ("relation: buys\n", "", "data/frames/buys.yaml: it has no 'relation'; add it"),
        ("frames:", "frames: [", "data/frames/buys.yaml, line 7: "),
        (GOOD, "[]", "data/frames/buys.yaml: it is no mapping"),
    ],
)
def test_faulty_file_names_file_frame_and_remedy(load: Load, old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(DataError) as error:
        load(GOOD.replace(old, new))
    assert message in str(error.value)
    assert error.value.remedy


def test_two_frames_with_one_id_are_a_fault(load: Load) -> None:
    twice = GOOD + GOOD[GOOD.index("  - id") :]
    with pytest.raises(DataError, match=r"data/frames/buys.yaml: two frames have the same id; give each its own"):
        load(twice)


MORE = """\
relation: buys
frames:
  - {id: snap, verbs: [snap up], subject: agent, object: patient}
"""


def test_file_for_a_known_relation_adds_its_frames(load: Load, tmp_path: Path) -> None:
    load(GOOD)
    (tmp_path / "own").write_text(MORE, encoding="utf-8")
    buys = load_frames([tmp_path / "own"], folder=tmp_path).relations["buys"]
    assert [frame.id for frame in buys.frames] == ["buy", "snap"]
    assert buys.subject == {"FIRM"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("relation: buys", "relation: buys\nsubject: [FIRM]", "'subject' of buys is set in data/frames/buys.yaml; leave it out"),
        ("id: snap", "id: buy", "two frames have the same id; give each its own"),
        ("relation: buys", "relation: sells", "it has no 'object'; add it"),
    ],
)
def test_faulty_file_for_more_frames_names_the_remedy(load: Load, tmp_path: Path, old: str, new: str, message: str) -> None:
    load(GOOD)
    (tmp_path / "own").write_text(MORE.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_frames([tmp_path / "own"], folder=tmp_path)
    assert str(error.value).startswith(f"{tmp_path / 'own'}: {message}")


def test_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"gone\.yaml: No such file"):
        load_frames([tmp_path / "gone.yaml"])


def test_fingerprint_follows_the_files(load: Load) -> None:
    first = load(GOOD).fingerprint
    assert load(GOOD).fingerprint == first
    assert load(GOOD.replace("[buy]", "[snap up]")).fingerprint != first


def test_tags_are_taken_out_of_an_example() -> None:
    example = parse_example("<s FIRM>Kwun Labs</s> met <o>Tidal Pay</o>.")
    assert example.text == "Kwun Labs met Tidal Pay."
    assert example.entities == ((0, 9, "FIRM", "s"), (14, 23, "", "o"))


def test_table_of_types_is_complete() -> None:
    assert sorted(LETTERS.values()) == sorted(ENTITY_TYPES)


def test_signatures_are_those_of_the_frames() -> None:
    bare = {name: replace(relation, frames=(), finds=(), ignores=()) for name, relation in FRAMES.relations.items()}
    assert load_signatures() == bare
    assert list(load_signatures()) == list(FRAMES.relations)


def test_signatures_are_those_of_the_users_frames_too(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("relation: audits\nsubject: [FIRM]\nobject: [FIRM]\nframes: []\n", encoding="utf-8")
    assert load_signatures([own]).keys() - FRAMES.relations.keys() == {"audits"}
