"""Which language a reply is in, and what to say to someone who writes in one that the bot does not speak."""

import re
import unicodedata
from typing import Final

from knowledge.language import Language, language_of

LOOKED_AT = 2_000
"""Characters of a text that are looked at."""

MOSTLY = 0.5
"""A text is in a foreign script when this share of its letters is."""

_SCRIPTS: Final[dict[str, str]] = {
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "CYRILLIC": "ru",
    "ARABIC": "ar",
    "THAI": "th",
    "DEVANAGARI": "hi",
    "HEBREW": "he",
    "GREEK": "el",
    "MONGOLIAN": "mn",
    "KHMER": "km",
    "MYANMAR": "my",
    "LAO": "lo",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "GEORGIAN": "ka",
    "SINHALA": "si",
    "ETHIOPIC": "am",
    "GUJARATI": "gu",
    "TELUGU": "te",
    "ARMENIAN": "hy",
}
"""First word of a letter's Unicode name -> language, where the script says it."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VIETNAMESE = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_LATIN: Final[dict[str, frozenset[str]]] = {
    "es": _words(
        "el la los las una unos del que qué cómo cuándo dónde cuánto puedo para por con mi es está hay hola gracias"
    ),
    "fr": _words(
        "le les des une du que est comment où quand combien puis-je je pour avec mon ma mes vous bonjour merci"
    ),
    "de": _words(
        "der die das ein eine ist wie wo wann kann ich für mit mein meine und nicht sie wird viel hallo danke"
    ),
    "pt": _words("os uma um do da que como quando onde quanto posso para com meu minha é está não obrigado olá você"),
    "it": _words("il gli una che come quando dove quanto posso per con mio mia è sono del della ciao grazie"),
    "id": _words("yang dan di ke dari untuk dengan apa bagaimana kapan dimana berapa saya bisa ini itu adalah tidak"),
    "tl": _words("ang mga ng sa ko paano kailan saan magkano ako pwede ba ito hindi po ay"),
    "uz": _words("qanday qachon qayerda qancha men uchun bilan mumkin bu va emas"),
}
"""Small words that tell languages in Latin letters from English."""

_ENGLISH: Final = _words(
    "the a an is are was do does did can could will would i my me you your to of in on for with and or not what how "
    "when where why "
    "which who it this that have has be if from at we our"
)

_SPOKEN: Final[dict[str, str]] = {
    "ja": "申し訳ありません。韓国語または英語でご質問ください。",
    "zh": "抱歉，请用韩语或英语提问。",
    "ru": "Извините, пожалуйста, задайте вопрос на корейском или английском языке.",
    "ar": "عذرًا، يُرجى طرح سؤالك بالكورية أو الإنجليزية.",
    "th": "ขออภัย กรุณาถามเป็นภาษาเกาหลีหรือภาษาอังกฤษ",
    "vi": "Xin lỗi, vui lòng đặt câu hỏi bằng tiếng Hàn hoặc tiếng Anh.",
    "es": "Lo siento, por favor pregunte en coreano o en inglés.",
    "fr": "Désolé, veuillez poser votre question en coréen ou en anglais.",
    "de": "Bitte stellen Sie Ihre Frage auf Koreanisch oder Englisch.",
    "pt": "Desculpe, por favor pergunte em coreano ou em inglês.",
    "it": "Mi dispiace, per favore fai la domanda in coreano o in inglese.",
    "id": "Maaf, silakan ajukan pertanyaan dalam bahasa Korea atau Inggris.",
    "hi": "क्षमा करें, कृपया अपना प्रश्न कोरियाई या अंग्रेज़ी में पूछें।",
}
_OTHERWISE: Final = (
    "한국어나 영어로 질문해 주시면 더 정확하게 답변드릴 수 있습니다. / I answer best in Korean or English."
)


def reply_language(
    text: str,
    *,
    person: Language | None = None,
    conversation: Language | None = None,
    setting: Language | None = None,
) -> Language:
    """Return the language to answer in: the asker's; where the text does not tell, what is known of them.

    A text without letters ("?"), or in a language that is not spoken here, is answered in what the person prefers,
    else in the conversation's language, else as the setting has it, else in Korean (without letters) or English.
    """
    known = person or conversation or setting or None
    text = text[:LOOKED_AT]
    if foreign_language(text) is not None:
        return known or "en"
    return language_of(text, known or "ko")


def foreign_language(text: str) -> str | None:
    """Return the code of a language that is neither Korean nor English, as far as letters and small words tell."""
    text = text[:LOOKED_AT]
    letters = [character for character in text if character.isalpha()]
    if not letters or language_of(text) == "ko":
        return None
    by_script = _by_script(letters)
    return by_script or _by_words(text)


def _by_script(letters: list[str]) -> str | None:
    counts: dict[str, int] = {}
    for letter in letters:
        if letter.isascii():
            continue
        script = re.split(r"[ -]", unicodedata.name(letter, "?"), maxsplit=1)[0]
        if script in _SCRIPTS:
            counts[_SCRIPTS[script]] = counts.get(_SCRIPTS[script], 0) + 1
    if sum(counts.values()) < MOSTLY * len(letters):
        return None
    return "ja" if counts.get("ja") else max(counts, key=lambda code: counts[code])


def _by_words(text: str) -> str | None:
    if len(_VIETNAMESE.findall(text)) >= 2:
        return "vi"
    words = re.findall(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*", text.lower())
    english = sum(word in _ENGLISH for word in words)
    counts = {code: sum(word in small for word in words) for code, small in _LATIN.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= 2 and counts[best] > 2 * english else None


def foreign_notice(text: str) -> str | None:
    """Return a sentence, in the asker's own language where it is known, that asks for Korean or English; else None."""
    code = foreign_language(text)
    return None if code is None else _SPOKEN.get(code, _OTHERWISE)
