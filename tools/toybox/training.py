"""The loop that all trainings share: rates, gradients of all workers, running mean, checkpoints."""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

import workers
from average import Average
from muon import optimizers


@dataclass(frozen=True)
class Plan:
    """steps: in all; decay: how many of them, the last, lower the rates to nothing. Before them nothing depends on how
    many are still to come, so that a training can always be made longer."""

    steps: int
    decay: int
    warm_up: int
    muon_lr: float
    adam_lr: float
    mean: float  # of the running mean: what is kept at each step
    examine: int  # steps between examinations
    save: int

    def rate(self, step: int) -> float:
        return min(1, (step + 1) / self.warm_up) * min(1, max(0, self.steps - step) / self.decay)

    def moment(self, step: int, every: int) -> bool:
        return step % every == 0 or step == self.steps


class Training:
    """A network with what is needed to go on after a stop. `average.network` is the result."""

    def __init__(self, network: nn.Module, matrices: list, others: list, plan: Plan, file: Path):
        self.network, self.plan, self.file = network, plan, file
        self.parameters = matrices + others
        self.average = Average(network, plan.mean)
        self.optimizers = optimizers(matrices, others, plan.muon_lr, plan.adam_lr)
        self.step, self.seconds = 0, 0.0
        if file.exists():
            self._load()

    def run(self, loss_at: Callable[[int], Tensor], examine: Callable[[nn.Module], str]) -> None:
        """loss_at: the loss of a step on this worker's examples; examine: says how good the network is."""
        losses, begun = [], time.time() - self.seconds
        while self.step < self.plan.steps:
            torch.manual_seed(self.step * workers.COUNT + workers.RANK)
            losses.append(self._descend(loss_at(self.step)))
            self.average.add(self.network, self.step)
            self.step += 1
            self.seconds = time.time() - begun
            if self.plan.moment(self.step, 50):
                workers.say(f"{self.step} {self.seconds / 60:.1f} min loss {np.mean(losses[-50:]):.4f}")
            if self.plan.moment(self.step, self.plan.examine):
                workers.say(f"{self.step} {examine(self.average.network)}")
            if self.plan.moment(self.step, self.plan.save) and workers.RANK == 0:
                self._save()

    def _descend(self, loss: Tensor) -> float:
        for optimizer, rate in zip(self.optimizers, (self.plan.muon_lr, self.plan.adam_lr), strict=True):
            optimizer.param_groups[0]["lr"] = rate * self.plan.rate(self.step)
        self.network.zero_grad(set_to_none=True)
        loss.backward()
        workers.average_gradients(self.parameters)
        nn.utils.clip_grad_norm_(self.parameters, 1.0)
        for optimizer in self.optimizers:
            optimizer.step()
        return loss.item()

    def _load(self) -> None:
        state = torch.load(self.file, map_location=workers.DEVICE)
        self.step, self.seconds = state["step"], state["seconds"]
        self.network.load_state_dict(state["network"])
        self.average.network.load_state_dict(state["average"])
        for optimizer, saved in zip(self.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)

    def _save(self) -> None:
        state = {"step": self.step, "seconds": self.seconds, "network": self.network.state_dict()}
        state |= {"average": self.average.network.state_dict()}
        state |= {"optimizers": [o.state_dict() for o in self.optimizers]}
        part = self.file.with_suffix(".part")
        torch.save(state, part)
        part.rename(self.file)


def arguments(description: str, steps: int, decay: int, **more: str) -> argparse.Namespace:
    """WORK, --steps and --decay; more: further switches with their help, those whose name ends in _ with a folder."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--steps", type=int, default=steps)
    parser.add_argument("--decay", type=int, default=decay)
    for name, text in more.items():
        takes = {"type": Path, "metavar": "FOLDER"} if name.endswith("_") else {"action": "store_true"}
        parser.add_argument(f"--{name.rstrip('_')}", dest=name, help=text, **takes)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    return args
