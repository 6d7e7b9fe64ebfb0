"""Which stretches of a text are the article, and which are the furniture of its page.

A line (a paragraph, a heading, a list item) has features; `data/sections.yaml` says how much each speaks for or against
its being part of the article, and by which phrases bylines, teasers and the like are known. The front matter ends where the
prose begins; the article is the run of lines from there with the highest sum of scores.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise

from hkcrypto.linefeatures import PROMOTED, Unit, add_runs, add_topic, credit, is_plain_prose, with_features
from hkcrypto.lines import DATE, NAME, byline_names, paragraphs, plain, split_lines
from hkcrypto.schema import Section, SectionKind
from hkcrypto.sectionmodel import section_model

__all__ = ["DATELINE", "dateline_end", "mark_sections", "paragraphs", "titled"]

DATELINE = re.compile(
    r"(?P<place>[A-Z][\w.'’/ ,-]{1,40}?)"
    r"(?P<date>(?:,|\s[—–-])?\s(?:\d{1,2}\s)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{1,4}(?:,?\s\d{4})?)?,?"
    r"\s*(?:\((?P<agency>[^()]{2,40})\)|/(?P<wire>[^/]{2,30})/)?\s*(?:-{1,2}|—|–)\s+|[【（(][^】）)\n]{0,16}[訊讯電电][】）)]\s*"
    r"|(?P<han>[㐀-鿿]{1,4}[社網网])[㐀-鿿]{2,8}\d{1,2}月\d{1,2}日[电電]\s*(?:[（(](?:記者|记者)[^）)]{1,20}[）)])?\s*",
)
_DATED_PLACE = re.compile(rf"\(?(?-i:[A-Z])[\w.'’/ ]{{1,30}},\s(?:{DATE.pattern})(?:\)\s*[:.|—–-]*|\s*[:.|—–-]+)\s+(?=\S)", re.IGNORECASE)
_MASTHEAD = re.compile(r"\S+(?: \S+){0,4}")
_STRAPLINE = re.compile(r"(?:the|a|an|your|our|for|where|because|all|every|everything)\s", re.IGNORECASE)
_TICKER = re.compile(r"[A-Z]{4,}(?: [A-Z]+)?:\s")
_SITE = re.compile(
    r"\s+(?:[|｜]\s+[^|｜]{2,40}|[—–-]\s+(?:[A-Z][\w&.’']*\s){0,4}(?:News|Times|Post|Daily|Journal|Herald|Standard|Tribune|Wire|Media|Press|Review)|[_-][㐀-鿿]{2,4}[網网報报社])$"
)
_HEAD_MARK = re.compile(r"(?:#{1,6}\s+|\[[^\]]{2,30}\]\s+)(?=\S)")
_PORTRAIT = re.compile(rf"{NAME} (?:is|was) (?:an?|the)\b")
_NO_FIRST_TITLE = frozenset(
    {
        "cue",
        "separators",
        "date",
        "address",
        "ticker",
        "strapline",
        "bullet",
        "full_stop",
        "menu",
        "quote",
        "stars",
        *PROMOTED,
    }
)
_CLOSING = 4  # a phrase that takes so much from the article's sum closes the page: disclaimers, comments, biographies
_INSET = 1.5  # what a line without such a phrase takes at most: an offer between two paragraphs does not end the article
_INSETS = frozenset({"promotion_1", *PROMOTED, "quote", "stars", "page_number", "numbers"})
_VOLUME = re.compile(r"(?:vol(?:ume|\.)|issue|no\.|episode|edition|#)\s*\d", re.IGNORECASE)
_LIFE = re.compile(
    r"\S+(?: \S+)?,? (?:is|was|has|covers|covered|writes|wrote|runs|edits|hosts|reports|owns|joined|works|worked|holds|spent|studied"
    r"|teaches|graduated|lives)\b"
)


def mark_sections(text: str) -> list[Section]:
    """Return sections that cover the text without gap or overlap, in order; they depend on the text alone."""
    lines = [with_features(line) for line in split_lines(text)]
    if not lines:
        return [Section("boilerplate", 0, len(text))] if text else []
    _add_context(lines)
    body = _body_start(lines)
    title = _title(lines, body)
    for line in lines:
        line.score = _score(line.features, section_model().article) + (line.cue.weight if line.cue else 0)
    end = _body_end(lines, body)
    kinds = [
        *(_front_kind(lines, at, title, body) for at in range(body)),
        *_body_kinds(lines, body, end),
        *_tail_kinds(lines, end),
    ]
    _spread_summary(lines, kinds, body)
    parts = [part for at, kind in enumerate(kinds) for part in _parts(text, lines[at], kind, is_lead=at == body)]
    return _cover(parts, len(text))


def titled(title: str | None, body: str) -> tuple[str, tuple[Section, ...] | None]:
    """Return a text that begins with its title, and its sections; None for them where no title is known.

    A body that begins with the title already stays as it is.
    """
    if not title or not body.strip():
        return body, None
    first = re.match(r"\s*([^\r\n]+)", body)
    if first and plain(first[1]) == plain(title):
        text, end = body, first.end()
    else:
        text, end = f"{title}\n\n{body}", len(title)
    parts: list[tuple[int, SectionKind]] = [(0, "title")]
    for section in mark_sections(text):
        if text[max(section.start, end) : section.end].strip():
            same = plain(text[section.start : section.end]) == plain(title)
            kind: SectionKind = section.kind if section.kind != "title" else "boilerplate" if same else "body"
            parts.append((max(section.start, end), kind))
    return text, tuple(_cover(parts, len(text)))


def _add_context(lines: Sequence[Unit]) -> None:
    """Add the features that a line has by its neighbours."""
    count = Counter(line.folded for line in lines)
    if sum(line.gap for line in lines) * 5 <= len(lines):  # blank lines tell nothing where there are hardly any
        for line in lines:
            line.gap = True
    add_runs(lines)
    add_topic(lines)
    authors = tuple(islice(_authors(lines), 10))
    seen = ""
    for at, line in enumerate(lines):
        after = lines[at + 1] if at + 1 < len(lines) else None
        if line.gap and (after is None or after.gap):
            line.features.add("alone")
            if line.text[0] in "»→▶▸►➤" and "sentence" not in line.features:
                line.features.add("arrow")
        if count[line.folded] > 1:
            line.features.add("repeated")
        if after and _is_front(after):
            line.features.add("above_byline")
        if "name" in line.features and after and after.text.startswith(line.text.split()[0]) and _LIFE.match(after.text):
            line.features.add("bio")
        if section_model().title_label.match(line.folded):
            line.features.add("labelled")
        if authors and line.text.startswith(authors) and _LIFE.match(line.text.split(" ", 1)[1]):
            line.features.add("of_author")
        if (about := re.fullmatch(r"About (?:the )?([A-Z].{1,60}?):?", line.text)) and "heading" in line.features and not line.cue:
            line.features.add("about_subject" if about[1].casefold() in seen else "about_stranger")
        seen += "" if _is_front(line) else line.text.casefold()


def _authors(lines: Sequence[Unit]) -> Iterator[str]:
    """Yield the names of bylines, less those that the article is about."""
    for line, after in pairwise(lines):
        names = byline_names(line.text) if "byline" in line.features else []
        if not names and "name" in line.features and _is_front(after):
            names = [line.text]
        for name in names:
            if " " in name and not any(name in other.text[1:] for other in lines if "prose" in other.features):
                yield name


def _is_front(line: Unit) -> bool:
    """Whether a line belongs to what stands above an article: who wrote it, and when."""
    return bool(line.features & {"byline", "date_line"}) or bool(line.cue and line.cue.kind == "byline")


def _is_caption(line: Unit) -> bool:
    return "credit" in line.features if line.cue is None else line.cue.kind == "caption"


def _score(features: set[str], weights: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) for name in sorted(features))


def _body_start(lines: Sequence[Unit]) -> int:
    """Return the index of the first prose below the front matter; what is above a byline or a repeated title is a standfirst."""
    prose, most = 0.0, min(section_model().front_prose, sum(line.words for line in lines if is_plain_prose(line)) / 2)
    front, first, seen = -1, None, set()
    for at, line in enumerate(lines):
        same = line.folded
        if (_is_front(line) and "long" not in line.features) or (same in seen and "rule" not in line.features):
            front, first = at, None
        elif is_plain_prose(line):
            first = at if first is None else first
            prose += line.words
        if prose > most:
            break
        seen.add(same)
    if first is not None:
        return first
    bullets = (at for at, line in enumerate(lines) if at > front and "prose" in line.features and not line.cue)
    return next(bullets, min(front + 1, len(lines)))


def _title(lines: Sequence[Unit], body: int) -> int:
    """Return the index of the title, -1 where there is none."""
    menu = max((at for at, line in enumerate(lines[:body]) if _is_menu(line)), default=-1)
    best, best_score, is_first_full = -1, section_model().title_from, True
    for at, line in enumerate(lines[: max(body, 1)]):
        features = set(line.features)
        is_other = _VOLUME.match(line.text) or ("full_stop" in features and _PORTRAIT.match(line.text))
        if (line.cue or is_other or features & {"byline", "credit"}) and "labelled" not in features:
            features.add("cue")
        if at == 0:
            features.add("first")
        if _TICKER.match(line.text):
            features.add("ticker")
        if _is_strapline(lines, at):
            features.add("strapline")
        if is_first_full and "full" in features and not features & _NO_FIRST_TITLE:
            features.add("first_full")
            is_first_full = False
        if at < menu:
            features.add("above_menu")
        if "rule" not in features and (score := _score(features, section_model().title)) > best_score:
            best, best_score = at, score
    return best


def _is_menu(line: Unit) -> bool:
    """Whether a line is a menu of the site, or the path to the page ("Home > News")."""
    is_path = "separators" in line.features and re.search(r"\S ?[>›»/] ?\S", line.text) is not None
    return is_path or ("menu" in line.features and not line.features & {"date", "footer"} and (not line.cue or line.cue.name == "slogan"))


def _is_strapline(lines: Sequence[Unit], at: int) -> bool:
    """Whether a line tells what the paper is: behind its name on top of the page, or right below it."""
    if at == 0:
        name, _, rest = lines[0].text.partition(" — ")
        return bool(rest and _MASTHEAD.fullmatch(name) and _STRAPLINE.match(rest))
    if at != 1 or lines[1].gap or not _MASTHEAD.fullmatch(lines[0].text):
        return False
    return lines[1].text[0].islower() or ("above_byline" not in lines[1].features and _STRAPLINE.match(lines[1].text) is not None)


def _body_end(lines: Sequence[Unit], body: int) -> int:
    """Return the index after the article: where the sum of the scores from its start is highest."""
    if not any("prose" in line.features for line in lines[body:]):
        return next((at for at in range(body, len(lines)) if lines[at].score < section_model().furniture_below), len(lines))
    end, total, best = body, 0.0, 0.0
    for at in range(body, len(lines)):
        total += _worth(lines[at])
        if total > best:
            end, best = at + 1, total
    return _resumed(lines, end)


def _resumed(lines: Sequence[Unit], end: int) -> int:
    """Return the end of an article that goes on below teasers and offers: with prose of its own words, before what closes a page."""
    for at in range(end, len(lines)):
        line = lines[at]
        if line.cue and line.cue.closes_inline >= _CLOSING and line.score < section_model().furniture_below:
            break
        if is_plain_prose(line) and "kin" in line.features and line.score > 0:
            end = at + 1
    return end


def _worth(line: Unit) -> float:
    """How much a line speaks for the article going on."""
    if line.cue and line.score < section_model().furniture_below:
        return -line.cue.closes if line.is_label else -line.cue.closes_inline
    return max(line.score, -_INSET) if line.features & _INSETS else line.score


def _front_kind(lines: Sequence[Unit], at: int, title: int, body: int) -> SectionKind:
    """Return the kind of a line above the article."""
    line = lines[at]
    features = line.features
    is_below = at == title + 1 and not features & {"promotion_3", "promotion_4", "quote", "menu", "stars"}
    rules: tuple[tuple[bool, SectionKind], ...] = (
        (at == title, "title"),
        (title >= 0 and line.folded == lines[title].folded, "boilerplate"),
        (_is_caption(line), "caption"),
        (_is_front(line) or bool(features & {"bio", "of_author"}), "byline"),
        (line.is_label and line.cue is not None and line.cue.kind == "summary", "boilerplate"),
        (line.cue is not None, line.cue.kind if line.cue else "boilerplate"),
        ("bullet" in features and line.words >= 4, "summary"),
        (line.text.endswith((":", "：")) and "bullet" in lines[at + 1].features if at + 1 < len(lines) else False, "summary"),
        (bool(features & {"separators", "address", "rule"}) or at < title, "boilerplate"),
        (bool(features & PROMOTED) and line.score < section_model().furniture_below, "boilerplate"),
        ("prose" in features, "summary"),
        ("name" in features and title >= 0, "byline" if at > title else "boilerplate"),
        (
            0 <= title < at
            and line.words >= 5
            and (is_below or (line.score >= section_model().furniture_below and "topic_0" not in features)),
            "summary",
        ),
        (0 <= title < at == body - 1, "body"),
    )
    return next((kind for holds, kind in rules if holds), "boilerplate")


def _body_kinds(lines: Sequence[Unit], start: int, end: int) -> list[SectionKind]:
    """Return the kinds of the lines of the article: most are body, some advertisements, teasers, captions."""
    kinds: list[SectionKind] = []
    head: Unit | None = None
    for at in range(start, end):
        line = lines[at]
        if head is not None and not _is_headed(lines, at):
            head = None
        if head is None and line.cue and line.cue.heads and line.is_label and line.score < section_model().furniture_below:
            head = line
        kinds.append(head.cue.kind if head and head.cue else _body_kind(line))
    return kinds


def _body_kind(line: Unit) -> SectionKind:
    if _is_caption(line):
        return "caption"
    is_label = line.is_label and line.cue is not None and line.cue.kind != "summary"
    if line.score >= section_model().furniture_below and not is_label:
        return "body"
    return line.cue.kind if line.cue and line.cue.kind != "summary" else "byline" if "byline" in line.features else "boilerplate"


def _is_headed(lines: Sequence[Unit], at: int) -> bool:
    """Whether a line inside the article still belongs to the label above it ("Related", "A word from our sponsor")."""
    line, after = lines[at], lines[at + 1] if at + 1 < len(lines) else None
    if "rule" in line.features or (line.gap and "prose" in line.features):
        return False
    is_teaser = "topic_0" in line.features and line.words >= 5
    return not line.gap or is_teaser or not ("heading" in line.features and (after is None or "prose" in after.features))


def _tail_kinds(lines: Sequence[Unit], end: int) -> list[SectionKind]:
    """Return the kinds of the lines below the article: each as its own phrase or the last label above it says."""
    kinds: list[SectionKind] = []
    current: SectionKind = "boilerplate"
    for line in lines[end:]:
        kind = current
        if line.cue and line.cue.kind not in {"summary", "caption"}:
            kind = line.cue.kind
            current = kind if line.cue.heads else current
        elif line.features & {"byline", "bio"}:
            kind = "byline"
        kinds.append(kind)
    return kinds


def _spread_summary(lines: Sequence[Unit], kinds: list[SectionKind], body: int) -> None:
    """Make the first prose a summary where a label "Key takeaways" is right above it."""
    label = lines[body - 1] if 0 < body < len(lines) else None
    if label and label.is_label and label.cue and label.cue.kind == "summary" and kinds[body] == "body":
        kinds[body] = "summary"


def _parts(text: str, line: Unit, kind: SectionKind, *, is_lead: bool) -> list[tuple[int, SectionKind]]:
    """Return where the sections of one line start: a label before a title, a credit after a caption and a dateline are apart."""
    flat = re.sub(r"\s", " ", text[line.start : line.end])
    label = re.match(r"[^:：]{1,12}[:：]\s*", flat) if "labelled" in line.features else _HEAD_MARK.match(flat)
    if kind == "title" and label:
        return [(line.start, "byline"), (line.start + label.end(), kind)]
    if kind == "title" and (site := _SITE.search(flat)):
        return [(line.start, kind), (line.start + site.start(), "byline")]
    if kind == "caption" and line.words <= 6 and "title_case" in line.features:
        return [(line.start, "byline")]
    if kind == "caption" and (taken := credit(flat)):
        return [(line.start, kind), (line.start + taken.start(), "byline")]
    if kind == "body" and is_lead and (end := dateline_end(flat)):
        return [(line.start, "byline"), (line.start + end, kind)]
    return [(line.start, kind)]


def dateline_end(text: str) -> int:
    """Return how long the dateline is with which a paragraph begins ("HONG KONG, March 13 (Agency) - "), 0 where it has none."""
    if match := _DATED_PLACE.match(text):
        return match.end()
    match = DATELINE.match(text)
    if not match or match.end() == len(text):
        return 0
    place = match["place"]
    known = not place or match["agency"] or match["wire"] or match["date"] or place.casefold() in section_model().dateline_places
    return match.end() if known else 0


def _cover(parts: Sequence[tuple[int, SectionKind]], length: int) -> list[Section]:
    """Return sections from where parts start; neighbours of one kind are one section."""
    merged: list[tuple[int, SectionKind]] = []
    for start, kind in parts:
        if not merged or merged[-1][1] != kind:
            merged.append((start if merged else 0, kind))
    ends = [start for start, _ in merged[1:]] + [length]
    return [Section(kind, start, end) for (start, kind), end in zip(merged, ends, strict=True)]
