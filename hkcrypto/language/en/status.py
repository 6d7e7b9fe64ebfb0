"""Whether a predicate is asserted, planned, possible, negated or ended: what stands beside it and what governs it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hkcrypto.language.clause import Node, Sentence
from hkcrypto.language.cues import Cues
from hkcrypto.language.en.phrases import MODIFIERS, is_verb, partitive, prepositions

# The edges along which a governor's meaning reaches what it governs.
REACH = frozenset(
    {
        "xcomp",
        "ccomp",
        "pcomp",
        "acl",
        "dobj",
        "pobj",
        "prep",
        "advcl",
        "conj",
        "acomp",
        "attr",
        "relcl",
        "oprd",
        "nsubj",
        "nsubjpass",
        "dep",
        "appos",
        "amod",
        "csubj",
    }
)
AUXILIARIES = frozenset({"aux", "auxpass"})
ORDINAL = re.compile(r"first|second|third|last|latest|only|\w{2,}th|\d+(?:st|nd|rd|th)")
NEVER = frozenset({"time", "point", "stage", "circumstance", "event", "way", "mean", "means", "account"})


@dataclass(slots=True)
class Reading:
    """The flags met on the way up from a predicate, and the first word that raised one."""

    negations: int = 0
    ended: bool = False
    planned: bool = False
    possible: bool = False
    open: bool = False
    cue: Node | None = None
    met: set[int] = field(default_factory=set)

    def raise_flag(self, status: str, cue: Node) -> None:
        """Note what a cue says; the first cue is the one that is shown."""
        if status == "asserted" or cue.i in self.met:
            return
        self.met.add(cue.i)
        if status == "negated":
            self.negations += 1
        else:
            setattr(self, status, True)
        self.cue = self.cue or cue

    def status(self) -> str | None:
        """Return the status, or None where nothing is stated ("did not say whether")."""
        if self.open:
            return None
        negated = self.negations % 2 == 1
        if self.ended:
            return "asserted" if negated else "ended"
        if negated:
            return "negated"
        return "possible" if self.possible else "planned" if self.planned else "asserted"


def read_status(node: Node, cues: Cues, lemma_of: dict[int, str], *, attribute: bool = False) -> Reading:
    """Return what is said of the predicate at this node; `lemma_of` gives verbs with their particles by index.

    An attribute ("X, a unit of Y") holds whatever becomes of the sentence that it stands in: only its own words count.
    """
    reading = Reading()
    if attribute:
        if not node.named:
            _beside(node, cues, reading)
        for child in node.children if node.named else ():
            reading.raise_flag(cues.adjectives.get(child.text.lower(), "asserted") if child.dep == "amod" else "asserted", child)
        return reading
    _beside(node, cues, reading)
    if (date := _scheduled(node, cues)) is not None:
        reading.raise_flag("planned", date)
    below = node
    for _ in range(12):
        above = below.head
        if below.dep == "prep" and node.lemma in cues.standing and below.text.lower() in cues.adjuncts:
            break
        if above is None or below.dep not in REACH or not _governs(above, below, cues, reading, lemma_of):
            break
        below = above
    return reading


def duty(verb: Node, cues: Cues) -> list[Node]:
    """Return the words that make a verb a duty of all: "must be licensed", "are required to hold"."""
    modals = [c for c in _carrier(verb).children if c.dep == "aux" and c.text.lower() in {"must", "shall"}]
    above = verb.head if verb.dep in {"xcomp", "ccomp", "acl"} and any(c.tag == "TO" for c in verb.children) else None
    return [*modals, above] if above is not None and above.lemma in cues.duties else modals


def _beside(node: Node, cues: Cues, reading: Reading, *, aspect: bool = True) -> None:
    """Auxiliaries, negation, adverbs and adjectives of the node itself."""
    if nor := _nor(node):
        reading.raise_flag("negated", nor)
    carried = _carrier(node)
    for child in [*carried.children, *(node.children if carried is not node else ())]:
        word = child.text.lower()
        if child.dep in AUXILIARIES:
            if (status := cues.modals.get(word)) and not (word in {"'d", "’d"} and node.tag == "VBN"):
                reading.raise_flag(status, child)
            elif word == "to" and child.tag == "TO" and (node.dep == "ROOT" or _is_still_to_come(node)):
                reading.raise_flag("planned", child)
        elif child.dep == "neg" or (word in cues.negators and child.dep in {"det", "advmod", "preconj"}):
            _negate(node, child, reading)
        elif negation := _negated_argument(child, cues):
            reading.raise_flag("negated", negation)
        elif child.dep == "advmod" and _is_over(child, node):
            reading.raise_flag("ended", child)
        elif (child.dep == "advmod" and aspect and (status := cues.adverbs.get(word)) and not _is_conjunction(child, node)) or (
            child.dep == "amod" and node.tag.startswith("NN") and (status := cues.adjectives.get(word))
        ):
            reading.raise_flag(status, child)
        elif child.dep in MODIFIERS and child.entities and (ex := next((c for c in child.children if c.text.lower() == "ex"), None)):
            reading.raise_flag("ended", ex)
        elif child.dep == "mark":
            _mark(child, cues, reading)


def _mark(mark: Node, cues: Cues, reading: Reading) -> None:
    """Read "whether", behind which nothing is stated, and "if", behind which it is possible."""
    word = mark.text.lower()
    if word in cues.open_marks:
        reading.open = True
    elif word in cues.conditional_marks and word != "until":
        reading.raise_flag("possible", mark)


def _is_over(adverb: Node, node: Node) -> bool:
    """Whether an adverb says that it was: "then a unit of X", "not anymore", "no longer"."""
    word = adverb.text.lower()
    no_longer = word == "longer" and any(c.text.lower() == "no" for c in adverb.children)
    return no_longer or word == "anymore" or (word == "then" and node.tag.startswith("NN"))


def _nor(verb: Node) -> Node | None:
    """The "nor" that joins a verb to the one before: "has not listed X, nor has it bought Y"."""
    first = verb.head if verb.dep == "conj" and is_verb(verb) else None
    return next((c for c in first.children if c.text.lower() == "nor" and first.i < c.i < verb.i), None) if first is not None else None


def _is_still_to_come(verb: Node) -> bool:
    """Whether a passive infinitive behind a noun lies ahead: "a fair to be held", not so in "the first firm to be licensed"."""
    if verb.dep not in {"acl", "relcl"} or verb.tag != "VBN" or verb.head is None:
        return False
    return not any(ORDINAL.fullmatch(c.text.lower()) for c in (verb.head, *verb.head.children))


def _scheduled(verb: Node, cues: Cues) -> Node | None:
    """The day for which a present tense announces something: "opens on 3 June", "is hosting it next month"."""
    auxiliaries = [c for c in verb.children if c.dep in AUXILIARIES]
    progressive = verb.tag == "VBG" and any(c.text.lower() in {"is", "are"} for c in auxiliaries)
    if not progressive and (verb.tag not in {"VBZ", "VBP"} or auxiliaries):
        return None
    things = [verb, *(c for c in verb.children if c.dep == "prep" or (c.dep == "dobj" and c.named))]
    places = [t for t in things if t.dep != "prep"] + [o for t in things if t.dep == "prep" for o in t.children if o.dep == "pobj"]
    for word, pobj in (pair for place in places for pair in prepositions(place)):
        dated = pobj.text in cues.months and any(c.text[0].isdigit() for c in pobj.children)
        if word in {"on", "from"} and (dated or pobj.text in cues.weekdays):
            return pobj
    nouns = [c for c in verb.children if c.dep == "npadvmod" and any(m.text.lower() == "next" for m in c.children)]
    return nouns[0] if nouns else verb.child("npadvmod") if _is_tomorrow(verb.child("npadvmod")) else None


def _is_tomorrow(word: Node | None) -> bool:
    return word is not None and word.text.lower() == "tomorrow"


def _is_conjunction(word: Node, verb: Node) -> bool:
    """Whether "once" means "as soon as", not "formerly"."""
    return word.text.lower() == "once" and verb.tag in {"VB", "VBZ", "VBP"}


def _negated_argument(child: Node, cues: Cues) -> Node | None:
    """The word that denies a verb from within one of its arguments: "nobody", "neither X nor Y", "no licence", "at no time"."""
    if child.dep in {"nsubj", "nsubjpass"}:
        denied = any(c.dep in {"det", "preconj", "cc"} and c.text.lower() in {"no", "neither"} for c in child.children)
        return child if denied or child.text.lower() in cues.negators else None
    if child.dep == "dobj":
        first = next((c for c in child.children if c.dep == "det" and c.text.lower() in {"no", "any"}), None)
        return first if first is not None and first.text.lower() == "no" else None
    return child if child.dep == "prep" and _is_never(child) else None


def _is_never(preposition: Node) -> bool:
    """Whether it says "at no time", "under no circumstances", "by no means"."""
    return any(c.text.lower() == "no" for noun in preposition.children if noun.lemma in NEVER for c in noun.children)


def _carrier(node: Node) -> Node:
    """The first verb of a coordination carries the auxiliaries of those that have none of their own: "will issue and list"."""
    seen = node
    while (
        seen.dep == "conj"
        and seen.head is not None
        and seen.tag.startswith("VB")
        and seen.head.tag.startswith("VB")
        and not any(c.dep in AUXILIARIES or c.dep in {"nsubj", "nsubjpass"} for c in seen.children)
        and seen.tag in {"VB", seen.head.tag}
    ):
        seen = seen.head
    return seen


def _negate(node: Node, child: Node, reading: Reading) -> None:
    """Read a negation: "no longer" ends, "not only" says nothing, every other one negates."""
    after = next((c.text.lower() for c in node.children if c.i > child.i and c.dep in {"advmod", "preconj"}), "")
    if (child.text.lower() == "no" and after in {"longer", "more"}) or after in {"anymore", "longer"}:
        reading.raise_flag("ended", child)
    elif after not in {"only", "just", "merely", "least"}:
        reading.raise_flag("negated", child)


def _governs(above: Node, below: Node, cues: Cues, reading: Reading, lemma_of: dict[int, str]) -> bool:
    """Add what a governor says; False where its meaning stops."""
    dep = below.dep
    if dep == "conj":
        return not below.tag.startswith("VB") or _shares_auxiliaries(above, below)
    if dep in {"relcl", "acl"} and (part := partitive(above) or above).dep == "attr" and part.head is not None:
        _beside(part.head, cues, reading)  # "X is not one of the firms licensed by Y"
        return False
    if dep == "relcl" and below.tag == "VB" and below.child("aux") is not None and not _has_subject(below):
        dep = "acl"  # "a licence to issue"
    if dep == "advcl" and below.tag == "VB" and (leave := _leave_to(above, cues)) is not None:
        reading.raise_flag("planned", leave)
    if dep in {"relcl", "appos", "advcl"} or (dep == "acl" and below.tag in {"VBN", "VBG"}):
        return False
    if dep in {"nsubj", "nsubjpass"}:
        stands = dep == "nsubj" and below.lemma in cues.standing and above.lemma in cues.bringing  # "its partnership with X will help"
        return not stands and _event_subject(above, cues, reading, lemma_of)
    lemma = lemma_of.get(above.i, above.lemma)
    passive = any(c.dep == "auxpass" for c in above.children)
    is_infinitive = any(c.tag == "TO" for c in below.children)
    if dep in {"xcomp", "ccomp"} and lemma in cues.asking and not passive and (lemma != "tell" or is_infinitive):
        reading.open = _has_subject(below) or any(c.dep == "dobj" for c in above.children)
    if reading.open:
        return False
    status = (cues.governors.get(f"{lemma}.passive") if passive else None) or cues.governors.get(lemma)
    if lemma in {"open", "free"} and above.tag.startswith("VB"):  # what is open to us is possible, what opens is not
        status = None
    return _reported(above, lemma, status, cues, reading) if dep == "ccomp" else _governed(above, below, lemma, status, cues, reading)


def _leave_to(verb: Node, cues: Cues) -> Node | None:
    """The plan or leave that is a verb's object: what comes behind "was given the go-ahead by the regulator to" lies ahead."""
    thing = verb.child("dobj")
    return thing if thing is not None and thing.tag.startswith("NN") and cues.governors.get(thing.lemma) == "planned" else None


