"""A corpus and a profile as tables for people; colour only repeats what the words say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from hkcrypto.corpus.model import Contradiction, Corpus, Event, Quote
from hkcrypto.corpus.profile import Life, Line, Party, Profile, life_of, line_of, timeline
from hkcrypto.summary import SEPARATOR, STATUS_STYLES, TYPE_STYLES, Fact, Thing, counted, plain, section, sentence

LONGEST = 160  # code points of a quotation
TITLES = {
    "positions": "Positions",
    "partners": "Partners",
    "owners": "Owners",
    "owned": "Owned",
    "enforcement": "Enforcement",
    "other": "More",
}


def corpus_record_view(corpus: Corpus, top: int = 10) -> RenderableType:
    """Return a corpus as tables: top entities, facts with most sources, timeline, laws and licences, contradictions; `top` lines each."""
    parties = {entity.id: Party(entity.id, entity.type, entity.name) for entity in corpus.entities}
    stories = len({document.story for document in corpus.documents})
    head = [counted(len(corpus.documents), "document"), counted(stories, "story"), counted(len(corpus.entities), "entity")]
    head += [counted(len(corpus.relations), "relation"), counted(len(corpus.contradictions), "contradiction")]
    lines = [_sentence(line_of(relation, parties)) for relation in corpus.relations]
    parts = section("Facts with most sources", [[line] for line in lines], top, bullet=True)
    parts += section("Timeline", _dated(timeline(corpus.relations, parties)), top)
    for kind, title in (("law", "Laws"), ("licence", "Licences")):
        lives = [_told(life_of(life, parties)) for life in corpus.lifecycles if life.kind == kind]
        parts += section(title, [[line] for line in lives], top, bullet=True)
    parts += section("Contradictions", [[_contradiction(item, parties)] for item in corpus.contradictions], top, bullet=True)
    return Group(Text(SEPARATOR.join(head), "bold"), _entities(corpus, top), *parts)


def profile_view(found: Profile, corpus: Corpus, top: int = 10) -> RenderableType:
    """Return a profile as a page; at most `top` lines in each part. `corpus` is that which it was made from."""
    parties = {entity.id: Party(entity.id, entity.type, entity.name) for entity in corpus.entities}
    head = Text.assemble(plain(found.name, f"bold {TYPE_STYLES.get(found.type, '')}"), (f" ({found.type})", "dim"))
    facts = [found.id, counted(found.documents, "document"), *([f"as of {found.as_of}"] if found.as_of else [])]
    parts: list[RenderableType] = [head, plain(SEPARATOR.join(facts), "dim")]
    if others := [name for name in found.names if name != found.name]:
        parts.append(plain(f"also: {', '.join(others)}", "dim"))
    if found.undated:
        parts.append(Text(f"left out: {counted(found.undated, 'piece')} of evidence without a date", "yellow"))
    parts.append(Text())
    lives = {"Licences": found.licences, "Laws": found.laws}
    for title, group in lives.items():
        parts += section(title, [[_told(life)] for life in group], top, bullet=True)
    for name, title in TITLES.items():
        parts += section(title, [[_sentence(line)] for line in getattr(found, name)], top, bullet=True)
    parts += section("Timeline", _dated(found.timeline), top)
    parts += section("Contradictions", [[_contradiction(item, parties)] for item in found.contradictions], top, bullet=True)
    return Group(*parts)


def _entities(corpus: Corpus, top: int) -> RenderableType:
    table = Table("Top entities", "Type", "Documents", "Mentions", box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.columns[2].justify = table.columns[3].justify = "right"
    for entity in corpus.entities[:top]:
        type_ = Text(entity.type, TYPE_STYLES.get(entity.type, ""))
        table.add_row(plain(entity.name), type_, f"{entity.documents:,}", f"{entity.mentions:,}")
    return table


def _sentence(line: Line, *, dated: bool = True) -> Text:
    qualifiers = {name: value for name, value in line.qualifiers.items() if dated or name != "date"}
    subject, target = (Thing(party.type, party.name) for party in (line.subject, line.object))
    text = sentence(Fact(line.type, subject, target, line.status, qualifiers))
    if line.attributed_to:
        text.append(SEPARATOR).append_text(plain(f"according to {line.attributed_to.name}"))
    return text.append(f"{SEPARATOR}{counted(line.sources, 'source')}", "dim") if line.sources > 1 else text


def _dated(lines: Iterable[Line]) -> list[list[Text]]:
    return [[Text(line.qualifiers["date"], "bold"), _sentence(line, dated=False)] for line in lines]


def _told(life: Life) -> Text:
    """Return a life in a line: `Stablecoins Ordinance (LAW): passed 2025-05-21 → in force 2025-08-01`."""
    text = _end(life.entity)
    if life.authority:
        text.append(", by ").append_text(_end(life.authority))
    return text.append(": ").append_text(Text(" → ").join(_event(event) for event in life.events))


def _event(event: Event) -> Text:
    text = Text((event.stage or "enacted").replace("_", " "))
    if event.date:
        text.append(f" {event.date}", "bold")
    if event.status != "asserted":
        text.append(f" ({event.status})", STATUS_STYLES.get(event.status, ""))
    return text


def _contradiction(item: Contradiction, parties: Mapping[str, Party]) -> Text:
    """Return the sides of a contradiction, each with the words of its first document."""
    names = [parties[name] for name in (item.subject, item.object) if name]
    text = Text(" · ").join(_end(party) for party in names)
    text.append(f": {(item.stage or item.relation).replace('_', ' ')}")
    for side in item.sides:
        more = f", {counted(side.sources, 'source')}" if side.sources > 1 else ""
        text.append("\n").append(side.says, "bold").append(f"{more}: ").append_text(_quoted(side.evidence[0]))
    return text


def _quoted(quote: Quote) -> Text:
    words = " ".join(quote.text.split())
    words = words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
    where = SEPARATOR.join(part for part in (quote.source, quote.publisher, quote.published) if part)
    return plain(f"“{words}” ").append_text(plain(where, "dim"))


def _end(party: Party) -> Text:
    return Text().append_text(plain(party.name, TYPE_STYLES.get(party.type, ""))).append(f" ({party.type})", "dim")
