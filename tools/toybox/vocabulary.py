"""The tokenizers: whole words of the training sentences, syllables and letters for everything else.

T5's pieces come straight from the words' counts: a trainer of pieces splits so small a corpus into letters. Written
words ("CAT") are never pieces: the model has to spell them.
"""

import math
import sys
from collections import Counter
from pathlib import Path
from random import Random

import families
import instructions
import networks
from slips import SYLLABLES, slipped

sys.path.insert(0, str(Path(__file__).parent.parent / "reference"))
from tiny_clip_tokenizer import learn_merges, write_clip_files  # noqa: E402
from tiny_t5_tokenizer import train_unigram, write_t5_files  # noqa: E402

SENTENCES = 40_000
RARE = 6  # a word seen less often is left to its letters
MERGES = 900
SPELLED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,;:!?&>/+-'\"‘’“”()▁"
LEAST = -14.0  # a letter's score: below any word's
PART = -16.0  # a syllable's: below a word's, above two letters'


def sentences(count: int) -> list[str]:
    rng, found = Random(20_000_003), []
    while len(found) < count:
        weights = families.WEIGHTS if rng.random() < 0.9 else families.WEIGHTS_OF_TWO
        pairs = families.family(rng, 128, 128, weights).pairs
        found += [slipped(instructions.say(pair.edit, rng), rng) for pair in pairs for _ in range(3)]
    return found[:count]


def write(out: Path) -> tuple[int, int]:
    """Writes tokenizer/ and tokenizer_2/; returns the sizes of CLIP's and T5's vocabularies."""
    said = sentences(SENTENCES)
    words = Counter(word.strip(".,;:!?()'\"‘’“”") for sentence in said for word in sentence.split())
    kept = {w: n for w, n in words.items() if n >= RARE and w and not w.isupper()}
    clip = write_clip_files(out / "tokenizer", learn_merges(MERGES, _by_weight(kept)), networks.TOKENS)
    return clip, write_t5_files(out / "tokenizer_2", _unigram(kept), networks.TOKENS)


def _by_weight(words: dict[str, int]) -> list[str]:
    """Each word as often as its count has digits in binary: all of them count, the frequent ones more."""
    return [word for word, n in sorted(words.items()) for _ in range(n.bit_length())]


def _unigram(words: dict[str, int]):
    proto = train_unigram(128)  # for everything but its pieces
    piece = type(proto.pieces[0])
    total = sum(words.values())
    by_count = sorted(words.items(), key=lambda item: (-item[1], item[0]))
    scored = [("▁" + word, math.log(n / total)) for word, n in by_count]
    scored += [(part, PART) for part in dict.fromkeys(SYLLABLES)] + [(letter, LEAST) for letter in SPELLED]
    del proto.pieces[3:]
    proto.pieces.extend(piece(piece=text, score=score) for text, score in scored)
    return proto
