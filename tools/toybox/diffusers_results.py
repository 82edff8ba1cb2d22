"""The same edits by diffusers, from the same noise, and how near they are to ours."""

import math

import numpy as np
import torch
from diffusers import FluxKontextPipeline
from PIL import Image

import judging
from scene import picture
from trials import Trial

STEPS, GUIDANCE = 28, 2.5  # kontext4j's defaults


def made(model: str, given: list[Trial]) -> list[np.ndarray]:
    """Edits of one picture in f32."""
    pipeline = FluxKontextPipeline.from_pretrained(model, torch_dtype=torch.float32)
    pipeline.set_progress_bar_config(disable=True)
    return [_edit(pipeline, trial) for trial in given]


def _edit(pipeline: FluxKontextPipeline, trial: Trial) -> np.ndarray:
    scene = trial.pictures[0]
    result = pipeline(
        Image.fromarray(picture(scene)), prompt=trial.prompt, width=scene.width, height=scene.height,
        max_area=scene.width * scene.height, _auto_resize=False, guidance_scale=GUIDANCE, num_inference_steps=STEPS,
        max_sequence_length=pipeline.tokenizer_2.model_max_length, generator=torch.Generator().manual_seed(trial.seed),
    )  # fmt: skip
    return np.asarray(result.images[0])


def compared(given: list[Trial], ours: list[np.ndarray], theirs: list[np.ndarray]) -> str:
    nearness = [judging.psnr(a, b) for a, b in zip(ours, theirs, strict=True)]
    followed = [[judging.judge(t.edit, r).followed for t, r in zip(given, by, strict=True)] for by in (ours, theirs)]
    alike = sum(a == b for a, b in zip(*followed, strict=True))
    return (
        f"{len(given)} edits in f32 beside diffusers: at least {min(nearness):.1f} dB between the two pictures, "
        f"{sum(math.isinf(n) for n in nearness)} pairs equal in every byte; "
        f"followed {np.mean(followed[0]):.1%} (ours) and {np.mean(followed[1]):.1%} (theirs); {alike} judged alike."
    )
