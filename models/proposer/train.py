"""Trains the proposer; models/README.md shows how it is called."""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch.nn import functional as F

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]
from encoder import Encoder, PairModel  # noqa: E402
from passages import Passage, names_by_type, read_passages, renamed  # noqa: E402

from hkcrypto.evaluation.bank import bank_files  # noqa: E402
from hkcrypto.frames import RelationType, load_frames  # noqa: E402
from hkcrypto.proposer.encoding import encode  # noqa: E402
from hkcrypto.proposer.scorer import Card  # noqa: E402
from hkcrypto.schema import ENTITY_TYPES, STATUSES  # noqa: E402

LAYERS = 6
HOPELESS = -3.0  # a score (logit) below which a slot is no candidate
EVEN = 0.5
Batch = dict[str, torch.Tensor]


class Collator:
    """Makes batches of passages: ids, mask, openings; which slots a signature allows; gold, and which of it counts."""

    def __init__(self, tokenizer: Tokenizer, relations: Sequence[RelationType], device: str) -> None:
        self.tokenizer, self.relations, self.device = tokenizer, relations, device
        self.numbers = {relation.name: k for k, relation in enumerate(relations)}
        self.types = {kind: k for k, kind in enumerate(ENTITY_TYPES)}
        fits = [[[s in r.subject and o in r.object for r in relations] for o in ENTITY_TYPES] for s in ENTITY_TYPES]
        self.fits = torch.tensor(fits, dtype=torch.float)

    def __call__(self, passages: Sequence[Passage]) -> Batch:
        encoded = [encode(self.tokenizer, p.text, p.mentions, p.types) for p in passages]
        longest, most, n = _up(max(len(e.ids) for e in encoded), 32), _up(max(len(p.types) for p in passages), 4), len(passages)
        ids, mask = torch.zeros(n, longest, dtype=torch.long), torch.zeros(n, longest)
        openings = torch.zeros(n, most, longest)
        allowed, gold = (torch.zeros(n, most, most, len(self.relations)) for _ in range(2))
        status = torch.full((n, most, most), -1)
        for b, (passage, row) in enumerate(zip(passages, encoded, strict=True)):
            ids[b, : len(row.ids)] = torch.tensor(row.ids)
            mask[b, : len(row.ids)] = 1
            for e, places in enumerate(row.openings):
                openings[b, e, places] = 1 / max(len(places), 1)
            count = len(passage.types)
            allowed[b, :count, :count] = self.signatures(passage, row.openings)
            for subject, name, target, said, optional in passage.facts:
                relation = self.numbers[name]
                for s, o in [(subject, target), (target, subject)] if self.relations[relation].symmetric else [(subject, target)]:
                    if optional:
                        allowed[b, s, o, relation] = 0
                    else:
                        gold[b, s, o, relation] = 1
                        status[b, s, o] = STATUSES.index(said)
        tensors = {"ids": ids, "mask": mask, "openings": openings, "allowed": allowed, "gold": gold * allowed, "status": status}
        return {name: tensor.to(self.device) for name, tensor in tensors.items()}

    def signatures(self, passage: Passage, openings: Sequence[list[int]]) -> torch.Tensor:
        """Return 1 for each (subject, object, relation) of a passage that is there and whose types the relation allows."""
        kinds = torch.tensor([self.types[kind] for kind in passage.types])
        there = torch.tensor([bool(places) for places in openings], dtype=torch.float)
        apart = 1 - torch.eye(len(kinds))
        return self.fits[kinds][:, kinds] * (there[:, None] * there[None, :] * apart)[:, :, None]


