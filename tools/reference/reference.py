"""The reference itself: diffusers' FluxKontextPipeline, asked for what one `kontext edit` command asks for."""

import quiet  # noqa: F401, I001  (before diffusers)
import frequencies  # noqa: F401

from dataclasses import dataclass, field
from pathlib import Path

import torch
from diffusers import FluxKontextPipeline
from diffusers.pipelines.flux.pipeline_flux_kontext import PREFERRED_KONTEXT_RESOLUTIONS
from diffusers.utils.torch_utils import randn_tensor
from PIL import Image, ImageOps

DTYPES = {"f32": torch.float32, "f64": torch.float64, "bf16": torch.bfloat16, "f16": torch.float16}


@dataclass(frozen=True)
class Edit:
    """One `kontext edit`; the fields are the command's options. Unset ones are not passed."""

    prompt: str
    seed: tuple[int, ...]
    steps: int
    guidance: float
    width: int
    height: int
    images: tuple[str, ...] = ()
    prompt_2: str | None = None
    negative: str | None = None
    negative_2: str | None = None
    true_cfg: float | None = None
    count: int | None = None
    batch_noise: str | None = None
    sigmas: tuple[float, ...] | None = None
    max_area: int | None = None
    fit: str = "none"
    alpha: str | None = None
    references: str | None = None
    max_tokens: int | None = 40
    noise_dtype: str | None = None
    lora: tuple[str, ...] = ()  # FILE:STRENGTH, FILE as seen from the edit's folder

    def arguments(self) -> list[str]:
        """The command's arguments, but for the model, the outputs, the device and the dtype of the arithmetic."""
        arguments = list(self.images)
        for name, value in vars(self).items():
            if name in ("images", "lora") or value is None or (name == "steps" and self.sigmas):
                continue
            text = ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
            arguments += ["-p" if name == "prompt" else "--" + name.replace("_", "-"), text]
        for adapter in self.lora:
            arguments += ["--lora", adapter]
        return arguments

    def images_made(self) -> int:
        return max(self.count or 1, len(self.seed))

    def generators(self) -> torch.Generator | list[torch.Generator]:
        if self.batch_noise == "one":
            return torch.Generator().manual_seed(self.seed[0])
        seeds = self.seed if len(self.seed) > 1 else [self.seed[0] + i for i in range(self.images_made())]
        return [torch.Generator().manual_seed(s) for s in seeds]


@dataclass
class Result:
    pictures: list[Image.Image]
    latents: torch.Tensor = field(default=None)  # the last packed latents, in the pipeline's dtype


class SeveralReferences(FluxKontextPipeline):
    """diffusers takes one reference. This puts several behind each other, by the rules of PLACEMENTS."""

    reference_pixels: list[torch.Tensor]
    placement: str

    def prepare_latents(self, image, batch_size, channels, height, width, dtype, device, generator, latents=None):
        rest = (batch_size, channels, height, width, dtype, device, generator)
        noise, _, noise_ids, _ = super().prepare_latents(None, *rest, latents)
        parts = [super(SeveralReferences, self).prepare_latents(p, *rest, noise) for p in self.reference_pixels]
        packed, ids = [part[1] for part in parts], [part[3] for part in parts]
        PLACEMENTS[self.placement](ids)
        return noise, torch.cat(packed, dim=1), noise_ids, torch.cat(ids)


def _index(ids: list[torch.Tensor]) -> None:
    """Each reference is a plane of its own: axis 0 = 1, 2, 3 ..."""
    for i, reference in enumerate(ids):
        reference[:, 0] = 1 + i


def _offset(ids: list[torch.Tensor]) -> None:
    """All in the plane axis 0 = 1, laid out as ComfyUI does: each goes to the right of what is there, or below it,
    whichever keeps the longer side shorter (below when equal)."""
    rows = columns = 0
    for reference in ids:
        height, width = (int(n) + 1 for n in reference[:, 1:].amax(dim=0))
        right = height + rows > width + columns
        row, column = (0, columns) if right else (rows, 0)
        reference[:, 1] += row
        reference[:, 2] += column
        rows, columns = max(rows, row + height), max(columns, column + width)


PLACEMENTS = {"index": _index, "offset": _offset}


def load(model: Path, dtype: str = "f32") -> FluxKontextPipeline:
    pipe = FluxKontextPipeline.from_pretrained(model, dtype=DTYPES[dtype])
    pipe.set_progress_bar_config(disable=True)
    return pipe


def read_picture(file: Path) -> Image.Image:
    return ImageOps.exif_transpose(Image.open(file)).convert("RGB")


