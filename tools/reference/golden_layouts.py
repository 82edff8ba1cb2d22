"""layouts/: one tiny model in the layouts that people have, written by the packages that write them; for each the edit
that diffusers makes of the same weights, expanded by the same packages."""

import hashlib
import json
import tempfile
from dataclasses import replace
from pathlib import Path

import gguf
import numpy as np
import torch
from comfy_kitchen.tensor import TensorCoreFP8Layout, TensorCoreNVFP4Layout
from gguf import GGMLQuantizationType as Type
from safetensors.torch import load_file, save_file

import foreign_names as names
from golden_files import save_json
from golden_quants import SCALES
from reference import Edit, add_adapters, load, run
from scenes import scene
from tiny_config import TinyConfig
from tiny_model import write_model

# Published proportions where no file can tell them: heads of 32 in place of 128, groups of 32, CLIP's heads of 64.
NARROW = TinyConfig(
    heads=1, head_dim=32, axes=(4, 14, 14), double_layers=1, single_layers=2,
    clip_dim=64, clip_heads=1, clip_layers=1, clip_mlp=64,
    t5_dim=64, t5_heads=2, t5_kv=16, t5_mlp=64, t5_layers=2,
    vae_channels=(32, 32), vae_layers=1, vae_groups=32,
)  # fmt: skip
WIDE = NARROW.with_(heads=2, double_layers=2, single_layers=1)  # rows of 256, for the packings that need them
SEED = 90
EDIT = Edit("make the sky purple", (42,), 3, 2.5, 32, 24, ("small.png",))
LORA = "lora.safetensors"
LORA_LAYERS = (
    "x_embedder", "norm_out.linear", "proj_out", "transformer_blocks.0.norm1.linear", "transformer_blocks.0.attn.to_q",
    "transformer_blocks.0.attn.to_v", "transformer_blocks.0.ff.net.2", "single_transformer_blocks.0.attn.to_k",
    "single_transformer_blocks.0.proj_mlp", "single_transformer_blocks.0.proj_out", "single_transformer_blocks.1.proj_out",
)  # fmt: skip
PACKED_K = [Type.Q2_K, Type.Q3_K, Type.Q4_K, Type.Q5_K, Type.Q6_K, Type.IQ4_XS]
PACKED = [Type.BF16, Type.Q4_0, Type.Q4_1, Type.Q5_0, Type.Q5_1, Type.IQ4_NL, Type.Q8_0, Type.F16]
LARGE = (Type.BF16, Type.F16)

Tensors = dict[str, torch.Tensor]


def _is_matrix(name: str, value: torch.Tensor) -> bool:
    return value.dim() == 2 and "blocks." in name


def _json(value: dict) -> torch.Tensor:
    return torch.tensor(list(json.dumps(value).encode()), dtype=torch.uint8)


def fp8_scaled(d: Tensors, old: bool, only=_is_matrix) -> tuple[Tensors, Tensors]:
    """ComfyUI's scaled fp8, with the older or the newer names; what is not packed is bfloat16."""
    scale_name, input_name = ("scale_weight", "scale_input") if old else ("weight_scale", "input_scale")
    stored = {"scaled_fp8": torch.empty(0, dtype=torch.float8_e4m3fn)} if old else {}
    values = {}
    for name, value in d.items():
        if only(name, value):
            layer = name.removesuffix(".weight")
            q, params = TensorCoreFP8Layout.quantize(value)
            stored |= {name: q, f"{layer}.{scale_name}": params.scale.reshape(()), f"{layer}.{input_name}": torch.ones(())}
            if not old:
                stored[f"{layer}.comfy_quant"] = _json({"format": "float8_e4m3fn"})
            values[name] = TensorCoreFP8Layout.dequantize(q, params)
        else:
            stored[name] = value.bfloat16()
            values[name] = stored[name].float()
    return stored, values


def fp8_plain(d: Tensors) -> tuple[Tensors, Tensors]:
    """Everything cast, biases and the scales of norms too."""
    stored = {name: value.to(torch.float8_e4m3fn) for name, value in d.items()}
    return stored, {name: value.float() for name, value in stored.items()}


