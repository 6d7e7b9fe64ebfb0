"""Where the text names something: knowledge base, name rules and statistical names, merged into spans without overlap.

Priority, where candidates overlap:

1. a run of capitalised words that ends in a head noun or legal form and reaches beyond a known name ("HashKey Capital",
   where only HashKey is known): it is another thing's name;
2. a name of the knowledge base; an ambiguous one only with evidence that it is a name here;
3. a run of capitalised words with a head noun or legal form ("Dock Street Holdings"), and a topic of the knowledge base;
4. a statistical name, typed by the words in and around it;
5. a single word that only a name can be ("CoinHub", an abbreviation in a list of names).

Within one priority the longer and then the earlier one goes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from hkcrypto.pipeline.candidate import Candidate, set_mentions, without_overlap
from hkcrypto.pipeline.gazetteer import LEGAL_TAIL, Gazetteer, Match
from hkcrypto.pipeline.given import set_given
from hkcrypto.pipeline.names import NameRules
from hkcrypto.pipeline.namewords import name_words
from hkcrypto.pipeline.page import LOCAL_ARM, POSITION_AFTER, Page
from hkcrypto.pipeline.tokenizer import content_spans, is_chinese, text_of
from hkcrypto.pipeline.zh.mentions import ChineseMentions

if TYPE_CHECKING:
    from hkcrypto.kb import KnowledgeBase

# Before a currency that is part of an amount.
AMOUNT = re.compile(r"\d[\d.,]*(?:[- ]?(?:hundred|thousand|million|billion|trillion|mln|bln|mn|bn|m|k|b))? $")


class MentionFinder:
    """Sets `doc.spans["mentions"]` (label: type; id: method; kb_id: ids of the knowledge base, joined by "|") and `doc.ents`."""

    def __init__(self, kb: KnowledgeBase, verbs: frozenset[str] = frozenset()) -> None:
        self.kb = kb
        self.gazetteer = Gazetteer(kb)
        self.rules = NameRules()
        self.chinese = ChineseMentions(kb, self.gazetteer, verbs)

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions of a doc."""
        if doc._.given is not None:
            set_given(doc, doc._.given)
            return doc
        if is_chinese(doc):
            return self.chinese(doc)
        page = Page(doc, name_words())
        found = list(self._known(page, self.gazetteer.find(text_of(doc), content_spans(doc))))
        names = self.rules.propose(page, [c for c in found if c.type != "TOPIC"])
        set_mentions(doc, without_overlap([*found, *names]))
        return doc

    def _known(self, page: Page, matches: Sequence[Match]) -> Iterator[Candidate]:
        certain = {i for m in matches for i, a in m.candidates if not a.ambiguous}
        for match in matches:
            text = page.text[match.start : match.end]
            named = any(not a.ambiguous or i in certain for i, a in match.candidates) or self._has_evidence(page, match, text)
            ids = [i for i, _ in match.candidates]
            if not named or self._is_part(page.text, match, ids[0]):
                continue
            kind = self.kb.entries[ids[0]].type
            if kind == "ASSET" and name_words().money.fullmatch(text) and AMOUNT.search(page.text[max(match.start - 24, 0) : match.start]):
                continue
            if kind == "PLACE" and (tail := LEGAL_TAIL.search(text)):
                yield Candidate(match.start, match.end - len(tail[0]), kind, "ruler", 2, tuple(dict.fromkeys(ids)), 20)
                continue
            if kind in {"FIRM", "BANK"} and (arm := LOCAL_ARM.match(page.text, match.end)):
                yield Candidate(match.start, arm.end(), kind, "ner", 1, weight=20)
            else:
                offset = len(lead[0]) if (lead := re.match(r"(?:the|The) (?=\S)", text)) else 0
                yield Candidate(match.start + offset, match.end, kind, "ruler", 3 if kind == "TOPIC" else 2, tuple(dict.fromkeys(ids)), 20)

    def _is_part(self, text: str, match: Match, entity_id: str) -> bool:
        """Whether a hyphen joins the name to another word with a capital ("BOCI-Prudential"); places stand side by side."""
        return (
            self.kb.entries[entity_id].type not in {"PLACE", "TOPIC", "ASSET"}
            and re.match(r"-[A-Z]", text[match.end : match.end + 2]) is not None
        )

    def _has_evidence(self, page: Page, match: Match, text: str) -> bool:
        """An ambiguous form is a name where its capital is not the sentence's or the headline's, or the net sees a name just there."""
        if all(self.kb.entries[i].type == "TOPIC" for i, _ in match.candidates):
            return False
        if text.islower():  # "backed by gold"
            kind = self.kb.entries[match.candidates[0][0]].type
            return kind == "ASSET" and name_words().money_before.search(page.text[max(match.start - 60, 0) : match.start]) is not None
        if page.in_run(match.start, match.end):
            return False
        if any(start == match.start and end >= match.end for start, end, _ in page.names) or POSITION_AFTER.match(page.text, match.end):
            return True
        if text[0].isupper() and page.type_from_context(match.start, match.end) not in {None, "PERSON"}:
            return True
        return text[0].isupper() and not page.is_headline(match.start) and not page.starts_sentence(match.start)
