"""What 8 bits do to the velocity, step by step, and which layers are to blame: diffusers' network of the embedded model.

    eight_bits.py [--model FOLDER] [--edits 6] [--steps 8]

Independent of the product: linear layers of the blocks are replaced by such that round rows of weights and of what goes in
to 8 bits, as the product does, and every step is made from where the exact network has come to. Errors are norms of the
difference relative to that of the exact velocity, over the noise's tokens; the mean over edits and steps, then step by step.
"""

import quiet  # noqa: F401, I001  (tools/reference, before diffusers)

import argparse
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import torch
from diffusers import FluxKontextPipeline
from PIL import Image

import trials
from diffusers_results import GUIDANCE
from scene import picture
from sizes import SQUARE

Rounding = Callable[[torch.Tensor], tuple[torch.Tensor, torch.Tensor]]  # rows to numbers and their scales
LEAST = 1e-38


def _int8(rows: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    scale = rows.abs().amax(-1, keepdim=True) / 127
    return (rows / scale.clamp_min(LEAST)).round(), scale


def _fp8(rows: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    scale = rows.abs().amax(-1, keepdim=True) / 448
    return (rows / scale.clamp_min(LEAST)).to(torch.float8_e4m3fn).float(), scale


class Network:
    """The transformer, any of whose layers can be rounded, and the steps that it was asked for."""

    def __init__(self, model: Path, edits: int, steps: int):
        pipeline = FluxKontextPipeline.from_pretrained(model, torch_dtype=torch.float32)
        pipeline.set_progress_bar_config(disable=True)
        self.transformer, self.steps = pipeline.transformer, steps
        self.rounded, self.rounding = set[str](), _int8
        linear = {n: m for n, m in self.transformer.named_modules() if isinstance(m, torch.nn.Linear)}
        for name, layer in linear.items():
            layer.forward = self._forward(name, layer)
        self.layers = [n for n in linear if re.match(r"(single_)?transformer_blocks\.", n) and "norm" not in n]
        self.calls = []
        self._record(pipeline, edits)

    def _forward(self, name: str, layer: torch.nn.Linear) -> Callable[[torch.Tensor], torch.Tensor]:
        def forward(x: torch.Tensor) -> torch.Tensor:
            if name not in self.rounded:
                return torch.nn.functional.linear(x, layer.weight, layer.bias)
            (a, scale), (b, of_weight) = self.rounding(x), self.rounding(layer.weight)
            return (a @ b.t()) * scale * of_weight.t() + layer.bias

        return forward

    def _record(self, pipeline: FluxKontextPipeline, edits: int) -> None:
        forward = self.transformer.forward

        def recording(*args, **kwargs):
            self.calls.append((args, kwargs))
            return forward(*args, **kwargs)

        self.transformer.forward = recording
        given = [trial for trial in trials.trials(2 * edits, SQUARE) if len(trial.pictures) == 1]
        for trial in given[:edits]:
            scene = trial.pictures[0]
            pipeline(
                Image.fromarray(picture(scene)), prompt=trial.prompt, width=scene.width, height=scene.height,
                max_area=scene.width * scene.height, _auto_resize=False, guidance_scale=GUIDANCE,
                num_inference_steps=self.steps, max_sequence_length=pipeline.tokenizer_2.model_max_length,
                generator=torch.Generator().manual_seed(trial.seed),
            )  # fmt: skip
        self.transformer.forward = forward

    @torch.no_grad()
    def velocities(self, rounded: Iterable[str] = ()) -> list[torch.Tensor]:
        self.rounded = set(rounded)
        return [
            self.transformer(*args, **kwargs)[0][:, : kwargs["hidden_states"].shape[1] // 2].double()
            for args, kwargs in self.calls
        ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(__file__).parents[2] / "toybox/src/main/resources/dev/kontext4j/toybox/model"
    parser.add_argument("--model", type=Path, default=default)
    parser.add_argument("--edits", type=int, default=6)
    parser.add_argument("--steps", type=int, default=8)
    args = parser.parse_args()
    network = Network(args.model, args.edits, args.steps)
    exact = network.velocities()
    last = f"single_transformer_blocks.{len(network.transformer.single_transformer_blocks) - 1}."
    exceptions = {
        "all of the blocks'": lambda _: False,
        "but the last block's (the product's choice)": lambda name: name.startswith(last),
        "but the first block's": lambda name: name.startswith("transformer_blocks.0."),
        "but the single blocks' second layers": lambda name: "proj_out" in name,
        "but the double blocks' MLPs' second layers": lambda name: "net.2" in name,
        "but q, k, v and the single blocks' MLP": lambda name: re.search(r"to_[qkv]$|add_[qkv]_proj|proj_mlp", name),
    }
    for kind, network.rounding in (("int8", _int8), ("fp8", _fp8)):
        for words, excepted in exceptions.items():
            found = network.velocities(name for name in network.layers if not excepted(name))
            errors = np.array([((a - b).norm() / b.norm()).item() for a, b in zip(found, exact, strict=True)])
            by_step = " ".join(f"{error:.4f}" for error in errors.reshape(-1, args.steps).mean(0))
            print(f"{kind:<5}{words:<46}{errors.mean():.4f} | {by_step}", flush=True)


if __name__ == "__main__":
    main()