def _shares_auxiliaries(above: Node, below: Node) -> bool:
    return (below.tag == "VB" and above.tag == "VB") or (below.tag == above.tag and not _has_subject(below))


def _governed(above: Node, below: Node, lemma: str, status: str | None, cues: Cues, reading: Reading) -> bool:
    """An infinitive, gerund or object under a verb, noun or adjective; another word stops the way up."""
    if status is None and above.tag[:2] not in {"IN", "TO", "VB"}:
        return False
    if lemma == "use" and above.tag == "VBD" and not any(c.dep == "dobj" for c in above.children):
        status = "ended"
    infinitive = below.tag in {"VB", "VBN"} and any(c.tag == "TO" for c in below.children)
    if infinitive and below.dep in {"xcomp", "ccomp"} and lemma == "be":
        status = "planned"  # "is to open"
    if infinitive and lemma in {"go", "work"} and above.tag == "VBG":
        status = "planned"  # "is going to open", "is working to open"
    if infinitive and above.text.lower() == "about":
        status = "planned"  # "is about to open"
    if infinitive and lemma == "have" and any(c.text.lower() == "yet" for c in (*above.children, *below.children)):
        status = "negated"  # "has yet to open"
    if lemma == "allow" and any(c.dep in {"dobj", "ccomp"} for c in above.children):
        status = "possible"
    if status:
        reading.raise_flag(status, above)
    if above.tag.startswith(("VB", "JJ", "NN")):
        verb = above if not above.tag.startswith("JJ") or above.head is None else above.head
        _beside(verb, cues, reading, aspect=False)
    return True


