"""By how many uncertain steps a fact was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hkcrypto.confidence import Reading
from hkcrypto.pipeline.facts import LEARNED

if TYPE_CHECKING:
    from hkcrypto.language.clause import Node
    from hkcrypto.pipeline.facts import Fact

FAR = 100  # characters between the two ends: beyond, precision falls


def reading(fact: Fact) -> Reading:
    """Return the rule, the sentence and the steps of a fact."""
    ends = fact.nodes
    implied = [node for node in ends if is_implied(node)]
    said = [node for node in ends if not is_implied(node)]
    steps = {
        "coreference": sum(not node.named for node in said),
        "implied": len(implied),
        "distance": int(len(said) > 1 and abs(said[0].start - said[1].start) >= FAR),
        "attachment": sum(not _is_below(node, fact.clause.node) for node in said),
        "article": 1,
    }
    start = fact.clause.sentence.start if fact.clause.sentence else 0
    return Reading(fact.relation.name, rule_name(fact), start, {name: count for name, count in steps.items() if count})


def rule_name(fact: Fact) -> str:
    """Return the rule as a record has it: "acquires.buy", or "learned"."""
    return LEARNED.id if fact.frame is LEARNED else f"{fact.relation.name}.{fact.frame.id}"


def is_implied(node: Node) -> bool:
    """Whether a node stands for an end that the clause leaves out: it is in no tree."""
    return not node.dep and not node.named


def _is_below(node: Node, predicate: Node) -> bool:
    here: Node | None = node
    while here is not None and here is not predicate:
        here = here.head
    return here is predicate
