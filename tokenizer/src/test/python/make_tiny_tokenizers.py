"""Makes the small tokenizers under src/test/resources and the ids that transformers gives for them.

    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python make_tiny_tokenizers.py ../resources/dev/kontext4j/tokenizer

Four folders of the kinds that users have, each trained on CORPUS, and expected.json:
  clip        vocab.json + merges.txt, configs as OpenAI published them
  clip-json   tokenizer.json and config as transformers 5 saves them
  t5          tokenizer.json with the normalizer and pre-tokenizer that transformers 4 wrote
  t5-spiece   spiece.model alone
"""

import collections
import json
import os
import shutil
import sys
import tempfile
import unicodedata
from pathlib import Path

import sentencepiece
import tokenizers
import transformers
from tokenizers import Regex, pre_tokenizers
from transformers import CLIPTokenizer, T5Tokenizer

CORPUS = """
make the cat wear a red hat and a blue scarf
change the sky to purple and add a castle on the hill
remove the person in the background, keep the lighting as it is
turn this photo into a watercolour painting, detailed, vibrant colors
replace the text on the sign with "Black Forest Labs is awesome"
put the dog next to the cat; both look at the camera!
she'll say it's what they've seen, I'm sure you'd don't can't
3 cats, 14 dogs, 1,000,000 birds, 3.14159, 2024-05-31, 12:45
state-of-the-art photo–realistic — very—detailed portrait of a woman
Füge dem Straßenbild größere Häuser hinzu und ändere die Farbe auf Grün
Ajoute un chapeau à l'homme, s'il vous plaît, et change l'arrière-plan
café naïve Ångström Zürich crème brûlée señor
Сделай небо фиолетовым и добавь замок на холме
Κάνε τον ουρανό μωβ, ΟΔΥΣΣΕΥΣ σοφός
把天空变成紫色,并在山上加一座城堡。
猫に赤い帽子をかぶせてください。カタカナ、ひらがな、漢字
하늘을 보라색으로 바꾸고 언덕 위에 성을 추가해 주세요
اجعل السماء أرجوانية وأضف قلعة على التل
आसमान को बैंगनी कर दो और एक महल जोड़ो
ทำให้ท้องฟ้าเป็นสีม่วง
a cat 🐱 on fire 🔥🔥 with ❤️ and 👍🏽
""".strip().split("\n")

PROMPTS = CORPUS + [
    "",
    " ",
    "     ",
    "\n",
    "\t \r\n \x0b\x0c",
    "a  photo   of    a     cat",
    "  leading and trailing  \n ",
    "line one\nline two\r\nline three\n\n\nline six",
    "MAKE THE SKY PURPLE",
    "MaKe ThE SkY PuRpLe iPhone McDonald",
    "“curly” ‘curly’ «guillemets» `tick` don’t",
    "rock 'n' roll '90s 's 't o'clock '''' 'S 'LL",
    "wow!!! really??? ... --- *** ((())) [[]] {{}} <<>> ~~~ ###",
    "cat,dog;bird:fish.horse!cow?sheep/pig\\goat|hen",
    "1234567890123456789012345678901234567890",
    "٠١٢٣٤٥٦٧٨٩ ०१२३ ①②③ Ⅷ ½ ² ₃",
    "Tom &amp; Jerry &lt;b&gt; &#39;x&#39; &nbsp; &amp;amp;",
    "cafe\u0301 A\u030angstro\u0308m n\u0303 q\u0323\u0307",
    "Z\u0351\u036b\u0343\u036a\u0302\u036bA\u0334\u0335L\u0320\u0368G\u0334\u033b",
    "STRASSE STRAẞE straße İstanbul ıı",
    "ΟΔΥΣΣΕΥΣ ΣΑΣ Σ",
    "给the cat戴上a红色hat",
    "zero\u200bwidth\u200cnon\u200djoiner\u2060word\ufeffbom",
    "a\xa0b\u2003c\u2009d\u3000e\u202ff\u1680g\u2028h\u2029i\x85j",
    "hy\xadphen\xadation \u180e \u2062",
    "file fluff ℃ ㎏ № ™ ® © ℌ 𝓕𝓵𝓾𝔁 𝟏𝟐𝟑 ㍿",
    "ﬁ ﬂ ﬀ ﬃ ﬄ ſ ŉ Ĳ ǅ",
    "ｆｕｌｌｗｉｄｔｈ　ＣＡＴ ｶﾀｶﾅ",
    "🏳️\u200d🌈 👩\u200d👩\u200d👧\u200d👦 🇩🇪 🐱\ufe0f \U0001f9d1\U0001f3ff",
    "<|startoftext|> hello <|endoftext|> world </s> again <pad> <unk> <extra_id_0> x",
    "<|startoftext|><|endoftext|></s><pad><unk><extra_id_1><extra_id_9>",
    "<|STARTOFTEXT|> <|EndOfText|> </S> <PAD>",
    "cat</s>cat <|endoftext|>cat x<extra_id_0>y < |endoftext| >",
    "snake_case camelCase $var @decorator #define x->y a::b {\"k\": [1, 2]}",
    "\ue000 \uf8ff \U000f0000 \u0378 � \ufffe \U0010ffff",
    "nul\x00 bell\x07 esc\x1b[0m del\x7f c1\x9f",
    "▁cat ▁ ▁▁ Ġcat Ċ cat</w>",
    "supercalifragilisticexpialidocious" * 6,
    "a" * 300,
    "cat " * 74 + "cat",
    "cat " * 75 + "cat",
    "cat " * 60,
    "the quick brown fox jumps over the lazy dog, " * 20,
    "🐱" * 90,
    "把天空变成紫色" * 30,
    "\u202e rtl override \u202c \u2066 isolate \u2069",
    "x" + "\u0301" * 40,
    "\"quoted\" 'single' \\ / \b back",
]


