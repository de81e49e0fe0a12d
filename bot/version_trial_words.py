"""What came of trying a version, in words and as JSON: the same on the page, by the API and in the terminal."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bot.database.version_trials import Case, Figures, Kind, Trial
from bot.phrases import say
from bot.version_trials import cases_of
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.wiring import Bot

_PARTS: tuple[Kind, ...] = ("changed", "lost", "gained")


def trial_line(bot: "Bot", trial: Trial, live: int | None, language: Language) -> dict[str, Any]:
    """Return a trial as JSON, its questions with it once it is done."""
    line: dict[str, Any] = {
        "version": trial.version,
        "state": trial.state,
        "current": trial.state == "done" and trial.live == live,
        "live": trial.live,
        "done": trial.done,
        "total": trial.total,
        "started_at": trial.started_at.isoformat(),
        "finished_at": trial.finished_at.isoformat() if trial.finished_at else None,
        "error": trial.error or None,
        "words": " ".join(sentences(trial.figures, language)) if trial.state == "done" else "",
        "figures": asdict(trial.figures),
        "cases": [],
    }
    if trial.state == "done":
        line["cases"] = [_case_line(case) for case in cases_of(bot, trial)]
    return line


def _case_line(case: Case) -> dict[str, Any]:
    return {
        "kind": case.kind,
        "question": case.question,
        "asked": case.asked,
        "audience": sorted(case.groups),
        "before": None if case.before is None else asdict(case.before),
        "after": None if case.after is None else asdict(case.after),
        "answer_id": case.answer_id,
        "golden": case.golden_id,
        "expects": case.expects or None,
    }


def sentences(figures: Figures, language: Language) -> Iterator[str]:
    """Yield what came of a trial, in sentences."""
    if not figures.questions and not figures.golden:
        yield say("web.publishing.nothing_to_try", language)
        return
    counts = {"questions": f"{figures.questions:,}", "asked": f"{figures.asked:,}"}
    yield say("web.publishing.tried" if figures.questions else "web.publishing.tried_none", language, **counts)
    parts = [part for part in _PARTS if getattr(figures, part)]
    if parts:
        joined = (" " if language == "ko" else ", ").join(_parts(figures, parts, language))
        yield say("web.publishing.answers", language, parts=joined)
    elif figures.questions:
        yield say("web.publishing.same", language)
    if figures.golden and not (figures.broken or figures.mended):
        yield say("web.publishing.golden_same", language, golden=figures.golden)
    for name in ("broken", "mended"):
        if count := getattr(figures, name):
            yield say(f"web.publishing.golden_{name}", language, golden=figures.golden, count=count)


def _parts(figures: Figures, parts: list[Kind], language: Language) -> Iterator[str]:
    for part in parts:
        form = "end" if part == parts[-1] else "and"
        yield say(f"web.publishing.part.{part}.{form}", language, count=getattr(figures, part))


def progress_words(trial: Trial, language: Language) -> str:
    """Return how far a trial is, in words."""
    if not trial.total:
        return say("web.publishing.running", language)
    return say("web.publishing.progress", language, done=f"{trial.done:,}", total=f"{trial.total:,}")
