"""Small pictures with the metadata of other programs, as their sources and documents describe it. For `kontext show`.

    python foreign_recipes.py OUT

ComfyUI: text chunks `prompt` and `workflow` (nodes.py, SaveImage); in WebP EXIF 0x0110 and 0x010f behind their names.
Stable Diffusion web UI and Forge: text chunk `parameters`, in JPEG EXIF UserComment (modules/images.py).
InvokeAI: text chunk `invokeai_metadata`. SwarmUI: `parameters` with JSON. mflux: EXIF UserComment with JSON.
"""

import json
import sys
from pathlib import Path

from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

USER_COMMENT, MAKE, MODEL, SOFTWARE = 0x9286, 0x010F, 0x0110, 0x0131

COMFY_PROMPT = {
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "make the car red", "clip": ["38", 0]}},
    "31": {
        "class_type": "KSampler",
        "inputs": {
            "seed": 776, "steps": 20, "cfg": 1, "sampler_name": "euler", "scheduler": "simple", "denoise": 1,
            "model": ["37", 0], "positive": ["35", 0], "negative": ["135", 0], "latent_image": ["124", 0],
        },
    },
    "35": {"class_type": "FluxGuidance", "inputs": {"guidance": 2.5, "conditioning": ["177", 0]}},
    "37": {"class_type": "UNETLoader", "inputs": {"unet_name": "flux1-dev-kontext_fp8_scaled.safetensors"}},
    "38": {"class_type": "DualCLIPLoader", "inputs": {"clip_name1": "clip_l.safetensors", "type": "flux"}},
    "124": {"class_type": "VAEEncode", "inputs": {"pixels": ["42", 0], "vae": ["39", 0]}},
    "135": {"class_type": "ConditioningZeroOut", "inputs": {"conditioning": ["6", 0]}},
    "177": {"class_type": "ReferenceLatent", "inputs": {"conditioning": ["6", 0], "latent": ["124", 0]}},
}  # fmt: skip

PARAMETERS = (
    "a red car, (sunset:1.2)\non a road\nNegative prompt: blurry, text\n"
    "Steps: 20, Sampler: Euler, Schedule type: Simple, CFG scale: 1, Distilled CFG Scale: 2.5, Seed: 4242, "
    'Size: 832x1248, Model hash: 8ae2b6ab1e, Model: flux1-kontext-dev, Lora hashes: "a: 12, b: 34", Version: f2.0.1v1.10.1'
)

INVOKE = {
    "generation_mode": "flux_txt2img", "positive_prompt": "make the sky pink", "seed": 99, "steps": 30,
    "cfg_scale": 1.0, "guidance": 4.0, "width": 1024, "height": 1024,
    "model": {"name": "FLUX.1 Kontext dev", "hash": "blake3:ab", "base": "flux"}, "app_version": "6.0.0",
}  # fmt: skip

SWARM = {
    "sui_image_params": {
        "prompt": "turn the cat into a dog", "model": "flux1-kontext-dev", "seed": 1234567, "steps": 20,
        "cfgscale": 1.0, "aspectratio": "1:1", "width": 1024, "height": 1024, "swarm_version": "0.9.6.4",
    },
    "sui_extra_data": {"date": "2026-05-01"},
}  # fmt: skip

MFLUX = {
    "mflux_version": "0.9.6", "model": "black-forest-labs/FLUX.1-Kontext-dev", "base_model": "None", "seed": 7,
    "steps": 20, "guidance": 2.5, "precision": "mlx.core.bfloat16", "quantize": 8, "lora_paths": None,
    "image_path": "room.png", "prompt": "Make the room brighter – naïve", "generation_time_seconds": 61.5,
}  # fmt: skip


def picture() -> Image.Image:
    return Image.new("RGB", (16, 16), (200, 40, 40))


def chunks(**texts: str) -> PngInfo:
    info = PngInfo()
    for name, text in texts.items():
        info.add_text(name, text)
    return info


def comment(text: str, unicode: bool) -> Image.Exif:
    exif = Image.Exif()
    exif[SOFTWARE] = "Lens 1.0"  # Pillow takes a block without any plain tag for empty
    coded = b"UNICODE\0" + text.encode("utf-16-be") if unicode else b"ASCII\0\0\0" + text.encode()
    exif.get_ifd(ExifTags.IFD.Exif)[USER_COMMENT] = coded
    return exif


def main(out: Path) -> None:
    graph = json.dumps(COMFY_PROMPT)
    picture().save(out / "comfyui.png", pnginfo=chunks(prompt=graph, workflow=json.dumps({"nodes": []})))
    exif = Image.Exif()
    exif[MODEL], exif[MAKE] = "prompt:" + graph, "workflow:" + json.dumps({"nodes": []})
    picture().save(out / "comfyui.webp", exif=exif)
    picture().save(out / "web-ui.png", pnginfo=chunks(parameters=PARAMETERS))
    picture().save(out / "web-ui.jpg", exif=comment(PARAMETERS, unicode=True))
    picture().save(out / "invokeai.png", pnginfo=chunks(invokeai_metadata=json.dumps(INVOKE)))
    picture().save(out / "swarmui.png", pnginfo=chunks(parameters=json.dumps(SWARM, indent=4)))
    picture().save(out / "mflux.png", exif=comment(json.dumps(MFLUX, ensure_ascii=False), unicode=True))
    picture().save(out / "hostile.png", pnginfo=chunks(parameters="\x1b]0;owned\x07\x1b[2Jhi\nSteps: 3, Seed: 1"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
