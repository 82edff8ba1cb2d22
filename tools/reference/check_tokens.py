"""Counts the prompts whose token ids are right.

    tools/reference/check-tokens FOLDER [--kontext ./kontext] [--limit N]

FOLDER holds real tokenizer files, `tokenizer/` and `tokenizer_2/`, and `cases.json`: prompts with the ids of
transformers 5 (`clip`, `t5`), and beside them those of transformers 4 (`clip_tf4`, `t5_tf4`) and of the file
tokenizer.json by itself (`t5_tokenizer_json`) where they differ. Right is transformers 5; tokenizer.json by itself is
accepted and counted apart. Without --kontext the transformers installed here is asked instead.
"""

import quiet  # noqa: F401, I001  (before transformers)

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from transformers import CLIPTokenizer, T5TokenizerFast

from tiny_config import TinyConfig
from tiny_model import write_model

ACCEPTED = ("right", "as tokenizer.json")
OTHERS = {"tokenizer_json": "as tokenizer.json", "tf4": "as transformers 4"}


def _asker(kontext: Path, model: Path):
    def ask(text: str) -> dict:
        command = [kontext.resolve(), "tokens", "-p", text, "--model", model, "--json"]
        done = subprocess.run(command, capture_output=True, text=True)
        return json.loads(done.stdout) if done.returncode == 0 else {"error": done.stderr.strip()}

    return ask


def _transformers(model: Path, lengths: dict):
    tokenizers = {
        "clip": CLIPTokenizer.from_pretrained(model / "tokenizer"),
        "t5": T5TokenizerFast.from_pretrained(model / "tokenizer_2"),
    }

    def ask(text: str) -> dict:
        return {
            name: t(text, padding="max_length", max_length=lengths[name], truncation=True).input_ids
            for name, t in tokenizers.items()
        }

    return ask


def _verdict(case: dict, encoder: str, ids: list[int] | None) -> str:
    if ids == case[encoder]:
        return "right"
    return next((said for key, said in OTHERS.items() if ids and ids == case.get(f"{encoder}_{key}")), "wrong")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kontext", type=Path)
    parser.add_argument("--limit", type=int, help="ask about so many prompts only, drawn at random")
    args = parser.parse_args()
    said = json.loads((args.folder / "cases.json").read_text(encoding="utf-8"))
    cases = said["cases"]
    if args.limit and args.limit < len(cases):
        cases = random.Random(7).sample(cases, args.limit)
    counts = {"clip": Counter(), "t5": Counter()}
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model"
        write_model(model, TinyConfig(heads=1, head_dim=8, axes=(2, 2, 4)), seed=1, tokenizers=args.folder)
        lengths = {"clip": said["clip_max_length"], "t5": said["t5_max_length"]}
        ask = _asker(args.kontext, model) if args.kontext else _transformers(model, lengths)
        for case in cases:
            answer = ask(case["text"])
            for encoder, count in counts.items():
                verdict = _verdict(case, encoder, answer.get(encoder))
                count[verdict] += 1
                if verdict != "right":
                    print(f"{encoder} {case['name']}: {verdict} {answer.get('error', '')}")
    for encoder, count in counts.items():
        print(f"{encoder}: " + ", ".join(f"{n} {verdict}" for verdict, n in count.most_common()))
    return 0 if all(verdict in ACCEPTED for count in counts.values() for verdict in count) else 1


if __name__ == "__main__":
    sys.exit(main())
