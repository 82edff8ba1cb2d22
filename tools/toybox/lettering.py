"""Short words in capitals, drawn letter by letter in cells of one token's width."""

from functools import cache

import font_roboto
import font_source_serif_pro
import numpy as np
from PIL import Image, ImageDraw, ImageFont

# Both under free licences: Apache 2.0 and SIL OFL 1.1.
FONTS = {"sans": font_roboto.RobotoBold, "serif": font_source_serif_pro.SourceSerifProBold}
CELL = 16  # a letter's width: one token
ROWS = 24  # a word's height, capitals in the middle: three latent rows
GRID = 16  # words stand on the grid of tokens, so that a letter looks the same wherever it is
CAPITALS = 17  # height in pixels
FINE = 8
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST = 5  # letters in a word


@cache
def mask(letter: str, font: str) -> np.ndarray:
    """How much of each pixel of its cell a letter covers: (ROWS, CELL)."""
    face = ImageFont.truetype(FONTS[font], 200)
    capital = face.getbbox("H")
    size = round(200 * CAPITALS * FINE / (capital[3] - capital[1]))
    face = ImageFont.truetype(FONTS[font], size)
    left, _, right, _ = face.getbbox(letter)
    top, bottom = (face.getbbox("H")[i] for i in (1, 3))
    drawn = Image.new("L", (right - left, ROWS * FINE))
    margin = (ROWS * FINE - (bottom - top)) // 2
    ImageDraw.Draw(drawn).text((-left, margin - top), letter, font=face, fill=255)
    widest = (CELL - 1) * FINE
    if drawn.width > widest:  # M and W
        drawn = drawn.resize((widest, drawn.height))
    cell = Image.new("L", (CELL * FINE, ROWS * FINE))
    cell.paste(drawn, ((cell.width - drawn.width) // 2, 0))
    return np.asarray(cell.reduce(FINE), np.float32) / 255
