"""Random weights under which no mistake can hide.

Freshly made modules have unit norms, zero biases and gates near zero: a swapped half, a forgotten bias or a wrong
epsilon would not show. Here every parameter gets a value that matters, and the inputs of most norms are kept small
enough for their epsilon to be seen.
"""

import math
import re
import zlib

import torch

# First match wins: pattern of the parameter's name -> standard deviation after division by sqrt(fan in).
GAINS = [
    # Small inputs to the first norms, and to the norms of queries and keys, make epsilons visible.
    (r"x_embedder\.weight|context_embedder\.weight", 0.05),
    (r"attn\.(to_[qk]|add_[qk]_proj)\.weight", 0.1),
    (r"(encoder|decoder)\.conv_in\.weight", 0.1),
    # Modulations: scale, shift and gate well away from 0 and 1, yet too small to make the network chaotic.
    (r"norm\w*\.linear\.weight", 0.5),
    # A single block's own part should not drown in what it is added to: GELU's formulas differ by little.
    (r"^single_transformer_blocks\.\d+\.proj_out\.weight", 2.5),
    # A latent with the spread of a real one, and a picture that seldom leaves the range.
    (r"encoder\.conv_out\.weight", 3.0),
    (r"decoder\.conv_out\.weight", 0.5),
]
BIAS = 0.15
SMALL_BIAS = r"x_embedder|context_embedder|conv_in|to_[qk]\.|add_[qk]_proj"


def _draw(name: str, shape: torch.Size, seed: int) -> torch.Tensor:
    """Normal values that depend on the seed and the name alone, so adding a layer changes no other one."""
    generator = torch.Generator().manual_seed((seed << 32) ^ zlib.crc32(name.encode()))
    return torch.randn(shape, generator=generator)


def _value(name: str, p: torch.Tensor, seed: int, t5_kv: int | None) -> torch.Tensor:
    x = _draw(name, p.shape, seed)
    if "embedding" in name and p.dim() == 2:
        return x * (0.01 if "position" in name else 0.02)  # as small as CLIP's own, for its LayerNorm's epsilon
    if name == "shared.weight":
        return x * 0.05
    if "relative_attention_bias" in name:
        return x
    if p.dim() == 1:
        if name.endswith("bias"):
            return x * (0.02 if re.search(SMALL_BIAS, name) else BIAS)
        return 1 + 0.25 * x  # the scale of a norm
    fan_in = math.prod(p.shape[1:])
    gain = next((g for pattern, g in GAINS if re.search(pattern, name)), 1.0)
    if t5_kv and name.endswith("SelfAttention.q.weight"):
        gain = t5_kv**-0.5  # T5 does not scale its scores
    return x * gain / math.sqrt(fan_in)


@torch.no_grad()
def randomise(model: torch.nn.Module, seed: int, t5_kv: int | None = None) -> torch.nn.Module:
    for name, p in model.named_parameters():
        p.copy_(_value(name, p, seed, t5_kv))
    return model.eval()
