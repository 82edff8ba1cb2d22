"""Trains the autoencoder on crops of random scenes.

    train_vae.py WORK --steps 6000 [--decay 2000]

Writes WORK/vae.pt every 200 steps and goes on from it. The last `--decay` steps lower the rates to nothing.
"""

import argparse
import time
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import torch
import torch.nn.functional as F

import making
import networks
import styles
import workers
from average import Average
from muon import optimizers
from scene import picture

CROP, BATCH = 64, 8  # of each worker
MUON_LR, ADAM_LR = 3e-3, 2e-3
WARM_UP = 50
KL = 5e-4


def crops(rng: Random, count: int) -> torch.Tensor:
    """(count, 3, CROP, CROP) in -1 to 1, two of each picture."""
    parts = []
    while len(parts) < count:
        scene = making.scene(rng, 128, 128)
        if rng.random() < 0.12:
            scene = replace(scene, style=rng.choice(styles.STYLES))
        drawn = picture(scene)
        for _ in range(2):  # on the latent grid, as in use
            y, x = (rng.randrange(0, 128 - CROP + 1, 8) for _ in range(2))
            parts.append(drawn[y : y + CROP, x : x + CROP])
    return tensor(parts)


def tensor(pictures: list[np.ndarray]) -> torch.Tensor:
    return torch.from_numpy(np.stack(pictures)).to(workers.DEVICE).permute(0, 3, 1, 2).float() / 127.5 - 1


def initialise(vae: torch.nn.Module) -> None:
    """Residual branches begin small, and latents almost without noise: a short run gets far further."""
    with torch.no_grad():
        for name, weight in vae.named_parameters():
            if name.endswith("conv2.weight"):
                weight.mul_(0.1)
        vae.encoder.conv_out.bias[networks.LATENT :] = -4


def loss_of(vae: torch.nn.Module, batch: torch.Tensor) -> torch.Tensor:
    latents = vae.encode(batch).latent_dist
    made = vae.decode(latents.mean + latents.std * torch.randn_like(latents.mean)).sample
    kl = 0.5 * (latents.mean**2 + latents.var - 1 - latents.logvar).mean()
    return F.l1_loss(made, batch) + 5 * F.mse_loss(made, batch) + KL * kl


@torch.no_grad()
def round_trip(vae: torch.nn.Module, count: int = 64) -> torch.Tensor:
    """The PSNR of each of some unseen whole pictures, in dB."""
    rng = Random(1_000_003)
    pictures = tensor([picture(making.scene(rng, 128, 128)) for _ in range(count)])
    made = vae.decode(vae.encode(pictures).latent_dist.mean).sample.clamp(-1, 1)
    made = ((made + 1) * 127.5).round() / 127.5 - 1
    return -10 * torch.log10(((made - pictures) ** 2).mean((1, 2, 3)) / 4)


def rate(step: int, steps: int, decay: int) -> float:
    return min(1, (step + 1) / WARM_UP) * min(1, (steps - step) / decay)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--decay", type=int, default=2000)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    file = args.work / "vae.pt"

    torch.manual_seed(0)
    vae = networks.autoencoder().to(workers.DEVICE)
    initialise(vae)
    average = Average(vae, 0.998)
    matrices = [p for p in vae.parameters() if p.ndim > 1]
    others = [p for p in vae.parameters() if p.ndim <= 1]
    both = optimizers(matrices, others, MUON_LR, ADAM_LR)
    step = 0
    if file.exists():
        state = torch.load(file, map_location=workers.DEVICE)
        step = state["step"]
        vae.load_state_dict(state["network"])
        average.network.load_state_dict(state["average"])
        for optimizer, saved in zip(both, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
    base = [g["lr"] for g in (both[0].defaults, both[1].defaults)]

    losses, begun = [], time.time()
    while step < args.steps:
        seed = step * workers.COUNT + workers.RANK
        torch.manual_seed(seed)
        for optimizer, lr in zip(both, base, strict=True):
            optimizer.param_groups[0]["lr"] = lr * rate(step, args.steps, args.decay)
        loss = loss_of(vae, crops(Random(seed), BATCH))
        vae.zero_grad(set_to_none=True)
        loss.backward()
        workers.average_gradients(matrices + others)
        torch.nn.utils.clip_grad_norm_(vae.parameters(), 1.0)
        for optimizer in both:
            optimizer.step()
        average.add(vae, step)
        losses.append(loss.item())
        step += 1
        if step % 50 == 0:
            workers.say(f"{step} {time.time() - begun:.0f}s loss {sum(losses[-50:]) / 50:.4f}")
        if step % 200 == 0 and workers.RANK == 0:
            decibels = round_trip(average.network)
            workers.say(f"{step} round trip {decibels.mean():.2f} dB, worst {decibels.min():.2f}")
            saved = [o.state_dict() for o in both]
            state = {"step": step, "network": vae.state_dict(), "average": average.network.state_dict()}
            torch.save(state | {"optimizers": saved}, file.with_suffix(".part"))
            file.with_suffix(".part").rename(file)
    if workers.RANK == 0:
        finish(average.network, args.work / "vae")


@torch.no_grad()
def finish(vae: torch.nn.Module, out: Path) -> None:
    """Writes the folder the edits are trained with: bf16, and the scale that gives latents mean 0 and deviation 1."""
    vae = vae.to(torch.bfloat16).float()
    rng = Random(2_000_003)
    pictures = [picture(making.scene(rng, 128, 128)) for _ in range(512)]
    latents = torch.cat([vae.encode(tensor(pictures[i : i + 64])).latent_dist.mean for i in range(0, 512, 64)])
    vae.register_to_config(scaling_factor=1 / latents.std().item(), shift_factor=latents.mean().item())
    decibels = round_trip(vae, 256)
    workers.say(f"round trip in bf16 weights {decibels.mean():.2f} dB, worst {decibels.min():.2f} of 256")
    vae.to(torch.bfloat16).save_pretrained(out)


if __name__ == "__main__":
    main()
