"""shapes.json: names and shapes of every tensor of the published networks, and of those that people take for them."""

import re
from pathlib import Path

import torch
from diffusers import AutoencoderKL, FluxTransformer2DModel
from diffusers.loaders.single_file_utils import convert_flux_transformer_checkpoint_to_diffusers
from transformers import CLIPTextConfig, CLIPTextModel, T5Config, T5EncoderModel

from golden_files import save_json

WIDTH, MLP, HEAD = 3072, 4 * 3072, 128
DOUBLE, SINGLE = 19, 38
FLUX_VAE = {
    "latent_channels": 16,
    "block_out_channels": (128, 256, 512, 512),
    "down_block_types": ("DownEncoderBlock2D",) * 4,
    "up_block_types": ("UpDecoderBlock2D",) * 4,
    "layers_per_block": 2,
}


def _flux(**changes) -> dict[str, torch.Tensor]:
    config = {"num_layers": DOUBLE, "num_single_layers": SINGLE, "guidance_embeds": True, "out_channels": 64}
    return FluxTransformer2DModel(**config | changes).state_dict()


def _original(in_channels: int = 64) -> dict[str, torch.Tensor]:
    """The names of the original release; diffusers' own converter shows below that they are right."""

    def linear(name: str, out: int, into: int) -> dict:
        return {f"{name}.weight": torch.empty(out, into), f"{name}.bias": torch.empty(out)}

    tensors = linear("img_in", WIDTH, in_channels) | linear("txt_in", WIDTH, 4096)
    for name, into in (("time_in", 256), ("vector_in", 768), ("guidance_in", 256)):
        tensors |= linear(f"{name}.in_layer", WIDTH, into) | linear(f"{name}.out_layer", WIDTH, WIDTH)
    for i in range(DOUBLE):
        for side in ("img", "txt"):
            at = f"double_blocks.{i}.{side}"
            tensors |= linear(f"{at}_mod.lin", 6 * WIDTH, WIDTH) | linear(f"{at}_attn.qkv", 3 * WIDTH, WIDTH)
            tensors |= {f"{at}_attn.norm.{which}_norm.scale": torch.empty(HEAD) for which in ("query", "key")}
            tensors |= linear(f"{at}_attn.proj", WIDTH, WIDTH)
            tensors |= linear(f"{at}_mlp.0", MLP, WIDTH) | linear(f"{at}_mlp.2", WIDTH, MLP)
    for i in range(SINGLE):
        at = f"single_blocks.{i}"
        tensors |= linear(f"{at}.linear1", 3 * WIDTH + MLP, WIDTH) | linear(f"{at}.linear2", WIDTH, WIDTH + MLP)
        tensors |= {f"{at}.norm.{which}_norm.scale": torch.empty(HEAD) for which in ("query", "key")}
        tensors |= linear(f"{at}.modulation.lin", 3 * WIDTH, WIDTH)
    return tensors | linear("final_layer.linear", 64, WIDTH) | linear("final_layer.adaLN_modulation.1", 2 * WIDTH, WIDTH)


def _clip(width: int, layers: int, heads: int) -> dict[str, torch.Tensor]:
    config = CLIPTextConfig(
        hidden_size=width, intermediate_size=4 * width, num_hidden_layers=layers, num_attention_heads=heads
    )
    return {
        name if name.startswith("text_model.") else f"text_model.{name}": tensor  # as published
        for name, tensor in CLIPTextModel(config).state_dict().items()
        if not name.endswith("position_ids")
    }


def _t5(width: int, mlp: int, layers: int, heads: int, feed_forward: str = "gated-gelu") -> dict[str, torch.Tensor]:
    config = T5Config(
        d_model=width, d_ff=mlp, d_kv=64, num_layers=layers, num_heads=heads, feed_forward_proj=feed_forward
    )
    return T5EncoderModel(config).state_dict()


def _shapes(tensors: dict[str, torch.Tensor]) -> dict:
    """Blocks that are alike are written once, with `*` for their number."""
    shapes = {name: list(tensor.shape) for name, tensor in tensors.items()}
    blocks: dict[str, int] = {}
    for name in shapes:
        if found := re.match(r"(.*?(?:blocks|block|layers))\.(\d+)\.", name):
            blocks[found[1]] = max(blocks.get(found[1], 0), int(found[2]) + 1)
    short = {}
    for name, shape in shapes.items():
        pattern = name
        for stem, count in blocks.items():
            starred = re.sub(rf"^{re.escape(stem)}\.\d+\.", f"{stem}.*.", name)
            if starred != name and all(shapes.get(starred.replace("*", str(i), 1)) == shape for i in range(count)):
                pattern = starred
        short[pattern] = shape
    return {"blocks": blocks, "tensors": short}


def write(out: Path) -> None:
    with torch.device("meta"):
        kontext = _flux()
        original = _original()
        converted = convert_flux_transformer_checkpoint_to_diffusers(dict(original))
        assert {n: t.shape for n, t in converted.items()} == {n: t.shape for n, t in kontext.items()}
        networks = {
            "flux-kontext": kontext,
            "flux-kontext-original": original,
            "flux-schnell": _flux(guidance_embeds=False),
            "flux-fill": _flux(in_channels=384),
            "flux-canny": _flux(in_channels=128),
            "vae-flux": AutoencoderKL(**FLUX_VAE, use_quant_conv=False, use_post_quant_conv=False).state_dict(),
            "vae-sd": AutoencoderKL(**FLUX_VAE | {"latent_channels": 4}).state_dict(),
            "clip-l": _clip(768, 12, 12),
            "clip-g": _clip(1280, 32, 20),
            "t5-xxl": _t5(4096, 10240, 24, 64),
            "t5-base": _t5(768, 2048, 12, 12),
            "t5-small-first": _t5(512, 2048, 6, 8, "relu"),
        }
        save_json(out / "shapes.json", {name: _shapes(tensors) for name, tensors in networks.items()})
