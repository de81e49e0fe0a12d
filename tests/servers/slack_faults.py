"""What can go wrong at Slack's side, scripted: ``slack.fails("chat.postMessage", RateLimited(7), Cut(after=True))``."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class RateLimited:
    """429 with ``Retry-After``, in seconds."""

    retry_after: float = 1.0


@dataclass(frozen=True)
class Broken:
    """A server error; the body is HTML, as a proxy's is."""

    status: int = 500


@dataclass(frozen=True)
class Hang:
    """Says nothing for ``seconds``, then cuts; ``after``: the call was carried out all the same."""

    seconds: float = 5.0
    after: bool = False


@dataclass(frozen=True)
class Cut:
    """The connection breaks, before the call had its effect or ``after`` it."""

    after: bool = False


@dataclass(frozen=True)
class Slow:
    """Carried out after ``seconds``, answered as usual."""

    seconds: float = 0.5


@dataclass(frozen=True)
class Refuse:
    """``ok: false`` with Slack's own word, e.g. "token_revoked", "not_in_channel", "is_archived", "missing_scope"."""

    code: str
    extra: dict[str, Any] = field(default_factory=dict)


Fault = RateLimited | Broken | Hang | Cut | Slow | Refuse
