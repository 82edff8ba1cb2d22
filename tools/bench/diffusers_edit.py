"""One edit with diffusers, as a user would write it; prints the seconds of each step as JSON.

diffusers_edit.py MODEL IMAGE OUT SIDE STEPS DTYPE
"""

import json
import sys
import time

import torch
from diffusers import FluxKontextPipeline
from PIL import Image


def main() -> None:
    model, image, out, side, steps, dtype = sys.argv[1:]
    side = int(side)
    pipeline = FluxKontextPipeline.from_pretrained(model, torch_dtype=getattr(torch, dtype))
    pipeline.set_progress_bar_config(disable=True)
    times = []

    def note(*_):
        times.append(time.perf_counter())
        return {}

    result = pipeline(
        Image.open(image).convert("RGB"), prompt="make the sky purple", height=side, width=side, max_area=side * side,
        max_sequence_length=min(512, pipeline.tokenizer_2.model_max_length), guidance_scale=2.5,
        num_inference_steps=int(steps), generator=torch.Generator().manual_seed(1),
        _auto_resize=False, callback_on_step_end=note,
    )  # fmt: skip
    result.images[0].save(out)
    # The first step's beginning is not told, so it has no time of its own: it is given the second's.
    spans = [b - a for a, b in zip(times, times[1:], strict=False)]
    print(json.dumps(spans[:1] + spans))


if __name__ == "__main__":
    main()
