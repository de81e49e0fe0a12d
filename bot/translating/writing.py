"""Lets a language model translate, piece by piece; what a piece must keep and lost is asked for once, then said."""

from collections.abc import Callable, Sequence
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
from knowledge.language import Language, language_of

BEFORE = 300
"""Characters of what was translated before that a model sees, so that one piece goes on where the other ended."""

MOST_TERMS = 60

Progress = Callable[[int, int], None]


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


def translate(
    text: str,
    request: Request,
    model: LanguageModel,
    deadline: Deadline,
    *,
    spoken: Language,
    terms: Sequence[Term] = (),
    progress: Progress = lambda _done, _all: None,
) -> Translated:
    """Return the translation; what a model could not do is left in the original and counted.

    Raises:
        ModelError: not even the first piece could be translated.
    """
    parts, used = pieces(text), _Used()
    todo = sum(part.translated for part in parts)
    shown: list[str] = []
    faults = _Faults()
    failure, untranslated, done, before = "", 0, 0, ""
    for part in parts:
        if not part.translated or _is_there(part.text, request):
            shown.append(part.text)
            done += part.translated
            continue
        if failure:
            untranslated += len(part.text)
            shown.append(part.text)
            continue
        try:
            said = _piece(part.text, request, model, deadline, spoken, terms, before, used, faults)
        except ModelError as error:
            if not done:
                raise
            failure, untranslated = error.phrase, untranslated + len(part.text)
            shown.append(part.text)
            continue
        done += 1
        before = said[-BEFORE:]
        shown.append(said)
        progress(done, todo)
    return Translated(
        "".join(shown),
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


@dataclass(slots=True)
class _Faults:
    missing: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.missing) + len(self.added) + len(self.terms)


def _faults(text: str, said: str, request: Request, terms: Sequence[Term]) -> _Faults:
    wanted = not_applied(text, said, terms) if request.target in ("ko", "en") else []
    return _Faults([part.text for part in missing_from(text, said)], added_to(text, said), list(wanted))


def _piece(
    text: str,
    request: Request,
    model: LanguageModel,
    deadline: Deadline,
    spoken: Language,
    terms: Sequence[Term],
    before: str,
    used: _Used,
    faults: _Faults,
) -> str:
    """Return the translation of one piece: where it lost something, asked for once more with what it lost."""
    prompt, version = _fill(text, request, spoken, terms, before)
    used.prompt, used.version = used.prompt or prompt.whole, version
    answer = asked_whole(model, prompt, deadline)
    used.add(answer)
    said = _bare(answer.text, text)
    wrong = _faults(text, said, request, terms)
    if len(wrong) or _lines(said) != _lines(text):
        change = _change(wrong, said, text, spoken)
        try:
            again = asked_whole(model, _fill(text, request, spoken, terms, before, change)[0], deadline)
            used.add(again)
            second = _bare(again.text, text)
        except ModelError:
            pass  # what there is goes out, and what it lacks is said
        else:
            faults_now = _faults(text, second, request, terms)
            if (len(faults_now), _lines(second) != _lines(text)) <= (len(wrong), _lines(said) != _lines(text)):
                said, wrong = second, faults_now
    faults.missing += wrong.missing
    faults.added += wrong.added
    faults.terms += wrong.terms
    return said


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
        told.append(say("translate.mend_terms", spoken, terms=_told(wrong.terms, said)))
    if _lines(said) != _lines(text):
        told.append(say("translate.mend_lines", spoken, wanted=_lines(text), there=_lines(said)))
    return say("translate.mend", spoken, faults=" ".join(told), text=said)


def _told(terms: Sequence[Term], _text: str = "") -> str:
    return "; ".join(f"{term.ko} = {term.en}" for term in terms[:MOST_TERMS])


def _fill(
    text: str, request: Request, spoken: Language, terms: Sequence[Term], before: str, change: str = ""
) -> tuple[Prompt, str]:
    """Return the prompt and its version; no text can guess the mark and close its own block (tasks/writing.py)."""
    mark = sha256(f"{text}\0{before}".encode()).hexdigest()[:8]
    form, none = template("translate", spoken), say("translate.none", spoken)
    filled = form.fill(
        mark=mark,
        target=request.name(spoken),
        tone=_tone(request, spoken),
        terms=_told(terms_in(text, terms)) or none,
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
