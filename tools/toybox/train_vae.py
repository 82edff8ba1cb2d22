"""Trains the autoencoder on crops of random scenes: the first of the three trainings.

    train_vae.py WORK [--steps 4400] [--decay 1500]

Keeps WORK/vae.pt and goes on from it; writes WORK/vae.
"""

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
from scene import picture
from training import Plan, Training, arguments

CROP, BATCH = 64, 8  # of each worker
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


def main() -> None:
    args = arguments(__doc__, steps=4400, decay=1500)
    torch.manual_seed(0)
    vae = networks.autoencoder().to(workers.DEVICE)
    initialise(vae)
    matrices = [p for p in vae.parameters() if p.ndim > 1]
    others = [p for p in vae.parameters() if p.ndim <= 1]
    plan = Plan(args.steps, args.decay, warm_up=50, muon_lr=3e-3, adam_lr=2e-3, mean=0.998, examine=200, save=200)
    training = Training(vae, matrices, others, plan, args.work / "vae.pt")

    def loss_at(step: int) -> torch.Tensor:
        return loss_of(vae, crops(Random(step * workers.COUNT + workers.RANK), BATCH))

    training.run(loss_at, lambda network: said(round_trip(network)))
    if workers.RANK == 0:
        finish(training.average.network, args.work / "vae")


def said(decibels: torch.Tensor) -> str:
    return f"round trip {decibels.mean():.2f} dB, worst {decibels.min():.2f} of {len(decibels)}"


@torch.no_grad()
def finish(vae: torch.nn.Module, out: Path) -> None:
    """Writes the folder the edits are trained with: bf16, and the scale that gives latents mean 0 and deviation 1."""
    vae = vae.to(torch.bfloat16).float()
    rng = Random(2_000_003)
    pictures = [picture(making.scene(rng, 128, 128)) for _ in range(512)]
    latents = torch.cat([vae.encode(tensor(pictures[i : i + 64])).latent_dist.mean for i in range(0, 512, 64)])
    vae.register_to_config(scaling_factor=1 / latents.std().item(), shift_factor=latents.mean().item())
    workers.say(f"in bf16 weights {said(round_trip(vae, 256))}")
    vae.to(torch.bfloat16).save_pretrained(out)


if __name__ == "__main__":
    main()
