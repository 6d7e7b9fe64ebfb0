"""Which mentions are one entity, and which entry of the knowledge base it is."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

from hkcrypto.pipeline.candidate import Candidate, read_mentions, same_name, set_mentions
from hkcrypto.pipeline.gazetteer import fold
from hkcrypto.pipeline.namewords import acronym, name_words, short_forms
from hkcrypto.pipeline.page import POSITION_AFTER
from hkcrypto.pipeline.tokenizer import content_spans, is_chinese, plain_space, unwrapped
from hkcrypto.pipeline.zh.definitions import chinese_forms, definitions, is_short_form
from hkcrypto.script import HAN, simplified

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from hkcrypto.kb import KnowledgeBase

# "Dock Street Limited ("Dock")", "Securities and Futures Commission (the SFC)", "香港金融管理局（下稱金管局）"
DEFINITION = re.compile(
    r"\s?[(（](?:hereinafter |collectively |together |formerly |the |or |下稱|下称|簡稱|简称)*"
    r"[\"“'‘「]?([^\"”'’」()（）,;]{2,40}?)[\"”'’」]?(?:[,;][^()（）]{0,60})?[)）]"
)
COIN_BEFORE = re.compile(r"(?:token|coin|stablecoin|in|of|price of|buy|bought|holds?|\d[\d,.]*(?: million| billion)?)\s$", re.IGNORECASE)


@dataclass(slots=True)
class Referent:
    """An entity of the document while its mentions are being gathered."""

    id: str
    type: str
    name: str
    kb: bool
    forms: set[str] = field(default_factory=set)
    starts: list[int] = field(default_factory=list)


class Linker:
    """Gives every mention the id of its entity, finds short forms taken up later, and lists the entities in `doc._.entities`.

    A row of `doc._.entities` is [id, type, name, known], in the order of their first mentions.
    """

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb

    def __call__(self, doc: Doc) -> Doc:
        """Link the mentions of a doc."""
        if doc._.given is not None:
            return doc
        text = unwrapped(doc)
        mentions = read_mentions(doc)
        chinese = is_chinese(doc)
        defined = dict(definitions(text, mentions) if chinese else _definitions(text, mentions))
        owners = {fold(form): owner for form, owner in defined.items()}
        certain = Counter(m.ids[0] for m in mentions if len(m.ids) == 1)
        book = _Book(self.kb, text, frozenset(defined))
        for mention in mentions:
            if mention.ids:
                book.file(mention, book.known(self._choose(mention, text, owners, certain)))
        for mention in sorted((m for m in mentions if not m.ids), key=lambda m: (m.start - m.end, m.start)):
            book.file(mention, book.find(mention) or book.new(mention))
        for form, owner in defined.items():
            book.define(form, owner)
            if chinese:
                book.join(form, owner)
        book.settle()
        book.take_up(content_spans(doc))
        for form, owner in _renames(text, book.filed()):
            book.define(form, owner)
        doc._.roles = dict(_defined_roles(text, book.filed()))
        set_mentions(doc, book.filed())
        doc._.entities = book.rows(span.kb_id_ for span in doc.spans["mentions"])
        return doc

    def _choose(self, mention: Candidate, text: str, owners: dict[str, Candidate], certain: Counter[str]) -> str:
        """The best of several entries that share a form: defined here, named otherwise too, or fitting the words around."""
        owner = owners.get(fold(text[mention.start : mention.end]))
        if owner is not None and len(owner.ids) == 1:
            return owner.ids[0]
        if len(mention.ids) == 1:
            return mention.ids[0]
        return max(mention.ids, key=lambda i: (*self._features(i, mention, text, owner, certain), -mention.ids.index(i)))

    def _features(self, entity_id: str, mention: Candidate, text: str, owner: Candidate | None, certain: Counter[str]) -> tuple[float, ...]:
        entry = self.kb.entries[entity_id]
        before, after = text[max(mention.start - 24, 0) : mention.start], text[mention.end : mention.end + 24]
        position = bool(POSITION_AFTER.match(after)) and entry.type in {"FIRM", "BANK", "MEDIA", "ORGANIZATION", "REGULATOR", "GOVERNMENT"}
        coin = bool(COIN_BEFORE.search(before)) and entry.type == "ASSET"
        at_home = certain[entry.place] if entry.place else 0
        return (
            owner is not None and entity_id in owner.ids,
            position or coin,
            entry.type != "ASSET",
            certain[entity_id] > 0,
            min(at_home, 3),
            entry.place == "hong-kong",
        )


class _Book:
    """The entities of one document, by id, and the mentions filed under each."""

    def __init__(self, kb: KnowledgeBase, text: str, defined: frozenset[str]) -> None:
        self.kb = kb
        self.defined = defined  # the forms that the text itself gives an entity
        self.text = text
        self.referents: dict[str, Referent] = {}
        self.pages: dict[str, list[Candidate]] = defaultdict(list)

    def known(self, entity_id: str) -> Referent:
        """The referent of an entry of the knowledge base."""
        entry = self.kb.entries[entity_id]
        return self.referents.setdefault(entity_id, Referent(entity_id, entry.type, entry.name, kb=True))

    def new(self, mention: Candidate) -> Referent:
        """A referent that the knowledge base does not have, with an id of its own."""
        name = plain_space(self.text[mention.start : mention.end])
        entity_id = self._slug(name)
        self.referents[entity_id] = Referent(entity_id, mention.type, name, kb=False)
        return self.referents[entity_id]

    def _slug(self, name: str) -> str:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        if HAN.search(name):  # the same in either script
            plain = simplified(unicodedata.normalize("NFKC", name)).lower()
        base = re.sub(rf"(?:(?!{HAN.pattern})[^a-z0-9])+", "-", plain).strip("-") or "entity"
        slug, number = base, 2
        while slug in self.referents or slug in self.kb.entries:
            slug, number = f"{base}-{number}", number + 1
        return slug

    def file(self, mention: Candidate, referent: Referent) -> None:
        """Put a mention under a referent, with the short forms that its text may be taken up by."""
        self.pages[referent.id].append(mention)
        referent.starts.append(mention.start)
        form = plain_space(self.text[mention.start : mention.end])
        if form not in referent.forms:
            referent.forms |= {form} | (short_forms(form, referent.type) if len(form.split()) > 1 else set())
            if not referent.kb:
                referent.forms |= chinese_forms(form, referent.type) - self.defined

    def find(self, mention: Candidate) -> Referent | None:
        """The entity that this unknown name is a form of: the nearest before it, of a type that fits."""
        form = plain_space(self.text[mention.start : mention.end])
        fitting = [
            r
            for r in self.referents.values()
            if _types_fit(r.type, mention, exact=len(form.split()) > 1) and any(same_name(form, f) for f in r.forms | {r.name})
        ]
        if not fitting and mention.type == "PERSON" and " " not in form:
            fitting = [r for r in self.referents.values() if r.type == "PERSON" and r.name.split()[0] == form]
        if not fitting and form.isupper() and len(form) > 2:
            fitting = [r for r in self.referents.values() if any(acronym(f) == form for f in r.forms)]
        return self._nearest(fitting, mention.start)

    def _nearest(self, referents: list[Referent], position: int) -> Referent | None:
        def distance(referent: Referent) -> tuple[int, int]:
            earlier = [s for s in referent.starts if s <= position]
            return (0, position - max(earlier)) if earlier else (1, min(referent.starts, default=0))

        return min(referents, key=distance, default=None)

    def define(self, form: str, owner: Candidate) -> None:
        """File a form that the text defines under the entity of its long form."""
        for entity_id, mentions in self.pages.items():
            if any(m.start == owner.start for m in mentions):
                self.referents[entity_id].forms.add(form)
                strays = [r for r in self.referents.values() if r.id != entity_id and not r.kb and same_name(r.name, form)]
                for stray in strays:
                    self._merge(stray, self.referents[entity_id])
                return

    def join(self, form: str, owner: Candidate) -> None:
        """Make one of the entity of a long form and a known one that the text gives as its other name or short form."""
        here = next((i for i, mentions in self.pages.items() if any(m.start == owner.start for m in mentions)), None)
        if here is None:
            return
        long, short = self.referents[here], self._of_form(form, here)
        if short is None or not _types_fit(long.type, Candidate(0, 0, short.type, "", 0), exact=False):
            return
        if short.kb and not long.kb:
            self._merge(long, short)
        elif is_short_form(simplified(form), simplified(self.text[owner.start : owner.end])) or not short.kb:
            self._merge(short, long)

    def _of_form(self, form: str, but: str) -> Referent | None:
        """Another entity that has a mention of this form."""
        for entity_id, mentions in self.pages.items():
            if entity_id != but and any(same_name(self.text[m.start : m.end], form) for m in mentions):
                return self.referents[entity_id]
        return None

    def _merge(self, stray: Referent, into: Referent) -> None:
        for mention in self.pages.pop(stray.id):
            self.file(mention, into)
        del self.referents[stray.id]

    def settle(self) -> None:
        """Give each unknown entity the type that most of its mentions speak for, and its fullest form as name."""
        for referent in self.referents.values():
            if not referent.kb:
                votes: Counter[str] = Counter()
                for mention in self.pages[referent.id]:
                    votes[mention.type] += mention.weight
                referent.type = max(votes, key=lambda kind: (votes[kind], kind != "PERSON", kind))
                full = {plain_space(self.text[m.start : m.end]) for m in self.pages[referent.id]}
                referent.name = max(full, key=lambda form: (len(form), form))

    def take_up(self, spans: Iterable[tuple[int, int]]) -> None:
        """Find the forms of known and new entities where no candidate stood: surnames, defined and short forms."""
        owners: dict[str, list[Referent]] = defaultdict(list)
        for referent in self.referents.values():
            for form in sorted(referent.forms):
                if referent.type != "TOPIC" and len(form) > 1 and form not in name_words().no_names:
                    owners[form].append(referent)
        if not owners:
            return
        forms = list(owners)
        matcher = AhoCorasick(forms)
        taken = sorted((m.start, m.end) for mentions in self.pages.values() for m in mentions)
        found = [
            (s + offset, e + offset, forms[i])
            for offset, limit in spans
            for i, s, e in matcher.find_matches_as_indexes(self.text[offset:limit], overlapping=True)
        ]
        for start, end, form in sorted(found, key=lambda f: (f[0] - f[1], f[0])):
            if self._is_free(taken, start, end) and (owner := self._nearest(owners[form], start)) is not None:
                self.file(Candidate(start, end, owner.type, "alias", 0), owner)
                taken.insert(bisect_right(taken, (start, end)), (start, end))

    def _is_free(self, taken: list[tuple[int, int]], start: int, end: int) -> bool:
        """Whether no mention stands there and the form is not part of a longer word or name."""
        place = bisect_right(taken, (start, end))
        if (place and taken[place - 1][1] > start) or (place < len(taken) and taken[place][0] < end):
            return False
        before, after = self.text[max(start - 1, 0) : start], self.text[end : end + 2]
        if (
            _bonds(before, self.text[start])
            or before == "-"
            or _bonds(self.text[end - 1], after[:1])
            or (after[:1] == "-" and after[1:].isalnum() and after[1:].isupper())
        ):
            return False
        return not re.match(r" [A-Z][a-z]+ [A-Z]", self.text[end : end + 30]) or after[:1] != " "

    def filed(self) -> list[Candidate]:
        """Every mention with the id and type of its entity, in the order of the text."""
        rows = [
            Candidate(m.start, m.end, self.referents[i].type, m.method, 0, (i,)) for i, mentions in self.pages.items() for m in mentions
        ]
        return sorted(rows, key=lambda m: m.start)

    def rows(self, mentioned: Iterable[str]) -> list[list[str | bool]]:
        """The entities of these mentions, in the order of the first ones, as plain lists."""
        return [[r.id, r.type, r.name, r.kb] for r in (self.referents[i] for i in dict.fromkeys(mentioned))]


def _bonds(left: str, right: str) -> bool:
    """Whether two characters are of one word; ideographs have no such bond to what is none, nor to each other."""
    return left.isalnum() and right.isalnum() and HAN.match(left) is None and HAN.match(right) is None


def _types_fit(kind: str, mention: Candidate, *, exact: bool) -> bool:
    """Whether a mention may be a form of an entity of this type: types are equal, or little stands against it."""
    if kind == mention.type:
        return True
    return not exact and kind not in {"PLACE", "TOPIC"} and (mention.weight < 20 or "PERSON" not in {kind, mention.type})


# "(the "Company")", "("X" or the "Commission")": a common word with a capital that stands for the name from here on.
DEFINED_ROLE = re.compile(r"\s?\((?:[^()]{0,60}\b(?:or|and) )?(?:the )?[\"“]?(?:the )?([A-Z][a-z]+)[\"”]?\)")


def _defined_roles(text: str, mentions: list[Candidate]) -> Iterator[tuple[str, str]]:
    """Yield (word, id) for every role that the text defines: "the Company"."""
    for mention in mentions:
        match = DEFINED_ROLE.match(text, mention.end, min(mention.end + 100, len(text)))
        if match and (match[1] in name_words().no_names or match[1] in name_words().heads):
            yield match[1], mention.ids[0]


RENAMED = re.compile(
    r",? (?:(?:was|were|is|had been|now|,|and) )*(?:formerly|previously|originally|once|earlier)?(?: known as| called| named)? (?:the )?"
)


def _renames(text: str, mentions: list[Candidate]) -> Iterator[tuple[str, Candidate]]:
    """Yield (old name, mention) where the text says that an organisation was called otherwise before."""
    for left, right in pairwise(mentions):
        between = text[left.end : right.start]
        if (
            left.type == right.type
            and len(between) < 40
            and RENAMED.fullmatch(between)
            and re.search(r"formerly|previously|originally|known as|called|named", between)
        ):
            yield text[right.start : right.end], left


def _definitions(text: str, mentions: list[Candidate]) -> Iterator[tuple[str, Candidate]]:
    """Yield (short form, long mention) for each form that the text defines in brackets behind a name."""
    for mention in mentions:
        if match := DEFINITION.match(text, mention.end, min(mention.end + 120, len(text))):
            form, name = match[1].strip(), text[mention.start : mention.end]
            quoted = text[match.start(1) - 1] in "\"“'‘「"
            related = form.split()[0].casefold() in name.casefold().split() or (len(form) > 1 and form.upper() == acronym(name).upper())
            initials = form.isupper() and len(form) > 1 and form.isalpha() and form[0] == name.removeprefix("the ")[0].upper()
            if mention.type != "TOPIC" and not form[0].isdigit() and (quoted or related or initials):
                yield form, mention
