from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkcrypto.kb import Alias, Entry, KnowledgeBase
from hkcrypto.pipeline.gazetteer import Gazetteer, case_fits, fold

Name = str | tuple[str, str] | tuple[str, str, bool]
NAMES: dict[str, list[Name]] = {
    "kwun": ["Kwun Labs", "KwunKey"],
    "kwun-capital": ["Kwun Labs Capital"],
    "circle": ["Circle"],
    "trading": ["crypto trading"],
    "gannet-bank": ["Gannet's Bank of Asia", "GBA"],
    "tern": ["Tern & Co."],
    "auk": ["St. Auk Trust"],
    "tide": [("潮汐支付", "zh-Hant"), ("潮汐", "zh-Hant")],
    "act": [("ACT", "en", True)],
    "it": ["id"],
}


def entry(entity_id: str, names: list[Name]) -> Entry:
    rows: list[tuple[str, str] | tuple[str, str, bool]] = [(n, "en") if isinstance(n, str) else n for n in names]
    aliases = tuple(Alias(row[0], row[1], case=len(row) > 2) for row in rows)
    return Entry(entity_id, "FIRM", aliases[0].text, aliases)


GAZETTEER = Gazetteer(KnowledgeBase({i: entry(i, names) for i, names in NAMES.items()}, ""))
FORMS = [n if isinstance(n, str) else n[0] for names in NAMES.values() for n in names]
PIECES = st.one_of(st.sampled_from(FORMS), st.sampled_from([" ", "\n", "’s", "-", " Ltd.", "İ", ". ", "A"]), st.text(max_size=4))
TEXTS = st.lists(PIECES, max_size=12).map("".join)


def found(text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.candidates[0][0]) for m in GAZETTEER.find(text, [(0, len(text))])]


def names(text: str) -> list[str]:
    return [name for name, _ in found(text)]


def test_longest_name_is_taken() -> None:
    assert found("Kwun Labs Capital and Kwun Labs") == [("Kwun Labs Capital", "kwun-capital"), ("Kwun Labs", "kwun")]


@pytest.mark.parametrize("text", ["KwunKeys", "aKwunKey", "KwunKey2", "GBAs", "éGBA", "1GBA"])
def test_name_inside_a_word_is_none(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize("text", ["KwunKey's", "(KwunKey)", "“KwunKey”", "KwunKey/GBA", "KwunKey-led", "KwunKey,", "pro-KwunKey"])
def test_name_beside_punctuation_is_one(text: str) -> None:
    assert names(text)[0] == "KwunKey"


@pytest.mark.parametrize(
    "text", ["KwunKey", "Kwunkey", "KWUNKEY", "Circle", "CIRCLE", "crypto trading", "Crypto Trading", "CRYPTO TRADING"]
)
def test_capitals_may_be_more_or_less_inside_a_word(text: str) -> None:
    assert names(text) == [text]


@pytest.mark.parametrize("text", ["kwunkey", "kwunKey", "circle", "kwun Labs", "Kwun labs", "gba"])
def test_name_without_its_capitals_is_a_word(text: str) -> None:
    assert names(text) == []


def test_case_flag_asks_for_exactly_this_case() -> None:
    assert names("ACT Act act") == ["ACT"]


def test_short_word_in_capitals_is_no_word() -> None:
    assert names("an ID, an id") == ["id"]


@pytest.mark.parametrize("text", ["Gannet's Bank of Asia", "Gannet’s Bank of Asia", "Gannet`s Bank of Asia", "ＧＢＡ"])
def test_quotes_and_full_width_letters_are_the_same(text: str) -> None:
    assert found(text) == [(text, "gannet-bank")]


@pytest.mark.parametrize("gap", [" ", "\n", "\t", "\u00a0", "\u202f", "\u3000", "\r\n", " \n"])
def test_name_goes_on_over_any_gap(gap: str) -> None:
    text = f"At Kwun{gap}Labs today."
    assert names(text) == [f"Kwun{gap}Labs"]


@pytest.mark.parametrize(
    ("text", "owner"),
    [("Tern & Co.", "tern"), ("Tern & Co", "tern"), ("Tern and Co.", "tern"), ("St. Auk Trust", "auk"), ("St Auk Trust", "auk")],
)
def test_name_has_regular_variants(text: str, owner: str) -> None:
    assert found(f"{text}, it said") == [(text, owner)]


@pytest.mark.parametrize(
    "tail", [" Ltd", " Ltd.", " Limited", ", Inc.", " Pte. Ltd.", " Holdings Limited", " Group Ltd.", " Limited (Hong Kong)", " Co., Ltd."]
)
def test_legal_form_belongs_to_the_name(tail: str) -> None:
    assert names(f"At Kwun Labs{tail}, which opened") == [f"Kwun Labs{tail}"]


@pytest.mark.parametrize("tail", [" Limiteds", " opened", " Incs", ", which", " (Hong Kong)", " Group"])
def test_other_word_does_not_belong_to_the_name(tail: str) -> None:
    assert names(f"At Kwun Labs{tail} today") == ["Kwun Labs"]


def test_ideographs_have_no_boundary_between_them() -> None:
    assert found("在潮汐支付與GBA的潮汐") == [("潮汐支付", "tide"), ("GBA", "gannet-bank"), ("潮汐", "tide")]


def test_chinese_name_has_no_legal_form_behind_it() -> None:
    assert names("潮汐支付 Limited") == ["潮汐支付"]


def test_span_bounds_the_search() -> None:
    text = "Kwun Labs Capital Ltd."
    assert [(m.start, m.end) for m in GAZETTEER.find(text, [(0, 12), (13, 22)])] == [(0, 9)]


def test_shared_form_has_all_its_owners() -> None:
    kb = KnowledgeBase({i: entry(i, ["Teal"]) for i in ("teal-a", "teal-b")}, "")
    (match,) = Gazetteer(kb).find("Teal", [(0, 4)])
    assert [i for i, _ in match.candidates] == ["teal-a", "teal-b"]


@given(text=TEXTS, cuts=st.lists(st.integers(0, 60), max_size=4))
def test_matches_lie_inside_their_spans_without_overlap(text: str, cuts: list[int]) -> None:
    bounds = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    spans = list(pairwise(bounds))
    matches = GAZETTEER.find(text, spans)
    assert all(left.end <= right.start for left, right in pairwise(matches))
    assert all(any(start <= m.start < m.end <= end for start, end in spans) for m in matches)


@given(form=st.sampled_from(FORMS), before=st.sampled_from(["", " ", "(", "\n"]), after=st.sampled_from(["", " ", ".", "’s", "\n"]))
def test_every_name_is_found_by_itself(form: str, before: str, after: str) -> None:
    assert [m.start for m in GAZETTEER.find(before + form + after, [(0, len(before + form + after))])] == [len(before)]


@given(text=st.text())
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(text=st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(text=st.text(min_size=1))
def test_exact_case_always_fits(text: str) -> None:
    assert case_fits(Alias(text, "en", case=True), text)