def _event_subject(verb: Node, cues: Cues, reading: Reading, lemma_of: dict[int, str]) -> bool:
    """A nominal subject: "the acquisition will close", "the partnership was scrapped", "the deal fell through"."""
    lemma = lemma_of.get(verb.i, verb.lemma)
    if lemma == "be" and any(c.dep == "xcomp" and c.tag[:2] == "VB" and any(g.tag == "TO" for g in c.children) for c in verb.children):
        reading.raise_flag("planned", verb)  # "the merger is to be completed"
    if status := {"negated": "negated", "planned": "planned", "possible": "possible"}.get(cues.governors.get(lemma, "")):
        reading.raise_flag(status, verb)
    elif lemma in cues.ending or (lemma == "come" and any(word == "to" and noun.lemma == "end" for word, noun in prepositions(verb))):
        reading.raise_flag("ended", verb)
    _beside(verb, cues, reading)
    return False


def _reported(above: Node, lemma: str, status: str | None, cues: Cues, reading: Reading) -> bool:
    """A clause that somebody reports: denial negates it, a negated report says nothing of it."""
    if lemma in cues.denying:
        reading.raise_flag("negated", above)
        return False
    if lemma in cues.reporting and (_nor(above) or any(c.dep == "neg" for c in above.children)):
        reading.open = True
        return False
    subject = above.child("nsubj")
    if subject is not None and not subject.entities and subject.lemma in cues.anonymous and lemma in cues.reporting:
        reading.raise_flag("possible", subject)
        return False
    if lemma not in cues.reporting and status in {"possible", "planned"}:
        reading.raise_flag(status, above)
    elif lemma in cues.wishing and lemma in cues.governors:
        reading.raise_flag(cues.governors[lemma], above)
    return False


def is_asked(node: Node, sentence: Sentence) -> bool:
    """Whether a predicate is what "did X buy Y?" asks; "why did X buy Y?" takes it for granted, "could X?" holds it possible."""
    words = [n for n in sentence.nodes if n.tag not in {"''", "``"} and n.text not in {"”", "“", "‘", "’", ")"}]
    if not words or words[-1].text != "?" or words[0].lemma not in {"do", "be", "have"} or words[0].tag not in {"VBZ", "VBD", "VBP"}:
        return False
    here: Node | None = node
    while here is not None and here.dep not in {"relcl", "appos"}:
        here = here.head
    return here is None


def _has_subject(node: Node) -> bool:
    return any(c.dep in {"nsubj", "nsubjpass"} for c in node.children)
