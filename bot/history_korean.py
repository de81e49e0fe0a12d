"""Korean follow-ups: does a question lean on the one before it, and what would it be on its own?

Rules over morphemes, without a model. Korean drops whatever both sides know ("얼마나 걸려요?"), so a question that
names nothing of its own is a follow-up; one that names its own subject is not, however short it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.history_words import (
    KO_AFTERWARDS,
    KO_ASKING,
    KO_ATTRIBUTES,
    KO_CHANGE,
    KO_CIRCUMSTANCES,
    KO_DAYS_BEFORE,
    KO_LIGHT_VERBS,
    KO_LINK,
    KO_NEUTRAL,
    KO_OWN_SUBJECT,
    KO_PROCESSES,
    KO_TOGETHER,
)
from knowledge.tokens import Morpheme, morphemes, normalise

_NOUNISH = {"NNG", "NNP", "NR", "SL", "SN", "SH", "XPN", "XSN", "XR"}
_NAMING = {"NNG", "NNP", "SL", "SH", "XR"}
_PREDICATES = {"VV", "VA", "VX", "VCP", "VCN", "XSV", "XSA"}
_POINTING = re.compile(
    r"(?:그|이)(?:거|것|게|건|걸|런|때|분|쪽)?|저(?:거|것|게|건|걸|런|쪽)|그렇|이렇|둘|전자|후자|방금|아까|위"
)
_QUOTED = re.compile(r"['\"‘“「『][^'\"’”」』]+['\"’”」』]")
"""A word in quotation marks is what the question is about."""

_IS_SO = re.compile(r"(?:인가요|입니까|이에요|예요|인지요|인가)\s*[?.!]*$")
_QUESTION_WORD = re.compile(r"얼마|언제|어디|누구|누가|무엇|뭐|무슨|어떤|어느|어떻|왜|몇|며칠")
_SUBJECT_PARTICLES = {"이", "가", "께서"}
TOPIC_PARTICLES = {"은", "는", "ᆫ"}


SHORT = 30
"""Characters of a question that leaves things out."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun as written (compounds without a space are one), its particles, and what it does in the question."""

    text: str
    start: int
    end: int
    particles: str = ""
    verbal: bool = False
    modified: bool = False

    @property
    def generic(self) -> bool:
        """An attribute of something else (기간, 비용): it names no subject by itself."""
        return self.text in KO_ATTRIBUTES

    @property
    def circumstance(self) -> bool:
        """Someone, some place or some time a rule may differ for (임산부, 해외, 주말)."""
        return circumstance_of(self.text) is not None


@dataclass(frozen=True, slots=True)
class Question:
    """One question, taken apart; ``opener`` is ``link``, ``change`` or empty."""

    text: str
    opener: str
    nouns: tuple[Noun, ...]
    verbs: tuple[str, ...]
    pointing: tuple[tuple[int, int], ...]
    asking: bool
    fragment: bool
    conditional: bool

    @property
    def subjects(self) -> tuple[Noun, ...]:
        """The nouns that name something of their own."""
        return tuple(n for n in self.nouns if not n.generic)


def circumstance_of(noun: str) -> str | None:
    """Return the kind of circumstance (who, where, when, how) a noun is, None for any other noun."""
    return next((kind for kind, words in KO_CIRCUMSTANCES.items() if noun in words), None)


def take_apart(text: str) -> Question:
    """Return the question taken apart, without its opener ("그럼", "참,")."""
    text = normalise(text).strip()
    opener = ""
    if KO_CHANGE.match(text):
        opener = "change"
    elif found := KO_LINK.match(text):
        opener, text = "link", text[found.end() :] or text
    text = KO_NEUTRAL.sub("", text) or text
    parts = morphemes(text)
    nouns = _nouns(text, parts)
    tags = {m.tag for m in parts}
    bare_copula = bool(re.search(r"이[요여]\s*[?.!]*$", text)) and not tags & (_PREDICATES - {"VCP"})
    return Question(
        text=text,
        opener=opener,
        nouns=nouns,
        verbs=tuple(m.form for m in parts if m.tag in ("VV", "VA", "VX") and m.form not in KO_LIGHT_VERBS),
        pointing=_pointing(parts, nouns),
        asking="?" in text or bool(KO_ASKING.search(text)),
        fragment=bare_copula or not tags & _PREDICATES,
        conditional=_ends_in_condition(parts),
    )


def _nouns(text: str, parts: Sequence[Morpheme]) -> tuple[Noun, ...]:
    found: list[Noun] = []
    index = 0
    while index < len(parts):
        if parts[index].tag not in _NOUNISH:
            index += 1
            continue
        first = index
        while (
            index + 1 < len(parts) and parts[index + 1].tag in _NOUNISH and parts[index + 1].start == parts[index].end
        ):
            index += 1
        run = parts[first : index + 1]
        index += 1
        if not any(m.tag in _NAMING for m in run):
            continue
        word = text[run[0].start : run[-1].end]
        if KO_ASKING.fullmatch(word):
            continue
        after = parts[index:]
        found.append(
            Noun(
                text=word,
                start=run[0].start,
                end=run[-1].end,
                particles=_particles(after, run[-1].end),
                verbal=bool(after) and after[0].tag in ("XSV", "XSA") and after[0].start <= run[-1].end,
                modified=first > 0 and parts[first - 1].tag in (*_NAMING, "ETM", "MM", "JKG"),
            )
        )
    return tuple(found)


