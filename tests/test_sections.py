from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkcrypto.sections import mark_sections, paragraphs

LEAD = "The Harbour Commission on Tuesday granted a licence to Lotus Exchange, a trading platform that is based in Wan Chai."
MORE = "Lotus was founded by Tom Bar in 2019 and is backed by Foxglove Ventures, which holds about a tenth of its shares."
TITLE = "Harbour Commission grants a fourth licence to Lotus Exchange"
LINES = st.sampled_from(
    [
        "",
        " ",
        TITLE,
        LEAD,
        MORE,
        "- a bullet of several words",
        "By Jane Foo",
        "2 March 2025",
        "Related: Other news",
        "Advertisement",
        "Recent Posts",
        "Source:",
        "HONG KONG, March 2 (Wire) - " + LEAD,
        "(Photo: A gate. Credit: Jane Foo)",
        "相關閱讀：其他新聞",
        "金管局批出牌照。",
        "---",
    ]
)


def kind_of(text: str, part: str) -> str:
    at = text.index(part)
    return next(s.kind for s in mark_sections(text) if s.start <= at < s.end)


def page(*lines: str) -> str:
    return "\n\n".join(lines)


@given(st.one_of(st.text(), st.lists(LINES).map("\n".join), st.lists(LINES).map("\r\n\r\n".join)))
def test_sections_cover_any_text_without_gap_or_overlap(text: str) -> None:
    sections = mark_sections(text)
    assert "".join(text[s.start : s.end] for s in sections) == text
    assert all(s.start < s.end for s in sections)


@given(st.lists(LINES).map("\n".join))
def test_paragraphs_hold_every_word_of_their_section_once(text: str) -> None:
    for section in mark_sections(text):
        pieces = [text[start:end] for start, end in paragraphs(text, section)]
        assert all(piece == piece.strip() and piece for piece in pieces)
        assert "".join("".join(pieces).split()) == "".join(text[section.start : section.end].split())


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By Jane Foo and Tom Bar", "byline"),
        ("March 2, 2025 · 7:42 PM HKT", "byline"),
        ("Markets | Policy | Opinion", "boilerplate"),
        ("Share this article", "boilerplate"),
        ("[Image] The gate of the exchange", "caption"),
        ("Platform is the first to be approved this year", "summary"),
    ],
)
def test_front_line_has_its_kind(line: str, kind: str) -> None:
    assert kind_of(page(TITLE, line, LEAD, MORE), line) == kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Related: Circle line extended", "related"),
        (">> READ MORE: Ferries run late", "related"),
        ("Sponsored: Borrow against your boat.", "related"),
        ("Advertisement", "boilerplate"),
        ("延伸閱讀：渡輪誤點", "related"),
        ("RELATED | Circle line extended", "related"),
        ("[Ad] Borrow against your boat", "boilerplate"),
        ("【相關新聞】渡輪誤點", "related"),
        ("» Ferries run late", "boilerplate"),
        ("What comes next", "body"),
        ("Will it pay?", "body"),
        ("- Lotus opens in March", "body"),
    ],
)
def test_line_inside_the_article_has_its_kind(line: str, kind: str) -> None:
    assert kind_of(page(TITLE, LEAD, line, MORE), line) == kind


@pytest.mark.parametrize("marker", ["Recent Posts", "About the author", "Disclaimer: no advice.", "Comments", "Most popular", "熱門文章"])
def test_nothing_below_an_end_marker_is_content(marker: str) -> None:
    assert kind_of(page(TITLE, LEAD, MORE, marker, "Ferry sinks off Lamma"), "Ferry") in {"related", "boilerplate"}


def test_article_goes_on_after_a_teaser_near_its_end() -> None:
    text = page(TITLE, LEAD, MORE, "Related: Ferries run late", "The exchange opens in March, it said.")
    assert kind_of(text, "opens in March") == "body"


def test_source_list_is_references() -> None:
    assert kind_of(page(TITLE, LEAD, "Source:", "[1] A gate (https://gate.example/1)"), "[1]") == "references"


def test_repeated_title_is_one_title() -> None:
    kinds = [s.kind for s in mark_sections(page("Ferry News", TITLE, "Lotus may now open its doors.", "Published by", TITLE, LEAD, MORE))]
    assert kinds.count("title") == 1


