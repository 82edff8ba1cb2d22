"""Writes the goldens of the modules sampler and cli: noise, schedules, sizes, resizing, decoded pictures.

    python tools/reference/sampler_goldens.py      # torch 2.11, diffusers 0.42.1, Pillow 13.0, numpy 2.4, scipy 1.17

Everything is deterministic. Large results are kept as SHA-256 only.
"""

import hashlib
import io
import itertools
import struct
import warnings
import zlib
from pathlib import Path

import numpy as np
import torch
from diffusers import FlowMatchEulerDiscreteScheduler
from diffusers.image_processor import VaeImageProcessor
from diffusers.pipelines.flux.pipeline_flux_kontext import PREFERRED_KONTEXT_RESOLUTIONS, calculate_shift
from PIL import Image, ImageCms, ImageOps
from PIL.PngImagePlugin import PngInfo

ROOT = Path(__file__).resolve().parents[2]
SAMPLER = ROOT / "sampler/src/test/resources/dev/kontext4j/sampler"
PICTURES = ROOT / "cli/src/test/resources/dev/kontext4j/cli/picture"

torch.set_num_threads(1)
warnings.filterwarnings("ignore")


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def write(path: Path, lines) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n")


# --- noise: type, seed, lengths of successive draws, SHA-256 of each draw as little-endian float32 ---

TYPES = {"F32": torch.float32, "BF16": torch.bfloat16, "F16": torch.float16}


def noise() -> None:
    draws = [
        (0, [16]), (1, [1, 1, 1]), (2, [15, 15, 15]), (3, [16, 17, 31, 32, 33]), (4, [5, 16, 5, 20, 3, 4]),
        (5, [623, 1, 1000]), (42, [4096]), (42, [100000]), (-1, [64]), (2**32 + 7, [64]), (7, [64]),
        (2**63 - 1, [1023]), (123456789, [262144]), (9, [262144, 262144]), (2024, [16 * 98 * 84]),
    ]
    lines = []
    for name, dtype in TYPES.items():
        for seed, lengths in draws:
            g = torch.Generator("cpu").manual_seed(seed)
            hashes = [sha(torch.randn(n, generator=g, dtype=dtype).float().numpy().tobytes()) for n in lengths]
            lines.append(f"{name} {seed} {','.join(map(str, lengths))} {','.join(hashes)}")
    write(SAMPLER / "noise/draws.txt", lines)
    for name, dtype in TYPES.items():
        g = torch.Generator("cpu").manual_seed(42)
        values = torch.randn(1500, generator=g, dtype=dtype).float().numpy()
        (SAMPLER / f"noise/{name.lower()}-42-1500.f32").write_bytes(values.tobytes())


# --- schedules: configuration; steps or sigmas; tokens; float32 bits of sigmas and timesteps ---

CONFIGS = [
    dict(),
    dict(shift=3.0),
    dict(shift=1.15, num_train_timesteps=500),
    dict(shift=0.7),
    dict(use_dynamic_shifting=True),
    dict(use_dynamic_shifting=True, shift=3.0, base_shift=0.5, max_shift=1.15),
    dict(use_dynamic_shifting=True, base_shift=0.3, max_shift=2.05, base_image_seq_len=100, max_image_seq_len=8192),
    dict(use_dynamic_shifting=True, time_shift_type="linear"),
    dict(use_dynamic_shifting=True, shift_terminal=0.1),
    dict(shift=2.5, shift_terminal=0.02),
    dict(use_dynamic_shifting=True, invert_sigmas=True),
    dict(invert_sigmas=True, shift=1.7),
    dict(use_dynamic_shifting=True, use_karras_sigmas=True),
    dict(shift=3.0, use_karras_sigmas=True, sigma_min=0.02, sigma_max=0.98),
    dict(use_dynamic_shifting=True, use_exponential_sigmas=True),
    dict(shift=3.0, use_exponential_sigmas=True, invert_sigmas=True),
    dict(use_dynamic_shifting=True, use_beta_sigmas=True),
    dict(shift=3.0, use_beta_sigmas=True, shift_terminal=0.05),
    dict(use_beta_sigmas=True, sigma_min=0.001, num_train_timesteps=321),
    dict(use_dynamic_shifting=True, time_shift_type="linear", use_beta_sigmas=True),
]
STEPS = [1, 2, 3, 4, 7, 12, 20, 28, 30, 50, 333, 1000]
SIGMAS = [[1.0], [1.0, 0.75, 0.5, 0.25], [0.9, 0.8, 0.3, 0.1], [1.0, 0.5, 0.123456789]]
TOKENS = [1, 16, 256, 1024, 4032, 4096, 4150, 8192, 16384]


