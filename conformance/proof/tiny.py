"""A tokenizer of bytes and models of a few thousand weights: everything a trainer needs, and nothing to download."""

from pathlib import Path

import torch
import trl
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification, PreTrainedTokenizerFast, Qwen2Config

template = "qwen3_training.jinja"
"""Takes arguments as objects or texts, tools, reasoning and system messages, and marks what the assistant said."""

end = "<|im_end|>"


def tokenizer() -> PreTrainedTokenizerFast:
    """Each byte is a token: what is decoded is what was encoded, to the last letter."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    bytes_alone = Tokenizer(models.BPE(vocab={letter: number for number, letter in enumerate(alphabet)}, merges=[]))
    bytes_alone.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    bytes_alone.decoder = decoders.ByteLevel()
    bytes_alone.add_special_tokens([AddedToken(name, special=True) for name in ("<|endoftext|>", "<|im_start|>", end)])
    made = PreTrainedTokenizerFast(tokenizer_object=bytes_alone, eos_token=end, pad_token="<|endoftext|>")
    made.chat_template = (Path(trl.__file__).parent / "chat_templates" / template).read_text()
    return made


def save(folder: Path, *, scores: bool = False) -> Path:
    """A random model, always the same, with its tokenizer; `scores`: one that gives a text a number."""
    words = tokenizer()
    config = Qwen2Config(
        vocab_size=len(words),
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=1 << 20,
        pad_token_id=words.pad_token_id,
        eos_token_id=words.eos_token_id,
        num_labels=1,
    )
    torch.manual_seed(0)
    family = AutoModelForSequenceClassification if scores else AutoModelForCausalLM
    family.from_config(config).save_pretrained(folder)
    words.save_pretrained(folder)
    return folder
