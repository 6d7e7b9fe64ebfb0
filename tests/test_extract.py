import json
import os
import re
import subprocess
import sys
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import hkcrypto
from hkcrypto.errors import ConfigError
from hkcrypto.extract import Extractor, Options, select
from hkcrypto.schema import CONTENT_SECTIONS, Document, Failure, Record, Section, SectionKind, record_schema

ROOT = Path(__file__).parents[1]
SEEDS = {path.name[:3]: path for path in sorted((ROOT / "seeds").glob("*.txt"))}
SENTENCES = [s for path in SEEDS.values() for s in re.split(r"(?<=[.!?:])\s|\n", path.read_text(encoding="utf-8")) if s.strip()]
ODD = st.text(
    alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("’“”`\u200b\u00a0\u202e\ufeff\r\n\t😀é\u0301香港金管局İﬁ·•[]()$%-—")),
    max_size=20,
)


def _slice(sentence: str, ends: tuple[int, int]) -> str:
    return sentence[min(ends) : max(ends)]


PIECES = st.one_of(
    st.sampled_from(SENTENCES),
    st.builds(_slice, st.sampled_from(SENTENCES), st.tuples(st.integers(0, 200), st.integers(0, 200))),
    ODD,
)
TEXTS = st.builds(lambda gap, pieces: gap.join(pieces), st.sampled_from([" ", "\n", "\n\n", "\r\n", ""]), st.lists(PIECES, max_size=8))


@cache
def validator(relation_types: tuple[str, ...]) -> Any:
    schema = record_schema(relation_types)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def seed(extractor: Extractor, number: str) -> Record:
    return extractor.extract(SEEDS[number].read_text(encoding="utf-8"), source=SEEDS[number].name)


def dump(record: Record | Failure) -> str:
    return json.dumps(asdict(record), ensure_ascii=False)


def check_offsets(text: str, record: Record) -> None:
    spans: list[Any] = [m for e in record.entities for m in e.mentions]
    evidence = [e for r in record.relations for e in r.evidence]
    spans += [*record.values, *record.statements, *evidence, *(e.cue for e in evidence if e.cue)]
    for span in spans:
        assert text[span.start : span.end] == span.text
        assert span.text
    for piece in evidence:
        assert 0 <= piece.sentence_start <= piece.start < piece.end <= piece.sentence_end <= len(text)


def check_references(record: Record, extractor: Extractor) -> None:
    types = {e.id: e.type for e in record.entities}
    assert len(types) == len(record.entities)
    assert len({(r.type, r.subject, r.object) for r in record.relations}) == len(record.relations)
    for relation in record.relations:
        signature = extractor.frames.relations[relation.type]
        assert types[relation.subject] in signature.subject
        assert types[relation.object] in signature.object
        assert relation.subject != relation.object
        assert relation.evidence
        assert relation.qualifiers.keys() <= signature.qualifiers.keys()
        assert relation.qualifiers.get("attributed_to", relation.subject) in types
    assert {s.speaker for s in record.statements} <= types.keys()
    assert all((e.id in extractor.kb.entries) == e.kb for e in record.entities)


def check_sections(text: str, record: Record) -> None:
    sections = record.document.sections
    assert "".join(text[s.start : s.end] for s in sections) == text
    assert all(s.start < s.end for s in sections)
    kinds = {m.section for e in record.entities for m in e.mentions} | {e.section for r in record.relations for e in r.evidence}
    assert kinds <= CONTENT_SECTIONS


def check_order(record: Record) -> None:
    firsts = [min(m.start for m in e.mentions) for e in record.entities]
    assert firsts == sorted(firsts)
    for starts in (
        [v.start for v in record.values],
        [s.start for s in record.statements],
        [r.evidence[0].start for r in record.relations],
        *([m.start for m in e.mentions] for e in record.entities),
    ):
        assert starts == sorted(starts)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
@example(text="0 ")
@example(text="24/7 Cryptocurrency News\n24/7 Cryptocurrency News")
@example(text="2.Hong Kong grew. The SFC met clients in Hong Kong.")
@example(text="11·0s]\r\n24/7 Cryptocurrency News")
def test_record_keeps_its_promises(extractor: Extractor, text: str) -> None:
    record = extractor.extract(text, source="text")
    check_offsets(text, record)
    check_references(record, extractor)
    check_sections(text, record)
    check_order(record)
    validator(tuple(extractor.frames.relations)).validate(json.loads(dump(record)))


