"""Lets a language model translate, piece by piece; what a piece must keep and lost is asked for once, then said."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from bot.errors import ModelError
from bot.llm import LanguageModel, Prompt
from bot.llm.deadline import Deadline, Said, added, asked_whole
from bot.llm.templates import template
from bot.messages import Tokens
from bot.phrases import say
from bot.translating.glossary import Term, not_applied, terms_in
from bot.translating.keeping import added_to, missing_from
from bot.translating.pieces import pieces
from bot.translating.request import Request
from bot.translating.subtitles import Subtitle, marked, unmarked
from knowledge.language import Language, language_of

BEFORE = 300
"""Characters of what was translated before that a model sees, so that one piece goes on where the other ended."""

MOST_TERMS = 60


@dataclass(frozen=True, slots=True)
class Translated:
    """A translation. ``missing``: what should have been kept and is not there; ``added``: numbers and links that the
    original does not have; ``terms``: those of the glossary that were not used; ``untranslated``: characters that time
    or the model did not allow, left in the original.
    """

    text: str
    model: str = ""
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    untranslated: int = 0
    failure: str = ""
    tokens: Tokens = field(default_factory=Tokens)
    cost_usd: float | None = 0.0
    prompt: str = ""
    version: str = ""

    @property
    def complete(self) -> bool:
        """Whether all was translated, and kept what it must."""
        return not (self.missing or self.added or self.terms or self.untranslated)


@dataclass(slots=True)
class _Used:
    tokens: Tokens = field(default_factory=Tokens)
    cost_usd: float | None = 0.0
    model: str = ""
    prompt: str = ""
    version: str = ""

    def add(self, said: Said) -> None:
        self.tokens, self.cost_usd, self.model = (
            self.tokens + said.tokens,
            added(self.cost_usd, said.cost_usd),
            said.model,
        )


@dataclass(slots=True)
class _Faults:
    missing: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    lines: int = 0

    def __len__(self) -> int:
        return len(self.missing) + len(self.added) + len(self.terms) + self.lines

    def add(self, other: "_Faults") -> None:
        self.missing += other.missing
        self.added += other.added
        self.terms += other.terms


@dataclass(slots=True)
class _Work:
    """What holds for all pieces of one text, and what they came to so far."""

    request: Request
    model: LanguageModel
    deadline: Deadline
    each: float
    spoken: Language
    terms: Sequence[Term]
    used: _Used = field(default_factory=_Used)
    faults: _Faults = field(default_factory=_Faults)
    before: str = ""


def translate(
    text: str,
    request: Request,
    model: LanguageModel,
    deadline: Deadline,
    *,
    spoken: Language,
    terms: Sequence[Term] = (),
    each: float = 30.0,
) -> Generator[tuple[int, int], None, Translated]:
    """Yield how many pieces of how many are done; return the translation.

    What a model could not do in time is left in the original and counted. ``each``: seconds that one question to the
    model may take; ``spoken``: the language in which the model is told what to do.

    Raises:
        ModelError: not even the first piece could be translated.
    """
    work = _Work(request, model, deadline, each, spoken, terms)
    parts = [(part, part.translated and not _is_there(part.text, request)) for part in pieces(text)]
    todo = sum(wanted for _, wanted in parts)
    shown: list[str] = []
    failure, untranslated, done = "", 0, 0
    for part, wanted in parts:
        said = part.text
        if wanted and not failure:
            yield done, todo
            try:
                said = _subtitled(part.subtitles, work) if part.subtitles else _piece(part.text, work)
                done += 1
            except ModelError as error:
                if not done:
                    raise
                failure = error.phrase
        untranslated += len(part.text) if wanted and failure else 0
        shown.append(said)
    return _translated("".join(shown), work, untranslated, failure)


def whole(making: Generator[tuple[int, int], None, Translated]) -> Translated:
    """Return the translation that a generator makes."""
    while True:
        try:
            next(making)
        except StopIteration as stopped:
            made: Translated = stopped.value
            return made


def _translated(text: str, work: _Work, untranslated: int, failure: str) -> Translated:
    faults, used = work.faults, work.used
    return Translated(
        text,
        used.model,
        tuple(faults.missing),
        tuple(faults.added),
        tuple(dict.fromkeys(faults.terms)),
        untranslated,
        failure,
        used.tokens,
        used.cost_usd,
        used.prompt,
        used.version,
    )


def _is_there(text: str, request: Request) -> bool:
    """Tell whether a piece is in the target language already."""
    return request.target == "ko" and language_of(text) == "ko"


def _faults(text: str, said: str, work: _Work) -> _Faults:
    wanted = not_applied(text, said, work.terms) if work.request.target in ("ko", "en") else []
    kept = [part.text for part in missing_from(text, said)]
    return _Faults(kept, added_to(text, said), list(wanted), int(_lines(said) != _lines(text)))


def _asked(text: str, work: _Work, change: str = "") -> str:
    """Return what the model makes of a piece.

    Raises:
        ModelError: it failed, or there is no time left.
    """
    left = work.deadline.left()
    if not left:
        raise ModelError("model.slow")
    prompt, version = _fill(text, work, change)
    work.used.prompt, work.used.version = work.used.prompt or prompt.whole, version
    answer = asked_whole(work.model, prompt, Deadline(min(work.each, left)))
    work.used.add(answer)
    return _bare(answer.text, text)


def _piece(text: str, work: _Work) -> str:
    """Return the translation of one piece: where it lost something, asked for once more with what it lost."""
    said = _asked(text, work)
    wrong = _faults(text, said, work)
    if len(wrong):
        try:
            second = _asked(text, work, _change(wrong, said, text, work.spoken))
        except ModelError:
            pass  # what there is goes out, and what it lacks is said
        else:
            faults = _faults(text, second, work)
            if len(faults) <= len(wrong):
                said, wrong = second, faults
    work.faults.add(wrong)
    work.before = said[-BEFORE:]
    return said


def _subtitled(group: Sequence[Subtitle], work: _Work) -> str:
    """Return the translation of subtitles, numbers and times as they were: together, else one by one where the model
    mixed them up."""
    faults = work.faults
    kept = _Faults([*faults.missing], [*faults.added], [*faults.terms])
    texts = unmarked(_piece(marked(group), work), group)
    if texts is None:
        work.faults = kept
        texts = [_piece(one.text, work) if one.text else "" for one in group]
    return "".join(one.head + text + one.gap for one, text in zip(group, texts, strict=True))


def _bare(said: str, text: str) -> str:
    """Return what the model wrote without the fence or the quotation marks that it put around it."""
    said = said.strip()
    if said.startswith("```") and said.endswith("```") and not text.lstrip().startswith("```"):
        said = said.strip("`").strip().removeprefix("text\n").strip()
    if len(said) > 1 and said[0] + said[-1] in ("“”", '""') and text[:1] not in '“"':
        said = said[1:-1].strip()
    if not said:
        raise ModelError("model.broken")
    return said


def _lines(text: str) -> int:
    return sum(1 for line in text.splitlines() if line.strip())


def _change(wrong: _Faults, said: str, text: str, spoken: Language) -> str:
    told = []
    if wrong.missing:
        told.append(say("translate.mend_missing", spoken, parts=", ".join(wrong.missing[:20])))
    if wrong.added:
        told.append(say("translate.mend_added", spoken, parts=", ".join(wrong.added[:20])))
    if wrong.terms:
        told.append(say("translate.mend_terms", spoken, terms=_told(wrong.terms)))
    if wrong.lines:
        told.append(say("translate.mend_lines", spoken, wanted=_lines(text), there=_lines(said)))
    return say("translate.mend", spoken, faults=" ".join(told), text=said)


def _told(terms: Sequence[Term]) -> str:
    return "; ".join(f"{term.ko} = {term.en}" for term in terms[:MOST_TERMS])


def _fill(text: str, work: _Work, change: str = "") -> tuple[Prompt, str]:
    """Return the prompt and its version; no text can guess the mark and close its own block (tasks/writing.py)."""
    spoken, before = work.spoken, work.before
    mark = sha256(f"{text}\0{before}".encode()).hexdigest()[:8]
    form, none = template("translate", spoken), say("translate.none", spoken)
    filled = form.fill(
        mark=mark,
        target=work.request.name(spoken),
        tone=_tone(work.request, spoken),
        terms=_told(terms_in(text, work.terms)) or none,
        before=before.replace("===", "") or none,
        text=text,
        change=change,
    )
    return replace(filled, temperature=0.0), form.version


def _tone(request: Request, spoken: Language) -> str:
    tones = [say(f"translate.tone.{request.tone}", spoken) if request.tone in ("formal", "friendly") else request.tone]
    if request.target == "ko":
        tones.append(say(f"preferences.politeness.{request.politeness or 'haeyo'}", spoken))
    return ", ".join(filter(None, tones)) or say("translate.tone.as_is", spoken)
