"""`dapbot worker`: workers alone, until they are told to stop."""

from typing import Annotated

import typer

from connectors.cli.session import DataOption, settings_from, show, spoken, words


def run(
    count: Annotated[
        int | None, typer.Option("--count", min=1, max=500, help=words("cli.help.count"), show_default=False)
    ] = None,
    data: DataOption = None,
) -> None:
    """Work until Ctrl-C."""
    from bot import log_form
    from connectors import worker

    settings = settings_from(data)
    log_form.begin(settings.log_level, settings.log_format)
    worker.run(settings, spoken(), lambda line: show(line, now=True), count)
