"""The uncertain steps of a fact."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from hkcrypto.extract import Extractor
from hkcrypto.pipeline.certainty import reading

Parse = Callable[..., Doc]


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("Kwun Labs grew. It bought Tidal Pay.", "coreference"),
        ("The SFC waits. Kwun Labs withdrew its licence application.", "implied"),
        (f"Kwun Labs, which {'sells tea and coffee and ' * 5}milk, bought Tidal Pay.", "distance"),
    ],
)
def test_uncertain_step_is_counted(parse: Parse, extractor: Extractor, text: str, step: str) -> None:
    finder = extractor.nlp.get_pipe("relations")
    plain = parse("Kwun Labs bought Tidal Pay.", "coreference")
    unsure = parse(text, "coreference")
    assert all(step not in reading(fact).steps for facts in finder.facts(plain).values() for fact in facts)  # type: ignore[attr-defined]
    assert any(reading(fact).steps.get(step) == 1 for facts in finder.facts(unsure).values() for fact in facts)  # type: ignore[attr-defined]
