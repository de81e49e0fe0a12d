"""The inbox: a message once accepted is answered exactly once, in order within its conversation, whatever happens.

    accept -> claim -> answered -> sending -> done          (a reply sent as a whole)
                    -> sending -> answered -> done          (a reply shown while it is written)

A channel accepts what it is told, and only then says that it has it. A worker claims one row at a time, for some
seconds (its lease), and renews that while it works. Every later write asks whether the row is still the worker's: one
that froze, and whose row went to another, is told so by ``LeaseLostError`` and must send nothing. The reply is stored
before it is sent, so that a retry never pays for it again.
"""

import math
import random
import time
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.database import inbox as rows
from bot.database import inbox_rows as reading
from bot.database.inbox_rows import GONE, NewRow, Row, States
from bot.desk import Desk
from bot.incoming import Accepted, Incoming, LeaseLostError, Verdict, new_row
from bot.messages import Reply

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.database.conversations import Keeping
    from bot.database.engine import Sessions

LEASE = 60.0
"""Seconds a claim holds without a word of its worker."""

MOST_TRIES = 8
MOST_CRASHES = 3
"""After so many tries, or crashes in which a row was worked on, it is given up: people see it, and can retry it."""

SUSPECT = MOST_CRASHES - 1
"""Crashes after which a row waits a while, and is worked on alone: the next one is its own doing."""

FIRST_WAIT, LONGEST_WAIT = 2.0, 900.0
"""Seconds after the first try, and at most after a later one; each wait is four times the one before. So somebody who
waits has the answer soon after a hiccup, and an outage of 40 minutes is over before the last try."""

__all__ = ["GONE", "Accepted", "Admit", "Claimed", "Inbox", "Incoming", "LeaseLostError", "Row", "States", "Verdict"]

Claimed = Row
"""A row that ``claim`` gave away; its ``owner`` is whom it was given to."""

Admit = Callable[["Session", Row], Verdict]
"""Asked in the transaction of a message's first claim; what it writes there is committed with the claim."""


