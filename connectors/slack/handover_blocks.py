"""What people see when somebody asks for a person: the button, the call, the form in which it ends, how it ended."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from bot.channels import ChannelError
from bot.database.handovers import LONGEST_NOTE, OUTCOMES
from bot.messages import Reply
from bot.phrases import say
from connectors.slack.safe_text import escaped
from connectors.slack.workspace import Workspace
from knowledge.language import Language

Block = dict[str, Any]

ASK, SOLVE, REOPEN = "handover", "handover_solved", "handover_reopened"
"""The actions of the buttons; ``SOLVE`` is the form's callback, too."""

HOW, NOTE = "how", "note"
"""The fields of the form."""

SHOWN = 300
"""Characters of the question in a call."""

As = Literal["thread", "asker", "owner", "offer"]
"""Where a message of a handover stands: in the thread of a channel, with the asker alone, with an owner alone. An offer
asks whether somebody is to be called at all."""


@dataclass(frozen=True, slots=True)
class Call:
    """One message of a handover, as ``where["handover"]`` keeps it; people and groups are ids.

    ``called`` are those who are to be called, ``written`` those who are written to instead. With a ``solver`` it has
    ended. ``reader`` is the owner who is written to; ``value`` is what an offer's button says.
    """

    shown_as: As
    number: int = 0
    asker: str = ""
    question: str = ""
    called: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    solver: str = ""
    outcome: str = ""
    reader: str = ""
    value: str = ""

    def kept(self) -> dict[str, Any]:
        """Return what ``where`` keeps."""
        return asdict(self)


def call_from(where: Mapping[str, Any]) -> Call | None:
    """Return the message of a handover that a row of the inbox is; None: it is another one."""
    kept = where.get("handover")
    if not isinstance(kept, Mapping):
        return None
    return Call(**{**kept, "called": tuple(kept["called"]), "written": tuple(kept["written"])})


# --- buttons --------------------------------------------------------------------------------------------------------


def ask_block(reply: Reply) -> Block | None:
    """Return what offers a person below an answer: a button where it may not help, else a choice in its menu."""
    wanted = reply.task == "smalltalk" and reply.text == say("smalltalk.human", reply.language)
    if not reply.answer_id or not (wanted or reply.task == "answer"):
        return None
    if wanted or not reply.answered or reply.checks == "partly" or reply.error:
        return {"type": "actions", "elements": [ask_button(reply.answer_id, reply.language)]}
    option = {"text": _plain(say("slack.handover.button", reply.language)), "value": reply.answer_id}
    menu = {"type": "overflow", "action_id": ASK, "options": [option], "confirm": _confirm(reply.language)}
    return {"type": "actions", "elements": [menu]}


def ask_button(value: str, language: Language) -> Block:
    """Return the button; ``value`` is the id of the answer, and after a ``|`` the thread where Slack may not say it."""
    text = _plain(say("slack.handover.button", language))
    return {"type": "button", "action_id": ASK, "text": text, "value": value or "-", "confirm": _confirm(language)}


def _confirm(language: Language) -> Block:
    """Return the question before somebody is called: their name and words go to others."""
    said = {name: _plain(say(f"slack.handover.confirm.{name}", language)) for name in ("title", "text", "yes", "no")}
    return {"title": said["title"], "text": said["text"], "confirm": said["yes"], "deny": said["no"]}


# --- messages -------------------------------------------------------------------------------------------------------


def shown(call: Call, people: Workspace, language: Language) -> tuple[str, list[Block]]:
    """Return the text for notifications and the blocks of a message. ChannelError where Slack does not say who is who.

    Only a call in a thread mentions anybody: those of its owners who are there.
    """
    if call.shown_as == "offer":
        text = say("slack.handover.offer", language)
        return text, [_section(text), {"type": "actions", "elements": [ask_button(call.value, language)]}]
    if call.reader:
        language = people.colleague(call.reader).language or language
    said = _solved(call, people, language) if call.solver else _said(call, people, language)
    blocks = [_section(said)]
    if call.question and call.shown_as != "asker":
        blocks.append(_section(quoted(call.question)))
    if call.shown_as == "thread" and not call.solver:
        blocks.append(_context(say("slack.handover.quiet", language)))
    blocks.append({"type": "actions", "elements": [_end_button(call, language)]})
    return said, blocks


