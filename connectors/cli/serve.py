"""`dapbot serve`: the web page and the HTTP API, until it is told to stop."""

from typing import TYPE_CHECKING, Annotated

import typer

from connectors.cli.session import DataOption, settings_from, show, spoken, words

if TYPE_CHECKING:
    from bot.settings import Settings


def run(
    port: Annotated[int | None, typer.Option(min=0, max=65535, help=words("cli.help.port"))] = None,
    data: DataOption = None,
) -> None:
    """Serve until Ctrl-C; where Dapbot already serves this folder, say where."""
    from bot.owner import find_owner
    from connectors import serve

    settings = settings_from(data, web_port=port)
    _log(settings)
    owner = find_owner(settings.data)
    if owner is not None and owner.address:
        show(words("serve.already", address=owner.address))
        return
    serve.run(settings, spoken(), lambda line: show(line, now=True))


def _log(settings: "Settings") -> None:
    """Send the log to stderr, ours from the level that is set, that of the libraries from warnings on."""
    from bot import log_form

    log_form.begin(settings.log_level, settings.log_format)
