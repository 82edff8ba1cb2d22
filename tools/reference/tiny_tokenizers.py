"""Tiny tokenizers in the files of the published folder: CLIP's BPE and T5's unigram model."""

import base64
import io
import json
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path

import sentencepiece as spm
from sentencepiece import sentencepiece_model_pb2 as spm_proto
from tokenizers import Regex, pre_tokenizers

CORPUS = """
make the sky purple and add a castle on the hill
change the colour of the car to red while keeping the background the same
remove the hat from the man's head and give him a yellow umbrella
a photo of a cat sitting on a table next to a vase of flowers
turn the photograph into a watercolour painting with soft brush strokes
replace the text on the sign with 'open late' in the same style
put the woman in a snowy mountain landscape, golden hour, highly detailed
it's what we'd want; they've seen that she'll be there, don't you think?
place both cats together on the sofa, shot from above, 35 mm, 2 lamps
blurry, low quality, 1234567890 watermark! deformed? (bad) "quoted" [text] #tag
Füge größere Häuser hinzu, un café crème brûlée, naïve, Ångström, señor
The Quick Brown Fox Jumps Over The Lazy Dog AND THE SKY IS NOT SO BLUE
add a red car and a blue hat to the photo, keep the face of the person unchanged
change the season to winter, cover the roof and the trees with fresh snow
remove all people from the beach and make the water clear and calm
give the dog a small pair of sunglasses and a green scarf
turn this drawing into a realistic photograph taken in the morning light
restore and colourise this old photo, remove the scratches and the dust
show the same character from behind, walking towards the city at night
make it look like a painting by an old master, with dark colours
move the lamp to the left side of the table and turn it on
the writing on the wall should say welcome home in large white letters
""".strip().splitlines()

# Letters that T5's vocabulary lacks, as the published one lacks them: they become <unk>.
CLIP_ONLY = ["Сделай небо фиолетовым και άλλαξε το χρώμα 把天空变成紫色 空を紫に"]

EXTRA_IDS = 10  # the published T5 has 100 of these sentinels

# What the published T5 normaliser (nmt_nfkc) is reduced to: its rules for these characters alone.
# All of its rules would weigh 240 KB.
NORMALISED = (
    [chr(c) for c in range(0x01, 0x20)]
    + [chr(c) for c in (0x7F, 0x85, 0x8F, 0x9F, 0xA0, 0xAD, 0x1680, 0x200B, 0x200C, 0x200E, 0x2028, 0x2029, 0x202F)]
    + [chr(c) for c in (0x205F, 0x2060, 0x3000, 0xFEFF, 0xFFFD)]
    + [chr(c) for c in range(0x2000, 0x200B)]
    + [chr(c) for c in range(0xFF01, 0xFF5F)]
    + list("ﬁﬂﬀﬃ™℃№½²①Ⅷ㎏ﾊ…ſ")
    + [unicodedata.normalize("NFD", c) for c in "éèäöüñÅçà"]
)


def _write_json(path: Path, value) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _token(content: str, normalized: bool = False) -> dict:
    return {"content": content, "lstrip": False, "normalized": normalized, "rstrip": False, "single_word": False}


