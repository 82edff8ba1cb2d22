"""A diffusers model's tensors under the names of other programs, each way checked by diffusers' or gguf's own table."""

import re

import gguf
import torch
from diffusers.loaders.single_file_utils import (
    convert_flux_transformer_checkpoint_to_diffusers,
    convert_ldm_vae_checkpoint,
)

Tensors = dict[str, torch.Tensor]

EMBEDDERS = {"timestep_embedder": "time_in", "guidance_embedder": "guidance_in", "text_embedder": "vector_in"}
DOUBLE = {
    "norm1.linear": "img_mod.lin", "norm1_context.linear": "txt_mod.lin", "attn.to_out.0": "img_attn.proj",
    "attn.to_add_out": "txt_attn.proj", "ff.net.0.proj": "img_mlp.0", "ff.net.2": "img_mlp.2",
    "ff_context.net.0.proj": "txt_mlp.0", "ff_context.net.2": "txt_mlp.2",
}  # fmt: skip
NORMS = {
    "attn.norm_q": "img_attn.norm.query_norm", "attn.norm_k": "img_attn.norm.key_norm",
    "attn.norm_added_q": "txt_attn.norm.query_norm", "attn.norm_added_k": "txt_attn.norm.key_norm",
}  # fmt: skip


def original_transformer(d: Tensors) -> Tensors:
    """As Black Forest Labs' single file names them."""
    out: Tensors = {}

    def both(new: str, *old: str) -> None:
        for kind in ("weight", "bias"):
            out[f"{new}.{kind}"] = torch.cat([d[f"{name}.{kind}"] for name in old])

    both("img_in", "x_embedder")
    both("txt_in", "context_embedder")
    for old, new in EMBEDDERS.items():
        if f"time_text_embed.{old}.linear_1.weight" in d:
            both(f"{new}.in_layer", f"time_text_embed.{old}.linear_1")
            both(f"{new}.out_layer", f"time_text_embed.{old}.linear_2")
    blocks = {int(m[1]) for name in d if (m := re.match(r"transformer_blocks\.(\d+)\.", name))}
    for i in blocks:
        for old, new in DOUBLE.items():
            both(f"double_blocks.{i}.{new}", f"transformer_blocks.{i}.{old}")
        for old, new in NORMS.items():
            out[f"double_blocks.{i}.{new}.scale"] = d[f"transformer_blocks.{i}.{old}.weight"]
        at = f"transformer_blocks.{i}.attn."
        both(f"double_blocks.{i}.img_attn.qkv", at + "to_q", at + "to_k", at + "to_v")
        both(f"double_blocks.{i}.txt_attn.qkv", at + "add_q_proj", at + "add_k_proj", at + "add_v_proj")
    blocks = {int(m[1]) for name in d if (m := re.match(r"single_transformer_blocks\.(\d+)\.", name))}
    for i in blocks:
        at, new = f"single_transformer_blocks.{i}.", f"single_blocks.{i}."
        both(new + "modulation.lin", at + "norm.linear")
        both(new + "linear1", at + "attn.to_q", at + "attn.to_k", at + "attn.to_v", at + "proj_mlp")
        both(new + "linear2", at + "proj_out")
        out[new + "norm.query_norm.scale"] = d[at + "attn.norm_q.weight"]
        out[new + "norm.key_norm.scale"] = d[at + "attn.norm_k.weight"]
    both("final_layer.linear", "proj_out")
    for kind in ("weight", "bias"):
        scale, shift = d[f"norm_out.linear.{kind}"].chunk(2)
        out[f"final_layer.adaLN_modulation.1.{kind}"] = torch.cat([shift, scale])
    return out


def diffusers_transformer(original: Tensors) -> Tensors:
    """Back again, by diffusers' own converter. It takes the width for 3072, so the rows of `linear1` are cut here."""
    width = original["img_in.weight"].shape[0]
    copy = {name: value.clone() for name, value in original.items()}
    singles = {name: copy.pop(name) for name in list(copy) if re.match(r"single_blocks\.\d+\.linear1\.", name)}
    placeholder = {
        name: torch.zeros(3 * 3072 + 12288, *value.shape[1:], dtype=value.dtype) for name, value in singles.items()
    }
    converted = convert_flux_transformer_checkpoint_to_diffusers(copy | placeholder)
    for name, value in singles.items():
        i, kind = re.match(r"single_blocks\.(\d+)\.linear1\.(\w+)", name).groups()
        parts = value.split([width, width, width, value.shape[0] - 3 * width])
        for new, part in zip(("attn.to_q", "attn.to_k", "attn.to_v", "proj_mlp"), parts, strict=True):
            converted[f"single_transformer_blocks.{i}.{new}.{kind}"] = part
    return converted


def original_vae(d: Tensors, levels: int) -> Tensors:
    """As in the original release's ae.safetensors: levels of the decoder counted from the picture down, attention
    as 1x1 convolutions."""
    out = {}
    for name, value in d.items():
        name = re.sub(r"decoder\.up_blocks\.(\d+)\.", lambda m: f"decoder.up.{levels - 1 - int(m[1])}.", name)
        for old, new in (
            (r"encoder\.down_blocks\.(\d+)\.", r"encoder.down.\1."), (r"\.resnets\.", ".block."),
            (r"\.conv_shortcut\.", ".nin_shortcut."), (r"\.downsamplers\.0\.", ".downsample."),
            (r"\.upsamplers\.0\.", ".upsample."), (r"mid_block\.block\.0\.", "mid.block_1."),
            (r"mid_block\.block\.1\.", "mid.block_2."), (r"mid_block\.attentions\.0\.", "mid.attn_1."),
            (r"attn_1\.group_norm", "attn_1.norm"), (r"attn_1\.to_([qkv])\.", r"attn_1.\1."),
            (r"attn_1\.to_out\.0\.", "attn_1.proj_out."), (r"conv_norm_out", "norm_out"),
        ):  # fmt: skip
            name = re.sub(old, new, name)
        if re.search(r"attn_1\.(q|k|v|proj_out)\.weight", name):
            value = value[:, :, None, None]
        out[name] = value
    return out


def diffusers_vae(original: Tensors, config: dict) -> Tensors:
    return convert_ldm_vae_checkpoint(original, config)


def llama_t5(d: Tensors, layers: int) -> Tensors:
    """As llama.cpp's converter names a T5 encoder's tensors."""
    table = gguf.get_tensor_name_map(gguf.MODEL_ARCH.T5ENCODER, layers)
    d = {name: value for name, value in d.items() if name != "encoder.embed_tokens.weight"}
    return {table.get_name(name, try_suffixes=(".weight",)): value for name, value in d.items()}
