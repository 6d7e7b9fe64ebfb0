"""How a passage and its mentions are put before the encoder; the same for training and for use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hkcrypto.schema import ENTITY_TYPES

LONGEST = 320  # tokens of a passage; what is longer is cut
# Word pieces that the vocabulary keeps free: one opens a mention of each type, one closes any.
OPENING = {kind: f"[unused{number}]" for number, kind in enumerate(sorted(ENTITY_TYPES), 1)}
CLOSING = "[unused50]"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a passage: code points of the passage, end exclusive, and the number of its entity."""

    start: int
    end: int
    entity: int


@dataclass(frozen=True, slots=True)
class Encoded:
    """Ids of the word pieces, the code points that each stands for (empty for marks), and where each entity's mentions open."""

    ids: list[int]
    offsets: list[tuple[int, int]]
    openings: list[list[int]]


def encode(tokenizer: Any, text: str, mentions: Sequence[Mention], types: Sequence[str]) -> Encoded:
    """Return a passage as the encoder reads it: each mention stands between a mark of its type and a closing one.

    `mentions` are in order and do not overlap; `types` are those of the entities by number. An entity whose mentions
    all lie behind the cut has no opening.
    """
    encoded = Encoded([tokenizer.token_to_id("[CLS]")], [(0, 0)], [[] for _ in types])
    position = 0
    for mention in mentions:
        _append(tokenizer, encoded, text, position, mention.start)
        if len(encoded.ids) < LONGEST - 3:
            encoded.openings[mention.entity].append(len(encoded.ids))
        _mark(tokenizer, encoded, OPENING[types[mention.entity]], mention.start)
        _append(tokenizer, encoded, text, mention.start, mention.end)
        _mark(tokenizer, encoded, CLOSING, mention.end)
        position = mention.end
    _append(tokenizer, encoded, text, position, len(text))
    del encoded.ids[LONGEST - 1 :], encoded.offsets[LONGEST - 1 :]
    _mark(tokenizer, encoded, "[SEP]", len(text))
    return encoded


def _mark(tokenizer: Any, encoded: Encoded, mark: str, position: int) -> None:
    encoded.ids.append(tokenizer.token_to_id(mark))
    encoded.offsets.append((position, position))


def _append(tokenizer: Any, encoded: Encoded, text: str, start: int, end: int) -> None:
    if start == end:
        return
    pieces = tokenizer.encode(text[start:end], add_special_tokens=False)
    encoded.ids.extend(pieces.ids)
    encoded.offsets.extend((start + a, start + b) for a, b in pieces.offsets)
