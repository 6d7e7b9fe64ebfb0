"""Which mentions are one entity."""

from collections.abc import Callable

import pytest

from hkcrypto.schema import Record

Read = Callable[[str], Record]


def forms(record: Record) -> dict[str, list[str]]:
    """The texts of an entity's names, in the order of the text, by its id."""
    found = {e.id: [m.text for m in e.mentions if m.method != "coref"] for e in record.entities}
    return {entity: texts for entity, texts in found.items() if texts}


def test_forms_of_a_known_name_are_one_entity(read: Read) -> None:
    record = read("The Hong Kong Monetary Authority met clients. The HKMA (金管局) spoke.")
    assert forms(record) == {"hkma": ["Hong Kong Monetary Authority", "HKMA", "金管局"]}
    assert record.entities[0].kb


def test_unknown_name_gets_a_slug(read: Read) -> None:
    record = read("The office belongs to the Harrier Bank of Asia.")
    assert [(e.id, e.name, e.kb) for e in record.entities] == [("harrier-bank-of-asia", "Harrier Bank of Asia", False)]


@pytest.mark.parametrize(
    "text",
    [
        "Saltfish Holdings Limited (“Saltfish”) opened an office. The staff of Saltfish spoke.",
        'Saltfish Holdings Limited ("Saltfish") opened an office. The staff of Saltfish spoke.',
        "Saltfish Holdings Limited (the Saltfish) opened an office. The staff of Saltfish spoke.",
    ],
)
def test_short_form_in_brackets_is_defined(read: Read, text: str) -> None:
    assert forms(read(text)) == {"saltfish-holdings-limited": ["Saltfish Holdings Limited", "Saltfish", "Saltfish"]}


@pytest.mark.parametrize(
    "text",
    [
        "The group joined the Harrier Payments Association (HPA) last year, and the HPA will vote.",
        "The group joined the HPA (Harrier Payments Association) last year, and the HPA will vote.",
    ],
)
def test_long_and_short_form_define_each_other(read: Read, text: str) -> None:
    assert {i: sorted(texts) for i, texts in forms(read(text)).items()} == {
        "harrier-payments-association": ["HPA", "HPA", "Harrier Payments Association"]
    }


def test_abbreviation_does_not_outvote_the_head_noun(read: Read) -> None:
    record = read("The Harrier Payments Association (HPA) met. The HPA will vote, and HPA staff will leave.")
    assert {e.type for e in record.entities} == {"ORGANIZATION"}


def test_bracket_of_another_thing_defines_nothing(read: Read) -> None:
    found = forms(read("The office of the Harrier Bank (closed in May) and that of the Gannet Bank met."))
    assert found == {"harrier-bank": ["Harrier Bank"], "gannet-bank": ["Gannet Bank"]}


def test_acronym_without_definition_is_the_long_name(read: Read) -> None:
    found = forms(read("The group joined the Harrier Payments Association last year, and HPA will vote in May."))
    assert found == {"harrier-payments-association": ["Harrier Payments Association", "HPA"]}


def test_surname_is_the_person(read: Read) -> None:
    found = forms(read("Ms Ada Moorhen met Mr Peter Lam in the office on Monday. Lam left early, and Moorhen stayed."))
    assert found == {"ada-moorhen": ["Ada Moorhen", "Moorhen"], "peter-lam": ["Peter Lam", "Lam"]}


def test_surname_of_a_chinese_name_stands_first(read: Read) -> None:
    assert forms(read("Lai Pak-yin spoke on Monday. The office closed when Lai left.")) == {"lai-pak-yin": ["Lai Pak-yin", "Lai"]}


@pytest.mark.parametrize(
    "text",
    [
        "Mr Peter Chan and Ms Rita Chan met on Monday. Rita Chan left early.",
        "Rita Chan runs the office. Peter Chan, her brother, left it in May. Rita Chan had opened it.",
    ],
)
def test_two_people_of_one_surname_stay_apart(read: Read, text: str) -> None:
    found = forms(read(text))
    assert found.keys() == {"peter-chan", "rita-chan"}
    assert found["rita-chan"] == ["Rita Chan", "Rita Chan"]


def test_person_after_a_title_is_not_the_other_of_that_surname(read: Read) -> None:
    found = forms(read("Chief Executive Peter Lam met Secretary for Seabirds Rita Lam on Monday in the office."))
    assert found == {"peter-lam": ["Peter Lam"], "rita-lam": ["Rita Lam"]}


def test_local_arm_is_another_entity(read: Read) -> None:
    found = forms(read("The office of HashKey (Hong Kong) opened in May, and HashKey runs it."))
    assert found == {"hashkey-hong-kong": ["HashKey (Hong Kong)"], "hashkey-group": ["HashKey"]}


def test_known_local_arm_is_linked(read: Read) -> None:
    found = forms(read("The office of Bank of China (Hong Kong) opened in May, unlike that of Bank of China."))
    assert found == {"bochk": ["Bank of China (Hong Kong)"], "bank-of-china": ["Bank of China"]}


def test_former_name_is_the_same_firm(read: Read) -> None:
    found = forms(read("The exchange Gannet Markets, formerly known as Tern Exchange, opened an office. Staff of Tern Exchange spoke."))
    assert found == {"gannet-markets": ["Gannet Markets", "Tern Exchange", "Tern Exchange"]}


def test_name_without_its_legal_form_is_the_same_firm(read: Read) -> None:
    found = forms(read("The broker Saltfish Securities Limited opened in May. The staff of Saltfish Securities spoke."))
    assert found == {"saltfish-securities-limited": ["Saltfish Securities Limited", "Saltfish Securities"]}


def test_entities_stand_in_the_order_of_the_text(read: Read) -> None:
    assert list(forms(read("The staff of the Gannet Bank met the HKMA and then the owners of the Auk Bank."))) == [
        "gannet-bank",
        "hkma",
        "auk-bank",
    ]


def test_fullest_form_is_the_name(read: Read) -> None:
    record = read("Staff of Saltfish Capital spoke. The broker Saltfish Capital Holdings Limited has forty.")
    assert {e.name for e in record.entities} == {"Saltfish Capital Holdings Limited"}
