"""Pictures side by side with their sentences."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from lettering import FONTS

TEXT, GAP = 16, 8


def row(pictures: list[np.ndarray], sentence: str, scale: int = 1) -> Image.Image:
    """Pictures beside each other under a sentence."""
    images = [Image.fromarray(p).resize((p.shape[1] * scale, p.shape[0] * scale), Image.NEAREST) for p in pictures]
    width = sum(i.width for i in images) + GAP * (len(images) - 1)
    sheet = Image.new("RGB", (width, max(i.height for i in images) + TEXT + 4), "white")
    ImageDraw.Draw(sheet).text((0, 1), sentence, font=_fitting(sentence, width), fill="black")
    left = 0
    for image in images:
        sheet.paste(image, (left, TEXT + 4))
        left += image.width + GAP
    return sheet


def _fitting(sentence: str, width: int) -> ImageFont.FreeTypeFont:
    sizes = (ImageFont.truetype(FONTS["sans"].replace("Bold", "Regular"), size) for size in range(13, 6, -1))
    return next((face for face in sizes if face.getlength(sentence) <= width), ImageFont.load_default(7))


def sheet(rows: list[Image.Image], columns: int) -> Image.Image:
    """Rows laid out in columns."""
    width, height = max(r.width for r in rows) + 2 * GAP, max(r.height for r in rows) + GAP
    made = Image.new("RGB", (columns * width, -(-len(rows) // columns) * height + GAP), "white")
    for i, r in enumerate(rows):
        made.paste(r, (i % columns * width + GAP, i // columns * height + GAP))
    return made


def save(image: Image.Image, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    image.save(file, optimize=True)
