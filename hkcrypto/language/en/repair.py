"""Mends what the parser regularly gets wrong around names, before clauses are built."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hkcrypto.language.clause import Node, Sentence
from hkcrypto.language.cues import load_cues
from hkcrypto.language.en.fronting import FINITE, NO_DESCRIPTION, mend_front
from hkcrypto.language.en.gapping import mend_gaps
from hkcrypto.language.en.headlines import mend_headline
from hkcrypto.language.en.phrases import MODIFIERS, SUBJECTS

ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos", "ROOT", "attr", "npadvmod", "nmod", "compound", "dep"})
LOOSE = frozenset({"npadvmod", "dep", "appos", "nsubj", "conj", "ROOT", "nmod"})
BODIES = load_cues("en").bodies
ORGANISATIONS = frozenset({"FIRM", "BANK", "REGULATOR", "GOVERNMENT", "ORGANIZATION", "MEDIA"})
PARTS = frozenset({"arm", "unit", "division", "branch", "subsidiary", "affiliate", "brand", "exchange", "platform", "parent", "owner", "rival", "issuer", "sponsor"})
POSTS = load_cues("en").posts
NAMING_VERBS = load_cues("en").naming
MONTHS = load_cues("en").months


def repair(sentence: Sentence) -> None:
    """Repair the tree of a sentence in place."""
    mend_headline(sentence)
    for node in sentence.nodes:
        _misplaced_argument(node)
        if node.named and node.dep == "appos":
            _tight_apposition(node)
            _name_beside_part(node)
        if node.type == "PERSON" and node.dep == "appos":
            _person_beside_body(node)
            _person_beside_nearest(sentence, node)
    for left, right in pairwise(sentence.nodes):
        _descriptor_before_name(left, right)
    for noun, colon, name in zip(sentence.nodes, sentence.nodes[1:], sentence.nodes[2:], strict=False):
        _list_behind_colon(noun, colon, name)
    for names in _lists(sentence):
        _coordinate(names)
    _list_at_the_end(sentence)
    for name, comma in pairwise(sentence.nodes):
        if name.named and name.type != "TOPIC" and comma.text in {",", "-", "–", "—"}:
            _description_behind_name(sentence, name, comma)
    mend_front(sentence)
    mend_gaps(sentence)


def _misplaced_argument(node: Node) -> None:
    """Mend subjects and objects that hang in the wrong place."""
    if node.dep in {"aux", "auxpass"}:
        _argument_of_auxiliary(node)
    elif node.dep in {"csubj", "csubjpass"}:
        _participle_behind_subject(node)
    elif node.named and node.dep == "acomp":
        node.dep = "attr"
    elif node.named and node.type == "PERSON" and node.dep == "compound":
        _person_before_post(node)
    elif node.text.lower() == "of" and node.dep == "prep":
        _of_behind_name(node)
    elif node.named and node.dep in {"npadvmod", "prep"} and node.type != "TOPIC":
        _name_behind_comma(node)
        _object_as_adverb(node)
    elif node.named and node.dep == "nmod":
        _list_with_possessor(node)
    elif node.named and node.dep == "conj":
        _conjunct_of_place(node)
    elif node.named and node.dep == "pobj":
        _name_behind_date(node)


def _person_before_post(person: Node) -> None:
    """Mend "names Ada Moorhen head of X": she is the object, the post what she is named."""
    post = person.head
    verb = post.head if post is not None and post.dep == "dobj" and not post.named else None
    if post is not None and verb is not None and verb.lemma in NAMING_VERBS:
        person.attach(verb, "dobj")
        post.dep = "oprd"


def _of_behind_name(preposition: Node) -> None:
    """Mend "the arrival in X of Y", "a purchase by X of Y": nothing is of a place or a firm, it is of the noun before."""
    name = preposition.head
    outer = name.head if name is not None and name.named and name.dep == "pobj" and name.type not in {"PERSON", "EVENT", "LAW"} else None
    noun = outer.head if outer is not None else None
    if noun is None or noun.named or not noun.tag.startswith("NN") or outer is None or outer.text.lower() == "of":
        return
    if not any(c.text.lower() == "of" for c in noun.children):
        preposition.attach(noun, "prep")


def _name_behind_comma(name: Node) -> None:
    """Mend "its former head, X, left": the name behind the comma says who the noun is."""
    noun = name.head
    if noun is not None and noun.text == "," and noun.head is not None:
        name.attach(noun.head, "appos")
    elif (body := _body_before(name)) is not None:
        name.attach(body, "appos")
    elif noun is not None and noun.tag in {"NN", "NNP"} and not noun.named and any(c.text == "," and c.i < name.i for c in noun.children):
        name.dep = "appos"


def _body_before(name: Node) -> Node | None:
    """The issuer in "the domicile of the issuer, X": the body that a comma parts from the name."""
    noun = name.head
    inner = [o for c in noun.children if c.dep == "prep" for o in c.children if o.dep == "pobj"] if noun is not None else []
    found = [o for o in inner if not o.named and o.lemma in BODIES and name.type != "PERSON" and o.i < name.i]
    return found[-1] if found and name.start - found[-1].end < 3 else None


def _object_as_adverb(name: Node) -> None:
    """Mend "has turned down X": a name is no adverb, and right behind a verb without an object it is that."""
    verb = name.head
    if name.dep != "npadvmod" or verb is None or not verb.tag.startswith("VB") or name.i < verb.i or verb.child("dobj", "ccomp", "auxpass") is not None:
        return
    between = [c for c in verb.children if verb.i < c.i < name.i and c.dep not in {"prt", "advmod", "det"}]
    if not between and name.type != "EVENT":
        name.dep = "dobj"


def _argument_of_auxiliary(auxiliary: Node) -> None:
    """Mend "admitted to the sandbox were X and Y", "the sale has since May been governed by": the verb has the subject."""
    verb = auxiliary.head
    found = [c for c in auxiliary.children if c.dep in {"nsubj", "nsubjpass", "attr"} and (c.dep != "attr" or c.i > auxiliary.i)]
    found = [c for c in found if not c.text.lower().endswith("self")]  # "X is not itself seeking"
    if verb is None or not found:
        return
    rivals = [c for c in verb.children if c.dep in {"nsubj", "nsubjpass"}]
    if any(c.named or c.tag == "PRP" for c in rivals):
        return
    for rival in rivals:
        rival.dep = "npadvmod"
    passive = any(c.dep == "auxpass" for c in verb.children)
    found[0].attach(verb, "nsubjpass" if passive else "nsubj")


def _participle_behind_subject(participle: Node) -> None:
    """Mend "bonds totalling HK$800 million were issued": the noun before the participle is the subject."""
    noun, verb = participle.child("nsubj"), participle.head
    if noun is None or verb is None or participle.tag != "VBG" or noun.end + 1 < participle.start:
        return
    dep = "nsubjpass" if participle.dep == "csubjpass" else "nsubj"
    before = [c for c in participle.children if c.i < noun.i]
    noun.attach(verb, dep)
    participle.attach(noun, "acl")
    for child in before:
        child.attach(verb, child.dep)


def _name_behind_date(name: Node) -> None:
    """Mend "In May X, which is growing, bought": the month is the preposition's, the name the verb's."""
    preposition = name.head
    verb = preposition.head if preposition is not None else None
    dates = [c for c in name.children if c.i < name.i and c.dep in MODIFIERS and (c.text in MONTHS or c.text.isdigit())]
    if preposition is None or verb is None or not dates or not verb.tag.startswith("VB") or verb.child(*SUBJECTS, "csubj") is not None:
        return
    name.attach(verb, "nsubj" if verb.child("auxpass") is None else "nsubjpass")
    dates[0].attach(preposition, "pobj")


def _conjunct_of_place(name: Node) -> None:
    """Mend "X in Hong Kong and Y in Tokyo": Y is coordinated with X, and its place is its own."""
    place = name.head
    preposition = place.head if place is not None and place.type == "PLACE" and place.dep == "pobj" else None
    first = preposition.head if preposition is not None else None
    if first is None or not first.named or name.type == "PLACE" or _kind(name) != _kind(first):
        return
    name.attach(first, "conj")
    for own in [c for c in first.children if c.dep == "prep" and c.i > name.i]:
        own.attach(name, "prep")


def _list_with_possessor(name: Node) -> None:
    """Mend "between X and Korea's Y": X and Y are coordinated, Korea possesses Y."""
    last = name.head
    possessor = next((c for c in name.children if c.dep == "conj" and any(m.text in {"'s", "’s"} for m in c.children)), None)
    if last is None or possessor is None or not last.named or not name.i < possessor.i < last.i or last.head is None:
        return
    head, dep = last.head, last.dep
    for earlier in [c for c in last.children if c.dep == "poss" and c.i < name.i]:
        earlier.attach(name, "poss")  # "Bavaria's X and Tuscany's Y"
    possessor.attach(last, "poss")
    name.attach(head, dep)
    last.attach(name, "conj")


def _list_behind_colon(noun: Node, colon: Node, name: Node) -> None:
    """Mend "the applicants: X and Y", "its partner: X": the name says who the noun is."""
    if (
        colon.text == ":"
        and name.named
        and name.type != "TOPIC"
        and not noun.named
        and noun.tag.startswith("NN")
        and not _is_below(noun, name)
    ):
        name.attach(noun, "appos")


def _list_at_the_end(sentence: Sentence) -> None:
    """Mend "three firms were admitted to X: A and B", "Enrolled in X: A and B": the names say who it was."""
    nodes = sentence.nodes
    colons = [at for at, n in enumerate(nodes) if n.text == ":"]
    if len(colons) != 1 or colons[0] + 1 >= len(nodes) or colons[0] == 0:
        return
    before, name = nodes[: colons[0]], nodes[colons[0] + 1]
    if not name.named or name.type == "TOPIC" or any(n.tag in FINITE for n in nodes[colons[0] + 1 :]):
        return
    if not before[-1].named and before[-1].tag.startswith("NN") and before[-1].lemma not in NO_DESCRIPTION and name.head is before[-1]:
        return  # "its partners: A and B"
    groups = [n for n in before if n.tag == "NNS" and not n.entities and n.dep in {*SUBJECTS, "dobj", "pobj", "attr"} and n.child("nummod")]
    participle = before[0] if before[0].tag in {"VBN", "VBG"} and before[0].child(*SUBJECTS) is None else None
    if groups:
        target, dep = groups[0], "appos"
    elif participle is not None and not any(n.tag in FINITE for n in before):
        target, dep = participle, "nsubjpass" if participle.tag == "VBN" else "nsubj"
    else:
        return
    if not _is_below(target, name):
        name.attach(target, dep)


def _person_beside_nearest(sentence: Sentence, person: Node) -> None:
    """Mend "charged the firm and its director, Mr X": X is the director, the noun right before the comma."""
    first = min([c.i for c in person.children], default=person.i)
    before = [n for n in sentence.nodes if n.i < min(first, person.i)][-2:]
    if len(before) < 2 or before[1].text != "," or before[0].named or before[0].tag != "NN" or before[0] is person.head:
        return
    noun = before[0]
    if person.head is not None and noun.i > person.head.i and not _is_below(noun, person) and noun.lemma not in BODIES:
        person.attach(noun, "appos")


def _tight_apposition(name: Node) -> None:
    """Mend "its payments arm X": without a comma between them the words before describe the name."""
    while name.dep == "appos" and (noun := name.head) is not None and _stands_before(noun, name):
        _replace(noun, name)
        for possessor in [c for c in noun.children if c.dep == "poss"]:
            possessor.attach(name, "poss")
        noun.attach(name, "compound")


def _stands_before(noun: Node, name: Node) -> bool:
    """Whether a common noun stands right before a name, or right before the nouns that describe it already."""
    if noun.named or not noun.tag.startswith("NN") or noun.i > name.i or any(c.dep == "punct" and c.i < name.i for c in noun.children):
        return False
    return min([c.start for c in name.children if noun.i < c.i < name.i], default=name.start) <= noun.end + 1


def _lists(sentence: Sentence) -> Iterator[list[Node]]:
    """Names of one kind in a row, commas between them and "and" or "or" before the last; titles may stand before each ("the broker X")."""
    names: list[Node] = []
    titles: list[Node] = []
    joined = False
    for node in [*sentence.nodes, None]:
        if node is not None and names and node.type == "PLACE" and _kind(names[0]) != "PLACE" and _possesses(node):
            titles.append(node)  # "X and Tokyo's Y"
        elif node is not None and node.named and node.type != "TOPIC" and (not names or _kind(node) == _kind(names[0])):
            if names:
                _entitle(node, titles)
            names.append(node)
            if joined and len(names) > 1 + (not titles):
                yield names
                names = []
            joined, titles = False, []
        elif node is not None and names and node.text.lower() in {"and", "or", "&"}:
            joined, titles = True, []
        elif node is not None and names and _may_entitle(node) and len(titles) < 4 and (titles or _follows_mark(sentence, node)):
            titles.append(node)
        elif node is None or titles or node.text.lower() not in {",", "the", ";", "as", "well"}:
            names, joined, titles = [], False, []


def _may_entitle(node: Node) -> bool:
    """Whether a word may stand in a title before a name: "Singapore-based custodian", "the trading house"."""
    return (node.tag in {"NN", "NNS", "NNP", "JJ", "VBN", "HYPH", "POS"} and not node.named) or node.text.lower() in {"-", "the", "a", "an"}


def _follows_mark(sentence: Sentence, node: Node) -> bool:
    before = next((n for n in reversed(sentence.nodes) if n.i < node.i), None)
    return before is not None and before.text.lower() in {",", "and", "or", "&", ";"}


def _entitle(name: Node, titles: list[Node]) -> None:
    """Hang the words of a title on its name."""
    for word in titles:
        if not _is_below(word, name) and not _is_below(name, word) and word.tag != "POS":
            word.attach(name, "det" if word.tag == "DT" else "poss" if word.named else "compound")


def _possesses(name: Node) -> bool:
    return any(c.text in {"'s", "’s"} for c in name.children)


def _kind(node: Node) -> str:
    return node.type if node.type in {"PERSON", "PLACE", "LAW", "EVENT", "ASSET", "PROJECT"} else "ORGANISATION"


def _coordinate(names: list[Node]) -> None:
    """Hang every later name of a list on the first as a conjunct; the first takes the place in the tree that the list has."""
    members = set(names)
    outer = [n for n in names if n.head is None or not any(_is_below(n.head, m) for m in members)]
    if not outer:
        return
    first = names[0]
    governor = next((n for n in outer if n.dep not in {"npadvmod", "dep", "nmod", "appos", "compound"}), outer[0])
    if any(n.dep not in {"npadvmod", "dep", "nmod", "appos", "compound", "conj", "dobj"} for n in outer if not _is_rival(n, governor)):
        return
    head, dep = governor.head, governor.dep
    if head is not None and any(_is_below(head, n) for n in names):
        return
    for name in names:
        if name.head is not None:
            name.head.children.remove(name)
            name.head = None
    first.dep = dep
    if head is not None:
        first.attach(head, dep)
    for name in names[1:]:
        name.attach(first, "conj")


def _name_beside_part(name: Node) -> None:
    """Mend "the custody arm of X, Y": two firms are not one, so Y is the arm."""
    whole = name.head
    preposition = whole.head if whole is not None and whole.named and whole.dep == "pobj" else None
    part = preposition.head if preposition is not None and preposition.text.lower() == "of" else None
    firms = {"FIRM", "BANK"}
    if whole is None or part is None or part.named or part.tag != "NN" or name.type not in firms or whole.type not in firms:
        return
    if part.lemma in PARTS and any(c.text == "," for c in whole.children):
        name.attach(part, "appos")


def _is_rival(name: Node, governor: Node) -> bool:
    """Whether a name of a list is a second subject of one verb, which can only be coordinated with the first."""
    if name is governor:
        return True
    subjects = [c for c in name.head.children if c.dep in SUBJECTS] if name.head is not None and name.dep in SUBJECTS else []
    return len(subjects) > 1 and subjects[0] is not name


def _person_beside_body(person: Node) -> None:
    """Mend "a director of the parent, Mr X", "the boss of Y, X", "its head of digital, X": X is the director."""
    body = person.head
    is_body = body is not None and (body.type in ORGANISATIONS if body.named else body.lemma in BODIES or _is_field(body))
    preposition = body.head if body is not None and is_body and body.dep == "pobj" else None
    if preposition is not None and preposition.head is not None and preposition.head.tag.startswith("NN") and not preposition.head.named:
        person.attach(preposition.head, "appos")


def _is_field(noun: Node) -> bool:
    """Whether it says what a post is for: "head of digital"."""
    preposition = noun.head if noun.dep == "pobj" else None
    post = preposition.head if preposition is not None and preposition.text.lower() in {"of", "for"} else None
    return post is not None and post.lemma in POSTS and noun.lemma not in POSTS


def _descriptor_before_name(noun: Node, name: Node) -> None:
    """Mend "the Singapore exchange X has", "former SFC head Y said": the noun describes the name, and is no argument of its own."""
    if (
        not name.named
        or name.type in {"TOPIC", "PLACE", "ASSET"}
        or noun.named
        or noun.tag not in {"NN", "NNP"}
        or noun.dep not in ARGUMENTS
    ):
        return
    if noun.end + 1 < name.start or name.dep not in ARGUMENTS:
        return
    rivals = [c for c in name.head.children if c.dep == "nsubj"] if name.head is not None and name.dep == "nsubj" else []
    if name.head is noun:  # the other way round
        _replace(noun, name)
    elif noun.dep == "pobj" and noun.head is not None and len(rivals) > 1:  # "a letter from lawmaker X urged"
        name.attach(noun.head, "pobj")
    elif name.head is None or name.head is not noun.head:
        return
    for possessor in [c for c in noun.children if c.dep == "poss"]:
        possessor.attach(name, "poss")
    noun.attach(name, "compound")


def _replace(noun: Node, name: Node) -> None:
    """Put the name where the noun stands in the tree, with what hangs behind it."""
    noun.children.remove(name)
    name.head, name.dep = None, noun.dep
    if noun.head is not None:
        name.attach(noun.head, noun.dep)
        noun.head.children.remove(noun)
        noun.head = None
    for child in [c for c in noun.children if c.i > name.i]:
        child.attach(name, child.dep)


def _description_behind_name(sentence: Sentence, name: Node, comma: Node) -> None:
    """Mend "of X, the exchange based in Y": the noun phrase behind the comma describes the name right before it."""
    behind = [n for n in sentence.nodes if n.i > comma.i][:8]
    if behind and behind[0].text.lower() == "once" and (noun := behind[0].child("pobj")) is not None:  # "once part of Y"
        noun.attach(name, "appos")
        behind[0].attach(noun, "advmod")
        return
    if not behind or behind[0].dep not in {"det", "nummod", "amod", "poss", "compound"}:
        return
    noun = behind[0].head
    while noun is not None and noun.dep in {"amod", "compound", "nmod", "poss"}:
        noun = noun.head
    if (
        noun is None
        or (noun.named and noun.type != "TOPIC")
        or noun not in behind
        or not noun.tag.startswith("NN")
        or noun.dep not in LOOSE
        or noun.lemma in NO_DESCRIPTION
    ):
        return
    is_subject = noun.dep == "nsubj" and noun.head is not None and any(c.dep == "nsubj" and c is not noun for c in noun.head.children)
    loose = noun.dep in {"npadvmod", "dep"} or is_subject
    misplaced = noun.dep == "appos" and noun.head is not None and noun.head.i < name.i and noun.head is not name
    if (loose or misplaced) and not _is_below(name, noun):
        noun.attach(name, "appos")


def _is_below(node: Node, above: Node) -> bool:
    here: Node | None = node
    while here is not None:
        if here is above:
            return True
        here = here.head
    return False
