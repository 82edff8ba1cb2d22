"""The files of STAGES in float32, bf16.safetensors, and the transformer that embeds no guidance."""

from pathlib import Path

import torch

from golden_files import save_tensors
from golden_stages import STAGES, transformer, transformer_inputs
from reference import load


@torch.no_grad()
def write(out: Path, model: Path, unguided_model: Path) -> None:
    pipe, half = load(model), load(model, "bf16")
    in_bf16 = {}
    for name, (draw, run) in STAGES.items():
        inputs = draw(pipe)
        save_tensors(out / f"{name}.safetensors", inputs | run(pipe, inputs))
        outputs = run(half, inputs)
        in_bf16 |= {f"{name}.{key}": t for key, t in outputs.items() if not key.startswith("rope")}
    save_tensors(out / "bf16.safetensors", in_bf16)

    unguided = load(unguided_model)
    inputs = transformer_inputs(unguided)
    save_tensors(out / "transformer_unguided.safetensors", inputs | transformer(unguided, inputs))
