import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkcrypto.duplicates import Originals, signature

WORDS = [f"{'Name' if number % 10 == 0 else 'word'}{number}" for number in range(300)]
ARTICLE = " ".join(WORDS)
NOTICE = (
    "Fraudulent website related to {0}. The Monetary Authority (HKMA) wishes to alert members of the public to a press release issued by "
    "{0} on a fraudulent website, which has been reported to the HKMA. The HKMA wishes to remind the public that banks will not send "
    "messages with embedded hyperlinks which direct them to the websites of banks to carry out transactions. Anyone who has provided "
    "personal information through the website concerned should contact {0} and report the matter to the Police at 2860 5012. {1}"
)


def copied(one: str, other: str) -> bool:
    originals = Originals()
    for name, text in (("one", one), ("other", other)):
        signed = signature(text)
        found = originals.original_of(name, signed) if signed else None
    return found == "one"


@pytest.mark.parametrize(
    "copy",
    [
        ARTICLE,
        ARTICLE.upper().replace("NAME", "Name").replace("WORD", "word"),
        ARTICLE.replace(" ", "\n"),
        f"Syndicated by the wire. {ARTICLE} Subscribe now.",
        ARTICLE.replace("word77", "other"),
        " ".join(WORDS[:270]),
    ],
)
def test_copy_is_found(copy: str) -> None:
    assert copied(ARTICLE, copy)


@pytest.mark.parametrize("text", [" ".join(WORDS[::-1]), " ".join(WORDS[:120]), ARTICLE.replace("7", "8").replace("3", "4")])
def test_another_text_is_no_copy(text: str) -> None:
    assert not copied(ARTICLE, text)


def test_notices_of_one_template_on_two_firms_are_no_copies() -> None:
    assert not copied(NOTICE.format("Harbour East Bank", "12 March 2024"), NOTICE.format("Orchid Commercial Bank", "14 March 2024"))


def test_chinese_text_is_compared_by_ideographs() -> None:
    text = "香港金融管理局今日公布穩定幣發行人監管制度的詳情並邀請業界提交意見"
    assert copied(text, f"{text}。")
    assert not copied(text, "證監會昨日對一間虛擬資產交易平台作出譴責並處以罰款")


@pytest.mark.parametrize("text", ["", " \n", "…"])
def test_text_without_words_has_no_signature(text: str) -> None:
    assert signature(text) is None


def test_copy_of_a_copy_is_one_of_the_first() -> None:
    originals = Originals()
    found = [originals.original_of(name, signed) for name in "abc" if (signed := signature(ARTICLE))]
    assert found == [None, "a", "a"]


@given(st.text(st.sampled_from("ab \n香.")))
def test_every_text_with_words_is_a_copy_of_itself(text: str) -> None:
    assert copied(text, text) == (signature(text) is not None)