def nvfp4(d: Tensors) -> tuple[Tensors, Tensors]:
    stored, values = {}, {}
    for name, value in d.items():
        if _is_matrix(name, value):
            layer = name.removesuffix(".weight")
            q, params = TensorCoreNVFP4Layout.quantize(value)
            stored |= {
                name: q, f"{layer}.weight_scale": params.block_scale,
                f"{layer}.weight_scale_2": params.scale.reshape(()), f"{layer}.comfy_quant": _json({"format": "nvfp4"}),
            }  # fmt: skip
            values[name] = TensorCoreNVFP4Layout.dequantize(q, params)
        else:
            stored[name] = value.bfloat16()
            values[name] = stored[name].float()
    return stored, values


def _random_blocks(kind: Type, value: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Blocks of a packing that the package cannot make: random, with the spread of what they stand for."""
    elements, size = gguf.GGML_QUANT_SIZES[kind]
    blocks = rng.integers(0, 256, (value.size // elements, size), dtype=np.uint8)

    def put(*scales: float) -> np.ndarray:
        for at, scale in zip(SCALES[kind], scales, strict=True):
            blocks[:, at : at + 2] = np.array([scale], np.float16).view(np.uint8)
        return gguf.dequantize(blocks, kind)

    if len(SCALES[kind]) == 1:
        put(value.std() / put(1.0).std())
    else:
        level = put(1.0, 0.0).mean() / -put(0.0, 1.0).mean()  # so that the mean is 0
        factor = value.std() / put(1.0, level).std()
        put(factor, factor * level)
    return blocks.reshape(*value.shape[:-1], -1)


def write_gguf(file: Path, d: Tensors, kinds, architecture: str | None, prefix: str = "") -> Tensors:
    """Packs the tensors as `kinds` says; returns what the package makes of them."""
    rng = np.random.default_rng(5)
    writer = gguf.GGUFWriter(file, architecture or "")
    if not architecture:
        writer.kv_data[0].clear()  # as stable-diffusion.cpp leaves it out
    else:
        writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    values = {}
    for name, tensor in d.items():
        value = tensor.float().numpy()
        kind = kinds(name, value)
        try:
            stored = gguf.quantize(value, kind)
        except NotImplementedError:
            stored = _random_blocks(kind, value, rng)
        writer.add_tensor(prefix + name, stored, raw_dtype=kind)
        values[name] = torch.from_numpy(np.ascontiguousarray(gguf.dequantize(stored, kind))).reshape(tensor.shape)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return values


def mixed():
    """Every packing in turn, each where it fits; norms and biases in f32, as city96's converter leaves them."""
    used = {True: 0, False: 0}

    def kind(_name: str, value: np.ndarray) -> Type:
        if value.ndim == 1:
            return Type.F32
        long = value.shape[-1] % 256 == 0
        kinds = PACKED_K if long else PACKED
        if not long and used[long] >= len(kinds):  # once each is enough of the large ones
            kinds = [k for k in kinds if k not in LARGE]
        used[long] += 1
        return kinds[used[long] % len(kinds)]

    return kind


def all_of(packing: Type):
    return lambda _name, value: Type.F32 if value.ndim == 1 or value.shape[-1] % 32 else packing


def _q8(d: Tensors) -> dict[str, np.ndarray]:
    kind = all_of(Type.Q8_0)
    return {name: gguf.quantize(value.numpy(), kind(name, value.numpy())) for name, value in d.items()}


def _hashes(values: dict) -> dict[str, str]:
    def content(value) -> bytes:
        return value.contiguous().reshape(-1).view(torch.uint8).numpy().tobytes() if torch.is_tensor(value) else value.tobytes()

    return {name: hashlib.sha256(content(value)).hexdigest() for name, value in values.items()}


def _write_adapter(file: Path, transformer: torch.nn.Module) -> None:
    generator = torch.Generator().manual_seed(18)
    tensors = {}
    for layer in LORA_LAYERS:
        rows, columns = transformer.get_submodule(layer).weight.shape
        tensors[f"transformer.{layer}.lora_A.weight"] = torch.randn(2, columns, generator=generator) * 0.3
        tensors[f"transformer.{layer}.lora_B.weight"] = torch.randn(rows, 2, generator=generator) * 0.3
    save_file(tensors, file)


class Writer:
    def __init__(self, out: Path):
        self.out = out
        self.cases = {}

    def edit(self, name: str, pipe, parts: dict[str, str], note: str, edit: Edit = EDIT) -> None:
        picture = run(pipe, edit, self.out).pictures[0]
        picture.save(self.out / f"{name}.png", optimize=True)
        self.cases[name] = {"parts": parts, "note": note}
        if edit.lora:
            self.cases[name]["lora"] = edit.lora[0]

    def edit_with_adapter(self, name: str, pipe, parts: dict[str, str], note: str) -> None:
        """PEFT keeps the adapter beside the expanded weights."""
        edit = replace(EDIT, lora=(f"{LORA}:0.8",))
        add_adapters(pipe, edit, self.out)
        self.edit(name, pipe, parts, note, edit)
        pipe.unload_lora_weights()

    def edit_packed_again(self, name: str, pipe, parts: dict[str, str], note: str, packed) -> None:
        """PEFT merges the adapter; of the weights that it has changed, the package packs those that were packed."""
        edit = replace(EDIT, lora=(f"{LORA}:0.8",))
        before = names.original_transformer(pipe.transformer.state_dict())
        add_adapters(pipe, edit, self.out)
        pipe.fuse_lora()
        pipe.unload_lora_weights()
        merged = names.original_transformer(pipe.transformer.state_dict())
        changed = [k for k, v in merged.items() if packed(k, v) and not torch.equal(v, before[k])]
        assert changed
        for key in changed:
            blocks = gguf.quantize(merged[key].numpy(), Type.Q8_0)
            merged[key] = torch.from_numpy(gguf.dequantize(blocks, Type.Q8_0))
        pipe.transformer.load_state_dict(names.diffusers_transformer(merged))
        self.edit(name, pipe, parts, note, edit)
        self.cases[name]["packed"] = True


def write(out: Path) -> None:
    folder = out / "layouts"
    folder.mkdir(parents=True, exist_ok=True)
    scene(40, 30, 204).save(folder / "small.png", optimize=True)
    write_all(out, folder)
    for file in folder.iterdir():
        file.chmod(0o644)


def write_all(out: Path, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        narrow, wide = Path(scratch) / "narrow", Path(scratch) / "wide"
        write_model(narrow, NARROW, SEED)
        write_model(wide, WIDE, SEED + 10)
        _write(folder, narrow, wide, out / "model")


def _write(out: Path, narrow: Path, wide: Path, tokenizers: Path) -> None:
    pipe, other = load(narrow), load(wide)
    w = Writer(out)
    transformer = names.original_transformer(pipe.transformer.state_dict())
    large = names.original_transformer(other.transformer.state_dict())
    back = names.diffusers_transformer(transformer)
    assert all(torch.equal(back[k], v) for k, v in pipe.transformer.state_dict().items())

    ae = {k: v.bfloat16() for k, v in names.original_vae(pipe.vae.state_dict(), len(NARROW.vae_channels)).items()}
    save_file(ae, out / "ae.safetensors")
    values = names.diffusers_vae({k: v.float() for k, v in ae.items()}, dict(pipe.vae.config))
    pipe.vae.load_state_dict(values)
    clip = {k: v.half() for k, v in load_file(narrow / "text_encoder/model.safetensors").items()}
    surplus = {"logit_scale": torch.ones(()), "text_projection.weight": torch.eye(64).half(),
               "text_model.embeddings.position_ids": torch.arange(77)[None]}  # fmt: skip
    save_file(clip | surplus, out / "clip_l.safetensors")
    clip = {k.removeprefix("text_model."): v.float() for k, v in clip.items()}
    pipe.text_encoder.load_state_dict(clip)
    t5 = {k: v for k, v in pipe.text_encoder_2.state_dict().items() if k != "encoder.embed_tokens.weight"}
    half = {k: v.half() for k, v in t5.items()}
    save_file(half | {"encoder.embed_tokens.weight": half["shared.weight"].clone()}, out / "t5xxl_fp16.safetensors")
    parts = {"vae": "ae.safetensors", "clip": "clip_l.safetensors", "t5": "t5xxl_fp16.safetensors"}

    def load_t5(values: Tensors) -> None:
        pipe.text_encoder_2.load_state_dict(values | {"encoder.embed_tokens.weight": values["shared.weight"]})

    def load_transformer(values: Tensors) -> None:
        pipe.transformer.load_state_dict(names.diffusers_transformer(values))

    def transformer_case(name: str, stored: Tensors, values: Tensors, note: str, metadata=None) -> None:
        save_file(stored, out / f"{name}.safetensors", metadata=metadata)
        load_transformer(values)
        w.edit(name, pipe, parts | {"transformer": f"{name}.safetensors"}, note)

    load_t5({k: v.float() for k, v in half.items()})
    original = {k: v.bfloat16() for k, v in transformer.items()}
    transformer_case("original", original, {k: v.float() for k, v in original.items()}, "BFL's single file, bf16")
    fp8 = fp8_scaled(transformer, old=True)
    transformer_case("fp8_old_keys", *fp8, "ComfyUI's scaled fp8, older names")
    transformer_case("fp8_new_keys", *fp8_scaled(transformer, old=False), "ComfyUI's scaled fp8, newer names")
    transformer_case("fp8_plain", *fp8_plain(transformer), "fp8 without scales, biases and norms too")
    transformer_case("nvfp4", *nvfp4(transformer), "ComfyUI's NVFP4")
    values = write_gguf(out / "sd_cpp.gguf", transformer, all_of(Type.Q5_1), None, "model.diffusion_model.")
    load_transformer(values)
    w.edit("sd_cpp", pipe, parts | {"transformer": "sd_cpp.gguf"}, "GGUF as stable-diffusion.cpp writes it")

    _write_adapter(out / LORA, pipe.transformer)
    load_transformer(fp8[1])
    w.edit_with_adapter(
        "lora_fp8", pipe, parts | {"transformer": "fp8_old_keys.safetensors"}, "a LoRA on ComfyUI's scaled fp8"
    )
    w.edit_packed_again(
        "lora_fp8_packed", pipe, parts | {"transformer": "fp8_old_keys.safetensors"},
        "a LoRA on ComfyUI's scaled fp8, packed again in Q8_0", _is_matrix,
    )  # fmt: skip
    values = write_gguf(out / "q8_0.gguf", transformer, all_of(Type.Q8_0), "flux")
    load_transformer(values)
    w.edit_with_adapter("lora_q8_0", pipe, parts | {"transformer": "q8_0.gguf"}, "a LoRA on GGUF's Q8_0")
    w.edit_packed_again(
        "lora_q8_0_packed", pipe, parts | {"transformer": "q8_0.gguf"}, "a LoRA on GGUF's Q8_0, packed again",
        lambda _name, value: value.dim() == 2 and value.shape[-1] % 32 == 0,
    )  # fmt: skip

    load_transformer({k: v.float() for k, v in original.items()})
    values = write_gguf(out / "t5.gguf", names.llama_t5(t5, NARROW.t5_layers), all_of(Type.Q8_0), "t5encoder")
    load_t5({name: values[new] for name, new in zip(t5, names.llama_t5(t5, NARROW.t5_layers), strict=True)})
    w.edit("t5_gguf", pipe, parts | {"transformer": "original.safetensors", "t5": "t5.gguf"}, "T5 as llama.cpp's GGUF")
    stored, values = fp8_scaled(t5, True, lambda n, v: v.dim() == 2 and "relative" not in n and "shared" not in n)
    save_file(stored, out / "t5xxl_fp8_scaled.safetensors")
    load_t5(values)
    w.edit(
        "t5_fp8", pipe, parts | {"transformer": "original.safetensors", "t5": "t5xxl_fp8_scaled.safetensors"},
        "T5 in scaled fp8",
    )  # fmt: skip

    load_t5({k: v.float() for k, v in half.items()})
    values = write_gguf(out / "city96.gguf", large, mixed(), "flux")
    pipe.register_modules(transformer=other.transformer)
    pipe.transformer.load_state_dict(names.diffusers_transformer(values))
    w.edit("city96", pipe, parts | {"transformer": "city96.gguf"}, "GGUF as city96 writes it, every packing in one file")
    converted = {"original.safetensors": {}, "t5xxl_fp16.safetensors": {}}
    exact = {k: v.float() for k, v in original.items()}
    converted["original.safetensors"]["q8_0"] = _hashes(_q8(exact))
    stored, _ = fp8_scaled(exact, old=True)
    converted["original.safetensors"]["fp8-scaled"] = _hashes({k: v for k, v in stored.items() if "scale_input" not in k})
    converted["t5xxl_fp16.safetensors"]["q8_0"] = _hashes(
        _q8(names.llama_t5({k: v.float() for k, v in half.items()}, NARROW.t5_layers))
    )
    save_json(out / "converted.json", converted)
    arguments = EDIT.arguments()
    save_json(out / "layouts.json", {"arguments": arguments, "cases": w.cases})
