"""Where the text names something, and of what type."""

from collections.abc import Callable

import pytest

from hkcrypto.pipeline.lexicon import is_ordinary
from hkcrypto.schema import Record

Read = Callable[[str], Record]


def named(record: Record) -> list[tuple[str, str]]:
    """Text and type of every mention that is a name, in the order of the text."""
    rows = [(m.start, m.text, e.type) for e in record.entities for m in e.mentions if m.method != "coref"]
    return [(text, kind) for _, text, kind in sorted(rows)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Regulators drew a circle before Circle issued USDC.", "Circle"),
        ("Ada Moorhen joined Circle in May.", "Circle"),
        ("Circle's chief executive left in May.", "Circle"),
        ("They met in a block of flats before Block, the payments company, moved out.", "Block"),
        ("The payments company Block bought an office.", "Block"),
        ("Traders turned bullish, and the exchange Bullish hired staff.", "Bullish"),
    ],
)
def test_ambiguous_word_is_a_name_with_evidence(read: Read, text: str, name: str) -> None:
    assert [n for n, kind in named(read(text)) if kind == "FIRM"] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Regulators drew a circle around the issue.",
        "The block was mined on Monday.",
        "Block after block was sold in May.",
        "Traders turned bullish on Monday.",
        "Bullish traders bought an office in May.",
    ],
)
def test_ambiguous_word_is_a_word_without_evidence(read: Read, text: str) -> None:
    assert named(read(text)) == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Investors sold the shares of Dock Street Holdings on Tuesday after a long week.", "Dock Street Holdings", "FIRM"),
        ("In May the regulator met Saltfish Limited for a second time.", "Saltfish Limited", "FIRM"),
        ("She works for the Harrier Bank and its staff of forty.", "Harrier Bank", "BANK"),
        ("She works for the Harrier Bank of Asia and its staff of forty.", "Harrier Bank of Asia", "BANK"),
        ("She spoke to the Harrier Payments Association in May of this year.", "Harrier Payments Association", "ORGANIZATION"),
        ("The rules of the Petrel Ordinance take effect in May.", "Petrel Ordinance", "LAW"),
        ("He spoke at the Gannet Forum in May of this year.", "Gannet Forum", "EVENT"),
        ("The pilot called Project Gannet ends in May of this year.", "Project Gannet", "PROJECT"),
        ("She told the Tern Gazette that the office was closed in May.", "Tern Gazette", "MEDIA"),
        ("Lawyers went before the Tern Tribunal in May of this year.", "Tern Tribunal", "GOVERNMENT"),
        ("Lawyers wrote to the Ministry of Seabirds in May of this year.", "Ministry of Seabirds", "GOVERNMENT"),
    ],
)
def test_head_noun_gives_an_unknown_name_its_type(read: Read, text: str, name: str, kind: str) -> None:
    assert named(read(text)) == [(name, kind)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The exchange said Saltfish, a custodian, had closed its office.", "Saltfish", "FIRM"),
        ("The report says that the custodian Saltfish has closed its office.", "Saltfish", "FIRM"),
        ("Mr Wendell Mok, a lawmaker, spoke on Monday.", "Wendell Mok", "PERSON"),
        ("The office of the lawmaker Rita Mok was closed in May.", "Rita Mok", "PERSON"),
        ("The report says that LotusEx has closed its office.", "LotusEx", "FIRM"),
    ],
)
def test_words_around_give_an_unknown_name_its_type(read: Read, text: str, name: str, kind: str) -> None:
    assert named(read(text)) == [(name, kind)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Harrier Bank's staff met the police on Monday.", "Harrier Bank"),
        ("The Harrier Bank’s staff met the police on Monday.", "Harrier Bank"),
        ("Its office is that of the Harrier Bank.", "Harrier Bank"),
        ("“The Harrier Bank” is what its staff call it in May.", "Harrier Bank"),
        ("Mr. Peter Lam's office moved in May.", "Peter Lam"),
        ("The office of HashKey's staff moved in May.", "HashKey"),
    ],
)
def test_name_has_no_article_title_or_possessive(read: Read, text: str, name: str) -> None:
    assert [n for n, _ in named(read(text))] == [name]


@pytest.mark.parametrize("form", ["Pte. Ltd.", "Limited", "Inc.", "Holdings Limited"])
def test_legal_form_belongs_to_an_unknown_name(read: Read, form: str) -> None:
    assert named(read(f"On Tuesday the broker Saltfish Digital {form} opened an office for its clients.")) == [
        (f"Saltfish Digital {form}", "FIRM")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The CEO and the CFO left in Q3, and an IPO is planned.",
        "Breaking News: Regulators Push Clients Towards New Licences In City",
        "Clients of Type 1 and Type 9 licences met on Monday in May.",
        "Read More: What Clients Should Ask Before They Sign",
        "The gannet-run office closed on Monday.",
    ],
)
def test_capitals_alone_make_no_name(read: Read, text: str) -> None:
    assert named(read(text)) == []


@pytest.mark.parametrize("text", ["Clients must pass KYC checks.", "The firm has a KYC rule and an AML rule."])
def test_abbreviation_of_a_topic_is_no_firm(read: Read, text: str) -> None:
    assert {kind for _, kind in named(read(text))} == {"TOPIC"}


