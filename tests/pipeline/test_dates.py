from __future__ import annotations

import pytest

from hkcrypto.pipeline.dates import find_dates, infer_published

TUESDAY = "2025-08-26"


def dates(text: str, published: str | None = TUESDAY) -> list[str]:
    return [value["date"] for _, _, value in find_dates(text, 0, len(text), published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("May 21, 2025", ["2025-05-21"]),
        ("21st of May 2025", ["2025-05-21"]),
        ("3 Feb. 2024", ["2024-02-03"]),
        ("MAY 5, 2025", ["2025-05-05"]),
        ("2026-04-10T10:00:00Z", ["2026-04-10"]),
        ("13/04/2026 and 04/13/2026", ["2026-04-13", "2026-04-13"]),
        ("10/04/2026", []),
        ("31 June 2025", []),
        ("March 2025", ["2025-03"]),
        ("Tuesday, Aug 26, 2025", ["2025-08-26"]),
        ("March 3 and April 5, 2024", ["2024-03-03", "2024-04-05"]),
    ],
)
def test_full_date_needs_no_publication(text: str, expected: list[str]) -> None:
    assert dates(text, None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("since 2021", ["2021"]),
        ("in 2023 and 2024", ["2023", "2024"]),
        ("(2021) its 2021 ban", ["2021", "2021"]),
        ("in 2023/24", ["2023/2024"]),
        ("2019–2023", ["2019/2023"]),
        ("early 2024, mid-2025", ["2024", "2025"]),
        ("by the end of 2025", ["2025-12-31"]),
        ("FY2024/25 and fiscal 2023", ["2024/2025", "2023"]),
        ("2025 units, Room 2024, Section 2021, from 2000 users, Ordinance 2022, 2,025 firms, the 1990s, © 2025", []),
    ],
)
def test_year_is_read_only_where_it_is_one(text: str, expected: list[str]) -> None:
    assert dates(text, None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Q3 2024, 3Q24, 2025 Q1, Q4 '23", ["2024-Q3", "2024-Q3", "2025-Q1", "2023-Q4"]),
        ("the third quarter of 2025", ["2025-Q3"]),
        ("It lost money in the fourth quarter.", ["2024-Q4"]),
        ("It may apply in the fourth quarter.", ["2025-Q4"]),
        ("H1 2025 and the second half of last year", ["2025-H1", "2024-H2"]),
        ("in the first three quarters of the year", ["2025-01-01/2025-09-30"]),
        ("a third quarter, half of the proceeds, H1", []),
    ],
)
def test_quarters_and_halves(text: str, expected: list[str]) -> None:
    assert dates(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("November 3 to 7, 2024", "2024-11-03/2024-11-07"),
        ("18-20 February 2025", "2025-02-18/2025-02-20"),
        ("from July 2024 to February 2025", "2024-07/2025-02"),
        ("between 3 January 2023 and 30 June 2024", "2023-01-03/2024-06-30"),
        ("18 September to 17 July 2026", "2025-09-18/2026-07-17"),
        ("May to July 2024", "2024-05/2024-07"),
        ("to be held from October 13 to 15", "2025-10-13/2025-10-15"),
    ],
)
def test_range_is_one_date(text: str, expected: str) -> None:
    assert dates(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today, yesterday, tomorrow", ["2025-08-26", "2025-08-25", "2025-08-27"]),
        ("last week; next week", ["2025-08-18/2025-08-24", "2025-09-01/2025-09-07"]),
        ("last month; earlier this month; early next year", ["2025-07", "2025-08", "2026"]),
        ("last August; next March; September last year", ["2024-08", "2026-03", "2024-09"]),
        ("two weeks ago; three months ago; a year ago; ten days ago", ["2025-08-11/2025-08-17", "2025-05", "2024", "2025-08-16"]),
        ("It was filed in February 2024 and withdrawn three months later.", ["2024-02", "2024-05"]),
        ("In early 2024 it was renamed. That January it grew.", ["2024", "2024-01"]),
        ("next month on April 28th; last week on Tuesday", ["2025-04-28", "2025-08-19"]),
        ("the next two years; by the end of next month", ["2026/2027", "2025-09-30"]),
        ("recently, soon, in recent months, over the last year, more than a year ago", []),
    ],
)
def test_relative_date_is_seen_from_publication(text: str, expected: list[str]) -> None:
    assert dates(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It launched on Wednesday.", ["2025-08-20"]),
        ("It will launch on Wednesday.", ["2025-08-27"]),
        ("Chan delivers his Budget on Wednesday.", ["2025-08-27"]),
        ("On Friday hackers emptied a wallet.", ["2025-08-22"]),
        ("It said on Monday that it would close in October.", ["2025-08-25", "2025-10"]),
        ("Licences should be granted in March.", ["2026-03"]),
        ("It had raised queries in September.", ["2024-09"]),
        ("The regulator may deem some of them licensed from June 1.", ["2026-06-01"]),
        ("The law, passed on May 21, takes effect on September 1.", ["2025-05-21", "2025-09-01"]),
        ("Wallets can be opened, since May 17, by all.", ["2025-05-17"]),
        ("The court adjourned the case to October 9.", ["2025-10-09"]),
        ("The rules, effective from August 1, are strict; others, effective January 1, are not.", ["2025-08-01", "2026-01-01"]),
        ("HKMA to issue first licences in March", ["2026-03"]),
        ("the Feb. 29 cut-off", ["2024-02-29"]),
    ],
)
def test_sentence_tells_past_from_future(text: str, expected: list[str]) -> None:
    assert dates(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "She may come.",
        "May Chan and April Lee spoke.",
        "Theresa May resigned.",
        "They march on.",
        "a second time",
        "Sun and Mon",
        "Black Friday",
        "every Monday",
        "Sunday Times",
        "Monday.com",
        "today's market",
        "24/7 news",
        "version 2.0",
        "7:42 PM",
        "+852 2231 1222",
    ],
)
def test_other_words_are_no_dates(text: str) -> None:
    assert dates(text) == []


def test_day_number_that_counts_is_no_day() -> None:
    assert dates("In March 20 firms applied.") == ["2025-03"]


@pytest.mark.parametrize("text", ["on Wednesday", "in May", "April 28th", "last week", "two years ago", "third quarter"])
def test_relative_date_without_publication_is_left_out(text: str) -> None:
    assert dates(text, None) == []


def test_month_of_publication_resolves_months_but_not_weekdays() -> None:
    assert dates("On Friday it said that it will meet on April 28th, after last month.", "2023-03") == ["2023-04-28", "2023-02"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It shall happen next month on April 28th. It took the plunge last year in September 2022.", "2023-03"),
        ("HONG KONG, May 24, 2024 (Wire) — A firm left.", "2024-05-24"),
        ("The bureau today (28 March 2023) announced it.", "2023-03-28"),
        ("Last month, in December 2022, it fell.", "2023-01"),
        ("It fell last year in 2022.", None),
        ("Last year in 2022 it fell; last year in 2019 it rose; next month on April 2nd.", None),
        ("It passed in August 2023.", None),
    ],
)
def test_publication_is_inferred_from_anchors(text: str, expected: str | None) -> None:
    assert infer_published(text, [(0, len(text))]) == expected
