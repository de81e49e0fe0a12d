"""The summary of many texts as a PNG: a bar for the labels, and a bar for each aspect."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.sentiment.feedback import Summary

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

COLOURS = {"positive": "#2a7f4f", "neutral": "#b8bcc2", "negative": "#c2483d"}
INK, GRID = "#22262b", "#d9dce0"
WIDTH, MARGIN, ROW, BAR = 900, 40, 44, 22
NAMES_WIDTH = 170
MOST_ASPECTS = 12
KOREAN_FONTS = (
    "/usr/share/fonts/truetype/nanum/NanumGothic.ttf",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/AppleSDGothicNeo.ttc",
    "C:/Windows/Fonts/malgun.ttf",
)


def has_korean_font() -> bool:
    """Whether this machine has a font that can write Hangul."""
    return any(Path(name).is_file() for name in KOREAN_FONTS)


def draw(summary: Summary, title: str, labels: Mapping[str, str], aspects: Mapping[str, str], file: Path) -> None:
    """Write the plot to ``file`` as PNG.

    ``labels`` and ``aspects`` are what each is called in the picture. An OSError says that the file cannot be written.
    """
    from PIL import Image, ImageDraw

    shown = list(summary.aspects.items())[:MOST_ASPECTS]
    picture = Image.new("RGB", (WIDTH, 2 * MARGIN + ROW * (4 + len(shown))), "white")
    pen = ImageDraw.Draw(picture)
    pen.text((MARGIN, MARGIN - 14), title, fill=INK, font=_font(20))
    _labels(pen, summary, labels, MARGIN + ROW)
    rows = [(aspects.get(name, name), count, mean) for name, (count, mean) in shown]
    _aspects(pen, rows, MARGIN + 4 * ROW)
    picture.save(file, "PNG")


def _font(size: int) -> "FreeTypeFont | ImageFont":
    from PIL import ImageFont

    found = next((name for name in KOREAN_FONTS if Path(name).is_file()), None)
    return ImageFont.truetype(found, size) if found else ImageFont.load_default(size)


def _labels(pen: "ImageDraw", summary: Summary, names: Mapping[str, str], top: int) -> None:
    """Draw one bar, its parts as long as their shares, and its legend."""
    total, left = max(1, summary.labels.total()), float(MARGIN)
    for place, (label, colour) in enumerate(COLOURS.items()):
        share = summary.labels[label] / total
        right = left + share * (WIDTH - 2 * MARGIN)
        if share:
            pen.rectangle((left, top, right, top + ROW - 8), fill=colour)
        left = right
        at = MARGIN + place * 250
        pen.rectangle((at, top + ROW + 4, at + 14, top + ROW + 18), fill=colour)
        words = f"{names[label]} {summary.labels[label]:,} ({share:.0%})"
        pen.text((at + 22, top + ROW), words, fill=INK, font=_font(16))


def _aspects(pen: "ImageDraw", rows: Sequence[tuple[str, int, float]], top: int) -> None:
    """Draw a bar for each aspect from the middle to its mean score, -1 at the left and 1 at the right."""
    half = (WIDTH - 2 * MARGIN - NAMES_WIDTH) / 2
    middle = MARGIN + NAMES_WIDTH + half
    for place, (name, count, mean) in enumerate(rows):
        at = top + place * ROW
        pen.text((MARGIN, at), f"{name} ({count:,})", fill=INK, font=_font(16))
        colour = COLOURS["positive" if mean > 0 else "negative"]
        ends = sorted((middle, middle + mean * half))
        pen.rectangle((ends[0], at, ends[1], at + BAR), fill=colour)
        pen.text((WIDTH - MARGIN - 44, at), f"{mean:+.2f}", fill=INK, font=_font(15))
    if rows:
        pen.line((middle, top - 6, middle, top + len(rows) * ROW - 12), fill=GRID, width=2)
