"""Writing golden files, so that the same values always give the same bytes."""

import hashlib
import json
from pathlib import Path

import torch
from safetensors.torch import save_file


def save_tensors(file: Path, tensors: dict[str, torch.Tensor]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: tensors[name].detach().contiguous().clone() for name in sorted(tensors)}, file)


def save_json(file: Path, value, indent: int | None = 1) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, ensure_ascii=True, indent=indent) + "\n", encoding="utf-8")


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
