"""The sizes of pictures: a token is 16 pixels wide and high."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """A size of picture."""

    width: int
    height: int

    @property
    def grid(self) -> tuple[int, int]:
        return self.height // 16, self.width // 16


SQUARE = Size(128, 128)

# The native sizes: about the area of the square, sides of whole tokens, from the tallest to the widest.
NATIVE = (Size(96, 176), Size(96, 160), Size(112, 144), SQUARE, Size(144, 112), Size(160, 96), Size(176, 96))
