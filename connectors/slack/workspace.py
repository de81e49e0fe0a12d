"""What is known of the workspace: who the bot is, who people are and which groups they are in."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from slack_sdk import WebClient

from bot.channels import ChannelError
from connectors.slack.calls import RefusedError, reading, said_no
from knowledge.language import Language

log = logging.getLogger(__name__)

REMEMBERED = 300.0
"""Seconds for which people and groups are taken to be as they were."""

MOST = 5_000
"""Of each kind that is remembered."""

NO_GROUPS = frozenset({"missing_scope", "paid_teams_only", "plan_upgrade_required", "unknown_method", "status 404"})
"""What is said where there are no user groups for us: by a plan without them, or by something that is like Slack."""

OWNERS_AMONG = 1_000
"""People among whom an owner is looked for: Slack lists no more in one answer."""

CHANNELS = 999
"""Channels of the bot that are looked at: Slack lists no more in one answer."""

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in Slack."""

    team: str
    user: str
    bot: str
    name: str
    url: str = ""
    scopes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone in Slack. ``member``: of this company, not a guest and not of another workspace."""

    id: str
    name: str
    member: bool
    admin: bool = False
    bot: bool = False
    language: Language | None = None
    zone: str = ""


NOBODY = Colleague("", "", member=False)


@dataclass(frozen=True, slots=True)
class UserGroup:
    """A user group of the workspace; ``id`` stays where it is renamed."""

    id: str
    handle: str
    name: str
    members: frozenset[str] = frozenset()

    @property
    def shown(self) -> str:
        """How people know it: by its name and its handle, which calls nobody here."""
        return f"{self.name} (@{self.handle})" if self.name != self.handle else f"@{self.handle}"


class Workspace:
    """Asks Slack and remembers for a while what it said; threads share it."""

    def __init__(self, client: WebClient) -> None:
        self._client = reading(client)
        self._identity: Identity | None = None
        self._people: _Remembered[Colleague] = _Remembered()
        self._groups: _Remembered[tuple[UserGroup, ...]] = _Remembered()
        self._owners: _Remembered[tuple[str, ...]] = _Remembered()
        self._direct: _Remembered[str] = _Remembered()

    def identity(self) -> Identity:
        """Return who the bot is; asked once. ChannelError where Slack does not say."""
        if self._identity is None:
            with said_no():
                said = self._client.auth_test()
            scopes = str(said.headers.get("x-oauth-scopes") or said.headers.get("X-OAuth-Scopes") or "")
            self._identity = Identity(
                team=str(said.get("team_id") or ""),
                user=str(said.get("user_id") or ""),
                bot=str(said.get("bot_id") or ""),
                name=str(said.get("user") or ""),
                url=str(said.get("url") or ""),
                scopes=frozenset(filter(None, (scope.strip() for scope in scopes.split(",")))),
            )
        return self._identity

    def colleague(self, user: str) -> Colleague:
        """Return who somebody is; one whom Slack does not know is no member. ChannelError where it does not answer."""
        return self._people.get(user, lambda: self._asked_person(user))

    def groups_of(self, user: str) -> frozenset[str]:
        """Return the handles of the user groups that a member is in; nobody else is in any."""
        if not user or not self.colleague(user).member:
            return frozenset()
        return frozenset(handle for handle, members in self.groups().items() if user in members)

    def groups(self) -> dict[str, frozenset[str]]:
        """Return the members of each user group, by its handle; none where the app may not read them."""
        return {group.handle: group.members for group in self.user_groups()}

    def user_groups(self) -> tuple["UserGroup", ...]:
        """Return the user groups that are in use, by name; none where the app may not read them."""
        return self._groups.get("", self._asked_groups)

    def owners(self) -> tuple[str, ...]:
        """Return the workspace's first owner, else its owners; none where Slack does not say."""
        return self._owners.get("", self._asked_owners)

    def direct(self, user: str) -> str:
        """Return the direct message of somebody with the bot, begun if need be; ChannelError where it cannot be."""
        return self._direct.get(user, lambda: self._opened(user))

    def own_channels(self) -> tuple[str, ...]:
        """Return the ids of the channels that the bot is in, the first ``CHANNELS``; asked anew each time."""
        with said_no():
            found = self._client.users_conversations(
                types="public_channel,private_channel", exclude_archived=True, limit=CHANNELS
            )
        return tuple(str(each["id"]) for each in found.get("channels") or ())

    # --- asking

    def _opened(self, user: str) -> str:
        with said_no():
            return str(self._client.conversations_open(users=[user])["channel"]["id"])

    def _asked_person(self, user: str) -> Colleague:
        try:
            with said_no():
                said = self._client.users_info(user=user, include_locale=True)["user"]
        except RefusedError as refusal:
            if refusal.code in ("user_not_found", "user_not_visible", "users_not_found"):
                return NOBODY
            raise
        return person_from(said, self.identity().team)

    def _asked_groups(self) -> tuple["UserGroup", ...]:
        try:
            with said_no():
                said = self._client.usergroups_list(include_users=True, include_disabled=False)
        except RefusedError as refusal:
            if refusal.code not in NO_GROUPS:
                raise
            log.info("Slack's user groups cannot be read (%s): nobody is in a group", refusal.code)
            return ()
        groups: list[dict[str, Any]] = said.get("usergroups") or []
        return tuple(sorted(map(_group_from, groups), key=lambda group: (group.name, group.id)))

    def _asked_owners(self) -> tuple[str, ...]:
        with said_no():
            people = self._client.users_list(limit=OWNERS_AMONG).get("members") or []
        owners = [each for each in people if each.get("is_owner") and not each.get("deleted")]
        first = [each for each in owners if each.get("is_primary_owner")]
        return tuple(str(each["id"]) for each in first or owners)


def _group_from(said: dict[str, Any]) -> UserGroup:
    handle = str(said.get("handle") or "")
    members = frozenset(map(str, said.get("users") or ()))
    return UserGroup(str(said.get("id") or ""), handle, str(said.get("name") or handle), members)


def person_from(said: dict[str, Any], team: str) -> Colleague:
    """Return the person that Slack describes; ``team`` is the workspace of the bot."""
    profile = said.get("profile") or {}
    locale = str(said.get("locale") or "").lower()
    away = bool(said.get("is_stranger")) or (bool(said.get("team_id")) and said.get("team_id") != team)
    guest = bool(said.get("is_restricted") or said.get("is_ultra_restricted"))
    language: Language | None = "ko" if locale.startswith("ko") else "en" if locale.startswith("en") else None
    return Colleague(
        id=str(said.get("id") or ""),
        name=str(
            profile.get("display_name") or profile.get("real_name") or said.get("real_name") or said.get("name") or ""
        ),
        member=not (away or guest or said.get("deleted")),
        admin=bool(said.get("is_admin") or said.get("is_owner")),
        bot=bool(said.get("is_bot")) or said.get("id") == "USLACKBOT",
        language=language,
        zone=str(said.get("tz") or ""),
    )


class _Remembered(Generic[_Value]):
    """Values by name, each for a while; where asking anew fails, what was known goes on to hold."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, tuple[float, _Value]] = {}

    def get(self, name: str, ask: Callable[[], _Value]) -> _Value:
        found = self._known.get(name)
        if found is not None and time.monotonic() - found[0] < REMEMBERED:
            return found[1]
        try:
            value = ask()
        except ChannelError:
            if found is None:
                raise
            return found[1]
        with self._lock:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[name] = (time.monotonic(), value)
        return value
