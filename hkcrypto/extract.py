"""From a document to its record: the whole path in one screen."""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hkcrypto import __version__
from hkcrypto.chrome import inverted, with_chrome
from hkcrypto.errors import ConfigError
from hkcrypto.schema import (
    SCHEMA_VERSION,
    Cue,
    Document,
    DocumentInfo,
    Entity,
    Evidence,
    Failure,
    Mention,
    Producer,
    Record,
    Relation,
    Section,
    Statement,
    Value,
)

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from hkcrypto.frames import Frames
    from hkcrypto.kb import KnowledgeBase

BATCH = 32  # documents that go through the nets together; more is slower


@dataclass(frozen=True, slots=True)
class Options:
    """What to extract and with what; an empty set of types or relations keeps all of them."""

    model: str | None = None
    kb: tuple[Path, ...] = ()
    frames: tuple[Path, ...] = ()
    min_confidence: float = 0.0
    types: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()
    with_text: bool = False
    include_chrome: bool = False
    coref: bool = True
    recall: bool = False
    hidden: tuple[str, ...] = ()

    def changed(self) -> dict[str, Any]:
        """Return the options that are not at their defaults, as plain data; files by name, since paths differ from machine to machine."""
        plain = Options()
        changed = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != getattr(plain, f.name)}
        return {name: _plain(value) for name, value in changed.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return [item.name if isinstance(item, Path) else item for item in value] if isinstance(value, tuple) else value


class Extractor:
    """A loaded pipeline and what makes records of its results."""

    def __init__(self, nlp: Language, kb: KnowledgeBase, frames: Frames, options: Options, base_model: str) -> None:
        self.nlp = nlp
        self.kb = kb
        self.frames = frames
        self.options = options
        self.base_model = base_model
        self.producer = Producer(
            __version__,
            " ".join(["hk_news", nlp.meta["version"], base_model, model_checksum(base_model), *_proposer(options)]),
            kb.fingerprint,
            frames.fingerprint,
            options.changed(),
        )

    def extract(self, document: str | Document, *, source: str = "-") -> Record:
        """Return the record of one document; a plain text gets `source` as its name."""
        whole = document if isinstance(document, Document) else Document(text=document, source=source)
        return self._record(whole, self.nlp(self.doc(whole)))

    def pipe(self, documents: Iterable[str | Document]) -> Iterator[Record | Failure]:
        """Yield the records of many documents, in order; faster than one by one. A document that breaks the pipeline is a Failure.

        Raises MemoryError where the memory does not suffice for a batch.
        """
        stream = iter(documents)
        while batch := [d if isinstance(d, Document) else Document(text=d, source="-") for d in islice(stream, BATCH)]:
            yield from self._batch(batch)

    def relevance(self, document: Document) -> float:
        """Return what the record has as `document.relevance`, at a hundredth of the cost: from 0 to 1, with two decimals."""
        from hkcrypto.pipeline.relevance import relevance

        mentions: Any = self.nlp.get_pipe("mentions")
        return relevance(document.text, self.kb, mentions.gazetteer)

    def _batch(self, batch: list[Document]) -> Iterator[Record | Failure]:
        try:
            docs = list(self.nlp.pipe([self.doc(d) for d in batch]))
        except MemoryError:
            raise  # what to do depends on who else uses the memory: the engine's business
        except Exception as error:  # noqa: BLE001 (whatever it is, the other documents go on)
            if len(batch) == 1:
                yield Failure(batch[0].source, f"internal error: {type(error).__name__}: {error}", "report it together with the document")
            else:
                for document in batch:
                    yield from self._batch([document])
        else:
            yield from (self._record(document, doc) for document, doc in zip(batch, docs, strict=True))

    def info(self) -> dict[str, Any]:
        """Return versions, checksums and sizes: all that tells one installation's results from another's."""
        from importlib.metadata import version

        return {
            "hkcrypto": __version__,
            "python": ".".join(map(str, sys.version_info[:3])),
            "spacy": version("spacy"),
            "schema_version": SCHEMA_VERSION,
            "base_model": self.base_model,
            "model": self.producer.model,
            "pipeline": self.nlp.pipe_names,
            "kb": {
                "fingerprint": self.kb.fingerprint,
                "entities": len(self.kb),
                "aliases": sum(1 for _ in self.kb.aliases()),
                "types": dict(sorted(Counter(e.type for e in self.kb.entries.values()).items())),
            },
            "frames": {
                "fingerprint": self.frames.fingerprint,
                "relations": {name: len(r.frames) for name, r in sorted(self.frames.relations.items())},
            },
        }

    def doc(self, document: Document) -> Doc:
        """Return a document as the pipeline takes it: its sections and tokens, and nothing else yet."""
        tokenizer: Any = self.nlp.tokenizer
        doc: Doc = tokenizer.tokenize(document)
        return doc

    def _record(self, document: Document, doc: Doc) -> Record:
        record = record_of(doc, document, self.producer, self.relevance(document))
        if record.document.language == "other":
            record = passed_over(record)
        elif self.options.include_chrome:
            seen = record_of(self.nlp(self.doc(inverted(document))), document, self.producer, record.document.relevance)
            record = with_chrome(record, seen.entities)
        record = select(record, self.options)
        return replace(record, document=replace(record.document, text=doc.text)) if self.options.with_text else record


def load(options: Options | None = None, **changes: Any) -> Extractor:
    """Return an extractor; give `Options`, or its fields by name.

    Raises ConfigError where the model is missing or a type or relation is unknown, DataError where a knowledge-base file is at fault.
    """
    from hkcrypto.pipeline.factories import frames, knowledge_base
    from hkcrypto.pipeline.model import load_pipeline

    chosen = replace(options or Options(), **changes)
    nlp = load_pipeline(chosen.model, kb=chosen.kb, hidden=chosen.hidden, frames=chosen.frames, recall=chosen.recall)
    if not chosen.coref:
        nlp.disable_pipe("coreference")
    base = chosen.model or str(nlp.config["paths"]["base"])
    all_frames = frames(tuple(str(p) for p in chosen.frames))
    if unknown := sorted(chosen.relations - all_frames.relations.keys()):
        raise ConfigError(f"there is no relation {unknown[0]!r}", f"use one of {', '.join(sorted(all_frames.relations))}")
    return Extractor(nlp, knowledge_base(tuple(str(p) for p in chosen.kb), chosen.hidden), all_frames, chosen, base)


def _proposer(options: Options) -> list[str]:
    from hkcrypto.proposer.scorer import FILES, folder_of_weights

    if not options.recall:
        return []
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((folder_of_weights() / name).read_bytes())
    return ["proposer", f"sha256:{digest.hexdigest()}"]


def model_checksum(base: str) -> str:
    """Return "sha256:..." of the base pipeline's own description, which lists its parts and their settings."""
    folder = base_folder(base)
    digest = hashlib.sha256()
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix in {".cfg", ".json"} and "__pycache__" not in p.parts)
    for path in files:
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return f"sha256:{digest.hexdigest()}"


