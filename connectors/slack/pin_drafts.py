"""A question and its answer from a thread in which a person answered, without what is personal in it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.addressing import judged
from bot.phrases import say
from bot.redacting import redacted, with_roles
from connectors.slack.posted import READ, readable, seconds
from knowledge.language import Language, language_of

QUESTION, ANSWER = 1_000, 3_000
"""Characters at most: Slack's fields take 3,000."""

FEW = 10
"""Letters of a question that cannot be understood without the one before it."""

_GREETING = re.compile(
    r"^\s*(?:안녕하세요|안녕하십니까|수고하십니다|수고 ?많으십니다|hello|hi|hey)"
    r"(?:[,.!~\s]+(?:there|all|everyone|team))?[\s,.!~]+",
    re.IGNORECASE,
)
_HONOURED = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>(?:\s?(?:님|씨))?")
_ADDRESSED = re.compile(r"^\s*(?:<@[UW][A-Z0-9]+(?:\|[^<>]*)?>(?:\s?(?:님|씨))?(?:[\s,:!~]+|$))+")
"""Whom a message is addressed to says nothing to who reads it later; before a particle it is no address."""

_CALLED = re.compile(r"^\s*[가-힣]{2,4}\s?(?:님|씨)[\s,!~]+")
_BOLD = re.compile(r"(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?!\*)")
_EMOJI = re.compile(r"(?<!\w):(?=[a-z0-9_+'-]*[a-z+])[a-z0-9_+'-]{2,60}:(?!\w)")
_NAME = re.compile(r"(?<![가-힣])[가-힣]{2,3}(?![가-힣])|[A-Za-z][A-Za-z'-]+")
_OFFICE = re.compile(r"(?:팀|부|실|과|팅|님)$")
_TITLES = frozenset(
    "연구원 담당자 상담원 관리자 개발자 기획자 팀원 직원 임원 사원 부장 과장 차장 팀장 실장 본부 센터 선임 책임 수석 "
    "주임 대리 인턴 대표 이사 서비스 매니저 디자인 인프라 영업 총무 인사 재무 법무 구매 물류 고객 지원".split()
)
_WORDS_TOO = frozenset(
    "admin april art bill chase cs customer design dev drew engineer finance frank grace hope hr it joy june lead "
    "legal manager mark marketing max may office ops pat people product rich rose sales service sky summer support "
    "team will".split()
)
"""Words of English that are names as well, or stand beside a name."""
_AFTER_VOWEL = {"이": "가", "은": "는", "을": "를", "과": "와", "으로": "로", "이랑": "랑"}


@dataclass(frozen=True, slots=True)
class Drafted:
    """The draft. ``taken`` tells in words what was taken out, ``cut``: the answer was too long for it."""

    question: str
    answer: str
    taken: str = ""
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Person:
    id: str
    name: str
    role: str


def drafted(
    said: Sequence[Mapping[str, Any]], ts: str, own: str, name: Callable[[str], str], language: Language
) -> Drafted | None:
    """Return the draft from a thread, oldest first, in which the message ``ts`` is the answer.

    The question is the last one that somebody else asked before it, else what the thread began with. ``own`` is the
    bot, ``name`` tells the name of a person by their id, ``language`` is that of the words for what was taken out.

    Returns:
        None: the message is no answer of a person to something that was asked in the thread.
    """
    answer = next((each for each in said if str(each.get("ts")) == ts), None)
    before = [each for each in said if seconds(str(each.get("ts"))) < seconds(ts) and _is_persons(each, own)]
    if answer is None or not _is_persons(answer, own) or not before:
        return None
    asked = _asked(before, str(answer["user"]))
    asker = str(asked[-1].get("user"))
    people = _people([*before, answer], asker, own, name)
    question = " ".join(_GREETING.sub("", _without_people(each, people, own)).strip() for each in asked)
    text = _without_people(answer, people, own)
    first, second = redacted(question, language_of(text)), redacted(text, language_of(text))  # whole: a cut hides forms
    if not first.text.strip() or not second.text.strip():
        return None
    kinds = {kind: first.kinds.get(kind, 0) + second.kinds.get(kind, 0) for kind in (*first.kinds, *second.kinds)}
    taken = ", ".join(f"{say(f'redacting.{kind}', language)} {count}" for kind, count in kinds.items())
    cut = len(second.text.strip()) > ANSWER
    return Drafted(first.text.strip()[:QUESTION], second.text.strip()[:ANSWER], taken, cut)