def _up(count: int, step: int) -> int:
    """Round up, so that few shapes occur: for each new one the kernels are made anew, which takes longer than the work."""
    return -(-count // step) * step


def build(base: Path, relations: int, device: str) -> PairModel:
    weights = {name: value.float() for name, value in load_file(base / "model.safetensors").items()}
    vocabulary, width = weights["embeddings.word_embeddings.weight"].shape
    encoder = Encoder(vocabulary, width, LAYERS, heads=12, inner=4 * width)
    missing, _ = encoder.load_state_dict(weights, strict=False)
    assert not missing, missing
    return PairModel(encoder, width, relations, len(STATUSES)).to(device)


def loss_of(model: PairModel, batch: Batch) -> torch.Tensor:
    relations, statuses, _ = model(batch["ids"], batch["mask"], batch["openings"])
    each = F.binary_cross_entropy_with_logits(relations, batch["gold"], reduction="none") * batch["allowed"]
    said = batch["status"].flatten()
    status = F.cross_entropy(statuses.flatten(0, 2), said, ignore_index=-1, reduction="sum")
    return (each.sum() + 0.5 * status) / len(batch["ids"])


def unseen_loss(model: PairModel, collate: Collator, unseen: Sequence[Passage]) -> float:
    model.eval()
    with torch.no_grad():
        losses = [loss_of(model, collate(unseen[k : k + 24])).item() * len(unseen[k : k + 24]) for k in range(0, len(unseen), 24)]
    return sum(losses) / len(unseen)


def batches(passages: Sequence[Passage], size: int, rng: random.Random) -> Iterator[list[Passage]]:
    """Yield shuffled batches of passages of like length."""
    order = sorted(passages, key=lambda p: (len(p.text) // 40 + rng.random() * 3, rng.random()))
    chunks = [order[k : k + size] for k in range(0, len(order), size)]
    rng.shuffle(chunks)
    yield from chunks


def train(
    model: PairModel, collate: Collator, passages: Sequence[Passage], unseen: Sequence[Passage], arguments: argparse.Namespace
) -> None:
    rng = random.Random(arguments.seed)
    names = names_by_type(passages)
    head = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": list(model.encoder.parameters()), "lr": arguments.rate}, {"params": head, "lr": 5 * arguments.rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = arguments.epochs * -(-len(passages) // arguments.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: min((k + 1) / (0.1 * steps), max((steps - k) / (0.9 * steps), 0)))
    for epoch in range(arguments.epochs):
        model.train()
        total = 0.0
        for chunk in batches(passages, arguments.batch, rng):
            with torch.autocast(collate.device, dtype=torch.bfloat16):
                loss = loss_of(model, collate([renamed(passage, names, rng) for passage in chunk]))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(
            f"epoch {epoch + 1}: loss {total * arguments.batch / len(passages):.3f}, unseen {unseen_loss(model, collate, unseen):.3f}",
            flush=True,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A slot with a chance: passage, ends by number, relation, likeliest status, score (a logit)."""

    passage: str
    subject: int
    relation: str
    object: int
    status: str
    score: float


def scored(model: PairModel, collate: Collator, passages: Sequence[Passage]) -> list[Row]:
    """Return every slot with a chance; a relation without direction has the mean of its two slots."""
    model.eval()
    rows: list[Row] = []
    for k in range(0, len(passages), 64):
        chunk = passages[k : k + 64]
        batch = collate(chunk)
        with torch.no_grad():
            relations, statuses, _ = model(batch["ids"], batch["mask"], batch["openings"])
        found, said = relations.cpu(), statuses.argmax(-1).cpu()
        for b, passage in enumerate(chunk):
            count = len(passage.types)
            allowed = collate.signatures(passage, [[0]] * count) > 0
            for s, o, r in ((found[b, :count, :count] > HOPELESS) & allowed).nonzero().tolist():
                relation, score = collate.relations[r], found[b, s, o, r].item()
                if relation.symmetric:
                    if s > o:
                        continue
                    score = (score + found[b, o, s, r].item()) / 2
                rows.append(Row(passage.name, s, relation.name, o, STATUSES[said[b, s, o]], score))
    return rows


def judged(rows: Sequence[Row], passages: Sequence[Passage], symmetric: set[str]) -> list[tuple[Row, str | None]]:
    """Return the scored slots with the status that the gold gives them, None where it does not know them; optional facts are left out."""
    gold = {(p.name, *_key(s, r, o, symmetric)): (status, optional) for p in passages for s, r, o, status, optional in p.facts}
    found = [(row, gold.get((row.passage, *_key(row.subject, row.relation, row.object, symmetric)), (None, False))) for row in rows]
    return [(row, status) for row, (status, optional) in found if not optional]


def report(found: Sequence[tuple[Row, str | None]], facts: int, card: Card) -> None:
    """Print precision and recall of relations over the probability, and how often the status of those found is right."""
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        kept = [(row, status) for row, status in found if card.probability(row.score) >= threshold]
        right = [(row, status) for row, status in kept if status]
        p, r = len(right) / max(len(kept), 1), len(right) / facts
        same = sum(row.status == status for row, status in right) / max(len(right), 1)
        print(f"  {threshold:.2f}: P {p:.3f} R {r:.3f} F1 {2 * p * r / max(p + r, 1e-9):.3f} status {same:.3f}", flush=True)


def _key(s: int, r: str, o: int, symmetric: set[str]) -> tuple[int, str, int]:
    return (min(s, o), r, max(s, o)) if r in symmetric else (s, r, o)


def export(model: PairModel, out: Path) -> None:
    """Write the network as ONNX, its weights as eight-bit integers (seven used, so that every processor counts alike)."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model = model.float().cpu().eval()
    ids, mask, openings = torch.ones(2, 9, dtype=torch.long), torch.ones(2, 9), torch.rand(2, 3, 9)
    axes = {"ids": {0: "b", 1: "t"}, "mask": {0: "b", 1: "t"}, "openings": {0: "b", 1: "e", 2: "t"}}
    axes |= {"relations": {0: "b", 1: "e", 2: "e"}, "statuses": {0: "b", 1: "e", 2: "e"}, "looks": {0: "b", 1: "e", 2: "e", 3: "t"}}
    whole = out / "whole.onnx"
    torch.onnx.export(model, (ids, mask, openings), str(whole), input_names=["ids", "mask", "openings"],
                      output_names=["relations", "statuses", "looks"], dynamic_axes=axes, opset_version=17, dynamo=False)  # fmt: skip
    quantize_dynamic(whole, out / "proposer.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    whole.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="+", type=Path, help="banks of sentences, files or folders")
    parser.add_argument("--base", type=Path, required=True, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument(
        "--without", required=True, help="the writer (name of a file) that is not trained on: thresholds and probabilities are set by it"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch", type=int, default=24)
    parser.add_argument("--rate", type=float, default=2.5e-4)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)  # two threads wait for each other on a machine that has other work
    files = [file for path in arguments.data for file in bank_files(path)]
    passages = read_passages(file for file in files if file.stem != arguments.without)
    unseen = read_passages(file for file in files if file.stem == arguments.without)
    relations = list(load_frames().relations.values())
    tokenizer = Tokenizer.from_file(str(arguments.base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    collate = Collator(tokenizer, relations, device)
    model = build(arguments.base, len(relations), device)
    print(f"{len(passages)} passages, {sum(len(p.facts) for p in passages)} facts; {len(unseen)} passages unseen")
    train(model, collate, passages, unseen, arguments)
    found = judged(scored(model, collate, unseen), unseen, {relation.name for relation in relations if relation.symmetric})
    card = Card(tuple(r.name for r in relations), STATUSES, 1.0, 0.0, {"": EVEN})  # until thresholds.py sets it
    report(found, sum(not optional for passage in unseen for *_, optional in passage.facts), card)
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "proposer.json").write_text(json.dumps(asdict(card), indent=1) + "\n")
    shutil.copyfile(arguments.base / "tokenizer.json", arguments.out / "tokenizer.json")
    export(model, arguments.out)


if __name__ == "__main__":
    main()
