"""Orders as lines of JSON, and drafts as such lines."""

import logging
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Protocol, TextIO, cast

from bot.drafting.asking import gaps_of, versions_of
from bot.drafting.reading import kind_named, read_brief
from bot.errors import DapbotError
from bot.json_lines import id_of, object_of
from bot.messages import Message, Reply, answer_line
from connectors.cli.batch import write_lines
from connectors.cli.session import explain, words
from connectors.terminal import CHANNEL
from knowledge.language import Language
from knowledge.passages import Progress

log = logging.getLogger(__name__)

TEXTS = ("kind", "target", "product", "tone", "length", "when")
"""Fields of a line beside ``order``, all of them texts; ``versions`` is a number, ``language`` ko or en."""


class Asking(Protocol):
    """The bot, in this process or behind a server's address."""

    def ask(self, message: Message, *, record: bool = True) -> Reply:
        """Return the reply to ``message``."""


def message(
    order: str,
    options: Mapping[str, str],
    *,
    conversation: str | None = None,
    language: Language | None = None,
    ask: bool = True,
) -> Message:
    """Return the message of an order; with ``ask`` False the draft is written whatever is missing."""
    given = dict(options) if ask else {**options, "ask": "no"}
    return Message(order, CHANNEL, conversation=conversation, language=language, task="draft", options=given)


def draft_line(reply: Reply, order: str, options: Mapping[str, str]) -> dict[str, Any]:
    """Return the draft as an answer line of the JSON contract, with its kind, its versions and their gaps."""
    versions = versions_of(reply.text, reply.language)
    more = {"kind": read_brief(order, reply.language, options).kind, "versions": versions, "gaps": gaps_of(versions)}
    return answer_line(reply) | more


def write_drafts(
    bot: Asking, lines: Sequence[bytes], options: Mapping[str, str], output: TextIO, progress: Progress, threads: int
) -> int:
    """Write one line for each line, in order; return how many could not be drafted. ``options`` hold for all of them,
    unless a line says otherwise. Nothing of it is recorded.
    """
    return write_lines(partial(_line, bot, options), list(enumerate(lines, 1)), output, progress, threads)


def _line(bot: Asking, options: Mapping[str, str], numbered: tuple[int, bytes]) -> dict[str, Any]:
    """Return the draft of a line, or why there is none: one that fails costs the others nothing."""
    number, raw = numbered
    found = object_of(raw)
    if isinstance(found, str):
        return {"id": None, "error": words(found, number=number)}
    if wrong := _wrong(found):
        return {"id": id_of(found), "error": words("batch.wrong_field", number=number, names=", ".join(wrong))}
    given = {**options, **_options(found)}
    language = cast("Language | None", found.get("language"))
    try:
        reply = bot.ask(message(found["order"], given, language=language, ask=False), record=False)
    except DapbotError as error:
        return {"id": id_of(found), "error": explain(error)}
    except Exception as error:  # one order must not cost the others their drafts
        log.debug("an order failed", exc_info=True)
        return {"id": id_of(found), "error": words("cli.unexpected", kind=type(error).__name__, error=error)}
    return draft_line(reply, found["order"], given) | {"id": id_of(found)}


def _wrong(found: Mapping[str, Any]) -> list[str]:
    """Return the names of the fields that cannot be used."""
    wrong = [name for name in TEXTS if not isinstance(found.get(name, ""), str)]
    if not isinstance(found.get("order"), str) or not found["order"].strip():
        wrong.append("order")
    if isinstance(found.get("kind"), str) and kind_named(found["kind"]) is None:
        wrong.append("kind")
    versions = found.get("versions", 1)
    if isinstance(versions, bool) or not isinstance(versions, int) or versions < 1:
        wrong.append("versions")
    if found.get("language") not in (None, "ko", "en"):
        wrong.append("language")
    return wrong


def _options(found: Mapping[str, Any]) -> dict[str, str]:
    given = {name: found[name] for name in TEXTS if found.get(name, "").strip()}
    if "kind" in given:
        given["kind"] = str(kind_named(given["kind"]))
    if "versions" in found:
        given["versions"] = str(found["versions"])
    return given
