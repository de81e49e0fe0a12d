"""A reply as Slack shows it: the text, its sources, how far they back it, and buttons that do something."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.delivering import NOTICE
from bot.messages import Reply, Source
from bot.phrases import say
from connectors.slack.handover_blocks import ask_block
from connectors.slack.safe_text import escaped, neutral, pieces, plain, unmarked
from knowledge.language import Language

Block = dict[str, Any]
Link = Callable[[Source], str]
"""Tells the address at which a source can be read, "" where there is none."""

MOST = 11_000
"""Characters of Markdown in one message: Slack takes 12,000 in a block and somewhat more in all of them."""

FALLBACK = 1_000
"""Characters of the text for notifications: where a message is changed, Slack takes 4,000 bytes."""
LONGEST = 39_000
"""Characters of a message without blocks; Slack cuts it at 40,000."""
LABEL = 75
SOURCES = 5
NEAREST = 3

FEEDBACK, NEAREST_ASKED = "feedback", "nearest"
"""The actions of the buttons; those for the nearest questions end with their number."""


@dataclass(frozen=True, slots=True)
class Page:
    """One message of a reply: its blocks, the text for notifications and screen readers, and ``whole``, all of it.

    The whole is plain text, for where Slack does not take the blocks; "" where the text says it all.
    """

    text: str
    blocks: list[Block]
    whole: str = ""

    def said(self, metadata: dict[str, Any]) -> dict[str, Any]:
        """Return it as the call that sends it takes it."""
        return {"text": self.text, "blocks": self.blocks, "metadata": metadata}


def pages(
    reply: Reply, above: Sequence[Block] = (), below: Sequence[Block] = (), link: Link = lambda _source: ""
) -> list[Page]:
    """Return the messages of a reply: one, or where it is too long as many as it takes; never less than said.

    ``above`` stands above its text, ``below`` at its very end; ``link`` tells where a source can be read.
    """
    parts = pieces(safe(reply), MOST)
    shown = [Page(plain(part, FALLBACK) or " ", [_markdown(part)], plain(part, LONGEST) or " ") for part in parts]
    if len(parts) > 1:
        for number, page in enumerate(shown, 1):
            page.blocks.append(_context(say("slack.part", reply.language, number=number, of=len(parts))))
    shown[0].blocks[:0] = above
    shown[-1].blocks.extend([*foot(reply, link), *below])
    return shown


def foot(reply: Reply, link: Link = lambda _source: "") -> list[Block]:
    """Return what stands below the text of a reply; ``link`` tells where a source can be read."""
    if reply.task == NOTICE:
        return []
    blocks = []
    if reply.nearest and not reply.answered:
        blocks.append(_nearest(reply))
    if sources := _sources(reply.sources, reply.language, link):
        blocks.append(sources)
    if said := " · ".join(filter(None, [_checks(reply), reply.notice])):
        blocks.append(_context(said))
    if reply.answer_id and reply.task not in ("smalltalk", NOTICE):
        blocks.append(_feedback(reply))
    if person := ask_block(reply):
        blocks.append(person)
    return blocks


def safe(reply: Reply) -> str:
    """Return the reply's text as Markdown that calls nobody and opens only links that its sources have."""
    known = "\n".join(source.quote for source in reply.sources)
    trusted = reply.extract and bool(reply.sources)
    return neutral(reply.text, known, trusted=trusted or reply.checks == "supported") or say(
        "slack.nothing", reply.language
    )


def _markdown(text: str) -> Block:
    return {"type": "markdown", "text": text or " "}


def _context(text: str) -> Block:
    """Return a line in small type in which nothing is markup."""
    return {"type": "context", "elements": [{"type": "plain_text", "text": unmarked(text)[:3_000], "emoji": False}]}


def _sources(sources: Sequence[Source], language: Language, link: Link) -> Block | None:
    """Return the sources, one a line, each place once; what can be read on our own pages leads there."""
    named: dict[str, str] = {}
    for source in sources:
        page = say("slack.page", language, page=source.page) if source.page else ""
        title = source.title if source.title and source.title != source.document else ""
        named.setdefault(" · ".join(filter(None, [_short(title, 80), _short(source.document, 60), page])), link(source))
    shown = [*named.items()][:SOURCES]
    if not shown:
        return None
    more = say("slack.more_sources", language, count=len(named) - SOURCES) if len(named) > SOURCES else ""
    if not any(url for _, url in shown):
        return _context("\n".join([*(f"📄 {name}" for name, _ in shown), *filter(None, [more])]))
    lines = [f"📄 <{url}|{escaped(name)}>" if url else f"📄 {escaped(name)}" for name, url in shown]
    said = {"type": "mrkdwn", "text": "\n".join([*lines, *filter(None, [more])]), "verbatim": True}
    return {"type": "context", "elements": [said]}


def _checks(reply: Reply) -> str:
    """Return how far the sources back the text, where there are any; and that a machine wrote it."""
    said = say(f"web.chat.checks.{reply.checks}", reply.language) if reply.sources else ""
    written = (
        "" if reply.extract or reply.model in ("extractive", "none", "") else say("slack.by_model", reply.language)
    )
    return " · ".join(filter(None, [said, written]))


def _nearest(reply: Reply) -> Block:
    elements = [
        {
            "type": "button",
            "action_id": f"{NEAREST_ASKED}:{at}",
            "text": {"type": "plain_text", "text": _short(unmarked(each.question), LABEL), "emoji": False},
            "value": json.dumps({"question": each.question[:1_500]}, ensure_ascii=False),
        }
        for at, each in enumerate(reply.nearest[:NEAREST])
    ]
    return {"type": "actions", "elements": elements}


def _feedback(reply: Reply) -> Block:
    def button(key: str, value: int) -> dict[str, Any]:
        text = {"type": "plain_text", "text": say(f"slack.feedback.{key}", reply.language)}
        said = say(f"slack.feedback.{key}_label", reply.language)
        return {"text": text, "value": f"{value}:{reply.answer_id}", "accessibility_label": said}

    element = {
        "type": "feedback_buttons",
        "action_id": FEEDBACK,
        "positive_button": button("good", 1),
        "negative_button": button("bad", -1),
    }
    return {"type": "context_actions", "elements": [element]}


def _short(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
