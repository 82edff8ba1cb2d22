"""packed.safetensors: layers as ComfyUI packs them; packed_values.safetensors: what comfy-kitchen makes of them, in f32."""

import json
from pathlib import Path

import torch
from comfy_kitchen.tensor import TensorCoreFP8Layout, TensorCoreNVFP4Layout, TensorWiseINT8Layout

from golden_files import save_tensors


def _json(value: dict) -> torch.Tensor:
    return torch.tensor(list(json.dumps(value).encode()), dtype=torch.uint8)


def _weight(rows: int, columns: int, seed: int) -> torch.Tensor:
    w = torch.randn(rows, columns, generator=torch.Generator().manual_seed(seed)) * 0.02
    w[0, :4] = torch.tensor([0.0, -0.0, 1.5, -2.0])  # outliers, so that many numbers become small ones
    return w


def write(out: Path) -> None:
    stored, values = {"scaled_fp8": torch.empty(0, dtype=torch.float8_e4m3fn)}, {}
    for layer, dtype, keys in (
        ("old", torch.float8_e4m3fn, ("scale_weight", "scale_input")),
        ("new", torch.float8_e4m3fn, ("weight_scale", "input_scale")),
        ("wide", torch.float8_e5m2, ("weight_scale", "input_scale")),
    ):
        q, params = TensorCoreFP8Layout.quantize(_weight(24, 40, len(stored)), dtype=dtype)
        stored |= {f"{layer}.weight": q, f"{layer}.{keys[0]}": params.scale.reshape(()), f"{layer}.{keys[1]}": torch.ones(())}
        values[f"{layer}.weight"] = TensorCoreFP8Layout.dequantize(q, params)
    stored["new.comfy_quant"] = _json({"format": "float8_e4m3fn"})
    stored["wide.comfy_quant"] = _json({"format": "float8_e5m2"})
    stored["old.bias"] = torch.randn(24, generator=torch.Generator().manual_seed(5)).to(torch.float8_e4m3fn)
    values["old.bias"] = stored["old.bias"].float()
    stored["plain.weight"] = _weight(8, 12, 6).to(torch.float8_e5m2)
    values["plain.weight"] = stored["plain.weight"].float()

    for layer, rows, columns in (("four", 48, 160), ("four_tiles", 144, 32)):
        q, params = TensorCoreNVFP4Layout.quantize(_weight(rows, columns, rows))
        stored |= {
            f"{layer}.weight": q, f"{layer}.weight_scale": params.block_scale,
            f"{layer}.weight_scale_2": params.scale.reshape(()), f"{layer}.comfy_quant": _json({"format": "nvfp4"}),
        }  # fmt: skip
        values[f"{layer}.weight"] = TensorCoreNVFP4Layout.dequantize(q, params)

    for layer, by_row in (("int8", False), ("int8_rows", True)):
        q, params = TensorWiseINT8Layout.quantize(_weight(24, 40, 9), per_channel=by_row)
        stored |= {
            f"{layer}.weight": q, f"{layer}.weight_scale": params.scale,
            f"{layer}.comfy_quant": _json({"format": "int8_tensorwise"}),
        }  # fmt: skip
        values[f"{layer}.weight"] = TensorWiseINT8Layout.dequantize(q, params)
    save_tensors(out / "packed.safetensors", stored)
    save_tensors(out / "packed_values.safetensors", values)
