"""What a line of a summary does without: forms of politeness, fillers and long ways to begin, Korean and English."""

import re

VOCATIVE_EN = re.compile(
    r"^(?:(?:hi|hello|dear|hey|good (?:morning|afternoon|evening))\b(?: (?:all|team|everyone|there|guys|folks))?"
    r"(?:,? (?:Mr\.|Ms\.|Mrs\.|Dr\.)?\s?[A-Z][\w.'-]*){0,3}\s?[,!.:;-]+\s+|"
    r"[A-Z][a-z]+(?:(?:, and|,| and|/| &)\s?[A-Z][a-z]+){0,3}\s?(?:[,:;]|\s-+)\s+(?=[A-Z'I]))"
)
"""Whom a sentence speaks to, before it says something: "Dear Ms. Kim, ...", "Jeff/Brenda: ..."."""

_THAT = r"(?: that)?\s+"
_SELF = r"(?:i(?:'m| am|'d| would| just)?|we(?:'re| are|'d| would| just)?)"
_KNOW = r"(?:let (?:you|everyone|everybody|you all|you guys)(?: all| both)? know|inform (?:you|everyone)|tell you|remind (?:you|everyone)|advise you|mention|say|point out)"
LEADING_EN = re.compile(
    r"^(?:"
    r"(?:fyi|by the way|in addition|additionally|furthermore|moreover|also|so|well|ok(?:ay)?|anyway|again|yes|no|sure|"
    r"however|therefore|finally|first(?:ly)?|second(?:ly)?|unfortunately|thanks|thank you)\s?[,:;!-]+\s+|"
    r"(?:as (?:you (?:may |might |probably |all )?(?:know|recall|are aware|requested|remember)|we (?:discussed|agreed|talked about)|"
    r"discussed|mentioned|promised|agreed|requested|i mentioned)|per (?:your|our) (?:\w+ )?(?:request|discussion|conversation|e-?mail|meeting|call)|"
    r"in (?:response|reply) to your [\w-]+(?: \w+)?|(?:following up|based) on our \w+|for your (?:information|review|reference))"
    r"(?: (?:earlier|yesterday|before|today|this morning|this afternoon|last (?:week|night|\w+day)))?,\s+|"
    r"i hope (?:you(?:'re| are)|all is|this)[^,.]{1,40},\s+(?:but|and)?\s?|"
    rf"(?:please|kindly|pls) (?:note|be (?:advised|aware|informed|reminded)|remember){_THAT}|"
    r"(?:just )?(?:this is )?(?:just )?(?:a )?(?:quick |friendly |short |brief |gentle )*(?:note|reminder|e-?mail|message)"
    rf"(?: to {_KNOW})? that\s+|"
    rf"{_SELF} (?:just )?writing to {_KNOW}{_THAT}|"
    rf"{_SELF} (?:just )?(?:like|want|wanted|wish|wished) to {_KNOW}{_THAT}|"
    rf"(?:just )?(?:this (?:message|e-?mail|note|memo|letter) is )?to {_KNOW}{_THAT}|"
    rf"i (?:have been|was|am) (?:informed|advised|told) that\s+|"
    r"(?:i|we) (?:just )?(?:think|believe|guess|understand|assume|suppose) that\s+|"
    r"it (?:looks|seems|appears) (?:like|that)\s+"
    r")",
    re.IGNORECASE,
)
"""What leads up to a statement."""

ASKING_EN = re.compile(
    r"^(?:(?:i (?:was|am|'m) (?:just )?wondering|i wonder) if you (?:could|would|can|might)(?: please)?|"
    r"(?:i|we)(?:'d| would) (?:really |greatly )?appreciate it if you (?:could|would|can)(?: please)?|"
    r"(?:can|could|would|will) you(?: guys| all| both)?(?: please| kindly| possibly| also| just)*|"
    r"would you mind|do you think you (?:can|could)|"
    r"(?:i|we)(?:'d| would)? (?:need|want|like)(?: for)? you to|(?:please|kindly|pls)(?: also| kindly| just)?)\s+"
    r"(?!note\b|find\b|see attached|see the attached|let me know if you have)(?=[a-z])",
    re.IGNORECASE,
)
"""The polite head of a request, which is an order without it; who asks is told beside the line."""

ATTACHED_EN = re.compile(
    r"^(?:(?:attached|enclosed|below)(?: below| hereto| herewith| here)?(?: is| are| please find| you will find)|"
    r"(?:please )?(?:find|see)(?: the)? (?:attached|enclosed)(?: is| are)?|i(?:'ve| have) attached|"
    r"(?:i am|i'm) (?:attaching|enclosing))\s+",
    re.IGNORECASE,
)
HERE_EN = re.compile(r"^(?:here|below|following) (?:is|are)\s+", re.IGNORECASE)
"""What only points at what comes with the mail; "Attached:" says as much, and "Here is" says nothing."""

