"""Makes a complete tiny FLUX.1 Kontext folder in diffusers' layout, with random weights.

    python tiny_model.py OUT --seed 7 --heads 2 --head_dim 8 --axes 2,2,4

The options are the fields of TinyConfig.
"""

import quiet  # noqa: F401, I001  (before diffusers)

import argparse
import dataclasses
import json
import shutil
from pathlib import Path

import torch
from diffusers import AutoencoderKL, FlowMatchEulerDiscreteScheduler, FluxTransformer2DModel
from safetensors.torch import load_file, save_file
from transformers import CLIPTextConfig, CLIPTextModel, T5Config, T5EncoderModel

from tiny_clip_tokenizer import write_clip
from tiny_config import TinyConfig
from tiny_t5_tokenizer import write_t5
from tiny_weights import randomise

MODEL_INDEX = {
    "_class_name": "FluxKontextPipeline",
    "_diffusers_version": "0.42.1",
    "feature_extractor": [None, None],
    "image_encoder": [None, None],
    "scheduler": ["diffusers", "FlowMatchEulerDiscreteScheduler"],
    "text_encoder": ["transformers", "CLIPTextModel"],
    "text_encoder_2": ["transformers", "T5EncoderModel"],
    "tokenizer": ["transformers", "CLIPTokenizer"],
    "tokenizer_2": ["transformers", "T5TokenizerFast"],
    "transformer": ["diffusers", "FluxTransformer2DModel"],
    "vae": ["diffusers", "AutoencoderKL"],
}


def clip_encoder(c: TinyConfig, vocab: int) -> CLIPTextModel:
    end = vocab - 1
    return CLIPTextModel(
        CLIPTextConfig(
            vocab_size=vocab, hidden_size=c.clip_dim, intermediate_size=c.clip_mlp, projection_dim=c.clip_dim,
            num_hidden_layers=c.clip_layers, num_attention_heads=c.clip_heads, hidden_act=c.clip_act,
            max_position_embeddings=c.clip_length, layer_norm_eps=1e-5,
            bos_token_id=0, pad_token_id=1, eos_token_id=end if c.clip_eos is None else c.clip_eos,
        )
    )  # fmt: skip


def t5_encoder(c: TinyConfig, vocab: int) -> T5EncoderModel:
    return T5EncoderModel(
        T5Config(
            vocab_size=vocab + 28,  # the published model, too, has 28 more rows than its tokenizer has pieces
            d_model=c.t5_dim, d_kv=c.t5_kv, d_ff=c.t5_mlp, num_layers=c.t5_layers, num_heads=c.t5_heads,
            relative_attention_num_buckets=c.t5_buckets, relative_attention_max_distance=c.t5_max_distance,
            feed_forward_proj="gated-gelu", layer_norm_epsilon=1e-6,
        )
    )  # fmt: skip


def flux_transformer(c: TinyConfig) -> FluxTransformer2DModel:
    return FluxTransformer2DModel(
        patch_size=1, in_channels=4 * c.latent_channels, num_layers=c.double_layers,
        num_single_layers=c.single_layers, attention_head_dim=c.head_dim, num_attention_heads=c.heads,
        joint_attention_dim=c.t5_dim, pooled_projection_dim=c.clip_dim,
        guidance_embeds=c.guidance_embeds, axes_dims_rope=tuple(c.axes),
    )  # fmt: skip


def autoencoder(c: TinyConfig) -> AutoencoderKL:
    levels = len(c.vae_channels)
    return AutoencoderKL(
        in_channels=3, out_channels=3, latent_channels=c.latent_channels,
        down_block_types=("DownEncoderBlock2D",) * levels, up_block_types=("UpDecoderBlock2D",) * levels,
        block_out_channels=tuple(c.vae_channels), layers_per_block=c.vae_layers, norm_num_groups=c.vae_groups,
        sample_size=1024, scaling_factor=c.vae_scaling, shift_factor=c.vae_shift, force_upcast=True,
        use_quant_conv=c.vae_quant_conv, use_post_quant_conv=c.vae_quant_conv,
        mid_block_add_attention=c.vae_mid_attention,
    )  # fmt: skip


def rename_as_published(folder: Path) -> None:
    """transformers 5 saves CLIP's tensors without the prefix they have in the published folder."""

    def renamed(values: dict) -> dict:
        return {f"text_model.{name.removeprefix('text_model.')}": value for name, value in values.items()}

    for file in folder.glob("*.safetensors"):
        save_file(renamed(load_file(file)), file, metadata={"format": "pt"})
    for file in folder.glob("*.index.json"):
        index = json.loads(file.read_text())
        file.write_text(json.dumps(index | {"weight_map": renamed(index["weight_map"])}, indent=2) + "\n")


def _copy_tokenizers(source: Path, out: Path) -> tuple[int, int]:
    for name in ("tokenizer", "tokenizer_2"):
        shutil.copytree(source / name, out / name)
    clip = json.loads((out / "tokenizer" / "vocab.json").read_text(encoding="utf-8"))
    t5 = json.loads((out / "tokenizer_2" / "tokenizer.json").read_text(encoding="utf-8"))
    return len(clip), len(t5["model"]["vocab"])


def write_model(
    out: Path, config: TinyConfig, seed: int, dtype: torch.dtype = torch.float32,
    max_shard_size: str = "10GB", published_clip_names: bool = True, tokenizers: Path | None = None,
) -> None:  # fmt: skip
    """Writes the folder `out` anew. Equal arguments give equal bytes.
    `tokenizers`, a folder with tokenizer/ and tokenizer_2/, replaces the tiny ones."""
    out = Path(out)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    if tokenizers:
        clip_vocab, t5_vocab = _copy_tokenizers(tokenizers, out)
    else:
        clip_vocab = write_clip(out / "tokenizer", config.clip_merges, config.clip_length)
        t5_vocab = write_t5(out / "tokenizer_2", config.t5_pieces, config.t5_length)

    networks = {
        "text_encoder": randomise(clip_encoder(config, clip_vocab), seed + 1),
        "text_encoder_2": randomise(t5_encoder(config, t5_vocab), seed + 2, config.t5_kv),
        "transformer": randomise(flux_transformer(config), seed + 3),
        "vae": randomise(autoencoder(config), seed + 4),
    }
    for name, network in networks.items():
        network.to(dtype).save_pretrained(out / name, max_shard_size=max_shard_size)
    if published_clip_names:
        rename_as_published(out / "text_encoder")
    FlowMatchEulerDiscreteScheduler(**config.scheduler).save_pretrained(out / "scheduler")
    (out / "model_index.json").write_text(json.dumps(MODEL_INDEX, indent=2) + "\n")


def _parse(text: str, default):
    if isinstance(default, bool):
        return text.lower() in ("1", "true", "yes")
    if isinstance(default, tuple):
        return tuple(int(x) for x in text.split(","))
    return json.loads(text) if isinstance(default, dict) else type(default)(text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--dtype", choices=["float32", "bfloat16"], default="float32")
    parser.add_argument("--max-shard-size", default="10GB")
    base = TinyConfig()
    fields = [f.name for f in dataclasses.fields(base)]
    for name in fields:
        parser.add_argument(f"--{name}", metavar=str(getattr(base, name)))
    args = vars(parser.parse_args())
    changes = {n: _parse(args[n], getattr(base, n)) for n in fields if args[n] is not None}
    write_model(args["out"], base.with_(**changes), args["seed"], getattr(torch, args["dtype"]), args["max_shard_size"])


if __name__ == "__main__":
    main()
