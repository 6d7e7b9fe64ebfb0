"""What the proposer sees of two entities of a sentence: how the grammar joins them, and by which words.

Features are short strings. Those of a pair (`pair_features`) hold whichever relation is asked for; those of a pair with one relation
in mind (`relation_features`) speak of "a trigger of the relation" and "a role that its frames look at", so that what is
learned of one relation, one verb or one writer helps with the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hkcrypto.language.clause import Clause, Node, Sentence
from hkcrypto.language.en.phrases import is_verb
from hkcrypto.language.en.verbs import lemma as verb_lemma

if TYPE_CHECKING:
    from hkcrypto.frames import Frame, Frames

LONGEST = 11  # steps between two ends; what is further apart is joined by nothing that a path could tell
TO_TRIGGER = 5
MARKS = ("", "w", "s")  # no trigger; one whose frames all ask for other words or a status too; one that is enough by itself
BEHIND = frozenset({"compound", "amod", "appos", "nmod", "acl", "relcl"})
ARGUMENTS = frozenset({"dobj", "attr", "nsubjpass", "oprd", "acomp", "xcomp"})
Step = tuple[Node, str]


@dataclass(slots=True, eq=False)
class Word:
    """A noun, verb or adjective that is no name: its lemma, with the relations that it sets off and how surely."""

    node: Node
    lemma: str
    sets_off: dict[str, str]
    is_verb: bool

    @property
    def is_sure(self) -> bool:
        """Whether it sets off any relation by itself."""
        return "s" in self.sets_off.values()


@dataclass(slots=True, eq=False)
class Pair:
    """Two entities with the nodes that stand closest in the tree, and the way between them: labels up, labels down, nodes passed."""

    ids: tuple[str, str]
    ends: tuple[Node, Node]
    up: list[str]
    down: list[str]
    nodes: list[Node]
    top: Node


@dataclass(slots=True)
class Known:
    """What the frames found in the document, as the features ask for it."""

    relations: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    objects: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    subjects: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def add(self, relation: str, subject: str, target: str) -> None:
        """Note a relation; one without direction is to be added both ways."""
        self.relations.setdefault((subject, target), set()).add(relation)
        self.objects.setdefault((relation, subject), set()).add(target)
        self.subjects.setdefault((relation, target), set()).add(subject)


class Lexicon:
    """Which relations a word sets off, by the frames; `hidden` words set off nothing, which training uses."""

    def __init__(self, frames: Frames, hidden: frozenset[str] = frozenset()) -> None:
        self.frames = frames
        self.hidden = hidden
        self._known: dict[tuple[str, str], dict[str, str]] = {}

    def word(self, node: Node) -> Word:
        """Return a word with what it sets off."""
        if is_verb(node):
            name = verb_lemma(node)
            return Word(node, name, self._of("verbs", name), is_verb=True)
        return Word(node, node.lemma, self._of("nouns", node.lemma) if node.tag.startswith("NN") else {}, is_verb=False)

    def frames_of(self, clause: Clause) -> Iterator[tuple[str, Frame]]:
        """Yield the frames that a clause sets off, with their relations."""
        if clause.predicate not in self.hidden:
            for relation, frame in self.frames.triggered(clause.kind, clause.predicate):
                yield relation.name, frame

    def _of(self, kind: str, word: str) -> dict[str, str]:
        key = (kind, word)
        if key not in self._known:
            found: dict[str, str] = {}
            for each in ("nouns", "is_a") if kind == "nouns" else (kind,):
                for relation, frame in self.frames.triggered(each, word) if word not in self.hidden else ():
                    mark = "w" if frame.requires or frame.if_status else "s"
                    found[relation.name] = max(mark, found.get(relation.name, ""), key=MARKS.index)
            self._known[key] = found
        return self._known[key]


class SentenceView:
    """A sentence as the proposer reads it: its ends, its words, its clauses."""

    def __init__(self, sentence: Sentence, clauses: Iterable[Clause], types: dict[str, str], lexicon: Lexicon) -> None:
        self.sentence = sentence
        self.types = types
        self.ends = [n for n in sentence.nodes if n.entities]
        self.words = {n.i: lexicon.word(n) for n in sentence.nodes if not n.entities and n.tag[:2] in {"NN", "VB", "JJ"}}
        self.place = {n.i: k for k, n in enumerate(sentence.nodes)}
        self.end_places = [self.place[n.i] for n in self.ends]
        self.triggers: dict[str, list[Word]] = {}
        for word in self.words.values():
            for relation in word.sets_off:
                self.triggers.setdefault(relation, []).append(word)
        self.clauses: dict[str, list[tuple[str, dict[int, str], Frame]]] = {}
        for clause in clauses:
            roles = _roles(clause)
            for name, frame in lexicon.frames_of(clause):
                self.clauses.setdefault(name, []).append((clause.kind, roles, frame))
        self.above = {n.i: _chain(n) for n in self.ends}
        self.lengths: dict[tuple[int, int], int] = {}
        self._to_word: dict[tuple[int, int], str | None] = {}
        self.sure = [w for w in self.words.values() if w.is_sure]
        self.stated: dict[str, tuple[str, int]] = {}

    def pairs(self) -> list[Pair]:
        """Return every ordered pair of entities once, by the two nodes that stand closest in the tree."""
        best: dict[tuple[str, str], Pair] = {}
        for k, first in enumerate(self.ends):
            for second in self.ends[k + 1 :]:
                if (way := self._way(first, second)) is None:
                    continue
                up, down, nodes, top = way
                length = len(up) + len(down)
                self.lengths[first.i, second.i] = self.lengths[second.i, first.i] = length
                for one in first.entities:
                    for other in second.entities:
                        before = best.get((one, other))
                        if one != other and (before is None or length < len(before.up) + len(before.down)):
                            best[one, other] = Pair((one, other), (first, second), up, down, nodes, top)
                            best[other, one] = Pair((other, one), (second, first), down[::-1], up[::-1], nodes[::-1], top)
        return list(best.values())

    def _way(self, first: Node, second: Node) -> tuple[list[str], list[str], list[Node], Node] | None:
        one, other = self.above[first.i], self.above[second.i]
        at = {n.i: k for k, (n, _) in enumerate(one)}
        for k, (node, _) in enumerate(other):
            if node.i in at:
                up, down = one[1 : at[node.i] + 1], other[1 : k + 1]
                if len(up) + len(down) > LONGEST:
                    return None
                passed = [n for n, _ in up] + [n for n, _ in down[-2::-1]]
                nodes = [n for n in passed if n is not first and n is not second]
                return [label for _, label in up if label != "&"], [label for _, label in down[::-1] if label != "&"], nodes, node
        return None

    def to_word(self, end: Node, word: Node) -> str | None:
        """Return the way from an end to a word as labels: "^nsubj", "^p:of.vdobj"; None where it is long."""
        key = (end.i, word.i)
        if key not in self._to_word:
            self._to_word[key] = self._labels(end, word)
        return self._to_word[key]

    def _labels(self, end: Node, word: Node) -> str | None:
        chain = self.above[end.i]
        at = {n.i: k for k, (n, _) in enumerate(chain)}
        down: list[str] = []
        for node, label in _chain(word):
            down += [f"v{label}"] if label and label != "&" else []
            if node.i in at:
                up = [f"^{label}" for _, label in chain[1 : at[node.i] + 1] if label != "&"]
                return None if len(up) + len(down) > TO_TRIGGER else ".".join([*up, *down[::-1]])
        return None

    def in_sentence(self, name: str) -> tuple[str, int]:
        """Return whether the sentence has a trigger of a relation ("s" sure, "w" not, "-" none), and how many sure triggers of others."""
        if name not in self.stated:
            triggers = self.triggers.get(name, ())
            mark = "s" if any(w.sets_off[name] == "s" for w in triggers) else "w" if triggers else "-"
            self.stated[name] = (mark, sum(name not in w.sets_off for w in self.sure))
        return self.stated[name]


def _chain(node: Node) -> list[Step]:
    """The node and what is above it, each with the label of the step to it; a preposition is a label, a list of names one place."""
    found = [(node, "")]
    below, in_list = node, True
    for _ in range(LONGEST):
        above, label = below.head, below.dep
        if above is None:
            break
        if label in {"pobj", "pcomp"} and above.dep in {"prep", "agent", "dative"} and above.head is not None and not above.entities:
            label, above = f"p:{above.lemma}", above.head
        in_list = in_list and label == "conj" and bool(above.entities)
        found.append((above, "&" if in_list else label))
        below = above
    return found


def _roles(clause: Clause) -> dict[int, str]:
    """The roles that ends fill in a clause, by their place; dotted where they are inside another role."""
    outer: dict[int, str] = {}
    inner: dict[int, str] = {}
    for role, fillers in clause.roles.items():
        for filler in fillers:
            for member in filler.members:
                outer.setdefault(member.i, role)
            for name, deeper in filler.roles.items():
                for member in (m for f in deeper for m in f.members):
                    inner.setdefault(member.i, f"{role}.{name}")
    return inner | outer


# --- whichever relation is asked for ---


def pair_features(view: SentenceView, pair: Pair) -> list[str]:
    """Return what is seen of a pair: types, path, words on the path, words at the ends, order and distance."""
    subject, obj = pair.ends
    up, down = ".".join(pair.up), ".".join(pair.down)
    found = [
        f"T:{view.types[pair.ids[0]]}>{view.types[pair.ids[1]]}",
        f"P:{up}^{down}",
        f"U:{'.'.join(pair.up[:3])}",
        f"D:{'.'.join(pair.down[-3:])}",
        f"L:{min(len(pair.up) + len(pair.down), 7)}",
        f"C:{'n' if subject.named else 'c'}{'n' if obj.named else 'c'}",
    ]
    found += [f"w:{view.words[n.i].lemma}" for n in pair.nodes if n.i in view.words]
    found += _at_end(view, "s", subject)
    found += _at_end(view, "o", obj)
    found += _at_top(view, pair)
    found += _order(view, subject, obj)
    found.append(f"R:{int(_has_rival(view, subject, obj))}{int(_has_rival(view, obj, subject))}")
    return found


def is_shared(feature: str) -> bool:
    """Whether a feature of a pair is worth a weight for all relations together, since no word is in it."""
    return feature[0] in "TPUDLCOER"


def _at_end(view: SentenceView, name: str, end: Node) -> Iterator[str]:
    """The word that an end hangs on and how, and the words that describe it."""
    above = next((step for step in view.above[end.i][1:] if step[1] != "&"), None)
    if above is not None:
        node, label = above
        lemma = view.words[node.i].lemma if node.i in view.words else "NAME" if node.entities else node.lemma
        yield f"{name}1:{label}~{lemma}"
        yield f"{name}1:{label}"
    for child in end.children:
        if child.dep in BEHIND and child.i in view.words:
            yield f"{name}m:{child.dep}~{view.words[child.i].lemma}"


def _at_top(view: SentenceView, pair: Pair) -> Iterator[str]:
    """The word at the top of the path, with the roles of both ends and its other arguments: "win" with "licence"."""
    if pair.top.i not in view.words:
        return
    lemma = view.words[pair.top.i].lemma
    yield f"t:{lemma}~{pair.up[-1] if pair.up else ''}~{pair.down[0] if pair.down else ''}"
    for child in pair.top.children:
        if child.dep in ARGUMENTS and child.i in view.words and child not in pair.nodes:
            yield f"x:{child.dep}~{view.words[child.i].lemma}"
            yield f"tx:{lemma}~{view.words[child.i].lemma}"


def _order(view: SentenceView, subject: Node, obj: Node) -> Iterator[str]:
    a, b = view.place[subject.i], view.place[obj.i]
    order, first, last = ("<", a, b) if a < b else (">", b, a)
    inside = [n for n in view.sentence.nodes[first + 1 : last] if n.dep != "punct" or n.text in {",", "-", ":", "("}]
    distance = len(inside)
    yield f"O:{order}{0 if distance == 0 else 1 if distance < 3 else 2 if distance < 7 else 3 if distance < 15 else 4}"
    yield f"E:{order}{min(sum(first < p < last for p in view.end_places), 3)}"
    if distance <= 3:
        yield f"B:{order}{' '.join('#' if n.entities else n.lemma for n in inside)}"


def _has_rival(view: SentenceView, end: Node, to: Node) -> bool:
    """Whether another entity of the end's type stands nearer to the other end."""
    length, kind = view.lengths[end.i, to.i], view.types[end.entities[0]]
    return any(
        view.lengths.get((other.i, to.i), length) < length and other.entities != end.entities and view.types[other.entities[0]] == kind
        for other in view.ends
    )


