"""What the encoder is given to read."""

from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from hkcrypto.proposer.encoding import CLOSING, LONGEST, OPENING, Mention, encode
from hkcrypto.proposer.scorer import folder_of_weights

TOKENIZER = Tokenizer.from_file(str(folder_of_weights() / "tokenizer.json"))
TOKENIZER.no_truncation()
TOKENIZER.no_padding()
TEXT = "Kwun Labs bought Tidal Pay."
MENTIONS = (Mention(0, 9, 0), Mention(17, 26, 1))


def test_mention_stands_between_marks() -> None:
    encoded = encode(TOKENIZER, TEXT, MENTIONS, ["FIRM", "BANK"])
    tokens = [TOKENIZER.id_to_token(number) for number in encoded.ids]
    assert tokens[0] == "[CLS]"
    assert tokens[-1] == "[SEP]"
    assert [tokens[places[0]] for places in encoded.openings] == [OPENING["FIRM"], OPENING["BANK"]]
    assert tokens.count(CLOSING) == 2


def test_entity_behind_the_cut_has_no_opening() -> None:
    text = "x " * LONGEST + TEXT
    there = 2 * LONGEST
    encoded = encode(TOKENIZER, text, [Mention(there, there + 9, 0)], ["FIRM"])
    assert len(encoded.ids) == LONGEST
    assert encoded.openings == [[]]


@given(st.text(max_size=60), st.data())
def test_offsets_are_within_the_text_and_in_order(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    encoded = encode(TOKENIZER, text, [Mention(start, end, 0)], ["FIRM"])
    assert len(encoded.ids) == len(encoded.offsets)
    assert all(0 <= a <= b <= len(text) for a, b in encoded.offsets)
    assert [a for a, _ in encoded.offsets[1:]] == sorted(a for a, _ in encoded.offsets[1:])