def _byte_characters() -> list[str]:
    """The 256 printable stand-ins for bytes, in the order of CLIP's vocabulary."""
    plain = [*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    rest = [b for b in range(256) if b not in plain]
    return [chr(b) for b in plain] + [chr(256 + i) for i in range(len(rest))]


def _learn_merges(count: int) -> list[tuple[str, str]]:
    """Byte pair encoding. The trainer of `tokenizers` breaks ties by hash order, so differently in every run."""
    split = Regex(r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+")
    words = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(split, behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    corpus = [[*w[:-1], w[-1] + "</w>"] for line in CORPUS + CLIP_ONLY for w, _ in words.pre_tokenize_str(line.lower())]
    merges = []
    for _ in range(count):
        pairs = Counter(pair for word in corpus for pair in zip(word, word[1:]))
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        for word in corpus:
            for i in range(len(word) - 2, -1, -1):
                if tuple(word[i : i + 2]) == best:
                    word[i : i + 2] = ["".join(best)]
    return merges


def write_clip(folder: Path, merges: int, length: int) -> int:
    """Writes the tokenizer's four files and returns the size of its vocabulary."""
    folder.mkdir(parents=True)
    alphabet = _byte_characters()
    learnt = _learn_merges(merges)
    tokens = alphabet + [c + "</w>" for c in alphabet] + ["".join(m) for m in learnt]
    tokens = list(dict.fromkeys(tokens)) + ["<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({t: i for i, t in enumerate(tokens)}, ensure_ascii=False))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in learnt))

    start, end = _token("<|startoftext|>", normalized=True), _token("<|endoftext|>")
    _write_json(
        folder / "special_tokens_map.json", {"bos_token": start, "eos_token": end, "pad_token": end, "unk_token": end}
    )
    _write_json(
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


def _normaliser_rules(path: Path) -> None:
    rules = spm.SentencePieceNormalizer(rule_name="nmt_nfkc", remove_extra_whitespaces=False, escape_whitespaces=False)
    lines = []
    for source in dict.fromkeys(NORMALISED):
        target = rules.normalize(source)
        if target != source:
            codes = [" ".join(f"{ord(c):X}" for c in text) for text in (source, target)]
            lines.append("\t".join(codes) + "\n")
    path.write_text("".join(lines))


def _train_unigram(pieces: int) -> spm_proto.ModelProto:
    model = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder) / "rules.tsv"
        _normaliser_rules(rules)
        spm.SentencePieceTrainer.train(
            sentence_iterator=iter(CORPUS), model_writer=model, vocab_size=pieces, model_type="unigram",
            character_coverage=1.0, pad_id=0, eos_id=1, unk_id=2, bos_id=-1, num_threads=1,
            normalization_rule_tsv=str(rules), minloglevel=2,
        )  # fmt: skip
    proto = spm_proto.ModelProto.FromString(model.getvalue())
    proto.normalizer_spec.normalization_rule_tsv = ""  # a temporary path: the rules are in the model by now
    return proto


def write_t5(folder: Path, pieces: int, length: int) -> int:
    """Writes the tokenizer's four files and returns the size of its vocabulary."""
    folder.mkdir(parents=True)
    proto = _train_unigram(pieces)
    (folder / "spiece.model").write_bytes(proto.SerializeToString(deterministic=True))
    extra = [f"<extra_id_{i}>" for i in range(EXTRA_IDS)]
    vocab = [[p.piece, 0.0 if i < 3 else p.score] for i, p in enumerate(proto.pieces)] + [[e, 0.0] for e in extra[::-1]]
    specials = {i: vocab[i][0] for i in (0, 1, 2)} | {len(proto.pieces) + i: e for i, e in enumerate(extra[::-1])}
    charsmap = base64.b64encode(proto.normalizer_spec.precompiled_charsmap).decode()
    metaspace = {"type": "Metaspace", "replacement": "▁", "add_prefix_space": True}
    sequence, end = {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}
    pair = [sequence, end, {"Sequence": {"id": "B", "type_id": 0}}, end]
    _write_json(
        folder / "tokenizer.json",
        {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": [{"id": i, **_token(t), "special": True} for i, t in specials.items()],
            "normalizer": {
                "type": "Sequence",
                "normalizers": [
                    {"type": "Precompiled", "precompiled_charsmap": charsmap},
                    {"type": "Strip", "strip_left": False, "strip_right": True},
                    {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": "▁"},
                ],
            },
            "pre_tokenizer": {**metaspace, "prepend_scheme": "first"},
            "post_processor": {
                "type": "TemplateProcessing",
                "single": [sequence, end],
                "pair": pair,
                "special_tokens": {"</s>": {"id": "</s>", "ids": [1], "tokens": ["</s>"]}},
            },
            "decoder": {**metaspace, "prepend_scheme": "always"},
            "model": {"type": "Unigram", "unk_id": 2, "vocab": vocab, "byte_fallback": False},
        },
    )
    named = {"eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}
    _write_json(
        folder / "special_tokens_map.json",
        {"additional_special_tokens": extra, **{k: _token(v) for k, v in named.items()}},
    )
    _write_json(
        folder / "tokenizer_config.json",
        {
            "added_tokens_decoder": {str(i): {**_token(t), "special": True} for i, t in specials.items()},
            "additional_special_tokens": extra,
            "clean_up_tokenization_spaces": True,
            **named,
            "extra_ids": EXTRA_IDS,
            "legacy": False,
            "model_max_length": length,
            "sp_model_kwargs": {},
            "tokenizer_class": "T5Tokenizer",
        },
    )
    return len(vocab)
