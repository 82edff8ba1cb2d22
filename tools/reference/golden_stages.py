"""The networks one by one: inputs, and what each network makes of them.

Every stage is a pair: `inputs` draws them once in float32, the stage's function maps them to outputs with the
pipeline it is given. So the same code runs the float32 and the bfloat16 pipeline.
"""

import torch
from diffusers import FluxKontextPipeline

Tensors = dict[str, torch.Tensor]
PROMPTS = {  # name -> (prompt, T5 tokens)
    "plain": ("make the sky purple and add a castle on the hill", 40),
    "empty": ("", 40),
    "full": ("the quick brown fox jumps over the lazy dog, " * 80, 512),
}
TEXT, NOISE, REFERENCE = 12, (4, 6), (3, 5)  # tokens; rows and columns of tokens


def _normal(seed: int, *shape: int) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def clip_inputs(pipe: FluxKontextPipeline) -> Tensors:
    n = pipe.tokenizer.model_max_length
    return {
        f"{name}.ids": pipe.tokenizer(
            text, padding="max_length", max_length=n, truncation=True, return_tensors="pt"
        ).input_ids
        for name, (text, _) in PROMPTS.items()
    }


def clip(pipe: FluxKontextPipeline, inputs: Tensors) -> Tensors:
    outputs = {}
    for name in PROMPTS:
        result = pipe.text_encoder(inputs[f"{name}.ids"])
        outputs[f"{name}.states"] = result.last_hidden_state
        outputs[f"{name}.pooled"] = result.pooler_output
    return outputs


def t5_inputs(pipe: FluxKontextPipeline) -> Tensors:
    return {
        f"{name}.ids": pipe.tokenizer_2(
            text, padding="max_length", max_length=n, truncation=True, return_tensors="pt"
        ).input_ids
        for name, (text, n) in PROMPTS.items()
    }


def t5(pipe: FluxKontextPipeline, inputs: Tensors) -> Tensors:
    return {f"{name}.states": pipe.text_encoder_2(inputs[f"{name}.ids"])[0] for name in PROMPTS}


