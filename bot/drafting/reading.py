"""Reads an order for a text: which kind, for whom, about what, in which tone, how long, how many versions."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from bot.drafting import words
from bot.drafting.brief import KINDS, Brief, Kind, Part
from bot.drafting.lengths import read_length
from bot.material import readings
from bot.quantities import quantities
from knowledge.language import Language, language_of

LONGEST_ORDER = 2_000
"""Characters of an order that are looked through."""

LONGEST_TOPIC = 120

MOST_VERSIONS = 3
MOST_COPIES = 5
"""Versions of a text, and of a line such as a slogan."""

SHORT_MATERIAL = 80
"""What stands behind the colon and is no longer than this is what the text is about, not a text to work on."""

_COUNTS: Final = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "two": 2, "three": 3, "four": 4, "five": 5}
_VERB = re.compile(
    r"(?:초안(?:을|만|도)?\s?)?(?:좀\s?|하나\s?|한 (?:통|편|개|장)\s?)*(?:써|적어|작성(?:해|하여)|만들어|잡아|지어|뽑아|준비해|꾸며|다듬어|생성해|"
    r"부탁)\s?(?:줘|주|드|달라|봐|해|합|하|줄|보)?[가-힣?\s.!~]*$"
)
_KOREAN_DOCUMENT = re.compile(
    r"(?:마케팅|홍보|광고|프로모션|판촉|사내|짧은|긴|새)?\s?(?:이?메일|뉴스레터|편지|공지(?:문|사항|글)?|안내\s?(?:문|장|메시지|글)|공고(?:문)?|블로그\s?(?:글|포스트|포스팅)?|"
    r"포스팅|게시(?:글|물)|답장|답신|회신|사과문|사과|초안|문구|문안|카피|슬로건|캡션|해시태그|소설|장면|시나리오|대본|동화|글|FAQ\s?(?:항목)?|"
    r"항목|초대장|감사장|보도\s?자료|기사|인스타(?:그램)?|원고)(?:을|를|으로|로|의|은|는|도|만)?(?=\s|$|[.,!?])",
    re.IGNORECASE,
)
_KOREAN_LINK = re.compile(
    r"(?:을|를|에|이|가)?\s?(?:알리는|알릴|소개(?:하는|할)|홍보(?:하는|할)|광고하는|안내(?:하는|할)|축하하는|전하는|대한|대해(?:서)?|관한|관해(?:서)?|관련(?:된|한|해서)?|"
    r"위한)$|(?:을|를|은|는|의|로|으로|에)$"
)
_KOREAN_FILLER = re.compile(
    r"(?<![가-힣])(?:좀|하나|하나만|한|개만|개|만|제발|먼저|일단|새로|안녕하세요|저기|혹시|보낼|보내는|올릴|쓸|이내(?:로|의)?|내외(?:로)?|정도(?:로)?|톤(?:으로|의)?|"
    r"말투(?:로)?|느낌(?:으로|의)?|버전(?:으로)?|분량(?:으로)?|길이(?:로)?|으로|로|에|의|된)(?![가-힣])"
)
_GENERIC = re.compile(
    r"^(?:고객|고객님|손님|불만|불평|컴플레인|클레임|항의|사과|사과하는|답변|대응|접수된|화난|화가 난|문의|단편|장편|첫|짧은|새|재미있는|에|대한|의|\s)+$"
)
_ENGLISH_HEAD = re.compile(
    r"^(?P<before>(?:[\w'’-]+ ){0,4}?)(?:e-?mails?|mails?|letters?|notices?|announcements?|memos?|blog posts?|blogs?|posts?|articles?|reply|replies|responses?|"
    r"ads?|slogans?|taglines?|captions?|headlines?|subject lines?|stor(?:y|ies)|scenes?|poems?|FAQ entry|faqs?|entry|notes?|"
    r"reminders?|invitations?|apology|newsletters?|reports?|scripts?|copy|texts?|paragraphs?|drafts?|pitch|speech|opening)\b",
    re.IGNORECASE,
)
_ENGLISH_LINK = re.compile(
    r"^(?:(?:that |which )?(?:introduc\w+|announc\w+|promot\w+|advertis\w+|explain\w+)|about|on|for|regarding|concerning|of|to|saying|"
    r"with|and|in|a|an|the topic|topic)\b(?!\w)\s*",
    re.IGNORECASE,
)
_ENGLISH_VERB = re.compile(
    r"^(?:(?:please|kindly|hi|hello|hey|can|could|would|will|you|help|me|to|i|need|want|like|just)\b[, ]*)*(?:write|draft|compose|create|make|"
    r"prepare|generate|come up with|pen|word|give|do)?\b(?: up)?(?: (?:me|us))?\s*",
    re.IGNORECASE,
)
_ENGLISH_PLAIN = re.compile(
    r"\b(?:a|an|the|some|my|our|short|long|new|nice|good|quick|brief|little|one|please|first|another)\b", re.IGNORECASE
)
_ENDING = re.compile(
    r"(?:이며|이고|이에요|예요|입니다|이야|이다|이면 (?:좋겠|됩니다|돼)[가-힣]*|(?:이어야|여야|으로|로) ?(?:합니다|해요|해|해 ?줘|해 ?주세요|부탁[가-힣]*)|"
    r"이어야 합니다|(?:을|를) (?:원|바)[가-힣]*|하게 (?:해|부탁)[가-힣 ]*)$"
)
"""How an answer ends that is a sentence: "대상은 직장인이며"."""

_QUOTED_TOPIC = re.compile(r"['‘\"“「『](?P<said>[^'’\"”」』]{2,80})['’\"”」』]")
_SENTENCES = re.compile(r"(?<=[가-힣a-z\d])[.!?]+\s+|\n+|(?<=[줘요해다])[,~]\s+")

_EDGES = " \t\n,.;:-–·/()[]\"'“”‘’!?~"


class _Cut(NamedTuple):
    """What was read of an order, and what is left of its words."""

    said: str
    rest: str


def read_brief(text: str, language: Language, options: Mapping[str, str] | None = None) -> Brief:
    """Return the order that ``text`` gives; ``options`` (kind, target, product, tone, length, versions) come first."""
    options = options or {}
    text = text.strip()
    order, material = _apart(text)
    order, labelled = _labels(order)
    brief = Brief(_kind(order or text), _output(order, language), text, material=material)
    brief = _with_parts(brief, labelled)
    brief = _with_length(brief, labelled.get("length", ""))
    brief = _with_words(brief, order)
    if material and not brief.topic and len(material) <= SHORT_MATERIAL and "\n" not in material:
        brief = replace(brief, topic=material)
    return _with_options(_with_when(brief), options)


def answered(brief: Brief, answer: str, asked: tuple[Part, ...]) -> Brief:
    """Return the order with what someone said who was asked for ``asked``."""
    found = read_brief(answer, brief.language)
    rest, labelled = _labels(answer)
    given: dict[str, str] = {part: said for part, said in labelled.items() if part != "length"}
    if found.length_said:
        brief = replace(brief, length=found.length, length_said=found.length_said)
    if found.tone and "tone" not in given:
        given["tone"] = found.tone
    for piece in re.split(r"[\n,;/]|\.\s", rest):
        _place(piece.strip(_EDGES), asked, given)
    fresh = {part: said for part, said in given.items() if said and (part in asked or part in labelled)}
    return _with_when(replace(_with_parts(brief, fresh), order=f"{brief.order}\n{answer}".strip()))


def _with_parts(brief: Brief, said: Mapping[str, str]) -> Brief:
    """Return the order with these parts of it."""
    return replace(
        brief,
        target=said.get("target", brief.target),
        topic=said.get("topic", brief.topic),
        tone=said.get("tone", brief.tone),
        when=said.get("when", brief.when),
    )


def _place(piece: str, asked: tuple[Part, ...], given: dict[str, str]) -> None:
    """Put a piece of an answer without a label where it belongs: a tone, people, else the next thing asked for."""
    if length := read_length(piece):
        piece = piece[: length.start] + piece[length.end :]
    piece = _tone(piece).rest.strip(_EDGES)
    open_parts = [part for part in asked if part not in given and part not in ("tone", "length")]
    if "target" in open_parts and (target := _target(piece)).said:
        given["target"], piece = target.said, target.rest.strip(_EDGES)
        open_parts.remove("target")
    if not piece or words.GO_ON.search(piece) or not re.search(r"\w", piece):
        return
    people = words.PEOPLE_KOREAN.search(piece) or words.PEOPLE_ENGLISH.search(piece)
    if people and "target" in open_parts:
        given["target"] = _ENDING.sub("", piece)
    elif quantities(piece) and "when" in open_parts:
        given["when"] = _ENDING.sub("", piece)
    elif others := [part for part in open_parts if part != "when" and not (part == "target" and "topic" in open_parts)]:
        given[others[0]] = _topic(piece) or _ENDING.sub("", piece)


def _apart(text: str) -> tuple[str, str]:
    """Return the order and the text that came with it."""
    if words.LABELLED.search(text[:LONGEST_ORDER]) and len(text) <= LONGEST_ORDER:
        return text, ""
    for parts in readings(text):
        if parts.material and _names_kind(parts.order):
            return parts.order, parts.material
    return (text, "") if len(text) <= LONGEST_ORDER else (text[:LONGEST_ORDER], text)


def _names_kind(order: str) -> bool:
    return any(pattern.search(order) for _, pattern in words.KINDS) or bool(_VERB.search(order))


def _labels(text: str) -> tuple[str, dict[str, str]]:
    """Return the text without its "tone: ..." and what they say."""
    found: dict[str, str] = {}
    for label in words.LABELLED.finditer(text[:LONGEST_ORDER]):
        if said := _ENDING.sub("", label["said"].strip(_EDGES)).strip(_EDGES):
            found.setdefault(words.LABELS[label["name"].lower()], said)
    return (words.LABELLED.sub(" ", text) if found else text), found


def kind_named(said: str) -> Kind | None:
    """Return the kind of text that a name in either language means ("notice", "공지", "마케팅 메일"), None for no kind."""
    name = re.sub(r"[\s-]+", "_", said.strip().lower())
    own = next((kind for kind in KINDS if kind == name), None)
    return own or next((kind for kind, pattern in words.KINDS if pattern.search(said)), None)


def _kind(order: str) -> Kind:
    return next((kind for kind, pattern in words.KINDS if pattern.search(order)), "text")


def _output(order: str, language: Language) -> Language:
    """Return the language the text is to be in."""
    found = words.OUTPUT_LANGUAGE.search(order)
    if not found:
        return language
    return "en" if found["en"] or found["english"] else "ko"


def _with_length(brief: Brief, said: str) -> Brief:
    found = read_length(said) if said else None
    return replace(brief, length=found.length if found else None, length_said=said) if said else brief


def _with_words(brief: Brief, order: str) -> Brief:
    """Return the order with what its own words say; what is left of them is what the text is about."""
    rest = words.OUTPUT_LANGUAGE.sub(" ", order[:LONGEST_ORDER])
    if not brief.length_said and (length := read_length(rest)):
        brief = replace(brief, length=length.length, length_said=length.text)
        rest = rest[: length.start] + " " + rest[length.end :]
    versions = _versions(rest, brief.kind)
    tone, target = _tone(versions.rest), _target(_tone(versions.rest).rest)
    brief = replace(
        brief,
        versions=int(versions.said),
        tone=brief.tone or tone.said,
        target=brief.target or target.said,
    )
    about = target.rest if brief.kind != "complaint_reply" or language_of(order) == "ko" else tone.rest
    return replace(brief, topic=brief.topic or _topic(about))


def _versions(order: str, kind: Kind) -> _Cut:
    found = words.VERSIONS.search(order)
    if not found:
        return _Cut("1", order)
    number = (found["a"] or found["b"] or "").lower()
    count = _COUNTS.get(number) or (int(number) if number.isdigit() else MOST_VERSIONS)
    most = MOST_COPIES if kind == "copy" else MOST_VERSIONS
    rest = order[: found.start()] + (" slogans " if kind == "copy" and found["b"] else " ") + order[found.end() :]
    return _Cut(str(max(1, min(count, most))), rest)


def _tone(order: str) -> _Cut:
    found = words.KOREAN_TONE.search(order) or words.ENGLISH_TONE.search(order)
    if not found:
        return _Cut("", order)
    said = re.sub(r"\s?(?:톤|말투|어조|느낌|분위기|문체|스타일)[가-힣]*$", "", found[0]).strip(_EDGES)
    return _Cut(said, order[: found.start()] + " " + order[found.end() :])


def _target(order: str) -> _Cut:
    korean = words.KOREAN_TARGET.search(order)
    if korean and (who := korean["who"].strip(_EDGES)):
        return _Cut(who, order[: korean.start()] + " " + order[korean.end() :])
    english = words.ENGLISH_TARGET.search(order)
    if english:
        who = (english["aimed"] or english["who"]).strip(_EDGES)
        return _Cut(who, order[: english.start()] + " " + order[english.end() :])
    return _Cut("", order)


def _topic(rest: str) -> str:
    """Return what a text is about: the words of the order that nothing else took."""
    for sentence in _SENTENCES.split(rest):
        topic = _korean_topic(sentence) if language_of(sentence) == "ko" else _english_topic(sentence)
        topic = " ".join(topic.split()).strip(_EDGES)
        if topic and not _GENERIC.match(topic):
            return topic[:LONGEST_TOPIC]
    return ""


def _korean_topic(rest: str) -> str:
    rest = _VERB.sub(" ", " ".join(rest.split()).strip(_EDGES))
    rest = _KOREAN_DOCUMENT.sub(" ", rest).strip()
    if quoted := _QUOTED_TOPIC.search(rest):
        return quoted["said"]
    rest = re.sub(r"자는$", "기", _without_link(rest))
    return _without_link(" ".join(_KOREAN_FILLER.sub(" ", rest).split()))


def _without_link(rest: str) -> str:
    """Return the words without what leads over to the text: "… 서비스를 알리는"."""
    rest = rest.strip(_EDGES)
    while not rest.endswith("자는") and (shorter := _KOREAN_LINK.sub("", rest).strip(_EDGES)) != rest:
        rest = shorter
    return rest


def _english_topic(rest: str) -> str:
    rest = " ".join(rest.split()).strip(_EDGES)
    rest, before = _ENGLISH_VERB.sub("", rest), ""
    while head := _ENGLISH_HEAD.match(rest):
        before = before or head["before"]
        rest = rest[head.end() :].strip(_EDGES)
    while (shorter := _ENGLISH_LINK.sub("", rest).strip(_EDGES)) != rest:
        rest = shorter
    return re.sub(r"^(?:our|my)\s+", "", rest, flags=re.IGNORECASE) or _ENGLISH_PLAIN.sub(" ", before)


def _with_when(brief: Brief) -> Brief:
    """Return the order with the first date or time it names."""
    if brief.when:
        return brief
    found = [q for q in quantities(brief.order[:LONGEST_ORDER]) if q.sort in ("date", "time", "weekday")]
    return replace(brief, when=" ".join(q.text.strip() for q in found[:2])) if found else brief


def _with_options(brief: Brief, options: Mapping[str, str]) -> Brief:
    given = {part: options[name].strip() for name, part in OPTIONS.items() if options.get(name, "").strip()}
    if (kind := options.get("kind", "")) in KINDS:
        brief = replace(brief, kind=kind)
    if options.get("versions", "").isdigit():
        brief = replace(brief, versions=max(1, min(int(options["versions"]), MOST_COPIES)))
    brief = _with_length(brief, options.get("length", "").strip())
    return _with_parts(brief, given)


OPTIONS: Final = {"target": "target", "product": "topic", "topic": "topic", "tone": "tone", "when": "when"}
"""Options of a message and the part of the order each gives."""
