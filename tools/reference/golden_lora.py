"""Adapters for the tiny model: files as trainers and programs write them, and what independent programs make of the
weights. Tensors of the transformer are named as in the original release.

    lora/formats/NAME.safetensors  one and the same adapter in every format; merged: lora/formats.safetensors
    lora/types/NAME.safetensors    one kind of change each; merged: NAME/TENSOR in lora/types.safetensors
    lora/one, lora/two             adapters for whole edits; combined: the products of both at rank 2
"""

import inspect
import json
import re
from pathlib import Path

import numpy as np
import torch
from diffusers.loaders import lora_conversion_utils, lora_pipeline
from diffusers.loaders.lora_base import _pack_dict_with_prefix
from lycoris.functional import general, loha, lokr
from peft import LoraConfig
from peft.utils import get_peft_model_state_dict
from safetensors.torch import load_file, save_file

from golden_files import save_tensors
from reference import load

WIDTH = 48
FUSED = {
    "img_attn.qkv": ["attn.to_q", "attn.to_k", "attn.to_v"],
    "txt_attn.qkv": ["attn.add_q_proj", "attn.add_k_proj", "attn.add_v_proj"],
    "linear1": ["attn.to_q", "attn.to_k", "attn.to_v", "proj_mlp"],
}
RENAMED = {
    "attn.to_out.0": "img_attn.proj",
    "attn.to_add_out": "txt_attn.proj",
    "ff.net.0.proj": "img_mlp.0",
    "ff.net.2": "img_mlp.2",
    "ff_context.net.0.proj": "txt_mlp.0",
    "ff_context.net.2": "txt_mlp.2",
    "norm1.linear": "img_mod.lin",
    "norm1_context.linear": "txt_mod.lin",
    "norm.linear": "modulation.lin",
    "proj_out": "linear2",
}
OUTSIDE = {
    "x_embedder": "img_in",
    "context_embedder": "txt_in",
    "proj_out": "final_layer.linear",
    "norm_out.linear": "final_layer.adaLN_modulation.1",
}
CLIP = "encoder.layers.1.self_attn.q_proj"
Adapter = dict[str, tuple[torch.Tensor, torch.Tensor]]  # diffusers' module -> A, B


def _draw(generator: torch.Generator, *shape: int) -> torch.Tensor:
    return torch.randn(shape, generator=generator) * 0.3


def _adapter(pipe, modules: dict[str, int], seed: int) -> Adapter:
    generator = torch.Generator().manual_seed(seed)
    found = {}
    for module, rank in modules.items():
        network = pipe.text_encoder if module.startswith("encoder.") else pipe.transformer
        out, into = network.get_submodule(module).weight.shape
        found[module] = (_draw(generator, rank, into), _draw(generator, out, rank))
    return found


EVERY_FORMAT = {
    "transformer_blocks.0.attn.to_q": 2,
    "transformer_blocks.0.attn.to_k": 2,
    "transformer_blocks.0.attn.to_v": 2,
    "transformer_blocks.1.attn.to_add_out": 3,
    "transformer_blocks.1.norm1.linear": 1,
    "single_transformer_blocks.1.attn.to_q": 2,
    "single_transformer_blocks.1.attn.to_k": 2,
    "single_transformer_blocks.1.attn.to_v": 2,
    "single_transformer_blocks.1.proj_mlp": 2,
    "single_transformer_blocks.2.norm.linear": 2,
    "norm_out.linear": 2,
    "x_embedder": 4,
    CLIP: 2,
}


# ---- names of the original release ----


def _original(module: str) -> tuple[str, int | None]:
    """A module's name in the original release, and which part of a fused one it is."""
    match = re.match(r"(single_)?transformer_blocks\.(\d+)\.(.*)", module)
    if not match:
        return OUTSIDE[module], None
    block = ("single" if match[1] else "double") + f"_blocks.{match[2]}."
    for fused, parts in FUSED.items():
        if match[3] in parts and (fused == "linear1") == bool(match[1]):
            return block + fused, parts.index(match[3])
    return block + RENAMED[match[3]], None


def _rows(layer: str, part: int) -> tuple[int, int]:
    last = layer.endswith("linear1") and part == 3
    return part * WIDTH, (4 if last else 1) * WIDTH


def _swapped(rows: torch.Tensor) -> torch.Tensor:
    return torch.cat(rows.chunk(2)[::-1])


