"""Who published an article: the name that most on its page speaks for, by the weights of `data/metadata.yaml`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from hkcrypto.linefeatures import cue_kind, is_cued
from hkcrypto.lines import DATE, byline_names, count_words
from hkcrypto.page import TIME, Page, authors_of, words
from hkcrypto.sections import DATELINE

_SEPARATOR = re.compile(r"\s*[|｜›»•·:：(（]\s*|\s[/>—–-]+\s|, (?=an? )|\s(?:by|with)\s")
_SEGMENT = re.compile(r"\s*[|｜›»•·;>*\[\]()（）]\s*|\s[/—–-]+\s|,\s+|\.\s+|\s{2,}|^[—–-]+\s*|\s(?:for|in)\s")
_SOURCE = re.compile(r"(?i:source|via|from|outlet|publisher|publication|site)\s*[:：]|(?:来源|來源|媒體|媒体)\s*[:：]")
_DOMAIN = re.compile(r"(?:@|//|www\.)(?:www\.)?([\w-]{3,40})\.\w")
_NAMED = r"(?P<name>(?:\d{4} )?[A-Z\d㐀-鿿][\w&.'’ 㐀-鿿-]{1,40}?)"
_LOGO = re.compile(r"^(?:[☰≡]|\S(?=\s[A-Z])|\S(?=\s[㐀-鿿]{2}))\s+")  # the sign of a menu, the one letter of a logo
_PATH = re.compile(r"([\w&.'’ -]{2,30}?)\s*[>›»＞]\s*\S")
_ORIGINAL = re.compile(r"原[创創]\s+(?:[㐀-鿿]{2,4}\s+)?(?P<name>[^\s\d]\S{1,15})\s+(?=\d{4}|昨天|今天|\d+月)")
_FIRM = re.compile(r"legal advice|attorney|solicitor", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b,?")
_HAN = "㐀"  # the first ideograph: what sorts behind it is no Latin letter


def publisher_of(page: Page) -> str | None:
    """Return the name with the best sum of weights; names that begin alike are one, in the form that came first."""
    weights: dict[str, float] = defaultdict(float)
    for name, weight in [*_mastheads(page), *_paths(page), *_phrases(page), *_beside_dates(page)]:
        if len(name) < (2 if name > _HAN else 3) or _is_generic(name):
            continue
        known = next((other for other in weights if _is_same(name, other)), name)
        weights[known] += weight
    furniture = "\n".join(page.lines("boilerplate", "related", "references", "byline")).casefold()
    below = "\n".join(page.lines("boilerplate", "related", "references", where="back")).casefold()
    domains = {match[1].casefold().replace("-", "") for match in _DOMAIN.finditer(page.text)}
    for name in weights:
        weights[name] += _sum(
            confirmed=name.casefold() in below,
            own_domain=re.sub(r"\W|^the ", "", name.casefold()) in domains,
            often=furniture.count(name.casefold()) >= 3,
            told=f"told {name}" in page.text or f"{name} has learned" in page.text,
        )
    best = max(weights, key=lambda name: weights[name], default="")
    if not best or weights[best] < float(words()["publisher_from"]):
        return None
    if best.isupper():  # the full name of an abbreviation
        best = next((name for name in weights if "".join(re.findall(r"\b[A-Z]", name)) == best and len(name) > len(best) + 2), best)
    best = _in_case(best, page.text)
    is_firm = f"{best} LLP" in page.text and _FIRM.search(page.text) is not None
    return f"{best} LLP" if is_firm else best


def _sum(**held: bool) -> float:
    """Return the sum of the weights of what holds."""
    return sum(float(words()[name]) for name, holds in held.items() if holds)


def _mastheads(page: Page) -> Iterator[tuple[str, float]]:
    """Yield the names on short lines above the article, and in its dateline."""
    above = set(page.above.lines("boilerplate", "byline"))
    plain = set(page.lines("boilerplate", where="front"))
    for at, line in enumerate(page.lines("boilerplate", "byline", where="front")):
        dateline = DATELINE.match(f"{line} ")
        if dateline and (name := dateline["agency"] or dateline["wire"] or dateline["han"]):
            yield name, 3.0
        is_dated = DATE.search(line) is not None
        lead = DATE.split(line, maxsplit=1)[0] if is_dated else line
        lead = _LOGO.sub("", lead)
        name = re.sub(r"\s*(?:#|No\. ?|Issue )\d+$", "", _SEPARATOR.split(lead)[0].strip("—–- #*,.。"))
        is_name = bool(re.fullmatch(r"[\w&.,'’ -]+", name)) and name[:1].isupper() and _is_name_like(name)
        is_known = is_cued(line) or is_cued(name) or bool(byline_names(line))
        is_name = is_name or bool(re.fullmatch(r"[㐀-鿿]{2,10}|(?:www\.)?[a-z\d-]+(?:\.[a-z]{2,})+", name))
        is_place = (at == 0 or len(_SEPARATOR.findall(line)) < 3) and ((at == 0 and line in above) or (not is_dated and line in plain))
        if is_name and is_place and count_words(name) <= 6 and not is_known and not _is_generic(name):
            yield name, _masthead(name, is_first=at == 0, is_above=line in above)


def _paths(page: Page) -> Iterator[tuple[str, float]]:
    """Yield the name with which the path to the page begins ("FerryPost > News > Banks"), and that of an account in a line "原创"."""
    for line in page.lines("boilerplate", "byline", where="front"):
        if (match := _PATH.match(line)) and not _is_generic(match[1].strip()) and _is_name_like(match[1].strip()):
            yield match[1].strip(), float(words()["path"])
        if match := _ORIGINAL.search(line):
            yield match["name"], float(words()["account"])


def _masthead(name: str, *, is_first: bool, is_above: bool) -> float:
    """How much a short line looks like a masthead."""
    return _sum(
        masthead=True,
        masthead_first=is_first,
        masthead_media=any(word in name.casefold() for word in words()["media_words"]),
        masthead_capitals=len(name) > 4 and name.isupper(),
        masthead_several=" " in name,
        masthead_above=is_above and (is_first or " " in name or re.search(r"[a-z][A-Z]", name) is not None),
    )


def _is_name_like(name: str) -> bool:
    return all(not word[0].islower() for word in name.split() if word.casefold() not in words()["small_words"])


def _is_generic(name: str) -> bool:
    """Whether all words are such as stand over any article ("Markets", "Press release")."""
    return all(word.casefold() in words()["generic"] for word in name.split())


def _beside_dates(page: Page) -> Iterator[tuple[str, float]]:
    """Yield the names in the lines of dates, authors and sources above the article, and behind its title."""
    authors = {name.casefold() for name in authors_of(page)}
    is_signed = any(byline_names(line) for line in page.lines("byline", where="front"))  # other names are no authors'
    for line in page.lines("byline", "boilerplate", "references", where="front"):
        if cue_kind(line) not in {None, "byline", "references"}:
            continue
        is_source = line[:1] in "|｜—–-" or _SOURCE.match(line) is not None
        is_apart = not (is_source or DATE.search(line) or TIME.search(line) or byline_names(line) or cue_kind(line))
        for part in _SEGMENT.split(TIME.sub("  ", DATE.sub("  ", line))):
            name, is_staff = _without_staff(_named(part))
            if name and name.casefold() not in authors and not _is_generic(name) and not is_cued(name):
                is_media = _is_media(name)
                if is_media or not is_apart or (is_signed and len(line) == len(name)):
                    alone = is_signed or len(name.split()) not in {2, 3}
                    yield (
                        name,
                        _sum(beside_date=True, beside_date_media=is_media, beside_date_alone=alone, beside_title=is_source, staff=is_staff),
                    )


def _is_media(name: str) -> bool:
    """Whether one of the media words is in a name, as names have it."""
    return any(word in name.split() for word in _media_forms()) or any(word in name for word in words()["media_words"] if word > _HAN)


@lru_cache(maxsize=1)
def _media_forms() -> frozenset[str]:
    return frozenset(form for word in words()["media_words"] for form in (word.title(), word.upper()))


def _named(part: str) -> str:
    """Return the name in a piece of a line, without the small words before it; nothing where it is none."""
    found = part.strip(" :：#*-—–|[]【】()").split()
    while found and found[0].strip(":").casefold() in words()["lead_words"] and found[0] != "The":
        found.pop(0)
    name = " ".join(found)
    is_name = re.fullmatch(r"[\w&.'’ -]{3,40}", name) and (name[:1].isupper() or name > _HAN)
    return name if is_name and len(found) <= 6 and _is_name_like(name) else ""


def _without_staff(name: str) -> tuple[str, bool]:
    if name > _HAN and (han := re.fullmatch(rf"(.{{2,}}?)(?:{'|'.join(words()['staff_words_han'])})", name)):
        return han[1], True
    found = name.split()
    if len(found) > 1 and found[-1].casefold() in words()["staff_words"]:
        return " ".join(found[:-1]), True
    return name, False


def _phrases(page: Page) -> Iterator[tuple[str, float]]:
    """Yield the names in phrases such as "Why trust X"."""
    for whole in page.lines("byline", "boilerplate", "related", "references"):
        line = " ".join(_YEAR.sub(" ", DATE.sub(" ", whole)).replace(" on  ", " ").split())
        found: dict[str, float] = {}
        for pattern, weight in _patterns():
            if (match := pattern.search(line)) and (name := _company(match["name"])):
                found[name] = max(found.get(name, 0), weight)
        yield from found.items()


def _company(said: str) -> str:
    """Return the name in a phrase without the words that end a company's; nothing where it is none."""
    name, _ = _without_staff(re.sub(r"^\d{4}\s+", "", said).strip())
    found = name.split()[:1] if name > _HAN else name.split()
    while len(found) > 1 and found[-1].casefold().strip(".") in words()["company_words"]:
        found.pop()
    return "" if not found or found[0][0].isdigit() else " ".join(found)


