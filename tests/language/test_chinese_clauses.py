import pytest

from hkcrypto.language.zh.sentences import sentence_spans
from hkcrypto.script import simplified


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("金管局發牌。滙豐歡迎。", 2),
        ("他說：「會發牌。但不會多。」其後離開。", 2),
        ("發牌了嗎？未有；仍在審批！", 3),
        ("升5.5%，報4.36元。", 1),
    ],
)
def test_sentences_end_at_marks_outside_quotations(text: str, count: int) -> None:
    spans = list(sentence_spans(text, 0, len(text)))
    assert len(spans) == count
    assert "".join(text[a:b] for a, b in spans) == text


@pytest.mark.parametrize(
    ("left", "right"), [("臺灣", "台湾"), ("滙豐", "汇丰"), ("匯豐", "汇丰"), ("裏面", "里面"), ("ＨＫ＄５", "HK$5"), ("SFC", "SFC")]
)
def test_scripts_and_variants_meet_in_one_form_of_the_same_length(left: str, right: str) -> None:
    assert simplified(left) == right
    assert len(simplified(left)) == len(left)
