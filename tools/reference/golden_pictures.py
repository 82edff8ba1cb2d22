"""pictures/: files in the forms that people have, and their pixels as upright RGB.

The reference's rule is ImageOps.exif_transpose, then convert("RGB"). One exception is ours: Pillow clips 16-bit grey
at 255 when it converts, which makes all of it white; here such a picture is read as its high byte.
"""

import struct
import warnings
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from golden_files import save_json
from scenes import scene, scene_with_alpha

WIDTH, HEIGHT = 24, 17
ORIENTATION = 0x0112


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(
    file: Path, samples: np.ndarray, depth: int, colour: int, interlaced: bool = False, extra: bytes = b""
) -> None:
    """Writes the kinds of PNG that Pillow reads but does not write: 16-bit colour, interlaced.
    `samples` is (height, width, channels); `extra` holds whole chunks to go before the data."""
    steps = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    data = b""
    for x, y, dx, dy in steps if interlaced else [(0, 0, 1, 1)]:
        part = samples[y::dy, x::dx]
        if part.shape[0] and part.shape[1]:
            data += b"".join(b"\0" + row.astype(">u2" if depth == 16 else "u1").tobytes() for row in part)
    header = struct.pack(">IIBBBBB", samples.shape[1], samples.shape[0], depth, colour, 0, 0, int(interlaced))
    body = _chunk(b"IHDR", header) + extra + _chunk(b"IDAT", zlib.compress(data, 9)) + _chunk(b"IEND", b"")
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + body)


def _sixteen_bit(seed: int, channels: int) -> np.ndarray:
    high = np.asarray(scene_with_alpha(WIDTH, HEIGHT, seed)).astype(np.uint16)[..., :channels]
    low = np.random.default_rng(seed).integers(0, 256, high.shape, dtype=np.uint16)
    return high << 8 | low


def _pngs(folder: Path) -> None:
    rgb, rgba = scene(WIDTH, HEIGHT, 1), scene_with_alpha(WIDTH, HEIGHT, 2)
    rgb.save(folder / "rgb8.png")
    rgba.save(folder / "rgba8.png")
    rgb.convert("L").save(folder / "grey8.png")
    rgba.convert("LA").save(folder / "grey_alpha8.png")
    rgb.convert("1").save(folder / "one_bit.png")
    palette = rgb.quantize(20, dither=Image.Dither.NONE)
    palette.save(folder / "palette.png")
    palette.save(folder / "palette_transparency.png", transparency=bytes(range(0, 200, 10)))
    palette.save(folder / "palette_one_transparent.png", transparency=3)
    rgb.quantize(4, dither=Image.Dither.NONE).save(folder / "palette_2bit.png", bits=2)
    rgb.quantize(16, dither=Image.Dither.NONE).save(folder / "palette_4bit.png", bits=4)
    rgb.convert("L").save(folder / "grey8_one_transparent.png", transparency=128)
    rgb.save(folder / "rgb8_one_transparent.png", transparency=(10, 20, 30))
    rgb.save(folder / "rgb8_orientation_6.png", exif=_exif(6))
    _png(folder / "rgb8_interlaced.png", np.asarray(rgb), 8, 2, interlaced=True)
    _png(folder / "rgba8_interlaced.png", np.asarray(rgba), 8, 6, interlaced=True)
    _png(folder / "grey16.png", _sixteen_bit(3, 1), 16, 0)
    _png(folder / "grey16_interlaced.png", _sixteen_bit(4, 1), 16, 0, interlaced=True)
    _png(folder / "rgb16.png", _sixteen_bit(5, 3), 16, 2)
    _png(folder / "rgba16.png", _sixteen_bit(6, 4), 16, 6)
    _png(folder / "grey_alpha16.png", _sixteen_bit(7, 4)[..., 2:], 16, 4)
    _png(folder / "rgb8_gamma.png", np.asarray(rgb), 8, 2, extra=_chunk(b"gAMA", struct.pack(">I", 100000)))


def _exif(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return exif


def _jpegs(folder: Path) -> None:
    rgb = scene(WIDTH, HEIGHT, 11)
    rgb.save(folder / "rgb_420.jpg", quality=85, subsampling="4:2:0")
    rgb.save(folder / "rgb_422.jpg", quality=85, subsampling="4:2:2")
    rgb.save(folder / "rgb_444.jpg", quality=92, subsampling="4:4:4")
    rgb.save(folder / "rgb_progressive.jpg", quality=85, progressive=True)
    rgb.save(folder / "rgb_keep.jpg", quality=90, keep_rgb=True)  # Adobe marker: the channels are R, G, B
    rgb.save(folder / "rgb_restart.jpg", quality=85, restart_marker_blocks=1)
    rgb.convert("L").save(folder / "grey.jpg", quality=85)
    rgb.convert("CMYK").save(folder / "cmyk.jpg", quality=90)  # with Adobe's marker, so stored inverted
    for orientation in range(1, 9):
        rgb.save(folder / f"orientation_{orientation}.jpg", quality=90, exif=_exif(orientation))


def _webps(folder: Path) -> None:
    rgb, rgba = scene(WIDTH, HEIGHT, 21), scene_with_alpha(WIDTH, HEIGHT, 22)
    rgb.save(folder / "lossy.webp", quality=80)
    rgb.save(folder / "lossless.webp", lossless=True)
    rgba.save(folder / "lossy_alpha.webp", quality=80)
    rgba.save(folder / "lossless_alpha.webp", lossless=True, exact=True)  # keeps the colours under alpha 0
    rgb.save(folder / "orientation_8.webp", lossless=True, exif=_exif(8))


def upright_rgb(file: Path) -> Image.Image:
    picture = ImageOps.exif_transpose(Image.open(file))
    if picture.mode.startswith("I"):
        return Image.fromarray((np.asarray(picture) >> 8).astype(np.uint8), "L").convert("RGB")
    return picture.convert("RGB")


def write(out: Path) -> None:
    # Pillow would rather have RGBA for such a palette; the rule here is convert("RGB").
    warnings.filterwarnings("ignore", "Palette images with Transparency")
    folder = out / "pictures"
    expected = folder / "expected"
    expected.mkdir(parents=True)
    for group in (_pngs, _jpegs, _webps):
        group(folder)
    cases = []
    for file in sorted(p for p in folder.iterdir() if p.is_file()):
        upright_rgb(file).save(expected / f"{file.name}.png", optimize=True)
        cases.append({"file": file.name, "expected": f"expected/{file.name}.png", "mode": Image.open(file).mode})
    save_json(folder / "cases.json", cases)
