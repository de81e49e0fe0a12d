"""`dapbot knowledge sample`: the FAQ of a shop that does not exist, to try Dapbot with."""

from importlib.resources import as_file, files

from connectors.cli.session import DataOption, note, progress, running_bot, settings_from, show, words


def run(data: DataOption = None) -> None:
    """Add the sample FAQ, but only to a library without documents."""
    settings = settings_from(data)
    with running_bot(settings) as bot:
        if bot.library.documents():
            show(words("sample.not_empty"))
            return
        note(words("sample.adding"))
        with as_file(files("bot") / "sample") as folder, progress(words("sample.adding")) as show_progress:
            added = bot.library.add(sorted(folder.glob("*.csv")), show_progress)
    show(words("sample.added", entries=sum(result.added for result in added)))
