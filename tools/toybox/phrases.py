"""Random phrases from templates: "(a|b) c" is "a c" or "b c", "(a|)" is "a" or nothing; brackets nest."""

from functools import cache
from random import Random


@cache
def _parsed(template: str) -> tuple:
    sequence, at = _alternatives(template, 0)
    assert at == len(template), template
    return sequence


def _alternatives(text: str, at: int) -> tuple[tuple, int]:
    """Alternatives of sequences of strings and alternatives."""
    alternatives, sequence, plain = [], [], ""
    while at < len(text) and text[at] != ")":
        if text[at] in "(|":
            sequence.append(plain)
            plain = ""
        if text[at] == "(":
            inner, at = _alternatives(text, at + 1)
            sequence.append(inner)
        elif text[at] == "|":
            alternatives.append(tuple(sequence))
            sequence = []
        else:
            plain += text[at]
        at += 1
    return (*alternatives, (*sequence, plain)), at


def _drawn(alternatives: tuple, rng: Random) -> str:
    return "".join(p if isinstance(p, str) else _drawn(p, rng) for p in rng.choice(alternatives))


def phrase(template: str, rng: Random) -> str:
    return " ".join(_drawn(_parsed(template), rng).split())
