"""What becomes of files that wait: shown with what they would change, published, taken back, undone."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.errors import DapbotError, UserError
from bot.phrases import say
from connectors.slack import file_blocks
from connectors.slack.board import Block, Board, Telling
from connectors.slack.file_blocks import CANCEL, PUBLISH, UNDO, Looked, Shown
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.library import FileResult, VersionInfo
    from connectors.slack.context import Context

LIVE = ("published", "requested")

COMPARED = 10
"""Documents of an archive that are compared with all others: each may take some seconds."""


class Published:
    """Does what the buttons below a file's preview say; doing it once more changes nothing."""

    def __init__(self, context: "Context", board: Board) -> None:
        self._context = context
        self._board = board
        self._library = context.bot.library

    def show(self, place: str, results: Sequence["FileResult"], language: Language, notice: str = "") -> None:
        """Show what the file of a place would change now; ``results`` are what the library made of it."""
        kept = self._context.chosen(place)
        staged = [each for each in self._versions(kept) if each.state == "staged"]
        waiting = [self._looked(each, at < COMPARED) for at, each in enumerate(staged)]
        shown = Shown(
            name=str(kept.get("name") or ""),
            waiting=waiting,
            unread=[each for each in results if each.state == "unreadable"],
            same=sum(each.state == "unchanged" for each in results),
            link=self._link(waiting),
        )
        self._context.choose(place, seen=[[each.info.version, each.seen] for each in waiting])
        if waiting:
            text = say("slack.files.shown", language, name=shown.name)
            blocks = file_blocks.preview(shown, place, language, notice)
        else:
            text = file_blocks.summary(shown, language)
            blocks = file_blocks.nothing_to_do(shown, language)
        self._change(place, text, blocks)

    def act(self, kept: Mapping[str, Any]) -> None:
        """Do what a button says, for an admin; ChannelError where Slack does not answer."""
        user, place = str(kept["user"]), str(kept["place"])
        self._context.channel.workspace.colleague(user)  # where Slack does not say who it is, it is tried again
        language = self._context.language_of(user)
        known = self._context.chosen(place)
        if not self._context.admins.has(user):
            self._board.whisper(str(kept["channel"]), user, say("slack.files.only_admins", language))
        elif not known.get("message"):
            self._board.whisper(str(kept["channel"]), user, say("slack.files.forgotten", language))
        elif kept["act"] == PUBLISH:
            self._publish(place, known, user, language)
        elif kept["act"] == CANCEL:
            self._cancel(place, known, user, language)
        elif kept["act"] == UNDO:
            self._undo(place, known, user, language)

    # --- what the buttons do

    def _publish(self, place: str, known: Mapping[str, Any], user: str, language: Language) -> None:
        versions = self._versions(known)
        waiting = [each.version for each in versions if each.state == "staged"]
        if waiting:
            before = [[each.document, self._library.live_number(each.document)] for each in versions]
            self._context.choose(place, before=before)  # what an undo brings back, known also after a crash
            seen = dict(known.get("seen") or [])
            name = str(known.get("name", ""))
            tell = partial(Telling(partial(self._change, place), language, name).progress, "slack.files.publishing")
            try:
                self._library.publish(waiting, tell, author=f"slack:{user}", seen=seen)
            except DapbotError as error:
                if any(each.state == "staged" for each in self._versions(known)):
                    moved = error.phrase == "library.changed_meanwhile"
                    said = say("slack.files.moved", language) if moved else say(error.phrase, language, **error.values)
                    self.show(place, (), language, said)
                    return
        self._say_live(place, known, language)

    def _say_live(self, place: str, known: Mapping[str, Any], language: Language) -> None:
        name = str(known.get("name", ""))
        live = [each for each in self._versions(known) if each.state in LIVE]
        if not live:
            self._change(place, say("slack.files.discarded", language, name=name))
            return
        whole = all(each.state == "published" for each in live)
        said = say("slack.files.live" if whole else "slack.files.requested", language, name=name)
        lines = [say("slack.files.entries", language, name=each.name, count=self._entries(each)) for each in live]
        self._change(place, said, file_blocks.published(said, lines, place, language))

    def _cancel(self, place: str, known: Mapping[str, Any], user: str, language: Language) -> None:
        versions = self._versions(known)
        if any(each.state in LIVE for each in versions):
            self._say_live(place, known, language)  # somebody was faster
            return
        for each in versions:
            if each.state == "staged":
                self._library.discard(each.version, author=f"slack:{user}")
        self._change(place, say("slack.files.cancelled", language, name=known.get("name", "")))

    def _undo(self, place: str, known: Mapping[str, Any], user: str, language: Language) -> None:
        """Bring back what was live before; a document that was published over since stays as it is."""
        before = dict(known.get("before") or [])
        moved = []
        self._context.choose(place, undoing=True)  # what a crash left half undone is not taken for another's doing
        for each in self._versions(known):
            if self._library.live_number(each.document) != each.number:
                moved.append(each.name)
            elif before.get(each.document) is None:
                self._library.remove(each.document, author=f"slack:{user}")
            else:
                self._library.rollback(each.document, before[each.document], author=f"slack:{user}")
        phrase = "slack.files.not_undone" if moved and not known.get("undoing") else "slack.files.undone"
        self._change(place, say(phrase, language, name=known.get("name", ""), names=", ".join(moved[:5])))

    # --- what is there

    def _versions(self, known: Mapping[str, Any]) -> list["VersionInfo"]:
        """Return the versions of a place that there still are."""
        found = []
        for version in known.get("versions") or ():
            try:
                found.append(self._library.version(version))
            except UserError:  # its document was removed
                continue
        return found

    def _looked(self, info: "VersionInfo", compared: bool) -> Looked:
        change = self._library.change_of(info.version) if compared else None
        return Looked(info, change, self._library.live_number(info.document))

    def _entries(self, info: "VersionInfo") -> int:
        found = next((each for each in self._library.documents() if each.id == info.document), None)
        return found.entries if found else 0

    def _link(self, waiting: Sequence[Looked]) -> str:
        url = self._context.bot.settings.public_url.rstrip("/")
        if not url or not waiting:
            return ""
        one = f"/{waiting[0].info.version}" if len(waiting) == 1 else ""
        return f"{url}/documents/staged{one}"

    def _change(self, place: str, text: str, blocks: Sequence[Block] = ()) -> None:
        known = self._context.chosen(place)
        self._board.change(str(known["room"]), str(known["message"]), place, text, blocks)
