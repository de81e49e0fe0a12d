"""Drafts: asks once for what the order leaves out, then writes; without a language model, an honest frame."""

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from bot.drafting import asking
from bot.drafting.brief import Brief
from bot.drafting.facts import Fact, to_check
from bot.drafting.lengths import counted, shorten
from bot.drafting.letter_reply import LetterReply, framed_reply, written_reply
from bot.drafting.skeletons import skeletons
from bot.drafting.thread import Thread, thread_of
from bot.drafting.writing import Written, write
from bot.errors import ModelError
from bot.letter import Letter
from bot.llm import LanguageModel
from bot.llm.extractive import extract
from bot.llm.structured import UnreadableError
from bot.messages import Checks, Event
from bot.phrases import say
from bot.tasks.looking import Hit, look_up
from bot.tasks.material import pointed_at
from bot.tasks.request import Asked, Outcome, Tools
from knowledge.confidence import LINES
from knowledge.language import Language

PASSAGES = 3
PASSAGE_CHARACTERS = 1_500
"""Passages of the documents that a draft may draw on, and how much of each."""

FACTS = 1
"""Passages that a frame quotes: the best one, since nobody reads them through before they stand in the text."""

LONGEST_POINTING = 200
"""Characters of an order in which it says what it is about."""

DO_NOT_ASK = "no"
"""Value of the option ``ask`` of who wants the draft at once."""


def run(asked: Asked, tools: Tools) -> Generator[Event, None, Outcome]:
    """Draft a text, or the reply to a mail. Options: kind, target, product, tone, length, when, versions, and
    ``ask`` = "no"."""
    if (letter := asked.message.letter) is not None:
        yield Event("status", say("draft.writing", asked.language))
        reply = _reply_to(letter, asked, tools.model_for("draft"))
        yield Event("text", reply.text)
        return reply
    options = asked.message.options
    thread = _with_material(thread_of(asked.message.text, asked.turns, asked.language, options), asked)
    if thread.brief.missing and not thread.asked and options.get("ask") != DO_NOT_ASK:
        text = asking.question(thread.brief, asked.language)
        yield Event("text", text)
        return Outcome(text, model="none")
    yield Event("status", say("draft.writing", asked.language))
    hits = _documents(thread.brief, asked, tools)
    outcome = _drafted(thread, hits, asked, tools.model_for("draft"))
    if outcome.sources:
        yield Event("sources", sources=outcome.sources)
    yield Event("text", outcome.text)
    return outcome


def _reply_to(letter: Letter, asked: Asked, model: LanguageModel | None) -> Outcome:
    """Return the draft of a reply to a mail, or its frame where no model writes one."""
    words, language = asked.message.text, asked.language
    why, failure = say("letter_reply.needs_model", language), None
    if model is not None:
        try:
            made = written_reply(letter, words, model, asked.deadline)
        except ModelError as error:
            reason = say(error.phrase, language, **error.values)
            why, failure = say("draft.instead", language, why=reason), error.phrase
        else:
            return _written_reply(made, language)
    framed = framed_reply(letter, words)
    notice = f"{why} {say('letter_reply.not_sent', language)}"
    return Outcome(framed.text, model="none", extract=True, notice=notice, failure=failure)


def _written_reply(made: LetterReply, language: Language) -> Outcome:
    notices = [say("letter_reply.not_sent", language), asking.gaps([made.text], language)]
    notices.append(asking.checklist(made.facts, language))
    assert made.said is not None  # noqa: S101 - tells the type checker: a model wrote it
    return Outcome(
        made.text,
        check_details=tuple(fact.detail for fact in made.facts),
        model=made.said.model,
        tokens=made.said.tokens,
        cost_usd=made.said.cost_usd,
        notice=" ".join(filter(None, notices)),
        prompt=made.prompt.whole if made.prompt else None,
        prompt_version=made.version,
    )


_POINTING = re.compile(
    r"(?<![가-힣])(?:[이그]\s?(?:내용|글|답변?|메일|메시지|대화|요약|번역|후기|문의|불만|말)|[이그](?:걸로?|것|거)|방금|위\s?(?:의|에|내용|글)|앞의|앞에)"
    r"|\b(?:from|with|on|using|about|of|to|into|for)\s+(?:this|that|it|the above|these)"
    r"(?:\s+(?:text|mail|e-?mail|message|answer|summary|note|review|complaint))?(?=\s*(?:$|[.,!?;]|for\b|as\b|in\b|into\b))"
    r"|\b(?:turn|make) (?:this|that|it) into\b",
    re.IGNORECASE,
)
"""How an order names the text of the conversation that it is about."""

_POINTED = re.compile(
    rf"(?:{_POINTING.pattern})(?:을|를|은|는|이|가|으로|로|에|의)?(?:\s?(?:대한|대해))?(?=\s|$)", re.IGNORECASE
)


def _with_material(thread: Thread, asked: Asked) -> Thread:
    """Return the order with the earlier text that it points at: "이 내용으로 공지 써줘"."""
    brief = thread.brief
    order = brief.order.split("\n")[0]
    if thread.previous or brief.material or asked.message.task or not _POINTING.search(order[:LONGEST_POINTING]):
        return thread
    given = [place for place, turn in enumerate(asked.turns) if turn.role == "person" and turn.text == order]
    text = pointed_at(order, asked.turns[: given[-1]] if given else asked.turns)
    topic = " ".join(_POINTED.sub(" ", brief.topic).split())
    return replace(thread, brief=replace(brief, material=text, topic=topic))


