"""Korean follow-ups, second half: what the question would be on its own."""

import re

from bot.history_korean import TOPIC_PARTICLES, Noun, Question, circumstance_of
from bot.history_words import KO_ASKING


def stand_alone(new: Question, before: Question) -> list[str]:
    """Return ways to say the follow-up on its own, the likeliest first."""
    said = _without_pointing(new)
    if _only_light(new):
        fragments = [n for n in new.nouns if n.text not in {b.text for b in before.nouns}]
        if not fragments:
            return [before.text]
        return _in_place(fragments[-1], new, before)
    topic = _topic(new, before)
    return [f"{topic} {said}".strip()]


def _without_pointing(new: Question) -> str:
    text = new.text
    for start, end in reversed(new.pointing):
        text = text[:start] + text[end:]
    return re.sub(r"\s+", " ", text).strip(" ,")


def _only_light(new: Question) -> bool:
    """Whether the question only swaps one noun of the question before: "교환은요?", "증명서도 되나요?"."""
    if new.conditional or re.search(KO_ASKING, new.text) or new.verbs:
        return False
    said = re.sub(r"[\s?.!]", "", _without_pointing(new))
    last = new.nouns[-1] if new.nouns else None
    if last is None:
        return bool(new.pointing) and len(said) <= 2
    if new.fragment:
        return True
    return last.particles[-1:] in (*TOPIC_PARTICLES, "도") and bool(
        re.search(r"(되|돼|가능|똑같|마찬가지|같)\S*[?.!]*$", new.text)
    )


def _in_place(noun: Noun, new: Question, before: Question) -> list[str]:
    phrase = _phrase(new, noun)
    added = f"{phrase}{_kept_particles(noun)} {before.text}"
    old = _contrast(noun, before)
    if old is None:
        return [added]
    particles = before.text[old.end :]
    swapped = before.text[: old.start] + phrase + _fitting(phrase, particles)
    return [swapped, added]


def _phrase(new: Question, noun: Noun) -> str:
    """Return the noun with the nouns before it: "수습 기간"."""
    first = noun.start
    for earlier in reversed([n for n in new.nouns if n.end <= noun.start]):
        if new.text[earlier.end : first].strip() or earlier.particles:
            break
        first = earlier.start
    return new.text[first : noun.end]


def _kept_particles(noun: Noun) -> str:
    return noun.particles if noun.particles and noun.particles not in TOPIC_PARTICLES else ""


def _contrast(noun: Noun, before: Question) -> Noun | None:
    """Return the noun of the earlier question that the new one takes the place of, None when it only adds to it."""
    if re.search(r"어떤|무슨|어느", before.text):
        return None  # "어떤 형식이 되나요?", "엑셀도요?": it is one of those
    kind = circumstance_of(noun.text)
    if kind is not None:
        return next((n for n in before.nouns if circumstance_of(n.text) == kind), None)
    if noun.generic:
        return next((n for n in reversed(before.nouns) if n.generic), None)
    plain = [n for n in before.subjects if not n.verbal and not n.circumstance]
    return plain[0] if plain else None


def _fitting(phrase: str, rest: str) -> str:
    """Return ``rest`` with its first particle fitted to the phrase's last syllable: 환불은 -> 기간은, 교체는."""
    last = phrase[-1]
    if not "가" <= last <= "힣":
        return rest
    closed = (ord(last) - ord("가")) % 28 > 0
    for with_final, without in (("은", "는"), ("이", "가"), ("을", "를"), ("과", "와")):
        if re.match(rf"(?:{with_final}|{without})(?![가-힣])", rest):
            return (with_final if closed else without) + rest[1:]
    return rest


def _topic(new: Question, before: Question) -> str:
    """Return the words of the earlier question that the new one leaves unsaid."""
    own = {n.text for n in new.nouns}
    kept = [n for n in before.nouns if n.text not in own]
    own_kinds = {circumstance_of(n) for n in own} - {None}
    kept = [n for n in kept if circumstance_of(n.text) not in own_kinds] or kept
    kept = [n for n in kept if not n.generic or n.verbal or (not n.particles and n is not before.nouns[-1])] or kept
    if new.verbs or any(n.verbal for n in new.nouns):
        kept = [n for n in kept if not (n.verbal and before.asking)] or kept
    if kept:
        return " ".join(dict.fromkeys(n.text for n in kept[-6:]))
    return "" if own & {n.text for n in before.nouns} else before.text.rstrip(" ?.!")
