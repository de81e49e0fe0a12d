"""Make the file of static_vectors.py: ``python -m tests.benchmarks.fit_korean_vectors FILE`` (make vectors).

Data card: the only source is the model of kiwipiepy (Apache-2.0), no text is read. Kiwi tells the cosine of any two
morphemes; its vectors have 256 dimensions, so the cosines to 320 of them (landmarks) and an eigenvalue decomposition
give all vectors, exactly but for a rotation. They are centred, whitened, cut to the most frequent terms and
to eight bits. Frequencies are guessed from Kiwi's own order by Zipf's law. Deterministic with one Kiwi; about 20 s.
"""

import argparse
from pathlib import Path

import numpy as np
from kiwipiepy import Kiwi
from numpy.typing import NDArray

from knowledge.tokens import Morpheme

Numbers = NDArray[np.float64]
DIMENSIONS = 256
LANDMARKS = 320
TERMS = 29_000
ZIPF = 30.0
SMOOTH = 1e-3


def main() -> None:
    """Write the file and print its size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    file = parser.parse_args().file
    kiwi = Kiwi(num_workers=1, load_typo_dict=False, load_multi_dict=False)
    places = terms_of(kiwi)
    chance = 1 / (np.argsort(np.argsort(list(places.values()))) + ZIPF)
    chance /= chance.sum()
    vectors = whitened(recovered(kiwi, list(places.values())), chance)
    kept = np.argsort(-chance, kind="stable")[:TERMS]
    scale = np.abs(vectors[kept]).max(axis=1) / 127
    whole = np.rint(vectors[kept] / scale[:, np.newaxis]).astype(np.int8)
    weights = (SMOOTH / (SMOOTH + chance[kept]) * scale).astype(np.float32)
    names = list(places)
    file.parent.mkdir(parents=True, exist_ok=True)
    terms = np.frombuffer("\n".join(names[place] for place in kept).encode(), np.uint8)
    np.savez(file, terms=terms, vectors=whole, weights=weights)
    print(f"{file}: {len(kept)} of {len(names)} terms, {file.stat().st_size / 1e6:.2f} MB")


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


def recovered(kiwi: Kiwi, numbers: list[int]) -> Numbers:
    """Return Kiwi's unit vector of each morpheme, shape (morphemes, 256), but for a rotation."""
    marks = np.linspace(0, len(numbers) // 2, LANDMARKS).astype(int)
    cosines = np.array([[kiwi.morpheme_similarity(numbers[mark], each) for each in numbers] for mark in marks]).T
    values, axes = np.linalg.eigh((cosines[marks] + cosines[marks].T) / 2)
    best = np.argsort(-values)[:DIMENSIONS]
    found: Numbers = cosines @ (axes[:, best] / np.sqrt(values[best]))
    return found


def whitened(vectors: Numbers, chance: Numbers) -> Numbers:
    """Return unit vectors without what all words share, with the same spread in all directions."""
    centred = vectors - chance @ vectors
    values, axes = np.linalg.eigh(np.cov(centred.T))
    turned = centred @ axes / np.sqrt(values)
    found: Numbers = turned / np.linalg.norm(turned, axis=1, keepdims=True)
    return found


if __name__ == "__main__":
    main()
