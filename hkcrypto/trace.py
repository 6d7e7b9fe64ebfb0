"""One document through the pipeline, with what a run otherwise throws away: trees, facts, and the evidence for names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hkcrypto.extract import Extractor, passed_over, record_of
from hkcrypto.schema import Document, Record

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from hkcrypto.language.clause import Sentence
    from hkcrypto.pipeline.facts import Fact
    from hkcrypto.pipeline.relations import RelationFinder


@dataclass(frozen=True, slots=True)
class Trace:
    """The record of a document and how it came about.

    `facts` are all readings of each relation, by type and ends; `weights` say by (start, end) how much spoke for the type of a name
    before names were joined to entities, and `ids` which entries of the knowledge base had it then.
    """

    doc: Doc
    record: Record
    finder: RelationFinder
    sentences: list[Sentence]
    facts: dict[tuple[str, str, str], list[Fact]]
    weights: dict[tuple[int, int], int]
    ids: dict[tuple[int, int], tuple[str, ...]]

    def facts_of(self, relation: str, subject: str, target: str) -> list[Fact]:
        """Return the readings behind a relation of the record."""
        return self.facts[self.finder.frames.relations[relation].key(subject, target)]


def trace(extractor: Extractor, document: Document) -> Trace:
    """Return the record of a document, the same as `Extractor.extract` gives, with its trace."""
    from hkcrypto.pipeline.candidate import read_mentions
    from hkcrypto.pipeline.trees import sentences

    doc = extractor.doc(document)
    found: dict[str, Any] = {}
    for name, part in extractor.nlp.pipeline:
        if name == "linker":
            seen = [] if doc._.given is not None else read_mentions(doc)
            found["weights"] = {(m.start, m.end): m.weight for m in seen}
            found["ids"] = {(m.start, m.end): m.ids for m in seen}
        if name == "relations":
            finder: Any = part
            found |= {"finder": finder, "facts": finder.facts(doc), "sentences": sentences(doc)}
            doc = finder.set_relations(doc, found["facts"])
        else:
            doc = part(doc)
    record = record_of(doc, document, extractor.producer, extractor.relevance(document))
    return Trace(doc, passed_over(record) if record.document.language == "other" else record, **found)
