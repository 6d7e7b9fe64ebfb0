"""The trained network at work: how likely each relation is for each pair of entities of a passage."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log
from pathlib import Path
from typing import Any

from hkcrypto.errors import ConfigError
from hkcrypto.proposer.encoding import Mention, encode

FILES = ("proposer.onnx", "tokenizer.json", "proposer.json")
_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Scored:
    """A relation of two entities (by number), how likely it is, its status, and what was looked at: (start, end, share) of the passage."""

    relation: str
    subject: int
    object: int
    probability: float
    status: str
    looks: tuple[tuple[int, int, float], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What stands beside the weights: the order of their outputs, and how a score becomes a probability."""

    relations: tuple[str, ...]
    statuses: tuple[str, ...]
    scale: float
    shift: float
    thresholds: Mapping[str, float]

    def probability(self, score: float) -> float:
        """Return how often a pair with this score (a logit) was right in texts that the weights had not seen."""
        return 1.0 / (1.0 + exp(-(self.scale * score + self.shift)))

    def threshold(self, relation: str) -> float:
        """Return from which probability on a relation is proposed."""
        return self.thresholds.get(relation, self.thresholds.get("", 1.0))


class Scorer:
    """Weights, tokenizer and card of a folder, loaded once. One thread, one passage at a time: the same passage gives the same scores."""

    def __init__(self, folder: Path) -> None:
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer

        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.session: Any = InferenceSession(str(folder / FILES[0]), options, providers=["CPUExecutionProvider"])
        self.tokenizer: Any = Tokenizer.from_file(str(folder / FILES[1]))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.card = read_card(folder / FILES[2])

    def score(self, text: str, mentions: Sequence[Mention], types: Sequence[str]) -> Iterator[Scored]:
        """Yield each relation of each ordered pair of entities that reaches its threshold; signatures are the caller's to check.

        `mentions` are in order, in code points of `text`, and do not overlap; `types` are those of the entities by number.
        """
        import numpy as np

        encoded = encode(self.tokenizer, text, mentions, types)
        openings = np.zeros((1, len(types), len(encoded.ids)), dtype=np.float32)
        for entity, places in enumerate(encoded.openings):
            openings[0, entity, places] = 1 / max(len(places), 1)
        ids = np.array([encoded.ids], dtype=np.int64)
        inputs = {"ids": ids, "mask": np.ones(ids.shape, dtype=np.float32), "openings": openings}
        relations, statuses, looks = (output[0] for output in self.session.run(None, inputs))
        least = self._logit(min(self.card.thresholds.values()))
        for subject, target, number in np.argwhere(relations >= least).tolist():
            if subject == target or not encoded.openings[subject] or not encoded.openings[target]:
                continue
            name = self.card.relations[number]
            probability = self.card.probability(float(relations[subject, target, number]))
            if probability >= self.card.threshold(name):
                status = self.card.statuses[int(statuses[subject, target].argmax())]
                seen = zip(encoded.offsets, looks[subject, target].tolist(), strict=True)
                yield Scored(name, subject, target, probability, status, tuple((a, b, share) for (a, b), share in seen if a < b))

    def _logit(self, probability: float) -> float:
        return (log(probability / (1 - probability)) - self.card.shift) / self.card.scale


def read_card(path: Path) -> Card:
    """Return the card that stands beside weights."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Card(tuple(raw["relations"]), tuple(raw["statuses"]), raw["scale"], raw["shift"], raw["thresholds"])


def folder_of_weights() -> Path:
    """Return where the weights are, in the package or in the checkout; ConfigError where they are missing."""
    for folder in (_PACKAGE / "models" / "proposer", _PACKAGE.parent / "models" / "proposer"):
        if all((folder / name).is_file() for name in FILES):
            return folder
    raise ConfigError("the weights of the proposer are missing from this installation", "install hkcrypto again")


@cache
def load_scorer() -> Scorer:
    """Return the scorer with the weights that hkcrypto comes with; ConfigError where something is missing."""
    try:
        return Scorer(folder_of_weights())
    except ImportError as error:
        raise ConfigError(f"--recall needs the package {error.name}", "pip install 'hkcrypto[recall]'") from None