# --- with one relation in mind ---


def relation_features(view: SentenceView, pair: Pair, name: str, known: Known) -> list[str]:
    """Return what is seen of a pair as ends of a relation, in terms that are the same for every relation."""
    marks = [view.words[n.i].sets_off.get(name, "") if n.i in view.words else "" for n in pair.nodes]
    found = [f"on:{max(marks, default='', key=MARKS.index)}", _marked_path(view, pair, marks)]
    found += _nearest_trigger(view, pair, name)
    found.append(_clause_fit(view, pair, name))
    mark, others = view.in_sentence(name)
    found.append(f"st:{mark}{min(others, 3)}")
    found += _known_features(pair.ids, name, known)
    return found


def _marked_path(view: SentenceView, pair: Pair, marks: Sequence[str]) -> str:
    def shown(node: Node, mark: str) -> str:
        if mark:
            return mark.upper()
        return "N" if node.entities else "x" if node.i in view.words and view.words[node.i].is_sure else "-"

    return f"tp:{'.'.join(pair.up)}^{'.'.join(pair.down)}:{''.join(map(shown, pair.nodes, marks))}"


def nearest_trigger(view: SentenceView, pair: Pair, name: str) -> tuple[Word, str, str] | None:
    """Return the trigger of a relation that is nearest to both ends, with the ways to it."""
    best: tuple[int, Word, str, str] | None = None
    for word in view.triggers.get(name, ()):
        to_subject, to_object = (view.to_word(end, word.node) for end in pair.ends)
        if to_subject is not None and to_object is not None:
            length = to_subject.count(".") + to_object.count(".") - 2 * (word.node in pair.nodes) - (word.sets_off[name] == "s")
            if best is None or length < best[0]:
                best = (length, word, to_subject, to_object)
    return best[1:] if best else None