def _particles(after: Sequence[Morpheme], end: int) -> str:
    forms = ""
    for morpheme in after:
        if morpheme.tag[0] != "J" or morpheme.start > end or morpheme.form == "요":
            break
        forms += morpheme.form
        end = morpheme.end
    return forms


def _pointing(parts: Sequence[Morpheme], nouns: Sequence[Noun]) -> tuple[tuple[int, int], ...]:
    """Return where the question points at what was said, unless it names two things of its own before that."""
    spans = []
    for index, morpheme in enumerate(parts):
        if morpheme.tag not in ("NP", "MM", "NR", "VA", "NNG", "MAG") or not _POINTING.fullmatch(morpheme.form):
            continue
        if sum(n.end <= morpheme.start and not n.generic for n in nouns) >= 2 or morpheme.form == "이렇":
            continue
        end = morpheme.end
        for follower in parts[index + 1 :]:
            if follower.tag[0] != "J" or follower.start > end:
                break
            end = max(end, follower.end)
        spans.append((morpheme.start, end))
    return tuple(spans)


def _ends_in_condition(parts: Sequence[Morpheme]) -> bool:
    kept = [m for m in parts if m.tag[0] != "S" and m.form != "요"]
    return bool(kept) and kept[-1].tag in ("EC", "EF") and kept[-1].form.removesuffix("요").endswith("면")


def leans(new: Question, before: Question, answered: frozenset[str]) -> str:
    """Return ``joined``, ``alone``, or ``likely`` / ``unlikely`` where the documents should have a say.

    ``answered`` are the nouns of the last answer: what it named may be asked about without more ado.
    """
    subjects = new.subjects
    if new.opener == "change" or _QUOTED.search(new.text) or len(new.text) > 2 * SHORT:
        return "alone"
    if new.pointing or any(n.text in KO_DAYS_BEFORE and not n.modified for n in new.nouns):
        return "joined"
    if not subjects:
        return _leans_without_subject(new)
    if new.fragment and (new.opener or any(n.particles for n in new.nouns) or new.text.rstrip(" ?.!").endswith("요")):
        return "joined"
    if new.conditional:
        return "likely"
    if new.opener == "link":
        return "joined" if len(subjects) < 2 else "unlikely"
    return _leans_by_subject(new, before, answered)


def _leans_without_subject(new: Question) -> str:
    named = re.search(r"[은는ᆫ을ㄹ] $", new.text[: new.nouns[0].start]) if new.nouns else None
    if named and not new.opener:
        return "unlikely"  # "원하는 날짜에 받을 수 있나요?" says itself which date
    if new.asking or new.conditional or new.fragment or new.opener:
        return "joined"
    return "likely" if re.search(r"안 |못 |않|없|여전히|아직|계속|또 ", new.text) or new.nouns else "unlikely"


def _leans_by_subject(new: Question, before: Question, answered: frozenset[str]) -> str:
    subjects = new.subjects
    topics = [n for n in subjects if n.particles[-1:] in TOPIC_PARTICLES]
    if all(n.circumstance for n in subjects) and new.asking:
        bare = any(n.particles in _SUBJECT_PARTICLES | {"을", "를", ""} for n in subjects)
        return "unlikely" if bare else "joined"
    enumerated = any(n.particles in ("와", "과", "이나", "나") for n in subjects)
    if (
        any(n.particles == "도" and not n.verbal for n in new.nouns)
        and len(subjects) <= 2
        and not (topics or enumerated)
    ):
        return "likely"
    if _may_lean(new):
        return "likely"
    asked_before = {n.text for n in before.nouns}
    named = [n for n in subjects if n.text in answered and n.text not in asked_before]
    if named and len(subjects) == 1 and len(new.text) <= SHORT and not (new.asking or KO_OWN_SUBJECT.search(new.text)):
        return "likely"  # "영수증이 있으면 됩니다.", "영수증을 잃어버렸어요"
    done_before = new.nouns[0].verbal and new.nouns[0].text in asked_before and len(subjects) <= 2
    if done_before and re.match(r"(?:하|되|돼)(?:면|고|니까|서)", new.text[new.nouns[0].end :]):
        return "likely"  # "어떻게 해지하나요?", "해지하면 환불돼요?": what is left out is still the same
    return "unlikely" if new.asking and len(subjects) <= 2 and not KO_OWN_SUBJECT.search(new.text) else "alone"


def _may_lean(new: Question) -> bool:
    """Whether the only thing named is a step or paper, or is done or is something with its subject left out."""
    subjects = new.subjects
    if not new.asking or len(subjects) > 1:
        return False
    if KO_AFTERWARDS.match(new.text) or KO_TOGETHER.search(new.text) or subjects[0].text in KO_PROCESSES:
        return True
    bare = not subjects[0].particles and subjects[0].start == min(n.start for n in new.nouns)
    done = subjects[0].verbal and re.search(r"(?:해야|해도|하면|하지 않아도|안 해도)\s", new.text)
    is_so = not any(n.particles for n in new.nouns) and not _QUESTION_WORD.search(new.text) and _IS_SO.search(new.text)
    return bare and bool(done or is_so)
