"""`dapbot chat`: talk in the terminal."""

from connectors.cli.session import DataOption, answering, settings_from, spoken, words


def run(data: DataOption = None) -> None:
    """Talk in the terminal."""
    from connectors.cli.screen import TerminalScreen, typed_lines
    from connectors.terminal import Chat

    settings = settings_from(data)
    screen = TerminalScreen()
    with answering(settings) as bot:
        chat = Chat(bot, screen, spoken())
        chat.talk(typed_lines(lambda: screen.write(words("chat.hello") + "\n\n", "dim")))
