"""What the proposer sees of two entities of a sentence: how the grammar joins them, and by which words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hkcrypto.language.clause import Clause, Node, Sentence
from hkcrypto.language.en.clauses import lemma as verb_lemma
from hkcrypto.language.en.phrases import is_verb

if TYPE_CHECKING:
    from hkcrypto.frames import Frame, Frames, RelationType

LONGEST = 9  # steps of a path between two ends; what is further apart is joined by nothing that a path could tell
NEAR_WORDS = 8
SKIPPED = frozenset({"det", "punct", "aux", "auxpass", "cc", "nummod"})


@dataclass(slots=True, eq=False)
class Path:
    """The way through the tree from one end to the other: labels up to the top, labels down from it, and the words between."""

    up: list[str]
    down: list[str]
    nodes: list[Node]
    top: Node


@dataclass(slots=True, eq=False)
class Word:
    """A word that may say a relation: its lemma, with the relations that it sets off and how surely ("s" strong, "w" weak)."""

    node: Node
    lemma: str
    sets_off: dict[str, str] = field(default_factory=dict)


class Lexicon:
    """Which relations a word sets off, by the frames; a frame that requires other words too makes a weak trigger."""

    def __init__(self, frames: Frames, clusters: Mapping[str, str], near: Mapping[str, Mapping[str, int]]) -> None:
        self.frames = frames
        self.clusters = clusters
        self.near = near
        self._known: dict[tuple[str, str], dict[str, str]] = {}

    def sets_off(self, kind: str, word: str) -> dict[str, str]:
        """Return relation → strength of a word as a predicate of a kind."""
        key = (kind, word)
        if key not in self._known:
            found: dict[str, str] = {}
            for relation, frame in self.frames.triggered(kind, word):
                if not frame.requires and not frame.if_status:
                    found[relation.name] = "s"
                else:
                    found.setdefault(relation.name, "w")
            self._known[key] = found
        return self._known[key]

    def word(self, node: Node) -> Word:
        """Return a word with what it sets off."""
        if is_verb(node):
            name = verb_lemma(node)
            return Word(node, name, self.sets_off("verbs", name))
        if node.tag.startswith("NN") and not node.named:
            both = {**self.sets_off("nouns", node.lemma)}
            for relation, strength in self.sets_off("is_a", node.lemma).items():
                if both.get(relation) != "s":
                    both[relation] = strength
            return Word(node, node.lemma, both)
        return Word(node, node.lemma)


class SentenceView:
    """A sentence as the proposer reads it: its ends, its words, its clauses, and what the frames found in it."""

    def __init__(self, sentence: Sentence, clauses: Iterable[Clause], types: Mapping[str, str], lexicon: Lexicon) -> None:
        self.sentence = sentence
        self.types = types
        self.lexicon = lexicon
        self.ends = [n for n in sentence.nodes if n.entities]
        self.words = {n.i: lexicon.word(n) for n in sentence.nodes if not n.entities and n.tag[:2] in {"NN", "VB", "JJ"}}
        self.place = {n.i: k for k, n in enumerate(sentence.nodes)}
        self.end_places = [self.place[n.i] for n in self.ends]
        self.triggers: dict[str, list[Word]] = {}
        for word in self.words.values():
            for relation in word.sets_off:
                self.triggers.setdefault(relation, []).append(word)
        self.clauses: dict[str, list[tuple[Clause, Frame]]] = {}
        for clause in clauses:
            for relation, frame in lexicon.frames.triggered(clause.kind, clause.predicate):
                self.clauses.setdefault(relation.name, []).append((clause, frame))
        self._above = {n.i: _chain(n) for n in self.ends}

    def pairs(self) -> Iterator[tuple[str, str, Node, Node, Path]]:
        """Yield every ordered pair of entities with the two nodes that stand closest in the tree."""
        best: dict[tuple[str, str], tuple[int, Node, Node, Path]] = {}
        for a, first in enumerate(self.ends):
            for second in self.ends[a + 1 :]:
                path = self.path(first, second)
                if path is None:
                    continue
                length = len(path.up) + len(path.down)
                for s in first.entities:
                    for o in second.entities:
                        if s != o and ((s, o) not in best or length < best[s, o][0]):
                            best[s, o] = (length, first, second, path)
                            best[o, s] = (length, second, first, Path(path.down[::-1], path.up[::-1], path.nodes[::-1], path.top))
        for (s, o), (_, subject, obj, path) in best.items():
            yield s, o, subject, obj, path

    def path(self, first: Node, second: Node) -> Path | None:
        """Return the path between two nodes; None where it is too long."""
        one, other = self._above[first.i], self._above[second.i]
        at = {n.i: k for k, (n, _) in enumerate(one)}
        for k, (node, _) in enumerate(other):
            if node.i in at:
                up = one[: at[node.i] + 1]
                down = other[: k + 1]
                if len(up) + len(down) > LONGEST + 2:
                    return None
                nodes = [n for n, _ in up[1:]] + [n for n, _ in down[-2:0:-1]]
                nodes = [n for n in nodes if n is not first and n is not second]
                return Path([label for _, label in up[1:]], [label for _, label in down[:0:-1]], nodes, node)
        return None

    def to_word(self, end: Node, word: Node) -> str | None:
        """The path from an end to a word as labels: "^nsubj", "^prep:of.vdobj"; None where it is long."""
        chain = self._above[end.i]
        at = {n.i: k for k, (n, _) in enumerate(chain)}
        down: list[str] = []
        for k, (node, label) in enumerate(_chain(word)):
            if k:
                down.append(label)
            if node.i in at:
                up = [label for _, label in chain[1 : at[node.i] + 1]]
                return None if len(up) + len(down) > 5 else ".".join(["^" + x for x in up] + ["v" + x for x in down[::-1]])
        return None


def _chain(node: Node) -> list[tuple[Node, str]]:
    """The node and what is above it, each with the label of the step to it; prepositions are labels, lists of names one place."""
    found = [(node, "")]
    below = node
    leading = True
    for _ in range(2 * LONGEST):
        above = below.head
        if above is None:
            break
        label = below.dep
        if label in {"pobj", "pcomp"} and above.dep in {"prep", "agent", "dative"} and above.head is not None and not above.entities:
            label, above = f"p:{above.lemma}", above.head
        if not (leading and label == "conj" and above.entities):
            leading = False
        else:
            label = "&"
        found.append((above, label))
        below = above
    return found


def pair_features(view: SentenceView, subject: Node, obj: Node, path: Path) -> list[str]:
    """Return what is seen of a pair whichever relation is asked for."""
    clusters = view.lexicon.clusters
    types = (view.types[subject.entities[0]], view.types[obj.entities[0]])
    up, down = [x for x in path.up if x != "&"], [x for x in path.down if x != "&"]
    found = [f"T:{types[0]}>{types[1]}", f"P:{'.'.join(up)}^{'.'.join(down)}", f"U:{'.'.join(up[:3])}", f"D:{'.'.join(down[-3:])}"]
    found.append(f"L:{min(len(up) + len(down), 7)}")
    lemmas = [view.words[n.i].lemma for n in path.nodes if n.i in view.words]
    for lemma in lemmas:
        found.append(f"w:{lemma}")
        if (cluster := clusters.get(lemma)) is not None:
            found.append(f"wc:{cluster}")
    for name, end, labels in (("s", subject, path.up), ("o", obj, path.down[::-1])):
        found += _at_end(view, name, end, labels)
    found += _around_top(view, path, up, down)
    found += _between(view, subject, obj)
    found += [f"C:{'n' if subject.named else 'c'}{'n' if obj.named else 'c'}"]
    return found


def _at_end(view: SentenceView, name: str, end: Node, labels: list[str]) -> Iterator[str]:
    """The word that an end hangs on and how, and the nouns that stand with it."""
    clusters = view.lexicon.clusters
    above = next(((n, label) for n, label in view._above[end.i][1:] if label != "&"), None)  # noqa: SLF001
    if above is not None:
        node, label = above
        lemma = view.words[node.i].lemma if node.i in view.words else "NAME" if node.entities else node.lemma
        yield f"{name}1:{label}~{lemma}"
        yield f"{name}1:{label}"
        if (cluster := clusters.get(lemma)) is not None:
            yield f"{name}1c:{label}~{cluster}"
    for child in end.children:
        if child.dep in {"compound", "amod", "appos", "nmod", "acl", "relcl"} and child.i in view.words:
            yield f"{name}m:{child.dep}~{view.words[child.i].lemma}"
            if (cluster := clusters.get(child.lemma)) is not None:
                yield f"{name}mc:{cluster}"


def _around_top(view: SentenceView, path: Path, up: list[str], down: list[str]) -> Iterator[str]:
    """The word at the top of the path, with the roles of both ends and its object."""
    top = path.top
    if top.i not in view.words:
        return
    lemma = view.words[top.i].lemma
    first, last = up[-1] if up else "", down[0] if down else ""
    yield f"t:{lemma}~{first}~{last}"
    if (cluster := view.lexicon.clusters.get(lemma)) is not None:
        yield f"tc:{cluster}~{first}~{last}"
    for child in top.children:
        if child.dep in {"dobj", "attr", "nsubjpass", "oprd", "acomp", "xcomp"} and child.i in view.words and child not in path.nodes:
            yield f"x:{child.dep}~{view.words[child.i].lemma}"
            yield f"tx:{lemma}~{view.words[child.i].lemma}"
            if (cluster := view.lexicon.clusters.get(child.lemma)) is not None:
                yield f"xc:{cluster}"


def _between(view: SentenceView, subject: Node, obj: Node) -> Iterator[str]:
    """Order and distance of the ends, and the words between them."""
    a, b = view.place[subject.i], view.place[obj.i]
    order = "<" if a < b else ">"
    first, last = min(a, b), max(a, b)
    inside = [n for n in view.sentence.nodes[first + 1 : last] if n.dep != "punct" or n.text in {",", "-", ":", "("}]
    distance = len(inside)
    yield f"O:{order}{0 if distance == 0 else 1 if distance < 3 else 2 if distance < 7 else 3 if distance < 15 else 4}"
    yield f"E:{order}{min(sum(first < p < last for p in view.end_places), 3)}"
    if distance <= 3:
        yield f"B:{order}{' '.join('#' if n.entities else n.lemma for n in inside)}"
    if distance <= 2 * NEAR_WORDS:
        for node in inside:
            if node.i in view.words or node.tag in {"IN", "TO", "RP"}:
                lemma = view.words[node.i].lemma if node.i in view.words else node.lemma
                yield f"b:{order}{lemma}"
                if (cluster := view.lexicon.clusters.get(lemma)) is not None and node.i in view.words:
                    yield f"bc:{order}{cluster}"


@dataclass(slots=True)
class Known:
    """What the frames found in the document, as the proposer asks for it."""

    pairs: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    subjects: set[tuple[str, str]] = field(default_factory=set)
    objects: set[tuple[str, str]] = field(default_factory=set)

    def add(self, relation: str, subject: str, obj: str) -> None:
        """Note a relation."""
        self.pairs.setdefault((subject, obj), set()).add(relation)
        self.subjects.add((relation, subject))
        self.objects.add((relation, obj))


def relation_features(
    view: SentenceView, relation: RelationType, subject: Node, obj: Node, ids: tuple[str, str], path: Path, known: Known
) -> list[str]:
    """Return what is seen of a pair with one relation in mind, in terms that are the same for every relation."""
    name = relation.name
    found: list[str] = []
    strengths = {n.i: view.words[n.i].sets_off.get(name, "") for n in path.nodes if n.i in view.words}
    on_path = max(strengths.values(), default="", key=lambda x: ("", "w", "s").index(x))
    found.append(f"on:{on_path}")
    found.append(_marked_path(view, name, path, strengths))
    found += _near_trigger(view, name, subject, obj, set(strengths))
    found += _clause_fit(view, name, subject, obj)
    found += _sentence_triggers(view, name)
    found.append(f"sim:{max((view.lexicon.near.get(view.words[n.i].lemma, {}).get(name, 0) for n in path.nodes if n.i in view.words), default=0)}")
    sims = [view.lexicon.near.get(w.lemma, {}).get(name, 0) for w in view.words.values()]
    found.append(f"ssim:{max(sims, default=0)}")
    found += _frames_say(name, ids, known)
    found += _rivals(view, subject, obj, len(path.up) + len(path.down))
    return found


def _marked_path(view: SentenceView, name: str, path: Path, strengths: Mapping[int, str]) -> str:
    def mark(node: Node) -> str:
        if strength := strengths.get(node.i):
            return strength.upper()
        if node.entities:
            return "N"
        return "x" if node.i in view.words and "s" in view.words[node.i].sets_off.values() else "-"

    marks = [mark(n) for n in path.nodes]
    up = [x for x in path.up if x != "&"]
    down = [x for x in path.down if x != "&"]
    return f"tp:{'.'.join(up)}^{'.'.join(down)}:{''.join(marks)}"


def _near_trigger(view: SentenceView, name: str, subject: Node, obj: Node, on_path: set[int]) -> Iterator[str]:
    """How each end stands to the trigger that is nearest to both."""
    best: tuple[int, str, str, Word] | None = None
    for word in view.triggers.get(name, ()):
        s, o = view.to_word(subject, word.node), view.to_word(obj, word.node)
        if s is not None and o is not None:
            length = s.count(".") + o.count(".") - 2 * (word.node.i in on_path) - (word.sets_off[name] == "s")
            if best is None or length < best[0]:
                best = (length, s, o, word)
    if best is None:
        yield "tr:none"
        return
    _, s, o, word = best
    strength = word.sets_off[name] + ("v" if is_verb(word.node) else "n")
    yield f"ts:{strength}:{s}"
    yield f"to:{strength}:{o}"
    yield f"tso:{strength}:{s}|{o}"
    yield f"tr:{strength}"
    rivals = sum("s" in w.sets_off.values() and name not in w.sets_off for w in view.words.values())
    yield f"tv:{strength}{min(rivals, 2)}"


def _clause_fit(view: SentenceView, name: str, subject: Node, obj: Node) -> Iterator[str]:
    """Which roles the ends fill in the clauses of the relation, and whether a frame looks for them there."""
    best = (0, "no")
    for clause, frame in view.clauses.get(name, ()):
        s, o = _role(clause, subject), _role(clause, obj)
        s_fits = 2 if s and s in frame.subject else 1 if s else 0
        o_fits = 2 if o and o in frame.object else 1 if o else 0
        swapped = bool((s and s in frame.object and s_fits < 2) or (o and o in frame.subject and o_fits < 2))
        score = s_fits + o_fits
        if score > best[0]:
            best = (score, f"{clause.kind}:{s_fits}{o_fits}{'x' if swapped else ''}{'r' if frame.requires else ''}")
    yield f"cf:{best[1]}"


def _role(clause: Clause, end: Node) -> str | None:
    for role, fillers in clause.roles.items():
        for filler in fillers:
            if end in filler.members:
                return role
    for role, fillers in clause.roles.items():
        for filler in fillers:
            for inner, deeper in filler.roles.items():
                if any(end in f.members for f in deeper):
                    return f"{role}.{inner}"
    return None


def _sentence_triggers(view: SentenceView, name: str) -> Iterator[str]:
    strong = [w for w in view.triggers.get(name, ()) if w.sets_off[name] == "s"]
    others = {r for w in view.words.values() for r, strength in w.sets_off.items() if strength == "s" and r != name}
    yield f"st:{'s' if strong else 'w' if view.triggers.get(name) else '-'}{min(len(others), 3)}"


def _frames_say(name: str, ids: tuple[str, str], known: Known) -> Iterator[str]:
    s, o = ids
    if others := known.pairs.get((s, o)):
        yield from (f"k:{r}" for r in sorted(others) if r != name)
        yield "k"
    if others := known.pairs.get((o, s)):
        yield from (f"kr:{r}" for r in sorted(others))
        yield "kr"
    yield f"ks:{int((name, s) in known.subjects)}{int((name, o) in known.objects)}"
    if (name, s) in known.objects or (name, o) in known.subjects:
        yield "kx"


def _rivals(view: SentenceView, subject: Node, obj: Node, length: int) -> Iterator[str]:
    """Whether another entity of the same type stands nearer to the other end."""

    def nearer(end: Node, to: Node) -> bool:
        kind = view.types[end.entities[0]]
        for other in view.ends:
            if other is not end and other is not to and other.entities != end.entities and view.types[other.entities[0]] == kind:
                path = view.path(other, to)
                if path is not None and len([x for x in path.up + path.down if x != "&"]) < length:
                    return True
        return False

    yield f"rv:{int(nearer(subject, obj))}{int(nearer(obj, subject))}"
