"""Trains the transformer and both text encoders to edit: the second of the three trainings. Needs WORK/vae.

    train_edit.py WORK [--steps 27500] [--decay 5000] [--compile] [--bf16] [--from FOLDER]

Keeps WORK/edit.pt and goes on from it.
"""

from pathlib import Path
from random import Random

import torch
from torch import Tensor

import editor
import families
import instructions
import judging
import vocabulary
import workers
from editor import Editor, Prompts
from inherit import begin_with
from lessons import lesson_of
from scene import picture
from sizes import Size
from slips import slipped
from supply import Example, Supply
from train_vae import tensor
from training import Plan, Training, arguments

TOKENS_A_STEP = 36 * 152 // workers.COUNT  # of each worker, text and pictures together
AGAIN = 1.4e-3, 1.2e-3  # rates, of Muon and AdamW, for a network that edits already
# A token that the edit changes by so much counts so much more. Little: what counts more is done where it is in doubt,
# and a network that was taught with 3.0 painted the square, too, when it was told of the circle beside it.
CHANGED, WEIGHT = 0.03, 0.5


def times(count: int) -> Tensor:
    """Times of noise in 0 to 1. At a time near 1 nothing of the result can be seen: there an edit has to be understood.
    Near 0 its edges are made. So a third lie late, a third anywhere, and the others where most is decided."""
    late = 1 - 0.25 * torch.rand(count) ** 2
    usual = torch.sigmoid(torch.randn(count) * 1.1 + 0.6)
    which = torch.randint(3, (count,))
    return torch.where(which == 0, late, torch.where(which == 1, usual, torch.rand(count)))


def loss_of(model: Editor, examples: list[Example], size: Size, prompts: Prompts, narrow: bool = False) -> Tensor:
    """narrow: with products in bf16"""
    target = torch.stack([e.target for e in examples]).float()
    references = [torch.stack(r).float() for r in zip(*(e.references for e in examples), strict=True)]
    noise = torch.randn_like(target)
    time = times(len(examples)).to(target.device)
    noisy = target + time[:, None, None] * (noise - target)
    guidance = torch.empty(len(examples), device=target.device).uniform_(1, 5)  # told, and never obeyed
    with torch.autocast(target.device.type, torch.bfloat16, enabled=narrow):
        made = model(noisy, time, references, prompts, size.grid, guidance).float()
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
        shares = scores[:, :3] / scores[:, 3:]
        rows = " ".join(f"{kind} {share[0]:.2f}" for kind, share in zip(kinds, shares, strict=True))
        followed, strictly, rest = shares.mean(0).tolist()
        return f"followed {followed:.3f} strictly {strictly:.3f} rest {rest:.1f} dB | {rows}"

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


def prepare(work: Path):
    """The tokenizers (made if need be) and the autoencoder."""
    if not (work / "tokenizer_2").exists() and workers.RANK == 0:
        vocabulary.write(work)
    workers.wait()
    return editor.tokenizers(work), editor.load_vae(work)


def main() -> None:
    compiled = "a third faster after two minutes; needs a C++ compiler"
    narrow = "products in bf16: faster where the processor has instructions for them (measure it)"
    begun = "begin with the weights of this model folder instead of nothing"
    args = arguments(__doc__, steps=27500, decay=5000, compile=compiled, bf16=narrow, from_=begun)
    words, vae = prepare(args.work)
    torch.manual_seed(0)
    model = Editor(len(words[0]), len(words[1])).to(workers.DEVICE)
    if args.from_:
        begin_with(args.from_, model, words)
    muon_lr, adam_lr = AGAIN if args.from_ else (2e-3, 1.2e-3)
    plan = Plan(
        args.steps, args.decay, warm_up=100, muon_lr=muon_lr, adam_lr=adam_lr, mean=0.9985, examine=750, save=250
    )
    training = Training(model, *matrices(model), plan, args.work / "edit.pt")
    if args.compile:
        for block in (*model.transformer.transformer_blocks, *model.transformer.single_transformer_blocks):
            block.compile(dynamic=True)
    supply = Supply(vae, Random(7919 * training.step + workers.RANK))

    def loss_at(step: int) -> Tensor:
        lesson = lesson_of(step)
        examples = supply.take(lesson, TOKENS_A_STEP // lesson.tokens)
        said = [slipped(instructions.say(e.edit, supply.rng), supply.rng) for e in examples]
        return loss_of(model, examples, lesson.size, Prompts(said, *words), args.bf16)

    training.run(loss_at, Examination(vae, words).sit)


if __name__ == "__main__":
    main()
