"""Makes every golden edit in 8 bits on this machine's card and on its CPU: both must be as near to the exact edit.

precisions.py --device cuda --libtorch DIR --out OUT [--precisions int8,fp8]

They need not be equal: on a card the kernel itself applies the scales of fp8. A kernel that computes nonsense (as in
some libtorch on some cards) shows as a picture that is much further from the exact one than the CPU's.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import goldens
from program import ENVIRONMENT, HERE, kontext

FURTHER = 3.0  # dB that a card's picture may be further from the exact one than the CPU's
SECONDS_AN_EDIT = 120


def edit(case: Path, device: str, precision: str, options: argparse.Namespace) -> list[Path]:
    golden = json.loads((case / "args.json").read_text())
    folder = options.out / f"{case.name}-{precision}-{device.replace(':', '')}"
    folder.mkdir(parents=True, exist_ok=True)
    command = kontext(
        "edit", *golden["arguments"], "--model", str(HERE / "goldens" / golden["model"]), "--device", device,
        "--dtype", "f32" if device == "cpu" else options.dtype, "--precision", precision, "--libtorch", options.libtorch,
        "--json", "--force", "-o", str(folder / "picture.png"), log=folder,
    )  # fmt: skip
    with open(folder / "log.txt", "w") as log:
        done = subprocess.run(command, cwd=case, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=log, text=True, timeout=SECONDS_AN_EDIT)  # fmt: skip
    if done.returncode:
        raise RuntimeError((folder / "log.txt").read_text().strip().splitlines()[-1])
    return [Path(picture["file"]) for picture in json.loads(done.stdout)["pictures"]]


def compared(case: Path, precision: str, options: argparse.Namespace) -> tuple[str, bool]:
    names = json.loads((case / "args.json").read_text())["outputs"]
    there, here = (edit(case, device, precision, options) for device in (options.device, "cpu"))
    exact = [case / name for name in names]
    card, cpu = (min(map(goldens.psnr, pictures, exact)) for pictures in (there, here))
    both = min(map(goldens.psnr, there, here))
    good = card >= cpu - FURTHER
    text = f"{case.name:<26}{precision:>6}{card:>10.1f}{cpu:>10.1f}{both:>10.1f}"
    return text + ("" if good else "  FAILED"), good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", required=True)
    parser.add_argument("--libtorch", required=True)
    parser.add_argument("--out", required=True, type=lambda text: Path(text).resolve())
    parser.add_argument("--dtype", default="f32", help="on the card (in bf16 it applies the scales of fp8 itself)")
    parser.add_argument("--precisions", default="int8,fp8", type=lambda text: text.split(","))
    options = parser.parse_args()
    options.libtorch = str(Path(options.libtorch).resolve())
    lines = [goldens.machine(options), f"{'dB from the exact edit':<32}{options.device:>10}{'cpu':>10}{'these two':>10}"]
    print(*lines, sep="\n", flush=True)
    failed = 0
    for case in sorted(file.parent for file in (HERE / "goldens/edits").glob("*/args.json")):
        for precision in options.precisions:
            try:
                line, good = compared(case, precision, options)
            except (RuntimeError, OSError, subprocess.TimeoutExpired) as error:
                line, good = f"{case.name:<26}{precision:>6}  FAILED  {error}", False
            failed += not good
            lines.append(line)
            print(line, flush=True)
    (options.out / "precisions.txt").write_text("\n".join(lines) + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
