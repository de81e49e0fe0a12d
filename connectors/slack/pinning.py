"""An admin's 📌 on a person's answer: a draft for the documents, shown to that admin alone, added once they say so.

The listener keeps the reaction, a worker reads the thread (``errands.py``). What the draft says stands in its message
only; in ``places`` there is no more than where that is.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bot.collected import Answered, Collected, names_in
from bot.errors import DapbotError
from bot.phrases import say
from connectors.slack import errands, pin_blocks
from connectors.slack.board import Block, Board
from connectors.slack.calls import RefusedError, said_no
from connectors.slack.pin_blocks import ADD, DISCARD, EDIT, EDITED, UNDO, Draft
from connectors.slack.pin_drafts import ANSWER, QUESTION, drafted
from connectors.slack.private import place_link
from connectors.slack.sent import Place, Sent
from knowledge.language import Language

if TYPE_CHECKING:
    from slack_bolt import App

    from connectors.slack.context import Context

PINS = frozenset({"pushpin", "round_pushpin"})
DONE = "white_check_mark"
PLACE = "pin:"
"""How the names begin under which it is kept where a draft is."""


def register(app: "App", context: "Context") -> None:
    """Tell the app what to listen to."""
    pins = Pins(context)
    app.event("reaction_added")(pins.pinned)
    app.action(re.compile(r"^pin:(add|discard|undo)$"))(pins.pressed)
    app.action(EDIT)(pins.edit)
    app.view(EDITED)(pins.edited)


class Pins:
    """The listeners; Bolt calls them in its threads."""

    def __init__(self, context: "Context") -> None:
        self._context = context

    def pinned(self, event: dict[str, Any]) -> None:
        """Keep a pin on what a person wrote in a channel; whoever is no admin pins for nobody but themselves."""
        item = event.get("item") or {}
        channel, ts, user = (str(each or "") for each in (item.get("channel"), item.get("ts"), event.get("user")))
        if event.get("reaction") not in PINS or item.get("type") != "message" or not (channel and ts and user):
            return
        if channel.startswith("D") or event.get("item_user") in (None, "", self._context.own()):
            return
        at = str(event.get("event_ts") or "")
        errands.keep(
            self._context, f"slack:pin:{channel}:{ts}:{at}", errands.PINNED, channel, user, {"ts": ts, "at": at}
        )

    def pressed(self, ack: Callable[[], object], body: dict[str, Any]) -> None:
        """Have a worker add or discard the draft, or take back what was added."""
        action, user, place = _action(body)
        question, answer = pin_blocks.said_in(body.get("message") or {})
        if place:
            act = str(action.get("action_id"))
            key = f"slack:{place}:{act}:{action.get('action_ts')}:{user}"
            self._keep(key, user, {"place": place, "act": act, "question": question, "answer": answer})
        ack()

    def _keep(self, key: str, user: str, kept: Mapping[str, Any]) -> None:
        errands.keep(self._context, key, errands.PIN_DONE, "collected", user, kept)  # one document: one after the other

    def edit(self, ack: Callable[[], object], body: dict[str, Any]) -> None:
        """Open the form in which a draft is changed."""
        _, user, place = _action(body)
        question, answer = pin_blocks.said_in(body.get("message") or {})
        ack()
        if place:
            view = pin_blocks.form(question, answer, place, self._context.language_of(user))
            with said_no():
                self._context.client.views_open(trigger_id=str(body.get("trigger_id") or ""), view=view)

    def edited(self, ack: Callable[..., object], body: dict[str, Any], view: dict[str, Any]) -> None:
        """Have a worker add what stands in the form."""
        user = str((body.get("user") or {}).get("id") or "")
        values = (view.get("state") or {}).get("values") or {}
        said = {
            name: str(((values.get(name) or {}).get(name) or {}).get("value") or "") for name in ("question", "answer")
        }
        language = self._context.language_of(user)
        empty = {
            name: say("slack.pin.empty", language) for name, text in said.items() if not any(map(str.isalnum, text))
        }
        if empty:
            ack(response_action="errors", errors=empty)
            return
        try:
            place = str(json.loads(str(view.get("private_metadata") or "{}")).get("place") or "")
        except (ValueError, AttributeError):
            place = ""
        if place.startswith(PLACE):
            key = f"slack:{place}:edited:{view.get('id')}:{view.get('hash')}:{user}"
            self._keep(key, user, {"place": place, "act": ADD, **said})
        ack()


def _action(body: Mapping[str, Any]) -> tuple[Mapping[str, Any], str, str]:
    """Return the action, who did it, and the place it is for, "" where there is none."""
    action = (body.get("actions") or [{}])[0]
    user, place = str((body.get("user") or {}).get("id") or ""), str(action.get("value") or "")[:200]
    return action, user, place if place.startswith(PLACE) else ""


class PinWork:
    """What a worker does about pins; threads share it."""

    def __init__(self, context: "Context") -> None:
        self._context = context
        self._board = Board(context)
        self._sent = Sent(context.client, context.channel.workspace)

    # --- a draft is made

    def pinned(self, kept: Mapping[str, Any]) -> None:
        """Show an admin the draft from the thread of what they pinned; of a second pin nothing comes.

        Raises:
            ChannelError: Slack does not answer; doing it once more does no harm.
        """
        user, channel, ts = str(kept["user"]), str(kept["of"]), str(kept["ts"])
        workspace, place = self._context.channel.workspace, f"{PLACE}{kept['of']}:{kept['ts']}"
        workspace.colleague(user)  # where Slack does not say who it is, it is tried again
        if not self._context.admins.has(user) or self._context.chosen(place).get("message"):
            return
        language = self._context.language_of(user)
        said = self._thread(channel, ts)
        made = drafted(said, ts, self._context.own(), self._name, language)
        if made is None:
            return
        thread = str(said[0].get("thread_ts") or said[0]["ts"])
        link = place_link({"channel": channel, "ts": ts, "thread": thread}, workspace.identity().url)
        answered = Answered(_key(channel, ts), made.question, made.answer, link)
        findings = [each.words(language) for each in self._collected().findings(answered)][:3]
        shown = Draft(made, link, channel, self._is_private(channel), findings)
        direct = workspace.direct(user)
        blocks = pin_blocks.draft(shown, place, language)
        text = say("slack.pin.made", language)
        message = self._board.put(Place(direct, "", str(kept["at"])), place, text, blocks)
        self._context.choose(place, message=message, room=direct)

    def _thread(self, channel: str, ts: str) -> list[dict[str, Any]]:
        """Return the thread of a message, oldest first; of a reply Slack gives that one alone, naming its thread."""
        found = list(self._sent.messages(Place(channel, ts, ""), all_of_it=True))
        own = next((each for each in found if each.get("ts") == ts), {})
        thread = str(own.get("thread_ts") or ts)
        if thread != ts and not any(each.get("ts") == thread for each in found):
            found = list(self._sent.messages(Place(channel, thread, ""), all_of_it=True))
        return found

    def _name(self, user: str) -> str:
        return self._context.channel.workspace.colleague(user).name

    def _is_private(self, channel: str) -> bool:
        with said_no():
            found = self._context.client.conversations_info(channel=channel).get("channel") or {}
        return bool(found.get("is_private") or found.get("is_mpim"))

    def _collected(self) -> Collected:
        return Collected(self._context.bot.library, names_in(self._context.bot.settings.language or "ko"))

    # --- a button is pressed

    def done(self, kept: Mapping[str, Any]) -> None:
        """Add or discard a draft, or take back what was added; errors as for ``pinned``."""
        user, place = str(kept["user"]), str(kept["place"])
        self._context.channel.workspace.colleague(user)
        language = self._context.language_of(user)
        known = self._context.chosen(place)
        if not known.get("message"):
            return  # it was discarded, or never was
        if not self._context.admins.has(user):
            self._board.whisper(str(known["room"]), user, say("slack.files.only_admins", language))
            return
        try:
            if kept["act"] == ADD:
                self._add(place, known, kept, language)
            elif kept["act"] == DISCARD and known.get("state") != "added":
                self._change(place, known, say("slack.pin.discarded", language))
                self._context.choose(place, message=None, room=None)
            elif kept["act"] == UNDO:
                self._undo(place, known, user, language)
        except DapbotError as error:
            self._board.whisper(str(known["room"]), user, say(error.phrase, language, **error.values))

    def _add(self, place: str, known: Mapping[str, Any], kept: Mapping[str, Any], language: Language) -> None:
        channel, ts = _spot(place)
        question, answer = str(kept.get("question") or "")[:QUESTION], str(kept.get("answer") or "")[:ANSWER]
        if known.get("state") == "added" or not (question and answer):
            return
        collected = self._collected()
        link = place_link({"channel": channel, "ts": ts}, self._context.channel.workspace.identity().url)
        collected.add(Answered(_key(channel, ts), question, answer, link), f"slack:{kept['user']}")
        blocks = pin_blocks.added(question, answer, collected.name, place, language)
        self._change(place, known, say("slack.pin.added", language, name=collected.name), blocks)
        self._context.choose(place, state="added")
        self._sign(channel, ts)

    def _undo(self, place: str, known: Mapping[str, Any], user: str, language: Language) -> None:
        channel, ts = _spot(place)
        collected = self._collected()
        collected.remove(_key(channel, ts), f"slack:{user}")
        self._change(place, known, say("slack.pin.undone", language, name=collected.name))
        self._context.choose(place, message=None, room=None, state=None)
        self._sign(channel, ts, off=True)

    def _sign(self, channel: str, ts: str, *, off: bool = False) -> None:
        """Put a sign on the answer, or take it off; that Slack refuses it changes nothing."""
        client = self._context.client
        try:
            with said_no():
                if off:
                    client.reactions_remove(channel=channel, timestamp=ts, name=DONE)
                else:
                    client.reactions_add(channel=channel, timestamp=ts, name=DONE)
        except RefusedError:
            return

    def _change(self, place: str, known: Mapping[str, Any], text: str, blocks: Sequence[Block] = ()) -> None:
        self._board.change(str(known["room"]), str(known["message"]), place, text, blocks)


def _spot(place: str) -> tuple[str, str]:
    """Return channel and ``ts`` of what was pinned."""
    channel, _, ts = place.removeprefix(PLACE).partition(":")
    return channel, ts


def _key(channel: str, ts: str) -> str:
    return f"slack-{channel}-{ts}"
