"""Finds the names of the knowledge base in a text, thousands at a time, whatever their case, quotes, hyphens or line breaks."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from hkcrypto.kb import Alias, KnowledgeBase
from hkcrypto.script import simplified

# One character for one, so that offsets stay: quotes, dashes and spaces of every kind.
SAME = str.maketrans("’‘‛`´“”„«»‐‑‒–—−\u00a0\u2009\u200a\u202f\u3000\n\r\t·•", "'''''\"\"\"\"\"------" + " " * 8 + "··")
# Of the legal forms only the abbreviations take a full stop along.
LEGAL_FORM = (
    r"(?:(?:Ltd|Inc|Corp|Co|Plc|Pte|LLC|LLP|LP|AG|SA|GmbH|NV|BV|Bhd|Pty)\.?"
    r"|Limited|Incorporated|Corporation|Company|Berhad|Holdings?)"
)
# What may follow a known name and still belong to it: "Bank of China Ltd.", "OSL Group Limited", "Kestrel Pte. Ltd."
LEGAL_TAIL = re.compile(rf"(?:,? (?:Group |Holdings )?{LEGAL_FORM}(?: \(Hong Kong\))?)+(?![\w-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """A place where names of the knowledge base stand: every (entity, alias) that has this form, in the order of the files."""

    start: int
    end: int
    candidates: tuple[tuple[str, Alias], ...]


def fold(text: str) -> str:
    """Return the text as names are compared: as long as it was, lower case, one kind of quote, dash and space, Simplified."""
    lowered = text.translate(SAME).lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(SAME))
    return simplified(lowered).translate(_FULL_WIDTH)


_FULL_WIDTH = {code: unicodedata.normalize("NFKC", chr(code)).lower() for code in range(0xFF01, 0xFF5F)}


class Gazetteer:
    """All aliases of a knowledge base, compiled once."""

    def __init__(self, kb: KnowledgeBase) -> None:
        by_form: dict[str, list[tuple[str, Alias]]] = defaultdict(list)
        for alias, entry in kb.aliases():
            for form in _forms(alias.text):
                by_form[form].append((entry.id, alias))
        self.forms = [tuple(candidates) for candidates in by_form.values()]
        self.matcher = AhoCorasick(list(by_form))
        self.index = {form: at for at, form in enumerate(by_form)}

    def exact(self, name: str) -> tuple[str, ...]:
        """Return the ids of the entries that have just this name, in any script."""
        at = self.index.get(fold(name))
        return () if at is None else tuple(dict.fromkeys(i for i, _ in self.forms[at]))

    def find(self, text: str, spans: Sequence[tuple[int, int]]) -> list[Match]:
        """Return the longest matches inside the spans, by offset, none overlapping another."""
        found = []
        for start, end in spans:
            found += list(self._longest(text, start, end))
        return found

    def _longest(self, text: str, offset: int, limit: int) -> Iterator[Match]:
        piece = text[offset:limit]
        folded, places = _single_spaced(fold(piece))
        matches: list[Match] = []
        for index, first, last in self.matcher.find_matches_as_indexes(folded, overlapping=True):
            if _is_word(folded, first, last):
                start, end = places[first], places[last - 1] + 1
                fitting = _in_script(tuple((i, a) for i, a in self.forms[index] if case_fits(a, piece[start:end])), piece[start:end])
                if fitting:
                    matches.append(Match(offset + start, offset + end, fitting))
        matches.sort(key=lambda m: (m.start, -m.end))
        position = offset
        for match in matches:
            if match.start >= position:
                tail = LEGAL_TAIL.match(text[match.end : min(match.end + 60, limit)].translate(SAME)) if _may_have_tail(match) else None
                whole = Match(match.start, match.end + tail.end(), match.candidates) if tail else match
                yield whole
                position = whole.end


def _in_script(candidates: tuple[tuple[str, Alias], ...], text: str) -> tuple[tuple[str, Alias], ...]:
    """Those that are in the script of the text: 证监会 may be another body than 證監會; all where none is."""
    if len(candidates) < 2 or text.isascii():
        return candidates
    return tuple((i, a) for i, a in candidates if a.text == text) or candidates


def _single_spaced(folded: str) -> tuple[str, Sequence[int]]:
    """The text with every run of spaces as one, and where each of its characters stands in the original."""
    if "  " not in folded:
        return folded, range(len(folded))
    places = [i for i, c in enumerate(folded) if c != " " or i == 0 or folded[i - 1] != " "]
    return "".join(folded[i] for i in places), places


def case_fits(alias: Alias, text: str) -> bool:
    """Whether a text of the alias's letters may be the alias: exactly, if the alias asks for it; else no capital may be missing."""
    ours, theirs = _words(alias.text), _words(text)
    if alias.case:
        return ours == theirs
    if text.isupper() or alias.text.islower():
        return not (alias.text.islower() and len(text) <= 3 and text.isupper())
    return all(not a[0].isupper() or b[0].isupper() for a, b in zip(ours, theirs, strict=False))


def _words(text: str) -> list[str]:
    """The words of a name; "and" and "&" are none, since either may stand for the other."""
    return [word for word in re.findall(r"\w+", text) if word != "and"]


def _forms(text: str) -> Iterator[str]:
    """The alias and its regular variants."""
    form = fold(text)
    yield form
    if ". " in form or form.endswith("."):
        yield re.sub(r"\.(?= |$)", "", form)
    if " & " in form:
        yield form.replace(" & ", " and ")
    elif " and " in form:
        yield form.replace(" and ", " & ")


def _is_word(folded: str, start: int, end: int) -> bool:
    """Whether the match is not part of a longer word; ideographs have no such bond."""
    return not (_joined(folded[start - 1 : start], folded[start]) or _joined(folded[end - 1], folded[end : end + 1]))


def _joined(left: str, right: str) -> bool:
    return bool(left and right and left.isalnum() and right.isalnum() and left < "⺀" and right < "⺀")


def _may_have_tail(match: Match) -> bool:
    return any(alias.language == "en" and alias.text[:1].isupper() for _, alias in match.candidates)
