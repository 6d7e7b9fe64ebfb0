"""The words of a stretch in chunks: noun phrases, coverbs, verbs, words of status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hkcrypto.language.clause import Node
from hkcrypto.language.zh.lexicon import Lexicon

_NOUNS = frozenset({"NN", "NAME", "MONEY", "PERCENT", "COUNT"})


@dataclass(slots=True)
class Chunk:
    """Words that do one thing in a stretch.

    NP is a noun phrase (`relative`: what a clause with 的 stands before), P a coverb with its role, LB a passive marker, VB a verb
    (`bare`: nothing behind it that might be its object), MD a word of status, ADD a word that goes on with the stretch before.
    """

    kind: str
    nodes: list[Node]
    role: str | None = None
    relative: bool = False
    bare: bool = False

    @property
    def node(self) -> Node:
        """The first word."""
        return self.nodes[0]


def chunks(part: Sequence[Node], lexicon: Lexicon) -> list[Chunk]:
    """Return the chunks of a stretch, in order; adverbs and dates are left out."""
    found: list[Chunk] = []
    if part and lexicon.has("additions", part[0].lemma) and part[0].tag != "VB":
        found.append(Chunk("ADD", [part[0]]))
    for at, node in enumerate(part):
        tag = _tag(part, at, found, lexicon)
        if tag in _NOUNS or tag in {"CC", "DE"} or (node.lemma == "等" and found and found[-1].kind == "NP"):
            _noun(found, node, tag)
        elif tag in {"P", "BA"}:
            found.append(Chunk("P", [node], "object" if tag == "BA" else lexicon.coverbs[node.lemma]))
        elif tag in {"LB", "MD", "VB"}:
            found.append(Chunk(tag, [node]))
    found = [f for f in found if f.kind != "NP" or any(n.tag in _NOUNS for n in f.nodes)]
    for at, chunk in enumerate(found):
        behind = found[at + 1] if at + 1 < len(found) else None
        chunk.bare = chunk.kind == "VB" and (behind is None or behind.kind != "NP" or behind.relative)
    return _relatives(found)


def _tag(part: Sequence[Node], at: int, found: Sequence[Chunk], lexicon: Lexicon) -> str:
    """What a word is here; BA is 將 before what is done something to, other words are what they are by themselves."""
    node = part[at]
    behind = part[at + 1] if at + 1 < len(part) else None
    verb = next((n for n in part[at + 1 :] if n.tag.startswith("VB")), None)
    tag = node.tag
    if tag.startswith("VB"):
        tag = _verb_tag(part, at, found, lexicon)
    elif tag == "LB":
        tag = "LB" if verb is not None else "VB"
    elif node.lemma == "将" and behind is not None and behind.tag in {"NN", "NAME"}:
        tag = "BA"
    elif tag == "MD" and lexicon.has("nominal", node.lemma) and not any(n.tag.startswith("VB") or n.tag == "P" for n in part[at + 1 :]):
        tag = "NN"
    elif tag == "P" and lexicon.coverbs[node.lemma] == "with" and _is_between_names(behind, found):
        tag = "P" if verb is not None and lexicon.has("mutual", verb.lemma) else "CC"
        node.tag = tag
    return tag


def _verb_tag(part: Sequence[Node], at: int, found: Sequence[Chunk], lexicon: Lexicon) -> str:
    """A verb is a noun behind 的 ("X的託管技術"), and some are coverbs too: "委任為主席", "通過子公司收購" beside "通過條例"."""
    node = part[at]
    behind = part[at + 1] if at + 1 < len(part) else None
    possessed = at > 0 and part[at - 1].tag == "DE" and bool(found) and found[-1].kind == "NP"
    if possessed and (node.tag == "VBX" or (behind is not None and behind.tag == "NN")):
        node.tag = "NN"
        return "NN"
    if node.tag == "VB" and node.lemma in lexicon.coverbs:
        if at and part[at - 1].tag.startswith("VB") and lexicon.has("postverbal", node.lemma):
            return "P"
        later = any(n.tag.startswith("VB") for n in part[at + 2 :])
        return "P" if later and behind is not None and behind.tag in _NOUNS and behind.type != "LAW" else "VB"
    return "VB"


def _is_between_names(behind: Node | None, found: Sequence[Chunk]) -> bool:
    """Whether 與 and the like stand between two names, so that they may be "and"."""
    named = bool(found) and found[-1].kind == "NP" and bool(found[-1].nodes[-1].entities)
    return named and behind is not None and bool(behind.entities)


def _noun(found: list[Chunk], node: Node, tag: str) -> None:
    """Add a word to the noun phrase that is open, or open one; 的 right behind a verb opens one that the clause stands before."""
    if found and found[-1].kind == "NP":
        found[-1].nodes.append(node)
    elif tag == "DE":
        if found and found[-1].kind == "VB":
            found.append(Chunk("NP", [node], relative=True))
    elif tag != "CC":
        found.append(Chunk("NP", [node]))


def _relatives(found: list[Chunk]) -> list[Chunk]:
    """Cut the phrase behind a verb and a coverb at its 的: "設於中環的X" is X, which is there.

    So is "收購Y的X", where nobody else does it.
    """
    result: list[Chunk] = []
    for at, chunk in enumerate(found):
        de = next((i for i, n in enumerate(chunk.nodes) if n.tag == "DE"), None) if chunk.kind == "NP" and not chunk.relative else None
        head = chunk.nodes[-1]
        is_cut = (
            de is not None
            and 0 < de < len(chunk.nodes) - 1
            and any(n.entities for n in chunk.nodes[de + 1 :])
            and (
                (at >= 2 and found[at - 1].kind == "P" and found[at - 2].kind == "VB")
                or (at >= 1 and found[at - 1].kind == "VB" and bool(head.entities) and not _has_subject(found[: at - 1]))
            )
        )
        if is_cut and de is not None:
            result += [Chunk("NP", chunk.nodes[:de]), Chunk("NP", chunk.nodes[de:], relative=True)]
        else:
            result.append(chunk)
    return result


def _has_subject(before: Sequence[Chunk]) -> bool:
    return any(c.kind == "NP" for c in before)