def bits(t: torch.Tensor) -> str:
    return sha(t.numpy().tobytes()) if len(t) > 13 else ",".join(f"{v:08x}" for v in t.numpy().view(np.uint32))


def schedules() -> None:
    lines = []
    cases = [(c, s) for c, s in itertools.product(CONFIGS, STEPS + SIGMAS)]
    for i, (config, steps) in enumerate(cases):
        for tokens in [TOKENS[i % len(TOKENS)], TOKENS[(i * 5 + 3) % len(TOKENS)]]:
            scheduler = FlowMatchEulerDiscreteScheduler.from_config(dict(config))
            sigmas = np.linspace(1.0, 1 / steps, steps) if isinstance(steps, int) else steps
            get = scheduler.config.get
            mu = calculate_shift(
                tokens, get("base_image_seq_len", 256), get("max_image_seq_len", 4096), get("base_shift", 0.5),
                get("max_shift", 1.15))
            scheduler.set_timesteps(sigmas=sigmas, mu=mu)
            if scheduler.sigmas.isnan().any():
                continue  # shift_terminal with a single step
            settings = ",".join(f"{k}={v}" for k, v in config.items()) or "-"
            asked = f"steps={steps}" if isinstance(steps, int) else "sigmas=" + ",".join(map(str, steps))
            lines.append(f"{settings} {asked} {tokens} {bits(scheduler.sigmas)} {bits(scheduler.timesteps)}")
    write(SAMPLER / "schedule/schedules.txt", lines)


# --- sizes: rule, width, height, multiple, area; result ---


