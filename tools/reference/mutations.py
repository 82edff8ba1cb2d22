"""Shows that the goldens notice mistakes: breaks the reference on purpose and measures how far its outputs move.

    python mutations.py [GOLDENS]

Prints a line a mistake; fails if one moves no output by five times the tolerance of the tests (2e-5 relative).
"""

import quiet  # noqa: F401, I001  (before torch)

import argparse
import contextlib
import sys
from pathlib import Path
from unittest import mock

import torch
from diffusers.models import embeddings
from diffusers.models.transformers import transformer_flux
from transformers.activations import ACT2FN

from golden_stages import STAGES
from goldens import GOLDENS
from reference import load

NOTICED = 5 * 2e-5


def _swap_halves(*modules: torch.nn.Linear) -> None:
    for module in modules:
        for p in (module.weight, module.bias):
            p.copy_(torch.cat(p.chunk(2)[::-1]))


def _swap_rows(module: torch.nn.Linear, parts: int, i: int, j: int) -> None:
    for p in (module.weight, module.bias):
        order = list(range(parts))
        order[i], order[j] = order[j], order[i]
        chunks = p.chunk(parts)
        p.copy_(torch.cat([chunks[k] for k in order]))


def _epsilon(network: torch.nn.Module, kind: str, epsilon: float) -> None:
    norms = [m for m in network.modules() if type(m).__name__ == kind]
    assert norms, f"no {kind} here"
    for norm in norms:
        setattr(norm, "eps" if hasattr(norm, "eps") else "variance_epsilon", epsilon)


def _activation(network: torch.nn.Module, owner: str, attribute: str, activation) -> None:
    owners = [m for m in network.modules() if type(m).__name__ == owner]
    assert owners, f"no {owner} here"
    for module in owners:
        setattr(module, attribute, activation)


def _erf_gelu(module) -> None:
    for m in module.modules():
        if getattr(m, "approximate", None) == "tanh":
            m.approximate = "none"


def _rope_in_halves(x, freqs_cis, **_):
    """The layout of LLaMA: pairs are half a head apart, not neighbours."""
    cos, sin = (f[None, :, None, :] for f in freqs_cis)
    a, b = x.chunk(2, dim=-1)
    return (x.float() * cos + torch.cat([-b, a], dim=-1).float() * sin).to(x.dtype)


def _rope_of_axes(ids_order):
    original = transformer_flux.FluxPosEmbed.forward
    return mock.patch.object(
        transformer_flux.FluxPosEmbed, "forward", lambda self, ids: original(self, ids[:, ids_order])
    )


def _sine_first(original):
    return lambda *a, **k: original(*a, **k | {"flip_sin_to_cos": False})


# name -> (stage that must notice, what to break; returns None or a patch to be undone)
MISTAKES = {
    "norm_out: scale and shift exchanged": ("transformer", lambda p: _swap_halves(p.transformer.norm_out.linear)),
    "double block: attention's shift and scale exchanged": (
        "block_double", lambda p: _swap_rows(p.transformer.transformer_blocks[0].norm1.linear, 6, 0, 1)),
    "double block: the two gates exchanged": (
        "block_double", lambda p: _swap_rows(p.transformer.transformer_blocks[0].norm1_context.linear, 6, 2, 5)),
    "single block: shift and scale exchanged": (
        "block_single", lambda p: _swap_rows(p.transformer.single_transformer_blocks[1].norm.linear, 3, 0, 1)),
    "transformer: RMSNorm epsilon 1e-5": ("block_double", lambda p: _epsilon(p.transformer, "RMSNorm", 1e-5)),
    "transformer: LayerNorm epsilon 1e-5": ("block_double", lambda p: _epsilon(p.transformer, "LayerNorm", 1e-5)),
    "transformer: exact GELU": ("block_double", lambda p: _erf_gelu(p.transformer)),
    "single block: exact GELU": ("block_single", lambda p: _erf_gelu(p.transformer)),
    "RoPE: pairs half a head apart": (
        "block_double", lambda p: mock.patch.object(transformer_flux, "apply_rotary_emb", _rope_in_halves)),
    "RoPE: rows and columns exchanged": ("transformer", lambda p: _rope_of_axes([0, 2, 1])),
    "RoPE: first axis forgotten": ("transformer", lambda p: _rope_of_axes([1, 1, 2])),
    "timestep: sine before cosine": (
        "conditioning", lambda p: mock.patch.object(
            embeddings, "get_timestep_embedding", _sine_first(embeddings.get_timestep_embedding))),
    "CLIP: LayerNorm epsilon 1e-6": ("clip", lambda p: _epsilon(p.text_encoder, "LayerNorm", 1e-6)),
    "CLIP: exact GELU": ("clip", lambda p: _activation(p.text_encoder, "CLIPMLP", "activation_fn", ACT2FN["gelu"])),
    "T5: epsilon 1e-5": ("t5", lambda p: _epsilon(p.text_encoder_2, "T5LayerNorm", 1e-5)),
    "T5: exact GELU": ("t5", lambda p: _activation(p.text_encoder_2, "T5DenseGatedActDense", "act", ACT2FN["gelu"])),
    "T5: farthest bucket at 127": (
        "t5", lambda p: _activation(p.text_encoder_2, "T5Attention", "relative_attention_max_distance", 127)),
    "VAE: GroupNorm epsilon 1e-5": ("vae", lambda p: _epsilon(p.vae, "GroupNorm", 1e-5)),
}  # fmt: skip


def _distance(stage: str, pipe, inputs: dict, right: dict) -> float:
    wrong = STAGES[stage][1](pipe, inputs)
    return max(float((wrong[k] - t).norm() / t.norm()) for k, t in right.items())


def _zeroed_parameters(pipe, inputs: dict, right: dict) -> list[tuple[str, str, float]]:
    """Every bias and every norm's scale, forgotten one at a time."""
    parts = {"clip": pipe.text_encoder, "t5": pipe.text_encoder_2, "vae": pipe.vae, "transformer": pipe.transformer}
    rows = []
    for stage, network in parts.items():
        for name, p in network.named_parameters():
            # A bias of keys changes no softmax, only rounding, unless the keys are normed and turned after it.
            if p.dim() != 1 or (stage in ("clip", "vae") and ("k_proj" in name or "to_k" in name)):
                continue
            kept = p.clone()
            p.fill_(0.0 if name.endswith("bias") else 1.0)
            rows.append((f"{stage}: {name} forgotten", stage, _distance(stage, pipe, inputs[stage], right[stage])))
            p.copy_(kept)
    return rows


@torch.no_grad()
def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("goldens", type=Path, nargs="?", default=GOLDENS)
    model = parser.parse_args().goldens / "model"
    pipe = load(model)
    inputs = {name: draw(pipe) for name, (draw, _) in STAGES.items()}
    right = {name: run(pipe, inputs[name]) for name, (_, run) in STAGES.items()}
    rows = _zeroed_parameters(pipe, inputs, right)
    print(f"{len(rows)} biases and scales forgotten one by one: the least noticed moves {min(r[2] for r in rows):.1e}")
    for name, (stage, mistake) in MISTAKES.items():
        broken = load(model)
        with mistake(broken) or contextlib.nullcontext():
            rows.append((name, stage, _distance(stage, broken, inputs[stage], right[stage])))
        print(f"{rows[-1][2]:.1e}  {stage:13} {name}")
    missed = [name for name, _, distance in rows if not distance > NOTICED]
    for name in missed:
        print(f"not noticed: {name}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
