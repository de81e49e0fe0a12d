"""`dapbot knowledge`: add, list, show, remove and search the documents, and build their indexes anew."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.errors import UserError
from connectors.cli import adding, aliases, trying, tuning, versions
from connectors.cli.document_words import (
    document_line,
    passage_line,
    reading_bot,
    screen,
    short,
    show_document,
    show_passage,
)
from connectors.cli.session import (
    DataOption,
    JsonOption,
    agreed,
    answering,
    note,
    progress,
    running_bot,
    settings_from,
    show_json,
    words,
)

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer(no_args_is_help=True)

app.add_typer(adding.app)
app.add_typer(versions.app)
app.add_typer(aliases.app, name="alias", help=words("knowledge.help.alias"))
app.command("tune", help=words("tune.help"))(tuning.tune)
app.command("try", help=words("knowledge.help.try"))(trying.try_version)

NumberArgument = Annotated[int, typer.Argument(metavar="ID", help=words("knowledge.help.id"), show_default=False)]


@app.command("list", help=words("knowledge.help.list"))
def list_(json_: JsonOption = False, data: DataOption = None) -> None:
    """List the documents."""
    with reading_bot(settings_from(data)) as bot:
        found = bot.library.documents()
    if json_:
        show_json([document_line(document) for document in found])
        return
    out = screen()
    for document in found:
        show_document(out, document)
    if not found:
        out.write(words("knowledge.none") + "\n")


@app.command("show", help=words("knowledge.help.show"))
def show(document: NumberArgument, json_: JsonOption = False, data: DataOption = None) -> None:
    """Show a document with its passages."""
    with reading_bot(settings_from(data)) as bot:
        shown = bot.library.show(document)
    if json_:
        passages = [passage_line(passage) for passage in shown.passages]
        show_json({**document_line(shown.document), "passages": passages})
        return
    out = screen()
    show_document(out, shown.document)
    for passage in shown.passages:
        show_passage(out, passage)


@app.command("remove", help=words("knowledge.help.remove"))
def remove(
    document: NumberArgument,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=words("knowledge.help.yes"))] = False,
    data: DataOption = None,
) -> None:
    """Remove a document for good, after a question."""
    from bot.database.audit import command_actor

    settings = settings_from(data)
    with running_bot(settings) as bot:
        found = bot.library.show(document).document
        if not yes and not agreed(words("knowledge.sure", name=found.name, count=found.entries)):
            note(words("knowledge.kept"))
            raise typer.Exit(1)
        bot.library.remove(document, author=command_actor())
    screen().write(words("knowledge.removed", name=found.name) + "\n", "good")


@app.command("search", help=words("knowledge.help.search"))
def search(
    question: Annotated[str, typer.Argument(help=words("knowledge.help.question"), show_default=False)],
    json_: JsonOption = False,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100, help=words("knowledge.help.limit"))] = 10,
    audience: Annotated[list[str] | None, typer.Option(help=words("knowledge.help.audience"))] = None,
    data: DataOption = None,
) -> None:
    """Show what a question finds, with scores and the confidence."""
    if not question.strip():
        raise UserError("knowledge.no_question")
    found = _found(settings_from(data), question, limit, audience or [])
    if json_:
        show_json(found)
    else:
        _show_found(found)


@app.command("rebuild", help=words("knowledge.help.rebuild"))
def rebuild(data: DataOption = None) -> None:
    """Build the indexes anew from the database."""
    with running_bot(settings_from(data)) as bot, progress(words("knowledge.rebuilding")) as done:
        bot.library.rebuild(done)
        count = sum(document.entries for document in bot.library.documents())
    screen().write(words("knowledge.rebuilt", count=count) + "\n", "good")


# --- what is read -------------------------------------------------------------------------------------------------


def _found(settings: "Settings", question: str, limit: int, audience: Sequence[str]) -> dict[str, Any]:
    """Search here, or through the server that owns the data folder."""
    from bot.lookup import look_up, lookup_line
    from connectors.cli.remote import RemoteBot

    with answering(settings) as bot:
        if isinstance(bot, RemoteBot):
            body = {"question": question, "limit": limit, "audience": list(audience)}
            found: dict[str, Any] = bot.post("/api/v1/search", body)
            return found
        today = bot.clock().date()
        return lookup_line(look_up(bot.sessions, bot.knowledge, question, audience=audience, today=today, limit=limit))


# --- on the screen ------------------------------------------------------------------------------------------------


def _show_found(found: Mapping[str, Any]) -> None:
    out = screen()
    if not found["passages"]:
        out.write(words("knowledge.nothing_found") + "\n")
        return
    out.write(words("knowledge.confidence", share=f"{found['confidence']:.0%}") + "\n", "bold")
    for rank, passage in enumerate(found["passages"], 1):
        out.write(f"{rank:>3}. ", "dim")
        out.write(passage["question"] or passage["title"] or short(passage["quote"]), "bold")
        out.write(f"  {_scores(passage)}\n", "dim")
        out.write(f"     {short(passage['quote'])}\n")
        out.write(f"     {passage['document']}\n", "dim")


def _scores(passage: Mapping[str, Any]) -> str:
    """Return the score and what each leg gave to it."""
    legs = {name: passage[name] for name in ("keyword_score", "vector_score") if passage[name] is not None}
    parts = [f"{passage['score']:.3f}", *(f"{words(f'knowledge.{name}')} {score:.2f}" for name, score in legs.items())]
    return " · ".join(parts)
