"""Ways to spoil a record, as a system does; the numbers choose what is spoilt."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

Item = dict[str, Any]
Mutation = Callable[[Item, int, int], None]
TYPES = ("FIRM", "BANK", "REGULATOR", "PERSON", "PLACE", "TOPIC", "ASSET", "PROJECT")
STATUSES = ("asserted", "planned", "possible", "negated", "ended")


def _of(items: list[Any], number: int) -> Any:
    return items[number % len(items)]


def drop_entity(record: Item, i: int, _: int) -> None:
    record["entities"].remove(_of(record["entities"], i))


def double_entity(record: Item, i: int, _: int) -> None:
    copy = deepcopy(_of(record["entities"], i))
    record["entities"].append({**copy, "id": f"{copy['id']}-2"})


def merge_entities(record: Item, i: int, j: int) -> None:
    one, other = _of(record["entities"], i), _of(record["entities"], j)
    if one is not other:
        one["mentions"] += other["mentions"]
        record["entities"].remove(other)


def split_entity(record: Item, i: int, j: int) -> None:
    whole = _of(record["entities"], i)
    part = whole["mentions"][: 1 + j % 2]
    record["entities"].append({**whole, "id": f"{whole['id']}-part", "mentions": part})
    whole["mentions"] = whole["mentions"][1 + j % 2 :]


def retype_entity(record: Item, i: int, j: int) -> None:
    _of(record["entities"], i)["type"] = TYPES[j % len(TYPES)]


def link_entity(record: Item, i: int, _: int) -> None:
    _of(record["entities"], i)["kb"] = True


def fray_mention(record: Item, i: int, j: int) -> None:
    _of(record["entities"], i)["mentions"].append({"text": ("the firm's board", "Mr", "THE HKMA’s")[j % 3], "section": "body"})


def refer_to_entity(record: Item, i: int, j: int) -> None:
    for mention in _of(record["entities"], i)["mentions"][j % 2 :]:
        mention["method"] = "coref"


def move_to_chrome(record: Item, i: int, _: int) -> None:
    for mention in _of(record["entities"], i)["mentions"]:
        mention["section"] = "related"


def name_of_chrome(record: Item, i: int, j: int) -> None:
    if record["chrome"]:
        _of(record["entities"], i)["mentions"] = [{"text": _of(record["chrome"], j), "section": "related"}]


def drop_relation(record: Item, i: int, _: int) -> None:
    if record["relations"]:
        record["relations"].remove(_of(record["relations"], i))


def double_relation(record: Item, i: int, j: int) -> None:
    if record["relations"]:
        record["relations"].insert(0, {**_of(record["relations"], i), "status": STATUSES[j % 5]})


def turn_relation(record: Item, i: int, _: int) -> None:
    if record["relations"]:
        turned = _of(record["relations"], i)
        turned["subject"], turned["object"] = turned["object"], turned["subject"]


def retype_relation(record: Item, i: int, j: int) -> None:
    if record["relations"]:
        _of(record["relations"], i)["type"] = ("partners_with", "owns", "licenses")[j % 3]


def change_status(record: Item, i: int, j: int) -> None:
    if record["relations"]:
        _of(record["relations"], i)["status"] = STATUSES[j % 5]


def change_qualifiers(record: Item, i: int, j: int) -> None:
    if record["relations"]:
        _of(record["relations"], i)["qualifiers"] = ({}, {"date": "1999"}, {"stage": "passed", "title": "chief"})[j % 3]


def change_value(record: Item, i: int, j: int) -> None:
    if record["values"]:
        value = _of(record["values"], i)
        changes: list[Item] = [{"section": "related"}, {"value": {}}, {"value": {"percent": "7.50"}, "type": "PERCENT"}, {"type": "COUNT"}]
        record["values"].append({**value, **changes[j % 4]})
        record["values"].remove(value)


def change_statement(record: Item, i: int, j: int) -> None:
    if record["statements"]:
        statement = _of(record["statements"], i)
        changes: list[Item] = [{"speaker": "nobody"}, {"text": "no " * 200}, {"text": ""}, {}]
        record["statements"].append({**statement, **changes[j % 4]})
        if j % 3:
            record["statements"].remove(statement)


def change_metadata(record: Item, i: int, j: int) -> None:
    record["document"][("title", "publisher", "published")[i % 3]] = (None, "", "another")[j % 3]


MUTATIONS: list[Mutation] = [
    drop_entity,
    double_entity,
    merge_entities,
    split_entity,
    retype_entity,
    link_entity,
    fray_mention,
    refer_to_entity,
    move_to_chrome,
    name_of_chrome,
    drop_relation,
    double_relation,
    turn_relation,
    retype_relation,
    change_status,
    change_qualifiers,
    change_value,
    change_statement,
    change_metadata,
]
