"""Mail out of a mailbox: read as it comes (IMAP IDLE), what came meanwhile too, each once; connected again when cut."""

import imaplib
import logging
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailBoxStartTls, MailBoxUnencrypted

from bot.database import places
from connectors.mail.came import Came
from connectors.mail.sending import Server, is_here
from connectors.mail.smtp_in import LARGEST
from connectors.mail.taking import NAME, Taking

if TYPE_CHECKING:
    from bot.database.engine import Sessions

log = logging.getLogger(__name__)

PAUSES = (1.0, 2.0, 5.0, 15.0, 60.0, 300.0)
"""Seconds between two tries to connect; the last holds on."""

PATIENCE = 30.0
"""Seconds for one answer of the server."""

IDLE = 240.0
"""Seconds after which IDLE is asked for anew: a connection that died silently is found out by that (RFC 2177 allows 29
minutes, the routers on the way often less)."""

LOOKED = 1.0
"""Seconds in which the end is noticed."""

ASKED = 30.0
"""Seconds between two looks, where the server knows no IDLE."""

TURN = 10.0
"""Seconds for which a process reads a mailbox that several could read: after so long another takes over from one that
is gone. It asks again three times meanwhile."""

TRIES = 5
"""Of one mail that cannot be taken, while others can."""


FAILURES = (ImapToolsError, imaplib.IMAP4.error, OSError, UnicodeError)
"""What is raised where a mailbox cannot be used."""


