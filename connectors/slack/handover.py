"""Somebody asks for a person: the owners of the channel are called once, and who ended it, and how, is kept."""

import logging
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from bot import routing
from bot.handing_over import HandingOver, Handover, Questioned
from bot.incoming import Incoming
from bot.messages import Message
from bot.phrases import say
from connectors.slack import handover_ends
from connectors.slack.admins import tell_admins
from connectors.slack.handover_blocks import (
    ASK,
    Call,
    is_group,
    named,
    quoted,
    reachable,
)
from connectors.slack.handover_messages import Spot, messages, spot_of, where_of, whisper
from connectors.slack.listening import FOLLOWED, NAME
from connectors.slack.posted import Posted, readable, without
from connectors.slack.private import place_link
from connectors.slack.safe_text import escaped
from connectors.slack.sent import payload_of
from knowledge.language import language_of

if TYPE_CHECKING:
    from slack_bolt import App

    from connectors.slack.context import Context

log = logging.getLogger(__name__)

MOST_WRITTEN = 5
"""People who are written to where somebody asks for a person in a direct message."""

AGAIN = 3600.0
"""Seconds in which a call that was begun is taken up again, where a crash came between: later it is not repeated."""

HANDED = "handed"
"""What is kept for a thread that people took over: nothing is answered there until the bot is mentioned."""

TWICE = 60.0
"""Seconds in which a message that asks for a person may be the same one, told by Slack once more."""

Body = dict[str, Any]


def register(app: "App", context: "Context") -> "Handovers":
    """Listen to the buttons and the form; what is returned is asked about messages, too."""
    heard = Handovers(context)
    app.action(ASK)(heard.pressed)
    handover_ends.register(app, context)
    return heard


