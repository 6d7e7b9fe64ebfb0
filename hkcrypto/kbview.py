"""The knowledge base for those who look into it: entries by name, what refers to them, and how much there is."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from hkcrypto.kb import DATES, LANGUAGES, REFERENCES, Alias, Entry, KnowledgeBase

FITS = ("exact", "prefix", "part", "similar")
SIMILAR = 0.75  # of difflib's ratio: one wrong letter of six
CHINESE = tuple(language for language in LANGUAGES if language != "en")

TEMPLATE = """\
# Entities of your own for hkcrypto, beside those of its knowledge base.
#
#   hkcrypto kb validate FILE          tells all that is wrong with this file
#   hkcrypto extract PATH --kb FILE    uses it; so do show, info, check and kb
#
# Take the "# " from the lines of an entry to use it. `hkcrypto kb search TEXT` finds what is known already.
# Types: ASSET BANK EVENT FIRM GOVERNMENT LAW MEDIA ORGANIZATION PERSON PLACE PROJECT REGULATOR TOPIC

type: FIRM    # of all entries that do not say another
entities:

# A new entry: an id of your own (lower-case letters, figures, hyphens) and a name; all else may be left out.
#   kwun-labs:
#     name: {en: Kwun Labs, zh-Hant: 觀實驗室, zh-Hans: 观实验室}
#     aliases:
#       en: [Kwun Labs Limited, {text: Kwun, ambiguous: true}, {text: KL, case: true}]
#       zh-Hant: [觀實]
#     place: hong-kong           # the id of the place where it is at home
#     owner: ant-group           # the id of who owns it
#     part_of: ant-group         # the id of the body that it belongs to
#     valid_from: 2019-05        # when it, or its name, began to exist: 2019, 2019-05 or 2019-05-20
#     valid_to: 2024-01-31
#     source: https://example.org/about

# ambiguous: also a common word or the name of another; a name only with evidence in the text.
# case: a name only in exactly these capitals and small letters.
# Both may stand on an entry instead, for all its forms. An alias that two entries share is ambiguous in both.

# Another type than that of the file; one name in English is enough.
#   ada-moorhen: {type: PERSON, name: Ada Moorhen}

# More names for a known entry. One that it has already takes over the flags that you give it here.
#   sfc:
#     extend: true
#     aliases: [HK SFC, {text: SFC, ambiguous: true}]

# A known entry that is not to be found.
#   startmeuphk: {disable: true}
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that a search found, the form by which it did, and how well that fits: one of FITS."""

    entry: Entry
    form: str
    fit: str


def find(kb: KnowledgeBase, name: str) -> list[Entry]:
    """Return the entry of this id, else those that have this name, in any case."""
    if name in kb.entries:
        return [kb.entries[name]]
    return list({entry.id: entry for alias, entry in kb.aliases() if _folded(alias.text) == _folded(name)}.values())


def search(kb: KnowledgeBase, text: str) -> list[Hit]:
    """Return the entries with an id or name that is the text, begins with it or holds it; only where none does, those alike.

    Each comes once, by its best form; the best and shortest forms first.
    """
    wanted = _folded(text)
    forms = _forms(kb)
    ranked = sorted((_fit(form, wanted), len(form), form) for form in forms if wanted and wanted in form)
    ranked = ranked or [(3, 0, form) for form in get_close_matches(wanted, forms, n=10, cutoff=SIMILAR)]
    hits: dict[str, Hit] = {}
    for fit, _, form in ranked:
        for entry, shown in forms[form]:
            hits.setdefault(entry.id, Hit(entry, shown, FITS[fit]))
    return list(hits.values())


def chosen(kb: KnowledgeBase, types: Collection[str] = (), place: str | None = None) -> list[Entry]:
    """Return the entries of these types (of all, where there are none) that are at home in this place."""
    return [e for e in kb.entries.values() if (not types or e.type in types) and place in {None, e.place}]


def entry_row(entry: Entry) -> dict[str, Any]:
    """Return what an entry says, without what it leaves out; its aliases by language."""
    fields = {key: getattr(entry, key) for key in ("id", "type", "name", *DATES, *REFERENCES, "source", "file")}
    aliases: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for alias in entry.aliases:
        aliases[alias.language].append({"text": alias.text, **dict.fromkeys(_flags(alias), True)})
    return {**{key: value for key, value in fields.items() if value}, "adjectives": list(entry.adjectives), "aliases": dict(aliases)}


def detailed_row(kb: KnowledgeBase, entry: Entry) -> dict[str, Any]:
    """Return an entry with what refers to it, by the kind of reference, and the others that share a name with it."""
    referring = {key: [e.id for e in kb.entries.values() if getattr(e, key) == entry.id] for key in REFERENCES}
    own = {alias.text.casefold(): alias.text for alias in entry.aliases}
    shared: dict[str, list[str]] = defaultdict(list)
    for alias, other in kb.aliases():
        form = own.get(alias.text.casefold())
        if form and other is not entry and other.id not in shared[form]:
            shared[form].append(other.id)
    return {**entry_row(entry), "referred_to_as": {key: ids for key, ids in referring.items() if ids}, "shared": dict(shared)}


def statistics(kb: KnowledgeBase) -> dict[str, Any]:
    """Return how many entries, aliases, ambiguous forms and Chinese names there are, by type and in all."""
    owners: dict[str, set[str]] = defaultdict(set)
    for alias, entry in kb.aliases():
        owners[alias.text.casefold()].add(entry.id)
    shared = {form for form, ids in owners.items() if len(ids) > 1}
    by_type: dict[str, list[Entry]] = defaultdict(list)
    for entry in kb.entries.values():
        by_type[entry.type].append(entry)
    types = {name: _counts(by_type[name], shared) for name in sorted(by_type)}
    return {"fingerprint": kb.fingerprint, "types": types, "all": _counts(list(kb.entries.values()), shared)}


def list_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield a line for each entry: id, type, and its name in English and Chinese."""
    return _columns([(entry.id, entry.type, _names(entry)) for entry in entries])