def sizes() -> None:
    lines = []
    rng = np.random.default_rng(0)
    pairs = [(1024, 1024), (16, 16), (17, 31), (1920, 1080), (1080, 1920), (4000, 3000), (33, 2000), (2000, 33),
             (1344, 896), (992, 1008), (1000, 1000), (40, 30), (100, 99), (512, 384), (640, 2560)]
    pairs += [tuple(int(v) for v in rng.integers(32, 3000, 2)) for _ in range(85)]
    for multiple in (16, 8, 4, 32):
        processor = VaeImageProcessor(vae_scale_factor=multiple)
        for w, h in pairs:
            if min(w, h) < multiple:
                continue
            image_h, image_w = processor.get_default_height_width(Image.new("L", (w, h)))
            aspect = image_w / image_h
            _, bw, bh = min((abs(aspect - pw / ph), pw, ph) for pw, ph in PREFERRED_KONTEXT_RESOLUTIONS)
            lines.append(f"bucket {w} {h} {multiple} 0 {bw // multiple * multiple} {bh // multiple * multiple}")
            kw, kh = (v // multiple * multiple for v in (image_w, image_h))
            lines.append(f"kept {w} {h} {multiple} 0 {kw} {kh}")
            for area in (1024**2, 512 * 512, 300_000):
                aspect = w / h
                ow, oh = round((area * aspect) ** 0.5), round((area / aspect) ** 0.5)
                ow, oh = (v // multiple * multiple for v in (ow, oh))
                if min(ow, oh) > 0:
                    lines.append(f"area {w} {h} {multiple} {area} {ow} {oh}")
    write(SAMPLER / "picture/sizes.txt", lines)


# --- resizing: kind of picture, old size, new size, SHA-256 of the RGB bytes ---


def scrambled(n: int) -> np.ndarray:
    h = np.arange(n, dtype=np.uint32) * np.uint32(2654435761)
    h ^= h >> np.uint32(15)
    h = h * np.uint32(2246822519)
    return (h >> np.uint32(24)).astype(np.uint8)


def picture(kind: str, w: int, h: int) -> np.ndarray:
    noise = scrambled(w * h * 3).reshape(h, w, 3)
    if kind == "noise":
        return noise
    if kind == "extremes":
        return np.where(noise < 128, 0, 255).astype(np.uint8)
    y, x, c = np.meshgrid(np.arange(h), np.arange(w), np.arange(3), indexing="ij")
    return ((x * 7 + y * 5 + c * 80) % 256).astype(np.uint8)  # "ramps"


def resizing() -> None:
    cases = [
        (1, 1, 1, 1), (1, 1, 16, 16), (1, 50, 30, 20), (50, 1, 20, 30), (50, 1, 50, 2), (1, 7, 1, 3), (2, 2, 1, 1),
        (2, 2, 3, 3), (3, 3, 2, 2), (3, 2, 100, 100), (16, 16, 16, 16), (16, 16, 32, 16), (16, 16, 16, 32),
        (16, 16, 48, 80), (48, 80, 16, 16), (64, 64, 63, 65), (65, 63, 64, 64), (100, 100, 50, 50),
        (100, 100, 51, 49), (101, 99, 50, 50), (128, 96, 672, 40), (96, 128, 40, 672), (333, 77, 78, 334),
        (512, 512, 512, 256), (512, 512, 256, 512), (640, 480, 208, 144), (480, 640, 144, 208), (800, 600, 1024, 768),
        (1000, 1, 10, 10), (1, 1000, 10, 10), (1000, 3, 3, 1000), (3, 1000, 1000, 3), (1024, 768, 1184, 880),
        (1920, 1080, 1392, 752), (1080, 1920, 752, 1392), (2000, 1500, 160, 112), (37, 41, 43, 47), (255, 256, 257, 258),
        (17, 900, 16, 896), (900, 17, 896, 16), (64, 64, 1, 1), (64, 64, 1, 64), (64, 64, 64, 1), (5, 5, 640, 480),
        (1500, 2, 1499, 2), (100, 100, 60, 20), (100, 100, 60, 19), (100, 100, 101, 99), (100, 100, 99, 98), (100, 100, 99, 97),
        (299, 299, 224, 224), (720, 1456, 736, 1440), (4000, 300, 1568, 672),
    ]
    lines = []
    for (w, h, ow, oh), kind in itertools.product(cases, ("noise", "extremes", "ramps")):
        if kind != "noise" and w * h > 700_000:
            continue
        out = Image.fromarray(picture(kind, w, h)).resize((ow, oh), Image.Resampling.LANCZOS)
        lines.append(f"{kind} {w} {h} {ow} {oh} {sha(out.tobytes())}")
    write(SAMPLER / "picture/resizing.txt", lines)


# --- picture files: name, width, height, SHA-256 of the RGB bytes when alpha is dropped, and when laid over white ---


def colourful(w: int, h: int) -> Image.Image:
    y, x = np.mgrid[0:h, 0:w]
    a = np.stack([127 + 120 * np.sin(x / 3 + y / 5), 127 + 120 * np.cos(x / 4 - y / 3), (x * y * 7) % 256], -1)
    a[h // 3 : h // 2, w // 4 : w // 2] = [255, 0, 0]
    return Image.fromarray(a.clip(0, 255).astype(np.uint8))


def with_alpha(im: Image.Image) -> Image.Image:
    y, x = np.mgrid[0 : im.height, 0 : im.width]
    rgba = im.convert("RGBA")
    rgba.putalpha(Image.fromarray(((x * 37 + y * 11) % 256 // 3 * 3).astype(np.uint8)))
    return rgba


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def filtered(rows: np.ndarray, back: int) -> bytes:
    """The rows of one pass, each with another of PNG's five filters."""
    out, above = b"", np.zeros(rows.shape[1] + back, np.int64)
    for i, row in enumerate(rows):
        cur = np.concatenate([np.zeros(back, np.int64), row.astype(np.int64)])
        left, up, corner = cur[:-back], above[back:], above[:-back]
        p = left + up - corner
        d = [abs(p - left), abs(p - up), abs(p - corner)]
        paeth = np.where((d[0] <= d[1]) & (d[0] <= d[2]), left, np.where(d[1] <= d[2], up, corner))
        guess = [0 * left, left, up, (left + up) // 2, paeth][i % 5]
        out += bytes([i % 5]) + ((cur[back:] - guess) % 256).astype(np.uint8).tobytes()
        above = cur
    return out


def png(samples: np.ndarray, depth: int, colour: int, interlaced: bool = False, extra: bytes = b"") -> bytes:
    """A PNG of samples (height, width, channels): also the kinds that Pillow does not write."""
    steps = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    h, w, channels = samples.shape
    data = b""
    for x, y, dx, dy in steps if interlaced else [(0, 0, 1, 1)]:
        part = samples[y::dy, x::dx]
        if part.size:
            part = part.reshape(len(part), -1)
            bits = ((part[:, :, None].astype(np.int64) >> np.arange(depth - 1, -1, -1)) & 1).reshape(len(part), -1)
            data += filtered(np.packbits(bits.astype(np.uint8), axis=1), max(1, depth * channels // 8))
    header = struct.pack(">IIBBBBB", w, h, depth, colour, 0, 0, int(interlaced))
    packed = zlib.compress(data, 9)
    body = chunk(b"IHDR", header) + extra + chunk(b"IDAT", packed[:50]) + chunk(b"IDAT", packed[50:])
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def picture_files() -> dict[str, bytes]:
    files: dict[str, bytes] = {}

    def save(name: str, im: Image.Image, **options) -> None:
        f = io.BytesIO()
        im.save(f, {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[name.rsplit(".")[-1]], **options)
        files[name] = f.getvalue()

    small, odd, large = colourful(16, 16), colourful(33, 17), colourful(70, 51)
    for label, im in (("1x1", colourful(1, 1)), ("16x16", small), ("33x17", odd), ("70x51", large)):
        for subsampling, ratio in ((0, "444"), (1, "422"), (2, "420")):
            save(f"{label}-{ratio}.jpg", im, quality=88, subsampling=subsampling)
    save("progressive-420.jpg", large, quality=70, progressive=True)
    save("progressive-444.jpg", odd, quality=95, progressive=True, subsampling=0)
    save("low-quality.jpg", large, quality=5)
    save("restarts.jpg", large, quality=60, restart_marker_rows=1)
    save("grey.jpg", odd.convert("L"), quality=85)
    save("cmyk.jpg", odd.convert("CMYK"), quality=90)
    save("stored-rgb.jpg", odd, quality=90, keep_rgb=True)
    save("profile.jpg", odd, quality=90, icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    ycck = bytearray(files["cmyk.jpg"])
    ycck[ycck.find(b"Adobe") + 11] = 2
    files["ycck.jpg"] = bytes(ycck)
    no_adobe = files["cmyk.jpg"]
    at = no_adobe.find(b"\xff\xee")
    files["cmyk-unmarked.jpg"] = no_adobe[:at] + no_adobe[at + 16 :]
    # the same blocks in another arrangement
    for ratio, other, name, size in ((1, 0x12, "440", (32, 32)), (1, 0x12, "440-odd", (24, 23)), (2, 0x41, "411", (32, 32))):
        save(f"{name}.jpg", colourful(*size), quality=90, subsampling=ratio)
        data = bytearray(files[f"{name}.jpg"])
        data[data.find(b"\xff\xc0") + 11] = other
        files[f"{name}.jpg"] = bytes(data)
    for value in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = value
        save(f"orientation-{value}.jpg", colourful(20, 12), quality=90, exif=exif)
        if value in (3, 6, 7):
            save(f"orientation-{value}.png", colourful(9, 6), exif=exif)
            save(f"orientation-{value}.webp", colourful(9, 6), exif=exif, lossless=True)
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf tiff:Orientation="8"/></x:xmpmeta>'
    save("xmp.jpg", odd, xmp=xmp)
    save("xmp.webp", small, xmp=xmp, lossless=True)
    text = PngInfo()
    text.add_itxt("XML:com.adobe.xmp", xmp.decode())
    save("xmp.png", odd, pnginfo=text)
    raw = Image.Exif()
    raw[0x0112] = 5
    text = PngInfo()
    text.add_text("Raw profile type exif", f"\nexif\n{len(raw.tobytes()):8}\n{raw.tobytes().hex()}\n", zip=True)
    save("raw-profile.png", odd, pnginfo=text)

    save("rgb.png", odd)
    save("rgba.png", with_alpha(odd))
    every = np.zeros((256, 256, 4), np.uint8)
    every[..., 0], every[..., 1], every[..., 2] = np.arange(256), 255 - np.arange(256), 77
    every[..., 3] = np.arange(256)[:, None]
    save("every-alpha.png", Image.fromarray(every), optimize=True)
    save("grey-alpha.png", with_alpha(odd).convert("LA"))
    save("grey-key.png", odd.convert("L"), transparency=int(np.asarray(odd.convert("L"))[3, 3]))
    save("rgb-key.png", odd, transparency=(255, 0, 0))
    palette = odd.quantize(30)
    save("palette.png", palette)
    save("palette-alpha.png", palette, transparency=bytes(range(0, 240, 8)))
    save("palette-key.png", palette, transparency=3)
    save("1-bit.png", odd.convert("1"))
    rng = np.random.default_rng(3)
    for depth, colour, channels in ((1, 0, 1), (2, 0, 1), (4, 0, 1), (8, 0, 1), (16, 0, 1), (8, 2, 3), (16, 2, 3),
                                    (8, 4, 2), (16, 4, 2), (8, 6, 4), (16, 6, 4), (1, 3, 1), (2, 3, 1), (4, 3, 1), (8, 3, 1)):
        samples = rng.integers(0, 2 ** min(depth, 4) if colour == 3 else 2**depth, (13, 19, channels))
        plte = chunk(b"PLTE", rng.integers(0, 256, 3 * min(2**depth, 13), dtype=np.uint8).tobytes()) if colour == 3 else b""
        for interlaced in (False, True):
            name = f"colour{colour}-depth{depth}{'-interlaced' if interlaced else ''}.png"
            files[name] = png(samples, depth, colour, interlaced, plte)
    files["interlaced-1x1.png"] = png(rng.integers(0, 256, (1, 1, 3)), 8, 2, True)
    files["interlaced-3x5.png"] = png(rng.integers(0, 2, (5, 3, 1)), 1, 0, True)
    frames = [colourful(24, 18), colourful(24, 18).transpose(Image.Transpose.ROTATE_180)]
    save("animated.png", frames[0], save_all=True, append_images=frames[1:])

    for q in (10, 60, 98):
        save(f"lossy-{q}.webp", large, quality=q)
    save("lossy-odd.webp", odd, quality=80)
    save("lossy-1x1.webp", colourful(1, 1), quality=80)
    save("lossy-alpha.webp", with_alpha(large), quality=75)
    save("lossless.webp", odd, lossless=True)
    save("lossless-alpha.webp", with_alpha(odd), lossless=True, exact=True)
    save("lossless-palette.webp", palette.convert("RGB"), lossless=True)
    save("animated.webp", with_alpha(frames[0]), save_all=True, append_images=frames[1:], lossless=True, exact=True)
    save("animated-lossy.webp", with_alpha(frames[0]), save_all=True, append_images=frames[1:], quality=70)
    return files


def expected(data: bytes) -> tuple[Image.Image, Image.Image]:
    im = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    if im.mode.startswith("I"):  # 16-bit grey, which Pillow would clip
        im = Image.fromarray((np.asarray(im).astype(np.int64) >> 8).astype(np.uint8))
    rgba = im.convert("RGBA")
    white = Image.alpha_composite(Image.new("RGBA", im.size, "white"), rgba).convert("RGB")
    return im.convert("RGB"), white


def pictures() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    lines = []
    for name, data in sorted(picture_files().items()):
        (PICTURES / name).write_bytes(data)
        dropped, white = expected(data)
        lines.append(f"{name} {dropped.width} {dropped.height} {sha(dropped.tobytes())} {sha(white.tobytes())}")
    write(PICTURES / "pictures.txt", lines)


if __name__ == "__main__":
    noise()
    schedules()
    sizes()
    resizing()
    pictures()
