"""resize/: pictures, and what Pillow's Lanczos makes of them."""

from pathlib import Path

import numpy as np
from PIL import Image

from golden_files import save_json
from scenes import scene

SIZES = {  # name of the case -> (source size, target size)
    "up": ((37, 23), (64, 48)),
    "down": ((100, 70), (32, 16)),
    "down_far": ((320, 200), (16, 16)),
    "up_far": ((5, 3), (64, 48)),
    "odd_to_odd": ((53, 41), (47, 59)),
    "same": ((24, 17), (24, 17)),
    "width_only": ((40, 21), (17, 21)),
    "height_only": ((40, 21), (40, 33)),
    "wide": ((300, 2), (48, 16)),
    "tall": ((3, 250), (16, 32)),
    "from_one_pixel": ((1, 1), (16, 16)),
    "to_one_pixel": ((31, 17), (1, 1)),
    "slightly": ((64, 48), (63, 49)),
}


def write(out: Path) -> None:
    folder = out / "resize"
    folder.mkdir(parents=True)
    cases = []

    def add(name: str, source: Image.Image, size: tuple[int, int]) -> None:
        source.save(folder / f"{name}.in.png", optimize=True)
        source.resize(size, Image.Resampling.LANCZOS).save(folder / f"{name}.out.png", optimize=True)
        cases.append({"name": name, "width": size[0], "height": size[1]})

    for i, (name, (source, target)) in enumerate(SIZES.items()):
        add(name, scene(*source, 100 + i), target)
    noise = np.random.default_rng(99).integers(0, 2, (31, 45, 3), dtype=np.uint8) * 255
    add("black_and_white_down", Image.fromarray(noise, "RGB"), (20, 14))  # overshoots to be clipped
    add("black_and_white_up", Image.fromarray(noise, "RGB"), (61, 50))
    save_json(folder / "cases.json", cases)
