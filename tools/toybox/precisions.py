"""What each precision costs: the embedded model's edits, judged with its weights in each packing, and computed in 8 bits.

    precisions.py WORK [--model FOLDER] [--count 300] [--steps 8] [--only-computed]

Transformer and T5 are packed by the packages that such files come from and expanded again by them, as the product
expands them bit for bit; all computes in f32, but for the row that says bf16. Biases and norms stay as they are, and so
does what stands outside the blocks, where the format's converter leaves it.
"""

import quiet  # noqa: F401, I001  (tools/reference, before diffusers)

import argparse
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import torch
from gguf import GGMLQuantizationType as Type
from safetensors.torch import load_file, save_file

import foreign_names as names
import judging
import trials
from golden_layouts import all_of, fp8_plain, fp8_scaled, nvfp4, write_gguf
from judge import Judge, Row, by_kind
from sizes import SQUARE

Tensors = dict[str, torch.Tensor]
Packing = Callable[[Tensors], Tensors]  # to what its packing leaves of it
TRANSFORMER = "transformer/diffusion_pytorch_model.safetensors"
T5 = "text_encoder_2/model.safetensors"


def gguf_packing(kind: Type, tensors: Tensors) -> Tensors:
    with tempfile.TemporaryDirectory() as scratch:
        return write_gguf(Path(scratch) / "packed.gguf", tensors, all_of(kind), "flux")


PACKINGS: dict[str, Packing] = {
    "fp8, scaled": lambda d: fp8_scaled(d, old=True)[1],
    "fp8, not scaled, biases and norms too": lambda d: fp8_plain(d)[1],
    "Q8_0": partial(gguf_packing, Type.Q8_0),
    "Q5_1": partial(gguf_packing, Type.Q5_1),
    "Q5_0": partial(gguf_packing, Type.Q5_0),
    "NVFP4": lambda d: nvfp4(d)[1],
    "Q4_1": partial(gguf_packing, Type.Q4_1),
    "Q4_0": partial(gguf_packing, Type.Q4_0),
}


def _floats(file: Path) -> Tensors:
    return {name: tensor.float() for name, tensor in load_file(file).items()}


def write_packed(model: Path, out: Path, packing: Packing) -> None:
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(model, out)
    packed = packing(names.original_transformer(_floats(model / TRANSFORMER)))
    _save(names.diffusers_transformer(packed), out / TRANSFORMER)
    _save(packing(_floats(model / T5)), out / T5)


def _save(tensors: Tensors, file: Path) -> None:
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    default = Path(__file__).parents[2] / "toybox/src/main/resources/dev/kontext4j/toybox/model"
    parser.add_argument("--model", type=Path, default=default)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--steps", default="8")
    parser.add_argument("--only-computed", action="store_true", help="leave the packings out")
    args = parser.parse_args()
    work = args.work.resolve()
    given = trials.trials(args.count, SQUARE)

    def results(model: Path, dtype: str = "float32", precision: str = "exact") -> list[np.ndarray]:
        judge = Judge(work, str(model.resolve()), dtype)
        return judge.through_the_product(given, "made", "--steps", args.steps, "--precision", precision)

    exact = results(args.model)

    def line(name: str, made: list[np.ndarray]) -> str:
        verdicts = [judging.judge(t.edit, r) for t, r in zip(given, made, strict=True)]
        every: Row = by_kind(given, verdicts)[-1]
        apart = np.median([min(judging.psnr(a, b), 99) for a, b in zip(exact, made, strict=True)])
        distance = "-" if made is exact else f"{apart:.1f} dB"
        return f"| {name} | {every.followed():.1%} | {every.strictly():.1%} | {distance} |"

    print("| precision | followed | strictly | beside f32 |\n|---|---|---|---|")
    print(line("bf16 weights, computed in f32", exact))
    print(line("bf16 weights, computed in bf16", results(args.model, "bfloat16")), flush=True)
    for precision in ("int8", "fp8"):
        print(line(f"`--precision {precision}`", results(args.model, precision=precision)), flush=True)
    for name, packing in ({} if args.only_computed else PACKINGS).items():
        write_packed(args.model, work / "packed", packing)
        print(line(name, results(work / "packed")), flush=True)


if __name__ == "__main__":
    main()
