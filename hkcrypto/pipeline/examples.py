"""Runs the example sentences of the frame files, their tagged names taken as given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hkcrypto.pipeline.candidate import Candidate, set_mentions
from hkcrypto.schema import Document, Section

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from hkcrypto.frames import Example, RelationType

AFTER_NAMES = ("values", "grammar", "coreference", "relations")


def faults(nlp: Language, relation: RelationType, example: Example, *, find: bool) -> str | None:
    """Return what is wrong with the result for an example, or None.

    Wrong is a relation that is not found, is there though it must not be, or has another status than the example says.
    """
    tokenizer: Any = nlp.tokenizer
    doc: Doc = tokenizer.tokenize(Document(example.text, "example", sections=(Section("body", 0, len(example.text)),)))
    ids: dict[str, str] = {}
    candidates = []
    for start, end, kind, tag in example.entities:
        name = example.text[start:end]
        ids.setdefault(name, f"{tag}{len(ids)}")
        signature = relation.subject if tag == "s" else relation.object
        candidates.append(Candidate(start, end, kind or min(signature), "ruler", 0, (ids[name],)))
    set_mentions(doc, candidates)
    doc._.entities = [[c.ids[0], c.type, example.text[c.start : c.end], True] for c in {c.ids[0]: c for c in candidates}.values()]
    for name in AFTER_NAMES:
        doc = nlp.get_pipe(name)(doc)
    found = {(r["subject"], r["object"]): r["status"] for r in doc._.relations if r["type"] == relation.name}
    if not find:
        return f"found {sorted(found)}" if found else None
    ends = [{ids[example.text[s:e]] for s, e, _, tag in example.entities if tag == side} for side in ("s", "o")]
    wanted = [(s, o) for s in ends[0] for o in ends[1]]
    if relation.symmetric:
        found |= {(o, s): status for (s, o), status in found.items()}
    missing = [pair for pair in wanted if pair not in found]
    if missing:
        return f"not found; there is {[(r['type'], r['subject'], r['object']) for r in doc._.relations]}"
    wrong = {found[pair] for pair in wanted if example.status and found[pair] != example.status}
    return f"status {', '.join(sorted(wrong))}, not {example.status}" if wrong else None
