import json

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from hkcrypto.corpus.build import corpus_of
from hkcrypto.corpus.model import corpus_from_dict, corpus_schema

from .records import Item, entity, record, relation

KINDS = st.sampled_from(["licenses", "regulates", "bans", "enforces_against"])
AUTHORITIES = st.sampled_from(["sfc", "hkma"])
STATUS = st.sampled_from(["asserted", "planned", "negated", "ended"])
DATES = st.sampled_from(["2023", "2024-05", "2024-05-01", "2025-Q3", "2023-12/2024-02"])
VALIDATOR = jsonschema.Draft202012Validator(corpus_schema())


@st.composite
def corpora(draw: st.DrawFn) -> list[Item]:
    """Return records with the few names and dates that make them meet."""
    records = []
    for number in range(draw(st.integers(1, 5))):
        local = [entity(name) for name in draw(st.sets(st.sampled_from(["Kwun Labs", "Kwun Labs Ltd", "Kwun"]), max_size=2))]
        ends = [item["id"] for item in local] + ["lotusex"]
        facts = [
            relation(draw(KINDS), draw(AUTHORITIES), draw(st.sampled_from(ends)), status=draw(STATUS), date=draw(DATES))
            for _ in range(draw(st.integers(0, 3)))
        ]
        published = draw(st.none() | DATES.filter(lambda date: date[4:5] != "-" or date[5].isdigit()))
        records.append(record(f"{number}.txt", *local, *facts, published=published, id=f"{draw(st.integers(0, 3))}" * 64))
    return records


@settings(deadline=None)
@given(corpora(), st.randoms())
def test_corpus_does_not_depend_on_the_order_of_records(records: list[Item], random: object) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert json.dumps(corpus_of(shuffled).to_dict()) == json.dumps(corpus_of(records).to_dict())


@settings(deadline=None)
@given(corpora())
def test_corpus_loses_nothing(records: list[Item]) -> None:
    found = corpus_of(records)
    ids = {item.id for item in found.entities}
    assert sum(len(item.evidence) for item in found.relations) == sum(len(item["relations"]) for item in records)
    assert sum(item.mentions for item in found.entities) == sum(len(item["entities"]) for item in records)
    assert len(ids) == len(found.entities)
    assert all({item.subject, item.object} <= ids for item in found.relations)


@settings(deadline=None)
@given(corpora())
def test_corpus_fits_its_schema_and_is_read_back(records: list[Item]) -> None:
    written = json.loads(json.dumps(corpus_of(records).to_dict()))
    VALIDATOR.validate(written)
    assert corpus_from_dict(written, "x").to_dict() == written


def test_schema_names_the_relations() -> None:
    assert corpus_schema(["bans"])["$defs"]["CorpusRelation"]["properties"]["type"]["enum"] == ["bans"]
