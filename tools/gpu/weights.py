"""Writes a model folder in the sizes of FLUX.1 Kontext [dev], with random weights in bf16: 34 GB.

weights.py OUT [--blocks 19,38] [--t5-layers 24] [--device cuda]

What is computed takes as long as with the real weights. Names and shapes are those of the published networks
(shapes.json), configurations those of models.lock; both lie beside this file in the pack. Fewer blocks make it smaller.
"""

import argparse
import json
import math
import tomllib
from pathlib import Path

import torch

HERE = Path(__file__).resolve().parent
LINE_OF = {  # folder: network in shapes.json, configuration in models.lock, name of the weights, its numbers of blocks
    "transformer": ("flux-kontext", "transformer", "diffusion_pytorch_model", ("num_layers", "num_single_layers")),
    "vae": ("vae-flux", "vae", "diffusion_pytorch_model", ()),
    "text_encoder": ("clip-l", "clip", "model", ("num_hidden_layers",)),
    "text_encoder_2": ("t5-xxl", "t5", "model", ("num_layers",)),
}
TIED = "encoder.embed_tokens.weight"  # to T5's shared.weight; files leave it out


def spelt_out(network: dict, counts: list[int]) -> dict[str, list[int]]:
    """Names and shapes of all tensors. network: those of the blocks with * for their number."""
    blocks = dict(zip(network["blocks"], counts or network["blocks"].values()))
    tensors = {}
    for name, shape in network["tensors"].items():
        before, star, behind = name.partition(".*.")
        if not star:
            tensors[name] = shape
        for i in range(blocks[before] if star else 0):
            tensors[f"{before}.{i}.{behind}"] = shape
    tensors.pop(TIED, None)
    return tensors


def random(name: str, shape: list[int], device: str) -> torch.Tensor:
    """So that activations keep their size from layer to layer."""
    if name.endswith("bias") and len(shape) == 1:
        return torch.zeros(shape, dtype=torch.bfloat16)
    if len(shape) == 1:
        return torch.ones(shape, dtype=torch.bfloat16)
    fan_in = math.prod(shape[1:])
    return (torch.randn(shape, device=device, dtype=torch.bfloat16) * (0.5 / math.sqrt(fan_in))).cpu()


def write(file: Path, tensors: dict[str, list[int]], device: str) -> None:
    header, end = {}, 0
    for name, shape in tensors.items():
        begin, end = end, end + 2 * math.prod(shape)
        header[name] = {"dtype": "BF16", "shape": shape, "data_offsets": [begin, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(file, "wb") as out:
        out.write(len(text).to_bytes(8, "little") + text)
        for name, shape in tensors.items():
            random(name, shape, device).view(torch.int16).numpy().tofile(out)


def folder(out: Path, counts: dict[str, list[int]], device: str) -> None:
    """counts: of some networks' blocks, by folder."""
    shapes = json.loads((HERE / "shapes.json").read_text())
    configs = {name: json.loads(c["text"]) for name, c in tomllib.loads((HERE / "models.lock").read_text())["config"].items()}
    torch.manual_seed(0)
    for part, (network, config, weights, names) in LINE_OF.items():
        (out / part).mkdir(parents=True, exist_ok=True)
        counted = counts.get(part, [])
        changed = configs[config] | dict(zip(names, counted))
        (out / part / "config.json").write_text(json.dumps(changed, indent=2))
        write(out / part / f"{weights}.safetensors", spelt_out(shapes[network], counted), device)
    (out / "scheduler").mkdir(exist_ok=True)
    (out / "scheduler/scheduler_config.json").write_text(json.dumps(configs["scheduler"], indent=2))
    (out / "model_index.json").write_text(json.dumps(configs["pipeline"]))


def numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--blocks", type=numbers, default=[19, 38], help="double and single ones of the transformer")
    parser.add_argument("--t5-layers", type=numbers, default=[24])
    parser.add_argument("--device", default="cuda")
    args = parser.parse_args()
    folder(args.out, {"transformer": args.blocks, "text_encoder_2": args.t5_layers}, args.device)
    print(f"{sum(f.stat().st_size for f in args.out.rglob('*') if f.is_file()) / 1e9:.1f} GB in {args.out}")


if __name__ == "__main__":
    main()