def _pixels(pipe: FluxKontextPipeline, picture: Image.Image, bucket: bool) -> torch.Tensor:
    """Section 3 of FluxKontextPipeline.__call__, for one of several references."""
    height, width = pipe.image_processor.get_default_height_width(picture)
    if bucket:
        ratio = width / height
        _, width, height = min((abs(ratio - w / h), w, h) for w, h in PREFERRED_KONTEXT_RESOLUTIONS)
    multiple = pipe.vae_scale_factor * 2
    width, height = width // multiple * multiple, height // multiple * multiple
    return pipe.image_processor.preprocess(pipe.image_processor.resize(picture, height, width), height, width)


def size_given(pipe: FluxKontextPipeline, edit: Edit) -> tuple[int, int]:
    """The sides given to diffusers. It always rescales to max_area, which changes nothing where they fill it."""
    if edit.max_area:
        return edit.width, edit.height
    multiple = pipe.vae_scale_factor * 2
    return edit.width // multiple * multiple, edit.height // multiple * multiple


def size_made(pipe: FluxKontextPipeline, edit: Edit) -> tuple[int, int]:
    """The sides of the picture that diffusers makes."""
    width, height = size_given(pipe, edit)
    area, ratio, multiple = edit.max_area or width * height, width / height, pipe.vae_scale_factor * 2
    sides = round((area * ratio) ** 0.5), round((area / ratio) ** 0.5)
    return tuple(side // multiple * multiple for side in sides)


def add_adapters(pipe: FluxKontextPipeline, edit: Edit, folder: Path) -> None:
    """Loads the edit's adapters; they stay beside the weights, as diffusers keeps them unless it is told to fuse."""
    names, strengths = [], []
    for adapter in edit.lora:
        file, _, strength = adapter.rpartition(":")
        path = folder / file
        names.append(path.stem)
        strengths.append(float(strength))
        pipe.load_lora_weights(path.parent, weight_name=path.name, adapter_name=path.stem)
    if names:
        pipe.set_adapters(names, strengths)
        pipe.transformer.to(pipe.dtype)
        pipe.text_encoder.to(pipe.dtype)


def noise_for(pipe: FluxKontextPipeline, edit: Edit, dtype: str) -> torch.Tensor:
    """Packed noise drawn in a dtype of its own."""
    (width, height), f = size_made(pipe, edit), pipe.vae_scale_factor * 2
    shape = (edit.images_made(), pipe.transformer.config.in_channels // 4, 2 * (height // f), 2 * (width // f))
    return pipe._pack_latents(randn_tensor(shape, edit.generators(), torch.device("cpu"), DTYPES[dtype]), *shape)


def run(pipe: FluxKontextPipeline, edit: Edit, folder: Path, latents: torch.Tensor | None = None) -> Result:
    """Runs an edit. `latents` replaces the noise that the pipeline, or the edit's noise_dtype, would draw."""
    width, height = size_given(pipe, edit)
    arguments = {
        "prompt": edit.prompt, "prompt_2": edit.prompt_2, "negative_prompt": edit.negative,
        "negative_prompt_2": edit.negative_2, "true_cfg_scale": edit.true_cfg or 1.0,
        "width": width, "height": height, "max_area": edit.max_area or width * height,
        "num_inference_steps": len(edit.sigmas) if edit.sigmas else edit.steps,
        "sigmas": list(edit.sigmas) if edit.sigmas else None,
        "guidance_scale": edit.guidance, "num_images_per_prompt": edit.images_made(),
        "max_sequence_length": edit.max_tokens or min(512, pipe.tokenizer_2.model_max_length),
        "generator": edit.generators(), "latents": latents, "_auto_resize": edit.fit == "bucket",
    }  # fmt: skip
    if edit.noise_dtype and latents is None:
        arguments["latents"] = noise_for(pipe, edit, edit.noise_dtype).to(pipe.dtype)
    pictures = [read_picture(folder / name) for name in edit.images]
    if len(pictures) == 1:
        arguments["image"] = pictures[0]
    elif pictures:
        components = {name: part for name, part in pipe.components.items() if part is not None}
        pipe = SeveralReferences(**components)
        pipe.set_progress_bar_config(disable=True)
        pipe.reference_pixels = [_pixels(pipe, p, edit.fit == "bucket") for p in pictures]
        pipe.placement = edit.references or "index"
    result = Result([])

    def keep(_pipe, _step, _time, values):
        result.latents = values["latents"]
        return values

    result.pictures = pipe(**arguments, callback_on_step_end=keep).images
    assert result.pictures[0].size == size_made(pipe, edit)
    return result
