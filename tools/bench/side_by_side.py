"""Times kontext4j and diffusers on the same folders in one run, in turn, and prints ratios.

    tools/bench/side-by-side [--rounds 3] [--work DIR] [--only startup,toybox,tiny,bf16,f32]

`startup`: a command that only prints. `toybox`: a whole edit with the embedded model as it comes, from process start to PNG.
`tiny`: a whole edit with a tiny model, from process start to PNG. `bf16`, `f32`: one step of a
transformer of the real width (24 heads x 128; 2 double + 4 single blocks), 512x512 with a 512x512
reference and 512 text tokens. Weights are random; times do not depend on them. `lora` (not by itself): one
step of 64x64 of that transformer with a LoRA of rank 16 on all its blocks, and without: little but reading weights.
"""

import argparse
import json
import os
import statistics
import sys
from pathlib import Path

from measured import Measured, run

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
REFERENCE = HERE.parent / "reference"
TOYBOX = ROOT / "toybox/src/main/resources/dev/kontext4j/toybox/model"
WIDE = ["--heads", "24", "--head_dim", "128", "--axes", "16,56,56", "--double_layers", "2", "--single_layers", "4"]
TORCH_NAMES = {"bf16": "bfloat16", "f32": "float32"}


def model(work: Path, name: str, *arguments: str) -> Path:
    """Made once; `work` may be kept for the next run."""
    folder = work / name
    if not (folder / "model_index.json").exists():
        print(f"making {folder}", flush=True)
        run([sys.executable, str(REFERENCE / "tiny_model.py"), str(folder), *arguments])
    return folder


def picture(work: Path, side: int) -> Path:
    from PIL import Image

    file = work / f"picture-{side}.png"
    Image.radial_gradient("L").resize((side, side)).convert("RGB").save(file)
    return file


def kontext(
    folder: Path, image: Path, side: int, steps: int, dtype: str, out: Path, *more: str
) -> tuple[Measured, list[float]]:
    took = run(
        [str(ROOT / "kontext"), "edit", str(image), "-p", "make the sky purple", "--model", str(folder), "--json",
         "-o", str(out), "--width", str(side), "--height", str(side), "--fit", "none", "--seed", "1",
         "--steps", str(steps), "--dtype", dtype, "--no-text-cache", *more]
    )  # fmt: skip
    return took, json.loads(took.output)["seconds"]["steps"]


def diffusers(folder: Path, image: Path, side: int, steps: int, dtype: str, out: Path) -> tuple[Measured, list[float]]:
    took = run(
        [sys.executable, str(HERE / "diffusers_edit.py"), str(folder), str(image), str(out), str(side), str(steps),
         TORCH_NAMES[dtype]]
    )  # fmt: skip
    return took, json.loads(took.output.splitlines()[-1])


def compare(title: str, ours: list[float], theirs: list[float], unit: str) -> None:
    a, b = statistics.median(ours), statistics.median(theirs)
    print(f"{title:38} {a:9.3f} {b:9.3f} {unit:4} {a / b:6.2f}", flush=True)


def tiny(work: Path, rounds: int) -> None:
    folder, image = model(work, "tiny"), picture(work, 64)
    programs = (kontext, diffusers)
    results = [[p(folder, image, 64, 4, "f32", work / f"{p.__name__}.png")[0] for p in programs] for _ in range(rounds)]
    compare("tiny edit, start to PNG", [r[0].seconds for r in results], [r[1].seconds for r in results], "s")
    compare("tiny edit, peak memory", [r[0].peak_mib for r in results], [r[1].peak_mib for r in results], "MiB")


def startup(rounds: int) -> None:
    theirs = [sys.executable, "-c", "import diffusers"]
    for command in ("--version", "--help"):
        starts = [(run([str(ROOT / "kontext"), command]).seconds, run(theirs).seconds) for _ in range(rounds)]
        compare(f"kontext {command}, import diffusers", [s[0] for s in starts], [s[1] for s in starts], "s")


