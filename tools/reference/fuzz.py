"""Random models and edits: kontext4j beside the reference.

    tools/reference/fuzz --count 30 --seed 7 --kontext ./kontext

Each case is a model folder of random sizes and one random edit. diffusers runs it in float32 and in float64: the
distance between the two is the floor. Then `kontext edit` runs it. The exit code is 1 if any picture is below 60 dB
or any latent further off than 1e-3 (and than twice the floor). Without --kontext only the reference runs.
With --dtype bf16 kontext4j computes in bfloat16; that is reported beside the reference's own bfloat16, never failed.
"""

import quiet  # noqa: F401, I001  (before torch)

import argparse
import dataclasses
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from PIL import Image
from safetensors.torch import load_file

from fuzz_cases import Case, draw_case
from golden_edits import psnr
from reference import Result, load, noise_for, run
from scenes import scene
from tiny_model import write_model

LATENTS, DECIBELS = 1e-3, 60.0


@dataclasses.dataclass
class Row:
    floor: float
    latents: float = float("nan")
    relative: float = float("nan")
    decibels: float = float("nan")
    bf16: str = ""
    error: str = ""

    def passes(self) -> bool:
        return not self.error and self.latents <= max(LATENTS, 2 * self.floor) and self.decibels >= DECIBELS


def prepare(case: Case, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_model(folder / "model", case.config, **case.model)
    for i, (name, size) in enumerate(case.inputs.items()):
        scene(*size, 300 + i).save(folder / name)
    said = dataclasses.asdict(case) | {"arguments": case.edit.arguments()}
    (folder / "case.json").write_text(json.dumps(said, indent=1, default=str))


def _in(dtype: str, folder: Path, case: Case) -> Result:
    """The reference in another dtype, from the float32 pipeline's noise."""
    pipe = load(folder / "model", dtype)
    noise = noise_for(pipe, case.edit, case.edit.noise_dtype or "f32")
    return run(pipe, case.edit, folder, noise.to(pipe.dtype))


def reference(case: Case, folder: Path, with_bf16: bool) -> tuple[Result, Row]:
    result = run(load(folder / "model"), case.edit, folder)
    assert torch.isfinite(result.latents).all(), "the reference itself is not finite"
    for i, picture in enumerate(result.pictures):
        picture.save(folder / f"reference-{i + 1}.png")
    row = Row(floor=float((_in("f64", folder, case).latents - result.latents).abs().max()))
    if with_bf16:
        half = _in("bf16", folder, case)
        row.bf16 = f"{min(map(psnr, half.pictures, result.pictures)):.1f} dB"
    return result, row


def compare(case: Case, folder: Path, kontext: Path, dtype: str, result: Result, row: Row) -> None:
    images = len(case.edit.images)
    arguments = [str(folder / name) for name in case.edit.images] + case.edit.arguments()[images:]
    done = subprocess.run(
        [kontext.resolve(), "edit", *arguments, "--model", folder / "model", "-o", folder / "ours.png", "--force",
         "--no-text-cache", "--device", "cpu", "--dtype", dtype, "--save-latents", folder / "ours.safetensors"],
        capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        row.error = f"exit code {done.returncode}: {done.stderr.strip().splitlines()[-1:]}"
        return
    latents = load_file(folder / "ours.safetensors")["latents"]
    if latents.shape != result.latents.shape:
        row.error = f"latents {list(latents.shape)}, not {list(result.latents.shape)}"
        return
    distance = (latents.double() - result.latents.double()).abs()
    row.latents = float(distance.max())
    row.relative = float(distance.norm() / result.latents.double().norm())
    names = [f"ours-{i + 1}.png" for i in range(len(result.pictures))] if len(result.pictures) > 1 else ["ours.png"]
    ours = [Image.open(folder / name).convert("RGB") for name in names]
    if ours[0].size != result.pictures[0].size:
        row.error = f"picture {ours[0].size}, not {result.pictures[0].size}"
        return
    row.decibels = min(map(psnr, ours, result.pictures))


def _summary(case: Case) -> str:
    c, e = case.config, case.edit
    axes, levels = "/".join(map(str, c.axes)), "-".join(map(str, c.vae_channels))
    return (
        f"{c.heads}x{c.head_dim} {axes} {c.double_layers}+{c.single_layers}"
        f" t5 {c.t5_dim}:{c.t5_heads}x{c.t5_kv} clip {c.clip_dim}:{c.clip_heads} vae {levels}"
        f":{c.latent_channels} {e.width}x{e.height} refs {len(e.images)} x{e.images_made()}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--case", type=int, help="run this case alone")
    parser.add_argument("--kontext", type=Path, help="the command to test")
    parser.add_argument("--dtype", choices=["f32", "bf16"], default="f32")
    parser.add_argument("--keep", type=Path, help="folder for the cases; else only those that fail are kept")
    args = parser.parse_args()
    work = args.keep or Path(tempfile.mkdtemp(prefix="fuzz-"))
    failed = []
    print(f"{'case':>4} {'floor':>8} {'latents':>8} {'relative':>8} {'dB':>6} {'bf16 ref':>9}  configuration")
    for i in [args.case] if args.case is not None else range(args.count):
        case, folder = draw_case(args.seed, i), work / f"case-{args.seed}-{i}"
        prepare(case, folder)
        result, row = reference(case, folder, args.dtype == "bf16")
        if args.kontext:
            compare(case, folder, args.kontext, args.dtype, result, row)
        print(f"{i:4} {row.floor:8.1e} {row.latents:8.1e} {row.relative:8.1e} {row.decibels:6.1f} {row.bf16:>9}  "
              f"{_summary(case)} {row.error}", flush=True)  # fmt: skip
        if args.kontext and (row.error if args.dtype == "bf16" else not row.passes()):
            failed.append(folder)
        elif not args.keep:
            shutil.rmtree(folder)
    for folder in failed:
        print(f"failed: {folder}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
