"""Trains the proposer: `python models/proposer/train.py --base FOLDER --out FOLDER DATA...`, from the root of a checkout.

`--base` holds `model.safetensors` and `tokenizer.json` of all-MiniLM-L6-v2 (Apache-2.0); DATA are banks of sentences with gold.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch.nn import functional as F

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]
from encoder import Encoder, PairModel  # noqa: E402
from passages import Passage, names_by_type, read_passages, renamed  # noqa: E402

from hkcrypto.frames import RelationType, load_frames  # noqa: E402
from hkcrypto.proposer.encoding import encode  # noqa: E402
from hkcrypto.schema import ENTITY_TYPES, STATUSES  # noqa: E402

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
        longest, most, n = max(len(e.ids) for e in encoded), max(len(p.types) for p in passages), len(passages)
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


def build(base: Path, relations: int, layers: int, device: str) -> PairModel:
    weights = {name: value.float() for name, value in load_file(base / "model.safetensors").items()}
    vocabulary, width = weights["embeddings.word_embeddings.weight"].shape
    encoder = Encoder(vocabulary, width, layers, heads=12, inner=4 * width)
    missing, _ = encoder.load_state_dict(weights, strict=False)
    assert not missing, missing
    return PairModel(encoder, width, relations, len(STATUSES)).to(device)


def loss_of(model: PairModel, batch: Batch) -> torch.Tensor:
    relations, statuses, _ = model(batch["ids"], batch["mask"], batch["openings"])
    each = F.binary_cross_entropy_with_logits(relations, batch["gold"], reduction="none") * batch["allowed"]
    said = batch["status"].flatten()
    status = F.cross_entropy(statuses.flatten(0, 2), said, ignore_index=-1, reduction="sum")
    return (each.sum() + 0.5 * status) / len(batch["ids"])


def batches(passages: Sequence[Passage], size: int, rng: random.Random) -> Iterator[list[Passage]]:
    """Yield shuffled batches of passages of like length."""
    order = sorted(passages, key=lambda p: (len(p.text) // 40 + rng.random() * 3, rng.random()))
    chunks = [order[k : k + size] for k in range(0, len(order), size)]
    rng.shuffle(chunks)
    yield from chunks


def train(model: PairModel, collate: Collator, passages: Sequence[Passage], arguments: argparse.Namespace) -> None:
    rng = random.Random(arguments.seed)
    names = names_by_type(passages)
    head = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": list(model.encoder.parameters()), "lr": arguments.rate}, {"params": head, "lr": 5 * arguments.rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = arguments.epochs * -(-len(passages) // arguments.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: min((k + 1) / (0.1 * steps), max((steps - k) / (0.9 * steps), 0)))
    model.train()
    for epoch in range(arguments.epochs):
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
        print(f"epoch {epoch + 1}: loss {total * arguments.batch / len(passages):.3f}", flush=True)


def scored(model: PairModel, collate: Collator, passages: Sequence[Passage]) -> list[dict[str, object]]:
    """Return every slot with a chance: passage, subject, relation, object, status, probability."""
    model.eval()
    rows: list[dict[str, object]] = []
    for k in range(0, len(passages), 64):
        chunk = passages[k : k + 64]
        batch = collate(chunk)
        with torch.no_grad():
            relations, statuses, _ = model(batch["ids"], batch["mask"], batch["openings"])
        found = relations.sigmoid().cpu()
        said = statuses.argmax(-1).cpu()
        for b, passage in enumerate(chunk):
            count = len(passage.types)
            allowed = collate.signatures(passage, [[0]] * count)
            for s, o, r in (found[b, :count, :count] * allowed > 0.05).nonzero().tolist():
                relation, p = collate.relations[r], found[b, s, o, r].item()
                if relation.symmetric:
                    if s > o:
                        continue
                    p = (p + found[b, o, s, r].item()) / 2
                rows.append({"name": passage.name, "s": s, "r": relation.name, "o": o, "status": STATUSES[said[b, s, o]], "p": round(p, 4)})
    return rows


def report(rows: Sequence[dict[str, object]], passages: Sequence[Passage], symmetric: set[str]) -> None:
    """Print precision and recall of relations over the threshold, and how often the status of those found is right."""
    gold = {p.name: {_key(s, r, o, symmetric): (said, opt) for s, r, o, said, opt in p.facts} for p in passages}
    required = sum(not optional for facts in gold.values() for _, optional in facts.values())
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        kept = [row for row in rows if row["p"] >= threshold]
        hits = [(row, gold[row["name"]].get(_key(row["s"], row["r"], row["o"], symmetric))) for row in kept]
        right = [(row, fact) for row, fact in hits if fact]
        must = sum(not fact[1] for _, fact in right)
        same = sum(row["status"] == fact[0] for row, fact in right)
        p, r = len(right) / max(len(kept), 1), must / required
        print(f"  {threshold:.2f}: P {p:.3f} R {r:.3f} F1 {2 * p * r / max(p + r, 1e-9):.3f} status {same / max(len(right), 1):.3f}", flush=True)


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
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--validate", nargs="*", type=Path, default=[], help="banks that are scored and not trained on")
    parser.add_argument("--epochs", type=int, default=15)
    parser.add_argument("--batch", type=int, default=24)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-export", action="store_true")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    relations = list(load_frames().relations.values())
    passages = read_passages(arguments.data)
    collate = Collator(Tokenizer.from_file(str(arguments.base / "tokenizer.json")), relations, device)
    collate.tokenizer.no_truncation()
    collate.tokenizer.no_padding()
    model = build(arguments.base, len(relations), arguments.layers, device)
    print(f"{len(passages)} passages, {sum(len(p.facts) for p in passages)} facts")
    train(model, collate, passages, arguments)
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.validate:
        unseen = read_passages(arguments.validate)
        rows = scored(model, collate, unseen)
        (arguments.out / "scored.json").write_text(json.dumps(rows))
        report(rows, unseen, {relation.name for relation in relations if relation.symmetric})
    if not arguments.no_export:
        export(model, arguments.out)


if __name__ == "__main__":
    main()
