"""What would be done with a mail: whether it is answered, why not, and what is read in it; nothing is sent."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.letter import Address, Letter, Post
from bot.letters.reading import read_mail
from bot.letters.requests import message_for
from bot.letters.unwrapping import post_of
from bot.messages import Message
from bot.summary.letter_line import attachment_line, head_of_letter
from connectors.mail.came import Came
from connectors.mail.head import Head, head_of
from connectors.mail.results import Result, results, servers, verified
from connectors.mail.robots import robot
from connectors.mail.senders import Reason, listed, names, seen
from connectors.mail.taking import NAME
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Inspection:
    """``reason`` says why a mail is not answered, "" where it is; ``robot`` by which sign a machine wrote it.

    ``servers`` are those whose results it has, whether they are believed or not; ``results`` those of ours.
    ``tasks``: what is done for each of its letters, "" where the words of a question decide.
    """

    sender: Address
    reason: Reason
    robot: str
    listed: bool
    verified: bool
    servers: tuple[str, ...]
    results: tuple[Result, ...]
    subject: str
    post: Post
    tasks: tuple[str, ...]


def inspected(data: bytes, settings: "Settings") -> Inspection:
    """Return what would be done with a mail as it was saved from the bot's mailbox; nothing is raised."""
    head = head_of(data)
    verdict = seen(head, Came("imap"), settings)
    address, trusted = verdict.sender.address, settings.mail_authserv_id
    mail = read_mail(data)
    post = post_of(mail)
    return Inspection(
        verdict.sender,
        verdict.reason,
        robot(head, address, settings.mail_address),
        listed(address, names(settings.mail_allow)),
        verified(head, address, trusted),
        servers(head),
        _ours(head, trusted),
        mail.subject,
        post,
        tuple(message_for(post, Message("", NAME), number).task for number in range(len(post.letters))),
    )


def _ours(head: Head, trusted: str) -> tuple[Result, ...]:
    trusted = trusted.strip().lower()
    return tuple(results(head, trusted)) if trusted else ()


def inspection_line(found: Inspection, language: Language) -> dict[str, Any]:
    """Return it as JSON."""
    results_ = [{"method": each.method, "result": each.result, **each.properties} for each in found.results]
    letters = [
        {"task": task, **_letter(letter, found.post.forwarded, language)}
        for task, letter in zip(found.tasks, found.post.letters, strict=True)
    ]
    return {
        "answered": not found.reason,
        "reason": found.reason,
        "from": {"name": found.sender.name, "address": found.sender.address},
        "robot": found.robot,
        "listed": found.listed,
        "verified": found.verified,
        "servers": list(found.servers),
        "results": results_,
        "subject": found.subject,
        "forwarded": found.post.forwarded,
        "request": found.post.words,
        "tag": found.post.tag,
        "letters": letters,
    }


def _letter(letter: Letter, forwarded: bool, language: Language) -> dict[str, Any]:
    head = head_of_letter(letter, forwarded=forwarded)
    return {
        "subject": head.subject,
        "from": {"name": head.name, "address": head.address},
        "date": head.date,
        "text": letter.text,
        "earlier": len(letter.earlier),
        "attachments": [attachment_line(file, language) for file in letter.attachments],
    }