FILLER_EN = re.compile(
    r"\b(?:please|just|really|actually|basically|kindly|simply|very|quite|certainly|hereby|of course|obviously)\s+(?=\w)",
    re.IGNORECASE,
)
ASIDE = re.compile(r"\s?\((?![월화수목금토일](?:요일)?\))[^()\d]{1,80}\)")
"""What stands in brackets without a number or a day of the week."""

SUBORDINATE_EN = re.compile(
    r"^(?:since|as|because|although|though|while|given(?: that)?|due to|in order to|for those|in case|"
    r"at the (?:request|behest)|on behalf|throughout|during)\b[^,]{12,160},\s+(?=\w)",
    re.IGNORECASE,
)
"""A clause before the one that says what the sentence is about."""

BOUNDARY_EN = re.compile(
    r"[;:]\s|,\s|\s[-–—]+\s|\s(?=(?:and|but|or|which|because|so|while|since|if|when|as|where|who|that|after|before|"
    r"in order|for|to|on|with|regarding|from|at|by|of|in)\s)"
)
DANGLING_EN = re.compile(
    r"(?:[\s,;:–—-]+(?:and|but|or|which|because|so|while|since|if|when|as|where|who|that|after|before|for|to|on|with|"
    r"regarding|from|at|by|of|in|the|a|an|is|are|your|our|my|their|its|his|her|this|these|some|any|not|in order|"
    r"will|would|can|could|has|have|been|be|was|were))+[,;:]?$",
    re.IGNORECASE,
)
"""Words that a line cannot end with."""

LEADING_KO = re.compile(
    r"^(?:[^\s,]{1,8}\s?(?:님|께),\s+|(?:바쁘(?:신|실)|번거로우시겠|죄송(?:하|스럽)|송구(?:하|스럽)|실례)[^,.]{0,18}?(?:만|데|도),?\s+|"
    r"(?:항상|늘|평소)[^,.]{0,40}(?:감사(?:드리|하)?(?:며|고|드리고)|협조에 감사드리며),?\s+|"
    r"(?:괜찮으시(?:다면|면)|가능하시(?:다면|면)|혹시|다시 한번|다름이? 아니(?:라|오라)|위와 같이|"
    r"(?:아래|첨부|다음)와 같이),?\s+(?=\S{2}))+"
)
"""Korean politeness before what is said."""

_DOES = "공유|전달|송부|회신|안내|보고|제출|연락|진행|처리|검토|확인|준비|방문|참석|정리|발송|배송|수정|반영|결제|입금|지급|설명|보완"
ENDINGS_KO = (
    (re.compile(r"(?:시면|주면)\s?(?:대단히\s?|정말\s?|매우\s?)?(?:감사|고맙)(?:하겠|드리겠|겠)습니다[.!~]*$"), "세요"),
    (re.compile(r"주시(?:기|길|기를)\s?(?:부탁\s?드립니다|부탁\s?드려요|바랍니다|바라겠습니다)[.!~]*$"), "주세요"),
    (re.compile(r"주십시오[.!~]*$"), "주세요"),
    (re.compile(r"(?<=부탁)\s?(?:드립니다|드려요|드리겠습니다|드릴게요|합니다|드리고자 합니다)[.!~]*$"), ""),
    (
        re.compile(
            rf"(?P<does>{_DOES})(?:해|하여)?\s?(?:드리겠습니다|드릴게요|하겠습니다|할게요|드릴 예정입니다)[.!~]*$"
        ),
        r"\g<does> 예정",
    ),
    (re.compile(rf"(?P<does>{_DOES}|요청|문의|공지|제안|통보|신청)(?:\s?드립니다|\s?드려요)[.!~]*$"), r"\g<does>"),
    (re.compile(r"(?<=예정)(?:입니다|이에요)[.!~]*$"), ""),
    (re.compile(r"(?<=[\d원일시분개명건%)])입니다[.!~]*$"), ""),
)
"""Endings that a note in an office does without; others stay, because they cannot be told apart safely."""

FORMAL_KO = re.compile(r"(?P<last>(?<!감사)[합됩입립집칩킵십줍봅씁갑옵큽랍납눕냅]|(?<=[가-힣])깁)니다[.!~]*$")
"""A verb with its ending -ㅂ니다, which becomes -ㅁ; stems in ㄹ (만듭니다, 엽니다) would be written otherwise."""

PAST_KO = re.compile(r"(?P<last>[가-힣])습니다[.!~]*$")
"""A past in -ㅆ습니다, which becomes -ㅆ음, as 없습니다 and 않습니다 do."""

MONEY = re.compile(
    r"\d\s?(?:[백천만억]{1,2}\s?)?원(?![가-힣])|\d원|[$€£¥₩]\s?\d|\d\s?(?:달러|won|dollars|USD|KRW|EUR)\b|\d\s?%",
    re.IGNORECASE,
)
"""An amount of money, or a share."""

CLAUSE_KO = re.compile(
    r"(?:(?:오니|므로|(?:는|은|인|한)데|지만|으나|(?:으)?니까|(?:관련|대)하여|(?:으)?며|고|아서|어서|해서|하여)),\s+|"
    r"(?:오니|므로|지만|으나|(?:[는은인한]데))\s+"
)
