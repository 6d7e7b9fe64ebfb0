from __future__ import annotations

import pytest

from hkcrypto.metadata import Metadata, read_metadata
from hkcrypto.sections import mark_sections

TITLE = "Harbour Commission grants a fourth licence to Lotus Exchange"
BODY = "The commission granted a licence to Lotus Exchange on Tuesday, as it has done before.\n\nIt is the fourth of the year in the city."
GERMAN = "Die Behörde hat der Börse eine Lizenz erteilt, wie sie mitteilte; es ist die vierte, und weitere folgen noch in diesem Herbst."
HANT = "金管局表示，條例生效後會與業界溝通，並對無牌機構採取行動。"
HANS = "金管局表示，条例生效后会与业界沟通，并对无牌机构采取行动。"


def metadata(*lines: str) -> Metadata:
    text = "\n\n".join(lines)
    return read_metadata(text, mark_sections(text))


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Tuesday, Aug 26, 2025 8:25 am ET", "2025-08-26"),
        ("March 13, 2026 · 7:42 PM HKT", "2026-03-13"),
        ("2026-04-10 17:42", "2026-04-10"),
        ("Date: Mon, 24 Feb 2025 07:00 +0800", "2025-02-24"),
        ("19 Sep 2025", "2025-09-19"),
        ("1st May 2024 | by Jane Foo", "2024-05-01"),
        ("2026年4月10日", "2026-04-10"),
        ("Updated Mar 3, 2025, 4:05 a.m. Published Mar 2, 2025, 9:00 a.m.", "2025-03-02"),
        ("30 February 2025", None),
        ("5th of August 2025", "2025-08-05"),
        ("14/08/2025", "2025-08-14"),
        ("05/08/2025", "2025-08-05"),
        ("5.8.2025", "2025-08-05"),
        ("Vol. 3 (August 2025)", "2025-08"),
        ("Release time: 2025-08-05 09:41    Source: this paper    Editor in charge: Foo Jane", "2025-08-05"),
        ("Sent Tue 5 Aug 2025, 8:08am · read online · share", "2025-08-05"),
    ],
)
def test_published_is_read_from_the_front(line: str, day: str | None) -> None:
    assert metadata(TITLE, line, BODY).published == day


def test_published_is_read_from_a_dateline() -> None:
    assert metadata(TITLE, f"HONG KONG, March 4, 2025 /Ferry Wire/ -- {BODY}").published == "2025-03-04"


@pytest.mark.parametrize("line", ["Ends/Tuesday, August 5, 2025", "Hong Kong, 5 August 2025", "First published on 5 August 2025."])
def test_published_is_read_from_below_the_article(line: str) -> None:
    assert metadata(TITLE, BODY, line).published == "2025-08-05"


def test_published_takes_the_year_of_the_copyright_line() -> None:
    assert metadata(TITLE, f"HONG KONG, Aug 5 (Ferry Wire) - {BODY}", "© 2025 Ferry Wire").published == "2025-08-05"


def test_published_is_no_date_of_the_body() -> None:
    assert metadata(TITLE, BODY, "It opens on 3 March 2025, as the company said.").published is None


