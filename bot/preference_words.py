"""How people say what they prefer from now on, Korean and English."""

import re
from typing import Final

from bot.preference_kinds import Preferences

_LASTING = (
    r"(?:앞으로(?:는|도)?|이제부터(?:는)?|이제는|지금부터(?:는)?|계속(?:해서)?|항상|늘|언제나|매번|다음부터(?:는)?)"
)
_TO_ME = r"(?:나한테|나에게|저한테|저에게|제게|내게)"
_SAY = (
    r"(?:(?:답|대답|답변|말|말씀|얘기|이야기|설명|안내|응답)(?:을|를)?\s?(?:좀\s?)?"
    r"(?:해|하|드려)?\s?(?:줘|주세요|주십시오|주라|줄래|줄래요|라|도\s?(?:돼|되|됩니다|괜찮아)|요|하자|할래|해|하세요|부탁)\S{0,5}"
    r"|써\s?(?:줘|주세요|도\s?(?:돼|됩니다))\S{0,2}|알려\s?(?:줘|주세요)|해\s?(?:줘|주세요|도\s?(?:돼|됩니다))\S{0,2}|하자|하세요|부탁\S{0,4})"
)
_END: Final = r"[\s.!~ㅎㅋ^]*"


def _korean(what: str, *, lasting: bool) -> re.Pattern[str]:
    """``lasting``: only with a word that says for how long; without it the words are about one answer."""
    before = (
        rf"(?:{_LASTING}\s?)(?:{_TO_ME}\s?)?"
        if lasting
        else rf"(?:{_LASTING}\s?)?(?:{_TO_ME}\s?)?(?:그냥\s?|우리\s?|편하게\s?)?"
    )
    after = rf"{_END}(?:{_LASTING}{_END})?"
    said = rf"{what}\s?(?:만\s?)?(?:{_LASTING}\s?)?{_SAY}"
    either = rf"|(?:{_TO_ME}\s?)?{said}{_END}{_LASTING}{_END}" if lasting else ""
    return re.compile(rf"(?:{before}{said}{after}{either})")


def _english(what: str, *, lasting: bool) -> re.Pattern[str]:
    for_long = r"(?:from now on|from here on|always|in (?:the )?future|going forward)"
    please = r"(?:please\s|can you\s|could you\s|i want you to\s|i'd like you to\s)?"
    begin = rf"(?:{for_long},?\s)?{please}(?:{for_long},?\s)?"
    end = rf"(?:,?\s{for_long})?(?:,?\splease)?[\s.!]*"
    needed = rf"(?=.*\b{for_long})" if lasting else ""
    return re.compile(rf"{needed}{begin}{what}{end}", re.IGNORECASE)


_ANSWER = r"(?:answer|reply|respond|speak|talk|write)(?:\s(?:to )?me)?(?:\sonly)?"
WISHES: Final[tuple[tuple[Preferences, tuple[re.Pattern[str], ...]], ...]] = (
    (
        Preferences(language="en"),
        (_korean(r"(?:영어|영문)로", lasting=False), _english(rf"{_ANSWER}\s(?:only\s)?in english", lasting=False)),
    ),
    (
        Preferences(language="ko"),
        (
            _korean(r"(?:한국어|한글|우리말|한국말)(?:으)?로", lasting=False),
            _english(rf"{_ANSWER}\s(?:only\s)?in korean", lasting=False),
        ),
    ),
    (Preferences(politeness="banmal"), (_korean(r"(?:반말|편한\s?말)(?:로|으로|을)?", lasting=False),)),
    (
        Preferences(politeness="haeyo"),
        (_korean(r"(?:해요체|존댓말|존대말|높임말|부드러운\s?말투|친근한\s?말투)(?:로|으로|를|을)?", lasting=False),),
    ),
    (
        Preferences(politeness="hasipsio"),
        (_korean(r"(?:하십시오체|합쇼체|격식체|격식\s?있게|격식\s?있는\s?말투로|아주\s?정중하게|정중하게)(?:로|으로|를|을)?", lasting=False),),
    ),
    (
        Preferences(level="child"),
        (
            _korean(r"(?:아주\s?|더\s?|정말\s?)?(?:쉽게|쉬운\s?말로|초등학생(?:도\s?알게|에게\s?하듯이?|\s?수준으로|처럼))", lasting=True),
            _english(r"(?:explain|keep|put|say)\s(?:things|it|everything)?\s?(?:simply|simple|like i'?m (?:five|5|a child))", lasting=True),
        ),
    ),
    (
        Preferences(level="student"),
        (_korean(r"(?:중학생|고등학생|중고등학생)(?:도\s?알게|에게\s?하듯이?|\s?수준으로|처럼)", lasting=True),
         _english(r"explain (?:things|it|everything)?\s?(?:like|as) (?:to|for)? ?(?:a )?(?:high school )?student", lasting=True)),
    ),
    (
        Preferences(level="general"),
        (_korean(r"(?:보통|일반인)(?:\s?수준으로|처럼|에게\s?하듯이?)", lasting=True),),
    ),
    (
        Preferences(level="expert"),
        (
            _korean(r"(?:전문가(?:에게\s?하듯이?|\s?수준으로|처럼)|전문적으로|더?\s?자세하게|더?\s?자세히|전문\s?용어로)", lasting=True),
            _english(r"(?:explain|answer)\s(?:things|it|everything)?\s?(?:like (?:i'?m|to) an expert|in (?:full )?detail|technically)", lasting=True),
        ),
    ),
)  # fmt: skip
_MINE = r"(?:내|제|나의|저의)\s?(?:(?:답변|대화)\s?)?(?:설정|취향|선호(?:도)?|말투\s?설정)"
SHOW: Final = re.compile(
    rf"{_MINE}(?:을|를|이|은|는)?\s?(?:좀\s?)?(?:보여|알려|확인해|말해)\s?(?:줘|주세요|주실래요|달라){_END}"
    rf"|{_MINE}(?:이|은|는)?\s?(?:뭐|무엇|어떻게)\s?(?:야|예요|이야|인가요|되어\s?있\S*|돼\s?있\S*)?[?\s]*"
    r"|(?:나|저)에\s?대해\s?(?:뭘?|무엇을?)\s?(?:알고\s?있|기억하)\S*[?\s]*"
    r"|(?:show (?:me )?|what are |list )?my (?:settings|preferences)[?.!\s]*"
    r"|what do you (?:know|remember) about me[?\s]*",
    re.IGNORECASE,
)
FORGET: Final = re.compile(
    rf"{_MINE}(?:을|를|은|는)?\s?(?:좀\s?|모두\s?|다\s?|전부\s?)?(?:지워|초기화해|초기화|삭제해|잊어|없애|리셋해|되돌려)\s?(?:줘|주세요|주실래요|달라|버려)?{_END}"
    r"|(?:나|저)에\s?대(?:해|한\s?것)\s?(?:은\s?|을\s?)?(?:모두\s?|다\s?)?(?:잊어|지워)\s?(?:줘|주세요|버려){_END}"
    r"|(?:please\s)?(?:forget|reset|clear|delete|remove) (?:all )?(?:of )?my (?:settings|preferences)(?:,? please)?[.!\s]*",
    re.IGNORECASE,
)