def test_label_before_the_title_is_no_part_of_it() -> None:
    text = page("From: Ferry Brief <a@ferry.example>\nSubject: Rabbits and robbers\nDate: Mon, 24 Feb 2025", LEAD, MORE)
    assert [text[s.start : s.end].strip() for s in mark_sections(text) if s.kind == "title"] == ["Rabbits and robbers"]


def test_bullets_above_the_article_are_its_summary() -> None:
    assert kind_of(page("TLDR\n- Lotus has been granted a licence\n- It opens in March\n" + LEAD, MORE), "It opens") == "summary"


def test_credit_is_no_part_of_the_caption() -> None:
    text = page(TITLE, LEAD, "(Photo: A gate in Central. Credit: Sam Lens)", MORE)
    assert (kind_of(text, "A gate"), kind_of(text, "Sam Lens")) == ("caption", "byline")


def test_dateline_is_no_part_of_the_body() -> None:
    text = page(TITLE, f"HONG KONG, March 2 (Ferry Wire) - {LEAD}", MORE)
    assert (kind_of(text, "Ferry Wire"), kind_of(text, "The Harbour")) == ("byline", "body")


def test_biography_of_the_author_is_no_body() -> None:
    assert kind_of(page(TITLE, "By Jane Foo", LEAD, MORE, "Jane Foo is a former adviser to Mintleaf."), "Mintleaf") == "boilerplate"


@pytest.mark.parametrize(("name", "kind"), [("Lotus Exchange", "body"), ("Ferry News", "boilerplate")])
def test_about_paragraph_is_body_where_the_article_names_it(name: str, kind: str) -> None:
    text = page(TITLE, LEAD, MORE, f"About {name}", f"{name} runs a platform for everyone in Quarry Bay and beyond.")
    assert kind_of(text, "Quarry Bay") == kind


def test_short_text_is_content() -> None:
    assert [s.kind for s in mark_sections("SFC fines Lotus")] == ["body"]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = "\n".join(textwrap.wrap(f"{LEAD} {MORE}", 60))
    assert [len(list(paragraphs(text, s))) for s in mark_sections(text)] == [1]


def test_sentence_broken_by_a_link_is_one_paragraph() -> None:
    text = page(TITLE, LEAD[:-10], "who has lived there for many years, as everyone on the island knows.")
    body = mark_sections(text)[-1]
    assert len(list(paragraphs(text, body))) == 1


@pytest.mark.parametrize(
    "above",
    [
        "Home     Markets     People     Sign in",
        "THE HARBOUR DOCKET\nevery deal of the bay, before breakfast",
        "THE HARBOUR DOCKET — the weekly for people who lend",
        "BREAKING: Ferry strike is called off after nine days",
        "[Share] [Save] [Print]",
    ],
)
def test_title_is_not_what_stands_above_it(above: str) -> None:
    text = f"{above}\n\n{TITLE}\n\nBy Jane Foo\n\n{LEAD}\n\n{MORE}"
    assert kind_of(text, TITLE) == "title"


@pytest.mark.parametrize("author", ["By Jane Foo, staff writer", "Words: Jane Foo    Pictures: Tom Bar", "THE FERRYMAN with Jane Foo"])
def test_biography_of_the_author_is_no_content(author: str) -> None:
    text = page(TITLE, author, LEAD, MORE, "Jane Foo wrote about ferries for ten years and owns a little Dogecoin.")
    assert kind_of(text, "Jane Foo wrote") not in {"body", "summary"}


def test_teasers_below_a_label_with_a_name_are_no_content() -> None:
    text = page(TITLE, LEAD, MORE, "MORE FROM THE HARBOUR\nFerry firm sues Brightwater\nPilot loses his claim — 7 Oct. The court had…")
    assert kind_of(text, "Brightwater") == "related"


def test_rows_of_a_table_are_body() -> None:
    table = "Platform | Seat | Owner\nLotus | Oslo | Foxglove\nHalden | Mumbai | none\nTidewell | Perth | Brightwater"
    assert kind_of(page(TITLE, LEAD, table, MORE), "Mumbai") == "body"


@pytest.mark.parametrize(
    "above",
    [
        "GTX 40.12 +1.3%   Rice 7.20 -0.4%   Tin 61.02 +3.1%",
        "*** WIN! Two nights on the ferry - text FERRY to 9009 ***",
        "Home > News > Licences",
        "ON AIR NOW   Radio 9   Tom Bar until noon   12:00-3:00",
        "Need help with your ferry? Chat with Otto the Otter",
        "You have 2 free articles left this month. Subscribe from $1 a week",
        "Your free and friendly guide to every pier of the harbour\nHome   Piers   Fares   Storms   Jobs",
    ],
)
def test_furniture_above_the_title_is_no_content(above: str) -> None:
    text = page("Ferry Post", above, TITLE, "By Jane Foo", LEAD, MORE)
    assert kind_of(text, TITLE) == "title"
    assert kind_of(text, above) in {"boilerplate", "related", "byline"}