def _is_persons(message: Mapping[str, Any], own: str) -> bool:
    foreign = message.get("bot_id") or message.get("bot_profile") or (message.get("subtype") or "") not in READ
    return bool(message.get("user")) and message["user"] != own and not foreign and bool(_text(message).strip())


def _text(message: Mapping[str, Any]) -> str:
    return str(message.get("text") or "")


def _asked(before: Sequence[Mapping[str, Any]], answerer: str) -> list[Mapping[str, Any]]:
    """Return the question; a follow-up that says too little comes with the one it follows."""
    others = [each for each in before if each.get("user") != answerer] or list(before)
    questions = [each for each in others if judged(_CALLED.sub("", readable(_HONOURED.sub("", _text(each))))).asks]
    if not questions:
        return [others[0]]
    last = questions[-1]
    letters = sum(map(str.isalpha, readable(_HONOURED.sub("", _text(last)))))
    return [questions[-2], last] if letters < FEW and len(questions) > 1 else [last]


def _people(said: Sequence[Mapping[str, Any]], asker: str, own: str, name: Callable[[str], str]) -> list[_Person]:
    """Return who takes part or is mentioned, with what they are: who asks, or who is in charge."""
    ids = {str(each.get("user")) for each in said} | {
        found for each in said for found in _HONOURED.findall(_text(each))
    }
    ids.discard(own)
    return [_Person(each, name(each), "asker" if each == asker else "answerer") for each in sorted(ids)]


def _without_people(message: Mapping[str, Any], people: Sequence[_Person], own: str) -> str:
    """Return a text as people read it, with roles for names."""
    text = _text(message)
    language = language_of(text)
    roles = {each.id: say(f"slack.pin.{each.role}", language) for each in people}
    ours = rf"<@{re.escape(own)}(?:\|[^<>]*)?>(?:님)?[,:]?" if own else r"(?!)"
    text = _EMOJI.sub("", _ADDRESSED.sub("", re.sub(ours, "", text)))
    text = _HONOURED.sub(lambda found: roles.get(found[1], say("slack.pin.answerer", language)), text)
    text = _BOLD.sub(r"\1", readable(text, own=own))
    text = with_roles(text, {called: roles[each.id] for each in people for called in _called(each.name)})
    text = re.sub(rf"^\s*(?:{'|'.join(map(re.escape, roles.values()))})님?\s?[,:!~]+\s*", "", text)
    return (_joined(text, set(roles.values())) if language == "ko" else text).strip()


def _called(name: str) -> Iterator[str]:
    """Yield how somebody may be called: by the whole name as it is shown, by its parts, by the given name in Korean."""
    if name.strip():
        yield name.strip()
    for part in _NAME.findall(name):
        if part.isascii():
            if part[0].isupper() and part.lower() not in _WORDS_TOO:
                yield part
        elif not _OFFICE.search(part) and part not in _TITLES:
            yield from (part, part[1:]) if len(part) == 3 else (part,)


def _joined(text: str, roles: set[str]) -> str:
    """Put the particles behind the roles right: they end in vowels, where a name may not have."""
    endings = "|".join(sorted(_AFTER_VOWEL, key=len, reverse=True))
    for role in roles:
        pattern = rf"({re.escape(role)})({endings})(?=[\s,.!?]|$)"
        text = re.sub(pattern, lambda found: found[1] + _AFTER_VOWEL[found[2]], text)
    return text
