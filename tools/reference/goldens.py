"""Regenerates the committed golden files.

    python goldens.py [OUT]

OUT is the testkit's folder of goldens unless named.
"""

import quiet  # noqa: F401, I001  (before torch)

import argparse
import importlib.metadata
import platform
import re
import shutil
from pathlib import Path

import torch

import golden_edits
import golden_eight_bits
import golden_files
import golden_layouts
import golden_lora
import golden_lora_keys
import golden_networks
import golden_noise
import golden_packed
import golden_pictures
import golden_quants
import golden_resize
import golden_shapes
import golden_shortcuts
import golden_sigmas
import golden_tokens
from tiny_config import TinyConfig
from tiny_model import write_model

HERE = Path(__file__).resolve().parent
GOLDENS = HERE.parents[1] / "testkit/src/main/resources/dev/kontext4j/testkit/goldens"
SEED = 7

BASE = TinyConfig()
# Another model in every size, without guidance, with a constant shift, and in several files.
SHARDED = TinyConfig(
    heads=2, head_dim=24, axes=(8, 10, 6), double_layers=1, single_layers=1, guidance_embeds=False,
    clip_dim=24, clip_heads=3, clip_layers=1, clip_mlp=48, clip_act="gelu", clip_eos=None, clip_length=24,
    t5_dim=32, t5_heads=2, t5_kv=12, t5_mlp=40, t5_layers=2, t5_buckets=12, t5_max_distance=20, t5_length=40,
    latent_channels=4, vae_channels=(8, 12, 16), vae_layers=2, vae_groups=2, vae_quant_conv=True,
    vae_mid_attention=False, vae_scaling=0.5, vae_shift=-0.2,
    scheduler={"num_train_timesteps": 1000, "shift": 2.5, "use_dynamic_shifting": False},
)  # fmt: skip

# Read as float32 by the reference.
BF16 = BASE.with_(double_layers=1, single_layers=1, clip_layers=1, t5_layers=1, vae_channels=(8, 8, 8, 8))

DESCRIPTIONS = {
    "model": "tiny model folder, float32, files and tensor names as published",
    "model-sharded": "another model in every size, float32, weights in several files, no guidance, constant shift",
    "model-bf16": "a smaller model whose weights are bfloat16; CLIP's tensors without the prefix text_model.",
    "tokenizers": "the tokenizers in other files: CLIP in tokenizer.json, T5 in spiece.model; lengths 24 and 40",
    "tokens.json": "prompts -> padded ids, for the tokenizers of model and of tokenizers",
    "clip.safetensors": "NAME.ids -> NAME.states, NAME.pooled",
    "t5.safetensors": "NAME.ids -> NAME.states",
    "vae.safetensors": "pixels -> encoded.mean, encoded.scaled; latent (scaled) -> decoded"
    "; of the first 9 latent columns in tiles of 5 that overlap by 2: encoded.tiled, decoded.tiled",
    "transformer.safetensors": "whole transformer: 24 noise tokens (4 x 6), then 15 of a reference (3 x 5); "
    "scheduler_timestep is sigma * 1000; temb, rope and every block's outputs beside the output",
    "conditioning.safetensors": "scheduler_timestep, guidance, pooled -> temb, six rows of them",
    "transformer_unguided.safetensors": "the same of model-sharded, which embeds no guidance",
    "block_double.safetensors": "transformer_blocks.0: inputs -> out.*",
    "block_single.safetensors": "single_transformer_blocks.1: inputs -> out.*",
    "shortcuts.safetensors": "tokens of twelve steps -> velocities with first_block, teacache, references; "
    "NAME.computed: the steps that are computed whole",
    "bf16.safetensors": "STAGE.OUTPUT of all files above, by the reference with weights and arithmetic in bfloat16",
    "shapes.json": "names and shapes of published networks, full size; blocks that are alike once, with * for the number",
    "sigmas.json": "scheduler, tokens of noise, steps or custom sigmas -> sigmas, timesteps",
    "noise.safetensors": "torch's CPU generator; noise.json: seeds and how (one; list: a generator an image; "
    "row: draw after draw from one generator)",
    "quants.gguf": "a tensor of every packing of the gguf package, random bytes with extreme scales; "
    "quants.safetensors: what its decoder makes of them",
    "eight_bits.safetensors": "a layer; eight_bits_values.safetensors: its products in numbers of 8 bits, by torch",
    "packed.safetensors": "layers as ComfyUI packs them (fp8 with old and new keys, fp4, int8); "
    "packed_values.safetensors: what comfy-kitchen makes of them",
    "layouts": "one tiny model in the layouts that people have; layouts.json: files of each case -> NAME.png, diffusers' "
    "edit of the same weights",
    "resize": "NAME.in.png -> NAME.out.png by Pillow's LANCZOS",
    "pictures": "files in many forms -> upright RGB (16 bits: the high byte)",
    "lora": "adapters as trainers write them -> weights merged by diffusers, PEFT and LyCORIS: formats/NAME holds one "
    "adapter in every format, types/NAME one kind of change each (NAME@STRENGTH/TENSOR); one and two are for edits, combined: LAYER at rank 2; "
    "keys.json: keys of trainers' files for the published model",
    "edits": "whole edits: args.json (arguments but for model, outputs, device, dtype) -> pictures and last latents; "
    "floor: the reference against itself in float64",
}


def _versions() -> dict[str, str]:
    pins = re.findall(r"^([\w-]+)==", (HERE / "requirements.txt").read_text(), re.MULTILINE)
    return {"python": platform.python_version()} | {name: importlib.metadata.version(name) for name in pins}


def write(out: Path) -> None:
    shutil.rmtree(out, ignore_errors=True)
    write_model(out / "model", BASE, SEED)
    write_model(out / "model-sharded", SHARDED, SEED + 1, max_shard_size="85KB", published_clip_names=False)
    write_model(out / "model-bf16", BF16, SEED + 2, torch.bfloat16, published_clip_names=False)
    golden_tokens.write(out, out / "model", BASE)
    golden_networks.write(out, out / "model", out / "model-sharded")
    golden_shortcuts.write(out, out / "model")
    golden_sigmas.write(out)
    golden_shapes.write(out)
    golden_noise.write(out)
    golden_resize.write(out)
    golden_pictures.write(out)
    golden_lora.write(out, out / "model")
    golden_lora_keys.write(out)
    golden_edits.write(out)
    golden_quants.write(out)
    golden_eight_bits.write(out)
    golden_packed.write(out)
    golden_layouts.write(out)
    write_index(out)


def write_index(out: Path) -> None:
    files = sorted(p for p in out.rglob("*") if p.is_file() and p.name != "index.json")
    golden_files.save_json(
        out / "index.json",
        {
            "made_by": "tools/reference/goldens.py",
            "seed": SEED,
            "versions": _versions(),
            "files": DESCRIPTIONS,
            "sha256": {p.relative_to(out).as_posix(): golden_files.sha256(p) for p in files},
        },
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, nargs="?", default=GOLDENS)
    write(parser.parse_args().out)
