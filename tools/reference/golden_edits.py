"""edits/: whole edits. Each folder holds the command's arguments, its pictures, and what the reference made."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from golden_files import save_json, save_tensors
from reference import Edit, Result, add_adapters, load, noise_for, run
from scenes import scene, scene_with_alpha

# name -> (model, edit); inputs are drawn by name in INPUTS
WIDE = Edit("make the sky purple", (42,), 4, 2.5, 96, 64, ("wide.png",))
INPUTS = {
    "square.png": lambda: scene(64, 64, 201),
    "wide.png": lambda: scene(117, 70, 202),  # no multiples of 16: floored to 112 x 64
    "tall.png": lambda: scene(40, 90, 203),
    "small.png": lambda: scene(50, 49, 204),
    "alpha.png": lambda: scene_with_alpha(80, 64, 205),
}
NEGATIVE = {"negative": "blurry, low quality", "negative_2": "watermark, deformed hands", "true_cfg": 2.5}
EDITS = {
    "square": replace(WIDE, images=("square.png",), width=64, height=64, seed=(0,)),
    "wide": replace(WIDE, prompt_2="turn the photograph into a watercolour painting"),
    "floored_size": replace(WIDE, width=95, height=79),
    "max_area": replace(WIDE, width=300, height=200, max_area=9000),
    "bucket": replace(WIDE, images=("small.png",), width=1024, height=688, max_area=6200, fit="bucket", steps=2),
    "no_reference": replace(WIDE, images=(), width=64, height=96, max_tokens=None),
    "two_references_index": replace(WIDE, images=("wide.png", "tall.png"), references="index"),
    "two_references_offset": replace(WIDE, images=("wide.png", "tall.png"), references="offset"),
    "three_references_offset": replace(WIDE, images=("small.png", "tall.png", "wide.png"), references="offset"),
    "true_cfg": replace(WIDE, steps=3, **NEGATIVE),
    "true_cfg_of_one": replace(WIDE, steps=3, **NEGATIVE | {"true_cfg": 1.0}),
    "two_images_one_generator": replace(WIDE, count=2, batch_noise="one", images=("square.png",), steps=3),
    "two_images_each": replace(WIDE, count=2, batch_noise="each", steps=3, width=64, height=80),
    "two_seeds": replace(WIDE, seed=(5, 900), steps=3, width=80, height=64),
    "one_step": replace(WIDE, steps=1, seed=(2**63 - 1,)),
    "seven_steps": replace(WIDE, steps=7, guidance=3.5, prompt="give the dog a green scarf, " * 12),
    "custom_sigmas": replace(WIDE, sigmas=(1.0, 0.75, 0.3), steps=3),
    "noise_bf16": replace(WIDE, noise_dtype="bf16"),
    "noise_f16": replace(WIDE, noise_dtype="f16"),
    "alpha_dropped": replace(WIDE, images=("alpha.png",), alpha="drop"),
    "sharded": replace(WIDE, max_tokens=None, steps=5),
    "sharded_true_cfg": replace(WIDE, max_tokens=None, seed=(3, 4), steps=2, images=("tall.png",), **NEGATIVE),
    "bf16_weights": replace(WIDE, seed=(43,)),
    "lora_one": replace(WIDE, lora=("../../lora/one.safetensors:0.8",)),
    "lora_two": replace(WIDE, lora=("../../lora/one.safetensors:0.8", "../../lora/two.safetensors:-0.5")),
}
MODELS = {"sharded": "model-sharded", "sharded_true_cfg": "model-sharded", "bf16_weights": "model-bf16"}


def psnr(a: Image.Image, b: Image.Image) -> float:
    error = np.mean((np.asarray(a, np.float64) - np.asarray(b, np.float64)) ** 2)
    return round(10 * float(np.log10(255**2 / error)), 1) if error else float("inf")


def _floor(pipe, double, edit: Edit, folder: Path, result: Result) -> dict:
    """How far the reference is from itself in float64: no other program can be asked to be nearer."""
    noise = noise_for(pipe, edit, edit.noise_dtype or "f32")
    again = run(pipe, edit, folder, noise.float())
    assert torch.equal(again.latents, result.latents), "noise drawn beside the pipeline differs from its own"
    exact = run(double, edit, folder, noise.double())
    decibels = [psnr(a, b) for a, b in zip(exact.pictures, result.pictures, strict=True)]
    return {
        "float64_latents_differ_by": float(f"{(exact.latents - result.latents).abs().max():.2g}"),
        "float64_psnr": [d if np.isfinite(d) else "equal" for d in decibels],
    }


def _write_edit(folder: Path, name: str, edit: Edit, pipe, double) -> None:
    folder.mkdir(parents=True)
    for image in edit.images:
        INPUTS[image]().save(folder / image, optimize=True)
    if edit.lora:
        add_adapters(pipe, edit, folder)
        add_adapters(double, edit, folder)
    result = run(pipe, edit, folder)
    several = len(result.pictures) > 1
    outputs = [f"reference-{i + 1}.png" if several else "reference.png" for i in range(len(result.pictures))]
    for output, picture in zip(outputs, result.pictures, strict=True):
        picture.save(folder / output, optimize=True)
    save_tensors(folder / "latents.safetensors", {"latents": result.latents})
    save_json(
        folder / "args.json",
        {
            "model": MODELS.get(name, "model"),
            "arguments": edit.arguments(),
            "options": {k: v for k, v in vars(edit).items() if v is not None and (v or k != "lora")},
            "outputs": outputs,
            "width": result.pictures[0].width,
            "height": result.pictures[0].height,
            "floor": _floor(pipe, double, edit, folder, result),
        },
    )


def write(out: Path) -> None:
    shutil.rmtree(out / "edits", ignore_errors=True)
    for model in ("model", "model-sharded", "model-bf16"):
        pipe, double = load(out / model), load(out / model, "f64")
        for name, edit in EDITS.items():
            if MODELS.get(name, "model") == model:
                _write_edit(out / "edits" / name, name, edit, pipe, double)
            if edit.lora:  # which has changed the weights
                pipe, double = load(out / model), load(out / model, "f64")