def original_tensors(transformer: torch.nn.Module) -> dict[str, torch.Tensor]:
    """A transformer's linear layers by the names of the original release."""
    parts: dict[str, dict[int, torch.Tensor]] = {}
    for name, tensor in transformer.state_dict().items():
        module, _, kind = name.replace(".base_layer.", ".").rpartition(".")
        if "lora_" in name:
            continue
        try:
            layer, part = _original(module)
        except KeyError:
            continue
        value = _swapped(tensor) if module == "norm_out.linear" else tensor
        parts.setdefault(f"{layer}.{kind}", {})[part or 0] = value.detach().float()
    return {name: torch.cat([some[i] for i in sorted(some)]) for name, some in parts.items()}


def _fused(adapter: Adapter) -> Adapter:
    """The same changes as one product for each layer of the original release: the parts of a fused layer below each
    other, each with its own share of the rank."""
    fused: dict[str, list[tuple[int | None, torch.Tensor, torch.Tensor]]] = {}
    for module, (a, b) in adapter.items():
        layer, part = _original(module)
        fused.setdefault(layer, []).append((part, a, _swapped(b) if module == "norm_out.linear" else b))
    whole = {}
    for layer, parts in fused.items():
        if parts[0][0] is None:
            whole[layer] = parts[0][1:]
            continue
        height = sum(_rows(layer, i)[1] for i in range(4 if layer.endswith("linear1") else 3))
        ups = []
        for part, _, b in parts:
            first, count = _rows(layer, part)
            up = torch.zeros(height, b.shape[1])
            up[first : first + count] = b
            ups.append(up)
        whole[layer] = torch.cat([a for _, a, _ in parts]), torch.cat(ups, dim=1)
    return whole


# ---- formats ----


def _with_alpha(layers: Adapter, name, half: str = ".lora_{}.weight") -> dict[str, torch.Tensor]:
    """kohya's way: alpha is half the rank, and the product twice as large."""
    file = {}
    for layer, (a, b) in layers.items():
        file[name(layer) + half.format("down")] = a
        file[name(layer) + half.format("up")] = b * 2
        file[name(layer) + ".alpha"] = torch.tensor(a.shape[0] / 2)
    return file


def _plain(layers: Adapter, name, a: str, b: str) -> dict[str, torch.Tensor]:
    return {name(layer) + end: half for layer, halves in layers.items() for end, half in zip((a, b), halves, strict=True)}


def _flat(prefix: str):
    return lambda layer: prefix + layer.replace(".", "_")


def _dotted(prefix: str):
    return lambda layer: prefix + layer


def formats(adapter: Adapter) -> dict[str, dict[str, torch.Tensor]]:
    networks = {module: halves for module, halves in adapter.items() if module != CLIP}
    clip = {"text_model." + CLIP: adapter[CLIP]}
    fused = _fused(networks)
    peft = ".lora_A.weight", ".lora_B.weight"
    default = ".lora_A.default.weight", ".lora_B.default.weight"
    return {
        "diffusers": _plain(networks, _dotted("transformer."), *peft) | _plain(clip, _dotted("text_encoder."), *peft),
        "diffusers_named": _plain(networks, _dotted("transformer."), *default)
        | _plain(clip, _dotted("text_encoder."), *default),
        "diffusers_old": _plain(networks, _dotted("transformer."), ".lora.down.weight", ".lora.up.weight")
        | _plain(
            clip, _dotted("text_encoder."), ".lora_linear_layer.down.weight", ".lora_linear_layer.up.weight"
        ),
        "kohya": _with_alpha(fused, _flat("lora_unet_")) | _with_alpha(clip, _flat("lora_te1_")),
        "kohya_split": _kohya_split(networks) | _with_alpha(clip, _flat("lora_te1_")),
        "comfyui": _with_alpha(fused, _dotted("diffusion_model."))
        | _with_alpha(clip, _dotted("text_encoders.clip_l.transformer.")),
        "onetrainer": _with_alpha(networks, _flat("lora_transformer_")) | _with_alpha(clip, _flat("lora_te1_")),
        "simpletuner": _with_alpha(networks, _flat("lycoris_")),
        "fal": _plain(fused, _dotted("base_model.model."), *peft),
        "bfl": _plain(fused, _dotted(""), *peft),
    }  # fmt: skip