def _documents(brief: Brief, asked: Asked, tools: Tools) -> list[Hit]:
    """Return the passages about what the text is about, none where nothing fits well."""
    if not brief.topic:
        return []
    looked = look_up(brief.topic, asked, tools)
    return list(looked.hits[:PASSAGES]) if looked.found.confidence >= LINES["careful"] else []


def _drafted(thread: Thread, hits: Sequence[Hit], asked: Asked, model: LanguageModel | None) -> Outcome:
    if model is None:
        key = "draft.no_revision" if thread.wish else "draft.needs_model"
        return _frame(thread, hits, asked, say(key, asked.language))
    try:
        written = write(thread, [_text(hit) for hit in hits], model, asked.deadline)
    except ModelError as error:
        why = say(error.phrase, asked.language, **error.values)
        framed = _frame(thread, hits, asked, say("draft.instead", asked.language, why=why))
        framed = replace(framed, failure=error.phrase)
        if isinstance(error, UnreadableError):
            return replace(framed, tokens=error.said.tokens, cost_usd=error.said.cost_usd)
        return framed
    return _outcome(written, thread, hits, asked)


def _text(hit: Hit) -> str:
    return "\n".join(filter(None, [hit.record.question or hit.record.title, hit.record.answer[:PASSAGE_CHARACTERS]]))


@dataclass(frozen=True, slots=True)
class _Checked:
    """What is to be checked in a draft, and the passages that it draws on."""

    facts: tuple[Fact, ...]
    used: tuple[Hit, ...]

    @property
    def checks(self) -> Checks:
        """Supported by the documents where they are drawn on and nothing else is said."""
        return "none" if not self.used else "partly" if self.facts else "supported"


def _check(texts: Sequence[str], thread: Thread, hits: Sequence[Hit]) -> _Checked:
    brief, whole = thread.brief, "\n".join(texts)
    known = [brief.order, brief.material, brief.target, brief.topic, brief.tone, brief.when]
    passages = [_text(hit) for hit in hits]
    story = brief.kind == "scene"
    facts = to_check(whole, [*filter(None, known), *passages], brief.language, story=story)
    if story:
        return _Checked(facts, ())
    without = [to_check(whole, [*known, *passages[:i], *passages[i + 1 :]], brief.language) for i in range(len(hits))]
    used = tuple(hit for hit, more in zip(hits, without, strict=True) if len(more) > len(facts))
    return _Checked(facts, used)


def _outcome(written: Written, thread: Thread, hits: Sequence[Hit], asked: Asked) -> Outcome:
    language, brief = asked.language, thread.brief
    checked = _check(written.texts, thread, hits)
    fewer = None
    if len(written.texts) < brief.versions:
        fewer = say("draft.fewer", language, wanted=brief.versions, made=len(written.texts))
    notices = [
        *dict.fromkeys(written.notes),
        fewer,
        asking.assumed(brief, language, ("target", "topic", *asking.CHOSEN)),
        asking.gaps(written.texts, language),
        asking.checklist(checked.facts, language),
    ]
    return Outcome(
        asking.side_by_side(written.texts, language),
        sources=tuple(hit.source() for hit in checked.used),
        source_details=tuple(hit.detail for hit in checked.used),
        checks=checked.checks,
        check_details=tuple(fact.detail for fact in checked.facts),
        model=written.said.model,
        tokens=written.said.tokens,
        cost_usd=written.said.cost_usd,
        notice=" ".join(filter(None, notices)) or None,
        prompt=written.prompt.whole,
        prompt_version=written.version,
    )


def _frame(thread: Thread, hits: Sequence[Hit], asked: Asked, why: str) -> Outcome:
    """Return the frame of such a text, with what the documents say in their own words."""
    brief, language = thread.brief, asked.language
    used = [hit for hit in hits if hit.record.language == brief.language][:FACTS]
    facts = [extract(brief.topic, hit.record.answer, hit.record.language) for hit in used]
    texts = skeletons(brief, facts)
    if facts and not _fits(texts, brief):
        used, texts = [], skeletons(brief)
    too_long = None
    if brief.length is not None and not _fits(texts, brief):
        texts = [shorten(text, brief.length) for text in texts]
        unit = say(f"draft.unit.{brief.length.unit}", language)
        count = max(counted(text, brief.length.unit) for text in texts)
        too_long = say("draft.was_cut" if _fits(texts, brief) else "draft.too_long", language, count=count, unit=unit)
    return Outcome(
        asking.side_by_side(texts, language),
        sources=tuple(hit.source() for hit in used),
        source_details=tuple(hit.detail for hit in used),
        checks="supported" if used else "none",
        model="none",
        extract=True,
        notice=" ".join(filter(None, [why, too_long, asking.assumed(brief, language), asking.gaps(texts, language)])),
    )


def _fits(texts: Sequence[str], brief: Brief) -> bool:
    length = brief.length
    return length is None or length.high is None or all(counted(t, length.unit) <= length.high for t in texts)
