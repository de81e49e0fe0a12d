"""The mood of a business mail: what its writer feels, not how politely something is asked, nor what the matter is."""

import re
from collections.abc import Sequence

from bot.sentiment.reading import Label, read
from bot.summary.asking import asks
from bot.summary.sentences import Unit
from knowledge.language import Language, language_of

LOOKED_AT = 200
"""Sentences that are read."""

PLAIN = 0.3
"""Scores nearer to 0 than this are those of plain mails."""

_FELT_KO = re.compile(
    r"불편(?!\s?(?:사항|신고|한\s?점\s?있|[을이]?\s?(?:드려|드린|드리|끼쳐|끼친|없)))|"
    r"불만|불쾌|실망|짜증|화가|답답|유감|항의|어이|황당|속상|걱정|우려|"
    r"곤란|난처|당황|"
    r"분노|참을|신고하겠|소비자원|법적 (?:조치|대응|책임)|손해\s?배상|"
    r"아무도 (?:오|답|연락)|최악|엉망|무책임|아직도|몇\s?번(?:이나|을)|(?:두|세|네|여러)\s?번이나|벌써\s|도대체|대체\s|"
    r"계속\s?(?:되풀이|반복|미루|지연)|이해할 수 없|믿을 수 없|너무\s?(?:늦|오래|심)|"
    r"감동|만족|훌륭|기쁘|기쁩|기뻐|반갑|축하|덕분|수월|최고|완벽|든든|놀라울|뛰어|즐거|자랑|매끄럽|"
    r"좋은 (?:분위기|결과|성과|반응|소식)|"
    r"(?:진심|대단히|정말|무척)\S*\s?(?:으로\s)?(?:감사|고맙)|[ㅠㅜ]{2}|[ㅎㅋ]{2}|!!|:\)|\^\^"
)
"""How Korean writers say what they feel. A model of reviews alone finds blame in "발행" and praise in "제안"."""

_FELT_EN = re.compile(
    r"\b(?:disappoint\w*|unacceptable|frustrat\w*|angry|upset|terrible|horrible|awful|worst|unhappy|complain\w*|annoy\w*|"
    r"ridiculous|poor|broken|never|concern(?:s|ed|ing)|worr(?:y|ied|ies)|dissatisf\w*|rude|useless|fed up|waste|"
    r"unfortunately|still (?:not|has not|have not|hasn't|haven't|waiting)|not received|"
    r"thrilled|happy|glad|great|excellent|lov(?:e|ed|ely)|impress\w*|pleased|delight\w*|congratulations|wonderful|"
    r"fantastic|amazing|perfect|sounds good|excit\w*|proud|enjoy\w*|well done|grateful)\b|:\)|:\(",
    re.IGNORECASE,
)
_FELT: dict[Language, re.Pattern[str]] = {"ko": _FELT_KO, "en": _FELT_EN}


def mood_of_letter(units: Sequence[Unit]) -> Label:
    """Return the mood of the sentences of a mail; where nobody says what they feel, it is neutral."""
    told = [unit.text for unit in units[:LOOKED_AT] if unit.role in ("plain", "item") and not asks(unit.text)]
    language = language_of("\n".join(told))
    mood = read("\n".join(text for text in told if _FELT[language].search(text)))
    return mood.label if abs(mood.score) >= PLAIN else "neutral"
