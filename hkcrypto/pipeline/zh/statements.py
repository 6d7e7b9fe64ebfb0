"""Who said what in a Chinese text: quotations and reported clauses with their speakers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from hkcrypto.language.clause import Node, Sentence
from hkcrypto.language.zh.lexicon import BREAKS, load_lexicon
from hkcrypto.pipeline.quotes import LIMIT
from hkcrypto.pipeline.tokenizer import text_of
from hkcrypto.pipeline.trees import forget, sentences
from hkcrypto.schema import ORGANISATION_TYPES

SPEAKERS = ORGANISATION_TYPES | {"PERSON", "PLACE"}
FEWEST = 5  # characters: what is shorter is a term in quotation marks
_QUOTE = re.compile(r"[「“『]([^「」“”『』]{5,400})[」”』]")
_EDGES = " \n，,；;：:、「」“”『』。"
_SOURCES = frozenset(
    {"报道", "报导", "消息", "数据", "公告", "资料", "声明", "文件", "报告", "引述", "介绍", "透露", "了解", "说法", "统计"}
)


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch that somebody says or is reported to say."""

    speaker: str
    verb: str
    start: int
    end: int


class ChineseStatements:
    """Sets the statements of a Chinese doc in the shape of the record."""

    def __init__(self) -> None:
        self.lexicon = load_lexicon()

    def __call__(self, doc: Doc) -> Doc:
        """Find the statements of a doc."""
        text = text_of(doc)
        found: list[Said] = []
        speaker, paragraph = "", -1
        for sentence in sentences(doc):
            if sentence.paragraph != paragraph:
                speaker, paragraph = "", sentence.paragraph
            here = list(self._of_sentence(text, sentence, speaker))
            found += here
            speaker = here[-1].speaker if here else ""
        found = [Said(s.speaker, s.verb, *_strip(text, s.start, s.end)) for s in found]
        kept = [s for s in found if FEWEST <= s.end - s.start <= LIMIT]
        doc._.statements = [_row(s, text) for s in sorted(kept, key=lambda s: (s.start, s.end, s.speaker))]
        forget(doc)
        return doc

    def _of_sentence(self, text: str, sentence: Sentence, before: str) -> Iterator[Said]:
        """The statements of a sentence: from each verb of saying to the next one, or the quotation before it."""
        nodes = [n for n in sentence.nodes if n.dep != "paren"]
        verbs = list(self._verbs(nodes, before))
        for number, (verb, speaker, _) in enumerate(verbs):
            end = verbs[number + 1][2] if number + 1 < len(verbs) else sentence.end
            quote = _QUOTE.search(text, sentence.start, verb.start)
            if end - verb.end > FEWEST:
                yield Said(speaker, verb.text, verb.end, end)
            if quote is not None and number == 0 and (end - verb.end <= FEWEST or quote.start() == sentence.start):
                yield Said(speaker, verb.text, quote.start(1), quote.end(1))
        if not verbs and before and text[sentence.start] in "「“『":
            yield Said(before, "", sentence.start, sentence.end)

    def _verbs(self, nodes: Sequence[Node], before: str) -> Iterator[tuple[Node, str, int]]:
        """Each verb of saying with its speaker, and where the stretch before it ends."""
        start, last = 0, before
        for at, node in enumerate(nodes):
            if node.tag == "PU" and (node.text == " " or any(c in BREAKS for c in node.text)):
                start = at + 1
                continue
            is_source = node.lemma in _SOURCES and at > start and nodes[start].lemma in {"据", "根据", "引述"}
            if not (is_source or self.lexicon.has("reporting", node.lemma)) or node.named or _is_inside(nodes[at - 1] if at else None):
                continue
            stretch = [n for n in nodes[start:at] if n.tag != "PU"]
            speaker = self._speaker(stretch, last)
            if speaker:
                last = speaker
                yield node, speaker, nodes[start].start

    def _speaker(self, stretch: Sequence[Node], last: str) -> str:
        """The last name before the verb that nothing governs; who spoke before where the stretch has no subject of its own."""
        for at, node in reversed(list(enumerate(stretch))):
            if node.entities and node.type in SPEAKERS and len(node.entities) == 1:
                governed = at > 0 and stretch[at - 1].tag == "P" and stretch[at - 1].lemma not in {"据", "根据", "由"}
                between = stretch[at + 1 :]
                if governed or any(n.tag == "DE" for n in between) or any(n.entities for n in between):
                    return ""
                return node.entities[0] if sum(n.tag.startswith("VB") for n in between) < 2 else ""
        return last if all(n.tag in {"RB", "MD", "CC", "DATE", "VB", "VBX", "P"} for n in stretch) else ""


def _is_inside(before: Node | None) -> bool:
    """Whether a word is no verb here: "有指", "所指", "的回應"."""
    return before is not None and (before.tag == "DE" or before.lemma in {"有", "所", "该", "此", "这", "有关", "的"})


def _row(said: Said, text: str) -> dict[str, Any]:
    direct = text[said.start - 1 : said.start] in {"「", "“", "『"} or _QUOTE.search(text, said.start, said.end) is not None
    body = text[said.start : said.end]
    return {"speaker": said.speaker, "verb": said.verb, "text": body, "direct": direct, "start": said.start, "end": said.end}


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """Without quotation marks, commas and full stops at the edges."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end
