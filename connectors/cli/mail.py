"""`dapbot mail`: what an admin wants to know of mails to the bot."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import UserError
from connectors.cli.session import DataOption, JsonOption, settings_from, show, show_json, spoken, words

if TYPE_CHECKING:
    from bot.letter import Letter
    from bot.settings import Settings
    from connectors.mail.inspecting import Inspection

SHOWN = 300
"""Characters of a letter that are shown."""

app = typer.Typer(no_args_is_help=True)


@app.callback()
def group() -> None:
    """Show the commands of the group."""


@app.command("check", help=words("cli.help.mail_check"), short_help=words("cli.help.mail_check"))
def check(
    file: Annotated[Path, typer.Argument(help=words("cli.help.mail_check_file"))],
    json_: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Say what would be done with a mail."""
    from bot.kept_settings import with_stored
    from connectors.mail.head import head_of
    from connectors.mail.inspecting import inspected, inspection_line

    settings = with_stored(settings_from(data))
    raw = _given(file)
    head = head_of(raw)
    if not head.has("from") or not head.has("to", "date", "received", "message-id", "subject"):
        raise UserError("mail.check.no_mail", name=file)
    found = inspected(raw, settings)
    if json_:
        show_json(inspection_line(found, spoken()))
        return
    for line in (*_who(found, settings), "", *_read(found)):
        show(line)


def _given(file: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise UserError("cli.cannot_read", name=file, reason=error.strerror or error) from error


def _who(found: "Inspection", settings: "Settings") -> "Iterator[str]":
    """Say whether it is answered, and each thing that speaks for or against it."""
    sender = found.sender
    yield words("mail.check.answered" if not found.reason else "mail.check.not_answered", address=sender.address)
    if found.reason == "nobody":
        yield _mark(False, words("mail.check.nobody"))
        return
    yield "  " + words("mail.check.sender", sender=f"{sender.name} <{sender.address}>".strip())
    yield _mark(not found.robot, words(f"mail.check.robot.{found.robot or 'none'}"))
    known = "listed" if found.listed else "nobody_listed" if not settings.mail_allow else "not_listed"
    yield _mark(found.listed, words(f"mail.check.{known}", address=sender.address))
    yield _mark(found.verified, _verified(found, settings.mail_authserv_id.strip()))


def _verified(found: "Inspection", trusted: str) -> str:
    """Say why the sender is verified, or why not and what would help."""
    told = ", ".join(f"{each.method}={each.result}" for each in found.results) or "-"
    names, trusted = ", ".join(found.servers), "Microsoft 365" if trusted == "none" else trusted
    if found.verified:
        return words("mail.check.verified", server=trusted, results=told)
    if not found.servers:
        return words("mail.check.no_results")
    if not trusted:
        return words("mail.check.no_authserv", names=names)
    if not found.results:
        return words("mail.check.other_servers", server=trusted, names=names)
    return words("mail.check.failed", server=trusted, results=told)


def _read(found: "Inspection") -> "Iterator[str]":
    """Say what was read."""
    post = found.post
    yield words("mail.check.read", count=len(post.letters))
    yield "  " + words("mail.check.subject", value=found.subject or "-")
    if post.forwarded:
        yield "  " + words("mail.check.request", value=_short(post.words) or "-")
    for number, (task, letter) in enumerate(zip(found.tasks, post.letters, strict=True), 1):
        yield "  " + words(f"mail.check.task.{task or 'question'}")
        if post.forwarded:
            yield "  " + words("mail.check.letter", number=number, value=letter.subject or "-")
        yield from (f"    {line}" for line in _letter(letter))


def _letter(letter: "Letter") -> "Iterator[str]":
    sender = f"{letter.sender.name} <{letter.sender.address}>" if letter.sender.address else letter.sender.name
    sent = letter.sent.isoformat(sep=" ", timespec="minutes") if letter.sent else letter.date
    yield words("mail.check.sender", sender=sender.strip() or "-")
    yield words("mail.check.date", value=sent or "-")
    yield words("mail.check.text", value=_short(letter.text) or "-")
    if letter.earlier:
        yield words("mail.check.earlier", count=len(letter.earlier))
    for file in letter.attachments:
        note = words(file.why, **file.values) if file.why else ""
        yield words("mail.check.file", name=file.name, note=note or words("mail.check.file_read"))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()}…"


def _mark(good: bool, text: str) -> str:
    return f"  {'✓' if good else '✗'} {text}"
