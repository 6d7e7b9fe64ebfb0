"""Explanations on the screen. The words say everything; colour only repeats it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hkcrypto.summary import SEPARATOR, STATUS_STYLES, TYPE_STYLES, phrase, plain

MARKS = {"subject": "bold green", "object": "bold blue", "predicate": "bold", "cue": "bold yellow"}
STEPS = {
    "coreference": "a word stands for a name",
    "implied": "an end goes without saying",
    "distance": "the ends are far apart",
    "attachment": "an end stands outside the predicate's phrase",
    "article": "running text",
}
SOURCES = {
    "rule": "its rule",
    "relation": "its relation, since the rule was never measured",
    "overall": "all relations, since its own was never measured",
}
Row = Mapping[str, Any]


def explanation_view(explanation: Row) -> RenderableType:
    """Return the explanations of a document: relations, then pairs, then entities."""
    parts: list[RenderableType] = [plain(explanation["source"], "bold")]
    for relation in explanation["relations"]:
        parts += [Text(), _relation_head(relation), *_readings(relation)]
    for pair in explanation["pairs"]:
        parts += [Text(), Text(" and ").join(map(_end, pair["ends"])).append(f"{SEPARATOR}no relation"), *_reasons(pair)]
    for entity in explanation["entities"]:
        parts += [Text(), _end(entity), *_entity(entity)]
    if len(parts) == 1:
        parts.append(Text("nothing to explain"))
    return Group(*parts)


def _end(entity: Row) -> Text:
    return plain(entity["name"], TYPE_STYLES.get(entity["type"], "")).append(f" ({entity['type']})", "dim")


def _relation_head(relation: Row) -> Text:
    words, _ = phrase(relation["type"], relation["qualifiers"])
    status = (relation["status"], STATUS_STYLES.get(relation["status"], ""))
    head = Text.assemble(_end(relation["subject"]), f" {words} ", _end(relation["object"]), SEPARATOR, status)
    head.append(f"{SEPARATOR}confidence {relation['confidence']:.2f}")
    if relation["repeated"]:
        head.append(f"{SEPARATOR}{relation['sentences']} sentences say so: of the doubt, {relation['repeated']:.2f} is left")
    return head


def _readings(relation: Row) -> Iterator[RenderableType]:
    for reading in relation["readings"]:
        yield Padding(_marked(reading), (0, 0, 0, 2))
        grid = Table.grid(padding=(0, 1))
        for name, words in _facts(reading):
            grid.add_row(Text(name, "dim"), plain(words))
        yield Padding(grid, (0, 0, 0, 4))


def _marked(reading: Row) -> Text:
    """The sentence with what fills the roles between brackets: `[subject LotusEx] [cue will] [predicate apply]`."""
    sentence, text = reading["sentence"], Text()
    at = sentence["start"]
    for mark in reading["marks"]:
        text.append(plain(_flat(sentence["text"][at - sentence["start"] : mark["start"] - sentence["start"]])))
        text.append(Text.assemble((f"[{mark['role']} ", "dim"), plain(_flat(mark["text"]), MARKS[mark["role"]]), ("]", "dim")))
        at = mark["end"]
    return text.append(plain(_flat(sentence["text"][at - sentence["start"] :])))


def _flat(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ")


def _facts(reading: Row) -> Iterator[tuple[str, str]]:
    for end in reading["ends"]:
        if end["how"] == "resolved":
            yield end["role"], f"“{end['text']}” stands for it"
        elif end["how"] == "implied":
            yield end["role"], "goes without saying: the text names it before"
    if reading["looked_at"]:
        yield "looked at", ", ".join(reading["looked_at"])
    else:
        yield "clause", _clause(reading["clause"])
    yield "status", _status(reading)
    rule = reading["rule"]
    yield "rule", f"{rule['id']} in {rule['file']}" if rule["file"] else f"{rule['id']}: the trained encoder proposes it, no frame reads it"
    yield "confidence", _confidence(reading["confidence"])


def _clause(clause: Row) -> str:
    roles = "; ".join(f"{role} {', '.join(fillers)}" for role, fillers in clause["roles"].items())
    return f"{clause['predicate']} ({clause['kind']}): {roles}"


def _status(reading: Row) -> str:
    value, clause = reading["status"]["value"], reading["clause"]
    if reading["status"]["by_frame"]:
        why = f"{value}, as the frame says; the clause is {reading['status']['of_clause']}"
    else:
        why = (
            f"{value}, because of “{clause['cue']}”"
            if clause["cue"]
            else f"{value}: no word says otherwise"
            if value == "asserted"
            else value
        )
    return why if reading["stands"] else f"{why}; another sentence says otherwise, and that stands"


def _confidence(confidence: Row) -> str:
    if confidence["from"] == "encoder":
        return f"{confidence['value']:.2f}, the encoder's own probability"
    measured = f"{confidence['right']} of {confidence['cases']} right"
    parts = [f"{confidence['precision']:.2f} by {SOURCES[confidence['from']]} ({measured})"]
    parts += [
        f"{step['factor']:.2f} {STEPS[name]}" + (" (twice)" if step["times"] > 1 else "") for name, step in confidence["steps"].items()
    ]
    return f"{' × '.join(parts)} = {confidence['value']:.2f}"


def _reasons(pair: Row) -> Iterator[RenderableType]:
    if pair["why"]:
        yield Padding(Text(pair["why"]), (0, 0, 0, 2))
    for row in pair["sentences"]:
        yield Padding(plain(_flat(row["sentence"]["text"]), "italic"), (0, 0, 0, 2))
        yield Padding(plain(row["why"]), (0, 0, 0, 4))
        if row["clause"]:
            yield Padding(plain(_clause(row["clause"]), "dim"), (0, 0, 0, 4))


def _entity(entity: Row) -> Iterator[RenderableType]:
    grid = Table.grid(padding=(0, 1))
    grid.add_row(Text("type", "dim"), plain(entity["type_why"]))
    grid.add_row(Text("link", "dim"), plain(entity["link_why"]))
    yield Padding(grid, (0, 0, 0, 2))
    mentions = Table.grid(padding=(0, 1))
    for mention in entity["mentions"]:
        also = f"; also {', '.join(other['id'] for other in mention['also'])}" if mention["also"] else ""
        mentions.add_row(Text(str(mention["start"]), "dim"), plain(f"“{mention['text']}”"), plain(mention["why"] + also))
    mentions.columns[0].justify = "right"
    yield Padding(mentions, (0, 0, 0, 2))
