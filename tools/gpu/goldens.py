"""Runs `kontext edit` on every golden edit and compares pictures and latents with the reference's.

python3 goldens.py --device cuda --libtorch DIR --out out
"""

import argparse
import json
import math
import platform
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from PIL import Image
from safetensors.numpy import load_file

from program import ENVIRONMENT, HERE, kontext

LEAST_PSNR = 60.0
LARGEST_DIFFERENCE = 1e-3
SECONDS_A_CASE = 300


def command(case: Path, golden: dict, folder: Path, options: argparse.Namespace) -> list[str]:
    where = ["--device", options.device, "--dtype", "f32", "--libtorch", options.libtorch, "--json", "--force"]
    files = ["-o", str(folder / "picture.png"), "--save-latents", str(folder / "latents.safetensors")]
    model = ["--model", str(HERE / "goldens" / golden["model"])]
    return kontext("edit", *golden["arguments"], *model, *where, *files, log=folder)


def psnr(ours: Path, reference: Path) -> float:
    a, b = (np.asarray(Image.open(file).convert("RGB"), dtype=np.float64) for file in (ours, reference))
    if a.shape != b.shape:
        raise ValueError(f"{ours.name} is {a.shape}, the reference is {b.shape}")
    error = np.mean((a - b) ** 2)
    return math.inf if error == 0 else 10 * math.log10(255**2 / error)


def latent_difference(ours: Path, reference: Path) -> float:
    a, b = (load_file(file)["latents"].astype(np.float64) for file in (ours, reference))
    if a.shape != b.shape:
        raise ValueError(f"latents are {a.shape}, the reference's are {b.shape}")
    return float(np.abs(a - b).max())


def run(case: Path, options: argparse.Namespace) -> dict:
    golden = json.loads((case / "args.json").read_text())
    folder = options.out / case.name
    folder.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    with open(folder / "log.txt", "w") as log:
        done = subprocess.run(
            command(case, golden, folder, options),
            cwd=case, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log,
            text=True, timeout=SECONDS_A_CASE,
        )
    result = {"wall": time.monotonic() - start}
    if done.returncode != 0:
        lines = (folder / "log.txt").read_text().strip().splitlines()
        raise RuntimeError(f"exit code {done.returncode}: {lines[-1] if lines else 'no message'}")
    report = json.loads(done.stdout)
    (folder / "report.json").write_text(done.stdout)
    pictures = [Path(picture["file"]) for picture in report["pictures"]]
    if len(pictures) != len(golden["outputs"]):
        raise ValueError(f"{len(pictures)} pictures, the reference made {len(golden['outputs'])}")
    result["psnr"] = min(psnr(ours, case / name) for ours, name in zip(pictures, golden["outputs"]))
    result["latents"] = latent_difference(folder / "latents.safetensors", case / "latents.safetensors")
    result["seconds"] = report["seconds"]
    return result


def row(name: str, result: dict) -> str:
    seconds = result["seconds"]
    steps = seconds["steps"]
    stages = [result["wall"], seconds["total"], seconds["text"], seconds["references"], sum(steps), seconds["decoding"]]
    psnr_text = "equal" if math.isinf(result["psnr"]) else f"{result['psnr']:.1f}"
    return f"{name:<26}{psnr_text:>8}{result['latents']:>10.1e}{len(steps):>7}" + "".join(f"{s:>8.2f}" for s in stages)


def machine(options: argparse.Namespace) -> str:
    commit = (HERE / "commit").read_text().strip()[:12]
    try:
        query = ["nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"]
        gpu = subprocess.run(query, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        gpu = "no NVIDIA GPU"
    version = Path(options.libtorch).parent / "version.py"
    torch = next((line.split("'")[1] for line in version.read_text().splitlines() if line.startswith("__version__")), "?") \
        if version.exists() else options.libtorch
    return f"commit {commit} | {platform.machine()} | {gpu} | PyTorch {torch} | --device {options.device} --dtype f32"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--device", required=True)
    parser.add_argument("--libtorch", required=True)
    parser.add_argument("--out", required=True, type=lambda text: Path(text).resolve())
    options = parser.parse_args()
    options.libtorch = str(Path(options.libtorch).resolve())
    options.out.mkdir(parents=True, exist_ok=True)

    lines = [machine(options), f"{'edit':<26}{'PSNR':>8}{'latents':>10}{'steps':>7}" + "".join(
        f"{name:>8}" for name in ("wall s", "total", "text", "refs", "steps", "decode"))]
    print(*lines, sep="\n", flush=True)
    cases = sorted(file.parent for file in (HERE / "goldens/edits").glob("*/args.json"))
    failed = 0
    for case in cases:
        try:
            result = run(case, options)
            passed = result["psnr"] >= LEAST_PSNR and result["latents"] <= LARGEST_DIFFERENCE
            line = row(case.name, result) + ("" if passed else "  FAILED")
        except (RuntimeError, ValueError, KeyError, OSError, subprocess.TimeoutExpired) as error:
            passed = False
            line = f"{case.name:<26}  FAILED  {error}"
        failed += not passed
        lines.append(line)
        print(line, flush=True)
    lines.append(f"{len(cases)} edits, {failed} failed (PSNR >= {LEAST_PSNR:g} dB, latents <= {LARGEST_DIFFERENCE:g})")
    print(lines[-1])
    (options.out / "table.txt").write_text("\n".join(lines) + "\n")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
