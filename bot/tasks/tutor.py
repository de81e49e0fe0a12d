"""Teaches: explains at a level, asks and judges, corrects, gives hints before solutions, reads code."""

from collections.abc import Generator
from dataclasses import replace

from bot import routing
from bot.messages import Event
from bot.phrases import say
from bot.tasks import coaching, explaining, quizzing
from bot.tasks.material import material_of
from bot.tasks.request import Asked, Outcome, Tools
from bot.tutoring import thread
from bot.tutoring.code import looks_like_code
from bot.tutoring.request import LONGEST_ORDER, Request, request_of
from bot.tutoring.thread import Open
from knowledge.language import language_of


def run(asked: Asked, tools: Tools) -> Generator[Event, None, Outcome]:
    """Teach. Options: do (explain, quiz, correct, practice, homework, code), level; ``topic`` "no": all is text."""
    left = None if asked.message.task else thread.open_in(asked.turns)
    wanted = routing.wanted(asked.message.text, asked.language)
    if left is not None and thread.continues(asked.message.text, asked.turns, wanted):
        outcome = yield from _go_on(left, asked, tools)
    else:
        outcome = yield from _begin(_request(asked), asked, tools)
    yield Event("text", outcome.text)
    return outcome


def _request(asked: Asked) -> Request:
    """Return what a message asks for; of a command the options say whether its text is a topic or a text."""
    message, text = asked.message, asked.message.text
    if message.task:
        as_text = message.options.get("text") == "whole" or len(text) > LONGEST_ORDER
        order, material = ("", text) if as_text else (text, "")
        if not as_text and (wanted := routing.wanted(text, asked.language)).material:
            order, material = text.replace(wanted.material, " "), wanted.material
        request = request_of(order, material, message.options, asked.preferences)
    else:
        material = asked.material
        order = text.replace(material, " ") if material else text
        request = request_of(order, material, message.options, asked.preferences)
        if not request.topic and not request.material and request.kind in ("explain", "correct", "code"):
            request = replace(request, material=material_of(asked, own=request.kind != "explain"))
    if request.kind == "explain" and looks_like_code(request.material):
        request = replace(request, kind="code")
    return request


def _begin(request: Request, asked: Asked, tools: Tools) -> Generator[Event, None, Outcome]:
    if request.kind == "quiz":
        return (yield from quizzing.begin(request, asked, tools))
    if request.kind == "correct":
        return (yield from coaching.correct(request, asked, tools))
    if request.kind == "practice":
        return (yield from coaching.practise(request, asked, tools))
    if request.kind == "homework":
        return (yield from coaching.help_with(request, asked, tools))
    if request.kind == "code":
        return (yield from coaching.look_at_code(request, asked, tools))
    return (yield from explaining.explain(request, asked, tools))


def _go_on(left: Open, asked: Asked, tools: Tools) -> Generator[Event, None, Outcome]:
    """Go on with the lesson that the last turn left open."""
    text = asked.message.text
    asked = replace(asked, language=language_of(asked.turns[-1].text, asked.language))  # "x = 2" has none of its own
    order, since = thread.begun_by(asked.turns)
    wanted = routing.wanted(order, language_of(order, asked.language))
    bare = order.replace(wanted.material, " ") if wanted.material else order
    request = request_of(bare, wanted.material, {}, asked.preferences)
    if left.quiz is not None:
        return (yield from quizzing.go_on(left.quiz, request, asked, tools))
    if left.kind == "practice":
        return (yield from coaching.practise(request, asked, tools, going=True))
    if left.kind == "hint":
        was_asked_for = len(since) >= left.number  # one message more than there were tries
        problem = since[0] if was_asked_for else request.material or request.topic
        request = replace(request, kind="homework", material=problem)
        return (yield from coaching.help_with(request, asked, tools, given=left.number))
    if left.kind == "asked":
        kinds = {"tutor.ask_sentence": "correct", "tutor.ask_problem": "homework", "tutor.ask_code": "code"}
        if left.key in kinds:
            request = request_of("", text, {"do": kinds[left.key], "level": request.level}, asked.preferences)
        else:
            request = replace(request_of(text, "", {"level": request.level}, asked.preferences), kind="explain")
        return (yield from _begin(request, asked, tools))
    for wish in [*since, text]:
        request = replace(request, level=thread.stepped(request.level, wish))
    yield Event("status", say("tutor.again", asked.language))
    return (yield from _begin(request, asked, tools))
