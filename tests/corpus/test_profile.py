import pytest
from rich.console import Console, RenderableType

from hkcrypto.corpus.model import Corpus
from hkcrypto.corpus.profile import Profile, find_entity, profile
from hkcrypto.corpus.view import corpus_record_view, profile_view
from hkcrypto.errors import ConfigError

from .records import Item, built, entity, record, relation

STORY: tuple[Item, ...] = (
    record("a", relation("applies_for_licence", "lotusex", "sfc"), published="2023-05"),
    record("b", relation("licenses", "sfc", "lotusex", stage="granted", date="2024-02-01"), published="2024-02-02"),
    record("c", relation("enforces_against", "sfc", "lotusex", action="revoked"), published="2025-06"),
    record("d", relation("owns", "tidal-pay", "lotusex"), relation("partners_with", "lotusex", "hkma", text="they work together")),
    record("e", entity("Ada Moorhen", "PERSON"), relation("holds_position", "ada-moorhen", "lotusex", title="chief"), published="2023-01"),
    record("f", relation("licenses", "sfc", "lotusex", stage="granted", date="2024-07"), published="2024-08", publisher="The \x1b[31mPost"),
)


def corpus() -> Corpus:
    return built(*STORY)


def of(name: str, date: str | None = None) -> Profile:
    found = corpus()
    return profile(found, find_entity(found, name), date)


def shown(view: RenderableType, width: int = 60) -> str:
    console = Console(width=width, color_system=None, highlight=False)
    with console.capture() as capture:
        console.print(view)
    return capture.get()


def test_profile_sorts_facts_by_what_they_say() -> None:
    found = of("lotusex")
    assert [line.subject.id for line in found.positions] == ["ada-moorhen"]
    assert ([line.subject.id for line in found.owners], found.owned) == (["tidal-pay"], [])
    assert [line.type for line in found.partners] == ["partners_with"]
    assert [line.qualifiers["action"] for line in found.enforcement] == ["revoked"]


def test_profile_of_the_owner_has_what_it_owns() -> None:
    assert [line.object.id for line in of("tidal-pay").owned] == ["lotusex"]


def test_profile_tells_the_life_of_a_licence() -> None:
    (life,) = of("lotusex").licences
    assert (life.stage, [event.stage for event in life.events]) == ("revoked", ["applied", "granted", "granted", "revoked"])


@pytest.mark.parametrize(
    ("date", "stage"), [("2023-12", "applied"), ("2024-02-01", "granted"), ("2024", "granted"), ("2025-06-30", "revoked")]
)
def test_profile_as_of_a_date_has_the_stage_of_then(date: str, stage: str) -> None:
    assert of("lotusex", date).licences[0].stage == stage


def test_profile_as_of_the_day_before_has_not_come_about() -> None:
    assert [event.stage for event in of("lotusex", "2024-01-31").licences[0].events] == ["applied"]


def test_profile_as_of_a_date_counts_what_has_none() -> None:
    found = of("lotusex", "2030")
    assert (found.undated, found.partners, of("lotusex").undated) == (2, [], 0)


def test_profile_has_the_contradictions_of_its_entity() -> None:
    assert [len(of(name).contradictions) for name in ("lotusex", "hkma")] == [1, 0]


@pytest.mark.parametrize("name", ["ada-moorhen", "Ada Moorhen", "ADA  MOORHEN"])
def test_entity_is_found_by_id_and_name(name: str) -> None:
    assert find_entity(corpus(), name).id == "ada-moorhen"


def test_entity_is_found_by_an_alias() -> None:
    found = built(record("a", entity("Kwun Labs Limited", text="Kwun")))
    assert find_entity(found, "kwun").id == "kwun-labs-limited"


def test_entity_is_found_by_a_name_that_only_the_knowledge_base_has() -> None:
    assert find_entity(corpus(), "證監會", lambda _: ["nowhere", "sfc"]).id == "sfc"


def test_unknown_entity_suggests_another() -> None:
    with pytest.raises(ConfigError, match="no 'lotsex'; did you mean lotusex"):
        find_entity(corpus(), "lotsex")


def test_name_of_two_entities_asks_for_an_id() -> None:
    found = built(record("a", entity("Kwun", "FIRM")), record("b", entity("Kwun", "PERSON")))
    with pytest.raises(ConfigError, match=r"may be kwun \(FIRM\), kwun-2 \(PERSON\); give the id"):
        find_entity(found, "KWUN")


@pytest.mark.parametrize("width", [60, 200])
def test_views_fit_the_width(width: int) -> None:
    for view in (corpus_record_view(corpus()), profile_view(of("lotusex", "2025"), corpus())):
        assert max(map(len, shown(view, width).splitlines())) <= width


def test_corpus_view_shows_both_sides_of_a_contradiction() -> None:
    view = shown(corpus_record_view(corpus()), 200)
    assert "SFC" not in view
    assert "2024-02-01: “the clause” b · 2024-02-02" in view
    assert "2024-07: “the clause” f · The �[31mPost · 2024-08" in view


def test_corpus_view_tells_a_licence_in_a_line() -> None:
    view = shown(corpus_record_view(corpus()), 200)
    assert "lotusex (FIRM), by sfc (REGULATOR): applied → granted 2024-02-01 → granted 2024-07 → revoked" in view


def test_corpus_view_stops_at_the_top() -> None:
    assert "… 5 more" in shown(corpus_record_view(corpus(), top=1))
