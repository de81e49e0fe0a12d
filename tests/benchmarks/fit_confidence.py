"""Fit the constants of knowledge/confidence.py: ``python -m tests.benchmarks.fit_confidence DATA``.

Each corpus (tests/benchmarks/confidence_corpora.py) is indexed and asked with the product's own search. A question
counts as answered by the corpus, and once more, with its topic's passages invisible, as not answered. Every corpus
weighs the same. English corpora are fitted twice: with the vector leg for the model with a cosine, and without, beside
the Korean ones, for the keyword model; that one is fitted together with the length of the corpus (SLOPE in
knowledge/calibration.py). The odds of the middle line are set by hand. Deterministic; takes some minutes, most of them
for English vectors.

What is printed as "left out" is the AUC on each family by a model fitted on the others.
"""

import argparse
import sys
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.calibration import TYPICAL, load
from knowledge.confidence import Signals
from knowledge.passages import Passage, Visible
from knowledge.search import Knowledge
from tests.benchmarks.confidence_corpora import Corpus, corpora
from tests.benchmarks.refusal import auc

Numbers = NDArray[np.float64]
KEYWORD_SIGNALS = ("words_gap", "bigrams_gap", "words_top")
VECTOR_SIGNALS = ("cosine", "words_gap")
RIDGE = 0.3


@dataclass(frozen=True)
class Case:
    """The signals of one corpus: a row a question, answered and not answered, and the corpus's length."""

    name: str
    family: str
    length: float
    answered: Sequence[Signals]
    unanswered: Sequence[Signals]


def main() -> None:
    """Print the constants to paste."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    found = [case for corpus in corpora(parser.parse_args().data) for case in cases(corpus)]
    with_vectors = [case for case in found if case.answered[0].cosine is not None]
    keywords = [replace(case, answered=_bare(case.answered), unanswered=_bare(case.unanswered)) for case in found]
    _report("VECTORS", with_vectors, VECTOR_SIGNALS, length=False)
    _report("KEYWORDS", keywords, KEYWORD_SIGNALS, length=True)
    _report("KEYWORDS, welfare left out", [c for c in keywords if c.family != "welfare"], KEYWORD_SIGNALS, length=True)


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
        answered, unanswered = [], []
        for text, about in corpus.asked:
            answered.append(knowledge.search(text).signals)
            unanswered.append(knowledge.search(text, visible=_without(topics, about)).signals)
        unanswered += [knowledge.search(text).signals for text in corpus.unanswerable]
        knowledge.close()
    print(f"{corpus.name}: {len(passages)} passages, {len(answered)} + {len(unanswered)} questions", file=sys.stderr)
    return [Case(corpus.name, corpus.family, length, answered, unanswered)]


def _without(topics: dict[int, str], about: Collection[str]) -> Visible:
    return lambda ids: [each for each in ids if topics[each] not in about]


def _bare(signals: Sequence[Signals]) -> list[Signals]:
    return [replace(each, cosine=None) for each in signals]


def _rows(signals: Sequence[Signals], names: Sequence[str], length: float | None) -> Numbers:
    extra = [] if length is None else [length - TYPICAL]
    return np.array([[*(getattr(each, name) or 0.0 for name in names), *extra] for each in signals])


def _fit(found: Sequence[Case], names: Sequence[str], *, length: bool) -> Numbers:
    """Return the weights and, last, the constant of a logistic model in which every corpus weighs the same."""
    blocks, wanted, weight = [], [], []
    for case in found:
        for signals, label in ((case.answered, 1.0), (case.unanswered, 0.0)):
            blocks.append(_rows(signals, names, case.length if length else None))
            wanted += [label] * len(signals)
            weight += [500 / len(signals)] * len(signals)
    return logistic(np.vstack(blocks), np.array(wanted), np.array(weight))


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


def _report(title: str, found: Sequence[Case], names: Sequence[str], *, length: bool) -> None:
    fitted = _fit(found, names, length=length)
    shown = [*names, *(["length"] if length else []), "constant"]
    print(title, ", ".join(f"{name}={value:.3f}" for name, value in zip(shown, fitted, strict=True)))
    for family in sorted({case.family for case in found}):
        others = [case for case in found if case.family != family]
        if not others:
            continue
        left_out = _fit(others, names, length=length)
        for case in (case for case in found if case.family == family):
            raws = [
                _rows(signals, names, case.length if length else None) @ left_out[:-1]
                for signals in (case.answered, case.unanswered)
            ]
            share = float(
                np.mean(_rows(case.answered, names, case.length if length else None) @ fitted[:-1] > -fitted[-1])
            )
            print(f"  {case.name:28} AUC left out {auc(*raws):.3f}  answered at 0: {share:.2f}")


if __name__ == "__main__":
    main()
