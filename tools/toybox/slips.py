"""What people add and spoil while they type: words that mean nothing for the edit, and slips of the fingers.

So that a word the model does not know is passed over, and a known one is known by most of its letters.
"""

from random import Random

EVERYDAY = """
really actually maybe perhaps probably certainly honestly basically totally absolutely definitely literally obviously
hopefully surely quite rather pretty very much more most some any all every each both other another same different such
this that these those here there where when while because since although though however therefore thus still again
already always never often sometimes usually soon later today tomorrow yesterday tonight morning evening night day week
my your his her our their mine yours me you him us them who what which why how dear friend boss mom dad kid kids child
daughter son mother father teacher client customer people person man woman boy girl team folks everyone someone guys
work job school house home kitchen garden office project website poster card logo flyer banner book page slide report
says said say thinks feel feels felt know see saw seen look looks find found show shows tell told ask asked help try
like liked love loves hate prefer wonder hope wish mean seem seems keep stay stays start stop end begin finish done do
does did doing go going gone come coming came give gave given take took taken get got has had have having been being
able will would could should must shall may might can cannot need needs want wants wanted used using use way kind sort
sort-of bit lot little few many much less least enough too just only even else instead also well fine nice great good
better best cool awesome lovely beautiful pretty ugly boring funny silly strange weird simple easy hard quick fast slow
new old young fresh clean dirty bright dark light warm cold soft loud quiet true wrong right real main whole half full
empty open single double third last next final main exact exactly precisely directly carefully gently properly
completely entirely fully partly mostly almost about around near between behind beside under over above below inside
outside across along through until before after during without within upon toward against among photo drawing image
picture graphic design artwork scene canvas version result effect thing things stuff part parts spot area place space
color colors shade tone style look feel mood idea plan point reason question answer problem error mistake test example
one two three once twice first second please thanks thank sorry hello hey hi yo ok okay yes yeah yep nope well so then
now anyway btw asap pls plz thx lol um uh hmm oh wow hooray cheers greetings sir madam computer machine robot assistant
program model editor tool paint brush pencil software magic birthday party summer winter spring autumn holiday dinner
""".split()
SYLLABLES = """
ba be bi bo ca ce co da de di do fa fe fi ga go ha he hi la le li lo ma me mi mo na ne ni no pa pe po ra re ri ro sa se
si so ta te ti to va ve vi wa we ing er ed tion ly ness ment ful ist al ous ive
""".split()
FILLED = 0.18  # of the sentences have a word or two more
MISTYPED = 0.05


def slipped(sentence: str, rng: Random) -> str:
    """The sentence as somebody might have typed it. What stands in quotes or capitals is left alone."""
    words = sentence.split()
    if rng.random() < FILLED:
        for _ in range(rng.choice((1, 1, 2, 3))):
            words.insert(_gap(words, rng), _filler(rng))
    if rng.random() < MISTYPED:
        longer = [i for i, w in enumerate(words) if len(w) > 4 and w.isalpha() and w.islower()]
        if longer:
            i = rng.choice(longer)
            words[i] = _mistyped(words[i], rng)
    return " ".join(words)


def _gap(words: list[str], rng: Random) -> int:
    """Mostly at an end: the middle of a sentence is where its sense is."""
    return rng.choice((0, 0, len(words), rng.randint(0, len(words))))


def _filler(rng: Random) -> str:
    if rng.random() < 0.8:
        return rng.choice(EVERYDAY)
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((2, 2, 3))))


def _mistyped(word: str, rng: Random) -> str:
    i = rng.randrange(1, len(word) - 1)
    how = rng.randrange(3)
    if how == 0:
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    return word[:i] + word[i + 1 :] if how == 1 else word[:i] + word[i] + word[i:]