def toybox(work: Path, rounds: int) -> None:
    image = ROOT / "examples" / "shapes.png"
    results = [
        [p(TOYBOX, image, 128, 28, "f32", work / f"{p.__name__}.png")[0] for p in (kontext, diffusers)]
        for _ in range(rounds)
    ]
    compare("toybox edit, start to PNG", [r[0].seconds for r in results], [r[1].seconds for r in results], "s")
    compare("toybox edit, peak memory", [r[0].peak_mib for r in results], [r[1].peak_mib for r in results], "MiB")


def wide(work: Path, rounds: int, dtype: str) -> None:
    folder = model(work, f"wide-{dtype}", *WIDE, "--dtype", TORCH_NAMES[dtype])
    image = picture(work, 512)
    steps, peaks = ([], []), ([], [])
    for _ in range(rounds):
        for i, program in enumerate((kontext, diffusers)):
            took, seconds = program(folder, image, 512, 3, dtype, work / f"{program.__name__}.png")
            steps[i].extend(seconds[1:])  # the first touches the weights
            peaks[i].append(took.peak_mib)
    compare(f"real width {dtype}, a step", *steps, "s")
    compare(f"real width {dtype}, peak memory", *peaks, "MiB")


def adapter(folder: Path, rank: int = 16) -> Path:
    """A LoRA on all linear layers of the blocks, as PEFT would write it."""
    import torch
    from safetensors import safe_open
    from safetensors.torch import save_file

    file = folder.with_name(folder.name + "-lora.safetensors")
    if not file.exists():
        tensors = {}
        with safe_open(folder / "transformer/diffusion_pytorch_model.safetensors", "pt") as weights:
            for name in weights.keys():  # noqa: SIM118
                shape = weights.get_slice(name).get_shape()
                if "transformer_blocks" in name and len(shape) == 2:
                    layer = "transformer." + name.removesuffix(".weight")
                    tensors[layer + ".lora_A.weight"] = torch.randn(rank, shape[1], dtype=torch.bfloat16) / 100
                    tensors[layer + ".lora_B.weight"] = torch.randn(shape[0], rank, dtype=torch.bfloat16) / 100
        save_file(tensors, file)
    return file


def lora(work: Path, rounds: int) -> None:
    folder, image = model(work, "wide-bf16", *WIDE, "--dtype", "bfloat16"), picture(work, 64)
    file = adapter(folder)
    for dtype in ("f32", "bf16"):
        results = [
            [kontext(folder, image, 64, 1, dtype, work / "kontext.png", *more)[0] for more in (["--lora", str(file)], [])]
            for _ in range(rounds)
        ]
        for title, values, unit in (
            ("processor time", [[r.cpu_seconds for r in pair] for pair in results], "s"),
            ("peak memory", [[r.peak_mib for r in pair] for pair in results], "MiB"),
        ):
            compare(f"rank 16, {dtype}: with, without: {title}", *map(list, zip(*values, strict=True)), unit)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", type=Path, default=Path("out/side-by-side"))
    parser.add_argument("--only", default="startup,toybox,tiny,bf16,f32")
    args = parser.parse_args()
    os.environ["CUDA_VISIBLE_DEVICES"] = "-1"  # both on the CPU
    args.work.mkdir(parents=True, exist_ok=True)
    print(f"{'median of ' + str(args.rounds) + ' rounds':38} {'kontext4j':>9} {'diffusers':>9}      {'ratio':>6}")
    for part in args.only.split(","):
        if part == "startup":
            startup(args.rounds)
        elif part == "toybox":
            toybox(args.work, args.rounds)
        elif part == "lora":
            lora(args.work, args.rounds)
        elif part == "tiny":
            tiny(args.work, args.rounds)
        else:
            wide(args.work, args.rounds, part)


if __name__ == "__main__":
    main()
