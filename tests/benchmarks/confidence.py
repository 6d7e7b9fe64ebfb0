"""Precision and recall over --min-confidence, drawn into docs/confidence.svg and set as a table into docs/confidence.md.

python -m tests.benchmarks.confidence

Measured is what confidences are not made from: the held-out articles and the held-out half of the bank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hkcrypto import load
from hkcrypto.calibrate import cases_of, wanted
from hkcrypto.confidence import load_confidences

ROOT = Path(__file__).parents[2]
HELD_OUT = [f"dev-{number:02}" for number in range(3, 25, 3)]
GOLD = {ROOT / "tests" / "articles" / "dev": HELD_OUT, ROOT / "tests" / "bank" / "held": []}
STEPS = [0.0, 0.7, 0.75, 0.8, 0.82, 0.84, 0.86, 0.88, 0.9, 0.92]
WIDTH, HEIGHT, LEFT, TOP, INNER_W, INNER_H = 640, 340, 56, 20, 460, 260
COLOURS = {"precision": "#1b6ca8", "recall": "#c8553d"}
BEGIN, END = "<!-- table -->", "<!-- end of table -->"


@dataclass(frozen=True, slots=True)
class Point:
    """What is left at a bound: how many relations, how many of them right, and of how many in the gold."""

    bound: float
    found: int
    right: int
    gold: int

    @property
    def precision(self) -> float:
        """The share of what is left that is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the gold that is left."""
        return self.right / self.gold


def points(outcomes: Sequence[tuple[float, bool]], gold: int, bounds: Iterable[float]) -> list[Point]:
    """Return the figures at each bound."""
    kept = [(bound, [right for value, right in outcomes if value >= bound]) for bound in bounds]
    return [Point(bound, len(rows), sum(rows), gold) for bound, rows in kept]


def table(rows: Sequence[Point]) -> str:
    """Return the figures as Markdown."""
    head = "| `--min-confidence` | relations | precision | recall |\n|---|---|---|---|\n"
    return head + "".join(f"| {p.bound:.2f} | {p.found} | {p.precision:.3f} | {p.recall:.3f} |\n" for p in rows)


def picture(rows: Sequence[Point]) -> str:
    """Return the figures as an SVG: the bounds side by side, since most of them lie near the top of the scale."""

    def x(place: int) -> float:
        return LEFT + INNER_W * place / (len(rows) - 1)

    def y(value: float) -> float:
        return TOP + INNER_H * (1 - value)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12" fill="#333">',
        "<title>Precision and recall of relations over --min-confidence</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for tick in range(6):
        at = y(tick / 5)
        parts.append(f'<line x1="{LEFT}" y1="{at:.1f}" x2="{LEFT + INNER_W}" y2="{at:.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{tick / 5:.1f}</text>')
    for place, point in enumerate(rows):
        parts.append(f'<text x="{x(place):.1f}" y="{TOP + INNER_H + 20}" text-anchor="middle">{point.bound:.2f}</text>')
    parts.append(f'<text x="{LEFT + INNER_W / 2}" y="{TOP + INNER_H + 44}" text-anchor="middle">--min-confidence</text>')
    for name, colour in COLOURS.items():
        values = [getattr(point, name) for point in rows]
        line = " ".join(f"{x(place):.1f},{y(value):.1f}" for place, value in enumerate(values))
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x(place):.1f}" cy="{y(value):.1f}" r="3" fill="{colour}"/>' for place, value in enumerate(values)]
        parts.append(f'<text x="{LEFT + INNER_W + 12}" y="{y(values[-1]) + 4:.1f}" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def main() -> None:
    """Measure, draw, and write the table."""
    extractor, confidences = load(), load_confidences()
    cases = [case for path, only in GOLD.items() for case in cases_of(extractor, path, only=only)]
    outcomes = [(confidences.best(case.as_read()), case.right) for case in cases]
    rows = points(outcomes, sum(wanted(path, only=only) for path, only in GOLD.items()), STEPS)
    (ROOT / "docs" / "confidence.svg").write_text(picture(rows), encoding="utf-8")
    page = ROOT / "docs" / "confidence.md"
    text = re.sub(f"{BEGIN}.*?{END}", lambda _: f"{BEGIN}\n{table(rows)}{END}", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    page.write_text(text, encoding="utf-8")
    print(table(rows), end="")


if __name__ == "__main__":
    main()