def _nearest_trigger(view: SentenceView, pair: Pair, name: str) -> Iterator[str]:
    best = nearest_trigger(view, pair, name)
    if best is None:
        yield "tr:none"
        return
    word, to_subject, to_object = best
    mark = word.sets_off[name] + ("v" if word.is_verb else "n")
    others = view.in_sentence(name)[1]
    yield from (
        f"ts:{mark}:{to_subject}",
        f"to:{mark}:{to_object}",
        f"tso:{mark}:{to_subject}|{to_object}",
        f"tr:{mark}",
        f"tv:{mark}{min(others, 2)}",
    )


def _clause_fit(view: SentenceView, pair: Pair, name: str) -> str:
    """Whether the ends fill roles in a clause of the relation, and those in which a frame looks for them."""
    best, shown = 0, "no"
    subject, target = pair.ends[0].i, pair.ends[1].i
    for kind, roles, frame in view.clauses.get(name, ()):
        s, o = roles.get(subject), roles.get(target)
        fits = (2 if s in frame.subject else int(s is not None), 2 if o in frame.object else int(o is not None))
        if sum(fits) > best:
            swapped = (fits[0] == 1 and s in frame.object) or (fits[1] == 1 and o in frame.subject)
            best, shown = sum(fits), f"{kind}:{fits[0]}{fits[1]}{'x' if swapped else ''}{'r' if frame.requires else ''}"
    return f"cf:{shown}"


def _known_features(ids: tuple[str, str], name: str, known: Known) -> Iterator[str]:
    """What the frames made of the pair, and whether they joined its ends to others by this relation."""
    subject, target = ids
    for feature, pair in (("k", ids), ("kr", (target, subject))):
        others = known.relations.get(pair, set()) - {name}
        yield from (f"{feature}:{relation}" for relation in sorted(others))
        if others:
            yield feature
    has_object = bool(known.objects.get((name, subject), set()) - {target})
    has_subject = bool(known.subjects.get((name, target), set()) - {subject})
    yield f"ks:{int(has_object)}{int(has_subject)}"
    if known.subjects.get((name, subject), set()) - {target} or known.objects.get((name, target), set()) - {subject}:
        yield "kx"
