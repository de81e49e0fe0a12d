"""App Home and the messages tab: shown when somebody opens them, and shown anew when they change something there."""

import json
import logging
import re
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.channels import ChannelError
from bot.database import people
from bot.database.audit import note
from bot.incoming import Incoming
from bot.messages import Message
from bot.phrases import say
from bot.preferences import Preferences, kept
from connectors.slack.calls import said_no
from connectors.slack.channel_settings import open_settings
from connectors.slack.home_admin import PAUSE, RESUME, SETTINGS, WEB
from connectors.slack.home_blocks import escaped_short
from connectors.slack.home_facts import HomeFacts
from connectors.slack.home_view import ASK, FORGET, PREFERRED, QUESTION, UNDO, Notice, home
from connectors.slack.listening import DIRECT, NAME
from knowledge.language import language_of

if TYPE_CHECKING:
    from slack_bolt import App

    from connectors.slack.context import Context

log = logging.getLogger(__name__)

PROMPTS = 4
"""Questions that the messages tab suggests; Slack shows no more."""

ECHO = 150
"""Characters of a question that are shown once it is asked."""

HELD = 200
"""Characters of the button that brings settings back: more is not what we put there."""

Ack = Callable[[], object]
JSON = dict[str, Any]


def register(app: "App", context: "Context") -> None:
    """Tell the app what to listen to on its own pages."""
    page = Home(context)
    context.show_home = page.show
    app.event("app_home_opened")(page.opened)
    app.action(re.compile(rf"^{ASK}:\d+$"))(page.ask)
    for action, _, _ in PREFERRED:
        app.action(action)(page.prefer)
    app.action(FORGET)(page.forget)
    app.action(UNDO)(page.undo)
    app.action(PAUSE)(page.pause)
    app.action(RESUME)(page.resume)
    app.action(re.compile(rf"^{SETTINGS}:"))(page.settings)
    app.action(WEB)(page.left)
    context.soon(page.warm)