def _is_same(one: str, other: str) -> bool:
    a, b = one.casefold(), other.casefold()
    return a == b or f"{a} ".startswith(f"{b} ") or f"{b} ".startswith(f"{a} ")


def _in_case(name: str, text: str) -> str:
    """Return a masthead in capitals as the text writes it elsewhere, else with capital initials."""
    if name.upper() != name or len(name) <= 5 or name.lower() == name:
        return name
    for match in re.finditer(re.escape(name), text, re.IGNORECASE):
        if match[0] != name:
            return match[0]
    parts = [w.lower() if at and w.lower() in words()["small_words"] else w.title() for at, w in enumerate(name.split())]
    return " ".join(parts).replace("’S", "’s").replace("'S", "'s")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], float], ...]:
    """Return the phrases for publishers; the name ends at a mark, at the next word of the phrase or with the line."""
    patterns = []
    for phrase, weight in words()["publisher"].items():
        before, _, after = phrase.partition("{name}")
        start = rf"(?i:{re.escape(before)})\s*" if before else r"^\W*"
        end = rf"(?i:{re.escape(after)})" if after else r"(?=[.,:：;|<!?，。]|\s[|·-]|$)"
        patterns.append((re.compile(start + _NAMED + r"\s*" + end), float(weight)))
    return tuple(patterns)
