"""The running mean of a network's weights over the last steps: what is exported."""

import copy

import torch


class Average:
    def __init__(self, network: torch.nn.Module, decay: float):
        self.network = copy.deepcopy(network).requires_grad_(False).eval()
        self.decay = decay

    @torch.no_grad()
    def add(self, network: torch.nn.Module, step: int) -> None:
        decay = min(self.decay, (1 + step) / (10 + step))  # the first steps are forgotten sooner
        ours, theirs = (list(n.state_dict().values()) for n in (self.network, network))
        torch._foreach_lerp_(ours, theirs, 1 - decay)
