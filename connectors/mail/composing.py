"""Our mail: in the thread of the one that is answered, marked as automatic, and nothing in its head that we did not put
there.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from bot.messages import Reply
from connectors.mail.heads import LONGEST_SUBJECT, answer_subject, identifier_of, one_line, references
from connectors.mail.pages import html_of, text_of

LONGEST_NAME = 60

_SIGNS = re.compile(r"[^\w .'&-]")
"""What may not stand in a name: Python's library loses the quotes around it where it breaks the line."""


def compose(reply: Reply, where: Mapping[str, Any], *, key: str, address: str, at: datetime) -> EmailMessage:
    """Return the mail that answers another. ``where``: its sender (``to``, ``name``), ``subject``, ``message_id`` and
    ``references``; with ``new`` it answers none. ``address`` is ours, ``at`` aware of its zone.

    The Message-ID follows from ``key``: who was sent the same reply twice sees one mail. It is marked by
    Auto-Submitted (RFC 3834), so that no other machine answers it.
    """
    mail = headed(where, key=key, address=address, at=at)
    mail.set_content(text_of(reply), charset="utf-8", cte="base64")
    mail.add_alternative(html_of(reply), subtype="html", charset="utf-8", cte="base64")
    return mail


def headed(where: Mapping[str, Any], *, key: str, address: str, at: datetime) -> EmailMessage:
    """Return the same without its text: nothing of the other mail comes into its head but what is named here."""
    mail = EmailMessage(policy=SMTP)
    answered, thread = references(str(where.get("references") or ""), str(where.get("message_id") or ""))
    mail["From"] = _address("Dapbot", address)
    mail["To"] = _address(str(where.get("name") or ""), str(where["to"]))
    subject = str(where.get("subject") or "")
    mail["Subject"] = one_line(subject, LONGEST_SUBJECT) if where.get("new") else answer_subject(subject)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = identifier_of(key, address)
    if answered:
        mail["In-Reply-To"] = answered
        mail["References"] = thread
    mail["Auto-Submitted"] = "auto-replied"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["X-Dapbot"] = "reply"
    return mail


def _address(name: str, address: str) -> Address:
    """Return an address with the name as it may stand in a head. ValueError, IndexError: it is none."""
    user, _, domain = address.rpartition("@")
    return Address(" ".join(_SIGNS.sub(" ", one_line(name, LONGEST_NAME)).split()), user, domain)
