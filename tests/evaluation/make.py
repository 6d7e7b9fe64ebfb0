"""Gold, and records made of it, for the tests of the evaluator."""

import json
import runpy
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hkcrypto.evaluation.gold import Gold, GoldEntity, GoldRelation
from hkcrypto.evaluation.scoring import score_document
from hkcrypto.evaluation.tally import Scores

TESTS = Path(__file__).parents[1]
DEV = TESTS / "articles" / "dev"
SYMMETRIC = frozenset({"partners_with"})
# Scored as figures only: no test may print what is in them.
HELD_OUT = frozenset({f"dev-{number:02}" for number in range(3, 25, 3)})
OPEN = sorted(path.stem for path in DEV.glob("*.json") if path.stem not in HELD_OUT)
REFERENCE = runpy.run_path(str(TESTS / "reference_score.py"))
NAMES = (*(name for name in REFERENCE["FIGURES"]), "chrome")


def mention(text: str, section: str = "body", method: str = "ner", start: int | None = None) -> dict[str, Any]:
    place = {} if start is None else {"start": start, "end": start + len(text)}
    return {"text": text, "section": section, "method": method, **place}


def entity(key: str, kind: str, *names: str, kb: bool = False, section: str = "body") -> dict[str, Any]:
    return {"id": key, "type": kind, "name": names[0], "kb": kb, "mentions": [mention(name, section) for name in names]}


def relation(kind: str, subject: str, target: str, status: str = "asserted", **qualifiers: str) -> dict[str, Any]:
    return {"type": kind, "subject": subject, "object": target, "status": status, "qualifiers": qualifiers}


def goal(key: str, kind: str, *names: str, optional: bool = False, kb: str | None = None) -> GoldEntity:
    return GoldEntity(key, kind, list(names), optional, kb)


def gold(*entities: GoldEntity, relations: Sequence[GoldRelation] = (), **more: Any) -> Gold:
    return Gold("d", list(entities), list(relations), "en", **more)


def record(*entities: dict[str, Any], relations: Sequence[dict[str, Any]] = (), **more: Any) -> dict[str, Any]:
    return {"document": {"source": "d.txt"}, "entities": list(entities), "relations": list(relations), **more}


def score(wanted: Gold, found: Mapping[str, Any], text: str | None = None) -> Scores:
    return score_document("d", wanted, found, symmetric=SYMMETRIC, text=text)


def counts(scores: Scores, figure: str) -> tuple[float, float, float]:
    tally = scores.figures[figure]
    return tally.tp, tally.fp, tally.fn


def perfect(content: dict[str, Any]) -> dict[str, Any]:
    """Return the record that finds all that the content of a gold file has, and nothing else."""
    return {
        "document": {"source": f"{content['id']}.txt", **{key: content[key] for key in ("title", "publisher", "published")}},
        "entities": [entity(e["id"], e["type"], *e["names"]) for e in content["entities"]],
        "relations": [relation(r["type"], r["subject"], r["object"], r["status"], **r.get("qualifiers", {})) for r in content["relations"]],
        "values": [{**value, "section": "body"} for value in content["values"]],
        "statements": [{"speaker": s["speaker"], "text": s["contains"]} for s in content["statements"]],
    }


def content_of(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DEV / f"{name}.json").read_bytes())
    return content


def reference(content: dict[str, Any], found: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the figures of the reference, and those by type."""
    tallies: Any = defaultdict(REFERENCE["Tally"])
    by_type: Any = defaultdict(REFERENCE["Tally"])
    REFERENCE["score_document"](content, found, tallies, by_type, [])
    return {name: tallies[name].figures() for name in NAMES}, {name: tally.figures() for name, tally in by_type.items()}


def ours(scores: Scores) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return our figures in the form of the reference."""
    by_type = {**scores.entity_types, **scores.relation_types}
    return {name: scores.figures[name].figures() for name in NAMES}, {name: tally.figures() for name, tally in by_type.items()}
