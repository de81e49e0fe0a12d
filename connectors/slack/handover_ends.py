"""How a question that people took over ends: who may say so does, in a form, and may take it back."""

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.channels import ChannelError
from bot.handing_over import LONGEST_NOTE, OUTCOMES, HandingOver, Handover
from bot.phrases import say
from connectors.slack.calls import said_no
from connectors.slack.handover_blocks import HOW, NOTE, REOPEN, SOLVE, filled, is_group, solving_view
from connectors.slack.handover_messages import Spot, messages, spot_of, whisper

if TYPE_CHECKING:
    from slack_bolt import App

    from connectors.slack.context import Context

log = logging.getLogger(__name__)

Body = dict[str, Any]


def register(app: "App", context: "Context") -> None:
    """Listen to the buttons and the form."""
    heard = Ends(context)
    app.action(SOLVE)(heard.solving)
    app.action(REOPEN)(heard.reopening)
    app.view(SOLVE)(heard.solved)


class Ends:
    """The listeners; Bolt calls them in its threads."""

    def __init__(self, context: "Context") -> None:
        self._context = context
        self._people = context.channel.workspace
        self._over = HandingOver(context.bot.sessions, context.bot.clock)

    def solving(self, ack: Callable[[], object], body: Body) -> None:
        """Open the form for who may say that it has ended; where that is known, show it."""
        ack()
        spot, over = self._pressed(body)
        if spot is None or over is None:
            return
        if over.solved_at is not None:
            self._show(over, _stage(body))
            return
        view = solving_view(over.id, self._context.language_of(spot.user))
        with said_no():
            self._context.client.views_open(trigger_id=str(body.get("trigger_id") or ""), view=view)

    def reopening(self, ack: Callable[[], object], body: Body) -> None:
        """Have it wait again, where it was ended by mistake; who presses again sees it as it is."""
        spot, over = self._pressed(body)
        if spot is not None and over is not None and over.solved_at is not None:
            now = self._over.reopen(over.id)
            if now is not None:
                self._show(now, _stage(body))
        ack()

    def _pressed(self, body: Body) -> tuple[Spot | None, Handover | None]:
        """Return where a button was pressed and what for; where that may not be done, the person is told why."""
        spot = spot_of(body)
        over = self._over.get(_number((body.get("actions") or [{}])[0].get("value")))
        if spot is None or (over is not None and self._may_solve(over, spot.user)):
            return spot, over
        phrase = "slack.handover.erased" if over is None else "slack.handover.not_yours"
        text = say(phrase, self._context.language_of(spot.user))
        self._context.soon(partial(whisper, self._context.client, spot, text))
        return spot, None

    def solved(self, ack: Callable[..., object], body: Body, view: dict[str, Any]) -> None:
        """Keep how it ended, and put that in the place of the buttons."""
        user = str((body.get("user") or {}).get("id") or "")
        over = self._over.get(_number(view.get("private_metadata")))
        outcome, note = filled(view, HOW), filled(view, NOTE)
        if len(note) > LONGEST_NOTE:
            said = say("slack.reasons.long", self._context.language_of(user), most=LONGEST_NOTE)
            ack(response_action="errors", errors={NOTE: said})
            return
        if over is None or not self._may_solve(over, user):
            log.info("a handover was not ended: it is not there, or not theirs to end")
        else:
            over = self._over.solve(over.id, by=user, outcome=outcome if outcome in OUTCOMES else "other", note=note)
            if over is not None:
                self._show(over, str(view.get("id") or ""))
        ack()

    def _show(self, over: Handover, stage: str) -> None:
        """Have everyone see it as it is now, in the place of how it was."""
        channel, _, thread = over.place.partition(":")
        usual = self._context.bot.settings.language or "ko"
        spot = Spot(channel, thread, thread, over.asker)
        self._context.bot.inbox.accept(*messages(over, spot, usual, stage=stage))

    def _may_solve(self, over: Handover, user: str) -> bool:
        """Tell whether somebody asked for it, was called, or is an admin."""
        if user and (user == over.asker or user in over.called):
            return True
        try:
            groups = self._people.user_groups() if any(map(is_group, over.called)) else ()
        except ChannelError:
            groups = ()
        return any(group.id in over.called and user in group.members for group in groups) or self._context.admins.has(
            user
        )


def _stage(body: Body) -> str:
    """Return the name of a press of a button: no other has it."""
    return str((body.get("actions") or [{}])[0].get("action_ts") or body.get("trigger_id") or "")


def _number(value: object) -> int:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
