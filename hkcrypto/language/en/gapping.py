"""Clauses whose verb stands with the clause before: "X was bought by A, and Y by B"; "the HKMA oversees X and the SFC Y"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from hkcrypto.language.clause import Clause, Filler, Node, Sentence
from hkcrypto.language.en.phrases import SUBJECTS, Phrases

BOUNDS = frozenset({",", ";", "and", "while", "but"})
ENDS = frozenset({",", ";", ".", "!", "and", "while", "but", "respectively"})


@dataclass(frozen=True, slots=True)
class Gap:
    """The two names that a gapped clause has, and those of the full clause that they stand in for."""

    subject: Node
    object: Node
    new_subject: Node
    new_object: Node
    preposition: Node | None


def find_gaps(sentence: Sentence) -> list[Gap]:
    """Return the gapped clauses of a sentence, in order; the second may follow the first."""
    words = [n for n in sentence.nodes if n.dep not in {"det", "case"} and n.tag != "DT"]
    found: list[Gap] = []
    for at, name in enumerate(words):
        if name.named and at > 2 and words[at - 1].text.lower() in BOUNDS and (gap := _gap(words, at, found)) is not None:
            found.append(gap)
    return found


def _gap(words: list[Node], at: int, before: list[Gap]) -> Gap | None:
    """The gap whose first name stands there."""
    behind = words[at + 1 : at + 5]
    comma = bool(behind) and behind[0].text == ","
    behind = behind[1:] if comma else behind
    preposition = behind[0] if behind and behind[0].tag in {"IN", "TO"} and not behind[0].named else None
    behind = behind[1:] if preposition is not None else behind
    if behind and not behind[0].named:
        return _gap_of_nouns(words, at, behind, preposition, before)
    if not behind or not behind[0].named or (len(behind) > 1 and behind[1].text.lower() not in ENDS):
        return None
    full = before[-1] if before else None
    last = next((w for w in reversed(words[:at]) if w.text.lower() not in BOUNDS), None)
    if last is None or not last.named or _kind(last) != _kind(behind[0]):
        return None
    if full is not None and last is full.new_object:
        same = (preposition is None) is (full.preposition is None)
        return Gap(full.subject, full.object, words[at], behind[0], preposition) if same else None
    if preposition is not None:
        fits = last.head is not None and last.dep == "pobj" and last.head.text.lower() == preposition.text.lower()
    else:
        fits = last.dep == "dobj" and _kind(words[at]) != _kind(behind[0]) and not comma
    subject = _subject(last) if fits else None
    return Gap(subject, last, words[at], behind[0], preposition) if subject is not None and _kind(subject) == _kind(words[at]) else None


def _gap_of_nouns(words: list[Node], at: int, behind: list[Node], preposition: Node | None, before: list[Gap]) -> Gap | None:
    """The gap in "X supplies the wallets, Y the screening" and "X acts as counsel and Y as sponsor"."""
    run = list(takewhile(lambda n: n.tag in {"NN", "NNS", "JJ", "VBG", "VBN"} and not n.named, behind))
    last = next((w for w in reversed(words[:at]) if w.text.lower() not in BOUNDS), None)
    if not run or not run[-1].tag.startswith("NN") or last is None or last.named or not last.tag.startswith("NN"):
        return None
    noun = run[-1]
    article = any(c.dep == "det" and c.i < run[0].i for c in run[0].children + noun.children)
    after = behind[len(run)] if len(behind) > len(run) else None
    if after is not None and after.text.lower() not in ENDS and after.tag not in {"IN", "TO"}:
        return None
    full = before[-1] if before else None
    if full is not None and last is full.new_object:
        return Gap(full.subject, full.object, words[at], noun, preposition) if (preposition is None) is (full.preposition is None) else None
    if preposition is not None:
        fits = last.head is not None and last.dep == "pobj" and last.head.text.lower() == preposition.text.lower() == "as"
    else:
        fits = last.dep == "dobj" and article
    subject = _subject(last) if fits else None
    return Gap(subject, last, words[at], noun, preposition) if subject is not None and _kind(subject) == _kind(words[at]) else None


def _kind(name: Node) -> str | None:
    return "FIRM" if name.type == "BANK" else name.type


def _subject(node: Node) -> Node | None:
    """The subject of the verb above, where it is a name."""
    above = node.head
    while above is not None:
        if (subject := above.child(*SUBJECTS)) is not None:
            return subject if subject.named and subject.i < node.i else None
        above = above.head
    return None


def mend_gaps(sentence: Sentence) -> None:
    """Take the names of gapped clauses out of the phrases of the full one."""
    for gap in find_gaps(sentence):
        gap.new_subject.attach(gap.subject, "dep")
        above = gap.subject.head
        for phrase in [c for n in (gap.new_subject, gap.new_object) for c in n.children if c.dep == "prep" and c is not gap.preposition]:
            if above is not None and phrase.i > gap.new_object.i and not gap.new_object.named:
                phrase.attach(above, "prep")  # "X supplies the wallets and Y the ledger for Z"
        if gap.preposition is not None:
            gap.preposition.attach(gap.new_subject, "dep")
            gap.new_object.attach(gap.preposition, "pobj")
        else:
            gap.new_object.attach(gap.new_subject, "dep")


def gapped(clauses: list[Clause], sentence: Sentence, phrases: Phrases) -> Iterator[Clause]:
    """Yield the clauses of a sentence once more, with the names of what leaves the verb out."""
    for gap in find_gaps(sentence) if len(clauses) < 40 else ():
        for clause in clauses:
            roles = {name: [_swapped(f, gap, phrases) for f in fillers] for name, fillers in clause.roles.items()}
            heads = {f.head for fillers in roles.values() for f in fillers}
            if clause.kind in {"verbs", "is_a"} and gap.new_subject in heads and gap.new_object in heads:
                yield Clause(clause.predicate, clause.kind, clause.node, roles, phrase=clause.phrase)


def _swapped(filler: Filler, gap: Gap, phrases: Phrases) -> Filler:
    """The filler of the gapped clause in the place of that of the full one."""
    if filler.head is gap.subject:
        return phrases.filler(gap.new_subject)
    if filler.head is gap.object:
        return phrases.filler(gap.new_object)
    if any(f.head is gap.object for fillers in filler.roles.values() for f in fillers):
        roles = {name: [_swapped(f, gap, phrases) for f in fillers] for name, fillers in filler.roles.items()}
        return Filler(filler.head, filler.members, filler.words, roles)
    return filler
