"""How much a text is about the field, told from its names alone: before any net has seen it, at a hundredth of their cost."""

from __future__ import annotations

import re

from hkcrypto.kb import KnowledgeBase
from hkcrypto.pipeline.gazetteer import Gazetteer, Match

# Places, people, media, banks and firms are in any news; these types are hardly in news about something else.
FIELD_TYPES = frozenset({"TOPIC", "ASSET", "REGULATOR", "LAW", "PROJECT", "EVENT"})
_WORD = re.compile(r"[㐀-鿿]|[^\W㐀-鿿]+")


def relevance(text: str, kb: KnowledgeBase, gazetteer: Gazetteer) -> float:
    """Return how many names and topics of the field there are to ten words of the text, at most 1, with two decimals."""
    text = text.encode("utf-8", "replace").decode()  # the matcher takes no lone surrogates
    matches = gazetteer.find(text, [(0, len(text))])
    certain = {entity_id for match in matches for entity_id, alias in match.candidates if not alias.ambiguous}

    def counts(match: Match) -> bool:
        named = any(not alias.ambiguous or entity_id in certain for entity_id, alias in match.candidates)
        return named and kb.entries[match.candidates[0][0]].type in FIELD_TYPES

    words = sum(1 for _ in _WORD.finditer(text)) or 1
    return round(min(sum(map(counts, matches)) * 10 / words, 1.0), 2)
