"""Make the file of knowledge/korean_vectors.py: ``python -m tests.benchmarks.fit_korean_vectors FILE`` (make vectors).

Data card: the only source is the model of kiwipiepy (Apache-2.0), no text is read. Kiwi tells two cosines of any two
morphemes, of what they mean and of the contexts they stand in. Each are those of vectors of 256 dimensions, so the
cosines to some hundred morphemes (landmarks) and an eigenvalue decomposition give all vectors, exactly but for a
rotation. Both are centred, whitened and joined to 512 dimensions, of each of which -1, 0 or 1 is kept. Frequencies are
guessed from Kiwi's own order by Zipf's law. Deterministic with one Kiwi; about a minute.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
from kiwipiepy import Kiwi
from numpy.typing import NDArray

from knowledge.korean_vectors import packed
from knowledge.tokens import Morpheme

Numbers = NDArray[np.float64]
DIMENSIONS = 256
LANDMARKS = 320
COMMON = 30_000
"""Of so many of the most frequent terms the landmarks are taken."""
ZIPF = 30.0
SMOOTH = 1e-3
FLOOR = 1e-4
"""Directions with less spread than this share of the greatest are not made larger than that."""
CUT = 0.4
"""A dimension counts where it is at least this share of the greatest of its term."""


def main() -> None:
    """Write the file and print its size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    file = parser.parse_args().file
    kiwi = Kiwi(num_workers=1, load_typo_dict=False, load_multi_dict=False)
    places = terms_of(kiwi)
    numbers = np.array(list(places.values()))
    chance = 1 / (np.argsort(np.argsort(numbers)) + ZIPF)
    chance /= chance.sum()
    meant = recovered(kiwi.morpheme_similarity, numbers)
    around = recovered(lambda one, other: kiwi.context_similarity([one], [other]), numbers)
    vectors = np.hstack([whitened(meant, chance), whitened(around, chance)])
    signs = np.sign(vectors) * (np.abs(vectors) >= CUT * np.abs(vectors).max(axis=1, keepdims=True))
    weights = SMOOTH / (SMOOTH + chance) / np.linalg.norm(signs, axis=1)
    order = np.argsort(-chance, kind="stable")
    names = list(places)
    terms = np.frombuffer("\n".join(names[place] for place in order).encode(), np.uint8)
    file.parent.mkdir(parents=True, exist_ok=True)
    codes = packed(signs[order].astype(np.int8))
    np.savez_compressed(file, terms=terms, codes=codes, weights=weights[order].astype(np.float32))
    print(f"{file}: {len(names)} terms, {vectors.shape[1]} dimensions, {file.stat().st_size / 1e6:.2f} MB")


def terms_of(kiwi: Kiwi) -> dict[str, int]:
    """Return each term that has a vector, with the number of its first morpheme: the more frequent the smaller."""
    count = len(kiwi.most_similar_morphemes(("환불", "NNG"), 1_000_000))
    found: dict[str, int] = {}
    for number in range(count):
        token = kiwi.morpheme(number)
        morpheme = Morpheme(token.form, token.tag.partition("-")[0], 0, 0)
        if morpheme.is_content:
            found.setdefault(morpheme.term, number)
    return found


def recovered(cosine: Callable[[int, int], float], numbers: NDArray[np.int64]) -> Numbers:
    """Return the unit vector of each morpheme, shape (morphemes, 256), but for a rotation."""
    marks = np.argsort(numbers)[np.linspace(0, COMMON, LANDMARKS).astype(int)]
    each = numbers.tolist()
    cosines = np.array([[cosine(each[mark], one) for one in each] for mark in marks]).T
    values, axes = np.linalg.eigh((cosines[marks] + cosines[marks].T) / 2)
    best = np.argsort(-values)[:DIMENSIONS]
    found: Numbers = cosines @ (axes[:, best] / np.sqrt(values[best]))
    return found


def whitened(vectors: Numbers, chance: Numbers) -> Numbers:
    """Return unit vectors without what all words share, with the same spread in all directions."""
    centred = vectors - chance @ vectors
    values, axes = np.linalg.eigh(np.cov(centred.T))
    turned = centred @ axes / np.sqrt(np.maximum(values, values.max() * FLOOR))
    found: Numbers = turned / np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-9)
    return found


if __name__ == "__main__":
    main()
