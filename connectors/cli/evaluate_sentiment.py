"""`dapbot evaluate sentiment`: moods against the labels that people gave."""

from pathlib import Path
from typing import Annotated

import typer

from connectors.cli.session import DataOption, JsonOption, progress, settings_from, show, show_json, words


def run(
    texts: Annotated[Path, typer.Option(help=words("cli.help.labelled"), show_default=False)],
    labels: Annotated[Path | None, typer.Option(help=words("cli.help.labels"))] = None,
    against: Annotated[Path | None, typer.Option(help=words("cli.help.against"))] = None,
    json_: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Measure how well moods are told, and compare two files of them."""
    from bot.evaluation.figures import evaluation_line
    from bot.evaluation.files import by_id
    from bot.evaluation.sentiment import evaluate_sentiment, labelled, own_labels
    from connectors.cli.figure_words import show_confusion, show_evaluation

    settings_from(data)
    given = labelled(texts)
    second = by_id(against) if against is not None else None
    if labels is not None:
        first = by_id(labels)
    else:
        with progress(words("sentiment.progress")) as done:
            first = own_labels(given, done)
    found = evaluate_sentiment(given, first, second)
    if json_:
        show_json(evaluation_line(found))
        return
    for at, run_ in enumerate((found.first, found.second)):
        if run_ is not None:
            total, failed = run_.counts["texts"], run_.counts["failed"]
            show(words("evaluate.sentiment_run", run=words(f"evaluate.run_{at}"), texts=total, failed=failed))
            show_confusion(run_.counts["labels"])
            show()
    show_evaluation(found)
    show(words("evaluate.intervals"))
