from hkcrypto.evaluation.mentions import gold_mentions, score_mentions
from hkcrypto.evaluation.tally import Scores
from hkcrypto.schema import Section

from .make import counts, goal, gold, mention, record

TEXT = "Bank of China (Hong Kong) and Bank of China left Hong Kong. Related: Hong Kong news"
SECTIONS = [Section("body", 0, 59), Section("related", 59, len(TEXT))]
GOLD = gold(goal("boc", "BANK", "Bank of China"), goal("bochk", "BANK", "Bank of China (Hong Kong)"), goal("hk", "PLACE", "Hong Kong"))


def found(*places: tuple[str, str, int], section: str = "body") -> Scores:
    entities = [{"id": str(start), "type": kind, "mentions": [mention(text, section, start=start)]} for text, kind, start in places]
    scores = Scores()
    score_mentions(GOLD, record(*entities), TEXT, SECTIONS, scores)
    return scores


def test_gold_mentions_are_the_longest_names_in_content() -> None:
    places = gold_mentions(GOLD, TEXT, SECTIONS)
    assert [(TEXT[start:end], owners[0].id) for (start, end), owners in places.items()] == [
        ("Bank of China (Hong Kong)", "bochk"),
        ("Bank of China", "boc"),
        ("Hong Kong", "hk"),
    ]


def test_gold_mentions_are_words_of_their_own() -> None:
    text = "Circle, Circles, 香港圓幣科技"
    wanted = gold(goal("c", "FIRM", "Circle"), goal("r", "FIRM", "圓幣科技"))
    assert list(gold_mentions(wanted, text, [Section("body", 0, len(text))])) == [(0, 6), (19, 23)]


def test_gold_mentions_are_not_inside_names_of_chrome() -> None:
    text = "Hong Kong Daily"
    assert not gold_mentions(gold(goal("hk", "PLACE", "Hong Kong"), chrome=[text]), text, [Section("body", 0, len(text))])


def test_mention_with_its_bounds_and_type_is_right() -> None:
    assert counts(found(("Hong Kong", "PLACE", 49)), "mention") == (1, 0, 2)


def test_mention_of_another_type_is_exact_but_not_strict() -> None:
    scores = found(("Hong Kong", "FIRM", 49))
    assert (counts(scores, "mention"), counts(scores, "mention_exact")) == ((0, 1, 3), (1, 0, 2))


def test_mention_that_overlaps_is_half_right() -> None:
    scores = found(("left Hong Kong", "PLACE", 44))
    assert (counts(scores, "mention"), counts(scores, "mention_partial")) == ((0, 1, 3), (0.5, 0.5, 2.5))
    assert counts(scores, "mention_type") == (1, 0, 2)


def test_mention_in_chrome_does_not_count() -> None:
    assert counts(found(("Hong Kong", "PLACE", 69), section="related"), "mention") == (0, 0, 3)


def test_mention_of_an_optional_entity_does_not_count() -> None:
    wanted = gold(goal("hk", "PLACE", "Hong Kong", optional=True))
    scores = Scores()
    seen = record({"id": "hk", "type": "PLACE", "mentions": [mention("Hong Kong", start=49)]})
    score_mentions(wanted, seen, TEXT, SECTIONS, scores)
    assert counts(scores, "mention") == (0, 0, 0)


def test_mention_of_a_shared_name_may_be_either() -> None:
    wanted = gold(goal("a", "FIRM", "Solana"), goal("b", "ASSET", "Solana"))
    scores = Scores()
    seen = record({"id": "b", "type": "ASSET", "mentions": [mention("Solana", start=0)]})
    score_mentions(wanted, seen, "Solana", [Section("body", 0, 6)], scores)
    assert counts(scores, "mention") == (1, 0, 0)
