"""Random models and edits that no one has chosen."""

from dataclasses import dataclass

import numpy as np
import torch

from reference import Edit
from tiny_config import PUBLISHED_SCHEDULER, TinyConfig

PROMPTS = (
    "make the sky purple and add a castle",
    "Turn the PHOTO into a watercolour, don't change the faces",
    "a",
    "café naïve 把天空 🐱🔥 ﬁle   two  spaces\nnew line",
    "replace </s> the <|endoftext|> text <extra_id_0> on it",
    "the quick brown fox jumps over the lazy dog, " * 30,
)


@dataclass(frozen=True)
class Case:
    config: TinyConfig
    model: dict  # further arguments of write_model
    edit: Edit
    inputs: dict[str, tuple[int, int]]  # picture -> size


class Draw:
    def __init__(self, seed: int, index: int):
        self.rng = np.random.default_rng([seed, index])

    def int(self, low: int, high: int) -> int:
        """Both ends included."""
        return int(self.rng.integers(low, high + 1))

    def of(self, *choices):
        return choices[self.int(0, len(choices) - 1)]

    def float(self, low: float, high: float) -> float:
        return round(float(self.rng.uniform(low, high)), 3)

    def chance(self, probability: float) -> bool:
        return bool(self.rng.random() < probability)

    def even_parts(self, total: int) -> tuple[int, int, int]:
        first, second = sorted(self.rng.choice(np.arange(1, total // 2), 2, replace=False))
        return tuple(int(2 * n) for n in (first, second - first, total // 2 - second))


def _scheduler(draw: Draw) -> dict:
    config = {"num_train_timesteps": 1000, "shift": draw.float(0.5, 5), "use_dynamic_shifting": False}
    if draw.chance(0.7):
        config = PUBLISHED_SCHEDULER | {"time_shift_type": draw.of("exponential", "exponential", "linear")}
    if draw.chance(0.3):
        config |= {"base_shift": draw.float(0.1, 0.9), "max_shift": draw.float(0.9, 3), "base_image_seq_len": 64}
    if draw.chance(0.3):
        config |= {draw.of("use_karras_sigmas", "use_exponential_sigmas", "use_beta_sigmas"): True}
    if draw.chance(0.15):
        config |= {"shift_terminal": draw.float(0.02, 0.3)}
    return config


def _config(draw: Draw) -> TinyConfig:
    head_dim = draw.of(8, 12, 16, 20, 24, 32, 40, 64)
    clip_heads, vae_groups = draw.int(1, 4), draw.of(1, 2, 4)
    return TinyConfig(
        heads=draw.int(1, 5), head_dim=head_dim, axes=draw.even_parts(head_dim),
        double_layers=draw.int(1, 3), single_layers=draw.int(0, 4), guidance_embeds=draw.chance(0.6),
        clip_dim=clip_heads * draw.of(6, 8, 10, 16), clip_heads=clip_heads, clip_layers=draw.int(1, 3),
        clip_mlp=draw.int(16, 100), clip_act=draw.of("quick_gelu", "gelu"), clip_eos=draw.of(2, 2, None),
        clip_length=draw.of(77, draw.int(6, 77)), clip_merges=draw.int(20, 160),
        t5_dim=draw.int(12, 64), t5_heads=draw.int(1, 5), t5_kv=draw.int(4, 24), t5_mlp=draw.int(16, 90),
        t5_layers=draw.int(1, 3), t5_buckets=draw.of(8, 12, 16, 32, 64), t5_max_distance=draw.int(40, 200),
        t5_length=draw.of(512, draw.int(6, 300)), t5_pieces=draw.int(150, 230),
        latent_channels=draw.of(4, 8, 16),
        vae_channels=tuple(vae_groups * draw.int(1, 6) for _ in range(draw.int(2, 4))),
        vae_layers=draw.int(1, 2), vae_groups=vae_groups, vae_quant_conv=draw.chance(0.5),
        vae_mid_attention=draw.chance(0.7), vae_scaling=draw.float(0.2, 1.5), vae_shift=draw.float(-0.3, 0.3),
        scheduler=_scheduler(draw),
    )  # fmt: skip


def _sides(draw: Draw, unit: int) -> tuple[int, int]:
    """Two to eight tokens a side, and some pixels more that have to be dropped."""
    return tuple(unit * draw.int(2, 8) + draw.int(0, unit - 1) for _ in range(2))


def _edit(draw: Draw, config: TinyConfig) -> tuple[Edit, dict[str, tuple[int, int]]]:
    unit = 2 ** len(config.vae_channels)  # pixels a token
    inputs = {f"in-{i}.png": _sides(draw, unit) for i in range(draw.of(0, 1, 1, 1, 2, 3))}
    width, height = _sides(draw, unit)
    steps = draw.int(2 if "shift_terminal" in config.scheduler else 1, 6)
    several = {}
    if draw.chance(0.3):
        several = draw.of(
            {"count": 2, "batch_noise": "one"}, {"count": 2}, {"seed": (draw.int(0, 99), draw.int(100, 2**40))}
        )
    negative = {"negative": "blurry", "true_cfg": draw.float(1.1, 4)} if draw.chance(0.25) else {}
    options = {
        "seed": (draw.int(0, 2**62),),
        "prompt_2": draw.of(None, None, draw.of(*PROMPTS)),
        "images": tuple(inputs),
        "references": draw.of("index", "offset") if len(inputs) > 1 else None,
        "max_tokens": draw.of(None, None, draw.int(5, 80)),
        "max_area": draw.of(None, None, None, unit * unit * draw.int(9, 60)),
        "noise_dtype": draw.of(None, None, None, "f32", "bf16", "f16"),
        "sigmas": tuple(sorted({draw.float(0.05, 1) for _ in range(4)}, reverse=True)) if draw.chance(0.15) else None,
    }
    edit = Edit(draw.of(*PROMPTS), steps=steps, guidance=draw.float(1, 5), width=width, height=height,
                **options | several | negative)  # fmt: skip
    return edit, inputs


def draw_case(seed: int, index: int) -> Case:
    draw = Draw(seed, index)
    config = _config(draw)
    model = {
        "seed": draw.int(0, 2**20),
        "dtype": torch.bfloat16 if draw.chance(0.15) else torch.float32,
        "max_shard_size": draw.of("10GB", "10GB", "100KB"),
        "published_clip_names": draw.chance(0.5),
    }
    return Case(config, model, *_edit(draw, config))
