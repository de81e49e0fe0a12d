"""`dapbot knowledge alias`: other ways to ask for an entry."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from connectors.cli.document_words import reading_bot, screen
from connectors.cli.session import DataOption, JsonOption, running_bot, settings_from, show_json, words

if TYPE_CHECKING:
    from bot.library import AliasRow

app = typer.Typer(no_args_is_help=True)

DocumentOption = Annotated[
    int | None,
    typer.Option("--document", metavar="ID", help=words("knowledge.help.alias_document"), show_default=False),
]


@app.command("add", help=words("knowledge.help.alias_add"))
def add(
    key: Annotated[str, typer.Argument(metavar="KEY", help=words("knowledge.help.key"), show_default=False)],
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help=words("knowledge.help.alias_question"), show_default=False)
    ],
    document: DocumentOption = None,
    json_: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Add another way to ask for an entry."""
    from bot.database.audit import command_actor

    with running_bot(settings_from(data)) as bot:
        made = bot.library.alias_add(key, question, document=document, author=command_actor())
    if json_:
        show_json(_line(made))
    else:
        screen().write(words("knowledge.alias_added", alias=made.alias, question=made.question or key) + "\n", "good")


@app.command("list", help=words("knowledge.help.alias_list"))
def list_(
    document: Annotated[
        int | None, typer.Argument(metavar="[ID]", help=words("knowledge.help.id"), show_default=False)
    ] = None,
    json_: JsonOption = False,
    data: DataOption = None,
) -> None:
    """List the aliases of a document, or of all."""
    with reading_bot(settings_from(data)) as bot:
        found = bot.library.aliases(document)
    if json_:
        show_json([_line(row) for row in found])
        return
    out = screen()
    for row in found:
        out.write(f"{row.id:>4}  ", "dim")
        out.write(row.alias, "bold")
        out.write(f"  → {row.question or row.key}  ")
        out.write(f"{row.document}\n", "dim")
    if not found:
        out.write(words("knowledge.no_aliases") + "\n")


@app.command("remove", help=words("knowledge.help.alias_remove"))
def remove(
    alias: Annotated[int, typer.Argument(metavar="NUMBER", help=words("knowledge.help.alias_id"), show_default=False)],
    data: DataOption = None,
) -> None:
    """Remove an alias."""
    from bot.database.audit import command_actor

    with running_bot(settings_from(data)) as bot:
        gone = bot.library.alias_remove(alias, author=command_actor())
    screen().write(words("knowledge.alias_removed", alias=gone.alias) + "\n", "good")


def _line(row: "AliasRow") -> dict[str, Any]:
    plain = ("id", "document_id", "document", "key", "alias", "question", "author")
    return {name: getattr(row, name) for name in plain} | {"created_at": row.created_at.isoformat()}
