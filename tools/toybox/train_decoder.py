"""Trains the decoder once more, for what it has to decode: the last of the three trainings. Needs WORK/vae and edit.pt.

    train_decoder.py WORK [--steps 3000] [--decay 2000]

The encoder, and so what the editor was trained on, stays as it is. Half of the latents are the editor's own results,
with the flaws that are to be painted over, the other half exact. Keeps WORK/decoder.pt and goes on from it; writes
WORK/vae-final.
"""

from random import Random

import torch
import torch.nn.functional as F
from torch import Tensor

import editor
import instructions
import train_vae
import workers
from editor import Editor, Prompts
from judging import psnr
from lessons import Lesson
from sizes import SQUARE
from supply import Example, Supply
from train_edit import prepare
from training import Plan, Training, arguments

BATCH = 4  # of each worker, whole pictures: a part of a latent has edges that the decoder never meets in use
STEPS = 8  # of the editor
REACH, PLACE = 2, 9  # pixels: how far an edge may be astray, and the side of what is compared as a whole
ASTRAY = 0.8  # mean squared distance of a token from its target at which the editor has not followed


@torch.no_grad()
def results(model: Editor, examples: list[Example], prompts: Prompts, seed: int) -> Tensor:
    """What the editor makes of the examples, where it is what was asked for; every other one is the exact target."""
    target = torch.stack([e.target for e in examples]).float()
    references = [torch.stack([e.references[0] for e in examples]).float()]
    found = editor.sample(model, references, prompts, SQUARE.grid, STEPS, seed)
    astray = ((found - target) ** 2).mean(2).amax(1) > ASTRAY
    found[astray] = target[astray]
    found[::2] = target[::2]
    return found


def nearest(made: Tensor, target: Tensor) -> Tensor:
    """How far each place is from the target, moved by a few pixels in the way that fits best there. An edge that the
    editor has put a pixel astray is to be decoded as an edge; compared with the exact place, blurred ones would win."""
    height, width = target.shape[2:]
    around = F.pad(target, (REACH,) * 4, mode="replicate")
    sides = range(2 * REACH + 1)
    moved = (around[..., y : y + height, x : x + width] for y in sides for x in sides)
    away = [F.avg_pool2d((made - m).abs().mean(1, keepdim=True), PLACE, 1, PLACE // 2) for m in moved]
    return torch.stack(away).amin(0).mean()


def main() -> None:
    args = arguments(__doc__, steps=3000, decay=2000)
    words, vae = prepare(args.work)
    vae.decoder.requires_grad_(True)
    model = Editor(len(words[0]), len(words[1])).to(workers.DEVICE).eval()
    model.load_state_dict(torch.load(args.work / "edit.pt", map_location=workers.DEVICE)["average"])
    matrices = [p for p in vae.decoder.parameters() if p.ndim > 1]
    others = [p for p in vae.decoder.parameters() if p.ndim <= 1]
    plan = Plan(args.steps, args.decay, warm_up=50, muon_lr=1.5e-3, adam_lr=1e-3, mean=0.998, examine=250, save=250)
    training = Training(vae, matrices, others, plan, args.work / "decoder.pt")
    supply = Supply(editor.load_vae(args.work), Random(104_729 * training.step + workers.RANK))

    def loss_at(step: int) -> Tensor:
        examples = supply.take(Lesson(SQUARE), BATCH)
        prompts = Prompts([instructions.say(e.edit, supply.rng) for e in examples], *words)
        tokens = results(model, examples, prompts, step * workers.COUNT + workers.RANK)
        pixels = train_vae.tensor([e.shown for e in examples])
        made = vae.decode(editor.latents(vae, tokens, SQUARE.grid)).sample
        exact, drawn = made[::2], made[1::2]
        kept = F.l1_loss(exact, pixels[::2]) + 5 * F.mse_loss(exact, pixels[::2])
        return kept + nearest(drawn, pixels[1::2]) + 0.15 * F.l1_loss(drawn, pixels[1::2])

    exam = Supply(supply.vae, Random(5_000_011)).take(Lesson(SQUARE), 64)
    said = [instructions.say(e.edit, Random(7)) for e in exam]
    examined = results(model, exam, Prompts(said, *words), seed=5)

    def examine(network) -> str:
        pictures = editor.decode(network, examined, SQUARE.grid).cpu().numpy()
        decibels = [psnr(r, e.shown) for r, e in zip(pictures, exam, strict=True)]
        exact, made = sum(decibels[::2]) / 32, sum(decibels[1::2]) / 32
        return f"exact latents {exact:.2f} dB, results {made:.2f}; {train_vae.said(train_vae.round_trip(network))}"

    training.run(loss_at, examine)
    if workers.RANK == 0:
        training.average.network.to(torch.bfloat16).save_pretrained(args.work / "vae-final")


if __name__ == "__main__":
    main()
