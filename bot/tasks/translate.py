"""Translates what the message brings or points at; without a language model, says what it needs and does its part."""

import logging
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from bot.database.counterparts import counterpart
from bot.database.documents import PassageRecord
from bot.errors import ModelError, UserError
from bot.llm import LanguageModel
from bot.llm.deadline import Deadline
from bot.messages import Event, Source
from bot.phrases import say
from bot.tasks.looking import QUOTE, look_up
from bot.tasks.material import material_of
from bot.tasks.request import Asked, Outcome, SourceDetail, Tools
from bot.translating.glossary import Term, read_glossary, terms_in
from bot.translating.keeping import kept_in
from bot.translating.pieces import pieces
from bot.translating.request import Request, request_of
from bot.translating.writing import Translated, translate
from knowledge.confidence import LINES
from knowledge.language import Language

log = logging.getLogger(__name__)

TRIES = 2
"""Times that a piece is asked for at most."""

MOST_SHOWN = 15
"""Terms, and parts that stay as they are, that are named where no model is there."""

LOOKED_UP = 1_000
"""Characters of a text that is looked for among the documents."""


def run(asked: Asked, tools: Tools) -> Generator[Event, None, Outcome]:
    """Translate a text. Options: to (a language), tone, glossary (a file)."""
    language = asked.language
    material = material_of(asked)
    if not material.strip():
        text = say("translate.no_text", language)
        yield Event("text", text)
        return Outcome(text, answered=False, model="none")
    order = "" if asked.message.task else asked.message.text
    request = request_of(
        order.replace(material, " ") if material else order, material, asked.message.options, asked.preferences
    )
    terms, broken = glossary_of(asked, tools)
    model = tools.model_for("translate")
    if model is None:
        key = "translate.not_now" if tools.settings.llm else "translate.needs_model"  # at a cap, no model is asked
        outcome = _without(material, request, terms, asked, tools, say(key, language))
    else:
        try:
            made = yield from _told(material, request, model, terms, asked, tools)
        except ModelError as error:
            why = say(error.phrase, language, **error.values)
            outcome = _without(material, request, terms, asked, tools, say("translate.failed", language, why=why))
        else:
            outcome = _outcome(made, request, language, broken)
    if broken and not outcome.notice:
        outcome = replace(outcome, notice=broken)
    yield Event("text", outcome.text)
    return outcome


def _told(
    material: str, request: Request, model: LanguageModel, terms: Sequence[Term], asked: Asked, tools: Tools
) -> Generator[Event, None, Translated]:
    """Translate, and say how far it is. On a terminal, where somebody waits for a file, each piece has its time."""
    each, language = tools.settings.llm_deadline, asked.language
    deadline = asked.deadline
    if asked.message.channel == "terminal":
        deadline = Deadline(max(deadline.left(), TRIES * each * len(pieces(material))))
    making = translate(material, request, model, deadline, spoken=language, terms=terms, each=each)
    while True:
        try:
            done, todo = next(making)
        except StopIteration as stopped:
            made: Translated = stopped.value
            return made
        key = "translate.writing" if todo == 1 else "translate.writing_part"
        yield Event("status", say(key, language, target=request.name(language), part=done + 1, parts=todo))


def glossary_of(asked: Asked, tools: Tools) -> tuple[Sequence[Term], str]:
    """Return the terms of the glossary that a command or the settings name, and what is wrong with that of the
    settings: a translation without it is better than none.

    Raises:
        UserError: the glossary that the command names cannot be read.
    """
    named = asked.message.options.get("glossary") if asked.message.channel == "terminal" else None
    if named:
        return read_glossary(Path(named)), ""
    if not tools.settings.glossary:
        return (), ""
    try:
        return read_glossary(Path(tools.settings.glossary)), ""
    except UserError as error:
        log.warning("the glossary is not used: %s", say(error.phrase, "en", **error.values))
        return (), say("translate.glossary_unused", asked.language)


def notices(made: Translated, language: Language) -> list[str]:
    """Return what is to be said of a translation that does not keep all it should."""
    said = []
    if made.untranslated:
        why = say(made.failure, language) if made.failure else ""
        said.append(say("translate.left", language, count=made.untranslated, why=why).strip())
    if made.missing:
        said.append(say("translate.missing", language, parts=", ".join(dict.fromkeys(made.missing[:MOST_SHOWN]))))
    if made.added:
        said.append(say("translate.added", language, parts=", ".join(dict.fromkeys(made.added[:MOST_SHOWN]))))
    if made.terms:
        shown = "; ".join(f"{term.ko} = {term.en}" for term in made.terms[:MOST_SHOWN])
        said.append(say("translate.terms_not_used", language, terms=shown))
    return said


def _outcome(made: Translated, request: Request, language: Language, broken: str) -> Outcome:
    said = [*notices(made, language), broken]
    if not made.model:
        said.append(say("translate.already", language, target=request.name(language)))
    return Outcome(
        made.text,
        checks="supported" if made.complete else "partly",
        check_details=tuple({"kind": "kept", "missing": part} for part in made.missing),
        model=made.model or "none",
        tokens=made.tokens,
        cost_usd=made.cost_usd,
        notice=" ".join(filter(None, said)) or None,
        failure=made.failure or None,
        prompt=made.prompt,
        prompt_version=made.version,
    )


def _without(material: str, request: Request, terms: Sequence[Term], asked: Asked, tools: Tools, why: str) -> Outcome:
    """Return what can be done without a model: the documents' own words in the other language, terms, what stays."""
    language = asked.language
    lines = [why]
    entry = _entry(material, request, asked, tools)
    if entry is not None:
        lines += ["", say("translate.in_documents", language), *filter(None, (entry.question, entry.answer))]
    if found := terms_in(material, terms):
        lines += ["", say("translate.terms", language)]
        lines += [f"- {term.ko} = {term.en}" for term in found[:MOST_SHOWN]]
    if parts := list(dict.fromkeys(part.text for part in kept_in(material)))[:MOST_SHOWN]:
        lines += ["", say("translate.stays", language), "- " + ", ".join(parts)]
    return Outcome(
        "\n".join(lines),
        answered=entry is not None,
        sources=(_source(entry),) if entry is not None else (),
        source_details=(SourceDetail(entry.id),) if entry is not None else (),
        checks="supported" if entry is not None else "none",
        model="none",
        extract=True,
    )


def _source(entry: PassageRecord) -> Source:
    """Return an entry as a source."""
    title = entry.question or entry.title
    return Source(entry.document, entry.key, entry.version, title, entry.page, 1.0, entry.answer[:QUOTE])


def _entry(material: str, request: Request, asked: Asked, tools: Tools) -> PassageRecord | None:
    """Return the documents' entry in the target language about what a short text says, None where none clearly is."""
    if request.target not in ("ko", "en") or len(material) > LOOKED_UP:
        return None
    looked = look_up(material, asked, tools)
    if not looked.hits or looked.found.confidence < LINES["careful"]:
        return None
    first, target = looked.hits[0].record, cast("Language", request.target)
    if first.language == target:
        return first
    with tools.sessions() as session:
        message, today = asked.message, tools.clock().date()
        return counterpart(session, first, target, message.audience, today, message.documents)
