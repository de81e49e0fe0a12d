"""The small model for Korean: a logistic regression over hashed n-grams, its weights in one byte each (``korean.npz``).

``python -m tests.benchmarks.fit_sentiment DATA`` made the file; docs/sentiment.md says from what and how good it is.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.sentiment.grams import BUCKETS, buckets

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = Path(__file__).with_name("korean.npz")


class Model(NamedTuple):
    """For each bucket weight x idf and idf squared, zero for buckets without a weight; and the constant."""

    pulls: "NDArray[np.float32]"
    squares: "NDArray[np.float32]"
    bias: float


def unpack(file: Path) -> Model:
    """Return the model of a file: ``places`` (buckets, the differences between them), ``weights`` int8, ``idf`` uint8.

    The bytes are the roots of the weights: most are small. ``scales`` are those of weight and idf, and the constant.
    """
    import numpy as np

    with np.load(file) as packed:
        places = np.cumsum(packed["places"].astype(np.int64))
        weight, idf, bias = (float(each) for each in packed["scales"])
        pulls, squares = np.zeros(BUCKETS, np.float32), np.zeros(BUCKETS, np.float32)
        idfs = packed["idf"].astype(np.float32) * idf
        roots = packed["weights"].astype(np.float32)
        pulls[places] = np.sign(roots) * roots**2 * weight * idfs
        squares[places] = idfs**2
    return Model(pulls, squares, bias)


@lru_cache(maxsize=1)
def shipped() -> Model:
    """Return the model that comes with Dapbot."""
    return unpack(FILE)


def log_odds(model: Model, words: Sequence[str]) -> tuple[float, list[float]]:
    """Return the log odds of praise against complaint, and what each word adds to them; (0, []) when none is known."""
    import numpy as np

    grams = list(dict.fromkeys(gram for word in words for gram in buckets(word)))
    places = np.fromiter(grams, np.int64, len(grams))
    norm = float(model.squares[places].sum()) ** 0.5
    if not norm:
        return 0.0, []
    parts = [float(model.pulls[list(buckets(word))].sum()) / norm for word in words]
    return float(model.pulls[places].sum()) / norm + model.bias, parts
