"""Sentences that state nothing: courtesies, headings, and that the documents do not say."""

import re

COURTESY = re.compile(
    r"(?:네|예|아니요|아닙니다|안녕하세요|감사합니다|고맙습니다|죄송합니다(?:만)?|물론입니다|물론이죠|네,? "
    r"(?:맞습니다|가능합니다|알려 ?드릴게요|안내해 ?드리겠습니다))[.!]?$|"
    r".{0,40}(?:도움이? ?되(?:셨|었)으?면|도움이? ?되(?:셨|었)(?:길|기를) ?(?:바랍니다|바라요|바래요)|더 ?궁금(?:하신|"
    r"한) ?(?:점|것|사항)|추가(?:로)? ?(?:궁금|문의|질문)|"
    r"언제든(?:지)? ?(?:말씀|문의|물어|질문|연락)|좋은 하루|문의해 ?주(?:셔서|시면) ?(?:감사|안내)|다음과 같습니다|"
    r"다음과 같이|아래와 같습니다|아래와 같이|안내해? ?드리(?:겠습니다|ㄹ게요|며))"
    r".{0,40}$|(?:yes|no|sure|of course|certainly|hello|hi|thank you|thanks|you're welcome|absolutely|i'm sorry|sorry|"
    r"here(?:'s| is) (?:how|what|the answer)|"
    r"great question)[.,!:]?$|.{0,40}(?:hope (?:this|that) helps|let me know if|feel free to|(?:any|have) (?:other|"
    r"more|further) questions|happy to help|"
    r"anything else|as follows|here(?:'s| is| are) (?:how|what|the (?:steps|details|answer)))\b.{0,60}$",
    re.IGNORECASE | re.DOTALL,
)
REFUSAL = re.compile(
    r"(?:자료|문서|내용|정보|안내|답변|FAQ)\S*\s*(?:에서|에는|에|만으로는|으로는|중에)?\s*.{0,30}(?:찾지 못했|찾을 수 "
    r"없|확인할 수 없|확인되지 않|나와 ?있지 않|없습니다|없어요|포함되어 있지 않|알 수 없|부족)|"
    r"(?:잘|정확히)?\s*(?:모르겠|모릅니다|알지 못합니다)|답(?:변)?(?:을)? ?(?:드릴|할) 수 없|"
    r"(?:don't|do not|doesn't|does not|didn't|could not|couldn't|cannot|can't)\s+(?:know|find|have (?:any |enough |"
    r"that |this )?(?:information|details)|"
    r"mention|say|contain|cover|answer|include (?:any )?information)|no information|not (?:mentioned|covered|stated|"
    r"specified|in the documents)",
    re.IGNORECASE,
)


GOES_ON = re.compile(
    r"(?:다만|하지만|그러나|지만|으나|는데)[,\s]+\S+\s\S+|\b(?:but|however|though|yet)\b\W+\w+\W+\w+|[.!?]\s+\S"
)
"""After an "I don't know" something else is said, which is not excused by it."""


def is_courtesy(sentence: str) -> bool:
    """Whether a sentence is a courtesy, leads over to a list, or only says that nothing was found."""
    if refusal := REFUSAL.search(sentence):
        return not GOES_ON.search(sentence, refusal.start())
    return bool(COURTESY.match(sentence)) or sentence.endswith((":", "："))
