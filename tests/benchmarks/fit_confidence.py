"""Fit the constants of knowledge/confidence.py and knowledge/calibration.py.

``python -m tests.benchmarks.fit_confidence DATA``: each corpus (tests/benchmarks/confidence_corpora.py) is indexed and
asked with the product's own search. A question counts as answered by the corpus, and once more, with its topic's
passages invisible, as not answered. Every corpus weighs the same. English corpora are fitted twice: with the vector leg
for the model with a cosine, and without, beside the Korean ones, for the keyword model.

The weights are fitted with a constant for each corpus, so that they tell questions of one corpus apart and nothing
else. The line of the keyword model is then fitted to the constants that the Korean corpora, which have no vectors,
would like best with these weights and the odds of the middle line: once from length and size, once from the scores of
impostors; the mean of both is printed to paste. Deterministic; takes some minutes, most of them for English vectors.

What is printed as "left out" is the AUC, or how far the line is missed, on each family by a fit on the others.
"""

import argparse
import math
import sys
import tempfile
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.calibration import SHRINKAGE, SIZES, TYPICAL, TYPICAL_IMPOSTOR, TYPICAL_SIZE, load
from knowledge.confidence import Signals
from knowledge.impostors import impostors
from knowledge.keywords import KeywordIndex
from knowledge.language import Language
from knowledge.passages import Passage, Visible
from knowledge.search import Knowledge
from tests.benchmarks.confidence_corpora import Corpus, corpora
from tests.benchmarks.refusal import auc

Numbers = NDArray[np.float64]
KEYWORD_SIGNALS = ("words_gap", "bigrams_gap", "words_top")
VECTOR_SIGNALS = ("cosine", "words_gap")
RIDGE = 0.3
ODDS = 1.5
"""A wrong answer is so much worse than an offer of the nearest questions."""


@dataclass(frozen=True)
class Case:
    """The signals of one corpus: a row a question, answered and not answered, and those of impostors; its shape."""

    name: str
    family: str
    language: Language
    length: float
    count: int
    impostors: Sequence[Signals]
    answered: Sequence[Signals]
    unanswered: Sequence[Signals]


def main() -> None:
    """Print the constants to paste."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    found = [case for corpus in corpora(parser.parse_args().data) for case in cases(corpus)]
    with_vectors = [case for case in found if case.answered[0].cosine is not None]
    _report("VECTORS", with_vectors, VECTOR_SIGNALS)
    keywords = [replace(case, answered=_bare(case.answered), unanswered=_bare(case.unanswered)) for case in found]
    _report("KEYWORDS", keywords, KEYWORD_SIGNALS)
    report_line(keywords, _fit(keywords, KEYWORD_SIGNALS)[:-1])


def cases(corpus: Corpus) -> list[Case]:
    """Index ``corpus``, ask its questions, with their topics visible and not."""
    passages = [
        Passage(number, corpus.language, entry.text, entry.title) for number, entry in enumerate(corpus.entries, 1)
    ]
    topics = {number: entry.topic for number, entry in enumerate(corpus.entries, 1)}
    with tempfile.TemporaryDirectory() as folder:
        knowledge = Knowledge(Path(folder))
        knowledge.index(passages)
        knowledge.calibrate(passages)
        length = load(Path(folder) / "calibration.json").lengths[corpus.language]
        words = KeywordIndex(Path(folder) / "words")
        words.add(passages)
        faked = impostors(words, passages)
        words.close()
        answered, unanswered = [], []
        for text, about in corpus.asked:
            answered.append(knowledge.search(text).signals)
            unanswered.append(knowledge.search(text, visible=_without(topics, about)).signals)
        unanswered += [knowledge.search(text).signals for text in corpus.unanswerable]
        knowledge.close()
    print(f"{corpus.name}: {len(passages)} passages, {len(answered)} + {len(unanswered)} questions", file=sys.stderr)
    shape = length, len(passages)
    return [Case(corpus.name, corpus.family, corpus.language, *shape, faked, answered, unanswered)]


def _without(topics: dict[int, str], about: Collection[str]) -> Visible:
    return lambda ids: [each for each in ids if topics[each] not in about]


def _bare(signals: Sequence[Signals]) -> list[Signals]:
    return [replace(each, cosine=None) for each in signals]


def _rows(signals: Sequence[Signals], names: Sequence[str]) -> Numbers:
    return np.array([[getattr(each, name) or 0.0 for name in names] for each in signals])


def _fit(found: Sequence[Case], names: Sequence[str]) -> Numbers:
    """Return the weights and, last, the mean constant of a logistic model with a constant for each corpus.

    Every corpus weighs the same.
    """
    blocks, wanted, weight = [], [], []
    for place, case in enumerate(found):
        own = np.eye(len(found))[place, 1:]
        for signals, label in ((case.answered, 1.0), (case.unanswered, 0.0)):
            blocks.append(np.hstack([_rows(signals, names), np.tile(own, (len(signals), 1))]))
            wanted += [label] * len(signals)
            weight += [500 / len(signals)] * len(signals)
    solution = logistic(np.vstack(blocks), np.array(wanted), np.array(weight))
    return np.append(solution[: len(names)], solution[-1] + solution[len(names) : -1].sum() / len(found))


def logistic(inputs: Numbers, wanted: Numbers, weight: Numbers) -> Numbers:
    """Fit a logistic model, ridge on the standardised inputs, by Newton's method; weights, then the constant."""
    mean, deviation = inputs.mean(axis=0), inputs.std(axis=0) + 1e-9
    design = np.column_stack([(inputs - mean) / deviation, np.ones(len(inputs))])
    ridge = np.diag([RIDGE] * inputs.shape[1] + [0.0])
    solution = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ solution))
        slope = design.T @ (weight * (wanted - chance)) - ridge @ solution
        curve = (design * (weight * chance * (1 - chance))[:, np.newaxis]).T @ design + ridge
        step = np.linalg.solve(curve, slope)
        solution += step
        if np.abs(step).max() < 1e-9:
            break
    weights = solution[:-1] / deviation
    return np.append(weights, solution[-1] - weights @ mean)