def _kohya_split(adapter: Adapter) -> dict[str, torch.Tensor]:
    """sd-scripts with split_qkv, as it trains: a product for each part, counted."""
    file = {}
    for module, (a, b) in adapter.items():
        layer, part = _original(module)
        name, infix = _flat("lora_unet_")(layer), "" if part is None else f".{part}"
        file[f"{name}.lora_down{infix}.weight"] = a
        file[f"{name}.lora_up{infix}.weight"] = (_swapped(b) if module == "norm_out.linear" else b) * 2
        file[f"{name}.alpha"] = torch.tensor(a.shape[0] / 2)
    return file


def _tiny(function):
    """diffusers' converters know the published sizes alone; this is the same function with those of the tiny model."""
    source = inspect.getsource(function)
    for published, tiny in (
        ("[3072, 3072, 3072, 12288]", f"[{WIDTH}, {WIDTH}, {WIDTH}, {4 * WIDTH}]"),
        ("range(19)", "range(2)"),
        ("range(38)", "range(3)"),
    ):
        source = source.replace(published, tiny)
    scope = dict(vars(lora_conversion_utils))
    exec(source, scope)  # noqa: S102
    return scope[function.__name__]


def _merged(model: Path, file: dict[str, torch.Tensor], strength: float = 1.0) -> dict[str, torch.Tensor]:
    """What diffusers makes of the weights."""
    pipe = load(model)
    pipe.load_lora_weights(file, adapter_name="it")
    pipe.set_adapters("it", strength)
    pipe.fuse_lora(components=["transformer", "text_encoder"])
    clip = {
        name.replace(".base_layer.", ".").removeprefix("text_model."): tensor
        for name, tensor in pipe.text_encoder.state_dict().items()
        if "lora_" not in name
    }
    return original_tensors(pipe.transformer) | {"clip/" + name: tensor.float() for name, tensor in clip.items()}


def _require_near(what: str, expected: torch.Tensor, actual: torch.Tensor, relative: float = 1e-6) -> None:
    off = float((expected.double() - actual.double()).abs().max() / expected.double().abs().max())
    assert off <= relative, f"{what}: {off:.2g}"


def _write_formats(out: Path, model: Path) -> None:
    pipe = load(model)
    adapter = _adapter(pipe, EVERY_FORMAT, 11)
    before = original_tensors(pipe.transformer) | {
        "clip/" + name: t for name, t in pipe.text_encoder.state_dict().items()
    }
    files = formats(adapter)
    merged = _merged(model, files["diffusers"])
    changed = {name: tensor for name, tensor in merged.items() if not torch.equal(tensor, before[name])}
    assert len(changed) == 8, sorted(changed)
    for layer, (a, b) in _fused({m: h for m, h in adapter.items() if m != CLIP}).items():
        exact = before[layer + ".weight"].double() + b.double() @ a.double()
        _require_near(layer, exact, changed[layer + ".weight"])
    convert = lora_pipeline._convert_kohya_flux_lora_to_diffusers
    try:
        lora_pipeline._convert_kohya_flux_lora_to_diffusers = _tiny(convert)
        for name in ("kohya", "comfyui"):  # of the others diffusers drops or refuses some layers
            unknown = re.compile("final|img_in|clip|lora_te")
            again = _merged(model, {k: t for k, t in files[name].items() if not unknown.search(k)})
            for tensor in changed:
                if not unknown.search(tensor):
                    _require_near(f"{name} {tensor}", changed[tensor], again[tensor])
    finally:
        lora_pipeline._convert_kohya_flux_lora_to_diffusers = convert
    for name, file in files.items():
        save_tensors(out / "lora/formats" / f"{name}.safetensors", file)
    _write_xlabs(out, model, changed)
    save_tensors(out / "lora/formats.safetensors", changed)


def _write_xlabs(out: Path, model: Path, changed: dict[str, torch.Tensor]) -> None:
    """XLabs changes attention alone."""
    generator = torch.Generator().manual_seed(12)
    file = {}
    for block, half_in, half_out in (
        ("double_blocks.0.processor.qkv_lora1", WIDTH, 3 * WIDTH),
        ("double_blocks.0.processor.proj_lora2", WIDTH, WIDTH),
        ("single_blocks.2.processor.qkv_lora", WIDTH, 3 * WIDTH),
    ):
        file[block + ".down.weight"] = _draw(generator, 2, half_in)
        file[block + ".up.weight"] = _draw(generator, half_out, 2)
    save_tensors(out / "lora/formats/xlabs.safetensors", file)
    merged = _merged(model, file)
    for layer in ("double_blocks.0.img_attn.qkv", "double_blocks.0.txt_attn.proj", "single_blocks.2.linear1"):
        changed[f"xlabs/{layer}.weight"] = merged[layer + ".weight"]


