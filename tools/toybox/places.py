"""The nine places that have names, and the four directions."""

from making import RADII, snapped
from scene import Scene

PLACES = {
    "top left": (0.22, 0.22), "top": (0.5, 0.22), "top right": (0.78, 0.22),
    "left": (0.22, 0.5), "center": (0.5, 0.5), "right": (0.78, 0.5),
    "bottom left": (0.22, 0.78), "bottom": (0.5, 0.78), "bottom right": (0.78, 0.78),
}  # fmt: skip
DIRECTIONS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
OPPOSITE = {"left": "right", "right": "left", "up": "down", "down": "up"}
ADDED_RADIUS = RADII[1]  # of what is added
PUSH = 0.2  # how far a push in a direction goes, in sides


def at(scene: Scene, place: str) -> tuple[int, int]:
    x, y = PLACES[place]
    return snapped(x * scene.width), snapped(y * scene.height)


def pushed(scene: Scene, x: int, y: int, direction: str) -> tuple[int, int]:
    dx, dy = DIRECTIONS[direction]
    far = snapped(PUSH * scene.side)
    return x + dx * far, y + dy * far
