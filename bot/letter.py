"""What a mail is to the bot, whichever program wrote it and however it was forwarded."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Address:
    """Someone in a mail's head; ``name`` is "" where only the address is there, ``address`` where only the name is."""

    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a mail. ``text`` is what can be read of it; where that is "", ``why`` names the phrase that
    says why it was not read (``values`` are its values)."""

    name: str
    size: int
    kind: str = ""
    """The media type that its bytes have, not what the mail calls it; "" where it is none that is known."""

    text: str = ""
    why: str = ""
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail as its reader sees it: what its writer wrote in it, without history, signature and disclaimer.

    ``sent`` has an offset where the mail states one. ``date`` is the date as it stands in a forwarded block, where it
    could not be understood. ``earlier`` are the mails that it quotes below, newest first: the thread. ``inline``: it
    answers between the lines that it quotes, which are part of ``text`` then.
    """

    text: str
    subject: str = ""
    sender: Address = Address()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    sent: datetime | None = None
    date: str = ""
    attachments: tuple[Attachment, ...] = ()
    earlier: tuple["Letter", ...] = ()
    signature: str = ""
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as its bytes have it, before anything is told apart in ``text``: what the person sees who opens it.

    ``fields`` are the head's fields that other parts look at, decoded, by their names in small letters, each as often
    as it stands there. ``enclosed`` are mails that are attached whole (message/rfc822). ``troubles`` name phrases that
    say what could not be read.
    """

    text: str
    subject: str = ""
    sender: Address = Address()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    sent: datetime | None = None
    identifier: str = ""
    """The Message-ID without its brackets, "" where it has none."""

    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    enclosed: tuple["Mail", ...] = ()
    html: bool = False
    """Whether ``text`` was made from HTML."""

    troubles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """A mail to the bot, told apart: what its sender asks, and the letters that it is asked about.

    ``words`` are what the sender wrote above the forwarded block, or as the whole mail; ``tag`` the task that the
    subject names in brackets ("[번역]"), "" where it names none. ``letters`` are the outermost letters: one where a
    mail was forwarded or saved, several where several were forwarded at once.
    """

    words: str
    letters: tuple[Letter, ...]
    forwarded: bool = False
    tag: Literal["", "summarize", "translate", "draft", "sentiment", "answer", "tutor", "help"] = ""