class Home:
    """The listeners of the app's own pages; Bolt calls them in its threads, with what they name."""

    def __init__(self, context: "Context") -> None:
        self._context = context
        self._bot = context.bot
        self._facts = HomeFacts(context)
        self._lock = threading.Lock()
        self._wanted: dict[str, Notice | None] = {}
        self._at_work: set[str] = set()

    # --- showing

    def warm(self) -> None:
        """Have what takes a while be done before somebody opens Home."""
        self._facts.warm()

    def opened(self, event: JSON) -> None:
        """Show the Home tab, or suggest questions on the messages tab."""
        user, channel = str(event.get("user") or ""), str(event.get("channel") or "")
        if event.get("tab") == "home" and user:
            self.show(user)
        elif event.get("tab") == "messages" and channel:
            self._context.soon(partial(self._suggest, user, channel))

    def show(self, user: str, notice: Notice | None = None) -> None:
        """Have somebody's Home shown as it is by now; what was asked for several times meanwhile is shown once."""
        with self._lock:
            self._wanted[user] = notice or self._wanted.get(user)
        self._context.soon(partial(self._publish, user))

    def _publish(self, user: str) -> None:
        """Show what is wanted, one view after the other: an older one must not come last."""
        while True:
            with self._lock:
                if user in self._at_work or user not in self._wanted:
                    return
                notice = self._wanted.pop(user)
                self._at_work.add(user)
            try:
                view = home(self._facts.of(user), notice)
                with said_no():
                    self._context.client.views_publish(user_id=user, view=view)
            except ChannelError as error:
                log.info("App Home could not be shown: %s", error)
            finally:
                with self._lock:
                    self._at_work.discard(user)

    def _suggest(self, user: str, channel: str) -> None:
        """Offer questions that the documents answer, and one about the bot itself."""
        language = self._facts.language(user)
        questions = self._facts.questions.some(language, PROMPTS - 1)
        prompts = [{"title": question[:75], "message": question[:500]} for question in questions]
        prompts.append({part: say(f"slack.prompt_one.{part}", language) for part in ("title", "message")})
        with said_no():
            self._context.client.assistant_threads_setSuggestedPrompts(
                channel_id=channel, prompts=prompts, title=say("slack.prompts", language)
            )

    # --- asking

    def ask(self, ack: Ack, body: JSON) -> None:
        """Ask an example question in the name of who pressed it; the answer comes as a direct message.

        Pressed twice on what is shown once, it is asked once: the view that says so is another one.
        """
        user, action = _acted(body)
        question = str(action.get("value") or "")[:QUESTION].strip()
        moment = str((body.get("view") or {}).get("hash") or action.get("action_ts") or "")
        if not (user and question and moment):
            ack()
            return
        said = Message(question, NAME, person=user, language=language_of(question))
        where = {"channel": "", "ts": "", "thread": "", "kind": "im", "asked": DIRECT, "private": True}
        accepted = self._context.keep(
            Incoming(f"slack:home:{user}:{moment}:{action.get('action_id')}", said, where=where)
        )
        ack()
        self._context.soon(partial(self._asked, user, question, refused=accepted == "refused"))

    def _asked(self, user: str, question: str, *, refused: bool) -> None:
        language = self._facts.language(user)
        if refused:
            self.show(user, Notice(say("slack.home.refused", language)))
            return
        workspace = self._context.channel.workspace
        url, direct = workspace.identity().url.rstrip("/"), workspace.direct(user)
        link = f"<{url}/archives/{direct}|{say('slack.home.messages', language)}>" if url else ""
        phrase = "slack.home.asked_paused" if self._bot.inbox.paused() else "slack.home.asked"
        self.show(user, Notice(say(phrase, language, question=escaped_short(question, ECHO), link=link)))

    # --- what somebody prefers

    def prefer(self, ack: Ack, body: JSON) -> None:
        """Keep what somebody chose; what is not known counts as nothing chosen."""
        user, action = _acted(body)
        chosen = str((action.get("selected_option") or {}).get("value") or "")
        name = next((name for each, name, _ in PREFERRED if each == action.get("action_id")), "")
        if user and name:
            self._change(user, lambda now: _with(now, name, chosen))
        ack()
        self.show(user)

    def forget(self, ack: Ack, body: JSON) -> None:
        """Forget what somebody prefers; the button that takes it back holds it, and nothing else does."""
        user, _ = _acted(body)
        before = self._change(user, lambda _now: Preferences()) if user else Preferences()
        ack()
        undo = json.dumps({name: getattr(before, name) for _, name, _ in PREFERRED})
        text = say("slack.home.forgotten", self._language(user))
        self.show(user, Notice(text, undo if before != Preferences() else ""))

    def undo(self, ack: Ack, body: JSON) -> None:
        """Bring back what was forgotten; what was chosen since stays."""
        user, action = _acted(body)
        before = _preferences(str(action.get("value") or ""))
        if user and before != Preferences():
            self._change(user, lambda now: now.over(before))
        ack()
        self.show(user, Notice(say("slack.home.restored", self._language(user))))

    def _change(self, user: str, change: Callable[[Preferences], Preferences]) -> Preferences:
        """Change what somebody prefers; return what it was."""
        somebody = Message("", NAME, person=user)
        with self._bot.sessions.begin() as session:
            before = people.preferences_of(session, somebody)
            people.prefer(session, somebody, change(before), self._bot.clock())
        return before

    def _language(self, user: str) -> Any:
        try:
            return self._facts.language(user)
        except ChannelError:
            return self._bot.settings.language or "ko"

    # --- what admins do

    def pause(self, ack: Ack, body: JSON) -> None:
        """Have nothing be answered, anywhere."""
        self._as_admin(ack, body, "paused")

    def resume(self, ack: Ack, body: JSON) -> None:
        """Go on."""
        self._as_admin(ack, body, "resumed")

    def _as_admin(self, ack: Ack, body: JSON, done: str) -> None:
        user, _ = _acted(body)
        if not self._context.admins.has(user):
            ack()
            self.show(user, Notice(say("slack.home.only_admins", self._language(user))))
            return
        actor = self._context.admins.actor(user)
        change = self._bot.inbox.pause if done == "paused" else self._bot.inbox.resume
        change(noting=lambda session: note(session, actor, f"inbox.{done}", "inbox", user=user))
        ack()
        self.show(user)

    def settings(self, ack: Ack, body: JSON) -> None:
        """Open the settings of a channel; who may, is looked at there."""
        user, action = _acted(body)
        open_settings(self._context, str(body.get("trigger_id") or ""), str(action.get("value") or ""), user)
        ack()

    def left(self, ack: Ack) -> None:
        """Somebody followed a link; Slack wants to hear that this is fine."""
        ack()


def _acted(body: JSON) -> tuple[str, JSON]:
    """Return who did something, and what it was done with."""
    actions = body.get("actions") or [{}]
    return str((body.get("user") or {}).get("id") or ""), dict(actions[0])


def _with(now: Preferences, name: str, chosen: str) -> Preferences:
    values: dict[str, str | None] = {each: getattr(now, each) or None for _, each, _ in PREFERRED}
    return kept(**{**values, name: chosen})


def _preferences(value: str) -> Preferences:
    """Return what the button holds: it came from outside, so that only what is known counts."""
    try:
        said = json.loads(value) if len(value) <= HELD else None
    except ValueError:
        return Preferences()
    if not isinstance(said, dict):
        return Preferences()
    values = {name: said.get(name) for _, name, _ in PREFERRED}
    return kept(**{name: each if isinstance(each, str) else None for name, each in values.items()})
