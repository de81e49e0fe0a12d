"""`dapbot knowledge try`: what a version that waits would answer otherwise, asked of real and golden questions."""

from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.errors import UserError
from connectors.cli.session import (
    DataOption,
    JsonOption,
    answering,
    progress,
    settings_from,
    show_json,
    spoken,
    words,
)

if TYPE_CHECKING:
    from connectors.cli.screen import TerminalScreen
    from connectors.terminal import Style
    from knowledge.passages import Progress

STYLES: "Mapping[str, Style]" = {"broken": "warning", "lost": "warning", "changed": "warning"}
QUESTIONS, MOST_QUESTIONS, MOST_WRITTEN = 200, 2_000, 20
LONGEST = 400


def try_version(
    version: Annotated[int, typer.Argument(metavar="NUMBER", help=words("knowledge.help.version"), show_default=False)],
    questions: Annotated[
        int, typer.Option("--questions", min=0, max=MOST_QUESTIONS, help=words("knowledge.help.try_questions"))
    ] = QUESTIONS,
    written: Annotated[
        int, typer.Option("--with-model", min=0, max=MOST_WRITTEN, help=words("knowledge.help.try_written"))
    ] = 0,
    json_: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Try a version; an answer that differs is no error, one that could not be looked for is."""
    from connectors.cli.remote import RemoteBot
    from connectors.cli.screen import TerminalScreen

    wish = {"questions": questions, "written": written}
    with answering(settings_from(data)) as bot, progress(words("web.publishing.running")) as done:
        found = _asked(bot, version, wish, done) if isinstance(bot, RemoteBot) else _tried(bot, version, wish, done)
    if json_:
        show_json(found)
    else:
        _show(TerminalScreen(), found)
    if found["state"] != "done":
        raise typer.Exit(1)


def _tried(bot: Any, version: int, wish: Mapping[str, int], done: "Progress") -> dict[str, Any]:
    """Try it in this process."""
    from bot.database.audit import command_actor
    from bot.trying_versions import Wish
    from bot.version_trial_words import trial_line
    from bot.version_trials import try_now

    bot.library.heal()
    trial = try_now(bot, version, Wish(**wish), done, author=command_actor())
    live = bot.library.live_number(bot.library.version(version).document)
    return trial_line(bot, trial, live, spoken())


def _asked(bot: Any, version: int, wish: Mapping[str, int], done: "Progress") -> dict[str, Any]:
    """Have the server try it that owns the data folder."""
    for kind, told in bot.events(f"/api/v1/knowledge/staged/{version}/trial", wish):
        if kind == "progress":
            done(told["done"], told["total"])
        elif kind == "done":
            return dict(told)
    raise UserError("library.no_trial", version=version)


def _show(out: "TerminalScreen", found: Mapping[str, Any]) -> None:
    if found["state"] != "done":
        reason = words(found["error"]) if found.get("error") else ""
        said = words("web.publishing.failed", reason=reason) if reason else words(f"web.publishing.{found['state']}")
        out.write(said + "\n", "warning")
        return
    out.write(found["words"] + "\n", "bold")
    for kind, cases in groupby(found["cases"], key=lambda case: case["kind"]):
        some = list(cases)
        out.write(f"\n{words(f'web.publishing.kind.{kind}')} ({len(some)})\n", STYLES.get(kind, "good"))
        for case in some:
            out.write(f"  {case['question']}", "bold")
            asked = words("web.publishing.asked", count=case["asked"]) if case["asked"] else ""
            out.write(f"  {asked}\n" if asked else "\n", "dim")
            for name, entry in (("now", case["before"]), ("then", case["after"])):
                text = " ".join(entry["text"].split())[:LONGEST] if entry else words("web.publishing.no_answer")
                out.write(f"    {words(f'web.publishing.{name}')}: {text}\n", "plain" if entry else "dim")
