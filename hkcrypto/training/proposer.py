"""Learns the weights of the proposer: `python -m hkcrypto.training.proposer` writes models/proposer/weights.json.

Logistic regression twice. The second step learns from scores that the first gave to writers it had not seen, and so does
the threshold: what decides is how the weights do on the next writer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from hkcrypto.extract import Extractor, load
from hkcrypto.frames import Frames
from hkcrypto.pipeline.pairs import Lexicon, is_shared
from hkcrypto.pipeline.proposer import Proposer, Weights, competition
from hkcrypto.training.texts import Sample, Text, article_texts, bank_texts, hidden_words, samples

ROOT = Path(__file__).parents[2]
BANK = ROOT / "tests" / "bank"
WEIGHTS = ROOT / "models" / "proposer" / "weights.json"
STRENGTH, STRENGTH_OF_SECOND = 1.0, 1.0  # C of scikit-learn
OWN = 0.5  # features of one relation count half: what holds for all of them is learned from more data
HIDDEN = 40  # of 100 trigger words, in a second copy of each text
OFTEN = 3  # times that a feature is seen, the second copies counted
SMALLEST = 0.08
THRESHOLD = 0.5
Sentences = list[list[Sample]]


def read_texts(extractor: Extractor) -> list[Text]:
    """Return the training texts: sentences of the bank, every second one without a relation, articles."""
    return [
        *bank_texts(extractor, sorted((BANK / "dev").glob("*.yaml")), given=True),
        *bank_texts(extractor, [BANK / "cooccurrence.yaml"], given=True, part=0),
        *article_texts(extractor, ROOT / "tests" / "articles" / "fresh"),
    ]


class Corpus:
    """The samples of the texts by writer, as they are and in a second copy with trigger words hidden, as one table of features."""

    def __init__(self, texts: Sequence[Text], frames: Frames, share: int = HIDDEN) -> None:
        from sklearn.feature_extraction import DictVectorizer

        self.frames = frames
        self.sentences = list(_sentences(texts, frames, share))
        self.groups = list(dict.fromkeys(group for group, _ in self.sentences))
        labelled = [(group, sample) for group, sentence in self.sentences for sample in sentence if sample.label is not None]
        vectorizer = DictVectorizer()
        self.table = vectorizer.fit_transform(first_features(sample) for _, sample in labelled)
        self.table.indices, self.table.indptr = self.table.indices.astype(np.int32), self.table.indptr.astype(np.int32)
        self.names = vectorizer.get_feature_names_out()
        self.labels = np.array([sample.label for _, sample in labelled])
        self.writers = np.array([group for group, _ in labelled])
        self._first: dict[frozenset[str], Weights] = {}

    def first(self, *left_out: str) -> Weights:
        """Return weights of the first step, learned from all writers but these; the second step is left empty."""
        key = frozenset(left_out)
        if key not in self._first:
            self._first[key] = self._learn_first(~np.isin(self.writers, left_out))
        return self._first[key]

    def _learn_first(self, chosen: Any) -> Weights:
        table = self.table[chosen]
        often = np.flatnonzero(table.getnnz(axis=0) >= OFTEN)
        weights, bias = _regression(table[:, often], self.labels[chosen], STRENGTH)
        shared: dict[str, float] = {}
        relations: dict[str, dict[str, float]] = {}
        for key, value in zip(self.names[often], weights, strict=True):
            name, _, feature = key.partition("|")
            weight = float(value) * (OWN if name else 1.0)
            if abs(weight) >= SMALLEST:
                (relations.setdefault(name, {}) if name else shared)[feature] = round(weight, 3)
        return Weights(round(bias, 3), shared, relations, {}, {"": THRESHOLD})

    def learn(self, *left_out: str) -> Weights:
        """Return the weights of both steps, learned from all writers but these."""
        scored: Sentences = []
        for group in self.groups:
            if group not in left_out:
                proposer = Proposer(self.frames, self.first(group))
                for sentence in (sentence for writer, sentence in self.sentences if writer == group):
                    proposer.rescore([sample.candidate for sample in sentence])
                    scored.append(sentence)
        whole = self.first(*left_out)
        return Weights(whole.bias, whole.shared, whole.relations, learn_second(scored), whole.thresholds)


def _sentences(texts: Sequence[Text], frames: Frames, share: int) -> Iterator[tuple[str, list[Sample]]]:
    words = sorted({word for _, word in frames.index})
    lexicon = Lexicon(frames)
    for text in texts:
        yield from ((text.group, sentence) for sentence in samples(text, lexicon))
        if share:
            blind = Lexicon(frames, hidden_words(text.name, words, share))
            yield from ((text.group, sentence) for sentence in samples(text, blind))


def first_features(sample: Sample) -> dict[str, float]:
    """Return the features of a sample, "relation|feature"; "|feature" is what all relations share."""
    row = sample.candidate
    name = row.relation.name
    own = {f"{name}|{feature}": OWN for feature in ("", *row.seen, *row.seen_of_relation)}
    shared = {f"|{feature}": 1.0 for feature in row.seen if is_shared(feature)}
    return own | shared | {f"|{feature}": 1.0 for feature in row.seen_of_relation}


def learn_second(scored: Sentences) -> dict[str, float]:
    """Return the weights of the second step from sentences that a first step scored without having seen their writers."""
    labels = {id(sample.candidate): sample.label for sentence in scored for sample in sentence}
    rows = [row for sentence in scored for row in competition([sample.candidate for sample in sentence])]
    found = [(features, label) for row, features in rows if (label := labels[id(row)]) is not None]
    names = sorted({name for features, _ in found for name in features})
    matrix = np.array([[features.get(name, 0.0) for name in names] for features, _ in found])
    scale = matrix.std(axis=0) + 1e-6
    weights, bias = _regression(matrix / scale, np.array([label for _, label in found]), STRENGTH_OF_SECOND)
    return {"bias": round(bias, 3), **{name: round(float(w / s), 3) for name, w, s in zip(names, weights, scale, strict=True)}}


def _regression(matrix: Any, labels: Any, strength: float) -> tuple[Any, float]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=strength, solver="liblinear", max_iter=300, random_state=0).fit(matrix, labels)
    return model.coef_[0], float(model.intercept_[0])


def write(weights: Weights, path: Path = WEIGHTS) -> None:
    """Write weights as JSON, one feature a line, the strongest first."""

    def ranked(items: dict[str, float]) -> dict[str, float]:
        return dict(sorted(items.items(), key=lambda item: (-abs(item[1]), item[0])))

    content = {
        "bias": weights.bias,
        "thresholds": weights.thresholds,
        "second": ranked(weights.second),
        "shared": ranked(weights.shared),
        "relations": {name: ranked(own) for name, own in sorted(weights.relations.items())},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def main() -> None:
    """Learn from all that there is, and write the weights."""
    extractor = load()
    write(Corpus(read_texts(extractor), extractor.frames).learn())


if __name__ == "__main__":
    main()
