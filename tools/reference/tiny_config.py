"""The sizes of a tiny FLUX Kontext model: everything a folder's config files say, in one record."""

from dataclasses import dataclass, field, replace

# The scheduler settings that FLUX.1 Kontext [dev] is published with.
PUBLISHED_SCHEDULER = {
    "num_train_timesteps": 1000,
    "shift": 3.0,
    "use_dynamic_shifting": True,
    "base_shift": 0.5,
    "max_shift": 1.15,
    "base_image_seq_len": 256,
    "max_image_seq_len": 4096,
}


@dataclass(frozen=True)
class TinyConfig:
    """Defaults keep what is peculiar about the real model: T5's inner width is not its state width,
    the three RoPE axes differ, latents have 16 channels at 1/8 of the picture, guidance is embedded.
    """

    # transformer (the MLP ratio is 4 in every FLUX: diffusers has no setting for it)
    heads: int = 3
    head_dim: int = 16
    axes: tuple[int, ...] = (4, 6, 6)
    double_layers: int = 2
    single_layers: int = 3
    guidance_embeds: bool = True

    # CLIP; its width is the transformer's pooled width
    clip_dim: int = 40
    clip_heads: int = 5
    clip_layers: int = 2
    clip_mlp: int = 96
    clip_act: str = "quick_gelu"
    clip_eos: int = 2  # 2, as published, makes transformers pool at argmax(ids); None means the true id
    clip_length: int = 77
    clip_merges: int = 160

    # T5; its width is the transformer's joint attention width
    t5_dim: int = 48
    t5_heads: int = 3
    t5_kv: int = 8
    t5_mlp: int = 64
    t5_layers: int = 2
    t5_buckets: int = 32
    t5_max_distance: int = 128
    t5_length: int = 512
    t5_pieces: int = 220

    # VAE; the transformer's in_channels are 4 * latent_channels
    latent_channels: int = 16
    vae_channels: tuple[int, ...] = (8, 16, 16, 24)
    vae_layers: int = 1
    vae_groups: int = 4
    vae_quant_conv: bool = False
    vae_mid_attention: bool = True
    vae_scaling: float = 0.3611
    vae_shift: float = 0.1159

    scheduler: dict = field(default_factory=lambda: dict(PUBLISHED_SCHEDULER))

    def with_(self, **changes) -> "TinyConfig":
        return replace(self, **changes)
