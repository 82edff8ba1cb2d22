"""Writes the model folder from what was trained, in bf16.

export.py WORK OUT
"""

import argparse
import json
import shutil
import sys
from pathlib import Path

import torch
from diffusers import FlowMatchEulerDiscreteScheduler

import editor
from editor import Editor
from sizes import NATIVE, SQUARE

sys.path.insert(0, str(Path(__file__).parent.parent / "reference"))
from tiny_model import MODEL_INDEX, rename_as_published  # noqa: E402


def export(work: Path, out: Path, weights: dict) -> None:
    words = editor.tokenizers(work)
    model = Editor(len(words[0]), len(words[1]))
    model.load_state_dict(weights)
    model = model.to(torch.bfloat16)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    model.transformer.save_pretrained(out / "transformer")
    model.clip.save_pretrained(out / "text_encoder")
    model.t5.save_pretrained(out / "text_encoder_2")
    rename_as_published(out / "text_encoder")
    for part in ("tokenizer", "tokenizer_2"):
        shutil.copytree(work / part, out / part)
    final = work / "vae-final"
    shutil.copytree(final if final.exists() else work / "vae", out / "vae")
    forget_place(out / "vae/config.json")
    FlowMatchEulerDiscreteScheduler(shift=1.0).save_pretrained(out / "scheduler")
    (out / "model_index.json").write_text(json.dumps(MODEL_INDEX, indent=2) + "\n")
    native = {"area": SQUARE.width * SQUARE.height, "buckets": [[size.width, size.height] for size in NATIVE]}
    (out / "native_sizes.json").write_text(json.dumps(native) + "\n")


def forget_place(config: Path) -> None:
    """diffusers notes the folder that the weights came from."""
    kept = json.loads(config.read_text())
    kept.pop("_name_or_path", None)
    config.write_text(json.dumps(kept, indent=2) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    export(args.work, args.out, torch.load(args.work / "edit.pt", map_location="cpu")["average"])
    print(f"{sum(f.stat().st_size for f in args.out.rglob('*') if f.is_file()) / 1e6:.2f} MB in {args.out}")


if __name__ == "__main__":
    main()
