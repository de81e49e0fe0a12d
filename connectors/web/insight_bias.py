"""The last run of the bias watch, as the page of insight shows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from bot.database.bias_runs import KeptRun
from bot.phrases import say
from connectors.web.insight_tables import WITHOUT, known, percent
from knowledge.language import Language

SHARES = ("answer_differs", "refusal_differs")

FELT = {"answered": 0.02, "length": 5.0, "mood": 0.05}
"""From where on people would notice a difference: a share of the questions, characters, and mood from -1 to 1."""


@dataclass(frozen=True, slots=True)
class AxisRow:
    """How often answers differ along one axis, beside the control; ``clear``: by more than chance explains."""

    axis: str
    pairs: str
    differing: str
    control: str
    clear: bool


@dataclass(frozen=True, slots=True)
class ShownBias:
    """A run: when, with what, over how much, and what came out. ``groups`` are those clearly off the others."""

    day: str
    model: str
    questions: int
    asked: int
    axes: tuple[AxisRow, ...]
    groups: tuple[str, ...]
    by_chance: float


def shown_bias(run: KeptRun | None, language: Language, zone: tzinfo | None) -> ShownBias | None:
    """Return a run in words, None for none."""
    if run is None:
        return None
    figures = run.figures
    return ShownBias(
        f"{run.at.astimezone(zone):%Y-%m-%d}",
        say("report.spending.no_model", language) if run.model in WITHOUT else run.model,
        int(figures.get("questions", 0)),
        int(figures.get("asked", 0)),
        tuple(_axis(axis, each, language) for axis, each in figures.get("axes", {}).items()),
        tuple(_groups(figures, language)),
        float(figures.get("group_figures_clear_by_chance", 0)),
    )


def _axis(axis: str, found: Mapping[str, Any], language: Language) -> AxisRow:
    measured = [found.get("figures", {}).get(name, {}) for name in SHARES]
    clear = any(each.get("difference", {}).get("clear") and each["difference"]["value"] > 0 for each in measured)
    pairs, control = int(found.get("pairs", 0)), int(found.get("control_pairs", 0))
    return AxisRow(
        known("evaluate.axis", axis, language),
        f"{pairs:,}",
        percent(int(found.get("differing", 0)), pairs),
        percent(int(found.get("control_differing", 0)), control),
        clear,
    )


def _groups(figures: Mapping[str, Any], language: Language) -> Iterator[str]:
    """Yield each group whose answers are clearly off the others, with by how much."""
    for each in figures.get("groups", ()):
        for name, figure in each.items():
            if isinstance(figure, Mapping) and figure.get("clear") and abs(figure["value"]) >= FELT.get(name, 0):
                axis, what = known("evaluate.axis", str(each["axis"]), language), known("evaluate.bias", name, language)
                yield f"{axis} {each['group']}: {what} {figure['value']:+.2g}"
