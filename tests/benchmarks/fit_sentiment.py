"""Fit the Korean model of sentiment, and print how good it is on texts it was not fitted on.

``python -m tests.benchmarks.fit_sentiment DATA`` (a folder with nsmc_raw.jsonl.gz, CC0, and kote.jsonl.gz, MIT)
prints, for five folds with a fixed seed, the balanced accuracy of praise against complaint, with and without rules, and
of three classes with the neutral band, then fits on everything and writes bot/sentiment/korean.npz. ``--figures``
leaves the file as it is. It learns from sentiment_seeds.txt as well, which was written for the project.
"""

import argparse
import gzip
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bot.sentiment.grams import BUCKETS, buckets, words_of
from bot.sentiment.korean_model import FILE, unpack
from bot.sentiment.reading import NEUTRAL, rest_of, score_korean

SETS = ("nsmc_raw", "kote")
SEEDS = Path(__file__).with_name("sentiment_seeds.txt")
SEED_WEIGHT = 6.0
"""A sentence of support language beside 23,000 film reviews and comments."""

FOLDS, RANDOM, STRENGTH, RAREST = 5, 5, 4.0, 2
SIDES = (-1, 0, 1)
SIGNS = {"negative": -1, "neutral": 0, "mixed": 0, "positive": 1}
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Text:
    """One text, the set it is from, -1, 0 or 1."""

    text: str
    origin: str
    sign: int


def main() -> None:
    """Print the figures, write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--figures", action="store_true", help="write no model")
    given = parser.parse_args()
    texts = [text for name in SETS for text in _read(given.data / f"{name}.jsonl.gz", name)]
    report(texts, cross_validated(texts))
    if not given.figures:
        fit([text for text in texts if text.sign], FILE)
        print(f"{FILE.name}: {FILE.stat().st_size / 1e6:.2f} MB")


def _read(path: Path, name: str) -> list[Text]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [Text(row["text"], name, SIGNS.get(row["label"], 0)) for row in rows]


def seeds() -> list[Text]:
    """Return our own sentences."""
    lines = SEEDS.read_text("utf-8").splitlines()
    return [Text(line[2:], "seeds", 1 if line[0] == "+" else -1) for line in lines if line[:1] in ("+", "-")]


def fit(texts: Sequence[Text], file: Path) -> None:
    """Fit on ``texts`` and the seeds, and write the model to ``file`` as the product reads it."""
    texts = [*texts, *seeds()]
    x = _matrix(texts)
    idf = np.log((1 + len(texts)) / (1 + np.asarray(x.sum(axis=0)).ravel())) + 1
    idf[np.asarray(x.sum(axis=0)).ravel() < RAREST] = 0
    x = sparse.csr_matrix(x.multiply(idf))
    norm = np.sqrt(np.asarray(x.multiply(x).sum(axis=1)).ravel())
    x = sparse.csr_matrix(sparse.diags(1 / np.maximum(norm, 1e-9)) @ x)
    model = LogisticRegression(C=STRENGTH, solver="liblinear", dual=True, max_iter=300, random_state=RANDOM)
    model.fit(x, [text.sign > 0 for text in texts], sample_weight=_weights(texts))
    _write(model.coef_[0], idf, float(model.intercept_[0]), file)


def _matrix(texts: Sequence[Text]) -> sparse.csr_matrix:
    starts, places = [0], []
    for text in texts:
        places += sorted({gram for word in words_of(rest_of(text.text)) for gram in buckets(word)})
        starts.append(len(places))
    return sparse.csr_matrix((np.ones(len(places)), places, starts), shape=(len(texts), BUCKETS))


def _weights(texts: Sequence[Text]) -> Numbers:
    """Let praise and complaint weigh the same inside each set."""
    weights = np.full(len(texts), SEED_WEIGHT)
    origins, signs = np.array([text.origin for text in texts]), np.array([text.sign for text in texts])
    for name in SETS:
        for sign in (-1, 1):
            some = (origins == name) & (signs == sign)
            weights[some] = (origins == name).sum() / 2 / max(1, some.sum())
    return weights


def _write(weights: Numbers, idf: Numbers, bias: float, file: Path) -> None:
    scale, idf_scale = float(np.abs(weights).max()) / 127**2, float(idf.max()) / 255
    small = np.round(np.sign(weights) * np.sqrt(np.abs(weights) / scale)).astype(np.int8)
    small_idf = np.round(idf / idf_scale).astype(np.uint8)
    places = np.flatnonzero(small_idf)
    steps = np.diff(places, prepend=0).astype(np.uint16)
    assert int(np.diff(places, prepend=0).max()) < 1 << 16
    numbers = np.array([scale, idf_scale, bias])
    np.savez_compressed(file, places=steps, weights=small[places], idf=small_idf[places], scales=numbers)


def cross_validated(texts: Sequence[Text]) -> Numbers:
    """Return for each text [log odds of the model, score of the product], by a model that has not seen it."""
    told = np.array([text.sign != 0 for text in texts])
    random, fold = np.random.default_rng(RANDOM), np.zeros(len(texts), int)
    fold[told], fold[~told] = random.integers(0, FOLDS, told.sum()), random.integers(0, FOLDS, (~told).sum())
    found = np.zeros((len(texts), 2))
    for number in range(FOLDS):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "fold.npz")
            fit([text for text, own in zip(texts, fold, strict=True) if own != number and text.sign], file)
            model = unpack(file)
        for place in np.flatnonzero(fold == number):
            read = score_korean(texts[place].text, model)
            found[place] = read.model, read.score
    return found


def report(texts: Sequence[Text], found: Numbers) -> None:
    """Print the figures of each set."""
    for name in SETS:
        some = np.array([text.origin == name for text in texts])
        signs = np.array([text.sign for text in texts])[some]
        told = signs != 0
        for label, scores in (("model alone", found[some, 0]), ("with rules", found[some, 1])):
            print(f"{name:<10} {label:<12} balanced accuracy {balanced(signs[told] > 0, scores[told] > 0):.4f}")
        for band in (0.05, 0.1, 0.15, 0.2, 0.3, 0.4):
            guess = np.where(np.abs(found[some, 1]) < band, 0, np.sign(found[some, 1]))
            mark = " <- shipped" if band == NEUTRAL else ""
            right, f1 = float(np.mean(guess == signs)), macro(signs, guess)
            print(f"{name:<10} band {band:.2f}    three classes: accuracy {right:.3f}, macro F1 {f1:.3f}{mark}")


def balanced(truth: NDArray[np.bool_], guess: NDArray[np.bool_]) -> float:
    """Return the mean of the recalls of both classes."""
    return float((guess[truth].mean() + (~guess[~truth]).mean()) / 2)


def macro(truth: NDArray[np.int_], guess: NDArray[np.float64]) -> float:
    """Return the mean F1 of the three classes."""
    found = [((truth == c) & (guess == c)).sum() * 2 / max(1, (truth == c).sum() + (guess == c).sum()) for c in SIDES]
    return float(np.mean(found))


if __name__ == "__main__":
    main()
