"""The terminal as a screen: styles where the terminal has them, lines wrapped at words, Hangul two columns wide."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TextIO

from connectors.cli.session import words
from connectors.terminal import Style

STYLES: dict[Style, str | None] = {
    "plain": None,
    "dim": "dim",
    "bold": "bold",
    "good": "green",
    "warning": "yellow",
}


class TerminalScreen:
    """Writes to a terminal; to a pipe or a file the plain text, unwrapped. NO_COLOR and TERM=dumb are respected."""

    def __init__(self, stream: TextIO | None = None) -> None:
        from rich.console import Console

        self.console = Console(file=stream or sys.stdout, highlight=False, markup=False, emoji=False)
        self._column = 0
        self._status = False

    def write(self, text: str, style: Style = "plain") -> None:
        """Show ``text`` where the last one ended."""
        self.status("")
        wrapped = self._wrap(printable(text)) if self.console.is_terminal else text
        self.console.print(wrapped, style=STYLES[style], end="", soft_wrap=True)
        self.console.file.flush()

    def status(self, text: str) -> None:
        """Show what is being done on the current line, if it is an empty one of a real terminal."""
        if not self.console.is_terminal or self.console.is_dumb_terminal or self._column:
            return
        if self._status or text:
            self.console.file.write("\r\x1b[2K")  # erases the line, however wide its characters are
        if text:
            self.console.print(printable(text), style="dim", end="", overflow="ellipsis", no_wrap=True)
        self.console.file.flush()
        self._status = bool(text)

    def _wrap(self, text: str) -> str:
        """Break lines before the word that no longer fits; what is one word stays one."""
        from rich.cells import cell_len

        width = max(self.console.width - 1, 20)
        out: list[str] = []
        for piece in re.findall(r"\n|[^\S\n]+|\S+", text):
            size = cell_len(piece)
            if piece == "\n":
                self._column = 0
            elif self._column and self._column + size > width:
                out.append("\n")
                piece, size = piece.lstrip(), cell_len(piece.lstrip())
                self._column = size
            else:
                self._column += size
            out.append(piece)
        return "".join(out)


def printable(text: str) -> str:
    """Return ``text`` without control characters: a document must not drive the terminal."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", text.expandtabs(4))


def typed_lines(greet: Callable[[], None]) -> Iterator[str]:
    """Yield the lines a person types, or those of a pipe; Ctrl-C clears the line, twice in a row ends it."""
    if not sys.stdin.isatty():
        for number, line in enumerate(sys.stdin):
            if number:
                sys.stdout.write("\n")
            yield line
        return
    with suppress(ImportError):  # Windows has none, its console does this itself
        import readline  # noqa: F401 - importing it gives input() arrow keys and the earlier lines
    greet()
    interrupted = False
    while True:
        try:
            line = input("> ")
        except EOFError:
            sys.stdout.write("\n")
            return
        except KeyboardInterrupt:
            sys.stdout.write("\n")
            if interrupted:
                return
            interrupted = True
            sys.stdout.write(words("chat.again_to_quit") + "\n")
            continue
        interrupted = False
        yield line
        sys.stdout.write("\n")
