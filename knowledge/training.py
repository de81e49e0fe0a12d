"""Korean vectors trained on questions of which it is known what answers them; torch is needed for this alone.

Terms move, and weigh more or less in questions and in texts, so that the passage that answers stands before those
that the keyword leg would have put there: what is learned is only what the words do not tell (the keyword score is
part of the score that is trained). The loss is the cross-entropy over candidates with several right ones; Adam.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from knowledge.korean_vectors import KoreanVectors, changed

EPOCHS = 5
BATCH = 128
OTHERS = 400
"""Passages taken at random beside the candidates of a batch."""
RATE, WEIGHTS_RATE = 2e-3, 3e-2
STAYS, WEIGHTS_STAY = 1e-3, 1e-3
"""How much it costs to move a vector, and a weight, by the square of that."""
SHARPNESS, WORDS_COUNT = 10.0, 0.25
"""What a cosine counts in the score that is trained, and a point of the keyword leg's."""
HEAD = 0.5
"""What the nearest heading counts beside the nearest text, as in a search."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A text or a heading of a passage that has a vector; ``passage`` is its place in the corpus."""

    passage: int
    head: bool
    terms: Mapping[str, float]
    wording: str


@dataclass(frozen=True, slots=True)
class Example:
    """A question: its terms with their weights, the right passages, what the keyword leg gives to some of them."""

    terms: Mapping[str, float]
    right: frozenset[int]
    scores: Mapping[int, float]
    wording: str


def train(
    base: KoreanVectors,
    units: Sequence[Unit],
    examples: Sequence[Example],
    progress: Callable[[int, int], None] | None = None,
    *,
    seed: int = 0,
) -> KoreanVectors:
    """Return the vectors with those of the terms that occur trained on ``examples``; the same for the same input."""
    import torch

    torch.set_num_threads(1)
    draw = np.random.default_rng(seed)
    learner = _Learner(torch, base, units, examples)
    steps, done = EPOCHS * -(-len(examples) // BATCH), 0
    for _ in range(EPOCHS):
        order = draw.permutation(len(examples))
        for start in range(0, len(order), BATCH):
            learner.step(order[start : start + BATCH].tolist(), draw)
            done += 1
            if progress:
                progress(done, steps)
    return learner.vectors()


class _Learner:
    """The parameters, and what is needed to score with them."""

    def __init__(self, torch: Any, base: KoreanVectors, units: Sequence[Unit], examples: Sequence[Example]) -> None:
        self._torch, self._base = torch, base
        self._units = [replace(unit, terms=base.known(unit.terms)) for unit in units]
        self._examples = [replace(example, terms=base.known(example.terms)) for example in examples]
        every = (each.terms for part in (self._units, self._examples) for each in part)
        self._terms = list(dict.fromkeys(term for terms in every for term in terms))
        self._rows = {term: row for row, term in enumerate(self._terms)}
        places = np.array([base.place(term) for term in self._terms], np.int64)
        vectors = torch.tensor(base.vectors[places].astype(np.float32))
        lengths = vectors.norm(dim=1, keepdim=True).clamp_min(1e-9)
        self._start = vectors / lengths
        self._weights = torch.tensor(base.weights[places]) * lengths[:, 0]
        self._asked_weights = torch.tensor(base.asked[places]) * lengths[:, 0]
        self._moved = torch.zeros_like(self._start, requires_grad=True)
        self._in_texts = torch.zeros(len(self._terms), requires_grad=True)
        self._in_questions = torch.zeros(len(self._terms), requires_grad=True)
        self._adam = torch.optim.Adam(
            [
                {"params": [self._moved], "lr": RATE},
                {"params": [self._in_texts, self._in_questions], "lr": WEIGHTS_RATE},
            ]
        )
        self._of_passage: dict[int, list[int]] = {}
        for number, unit in enumerate(units):
            self._of_passage.setdefault(unit.passage, []).append(number)
        self._passages = np.array(sorted(self._of_passage))

    def step(self, batch: Sequence[int], draw: np.random.Generator) -> None:
        """Learn from some examples."""
        torch = self._torch
        examples = [self._examples[each] for each in batch]
        near = {each for example in examples for each in (*example.scores, *example.right)}
        others = draw.choice(self._passages, min(OTHERS, len(self._passages)), replace=False).tolist()
        candidates = [each for each in dict.fromkeys([*sorted(near), *others]) if each in self._of_passage]
        score = self._scores(examples, candidates)
        columns = {each: column for column, each in enumerate(candidates)}
        right = torch.zeros(score.shape, dtype=torch.bool)
        for row, example in enumerate(examples):
            right[row, [columns[each] for each in example.right if each in columns]] = True
        loss = (torch.logsumexp(score, 1) - torch.logsumexp(score.masked_fill(~right, -1e9), 1)).mean()
        loss = loss + STAYS * (self._moved**2).sum()
        loss = loss + WEIGHTS_STAY * ((self._in_texts**2).sum() + (self._in_questions**2).sum())
        self._adam.zero_grad()
        loss.backward()
        self._adam.step()

    def _scores(self, examples: Sequence[Example], candidates: Sequence[int]) -> Any:
        """Return the score that is trained, a tensor of shape (examples, candidates)."""
        torch = self._torch
        asked = self._embed([example.terms for example in examples], self._asked_weights, self._in_questions)
        total = torch.zeros(len(examples), len(candidates))
        columns = {each: column for column, each in enumerate(candidates)}
        for row, example in enumerate(examples):
            for each, score in example.scores.items():
                if each in columns:
                    total[row, columns[each]] = WORDS_COUNT * max(0.0, score)
        for head in (False, True):
            units = [self._units[n] for each in candidates for n in self._of_passage[each]]
            some = [unit for unit in units if unit.head == head]
            if not some:
                continue
            near = asked @ self._embed([unit.terms for unit in some], self._weights, self._in_texts).T
            wordings = np.array([unit.wording for unit in some])
            own = np.array([wordings == example.wording for example in examples])
            near = near.masked_fill(torch.tensor(own), 0.0)  # it is asked as if its own wording were not there
            where = torch.tensor([columns[unit.passage] for unit in some]).expand(len(examples), -1)
            best = torch.zeros(len(examples), len(candidates)).scatter_reduce(1, where, near, "amax")
            total = total + SHARPNESS * (HEAD if head else 1.0) * best
        return total

    def _embed(self, texts: Sequence[Mapping[str, float]], weights: Any, moved: Any) -> Any:
        torch = self._torch
        cells = [(n, self._rows[t], w) for n, text in enumerate(texts) for t, w in text.items() if t in self._rows]
        rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
        place = torch.tensor([rows, columns], dtype=torch.long).reshape(2, -1)
        shape = (len(texts), len(self._terms))
        counts = torch.sparse_coo_tensor(place, torch.tensor(values, dtype=torch.float32), shape, check_invariants=True)
        vectors = (weights * moved.exp())[:, None] * (self._start + self._moved)
        return torch.nn.functional.normalize(torch.sparse.mm(counts, vectors), dim=1)

    def vectors(self) -> KoreanVectors:
        """Return what was learned so far, in eight bits."""
        moved = (self._start + self._moved).detach().numpy()
        scale = np.maximum(np.abs(moved).max(axis=1), 1e-9) / 127
        whole = np.rint(moved / scale[:, np.newaxis]).astype(np.int8)
        weights = (self._weights * self._in_texts.exp()).detach().numpy() * scale
        asked = (self._asked_weights * self._in_questions.exp()).detach().numpy() * scale
        return changed(self._base, self._terms, whole, weights.astype(np.float32), asked.astype(np.float32))
