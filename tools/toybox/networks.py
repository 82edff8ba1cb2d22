"""The four networks, in their sizes. Together at most 16 MB in bf16."""

from diffusers import AutoencoderKL, FluxTransformer2DModel
from transformers import CLIPTextConfig, CLIPTextModel, T5Config, T5EncoderModel

TOKENS = 32  # of a prompt, for both text encoders
FAR = 24  # tokens from which T5 calls every distance the same
CLIP_DIM, T5_DIM = 64, 160
HEADS, AXES = 4, (8, 16, 16)
DOUBLE, SINGLE = 3, 5
LATENT = 16


def autoencoder() -> AutoencoderKL:
    channels = (16, 32, 64, 96)
    return AutoencoderKL(
        in_channels=3, out_channels=3, latent_channels=LATENT, block_out_channels=channels,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
        layers_per_block=1, norm_num_groups=8, sample_size=128, force_upcast=False,
        use_quant_conv=False, use_post_quant_conv=False, mid_block_add_attention=True,
        scaling_factor=1.0, shift_factor=0.0,
    )  # fmt: skip


def clip_encoder(vocabulary: int) -> CLIPTextModel:
    end = vocabulary - 1
    return CLIPTextModel(
        CLIPTextConfig(
            vocab_size=vocabulary, hidden_size=CLIP_DIM, intermediate_size=4 * CLIP_DIM, projection_dim=CLIP_DIM,
            num_hidden_layers=2, num_attention_heads=2, max_position_embeddings=TOKENS,
            bos_token_id=end - 1, pad_token_id=end, eos_token_id=end,
        )
    )  # fmt: skip


def t5_encoder(vocabulary: int) -> T5EncoderModel:
    return T5EncoderModel(
        T5Config(
            vocab_size=vocabulary, d_model=T5_DIM, d_kv=T5_DIM // 4, d_ff=2 * T5_DIM, num_layers=2, num_heads=4,
            relative_attention_num_buckets=32, relative_attention_max_distance=FAR,
            feed_forward_proj="gated-gelu", dropout_rate=0.0,
        )
    )  # fmt: skip


def transformer() -> FluxTransformer2DModel:
    return FluxTransformer2DModel(
        patch_size=1, in_channels=4 * LATENT, num_layers=DOUBLE, num_single_layers=SINGLE,
        attention_head_dim=sum(AXES), num_attention_heads=HEADS, joint_attention_dim=T5_DIM,
        pooled_projection_dim=CLIP_DIM, guidance_embeds=True, axes_dims_rope=AXES,
    )  # fmt: skip
