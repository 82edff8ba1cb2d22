"""Trains the transformer and both text encoders to edit. Needs the autoencoder that train_vae.py wrote.

    train_edit.py WORK --steps 12000 [--decay 3000]

Writes WORK/edit.pt every 250 steps and goes on from it. The last `--decay` steps lower the rates to nothing; before
them nothing depends on how many are still to come, so that a run can always be made longer.
"""

import argparse
import time
from pathlib import Path
from random import Random

import numpy as np
import torch
from torch import Tensor

import editor
import families
import instructions
import judging
import vocabulary
import workers
from average import Average
from editor import Editor, Prompts
from muon import optimizers
from scene import picture
from supply import Example, Size, Supply
from train_vae import tensor

MUON_LR, ADAM_LR = 2.5e-3, 1.5e-3
WARM_UP = 100
TOKENS_A_STEP = 32 * 152 // workers.COUNT  # of each worker, text and pictures together
CHANGED, WEIGHT = 0.03, 3.0  # a token that the edit changes by so much counts so much more
SMALL = (Size(64, 64), Size(80, 64), Size(64, 80))
MIDDLE = (Size(96, 96), Size(112, 80), Size(80, 112))
NATIVE = (
    *(Size(128, 128),) * 6, Size(144, 112), Size(112, 144), Size(160, 96), Size(96, 160), Size(176, 96), Size(96, 176),
)  # fmt: skip
TWO = 0.07  # of the steps are about two pictures


def size_of(step: int, small_until: int) -> Size:
    """Small pictures first: they teach the words and the colours at a third of the price."""
    rng = Random(step)
    small = 0.05 + 0.4 * max(0, 1 - step / small_until)
    kind = rng.choices((SMALL, MIDDLE, NATIVE), (small, small * 0.7, 1 - small * 1.7))[0]
    size = rng.choice(kind)
    return Size(size.width, size.height, True) if rng.random() < TWO else size


def times(count: int) -> Tensor:
    """Times of noise in 0 to 1. At a time near 1 nothing of the result can be seen: there an edit has to be understood,
    so a third of them lie there."""
    late = 1 - 0.1 * torch.rand(count) ** 2
    usual = torch.sigmoid(torch.randn(count) * 1.1 + 0.6)
    return torch.where(torch.rand(count) < 0.35, late, usual)


def loss_of(model: Editor, examples: list[Example], size: Size, prompts: Prompts) -> Tensor:
    target = torch.stack([e.target for e in examples]).float()
    references = [torch.stack(r).float() for r in zip(*(e.references for e in examples), strict=True)]
    noise = torch.randn_like(target)
    time = times(len(examples)).to(target.device)
    noisy = target + time[:, None, None] * (noise - target)
    guidance = torch.empty(len(examples), device=target.device).uniform_(1, 5)  # told, and never obeyed
    made = model(noisy, time, references, prompts, size.grid, guidance)
    error = ((made - (noise - target)) ** 2).mean(2)
    changed = ((target - references[0]) ** 2).mean(2) > CHANGED
    return (error * (1 + WEIGHT * changed)).mean()


class Examination:
    """The share of unseen edits that are followed, by kind."""

    def __init__(self, vae, words, count: int = 16):
        self.vae, self.words = vae, words
        self.edits = {kind: [] for kind in (*families.WEIGHTS, "two pictures")}
        rng = Random(3_000_017)
        while any(len(e) < count for e in self.edits.values()):
            for weights in (families.WEIGHTS, families.WEIGHTS_OF_TWO):
                for pair in families.family(rng, 128, 128, weights).pairs:
                    if len(self.edits[pair.edit.kind]) < count:
                        self.edits[pair.edit.kind].append((pair.edit, instructions.say(pair.edit, rng)))

    def sit(self, model: Editor) -> str:
        kinds = list(self.edits)
        scores = torch.zeros(len(kinds), 4)
        for i in range(workers.RANK, len(kinds), workers.COUNT):
            scores[i] = self._one(model, self.edits[kinds[i]])
        workers.add_up([scores])
        rows = [f"{k[:6]} {s[0] / s[3]:.2f}" for k, s in zip(kinds, scores, strict=True)]
        total = scores.sum(0)
        return (
            f"followed {total[0] / total[3]:.3f} strictly {total[1] / total[3]:.3f} rest {total[2] / total[3]:.1f} dB | "
            + " ".join(rows)
        )

    def _one(self, model: Editor, edits: list) -> Tensor:
        scenes = [[e.before] + ([e.reference] if e.reference else []) for e, _ in edits]
        references = [editor.encode(self.vae, tensor([picture(s) for s in part])) for part in zip(*scenes, strict=True)]
        tokens = editor.sample(model, references, Prompts([s for _, s in edits], *self.words), (8, 8), 8, 5)
        results = editor.decode(self.vae, tokens, (8, 8)).cpu().numpy()
        verdicts = [judging.judge(e, r) for (e, _), r in zip(edits, results, strict=True)]
        rest = [min(v.rest, 50) for v in verdicts]
        return torch.tensor(
            [sum(v.followed for v in verdicts), sum(v.strictly for v in verdicts), sum(rest), len(edits)]
        )


