"""`dapbot slack`: what the Slack app needs."""

from typing import Annotated

import typer

from connectors.cli.session import DataOption, settings_from, show_json, spoken, words

app = typer.Typer(no_args_is_help=True)


@app.callback()
def group() -> None:
    """Show the commands of the group."""


@app.command("manifest", help=words("cli.help.slack_manifest"), short_help=words("cli.help.slack_manifest"))
def print_manifest(
    url: Annotated[str, typer.Option(help=words("cli.help.slack_url"))] = "",
    name: Annotated[str, typer.Option(help=words("cli.help.slack_name"))] = "Dapbot",
    data: DataOption = None,
) -> None:
    """Print the manifest of the app."""
    from connectors.slack.manifest import manifest

    settings = settings_from(data)
    by_http = settings.slack_signing_secret is not None and settings.slack_app_token is None
    show_json(manifest(spoken(), url=url or (settings.public_url if by_http else ""), name=name))
