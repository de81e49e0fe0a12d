"""Does a line of text ask something? Used to find questions where a document does not name them."""

import re

_KOREAN_END = re.compile(
    r"(?:나요|까요|가요|은요|는요|는가|은가|인가|건가|을까|할까|될까|습니까|니까|는지|은지|인지|는지요|되나|하나|있나|없나|"
    r"어떻게 (?:해요|하죠|되죠|돼요|하면 되죠)|무엇|뭐예요|뭔가요|왜죠|언제죠|얼마죠|죠|"
    r"알려 ?주세요|궁금합니다|궁금해요|싶어요|싶습니다)[.~!…\s]*$"
)
_ENGLISH_START = re.compile(
    r"(?:how|what|when|where|who|whom|whose|which|why|can|could|do|does|did|is|are|was|were|will|would|should|may|am|"
    r"has|have|i (?:can't|cannot|forgot|want|need|lost|have))\b",
    re.IGNORECASE,
)
LONGEST = 300


def asks(text: str) -> bool:
    """Tell whether ``text`` is a question: by its question mark, its Korean ending or its English first word."""
    line = text.strip().strip("\"'“”‘’*_ ")
    if not 2 <= len(line) <= LONGEST or "\n" in line:
        return False
    return asks_surely(line) or bool(_KOREAN_END.search(line)) or bool(_ENGLISH_START.match(line))


def asks_surely(text: str) -> bool:
    """Tell whether ``text`` ends with a question mark."""
    return text.strip().rstrip("\"'”’)*_ .").endswith(("?", "？"))