def test_longer_unknown_name_goes_before_a_known_one_inside(read: Read) -> None:
    found = named(read("The office of HashKey Seabird Ventures opened in May, unlike HashKey."))
    assert found == [("HashKey Seabird Ventures", "FIRM"), ("HashKey", "FIRM")]


def test_possessor_is_no_part_of_a_name(read: Read) -> None:
    assert [n for n, _ in named(read("Alibaba’s Ant Group applied in May."))] == ["Alibaba", "Ant Group"]


def test_nested_place_is_no_mention(read: Read) -> None:
    assert [n for n, _ in named(read("The Hong Kong Monetary Authority met clients in Singapore."))] == [
        "Hong Kong Monetary Authority",
        "Singapore",
    ]


def test_adjective_of_a_place_is_no_mention(read: Read) -> None:
    assert named(read("Chinese clients met American clients.")) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The appointment came as a surprise to the staff of Redshanko.", [("Redshanko", "FIRM")]),
        ("Redshanko has given up its plan, two people said.", [("Redshanko", "FIRM")]),
        ("The plan was drawn up by Plover Orchard over the summer.", [("Plover Orchard", "FIRM")]),
        ("She left Redshanko Asia in May of this year.", [("Redshanko Asia", "FIRM")]),
        ("She is the managing director of Gannet Digital, which has a staff of nine.", [("Gannet Digital", "FIRM")]),
        ("The accounts were checked by Dunlin & Cie of the same street.", [("Dunlin & Cie", "FIRM")]),
        ("The shares of Redshanko DMCC were sold in May.", [("Redshanko DMCC", "FIRM")]),
        ("The Swiss bank Dunlin & Co has opened an office.", [("Dunlin & Co", "BANK")]),
        ("A loan came from Banco Garza in May of this year.", [("Banco Garza", "BANK")]),
        ("A loan came from Bank Garuda in May of this year.", [("Bank Garuda", "BANK")]),
        ("The talks with the Fishers' Bank ended in May.", [("Fishers' Bank", "BANK")]),
        ("The rules come from the Reserve Bank of Ternland and are new.", [("Reserve Bank of Ternland", "REGULATOR")]),
        ("Lender Harrier Bank was closed in May of this year.", [("Harrier Bank", "BANK")]),
        ("He spoke at the Asian Terns Forum in May of this year.", [("Asian Terns Forum", "EVENT")]),
        ("The second Ringers' Ball was put off in May.", [("Ringers' Ball", "EVENT")]),
        ("In May Harrier Labs bought an office.", [("Harrier Labs", "FIRM")]),
        ("Tickets for TernCon are sold out.", [("TernCon", "EVENT")]),
        ("She joined the Terns Guild in May of this year.", [("Terns Guild", "ORGANIZATION")]),
        ("He was met by Ms. Delia Redshanko, a barrister, in May.", [("Delia Redshanko", "PERSON")]),
        ("Its chief executive, Corin Redshanko, left in May.", [("Corin Redshanko", "PERSON")]),
        ("Redshanko Buys Rival Ternsby in All-Share Deal", [("Redshanko", "FIRM"), ("Ternsby", "FIRM")]),
    ],
)
def test_names_that_no_list_has(read: Read, text: str, names: list[tuple[str, str]]) -> None:
    assert [(n, kind) for n, kind in named(read(text)) if kind not in {"PLACE", "TOPIC"}] == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The firm is to mint QLBT in May.", "QLBT"),
        ("Each HKDQ is worth as much as it says.", "HKDQ"),
        ("TernUSD was sold to its first buyers in May.", "TernUSD"),
        ("The firm calls its new token Redshanko and gives it away.", "Redshanko"),
        ("Ternario is pegged to the euro and sold in May.", "Ternario"),
        ("They sold the TERN coin in May.", "TERN"),
        ("The report is about the Harrier Digital Token and its buyers.", "Harrier Digital Token"),
    ],
)
def test_tokens(read: Read, text: str, name: str) -> None:
    assert (name, "ASSET") in named(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "The Administration took note of it, and the Panel did so too.",
        "Don't ask. They've closed the office, and it'll stay closed.",
        "The round was a Series B and the form was Form A.",
        "Regulated Activities",
        "The office is at 12 Redshank Road and has a staff of nine.",
        "He was Head of Digital Finance and then Director of Enforcement.",
        "Spun off in May, it has a staff of nine. Day-to-day work goes on.",
        "The sale brought in 80 million euros and 9 billion yen.",
    ],
)
def test_words_with_a_capital_that_are_no_names(read: Read, text: str) -> None:
    assert [n for n, kind in named(read(text)) if kind != "TOPIC"] == []


@pytest.mark.parametrize(("text", "found"), [("It is backed by gold in a vault.", ["gold"]), ("It is as good as gold.", [])])
def test_metal_is_an_asset_where_something_stands_on_it(read: Read, text: str, found: list[str]) -> None:
    assert [n for n, _ in named(read(text))] == found


@pytest.mark.parametrize(
    ("word", "ordinary"),
    [
        ("Harbour", True),
        ("wallets", True),
        ("Planned", True),
        ("spun", True),
        ("Cross-border", True),
        ("Redshanko", False),
        ("Kirana", False),
    ],
)
def test_dictionary(word: str, *, ordinary: bool) -> None:
    assert is_ordinary(word) is ordinary
