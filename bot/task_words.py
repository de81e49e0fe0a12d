"""How people ask for a task, Korean and English: what is to be done, and to what.

A rule names the task, why, and the pattern of the order. The first rule that fits decides. What only asks *about* such
a thing (a translation service, a page with a summary, saved drafts) is kept out by ``ABOUT``, unless the message
points at a text.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from knowledge.language import Language


class Rule(NamedTuple):
    """``task`` is wanted where ``pattern`` is found, because of ``reason``; ``needs_text``: only with a text given."""

    task: str
    reason: str
    pattern: str
    needs_text: bool = False


# --- Korean ---------------------------------------------------------------------------------------------------------

_DO = r"(?:해|하여)\s?(?:줘|주|줄|달라|봐|라(?![가-힣])|$|[.!~?])"
_ASK = rf"(?:을|를|좀|도)?\s?(?:좀\s?)?(?:{_DO}|부탁|시켜\s?줘|하자|할래|해\s?줄)"
_GIVE = r"\s?(?:줘|주세요|주십시오|주실|주시|줄래|줄\s?수|주라|줬으면|달라|봐|보여|다오|라(?![가-힣]))"
_POINTS = r"(?:(?<![가-힣])(?:이|그|저|위|아래|다음|방금|지금까지|이거|이걸|이것)(?![가-힣])|본문|첨부|위의|아래의|이거|이것|이걸)"
_TEXT = r"(?:글|내용|문장|문서|메일|이메일|대화|회의록?|텍스트|기사|보고서|스레드|문단|본문|메모|공지|이야기|얘기|논문|이거|이걸|이것)"
_TONGUE = r"(?:영어|영문|한국어|한글|국문|우리말|일본어|일어|일문|중국어|중문|독일어|독어|프랑스어|불어|스페인어|베트남어|러시아어|태국어)"
_WRITTEN = (
    r"(?:이메일|메일|편지|공지(?:문|사항|글)?|안내(?:문|장|\s?메시지)|블로그|포스팅|게시(?:글|물)|글(?!자|씨)|답장|답신|회신|초안|"
    r"(?:홍보|광고|안내|소개|마케팅)?\s?(?:문구|문안)|카피|슬로건|사과문|공고(?:문)?|보도\s?자료|소설|시(?=[를 ])|동화|대본|연설문|"
    r"인사말|자기\s?소개서|보고서|제안서|기획서|소개(?:글|문)|상품\s?설명|FAQ|faq|장면|이야기|독촉장|초대장|감사장|캡션|해시태그|원고)"
)
_SUBJECT = (
    r"(?:파이썬|자바|코딩|코드|함수|알고리즘|SQL|sql|엑셀\s?함수|수학|방정식|미적분|분수|확률|통계|과학|물리|화학|생물|문법|영어|"
    r"회화|일본어|중국어|한국어|역사|경제|복리|프로그래밍|재귀|자료\s?구조|맞춤법|존댓말)"
)
_COMPANY = (
    r"환불|반품|교환|배송|주문|결제|계정|회원|가입|탈퇴|규정|정책|약관|신청|절차|접수|예약|요금|쿠폰|포인트|적립|휴가|연차|급여|"
    r"로그인|비밀번호|해지|취소|설치|사용법|이용\s?방법"
)

KOREAN: Final = (
    Rule("translate", "a language to put it in", rf"{_TONGUE}(?:으로|로)?\s?(?:좀\s?)?(?:옮[겨기]|번역{_ASK}|번역\s?(?:좀)?[.!~]*$)"),
    Rule("translate", "a language to put it in", rf"^(?!.*(?:설정|화면|메뉴|계정|앱|사이트|언어를)).*{_TONGUE}(?:으로|로)\s?(?:좀\s?)?(?:바꿔|바꾸어|고쳐){_GIVE}"),
    Rule("translate", "what it is called in a language", rf"(?:“”|{_POINTS}|[을를은는]|이란 말).*{_TONGUE}(?:으로|로)(?:는)?\s?(?:하면|뭐라|뭐예요|뭐야|뭔가|뭐지|어떻게\s?(?:말|해|써|쓰|표현|되))|^{_TONGUE}(?:으로|로)(?:는)?\s?(?:하면|뭐)"),
    Rule("translate", "this in a language", rf"{_POINTS}.*{_TONGUE}(?:으로|로)\s?(?:써|적어|작성해|말해){_GIVE}"),
    Rule("translate", "translate it", rf"번역{_ASK}|(?:영작|한역|영역){_ASK}|(?:{_POINTS}|{_TONGUE}(?:으로|로)).*번역[.!~]*$"),
    Rule("sentiment", "its mood", rf"(?:감정|감성)\s?(?:분석|분류|평가|판별){_ASK}|(?:감정|감성)\s?분석[.!~]*$"),
    Rule("sentiment", "its mood", r"(?:감정|감성|분위기|말투|어조|논조|뉘앙스|만족도)(?:이|가|을|를|은|는|의)?\s?.{0,12}(?:분석해|분류해|판단해|판별해|평가해|매겨|파악해|읽어\s?줘|(?:어때|어떤|어떠)[가-힣 ]{0,4}(?:보여|보이|같아|느껴|지 봐|지 알려))"),
    Rule("sentiment", "its mood", r"(?:감정|감성|분위기|말투|어조|논조|뉘앙스)(?:이|가|은|는)?\s?(?:어때|어떤가|어떠|어떤\s?(?:것|거))", needs_text=True),
    Rule("sentiment", "positive or negative", r"(?:긍정|부정)적?인지\s?(?:좀\s)?(?:봐|판단|알려|확인|말해)|긍정\S{0,4}\s?(?:인지|이야|일까|이에요|인가요?|예요|적)?\s?,?\s?(?:아니면\s)?부정|부정\S{0,3}\s?긍정|(?:불만|칭찬|항의|불평)(?:인지|이야|인가)\s?,?\s?(?:칭찬|불만|감사|항의)"),
    Rule("sentiment", "how someone feels", r"(?:화난?|화가 난|화났|불쾌|기분\s?(?:이\s)?(?:나빠|나쁜|상한|좋아|좋은)|짜증\s?난|만족한|실망한)\s?(?:건지|것인지|는지|지|보이는지|상태인지|것 같은지|거 같은지|보이는지)\s?(?:좀\s?)?(?:봐|판단|알려|분석|확인|말해)"),
    Rule("summarize", "a summary", rf"(?:요약|축약){_ASK}|(?:{_POINTS}|{_TEXT}).{{0,20}}요약[.!~]*$|(?:(?:세|네|다섯|한|두|\d+)\s?(?:줄|문장)\s?)요약[.!~]*$|^요약(?:\s?좀)?[.!~]*$"),
    Rule("summarize", "its main points", rf"(?:핵심|요점|골자|요지)(?:만|을|를|이)?\s?.{{0,8}}(?:뽑아|정리{_ASK}|추려|짚어|간추려)|(?:{_POINTS}|{_TEXT}).{{0,12}}(?:핵심|요점|요지)(?:만|을|를|이)?\s?.{{0,6}}(?:말해|알려)"),
    Rule("summarize", "in fewer words", rf"간추려{_GIVE}|(?:{_POINTS}|{_TEXT}).{{0,15}}(?:줄여|추려){_GIVE}|(?:{_POINTS}|{_TEXT}|(?:한|두|세|\d+)\s?(?:줄|문장)).{{0,15}}정리\s?(?:좀\s?)?(?:해(?!고)|부탁)"),
    Rule("tutor", "a quiz", rf"퀴즈|(?:으로|에서|관련|대한|대해|연습|시험|쪽지)?\s?(?:문제|시험)(?:를|을)?\s?(?:좀|하나|몇 개|\S{{1,3}}\s?개)?\s?(?:내|출제해|만들어){_GIVE}"),
    Rule("tutor", "practice", rf"(?:연습|공부|복습|회화)(?:을|를)?\s?(?:좀\s?|같이\s?)?(?:하자|도와|시켜|할래|해\s?보자|하고\s?싶어|해\s?줘)|{_SUBJECT}.{{0,12}}(?:연습|공부).{{0,6}}(?:도와|하자|시켜)"),
    Rule("tutor", "mend my words", rf"(?:문장|문법|맞춤법|작문|영작|코드|함수|띄어쓰기|표현|에세이|일기).{{0,8}}(?:고쳐|교정해|첨삭해|봐|리뷰해|검토해|손봐){_GIVE}|(?:첨삭|코드\s?리뷰|교정){_ASK}"),
    Rule("tutor", "homework", rf"(?:힌트|풀이)(?:를|을)?\s?(?:좀|하나)?\s?(?:만\s?)?(?:줘|주|알려)|숙제.{{0,10}}(?:도와|풀어|모르겠|어려)|{_SUBJECT}.{{0,12}}(?:풀어|푸는\s?(?:법|방법))"),
    Rule("tutor", "code that does not run", r"(?:코드|함수|스크립트|쿼리|프로그램).{0,10}왜.{0,8}(?:안|못|오류|에러)|왜.{0,8}(?:안\s?돌아|에러|오류)", needs_text=True),
    Rule("tutor", "at a level", r"(?:초등학생|중학생|고등학생|어린이|아이|유치원생|비전공자|전문가)\s?(?:(?:도\s?(?:알|이해)\S*|(?:에게|한테)\s?하듯이?|수준\S*|눈높이\S*|처럼).{0,20}(?:설명|가르쳐|알려)|(?:에게|한테)\s?\S{0,8}\s?설명)\s?(?:해)?\s?(?:줘|주|줄|달라|봐)"),
    Rule("tutor", "homework", rf"(?:풀어|도와){_GIVE}.{{0,10}}숙제"),
    Rule("tutor", "in simple words", rf"^(?!.*(?:{_COMPANY})).*(?:쉽게|초등학생|중학생|처음\s?배우|초보|비유|예를\s?들어|예시를?\s?들어|단계별|차근차근|하듯이?|원리|개념|이해가?\s?안).*(?:설명|가르쳐|알려)\s?(?:해)?\s?(?:줘|주|줄|달라|봐)"),
    Rule("tutor", "teach me", rf"{_SUBJECT}.*(?:가르쳐|설명해|알려){_GIVE}|(?:차이|원리|개념|문법).{{0,6}}가르쳐{_GIVE}|{_SUBJECT}.*(?:이해가?\s?(?:잘\s)?안)"),
    Rule("draft", "a text to write", rf"{_WRITTEN}.{{0,20}}?(?:써|적어|작성해|작성하여|만들어|잡아|지어|뽑아|준비해|꾸며|다듬어){_GIVE}|{_WRITTEN}.{{0,8}}(?:작성|초안|써|만들).{{0,6}}(?:부탁|주실|줄래|해\s?$)"),
    Rule("draft", "a draft", r"초안(?:을|좀|만|도)?\s?(?:좀\s?|하나\s?|먼저\s?)?(?:부탁|써|작성해|잡아|만들어|줘|주세요)|(?:공지|안내문|답장|메일|사과문|홍보문|축사)(?:문)?\s?(?:를|을)?\s?(?:하나|한 통|좀|한 편)\s?부탁"),
)  # fmt: skip

_KOREAN_ABOUT = (
    r"(?:번역|요약|감정\s?분석|초안|퀴즈|메일|공지|문제)\s?(?:서비스|기능|본|료|비용|요금|신청|화면|페이지|버튼|메뉴|파일|답안|저장|발송|자격|업체|품질|프로그램|담당|가\s)"
    r"|(?:있나요|있어요|있습니까|되나요|돼요|됩니까|가능한가요|가능해요|가능합니까|제공하|시나요|하나요|해요|인가요|얼마|어디|언제|며칠|누가|누구)[^가-힣]*$"
    r"|(?:안|못)\s?(?:열|보이|보여|와요|왔|나와|되네|돼요|됩니다)|고\s?싶어요|고\s?싶습니다|어떻게\s?하|방법"
)
_KOREAN_POINTS = rf"{_POINTS}|“”|(?:줘|주세요|주십시오|줄래|부탁(?:해|드|합)\S*)[^가-힣]*$"

# --- English --------------------------------------------------------------------------------------------------------

_PLEASE = (
    r"^(?:(?:please|pls|hey|hi|ok|so|now|kindly|just|also|then)[, ]+)*(?:(?:can|could|would|will) (?:you|u)(?: please| kindly| maybe)? |"
    r"(?:i need|i want|i'd like|i would like) you to |help me (?:to )?|let's |would you mind )?(?:please )?(?:quickly |briefly )?"
)
_PLEASE_REST = _PLEASE.removeprefix("^")
_THIS = r"(?:this|that|these|the following|the (?:\w+ )?(?:above|below)|below|above|attached|it\b|“”|my (?:text|mail|email|notes|message))"
_LANGUAGE = r"(?:english|korean|japanese|chinese|german|french|spanish|italian|vietnamese|russian|thai|hangul)"
_PIECE = r"(?:text|mail|e-?mail|message|thread|document|doc|article|memo|report|notes?|conversation|chat|paragraph|passage|page|letter|discussion|meeting|minutes|review|announcement|story|transcript)s?"
_OPINION = r"(?:review|comment|feedback|message|mail|e-?mail|tweet|post|customer|client|text|reply|response|sentence|person|user|ticket|note)s?"
_DOC = (
    r"(?:e-?mail|mail|letter|notice|announcement|memo|blog|post|article|reply|response|message|ad|advert\w*|slogans?|taglines?|captions?|"
    r"headlines?|story|poem|opening|faq|note|reminder|invitation|apology|press release|newsletter|report|proposal|speech|script|copy|"
    r"description|essay|paragraph|cover letter|job posting|pitch|text|statement|thank-you)s?"
)
_FIRM = r"refund|return|order|account|policy|policies|sign|deliver|shipping|subscription|process|procedure|check-?out|payment|invoice|password|log ?in|warranty|leave|booking"

ENGLISH: Final = (
    Rule("translate", "translate it", rf"{_PLEASE}(?:re)?translate\b"),
    Rule("translate", "a language to put it in", rf"{_PLEASE}(?:put|render|turn|convert|write|say|rewrite|rephrase)\b.*(?:{_THIS}|\b{_PIECE}\b).*\b(?:in|into|to) (?:\w+ )?{_LANGUAGE}(?: please)?[.!?]*$"),
    Rule("translate", "a language to put it in", rf"^(?:in|into|to) (?:\w+ )?{_LANGUAGE}\b(?:,? please)?[.!?]*$", needs_text=True),
    Rule("translate", "what it is called in a language", rf"^how (?:do|would|can|should) (?:you|i|we|one) (?:say|write|put|express)\b.*\bin {_LANGUAGE}|^what(?:'s| is| does)\b.*“”.*\b(?:in|mean in) {_LANGUAGE}|^how is “” said in {_LANGUAGE}"),
    Rule("translate", "a version in a language", rf"\b{_LANGUAGE} (?:version|translation) (?:of (?:{_THIS}|“”)|please)|{_PLEASE}(?:give|show|send|make) (?:me |us )?(?:a |an |the )?(?:\w+ )?(?:{_LANGUAGE} )?translation of\b"),
    Rule("sentiment", "its mood", r"^(?:sentiment|mood|tone|emotion)(?: analysis| check)?(?: please)?[.!?]*$", needs_text=True),
    Rule("sentiment", "its mood", rf"{_PLEASE}(?:analy[sz]e|classify|rate|judge|assess|detect|determine|evaluate|check|score|find|tell me|label|run|do|perform|give me|what is)\b.{{0,40}}\b(?:sentiments?|mood|tone|emotions?|polarity)\b"),
    Rule("sentiment", "positive or negative", r"\b(?:positive|negative|complaint|praise|compliment|happy|angry)\b,? or (?:a |an |rather )?(?:negative|positive|praise|complaint|compliment|unhappy|angry|happy|neutral)\b|\bleans? (?:negative|positive)"),
    Rule("sentiment", "how someone feels", r"^(?:does|do|is|are) (?:this|that|these|the following|the)\b.{0,30}\b(?:sound|seem|feel|come across|look|read|angry|upset)(?: as| as if)?\b.{0,20}\b(?:angry|upset|happy|annoyed|rude|friendly|satisfied|unhappy|positive|negative|frustrated|polite|sarcastic)\b", needs_text=True),
    Rule("sentiment", "how someone feels", rf"^how (?:does|do|is|angry|happy|upset|satisfied)\b.{{0,12}}\b(?:this|these|the following|that)\b.{{0,20}}{_OPINION}?.{{0,12}}\b(?:feel|feeling|sound)|^what(?:'s| is) the (?:tone|mood|sentiment|feeling|emotion) (?:of|in|behind) (?:this|the following|these|“”)"),
    Rule("summarize", "a summary", rf"{_PLEASE}(?:summari[sz]e|recap|condense|abridge|boil {_THIS}|boil .{{0,40}}\bdown|sum\b.{{0,30}}\bup|sum up)\b"),
    Rule("summarize", "a summary", rf"^tl;? ?dr\b|^in a nutshell\b|^(?:a |short |quick |brief |the )*summary(?: (?:of|for)\b.*)?,? please|^(?:a |short |quick |brief )*(?:summary|recap) of (?:this|the following|the attached)|{_PLEASE}(?:give|write|make|send|get|show|provide)\b.{{0,30}}\b(?:summary|recap|overview|gist|synopsis) of {_THIS}?.*{_PIECE}|{_PLEASE}(?:give|write|make)\b.{{0,30}}\b(?:line|sentence|short|brief|quick)\b.{{0,8}}\b(?:summary|recap)\b|^(?:summary|recap)[.!?]*$"),
    Rule("summarize", "in fewer words", rf"{_PLEASE}(?:shorten|cut|reduce|trim)\b.{{0,20}}\b(?:{_THIS}|text|{_PIECE})\b.{{0,40}}(?:sentences?|lines?|words|short|$)"),
    Rule("summarize", "its main points", rf"\b(?:main|key|most important|essential) (?:points?|takeaways?|ideas?|messages?) (?:of|from|in) (?:{_THIS}|the (?:attached )?{_PIECE})"),
    Rule("tutor", "teach me", rf"{_PLEASE}(?:teach (?:me|us)|tutor me|quiz (?:me|us)|test (?:me on|my (?:knowledge|understanding))|ask me questions about)\b"),
    Rule("tutor", "practice", r"^(?:let's|let us|i want to|i'd like to|can we|could we|help me(?: to)?|can you help me(?: to)?) practi[cs]e\b"),
    Rule("tutor", "mend my words", rf"{_PLEASE}(?:correct|proofread|fix|check|improve|review|debug|look at)\b.{{0,20}}\b(?:sentences?|grammar|spelling|essay|code|function|script|query|homework|paragraph|english|snippet)\b"),
    Rule("tutor", "homework", rf"{_PLEASE}(?:give me|give us|show me)\b.{{0,12}}\bhints?\b|{_PLEASE}(?:help|assist|solve)\b.{{0,16}}\b(?:homework|assignment|equation|essay|exercise)\b|^i(?:'m| am) stuck on\b.{{0,30}}\b(?:homework|equation|exercise|problem)|^help (?:me )?with (?:my|this|the)\b.{{0,16}}\b(?:homework|assignment)"),
    Rule("tutor", "code that does not run", r"^why (?:does|doesn't|does not|is|isn't|won't|do|don't)\b.{0,20}\b(?:code|function|script|query|snippet|loop|program)\b", needs_text=True),
    Rule("tutor", "at a level", rf"{_PLEASE}(?:explain|teach|describe)\b.{{1,80}}\b(?:like i'?m (?:a |an )?(?:five|\d+|child|kid|beginner|student)|to (?:a|an|my) (?:\w+ )?(?:child|kid|beginner|\w+-year-old|student|novice|layperson|expert))\b"),
    Rule("tutor", "in simple words", rf"^(?!.*\b(?:{_FIRM})).*\b(?:explain|walk me through|describe|break down)\b.*\b(?:like i'?m|like i am|to (?:a|an|my) (?:\w+ )?(?:beginner|child|kid|colleague|student|\w+-year-old|novice|newbie|layperson)|simply|in simple|in plain|step by step|with (?:an |some )?(?:example|analog)\w*|as if)"),
    Rule("tutor", "in simple words", r"^i (?:don't|do not|can't|cannot) (?:understand|get|grasp)\b.*\bexplain\b|^eli5\b"),
    Rule("draft", "a text to write", rf"^(?!draft (?:status|mode|version|folder)|.*make the text){_PLEASE_REST}(?:write|draft|compose|create|make|prepare|generate|come up with|pen|word)\b(?: up)?(?: (?:me|us))?(?: [^\s]+){{0,8}}? {_DOC}\b"),
    Rule("draft", "a text to write", rf"{_PLEASE}(?:draft|compose) (?:me|us|a|an|the|some|this|that|my|our|two|three|\d+)\b.{{2,}}|{_PLEASE}give (?:me|us)\b.{{0,20}}\b(?:slogans?|taglines?|captions?|headlines?|subject lines?|draft)\b"),
)  # fmt: skip

_ENGLISH_ABOUT = (
    r"^(?:and |so |but |hi,? |hello,? )?(?:where|when|which|who|how (?:do|can|long|much|many|often|should) (?:i|we|does|is|do|it|are)|do you|does (?:the|it|your|saving)|"
    r"is there|are there|can i|may i|could i|will i|should i|did you|have you|am i)\b"
    r"|\b(?:won't|doesn't|can't|cannot|isn't|never|keeps?) (?:open|load|work|send|arrive|save|show|failing)\b"
)
_ENGLISH_POINTS = r"“”|\bhow (?:do|would|can|should) (?:you|i|we|one) (?:say|write|put|express) (?:this|“”)|^is (?:this|the following)|^does (?:this|the following|that)"

RULES: Final[Mapping[Language, tuple[Rule, ...]]] = {"ko": KOREAN, "en": ENGLISH}

ABOUT: Final[Mapping[Language, str]] = {"ko": _KOREAN_ABOUT, "en": _ENGLISH_ABOUT}
"""Questions and complaints about something that only sounds like a task."""

POINTS: Final[Mapping[Language, str]] = {"ko": _KOREAN_POINTS, "en": _ENGLISH_POINTS}
"""Words that point at a text, or ask for something to be done: then ``ABOUT`` does not count."""
