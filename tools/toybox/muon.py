"""Muon for matrices and convolutions (orthogonalised momentum, as in https://kellerjordan.github.io/posts/muon/),
AdamW for the rest, in one optimizer whose matrix work is shared by the workers."""

import torch

import workers


def _orthogonal(matrix: torch.Tensor) -> torch.Tensor:
    """Newton-Schulz: about the nearest matrix whose singular values are 1."""
    wide = matrix.shape[0] <= matrix.shape[1]
    x = matrix if wide else matrix.T
    x = x / (x.norm() + 1e-7)
    for _ in range(5):
        gram = x @ x.T
        x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
    return x if wide else x.T


class Muon(torch.optim.Optimizer):
    """Updates have the root mean square of an AdamW step of the same rate, so that one schedule drives both."""

    def __init__(self, parameters, lr: float, momentum: float = 0.95):
        super().__init__(parameters, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            updates = [torch.zeros_like(p) for p in group["params"]]
            for i, p in enumerate(group["params"]):
                momentum = self.state[p].setdefault("momentum", torch.zeros_like(p))
                momentum.lerp_(p.grad, 1 - group["momentum"])
                if i % workers.COUNT == workers.RANK:
                    nesterov = p.grad.lerp(momentum, group["momentum"])
                    updates[i] = _update(nesterov)
            workers.add_up(updates)
            for p, update in zip(group["params"], updates, strict=True):
                p.add_(update, alpha=-group["lr"])


def _update(gradient: torch.Tensor) -> torch.Tensor:
    matrix = gradient.flatten(1)
    return (_orthogonal(matrix) * 0.2 * max(matrix.shape) ** 0.5).view_as(gradient)


def optimizers(matrices: list, others: list, muon_lr: float, adam_lr: float) -> list[torch.optim.Optimizer]:
    return [
        Muon(matrices, muon_lr),
        torch.optim.AdamW(others, adam_lr, betas=(0.9, 0.98), weight_decay=0.01),
    ]
