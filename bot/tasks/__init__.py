"""The tasks: one file and one row each."""

from bot.tasks import answer, draft, preferences, sentiment, smalltalk, summarize, translate, tutor
from bot.tasks.request import Task

TASKS: dict[str, Task] = {
    "answer": answer.run,
    "smalltalk": smalltalk.run,
    "sentiment": sentiment.run,
    "draft": draft.run,
    "preferences": preferences.run,
    "summarize": summarize.run,
    "translate": translate.run,
    "tutor": tutor.run,
}
