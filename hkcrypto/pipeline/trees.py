"""The sentences of a parsed `Doc` as light trees, in which a mention is one node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.attrs import DEP, HEAD, LEMMA, TAG

from hkcrypto.language.clause import Node, Sentence
from hkcrypto.language.en.headlines import FINITE
from hkcrypto.language.en.repair import repair
from hkcrypto.language.en.verbs import plain_lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEY = "hkcrypto.sentences"


def sentences(doc: Doc) -> list[Sentence]:
    """Return the sentences of the content, in order; the trees are built once and kept until `forget` is called."""
    if _KEY not in doc.user_data:
        doc.user_data[_KEY] = _build(doc)
        for sentence in doc.user_data[_KEY]:
            repair(sentence)
    return doc.user_data[_KEY]  # type: ignore[no-any-return]


def keep(doc: Doc, found: list[Sentence]) -> None:
    """Have `sentences` return these, which another part has made."""
    doc.user_data[_KEY] = found


def forget(doc: Doc) -> None:
    """Drop the trees, which cannot be stored with the doc."""
    doc.user_data.pop(_KEY, None)


def _build(doc: Doc) -> list[Sentence]:
    strings = doc.vocab.strings
    rows = doc.to_array([TAG, LEMMA, DEP, HEAD])
    heads = rows[:, 3].astype("int64")
    mentions = {span.end - 1: span for span in doc.spans["mentions"]}
    flat = strings["flat"] if "flat" in strings else -1  # noqa: SIM401 (a StringStore has no get)
    found = []
    for number, paragraph in enumerate(doc.spans["paragraphs"]):
        nodes: dict[int, Node] = {}
        for i in range(paragraph.start, paragraph.end):
            token, (tag, lemma, dep) = doc[i], rows[i, :3]
            if dep == flat or not tag:
                continue
            span = mentions.get(i)
            start, text = (span.start_char, span.text) if span else (token.idx, token.text)
            word = strings[lemma].lower()
            node = Node(i, start, token.idx + len(token), text, word, strings[tag], strings[dep])
            if node.tag.startswith("VB") and word.endswith("e"):
                node.lemma = plain_lemma(word)
            if span is not None:
                node.entities, node.type, node.named = tuple(span.kb_id_.split("|")), span.label_, True
            nodes[i] = node
        for i, node in nodes.items():
            head = nodes.get(i + int(heads[i]))
            if head is not None and head is not node:
                node.head = head
                head.children.append(node)
        found += _sentences(nodes, paragraph.label_, number)
    return found


def _sentences(nodes: dict[int, Node], section: str, paragraph: int) -> list[Sentence]:
    """Cut where the root changes."""
    root_of: dict[int, int] = {}

    def root(node: Node) -> int:
        path = []
        while node.i not in root_of and node.head is not None:
            path.append(node)
            node = node.head
        top = root_of.setdefault(node.i, node.i)
        for below in path:
            root_of[below.i] = top
        return top

    groups: list[list[Node]] = []
    last = None
    for node in nodes.values():
        if root(node) != last:
            groups.append([])
            last = root(node)
        groups[-1].append(node)
    return [Sentence(group, group[0].start, group[-1].end, section, paragraph) for group in _joined(groups)]


def _joined(groups: list[list[Node]]) -> list[list[Node]]:
    """Join a list of names to the words before its colon, which the parser took for a sentence of their own."""
    found: list[list[Node]] = []
    for group in groups:
        top, before = group[0], found[-1] if found else []
        if top.named and top.head is None and before and before[-1].text == ":" and not any(n.tag in FINITE for n in group):
            root = next((n for n in before if n.head is None), before[0])
            top.head, top.dep = root, "dep"
            root.children.append(top)
            before += group
        else:
            found.append(group)
    return found
