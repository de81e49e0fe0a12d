"""Files that admins drop in a direct message: looked at, shown with what they would change, live once confirmed.

The listener keeps the message, a worker does the rest (``errands.py``). Each file has one message, which says how far
it is, then what it would change. What waits is kept in the library (a staged version) and by its number in ``places``:
a worker that is killed anywhere leaves something the next one goes on with, and a second click changes nothing.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from bot.addressing import judged
from bot.errors import DapbotError
from bot.phrases import say
from connectors.slack import errands, file_blocks, listening
from connectors.slack.board import Board, Telling
from connectors.slack.fetching import UnfetchedError, described, fetch
from connectors.slack.listening import DIRECT
from connectors.slack.posted import Posted
from connectors.slack.published import Published
from connectors.slack.sent import Place
from knowledge.entries import Note
from knowledge.language import Language

if TYPE_CHECKING:
    from slack_bolt import App

    from connectors.slack.context import Context

MOST = 20
"""Files of one message that are taken."""

_CAPTION = re.compile(
    r"(등록|업로드|올려|올립|올릴|추가|반영|게시|공개|갱신|업데이트|교체|바꿔|넣어|첨부|보내|최신|개정|파일|문서|자료)"
    r"|\b(add|upload|publish|update|replace|attach\w*|register|latest|new|here|file|document|faq)\b",
    re.IGNORECASE,
)
_ASKING = re.compile(r"[?？]|요약|번역|summar|translat", re.IGNORECASE)


def register(app: "App", context: "Context") -> None:
    """Tell the app what to listen to; files come with a message, by ``keep_files``."""
    app.action(re.compile(r"^files:(publish|cancel|undo)$"))(partial(pressed, context))


def keep_files(context: "Context", posted: Posted, event: Mapping[str, Any], team: str) -> bool:
    """Have a worker look at the files of a direct message, and then at its words; False: there are none.

    Elsewhere files are taken only where somebody asks the bot to: to be told where to drop them. Files are looked at
    once, whatever their words are changed to; words that ask nothing are then no message.
    """
    found = event.get("files") or (event.get("message") or {}).get("files") or ()
    held = [each for each in found if isinstance(each, Mapping) and each.get("id")]
    if posted.edited or not held:
        return bool(held) and posted.kind == "im" and is_caption(posted.text)
    if posted.kind != "im" and not (context.own() in posted.mentions() and is_caption(posted.text)):
        return False
    files = [{"id": str(each["id"])[:30], "name": str(each.get("name") or "file")[:200]} for each in held]
    kept = {
        "channel": posted.channel,
        "ts": posted.ts,
        "thread": posted.thread,
        "threaded": posted.threaded,
        "direct": posted.kind == "im",
        "text": posted.text,
        "team": team,
        "files": files[:MOST],
        "left": max(0, len(files) - MOST),
    }
    errands.keep(context, f"{posted.key}:files", errands.FILES, posted.channel, posted.user, kept)
    return True


def pressed(context: "Context", ack: Callable[[], object], body: dict[str, Any]) -> None:
    """Have a worker publish, cancel or undo; pressed once, told twice, it is done once."""
    action = (body.get("actions") or [{}])[0]
    user, container = str((body.get("user") or {}).get("id") or ""), body.get("container") or {}
    place, act = str(action.get("value") or "")[:200], str(action.get("action_id") or "")
    channel = str(container.get("channel_id") or "")
    if user and channel and place.startswith(PLACE):
        key = f"slack:{place}:{act}:{action.get('action_ts')}:{user}"
        errands.keep(context, key, errands.FILES_DONE, channel, user, {"place": place, "act": act, "channel": channel})
    ack()


PLACE = "files:"
"""How the names begin under which it is kept what came of a file."""


class Files:
    """What a worker does about them; threads share it."""

    def __init__(self, context: "Context") -> None:
        self._context = context
        self._board = Board(context)
        self._published = Published(context, self._board)

    # --- they came in

    def received(self, kept: Mapping[str, Any]) -> None:
        """Look at the files of a message; from somebody who is no admin they are not taken, but their words are.

        Raises:
            ChannelError: Slack does not answer; doing all of it once more does no harm.
        """
        user = str(kept["user"])
        colleague = self._context.channel.workspace.colleague(user)  # where Slack does not say, it is tried again
        if colleague.bot:
            return
        language = self._context.language_of(user)
        if not kept.get("direct", True):
            self._board.put(_place(kept), f"{_name(kept)}:direct", say("slack.files.direct", language))
            return
        text = str(kept.get("text") or "").strip()
        if not self._context.admins.has(user):
            self._board.put(_place(kept), f"{_name(kept)}:no", say("slack.files.only_admins", language))
        else:
            for file in kept["files"]:
                self._take(kept, file, language)
            if kept.get("left"):
                said = say("slack.files.too_many", language, most=MOST, left=kept["left"])
                self._board.put(_place(kept), f"{_name(kept)}:left", said)
            if not wants_answer(text):
                return
        if any(map(str.isalnum, text)):
            self._answer(kept)

    def done(self, kept: Mapping[str, Any]) -> None:
        """Publish, cancel or undo what a button is for; errors as for ``received``."""
        self._published.act(kept)

    def _answer(self, kept: Mapping[str, Any]) -> None:
        """Have the words of the message answered, as if it had no files."""
        posted = Posted(
            channel=str(kept["channel"]),
            ts=str(kept["ts"]),
            thread=str(kept["thread"]),
            user=str(kept["user"]),
            text=str(kept["text"]),
            kind="im",
            threaded=bool(kept["threaded"]),
        )
        own = self._context.own()
        self._context.keep(listening.incoming(posted, DIRECT, team=str(kept["team"]), own=own))

    # --- one of them

    def _take(self, kept: Mapping[str, Any], file: Mapping[str, str], language: Language) -> None:
        place = f"{PLACE}{_name(kept)}:{file['id']}"
        if self._context.chosen(place).get("looked"):
            return  # before a worker was killed
        name = file["name"]
        message = self._board.put(_place(kept), place, say("slack.files.receiving", language, name=name))
        self._context.choose(place, message=message, room=kept["channel"], name=name)
        change = partial(self._board.change, str(kept["channel"]), message, place)
        try:
            self._stage(place, file["id"], str(kept["user"]), change, language)
        except UnfetchedError as error:
            change(file_blocks.problem(name, error.note, language))
        except DapbotError as error:
            change(file_blocks.problem(name, Note(error.phrase, dict(error.values)), language))
        self._context.choose(place, looked=True)

    def _stage(self, place: str, file: str, user: str, change: Callable[[str], object], language: Language) -> None:
        """Fetch a file, have the library read it, and show what it would change."""
        from bot.gathering import Gathered

        client, library = self._context.client, self._context.bot.library
        held = described(client, file)
        tell = Telling(change, language, held.name).progress
        with TemporaryDirectory(prefix="dapbot-") as folder:
            path = Path(folder) / "file"
            fetch(client, held, path, progress=partial(tell, "slack.files.fetching"))
            change(say("slack.files.reading", language, name=held.name))
            read = partial(tell, "slack.files.indexing")
            results = library.add([Gathered(held.name, path)], read, author=f"slack:{user}", publish=False)
        self._context.choose(place, name=held.name, versions=[each.version for each in results if each.staged])
        self._published.show(place, results, language)


def is_caption(text: str) -> bool:
    """Tell whether words beside a file only say what it is, or what to do with it."""
    return not _ASKING.search(text) and bool(_CAPTION.search(text[:500]))


def wants_answer(text: str) -> bool:
    """Tell whether an admin's words beside a file ask something, and do not only say what it is or what to do with it.

    The first call takes about a second: it loads the analysis of Korean.
    """
    return bool(text) and not is_caption(text) and (bool(_ASKING.search(text)) or judged(text).asks)


def _name(kept: Mapping[str, Any]) -> str:
    return f"{kept['channel']}:{kept['ts']}"


def _place(kept: Mapping[str, Any]) -> Place:
    return Place(str(kept["channel"]), str(kept["thread"]), str(kept["ts"]))
