"""`dapbot evaluate`: quality, measured on questions with known answers; nothing is logged."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from connectors.cli import (
    evaluate_answers,
    evaluate_bias,
    evaluate_golden,
    evaluate_grounding,
    evaluate_sentiment,
)
from connectors.cli.session import DataOption, JsonOption, progress, settings_from, show, show_json, words

app = typer.Typer(no_args_is_help=True)


@app.callback()
def evaluate() -> None:
    """Measure the quality."""


@app.command("retrieval", help=words("cli.help.evaluate_retrieval"), short_help=words("cli.help.evaluate_retrieval"))
def retrieval(
    corpus: Annotated[Path, typer.Option(help=words("cli.help.corpus"), show_default=False)],
    questions: Annotated[Path, typer.Option(help=words("cli.help.questions"), show_default=False)],
    run: Annotated[Path, typer.Option(help=words("cli.help.run"), show_default=False)],
    json_: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Search for every question and write a TREC run, 100 deep."""
    from bot.evaluation.retrieval import evaluate_retrieval
    from connectors.cli.batch import written_aside

    settings = settings_from(data)
    with written_aside(run) as file, progress(words("evaluate.progress")) as done:
        figures = evaluate_retrieval(corpus, questions, file, embedding_model=settings.embedding_model, progress=done)
    if json_:
        show_json(figures)
    else:
        for name, figure in figures.items():
            show(f"{name:<20} {figure}")


_MORE: dict[str, Callable[..., None]] = {
    "answers": evaluate_answers.run,
    "sentiment": evaluate_sentiment.run,
    "grounding": evaluate_grounding.run,
    "bias": evaluate_bias.run,
    "golden": evaluate_golden.run,
}
for _name, _command in _MORE.items():
    _said = words(f"cli.help.evaluate_{_name}")
    app.command(_name, help=_said, short_help=_said)(_command)