def hit_lines(hits: Iterable[Hit]) -> Iterator[str]:
    """Yield a line for each hit: how it fits, id, type, name, and the form if that is another."""
    rows = [(hit, f" ({hit.form})" if hit.form not in {hit.entry.name, hit.entry.id} else "") for hit in hits]
    return _columns([(hit.fit, hit.entry.id, hit.entry.type, f"{hit.entry.name}{form}") for hit, form in rows])


def detail_lines(kb: KnowledgeBase, entry: Entry) -> Iterator[str]:
    """Yield the lines that show all of an entry."""
    row = detailed_row(kb, entry)
    yield entry.id
    for key in ("type", "name", *DATES, *REFERENCES, "source", "file"):
        if value := row.get(key):
            yield f"  {key}: {value}" + (f" ({kb.entries[value].name})" if key in REFERENCES else "")
    if entry.adjectives:
        yield f"  adjectives: {', '.join(entry.adjectives)}"
    for language, aliases in row["aliases"].items():
        yield f"  {language}: {', '.join(_shown(alias, row['shared'].get(alias['text'], ())) for alias in aliases)}"
    for key, ids in row["referred_to_as"].items():
        yield f"  {key} of {len(ids)}: {', '.join(ids)}"


def statistics_lines(numbers: dict[str, Any]) -> Iterator[str]:
    """Yield a table with a line for each type."""
    heads = ("type", "entries", *LANGUAGES, "ambiguous", "shared", *(f"with {language}" for language in CHINESE))
    rows = [heads]
    for name, counts in (*numbers["types"].items(), ("all", numbers["all"])):
        shares = [f"{counts['with'][language] / max(counts['entries'], 1):.0%}" for language in CHINESE]
        figures = (counts["entries"], *counts["aliases"].values(), counts["ambiguous"], counts["shared"])
        rows.append((name, *map(str, figures), *shares))
    widths = [max(len(row[n]) for row in rows) for n in range(len(heads))]
    for row in rows:
        yield "  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))])


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _forms(kb: KnowledgeBase) -> dict[str, list[tuple[Entry, str]]]:
    """Every id and name, folded, with its entries and how it is written there."""
    forms: dict[str, list[tuple[Entry, str]]] = defaultdict(list)
    for entry in kb.entries.values():
        for form in dict.fromkeys((entry.id, *(alias.text for alias in entry.aliases))):
            forms[_folded(form)].append((entry, form))
    return forms


def _fit(form: str, wanted: str) -> int:
    """The place in FITS for a form that holds what is wanted."""
    return 0 if form == wanted else 1 if form.startswith(wanted) else 2


def _flags(alias: Alias) -> list[str]:
    return [flag for flag in ("ambiguous", "case") if getattr(alias, flag)]


def _counts(entries: Sequence[Entry], shared: Collection[str]) -> dict[str, Any]:
    aliases = [alias for entry in entries for alias in entry.aliases]
    languages = Counter(alias.language for alias in aliases)
    named = Counter(language for entry in entries for language in {alias.language for alias in entry.aliases})
    return {
        "entries": len(entries),
        "aliases": {language: languages[language] for language in LANGUAGES},
        "ambiguous": sum(alias.ambiguous for alias in aliases),
        "shared": len({form for alias in aliases if (form := alias.text.casefold()) in shared}),
        "with": {language: named[language] for language in LANGUAGES},
    }


def _names(entry: Entry) -> str:
    chinese = next((alias.text for language in CHINESE for alias in entry.aliases if alias.language == language), "")
    return f"{entry.name}  {chinese}" if chinese != entry.name else entry.name


def _shown(alias: dict[str, Any], sharers: Sequence[str]) -> str:
    notes = [flag for flag in ("ambiguous", "case") if alias.get(flag)] + [f"also {other}" for other in sharers]
    return f"{alias['text']} [{', '.join(notes)}]" if notes else str(alias["text"])


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows as lines; all columns but the last as wide as their widest."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False)), row[-1]]).rstrip()
