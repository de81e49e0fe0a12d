"""How people begin and end what they write, Korean and English: words that a summary does without."""

import re

GREETING = re.compile(
    r"^(?:안녕하(?:세요|십니까|셨어요|신가요)|수고(?:하십니다|하세요|많으십니다|가 많으십니다)|여러분|반갑습니다)[^.!?\n]{0,30}[.!?~,]*$|"
    r"^[^.!?\n]{0,20}[, ]\s?안녕하(?:세요|십니까|신가요)[.!~?,]*$|"
    r"^[^.!?\n]{0,20}(?:님|여러분|귀하|귀중|께)\s?(?:,|안녕하(?:세요|십니까))?[.!?~,]*$|"
    r"^(?:hi|hello|dear|hey|good (?:morning|afternoon|evening)|greetings)\b[^.!?\n]{0,40}[,.!:]?$|"
    r"^[A-Z][a-z]+(?:(?:,| and|/| &)\s?[A-Z][a-z]+){0,3}\s?[,:;]$|"
    r"^[^\d\n]{0,60}(?:건으로|관련하여|관련해서?|관하여|대해|때문에|위해)\s(?:다시\s)?(?:연락|메일|문의|말씀|안내|공유|글)\s?(?:을|를)?\s?"
    r"(?:드립니다|드려요|드렸습니다|보냅니다|남깁니다|올립니다)[.!]?$|"
    r"^(?:저는 )?\S{1,20}\s?(?:팀|부|실|센터|담당자?|회사)?\s?\S{2,5}입니다[.!]?$",
    re.IGNORECASE,
)
"""A line that only greets, names the reader or says who writes."""

CLOSING = re.compile(
    r"^(?:감사합니다|고맙습니다|감사드립니다|수고하세요|좋은 (?:하루|주말|오후|저녁)|이상입니다|끝|.{0,20}(?:드림|올림|배상))[^\n]{0,20}[.!~]*$|"
    r"^.{0,40}(?:양해|많은 관심|협조|참고).{0,8}(?:부탁드립니다|바랍니다|부탁드려요)[.!]?$|"
    r"^.{0,40}(?:궁금|문의|불편|질문).{0,12}(?:으시면|으면|을 경우|시\s|사항은|사항이|점은|점이|하시면).{0,16}"
    r"(?:연락|문의|말씀|회신).{0,12}(?:주세요|주십시오|주시기 바랍니다|바랍니다)[.!]?$|"
    r"^(?:thanks?|thank you|many thanks|(?:best|kind|warm)?\s?regards|best wishes|cheers|sincerely|yours|cordially|have a (?:nice|good|great))"
    r"\b[^\n]{0,40}[,.!]?$|^best[,.]?$|"
    r"^.{0,30}(?:let me know if you have|(?:any|have) (?:other |further |more )?questions|feel free to|don'?t hesitate|hope (?:this|you|all)|"
    r"look(?:ing)? forward|i can be reached|sent from my)\b.{0,100}$|"
    r"^나의 \S+에서 보냄$",
    re.IGNORECASE,
)
"""A line that only thanks, closes or offers to answer."""

OPENING_KO = re.compile(
    r"^(?:(?:다름이? 아니라|아시다시피|(?:앞서 )?말씀드린 (?:바와 같이|대로)|참고로|한편|또한|그리고|그런데|그래서|따라서|아울러|그러므로),?\s+|"
    r"(?:우선|먼저|이에|즉|안녕하세요|안녕하십니까|네|예|혹시|그럼)[,.!]\s+|(?:안내|공지|알려) ?드립니다[.:]\s+)+"
)
"""What a Korean sentence begins with that only leads up to what it says."""

OPENING_EN = re.compile(
    r"^(?:(?:(?:hi|hello|dear|hey)(?: [A-Z][a-z]+){0,3}[,!.]|please (?:note|be advised|be aware) that|(?:just )?(?:a )?(?:quick |friendly )?(?:note|reminder) (?:to say )?that|"
    r"i(?:'m| am) writing to (?:let you know|inform you|tell you) that|i(?:'d| would| just)? (?:like|want|wanted) to (?:let you know|inform you|mention|say|confirm) that|"
    r"we(?:'d| would) like to (?:let you know|inform you) that|(?:this (?:message|e-?mail) is )?to (?:let you know|inform you) that|"
    r"(?:as (?:you (?:may )?know|discussed|mentioned|promised|agreed)(?: (?:earlier|yesterday|before|today))?|for your information|"
    r"fyi|by the way|in addition|additionally|furthermore|moreover|also|so|well|ok(?:ay)?|hi|hello|hey|anyway)[,:;-])\s+)+",
    re.IGNORECASE,
)
"""The same in English."""
