"""What 該行, 該公司, 其, 他, 雙方 and 陳司長 stand for in a Chinese text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Span

from hkcrypto.language.clause import Node, Sentence
from hkcrypto.language.zh.lexicon import load_lexicon
from hkcrypto.pipeline.anaphors import ORGANISATIONS
from hkcrypto.pipeline.history import WINDOW, History
from hkcrypto.pipeline.trees import sentences
from hkcrypto.pipeline.zh.anaphors import load_chinese_anaphors
from hkcrypto.pipeline.zh.namewords import chinese_name_words
from hkcrypto.script import simplified

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from hkcrypto.kb import KnowledgeBase

FAR = 30  # sentences: the authority or the place that a text is about is named long before
GROUP = 6
FIRMS = frozenset({"FIRM", "BANK", "ORGANIZATION"})


class ChineseCoreference:
    """Adds resolved mentions (id "coref") to the doc, and their entities to the nodes of its sentences."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.words = load_chinese_anaphors()
        self.lexicon = load_lexicon()

    def __call__(self, doc: Doc) -> Doc:
        """Resolve what a doc leaves unnamed."""
        types = {row[0]: row[1] for row in doc._.entities}
        homes = {i: (entry.place if (entry := self.kb.entries.get(i)) else None) for i in types}
        history = History(types, homes, {})
        surnames = _surnames(doc)
        added: list[tuple[Node, tuple[str, ...]]] = []
        for number, sentence in enumerate(sentences(doc)):
            _join_titles(sentence, surnames)
            history.groups += [(number, group) for group in _coordinated(sentence, self.lexicon.classes["joint"])]
            for at, node in enumerate(sentence.nodes):
                if node.named:
                    history.note(node.entities[0], node, number)
                    continue
                found = node.entities or self._resolve(sentence.nodes, at, number, history)
                if found:
                    node.entities, node.type = found, types[found[0]]
                    for entity in found:
                        history.note(entity, node, number)
                    added.append((node, found))
        spans = [doc.char_span(n.start, n.end, label=types[ids[0]], kb_id="|".join(ids), span_id="coref") for n, ids in added]
        doc.spans["mentions"] = [*doc.spans["mentions"], *(s for s in spans if isinstance(s, Span))]
        return doc

    def _resolve(self, nodes: Sequence[Node], at: int, number: int, history: History) -> tuple[str, ...]:
        """The entities that a word points to; none where that is unclear."""
        word = nodes[at].lemma
        found: tuple[str, ...] = ()
        if word in self.words.groups:
            found = self._group(word, nodes[at], number, history)
        elif word in self.words.former | self.words.latter:
            pair = next((group for n, group in reversed(history.groups) if number - n <= 1 and len(group) == 2), None)
            found = () if pair is None else pair[0 if word in self.words.former else 1].entities[:1]
        elif word in self.words.own:
            found = self._own(nodes, at, number, history)
        elif word in self.words.places:
            governed = len(word) > 1 or (at > 0 and nodes[at - 1].tag in {"P", "VB", "VBX"})
            found = (self.words.places[word],) if governed and self.words.places[word] in history.types else ()
        elif word in self.words.pronouns:
            found = _only(history.best(self.words.pronouns[word], number, 2))
        elif word in self.words.roles and self._is_role(nodes, at):
            allowed = self.words.roles[word]
            found = _only(history.best(allowed, number, FAR if allowed & {"PLACE", "REGULATOR", "GOVERNMENT"} else WINDOW))
        return found

    def _is_role(self, nodes: Sequence[Node], at: int) -> bool:
        """Whether a word stands for something named: 該公司 does, 公司 where no other noun says which, 計劃 in "退出計劃"."""
        word = nodes[at].lemma
        before, behind = (nodes[at - 1] if at else None), (nodes[at + 1] if at + 1 < len(nodes) else None)
        if word in self.words.bare and (_is_noun(before) or _is_noun(behind) or (before is not None and before.tag == "DE")):
            return False
        return not (word in self.lexicon.status and behind is not None and behind.tag not in {"PU", "DE"})

    def _own(self, nodes: Sequence[Node], at: int, number: int, history: History) -> tuple[str, ...]:
        """Whose it is: the subject of the sentence so far, else of the one before; behind a coverb anything but the subject."""
        behind = nodes[at + 1] if at + 1 < len(nodes) else None
        here = [n for n in nodes[:at] if n.entities and n.type in ORGANISATIONS | {"PERSON", "ASSET", "PROJECT"}]
        governed = at > 0 and (nodes[at - 1].tag == "P" or nodes[at - 1].lemma in {"将", "把"})
        if governed and (behind is None or behind.tag not in {"NN", "NAME", "DE"}):
            subjects = frozenset(e for n in here if n.dep == "nsubj" for e in n.entities)
            return _only(history.best(ORGANISATIONS | {"PERSON"}, number, 1, skip=subjects))
        of_firm = behind is not None and behind.lemma in chinese_name_words().titles | self.words.of_firms
        allowed = FIRMS if of_firm else ORGANISATIONS | {"PERSON", "ASSET", "PROJECT"}
        named = [n for n in here if n.type in allowed and (n.dep == "nsubj" or of_firm)]
        first = [n for n in named if n.dep == "nsubj"] or named
        return first[-1].entities[:1] if first else _only(history.best(allowed - {"ASSET", "PROJECT"}, number, 1))

    def _group(self, word: str, node: Node, number: int, history: History) -> tuple[str, ...]:
        size, kinds = self.words.groups[word]
        for n, group in reversed(history.groups):
            distinct = tuple(dict.fromkeys(m.entities[0] for m in group))
            here = number - n <= GROUP and (n < number or group[-1].i < node.i)
            if here and len(distinct) == size and all(history.types.get(e) in kinds for e in distinct):
                return distinct
        return ()


