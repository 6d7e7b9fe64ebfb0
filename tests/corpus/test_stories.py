from typing import Any

from .records import built, record, relation, the_fact

FACT = relation("bans", "hkma", "lotusex")
WORDS = " ".join(f"word{number}" for number in range(200))
LONG = [f"{name} is what the outlet quotes of this in many words" for name in ("one", "two", "three", "four")]


def copies(*records: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(document.story, document.copy) for document in built(*records).documents]


def quoting(source: str, *texts: str) -> dict[str, Any]:
    return record(source, *(relation(kind, "hkma", "lotusex", text=text) for kind, text in zip(("bans", "regulates"), texts, strict=False)))


def test_documents_are_stories_of_their_own() -> None:
    assert copies(record("a", FACT), record("b", FACT)) == [("a", None), ("b", None)]
    assert the_fact(record("a", FACT), record("b", FACT)).sources == 2


def test_same_text_is_one_source() -> None:
    assert copies(record("a", id="1"), record("b", id="1")) == [("a", None), ("a", "the same text")]
    assert the_fact(record("a", FACT, id="1"), record("b", FACT, id="1")).sources == 1


def test_marked_copy_belongs_to_the_story_of_its_original() -> None:
    assert copies(record("a", duplicate_of="b"), record("b")) == [("b", "marked as a copy"), ("b", None)]


def test_marked_copies_of_a_document_that_is_not_there_are_one_story() -> None:
    assert [story for story, _ in copies(record("a", duplicate_of="x"), record("b", duplicate_of="x"))] == ["a", "a"]


def test_headline_of_one_publisher_and_day_is_one_story() -> None:
    same = {"publisher": "Harbour Wire", "title": "Regulator bans the exchange LotusEx", "published": "2024-05-01"}
    assert copies(record("a", **same), record("b", **same))[1][1] == "the same headline of the same publisher on the same day"


def test_headline_of_another_day_is_another_story() -> None:
    same = {"publisher": "Harbour Wire", "title": "Crypto market wrap for today"}
    assert copies(record("a", **same, published="2024-05-01"), record("b", **same, published="2024-05-02"))[1][1] is None


def test_nearly_the_same_text_is_one_story() -> None:
    assert copies(record("a", text=WORDS), record("b", text=f"Syndicated: {WORDS}"))[1] == ("a", "nearly the same text")


def test_many_passages_in_common_are_one_story() -> None:
    facts = [relation(kind, "hkma", "lotusex", text=text) for kind, text in zip(("bans", "regulates", "licenses"), LONG, strict=False)]
    assert copies(record("a", *facts), record("b", *facts))[1] == ("a", "the same passages")


def test_two_passages_in_common_are_two_stories() -> None:
    assert copies(quoting("a", *LONG), quoting("b", *LONG))[1] == ("b", None)
