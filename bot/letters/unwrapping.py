"""What was sent to the bot: the words of its sender, and the mails that were forwarded, with all that they quote."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

from bot.letter import Address, Attachment, Letter, Mail, Post
from bot.letters.blocks import Head
from bot.letters.dates import moment_of
from bot.letters.orders import Subject, Tag, subject_of, tag_in
from bot.letters.people import people, person
from bot.letters.quoting import Attribution, writer_of
from bot.letters.signatures import without_closing, without_signature
from bot.letters.threads import Told, told_apart

SEOUL = timezone(timedelta(hours=9))


@dataclass(frozen=True, slots=True)
class _Around:
    """The mail in which others stand: when it was sent, and whether there is Korean in it."""

    sent: datetime | None
    korean: bool


def post_of(mail: Mail) -> Post:
    """Tell a mail apart. Where it forwards none, it is its only letter itself, and its text are the words.

    A subject that says "Fwd:" over a text without any head of a mail is taken for a mail whose sender is not known:
    what stands in it was not written by who sent it.
    """
    top, *below = told_apart(mail.text) if not _is_of_file(mail) else [Told(mail.text)]
    inner = _inner_subject(mail, below)
    subject = subject_of(mail.subject, inner)
    if _is_forwarded(subject, below):
        return _post(_words(mail, top), (_forwarded(mail, top, below),), subject.tag, forwarded=True)
    if mail.enclosed:
        return _post(_words(mail, top), _enclosed(mail), subject.tag, forwarded=True)
    if subject.kind == "forward" and not below:
        return _post("", (_unknown(mail, top, subject),), subject.tag, forwarded=True)
    letter = _own(mail, top, below, subject)
    return _post("" if _is_of_file(mail) else _unquoted(letter.text), (letter,), subject.tag, forwarded=False)


def _is_of_file(mail: Mail) -> bool:
    """Tell whether the text is that of a file, since the mail itself says nothing: its sender asks nothing with it."""
    begin = mail.text.strip()[:2_000]
    return bool(begin) and any(each.text.strip()[:2_000] == begin for each in mail.attachments)


def letter_of(mail: Mail) -> Letter:
    """Return a mail as a letter: as it was saved, or attached to another. One that only forwards is what it does."""
    post = post_of(mail)
    if not post.forwarded:
        return post.letters[0]
    letter = post.letters[0]
    if not post.words:
        return letter
    subject = subject_of(mail.subject)
    return Letter(
        post.words, subject.text, mail.sender, mail.to, mail.cc, mail.sent, earlier=(letter, *letter.earlier)[:200]
    )


def _unquoted(text: str) -> str:
    """Return a text without the lines that it quotes, which others wrote, where it has lines of its own."""
    if ">" not in text:
        return text
    return "\n".join(line for line in text.split("\n") if not line.startswith(">")).strip() or text


def _words(mail: Mail, top: Told) -> str:
    """Return what the sender wrote above the forwarded mail.

    What stands below it is not taken for theirs: a program that loses the marks of a quoted line would let whoever
    wrote the forwarded mail give orders.
    """
    return _unquoted(without_closing(without_signature(top.above, mail.sender.name)[0]))


def _post(words: str, letters: tuple[Letter, ...], tag: Tag, forwarded: bool) -> Post:
    words, written = tag_in(words)
    return Post(words, letters, forwarded, tag or written)


def _inner_subject(mail: Mail, below: list[Told]) -> str:
    """Return the subject of the mail that is forwarded: whoever wrote that asks nothing of the bot."""
    head = below[0].head if below else None
    if isinstance(head, Head) and head.said.get("subject"):
        return head.said["subject"]
    if mail.enclosed:
        return mail.enclosed[0].subject
    plain = subject_of(mail.subject, mail.subject)
    return plain.text if plain.kind == "forward" else ""


def _is_forwarded(subject: Subject, below: list[Told]) -> bool:
    head = below[0].head if below else None
    if isinstance(head, Head):
        return head.kind == "forward" or subject.kind != "reply"
    return head is not None and subject.kind == "forward"


def _forwarded(mail: Mail, top: Told, below: list[Told]) -> Letter:
    """Return the letter that is forwarded, with the mails below it and the files that came along.

    What stands around it and is not taken for the sender's words is part of it, so that nothing is lost.
    """
    letter, *earlier = _letters(mail, below)
    quoted = "\n".join(line for line in top.above.split("\n") if line.startswith(">"))
    under = without_signature(top.text.removeprefix(top.above).strip(), mail.sender.name)[0]
    around = [letter.text, quoted if _unquoted(top.above) != top.above else "", under]
    files = (*mail.attachments, *(_as_file(each) for each in mail.enclosed))
    return replace(
        letter,
        text="\n\n".join(filter(None, around)),
        subject=letter.subject or subject_of(mail.subject).text,
        attachments=files,
        earlier=tuple(earlier),
    )


def _enclosed(mail: Mail) -> tuple[Letter, ...]:
    """Return the mails that are attached whole; other files are the first one's."""
    letters = [letter_of(each) for each in mail.enclosed]
    letters[0] = replace(letters[0], attachments=(*letters[0].attachments, *mail.attachments))
    return tuple(letters)


