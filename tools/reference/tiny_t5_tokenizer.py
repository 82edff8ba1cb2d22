"""A tiny T5 tokenizer: spiece.model, the same as tokenizer.json, and two files of settings."""

import base64
import io
import tempfile
import unicodedata
from pathlib import Path

import sentencepiece as spm
from sentencepiece import sentencepiece_model_pb2 as spm_proto

from tiny_corpus import CORPUS, special_token, write_json

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


def _normaliser_rules(path: Path) -> None:
    rules = spm.SentencePieceNormalizer(rule_name="nmt_nfkc", remove_extra_whitespaces=False, escape_whitespaces=False)
    lines = []
    for source in dict.fromkeys(NORMALISED):
        target = rules.normalize(source)
        if target != source:
            codes = [" ".join(f"{ord(c):X}" for c in text) for text in (source, target)]
            lines.append("\t".join(codes) + "\n")
    path.write_text("".join(lines))


def train_unigram(pieces: int) -> spm_proto.ModelProto:
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
    return write_t5_files(folder, train_unigram(pieces), length)


def write_t5_files(folder: Path, proto: spm_proto.ModelProto, length: int) -> int:
    """Writes the tokenizer's four files and returns the size of its vocabulary."""
    folder.mkdir(parents=True)
    (folder / "spiece.model").write_bytes(proto.SerializeToString(deterministic=True))
    extra = [f"<extra_id_{i}>" for i in range(EXTRA_IDS)]
    vocab = [[p.piece, 0.0 if i < 3 else p.score] for i, p in enumerate(proto.pieces)] + [[e, 0.0] for e in extra[::-1]]
    specials = {i: vocab[i][0] for i in (0, 1, 2)} | {len(proto.pieces) + i: e for i, e in enumerate(extra[::-1])}
    charsmap = base64.b64encode(proto.normalizer_spec.precompiled_charsmap).decode()
    metaspace = {"type": "Metaspace", "replacement": "▁", "add_prefix_space": True}
    sequence, end = {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}
    pair = [sequence, end, {"Sequence": {"id": "B", "type_id": 0}}, end]
    write_json(
        folder / "tokenizer.json",
        {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": [{"id": i, **special_token(t), "special": True} for i, t in specials.items()],
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
    write_json(
        folder / "special_tokens_map.json",
        {"additional_special_tokens": extra, **{k: special_token(v) for k, v in named.items()}},
    )
    write_json(
        folder / "tokenizer_config.json",
        {
            "added_tokens_decoder": {str(i): {**special_token(t), "special": True} for i, t in specials.items()},
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
