"""Every part of the pipeline under the name by which a config file calls it; spaCy finds this module by entry points.

Annotations are evaluated here (no `from __future__ import annotations`): spaCy checks the config files against them.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry

if TYPE_CHECKING:
    from hkcrypto.frames import Frames
    from hkcrypto.kb import KnowledgeBase

# What the parts leave on a `Doc`: plain lists, dictionaries and strings, so that `Doc.to_bytes` and worker processes work.
_LEFT: dict[str, Any] = {
    "document": {},
    "given": None,
    "weights": [],
    "roles": {},
    "entities": [],
    "values": [],
    "relations": [],
    "statements": [],
}
for _name, _default in _LEFT.items():
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)


@cache
def knowledge_base(files: tuple[str, ...], hidden: tuple[str, ...]) -> "KnowledgeBase":
    """Return the package's knowledge base with these files laid over it and these ids left out; read once a process."""
    from hkcrypto.kb import load_kb
    from hkcrypto.pipeline.model import compiled_kb

    return load_kb([Path(f) for f in files], without=hidden, compiled=compiled_kb())


@cache
def frames(files: tuple[str, ...]) -> "Frames":
    """Return the package's frames and those of these files; read once a process."""
    from hkcrypto.frames import load_frames

    return load_frames([Path(f) for f in files])


@registry.tokenizers("hkcrypto.SectionTokenizer.v1")  # type: ignore[untyped-decorator]
def _tokenizer() -> Callable[[Language], Any]:
    from hkcrypto.pipeline.tokenizer import SectionTokenizer

    return SectionTokenizer


@Language.factory("hkcrypto_base")
def _base(nlp: Language, name: str, base: str, pipes: list[str]) -> Any:  # noqa: ARG001 (spaCy's protocol)
    from hkcrypto.pipeline.grammar import Names, load_base

    return Names(load_base(base, nlp.vocab, pipes))


@Language.factory("hkcrypto_mentions")
def _mentions(nlp: Language, name: str, kb: list[str], hidden: list[str], frames_files: list[str]) -> Any:  # noqa: ARG001
    from hkcrypto.pipeline.mentions import MentionFinder

    return MentionFinder(knowledge_base(tuple(kb), tuple(hidden)), frozenset(frames(tuple(frames_files)).chinese("verbs")))


@Language.factory("hkcrypto_linker")
def _linker(nlp: Language, name: str, kb: list[str], hidden: list[str]) -> Any:  # noqa: ARG001
    from hkcrypto.pipeline.linker import Linker

    return Linker(knowledge_base(tuple(kb), tuple(hidden)))


@Language.factory("hkcrypto_values")
def _values(nlp: Language, name: str) -> Any:  # noqa: ARG001
    from hkcrypto.pipeline.valuespans import ValueFinder

    return ValueFinder()


@Language.factory("hkcrypto_grammar")
def _grammar(nlp: Language, name: str, base: str, pipes: list[str], frames_files: list[str]) -> Any:  # noqa: ARG001
    from hkcrypto.pipeline.grammar import Grammar, load_base

    return Grammar(load_base(base, nlp.vocab, pipes), frames(tuple(frames_files)))


@Language.factory("hkcrypto_coreference")
def _coreference(nlp: Language, name: str, kb: list[str], hidden: list[str]) -> Any:  # noqa: ARG001
    from hkcrypto.pipeline.coreference import Coreference

    return Coreference(knowledge_base(tuple(kb), tuple(hidden)))


@Language.factory("hkcrypto_relations")
def _relations(nlp: Language, name: str, frames_files: list[str], recall: bool) -> Any:  # noqa: ARG001
    from hkcrypto.pipeline.proposer import Proposer
    from hkcrypto.pipeline.relations import RelationFinder
    from hkcrypto.proposer.scorer import load_scorer

    chosen = frames(tuple(frames_files))
    return RelationFinder(chosen, Proposer(chosen, load_scorer()) if recall else None)


@Language.factory("hkcrypto_statements")
def _statements(nlp: Language, name: str) -> Any:  # noqa: ARG001
    from hkcrypto.pipeline.statements import StatementFinder

    return StatementFinder()
