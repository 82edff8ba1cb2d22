"""The keys and shapes of adapters of the published model, as several trainers write them.

Layers come from diffusers' and transformers' own models (on the meta device, so nothing is allocated), names from the
rules that the trainers publish. A family of blocks is written once, with * for its number, and how many there are.
"""

import json
import re
from collections import defaultdict
from pathlib import Path

import torch
from diffusers import FluxTransformer2DModel
from transformers import CLIPTextConfig, CLIPTextModel, T5Config, T5EncoderModel

import golden_lora

RANK = 16
Layers = dict[str, tuple[int, int]]  # module -> out, in


def _linear(network: torch.nn.Module) -> Layers:
    return {
        name: (module.out_features, module.in_features)
        for name, module in network.named_modules()
        if isinstance(module, torch.nn.Linear)
    }


def _networks() -> tuple[Layers, Layers, Layers]:
    with torch.device("meta"):
        flux = FluxTransformer2DModel(guidance_embeds=True)
        clip = CLIPTextModel(CLIPTextConfig(hidden_size=768, intermediate_size=3072, num_attention_heads=12))
        t5 = T5EncoderModel(
            T5Config(d_model=4096, d_kv=64, d_ff=10240, num_layers=24, num_heads=64, feed_forward_proj="gated-gelu")
        )
    return _linear(flux), _linear(clip), _linear(t5)


def _original(flux: Layers) -> Layers:
    """The layers within blocks by the original release's names."""
    layers: Layers = {}
    for module, (out, into) in flux.items():
        if "transformer_blocks" in module:
            layer, _ = golden_lora._original(module)
            before = layers.get(layer, (0, into))
            layers[layer] = before[0] + out, into
    return layers


def _lora(layers: Layers, name, down: str, up: str, alpha: str | None = None) -> dict[str, list[int]]:
    keys = {}
    for layer, (out, into) in layers.items():
        keys[name(layer) + down] = [RANK, into]
        keys[name(layer) + up] = [out, RANK]
        if alpha:
            keys[name(layer) + alpha] = []
    return keys


def _flat(prefix: str):
    return lambda layer: prefix + layer.replace(".", "_")


def _dotted(prefix: str):
    return lambda layer: prefix + layer


KOHYA = ".lora_down.weight", ".lora_up.weight", ".alpha"
PEFT = ".lora_A.weight", ".lora_B.weight"


def _trainers() -> dict[str, dict[str, list[int]]]:
    flux, clip, t5 = _networks()
    blocks = {module: size for module, size in flux.items() if "transformer_blocks" in module}
    attention = {m: s for m, s in blocks.items() if re.search(r"\.attn\.to_[qkv]$|\.attn\.to_out\.0$", m)}
    original = _original(flux)
    clip = {("text_model." if not m.startswith("text_model.") else "") + m: s for m, s in clip.items()}
    qkv = {layer + "_qkv": (9216, 3072) for layer in original if layer.endswith("linear1")}
    xlabs = {}
    for i in range(19):
        for stream in "12":
            xlabs[f"double_blocks.{i}.processor.qkv_lora{stream}"] = 9216, 3072
            xlabs[f"double_blocks.{i}.processor.proj_lora{stream}"] = 3072, 3072
    lokr = {}
    for layer, (out, into) in original.items():  # whole matrices, as ai-toolkit and SimpleTuner write it
        lokr[f"diffusion_model.{layer}.lokr_w1"] = [64, 64]
        lokr[f"diffusion_model.{layer}.lokr_w2"] = [out // 64, into // 64]
        lokr[f"diffusion_model.{layer}.alpha"] = []
    biases = {f"diffusion_model.{layer}.diff_b": [out] for layer, (out, _) in original.items()}
    return {
        "sd-scripts": _lora(original, _flat("lora_unet_"), *KOHYA)
        | _lora(clip, _flat("lora_te1_"), *KOHYA)
        | _lora(t5, _flat("lora_te3_"), *KOHYA),
        "musubi-tuner": _lora(original, _flat("lora_unet_"), *KOHYA),
        "ai-toolkit": _lora(blocks, _dotted("transformer."), *PEFT),
        "diffusers-dreambooth": _lora(attention, _dotted("transformer."), *PEFT)
        | _lora({m: s for m, s in clip.items() if "self_attn" in m}, _dotted("text_encoder."), *PEFT),
        "OneTrainer": _lora(flux, _flat("lora_transformer_"), *KOHYA)
        | _lora(clip, _flat("lora_te1_"), *KOHYA)
        | _lora(t5, _flat("lora_te2_"), *KOHYA),
        "fal": _lora(original, _dotted("base_model.model."), *PEFT),
        "XLabs": _lora(xlabs, _dotted(""), ".down.weight", ".up.weight"),
        "ComfyUI-extracted": _lora(original, _dotted("diffusion_model."), *KOHYA) | biases,
        "ComfyUI-linear1_qkv": _lora(qkv, _dotted("diffusion_model."), *KOHYA),
        "LoKr": lokr,
    }  # fmt: skip


def _families(keys: dict[str, list[int]]) -> list[list]:
    """[pattern, shape, how many]: the number of a block is *, and counts from 0."""
    found = defaultdict(list)
    for key, shape in keys.items():
        match = re.search(r"((?:blocks|layers|block)[._])(\d+)", key)
        pattern = key[: match.start(2)] + "*" + key[match.end(2) :] if match else key
        found[pattern].append((int(match[2]) if match else 0, shape))
    families = []
    for pattern, members in found.items():
        assert [i for i, _ in members] == list(range(len(members))), pattern
        assert all(shape == members[0][1] for _, shape in members), pattern
        families.append([pattern, members[0][1], len(members)])
    assert sum(count for _, _, count in families) == len(keys)
    return families


def write(out: Path) -> None:
    trainers = {name: _families(keys) for name, keys in _trainers().items()}
    lines = ",\n".join(
        f"{json.dumps(name)}: [\n" + ",\n".join(json.dumps(family) for family in families) + "\n]"
        for name, families in trainers.items()
    )
    (out / "lora").mkdir(parents=True, exist_ok=True)
    (out / "lora/keys.json").write_text("{\n" + lines + "\n}\n")
