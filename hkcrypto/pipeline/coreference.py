"""Pronouns, roles and groups: what "it", "he", "the regulator", "the city", "the two" stand for.

Each is resolved by type, number, gender where a title tells it, and salience: a subject counts more than another word, a
near sentence more than a far one. What stays unclear makes no mention.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Span

from hkcrypto.language.clause import Node, Sentence
from hkcrypto.language.en.verbs import lemma
from hkcrypto.pipeline.anaphors import ORGANISATIONS
from hkcrypto.pipeline.history import SUBJECT_DEPS, WINDOW, WORDS, History
from hkcrypto.pipeline.pointers import (
    cataphor,
    coordinated,
    identified,
    is_bare_title,
    is_expletive,
    is_kind,
    is_narrowed,
    is_new_thing,
    is_of_asset,
    of_same_clause,
    partners,
    shares_verb,
    sibling,
    speaker,
)
from hkcrypto.pipeline.tokenizer import is_chinese
from hkcrypto.pipeline.trees import sentences
from hkcrypto.pipeline.zh.coreference import ChineseCoreference

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from hkcrypto.kb import KnowledgeBase


class Coreference:
    """Adds resolved mentions (id "coref") to `doc.spans["mentions"]` and their entities to the nodes of the trees."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.chinese = ChineseCoreference(kb)

    def __call__(self, doc: Doc) -> Doc:
        """Resolve what a doc leaves unnamed."""
        if is_chinese(doc):
            return self.chinese(doc)
        types = {row[0]: row[1] for row in doc._.entities}
        homes = {i: (entry.place if (entry := self.kb.entries.get(i)) else None) for i in types}
        history = History(types, homes, doc._.roles)
        added = []
        before: Sentence | None = None
        for number, sentence in enumerate(sentences(doc)):
            history.groups += [(number, group) for group in coordinated(sentence)]
            for node in sentence.nodes:
                if is_bare_title(node, sentence):
                    self._imply_employer(node, number, history)
                if node.named:
                    history.note(node.entities[0], node, number)
                    if (meant := identified(node, before)) is not None:
                        meant.entities, meant.type = node.entities, node.type
                        added.append((meant, node.entities))
                elif found := self._resolve(node, number, history):
                    node.entities = found
                    node.type = types[found[0]]
                    for entity in found:
                        history.note(entity, node, number)
                    added.append((node, found))
                elif is_new_thing(node):
                    history.thing = (number, node.start)
            if len(together := partners(sentence)) > 1:
                history.partners = (number, together)
            before = sentence
        doc.spans["mentions"] = [
            *doc.spans["mentions"],
            *(Span(doc, node.i, node.i + 1, label=types[ids[0]], kb_id="|".join(ids), span_id="coref") for node, ids in added),
        ]
        return doc

    @staticmethod
    def _imply_employer(title: Node, number: int, history: History) -> None:
        """Give "founder X said" the firm that the text is about as possessor."""
        firm = history.best(frozenset({"FIRM", "BANK"}), number, 3)
        if firm is not None:
            implied = Node(title.i, title.start, title.end, title.text, "", "", "poss", (firm,), history.types[firm])
            implied.head = title
            title.children.insert(0, implied)

    def _resolve(self, node: Node, number: int, history: History) -> tuple[str, ...]:
        """The entities that a word points to; none where that is unclear."""
        word = node.text.lower()
        definite = any(c.text.lower() == "the" for c in node.children)
        if definite and node.text in history.roles:
            found: tuple[str, ...] = (history.roles[node.text],)
        elif word in WORDS.ordered and definite and not any(c.dep == "prep" for c in node.children) and node.tag.startswith(("JJ", "NN")):
            found = self._ordered(node, word, number, history)
        elif word == "each" and node.dep in SUBJECT_DEPS and node.head is not None and node.head.dep != "relcl":
            found = self._each(node, number, history)
        elif word in WORDS.groups or (node.tag == "NNS" and any(c.text.lower() in WORDS.groups for c in node.children)):
            found = self._group(node, number, history)
        elif node.lemma in WORDS.ventures and definite and history.partners[1] and not is_narrowed(node):
            found = self._venture(node, number, history)
        elif node.tag == "NNS" and node.lemma in WORDS.group_nouns and definite:
            found = self._all_of_last(node, number, history)
        elif word == "there" and node.tag == "RB":
            found = _only(history.best(frozenset({"PLACE"}), number, 2))
        elif (
            word in WORDS.fields and node.tag == "NN" and definite and not any(c.dep in {"compound", "amod", "poss"} for c in node.children)
        ):
            topics = [e for e in history.traces if history.types.get(e) == "TOPIC"]
            found = _only(max(topics, key=lambda e: history.traces[e].count, default=None))
        elif word in WORDS.first_person and node.tag in {"PRP", "PRP$"}:
            found = speaker(node, WORDS.first_person[word])
        elif word in WORDS.pronouns and node.tag in {"PRP", "PRP$"}:
            found = self._pronoun(node, word, number, history)
        else:
            found = self._role(node, number, history)
        return found

    @staticmethod
    def _pronoun(node: Node, word: str, number: int, history: History) -> tuple[str, ...]:
        if word in WORDS.possessive and (owner := sibling(node, word) or cataphor(node, word)) is not None:
            return owner.entities
        if word in WORDS.plural:
            near = (g for n, g in reversed(history.groups) if number - n <= 1 and g[-1].i < node.i and not shares_verb(g[0], node))
            group = next((g for g in near if g[0].type in WORDS.pronouns[word]), None)
            return tuple(n.entities[0] for n in group) if group else ()
        if word == "it" and is_expletive(node) and not is_of_asset(node):
            return ()
        return _only(Coreference._third_person(node, word, number, history))

    @staticmethod
    def _third_person(node: Node, word: str, number: int, history: History) -> str | None:
        """Who or what "it", "its", "he" stand for; None where something without a name is meant."""
        allowed = WORDS.pronouns[word]
        if word in WORDS.possessive and node.head is not None and node.head.lemma in WORDS.of_firms:
            allowed -= {"REGULATOR", "GOVERNMENT", "PLACE", "LAW"}
        skip = of_same_clause(node)
        if word in {"it", "its"} and is_of_asset(node) and (asset := history.best(frozenset({"ASSET"}), number, 1, skip=skip)):
            return asset
        if node.dep == "dobj" and word == "it" and node.head is not None:
            if lemma(node.head) in WORDS.of_events:
                return history.best(frozenset({"EVENT"}), number, 1)
            if history.unnamed_since(number, skip, allowed):
                return None
        return history.best(allowed, number, 2, gender=WORDS.gender.get(word, ""), skip=skip)

    @staticmethod
    def _role(node: Node, number: int, history: History) -> tuple[str, ...]:
        """Resolve "the regulator", "the city's": a definite noun that names no further what it is."""
        if node.tag not in {"NN", "NNP"} or node.dep in {"attr", "appos", "compound", "amod"}:
            return ()
        determiner = next((c.text.lower() for c in node.children if c.dep == "det"), "")
        modifiers = [c for c in node.children if c.i < node.i and c.dep in {"compound", "amod", "nmod", "poss", "nummod"}]
        word = f"{modifiers[-1].lemma} {node.lemma}" if modifiers and f"{modifiers[-1].lemma} {node.lemma}" in WORDS.roles else node.lemma
        if word not in WORDS.roles or determiner not in {"the", "this"} or is_narrowed(node):
            return ()
        places = [e for m in modifiers for p in (m, *m.children) if p is m or p.type == "PLACE" for e in p.entities]
        kinds = [m for m in modifiers if not m.entities and not any(p.type == "PLACE" for p in m.children)]
        if len(kinds) > (word != node.lemma) and not (WORDS.roles[word] & {"FIRM", "BANK"} and all(is_kind(m) for m in kinds)):
            return ()
        if places:
            elsewhere = frozenset(e for e in history.traces if history.homes.get(e) not in {*places, None})
            strangers = frozenset(e for e in history.traces if history.homes.get(e) not in places)
            found = history.best(WORDS.roles[word], number, 30, skip=strangers) or history.sole(
                WORDS.roles[word], number, 2, skip=elsewhere
            )
        else:
            found = history.best(WORDS.roles[word], number, 30 if WORDS.roles[word] & {"PLACE", "REGULATOR", "GOVERNMENT"} else WINDOW)
        return (found,) if found else ()

    @staticmethod
    def _ordered(node: Node, word: str, number: int, history: History) -> tuple[str, ...]:
        """Resolve "the former", "the latter": one of the last two names that are coordinated or arguments of one verb."""
        if node.dep in {"amod", "compound", "nmod"}:
            return ()
        pairs = (g for n, g in reversed(history.groups) if number - n <= 1 and len(g) == 2 and g[-1].i < node.i)
        pair = next(pairs, None)
        return pair[WORDS.ordered[word]].entities if pair is not None else ()

    @staticmethod
    def _venture(node: Node, number: int, history: History) -> tuple[str, ...]:
        """Resolve "the consortium", "the partners" as subject: the partners told of last; elsewhere it is what they act upon."""
        since, together = history.partners
        described = any(c.dep in {"compound", "nmod", "poss"} or (c.dep == "amod" and c.lemma != "joint") for c in node.children)
        return together if number - since <= 6 and node.dep in SUBJECT_DEPS and not described else ()

    @staticmethod
    def _all_of_last(node: Node, number: int, history: History) -> tuple[str, ...]:
        """Resolve "the companies": all of the last coordination, where that is of their kind and near."""
        if node.dep not in SUBJECT_DEPS or len(node.children) > 1:
            return ()
        group = next((g for n, g in reversed(history.groups) if number - n <= 2 and g[-1].i < node.i), ())
        kinds = WORDS.group_nouns[node.lemma]
        if not all(history.types.get(m.entities[0]) in kinds for m in group):
            return ()
        return tuple(dict.fromkeys(m.entities[0] for m in group))

    @staticmethod
    def _each(node: Node, number: int, history: History) -> tuple[str, ...]:
        """Resolve "each" at the head of a sentence: all of the last coordination."""
        if any(c.dep == "prep" and not any(o.tag == "PRP" for o in c.children) for c in node.children):
            return ()
        group = next((g for n, g in reversed(history.groups) if number - n <= 1 and g[-1].i < node.i), ())
        return tuple(dict.fromkeys(m.entities[0] for m in group))

    @staticmethod
    def _group(node: Node, number: int, history: History) -> tuple[str, ...]:
        """Resolve "both firms", "the two regulators", "the trio": the last coordination of as many of that kind."""
        words = [node.text.lower(), *(c.text.lower() for c in node.children)]
        size = next(WORDS.groups[w] for w in words if w in WORDS.groups)
        if (node.text.lower() in WORDS.groups and any(c.dep == "prep" for c in node.children)) or node.dep in {
            "nummod",
            "det",
            "preconj",
            "cc",
            "predet",
        }:
            return ()
        if node.tag == "CD" and not (node.dep in SUBJECT_DEPS and any(c.text.lower() in {"the", "these"} for c in node.children)):
            return ()
        kinds = WORDS.group_nouns.get(node.lemma) if node.text.lower() not in WORDS.groups else ORGANISATIONS | {"PERSON"}
        if kinds is None:
            return ()
        since, together = history.partners
        if number - since <= 2 and len(together) == size and all(history.types[e] in kinds for e in together):
            return together
        for n, group in reversed(history.groups):
            if (
                number - n <= 6
                and len(group) == size
                and group[-1].i < node.i
                and all(history.types.get(m.entities[0]) in kinds for m in group)
            ):
                return tuple(dict.fromkeys(m.entities[0] for m in group))
        return ()


def _only(entity: str | None) -> tuple[str, ...]:
    return () if entity is None else (entity,)
