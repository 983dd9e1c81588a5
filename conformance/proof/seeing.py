"""A processor of Qwen2-VL over the tokenizer of bytes, and a tiny model that sees: everything that a trainer needs for images."""

import base64
import io
from pathlib import Path
from typing import Any

import torch
import trl
from PIL import Image
from transformers import Qwen2VLConfig, Qwen2VLForConditionalGeneration
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil
from transformers.models.qwen2_vl.processing_qwen2_vl import Qwen2VLProcessor
from transformers.video_processing_utils import BaseVideoProcessor

from proof import tiny

place = "<|image_pad|>"
around = ("<|vision_start|>", "<|vision_end|>")
template = "qwen2_5_vl.jinja"


class NoVideos(BaseVideoProcessor):
    """The real one wants torchvision."""

    def __init__(self) -> None:
        pass


class Seeing(Qwen2VLProcessor):
    def check_argument_for_proper_class(self, argument_name: str, argument: Any) -> type:
        return type(argument)


def processor() -> Any:
    words = tiny.tokenizer()
    words.add_special_tokens({"additional_special_tokens": [*around, place, "<|video_pad|>"]})
    words.chat_template = (Path(trl.__file__).parent / "chat_templates" / template).read_text()
    pictures = Qwen2VLImageProcessorPil(min_pixels=56 * 56, max_pixels=112 * 112)
    return Seeing(image_processor=pictures, tokenizer=words, video_processor=NoVideos(), chat_template=words.chat_template)


def save(folder: Path) -> Path:
    """A random model, always the same."""
    words = processor().tokenizer
    start, end, image, video = (words.convert_tokens_to_ids(name) for name in (*around, place, "<|video_pad|>"))
    config = Qwen2VLConfig(
        text_config={
            "vocab_size": len(words),
            "hidden_size": 32,
            "intermediate_size": 32,
            "num_hidden_layers": 1,
            "num_attention_heads": 2,
            "num_key_value_heads": 2,
            "max_position_embeddings": 1 << 16,
            "rope_parameters": {"rope_type": "default", "mrope_section": [2, 3, 3], "rope_theta": 10000.0},
            "pad_token_id": words.pad_token_id,
            "eos_token_id": words.eos_token_id,
        },
        vision_config={"depth": 1, "embed_dim": 32, "hidden_size": 32, "num_heads": 2, "mlp_ratio": 1, "patch_size": 14},
        vision_start_token_id=start,
        vision_end_token_id=end,
        image_token_id=image,
        video_token_id=video,
        pad_token_id=words.pad_token_id,
        eos_token_id=words.eos_token_id,
    )
    torch.manual_seed(0)
    Qwen2VLForConditionalGeneration(config).save_pretrained(folder)
    return folder


def opened(reference: str, folder: Path) -> bytes:
    """What an export names an image by: a file in its folder, or a data: address."""
    if reference.startswith("data:"):
        return base64.b64decode(reference.split(",", 1)[1], validate=True)
    return (folder / reference).read_bytes()


def picture(color: tuple[int, int, int], size: tuple[int, int]) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", size, color).save(drawn, "PNG")
    return drawn.getvalue()


def pixels(images: list[bytes]) -> torch.Tensor:
    """What the processor makes of images, row after row."""
    made = processor().image_processor(images=[Image.open(io.BytesIO(each)).convert("RGB") for each in images], return_tensors="pt")
    return made["pixel_values"]
