"""`dapbot evaluate grounding`: the checks against what people found supported."""

from pathlib import Path
from typing import Annotated

import typer

from connectors.cli.session import DataOption, JsonOption, progress, settings_from, show, show_json, words


def run(
    claims: Annotated[Path, typer.Option(help=words("cli.help.claims"), show_default=False)],
    scores: Annotated[Path | None, typer.Option(help=words("cli.help.scores"))] = None,
    against: Annotated[Path | None, typer.Option(help=words("cli.help.against"))] = None,
    save: Annotated[Path | None, typer.Option(help=words("cli.help.scores_save"))] = None,
    json_: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Measure how well the checks tell supported texts from others, and compare two files of scores."""
    from bot.evaluation.figures import evaluation_line
    from bot.evaluation.files import by_id
    from bot.evaluation.grounding import claims_of, evaluate_grounding, own_scores, write_scores
    from connectors.cli.batch import written_aside
    from connectors.cli.figure_words import show_evaluation

    settings_from(data)
    given = claims_of(claims)
    second = by_id(against) if against is not None else None
    if scores is not None:
        first = by_id(scores)
    else:
        with progress(words("evaluate.checking")) as done:
            first = own_scores(given, done)
    if save is not None:
        with written_aside(save) as file:
            write_scores(first, file)
    found = evaluate_grounding(given, first, second)
    if json_:
        show_json(evaluation_line(found))
        return
    for at, each in enumerate((found.first, found.second)):
        if each is not None:
            show(words("evaluate.grounding_run", run=words(f"evaluate.run_{at}"), **each.counts))
    show()
    show_evaluation(found)
    show(words("evaluate.intervals"))