class Inbox(Desk):
    """The rows of the inbox; threads and processes share it.

    ``lease`` is in seconds. ``waiting`` and ``waiting_per_person`` bound how many messages may be open; what is more
    is refused. ``given_up`` returns what is said to somebody whose message is given up. ``reached`` is told the fault
    points.
    """

    def __init__(
        self,
        sessions: "Sessions",
        *,
        lease: float = LEASE,
        waiting: int = 50_000,
        waiting_per_person: int = 50,
        admit: Admit | None = None,
        given_up: Callable[[Row], Incoming | None] = lambda _row: None,
        reached: Callable[[str], None] = lambda _point: None,
    ) -> None:
        super().__init__(sessions)
        self._given_up = given_up
        self.lease = lease
        self._waiting = waiting
        self._waiting_per_person = waiting_per_person
        self._admit = admit
        self._reached = reached
        self._looks_first = sessions.kw["bind"].dialect.name == "sqlite"
        self._found = True
        self.suspects_wait = False
        self._counted = (-math.inf, 0)

    # --- channels -------------------------------------------------------------------------------------------------

    def accept(self, *incoming: Incoming) -> Accepted:
        """Keep what came, all of it or nothing; when this returns, it is on the disk.

        Returns:
            "new" where anything of it is; "duplicate" where all of it was accepted before; "refused" where too much
            waits already, of this person or of all: nothing is kept.
        """
        new = [new_row(each) for each in incoming]
        with self._sessions.begin(durable=True) as session:
            if any(row.kind == "message" and self._full(session, row) for row in new):
                known = reading.known(session, [row.key for row in new])
                return "duplicate" if known else "refused"
            accepted: Accepted = "new" if any(rows.add(session, new)) else "duplicate"
        self._reached("after_accept")
        if accepted == "new":
            self._tell()
        return accepted

    def _full(self, session: "Session", row: NewRow) -> bool:
        """Tell whether too much waits; all of it is counted once a second, for that takes longer than accepting."""
        at, count = self._counted
        if time.monotonic() - at > 1:
            at, count = time.monotonic(), reading.waiting(session)
        self._counted = (at, count + 1)
        if count >= self._waiting:
            return True
        most = self._waiting_per_person
        return row.person is not None and reading.waiting_of(session, row.channel, row.person, most) >= most

    # --- workers --------------------------------------------------------------------------------------------------

    def claim(self, owner: str, *, suspects: bool = True) -> Claimed | None:
        """Take the row whose turn it is for ``lease`` seconds; None: there is none, or the inbox is paused.

        ``suspects=False`` passes over rows that have been in several crashes, and ``suspects_wait`` tells of them: to
        be worked on alone. An owner has one row at a time.
        """
        if self._looks_first and not self._found:  # who looks does not keep others from writing
            with self._sessions() as session:
                if rows.due(session, suspects=True, locked=False) is None:
                    return None
        claimed = self._claim(owner, suspects=suspects)
        self._found = claimed is not None
        return claimed

    def _claim(self, owner: str, *, suspects: bool) -> Claimed | None:
        while True:  # a transaction for each row: counters of several people are never locked in one
            with self._sessions.begin() as session:
                row = rows.due(session, suspects=True)
                self.suspects_wait = not suspects and row is not None and row.crashes >= SUSPECT
                if self.suspects_wait:
                    row = rows.due(session, suspects=False)
                if row is None:
                    return None
                taken = self._taken(session, row, owner)
            if taken is not None:
                return taken

    def _taken(self, session: "Session", row: Row, owner: str) -> Claimed | None:
        """Give the row to the owner; None where something else had to be done with it."""
        crashed = row.owner is not None  # its lease ran out without a word
        crashes = row.crashes + crashed
        if crashes >= MOST_CRASHES or row.attempts >= MOST_TRIES:
            self._bury(session, row, error="crashed" if crashed else "tried", crashes=crashes)
            return None
        if crashed and crashes >= SUSPECT:
            rows.put_off(session, row, delay=_spread(2.0**crashes), crashes=crashes)
            return None
        until = rows.take(session, row, owner, lease=self.lease, crashes=crashes)
        claimed = replace(row, owner=owner, lease_until=until, attempts=row.attempts + 1, crashes=crashes)
        return self._admitted(session, claimed, owner)

    def _bury(
        self, session: "Session", row: Row, *, error: str, owner: str | None = None, crashes: int | None = None
    ) -> None:
        """Give the row up, and have its sender told, in one transaction."""
        buried = rows.bury(session, row, error=error, owner=owner, crashes=crashes)
        if owner is not None:
            _held(buried)
        said = self._given_up(replace(row, error=error)) if buried else None
        if said is not None:
            rows.add(session, [new_row(said)])

    def _admitted(self, session: "Session", claimed: Claimed, owner: str) -> Claimed | None:
        """Ask whether the message may be answered, the first time it is claimed."""
        if self._admit is None or claimed.kind != "message" or claimed.state != "new" or claimed.attempts > 1:
            return claimed
        verdict = self._admit(session, claimed)
        if verdict.allowed:
            return claimed
        if not verdict.notice:
            rows.done(session, claimed, owner, error="limit")
            return None
        rows.say_instead(session, claimed, owner, verdict.notice)
        return replace(claimed, kind="notice", text=verdict.notice)

    def renew(self, owner: str, seqs: Collection[int]) -> frozenset[int]:
        """Have the leases of an owner, or of all whose names begin so, begin anew; return those it still has."""
        with self._sessions.begin() as session:
            return rows.renew(session, owner, seqs, self.lease)

    def release(self, owner_prefix: str, *, crashed: bool = False, but: Collection[int] = ()) -> int:
        """Let others have at once what owners whose names begin so had, except ``but``; return how many rows.

        ``crashed``: it is what an earlier start of this process left; otherwise the attempt does not count.
        """
        with self._sessions.begin() as session:
            return rows.release(session, owner_prefix, crashed=crashed, but=but)

    def keeping(self, claimed: Claimed) -> "Keeping":
        """Return what stores the reply when it is called in the transaction that records the exchange."""

        def keep(session: "Session", reply: Reply) -> None:
            self._reached("after_llm")
            self.answered(session, claimed, reply)

        return keep

    def answered(self, session: "Session", claimed: Claimed, reply: Reply) -> None:
        """Store the reply, in the transaction that records the exchange; LeaseLostError undoes both."""
        _held(rows.answered(session, claimed.seq, _owner(claimed), reply))

    def sending(self, claimed: Claimed, reference: str | None = None, *, repeated: bool = False) -> None:
        """Say that the reply is being sent, or is being shown as ``reference``; the lease begins anew.

        ``repeated``: it may arrive twice, for its channel cannot be asked.
        """
        seq, owner, lease = claimed.seq, _owner(claimed), self.lease
        with self._sessions.begin(durable=True) as session:
            _held(rows.sending(session, seq, owner, reference=reference, repeated=repeated, lease=lease))

    def done(self, claimed: Claimed, reference: str | None = None, *, durable: bool = False) -> None:
        """Say that the reply has been sent. What was said is removed: the log of conversations holds it.

        Where a power cut undoes that, the channel is asked and has it; ``durable``, if it cannot be asked.
        """
        with self._sessions.begin(durable=durable) as session:
            _held(rows.done(session, claimed, _owner(claimed), reference=reference))

    def fail(
        self,
        claimed: Claimed,
        error: str,
        retry_after: float | None = None,
        *,
        permanent: bool = False,
        refused: bool = False,
        counts: bool = True,
    ) -> bool:
        """Put the row back for a while, longer each time, or give it up; tell whether it was given up.

        ``retry_after``: in so many seconds, at the earliest. ``refused``: what was being sent was not taken, so that
        nobody need be asked whether it was. ``counts``: as a try, of which there are ``MOST_TRIES``.
        """
        owner = _owner(claimed)
        with self._sessions.begin() as session:
            if permanent or (counts and claimed.attempts >= MOST_TRIES):
                self._bury(session, claimed, error=error, owner=owner)
                return True
            delay = max(retry_after or 0.0, _pause(claimed.attempts))
            held = rows.fail(session, claimed.seq, owner, refused=refused, delay=delay, error=error, counts=counts)
            _held(held)
            return False

    def sent_late(self, claimed: Claimed, reference: str) -> None:
        """Mark a row whose reply was sent after it had gone to another worker: it may have been sent twice."""
        with self._sessions.begin() as session:
            rows.sent_late(session, claimed.seq, reference)

    def mend(self) -> int:
        """Put right what deletions and a clock that was set back have left; return how much it was."""
        with self._sessions.begin() as session:
            return rows.mend(session, self.lease)


def _owner(claimed: Claimed) -> str:
    if claimed.owner is None:
        raise LeaseLostError(f"row {claimed.seq} is nobody's")
    return claimed.owner


def _held(held: bool) -> None:
    if not held:
        raise LeaseLostError("the row is another worker's by now")


def _pause(tries: int) -> float:
    """Return the seconds to wait after so many tries."""
    return _spread(min(LONGEST_WAIT, FIRST_WAIT * 4 ** (tries - 1)))


def _spread(seconds: float) -> float:
    """Return up to twice the time, never the same for two rows that failed together."""
    return seconds * (1 + random.random())  # noqa: S311 - nobody gains by guessing it