def write(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False) + "\n", encoding="utf-8")


def learn_merges(words, count):
    """Byte-pair encoding, plainly: tokenizers' own trainer breaks ties differently each time."""
    spelled = {word: [*word[:-1], word[-1] + "</w>"] for word in words}
    merges = []
    while len(merges) < count:
        pairs = collections.Counter()
        for word, times in words.items():
            for pair in zip(spelled[word], spelled[word][1:]):
                pairs[pair] += times
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        merges.append(best)
        for word, pieces in spelled.items():
            i = 0
            while i + 1 < len(pieces):
                if (pieces[i], pieces[i + 1]) == best:
                    pieces[i : i + 2] = ["".join(best)]
                i += 1
    return merges


def clip(folder):
    """The layout of openai/clip-vit-large-patch14: bytes, bytes that end a word, merges, specials."""
    split = Regex(r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+")
    words = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(split, behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    lines = [words.pre_tokenize_str(unicodedata.normalize("NFC", line).lower()) for line in CORPUS]
    merges = learn_merges(collections.Counter(word for line in lines for word, _ in line), 300)
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    pieces = dict.fromkeys(alphabet + [a + "</w>" for a in alphabet] + ["".join(m) for m in merges])
    pieces = [*pieces, "<|startoftext|>", "<|endoftext|>"]
    folder.mkdir()
    write(folder / "vocab.json", {piece: i for i, piece in enumerate(pieces)})
    lines = ["#version: 0.2"] + [" ".join(m) for m in merges]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def added(content, normalized):
        flags = dict(lstrip=False, normalized=normalized, rstrip=False, single_word=False)
        return dict(content=content, **flags)

    bos, eos = added("<|startoftext|>", True), added("<|endoftext|>", False)
    write(
        folder / "tokenizer_config.json",
        {
            "add_prefix_space": False,
            "added_tokens_decoder": {
                str(len(pieces) - 2): dict(bos, special=True),
                str(len(pieces) - 1): dict(eos, special=True),
            },
            "bos_token": "<|startoftext|>",
            "eos_token": "<|endoftext|>",
            "pad_token": "<|endoftext|>",
            "unk_token": "<|endoftext|>",
            "model_max_length": 77,
            "tokenizer_class": "CLIPTokenizer",
        },
    )
    write(
        folder / "special_tokens_map.json",
        {"bos_token": bos, "eos_token": eos, "pad_token": eos, "unk_token": eos},
    )


# A slice of sentencepiece's nmt_nfkc, whose whole map would be 300 kB: source and target code points.
NORMALIZATION = {
    **{chr(c): "" for c in (0x200B, 0x200C, 0x200E, 0xAD, 0xFEFF, 0x7F)},
    **{chr(c): " " for c in (0x09, 0x0A, 0x0D, 0xA0, 0x2003, 0x2009, 0x2028, 0x3000, 0x85)},
    **{chr(0xFF01 + i): chr(0x21 + i) for i in range(94)},
    "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "™": "TM", "½": "1⁄2", "²": "2", "①": "1", "Ⅷ": "VIII",
    "e\u0301": "é", "A\u030a": "Å", "o\u0308": "ö", "ŉ": "ʼn", "℃": "°C", "…": "...",
}  # fmt: skip


def spiece(folder):
    folder.mkdir()
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)  # the model repeats the names that it was made with
        rules, corpus = Path("rules.tsv"), Path("corpus.txt")
        hexadecimal = lambda text: " ".join(f"{ord(c):X}" for c in text)  # noqa: E731
        rules.write_text(
            "".join(f"{hexadecimal(a)}\t{hexadecimal(b)}\n" for a, b in NORMALIZATION.items())
        )
        corpus.write_text("\n".join(CORPUS) + "\n", encoding="utf-8")
        sentencepiece.SentencePieceTrainer.train(
            input=str(corpus),
            model_prefix="spiece",
            vocab_size=600,
            hard_vocab_limit=False,
            character_coverage=0.98,
            model_type="unigram",
            normalization_rule_tsv=str(rules),
            pad_id=0,
            eos_id=1,
            unk_id=2,
            bos_id=-1,
            num_threads=1,
            minloglevel=2,
        )
        shutil.copy("spiece.model", folder)


def t5(folder, source):
    """tokenizer.json and config as transformers 4 wrote them: with rules of its own, 48 long."""
    T5Tokenizer.from_pretrained(source, extra_ids=10, model_max_length=48).save_pretrained(folder)
    path = folder / "tokenizer.json"
    saved = json.loads(path.read_text(encoding="utf-8"))
    saved["normalizer"] = {
        "type": "Sequence",
        "normalizers": [
            saved["normalizer"],
            {"type": "Strip", "strip_left": False, "strip_right": True},
            {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": "▁"},
        ],
    }
    saved["pre_tokenizer"] = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": True}
    write(path, saved)


def ids(tokenizer, longest):
    length = min(longest, tokenizer.model_max_length)
    return [
        tokenizer(text, padding="max_length", max_length=length, truncation=True).input_ids
        for text in PROMPTS
    ]


def unpadded(rows, pad):
    """The rows without their padding: what follows the last id that differs from it."""
    cut = []
    for row in rows:
        end = len(row)
        while end and row[end - 1] == pad:
            end -= 1
        cut.append(row[:end])
    return cut


def main(out):
    out.mkdir(parents=True, exist_ok=True)
    folders = {name: out / name for name in ("clip", "clip-json", "t5", "t5-spiece")}
    for folder in folders.values():
        shutil.rmtree(folder, ignore_errors=True)
    clip(folders["clip"])
    CLIPTokenizer.from_pretrained(folders["clip"]).save_pretrained(folders["clip-json"])
    saved = folders["clip-json"] / "tokenizer.json"
    write(saved, json.loads(saved.read_text(encoding="utf-8")))
    spiece(folders["t5-spiece"])
    t5(folders["t5"], folders["t5-spiece"])
    expected = {
        "versions": {m.__name__: m.__version__ for m in (transformers, tokenizers, sentencepiece)},
        "prompts": PROMPTS,
    }
    for name, folder in folders.items():
        family, longest = (CLIPTokenizer, 77) if name.startswith("clip") else (T5Tokenizer, 512)
        tokenizer = family.from_pretrained(folder)
        rows = ids(tokenizer, longest)
        expected[name] = {
            "length": len(rows[0]),
            "pad": tokenizer.pad_token_id,
            "ids": unpadded(rows, tokenizer.pad_token_id),
        }
    lines = [
        json.dumps(key) + ": " + json.dumps(value, separators=(",", ":"))
        for key, value in expected.items()
    ]
    (out / "expected.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


main(Path(sys.argv[1]).resolve())
