"""An article on the screen, as it was read: entities in colour or between brackets, chrome dimmed, relations and evidence below."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from hkcrypto.schema import CONTENT_SECTIONS, ENTITY_TYPES
from hkcrypto.summary import SEPARATOR, STATUS_STYLES, TYPE_STYLES, Corpus, plain, sentence

Mark = tuple[int, int, str]


def article_view(record: Mapping[str, Any], text: str, *, colour: bool = True) -> RenderableType:
    """Return the text of a record's document, a legend above it, and below it the relations with their evidence.

    With `colour`, an entity has the colour of its type and a value is underlined; without, it reads `[HKMA|REGULATOR]`.
    """
    marks = _marks(record)
    body = _coloured(text, record, marks) if colour else plain(_bracketed(text, marks))
    parts: list[RenderableType] = [plain(record["document"]["source"], "bold"), _legend(marks, colour=colour), Text(), body, Text()]
    if record["relations"]:
        parts.append(Text("Relations", "bold"))
    return Group(*parts, *_relations(record))


def _marks(record: Mapping[str, Any]) -> list[Mark]:
    """Start, end and type of every mention, in the order of the text; of two that overlap, the longer one."""
    found = sorted(
        ((m["start"], m["end"], entity["type"]) for entity in record["entities"] for m in entity["mentions"]),
        key=lambda mark: (mark[0], -mark[1]),
    )
    marks: list[Mark] = []
    for mark in found:
        if not marks or mark[0] >= marks[-1][1]:
            marks.append(mark)
    return marks


def _coloured(text: str, record: Mapping[str, Any], marks: Sequence[Mark]) -> Text:
    body = plain(text)
    for section in record["document"]["sections"]:
        style = "bold" if section["kind"] == "title" else "" if section["kind"] in CONTENT_SECTIONS else "dim"
        body.stylize(style, section["start"], section["end"])
    for value in record["values"]:
        body.stylize("underline", value["start"], value["end"])
    for start, end, kind in marks:
        body.stylize(TYPE_STYLES.get(kind, "bold"), start, end)
    return body


def _bracketed(text: str, marks: Sequence[Mark]) -> str:
    parts: list[str] = []
    position = 0
    for start, end, kind in marks:
        parts += text[position:start], f"[{text[start:end]}|{kind}]"
        position = end
    return "".join(parts) + text[position:]


def _legend(marks: Sequence[Mark], *, colour: bool) -> Text:
    counts = Counter(kind for _, _, kind in marks)
    kinds = [kind for kind in ENTITY_TYPES if counts[kind]]
    return Text(SEPARATOR).join(Text.assemble((kind, TYPE_STYLES[kind] if colour else ""), (f" {counts[kind]}", "dim")) for kind in kinds)


def _relations(record: Mapping[str, Any]) -> Iterator[RenderableType]:
    for relation in record["relations"]:
        # A corpus of one relation: the names and the sentence come out as in the summary.
        one = {**record, "relations": [relation]}
        (fact,) = Corpus.of(one).facts.values()
        yield Padding(sentence(fact), (0, 0, 0, 2))
        for evidence in relation["evidence"]:
            quote = plain(" ".join(evidence["text"].split()), "italic")
            if cue := evidence["cue"]:
                quote.highlight_words([cue["text"]], STATUS_STYLES.get(relation["status"], ""))
            line = Text.assemble("“", quote, "”", (f" {evidence['rule']}, confidence {relation['confidence']:g}", "dim"))
            yield Padding(line, (0, 0, 0, 4))
