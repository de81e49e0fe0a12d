"""How conversations of programs are named: an id of our own leads back to its conversation, one that a program chose
only the program that chose it.

Without a token nobody knows who asks, and two programs may well choose the same id. Whoever holds an id that the server
made got it in an answer, for nobody can guess it; an id that was chosen counts for the connection it comes from.
"""

import hmac
import secrets
from hashlib import sha256

from bot.reach import connection_of

_SHOWN = 16


class Conversations:
    """Makes ids with a secret, and tells which ones it made."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def fresh(self) -> str:
        """Return an id that nobody can guess, and nobody else can have made."""
        name = secrets.token_hex(16)
        return f"{name}-{self._sign('conversation', name)}"

    def unknown(self, named: str, address: str) -> str:
        """Return the channel's name of a conversation that somebody unknown at ``address`` names."""
        name, _, signature = named.partition("-")
        if hmac.compare_digest(signature.encode(), self._sign("conversation", name).encode()):
            return named
        return f"address-{self._sign('address', connection_of(address))}.{named}"

    def _sign(self, purpose: str, name: str) -> str:
        return hmac.new(self._secret, f"{purpose}:{name}".encode(), sha256).hexdigest()[:_SHOWN]
