"""Korean mails as the programs of Korean companies write them: made here, of letters written for these tests.

    python -m tests.bot.letters.korean FOLDER

writes them as files, with ``expected.jsonl`` beside them.
"""
