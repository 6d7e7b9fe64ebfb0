"""The network of the proposer in PyTorch: a BERT encoder, and over it every pair of entities with every relation and status."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class Embeddings(nn.Module):
    """Word pieces and their positions; the names of the parts are those of the published weights."""

    def __init__(self, vocabulary: int, width: int, longest: int = 512) -> None:
        super().__init__()
        self.word_embeddings = nn.Embedding(vocabulary, width)
        self.position_embeddings = nn.Embedding(longest, width)
        self.token_type_embeddings = nn.Embedding(2, width)
        self.LayerNorm = nn.LayerNorm(width, eps=1e-12)

    def forward(self, ids: Tensor) -> Tensor:
        positions = torch.arange(ids.shape[1], device=ids.device)
        kinds = self.token_type_embeddings.weight[0]
        return self.LayerNorm(self.word_embeddings(ids) + self.position_embeddings(positions) + kinds)


class SelfAttention(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        q, k, v = (part(x).unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in (self.query, self.key, self.value))
        weights = (q @ k.transpose(-1, -2) / q.shape[-1] ** 0.5 + bias).softmax(-1)
        return (weights @ v).transpose(1, 2).flatten(2)


class Output(nn.Module):
    def __init__(self, inner: int, width: int, dropout: float) -> None:
        super().__init__()
        self.dense = nn.Linear(inner, width)
        self.LayerNorm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, residual: Tensor) -> Tensor:
        return self.LayerNorm(self.dropout(self.dense(x)) + residual)


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.attention = nn.ModuleDict({"self": SelfAttention(width, heads), "output": Output(width, width, dropout)})
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(width, inner)})
        self.output = Output(inner, width, dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        x = self.attention["output"](self.attention["self"](x, bias), x)
        return self.output(F.gelu(self.intermediate["dense"](x)), x)


class Encoder(nn.Module):
    """BERT without its pooler: ids and mask [B, T] to states [B, T, width]."""

    def __init__(self, vocabulary: int, width: int, layers: int, heads: int, inner: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.embeddings = Embeddings(vocabulary, width)
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer(width, heads, inner, dropout) for _ in range(layers))})
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        bias = (1.0 - mask)[:, None, None, :] * -1e4
        x = self.dropout(self.embeddings(ids))
        for layer in self.encoder["layer"]:
            x = layer(x, bias)
        return x


class PairModel(nn.Module):
    """Scores every ordered pair of entities.

    `ids` and `mask` are [B, T]; `openings` [B, E, T] holds the weight of each token for each entity (rows sum to one).
    Returns logits of the relations [B, E, E, R] and of the statuses [B, E, E, S], and how much each pair looks at each token [B, E, E, T].
    """

    def __init__(self, encoder: Encoder, width: int, relations: int, statuses: int, *, heads: int = 4, dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder = encoder
        self.heads = heads
        self.subject, self.object = nn.Linear(width, width), nn.Linear(width, width)
        self.query_subject, self.query_object = nn.Linear(width, width), nn.Linear(width, width)
        self.key, self.value = nn.Linear(width, width), nn.Linear(width, width)
        self.pair = nn.Linear(4 * width, width)
        self.dropout = nn.Dropout(dropout)
        self.relations, self.statuses = nn.Linear(width, relations), nn.Linear(width, statuses)

    def forward(self, ids: Tensor, mask: Tensor, openings: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        states = self.encoder(ids, mask)
        entities = openings @ states
        subjects = F.gelu(self.subject(entities))[:, :, None]
        objects = F.gelu(self.object(entities))[:, None, :]
        query = self.query_subject(entities)[:, :, None] + self.query_object(entities)[:, None, :]
        query = query.unflatten(-1, (self.heads, -1)).permute(0, 3, 1, 2, 4)  # B H E E d
        key, value = (part(states).unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in (self.key, self.value))  # B H T d
        scores = torch.einsum("bhsod,bhtd->bhsot", query, key) / key.shape[-1] ** 0.5
        looks = (scores + (1.0 - mask)[:, None, None, None, :] * -1e4).softmax(-1)
        seen = torch.einsum("bhsot,bhtd->bsohd", looks, value).flatten(3)
        both = torch.cat([subjects.expand_as(seen), objects.expand_as(seen), subjects * objects, seen], -1)
        pair = self.dropout(F.gelu(self.pair(self.dropout(both))))
        return self.relations(pair), self.statuses(pair), looks.mean(1)
