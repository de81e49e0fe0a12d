"""What the doctor finds of mail: who may write, how senders are verified, whether mail comes in and goes out."""

import imaplib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.channels import ChannelError
from bot.errors import DapbotError, SettingsError
from bot.findings import Check

if TYPE_CHECKING:
    from bot.settings import Settings

PATIENCE = 10.0
"""Seconds for a server to answer."""


def of_mail(settings: "Settings") -> Iterator[Check]:
    """Look at the set-up; nothing is said where nothing of mail is set."""
    if not settings.mail_address:
        if settings.imap_url or settings.smtp_listen or settings.mail_allow:
            yield Check("mail", "todo", "doctor.mail_no_address", {}, "doctor.mail_no_address_do")
        return
    from connectors.mail.starting import require_both_ways

    try:
        require_both_ways(settings)
    except SettingsError as error:
        yield Check("mail", "todo", error.phrase, error.values, "doctor.mail_do")
        return
    yield Check("mail", "ok", "doctor.mail", {"address": settings.mail_address})
    yield from _who(settings)
    yield from _in(settings)
    yield from _out(settings)
    yield from _refused(settings)


def _who(settings: "Settings") -> Iterator[Check]:
    from connectors.mail.senders import names

    allowed = sorted(names(settings.mail_allow))
    if not allowed:
        yield Check("mail_allow", "todo", "doctor.mail_nobody", {}, "doctor.mail_nobody_do")
    else:
        yield Check("mail_allow", "ok", "doctor.mail_allow", {"names": ", ".join(allowed[:5]), "count": len(allowed)})
    if not settings.mail_authserv_id:
        yield Check("mail_verified", "todo", "doctor.mail_unverified", {}, "doctor.mail_unverified_do")


def _in(settings: "Settings") -> Iterator[Check]:
    if settings.smtp_listen:
        yield Check("mail_smtp", "ok", "doctor.mail_listen", {"where": settings.smtp_listen})
    if settings.imap_url is None:
        return
    from connectors.mail.imap import FAILURES, signed_in
    from connectors.mail.sending import server_of

    server = server_of(settings.imap_url.get_secret_value())
    try:
        with signed_in(server, patience=PATIENCE) as mailbox:
            idles = "IDLE" in mailbox.client.capabilities
    except FAILURES as error:
        values = {"server": server, "reason": type(error).__name__}
        refused = isinstance(error, imaplib.IMAP4.error) or "LOGIN" in str(error).upper()
        advice = "doctor.mailbox_refused_do" if refused else "doctor.mailbox_away_do"
        yield Check("mailbox", "todo", "doctor.mailbox_closed", values, advice)
        return
    yield Check("mailbox", "ok", "doctor.mailbox" if idles else "doctor.mailbox_slow", {"server": server})


def _out(settings: "Settings") -> Iterator[Check]:
    from connectors.mail.sending import connected, server_of

    if settings.smtp_url is None:
        return
    server = server_of(settings.smtp_url.get_secret_value())
    try:
        with connected(server, patience=PATIENCE):
            pass
    except ChannelError as error:
        yield Check("mail_out", "todo", "doctor.mail_out_closed", {"reason": error}, "doctor.mail_out_closed_do")
    else:
        yield Check("mail_out", "ok", "doctor.mail_out", {"server": server})


def _refused(settings: "Settings") -> Iterator[Check]:
    """Say how many mails were not answered, and why; nothing where there is no database yet."""
    from bot.database.opening import opened_if_there
    from connectors.mail.senders import refused

    try:
        with opened_if_there(settings) as sessions:
            counts = refused(sessions) if sessions is not None else {}
    except DapbotError:  # the database has its own line
        return
    for reason, count in sorted(counts.items()):
        yield Check(f"mail_refused_{reason}", "note", f"doctor.mail_refused_{reason}", {"count": count})
