"""What the tiny tokenizers learn from, and what their files have in common."""

import json
from pathlib import Path

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


def write_json(path: Path, value) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def special_token(content: str, normalized: bool = False) -> dict:
    return {"content": content, "lstrip": False, "normalized": normalized, "rstrip": False, "single_word": False}
