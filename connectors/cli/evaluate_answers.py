"""`dapbot evaluate answers`: ask, or read what was answered, and compare with what is known; nothing is logged."""

import io
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.errors import UserError
from connectors.cli.session import (
    DataOption,
    JsonOption,
    answering,
    note,
    progress,
    running_bot,
    settings_from,
    show,
    show_json,
    words,
)

if TYPE_CHECKING:
    from bot.evaluation.answers import Question
    from bot.evaluation.figures import Evaluation
    from bot.settings import Settings

INDEXED = ("DAPBOT_EMBEDDING_MODEL", "DAPBOT_CHROMA_URL", "DAPBOT_DATABASE_URL")
"""Settings whose other value would build other indexes, or a database, beside those in use."""

Answers = dict[str, dict[str, Any]]


def run(
    questions: Annotated[Path, typer.Option(help=words("cli.help.evaluate_questions"), show_default=False)],
    unanswerable: Annotated[Path | None, typer.Option(help=words("cli.help.unanswerable"))] = None,
    answers: Annotated[Path | None, typer.Option(help=words("cli.help.answers"))] = None,
    against: Annotated[Path | None, typer.Option(help=words("cli.help.against"))] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help=words("cli.help.evaluate_set"))
    ] = None,
    save: Annotated[Path | None, typer.Option(help=words("cli.help.evaluate_save"))] = None,
    json_: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Measure answers, and compare two runs over the same questions."""
    from bot.evaluation.answers import evaluate_answers, questions_of
    from bot.evaluation.files import by_id

    if against is not None and set_:
        raise typer.BadParameter(words("evaluate.against_or_set"))
    settings = settings_from(data, cache_days=0)
    asked = questions_of(questions, unanswerable)
    second = by_id(against) if against is not None else None
    first = by_id(answers) if answers is not None else _asked(settings, asked, save, alone=bool(set_))
    if set_:
        second = _asked(_changed(set_, data), asked, _beside(save), alone=True)
    found = evaluate_answers(asked, first, second)
    if json_:
        from bot.evaluation.figures import evaluation_line

        show_json(evaluation_line(found))
    else:
        _show(found)


def _asked(settings: "Settings", questions: "Sequence[Question]", save: Path | None, *, alone: bool) -> Answers:
    """Ask every question; ``alone``: with these settings, and not through a server that has its own."""
    from connectors.cli.batch import answer_all, lines_at_once, written_aside

    output = io.StringIO()
    using = _alone(settings) if alone else answering(settings)
    with using as bot, progress(words("ask.progress")) as done:
        raw = [question.raw for question in questions]
        failed = answer_all(partial(bot.ask, record=False), raw, output, done, lines_at_once(settings))
    if failed:
        note(words("ask.failed", failed=failed, total=len(questions)))
    if save is not None:
        with written_aside(save) as file:
            file.write(output.getvalue())
    lines = output.getvalue().split("\n")[:-1]
    return {question.id: json.loads(line) for question, line in zip(questions, lines, strict=True)}


def _alone(settings: "Settings") -> Any:
    """Return a bot in this process; UserError where a server has the data folder."""
    from bot.owner import find_owner

    owner = find_owner(settings.data)
    if owner is not None and owner.address:
        raise UserError("evaluate.server_runs", address=owner.address)
    return running_bot(settings)


def _changed(changes: Sequence[str], data: Path | None) -> "Settings":
    """Return the settings with what ``NAME=VALUE`` names changed.

    Raises:
        UserError: there is no such setting, or it cannot be compared.
        SettingsError: the value cannot be used.
    """
    from bot.settings import VARIABLES

    flags: dict[str, object] = {}
    for change in changes:
        name, equals, value = change.partition("=")
        name = name.strip().upper()
        if not equals or name not in VARIABLES or name == "DAPBOT_DATA":
            raise UserError("evaluate.no_setting", change=change)
        if name in INDEXED:
            raise UserError("evaluate.indexed", name=name)
        flags[VARIABLES[name]] = value.strip()
    return settings_from(data, **({"cache_days": 0} | flags))


def _beside(save: Path | None) -> Path | None:
    """Return the file for the answers of the second run."""
    return None if save is None else save.with_name(f"{save.stem}.set{save.suffix}")


def _show(found: "Evaluation") -> None:
    from connectors.cli.figure_words import show_evaluation

    for at, run_ in enumerate((found.first, found.second)):
        if run_ is not None:
            counts = dict(run_.counts)
            models = ", ".join(f"{name} ({count})" for name, count in counts.pop("models").items())
            show(words("evaluate.answers_run", run=words(f"evaluate.run_{at}"), models=models or "-", **counts))
            if counts["unpriced"]:
                show(words("evaluate.unpriced", count=counts["unpriced"]))
    show()
    show_evaluation(found)
    show(words("evaluate.intervals"))
