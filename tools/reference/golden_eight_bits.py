"""eight_bits.safetensors: a layer; eight_bits_values.safetensors: its products in numbers of 8 bits, by torch.

Every row is stretched as torchao's dynamic quantisation does it (round(x * (1 / scale))), with the largest number of the
row at 127 or 448. Whole numbers are multiplied by torch._int_mm; floating-point ones by torch._scaled_mm, whose CPU kernel
knows no scales of rows: they are applied to what it gives.
"""

from pathlib import Path

import torch

from golden_files import save_tensors

IN, OUT = 48, 80  # multiples of 16, as fp8 wants them
ROWS = {"few": 3, "many": 40}  # cuBLAS takes no fewer than 17 rows of whole numbers


def _rows(x: torch.Tensor, dtype: torch.dtype) -> tuple[torch.Tensor, torch.Tensor]:
    scale = x.abs().amax(1, keepdim=True).float() / (127 if dtype == torch.int8 else 448)
    stretched = x.float() * torch.where(scale > 0, 1 / scale, 0)
    return (stretched.round() if dtype == torch.int8 else stretched).to(dtype), scale


def _product(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    (a, scale_a), (b, scale_b) = _rows(x, dtype), _rows(weight, dtype)
    if dtype == torch.int8:
        sums = torch._int_mm(a, b.t())
    else:
        one = torch.ones(())
        sums = torch._scaled_mm(a, b.t(), one, one, out_dtype=torch.float32)
    return (sums * scale_a * scale_b.t() + bias).to(x.dtype)


def write(out: Path) -> None:
    generator = torch.Generator().manual_seed(83)
    weight = 0.2 * torch.randn(OUT, IN, generator=generator)
    weight[3] = 0
    weight[5, 7] = 40  # one number that takes the precision of all others of its row
    bias = torch.randn(OUT, generator=generator)
    save_tensors(out / "eight_bits.safetensors", {"layer.weight": weight, "layer.bias": bias})
    values = {}
    for kind, dtype in (("int8", torch.int8), ("fp8", torch.float8_e4m3fn)):
        numbers, scales = _rows(weight, dtype)
        values |= {f"{kind}.numbers": numbers.float(), f"{kind}.scales": scales}
    for name, rows in ROWS.items():
        x = torch.randn(rows, IN, generator=generator)
        x[1] = 0
        x[2, 11] = -90
        values[f"{name}.x"] = x
        values[f"{name}.exact"] = torch.nn.functional.linear(x, weight, bias)
        for kind, dtype in (("int8", torch.int8), ("fp8", torch.float8_e4m3fn)):
            values[f"{name}.{kind}"] = _product(x, weight, bias, dtype)
            values[f"{name}.{kind}.bf16"] = _product(x.bfloat16(), weight, bias.bfloat16(), dtype)
    save_tensors(out / "eight_bits_values.safetensors", values)