def base_folder(base: str) -> Path:
    """Return where the base pipeline of this name or path is; nothing of it is imported."""
    from importlib.util import find_spec

    spec = find_spec(base) if base.isidentifier() else None
    return Path(spec.origin).parent if spec and spec.origin else Path(base)


def record_of(doc: Doc, document: Document, producer: Producer, relevance: float) -> Record:
    """Return everything that the pipeline left on a doc as a record."""
    from hkcrypto.pipeline.tokenizer import text_of

    text = text_of(doc)
    section_at = _sections(doc)
    info = doc._.document
    mentions = _mentions(doc, section_at)
    found = (Entity(i, kind, name, known, mentions[i]) for i, kind, name, known in doc._.entities if mentions[i])
    entities = sorted(found, key=lambda e: e.mentions[0].start)  # a pronoun may come before its name
    values = [Value(kind, text[start:end], start, end, section_at(start), json.loads(value)) for kind, start, end, value in doc._.values]
    relations = [Relation(**{**row, "evidence": [_evidence(e) for e in row["evidence"]]}) for row in doc._.relations]
    details = DocumentInfo(
        id=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        source=document.source,
        **info,
        relevance=relevance,
        duplicate_of=None,
        sections=[Section(s.label_, s.start_char, s.end_char) for s in doc.spans["sections"]],
    )
    return Record(
        SCHEMA_VERSION,
        producer,
        details,
        entities,
        values,
        relations,
        [Statement(**row) for row in doc._.statements],
        list(document.warnings),
    )


def passed_over(record: Record) -> Record:
    """Return the record of a document in a language that hkcrypto does not read: with a warning, and without facts."""
    warning = "it is neither in English nor in Chinese: nothing was extracted"
    return replace(record, entities=[], values=[], relations=[], statements=[], warnings=[*record.warnings, warning])


def select(record: Record, options: Options) -> Record:
    """Return the record with only what the options ask for; a relation that loses an end goes too."""
    entities = [e for e in record.entities if not options.types or e.type in options.types]
    kept = {e.id for e in entities}
    relations = [
        r
        for r in record.relations
        if r.confidence >= options.min_confidence
        and (not options.relations or r.type in options.relations)
        and {r.subject, r.object} <= kept
    ]
    statements = [s for s in record.statements if s.speaker in kept]
    return replace(record, entities=entities, relations=relations, statements=statements)


def _sections(doc: Doc) -> Any:
    """A function from a character to the kind of its section."""
    from bisect import bisect_right

    sections = list(doc.spans["sections"])
    starts = [s.start_char for s in sections]
    return lambda position: sections[max(bisect_right(starts, position) - 1, 0)].label_


def _mentions(doc: Doc, section_at: Any) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = defaultdict(list)
    for span in sorted(doc.spans["mentions"], key=lambda s: (s.start_char, s.end_char)):
        for entity_id in span.kb_id_.split("|"):
            found[entity_id].append(Mention(span.text, span.start_char, span.end_char, section_at(span.start_char), span.id_))
    return found


def _evidence(row: dict[str, Any]) -> Evidence:
    return Evidence(**{**row, "cue": Cue(**row["cue"]) if row["cue"] else None})