def vae_inputs(pipe: FluxKontextPipeline) -> Tensors:
    height, width, f = 48, 80, pipe.vae_scale_factor
    return {
        "pixels": (_normal(21, 1, 3, height, width) * 0.5).clamp(-1, 1),
        "latent": _normal(22, 1, pipe.latent_channels, height // f, width // f),
    }


def vae(pipe: FluxKontextPipeline, inputs: Tensors) -> Tensors:
    dtype, config = pipe.vae.dtype, pipe.vae.config
    mean = pipe.vae.encode(inputs["pixels"].to(dtype)).latent_dist.mode()
    raw = inputs["latent"].to(dtype) / config.scaling_factor + config.shift_factor
    return {
        "encoded.mean": mean,
        "encoded.scaled": (mean - config.shift_factor) * config.scaling_factor,
        "decoded": pipe.vae.decode(raw, return_dict=False)[0],
    } | _tiled(pipe, inputs)


def _tiled(pipe: FluxKontextPipeline, inputs: Tensors) -> Tensors:
    """A part of the same inputs in 2 x 3 tiles; diffusers would add one that only repeats were it a little wider."""
    side, overlap, width = 5, 2, 9  # of the latent
    vae, config, f = pipe.vae, pipe.vae.config, pipe.vae_scale_factor
    vae.enable_tiling()
    vae.tile_latent_min_size, vae.tile_sample_min_size = side, side * f
    vae.tile_overlap_factor = overlap / side
    mean = vae.encode(inputs["pixels"][..., : width * f].to(vae.dtype)).latent_dist.mode()
    raw = inputs["latent"][..., :width].to(vae.dtype) / config.scaling_factor + config.shift_factor
    decoded = vae.decode(raw, return_dict=False)[0]
    vae.disable_tiling()
    return {"encoded.tiled": (mean - config.shift_factor) * config.scaling_factor, "decoded.tiled": decoded}


def transformer_inputs(pipe: FluxKontextPipeline) -> Tensors:
    config = pipe.transformer.config
    n, m = NOISE[0] * NOISE[1], REFERENCE[0] * REFERENCE[1]
    noise_ids = pipe._prepare_latent_image_ids(1, *NOISE, "cpu", torch.float32)
    reference_ids = pipe._prepare_latent_image_ids(1, *REFERENCE, "cpu", torch.float32)
    reference_ids[:, 0] = 1
    inputs = {
        "hidden_states": _normal(31, 2, n + m, config.in_channels),
        "encoder_hidden_states": _normal(32, 2, TEXT, config.joint_attention_dim),
        "pooled": _normal(33, 2, config.pooled_projection_dim),
        "scheduler_timestep": torch.tensor([704.0]),  # sigma * 1000, as the scheduler holds it
        "txt_ids": torch.zeros(TEXT, 3),
        "img_ids": torch.cat([noise_ids, reference_ids]),
    }
    # This timestep and this guidance survive bfloat16's roundings. With others the embedding is so far from the
    # float32 one that nothing else would show in the outputs: `conditioning` has those.
    return inputs | ({"guidance": torch.tensor([2.0])} if config.guidance_embeds else {})


def _transformer_arguments(pipe: FluxKontextPipeline, inputs: Tensors) -> dict:
    """As FluxKontextPipeline's loop passes them: all but guidance in the model's dtype."""
    dtype = pipe.transformer.dtype
    guidance = inputs.get("guidance")
    return {
        "hidden_states": inputs["hidden_states"].to(dtype),
        "encoder_hidden_states": inputs["encoder_hidden_states"].to(dtype),
        "pooled_projections": inputs["pooled"].to(dtype),
        "timestep": inputs["scheduler_timestep"].expand(2).to(dtype) / 1000,
        "guidance": None if guidance is None else guidance.expand(2),
        "txt_ids": inputs["txt_ids"].to(dtype),
        "img_ids": inputs["img_ids"].to(dtype),
        "return_dict": False,
    }


def transformer(pipe: FluxKontextPipeline, inputs: Tensors) -> Tensors:
    """The whole transformer, with what passes between its parts."""
    network, outputs, hooks = pipe.transformer, {}, []

    def keep(name: str, module: torch.nn.Module, suffixes: tuple[str, ...]) -> None:
        def hook(_module, _arguments, result):
            results = result if isinstance(result, tuple) else (result,)
            outputs.update({name + s: r for s, r in zip(suffixes, results, strict=True)})

        hooks.append(module.register_forward_hook(hook))

    keep("temb", network.time_text_embed, ("",))
    keep("rope", network.pos_embed, (".cos", ".sin"))
    for kind, blocks in (("double", network.transformer_blocks), ("single", network.single_transformer_blocks)):
        for i, block in enumerate(blocks):
            keep(f"{kind}.{i}", block, (".encoder_hidden_states", ".hidden_states"))
    outputs["output"] = network(**_transformer_arguments(pipe, inputs))[0]
    for hook in hooks:
        hook.remove()
    return outputs


def conditioning_inputs(pipe: FluxKontextPipeline) -> Tensors:
    return {
        "pooled": _normal(41, 6, pipe.transformer.config.pooled_projection_dim),
        "scheduler_timestep": torch.tensor([1000.0, 967.3041, 702.734375, 250.1, 33.333, 1.0]),
        "guidance": torch.tensor([2.5, 3.5, 1.0, 2.0, 30.0, 0.0]),
    }


def conditioning(pipe: FluxKontextPipeline, inputs: Tensors) -> Tensors:
    """The embedding of (timestep, guidance, pooled prompt) with the roundings on the way to it:
    FluxKontextPipeline divides the timestep by 1000, FluxTransformer2DModel multiplies it and the guidance by 1000."""
    dtype = pipe.transformer.dtype
    timestep = (inputs["scheduler_timestep"].to(dtype) / 1000).to(dtype) * 1000
    guidance = inputs["guidance"].to(dtype) * 1000
    return {"temb": pipe.transformer.time_text_embed(timestep, guidance, inputs["pooled"].to(dtype))}


def block_inputs(pipe: FluxKontextPipeline, blocks: str, index: int) -> Tensors:
    """What reaches one block while the whole transformer runs."""
    caught: Tensors = {}

    def hook(_module, _arguments, named):
        cos, sin = named["image_rotary_emb"]
        for name in ("hidden_states", "encoder_hidden_states", "temb"):
            caught[name] = named[name].clone()
        caught.update({"rope.cos": cos.clone(), "rope.sin": sin.clone()})

    handle = getattr(pipe.transformer, blocks)[index].register_forward_pre_hook(hook, with_kwargs=True)
    transformer(pipe, transformer_inputs(pipe))
    handle.remove()
    return caught


def block(pipe: FluxKontextPipeline, inputs: Tensors, blocks: str, index: int) -> Tensors:
    dtype = pipe.transformer.dtype
    text, image = getattr(pipe.transformer, blocks)[index](
        hidden_states=inputs["hidden_states"].to(dtype),
        encoder_hidden_states=inputs["encoder_hidden_states"].to(dtype),
        temb=inputs["temb"].to(dtype),
        image_rotary_emb=(inputs["rope.cos"], inputs["rope.sin"]),  # float32 in every pipeline
    )
    return {"out.hidden_states": image, "out.encoder_hidden_states": text}


STAGES = {  # file -> (inputs, outputs); the first double block, whose small inputs show epsilons
    "clip": (clip_inputs, clip),
    "t5": (t5_inputs, t5),
    "vae": (vae_inputs, vae),
    "transformer": (transformer_inputs, transformer),
    "conditioning": (conditioning_inputs, conditioning),
    "block_double": (
        lambda pipe: block_inputs(pipe, "transformer_blocks", 0),
        lambda pipe, x: block(pipe, x, "transformer_blocks", 0),
    ),
    "block_single": (
        lambda pipe: block_inputs(pipe, "single_transformer_blocks", 1),
        lambda pipe, x: block(pipe, x, "single_transformer_blocks", 1),
    ),
}
