"""What people answered in a thread in which the bot did not know: drafts of answers for everyone."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.people_said import Said
from connectors.slack.pin_drafts import drafted
from connectors.slack.posted import seconds
from connectors.slack.sent import Place, Sent, ours
from connectors.slack.workspace import Workspace
from knowledge.language import Language

MOST = 3


class Reading(Protocol):
    """What is read of a channel."""

    sent: Sent
    workspace: Workspace

    def name_of(self, user: str) -> str:
        """Return how somebody is called."""
        ...


def answered_by_people(channel: Reading, conversation: str, language: Language) -> list[Said]:
    """Return what people answered after the bot's last word in a thread, the last one first, without what is personal.

    A direct message has nobody in it who could answer.

    Raises:
        ChannelError: Slack does not answer.
    """
    room, _, thread = conversation.partition(":")
    if not thread:
        return []
    said = list(channel.sent.messages(Place(room, thread, ""), all_of_it=True))
    own = channel.workspace.identity().user
    found = []
    for message in reversed(_after(said, own)):
        made = drafted(said, str(message.get("ts")), own, channel.name_of, language)
        if made is not None:
            found.append(Said(made.question, made.answer, made.taken))
    return found[:MOST]


def _after(said: Sequence[Mapping[str, Any]], own: str) -> list[Mapping[str, Any]]:
    """Return what others than who asked last wrote since the bot spoke."""
    last = max((seconds(str(each.get("ts"))) for each in said if ours(each, own)), default=0.0)
    before = [each for each in said if seconds(str(each.get("ts"))) < last and not ours(each, own)]
    asker = str(before[-1].get("user") or "") if before else ""
    return [each for each in said if seconds(str(each.get("ts"))) > last and str(each.get("user") or "") != asker]
