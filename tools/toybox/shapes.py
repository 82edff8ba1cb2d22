"""The shapes and their masks."""

import math
from functools import cache

import numpy as np
from PIL import Image, ImageDraw

SHAPES = ("circle", "square", "triangle", "star", "heart", "diamond")
FINE = 8  # how many times finer than a pixel the outline is drawn
REACH = 1.15  # no outline leaves a box of this many radii


def _outline(shape: str) -> list[tuple[float, float]]:
    """The outline around (0, 0) at radius 1, y downwards."""
    if shape == "square":
        return [(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)]
    if shape == "triangle":
        return [(0, -1.05), (1.05, 0.85), (-1.05, 0.85)]
    if shape == "diamond":
        return [(0, -1.15), (0.9, 0), (0, 1.15), (-0.9, 0)]
    if shape == "star":
        points = [(1.15 if i % 2 == 0 else 0.48, math.pi * (i / 5 - 0.5)) for i in range(10)]
        return [(r * math.cos(a), r * math.sin(a) + 0.08) for r, a in points]
    turns = [2 * math.pi * i / 64 for i in range(64)]
    if shape == "circle":
        return [(math.cos(a), math.sin(a)) for a in turns]
    return [  # heart
        (
            16 * math.sin(a) ** 3 / 15.5,
            -(13 * math.cos(a) - 5 * math.cos(2 * a) - 2 * math.cos(3 * a) - math.cos(4 * a)) / 15.5 - 0.12,
        )
        for a in turns
    ]


@cache
def mask(shape: str, radius: float) -> np.ndarray:
    """How much of each pixel the shape covers, 0 to 1: (2k + 1, 2k + 1), the middle pixel at the centre."""
    k = reach(radius)
    side = (2 * k + 1) * FINE
    fine = Image.new("L", (side, side))
    middle = (side - 1) / 2
    scale = radius * FINE
    ImageDraw.Draw(fine).polygon([(middle + x * scale, middle + y * scale) for x, y in _outline(shape)], fill=255)
    return np.asarray(fine.reduce(FINE), np.float32) / 255


def reach(radius: float) -> int:
    return math.ceil(REACH * radius) + 1
