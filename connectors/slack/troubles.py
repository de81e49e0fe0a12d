"""What goes wrong between us and Slack that only an admin can put right: told once a day, kept until it is over.

A place we were removed from, a scope that is missing, a user group that is gone: the admins are told in Slack. A token
that Slack does not take: nobody can be told there, so /ready, the doctor and the web's pages say it.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.channels import ChannelError
from bot.database import places
from bot.errors import DapbotError
from connectors.slack.admins import Admins, tell_admins
from connectors.slack.calls import TOKEN_IS_BAD, RefusedError, SlackClient
from connectors.slack.listening import NAME

if TYPE_CHECKING:
    from bot.database.engine import Sessions
    from bot.wiring import Bot
    from connectors.slack.channel import SlackChannel

log = logging.getLogger(__name__)

LEFT, ARCHIVED, GONE, SCOPE, TOKEN = "left", "archived", "gone", "scope", "token"
"""Kinds of trouble; those of user groups are in ``membership.py``. Each has its phrase, ``slack.trouble.<kind>``."""

WORKSPACE = "*"
"""The place of what holds for the whole workspace."""

AGAIN = timedelta(days=1)
"""After so long the admins are told of the same thing once more, where it happens again."""

_OF_PLACE = {"not_in_channel": LEFT, "is_archived": ARCHIVED, "channel_not_found": GONE}
_POSTING = frozenset({"chat.postMessage", "chat.startStream", "chat.update"})
"""What fails only where we were at home: reading fails also where we never were."""


class Troubles:
    """Watches the calls of a channel; threads share it. What it does, it does in a thread of its own."""

    def __init__(self, bot: "Bot", channel: "SlackChannel") -> None:
        self._bot = bot
        self._channel = channel
        self._admins = Admins(bot.settings, channel.workspace)
        self._later = ThreadPoolExecutor(1, thread_name_prefix="slack-troubles")
        self._known: dict[tuple[str, str], datetime] = {}
        self._amiss: set[str] = set()
        self.token = ""
        """Why Slack does not take our token, in its own word; empty: it does, as far as we know."""

    # --- how calls went

    def refused(self, method: str, place: str, refusal: RefusedError) -> None:
        """Take that Slack said no to a call."""
        if refusal.code in TOKEN_IS_BAD:
            self.lost_token(refusal.code)
        elif refusal.code == "missing_scope":
            self.note(f"scope:{refusal.needed}", SCOPE, scope=refusal.needed or "?")
        elif method in _POSTING and place[:1] in ("C", "G") and refusal.code in _OF_PLACE:
            self.note(place, _OF_PLACE[refusal.code])

    def answered(self, method: str, place: str) -> None:
        """Take that Slack said yes: where it had refused our token, or that place, all is well again."""
        if place in self._amiss and method in _POSTING:
            self.over(place)
        if self.token and method != "api.test":
            log.warning("Slack takes the token again")
            self.token = ""
            self._do(self._found_token)

    # --- troubles

    def lost_token(self, code: str) -> None:
        """Take that our token is not taken any more; what waits goes on waiting until there is another."""
        if self.token:
            return
        self.token = code
        log.error("Slack does not take the token any more (%s): install the app again, set SLACK_BOT_TOKEN", code)
        self._do(partial(self._keep, WORKSPACE, TOKEN, {"code": code}))

    def note(self, place: str, kind: str, *, lasts: bool = True, **values: str) -> None:
        """Keep a trouble of a place, and tell the admins unless they were told within a day.

        Where it does not last, there is nothing to put right: they are told, and that is all.
        """
        now, before = self._bot.clock(), self._known.get((place, kind))
        if before is not None and now - before < AGAIN:
            return
        self._known[(place, kind)] = now
        if lasts:
            self._amiss.add(place)
        self._do(partial(self._tell, place, kind, values, lasts=lasts))

    def over(self, place: str) -> None:
        """Take that a place is as it should be again."""
        self._known = {of: at for of, at in self._known.items() if of[0] != place}
        self._amiss.discard(place)
        self._do(partial(self._end, place))

    def found_all(self) -> None:
        """Take that Slack was reached with the token: what was kept of an earlier start is over."""
        self.token = ""
        self._do(self._found_token)
        self._do(self._look)

    # --- in the thread

    def _do(self, act: Callable[[], object]) -> None:
        try:
            self._later.submit(self._done, act)
        except RuntimeError:  # it is time to stop
            log.debug("a trouble came too late to be kept")

    def _done(self, act: Callable[[], object]) -> None:
        try:
            act()
        except (ChannelError, DapbotError) as error:
            log.warning("a trouble with Slack could not be told: %s", error)
        except Exception as error:  # noqa: BLE001 - the database may be away; the log has it
            log.warning("a trouble with Slack could not be kept: %s", type(error).__name__)

    def _look(self) -> None:
        """Look at what was amiss at an earlier start: scopes that were granted since are not."""
        granted = self._channel.workspace.identity().scopes
        for place, trouble in kept(self._bot.sessions):
            if trouble["kind"] == SCOPE and trouble.get("scope") in granted:
                self._end(place)
            else:
                self._amiss.add(place)

    def _keep(self, place: str, kind: str, values: Mapping[str, str], *, lasts: bool = True) -> bool:
        """Keep the trouble; tell whether the admins are to be told."""
        now = self._bot.clock()
        with self._bot.sessions.begin() as session:
            chosen = places.chosen(session, NAME, place)
            told = {name: at for name, at in (chosen.get("told") or {}).items() if _lately(at, now)}
            due = kind not in told
            trouble = {"kind": kind, "at": now.isoformat(), **values}
            lasting = {"trouble": trouble} if lasts else {}
            places.choose(session, NAME, place, told={kind: now.isoformat(), **told}, **lasting)
        return due

    def _tell(self, place: str, kind: str, values: Mapping[str, str], *, lasts: bool) -> None:
        due = self._keep(place, kind, values, lasts=lasts)
        log.warning("Slack: %s (%s)%s", kind, place, "" if due else "; the admins know")
        if due and not self.token:
            tell_admins(self._channel, self._admins, f"slack.trouble.{kind}", place=f"<#{place}>", **values)

    def _end(self, place: str) -> None:
        with self._bot.sessions.begin() as session:
            if places.chosen(session, NAME, place).get("trouble"):
                places.choose(session, NAME, place, trouble=None)

    def _found_token(self) -> None:
        """Forget that the token was bad, and have what waited for another one go at once."""
        with self._bot.sessions() as session:
            trouble = places.chosen(session, NAME, WORKSPACE).get("trouble")
        if trouble:
            self._end(WORKSPACE)
            log.warning("Slack: %d messages that waited go on", self._bot.inbox.hurry(NAME))

    def close(self) -> None:
        """Do nothing more."""
        self._later.shutdown(wait=False, cancel_futures=True)


@contextmanager
def watched(bot: "Bot", channel: "SlackChannel") -> Iterator[Troubles]:
    """Watch the calls of a channel while the block runs."""
    troubles = Troubles(bot, channel)
    client = channel.client
    if isinstance(client, SlackClient):
        client.watch = troubles
    try:
        yield troubles
    finally:
        if isinstance(client, SlackClient):
            client.watch = None
        troubles.close()


def watching(channel: "SlackChannel") -> Troubles | None:
    """Return what watches the calls of a channel, None where nothing does."""
    watch = getattr(channel.client, "watch", None)
    return watch if isinstance(watch, Troubles) else None


def kept(sessions: "Sessions") -> list[tuple[str, Mapping[str, Any]]]:
    """Return the places with a trouble that is not over, and what it is: ``kind``, ``at``, ``name``, its words."""
    with sessions() as session:
        rows = places.listed(session, NAME)
    found = ((place, row.get("trouble"), row.get("name") or "") for place, row in rows.items())
    return [(place, {**trouble, "name": name}) for place, trouble, name in found if isinstance(trouble, dict)]


def _lately(at: object, now: datetime) -> bool:
    try:
        return now - datetime.fromisoformat(str(at)) < AGAIN
    except (ValueError, TypeError):
        return False