@pytest.mark.parametrize("number", SEEDS)
def test_seed_keeps_its_promises(extractor: Extractor, number: str) -> None:
    text = SEEDS[number].read_text(encoding="utf-8")
    record = seed(extractor, number)
    check_offsets(text, record)
    check_references(record, extractor)
    check_sections(text, record)
    check_order(record)
    validator(tuple(extractor.frames.relations)).validate(json.loads(dump(record)))


KEY_ENTITIES = {
    "000": "hkma sfc bloomberg hong-kong crypto-firms us bank-of-china",
    "001": "beijing hong-kong bloomberg nick-chan npc justin-sun htx liaison-office",
    "002": "stablecoins-ordinance xiao-feng hashkey-group wanxiang-blockchain cyberport chainalysis scmp",
    "003": "fstb hong-kong hong-kong-fintech-week singapore virtual-assets",
    "004": "hkma pboc jd-com ant-group alibaba futu paul-chan belt-and-road stablecoins",
}
KEY_RELATIONS = {
    "000": {("hkma", "regulates", "stablecoins", "asserted"), ("sfc", "regulates", "crypto-exchanges", "asserted")},
    "001": {("justin-sun", "expands_to", "hong-kong", "planned"), ("nick-chan", "holds_position", "npc", "asserted")},
    "002": {("xiao-feng", "holds_position", "hashkey-group", "asserted"), ("hong-kong", "enacts", "stablecoins-ordinance", "asserted")},
    "003": {("fstb", "enacts", "va-policy-statement", "asserted")},
    "004": {("alibaba", "owns", "ant-group", "asserted")},
}


@pytest.mark.parametrize("number", SEEDS)
def test_seed_has_its_key_entities(extractor: Extractor, number: str) -> None:
    assert set(KEY_ENTITIES[number].split()) - {e.id for e in seed(extractor, number).entities} == set()


@pytest.mark.parametrize("number", SEEDS)
def test_seed_has_its_key_relations(extractor: Extractor, number: str) -> None:
    found = {(r.subject, r.type, r.object, r.status) for r in seed(extractor, number).relations}
    assert KEY_RELATIONS[number] - found == set()


@pytest.mark.parametrize("kind", ["boilerplate", "related", "references", "byline"])
def test_chrome_gives_nothing(extractor: Extractor, kind: SectionKind) -> None:
    body, chrome = "The SFC has licensed OSL.\n\n", "HashKey has acquired OSL for HK$5 million, Bloomberg said."
    text = body + chrome
    sections = (Section("body", 0, len(body)), Section(kind, len(body), len(text)))
    record = extractor.extract(Document(text, "text", sections=sections))
    assert [(r.subject, r.type, r.object) for r in record.relations] == [("sfc", "licenses", "osl-group")]
    assert [e.id for e in record.entities] == ["sfc", "osl-group"]
    assert (record.values, record.statements) == ([], [])


def test_the_same_words_in_the_body_give_a_relation(extractor: Extractor) -> None:
    record = extractor.extract("HashKey has acquired OSL for HK$5 million, Bloomberg said.")
    assert ("hashkey-group", "acquires", "osl-group") in [(r.subject, r.type, r.object) for r in record.relations]
    assert record.values


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufeff", ".", "漢", "24/7 Cryptocurrency News"])
def test_text_without_facts_gives_an_empty_record(extractor: Extractor, text: str) -> None:
    record = extractor.extract(text)
    assert (record.relations, record.statements) == ([], [])
    check_sections(text, record)


# --- the same input gives the same bytes ---


@pytest.fixture(scope="module")
def lines(extractor: Extractor) -> list[str]:
    """Return the records of the seeds as the program writes them."""
    return [dump(seed(extractor, number)) for number in SEEDS]


def test_record_is_the_same_twice(extractor: Extractor, lines: list[str]) -> None:
    assert [dump(seed(extractor, number)) for number in SEEDS] == lines


def test_many_at_once_are_the_same_as_one_by_one(extractor: Extractor, lines: list[str]) -> None:
    documents = [Document(path.read_text(encoding="utf-8"), path.name) for path in SEEDS.values()]
    assert [dump(result) for result in extractor.pipe(documents)] == lines


def test_record_does_not_depend_on_the_documents_before(extractor: Extractor, lines: list[str]) -> None:
    backwards = [dump(seed(extractor, number)) for number in reversed(SEEDS)]
    assert backwards[::-1] == lines


