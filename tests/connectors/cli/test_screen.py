"""The terminal as a screen."""

import io

from rich.cells import cell_len
from rich.console import Console

from connectors.cli.screen import TerminalScreen, printable


def terminal(width: int = 40, **options: object) -> tuple[TerminalScreen, io.StringIO]:
    stream = io.StringIO()
    screen = TerminalScreen(stream)
    screen.console = Console(file=stream, force_terminal=True, width=width, highlight=False, markup=False, **options)  # type: ignore[arg-type]
    return screen, stream


def test_a_pipe_gets_the_text_as_it_is() -> None:
    stream = io.StringIO()
    screen = TerminalScreen(stream)
    screen.status("찾는 중")
    screen.write("긴 문장입니다. " * 20, "bold")
    screen.write("[1] [bold]x[/bold] :smile:\n", "dim")
    assert stream.getvalue() == "긴 문장입니다. " * 20 + "[1] [bold]x[/bold] :smile:\n"


def test_lines_are_wrapped_at_words_by_the_width_of_hangul() -> None:
    screen, stream = terminal(30, no_color=True)
    sentences = "받은 날부터 7일 안에 신청해 주세요.", " 신청 다음 영업일에 기사님이 방문해서 가져갑니다.\n"
    for sentence in sentences:
        screen.write(sentence)
    lines = stream.getvalue().splitlines()
    assert len(lines) > 2
    assert all(cell_len(line) <= 30 for line in lines)
    assert " ".join(lines).split() == "".join(sentences).split()


def test_a_word_longer_than_the_line_stays_whole() -> None:
    screen, stream = terminal(20, no_color=True)
    screen.write("가" * 50 + "\n")
    assert "가" * 50 in stream.getvalue()


def test_the_status_is_erased_before_the_text() -> None:
    screen, stream = terminal(no_color=True)
    screen.status("찾는 중")
    screen.write("답")
    shown = stream.getvalue()
    assert shown.index("찾는 중") < shown.rindex("\x1b[2K") < shown.index("답")
    screen.status("확인 중")
    assert "확인 중" not in stream.getvalue()


def test_a_document_cannot_drive_the_terminal() -> None:
    screen, stream = terminal(no_color=True)
    screen.write("a\x1b[31mred\x1b]0;title\x07\x9b2J\rb\n")
    assert "\x1b" not in stream.getvalue()
    assert printable("a\tb\nc\x00\x7f") == "a   b\nc"
