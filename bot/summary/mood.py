"""The mood of a business mail: what its writer feels, not how politely something is asked, nor what the matter is."""

import re
from collections.abc import Sequence

from bot.sentiment.reading import Label, read
from bot.summary.asking import asks
from bot.summary.sentences import Unit

LOOKED_AT = 200
"""Sentences that are read."""

_BAD = re.compile(
    r"불편(?!\s?(?:사항|신고|한\s?점\s?있|[을이]?\s?(?:드려|드린|드리|끼쳐|끼친|없)))|불만(?!\s?사항)|불쾌|실망|짜증|화가\s|답답|유감|"
    r"항의|어이|황당|속상|걱정(?!\s?(?:하지|마|없|말))|우려(?!\s?(?:하지|없))|곤란|난처|당황|분노|참을|신고하겠|소비자원|"
    r"법적 (?:조치|대응|책임)|손해\s?배상|아무도 (?:오|답|연락)|최악|엉망|무책임|아직도|몇\s?번(?:이나|을)|"
    r"(?:두|세|네|여러)\s?번이나|도대체|대체\s|계속\s?(?:되풀이|반복|미루|지연)|이해할 수 없|믿을 수 없|"
    r"너무\s?(?:늦|오래|심)|[ㅠㅜ]{2}|"
    r"(?i:\b(?:disappoint\w*|unacceptable|frustrat\w*|angry|upset|terrible|horrible|awful|worst|unhappy|"
    r"annoy\w*|ridiculous|broken|worried|dissatisf\w*|rude|useless|fed up|"
    r"still (?:not|has not|have not|hasn't|haven't|waiting)|"
    r"never (?:answer|arriv|repl|receiv|got|hear)\w*|not received)\b)|:\("
)
_GOOD = re.compile(
    r"감동|만족|훌륭|기쁘|기쁩|기뻐|반갑|축하|덕분|수월|최고(?!\s?(?:가|치|액|기온))|완벽|든든|놀라울|뛰어나|즐거웠|자랑스|"
    r"매끄럽|마음에\s?(?:들|듭)|좋은 (?:분위기|결과|성과|반응|소식)|"
    r"(?:진심|대단히|정말|무척)\S*\s?(?:으로\s)?(?:감사|고맙)|"
    r"[ㅎㅋ]{2}|\^\^|"
    r"(?i:\b(?:thrilled|happy|glad|excellent|loved?|lovely|impress(?:ed|ive)|pleased|delight\w*|"
    r"congratulations|wonderful|fantastic|amazing|perfect|"
    r"sounds good|excited|proud|well done|grateful|great (?:job|work|news|to))\b)|:\)"
)
"""How writers say what they feel. A model of reviews alone finds blame in "발행" and praise in "제안"."""

_TURNED = re.compile(r"^\S{0,6}\s?(?:지\s)?(?:않|못|없)|^\S{0,4}\s?(?:not|n't)\b")
"""Behind a good word: it is denied."""


def mood_of_letter(units: Sequence[Unit]) -> Label:
    """Return the mood of the sentences of a mail; where nobody says what they feel, it is neutral."""
    told = [unit.text for unit in units[:LOOKED_AT] if unit.role in ("plain", "item")]
    bad = sum(len(_BAD.findall(text)) for text in told)
    good = 0
    for text in told:
        for found in () if asks(text) else _GOOD.finditer(text):
            turned = _TURNED.match(text[found.end() :])
            good, bad = good + (not turned), bad + bool(turned)
    if bad == good:
        return read("\n".join(told)).label if bad else "neutral"
    return "negative" if bad > good else "positive"
