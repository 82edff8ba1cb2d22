"""tokens.json: prompts and the padded ids that transformers gives them."""

import shutil
from pathlib import Path

from transformers import CLIPTokenizer, T5TokenizerFast

from golden_files import save_json
from tiny_clip_tokenizer import write_clip
from tiny_config import TinyConfig
from tiny_t5_tokenizer import write_t5

PROMPTS = {
    "plain": "make the sky purple and add a castle on the hill",
    "empty": "",
    "space": " ",
    "newline": "\n",
    "upper": "Make The SKY Purple, PLEASE!",
    "contractions": "I don't think it's what they've seen; she'll say 'no'",
    "punctuation": "wow!!! (really?) [a]{b}<c> #tag a/b\\c *** 100% & more...",
    "numbers": "3 cats, 14 dogs, 1,000,000 birds, 3.14159 and 2024-01-02",
    "whitespace_runs": "  a   cat \t and\t\ta dog \r\n\n  on  a table   ",
    "unicode_spaces": "a\u00a0b\u2003c\u3000d\u202fe\u2028f\u0085g",
    "accents_composed": "café naïve Ångström größere Häuser señor crème brûlée",
    "accents_decomposed": "cafe\u0301 nai\u0308ve A\u030angstro\u0308m sen\u0303or",
    "cyrillic_greek": "Сделай небо фиолетовым, ΟΔΥΣΣΕΥΣ",
    "chinese_japanese": "把天空变成紫色 空を紫に",
    "emoji": "a cat 🐱 on fire 🔥🔥 with ❤️ and 👩‍👩‍👧",
    "compatibility": "ﬁle ＡＢＣ１２３ № ½ ² ™ ℃ Ⅷ",
    "zero_width": "zero\u200bwidth\u200cjoin\u2060er\ufeffbom hy\u00adphen",
    "control": "bell\u0007 esc\u001b nul-free \u0001\u0002 del\u007f end",
    "clip_special_inside": "a <|endoftext|> b <|startoftext|> c",
    "t5_special_inside": "a </s> b <pad> c <unk> d <extra_id_0> e<extra_id_9>f",
    "long_word": "supercalifragilisticexpialidocious" * 6,
    "fills_clip": "cat " * 74 + "cat",
    "long": "the quick brown fox jumps over the lazy dog, " * 80,
}


def _ids(folder: Path) -> dict:
    clip = CLIPTokenizer.from_pretrained(folder / "tokenizer")
    t5 = T5TokenizerFast.from_pretrained(folder / "tokenizer_2")
    lengths = {"clip": min(77, clip.model_max_length), "t5": min(512, t5.model_max_length)}
    cases = []
    for name, text in PROMPTS.items():
        case = {"name": name, "text": text}
        for encoder, tokenizer in (("clip", clip), ("t5", t5)):
            n = lengths[encoder]
            ids = tokenizer(text, padding="max_length", max_length=n, truncation=True).input_ids
            case[encoder] = ids
            case[encoder + "_untruncated"] = len(tokenizer(text).input_ids)
        cases.append(case)
    return {"lengths": lengths, "cases": cases}


def _other_files(folder: Path, config: TinyConfig) -> None:
    """The same tokenizers kept in other files and with shorter lengths: CLIP's in tokenizer.json alone,
    as transformers 5 saves it, and T5's in spiece.model alone."""
    shutil.rmtree(folder, ignore_errors=True)
    write_clip(folder / "published", config.clip_merges, 24)
    CLIPTokenizer.from_pretrained(folder / "published").save_pretrained(folder / "tokenizer")
    shutil.rmtree(folder / "published")
    write_t5(folder / "tokenizer_2", config.t5_pieces, 40)
    (folder / "tokenizer_2" / "tokenizer.json").unlink()


def write(out: Path, model: Path, config: TinyConfig) -> None:
    _other_files(out / "tokenizers", config)
    save_json(
        out / "tokens.json",
        {"model": _ids(model), "tokenizers": _ids(out / "tokenizers")},
        indent=None,
    )
