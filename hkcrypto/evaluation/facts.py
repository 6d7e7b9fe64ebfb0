"""What a document says beside its relations: values, statements, metadata; and what leaks into relations from outside the article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from hkcrypto.evaluation.entities import all_names, relation_ends
from hkcrypto.evaluation.gold import Gold
from hkcrypto.evaluation.names import Sentences, fold, folded
from hkcrypto.evaluation.tally import Fault, Scores
from hkcrypto.schema import CONTENT_SECTIONS

Item = Mapping[str, Any]
ValueKey = tuple[Any, ...]
SCORED_VALUES = frozenset({"MONEY", "PERCENT", "DATE"})
QUOTE_LIMIT = 400  # characters: a statement is a clause or a sentence or two, not the article
METADATA = ("title", "publisher", "published")


def value_key(kind: str | None, body: Mapping[str, Any]) -> ValueKey | None:
    """Return the normal form by which two values are compared; None where it is incomplete, or of a type that is not scored."""
    try:
        if kind == "MONEY":
            return kind, Decimal(str(body["amount"])).normalize(), str(body["currency"])
        if kind == "PERCENT":
            return kind, Decimal(str(body["percent"])).normalize()
        if kind == "DATE":
            return kind, str(body["date"])
    except (KeyError, TypeError, InvalidOperation):
        return None
    return None


def score_values(name: str, gold: Gold, record: Item, scores: Scores, sentences: Sentences) -> None:
    """Count values by their normal form, each form once a document."""
    wanted = {key: value for value in gold.values if value.type in SCORED_VALUES and (key := value_key(value.type, value.value))}
    optional = {value_key(value.type, value.value) for value in gold.values if value.optional}
    found: dict[ValueKey, Item] = {}
    for item in record.get("values") or []:
        key = value_key(item.get("type"), item.get("value") or {})
        if key and item.get("section", "body") in CONTENT_SECTIONS:
            found.setdefault(key, item)
    needed = wanted.keys() - optional
    figure = scores.figures["value"]
    figure.tp += len(needed & found.keys())
    figure.fp += len(found.keys() - wanted.keys())
    figure.fn += len(needed - found.keys())
    for key in sorted(found.keys() - wanted.keys(), key=str):
        sentence = sentences.at(found[key].get("start"))
        scores.faults.append(Fault(name, "value", "spurious", key[0], "", _said(found[key].get("text"), key), sentence))
    for key in sorted(needed - found.keys(), key=str):
        text = wanted[key].text
        scores.faults.append(Fault(name, "value", "missed", key[0], _said(text, key), "", sentences.holding([text])))


def _said(text: str | None, key: ValueKey) -> str:
    normal = " ".join(f"{part:f}" if isinstance(part, Decimal) else str(part) for part in key[1:])
    return f"{text} = {normal}" if text else normal


def score_statements(
    name: str, gold: Gold, record: Item, stands_for: Mapping[str, Sequence[str]], scores: Scores, sentences: Sentences
) -> None:
    """Count statements one to one: the speaker is right, the gold words are in it, and it is no longer than a statement.

    Gold statements are a selection, so that their precision is a lower bound.
    """
    said = [item for item in record.get("statements") or [] if len(item.get("text") or "") <= QUOTE_LIMIT]
    used: set[int] = set()
    figure = scores.figures["statement"]
    for goal in gold.statements:
        words = fold(goal.contains)
        for place, item in enumerate(said):
            is_speaker = goal.speaker in stands_for.get(item.get("speaker", ""), ())
            if is_speaker and place not in used and words in fold(item.get("text") or ""):
                used.add(place)
                figure.tp += 1
                break
        else:
            figure.fn += 1
            wanted = f"{goal.speaker}: {goal.contains}"
            scores.faults.append(Fault(name, "statement", "missed", "", wanted, "", sentences.at(_place(sentences.text, goal.contains))))
    figure.fp += len(record.get("statements") or []) - len(used)


def _place(text: str, words: str) -> int | None:
    start = text.find(words)
    return start if start >= 0 else None


def score_metadata(name: str, gold: Gold, record: Item, scores: Scores) -> None:
    """Count title, publisher and date of publication, where the gold has them."""
    document = record.get("document") or {}
    figure = scores.figures["metadata"]
    for key in METADATA:
        wanted: str | None = getattr(gold, key)
        if not wanted:
            continue
        said = document.get(key)
        is_right = fold(str(said or "")) == fold(wanted)
        figure.tp += is_right
        figure.fp += not is_right and said is not None
        figure.fn += not is_right
        if not is_right:
            scores.faults.append(Fault(name, "metadata", "wrong" if said else "missed", key, wanted, str(said or "")))


def score_chrome(
    name: str, gold: Gold, record: Item, stands_for: Mapping[str, Sequence[str]], scores: Scores, sentences: Sentences
) -> None:
    """Count, as false positives, entities in relations whose names stand outside the article alone."""
    chrome, ends = folded(gold.chrome), relation_ends(record)
    for entity in record.get("entities") or []:
        if entity["id"] in ends and all_names(entity) & chrome and not stands_for[entity["id"]]:
            scores.figures["chrome"].fp += 1
            fault = Fault(name, "chrome", "spurious", entity["type"], "", str(entity.get("name")), sentences.of(entity))
            scores.faults.append(fault)