def _report(title: str, found: Sequence[Case], names: Sequence[str]) -> None:
    fitted = _fit(found, names)
    print(title, ", ".join(f"{name}={value:.3f}" for name, value in zip([*names, "constant"], fitted, strict=True)))
    for family in sorted({case.family for case in found}):
        left_out = _fit([case for case in found if case.family != family], names)
        for case in (case for case in found if case.family == family):
            raws = [_rows(signals, names) @ left_out[:-1] for signals in (case.answered, case.unanswered)]
            print(f"  {case.name:28} AUC left out {auc(*raws):.3f}")


Features = Callable[[Case], list[float]]


def report_line(found: Sequence[Case], weights: Numbers) -> None:
    """Print the line of the keyword model, and how far each guess misses it on families that were left out."""

    def shape(case: Case) -> list[float]:
        count = min(max(case.count, SIZES[0]), SIZES[1])
        return [1.0, case.length - TYPICAL, math.log(count / TYPICAL_SIZE)]

    def faked(case: Case) -> list[float]:
        scores = _rows(case.impostors, KEYWORD_SIGNALS) @ weights
        middle, count = float(np.median(scores)), len(scores)
        return [1.0, (count * middle + SHRINKAGE * TYPICAL_IMPOSTOR) / (count + SHRINKAGE) - TYPICAL_IMPOSTOR]

    korean = [case for case in found if case.language == "ko"]
    wanted = {case.name: _wanted(case, weights) for case in found}
    one, other = (_line(korean, each, wanted) for each in (shape, faked))
    print("CONSTANT", round((one[0] + other[0]) / 2, 3), "SLOPE", round(one[1] / 2, 3), end=" ")
    print("SIZE_SLOPE", round(one[2] / 2, 3), "IMPOSTOR_SLOPE", round(other[1] / 2, 3), end=" ")
    print("ENGLISH", round(float(np.mean([wanted[case.name] for case in found if case.language == "en"])), 3))
    guesses: dict[str, list[Features]] = {
        "one line for all": [lambda _: [1.0]],
        "length": [lambda case: shape(case)[:2]],
        "length and size": [shape],
        "impostors": [faked],
        "mean of both": [shape, faked],
        "all in one fit": [lambda case: [*shape(case), faked(case)[1]]],
    }
    for name, features in guesses.items():
        missed = {}
        for family in sorted({case.family for case in korean}):
            rest = [case for case in korean if case.family != family]
            lines = [_line(rest, each, wanted) for each in features]
            missed[family] = np.mean(
                [
                    abs(
                        np.mean([line @ each(case) for line, each in zip(lines, features, strict=True)])
                        - wanted[case.name]
                    )
                    for case in korean
                    if case.family == family
                ]
            )
        shown = "  ".join(f"{family} {value:.2f}" for family, value in missed.items())
        print(f"  missed, left out: {name:18} {np.mean(list(missed.values())):.2f}  {shown}")


def _line(found: Sequence[Case], features: Features, wanted: dict[str, float]) -> Numbers:
    """Return the coefficients of a linear guess at the constants, by least squares."""
    rows = np.array([features(case) for case in found])
    line: Numbers = np.linalg.lstsq(rows, np.array([wanted[case.name] for case in found]), rcond=None)[0]
    return line


def _wanted(case: Case, weights: Numbers) -> float:
    """Return the constant of a logistic model of one corpus whose weights are given, unanswered ones weighing ODDS."""
    raws = [_rows(signals, KEYWORD_SIGNALS) @ weights for signals in (case.answered, case.unanswered)]
    low, high = -30.0, 30.0
    for _ in range(60):
        middle = (low + high) / 2
        answered, unanswered = (1 / (1 + np.exp(-(raw + middle))) for raw in raws)
        if ODDS * unanswered.mean() > (1 - answered).mean():
            high = middle
        else:
            low = middle
    return (low + high) / 2


if __name__ == "__main__":
    main()