# ---- types ----

IN = "img_in"  # 48 x 64: not square
SQUARE = "double_blocks.1.txt_attn.proj"  # 48 x 48
NORM = "double_blocks.0.img_attn.norm.query_norm"  # 16


def _lycoris_types(weights: dict[str, torch.Tensor]) -> dict[str, tuple[dict, dict]]:
    """NAME -> the file's tensors below a layer, and the layer's merged tensors, by LyCORIS's own functions."""
    g = torch.Generator().manual_seed(13)
    weight, square = weights[IN + ".weight"], weights[SQUARE + ".weight"]
    types = {}

    def add(name: str, layer: str, tensors: dict, delta: torch.Tensor) -> None:
        merged = {layer + ".weight": weights[layer + ".weight"] + delta.reshape(weights[layer + ".weight"].shape)}
        types[name] = {f"lora_unet_{layer.replace('.', '_')}.{key}": t for key, t in tensors.items()}, merged

    down, up = _draw(g, 3, 64), _draw(g, 48, 3)
    add("alpha", IN, {"lora_down.weight": down, "lora_up.weight": up, "alpha": torch.tensor(1.5)}, 0.5 * up @ down)
    add("no_alpha", IN, {"lora_down.weight": down, "lora_up.weight": up}, up @ down)
    conv = {"lora_down.weight": down[:, :, None, None], "lora_up.weight": up[:, :, None, None]}
    add("locon", IN, conv | {"alpha": torch.tensor(6.0)}, 2 * up @ down)
    mid = _draw(g, 3, 3, 1, 1)
    add("locon_mid", IN, conv | {"lora_mid.weight": mid}, general.tucker_weight_from_conv(up, down, mid))

    def kron(alpha, **factors):
        order = ("lokr_w1", "lokr_w1_a", "lokr_w1_b", "lokr_w2", "lokr_w2_a", "lokr_w2_b", "lokr_t2")
        return lokr.kron_weight(*(factors.get(name) for name in order), scale=alpha)

    w1, w2 = _draw(g, 6, 4), _draw(g, 8, 16)
    w2a, w2b, w1a, w1b = _draw(g, 8, 2), _draw(g, 2, 16), _draw(g, 6, 2), _draw(g, 2, 4)
    tensors = {"lokr_w1": w1, "lokr_w2": w2}
    add("lokr_full", IN, tensors | {"alpha": torch.tensor(9999999999.0)}, kron(1, **tensors))
    tensors = {"lokr_w1": w1, "lokr_w2_a": w2a, "lokr_w2_b": w2b}
    add("lokr_w2", IN, tensors | {"alpha": torch.tensor(1.0)}, kron(0.5, **tensors))
    tensors = {"lokr_w1_a": w1a, "lokr_w1_b": w1b, "lokr_w2_a": w2a, "lokr_w2_b": w2b}
    add("lokr_both", IN, tensors | {"alpha": torch.tensor(1.0)}, kron(0.5, **tensors))
    tensors = {"lokr_w1_a": w1a, "lokr_w1_b": w1b, "lokr_w2": w2}
    add("lokr_w1", IN, tensors | {"alpha": torch.tensor(6.0)}, kron(3, **tensors))
    tensors = {"lokr_w1": w1, "lokr_w2_a": _draw(g, 2, 8), "lokr_w2_b": w2b, "lokr_t2": _draw(g, 2, 2, 1, 1)}
    add("lokr_tucker", IN, tensors | {"alpha": torch.tensor(2.0)}, kron(1, **tensors))

    a, b, c, d = _draw(g, 48, 2), _draw(g, 2, 64), _draw(g, 48, 2), _draw(g, 2, 64)
    tensors = {"hada_w1_a": a, "hada_w1_b": b, "hada_w2_a": c, "hada_w2_b": d, "alpha": torch.tensor(4.0)}
    add("loha", IN, tensors, loha.diff_weight(b, a, d, c, None, None, gamma=torch.tensor(2.0), backend="torch"))
    a, c, t1, t2 = _draw(g, 2, 48), _draw(g, 2, 48), _draw(g, 2, 2, 1, 1), _draw(g, 2, 2, 1, 1)
    tensors = {"hada_w1_a": a, "hada_w1_b": b, "hada_w2_a": c, "hada_w2_b": d, "hada_t1": t1, "hada_t2": t2}
    add("loha_tucker", IN, tensors, loha.diff_weight(b, a, d, c, t1, t2, gamma=torch.tensor(1.0), backend="torch"))

    for name, layer, on_out in (("dora_rows", SQUARE, True), ("dora_columns", SQUARE, False), ("dora_in", IN, False)):
        base = weights[layer + ".weight"]
        down, up = _draw(g, 2, base.shape[1]), _draw(g, 48, 2)
        lengths = _draw(g, 48, 1).abs() + 1 if on_out else _draw(g, 1, base.shape[1]).abs() + 1
        tensors = {"lora_down.weight": down, "lora_up.weight": up, "alpha": torch.tensor(1.0), "dora_scale": lengths}
        merged = general.weight_decompose(base + 0.5 * up @ down, lengths, wd_on_out=on_out, backend="torch")
        add(name, layer, tensors, merged - base)
        types[name][1][layer + ".weight"] = merged
    lengths = _draw(g, 48, 1).abs() + 1
    tensors = {"lokr_w1": w1, "lokr_w2": w2, "dora_scale": lengths}
    merged = general.weight_decompose(weight + kron(1, lokr_w1=w1, lokr_w2=w2), lengths, backend="torch")
    add("lokr_dora", IN, tensors, merged - weight)
    types["lokr_dora"][1][IN + ".weight"] = merged

    full, bias = _draw(g, 48, 64), _draw(g, 48)
    types["difference"] = (
        {"diffusion_model.img_in.diff": full, "diffusion_model.img_in.diff_b": bias},
        {IN + ".weight": weight + full, IN + ".bias": weights[IN + ".bias"] + bias},
    )
    other = _draw(g, 48, 48)
    types["replacement"] = {f"diffusion_model.{SQUARE}.set_weight": other}, {SQUARE + ".weight": other}
    norm = _draw(g, 16)
    types["norm"] = (
        {f"lora_unet_{NORM.replace('.', '_')}.w_norm": norm},
        {NORM + ".scale": weights[NORM + ".scale"] + norm},
    )
    assert square.shape == (48, 48)
    return types