@pytest.mark.parametrize(
    "line",
    [
        "Listening on the pier? You can now hear this post read aloud on Apple Podcasts.",
        "Enjoying this newsletter? Tell us what you think and win a voucher.",
        "NEXT UP ON 9: Ferry Tales, tonight 22:30",
        "New users: deposit $100 and get free tickets to the otter show",
        "Gift this article",
        "本期內容由 渡輪錢包 友情支持",
        "扫码加入渡轮读者群，每日领取早报",
        "▶ WATCH: Pilot falls off pier (again)",
        "Rice 7.20 ▼ 0.41",
        "- 12 -",
    ],
)
def test_offer_inside_the_article_is_no_content(line: str) -> None:
    assert kind_of(page(TITLE, LEAD, line, MORE), line) not in {"title", "summary", "body"}


@pytest.mark.parametrize(
    "line",
    [
        "You need two documents to open an account with Lotus Exchange, the commission said, and your broker needs a third.",
        "What you need to know",
        "Support for the licence came from the platform's own members, according to Tom Bar of Lotus Exchange.",
        "Lotus will listen to its clients, says Bar.",
        "Watch the fees, not the coins, says Bar of Lotus.",
    ],
)
def test_address_to_the_reader_is_content_where_it_offers_nothing(line: str) -> None:
    assert kind_of(page(TITLE, LEAD, line, MORE), line) == "body"


@pytest.mark.parametrize(
    "label", ["Related insights", "More from our partners", "Other documents of this issuer", "最新公告", "Upcoming seminars"]
)
def test_label_over_other_articles_ends_the_article(label: str) -> None:
    text = page(TITLE, LEAD, MORE, label, "Otter Bank sells its ferry", "Pilot of the year is named")
    assert kind_of(text, "Otter Bank") in {"related", "boilerplate"}


@pytest.mark.parametrize(
    "below",
    [
        "Acknowledgements\nWe thank Otter Bank and the seminar of the pier.",
        "By order of the Board\nOtter Bank\nJane Foo\nChairman",
        "KEY CONTACTS\nJane Foo\nPartner | +852 5555 0000\nJane advises Otter Bank on ferries.",
        "Required disclosures\nOtter Bank has dealt in the shares of a pier.",
        "Comments\nferryfan: I lost it all to Otter Bank, and so did the whole of Lotus Exchange.",
    ],
)
def test_matter_at_the_end_is_no_content(below: str) -> None:
    assert kind_of(page(TITLE, LEAD, MORE, below), "Otter Bank") not in {"title", "summary", "body"}


def test_article_goes_on_below_an_inset_with_a_label_and_an_offer() -> None:
    inset = ["Related Stories", "Grain boats are late in Penang again", "Enter your e-mail", "Sign up"]
    text = page(TITLE, LEAD, MORE, *inset, "Mr Bar of Lotus told the commission that Foxglove would sell its shares.")
    assert (kind_of(text, "would sell"), kind_of(text, "Grain boats")) == ("body", "related")


def test_text_without_blank_lines_goes_on_below_a_label() -> None:
    text = "\n".join([TITLE, LEAD, "Advertisement", MORE, "The exchange opens in March, it said."])
    assert (kind_of(text, "Foxglove"), kind_of(text, "opens in March")) == ("body", "body")


def test_lines_of_a_timeline_are_body_and_dated_teasers_are_not() -> None:
    rows = [
        "2024-04-30 Lotus Exchange applies",
        "2025-02-19 The Harbour Commission asks Lotus for more",
        "2025-05-21 Lotus gets its licence",
    ]
    teasers = ["06/01/2025  Otter Bank counts its ferries", "29/11/2024  Grain boats are late in Penang again"]
    text = page(TITLE, LEAD, *rows, MORE, *teasers)
    assert [kind_of(text, rows[1]), kind_of(text, teasers[0])] == ["body", "boilerplate"]


def test_marks_of_long_lines_take_no_time() -> None:
    assert mark_sections("1" * 200_000 + "\n" + "Aa, " * 50 + "\n" + "A b " * 50)
