"""How a mail came to us."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Came:
    """How a mail came: ``via`` SMTP from a ``peer`` (its address), or out of a mailbox. ``sender`` is the envelope's,
    "" where it names none; ``to`` are its receivers, in small letters."""

    via: Literal["smtp", "imap"]
    peer: str = ""
    sender: str = ""
    to: tuple[str, ...] = ()
