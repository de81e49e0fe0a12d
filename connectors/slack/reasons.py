"""What somebody thinks of an answer is kept; where it did not help, they are asked why, and offered a person."""

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.channels import ChannelError
from bot.database.conversations import REASONS
from bot.errors import UserError
from bot.phrases import say
from connectors.slack.blocks import FEEDBACK
from connectors.slack.calls import said_no
from connectors.slack.handover_blocks import ask_button, field, filled
from connectors.slack.handover_messages import Spot, spot_of
from connectors.slack.listening import NAME
from knowledge.language import Language

if TYPE_CHECKING:
    from slack_bolt import App

    from connectors.slack.context import Context

log = logging.getLogger(__name__)

WHY, COMMENT = "reason", "comment"
"""The fields of the form."""

CALLBACK = "feedback_reason"
LONGEST = 1_000
"""Characters of a comment."""

Body = dict[str, Any]


def register(app: "App", context: "Context") -> None:
    """Listen to the two buttons and to the form."""
    heard = Reasons(context)
    app.action(FEEDBACK)(heard.rated)
    app.view(CALLBACK)(heard.told)


class Reasons:
    """The listeners; Bolt calls them in its threads."""

    def __init__(self, context: "Context") -> None:
        self._context = context

    def rated(self, ack: Callable[[], object], body: Body) -> None:
        """Keep what somebody thought of an answer, the last word counts; ask why where it did not help."""
        action = (body.get("actions") or [{}])[0]
        rating, _, answer = str(action.get("value") or "").partition(":")
        user = str((body.get("user") or {}).get("id") or "")
        good = rating == "1"
        try:
            self._context.bot.rate(answer, 1 if good else -1, channel=NAME, person=user)
        except UserError as error:
            log.info("an opinion was not kept: %s", error)
            ack()
            return
        ack()
        if (spot := spot_of(body)) is not None:
            self._context.soon(partial(self._thank, spot, "" if good else answer))
        if not good:
            self._ask_why(answer, user, str(body.get("trigger_id") or ""))

    def _ask_why(self, answer: str, user: str, trigger: str) -> None:
        """Open the form; where that cannot be done, the plain opinion is what there is."""
        try:
            view = reason_view(answer, self._context.language_of(user))
            with said_no():
                self._context.client.views_open(trigger_id=trigger, view=view)
        except ChannelError as error:
            log.info("nobody could be asked why an answer did not help: %s", error)

    def _thank(self, spot: Spot, unhelpful: str) -> None:
        """Thank somebody where only they see it; after an answer that did not help, with a way to a person."""
        language = self._context.language_of(spot.user)
        text = say("slack.reasons.offer" if unhelpful else "slack.feedback.thanks", language)
        blocks: list[dict[str, Any]] | None = None
        if unhelpful:
            button = ask_button(f"{unhelpful}|{spot.thread}", language)
            section = {"type": "section", "text": {"type": "plain_text", "text": text}}
            blocks = [section, {"type": "actions", "elements": [button]}]
        threaded = spot.thread if spot.thread != spot.ts else None
        with said_no():
            self._context.client.chat_postEphemeral(
                channel=spot.channel, user=spot.user, thread_ts=threaded, text=text, blocks=blocks
            )

    def told(self, ack: Callable[..., object], body: Body, view: dict[str, Any]) -> None:
        """Keep why an answer did not help; who closes the form has said that it did not, and no more."""
        user, answer = str((body.get("user") or {}).get("id") or ""), str(view.get("private_metadata") or "")
        reason, comment = filled(view, WHY), filled(view, COMMENT).strip()
        if len(comment) > LONGEST:
            said = say("slack.reasons.long", self._context.language_of(user), most=LONGEST)
            ack(response_action="errors", errors={COMMENT: said})
            return
        try:
            self._context.bot.rate(
                answer,
                -1,
                channel=NAME,
                person=user,
                reason=reason if reason in REASONS else None,
                comment=comment or None,
            )
        except UserError as error:
            log.info("a reason was not kept: %s", error)
        ack()


def reason_view(answer: str, language: Language) -> dict[str, Any]:
    """Return the form that asks what was wrong with an answer."""

    def plain(text: str) -> dict[str, Any]:
        return {"type": "plain_text", "text": text}

    options = [{"text": plain(say(f"slack.reasons.{each}", language)), "value": each} for each in REASONS]
    why = {"type": "radio_buttons", "action_id": WHY, "options": options}
    hint = plain(say("slack.reasons.hint", language))
    comment = {"type": "plain_text_input", "action_id": COMMENT, "multiline": True, "max_length": LONGEST}
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": answer,
        "title": plain(say("slack.reasons.title", language)),
        "submit": plain(say("slack.reasons.submit", language)),
        "close": plain(say("slack.reasons.close", language)),
        "blocks": [
            field(WHY, say("slack.reasons.why", language), why, optional=True),
            field(COMMENT, say("slack.reasons.comment", language), {**comment, "placeholder": hint}, optional=True),
        ],
    }
