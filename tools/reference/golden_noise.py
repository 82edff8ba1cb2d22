"""noise.safetensors: what torch's CPU generator draws; noise.json says how each tensor was drawn."""

from pathlib import Path

import torch
from diffusers.utils.torch_utils import randn_tensor

from golden_files import save_json, save_tensors

SEEDS = (0, 42, 2**31, 2**32 + 5, -1, 2**63 - 1)
DTYPES = {"f32": torch.float32, "bf16": torch.bfloat16, "f16": torch.float16}
# Fewer than 16 values, just 16, more that are a multiple of 16, more that are not: each is drawn in its own way.
SHAPES = ((1,), (7,), (15,), (16,), (17,), (32,), (3, 5, 7), (2, 3, 5, 6))
LATENT = ((1, 16, 8, 12), (1, 16, 3, 5), (1, 4, 5, 7), (2, 16, 4, 6))
ROW = [[5], [3], [16], [7], [20], [2], [33]]  # one generator, draw after draw: short draws leave half a pair behind


def write(out: Path) -> None:
    tensors, cases = {}, []

    def add(name: str, seeds: list[int], how: str, dtype: str, parts: list[torch.Tensor]) -> None:
        names = [name] if how != "row" else [f"{name}.{i}" for i in range(len(parts))]
        tensors.update(zip(names, parts, strict=True))
        cases.append(
            {"tensors": names, "seeds": seeds, "how": how, "dtype": dtype, "shapes": [list(p.shape) for p in parts]}
        )

    for dtype_name, dtype in DTYPES.items():
        for seed in SEEDS:
            for shape in SHAPES + (LATENT if seed == 42 else ()):
                drawn = torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=dtype)
                label = "x".join(map(str, shape))
                add(f"{dtype_name}.seed{seed}.{label}", [seed], "one", dtype_name, [drawn])
        seeds, shape = [7, 2**40 + 11], (2, 16, 4, 6)
        drawn = randn_tensor(shape, [torch.Generator().manual_seed(s) for s in seeds], torch.device("cpu"), dtype)
        add(f"{dtype_name}.list.2x16x4x6", seeds, "list", dtype_name, [drawn])
        generator = torch.Generator().manual_seed(9)
        drawn = [torch.randn(s, generator=generator, dtype=dtype) for s in ROW]
        add(f"{dtype_name}.row", [9], "row", dtype_name, drawn)
    save_tensors(out / "noise.safetensors", tensors)
    save_json(out / "noise.json", cases, indent=None)
