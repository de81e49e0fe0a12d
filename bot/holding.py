"""The rows a process works on: whose leases it renews, and which it must not send anything for any more."""

import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from bot.inbox import Claimed, Inbox, LeaseLostError

FRESH = 0.5
"""Share of a lease for which it is believed without asking the database."""


class Hold:
    """One claimed row in the hands of one thread."""

    def __init__(self, inbox: Inbox, claimed: Claimed, moment: "Moment") -> None:
        self.claimed = claimed
        self._inbox = inbox
        self._seen = moment
        self._lost = False
        self._sending = False
        self._lock = threading.Lock()

    def check(self) -> None:
        """Raise LeaseLostError where the row is another worker's by now, or may be and that cannot be found out.

        A process that was frozen does not know for how long; whoever comes back from a pause asks the database.
        """
        if not self._lost and self._seen.ago() > FRESH * self._inbox.lease:
            moment = Moment()
            owner = self.claimed.owner or ""
            self.renewed(self._inbox.renew(owner, [self.claimed.seq]), moment)
        if self._lost:
            raise LeaseLostError(f"row {self.claimed.seq} is another worker's by now")

    def renewed(self, held: Collection[int], moment: "Moment") -> None:
        """Take note of which rows a renewal that began at ``moment`` found to be ours."""
        if self.claimed.seq in held:
            self._seen = moment
        else:
            self._lost = True

    @contextmanager
    def sending(self) -> Iterator[None]:
        """Check, and keep the row while something is sent."""
        self.check()
        with self._lock:
            if self._lost:
                raise LeaseLostError(f"row {self.claimed.seq} was given back")
            self._sending = True
        try:
            yield
        finally:
            self._sending = False

    def give_up(self) -> bool:
        """Have the thread send nothing any more; False where it is sending just now."""
        with self._lock:
            self._lost = self._lost or not self._sending
            return self._lost


class Hands:
    """All rows that this process works on; its threads share it."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._holds: dict[int, Hold] = {}
        self._lock = threading.Lock()

    @contextmanager
    def hold(self, claimed: Claimed, moment: "Moment") -> Iterator[Hold]:
        """Hold a row that was claimed at ``moment`` or later."""
        hold = Hold(self._inbox, claimed, moment)
        with self._lock:
            self._holds[claimed.seq] = hold
        try:
            yield hold
        finally:
            with self._lock:
                if self._holds.get(claimed.seq) is hold:
                    del self._holds[claimed.seq]

    def all(self) -> list[Hold]:
        """Return what is held now."""
        with self._lock:
            return list(self._holds.values())

    def renew(self, owner: str) -> None:
        """Have all leases begin anew."""
        holds, moment = self.all(), Moment()
        if holds:
            held = self._inbox.renew(owner, [hold.claimed.seq for hold in holds])
            for hold in holds:
                hold.renewed(held, moment)


class Moment:
    """A moment of this process. A clock may stand still while the machine sleeps, or be set: the later one counts."""

    def __init__(self) -> None:
        self._steady, self._wall = time.monotonic(), time.time()

    def ago(self) -> float:
        """Return how many seconds may have passed since."""
        return max(time.monotonic() - self._steady, time.time() - self._wall)
