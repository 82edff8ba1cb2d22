"""sigmas.json: the schedule that the pipeline gets, for many schedulers, sizes and numbers of steps."""

from pathlib import Path

import numpy as np
from diffusers import FlowMatchEulerDiscreteScheduler
from diffusers.pipelines.flux.pipeline_flux_kontext import calculate_shift, retrieve_timesteps

from golden_files import save_json
from tiny_config import PUBLISHED_SCHEDULER

CONSTANT = {"num_train_timesteps": 1000, "use_dynamic_shifting": False}
SCHEDULERS = {
    "published": PUBLISHED_SCHEDULER,
    "dynamic_linear": PUBLISHED_SCHEDULER | {"time_shift_type": "linear"},
    "other_shifts": PUBLISHED_SCHEDULER
    | {"base_shift": 0.25, "max_shift": 2.0, "base_image_seq_len": 64, "max_image_seq_len": 1024},
    "constant_3": CONSTANT | {"shift": 3.0},
    "constant_1": CONSTANT | {"shift": 1.0},
    "constant_1_15": CONSTANT | {"shift": 1.15},
    "dynamic_karras": PUBLISHED_SCHEDULER | {"use_karras_sigmas": True},
    "dynamic_exponential_sigmas": PUBLISHED_SCHEDULER | {"use_exponential_sigmas": True},
    "dynamic_beta": PUBLISHED_SCHEDULER | {"use_beta_sigmas": True},
    "constant_karras": CONSTANT | {"shift": 3.0, "use_karras_sigmas": True},
    "constant_beta": CONSTANT | {"shift": 2.0, "use_beta_sigmas": True},
    "terminal": PUBLISHED_SCHEDULER | {"shift_terminal": 0.1},
    "terminal_karras": PUBLISHED_SCHEDULER | {"shift_terminal": 0.05, "use_karras_sigmas": True},
    "trained_500": PUBLISHED_SCHEDULER | {"num_train_timesteps": 500},
}
TOKENS = (16, 24, 256, 4096, 4050)
STEPS = (1, 2, 7, 28)
CUSTOM = ([1.0, 0.75, 0.5, 0.25], [0.9, 0.6, 0.3], [1.0], [1.0, 0.98, 0.5, 0.1, 0.02])


def _case(name: str, tokens: int, steps: int, custom: list[float] | None) -> dict:
    scheduler = FlowMatchEulerDiscreteScheduler(**SCHEDULERS[name])
    config = scheduler.config
    mu = calculate_shift(
        tokens, config.base_image_seq_len, config.max_image_seq_len, config.base_shift, config.max_shift
    )
    sigmas = np.linspace(1.0, 1 / steps, steps) if custom is None else custom
    timesteps, _ = retrieve_timesteps(scheduler, steps, "cpu", sigmas=sigmas, mu=mu)
    return {
        "scheduler": name, "image_seq_len": tokens, "steps": steps, "custom": custom, "mu": mu,
        "sigmas": scheduler.sigmas.tolist(), "timesteps": timesteps.tolist(),
    }  # fmt: skip


def write(out: Path) -> None:
    cases = []
    for name, config in SCHEDULERS.items():
        for tokens in TOKENS if config["use_dynamic_shifting"] else TOKENS[:1]:
            for steps in STEPS:
                if not (config.get("shift_terminal") and steps == 1):  # 0 / 0 in the reference
                    cases.append(_case(name, tokens, steps, None))
        cases += [_case(name, 24, len(c), c) for c in CUSTOM if not (config.get("shift_terminal") and c == [1.0])]
    schedulers = {}
    for name, config in SCHEDULERS.items():
        whole = FlowMatchEulerDiscreteScheduler(**config).config.items()
        schedulers[name] = {key: value for key, value in whole if key != "_use_default_values"}
    save_json(out / "sigmas.json", {"schedulers": schedulers, "cases": cases}, indent=None)
