"""Mends what the parser regularly gets wrong around names, before clauses are built."""

from __future__ import annotations

from itertools import pairwise

from hkcrypto.language.clause import Node, Sentence
from hkcrypto.language.cues import load_cues
from hkcrypto.language.en.fronting import NO_DESCRIPTION, mend_front
from hkcrypto.language.en.gapping import mend_gaps
from hkcrypto.language.en.headlines import list_as_subject, mend_headline
from hkcrypto.language.en.lists import conjunct_of_place, list_with_possessor, mend_lists, mend_relative
from hkcrypto.language.en.phrases import MODIFIERS, SUBJECTS
from hkcrypto.language.en.posts import mend_posts

ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos", "ROOT", "attr", "npadvmod", "nmod", "compound", "dep"})
LOOSE = frozenset({"npadvmod", "dep", "appos", "nsubj", "conj", "ROOT", "nmod"})
BODIES = load_cues("en").bodies
ORGANISATIONS = frozenset({"FIRM", "BANK", "REGULATOR", "GOVERNMENT", "ORGANIZATION", "MEDIA"})
PARTS = frozenset(
    {
        "arm",
        "unit",
        "division",
        "branch",
        "subsidiary",
        "affiliate",
        "brand",
        "exchange",
        "platform",
        "parent",
        "owner",
        "rival",
        "issuer",
        "sponsor",
    }
)
POSTS = load_cues("en").posts
NAMING_VERBS = load_cues("en").naming
MONTHS = load_cues("en").months


def repair(sentence: Sentence) -> None:
    """Repair the tree of a sentence in place."""
    mend_headline(sentence)
    list_as_subject(sentence)
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
    mend_lists(sentence)
    for node in sentence.nodes:
        mend_relative(node)
    mend_posts(sentence)
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
        list_with_possessor(node)
    elif node.named and node.dep == "conj":
        conjunct_of_place(node)
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
    if (
        name.dep != "npadvmod"
        or verb is None
        or not verb.tag.startswith("VB")
        or name.i < verb.i
        or verb.child("dobj", "ccomp", "auxpass") is not None
    ):
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


def _person_beside_nearest(sentence: Sentence, person: Node) -> None:
    """Mend "charged the firm and its director, Mr X": X is the director, the noun right before the comma."""
    first = min([c.i for c in person.children], default=person.i)
    before = [n for n in sentence.nodes if n.i < min(first, person.i)][-2:]
    if len(before) < 2 or before[1].text != "," or before[0].named or before[0].tag != "NN" or before[0] is person.head:
        return
    noun = before[0]
    if person.head is not None and noun.i > person.head.i and not noun.is_below(person) and noun.lemma not in BODIES:
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
    if (loose or misplaced) and not name.is_below(noun):
        noun.attach(name, "appos")
