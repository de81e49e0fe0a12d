"""Whoever sees to the documents is told, once, of a question that many have asked in vain."""

from typing import TYPE_CHECKING

from bot.called import ADDRESS
from bot.calling import can_mail, notice_to, owners_of
from bot.database import accounts, question_alerts
from bot.database.question_groups import Group
from bot.phrases import say
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.wiring import Bot

PAGE = "/questions"


def alert(bot: "Bot") -> int:
    """Tell of every open group that so many people have asked as the settings say; return of how many groups.

    The owner of the document that comes nearest is told where their account's name is an address of mail, and
    everybody who is called by people that ask for a person. A group that nobody can be told of is looked at again.
    """
    askers = bot.settings.questions_alert
    if not askers:
        return 0
    with bot.sessions() as session:
        due = question_alerts.to_alert(session, askers)
    done = 0
    for group in due:
        owners = _owners(bot, group)
        if not owners:
            continue
        language: Language = bot.settings.language or ("ko" if group.language == "ko" else "en")
        link = f"{bot.settings.public_url.rstrip('/')}{PAGE}/{group.id}"
        text = say("questions.alert", language, people=group.people, question=group.question, link=link)
        subject = say("questions.alert.subject", language, people=group.people)
        for owner in owners:
            bot.inbox.accept(notice_to(owner, f"questions:{group.id}:{group.people}:{owner}", text, subject, language))
        with bot.sessions.begin() as session:
            question_alerts.alerted(session, group.id)
        done += 1
    return done


def _owners(bot: "Bot", group: Group) -> tuple[str, ...]:
    nearest = next((int(each["document"]) for each in group.nearest if each.get("document")), 0)
    with bot.sessions() as session:
        name = accounts.owner_name(session, nearest) if nearest and can_mail(bot) else ""
    own = (name,) if ADDRESS.fullmatch(name) else ()
    return tuple(dict.fromkeys((*own, *owners_of(bot.settings))))
