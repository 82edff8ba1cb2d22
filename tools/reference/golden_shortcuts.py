"""What steps look like that take something from earlier ones: shortcuts.safetensors.

The same tokens on their way from noise to noise, step by step, three times: with diffusers' own first-block cache; with
TeaCache as its authors describe it and Kontext's published coefficients; with the keys and values of the reference
tokens kept for some steps, put into diffusers' own attention. `*.computed` tells which steps were computed whole.
"""

from pathlib import Path
from unittest import mock

import numpy as np
import torch
from diffusers import FirstBlockCacheConfig, FluxKontextPipeline
from diffusers.models.transformers import transformer_flux

from golden_files import save_tensors
from golden_stages import NOISE, REFERENCE, TEXT, Tensors, _normal
from reference import load

STEPS = 12
FIRST_BLOCK_THRESHOLD = 0.45
# welltop-cn/ComfyUI-TeaCache, commit a8012e8 ("flux-kontext"); the same numbers in nunchaku/caching/teacache.py
KONTEXT = (-1.04655119e03, 3.12563399e02, -1.69500694e01, 4.10995971e-01, 3.74537863e-02)
TEACACHE_THRESHOLD = 0.15
REFERENCES_EVERY = 3
N_NOISE, N_REFERENCE = NOISE[0] * NOISE[1], REFERENCE[0] * REFERENCE[1]


def inputs(pipe: FluxKontextPipeline) -> Tensors:
    config = pipe.transformer.config
    start, end = (_normal(seed, 1, N_NOISE, config.in_channels) for seed in (51, 52))
    way = 0.1 * torch.linspace(0, 1, STEPS)[:, None, None] ** 2
    return {
        "noise": torch.cat([start + (end - start) * s for s in way]),
        "reference": _normal(53, 1, N_REFERENCE, config.in_channels),
        "text": _normal(54, 1, TEXT, config.joint_attention_dim),
        "pooled": _normal(55, 1, config.pooled_projection_dim),
        "timesteps": 700 - 40 * torch.linspace(0, 1, STEPS) ** 2,
        "guidance": torch.tensor([2.5]),
    }


def _image_ids(pipe: FluxKontextPipeline) -> torch.Tensor:
    noise = pipe._prepare_latent_image_ids(1, *NOISE, "cpu", torch.float32)
    reference = pipe._prepare_latent_image_ids(1, *REFERENCE, "cpu", torch.float32)
    reference[:, 0] = 1
    return torch.cat([noise, reference])


class Steps:
    """The calls of the network that an edit would make."""

    def __init__(self, pipe: FluxKontextPipeline, given: Tensors):
        self.pipe, self.given, self.network, self.ids = pipe, given, pipe.transformer, _image_ids(pipe)

    def tokens(self, step: int) -> torch.Tensor:
        return torch.cat([self.given["noise"][step : step + 1], self.given["reference"]], 1)

    def velocity(self, step: int, references: bool = True) -> torch.Tensor:
        n = N_NOISE + (N_REFERENCE if references else 0)
        result = self.network(
            hidden_states=self.tokens(step)[:, :n],
            encoder_hidden_states=self.given["text"],
            pooled_projections=self.given["pooled"],
            timestep=self.given["timesteps"][step : step + 1] / 1000,
            guidance=self.given["guidance"],
            txt_ids=torch.zeros(TEXT, 3),
            img_ids=self.ids[:n],
            return_dict=False,
        )[0]
        return result[:, :N_NOISE]

    def embedding(self, step: int) -> torch.Tensor:
        """The conditioning vector."""
        time = self.given["timesteps"][step : step + 1] / 1000 * 1000
        return self.network.time_text_embed(time, self.given["guidance"] * 1000, self.given["pooled"])


def first_block(steps: Steps) -> tuple[list[torch.Tensor], list[int]]:
    """By diffusers. The second block's attention is reached only at steps that are computed."""
    computed = []
    handle = steps.network.transformer_blocks[1].attn.register_forward_pre_hook(lambda *_: computed.append(step))
    steps.network.enable_cache(FirstBlockCacheConfig(threshold=FIRST_BLOCK_THRESHOLD))
    results = []
    with steps.network.cache_context("cond"):
        for step in range(STEPS):
            results.append(steps.velocity(step))
    steps.network.disable_cache()
    handle.remove()
    return results, computed


def teacache(steps: Steps) -> tuple[list[torch.Tensor], list[int]]:
    network, rescale = steps.network, np.poly1d(KONTEXT)
    results, computed, before, residual, drift = [], [], None, None, 0.0
    behind = []
    handle = network.norm_out.register_forward_pre_hook(lambda _module, arguments: behind.append(arguments[0]))
    for step in range(STEPS):
        image, temb = network.x_embedder(steps.tokens(step)), steps.embedding(step)
        modulated = network.transformer_blocks[0].norm1(image, emb=temb)[0]
        if before is not None:
            drift += rescale(((modulated - before).abs().mean() / before.abs().mean()).item())
        before = modulated
        if residual is None or drift >= TEACACHE_THRESHOLD:
            drift = 0.0
            computed.append(step)
            results.append(steps.velocity(step))
            residual = behind[-1] - image
        else:
            results.append(network.proj_out(network.norm_out(image + residual, temb))[:, :N_NOISE])
    handle.remove()
    return results, computed


def references(steps: Steps) -> tuple[list[torch.Tensor], list[int]]:
    attend, kept, results, computed = transformer_flux.dispatch_attention_fn, [], [], []
    block = iter(())

    def keeping(query, key, value, **named):
        kept.append((key[:, -N_REFERENCE:].clone(), value[:, -N_REFERENCE:].clone()))
        return attend(query, key, value, **named)

    def recalling(query, key, value, **named):
        old_key, old_value = next(block)
        return attend(query, torch.cat([key, old_key], 1), torch.cat([value, old_value], 1), **named)

    for step in range(STEPS):
        whole = step % REFERENCES_EVERY == 0
        if whole:
            kept.clear()
            computed.append(step)
        else:
            block = iter(kept)
        with mock.patch.object(transformer_flux, "dispatch_attention_fn", keeping if whole else recalling):
            results.append(steps.velocity(step, references=whole))
    return results, computed


@torch.no_grad()
def write(out: Path, model: Path) -> None:
    pipe = load(model)
    given = inputs(pipe)
    steps = Steps(pipe, given)
    tensors = dict(given)
    for name, run in (("first_block", first_block), ("teacache", teacache), ("references", references)):
        results, computed = run(steps)
        if not 2 < len(computed) < STEPS - 2:
            raise ValueError(f"{name}: nothing to learn from steps {computed}")
        tensors[name] = torch.cat(results)
        tensors[name + ".computed"] = torch.tensor(computed)
    save_tensors(out / "shortcuts.safetensors", tensors)
