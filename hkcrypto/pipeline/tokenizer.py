"""From text to a `Doc` of the same characters: sections marked, content in tokens, everything else one token a section."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc, Span
from spacy.util import compile_infix_regex, compile_prefix_regex

from hkcrypto.metadata import Metadata, read_metadata
from hkcrypto.schema import CONTENT_SECTIONS, Document, Section
from hkcrypto.sections import mark_sections, paragraphs

if TYPE_CHECKING:
    from spacy.language import Language

# Every ideograph is a token of its own, so that any name between others has token boundaries; Latin names stay whole.
HAN = r"[㐀-䶿一-鿿豈-﫿]"
TRADEMARK_SIGNS = r"[®™]"
CURRENCY = r"(?:HK|US|NT|[ACSR]|NZ|Rs)\$|(?:HKD|USD|RMB|CNY|EUR|GBP|SGD|JPY|USDT|USDC)(?=\d)"
CITATION = r"\[\d+\]"
_TEXT = "hkcrypto.text"
PIECE = re.compile(r"([A-Za-zÀ-ɏ]+|\d+|\s+|.)( ?)", re.DOTALL)


class SectionTokenizer:
    """Makes a `Doc` whose `spans["sections"]`, `spans["paragraphs"]` and `_.document` (title, publisher, ...) are set.

    `_.given` has the entities that the document brings, None where it brings none.
    """

    def __init__(self, nlp: Language) -> None:
        from spacy.lang.en import English

        self.vocab = nlp.vocab
        plain: Any = English()
        infixes = [*plain.Defaults.infixes, HAN, TRADEMARK_SIGNS, CITATION]
        self.words: Any = plain.tokenizer
        self.words.rules = {form: rule for form, rule in self.words.rules.items() if any(c.isalnum() for c in form)}  # no "):" as a face
        self.words.infix_finditer = compile_infix_regex(infixes).finditer
        self.words.prefix_search = compile_prefix_regex([CURRENCY, *plain.Defaults.prefixes]).search

    def __call__(self, text: str) -> Doc:
        """Return the `Doc` of a plain text."""
        return self.tokenize(Document(text=text, source=""))

    def tokenize(self, document: Document) -> Doc:
        """Return the `Doc` of a document; what the document says about itself goes before what its text shows."""
        text = document.text
        sections = document.sections if document.sections is not None else mark_sections(text)
        known = read_metadata(text, sections)
        words, spaces, starts = self._words(text, sections, known.language)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        places = list(accumulate((len(w) + s for w, s in zip(words, spaces, strict=True)), initial=0))[:-1]
        self._mark(doc, "sections", [(s.start, s.end, s.kind) for s in sections], places)
        self._mark(doc, "paragraphs", starts, places)
        doc._.given = None if document.entities is None else [(e.id, e.type, e.names) for e in document.entities]
        doc._.document = _document_info(document, known)
        return doc

    def _words(self, text: str, sections: Sequence[Section], language: str) -> tuple[list[str], list[bool], list[tuple[int, int, str]]]:
        """Words, whether a space follows each, and the paragraphs of the content; of a text that is not read, each section is one word."""
        words: list[str] = []
        spaces: list[bool] = []
        found: list[tuple[int, int, str]] = []
        position = 0
        for section in sections:
            if language != "other" and section.kind in CONTENT_SECTIONS:
                for start, end in paragraphs(text, section):
                    _add_gap(text[position:start], words, spaces)
                    if language == "en":
                        tokens = self.words(text[start:end])
                        words += [token.text for token in tokens]
                        spaces += [bool(token.whitespace_) for token in tokens]
                    else:
                        _add_pieces(text[start:end], words, spaces)
                    found.append((start, end, section.kind))
                    position = end
            _add_gap(text[position : section.end], words, spaces)
            position = section.end
        _add_gap(text[position:], words, spaces)
        return words, spaces, found

    @staticmethod
    def _mark(doc: Doc, name: str, spans: Iterable[tuple[int, int, str]], starts: Sequence[int]) -> None:
        doc.spans[name] = [
            Span(doc, bisect_right(starts, start) - 1, bisect_left(starts, end), label=label) for start, end, label in spans if start < end
        ]

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write nothing: the tokenizer is code."""

    def from_disk(self, path: str | Path, **_: Any) -> SectionTokenizer:  # noqa: ARG002 (spaCy's protocol)
        """Read nothing: the tokenizer is code."""
        return self

    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing: the tokenizer is code."""
        return b""

    def from_bytes(self, _bytes: bytes, **_: Any) -> SectionTokenizer:
        """Read nothing: the tokenizer is code."""
        return self


def _add_pieces(text: str, words: list[str], spaces: list[bool]) -> None:
    """Chinese text: every ideograph and mark by itself, Latin letters and figures in runs; what is a word shows later."""
    for match in PIECE.finditer(text):
        words.append(match[1])
        spaces.append(bool(match[2]))


def _add_gap(gap: str, words: list[str], spaces: list[bool]) -> None:
    """White space between paragraphs, or a section that is not parsed: one token."""
    if gap:
        words.append(gap)
        spaces.append(False)


def _document_info(document: Document, seen: Metadata) -> dict[str, Any]:
    return {
        "title": document.title or seen.title,
        "publisher": document.publisher or seen.publisher,
        "authors": list(document.authors or seen.authors),
        "url": document.url,
        "published": document.published or seen.published,
        "published_inferred": False,
        "language": seen.language,
    }


def text_of(doc: Doc) -> str:
    """Return the text of a doc, which spaCy puts together anew on every call."""
    if _TEXT not in doc.user_data:
        doc.user_data[_TEXT] = doc.text
    return str(doc.user_data[_TEXT])


def is_chinese(doc: Doc) -> bool:
    """Return whether the document is in Chinese, in either script."""
    return str(doc._.document.get("language", "")).startswith("zh")


def content_spans(doc: Doc) -> list[tuple[int, int]]:
    """Return the (start, end) characters of the paragraphs of content."""
    return [(span.start_char, span.end_char) for span in doc.spans["paragraphs"]]


def plain_space(text: str) -> str:
    """Return the text with every run of white space as one space."""
    return re.sub(r"\s+", " ", text).strip()


def unwrapped(doc: Doc) -> str:
    """Return the text with a space for each line break inside a paragraph: rules for names see hard-wrapped lines as one, offsets stay."""
    text, pieces, position = text_of(doc), list[str](), 0
    for start, end in content_spans(doc):
        pieces += [text[position:start], text[start:end].translate(_BREAKS)]
        position = end
    return "".join([*pieces, text[position:]])


_BREAKS = str.maketrans("\n\r\t\x0b\x0c\x85\u2028\u2029", " " * 8)
