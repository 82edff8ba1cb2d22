"""Steps of a transformer by diffusers, on random inputs; prints seconds and peak memory as JSON.

diffusers_steps.py TRANSFORMER DEVICE DTYPE TEXT NOISE REFERENCE STEPS [compiled]

TEXT, NOISE, REFERENCE: numbers of tokens. The first steps, at which kernels are chosen, do not count.
"""

import json
import sys
import time

import torch
from diffusers import FluxTransformer2DModel

WARM_UP = 2


def main() -> None:
    folder, device, dtype, *counts = sys.argv[1:8]
    text, noise, reference, steps = (int(count) for count in counts)
    kind = getattr(torch, dtype)
    torch.set_grad_enabled(False)
    model = FluxTransformer2DModel.from_pretrained(folder, torch_dtype=kind).to(device).eval()
    if sys.argv[8:] == ["compiled"]:
        model.compile_repeated_blocks(fullgraph=True)
    made = dict(device=device, dtype=kind)
    ids = torch.zeros(noise + reference, 3, **made)
    ids[noise:, 0] = 1
    inputs = dict(
        hidden_states=torch.randn(1, noise + reference, model.config.in_channels, **made),
        encoder_hidden_states=torch.randn(1, text, model.config.joint_attention_dim, **made),
        pooled_projections=torch.randn(1, model.config.pooled_projection_dim, **made),
        timestep=torch.full((1,), 0.5, **made), guidance=torch.full((1,), 2.5, **made),
        txt_ids=torch.zeros(text, 3, **made), img_ids=ids, return_dict=False,
    )  # fmt: skip
    seconds = []
    for _ in range(WARM_UP + steps):
        begin = time.perf_counter()
        model(**inputs)[0][0, 0, 0].item()  # a card is waited for
        seconds.append(time.perf_counter() - begin)
    peak = torch.cuda.max_memory_reserved() if device.startswith("cuda") else 0
    print(json.dumps({"steps": seconds[WARM_UP:], "peak-bytes": peak}))


if __name__ == "__main__":
    main()
