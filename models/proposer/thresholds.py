"""Sets how scores become probabilities, and from which probability each relation is proposed, by articles that were not trained on.

`python models/proposer/thresholds.py GOLD...` writes proposer.json; GOLD are folders of articles with gold, the held-out ones apart.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from math import exp, log
from pathlib import Path

from hkcrypto.evaluation.entities import stands_for
from hkcrypto.evaluation.gold import read_golds
from hkcrypto.extract import load
from hkcrypto.proposer.scorer import FILES, folder_of_weights, load_scorer
from hkcrypto.readers.walk import find_documents
from hkcrypto.schema import Document

HELD_OUT = {f"dev-{number:02}" for number in range(3, 25, 3)}
LOWEST, LEAST = 0.35, 0.6  # no threshold is lower; so many of a relation's proposals must be right
PRIOR = 3  # a relation is taken to have so many more proposals, LEAST of them right
Judged = tuple[str, float, bool]


def judged(folder: Path) -> Iterator[Judged]:
    """Yield every proposal for the articles of a folder: relation, score (a logit), whether the gold has it."""
    extractor = load(recall=True)
    golds = read_golds(folder)
    for document in find_documents([str(folder)], ["*.json", "*.md"]):
        if not isinstance(document, Document) or (name := Path(document.source).stem) not in golds or name in HELD_OUT:
            continue
        record = extractor.extract(document).to_dict()
        means = stands_for(golds[name], record["entities"])
        stated = {(r.type, r.subject, r.object) for r in golds[name].relations}
        stated |= {(kind, o, s) for kind, s, o in stated if extractor.frames.relations[kind].symmetric}
        for relation in record["relations"]:
            if relation["evidence"][0]["rule"] == "learned":
                ends = [(s, o) for s in means.get(relation["subject"], ()) for o in means.get(relation["object"], ())]
                p = min(relation["confidence"], 0.995)
                yield relation["type"], log(p / (1 - p)), any((relation["type"], s, o) in stated for s, o in ends)


def line(rows: Sequence[Judged]) -> tuple[float, float]:
    """Return scale and shift by which scores become the share that is right (Platt's method), by Newton's steps, halved."""
    scale, shift = 0.1, 0.0
    for _ in range(100):
        g0 = g1 = h00 = h01 = h11 = 0.0
        for _, score, right in rows:
            p = 1 / (1 + exp(-(scale * score + shift)))
            g0, g1, w = g0 + (p - right) * score, g1 + (p - right), p * (1 - p)
            h00, h01, h11 = h00 + w * score * score, h01 + w * score, h11 + w
        det = h00 * h11 - h01 * h01
        scale, shift = scale - (h11 * g0 - h01 * g1) / det / 2, shift - (h00 * g1 - h01 * g0) / det / 2
    return round(scale, 3), round(shift, 3)


def threshold(found: Iterable[tuple[float, bool]]) -> float:
    """Return the lowest probability from which on at least LEAST of a relation's proposals are right; 1 where there is none."""
    best, right = 1.0, LEAST * PRIOR
    for count, (p, ok) in enumerate(sorted(found, reverse=True), 1):
        right += ok
        if right >= LEAST * (count + PRIOR):
            best = p
    return round(max(best, LOWEST), 2)


def main() -> None:
    scorer = load_scorer()
    names = scorer.card.relations
    scorer.card = replace(scorer.card, scale=1.0, shift=0.0, thresholds={"": 0.3})
    rows = [row for folder in sys.argv[1:] for row in judged(Path(folder))]
    scale, shift = line(rows)
    by_relation: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for name, score, right in rows:
        by_relation[name].append((1 / (1 + exp(-(scale * score + shift))), right))
    card = replace(scorer.card, scale=scale, shift=shift, thresholds={name: threshold(by_relation[name]) for name in names})
    (folder_of_weights() / FILES[2]).write_text(json.dumps(asdict(card), indent=1) + "\n", encoding="utf-8")
    for name in names:
        kept = [right for p, right in by_relation[name] if p >= card.thresholds[name]]
        print(f"{name:22} from {card.thresholds[name]:.2f}: {sum(kept)} of {len(kept)} right, of {len(by_relation[name])} looked at")


if __name__ == "__main__":
    main()
