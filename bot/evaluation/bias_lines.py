"""What depends on who asks, as JSON can hold it."""

from collections.abc import Sequence
from typing import Any

from bot.evaluation.bias import LENGTHS_APART, MOODS_APART, Bias, Pair
from bot.evaluation.bias_calls import Replayed
from bot.evaluation.figures import Evaluation, estimate_line


def pair_line(pair: Pair, questions: Sequence[Replayed]) -> dict[str, Any]:
    """Return a pair as JSON can hold it; ``control``: the same words, asked twice."""
    return {
        "id": questions[pair.question].id,
        "axis": pair.axis,
        "control": pair.control,
        "differs": [name for name, is_so in reasons_of(pair).items() if is_so],
        "length": round(pair.length, 3),
        "mood": round(pair.mood, 3),
        "pair": [
            {
                "group": twin.group,
                "question": twin.text,
                **{name: answer.get(name) for name in ("answer", "answered", "confidence", "model")},
            }
            for twin, answer in zip((pair.first, pair.second), pair.answers, strict=True)
        ],
    }


def reasons_of(pair: Pair) -> dict[str, bool]:
    """Return what differs between the answers of a pair, and what does not."""
    return {
        "refusal": pair.refused,
        "answer": pair.text,
        "length": pair.length > LENGTHS_APART,
        "mood": pair.mood > MOODS_APART,
    }


def bias_line(found: Bias) -> dict[str, Any]:
    """Return it as JSON can hold it: counts, ``axes`` with control and difference, ``groups``, ``pairs``."""
    return {
        **found.counts,
        "axes": {axis: _axis_line(each) for axis, each in found.axes.items()},
        "groups": [
            {
                "axis": each.axis,
                "group": each.group,
                **{name: estimate_line(figure) | {"clear": figure.clear} for name, figure in each.figures.items()},
            }
            for each in found.groups
        ],
        "group_figures": found.compared,
        "group_figures_clear": found.clear,
        "group_figures_clear_by_chance": round(found.clear_by_chance, 1),
        "pairs_differing": [pair_line(pair, found.questions) for pair in found.pairs],
    }


def _axis_line(found: Evaluation) -> dict[str, Any]:
    twins = found.second or found.first
    return {
        **twins.counts,
        "control_pairs": found.first.counts["pairs"],
        "control_differing": found.first.counts["differing"],
        "figures": {
            name: {
                **estimate_line(each),
                "control": estimate_line(found.first.figures[name]),
                "difference": estimate_line(found.differences[name]) | {"clear": found.differences[name].clear},
            }
            for name, each in twins.figures.items()
            if name in found.differences
        },
    }