PEFT_TYPES = {
    "peft_alphas": {
        "r": 2, "lora_alpha": 3, "rank_pattern": {"to_add_out": 4}, "alpha_pattern": {"^x_embedder": 5},
        "target_modules": ["x_embedder", "transformer_blocks.1.attn.to_add_out"],
    },
    "peft_rslora": {"r": 4, "lora_alpha": 3, "use_rslora": True, "target_modules": ["x_embedder"]},
    "peft_bias": {"r": 2, "lora_alpha": 3, "lora_bias": True, "target_modules": ["x_embedder"]},
    "peft_dora": {"r": 2, "lora_alpha": 3, "use_dora": True, "target_modules": ["x_embedder"]},
}  # fmt: skip


def _peft_type(model: Path, file: Path, name: str, config: dict, strengths: tuple[float, ...]) -> dict:
    """Has PEFT make an adapter, diffusers save it, and both load and merge it."""
    pipe = load(model)
    torch.manual_seed(14)
    before = original_tensors(pipe.transformer)
    pipe.transformer.add_adapter(LoraConfig(**config), "made")
    generator = torch.Generator().manual_seed(15)
    for parameter_name, parameter in pipe.transformer.named_parameters():
        if "lora_magnitude" in parameter_name:
            parameter.data.mul_(1 + _draw(generator, *parameter.shape).abs())
        elif "lora_" in parameter_name:
            parameter.data.copy_(_draw(generator, *parameter.shape))
    tensors = get_peft_model_state_dict(pipe.transformer, adapter_name="made")
    metadata = pipe.transformer.peft_config["made"].to_dict()
    pipe.save_lora_weights(
        file.parent, transformer_lora_layers=tensors, transformer_lora_adapter_metadata=metadata, weight_name=file.name
    )
    _write_settled(file)
    merged = {}
    for strength in strengths:
        fresh = load(model)
        fresh.load_lora_weights(file.parent, weight_name=file.name, adapter_name="it")
        fresh.set_adapters("it", strength)
        fresh.fuse_lora(components=["transformer"])
        for tensor, value in original_tensors(fresh.transformer).items():
            if not torch.equal(value, before[tensor]):
                merged[f"{name}@{strength}/{tensor}"] = value
    assert merged
    return merged


