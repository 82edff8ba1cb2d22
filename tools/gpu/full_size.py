"""Times a full-size model on this machine's card, kontext4j beside diffusers on the same weights in the same run.

full_size.py MODEL --libtorch DIR --out OUT [--device cuda] [--dtype bf16] [--precisions exact,int8,fp8]
             [--sizes 512,1024] [--steps 8]

MODEL is a folder that weights.py has made. What a card does not multiply (fp8
before RTX 40) is left out, with its reason. diffusers takes part if this Python has it; logs and reports stay in OUT.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from program import ENVIRONMENT, HERE, kontext

TORCH_NAMES = {"bf16": "bfloat16", "f32": "float32"}
PIXELS_A_TOKEN = 16 * 16
TEXT = 512
SECONDS_A_RUN = 480


def run(command: list[str], log: Path) -> dict | None:
    """What a command prints as its last line, or nothing if it fails."""
    begin = time.monotonic()
    with open(log, "w") as errors:
        try:
            done = subprocess.run(
                command, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True,
                timeout=SECONDS_A_RUN,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            print(f"{log.stem}: more than {SECONDS_A_RUN} s", flush=True)
            return None
    if done.returncode:
        print(f"{log.stem}: exit code {done.returncode}, {log.read_text().strip()[-300:]}", flush=True)
        return None
    report = json.loads(done.stdout.strip().splitlines()[-1]) | {"wall": time.monotonic() - begin}
    log.with_suffix(".json").write_text(json.dumps(report))
    return report


def ours(args: argparse.Namespace, side: int, precision: str) -> dict | None:
    networks = {"transformer": "transformer", "vae": "vae", "clip": "text_encoder", "t5": "text_encoder_2"}
    parts = [text for option, part in networks.items() for text in (f"--{option}", str(args.model / part))]
    command = kontext(
        "bench", *parts, "--device", args.device, "--dtype", args.dtype, "--precision", precision, "--libtorch", args.libtorch,
        "--width", str(side), "--height", str(side), "--pictures", "1", "--steps", str(args.steps), "--json", "-q",
        log=args.out,
    )  # fmt: skip
    return run(command, args.out / f"kontext4j-{side}-{precision}.log")


def theirs(args: argparse.Namespace, side: int, reference: int, *more: str) -> dict | None:
    tokens = [TEXT, side * side // PIXELS_A_TOKEN, reference]
    command = [sys.executable, str(HERE / "diffusers_steps.py"), str(args.model / "transformer"), args.device]
    command += [TORCH_NAMES[args.dtype], *map(str, tokens), str(args.steps), *more]
    return run(command, args.out / f"diffusers-{'-'.join((str(side), *more))}.log")


def gib(report: dict) -> str:
    return f"{report['peak-bytes'] / 2**30:8.1f}" if report.get("peak-bytes") else f"{'-':>8}"


def line(name: str, step: float, report: dict, base: float | None, work: float, product: float) -> str:
    ratio = f"{step / base:8.2f}" if base else f"{'-':>8}"
    return f"{name:<28}{step:9.4f}{ratio}{work / step:9.2f}{work / step / product:8.0%}{gib(report)}"


def compare(args: argparse.Namespace, side: int) -> list[str]:
    by_us = {precision: ours(args, side, precision) for precision in args.precisions}
    reports = {precision: made for precision, made in by_us.items() if made}
    if not reports:
        return []
    report = next(iter(reports.values()))
    reference = report["tokens"]["references"]
    others = {"diffusers, eager": (), "diffusers, compiled": ("compiled",)} if args.device != "cpu" else {"diffusers": ()}
    made = {name: theirs(args, side, reference, *more) for name, more in others.items()} if args.diffusers else {}
    steps = {name: statistics.median(other["steps"]) for name, other in made.items() if other}
    base = next(iter(steps.values()), None)
    work, product = report["tflop"], report["product-tflops"]  # shares of it are of the first precision's product
    lines = [f"{side}x{side}, {TEXT} + {side * side // PIXELS_A_TOKEN} + {reference} tokens, {work:.1f} TFLOP a step, "
             f"product {product:.1f} TFLOP/s", f"{'':<28}{'step s':>9}{'ratio':>8}{'TFLOP/s':>9}{'share':>8}{'GiB':>8}",
             *(line(f"kontext4j, {name}", one["seconds"]["step"], one, base, work, product)
               for name, one in reports.items())]  # fmt: skip
    lines += [line(name, step, made[name], base, work, product) for name, step in steps.items()]
    for name, one in reports.items():
        seconds = {part: round(value, 3) for part, value in one["seconds"].items()}
        lines.append(f"kontext4j, {name}, product {one['product-tflops']:.1f} TFLOP/s, seconds: {json.dumps(seconds)}")
    return [*lines, ""]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=lambda text: Path(text).resolve())
    parser.add_argument("--libtorch", required=True)
    parser.add_argument("--out", required=True, type=lambda text: Path(text).resolve())
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--dtype", default="bf16", choices=TORCH_NAMES)
    parser.add_argument("--precisions", default="exact,int8,fp8", type=lambda text: text.split(","))
    parser.add_argument("--sizes", default="512,1024", type=lambda text: [int(side) for side in text.split(",")])
    parser.add_argument("--steps", default=8, type=int)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    args.diffusers = subprocess.run([sys.executable, "-c", "import diffusers"], capture_output=True).returncode == 0
    lines = [line for side in args.sizes for line in compare(args, side)]
    print("\n".join(lines))
    (args.out / "full-size.txt").write_text("\n".join(lines) + "\n")
    return 0 if lines else 1


if __name__ == "__main__":
    sys.exit(main())
