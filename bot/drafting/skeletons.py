"""Drafts without a language model: the parts such a text has, filled with what is known, the gaps in brackets."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from bot.drafting.brief import Brief, Kind
from bot.drafting.nouns import Noun
from knowledge.language import Language

_FORMS = re.compile(r"«([^|»]*)\|([^»]*)»")
"""«formal|friendly»: two ways to say the same."""

_FRIENDLY = re.compile(
    r"친근|친절|따뜻|따듯|편안|부드|캐주얼|가벼|가볍|유머|유쾌|재치|재미|발랄|밝|해요체|friendly|casual|warm|informal|playful|"
    r"cheerful|conversational|light"
)

_KOREAN: Final[dict[Kind, tuple[str, ...]]] = {
    "marketing_mail": (
        "제목: {target:을/를} 위한 {topic}\n\n안녕하세요, [받는 분 이름]님. [회사 이름]«입니다|이에요».\n\n"
        "{target} 여러분께 {topic:을/를} 소개해 «드립니다|드려요». {facts}\n\n"
        "- 이런 점이 다릅니다: [가장 큰 장점 한 가지]\n- 이렇게 이용합니다: [이용 방법]\n- 가격과 혜택: [가격, 혜택, 기간]\n\n"
        "자세한 내용은 [링크나 연락처]에서 확인해 «주시기 바랍니다|보세요».\n\n감사합니다.\n[회사 이름] 드림",
        "제목: {topic}, [가장 큰 장점 한 가지]\n\n[받는 분 이름]님, [이 제품이 풀어 주는 고민]. 그런 적 «있으십니까|있으시죠»?\n\n"
        "{target:을/를} 위해 {topic:을/를} «준비했습니다|준비했어요». {facts}\n\n"
        "- 먼저 받는 혜택: [혜택]\n- 언제까지: [기간]\n\n[링크]에서 지금 «시작하실 수 있습니다|시작해 보세요».\n\n[회사 이름] 드림",
        "제목: [기간] 안에 만나는 {topic}\n\n안녕하세요. [회사 이름]«입니다|이에요».\n\n{topic:이/가} {target} 여러분을 «찾아갑니다|찾아가요». {facts}\n\n"
        "[써 본 고객의 한마디와 이름]\n\n신청: [링크]\n문의: [연락처]",
    ),
    "complaint_reply": (
        "안녕하세요, [고객 이름]님. [회사 이름] [담당자 이름]입니다.\n\n불편을 드려 진심으로 죄송합니다. "
        "알려 주신 내용은 [확인한 날짜]에 확인했습니다. {facts}\n\n"
        "- 알려 주신 일: {topic}\n- 무슨 일이 있었는지: [확인한 사실]\n- 어떻게 해 드리는지: [환불·재발송 등 조치와 날짜]\n- 다시 없도록: [바꾸기로 한 것]\n\n"
        "더 불편한 점이 있으시면 [연락처]로 말씀해 주세요. 제가 끝까지 챙기겠습니다.\n\n[담당자 이름] 드림",
    ),
    "faq": (
        "질문: {topic:은/는} 어떻게 하나요?\n\n답변: {facts}\n\n더 궁금한 점은 [담당 부서, 연락처]로 문의해 주세요.",
    ),
    "notice": (
        "제목: 안내: {topic}\n\n{target} 여러분께 알려 드립니다.\n\n{topic:과/와} 관련하여 아래와 같이 안내해 드립니다. {facts}\n\n"
        "- 일시: {when}\n- 장소·범위: [장소나 해당하는 곳]\n- 하실 일: [미리 해 두실 것]\n- 문의: [담당 부서, 연락처]\n\n"
        "이용에 불편을 드려 죄송하며, 양해해 주셔서 감사합니다.\n\n[날짜]\n[회사 이름]",
    ),
    "blog": (
        "제목: {target:이/가} 알아 두면 좋은 {topic}\n\n[읽는 사람이 겪어 본 장면 한두 문장]\n\n오늘은 {topic}에 대해 «이야기해 보겠습니다|이야기해 볼게요». {facts}\n\n"
        "1. [첫째 이야기: 왜 중요한지]\n2. [둘째 이야기: 어떻게 하는지]\n3. [셋째 이야기: 놓치기 쉬운 것]\n\n"
        "정리하면 [가장 남기고 싶은 한 문장].\n\n[댓글이나 문의로 이어지는 한마디]",
    ),
    "scene": (
        "장면 1: {topic}\n\n때와 곳: [언제, 어디서]\n나오는 사람: [이름, 지금 바라는 것]\n\n[첫 문장: 보이고 들리는 것 한 가지]\n\n"
        "[일이 벌어진다: 바라는 것을 막는 것]\n\n[오가는 말 두세 마디]\n\n[끝 문장: 다음이 궁금해지는 것]\n\n분위기: {tone}",
    ),
    "copy": (
        "{target:을/를} 위한 {topic}",
        "{topic}, [가장 큰 장점 한 가지]",
        "[언제까지], {topic}에서 [혜택]",
        "[고민 한마디]? {topic}",
        "{topic:으로/로} 달라지는 [하루의 한 장면]",
    ),
    "mail": (
        "받는 분: {target}\n제목: {topic}\n\n안녕하세요. [보내는 사람]입니다.\n\n{topic}에 대해 «말씀드리고자 연락드렸습니다|말씀드리려고 연락드렸어요». {facts}\n\n"
        "- 알려 드릴 것: [핵심 내용]\n- 부탁드릴 것: [해 주셔야 할 일과 날짜]\n\n"
        "궁금한 점이 있으시면 언제든 답장해 «주시기 바랍니다|주세요».\n\n감사합니다.\n[보내는 사람] 드림",
    ),
    "text": (
        "{topic}\n\n[무엇에 대한 글인지 한 문장]. {facts}\n\n- [첫째 내용]\n- [둘째 내용]\n- [셋째 내용]\n\n[{target:이/가} 하면 좋은 일로 맺음]",
    ),
}
_ENGLISH: Final[dict[Kind, tuple[str, ...]]] = {
    "marketing_mail": (
        "Subject: {topic:^}, made for {target}\n\n«Dear|Hi» [name],\n\n[Company] «is pleased to introduce|would love to introduce you to» {topic}, "
        "made for {target}. {facts}\n\n- What is different: [the one main benefit]\n- How it works: [in one sentence]\n"
        "- Price and offer: [price, offer, until when]\n\nSee [link] to get started.\n\n«Kind regards|Talk soon»,\n[Company]",
        "Subject: {topic:^}: [the one main benefit]\n\n«Dear|Hi» [name],\n\n[The problem this solves] — does that sound familiar? Here is {topic}, for {target}. {facts}\n\n"
        "- Yours first: [offer]\n- Until: [date]\n\nStart at [link].\n\n[Company]",
        "Subject: [Until when]: {topic}\n\nHello from [company],\n\nHere comes {topic}, for {target}. {facts}\n\n[A customer's own words, with their name]\n\n"
        "Order: [link]\nQuestions: [contact]",
    ),
    "complaint_reply": (
        "Dear [customer],\n\nThank you for telling us. I am sorry for the trouble, and looked into it on [date]. {facts}\n\n- What you told us: {topic}\n- What happened: [what you found]\n"
        "- What we do for you: [refund, replacement, by when]\n- So that it does not happen again: [what changes]\n\n"
        "If anything is still not right, write to me at [contact].\n\nYours sincerely,\n[your name], [company]",
    ),
    "faq": ("Question: What about {topic}?\n\nAnswer: {facts}\n\nStill not sure? Please contact [team, address].",),
    "notice": (
        "Subject: Notice: {topic}\n\nTo {target},\n\nPlease note: {topic}. {facts}\n\n- When: {when}\n- Where: [place, or what is affected]\n- What to do: [what people should do before]\n"
        "- Questions: [team, contact]\n\nThank you for your understanding.\n\n[date]\n[company]",
    ),
    "blog": (
        "Title: {topic:^}: what {target} should know\n\n[A moment the reader knows, in a sentence or two]\n\nThis post is about {topic}. {facts}\n\n"
        "1. [Why it matters]\n2. [How to do it]\n3. [What is easily missed]\n\nIn short: [the one thing to remember].\n\n[A question to the readers]",
    ),
    "scene": (
        "Scene 1: {topic}\n\nWhen and where: [time, place]\nWho: [name, and what they want right now]\n\n[First sentence: one thing seen or heard]\n\n"
        "[Something gets in the way]\n\n[Two or three lines of dialogue]\n\n[Last sentence: what makes one read on]\n\nMood: {tone}",
    ),
    "copy": (
        "{topic:^}, made for {target}",
        "{topic:^}: [the one main benefit]",
        "[Until when]: {topic} with [offer]",
        "[The problem in a word]? {topic}.",
        "{topic:^}. [How the day gets better]",
    ),
    "mail": (
        "Subject: {topic:^}\n\n«Dear|Hi» {target},\n\nI am writing about {topic}. {facts}\n\n- What you should know: [the main point]\n- What I need from you: [what, by when]\n\n"
        "Please reply if anything is unclear.\n\n«Kind regards|Thanks»,\n[your name]",
    ),
    "text": (
        "{topic}\n\n[What this is about, in one sentence]. {facts}\n\n- [First point]\n- [Second point]\n- [Third point]\n\n[What {target} should do next]",
    ),
}
TEXTS: Final[Mapping[Language, Mapping[Kind, tuple[str, ...]]]] = {"ko": _KOREAN, "en": _ENGLISH}

_GAPS: Final[Mapping[Language, Mapping[str, str]]] = {
    "ko": {
        "target": "[받는 분]",
        "topic": "[제품·주제]",
        "when": "[날짜와 시간]",
        "tone": "[분위기]",
        "facts": "[알릴 내용 한두 문장]",
    },
    "en": {
        "target": "[readers]",
        "topic": "[product or subject]",
        "when": "[date and time]",
        "tone": "[mood]",
        "facts": "[what to say, in a sentence or two]",
    },
}


def skeletons(brief: Brief, facts: Sequence[str] = ()) -> list[str]:
    """Return as many versions as are asked for and there are; ``facts`` are sentences of the documents, word for word.

    Nothing in them is made up: what nobody said is a gap in brackets.
    """
    texts = TEXTS[brief.language][brief.kind]
    gaps = _GAPS[brief.language]
    given = {
        "target": brief.target,
        "topic": brief.topic,
        "when": brief.when,
        "tone": brief.tone,
        "facts": " ".join([*facts, *_given(brief)]),
    }
    values = {name: Noun(said or gaps[name]) for name, said in given.items()}
    form = 2 if _FRIENDLY.search(brief.tone.lower()) else 1
    filled = [_FORMS.sub(lambda found: found[form], text) for text in texts[: brief.versions]]
    return [_capital(text.format(**values)) for text in filled]


def _given(brief: Brief) -> list[str]:
    """Return the sentences of a text that came with the order."""
    return [" ".join(brief.material.split())] if brief.material and brief.material != brief.topic else []


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
