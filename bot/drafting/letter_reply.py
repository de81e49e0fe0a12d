"""The draft of a reply to a mail: to the right person, in the language of the thread, from what the mail says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

from pydantic import BaseModel, StringConstraints

from bot.drafting.facts import Fact, to_check
from bot.errors import ModelError
from bot.letter import Address, Letter
from bot.letters.asking import into_of
from bot.llm import LanguageModel, Prompt
from bot.llm.deadline import Deadline, Said
from bot.llm.structured import structured
from bot.llm.templates import template
from bot.phrases import say
from bot.summary.letters import extracted_letter, units_of_letter
from knowledge.language import Language, language_of

SHOWN, SHOWN_EARLIER = 12_000, 3_000
"""Characters of the mail, and of the mails below it, that a model is shown."""

MOST_EARLIER = 5
MOST_ASKED = 6
MOST_WORDS = 1_000
LONGEST_BODY = 6_000
LEAKED = 24
"""Characters in a row of the orders to the model that are in no reply by chance."""

_TITLE = (
    r"(?:대리|과장|차장|부장|팀장|실장|본부장|사원|주임|선임|책임|수석|이사|상무|전무|대표|매니저|교수|선생|씨)?(?:님)?"
)
_TO_KO = re.compile(rf"(?P<name>[가-힣]{{1,4}}?)\s?{_TITLE}(?:한테|에게|께)(?![가-힣]*서)")
_TO_EN = re.compile(r"\b(?:to|for)\s+(?:(?:Mr|Ms|Mrs|Dr)\.?\s+)?(?P<name>[A-Z][\w'-]+)")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\"']+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)


class Body(BaseModel):
    """What the model writes."""

    body: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_BODY)]


@dataclass(frozen=True, slots=True)
class LetterReply:
    """A draft as it is shown. ``facts`` stand in neither the mail nor the words; ``said`` is None without a model."""

    text: str
    language: Language
    facts: tuple[Fact, ...] = ()
    said: Said | None = None
    prompt: Prompt | None = None
    version: str | None = None


def language_of_reply(letter: Letter, words: str) -> Language:
    """Return the language of the draft: the one the words name, else the letter's."""
    named: dict[str, Language] = {"ko": "ko", "en": "en"}
    return named.get(into_of(words)) or language_of(letter.text or letter.subject)


def recipient_of(letter: Letter, words: str) -> Address:
    """Return who the reply is to: whom the words name, where exactly one person of the mail's heads is called so, else
    the mail's sender. Nobody else is ever named: what stands in the mail's text is not looked at."""
    people = [letter.sender, *letter.to, *letter.cc, *(one.sender for one in letter.earlier)]
    known = list(dict.fromkeys(one for one in people if one.name))
    for pattern in (_TO_KO, _TO_EN):
        for found in pattern.finditer(words[:MOST_WORDS]):
            name = found["name"].casefold()
            meant = {
                one for one in known if one.name.casefold().startswith(name) or name in one.name.casefold().split()
            }
            if len({one.address or one.name for one in meant}) == 1:
                return meant.pop()
    return letter.sender


def written_reply(letter: Letter, words: str, model: LanguageModel, deadline: Deadline) -> LetterReply:
    """Return the draft that a model writes; addresses and links that are in neither mail nor words are gaps.

    Raises:
        ModelError: it fails, or writes what cannot be read, or tells its orders.
    """
    language, to = language_of_reply(letter, words), recipient_of(letter, words)
    prompt, version = _fill(letter, words, to, language)
    answer = structured(model, prompt, Body, deadline)
    known = _known(letter, words, to)
    if _leaks(answer.value.body, prompt.system):
        raise ModelError("model.unreadable", retryable=False)
    whole = "\n".join(known)
    body = _LINK.sub(lambda found: _standing(found[0], whole, language), answer.value.body)
    return LetterReply(
        _headed(letter, to, body, language), language, to_check(body, known, language), answer.said, prompt, version
    )


def framed_reply(letter: Letter, words: str) -> LetterReply:
    """Return a frame without a model: the greeting, each thing that is asked with a gap for its answer, the closing."""
    language, to = language_of_reply(letter, words), recipient_of(letter, words)
    extract = extracted_letter(letter, units_of_letter(letter), reader=language)
    asked = list(dict.fromkeys([*(one.what for one in extract.actions), *extract.questions]))[:MOST_ASKED]
    gap = say("letter_reply.gap", language)
    items = "\n".join(f"- {one}\n  → {gap}" for one in asked) or gap
    name = to.name or say("letter_reply.somebody", language)
    subject = " ".join(letter.subject.split())
    body = say("letter_reply.frame", language, name=name, subject=subject, items=items, own=_own(letter, language))
    return LetterReply(_headed(letter, to, body, language), language)


def _headed(letter: Letter, to: Address, body: str, language: Language) -> str:
    shown = f"{to.name} <{to.address}>" if to.name and to.address else to.name or to.address
    return say(
        "letter_reply.head",
        language,
        to=" ".join(shown.split()) or say("letter_reply.somebody", language),
        subject=" ".join(letter.subject.split())[:200],
        body=body.strip(),
    )


def _own(letter: Letter, language: Language) -> str:
    """Return who answers: the only one that the mail is to, where it says their name."""
    return letter.to[0].name if len(letter.to) == 1 and letter.to[0].name else say("letter_reply.own", language)


def _fill(letter: Letter, words: str, to: Address, language: Language) -> tuple[Prompt, str]:
    parts = [_shown(letter, SHOWN), *(_shown(one, SHOWN_EARLIER) for one in letter.earlier[:MOST_EARLIER])]
    text = "\n\n---\n\n".join(parts)
    mark = sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
    form = template("letter_reply", language)
    filled = form.fill(
        mark=mark,
        text=text,
        wish=" ".join(words.split())[:MOST_WORDS] or say("letter_reply.wish", language),
        to=" ".join((to.name or to.address).split()) or say("letter_reply.somebody", language),
        own=_own(letter, language),
    )
    return filled, form.version


def _shown(letter: Letter, limit: int) -> str:
    head = f"{letter.sender.name} {letter.sender.address} / {letter.sent or letter.date} / {letter.subject}"
    return f"{' '.join(head.split())}\n{letter.text[:limit]}"


def _known(letter: Letter, words: str, to: Address) -> list[str]:
    """Return what facts of a draft may stand in."""
    people = [letter.sender, *letter.to, *letter.cc, to]
    named = [" ".join(filter(None, [one.name, one.address])) for one in people]
    texts = [letter.text[:SHOWN], *(one.text[:SHOWN_EARLIER] for one in letter.earlier[:MOST_EARLIER])]
    return [one for one in [words, letter.subject, *named, *texts] if one]


def _standing(link: str, known: str, language: Language) -> str:
    return link if link.rstrip(".,") in known else say("letter_reply.link", language)


def _leaks(body: str, orders: str) -> bool:
    squeezed, said = "".join(orders.split()), "".join(body.split())
    pieces: Sequence[str] = [said[at : at + LEAKED] for at in range(max(0, len(said) - LEAKED + 1))]
    return any(piece in squeezed for piece in pieces)