def _is_noun(node: Node | None) -> bool:
    return node is not None and (node.tag in {"NN", "NAME"} or bool(node.entities))


def _only(entity: str | None) -> tuple[str, ...]:
    return () if entity is None else (entity,)


def _surnames(doc: Doc) -> dict[str, str]:
    """The persons of a doc by surname; one that two of them share tells nothing."""
    found: dict[str, set[str]] = {}
    for span in doc.spans["mentions"]:
        if span.label_ == "PERSON":
            name = simplified(span.text)
            found.setdefault(name[: 2 if name[:2] in chinese_name_words().compound_surnames else 1], set()).add(span.kb_id_)
    return {surname: min(ids) for surname, ids in found.items() if len(ids) == 1}


def _join_titles(sentence: Sentence, surnames: dict[str, str]) -> None:
    """Make one node of a known surname and the title behind it: 陳司長."""
    kept: list[Node] = []
    for node in sentence.nodes:
        before = kept[-1] if kept else None
        if (
            before is not None
            and not before.named
            and before.lemma in surnames
            and node.lemma in chinese_name_words().courtesy
            and node.start == before.end
        ):
            before.end, before.text, before.lemma = node.end, before.text + node.text, before.lemma + node.lemma
            before.tag, before.entities = "NN", (surnames[before.lemma[: -len(node.lemma)]],)
        else:
            kept.append(node)
    sentence.nodes[:] = kept


def _coordinated(sentence: Sentence, joint: frozenset[str]) -> Iterator[tuple[Node, ...]]:
    """Names that "、" and "and" join, for what 雙方 may take up."""
    group: list[Node] = []
    linked = False
    for node in sentence.nodes:
        if node.named and node.type != "TOPIC":
            group = [*group, node] if linked or not group else [node]
            linked = False
        elif node.dep == "paren" or node.tag == "RB" or (node.tag == "PU" and node.text in "「」（）()"):
            continue
        elif node.tag == "CC" or node.lemma in joint:
            linked = bool(group)
        else:
            if len(group) > 1:
                yield tuple(group)
            group, linked = [], False
    if len(group) > 1:
        yield tuple(group)
