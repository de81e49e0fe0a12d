"""What to say around a draft: what is missing of the order, what was chosen instead, what is to be checked."""

from collections.abc import Iterable, Sequence

from bot.drafting.brief import ASKED, Brief, Part
from bot.drafting.facts import BLANK, Fact
from bot.phrases import PHRASES, say
from knowledge.language import Language

MOST_GAPS = 8


def question(brief: Brief, language: Language) -> str:
    """Return the one message that asks for everything this order leaves out, with what it does say."""
    keys = (f"draft.ask.{part}" for part in brief.missing)
    missing = "\n".join(say(own if (own := f"{key}.{brief.kind}") in PHRASES else key, language) for key in keys)
    return say("draft.ask", language, missing=missing, known=_known(brief, language))


def _known(brief: Brief, language: Language) -> str:
    said = [("kind", say(f"draft.kind.{brief.kind}", language))]
    values = {"target": brief.target, "topic": brief.topic, "when": brief.when, "tone": brief.tone}
    values["length"] = brief.length_said
    said += [(part, value) for part, value in values.items() if value]
    told = ", ".join(say(f"draft.part.{part}", language, said=value) for part, value in said)
    return say("draft.known", language, known=told)


CHOSEN: tuple[Part, ...] = ("tone", "length")
"""What is chosen even in a frame, where everything else that nobody said is a gap in brackets."""


def assumed(brief: Brief, language: Language, parts: Sequence[Part] = CHOSEN) -> str | None:
    """Return the sentence that names which of ``parts`` nobody said, so that the bot chose."""
    open_parts = [part for part in ASKED[brief.kind] if part in parts and not brief.has(part)]
    names = ", ".join(say(f"draft.name.{part}", language) for part in open_parts)
    return say("draft.assumed", language, parts=names) if names else None


def checklist(facts: Sequence[Fact], language: Language) -> str | None:
    """Return the sentence that lists the facts to check."""
    told = ", ".join(fact.text for fact in facts)
    return say("draft.check", language, facts=told) if told else None


def gaps(texts: Iterable[str], language: Language) -> str | None:
    """Return the sentence that lists what the draft leaves open."""
    found = gaps_of(texts)
    told = ", ".join(found[:MOST_GAPS]) + (" …" if len(found) > MOST_GAPS else "")
    return say("draft.gaps", language, gaps=told) if found else None


def gaps_of(texts: Iterable[str]) -> list[str]:
    """Return the gaps in brackets, each once, in order."""
    return list(dict.fromkeys(gap for text in texts for gap in BLANK.findall(text)))


def side_by_side(texts: Sequence[str], language: Language) -> str:
    """Return the versions as one text, each under its number; one alone as it is."""
    if len(texts) == 1:
        return texts[0]
    heads = (_head(number, language) for number in range(1, len(texts) + 1))
    return "\n\n".join(f"{head}\n{text}" for head, text in zip(heads, texts, strict=True))


def versions_of(text: str, language: Language) -> list[str]:
    """Return the versions that ``side_by_side`` put together."""
    versions: list[str] = []
    rest, number = text, 1
    while rest.startswith(head := f"{_head(number, language)}\n"):
        number += 1
        version, _, following = rest.removeprefix(head).partition(f"\n\n{_head(number, language)}\n")
        versions.append(version)
        rest = f"{_head(number, language)}\n{following}" if following else ""
    return versions or [text]


def _head(number: int, language: Language) -> str:
    return say("draft.version", language, number=number)
