"""What a mail is to the bot (``bot/letter.py``, which messages are made of too), for what reads mails."""

from bot.letter import Address, Attachment, Letter, Mail, Post

__all__ = ["Address", "Attachment", "Letter", "Mail", "Post"]
