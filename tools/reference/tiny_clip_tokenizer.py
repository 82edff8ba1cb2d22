"""A tiny CLIP tokenizer in the files of the published folder: vocab.json, merges.txt and two of settings."""

import json
from collections import Counter
from pathlib import Path

from tokenizers import Regex, pre_tokenizers

from tiny_corpus import CLIP_ONLY, CORPUS, special_token, write_json


def _byte_characters() -> list[str]:
    """The 256 printable stand-ins for bytes, in the order of CLIP's vocabulary."""
    plain = [*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    rest = [b for b in range(256) if b not in plain]
    return [chr(b) for b in plain] + [chr(256 + i) for i in range(len(rest))]


def learn_merges(count: int, lines: list[str]) -> list[tuple[str, str]]:
    """Byte pair encoding. The trainer of `tokenizers` breaks ties by hash order, so differently in every run."""
    split = Regex(r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+")
    words = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(split, behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    corpus = [[*w[:-1], w[-1] + "</w>"] for line in lines for w, _ in words.pre_tokenize_str(line.lower())]
    merges = []
    for _ in range(count):
        pairs = Counter(pair for word in corpus for pair in zip(word, word[1:], strict=False))
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        for word in corpus:
            for i in range(len(word) - 2, -1, -1):
                if tuple(word[i : i + 2]) == best:
                    word[i : i + 2] = ["".join(best)]
    return merges


def write_clip(folder: Path, merges: int, length: int) -> int:
    return write_clip_files(folder, learn_merges(merges, CORPUS + CLIP_ONLY), length)


def write_clip_files(folder: Path, learnt: list[tuple[str, str]], length: int) -> int:
    """Writes the tokenizer's four files and returns the size of its vocabulary."""
    folder.mkdir(parents=True)
    alphabet = _byte_characters()
    tokens = alphabet + [c + "</w>" for c in alphabet] + ["".join(m) for m in learnt]
    tokens = list(dict.fromkeys(tokens)) + ["<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({t: i for i, t in enumerate(tokens)}, ensure_ascii=False))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in learnt))

    start, end = special_token("<|startoftext|>", normalized=True), special_token("<|endoftext|>")
    write_json(
        folder / "special_tokens_map.json", {"bos_token": start, "eos_token": end, "pad_token": end, "unk_token": end}
    )
    write_json(
        folder / "tokenizer_config.json",
        {
            "add_prefix_space": False,
            "added_tokens_decoder": {
                str(len(tokens) - 2): {**start, "special": True},
                str(len(tokens) - 1): {**end, "special": True},
            },
            "bos_token": "<|startoftext|>",
            "clean_up_tokenization_spaces": True,
            "do_lower_case": True,
            "eos_token": "<|endoftext|>",
            "errors": "replace",
            "model_max_length": length,
            "pad_token": "<|endoftext|>",
            "tokenizer_class": "CLIPTokenizer",
            "unk_token": "<|endoftext|>",
        },
    )
    return len(tokens)
