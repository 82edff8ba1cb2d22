"""Painting through masks."""

import numpy as np

import lettering
from palette import RGB


def lay(canvas: np.ndarray, mask: np.ndarray, colour: RGB, x: int, y: int) -> None:
    """Paints through a mask whose middle is at (x, y)."""
    k = mask.shape[0] // 2
    _blend(canvas[y - k : y + k + 1, x - k : x + k + 1], mask, colour)


def write(canvas: np.ndarray, word, colour: RGB) -> None:
    """Letters of a scene.Word, in any colour."""
    for i, letter in enumerate(word.text):
        left = word.x + i * lettering.CELL
        part = canvas[word.y : word.y + lettering.ROWS, left : left + lettering.CELL]
        _blend(part, lettering.mask(letter, word.font), colour)


def _blend(part: np.ndarray, mask: np.ndarray, colour: RGB) -> None:
    part += (np.array(colour, np.float32) - part) * mask[:, :, None]