def matrices(model: Editor) -> tuple[list, list]:
    """What Muon trains: the matrices inside the blocks. Embeddings, modulations, ends and vectors go to AdamW."""
    ends = ("embed", "norm", "shared", "proj_out.weight", "relative_attention_bias")

    def inner(name: str, p) -> bool:
        if name.startswith("transformer.") and "blocks" not in name:
            return False
        return p.ndim == 2 and not any(e in name for e in ends if not ("single" in name and e == "proj_out.weight"))

    named = list(model.named_parameters())
    return [p for n, p in named if inner(n, p)], [p for n, p in named if not inner(n, p)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--steps", type=int, default=12000)
    parser.add_argument("--decay", type=int, default=3000)
    parser.add_argument("--small-until", type=int, default=5000)
    parser.add_argument("--examine", type=int, default=750)
    parser.add_argument("--compile", action="store_true", help="a third faster after two minutes; needs a C++ compiler")
    args = parser.parse_args()
    file = args.work / "edit.pt"

    if not (args.work / "tokenizer_2").exists() and workers.RANK == 0:
        vocabulary.write(args.work)
    workers.wait()
    words = editor.tokenizers(args.work)
    vae = editor.load_vae(args.work)
    torch.manual_seed(0)
    model = Editor(len(words[0]), len(words[1])).to(workers.DEVICE)
    average = Average(model, 0.9985)
    groups = matrices(model)
    both = optimizers(*groups, MUON_LR, ADAM_LR)
    step, seconds = 0, 0.0
    if file.exists():
        state = torch.load(file, map_location=workers.DEVICE)
        step, seconds = state["step"], state["seconds"]
        model.load_state_dict(state["network"])
        average.network.load_state_dict(state["average"])
        for optimizer, saved in zip(both, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
    base = [o.defaults["lr"] for o in both]
    if args.compile:
        for block in (*model.transformer.transformer_blocks, *model.transformer.single_transformer_blocks):
            block.compile(dynamic=True)
    supply = Supply(vae, Random(7919 * step + workers.RANK))
    examination = Examination(vae, words)
    count = sum(p.numel() for p in model.parameters())
    workers.say(
        f"{count / 1e6:.2f} M parameters, {sum(p.numel() for p in groups[0]) / 1e6:.2f} M by Muon, from step {step}"
    )

    losses, begun = [], time.time() - seconds
    while step < args.steps:
        torch.manual_seed(step * workers.COUNT + workers.RANK)
        for optimizer, lr in zip(both, base, strict=True):
            rate = min(1, (step + 1) / WARM_UP) * min(1, max(0, args.steps - step) / args.decay)
            optimizer.param_groups[0]["lr"] = lr * rate
        size = size_of(step, args.small_until)
        tokens = 24 + size.grid[0] * size.grid[1] * (3 if size.two else 2)
        examples = supply.take(size, TOKENS_A_STEP // tokens)
        prompts = Prompts([instructions.say(e.edit, supply.rng) for e in examples], *words)
        loss = loss_of(model, examples, size, prompts)
        model.zero_grad(set_to_none=True)
        loss.backward()
        everything = groups[0] + groups[1]
        workers.average_gradients(everything)
        torch.nn.utils.clip_grad_norm_(everything, 1.0)
        for optimizer in both:
            optimizer.step()
        average.add(model, step)
        losses.append(loss.item())
        step += 1
        if step % 50 == 0:
            workers.say(f"{step} {(time.time() - begun) / 60:.1f} min loss {np.mean(losses[-50:]):.4f}")
        if step % args.examine == 0 or step == args.steps:
            workers.say(f"{step} " + examination.sit(average.network))
        if (step % 250 == 0 or step == args.steps) and workers.RANK == 0:
            state = {"step": step, "seconds": time.time() - begun, "network": model.state_dict()}
            state |= {"average": average.network.state_dict(), "optimizers": [o.state_dict() for o in both]}
            torch.save(state, file.with_suffix(".part"))
            file.with_suffix(".part").rename(file)


if __name__ == "__main__":
    main()
