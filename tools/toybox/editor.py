"""The three networks that are trained to edit, how they begin, and how they sample."""

from pathlib import Path

import torch
from diffusers import AutoencoderKL, FluxKontextPipeline
from torch import Tensor, nn
from transformers import CLIPTokenizer, T5TokenizerFast

import networks
import workers


class Editor(nn.Module):
    """Velocities of the picture's tokens, from noise, references and prompts."""

    def __init__(self, clip_vocabulary: int, t5_vocabulary: int):
        super().__init__()
        self.transformer = networks.transformer()
        self.clip = networks.clip_encoder(clip_vocabulary)
        self.t5 = networks.t5_encoder(t5_vocabulary)
        _initialise(self)

    def forward(
        self, noisy: Tensor, time: Tensor, references: list[Tensor], prompts: "Prompts", grid, guidance: Tensor
    ):
        """noisy and each of the references: (n, tokens, 64); grid: rows and columns of tokens."""
        states = self.t5(prompts.t5).last_hidden_state
        pooled = self.clip(prompts.clip).pooler_output
        return self.transformer(
            hidden_states=torch.cat([noisy, *references], 1), timestep=time, guidance=guidance,
            encoder_hidden_states=states, pooled_projections=pooled, return_dict=False,
            txt_ids=torch.zeros(states.shape[1], 3, device=noisy.device),
            img_ids=torch.cat([positions(i, grid) for i in range(1 + len(references))]).to(noisy.device),
        )[0][:, : noisy.shape[1]]  # fmt: skip


def positions(image: int, grid: tuple[int, int]) -> Tensor:
    """(rows * columns, 3): which picture, which row, which column."""
    rows, columns = grid
    ids = torch.zeros(rows, columns, 3)
    ids[..., 0] = image
    ids[..., 1] += torch.arange(rows)[:, None]
    ids[..., 2] += torch.arange(columns)[None]
    return ids.reshape(-1, 3)


def _initialise(editor: Editor) -> None:
    """A plain pre-norm network at first: gates open, scales and shifts at nothing, residual branches small."""
    transformer = editor.transformer
    for module in transformer.modules():
        if isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight)
            nn.init.zeros_(module.bias)
    depth = 2 * (networks.DOUBLE + networks.SINGLE)
    for name, weight in transformer.named_parameters():
        if name.endswith(("to_out.0.weight", "to_add_out.weight", "net.2.weight", "proj_out.weight")):
            nn.init.zeros_(weight) if name == "proj_out.weight" else weight.data.div_(depth**0.5)
    width = sum(networks.AXES) * networks.HEADS
    for block in (*transformer.transformer_blocks, *transformer.single_transformer_blocks):
        norms = [block.norm] if hasattr(block, "norm") else [block.norm1, block.norm1_context]
        for norm in norms:
            nn.init.zeros_(norm.linear.weight)
            for gate in (2, 5)[: norm.linear.bias.numel() // (3 * width)]:
                norm.linear.bias.data[gate * width : (gate + 1) * width] = 1
    nn.init.zeros_(transformer.norm_out.linear.weight)


class Prompts:
    """Token ids of some sentences, for both encoders."""

    def __init__(self, sentences: list[str], clip: CLIPTokenizer, t5: T5TokenizerFast):
        def ids(tokenizer):
            padded = tokenizer(
                sentences, padding="max_length", max_length=networks.TOKENS, truncation=True, return_tensors="pt"
            )
            return padded.input_ids.to(workers.DEVICE)

        self.clip, self.t5 = ids(clip), ids(t5)


def tokenizers(work: Path) -> tuple[CLIPTokenizer, T5TokenizerFast]:
    return CLIPTokenizer.from_pretrained(work / "tokenizer"), T5TokenizerFast.from_pretrained(work / "tokenizer_2")


def load_vae(work: Path) -> AutoencoderKL:
    return AutoencoderKL.from_pretrained(work / "vae").float().to(workers.DEVICE).eval().requires_grad_(False)


@torch.no_grad()
def encode(vae: AutoencoderKL, pictures: Tensor) -> Tensor:
    """Pictures in -1 to 1 as tokens: (n, rows * columns, 64)."""
    latents = (vae.encode(pictures).latent_dist.mean - vae.config.shift_factor) * vae.config.scaling_factor
    return FluxKontextPipeline._pack_latents(latents, *latents.shape)


def latents(vae: AutoencoderKL, tokens: Tensor, grid: tuple[int, int]) -> Tensor:
    """Tokens as what the decoder takes: (n, 16, 2 rows, 2 columns)."""
    scaled = FluxKontextPipeline._unpack_latents(tokens, grid[0] * 16, grid[1] * 16, 8)
    return scaled / vae.config.scaling_factor + vae.config.shift_factor


@torch.no_grad()
def decode(vae: AutoencoderKL, tokens: Tensor, grid: tuple[int, int]) -> Tensor:
    """Tokens as pictures of 8 bits: (n, height, width, 3)."""
    made = vae.decode(latents(vae, tokens, grid)).sample
    return ((made.clamp(-1, 1) + 1) * 127.5).round().permute(0, 2, 3, 1).to(torch.uint8)


@torch.no_grad()
def sample(editor: Editor, references: list[Tensor], prompts: Prompts, grid, steps: int, seed: int) -> Tensor:
    """Euler steps from noise to tokens."""
    first = references[0]
    tokens = torch.randn(first.shape, generator=torch.Generator().manual_seed(seed)).to(first.device)
    times = torch.linspace(1, 0, steps + 1, device=first.device)
    guidance = torch.full((len(first),), 2.5, device=first.device)
    for now, then in zip(times, times[1:], strict=False):
        tokens = tokens + (then - now) * editor(tokens, now.expand(len(first)), references, prompts, grid, guidance)
    return tokens