@pytest.mark.parametrize(
    ("jobs", "environment"),
    [
        ("1", {"PYTHONHASHSEED": "1"}),
        ("1", {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TERM": "dumb"}),
        ("2", {"PYTHONHASHSEED": "3"}),
    ],
)
def test_program_writes_the_same_bytes_everywhere(lines: list[str], jobs: str, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "hkcrypto", "extract", str(ROOT / "seeds"), "-f", "jsonl", "-j", jobs]
    done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env=os.environ | environment)
    assert [json.loads(line) for line in done.stdout.splitlines()] == [json.loads(line) for line in lines]
    assert done.stdout.decode().splitlines() == lines


# --- options ---


def test_text_is_stored_where_it_is_asked_for() -> None:
    text = "The SFC has licensed OSL."
    assert hkcrypto.load(with_text=True).extract(text).document.text == text


def test_text_is_left_out_else(extractor: Extractor) -> None:
    assert extractor.extract("The SFC has licensed OSL.").document.text is None


@pytest.mark.parametrize("number", SEEDS)
def test_types_keep_only_their_entities(extractor: Extractor, number: str) -> None:
    whole = seed(extractor, number)
    record = select(whole, Options(types=frozenset({"PLACE", "TOPIC"})))
    assert record.entities == [e for e in whole.entities if e.type in {"PLACE", "TOPIC"}]
    kept = {e.id for e in record.entities}
    assert record.relations == [r for r in whole.relations if {r.subject, r.object} <= kept]
    assert {s.speaker for s in record.statements} <= kept


def test_relations_keep_only_their_type(extractor: Extractor) -> None:
    whole = seed(extractor, "002")
    record = select(whole, Options(relations=frozenset({"supports"})))
    assert {r.type for r in whole.relations} > {r.type for r in record.relations} == {"supports"}
    assert record.entities == whole.entities


def test_confidence_is_a_lower_bound(extractor: Extractor) -> None:
    whole = seed(extractor, "002")
    bound = max(r.confidence for r in whole.relations)
    kept = select(whole, Options(min_confidence=bound)).relations
    assert kept == [r for r in whole.relations if r.confidence == bound]
    assert 0 < len(kept) < len(whole.relations)


def test_default_options_change_nothing(extractor: Extractor) -> None:
    whole = seed(extractor, "004")
    assert select(whole, Options()) == whole
    assert Options().changed() == {}


def test_changed_options_are_plain_data() -> None:
    options = Options(kb=(Path("/a/b/mine.yaml"),), types=frozenset({"FIRM", "BANK"}), min_confidence=0.5)
    assert options.changed() == {"kb": ["mine.yaml"], "min_confidence": 0.5, "types": ["BANK", "FIRM"]}


def test_unknown_relation_is_a_fault() -> None:
    with pytest.raises(ConfigError, match="there is no relation 'aquires'; use one of acquires, "):
        hkcrypto.load(relations=frozenset({"aquires"}))


def test_document_that_breaks_the_pipeline_is_a_failure(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    tokenizer: Any = extractor.nlp.tokenizer
    whole = tokenizer.tokenize

    def break_on_boom(document: Document) -> Any:
        if document.text == "boom":
            raise RuntimeError("broken")
        return whole(document)

    monkeypatch.setattr(tokenizer, "tokenize", break_on_boom)
    documents = [Document(text, text) for text in ("The SFC spoke.", "boom", "The HKMA spoke.")]
    first, second, third = extractor.pipe(documents)
    assert isinstance(first, Record)
    assert isinstance(third, Record)
    assert [e.id for r in (first, third) for e in r.entities] == ["sfc", "hkma"]
    assert second == Failure("boom", "internal error: RuntimeError: broken", "report it together with the document")


def test_metadata_of_the_document_goes_before_that_of_the_text(extractor: Extractor) -> None:
    document = Document(
        "The SFC spoke.", "a.txt", title="A title", publisher="The Gannet", authors=("Ada Moorhen",), published="2024-05-01"
    )
    info = extractor.extract(document).document
    assert (info.title, info.publisher, info.authors, info.published) == ("A title", "The Gannet", ["Ada Moorhen"], "2024-05-01")


def test_dates_are_resolved_against_the_day_of_publication(extractor: Extractor) -> None:
    record = extractor.extract(Document("OSL will open an office next month.", "a.txt", published="2024-12-05"))
    assert [v.value for v in record.values if v.type == "DATE"] == [{"date": "2025-01"}]