class Handovers:
    """The listeners; Bolt calls them in its threads."""

    def __init__(self, context: "Context") -> None:
        self._context = context
        self._people = context.channel.workspace
        self._over = HandingOver(context.bot.sessions, context.bot.clock)
        self._fallback = tuple(filter(None, re.split(r"[\s,]+", context.bot.settings.slack_owners)))

    # --- asking for a person

    def pressed(self, ack: Callable[[], object], body: Body) -> None:
        """Call the owners for who pressed the button, or tell them who was called already."""
        action = (body.get("actions") or [{}])[0]
        value = str(action.get("value") or (action.get("selected_option") or {}).get("value") or "")
        answer, _, thread = value.partition("|")
        spot = spot_of(body, thread)
        if spot is not None:
            self._ask(spot, self._questioned(spot, answer), origin=self._origin(spot, body))
        ack()

    def wanted(self, posted: Posted, asked: str) -> bool:
        """Call the owners where a message asks for a person and for nothing else; False: it is another message.

        Alone with the bot somebody is asked first, for their name and words go to others. ``asked`` is why the message
        is for the bot: where nobody named it, only who has asked it something may mean it.
        """
        if routing.kind_of(readable(without(posted.text, self._context.own()))) != "human":
            return False
        spot = Spot(posted.channel, posted.ts, posted.thread, posted.user)
        question = self._over.last_question(NAME, posted.conversation, posted.user)
        if spot.direct:
            self._offer(spot, posted, question)
        elif asked == FOLLOWED and question is None:
            return False
        else:
            self._ask(spot, question, silent=TWICE)
        return True

    def back_in(self, place: str) -> None:
        """Answer again in a thread that people took over, now that somebody mentioned the bot there."""
        if self._context.chosen(place).get(HANDED):
            self._context.choose(place, **{HANDED: None})

    def _questioned(self, spot: Spot, answer: str) -> Questioned | None:
        """Return the question of an answer given here, or to this person; what a button says is not trusted."""
        found = self._over.question_of(NAME, answer)
        if found is None or found.conversation in (spot.channel, spot.place) or found.asker == spot.user:
            return found
        return None

    def _offer(self, spot: Spot, posted: Posted, question: Questioned | None) -> None:
        language = language_of(readable(posted.text))
        value = f"{question.answer_id if question else ''}|{spot.thread}"
        where = where_of(spot, Call("offer", value=value))
        message = Message(posted.text, NAME, posted.conversation, posted.user, language=language)
        text = say("slack.handover.offer", language)
        self._context.bot.inbox.accept(Incoming(posted.key, message, kind="notice", where=where, text=text))

    def _ask(self, spot: Spot, question: Questioned | None, *, origin: str = "", silent: float = 0.0) -> None:
        """Begin it and have everyone told through the inbox; where it was begun before, say so to who asks again.

        ``origin`` is the channel whose owners are called, "" for this one; ``silent``: seconds in which it is not said.
        """
        owners = self._context.choices(origin or spot.channel).owners or self._fallback
        written = self._written(owners, spot.user) if spot.direct else ()
        new = Handover(
            id=0,
            channel=NAME,
            place=spot.place,
            asker=spot.user,
            question=question.question if question else "",
            called=written if spot.direct else owners,
            created_at=self._context.bot.clock(),
            answer_id=question.answer_id if question else None,
        )
        if spot.direct and not written:  # who asks may be the only admin
            self._context.soon(partial(self._say_nobody, new, spot, owners))
            return
        asked = self._over.begin(new)
        age = (self._context.bot.clock() - asked.handover.created_at).total_seconds()
        if age < AGAIN and self._tell(asked.handover, spot) == "new":
            if not spot.direct:
                self._context.choose(spot.place, **{HANDED: True})
            self._context.soon(partial(self._tell_admins, asked.handover, owners))
        elif not asked.begun and age >= silent:
            self._context.soon(partial(self._say_already, asked.handover, spot))

    def _origin(self, spot: Spot, body: Body) -> str:
        """Return the channel in which a private answer was asked for, "" where it was asked for here."""
        if not spot.direct:
            return ""
        payload = payload_of(body.get("message") or {})
        if not payload:  # a button that only one person sees does not stand in a message
            payload = payload_of(self._context.channel.sent.message(spot.channel, spot.thread) or {})
        return str(payload.get("channel") or "")

    def _written(self, owners: Sequence[str], asker: str) -> tuple[str, ...]:
        """Return who is written to where somebody is alone with the bot: the owners, else the admins."""
        return self._colleagues(owners, asker) or self._colleagues(self._context.admins.told(), asker)

    def _colleagues(self, owners: Sequence[str], asker: str) -> tuple[str, ...]:
        groups = {group.id: group.members for group in self._people.user_groups()} if any(map(is_group, owners)) else {}
        members = (
            each for one in owners for each in (sorted(groups.get(one, frozenset[str]())) if is_group(one) else (one,))
        )
        found: list[str] = []
        for each in dict.fromkeys(members):
            colleague = self._people.colleague(each)
            if each != asker and colleague.member and not colleague.bot:
                found.append(each)
            if len(found) == MOST_WRITTEN:
                break
        return tuple(found)

    # --- telling

    def _tell(self, over: Handover, spot: Spot) -> str:
        """Have everyone told as it is now; "new" where that was not done before."""
        return self._context.bot.inbox.accept(*messages(over, spot, self._context.bot.settings.language or "ko"))

    def _tell_admins(self, over: Handover, owners: Sequence[str]) -> None:
        """Tell the admins where nobody could be called, or those who should be are not there any more."""
        channel, _, thread = over.place.partition(":")
        direct = channel.startswith("D")
        if reachable(owners, self._people) or (direct and not owners):  # then they are written to as owners
            return
        link = place_link({"channel": channel, "ts": thread}, self._people.identity().url)
        place = f"<@{over.asker}>" if direct else f"<#{channel}> {link}"
        values = {"name": escaped(named(self._people, over.asker)), "place": place}
        phrase = "slack.handover.admins_gone" if owners else "slack.handover.admins"
        names = ", ".join(escaped(named(self._people, each)) for each in owners)
        question = quoted(over.question) if over.question else ""
        tell_admins(self._context.channel, self._context.admins, phrase, **values, question=question, owners=names)

    def _say_nobody(self, new: Handover, spot: Spot, owners: Sequence[str]) -> None:
        whisper(self._context.client, spot, say("slack.handover.nobody_direct", self._context.language_of(spot.user)))
        self._tell_admins(new, owners)

    def _say_already(self, over: Handover, spot: Spot) -> None:
        language = self._context.language_of(spot.user)
        at = over.created_at.astimezone(self._context.bot.clock().tzinfo).strftime("%m-%d %H:%M")
        names = ", ".join(escaped(named(self._people, each)) for each in over.called)
        phrase = "slack.handover.already" if names else "slack.handover.already_nobody"
        whisper(self._context.client, spot, say(phrase, language, names=names, at=at))
