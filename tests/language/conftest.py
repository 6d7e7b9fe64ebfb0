from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from hkcrypto.language.clause import Clause
from hkcrypto.language.cues import load_cues
from hkcrypto.language.en.clauses import ClauseBuilder
from hkcrypto.pipeline.trees import sentences


@pytest.fixture(scope="session")
def clauses(parse: Callable[..., Doc]) -> Callable[[str], list[Clause]]:
    """Return a function that gives the clauses of a text, whatever their predicates."""
    builder = ClauseBuilder(load_cues("en"), lambda _kind, _word: True)
    return lambda text: [clause for sentence in sentences(parse(text, "coreference")) for clause in builder.clauses(sentence)]
