"""Gives an answer again where the same is asked of the same documents, instead of asking a model once more.

Only what a model wrote, and all of whose sentences the passages support, is kept, under a hash of what is asked
(``bot/question_key.py``: never the question itself), the language, the groups of the asker, the model and all that it
was told. A question that leans on the conversation is kept as it was completed, which is all that the model read of it.
An answer that has words from nowhere but the question is not kept: they may be somebody's own.

Each time the documents are searched as for any question. The answer is given again if what it cites is still among the
passages found, as it was, and if no passage found with it can say something new (``_goes_on``).
"""

import logging
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from bot.database import cached_answers, versions
from bot.database.cached_answers import Kept
from bot.errors import DataError
from bot.llm import LanguageModel
from bot.messages import Event
from bot.question_key import question_key
from bot.stop_words import ENGLISH_STOP
from bot.tasks.guarding import CITATION
from bot.tasks.looking import Hit, Looked
from bot.tasks.releasing import Sentences
from bot.tasks.request import Asked, Outcome, Tools
from bot.tasks.writing import orders, shown
from knowledge.language import language_of
from knowledge.questions import frame_weight
from knowledge.tokens import morphemes, normalise, stem

log = logging.getLogger(__name__)

UNSETTLED = "unsettled"
"""Stands for a state of the documents in which a search may not find the newest yet; it is like no other state."""

SETTLED_SECONDS = 60.0
"""How long the indexes of other machines may take to follow a change."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the answer to a question is kept, and in which state the documents were before it was looked up."""

    key: str
    live: str
    at: datetime


def place_for(asked: Asked, tools: Tools, model: LanguageModel) -> Place | None:
    """Return where the answer is kept; None where none is: it is switched off, or this is no question by itself.

    To be called before the documents are searched.
    """
    wanted = question_key(asked.question, language_of(asked.question)) if tools.settings.cache_days else ""
    if not wanted:
        return None
    told, _ = orders(asked)
    groups = "\n".join(sorted(asked.message.audience))
    about = [wanted, asked.language, groups, model.name, str(tools.settings.llm_attempts), told]
    about += sorted(asked.message.documents)  # how far an answer is backed depends on where else it was looked for
    at = tools.clock()
    try:
        with tools.sessions() as session:
            live = versions.live(session)
    except DataError as error:
        log.warning("no answer is given again: %s", error)
        return None
    if tools.settings.chroma_url and _seconds_since(live) < SETTLED_SECONDS:
        live = UNSETTLED
    return Place(sha256("\0".join(about).encode()).hexdigest(), live, at)


def _seconds_since(live: str) -> float:
    begun = live.partition(" ")[0]
    return (datetime.now(UTC) - datetime.fromisoformat(begun)).total_seconds() if begun else SETTLED_SECONDS


# --- given again ------------------------------------------------------------------------------------------------


def kept_answer(place: Place, found: Sequence[Looked], tools: Tools) -> Kept | None:
    """Return the answer that was kept, where it still holds."""
    if len(found) != 1:
        return None
    try:
        with tools.sessions() as session:
            since = place.at - timedelta(days=tools.settings.cache_days)
            kept = cached_answers.find(session, place.key, since)
    except DataError as error:
        log.warning("no answer is given again: %s", error)
        return None
    return kept if kept is not None and _goes_on(kept, place, found[0]) else None


def _goes_on(kept: Kept, place: Place, looked: Looked) -> bool:
    """Tell whether an answer would be the same today.

    What it cites is found, and its rows never change. A passage that the model was not shown then was either there
    already, and is found now because the question is worded otherwise; or it is new, and then it must have no word of
    what is asked: in a small FAQ the last of the passages found are anything.
    """
    hits = shown([looked])
    if not {hit.record.id for hit in hits}.issuperset(kept.cited):
        return False
    others = [hit for hit in hits if hit.record.id not in kept.shown]
    if kept.live == place.live != UNSETTLED:
        others = [hit for hit in others if hit.record.valid_from is not None and hit.record.valid_from > kept.day]
    return not any(_concerns(looked.question, hit) for hit in others)


def _concerns(question: str, hit: Hit) -> bool:
    """Tell whether a passage has a word of the question that names something."""
    text = _text(hit)
    return any(word in text for word in _words(question))


def replay(kept: Kept, looked: Looked) -> Generator[Event, None, Outcome]:
    """Give the answer again, sentence by sentence as it was written then; it costs nothing."""
    hits = {hit.record.id: hit for hit in looked.hits}
    cited = [hits[each] for each in kept.cited]
    outcome = Outcome(
        kept.text,
        confidence=looked.found.confidence,
        sources=tuple(hit.source() for hit in cited),
        source_details=tuple(hit.detail for hit in cited),
        checks="supported",
        check_details=tuple(dict(each) for each in kept.check_details),
        legs={**looked.found.legs, "cache": f"reused: {kept.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"},
        model=kept.model,
        notice=looked.notice,
        prompt_version=kept.prompt_version,
    )
    yield Event("sources", sources=outcome.sources)
    sentences = Sentences()
    for sentence in [*sentences.feed(kept.text), sentences.rest()]:
        yield Event("text", sentence)
    return outcome


# --- kept -------------------------------------------------------------------------------------------------------


def keep(place: Place, asked: Asked, found: Sequence[Looked], outcome: Outcome, tools: Tools, model: str) -> None:
    """Keep an answer that ``model`` wrote, where it may be given again; that it cannot be written is no error."""
    if len(found) != 1 or not _may_be_kept(asked, found[0], outcome, model):
        return
    hits = shown(found)
    kept = Kept(
        text=outcome.text,
        model=outcome.model,
        cited=tuple(detail.passage_id for detail in outcome.source_details),
        shown=frozenset(hit.record.id for hit in hits),
        live=place.live,
        day=place.at.date(),
        at=place.at,
        check_details=outcome.check_details,
        prompt_version=outcome.prompt_version,
    )
    documents = {hit.record.id: hit.record.document_id for hit in hits}
    try:
        with tools.sessions.begin() as session:
            cached_answers.keep(session, place.key, kept, documents)
    except DataError as error:
        log.warning("an answer is not kept to be given again: %s", error)


def _may_be_kept(asked: Asked, looked: Looked, outcome: Outcome, model: str) -> bool:
    """Tell whether this answer is fit for whoever asks the same: written by the model that is to answer, supported
    throughout, said without a word about how it came about, and with nothing in it that only the question had."""
    whole = outcome.answered and not outcome.extract and outcome.checks == "supported" and bool(outcome.sources)
    usual = outcome.model == model and outcome.failure is None and outcome.notice == looked.notice
    if not whole or not usual:
        return False
    said = normalise(CITATION.sub("", outcome.text)).lower()
    passages = " ".join(_text(hit) for hit in shown([looked]))
    own = (word for word in _words(asked.question) if word not in passages)
    return not any(word in said for word in own)


def _words(question: str) -> Iterator[str]:
    """Yield the words of a question that name something, and its numbers, as they would stand in a text."""
    for part in morphemes(normalise(question).lower()):
        if part.tag == "SL":
            if part.form not in ENGLISH_STOP and len(part.form) > 2:
                yield stem(part.form)
        elif part.tag == "SN" or (part.is_noun and frame_weight(part.term) == 1.0):
            yield part.bare


def _text(hit: Hit) -> str:
    return normalise("\n".join((hit.record.title, hit.record.question, hit.record.answer))).lower()
