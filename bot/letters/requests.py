"""What a mail to the bot asks for: by the tag of its subject, else by the words of its sender, else three lines.

Only the words of the sender are looked at: what stands in a letter asks nothing of the bot.
"""

from collections.abc import Mapping
from dataclasses import replace

from bot.letter import Letter, Post
from bot.letters.asking import into_of, orders_in, questions_in, task_in
from bot.messages import Message
from bot.routing import kind_of
from knowledge.language import Language, language_of

LONGEST_WORDS = 4_000
"""Characters above a letter that are taken as words about it."""

LETTER = 600
"""Characters from which on a mail that asks nothing is itself what is to be summarised."""

_ON_TEXT = frozenset({"translate", "sentiment", "tutor"})
"""Tasks that are done to the letter's text, as to any other."""

_HELP: Mapping[Language, str] = {"ko": "도움말", "en": "help"}
_LANGUAGES: Mapping[str, Language] = {"ko": "ko", "en": "en"}


def message_for(post: Post, message: Message, number: int = 0) -> Message:
    """Return what a mail asks, as the message that is answered; ``number`` is the letter's, where several came.

    A forwarded letter goes along as ``letter``, its text as ``material`` where it is worked on as any text is; the
    words of the sender are ``text``. Without words it is summarised. What is no forward is a message like any other:
    its words decide; a file without words is summarised.
    """
    letter = post.letters[number] if number < len(post.letters) else None
    if letter is None:
        return _plain(replace(message, text=post.words), post.tag)
    if post.forwarded:
        message = replace(message, options={**message.options, "forwarded": "yes"})
        return _about(letter, post.words, post.tag or task_in(post.words), message)
    return _direct(letter, post, message)


def _about(letter: Letter, words: str, task: str, message: Message) -> Message:
    """Return the message that asks ``task`` of a letter."""
    words = " ".join(words[:LONGEST_WORDS].split("\0"))
    options = {"ask": "no"} if task == "draft" else {}
    target = into_of(words)
    said = _LANGUAGES.get(target) if task in ("", "summarize", "sentiment", "answer") else None
    message = replace(message, text=words, letter=letter, language=said or message.language)
    if task == "help":
        return _plain(message, task)
    if task == "answer":
        return replace(message, task="answer", text=question_of(letter) or words, letter=None)
    if target and task == "translate":
        options["to"] = target
    if target and task == "summarize":
        options["language"] = target
    material = _text_of(letter) if task in _ON_TEXT else ""
    return replace(message, task=task, options={**message.options, **options}, material=material)


def _direct(letter: Letter, post: Post, message: Message) -> Message:
    """Return what a mail that forwards nothing says."""
    words = post.words.strip()
    small = not words or kind_of(words) is not None
    if post.tag:
        return _plain(replace(message, text=words or letter.subject), post.tag)
    asked = task_in(words) if orders_in(words) else ""
    if letter.attachments and (not words or asked in ("summarize", *_ON_TEXT)):
        return _about(replace(letter, text="", earlier=()), words, asked or "summarize", message)
    if len(words) > LETTER and not asked and not questions_in(words):
        return _about(letter, "", "summarize", message)
    if small and letter.subject and not letter.earlier and kind_of(letter.subject) is None:
        return replace(message, text=letter.subject)
    return replace(message, text=words)


def _plain(message: Message, tag: str) -> Message:
    """Return a message without a letter, whose task may be named."""
    if tag == "help":
        language = message.language or language_of(message.text, "ko")
        return replace(message, text=_HELP[language], task="smalltalk", letter=None)
    return replace(message, task=tag)


def question_of(letter: Letter) -> str:
    """Return what a letter asks, in its own words: its questions, else its subject and text."""
    asked = questions_in(letter.text)
    return "\n".join(asked) or "\n".join(filter(None, [letter.subject, letter.text]))


def _text_of(letter: Letter) -> str:
    """Return what is worked on: the letter's own words with its subject; of one without words, its files'."""
    text = letter.text.strip() or "\n\n".join(file.text for file in letter.attachments if file.text.strip())
    return "\n\n".join(filter(None, [letter.subject, text]))
