"""How far a figure can be trusted: bootstrap over documents, seeded, so that the same records give the same numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from hkcrypto.evaluation.tally import Tally

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

SEED = 20230605
RESAMPLES = 1000
BOUNDS = (2.5, 97.5)  # percentiles: a 95 % interval
MEASURES = ("precision", "recall", "f1")


def intervals(documents: Sequence[Mapping[str, Tally]], figure: str) -> dict[str, tuple[float, float]]:
    """Return the 95 % interval of precision, recall and F1 of a figure, were other documents of the same kind drawn.

    Resamples that hold nothing of the figure say nothing of it; where all are such, the intervals are zero.
    """
    import numpy as np

    sums = _resampled(documents, figure)
    sums = sums[:, sums.any(axis=0)]
    if not sums.size:
        return dict.fromkeys(MEASURES, (0.0, 0.0))
    lows, highs = np.percentile(_shares(sums), BOUNDS, axis=1)
    return {name: (float(low), float(high)) for name, low, high in zip(MEASURES, lows, highs, strict=True)}


def paired_p(ours: Sequence[Mapping[str, Tally]], theirs: Sequence[Mapping[str, Tally]], figure: str) -> float:
    """Return the two-sided p-value of the difference in F1 of two systems on the same documents, in the same order.

    It is the share of resamples whose difference is as far from the one observed as that is from none.
    """
    import numpy as np

    observed = _sum(ours, figure).f1 - _sum(theirs, figure).f1
    drawn = _shares(_resampled(ours, figure))[2] - _shares(_resampled(theirs, figure))[2]
    # What sums lose in their last digits makes no difference.
    extreme = int(np.count_nonzero(np.abs(drawn - observed) >= abs(observed) - 1e-12))
    return (1 + extreme) / (1 + RESAMPLES)


def macro(tallies: Sequence[Tally]) -> dict[str, float]:
    """Return the unweighted means of precision, recall and F1 over the tallies that have counted something."""
    counted = [tally for tally in tallies if tally]
    return {name: sum(getattr(tally, name) for tally in counted) / (len(counted) or 1) for name in MEASURES}


def _sum(documents: Sequence[Mapping[str, Tally]], figure: str) -> Tally:
    whole = Tally()
    for tallies in documents:
        whole.add(tallies.get(figure, Tally()))
    return whole


def _resampled(documents: Sequence[Mapping[str, Tally]], figure: str) -> Floats:
    """Return the sums (rows tp, fp, fn) of each resample; the draw depends on the number of documents alone, so it pairs systems."""
    import numpy as np

    count = len(documents)
    counts = np.array([[t.tp, t.fp, t.fn] for t in (tallies.get(figure, Tally()) for tallies in documents)], dtype=float)
    weights = np.random.default_rng(SEED).multinomial(count, [1 / count] * count, size=RESAMPLES)
    sums: Floats = (weights @ counts).T
    return sums


def _shares(sums: Floats) -> Floats:
    """Return precision, recall and F1 (rows) of sums."""
    import numpy as np

    tp, fp, fn = sums
    return np.stack([_share(tp, tp + fp), _share(tp, tp + fn), _share(2 * tp, 2 * tp + fp + fn)])


def _share(part: Floats, whole: Floats) -> Floats:
    import numpy as np

    return np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)