def _as_file(mail: Mail) -> Attachment:
    return Attachment(
        f"{mail.subject or 'mail'}.eml"[:200], len(mail.text.encode("utf-8", "replace")), "message/rfc822", mail.text
    )


def _unknown(mail: Mail, top: Told, subject: Subject) -> Letter:
    text, signature = (top.text, "") if _is_of_file(mail) else without_signature(top.text)
    return Letter(
        text or top.text,
        subject.text,
        attachments=mail.attachments,
        signature=signature if text else "",
        inline=top.inline,
    )


def _own(mail: Mail, top: Told, below: list[Told], subject: Subject) -> Letter:
    text, signature = (top.text, "") if _is_of_file(mail) else without_signature(top.text, mail.sender.name)
    return Letter(
        text,
        subject.text,
        mail.sender,
        mail.to,
        mail.cc,
        mail.sent,
        attachments=mail.attachments,
        earlier=_letters(mail, below),
        signature=signature,
        inline=top.inline,
    )


def _letters(mail: Mail, below: list[Told]) -> tuple[Letter, ...]:
    """Return the mails that stand in another; a line that only ends a forwarded one is none."""
    around = _Around(mail.sent, _is_korean(mail.text[:20_000]))
    found = [_letter(each, around) for each in below]
    return tuple(each for n, each in enumerate(found) if not n or each.text or each.subject or each.sender != Address())


def _letter(told: Told, around: _Around) -> Letter:
    """Return a mail that stands in another."""
    head = told.head
    if isinstance(head, Attribution):
        sent = _moment(head.said, around, _is_korean(head.said))
        text, signature = without_signature(told.text)
        return Letter(
            text or told.text, sender=writer_of(head.said), sent=sent, signature=signature, inline=told.inline
        )
    said = head.said if head else {}
    sender = person(said.get("from", ""))
    text, signature = without_signature(told.text, sender.name)
    korean = _is_korean(head.names if head else "") or _is_korean(said.get("date", ""))
    sent = _moment(said.get("date", ""), around, korean)
    return Letter(
        text or told.text,
        subject_of(said.get("subject", ""), said.get("subject", "")).text,
        sender,
        people(said.get("to", "")),
        people(said.get("cc", "")),
        sent,
        "" if sent else said.get("date", ""),
        signature=signature if text else "",
        inline=told.inline,
    )


def _moment(said: str, around: _Around, korean: bool) -> datetime | None:
    """Return when a mail was sent; without an offset it is in the zone of the mail around it.

    Servers that stamp mails in UTC say nothing of that zone: what is Korean is in Korea's then. A mail cannot be later
    than the one that it stands in: such a date is left without a zone.
    """
    stated = moment_of(said, None, year_first=korean)
    if stated is None or stated.tzinfo is not None or around.sent is None or around.sent.tzinfo is None:
        return stated
    zone = around.sent.tzinfo
    if around.sent.utcoffset() == timedelta(0) and (korean or around.korean):
        zone = SEOUL
    found = stated.replace(tzinfo=zone)
    return found if found <= around.sent + timedelta(hours=1) else stated


def _is_korean(said: str) -> bool:
    return any("가" <= sign <= "힣" for sign in said)
