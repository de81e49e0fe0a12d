"""How well the grounding score, and the checks, tell supported texts from others, by what people said of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from bot.errors import UserError
from bot.evaluation.bootstrap import Auc, Numbers, Share, Statistic
from bot.evaluation.figures import Evaluation, Measured, evaluation, rounded
from bot.evaluation.files import rows_of
from bot.grounding import grounding, trigrams_shared
from knowledge.passages import Progress


@dataclass(frozen=True, slots=True)
class Claim:
    """A text, the sources it should rest on, and whether people found that it does."""

    id: str
    text: str
    sources: tuple[str, ...]
    grounded: bool


class _Above:
    """By how much one figure is above another, over the same draws."""

    def __init__(self, one: Auc, other: Auc) -> None:
        self.counted = one.counted & other.counted
        self._one, self._other = one, other

    def __call__(self, weights: Numbers) -> Numbers:
        """Return the difference of each draw."""
        difference: Numbers = self._one(weights) - self._other(weights)
        return difference


def claims_of(path: Path) -> list[Claim]:
    """Return the lines ``{"id", "claim", "context", "grounded"}``; ``context`` is a text, or a list of passages.

    Raises:
        UserError: the file cannot be read, or a line is not what it should be.
    """
    return [_claim(path, row.number, row.id, row.values) for row in rows_of(path, repeated=True)]


def _claim(path: Path, number: int, name: str, values: Mapping[str, Any]) -> Claim:
    text, context, grounded = values.get("claim"), values.get("context"), values.get("grounded")
    sources = [context] if isinstance(context, str) else context
    fits = isinstance(sources, list) and bool(sources) and all(isinstance(source, str) for source in sources)
    if not isinstance(text, str) or not isinstance(grounded, bool) or not fits or not isinstance(sources, list):
        raise UserError("evaluate.claim_line", file=path, line=number)
    return Claim(name, text, tuple(sources), grounded)


def own_scores(claims: Sequence[Claim], progress: Progress) -> dict[str, dict[str, Any]]:
    """Return for each claim, by its id, the line ``{"id", "score", "ok", "reasons"}`` of our own checks."""
    lines: dict[str, dict[str, Any]] = {}
    for done, claim in enumerate(claims, 1):
        found = grounding(claim.text, claim.sources)
        score = rounded(found.score)
        lines[claim.id] = {"id": claim.id, "score": score, "ok": found.ok, "reasons": list(found.reasons)}
        progress(done, len(claims))
    return lines


def write_scores(lines: Mapping[str, Mapping[str, Any]], file: IO[str]) -> None:
    """Write the lines of `own_scores`, to be compared with later ones."""
    for line in lines.values():
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def evaluate_grounding(
    claims: Sequence[Claim],
    first: Mapping[str, Mapping[str, Any]],
    second: Mapping[str, Mapping[str, Any]] | None = None,
) -> Evaluation:
    """Return the figures of one or two runs; claims with the same sources are drawn together."""
    plain = [trigrams_shared(claim.text, "\n".join(claim.sources)) for claim in claims]
    runs = [_measured(claims, lines, plain) for lines in (first, second) if lines is not None]
    return evaluation([claim.sources for claim in claims], *runs)


def _measured(claims: Sequence[Claim], lines: Mapping[str, Mapping[str, Any]], plain: Sequence[float]) -> Measured:
    said = [lines.get(claim.id, {}) for claim in claims]
    truth = [claim.grounded for claim in claims]
    ours = Auc([_score(line) for line in said], truth)
    counted = [value if known else float("nan") for value, known in zip(plain, ours.counted, strict=True)]
    baseline = Auc(counted, truth)
    flagged = [float(not line["ok"]) if isinstance(line.get("ok"), bool) else float("nan") for line in said]
    figures: dict[str, Statistic] = {
        "grounding_auc": ours,
        "trigram_auc": baseline,
        "grounding_gain": _Above(ours, baseline),
        "grounded_flagged": Share(_of(True, truth, flagged)),
        "ungrounded_flagged": Share(_of(False, truth, flagged)),
    }
    failed = int(len(claims) - ours.counted.sum())
    return Measured({"claims": len(claims), "grounded": sum(truth), "failed": failed}, figures)


def _score(line: Mapping[str, Any]) -> float:
    score = line.get("score")
    return float(score) if isinstance(score, int | float) and not isinstance(score, bool) else float("nan")


def _of(side: bool, truth: Sequence[bool], values: Sequence[float]) -> list[float]:
    return [value if each is side else float("nan") for each, value in zip(truth, values, strict=True)]
