"""Begins a training with the weights of a model folder, whose tokenizers may know other words and shorter prompts."""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from editor import Editor

EMBEDDINGS = ("shared.weight", "embed_tokens.weight", "token_embedding.weight")


def begin_with(folder: Path, editor: Editor, words: tuple[PreTrainedTokenizerBase, PreTrainedTokenizerBase]) -> None:
    """words: CLIP's and T5's tokenizers of the training. A token that the folder knows keeps its vector, others begin
    with the mean of all, so that they mean nothing yet."""
    _load(editor.transformer, _weights(folder / "transformer"))
    vocabulary = json.loads((folder / "tokenizer/vocab.json").read_text())
    _load(editor.clip, _clip_named(_weights(folder / "text_encoder"), editor), _rows(vocabulary, words[0].get_vocab()))
    pieces = json.loads((folder / "tokenizer_2/tokenizer.json").read_text())["model"]["vocab"]
    known = {piece: number for number, (piece, _) in enumerate(pieces)}
    _load(editor.t5, _weights(folder / "text_encoder_2"), _rows(known, words[1].get_vocab()))


def _weights(part: Path) -> dict[str, Tensor]:
    return {name: weight.float() for file in part.glob("*.safetensors") for name, weight in load_file(file).items()}


def _clip_named(weights: dict[str, Tensor], editor: Editor) -> dict[str, Tensor]:
    """With or without the prefix, as the library has it."""
    prefix = "text_model."
    if any(name.startswith(prefix) for name in editor.clip.state_dict()):
        return weights
    return {name.removeprefix(prefix): weight for name, weight in weights.items()}


def _rows(old: dict[str, int], new: dict[str, int]) -> dict[int, int]:
    """Of each row of the new vocabulary the old one, where there is one."""
    return {row: old[token] for token, row in new.items() if token in old}


@torch.no_grad()
def _load(network: torch.nn.Module, weights: dict[str, Tensor], rows: dict[int, int] | None = None) -> None:
    for name, weight in network.state_dict().items():
        if name not in weights:
            if not name.endswith(("embed_tokens.weight", "position_ids")):  # tied, or no weight
                raise SystemExit(f"{name} is not in the folder")
            continue
        old = weights[name]
        if rows and name.endswith(EMBEDDINGS):
            weight.copy_(old.mean(0, keepdim=True).expand_as(weight))
            for row, known in rows.items():
                weight[row] = old[known]
        elif old.shape == weight.shape:
            weight.copy_(old)
        elif name.endswith("position_embedding.weight"):  # places that no prompt had reached yet
            weight[: len(old)] = old
            weight[len(old) :] = old[-1]
        else:
            raise SystemExit(f"{name} is {tuple(old.shape)}, expected {tuple(weight.shape)}")