@pytest.mark.parametrize(
    ("lines", "publisher"),
    [
        (["FERRY POST", TITLE, BODY], "Ferry Post"),
        (["FERRY POST", TITLE, BODY, "Disclaimer: the ferry Post holds no coins."], "ferry Post"),
        ([TITLE, f"HONG KONG, May 3 (Ferry Wire) - {BODY}"], "Ferry Wire"),
        ([TITLE, BODY, "Why trust FerryGape: FerryGape has covered ferries since 2017."], "FerryGape"),
        ([TITLE, BODY, "Copyright © 2025 Ferry Publishers. All rights reserved."], "Ferry"),
        (["From: Ferry Brief <a@ferry.example>\nSubject: " + TITLE, BODY], "Ferry Brief"),
        ([TITLE, BODY], None),
        ([TITLE, "Ferry Times, 5 August 2025", BODY], "Ferry Times"),
        ([f"{TITLE} - Ferry Times", BODY], "Ferry Times"),
        ([TITLE, "By Jane Foo\nFerry Block\n5 August 2025", BODY], "Ferry Block"),
        ([TITLE, "Source: Ferry Block", BODY], "Ferry Block"),
        (["FerryBlock", TITLE, BODY], "FerryBlock"),
        ([TITLE, "Jane Foo, 5 August 2025", BODY], None),
        ([TITLE, BODY, "Tom Bar is a reporter at Ferry Block."], "Ferry Block"),
        (["Markets", TITLE, BODY], None),
        (["FerryPost > News > Licences", TITLE, BODY, "Get the FerryPost app"], "FerryPost"),
        (["首頁 > 新聞", TITLE, "2025-08-05 來源：渡輪網新聞中心", BODY], "渡輪網"),
        ([TITLE, "原创 张三 渡轮笔记 2025-08-05 20:31 广东", BODY], "渡轮笔记"),
        (["FERRY LEUNG", TITLE, BODY, "This is not legal advice.", "© 2025 Ferry Leung LLP."], "Ferry Leung LLP"),
        (["6  Channel 6 News", TITLE, BODY, "Copyright © 2025 Channel Six Broadcasting Limited. All Rights Reserved."], "Channel 6 News"),
        ([TITLE, BODY, "About Community", "Community © 2025"], None),
    ],
)
def test_publisher_is_what_the_page_calls_itself(lines: list[str], publisher: str | None) -> None:
    assert metadata(*lines).publisher == publisher


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Jane Foo and Tom Bar", ("Jane Foo", "Tom Bar")),
        ("By Jane Foo, Senior Reporter", ("Jane Foo",)),
        ("記者 陳大文 報道", ("陳大文",)),
        ("作者：张三", ("张三",)),
        ("By Jane Foo in Hong Kong and Tom Bar in Oslo", ("Jane Foo", "Tom Bar")),
        ("Jane Foo, Partner, Hong Kong", ("Jane Foo",)),
        ("J. B. Foo (a,*), Tom Bar (b)", ("J. B. Foo", "Tom Bar")),
        ("Reporter  Jane Foo   Camera  Tom Bar", ("Jane Foo",)),
        ("Jane Foo | Follow", ("Jane Foo",)),
        ("原创 张三 渡轮笔记 2025-08-05 20:31 广东", ("张三",)),
        ("张三 2025年08月05日 18:22", ("张三",)),
        ("渡輪日報記者　陳大文", ("陳大文",)),
        ("By Ferry Bank", ()),
    ],
)
def test_authors_are_the_names_of_the_byline(line: str, authors: tuple[str, ...]) -> None:
    assert metadata(TITLE, line, BODY).authors == authors


def test_title_is_that_of_the_page_without_its_site() -> None:
    assert metadata(f"{TITLE} | Ferry Post", BODY).title == TITLE


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (BODY, "en"),
        (HANT, "zh-Hant"),
        (HANS, "zh-Hans"),
        (GERMAN, "other"),
        ("取引所は金融庁の認可を受けたと発表した。", "other"),
    ],
)
def test_language_is_told_by_its_characters(text: str, language: str) -> None:
    assert metadata(text).language == language


def test_date_of_a_teaser_is_not_the_articles() -> None:
    body = "The broker said on Monday that it would open another office in the spring, with forty people."
    teaser = "Another broker closes\n\nA broker in the north has closed its doors after…\n\nOctober 5, 2025"
    text = f"Harbour broker opens a second office\n\n{body}\n\nRecent Posts\n\n{teaser}\n\nMore news of brokers\n\nOctober 4, 2025\n"
    assert read_metadata(text, mark_sections(text)).published is None


def test_date_of_an_offer_is_not_the_articles() -> None:
    assert metadata(TITLE, "Take our survey and win a prize (ends 31 July 2025)", BODY).published is None
