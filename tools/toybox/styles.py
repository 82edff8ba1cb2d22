"""The styles a whole picture can be given. Each is a fixed rule, so that there is one right answer."""

import numpy as np

import shapes
from canvas import lay, write

STYLES = ("pixel art", "black and white", "line drawing", "negative")
PIXEL = 8  # the side of a pixel-art pixel


def _pixel_art(picture: np.ndarray) -> np.ndarray:
    height, width, _ = picture.shape
    cells = picture.reshape(height // PIXEL, PIXEL, width // PIXEL, PIXEL, 3).mean((1, 3))
    return cells.repeat(PIXEL, 0).repeat(PIXEL, 1)


def _black_and_white(picture: np.ndarray) -> np.ndarray:
    return (picture @ np.array([0.299, 0.587, 0.114], np.float32))[:, :, None].repeat(3, 2)


def _line_drawing(scene) -> np.ndarray:
    """Black outlines, two pixels wide, on white."""
    canvas = np.full((scene.height, scene.width, 3), 248, np.float32)
    for thing in scene.things:
        for radius, tone in ((thing.radius, 24), (thing.radius - 2.5, 248)):
            lay(canvas, shapes.mask(thing.shape, radius), (tone,) * 3, thing.x, thing.y)
    if scene.word:
        write(canvas, scene.word, (24,) * 3)
    return canvas


FILTERS = {"pixel art": _pixel_art, "black and white": _black_and_white, "negative": lambda picture: 255 - picture}
OUTLINES = {"line drawing": _line_drawing}
