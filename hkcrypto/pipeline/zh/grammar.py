"""The sentences of a Chinese doc: what tags, lemmas and dependencies are for an English one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hkcrypto.language.clause import Sentence
from hkcrypto.language.zh.segment import Segmenter
from hkcrypto.language.zh.sentences import Known, SentenceBuilder
from hkcrypto.pipeline.tokenizer import text_of
from hkcrypto.pipeline.trees import keep
from hkcrypto.pipeline.zh.anaphors import load_chinese_anaphors
from hkcrypto.pipeline.zh.namewords import chinese_name_words

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from hkcrypto.frames import Frames


class ChineseGrammar:
    """Makes the sentences and leaves them where `sentences(doc)` finds them."""

    def __init__(self, frames: Frames) -> None:
        words = (*frames.chinese(), *load_chinese_anaphors().words(), *chinese_name_words().titles)
        self.builder = SentenceBuilder(Segmenter(words), lambda kind, word: bool(frames.triggered(kind, word)))

    def __call__(self, doc: Doc) -> Doc:
        """Cut a doc into sentences."""
        text = text_of(doc)
        named = [Known(s.start_char, s.end_char, s.label_, tuple(s.kb_id_.split("|"))) for s in doc.spans["mentions"]]
        taken = [(k.start, k.end) for k in named]
        values = [
            Known(start, end, kind)
            for kind, start, end, _ in doc._.values
            if kind != "COUNT" and not any(a < end and start < b for a, b in taken)
        ]
        known = sorted([*named, *values], key=lambda k: k.start)
        found: list[Sentence] = []
        for number, span in enumerate(doc.spans["paragraphs"]):
            inside = [k for k in known if span.start_char <= k.start and k.end <= span.end_char]
            found += self.builder.sentences(text, (span.start_char, span.end_char), inside, span.label_, number)
        keep(doc, found)
        return doc
