"""Compares two golden folders: tensors and pictures by value, everything else by bytes.

python compare.py COMMITTED FRESH
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from safetensors.torch import load_file

# Other processors sum in other orders. A bfloat16 result may land on the neighbouring value, so may an 8-bit pixel.
RELATIVE = {torch.float32: 2e-6, torch.bfloat16: 2e-2, torch.float16: 0.0}


def _tensors(a: Path, b: Path, allowed: float) -> str | None:
    x, y = load_file(a), load_file(b)
    if x.keys() != y.keys():
        return f"other tensors: {sorted(x.keys() ^ y.keys())[:4]}"
    for name, t in x.items():
        u = y[name]
        if t.dtype != u.dtype or t.shape != u.shape:
            return f"{name}: {t.dtype} {list(t.shape)} became {u.dtype} {list(u.shape)}"
        if torch.equal(t, u):
            continue
        distance = float((t.double() - u.double()).abs().max())
        limit = max(RELATIVE.get(t.dtype, 0.0) * float(t.double().abs().max()), allowed)
        if not distance <= limit:
            return f"{name}: differs by {distance:.2g}"
    return None


def _pictures(a: Path, b: Path) -> str | None:
    x, y = (np.asarray(Image.open(p).convert("RGB")).astype(int) for p in (a, b))
    if x.shape != y.shape:
        return f"{x.shape} became {y.shape}"
    distance = int(np.abs(x - y).max())
    return f"differs by {distance} levels" if distance > 1 else None


def _edit(a: Path, b: Path) -> str | None:
    x, y = (json.loads(p.read_text()) for p in (a, b))
    del x["floor"], y["floor"]
    return None if x == y else "differs"


def _allowed(file: Path) -> float:
    """The reference's own inaccuracy, where an edit has measured it."""
    edit = file.parent / "args.json"
    return 2 * json.loads(edit.read_text())["floor"]["float64_latents_differ_by"] if edit.exists() else 0.0


def difference(a: Path, b: Path) -> str | None:
    if a.name == "index.json" or a.read_bytes() == b.read_bytes():  # the index: versions and hashes
        return None
    if a.suffix == ".safetensors":
        return _tensors(a, b, _allowed(a))
    if a.suffix == ".png":
        return _pictures(a, b)
    return _edit(a, b) if a.name == "args.json" else "differs"


def main(committed: Path, fresh: Path) -> int:
    names = [{p.relative_to(root) for p in root.rglob("*") if p.is_file()} for root in (committed, fresh)]
    found = [f"{name}: only {'committed' if name in names[0] else 'fresh'}" for name in sorted(names[0] ^ names[1])]
    same = sum((committed / n).read_bytes() == (fresh / n).read_bytes() for n in names[0] & names[1])
    for name in sorted(names[0] & names[1]):
        if problem := difference(committed / name, fresh / name):
            found.append(f"{name}: {problem}")
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{len(names[0])} files, {same} equal in every byte, {len(found)} differ")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
