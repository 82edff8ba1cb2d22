"""The pictures in examples/, and what the embedded model makes of them in docs/toybox/examples.png.

examples.py sources|edits
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

import grounds
import palette
import sheets
from palette import COLOURS
from scene import Scene, Thing, Word, picture

ROOT = Path(__file__).parents[2]


def _thing(shape: str, name: str, x: int, y: int, radius: int) -> Thing:
    return Thing(shape, name, COLOURS[name], x, y, radius)


SCENES = {
    "shapes": Scene(
        128, 128, grounds.plain("white"),
        (_thing("circle", "red", 40, 40, 22),
         _thing("square", "green", 96, 40, 22), _thing("star", "orange", 64, 96, 22)),
    ),
    "evening": Scene(
        128, 128, grounds.gradient("blue", "pink"),
        (_thing("heart", "yellow", 88, 40, 22), _thing("triangle", "black", 40, 88, 22)),
    ),
    "sign": Scene(
        128, 128, grounds.plain("yellow"), (_thing("heart", "red", 32, 32, 16), _thing("diamond", "blue", 96, 40, 22)),
        Word("OPEN", "black", COLOURS["black"], 16, 80, "sans"),
    ),
    "stripes": Scene(
        128, 128, grounds.pattern("stripes", "green"),
        (_thing("circle", "white", 32, 32, 22), _thing("circle", "purple", 88, 88, 30)),
    ),
    "diamond": Scene(128, 128, grounds.plain("gray"), (_thing("diamond", "purple", 96, 96, 22),)),
}  # fmt: skip

EDITS = (
    ("shapes", "make the circle blue"),
    ("shapes", "replace the star with a heart"),
    ("evening", "remove the heart"),
    ("evening", "make the background a green to yellow gradient"),
    ("sign", "replace 'OPEN' with 'SALE'"),
    ("stripes", "make the white circle smaller"),
    ("evening", "move the triangle to the bottom right"),
    ("stripes", "as a pixel-art picture"),
    ("evening diamond", "put the shape of the second picture into the first"),
)


def sources() -> None:
    for name, scene in SCENES.items():
        assert all(
            palette.distance(t.colour, b) > 75 for t in scene.things for b in scene.ground.at(t.x, t.y, 128, 128)
        )
        sheets.save(Image.fromarray(picture(scene)), ROOT / "examples" / f"{name}.png")


def edits() -> None:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for i, (names, prompt) in enumerate(EDITS):
            given = [ROOT / "examples" / f"{name}.png" for name in names.split()]
            out = Path(folder) / f"{i}.png"
            subprocess.run([ROOT / "kontext", "edit", *given, "-p", prompt, "-o", out, "--seed", "1"], check=True)
            rows.append(sheets.row([np.asarray(Image.open(f).convert("RGB")) for f in (*given, out)], prompt))
    sheets.save(sheets.sheet(rows, 3), ROOT / "docs" / "toybox" / "examples.png")


if __name__ == "__main__":
    {"sources": sources, "edits": edits}[sys.argv[1]]()
