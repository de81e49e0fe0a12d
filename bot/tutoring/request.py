"""What a learner asks for: what is to be done, about what, and for whom it is to be understood."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

from bot.preference_kinds import LEVELS, Level, Preferences
from bot.tutoring.code import looks_like_code

Kind = Literal["explain", "quiz", "correct", "practice", "homework", "code"]
KINDS: Final = get_args(Kind)

USUAL_QUESTIONS = 3
MOST_QUESTIONS = 10
"""Questions of a quiz, where the order does not say how many."""

LONGEST_ORDER = 400
"""Characters in which an order says what is wanted."""

LONGEST_TOPIC = 60
"""Characters of a topic."""

_LEVELS: Final[tuple[tuple[Level, re.Pattern[str]], ...]] = (
    ("child", re.compile(r"초등|어린이|어린\s?아이|유치원|\S+\s?살짜리|꼬마|\bchild|\bkid\b|like i'?m (?:five|six|seven|eight|nine|ten|\d\b|10)|eli5|\w+-year-old", re.IGNORECASE)),
    ("student", re.compile(r"중고등|중학|고등학|학생|처음\s?배우|초보|쉽게|쉬운|\bstudent|beginner|novice|newbie|simpl[ey]|plain", re.IGNORECASE)),
    ("expert", re.compile(r"전문가|전문적|실무자|대학원|심화|\bexpert|technical|in depth|advanced|professional", re.IGNORECASE)),
    ("general", re.compile(r"일반인|일반\s?수준|보통\s?수준|성인|비전문가|layperson|general", re.IGNORECASE)),
)  # fmt: skip
_NAMES: Final[Mapping[str, Level]] = {
    "초등": "child",
    "초등학생": "child",
    "elementary": "child",
    "중고등": "student",
    "중등": "student",
    "중학생": "student",
    "고등": "student",
    "고등학생": "student",
    "school": "student",
    "일반": "general",
    "일반인": "general",
    "전문가": "expert",
    "전문": "expert",
}
_QUIZ = re.compile(r"퀴즈|(?:문제|시험)(?:를|을)?\s?(?:좀|하나|몇 개|\S{1,3}\s?개)?\s?(?:내|출제|만들)|\bquiz\b|test (?:me on|my)|ask me questions", re.IGNORECASE)  # fmt: skip
_HOMEWORK = re.compile(r"힌트|숙제|풀이|풀어|푸는|방정식|\bhints?\b|homework|assignment|\bsolve\b|equation|exercise|stuck on", re.IGNORECASE)  # fmt: skip
_CORRECT = re.compile(r"(?:문장|문법|맞춤법|작문|영작|띄어쓰기|표현|에세이|일기|글).{0,8}(?:고쳐|교정|첨삭|봐|검토|손봐)|첨삭|교정|\b(?:correct|proofread|fix|check|improve|review|look at)\b.{0,20}\b(?:sentences?|grammar|spelling|essay|paragraph|english)\b", re.IGNORECASE)  # fmt: skip
_PRACTICE = re.compile(r"(?:연습|회화)|\bpracti[cs]e\b", re.IGNORECASE)
_CODE = re.compile(r"코드|함수|스크립트|쿼리|\b(?:code|function|script|query|snippet|loop)\b", re.IGNORECASE)
_COUNT = re.compile(r"(\d{1,3})\s?(?:문제|개|문항|questions?\b)")
_COUNTED: Final = {"한": 1, "하나": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "열": 10}
_WORD_COUNT = re.compile(rf"({'|'.join(_COUNTED)})\s?(?:문제|개|문항)")


@dataclass(frozen=True, slots=True)
class Request:
    """``topic`` are the words for what it is about, ``material`` the text that is given; either may be ""."""

    kind: Kind
    level: Level
    topic: str = ""
    material: str = ""
    count: int = USUAL_QUESTIONS


def request_of(order: str, material: str, options: Mapping[str, str], preferences: Preferences) -> Request:
    """Return what an order asks for; what a command named goes before the words, the words before what is preferred."""
    order = order[:LONGEST_ORDER]
    named = options.get("do", "")
    kind = cast(Kind, named) if named in KINDS else _kind(order, material)
    level = level_named(options.get("level", "")) or level_in(order) or preferences.level or "general"
    return Request(kind, level, topic_of(order), material.strip(), _count(order))


def level_named(name: str) -> Level:
    """Return the level that somebody names, in either language; "" for no such level."""
    name = name.strip().lower()
    return cast(Level, name) if name in LEVELS else _NAMES.get(name, "")


def level_in(order: str) -> Level:
    """Return the level that an order asks for, "" where it says nothing of it."""
    return next((level for level, pattern in _LEVELS if pattern.search(order)), "")


def _kind(order: str, material: str) -> Kind:
    if material and (looks_like_code(material) or _CODE.search(order)):
        return "code"
    if _QUIZ.search(order):
        return "quiz"
    if _CORRECT.search(order):
        return "code" if _CODE.search(order) else "correct"
    if _PRACTICE.search(order):
        return "practice"
    if _HOMEWORK.search(order):
        return "homework"
    return (
        "code"
        if _CODE.search(order) and re.search(r"왜|에러|오류|리뷰|\bwhy\b|\breview\b|\bdebug\b", order)
        else "explain"
    )


def _count(order: str) -> int:
    if found := _COUNT.search(order):
        return max(1, min(MOST_QUESTIONS, int(found[1])))
    said = _WORD_COUNT.search(order)
    return _COUNTED[said[1]] if said else USUAL_QUESTIONS


# --- the topic ------------------------------------------------------------------------------------------------------

_KOREAN_DROPPED = re.compile(
    r"(?:초등학생|중학생|고등학생|중고등학생|학생|어린이|어린|아이|꼬마|초보자?|전문가|일반인|실무자|사람|친구|신입\S*)(?:도|한테|에게|처럼|수준\S*|이|용\S*|들?)?|아주|정말|더|좀|한번|다시|빨리|그냥|"
    r"쉽게|쉬운|말로|자세히|자세하게|간단히|짧게|차근차근|단계별\S*|비유\S*|예를|예시\S*|들어서?|알게|알아듣게|하듯이?|설명하듯이?|이해하게|"
    r"설명\S*|가르쳐\S*|알려\S*|말해\S*|줘\S*|주세요\S*|줄래\S*|줄|수|있어\S*|부탁\S*|나한테|저한테|나에게|저에게|나|저|이해\S*|안|못|가는데\S*|가요|되는데\S*|돼\S*|모르겠\S*|어려\S*|"
    r"수준\S*|눈높이\S*|뭔지|뭐야|무엇인지|처음|배우는|문제\S*|퀴즈\S*|내\S{0,3}|출제\S*|만들\S*|\d+\S*문제\S*|\d+개\S*|(?:한|두|세|네|다섯|열|몇)|개|하나|관련\S*|대한|대해\S*|공부\S*|연습\S*|"
    r"하자|할래|도와\S*|힌트\S*|숙제\S*|풀\S*|것|거|걸|건|시험\S*|쪽지시험\S*|이거|이걸|이것\S*|그거|그걸|그것\S*|위|내용\S*|같이|우리|회화|봐\S*|해\S{0,3}"
)  # fmt: skip
_PARTICLE = re.compile(r"(?:에\s?대해서?|이란|이라는|라는|으로|에서|에게|까지|부터|이랑|하고|을|를|은|는|로|란)$")
_SHORT_PARTICLE = re.compile(r"(?<=..)(?:이|가|에|의)$")
_ENGLISH_HEAD = re.compile(
    r"^(?:please |pls |hey |hi |ok |so |now |kindly |just |can you |could you |would you |will you |i want you to |i'd like you to |how would you )*"
    r"(?:explain|teach (?:me|us)(?: about| how to)?|tutor me(?: on| in)?|quiz (?:me|us)(?: on| about)?|test (?:me on|my (?:knowledge|understanding) of)|"
    r"ask me questions about|walk me through|describe|break down|give (?:me|us) (?:a |some )?hints?(?: for| on| about)?|show me (?:a )?hints?(?: for)?|"
    r"(?:help|assist) (?:me )?(?:with )?(?:my |this |the )?|solve|let'?s practi[cs]e|(?:i want to|i'd like to|can we|could we|help me) practi[cs]e|i (?:don'?t|do not|can'?t|cannot) (?:understand|get|grasp)|eli5:?|"
    r"i'?m stuck on(?: my)?)\b(?: to me)?(?: about)?\s*",
    re.IGNORECASE,
)  # fmt: skip
_ENGLISH_TAIL = re.compile(
    r"[,\s]*(?:\blike i'?m\b.*|\bas if\b.*|\bto (?:a|an|my) (?:\w+ )?(?:beginner|child|kid|colleague|student|\S+-year-old|novice|newbie|layperson|expert)\b.*|\b(?:very )?simply\b.*|\bin (?:simple|plain|depth)\b.*|"
    r"\bstep by step\b.*|\bwith (?:an |some )?(?:example|analog)\w*.*|\bcan you explain\b.*|[.?!]\s*(?:please )?explain (?:it|this|that|them)\b.*|\bplease\b.*|\bhomework\b.*|\bfor beginners\b.*|\bwith \d+ questions?\b.*|\bconversation\b)?[\s.?!]*$",
    re.IGNORECASE,
)  # fmt: skip
_POINTING = re.compile(r"(?:this|that|it|these|them|the above|me|us|for|of)?", re.IGNORECASE)


def topic_of(order: str) -> str:
    """Return the words of an order that name what it is about, "" where it only points at something."""
    order = " ".join(order.replace("“”", " ").split())[:200].strip(" .!?~:,")
    if re.search(r"[가-힣]", order):
        words = [word.strip("?!.,~:") for word in order.split()]
        kept = [word for word in words if word and not _KOREAN_DROPPED.fullmatch(word)]
        topic = " ".join(kept)
        topic = _SHORT_PARTICLE.sub("", topic) if _PARTICLE.sub("", topic) == topic else _PARTICLE.sub("", topic)
    else:
        topic = _ENGLISH_TAIL.sub("", _ENGLISH_HEAD.sub("", order), count=1)
        topic = re.sub(r"^(?:the|a|an) (?=\S)", "", topic, flags=re.IGNORECASE)
        topic = "" if _POINTING.fullmatch(topic) else topic
    return " ".join(re.sub(r"[\[\]·|]+", " ", topic).split())[:LONGEST_TOPIC].strip()