def _write_settled(file: Path) -> None:
    """The same file with the settings that matter, and in an order that does not change."""
    from safetensors import safe_open

    with safe_open(file, "pt") as opened:
        settings = json.loads(opened.metadata()["lora_adapter_metadata"])
    wanted = ("r", "lora_alpha", "rank_pattern", "alpha_pattern", "use_rslora", "use_dora", "lora_bias", "target_modules")
    kept = {k: sorted(v) if isinstance(v, list) else v for k, v in settings.items() if k.split(".")[-1] in wanted}
    assert kept.keys() == _pack_dict_with_prefix(dict.fromkeys(wanted), "transformer").keys()
    tensors = load_file(file)
    text = json.dumps(kept, sort_keys=True)
    save_file({n: tensors[n] for n in sorted(tensors)}, file, metadata={"lora_adapter_metadata": text})


def _write_types(out: Path, model: Path) -> None:
    pipe = load(model)
    weights = original_tensors(pipe.transformer)
    norm = pipe.transformer.transformer_blocks[0].attn.norm_q.weight
    weights[NORM + ".scale"] = norm.detach().float()
    merged = {}
    for name, (file, tensors) in _lycoris_types(weights).items():
        save_tensors(out / "lora/types" / f"{name}.safetensors", file)
        merged |= {f"{name}@1.0/{tensor}": value for tensor, value in tensors.items()}
    for name, config in PEFT_TYPES.items():
        file = out / "lora/types" / f"{name}.safetensors"
        merged |= _peft_type(model, file, name, config, (1.0, -0.5))
    save_tensors(out / "lora/types.safetensors", merged)


# ---- for whole edits ----


def _write_for_edits(out: Path, model: Path) -> None:
    pipe = load(model)
    one = {m: 2 for m in EVERY_FORMAT} | {"transformer_blocks.0.ff.net.2": 2, "proj_out": 2}
    two = {
        "transformer_blocks.0.attn.to_q": 3,
        "transformer_blocks.1.attn.add_k_proj": 2,
        "single_transformer_blocks.0.proj_out": 2,
        "single_transformer_blocks.1.proj_mlp": 2,
        "encoder.layers.0.mlp.fc1": 2,
        CLIP: 2,
    }
    for name, modules, seed in (("one", one, 16), ("two", two, 17)):
        file = {}
        for module, (a, b) in _adapter(pipe, modules, seed).items():
            prefix = "text_encoder.text_model." if module.startswith("encoder.") else "transformer."
            file[f"{prefix}{module}.lora_A.weight"] = a
            file[f"{prefix}{module}.lora_B.weight"] = b
        save_tensors(out / "lora" / f"{name}.safetensors", file)
    _write_combined(out)


def _write_combined(out: Path) -> None:
    """0.8 of one and -0.5 of two as one product of rank 2 for each layer of the original release, by numpy's SVD."""
    sums: dict[str, np.ndarray] = {}
    for name, strength in (("one", 0.8), ("two", -0.5)):
        file = load_file(out / "lora" / f"{name}.safetensors")
        modules = {key.removesuffix(".lora_A.weight") for key in file if key.endswith(".lora_A.weight")}
        adapter = {
            module.removeprefix("transformer."): (file[module + ".lora_A.weight"], file[module + ".lora_B.weight"])
            for module in modules
            if module.startswith("transformer.")
        }
        for layer, (a, b) in _fused(adapter).items():
            sums[layer] = sums.get(layer, 0) + strength * (b.double() @ a.double()).numpy()
    combined = {}
    for layer in ("double_blocks.0.img_attn.qkv", "double_blocks.1.txt_attn.qkv", "img_in"):
        u, s, v = np.linalg.svd(sums[layer], full_matrices=False)
        combined[layer] = torch.from_numpy((u[:, :2] * s[:2]) @ v[:2]).float()
    save_tensors(out / "lora/combined.safetensors", combined)


def write(out: Path, model: Path) -> None:
    (out / "lora/types").mkdir(parents=True, exist_ok=True)
    _write_formats(out, model)
    _write_types(out, model)
    _write_for_edits(out, model)
