"""English follow-ups: does a question lean on the one before it, and what would it be on its own?

Rules over words, without a model and without a tagger: pronouns that nothing in the question explains, fragments
("for children?"), and questions that ask only for an attribute ("Is there a deadline?").
"""

import re
from dataclasses import dataclass

from bot.history_words import (
    EN_AFTERWARDS,
    EN_ATTRIBUTES,
    EN_CHANGE,
    EN_CIRCUMSTANCES,
    EN_LINK,
    EN_PROCESSES,
    EN_STOP,
    EN_SWAP,
    EN_VERBS,
)
from knowledge.tokens import stem

MANY = 3
"""Things named before a pronoun, one of which it may stand for."""

LONG = 20
"""Words of a question that says itself what it is about."""

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_PRONOUN = re.compile(
    r"\b(?:it|its|they|them|their|theirs|those|these|this|that|he|she|him|such|(?:an?other |the |which |remove |add |"
    r"a new )one|ones|"
    r"the (?:same|other|latter|former)|both)\b",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"\b(?:is|was|would|will|isn't|be)\s+it\s+(?:be\s+)?(?:\w+ly\s+)?(?:\w+\s+)?(?:\w+\s+)?(?:to|that|if|when|for)\b|"
    r"\bit\s+(?:work|works|happen|happens|cost|take|takes|is|would be|'s)\s*(?:\w+\s+)?(?:if|when|to)\b|"
    r"\bit(?:'s| is| was)\s+(?:raining|snowing|cold|hot|late|\d)|\bmake it (?:to|on)\b",
    re.IGNORECASE,
)
_THAT_POINTS = re.compile(
    r"\b(?:that|this|these|those)\s*(?:[?.!,]|$)|\b(?:that|this|these|those)\s+(?:is|are|was|were|do|does|did|can|"
    r"will|would|should|"
    r"may|must|have|has|cost|costs|work|works|mean|means|take|takes|apply|applies|include|includes|happen|happens|"
    r"count|counts|for|"
    r"in|on|at|with|without|by|to|as|too|also|if|when|first|again|myself|online|and|or|but|anyway|page|case|way|fee|"
    r"one|time)\b|"
    r"\b(?:do|does|did|is|are|was|were|can|will|would|for|after|before|with|about|of|like|than)\s+(?:those|these)\b|"
    r"\bthose\s+\w+|\b(?:is|are|was|were|does|do|did|can|for|of|in|on|with|about|during|after|before|to|at|"
    r"under)\s+that\s+(?!is\b)[a-z]+|\bdo(?:es)? (?:this|that)\b",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|am|do|does|did|can|could|may|might|will|would|should|shall|must|have|has|i'm|i'd|i've|"
    r"isn't|aren't|"
    r"doesn't|don't|didn't|can't|won't|wasn't|what's|where's|who's|how's|it's|there's)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"(?:for|by|in|on|at|with|without|from|to|until|till|after|before|during|since|within|as|if|when|unless|because|"
    r"per|through|under|"
    r"over|not)\b",
    re.IGNORECASE,
)
_TOO = re.compile(r"\b(?:too|as well|either)\s*[?.!]*$", re.IGNORECASE)
_ASKING = re.compile(r"\b(?:what|which|who|whom|whose|when|where|why|how)\b", re.IGNORECASE)
_STATES_TROUBLE = re.compile(r"\b(?:still|not|n't|fails?|failed|error|again|denied|nothing)\b|n't\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """One question, taken apart: ``content`` is what it names, ``pronouns`` where it points at what was said."""

    text: str
    opener: str
    words: tuple[str, ...]
    content: tuple[str, ...]
    pronouns: tuple[tuple[int, int], ...]
    fragment: bool
    asking: bool

    @property
    def subjects(self) -> tuple[str, ...]:
        """The content that names something of its own."""
        return tuple(w for w in self.content if w.lower() not in EN_ATTRIBUTES)


def take_apart(text: str) -> Question:
    """Return the question taken apart, without its opener."""
    text = text.replace("’", "'").strip()
    opener = ""
    if EN_CHANGE.match(text):
        opener = "change"
    elif found := EN_LINK.match(text):
        opener = found["link"].lower()
        text = text[found.end() :] or text
    words = tuple(_WORD.findall(text))
    content = tuple(w for w in words if w.lower() not in EN_STOP and not _PRONOUN.fullmatch(w))
    return Question(
        text=text,
        opener=opener,
        words=words,
        content=content,
        pronouns=_pronouns(text),
        fragment=not _AUXILIARY.search(text) and not any(w.lower() in EN_VERBS for w in words[:1]),
        asking="?" in text or bool(_ASKING.match(text)),
    )


def _pronouns(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the question points back, leaving out what it explains itself and the "it" that means nothing."""
    spans = []
    expletives = [m.span() for m in _EXPLETIVE.finditer(text)]
    for found in _PRONOUN.finditer(text):
        start, end = found.span()
        if any(a <= start < b for a, b in expletives):
            continue
        determiner = found[0].lower() in ("that", "this", "these", "those")
        if determiner and not any(m.start() <= start < m.end() for m in _THAT_POINTS.finditer(text)):
            continue
        earlier = _WORD.findall(text[:start])
        if found[0].lower() == "that" and earlier and (earlier[-1].lower() == "so" or _named(earlier[-1])):
            continue  # "a word that has ..."
        if _explained(text[:start]):
            continue
        spans.append((start, end))
    return tuple(spans)


def _explained(before: str) -> bool:
    """Whether an earlier clause of the same question, or much before it, names what the pronoun may stand for."""
    clause, comma, rest = re.sub(r" (?:and|but|when|if|that|or) |[.;:(] ", ",", before).rpartition(",")
    return bool(comma and _named(clause)) or len(_named(rest)) >= MANY


def _named(text: str) -> list[str]:
    words = [word for word in _WORD.findall(text) if not _PRONOUN.fullmatch(word)]
    return [word for word in words if word.lower() not in EN_STOP | EN_ATTRIBUTES | EN_VERBS]


def leans(new: Question, before: Question, answered: frozenset[str]) -> str:
    """Return ``joined``, ``alone``, or ``likely`` / ``unlikely`` where the documents should have a say."""
    subjects = new.subjects
    if new.opener == "change" or len(new.words) > LONG:
        return "alone"
    if new.pronouns:
        return "joined"
    if not subjects:
        return "joined" if new.asking or new.opener or _STATES_TROUBLE.search(new.text) else "unlikely"
    if new.fragment and (new.opener or _PREPOSITION.match(new.text) or _TOO.search(new.text)):
        return "joined"
    if new.opener in ("what about", "how about", "even", "what if", "in that case", "if so", "if not", "otherwise"):
        return "joined"
    if _TOO.search(new.text) and len(subjects) <= 3:
        return "likely"
    if new.opener:
        return "likely" if len(subjects) < 2 else "unlikely"
    return _leans_by_subject(new, before, answered)


def _leans_by_subject(new: Question, before: Question, answered: frozenset[str]) -> str:
    subjects = [w.lower() for w in new.subjects]
    asked_before = {stem(w.lower()) for w in before.content}
    things = [w for w in subjects if w not in EN_VERBS]
    named = [w for w in things if stem(w) in answered and stem(w) not in asked_before]
    if named and len(things) == 1 and re.search(rf"\bthe {re.escape(named[0])}", new.text, re.IGNORECASE):
        return "joined"
    if all(circumstance_of(w) or w in EN_VERBS for w in subjects) and any(circumstance_of(w) for w in subjects):
        return "unlikely"
    if new.asking and len(subjects) <= 2 and EN_AFTERWARDS.search(new.text):
        return "likely"
    if new.asking and len(subjects) == 1 and subjects[0] in EN_PROCESSES:
        return "likely"
    if re.search(r"\b(?:is|are) there (?:an? |any )", new.text, re.IGNORECASE) and _is_attribute_phrase(subjects):
        return "likely"
    return "unlikely" if len(subjects) <= 2 and new.asking else "alone"


def _is_attribute_phrase(subjects: list[str]) -> bool:
    """Whether what is named is one word beside attributes, as the rate of a rate limit."""
    return len(subjects) == 1


def circumstance_of(word: str) -> str | None:
    """Return the kind of circumstance (who, where, when, how) a word is, None for any other."""
    return next((kind for kind, words in EN_CIRCUMSTANCES.items() if word.lower() in words), None)


def stand_alone(new: Question, before: Question) -> list[str]:
    """Return ways to say the follow-up on its own, the likeliest first."""
    earlier = before.text.rstrip(" ?.!")
    said = new.text.strip()
    if not new.pronouns and (new.fragment or not new.subjects):
        bare = _TOO.sub("", said).rstrip(" ?.!,")
        phrase = _noun_phrase(bare)
        if phrase and (new.opener in EN_SWAP or _TOO.search(said)):
            return _in_place(phrase, before)
        if not new.opener and not new.subjects and len(new.words) > 3 and (topic := _topic(before, new)):
            return [f"{topic}: {said}"]
        joint = " " if _PREPOSITION.match(said) and not _ASKING.search(said) else "? "
        return [f"{earlier}{joint}{said}"]
    topic = _topic(before, new)
    if not topic:
        return [said]
    if len(new.pronouns) == 1 and _replaceable(new):
        start, end = new.pronouns[0]
        return [said[:start] + topic + said[end:]]
    return [f"{topic}: {said}"]


def _replaceable(new: Question) -> bool:
    start, end = new.pronouns[0]
    return new.text[start:end].lower() in ("it", "they", "them", "that", "this", "those", "these") and bool(
        re.match(
            r"\s*(?:[?.!,]|$|(?:too|take|cost|work|served|be|to|for|in|on|with|without|before|after|have|need)\b)",
            new.text[end:],
        )
    )


def _noun_phrase(text: str) -> str:
    """Return the fragment where it is a plain noun phrase ("exchanges", "my username"), else nothing."""
    if _PREPOSITION.match(text) or _ASKING.search(text):
        return ""
    words = _WORD.findall(text)
    named = [w for w in words if w.lower() not in EN_STOP]
    verb_first = bool(named) and named[0].lower() in EN_VERBS
    if not named or len(words) > 5 or verb_first or all(w.lower() in EN_ATTRIBUTES for w in named):
        return ""
    return text


def _in_place(phrase: str, before: Question) -> list[str]:
    """Put the phrase in place of what the earlier question was about; add it where it is a circumstance."""
    earlier = before.text.rstrip(" ?.!")
    added = f"{earlier} {phrase}?"
    named = [w for w in _WORD.findall(phrase) if w.lower() not in EN_STOP]
    kind = circumstance_of(named[-1])
    if kind is not None:
        rivals = [w for w in before.content if circumstance_of(w) == kind]
        return [_swap(before.text, rivals[0], rivals[0], phrase), added] if rivals else [added]
    run = _first_phrase(before)
    if re.match(r"(?:which|what) " + re.escape(run[0] if run else "\0"), before.text, re.IGNORECASE):
        return [f"{phrase}: {earlier}?"]  # "Which formats ...?", "Excel too?": it is one of those
    return [_swap(before.text, run[0], run[-1], phrase), added] if run else [added]


def _swap(text: str, first: str, last: str, phrase: str) -> str:
    start = text.find(first)
    end = text.find(last, start) + len(last)
    if re.match(r"(?:the|a|an|my|your|our|their)\b", phrase, re.IGNORECASE):
        start -= len(text[:start]) - len(
            re.sub(r"\b(?:the|a|an|my|your|our|their)\s+$", "", text[:start], flags=re.IGNORECASE)
        )
    return text[:start] + phrase + text[end:]


def _first_phrase(before: Question) -> list[str]:
    """Return the first run of naming words in the earlier question."""
    run: list[str] = []
    for word in before.words:
        naming = word in before.content and word.lower() not in EN_VERBS | EN_ATTRIBUTES
        if naming and circumstance_of(word) is None:
            run.append(word)
        elif run:
            break
    return run


def _names(word: str, before: Question) -> bool:
    """Whether a word names something: an attribute does as the end of a compound ("cancellation fee")."""
    if word.lower() in EN_ATTRIBUTES:
        return any(f"{w} {word}" in before.text for w in before.content if w.lower() not in EN_ATTRIBUTES | EN_VERBS)
    return word.lower() not in EN_VERBS


def _topic(before: Question, new: Question) -> str:
    """Return what the earlier question was about, as words in their order."""
    own = {stem(w.lower()) for w in new.content}
    kept = [w for w in before.content if stem(w.lower()) not in own]
    names = [w for w in kept if _names(w, before)]
    with_verbs = [w for w in kept if _names(w, before) or w.lower() in EN_VERBS]
    own_verb = any(w.lower() in EN_VERBS for w in new.subjects)
    chosen = names if own_verb and names else with_verbs or names or kept
    return " ".join(chosen[-7:])