class Mailbox:
    """Reads one mailbox in a thread of its own; ``state`` says how it stands: ready, starting, or failed: why.

    Of several processes over one database that could, one reads it; ``name`` tells them apart.
    """

    def __init__(self, server: Server, taking: Taking, sessions: "Sessions", *, name: str = "") -> None:
        self._server = server
        self._taking = taking
        self._sessions = sessions
        self._place = f"imap:{server.host}/{server.user}/{server.folder or 'INBOX'}"[:200]
        self._name = name or secrets.token_hex(8)
        self._asked = -TURN
        self._stop = threading.Event()
        self._failed: dict[int, int] = {}
        self._thread = threading.Thread(target=self._run, name="mailbox", daemon=True)
        self.state = "starting"

    def start(self) -> "Mailbox":
        """Begin to read, in the background."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Read no more; what was taken is kept."""
        self._stop.set()
        self._thread.join(2 * LOOKED)

    def _run(self) -> None:
        tries = 0
        while not self._stop.is_set():
            try:
                if self._has_turn():
                    with signed_in(self._server) as mailbox:
                        tries = 0
                        self._attend(mailbox)
                else:
                    tries, self.state = 0, "ready"  # another process reads it, and this one looks after that
            except FAILURES as error:
                self._say_failed(error)
            except Exception as error:  # noqa: BLE001 - a mail or a database that fails must not end the reading
                self._say_failed(error)
            self._stop.wait(PAUSES[min(tries, len(PAUSES) - 1)])
            tries += 1
        with suppress(Exception), self._sessions.begin() as session:  # where it cannot be said, the turn runs out
            places.leave_turn(session, NAME, self._place, self._name)

    def _has_turn(self) -> bool:
        """Tell whether this process is the one that reads, and have it stay so for a while."""
        if time.monotonic() - self._asked < TURN / 3:
            return True
        with self._sessions.begin() as session:
            has = places.take_turn(session, NAME, self._place, self._name, TURN)
        self._asked = time.monotonic() if has else -TURN
        return has

    def _say_failed(self, error: Exception) -> None:
        reason = "sign-in refused" if isinstance(error, ImapToolsError) and "LOGIN" in str(error).upper() else ""
        self.state = f"failed: {reason or type(error).__name__}"
        log.warning("the mailbox %s cannot be read: %s", self._server, reason or type(error).__name__)

    def _attend(self, mailbox: BaseMailBox) -> None:
        """Take what is there, then what comes, until the end or until the connection breaks."""
        validity = _validity(mailbox)
        idles = "IDLE" in mailbox.client.capabilities
        while not self._stop.is_set() and self._has_turn():
            self._take_new(mailbox, validity)
            self.state = "ready"
            if idles:
                self._idle(mailbox)
            else:
                self._wait_for_turn(ASKED)
                mailbox.client.noop()

    def _wait_for_turn(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and self._has_turn() and not self._stop.wait(LOOKED):
            pass

    def _idle(self, mailbox: BaseMailBox) -> None:
        until = time.monotonic() + IDLE
        with mailbox.idle as idle:
            while not self._stop.is_set() and time.monotonic() < until and self._has_turn():
                began = time.monotonic()
                if idle.poll(timeout=LOOKED) or time.monotonic() - began < LOOKED / 2:
                    return  # news; or the connection is gone, which the library says only when IDLE is ended

    def _take_new(self, mailbox: BaseMailBox, validity: int) -> None:
        for uid in self._new(mailbox, validity):
            if self._stop.is_set() or not self._has_turn() or not self._take(mailbox, uid):
                return
            with self._sessions.begin() as session:
                places.choose(session, NAME, self._place, validity=validity, uid=uid)

    def _new(self, mailbox: BaseMailBox, validity: int) -> list[int]:
        """Return the numbers of the mails that were not taken yet, oldest first.

        The first time, and where the server has numbered them anew, those that nobody has read.
        """
        with self._sessions() as session:
            known = places.chosen(session, NAME, self._place)
        last = int(known.get("uid") or 0) if known.get("validity") == validity else 0
        found = [int(uid) for uid in mailbox.uids(f"UID {last + 1}:*" if last else "UNSEEN")]
        return sorted(uid for uid in found if uid > last)  # a range up to * names the last one, even below it

    def _take(self, mailbox: BaseMailBox, uid: int) -> bool:
        """Take one mail; tell whether to go on: not where too much waits."""
        data = _data_of(mailbox, uid)
        if data is None:
            return True
        try:
            taken = self._taking.take(data, Came("imap"))
        except Exception:
            self._failed[uid] = self._failed.get(uid, 0) + 1
            if self._failed[uid] < TRIES:
                raise
            log.exception("a mail is passed over: it could not be taken %d times", TRIES)
            return True
        if taken != "full":
            mailbox.client.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")  # the library's way would expunge, too
        return taken != "full"


@contextmanager
def signed_in(server: Server, *, patience: float = PATIENCE) -> Iterator[BaseMailBox]:
    """Yield the mailbox, its folder opened; a password goes over encrypted connections, or stays on this machine.

    Raises:
        those of ``FAILURES``: it cannot be opened.
    """
    if server.scheme == "imaps":
        mailbox: BaseMailBox = MailBox(server.host, server.port, timeout=patience)
    elif is_here(server.host):
        mailbox = MailBoxUnencrypted(server.host, server.port, timeout=patience)
    else:
        mailbox = MailBoxStartTls(server.host, server.port, timeout=patience)
    try:
        ascii_only = (server.user + server.password).isascii()
        sign_in = mailbox.login if ascii_only else mailbox.login_utf8
        sign_in(server.user, server.password, initial_folder=server.folder or "INBOX")
        yield mailbox
    finally:
        with suppress(*FAILURES):
            mailbox.logout()
        with suppress(OSError):
            mailbox.client.shutdown()  # of a connection that broke, logging out closes nothing


def _validity(mailbox: BaseMailBox) -> int:
    found = mailbox.client.response("UIDVALIDITY")[1]
    return int(found[0]) if found and found[0] else 0


def _data_of(mailbox: BaseMailBox, uid: int) -> bytes | None:
    """Return a mail as it is, unmarked; None where it is gone or too large."""
    sized = mailbox.client.uid("FETCH", str(uid), "(RFC822.SIZE)")[1]
    said = sized[0] if sized and isinstance(sized[0], bytes) else b""
    size = int(said.rpartition(b"RFC822.SIZE ")[2].split(b")")[0].split()[0]) if b"RFC822.SIZE " in said else 0
    if size > LARGEST:
        log.warning("a mail of %d bytes is passed over", size)
        return None
    parts = mailbox.client.uid("FETCH", str(uid), "(BODY.PEEK[])")[1] or []
    return next((part[1] for part in parts if isinstance(part, tuple)), None)
