"""Texts with gold, read as far as the proposer needs them: clauses, entities, and what the frames found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from hkcrypto.evaluation.bank import bank_documents, read_bank, with_entities
from hkcrypto.evaluation.entities import stands_for
from hkcrypto.evaluation.gold import Gold, read_golds
from hkcrypto.extract import Extractor, record_of
from hkcrypto.language.clause import Clause, Sentence
from hkcrypto.language.cues import load_cues
from hkcrypto.language.en.clauses import ClauseBuilder
from hkcrypto.pipeline.facts import Fact, FactReader
from hkcrypto.pipeline.pairs import Known, Lexicon
from hkcrypto.pipeline.proposer import Candidate, candidates
from hkcrypto.pipeline.trees import sentences
from hkcrypto.pipeline.valuebook import ValueBook
from hkcrypto.readers.walk import find_documents
from hkcrypto.schema import Document, Failure

LATER = ("relations", "statements")


@dataclass(slots=True, eq=False)
class Text:
    """A text of one writer (`group`), with its gold, its record by the frames alone, and what the proposer reads."""

    name: str
    group: str
    gold: Gold
    record: dict[str, Any]
    parsed: list[tuple[Sentence, list[Clause]]]
    types: dict[str, str]
    facts: list[Fact]
    means: Mapping[str, Sequence[str]]


@dataclass(slots=True, eq=False)
class Sample:
    """A candidate with what the gold says of it: 1 stated, 0 not, None where a reader could go either way."""

    text: Text
    candidate: Candidate
    label: int | None


def bank_texts(extractor: Extractor, files: Iterable[Path], *, given: bool, part: int | None = None) -> Iterator[Text]:
    """Yield the sentences of a bank, all or every second one, with the entities of the gold or with those that are found."""
    for file in files:
        rows = [row for k, row in enumerate(read_bank(file)) if part is None or k % 2 == part]
        golds = {name: gold for name, gold, _ in rows}
        documents = bank_documents(golds, {name: text for name, _, text in rows})
        wanted = (with_entities(d, golds[Path(d.source).stem]) if given else d for d in documents)
        yield from _texts(extractor, wanted, golds, file.stem)


def article_texts(extractor: Extractor, folder: Path) -> Iterator[Text]:
    """Yield the articles of a folder that have gold; the letter in "fresh-a1" is the writer."""
    golds = read_golds(folder)
    for found in find_documents([str(folder)], ["*.json"]):
        if not isinstance(found, Failure) and (name := Path(found.source).stem) in golds:
            yield from _texts(extractor, [found], golds, name.rstrip("0123456789"))


def _texts(extractor: Extractor, documents: Iterable[Document], golds: dict[str, Gold], group: str) -> Iterator[Text]:
    nlp = extractor.nlp
    frames = extractor.frames
    builder = ClauseBuilder(load_cues("en"), lambda kind, word: bool(frames.triggered(kind, word)))
    tokenizer: Any = nlp.tokenizer
    for document in documents:
        with nlp.select_pipes(disable=LATER):
            doc = nlp(tokenizer.tokenize(document))
        types = {row[0]: row[1] for row in doc._.entities}
        named = ((s.start_char, s.kb_id_) for s in doc.spans["mentions"] if s.id_ != "coref")
        reader = FactReader(frames, doc.text, types, ValueBook(doc._.values), named)
        builder.begin()
        parsed = [(sentence, list(builder.clauses(sentence))) for sentence in sentences(doc)]
        facts = [fact for _, clauses in parsed for clause in clauses for fact in reader.facts(clause)]
        record = record_of(nlp.get_pipe("relations")(doc), document, extractor.producer).to_dict()
        name = Path(document.source).stem
        means = stands_for(golds[name], record["entities"])
        yield Text(name, group, golds[name], record, parsed, types, facts, means)


def samples(text: Text, lexicon: Lexicon) -> list[list[Sample]]:
    """Return the candidates of a text, by sentence, with their labels; words that the lexicon hides found no facts either."""
    known = Known()
    for fact in text.facts:
        if fact.clause.predicate not in lexicon.hidden:
            known.add(fact.relation.name, fact.subject, fact.object)
            if fact.relation.symmetric:
                known.add(fact.relation.name, fact.object, fact.subject)
    stated = {(r.type, r.subject, r.object): None if r.optional else 1 for r in text.gold.relations}
    return [[Sample(text, row, _label(row, text, stated)) for row in rows] for rows in candidates(text.parsed, text.types, known, lexicon)]


def _label(row: Candidate, text: Text, stated: dict[tuple[str, str, str], int | None]) -> int | None:
    subject, target = row.pair.ids
    for one in text.means.get(subject, ()):
        for other in text.means.get(target, ()):
            if (row.relation.name, one, other) in stated:
                return stated[row.relation.name, one, other]
            if row.relation.symmetric and (row.relation.name, other, one) in stated:
                return stated[row.relation.name, other, one]
    return 0


def hidden_words(name: str, words: Iterable[str], share: int) -> frozenset[str]:
    """Return a share (of 100) of the trigger words, chosen by the name of the text: another writer uses words that no frame has."""
    return frozenset(word for word in words if crc32(f"{name} {word}".encode()) % 100 < share)