def _said(call: Call, people: Workspace, language: Language) -> str:
    """Return the sentence of a message while it waits."""
    name = escaped(named(people, call.asker))
    if call.shown_as == "owner":
        return say("slack.handover.owner", language, name=name, asker=f"<@{call.asker}>")
    if call.shown_as == "asker":
        names = ", ".join(escaped(named(people, each)) for each in call.written)
        return say("slack.handover.passed_on", language, names=names)
    there = reachable(call.called, people)
    if there:
        return f"{' '.join(map(mention, there))} {say('slack.handover.called', language, name=name)}"
    return say("slack.handover.gone" if call.called else "slack.handover.nobody", language, name=name)


def _solved(call: Call, people: Workspace, language: Language) -> str:
    outcome = say(f"slack.handover.outcome.{call.outcome}", language)
    name = escaped(named(people, call.solver))
    return f":white_check_mark: {say('slack.handover.solved', language, name=name, outcome=outcome)}"


def quoted(question: str) -> str:
    """Return a question as a quotation of one line, which calls nobody."""
    line = " ".join(question.split())
    return f"> {escaped(line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + '…')}"


def _end_button(call: Call, language: Language) -> Block:
    """Return the button that ends it, or takes that back."""
    text = _plain(say("slack.handover.reopen" if call.solver else "slack.handover.solve", language))
    button = {"type": "button", "text": text, "value": str(call.number)}
    return button | ({"action_id": REOPEN} if call.solver else {"action_id": SOLVE, "style": "primary"})


# --- people ---------------------------------------------------------------------------------------------------------


def reachable(called: Sequence[str], people: Workspace) -> tuple[str, ...]:
    """Return those of these people and groups who are there to be called."""
    groups = {group.id for group in people.user_groups()} if any(map(is_group, called)) else frozenset[str]()
    return tuple(each for each in called if (each in groups if is_group(each) else people.colleague(each).member))


def is_group(one: str) -> bool:
    """Tell whether an id is a user group's."""
    return one.startswith("S")


def mention(one: str) -> str:
    """Return what calls a person or a group."""
    return f"<!subteam^{one}>" if is_group(one) else f"<@{one}>"


def named(people: Workspace, one: str) -> str:
    """Return the name of a person or a group, its id where Slack does not say; it calls nobody."""
    try:
        if is_group(one):
            return next((group.shown for group in people.user_groups() if group.id == one), one)
        return people.colleague(one).name or one
    except ChannelError:
        return one


# --- the form -------------------------------------------------------------------------------------------------------


def solving_view(number: int, language: Language) -> Block:
    """Return the form in which somebody says how it ended."""
    options = [
        {"text": _plain(say(f"slack.handover.outcome.{outcome}", language)), "value": outcome} for outcome in OUTCOMES
    ]
    how = {"type": "radio_buttons", "action_id": HOW, "options": options, "initial_option": options[0]}
    note = {"type": "plain_text_input", "action_id": NOTE, "multiline": True, "max_length": LONGEST_NOTE}
    return {
        "type": "modal",
        "callback_id": SOLVE,
        "private_metadata": str(number),
        "title": _plain(say("slack.handover.form.title", language)),
        "submit": _plain(say("slack.handover.form.submit", language)),
        "close": _plain(say("slack.handover.form.close", language)),
        "blocks": [
            field(HOW, say("slack.handover.form.how", language), how),
            field(NOTE, say("slack.handover.form.note", language), note, optional=True),
        ],
    }


def field(name: str, label: str, element: Block, *, optional: bool = False) -> Block:
    """Return a field of a form; its block and its element have the same name."""
    return {"type": "input", "block_id": name, "label": _plain(label), "element": element, "optional": optional}


def filled(view: Mapping[str, Any], name: str) -> str:
    """Return what was put into a field of a form that was sent, "" where nothing was, or it is not there."""
    values = (view.get("state") or {}).get("values") or {}
    entry = (values.get(name) or {}).get(name) or {}
    chosen = entry.get("selected_option") or {}
    return str(chosen.get("value") or entry.get("value") or "")


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:3_000]}}


def _context(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}
