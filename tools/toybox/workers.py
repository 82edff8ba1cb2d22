"""One process a core on a CPU, one process on a GPU: who this one is, and how all of them agree.

Two processes of one thread each are a fifth faster than one of two threads, and another program's work costs them less.
"""

import os

import torch
import torch.distributed as dist

RANK = int(os.environ.get("RANK", 0))
COUNT = int(os.environ.get("WORLD_SIZE", 1))
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")

if COUNT > 1:
    torch.set_num_threads(1)
    dist.init_process_group("gloo")


def add_up(tensors: list[torch.Tensor]) -> None:
    """Replaces each tensor by its sum over the workers."""
    if COUNT == 1:
        return
    flat = torch.cat([t.reshape(-1) for t in tensors])
    dist.all_reduce(flat)
    for tensor, part in zip(tensors, flat.split([t.numel() for t in tensors]), strict=True):
        tensor.copy_(part.view_as(tensor))


def average_gradients(parameters: list[torch.nn.Parameter]) -> None:
    gradients = [p.grad for p in parameters]
    add_up(gradients)
    if COUNT > 1:
        torch._foreach_div_(gradients, COUNT)


def say(text: str) -> None:
    if RANK == 0:
        print(text, flush=True)


def wait() -> None:
    if COUNT > 1:
        dist.barrier()
