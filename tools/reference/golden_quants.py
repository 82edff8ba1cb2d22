"""quants.gguf: a tensor of every type, by the gguf package; quants.safetensors: what its decoder makes of them, in f32."""

from pathlib import Path

import gguf
import numpy as np
import torch
from gguf import GGMLQuantizationType as Type

from golden_files import save_tensors

PLAIN = (Type.F32, Type.F16, Type.BF16)
PACKED = (
    Type.Q4_0, Type.Q4_1, Type.Q5_0, Type.Q5_1, Type.Q8_0, Type.Q2_K, Type.Q3_K, Type.Q4_K, Type.Q5_K, Type.Q6_K,
    Type.IQ4_NL, Type.IQ4_XS,
)  # fmt: skip
ROWS = 5
BLOCKS_IN_A_ROW = 3
SCALES = {  # where the half-precision numbers of a block stand
    Type.Q4_0: (0,), Type.Q4_1: (0, 2), Type.Q5_0: (0,), Type.Q5_1: (0, 2), Type.Q8_0: (0,), Type.Q2_K: (80, 82),
    Type.Q3_K: (108,), Type.Q4_K: (0, 2), Type.Q5_K: (0, 2), Type.Q6_K: (208,), Type.IQ4_NL: (0,), Type.IQ4_XS: (0,),
}  # fmt: skip
EXTREMES = (0.0, -0.0, 65504.0, -65504.0, 2.0**-24, -(2.0**-15), 6.1e-5, np.inf, -np.inf, np.nan)


def _blocks(kind: Type, rng: np.random.Generator) -> np.ndarray:
    """Random bytes in every place; scales from tiny to as large as they can be, some of them no numbers."""
    _, size = gguf.GGML_QUANT_SIZES[kind]
    blocks = rng.integers(0, 256, (ROWS * BLOCKS_IN_A_ROW, size), dtype=np.uint8)
    for at in SCALES[kind]:
        scales = rng.standard_normal(len(blocks)).astype(np.float16)
        scales[: len(EXTREMES)] = rng.permutation(np.array(EXTREMES, np.float16))
        blocks[:, at : at + 2] = scales.view(np.uint8).reshape(-1, 2)
    return blocks.reshape(ROWS, -1)


def write(out: Path) -> None:
    rng = np.random.default_rng(71)
    writer = gguf.GGUFWriter(out / "quants.gguf", "flux")
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    writer.add_name("every type once, \u00fc")
    writer.add_array("tokenizer.ggml.tokens", ["<pad>", "", "\u2581the"])
    writer.add_array("some.numbers", [1.5, -2.25])
    writer.add_int32("some.negative", -7)
    writer.add_bool("some.flag", True)
    values = {}
    with np.errstate(all="ignore"):
        for kind in PACKED:
            blocks = _blocks(kind, rng)
            writer.add_tensor(f"{kind.name}.weight", blocks, raw_dtype=kind)
            values[f"{kind.name}.weight"] = gguf.dequantize(blocks, kind)
    for kind in PLAIN:
        exact = rng.standard_normal((3, 7)).astype(np.float32)
        stored = gguf.quantize(exact, kind)
        writer.add_tensor(f"{kind.name}.weight", stored, raw_dtype=kind)
        values[f"{kind.name}.weight"] = gguf.dequantize(stored, kind).reshape(3, 7)
    # A convolution whose rows are no multiple of a block is stored in another shape, and says which it had.
    folded = _blocks(Type.Q4_K, rng)
    writer.add_array("comfy.gguf.orig_shape.folded.weight", [ROWS * 4, 4, 16 * BLOCKS_IN_A_ROW])
    writer.add_tensor("folded.weight", folded, raw_dtype=Type.Q4_K)
    with np.errstate(all="ignore"):
        values["folded.weight"] = gguf.dequantize(folded, Type.Q4_K).reshape(ROWS * 4, 4, 16 * BLOCKS_IN_A_ROW)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    save_tensors(out / "quants.safetensors", {name: torch.from_numpy(np.ascontiguousarray(v)) for name, v in values.items()})
