"""Entities that are known before a document is read: their names are looked up, and nothing else is taken for a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from hkcrypto.pipeline.candidate import Candidate, set_mentions, without_overlap
from hkcrypto.pipeline.tokenizer import content_spans, text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

Row = tuple[str, str, tuple[str, ...]]  # id, type, names


def set_given(doc: Doc, entities: Sequence[Row]) -> None:
    """Write the mentions of these entities to the doc, and the entities that it names to `doc._.entities`."""
    text = text_of(doc)
    set_mentions(doc, without_overlap(list(_candidates(text, content_spans(doc), entities))))
    named = dict.fromkeys(span.kb_id_ for span in doc.spans["mentions"])
    rows = {entity_id: [entity_id, kind, names[0], True] for entity_id, kind, names in entities}
    doc._.entities = [rows[entity_id] for entity_id in named]


def _candidates(text: str, spans: Sequence[tuple[int, int]], entities: Sequence[Row]) -> Iterator[Candidate]:
    """Yield every place where one of the names stands as words of its own; a line break counts as a space."""
    for entity_id, kind, names in entities:
        for name in names:
            words = r"\s+".join(map(re.escape, name.split()))
            pattern = re.compile(rf"(?<![^\W㐀-鿿]){words}(?![^\W㐀-鿿])" if name.isascii() else words)
            for start, end in spans:
                yield from (Candidate(m.start(), m.end(), kind, "ruler", 0, (entity_id,)) for m in pattern.finditer(text, start, end))
