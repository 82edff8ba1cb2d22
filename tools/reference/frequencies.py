"""The frequencies of diffusers' time embedding, the same on every processor. Importing this puts them in place.

torch's exp is Intel MKL's, and its last bit hangs on the processor: of the 128 frequencies, Intel's with AVX-512 round
three up, AMD's with AVX-512 two others. Angles go to 30,000, so such a bit moves the last latents of an edit by 3e-5,
ten times as far as all other rounding does. The goldens are Intel's.
"""

from unittest import mock

import torch
from diffusers.models import embeddings

ROUNDED_UP = [13, 44, 119]  # of the 128; all others are the nearest float32

_exp = torch.exp
_embedding = embeddings.get_timestep_embedding


def _intels_exp(exponents: torch.Tensor) -> torch.Tensor:
    frequencies = _exp(exponents.double()).float()
    assert len(frequencies) == 128
    frequencies[ROUNDED_UP] = torch.nextafter(frequencies[ROUNDED_UP], torch.tensor(torch.inf))
    return frequencies


def _intels_embedding(*args, **options) -> torch.Tensor:
    with mock.patch.object(torch, "exp", _intels_exp):
        return _embedding(*args, **options)


embeddings.get_timestep_embedding = _intels_embedding
