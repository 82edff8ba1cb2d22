"""Pictures to edit, drawn by formula: smooth colours, edges and grain, so that every rule of resizing shows."""

import numpy as np
from PIL import Image


def scene(width: int, height: int, seed: int) -> Image.Image:
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    u, v = x / width, y / height
    picture = np.stack([0.5 + 0.5 * np.sin(3 * u + k * v + rng.uniform(0, 6)) for k in (1, 4, 7)], axis=-1)
    for _ in range(4):
        cx, cy, r = rng.uniform(0, 1), rng.uniform(0, 1), rng.uniform(0.1, 0.3)
        picture[(u - cx) ** 2 + (v - cy) ** 2 < r * r] = rng.uniform(0, 1, 3)
    picture[:, width // 3 : width // 3 + 2] = (1, 1, 1)  # a hard line: Lanczos overshoots beside it
    picture += rng.normal(0, 0.03, picture.shape)
    return Image.fromarray((picture.clip(0, 1) * 255).round().astype(np.uint8), "RGB")


def scene_with_alpha(width: int, height: int, seed: int) -> Image.Image:
    picture = scene(width, height, seed)
    alpha = np.linspace(0, 255, width).round().astype(np.uint8)[None, :].repeat(height, axis=0)
    picture.putalpha(Image.fromarray(alpha, "L"))
    return picture
